//! What signatures are made of: hashes, keys, secrets, forms in signing order, and why a request is refused.
//!
//! It knows no provider's address, header or scheme, and nothing of the crate but its sort.

pub mod arena;
pub mod encode;
pub mod form;
pub mod hash;
pub mod key;
mod rank;
pub mod refusal;
pub mod secret;
mod urlencoded;
