//! The hot path of the boundary: numbers are judged and read without a tree of values.

use crate::address::numbers;
use wasm_bindgen::prelude::*;

/// Judges a number. The answer's bits are those of [`numbers::Plan::check`]; it is valid if bits 4 to 7 are not 0.
#[wasm_bindgen(js_name = checkNumber)]
#[must_use]
pub fn check_number(text: &str) -> u32 {
    numbers::world().check(text)
}

/// Whether a plus and at most 15 digits are a valid number. Each digit takes four bits, the first one the highest, in
/// which it stands as what it lacks of 15; 0 is behind the last one. `first` holds the first eight, `rest` the others.
#[wasm_bindgen(js_name = areValidDigits)]
#[must_use]
pub fn are_valid_digits(first: u32, rest: u32) -> bool {
    numbers::world().is_valid(!(u64::from(first) << 32 | u64::from(rest)))
}

/// A number and how it is written, in one text: see [`crate::wire::numbers::written`].
#[cfg(feature = "formats")]
#[wasm_bindgen(js_name = readNumber)]
#[must_use]
pub fn read_number(text: &str, region: u32, styles: u32) -> String {
    crate::wire::numbers::written(text, region, styles)
}
