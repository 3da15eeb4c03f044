//! Everything that runs natively: one binary, so that it links once.

mod floors;
mod vectors;
mod webhook;
