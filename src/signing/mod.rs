//! What signatures are made of: hashes, keys, secrets, forms in signing order, and why a request is refused.
//!
//! It knows no provider's address, header or scheme, and nothing of ours but the sort. It is a crate of its own because a
//! level of optimisation is a crate's: this one is made fast, everything else small.
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        clippy::unreachable,
        clippy::todo
    )
)]

pub mod arena;
pub mod encode;
pub mod form;
pub mod hash;
pub mod key;
mod rank;
pub mod refusal;
pub mod secret;
#[path = "../sort.rs"]
mod sort;
mod urlencoded;
