//! From a text to a number, as Google's library reads it.
#![allow(clippy::arithmetic_side_effects, reason = "lengths below 256")]

use super::characters::{self, skip};
use super::extension::{is_viable, split_extension};
use super::input::{self, Buffer};
use super::judgement::{Judgement, Kind, Possible};
use super::number::{MAX_DIGITS, Number};
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

/// A text taken apart.
struct Written<'a> {
    plus: bool,
    digits: Buffer,
    extension: &'a [u8],
}

impl<'a> Written<'a> {
    /// `None` if it cannot be a number.
    fn of(text: &'a Buffer, room: &'a mut Buffer) -> Option<Self> {
        let text = input::extract(text.all(), room).filter(|text| is_viable(text))?;
        let (text, extension) = split_extension(text);
        let behind = skip(text, characters::PLUS);
        Some(Written { plus: behind.len() < text.len(), digits: Buffer::digits(behind, true), extension })
    }
}

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
            None | Some(Err(Refusal::NoSuchCallingCode)) => self.read_any(text, region),
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
        let Written { plus, digits, extension } = Written::of(&text, &mut room).ok_or(Refusal::NotANumber)?;
        if region.is_none() && !plus {
            return Err(Refusal::NoRegion);
        }
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

    /// What a text without a plus is as an international number, as people and providers write WhatsApp ids, where that is a
    /// valid number and another one than what [`Plan::parse`] read, as Google's library does, in its region: `4915123456789`
    /// in Germany. The second answer is whether that is likelier meant: where the text is too long for the region, and where it
    /// begins with the region's own calling code, which nobody writes in front of a national number without a prefix.
    #[must_use]
    pub fn alternative(&self, text: &str, read: &Number) -> Option<(Number, bool)> {
        if text.starts_with('+') {
            return None;
        }
        let text = Buffer::of(text)?;
        let mut room = Buffer::new();
        let Written { plus, digits, extension } = Written::of(&text, &mut room)?;
        let (code, national) = self.leading_code(digits.all()).filter(|_| !plus)?;
        let other = self.finish(code, None, national, extension).ok()?;
        let as_written =
            other.digits() == national && (other.code, other.digits()) != (read.code, read.digits());
        let (length, _, _) = self.judge(read)?;
        let (_, kind, _) = self.judge(&other)?;
        let likelier = other.code == read.code || length == Possible::TooLong;
        (as_written && kind != 0).then_some((other, likelier))
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
            2..=MAX_DIGITS => Ok(Number::new(place, code.code, national, extension)),
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
    if bytes.len() >= input::MAX_CHARACTERS {
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
