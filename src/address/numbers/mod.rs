//! Numbering plans of the world.

#[doc(hidden)]
pub mod coder;
#[doc(hidden)]
pub mod packed;
#[doc(hidden)]
pub mod shape;
