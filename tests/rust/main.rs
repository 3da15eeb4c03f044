//! Everything that runs natively: one binary, so that it links once.

mod template;
mod vectors;
