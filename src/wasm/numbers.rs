//! The hot path of telephone numbers: they are judged and read without a tree of values.

use crate::address::numbers;

/// Whether a text is a valid number, in international form, however it is spaced.
#[must_use]
pub fn is_valid_text(text: &str) -> bool {
    numbers::validity().check(text) & 0xf0 != 0
}

/// Whether a plus and at most 15 digits are a valid number. Each digit takes four bits, the first one the highest, in
/// which it stands as what it lacks of 15; 0 is behind the last one. `first` holds the first eight, `rest` the others.
#[must_use]
pub fn are_valid_digits(first: u32, rest: u32) -> bool {
    numbers::validity().is_valid(!(u64::from(first) << 32 | u64::from(rest)))
}

/// A number and how it is written, in one text: see [`crate::wire::numbers::written`].
#[must_use]
pub fn read(text: &str, region: u32, styles: u32) -> String {
    crate::wire::numbers::written(text, region, styles)
}
