//! What people type and paste: digits of every script, separators, extensions, `tel:` links.
//!
//! The rules are those of Google's library (<https://github.com/google/libphonenumber>); everything works on a
//! buffer of at most [`LONGEST`] characters, so nothing is allocated and no input takes long.
#![allow(clippy::arithmetic_side_effects, reason = "indexes into a text of at most 250 characters")]

use super::extension::extension;

/// Characters of the longest text that is looked at; the same limit as in Google's library.
pub const LONGEST: usize = 250;

/// The zero of each decimal digit set of Unicode 16 (general category Nd).
const ZEROS: [u32; 76] = [
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50,
    0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40,
    0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x10d40,
    0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x116d0, 0x116da,
    0x11730, 0x118e0, 0x11950, 0x11bf0, 0x11c50, 0x11d50, 0x11da0, 0x11f50, 0x16130, 0x16a60, 0x16ac0,
    0x16b50, 0x16d70, 0x1ccf0, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e4f0,
    0x1e5f1, 0x1e950, 0x1fbf0,
];

/// The value of a decimal digit of any script.
#[must_use]
pub fn digit(character: char) -> Option<u8> {
    if character.is_ascii() {
        return character.to_digit(10).map(|value| value as u8);
    }
    let code = u32::from(character);
    let at = ZEROS.partition_point(|zero| *zero <= code);
    let zero = at.checked_sub(1).and_then(|at| ZEROS.get(at))?;
    let value = code - zero;
    (value < 10).then_some(value as u8)
}

/// An ordinary or a full-width plus.
#[must_use]
pub fn is_plus(character: char) -> bool {
    matches!(character, '+' | '\u{ff0b}')
}

/// What may stand between the digits of a number.
#[must_use]
pub fn is_separator(character: char) -> bool {
    matches!(character,
        '-' | 'x' | 'X' | ' ' | '(' | ')' | '.' | '[' | ']' | '/' | '~' | '\u{a0}' | '\u{ad}' | '\u{200b}'
        | '\u{2010}'..='\u{2015}' | '\u{2053}' | '\u{2060}' | '\u{2212}' | '\u{223c}' | '\u{3000}' | '\u{30fc}'
        | '\u{ff08}' | '\u{ff09}' | '\u{ff0d}'..='\u{ff0f}' | '\u{ff3b}' | '\u{ff3d}')
}

/// Letters and digits, as far as a number may end with one: what is neither is trimmed from the end.
///
/// Only ranges without letters are listed, so an unlisted symbol is left standing and refused later.
fn ends_a_number(character: char) -> bool {
    match u32::from(character) {
        0x23 => true,
        0..=0x7f => character.is_ascii_alphanumeric(),
        0x80..=0xbf => matches!(character, 'ª' | '²' | '³' | 'µ' | '¹' | 'º' | '¼'..='¾'),
        0xd7 | 0xf7 | 0x2000..=0x206f | 0x20a0..=0x20cf | 0x2190..=0x245f | 0x2500..=0x2775 => false,
        0x2794..=0x2bff | 0x3000..=0x3004 | 0x3008..=0x3020 | 0x3030 | 0xfe00..=0xfe0f | 0xfeff => false,
        0xff01..=0xff0f | 0xff1a..=0xff20 | 0xff3b..=0xff40 | 0xff5b..=0xff65 | 0xfffc | 0xfffd => false,
        0x60c | 0x61b | 0x61c | 0x61f | 0x66a..=0x66d | 0x6d4 | 0x1f300..=0x1faff | 0xe0000..=0xe0fff => {
            false
        }
        _ => true,
    }
}

/// Characters on the stack.
pub struct Buffer {
    characters: [char; LONGEST],
    length: usize,
}

impl Buffer {
    const EMPTY: Buffer = Buffer { characters: ['\0'; LONGEST], length: 0 };

    fn push(&mut self, character: char) {
        if let Some(place) = self.characters.get_mut(self.length) {
            *place = character;
            self.length += 1;
        }
    }

    /// A whole text; `None` if it is longer than [`LONGEST`].
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let mut buffer = Buffer::EMPTY;
        for character in text.chars() {
            if buffer.length == LONGEST {
                return None;
            }
            buffer.push(character);
        }
        Some(buffer)
    }

    /// The characters.
    #[must_use]
    pub fn text(&self) -> &[char] {
        self.characters.get(..self.length).unwrap_or_default()
    }
}

pub(super) fn skip(text: &[char], wanted: impl Fn(char) -> bool) -> &[char] {
    text.get(text.iter().take_while(|character| wanted(**character)).count()..).unwrap_or_default()
}

/// Where `word` begins in a text, and what is before and behind it.
fn split<'a>(text: &'a [char], word: &str) -> Option<(&'a [char], &'a [char])> {
    let first = word.chars().next()?;
    (0..text.len()).filter(|at| text.get(*at) == Some(&first)).find_map(|at| {
        let (before, rest) = text.split_at_checked(at)?;
        let mut characters = rest.iter();
        word.chars()
            .all(|wanted| characters.next() == Some(&wanted))
            .then_some((before, characters.as_slice()))
    })
}

/// Takes what may be a number out of a text; `None` if its `phone-context` makes no sense or nothing is a digit.
#[must_use]
pub fn extract(text: &[char]) -> Option<Buffer> {
    let mut buffer = Buffer::EMPTY;
    let number = match split(text, ";phone-context=") {
        Some((before, after)) => {
            let context = after.split(|character| *character == ';').next().unwrap_or_default();
            if !is_context(context) {
                return None;
            }
            let global = context.first() == Some(&'+');
            context.iter().filter(|_| global).for_each(|character| buffer.push(*character));
            split(before, "tel:").map_or(before, |(_, number)| number)
        }
        None => possible(text)?,
    };
    number.iter().for_each(|character| buffer.push(*character));
    if let Some(length) = split(buffer.text(), ";isub=").map(|(before, _)| before.len()) {
        buffer.length = length;
    }
    Some(buffer)
}

/// From the first digit or plus on, without trailing punctuation and without a second number (`… / x123`).
fn possible(text: &[char]) -> Option<&[char]> {
    let start = text.iter().position(|character| is_plus(*character) || digit(*character).is_some())?;
    let end = text.iter().rposition(|character| ends_a_number(*character))? + 1;
    let text = text.get(start..end)?;
    let second = (0..text.len()).find(|at| {
        let slash = matches!(text.get(*at), Some('/' | '\\'));
        slash
            && skip(text.get(at + 1..).unwrap_or_default(), |character| character == ' ').first()
                == Some(&'x')
    });
    text.get(..second.unwrap_or(text.len())).filter(|text| !text.is_empty())
}

/// RFC 3966: a global number, or a domain name.
fn is_context(context: &[char]) -> bool {
    if let Some(('+', number)) = context.split_first() {
        let part =
            |character: &char| digit(*character).is_some() || matches!(character, '-' | '.' | '(' | ')');
        return number.iter().all(part) && number.iter().any(|character| digit(*character).is_some());
    }
    let word = |character: &char| character.is_ascii_alphabetic() || digit(*character).is_some();
    let mut top = false;
    let mut labels = context.strip_suffix(&['.']).unwrap_or(context).split(|character| *character == '.');
    labels.all(|label| {
        top = label.first().is_some_and(char::is_ascii_alphabetic);
        label.first().is_some_and(word)
            && label.last().is_some_and(word)
            && label.iter().all(|character| *character == '-' || word(character))
    }) && top
}

/// Whether the text can be a number at all, extension included.
#[must_use]
pub fn is_viable(text: &[char]) -> bool {
    let Some((enough, end)) = head(text) else { return false };
    end == text.len() || (enough..=end).any(|at| text.get(at..).is_some_and(|rest| extension(rest).is_some()))
}

/// How far the number itself may go: from where on it is one, and the first character that cannot belong to it.
fn head(text: &[char]) -> Option<(usize, usize)> {
    let pluses = text.iter().take_while(|character| is_plus(**character)).count();
    if text.len() >= 2 && text.iter().take_while(|c| digit(**c).is_some()).count() == 2 && pluses == 0 {
        let third = text.get(2).copied();
        // Two digits alone are a number too, if nothing but an extension follows.
        if third.is_none() || text.get(2..).is_some_and(|rest| extension(rest).is_some()) {
            return Some((2, 2));
        }
    }
    let (mut digits, mut enough) = (0, None);
    for (at, character) in text.iter().enumerate().skip(pluses) {
        if digit(*character).is_some() {
            digits += 1;
            if digits == 3 {
                enough = Some(at + 1);
            }
        } else if !(is_separator(*character)
            || *character == '*'
            || enough.is_some() && character.is_ascii_alphabetic())
        {
            return enough.map(|enough| (enough, at));
        }
    }
    enough.map(|enough| (enough, text.len()))
}

/// The first character that no number holds, in bytes; the answer for a text that was refused.
#[must_use]
pub fn first_wrong(text: &str) -> Option<usize> {
    let known = |character: char| {
        is_plus(character)
            || digit(character).is_some()
            || is_separator(character)
            || matches!(character, '*' | '#')
    };
    text.char_indices().take(LONGEST).find(|(_, character)| !known(*character)).map(|(at, _)| at)
}
