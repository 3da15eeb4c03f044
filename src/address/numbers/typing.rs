//! Numbers while they are being typed.
