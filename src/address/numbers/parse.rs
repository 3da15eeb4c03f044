//! From a text to a number, as Google's library reads it.
#![allow(clippy::arithmetic_side_effects, reason = "lengths below 256")]

use super::READS_ANYTHING;
use super::characters::{self, skip};
use super::extension::{is_viable, split_extension};
use super::input::{self, Buffer};
use super::judgement::{Judgement, Kind, Possible};
use super::number::{LONGEST, Number};
use super::plan::{Plan, possible};
use crate::event::names;

/// Why a text is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing was written.
    Empty,
    /// More than 250 characters; not looked at.
    TextTooLong,
    /// Too few digits, or characters that no number has.
    NotANumber,
    /// A national form, and no region to read it in.
    NoRegion,
    /// An international form whose calling code does not exist.
    NoSuchCallingCode,
    /// Two digits at most behind the plus or the international prefix.
    TooShortAfterPrefix,
    /// Fewer than two digits behind the calling code.
    TooShort,
    /// More than 17 digits behind the calling code.
    TooLong,
}

names!(Refusal {
    Empty = "empty",
    TextTooLong = "text-too-long",
    NotANumber = "not-a-number",
    NoRegion = "no-region",
    NoSuchCallingCode = "no-such-calling-code",
    TooShortAfterPrefix = "too-short-after-prefix",
    TooShort = "too-short",
    TooLong = "too-long",
});

impl Plan {
    /// Reads a text; `region` (ISO 3166-1 alpha-2) is where a national form belongs.
    ///
    /// ```
    /// let number = reply_window::address::numbers::world().parse("020 7031 3000", Some("GB")).unwrap();
    /// assert_eq!((number.calling_code(), number.national()), (44, "2070313000"));
    /// ```
    ///
    /// # Errors
    /// A [`Refusal`].
    pub fn parse(&self, text: &str, region: Option<&str>) -> Result<Number, Refusal> {
        self.read(text, region.and_then(|id| self.region(id.as_bytes().try_into().ok()?)))
    }

    /// The same, the region by its place.
    pub(crate) fn read(&self, text: &str, region: Option<usize>) -> Result<Number, Refusal> {
        if text.is_empty() {
            return Err(Refusal::Empty);
        }
        match behind_plus(text, &mut [0; 20]).map(|digits| self.international(digits)) {
            // With a region, what follows the plus may be its international prefix.
            None | Some(Err(Refusal::NoSuchCallingCode)) if READS_ANYTHING => self.read_any(text, region),
            None => Err(Refusal::NotANumber),
            Some(read) => read,
        }
    }

    /// Digits behind a plus.
    pub(super) fn international(&self, digits: &[u8]) -> Result<Number, Refusal> {
        if digits.len() < 3 {
            return Err(Refusal::NotANumber);
        }
        let (code, national) = self.leading_code(digits).ok_or(Refusal::NoSuchCallingCode)?;
        self.finish(code, None, national, &[])
    }

    fn read_any(&self, text: &str, region: Option<usize>) -> Result<Number, Refusal> {
        let text = Buffer::of(text).ok_or(Refusal::TextTooLong)?;
        let mut room = Buffer::new();
        let text = input::extract(text.all(), &mut room).filter(|text| is_viable(text));
        let (text, extension) = split_extension(text.ok_or(Refusal::NotANumber)?);
        let behind = skip(text, characters::PLUS);
        let plus = behind.len() < text.len();
        if region.is_none() && !plus {
            return Err(Refusal::NoRegion);
        }
        let digits = Buffer::digits(behind, true);
        let mut digits = digits.all();
        let mut international = plus && (digits.len() < 3 || self.leading_code(digits).is_some());
        // Dialled, perhaps with a plus all the same: `+00 44 …`. No calling code begins with zero, so what precedes one
        // is no international prefix.
        if !international
            && let Some(rest) = region.and_then(|at| self.behind_prefix(at, digits))
            && !rest.starts_with(b"0")
        {
            (digits, international) = (rest, true);
        }
        if international {
            if digits.len() < 3 {
                return Err(Refusal::TooShortAfterPrefix);
            }
            let (code, national) = self.leading_code(digits).ok_or(Refusal::NoSuchCallingCode)?;
            return self.finish(code, None, national, extension);
        }
        let region = region.ok_or(Refusal::NoSuchCallingCode)?;
        let code = self.code_of(region);
        let mut room = Buffer::new();
        match self.without_own_code(code, region, digits, &mut room) {
            Some(national) => self.finish(code, None, national, extension),
            None if plus => Err(Refusal::NoSuchCallingCode),
            None => self.finish(code, Some(region), digits, extension),
        }
    }

    /// A number of the region itself that was written with its calling code but without a plus.
    fn without_own_code<'a>(
        &self,
        code: u8,
        region: usize,
        digits: &'a [u8],
        room: &'a mut Buffer,
    ) -> Option<&'a [u8]> {
        let (_, rest) = self.leading_code(digits).filter(|(leading, _)| *leading == code)?;
        let row = self.region_at(region)?;
        let rest = self.strip(row, rest, room);
        let better = !self.is_general(region, digits) && self.is_general(region, rest);
        (better || possible(row, digits.len()) == Possible::TooLong).then_some(rest)
    }

    /// A national number, perhaps with a national prefix, of a region or else the main one of its calling code.
    fn finish(
        &self,
        place: u8,
        region: Option<usize>,
        digits: &[u8],
        extension: &[u8],
    ) -> Result<Number, Refusal> {
        let code = self.code(place).ok_or(Refusal::NoSuchCallingCode)?;
        let region = self.region_at(region.unwrap_or(usize::from(code.first)));
        let region = region.ok_or(Refusal::NoSuchCallingCode)?;
        let mut room = Buffer::new();
        let mut national = digits;
        if digits.len() > 1 {
            // What is left without the national prefix must still be long enough for a number.
            let stripped = self.strip(region, digits, &mut room);
            if matches!(possible(region, stripped.len()), Possible::Possible | Possible::TooLong) {
                national = stripped;
            }
        }
        match national.len() {
            0..=1 => Err(Refusal::TooShort),
            2..=LONGEST => Ok(Number::new(place, code.code, national, extension)),
            _ => Err(Refusal::TooLong),
        }
    }

    /// What the plans say about a number; `None` if there is no such calling code.
    #[must_use]
    pub fn judge_number(&self, number: &Number) -> Option<Judgement> {
        let (possible, kind, region) = self.judge(number)?;
        Some(Judgement { possible, kind: Kind::of(kind), region: region.map(|region| region.id) })
    }
}

/// The digits behind a plus, if there is nothing else but what commonly stands between them, and not too many.
fn behind_plus<'a>(text: &str, values: &'a mut [u8; 20]) -> Option<&'a [u8]> {
    let bytes = text.strip_prefix('+')?.as_bytes();
    if bytes.len() >= input::LONGEST {
        return None;
    }
    let mut length = 0;
    for byte in bytes {
        match byte {
            b'0'..=b'9' => {
                *values.get_mut(length)? = *byte;
                length += 1;
            }
            b' ' | b'-' | b'.' | b'(' | b')' | b'/' => {}
            _ => return None,
        }
    }
    values.get(..length)
}
