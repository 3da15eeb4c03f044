//! Everything that runs natively: one binary, so that it links once.

mod floors;
mod json;
mod session_props;
mod template;
mod time;
mod vectors;
mod webhook;
