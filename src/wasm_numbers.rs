//! The hot path of the boundary: numbers are judged without a tree of values.

use crate::address::numbers;
use wasm_bindgen::prelude::*;

/// Judges a number. The answer's bits are those of [`numbers::Plan::check`]; it is valid if bits 4 to 7 are not 0.
#[wasm_bindgen(js_name = checkNumber)]
#[must_use]
pub fn check_number(text: &str) -> u32 {
    numbers::world().check(text)
}

/// Whether a number is valid.
#[wasm_bindgen(js_name = isValidNumber)]
#[must_use]
pub fn is_valid_number(text: &str) -> bool {
    numbers::world().check(text) & 0xf0 != 0
}
