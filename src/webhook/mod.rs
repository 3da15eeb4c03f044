//! What providers' error codes mean.

pub mod errors;
