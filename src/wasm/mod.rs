//! The boundary: one free function for each function of the contract, no rules.
//!
//! What crosses it stands here; which functions come out, in the crates below `modules`, one for each WebAssembly
//! module. A module holds what the functions that it exports reach, and nothing else: so they differ by what a call needs,
//! and no feature of this crate chooses.
//!
//! What is kept behind it, each thing under a number: template indexes (`index`), books of windows (`book`), and the verifier's keys with
//! their buffers (`verify`). The numbering plans never change.
//!
//! Almost every function takes one plain-data object and returns plain data, or throws an `Error` with `name`, `code` and
//! `field`. Those of the hot paths take texts and numbers.

#[cfg(target_arch = "wasm32")]
pub mod book;
#[cfg(target_arch = "wasm32")]
pub mod digest;
mod exports;
#[cfg(any(target_arch = "wasm32", test))]
mod flat;
pub mod index;
#[cfg(target_arch = "wasm32")]
mod input;
#[cfg(target_arch = "wasm32")]
pub mod kept;
#[cfg(target_arch = "wasm32")]
pub mod numbers;
mod registry;
#[cfg(target_arch = "wasm32")]
mod tree;
#[cfg(target_arch = "wasm32")]
pub mod verify;

#[cfg(target_arch = "wasm32")]
pub use tree::{plain, secret};

/// In half the bytes of the standard library's.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
