//! What signatures are made of: hashes, keys, secrets, forms in signing order, and why a request is refused.
//!
//! It knows no provider's address, header or scheme, and nothing of the crate but its sort.

pub mod encode;
pub mod form;
pub mod hash;
pub mod key;
pub mod refusal;
pub mod secret;
mod signing_order;
mod urlencoded;
pub mod word_buffer;
