//! From a number to a text.
#![allow(clippy::arithmetic_side_effects, reason = "lengths below 256")]

use super::packed::{Format, Writing};
use super::{Number, Plan, input};
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
        text.push_str(match style {
            Style::E164 | Style::International => "+",
            Style::Rfc3966 => "tel:+",
            Style::National => "",
        });
        if style != Style::National {
            push_decimal(text, number.calling_code());
        }
        text.push_str(match style {
            Style::International => " ",
            Style::Rfc3966 => "-",
            Style::E164 | Style::National => "",
        });
        let writing = self.code(number.calling_code()).and_then(|code| self.writing(usize::from(code.first)));
        let Some(writing) = writing.filter(|_| style != Style::E164) else {
            return text.push_str(number.national());
        };
        self.push_national(text, writing, number.national(), style);
        if let Some(extension) = number.extension() {
            text.push_str(match (style, self.text(writing.extension)) {
                (Style::Rfc3966, _) => ";ext=",
                (_, Some(word)) => word,
                (_, None) => " ext. ",
            });
            text.push_str(extension);
        }
    }

    /// A template or word, counted from 1.
    pub(super) fn text(&self, at: u16) -> Option<&str> {
        let text = self.more().texts.get(usize::from(at).checked_sub(1)?)?;
        core::str::from_utf8(text).ok()
    }

    fn push_national(&self, text: &mut String, writing: &Writing, national: &str, style: Style) {
        let template =
            |format: &Format| if style == Style::National { format.national } else { format.international };
        let fits = |format: &&Format| template(format) != 0 && span(format).contains(&national.len());
        let format = self.formats(writing, national).find(fits);
        let Some((format, template)) = format.and_then(|format| Some((format, self.text(template(format))?)))
        else {
            return text.push_str(national);
        };
        let start = text.len();
        fill(text, template, &groups(format, national.len()), national);
        if style == Style::Rfc3966 {
            let dashed = dashed(text.get(start..).unwrap_or_default());
            text.truncate(start);
            text.push_str(&dashed);
        }
    }

    /// The formats that the leading digits allow, in order of preference.
    pub(super) fn formats<'a>(
        &'a self,
        writing: &'a Writing,
        national: &str,
    ) -> impl Iterator<Item = &'a Format> + use<'a> {
        let more = self.more();
        let mut node = writing.selector;
        for byte in national.bytes() {
            match more.selectors.next(node, byte.wrapping_sub(b'0')) {
                0 => break,
                next => node = next,
            }
        }
        let label = usize::from(more.selectors.label(node));
        let choice =
            label.checked_sub(1).and_then(|at| more.choices.get(at)).map(Vec::as_slice).unwrap_or_default();
        choice.iter().filter_map(|at| writing.formats.get(usize::from(*at)))
    }
}

pub(crate) fn push_decimal(text: &mut String, value: u16) {
    for unit in [100, 10, 1] {
        if value >= unit {
            text.push(char::from(b'0' + (value / unit % 10) as u8));
        }
    }
}

/// The lengths that a format is for.
pub(super) fn span(format: &Format) -> core::ops::RangeInclusive<usize> {
    let sum =
        |length: fn(&(u8, u8)) -> u8| format.groups.iter().map(|group| usize::from(length(group))).sum();
    sum(|group| group.0)..=sum(|group| group.1)
}

/// How long each group is in a number of that length: each as long as those behind it allow.
fn groups(format: &Format, length: usize) -> [usize; 9] {
    let mut lengths = [0; 9];
    let mut spare = length.saturating_sub(*span(format).start());
    for (place, (least, most)) in lengths.iter_mut().zip(&format.groups) {
        let more = spare.min(usize::from(most.saturating_sub(*least)));
        spare -= more;
        *place = usize::from(*least) + more;
    }
    lengths
}

/// Puts the groups of `national` into a template, in the order in which it names them.
pub(super) fn fill(text: &mut String, template: &str, lengths: &[usize], national: &str) {
    let mut characters = template.chars();
    while let Some(character) = characters.next() {
        if character != '$' {
            text.push(character);
            continue;
        }
        let group =
            characters.next().and_then(|digit| digit.to_digit(10)).unwrap_or(1).saturating_sub(1) as usize;
        let start: usize = lengths.iter().take(group).sum();
        let length = lengths.get(group).copied().unwrap_or(0);
        text.push_str(national.get(start..(start + length).min(national.len())).unwrap_or_default());
    }
}

/// RFC 3966: one dash for every run of separators, none at the beginning.
fn dashed(text: &str) -> String {
    let mut dashed = String::with_capacity(text.len());
    let mut pending = false;
    for character in text.chars() {
        if input::is_separator(character) {
            pending = !dashed.is_empty();
            continue;
        }
        if core::mem::take(&mut pending) {
            dashed.push('-');
        }
        dashed.push(character);
    }
    if pending {
        dashed.push('-');
    }
    dashed
}
