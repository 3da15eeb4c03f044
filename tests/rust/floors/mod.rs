//! The floors hold: imports go downward only and never in a circle, files and functions stay small.
//!
//! What the compiler holds is not asked again: WebAssembly crates exist on wasm32 alone, chrono has no clock, there is no
//! unsafe code. JavaScript has its own floors test (`tests/js/floors.test.js`). Each check is first tried on a small
//! made-up source that breaks its rule.

mod imports;
mod rooms;
mod sizes;
mod source;
mod words;
