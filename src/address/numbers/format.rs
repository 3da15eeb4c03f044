//! From a number to a text.
#![allow(clippy::arithmetic_side_effects, reason = "lengths below 256")]

use super::characters::is_separator;
use super::number::Number;
use super::packed::{Format, Writing};
use super::plan::{Plan, value};
use crate::event::names;

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `+442070313000`; the extension is left out.
    E164,
    /// `020 7031 3000`: as people in its country write it.
    National,
    /// `+44 20 7031 3000`.
    International,
    /// `tel:+44-20-7031-3000` (RFC 3966).
    Rfc3966,
}

names!(Style { E164 = "e164", National = "national", International = "international", Rfc3966 = "rfc3966" });

impl Plan {
    /// Writes a number; one that no format fits is written without separators.
    ///
    /// ```
    /// use reply_window::address::numbers::{world, Style};
    /// let number = world().parse("+442070313000", None).unwrap();
    /// assert_eq!(world().format(&number, Style::National), "020 7031 3000");
    /// ```
    #[must_use]
    pub fn format(&self, number: &Number, style: Style) -> String {
        let mut text = String::with_capacity(32);
        self.write(&mut text, number, style);
        text
    }

    /// The same behind a text that is there.
    pub fn write(&self, text: &mut String, number: &Number, style: Style) {
        let manner = match style {
            Style::E164 => Manner::E164,
            Style::National => Manner::National,
            Style::International => Manner::International,
            Style::Rfc3966 => Manner::Rfc3966,
        };
        self.set(text, number.code, number.digits(), manner);
        let extension = number.extension_digits();
        if style == Style::E164 || extension.is_empty() {
            return;
        }
        let word = self.code(number.code).and_then(|code| self.text(self.writing(code)?.extension));
        match word {
            _ if style == Style::Rfc3966 => text.push_str(";ext="),
            Some(word) => push(text, word),
            None => text.push_str(" ext. "),
        }
        push(text, extension);
    }

    /// A national number, or the beginning of one, with what stands before it.
    pub(super) fn set(&self, text: &mut String, code: u8, digits: &[u8], manner: Manner) {
        let Some(code) = self.code(code) else { return };
        let behind = match manner {
            Manner::E164 | Manner::International | Manner::TypedAbroad => "+",
            Manner::Rfc3966 => "tel:+",
            Manner::National | Manner::Typed | Manner::TypedBare => "",
        };
        text.push_str(behind);
        if !behind.is_empty() {
            let mut unit = 100;
            while unit > 0 {
                if code.code >= unit {
                    text.push(char::from(b'0' + (code.code / unit % 10) as u8));
                }
                unit /= 10;
            }
        }
        match manner {
            Manner::E164 => return push(text, digits),
            Manner::International | Manner::TypedAbroad => text.push(' '),
            Manner::Rfc3966 => text.push('-'),
            Manner::National | Manner::Typed | Manner::TypedBare => {}
        }
        match self.writing(code).and_then(|writing| self.choose(writing, digits, manner)) {
            Some((format, template)) => fill(text, format, template, digits, manner == Manner::Rfc3966),
            None => push(text, digits),
        }
    }

    /// The first format, and its template, that the leading digits and the length allow. Of a number that is still being
    /// typed that is what the whole number will look like; else one that has room for more.
    fn choose<'a>(
        &'a self,
        writing: &'a Writing,
        digits: &[u8],
        manner: Manner,
    ) -> Option<(&'a Format, &'a [u8])> {
        let more = self.more();
        let mut node = writing.selector;
        for digit in digits {
            match more.selectors.next(node, value(*digit)) {
                0 => break,
                next => node = next,
            }
        }
        let choice = more.choices.get(usize::from(more.selectors.label(node)).checked_sub(1)?)?;
        let mut longer = None;
        for format in choice.iter().filter_map(|at| writing.formats.get(usize::from(*at))) {
            let template = match manner {
                Manner::TypedBare => format.bare,
                Manner::National | Manner::Typed => format.national,
                _ => format.international,
            };
            let Some(template) = self.text(template) else { continue };
            let (least, most) = span(format);
            if (least..=most).contains(&digits.len()) {
                return Some((format, template));
            }
            if manner >= Manner::TypedAbroad && digits.len() < most {
                longer = longer.or(Some((format, template)));
            }
        }
        longer
    }

    /// A template or word, counted from 1; all of them are ASCII.
    fn text(&self, at: u16) -> Option<&[u8]> {
        self.more().texts.get(usize::from(at).checked_sub(1)?).map(Vec::as_slice)
    }
}

/// How digits are set.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub(super) enum Manner {
    E164,
    National,
    International,
    Rfc3966,
    // From here on there may be more to come.
    TypedAbroad,
    Typed,
    /// Without the national prefix.
    TypedBare,
}

/// Puts ASCII behind a text.
pub(crate) fn push(text: &mut String, bytes: &[u8]) {
    bytes.iter().for_each(|byte| text.push(char::from(*byte)));
}

/// The least and the greatest length that a format is for.
fn span(format: &Format) -> (usize, usize) {
    format
        .groups
        .iter()
        .fold((0, 0), |sum, group| (sum.0 + usize::from(group.0), sum.1 + usize::from(group.1)))
}

/// Puts the groups of a number into a template, in the order in which it names them. `dashes` are for RFC 3966: one for
/// every run of separators, none at the beginning, where one stands already.
fn fill(text: &mut String, format: &Format, template: &[u8], digits: &[u8], dashes: bool) {
    // Each group is as long as those behind it allow; if there is not enough for all, those in front are filled first.
    let mut spare = digits.len().saturating_sub(span(format).0);
    let (mut end, mut ends) = (0, [0; 10]);
    for (place, (least, most)) in ends.iter_mut().skip(1).zip(&format.groups) {
        let more = spare.min(usize::from(most.saturating_sub(*least)));
        spare -= more;
        end = (end + usize::from(*least) + more).min(digits.len());
        *place = end;
    }
    let mut template = template.iter();
    while let Some(byte) = template.next() {
        if *byte == b'$' {
            let group = template.next().map_or(0, |digit| usize::from(value(*digit)));
            let ends = ends.get(group.saturating_sub(1)).zip(ends.get(group));
            push(text, ends.and_then(|(start, end)| digits.get(*start..*end)).unwrap_or_default());
        } else if !(dashes && is_separator(*byte)) {
            push(text, &[*byte]);
        } else if !text.as_bytes().ends_with(b"-") {
            text.push('-');
        }
    }
}
