//! From the metadata to the packed tables.

pub mod automaton;
pub mod compile;
pub mod encoder;
pub mod letters;
pub mod metadata;
pub mod pattern;
pub mod plan;
pub mod prefix;
pub mod source;
pub mod writing;
