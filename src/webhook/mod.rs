//! Inbound webhooks: whether the provider really sent them, and what they say.
//!
//! [`signature`] decides the first question from the raw bytes of the request, [`inbound`] the second. Nothing is
//! looked up and nothing is sent: keys, address, body and the time of receipt are parameters.

pub mod diagnosis;
pub mod errors;
pub mod inbound;
pub mod meta;
mod settings;
pub mod signature;
mod spelling;
pub mod url;
