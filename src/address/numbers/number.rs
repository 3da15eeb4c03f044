//! A number as it was read.
#![allow(clippy::arithmetic_side_effects, reason = "lengths below 256")]

use super::characters;

/// Digits of the longest national number.
pub(super) const MAX_DIGITS: usize = 17;

/// A number: calling code, national number, extension. It need not be valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    calling_code: u16,
    /// Place of the calling code in its plan.
    pub(super) code: u8,
    length: u8,
    extension_length: u8,
    national: [u8; MAX_DIGITS],
    extension: [u8; 20],
}

impl Number {
    pub(super) fn new(code: u8, calling_code: u16, national: &[u8], extension: &[u8]) -> Self {
        let mut number = Number {
            calling_code,
            code,
            length: 0,
            extension_length: 0,
            national: [0; MAX_DIGITS],
            extension: [0; 20],
        };
        number.length = copy(&mut number.national, national);
        number.extension_length = copy(&mut number.extension, extension);
        number
    }

    /// 1 to 999.
    #[must_use]
    pub fn calling_code(&self) -> u16 {
        self.calling_code
    }

    /// The national significant number, leading zeros included.
    #[must_use]
    pub fn national(&self) -> &str {
        core::str::from_utf8(self.digits()).unwrap_or_default()
    }

    /// The extension, if there is one.
    #[must_use]
    pub fn extension(&self) -> Option<&str> {
        core::str::from_utf8(self.extension_digits()).ok().filter(|digits| !digits.is_empty())
    }

    /// The national significant number in ASCII: what makes a text of it need not check it.
    pub(crate) fn digits(&self) -> &[u8] {
        self.national.get(..usize::from(self.length)).unwrap_or_default()
    }

    pub(crate) fn extension_digits(&self) -> &[u8] {
        self.extension.get(..usize::from(self.extension_length)).unwrap_or_default()
    }
}

/// Copies what there is room for; answers how much.
fn copy(places: &mut [u8], digits: &[u8]) -> u8 {
    let mut count = 0;
    for (place, digit) in places.iter_mut().zip(digits) {
        *place = characters::plain(*digit);
        count += 1;
    }
    count
}
