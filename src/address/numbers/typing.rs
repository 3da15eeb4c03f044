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
    /// assert_eq!(world().as_you_type("650253", Some("US")), "(650) 253");
    /// ```
    #[must_use]
    pub fn as_you_type(&self, text: &str, region: Option<&str>) -> String {
        if text.chars().nth(input::LONGEST).is_some() {
            return text.to_owned();
        }
        let plus = text
            .chars()
            .find(|c| input::is_plus(*c) || input::digit(*c).is_some())
            .is_some_and(input::is_plus);
        let mut typed = Digits::new();
        text.chars().filter_map(input::digit).for_each(|value| typed.push(value));
        let mut plain = String::from(if plus { "+" } else { "" });
        push_digits(&mut plain, typed.all());
        let set = if plus { self.international(typed.all()) } else { self.national(&typed, region) };
        set.filter(|set| same_digits(set, &plain)).unwrap_or(plain)
    }

    fn international(&self, typed: &[u8]) -> Option<String> {
        let (code, length) = self.leading_code(typed)?;
        let mut text = String::from("+");
        push_decimal(&mut text, code.code);
        let rest = typed.get(length..).filter(|rest| !rest.is_empty())?;
        text.push(' ');
        self.push_partial(&mut text, code, rest, |format| format.international);
        Some(text)
    }

    fn national(&self, typed: &Digits, region: Option<&str>) -> Option<String> {
        let region = self.region(region?)?;
        let code = self.code_of(region)?;
        let mut national = typed.clone();
        self.strip(self.region_at(region)?, &mut national);
        let prefixed = national.all().len() < typed.all().len();
        let mut text = String::new();
        self.push_partial(&mut text, code, national.all(), |format| {
            if prefixed { format.national } else { format.bare }
        });
        // Some regions write a prefix that nobody dials (or the other way round): try without, then as typed.
        let wanted = typed.all().len();
        if text.bytes().filter(u8::is_ascii_digit).count() != wanted {
            text.clear();
            self.push_partial(&mut text, code, typed.all(), |format| format.bare);
        } else if !prefixed {
            let mut whole = String::new();
            self.push_partial(&mut whole, code, national.all(), |format| format.national);
            if whole.bytes().filter(u8::is_ascii_digit).count() == wanted {
                text = whole;
            }
        }
        Some(text)
    }

    /// The beginning of a number in the first format that it still fits.
    fn push_partial(&self, text: &mut String, code: &Code, digits: &[u8], template: impl Fn(&Format) -> u16) {
        let mut plain = String::new();
        push_digits(&mut plain, digits);
        let writing = self.writing(usize::from(code.first));
        let found = writing.and_then(|writing| {
            let mut formats = self.formats(writing, &plain);
            formats.find(|format| template(format) != 0 && digits.len() <= *span(format).end())
        });
        let Some((format, words)) = found.and_then(|format| Some((format, self.text(template(format))?)))
        else {
            return text.push_str(&plain);
        };
        let start = text.len();
        fill(text, words, &typed_groups(format, digits.len()), &plain);
        // What the template has behind the last digit typed is not yet to be seen.
        let end = text.rfind(|c: char| c.is_ascii_digit()).map_or(start, |at| at + 1);
        text.truncate(end.max(start));
    }
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

fn same_digits(one: &str, other: &str) -> bool {
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).collect::<Vec<u8>>();
    digits(one) == digits(other)
}
