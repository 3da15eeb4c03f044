#![doc = include_str!("README.md")]
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

pub mod account;
pub mod address;
pub mod data;
pub mod dated;
pub mod event;
pub mod provider;
pub mod provider_error;
pub mod session;
pub mod signing;
mod sort;
pub mod template;
pub mod time;
pub mod wasm;
pub mod wire;
