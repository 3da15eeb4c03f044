//! What people type and paste: digits of every script, separators, extensions, `tel:` links.
//!
//! The rules are those of Google's library (<https://github.com/google/libphonenumber>); everything works on a
//! buffer of at most [`MAX_CHARACTERS`] characters, so nothing is allocated and no input takes long.
#![allow(clippy::arithmetic_side_effects, reason = "indexes into a text of at most 250 characters")]

use super::characters::{class, ends_a_number, is_digit, is_plus, plain, skip};

/// Characters of the longest text that is looked at; the same limit as in Google's library.
pub const MAX_CHARACTERS: usize = 250;

/// Bytes on the stack.
pub struct Buffer {
    /// Room for the longest text, and for digits in front of it.
    bytes: [u8; MAX_CHARACTERS + 6],
    length: usize,
}

impl Buffer {
    /// Nothing.
    #[must_use]
    pub fn new() -> Self {
        Buffer { bytes: [0; MAX_CHARACTERS + 6], length: 0 }
    }

    /// Adds bytes at the end, as far as there is room.
    pub fn push(&mut self, bytes: &[u8]) {
        for byte in bytes {
            if let Some(place) = self.bytes.get_mut(self.length) {
                *place = *byte;
                self.length += 1;
            }
        }
    }

    /// The [class](class) of each character of a text; `None` if it has more than [`MAX_CHARACTERS`].
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let mut buffer = Buffer::new();
        text.chars().take(MAX_CHARACTERS + 1).for_each(|character| buffer.push(&[class(character)]));
        (buffer.length <= MAX_CHARACTERS).then_some(buffer)
    }

    /// The digits of a number, in ASCII, as Google's library normalises it: with three letters or more the letters are
    /// those of a telephone keypad and only ASCII digits count, otherwise letters are passed over.
    #[must_use]
    pub fn digits(text: &[u8], letters: bool) -> Self {
        let letters = letters && text.iter().filter(|byte| byte.is_ascii_alphabetic()).count() >= 3;
        let mut buffer = Buffer::new();
        for byte in text {
            if byte.is_ascii_digit() || is_digit(*byte) && !letters {
                buffer.push(&[plain(*byte)]);
            } else if letters && let Some(key) = KEYS.get(usize::from((byte | 0x20).wrapping_sub(b'a'))) {
                buffer.push(&[*key]);
            }
        }
        buffer
    }

    /// The bytes.
    #[must_use]
    pub fn all(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

impl Default for Buffer {
    fn default() -> Self {
        Buffer::new()
    }
}

/// ITU-T E.161.
const KEYS: &[u8; 26] = b"22233344455566677778889999";

/// What is before `word` in a text, and what behind it.
fn split<'a>(text: &'a [u8], word: &str) -> Option<(&'a [u8], &'a [u8])> {
    (0..text.len()).find_map(|at| {
        let (before, rest) = text.split_at_checked(at)?;
        Some((before, rest.strip_prefix(word.as_bytes())?))
    })
}

/// Takes what may be a number out of a text; `None` if its `phone-context` makes no sense or nothing is a digit.
#[must_use]
pub fn extract<'a>(text: &'a [u8], room: &'a mut Buffer) -> Option<&'a [u8]> {
    let number = match split(text, ";phone-context=") {
        Some((before, after)) => {
            let context = after.split(|byte| *byte == b';').next().unwrap_or_default();
            if !is_context(context) {
                return None;
            }
            if context.starts_with(b"+") {
                room.push(context);
            }
            room.push(split(before, "tel:").map_or(before, |(_, number)| number));
            room.all()
        }
        None => possible(text)?,
    };
    Some(split(number, ";isub=").map_or(number, |(before, _)| before))
}

/// From the first digit or plus on, without trailing punctuation and without a second number (`… / x123`).
fn possible(text: &[u8]) -> Option<&[u8]> {
    let start = text.iter().position(|byte| is_plus(*byte) || is_digit(*byte))?;
    let end = text.iter().rposition(|byte| ends_a_number(*byte))? + 1;
    let text = text.get(start..end)?;
    let second = |at: &usize| match text.get(*at..) {
        Some([b'/' | b'\\', rest @ ..]) => skip(rest, b" ").starts_with(b"x"),
        _ => false,
    };
    text.get(..(0..text.len()).find(second).unwrap_or(text.len())).filter(|text| !text.is_empty())
}

/// RFC 3966: a global number, or a domain name (labels of letters, digits and hyphens, the last one beginning with a letter).
fn is_context(context: &[u8]) -> bool {
    if let [b'+', number @ ..] = context {
        let part = |byte: &u8| is_digit(*byte) || matches!(byte, b'-' | b'.' | b'(' | b')');
        return number.iter().all(part) && number.iter().any(|byte| is_digit(*byte));
    }
    let is_word = |byte: u8| byte.is_ascii_alphabetic() || is_digit(byte);
    let (mut before, mut top) = (b'.', false);
    for byte in context.iter().copied() {
        let fits = match byte {
            b'.' => is_word(before),
            b'-' => before != b'.',
            _ => is_word(byte),
        };
        if !fits {
            return false;
        }
        if before == b'.' {
            top = byte.is_ascii_alphabetic();
        }
        before = byte;
    }
    top && before != b'-'
}
