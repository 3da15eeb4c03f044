//! Everything that runs natively: one binary, so that it links once.

mod channel;
mod floors;
mod session_props;
mod template;
mod time;
mod vectors;
mod webhook;
