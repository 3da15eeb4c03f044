//! Numbers while they are being typed.
#![allow(clippy::arithmetic_side_effects, reason = "lengths below 256")]

use super::digits::Digits;
use super::format::{fill, push_decimal, span};
use super::input;
use super::packed::{Code, Format};
use super::plan::Plan;

impl Plan {
    /// Sets separators into a number that is still being typed, as far as its digits decide them.
    ///
    /// A digit is never added, dropped or moved: whatever would do so leaves the text as digits (and the plus).
    /// A whole number looks as [`Plan::format`] writes it. Texts over 250 characters come back unchanged.
    ///
    /// ```
    /// use reply_window::address::numbers::world;
    /// assert_eq!(world().as_you_type("+4420703", None), "+44 20 703");
    /// assert_eq!(world().as_you_type("65025300", Some("US")), "(650) 253-00");
    /// ```
    #[must_use]
    pub fn as_you_type(&self, text: &str, region: Option<&str>) -> String {
        let Some(buffer) = input::Buffer::of(text) else { return text.to_owned() };
        let mut characters = buffer.text().iter();
        let first =
            characters.find(|character| input::is_plus(**character) || input::digit(**character).is_some());
        let plus = first.is_some_and(|character| input::is_plus(*character));
        let typed = Digits::plain(buffer.text());
        let set = if plus { self.international(typed.all()) } else { self.national(&typed, region) };
        let mut plain = String::from(if plus { "+" } else { "" });
        push_digits(&mut plain, typed.all());
        set.filter(|set| same_digits(set, typed.all())).unwrap_or(plain)
    }

    fn international(&self, typed: &[u8]) -> Option<String> {
        let (code, length) = self.leading_code(typed)?;
        let mut text = String::from("+");
        push_decimal(&mut text, code.code);
        let rest = typed.get(length..).filter(|rest| !rest.is_empty())?;
        text.push(' ');
        text.push_str(&self.partial(code, rest, Use::International));
        Some(text)
    }

    fn national(&self, typed: &Digits, region: Option<&str>) -> Option<String> {
        let region = self.region(region?)?;
        let code = self.code_of(region)?;
        let mut national = typed.clone();
        self.strip(self.region_at(region)?, &mut national);
        // With a prefix, as one writes it; without, as one writes it or at least without one.
        let ways = [(national.all(), Use::National), (national.all(), Use::Bare), (typed.all(), Use::Bare)];
        let mut texts = ways.into_iter().map(|(digits, how)| self.partial(code, digits, how));
        texts.find(|text| same_digits(text, typed.all()))
    }

    /// The beginning of a number in the first format that it still fits.
    #[inline(never)]
    fn partial(&self, code: &Code, digits: &[u8], how: Use) -> String {
        let mut plain = String::new();
        push_digits(&mut plain, digits);
        let template = |format: &Format| match how {
            Use::National => format.national,
            Use::Bare => format.bare,
            Use::International => format.international,
        };
        let Some(writing) = self.writing(usize::from(code.first)) else { return plain };
        // A format for just that many digits is what the whole number will look like; else one that has room.
        let has = |format: &&Format| template(format) != 0;
        let mut whole = self.formats(writing, &plain).filter(has);
        let mut longer = self.formats(writing, &plain).filter(has);
        let format = whole
            .find(|format| span(format).contains(&digits.len()))
            .or_else(|| longer.find(|format| digits.len() < *span(format).end()));
        let Some(format) = format else { return plain };
        let Some(words) = self.text(template(format)) else { return plain };
        let mut text = String::new();
        fill(&mut text, words, &typed_groups(format, digits.len()), &plain);
        // What the template has behind the last digit typed is not yet to be seen.
        while text.bytes().next_back().is_some_and(|byte| !byte.is_ascii_digit()) {
            text.pop();
        }
        text
    }
}

/// Which of a format's templates is meant.
#[derive(Clone, Copy)]
enum Use {
    National,
    Bare,
    International,
}

/// How much of each group has been typed: those in front are filled first.
fn typed_groups(format: &Format, mut length: usize) -> [usize; 9] {
    let mut lengths = [0; 9];
    let mut spare = length.saturating_sub(*span(format).start());
    for (place, (least, most)) in lengths.iter_mut().zip(&format.groups) {
        let more = spare.min(usize::from(most.saturating_sub(*least)));
        spare -= more;
        *place = (usize::from(*least) + more).min(length);
        length -= *place;
    }
    lengths
}

fn push_digits(text: &mut String, digits: &[u8]) {
    digits.iter().for_each(|value| text.push(char::from(b'0' + value)));
}

fn same_digits(text: &str, digits: &[u8]) -> bool {
    text.bytes().filter(u8::is_ascii_digit).map(|byte| byte - b'0').eq(digits.iter().copied())
}
