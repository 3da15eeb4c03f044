//! Everything that runs natively: one binary, so that it links once.

mod session_props;
mod vectors;
