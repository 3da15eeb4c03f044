//! From a text to a number, as Google's library reads it.
#![allow(clippy::arithmetic_side_effects, reason = "lengths below 256")]

use super::digits::Digits;
use super::extension::split_extension;
use super::fast::plain;
use super::packed::{Code, Region};
use super::plan::{Plan, possible};
use super::{Judgement, Possible, READS_ANYTHING, input};
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

/// Digits of the longest national number.
pub(super) const LONGEST: usize = 17;

/// A number: calling code, national number, extension. It need not be valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    calling_code: u16,
    national: [u8; LONGEST],
    length: u8,
    extension: [u8; 20],
    extension_length: u8,
}

impl Number {
    pub(super) fn new(calling_code: u16, digits: &[u8], extension: &[char]) -> Self {
        let mut number = Number {
            calling_code,
            national: [0; LONGEST],
            length: 0,
            extension: [0; 20],
            extension_length: 0,
        };
        for (place, digit) in number.national.iter_mut().zip(digits) {
            *place = b'0' + digit;
            number.length += 1;
        }
        for (place, digit) in number.extension.iter_mut().zip(extension) {
            *place = b'0' + input::digit(*digit).unwrap_or(0);
            number.extension_length += 1;
        }
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
        core::str::from_utf8(self.national.get(..usize::from(self.length)).unwrap_or_default())
            .unwrap_or_default()
    }

    /// The extension, if there is one.
    #[must_use]
    pub fn extension(&self) -> Option<&str> {
        let digits = self.extension.get(..usize::from(self.extension_length)).unwrap_or_default();
        core::str::from_utf8(digits).ok().filter(|digits| !digits.is_empty())
    }
}

/// A calling code, if one was written, and the digits behind it.
type Extracted<'a> = (Option<&'a Code>, Digits);

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
        if text.is_empty() {
            return Err(Refusal::Empty);
        }
        match plain(text, &mut [0; 20]).map(|digits| self.parse_digits(digits)) {
            // With a region, what follows the plus may be its international prefix.
            None | Some(Err(Refusal::NoSuchCallingCode)) if READS_ANYTHING => self.parse_any(text, region),
            None => Err(Refusal::NotANumber),
            Some(parsed) => parsed,
        }
    }

    fn parse_any(&self, text: &str, region: Option<&str>) -> Result<Number, Refusal> {
        let text = input::Buffer::of(text).ok_or(Refusal::TextTooLong)?;
        let buffer = input::extract(text.text()).ok_or(Refusal::NotANumber)?;
        if !input::is_viable(buffer.text()) {
            return Err(Refusal::NotANumber);
        }
        let region = region.and_then(|id| self.region(id));
        let plus = buffer.text().first().is_some_and(|first| input::is_plus(*first));
        if region.is_none() && !plus {
            return Err(Refusal::NoRegion);
        }
        let (text, extension) = split_extension(buffer.text());
        let extracted = match self.extract(text, region) {
            // A plus in front of an international prefix: `+00 44 …`.
            Err(Refusal::NoSuchCallingCode) if plus => {
                let digits = text.iter().take_while(|c| input::is_plus(**c)).count();
                match self.extract(text.get(digits..).unwrap_or_default(), region)? {
                    (None, _) => return Err(Refusal::NoSuchCallingCode),
                    extracted => extracted,
                }
            }
            extracted => extracted?,
        };
        self.finish(extracted, region, extension)
    }

    /// Splits the calling code off: behind a plus, behind an international prefix, or before a national number.
    fn extract(&self, text: &[char], region: Option<usize>) -> Result<Extracted<'_>, Refusal> {
        let pluses = text.iter().take_while(|character| input::is_plus(**character)).count();
        let mut digits = Digits::of(text.get(pluses..).unwrap_or_default());
        let mut international = pluses > 0;
        let prefix =
            region.filter(|_| !international).and_then(|at| self.international_prefix(at, digits.all()));
        // No calling code begins with zero, so what precedes one is no international prefix.
        if let Some(end) = prefix.filter(|end| digits.all().get(*end) != Some(&0)) {
            digits.drop_first(end);
            international = true;
        }
        if international {
            if digits.all().len() <= 2 {
                return Err(Refusal::TooShortAfterPrefix);
            }
            let (code, length) = self.leading_code(digits.all()).ok_or(Refusal::NoSuchCallingCode)?;
            digits.drop_first(length);
            return Ok((Some(code), digits));
        }
        Ok(match region.and_then(|at| self.without_own_code(at, &digits)) {
            Some((code, rest)) => (Some(code), rest),
            None => (None, digits),
        })
    }

    /// A number of the region itself that was written with its calling code but without a plus.
    fn without_own_code(&self, region: usize, digits: &Digits) -> Option<(&Code, Digits)> {
        let code = self.code_of(region)?;
        let row = self.region_at(region)?;
        let (leading, length) =
            self.leading_code(digits.all()).filter(|(leading, _)| leading.code == code.code)?;
        let mut rest = digits.clone();
        rest.drop_first(length);
        self.strip(row, &mut rest);
        let better = !self.is_general(region, digits.all()) && self.is_general(region, rest.all());
        (better || possible(row, digits.all().len()) == Possible::TooLong).then_some((leading, rest))
    }

    fn finish(
        &self,
        extracted: Extracted<'_>,
        region: Option<usize>,
        extension: &[char],
    ) -> Result<Number, Refusal> {
        let (code, mut digits) = extracted;
        let row = match code {
            Some(code) => Some(usize::from(code.first)),
            None => region,
        };
        let code = code.or_else(|| region.and_then(|at| self.code_of(at)));
        let (Some(code), Some(row)) = (code, row.and_then(|at| self.region_at(at))) else {
            return Err(Refusal::NoRegion);
        };
        if digits.all().len() < 2 {
            return Err(Refusal::TooShort);
        }
        self.strip_if_possible(row, &mut digits);
        match digits.all().len() {
            0..=1 => Err(Refusal::TooShort),
            2..=LONGEST => Ok(Number::new(code.code, digits.all(), extension)),
            _ => Err(Refusal::TooLong),
        }
    }

    /// What is left without the national prefix must still be long enough for a number.
    pub(super) fn strip_if_possible(&self, region: &Region, digits: &mut Digits) {
        let mut stripped = digits.clone();
        self.strip(region, &mut stripped);
        let left = possible(region, stripped.all().len());
        if !matches!(left, Possible::LocalOnly | Possible::TooShort | Possible::InvalidLength) {
            *digits = stripped;
        }
    }

    /// What the plans say about a number; `None` if there is no such calling code.
    #[must_use]
    pub fn judge_number(&self, number: &Number) -> Option<Judgement> {
        let code = self.code(number.calling_code)?;
        let mut values = number.national;
        values.iter_mut().for_each(|digit| *digit = digit.wrapping_sub(b'0'));
        self.judgement(code, values.get(..usize::from(number.length))?)
    }

    pub(super) fn judgement(&self, code: &Code, national: &[u8]) -> Option<Judgement> {
        let main = self.region_at(usize::from(code.first))?;
        let (kind, region) = self.judge(code, national);
        Some(Judgement {
            possible: possible(main, national.len()),
            kind,
            region: region.map(|region| region.id),
        })
    }
}
