//! Bodies in `application/x-www-form-urlencoded`, from the raw bytes.
//!
//! Decoding is that of Node's `querystring` (the decoder behind twilio-node): `+` is a space, `%xx` a byte, a broken
//! escape stays as it is, bytes that are no UTF-8 become U+FFFD. Two bodies that `querystring` would take are refused,
//! because the signing string has no delimiters and cannot tell them from another body: a pair without `=` (`Tox`
//! signs like `To=x`) and a pair without a name (`=` signs like nothing). Twilio sends neither.

use super::encode::hex_value;
use super::refusal::Refusal;
use crate::sort::sort;
use core::cmp::Ordering;
use core::fmt;

/// Longest body that is looked at: 256 KiB. Twilio's webhooks have 0.5 to 4 KB.
pub const MAX_BODY: usize = 256 * 1024;

/// Why a body is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormError {
    /// Longer than [`MAX_BODY`].
    TooLarge,
    /// A pair without `=`.
    PairWithoutEquals,
    /// A pair that begins with `=`.
    PairWithoutName,
}

impl fmt::Display for FormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Refusal::from(*self).message())
    }
}

impl std::error::Error for FormError {}

/// A decoded pair: `name` is `start..middle` of the arena, `value` is `middle..end`.
#[derive(Clone, Copy, Debug)]
struct Pair {
    start: usize,
    middle: usize,
    end: usize,
    /// The first 16 bytes of the name in sorting order, so that most comparisons are one of numbers.
    prefix: u128,
}

/// A decoded form. It can be read into again and again without allocating once it has grown.
#[derive(Debug, Default)]
pub struct Form {
    arena: Vec<u8>,
    pairs: Vec<Pair>,
    sorted: Vec<Pair>,
}

impl Form {
    /// Decodes a body.
    ///
    /// # Errors
    /// [`FormError`].
    ///
    /// ```
    /// use reply_window::webhook::form::Form;
    /// let form = Form::parse(b"To=%2B15550100200&Body=a+b%zz").expect("a form");
    /// let pairs: Vec<_> = form.pairs().collect();
    /// assert_eq!(pairs, [("To", "+15550100200"), ("Body", "a b%zz")]);
    /// ```
    pub fn parse(body: &[u8]) -> Result<Self, FormError> {
        let mut form = Form::default();
        form.read(body)?;
        Ok(form)
    }

    /// Decodes a body in the place of the last one.
    ///
    /// # Errors
    /// [`FormError`].
    pub fn read(&mut self, body: &[u8]) -> Result<(), FormError> {
        self.clear();
        if body.len() > MAX_BODY {
            return Err(FormError::TooLarge);
        }
        body.split(|byte| *byte == b'&')
            .filter(|piece| !piece.is_empty())
            .try_for_each(|piece| self.push(piece))?;
        self.arrange();
        Ok(())
    }

    /// Forgets the pairs and keeps the room.
    pub(super) fn clear(&mut self) {
        self.arena.clear();
        self.pairs.clear();
        self.sorted.clear();
    }

    /// Decodes one pair.
    pub(super) fn push(&mut self, piece: &[u8]) -> Result<(), FormError> {
        let mut halves = piece.splitn(2, |byte| *byte == b'=');
        let (name, value) = (halves.next().unwrap_or_default(), halves.next());
        let value = value.ok_or(FormError::PairWithoutEquals)?;
        if name.is_empty() {
            return Err(FormError::PairWithoutName);
        }
        let start = self.arena.len();
        self.decode(name);
        let middle = self.arena.len();
        self.decode(value);
        let prefix = prefix(slice(&self.arena, start, middle));
        self.pairs.push(Pair { start, middle, end: self.arena.len(), prefix });
        Ok(())
    }

    /// The pairs in the order of the body.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|pair| (text(self.name(pair)), text(self.value(pair))))
    }

    /// Puts the pairs into signing order: names by UTF-16 code units, of equal names the distinct values.
    fn arrange(&mut self) {
        let mut sorted = core::mem::take(&mut self.sorted);
        sorted.clear();
        sorted.extend_from_slice(&self.pairs);
        sort(&mut sorted, |a, b| self.order(a, b).is_lt());
        sorted.dedup_by(|a, b| self.name(a) == self.name(b) && self.value(a) == self.value(b));
        self.sorted = sorted;
    }

    /// Appends the names and values in signing order, each value behind its name.
    pub fn sign_into(&self, message: &mut Vec<u8>) {
        for pair in &self.sorted {
            message.extend_from_slice(slice(&self.arena, pair.start, pair.end));
        }
    }

    fn name(&self, pair: &Pair) -> &[u8] {
        slice(&self.arena, pair.start, pair.middle)
    }

    fn value(&self, pair: &Pair) -> &[u8] {
        slice(&self.arena, pair.middle, pair.end)
    }

    fn order(&self, a: &Pair, b: &Pair) -> Ordering {
        a.prefix
            .cmp(&b.prefix)
            .then_with(|| utf16_order(self.name(a), self.name(b)))
            .then_with(|| utf16_order(self.value(a), self.value(b)))
    }

    /// Appends one decoded name or value; what is appended is UTF-8.
    fn decode(&mut self, mut raw: &[u8]) {
        let start = self.arena.len();
        while let Some(run) = raw.iter().position(|byte| matches!(byte, b'%' | b'+')) {
            let (plain, rest) = raw.split_at(run);
            self.arena.extend_from_slice(plain);
            let (byte, length) = match rest {
                [b'+', ..] => (b' ', 1),
                [_, high, low, ..] => match (hex_value(*high), hex_value(*low)) {
                    (Some(high), Some(low)) => (high << 4 | low, 3),
                    _ => (b'%', 1),
                },
                _ => (b'%', 1),
            };
            self.arena.push(byte);
            raw = rest.get(length..).unwrap_or_default();
        }
        self.arena.extend_from_slice(raw);
        let decoded = self.arena.get(start..).unwrap_or_default();
        if !decoded.is_ascii() && core::str::from_utf8(decoded).is_err() {
            let repaired = String::from_utf8_lossy(decoded).into_owned();
            self.arena.truncate(start);
            self.arena.extend_from_slice(repaired.as_bytes());
        }
    }
}

fn slice(arena: &[u8], from: usize, to: usize) -> &[u8] {
    arena.get(from..to).unwrap_or_default()
}

/// Every piece of the arena was checked when it was decoded.
fn text(bytes: &[u8]) -> &str {
    core::str::from_utf8(bytes).unwrap_or_default()
}

/// A byte of UTF-8 moved so that byte order is the order of UTF-16 code units: characters beyond U+FFFF (first byte
/// F0 to F4) are surrogates there and come before U+E000 to U+FFFF (first byte EE or EF, here FE or FF).
fn utf16_rank(byte: u8) -> u8 {
    if matches!(byte, 0xEE | 0xEF) { byte | 0x10 } else { byte }
}

fn utf16_order(a: &[u8], b: &[u8]) -> Ordering {
    match a.iter().zip(b).find(|(a, b)| a != b) {
        Some((a, b)) => utf16_rank(*a).cmp(&utf16_rank(*b)),
        None => a.len().cmp(&b.len()),
    }
}

fn prefix(name: &[u8]) -> u128 {
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().zip(name) {
        *to = utf16_rank(*from);
    }
    u128::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed(body: &[u8]) -> String {
        let mut message = Vec::new();
        Form::parse(body).expect("a form").sign_into(&mut message);
        String::from_utf8(message).expect("UTF-8")
    }

    #[test]
    fn names_and_values_follow_utf16_code_units() {
        // U+FF5E (EF BD 9E) against U+1F600 (F0 9F 98 80, in UTF-16 D83D DE00).
        assert_eq!(signed("～=1&😀=2".as_bytes()), "😀2～1");
        assert_eq!(signed("a=～&a=😀&a=～".as_bytes()), "a😀a～");
        // Equal in the first sixteen bytes.
        assert_eq!(
            signed(b"ReasonConferenceEnded=1&ReasonConferenceEnde=2&Reason=3"),
            "Reason3ReasonConferenceEnde2ReasonConferenceEnded1"
        );
    }

    #[test]
    fn names_differ_from_names_with_nul() {
        assert_eq!(signed(b"a%00=1&a=2"), "a2a\u{0}1");
    }

    #[test]
    fn broken_escapes_stay_and_broken_utf8_is_replaced() {
        let form = Form::parse(b"a=%&b=%4&c=%zz%41&d=%C3&e=%C3%A9+%2B").expect("a form");
        let pairs: Vec<_> = form.pairs().collect();
        assert_eq!(pairs, [("a", "%"), ("b", "%4"), ("c", "%zzA"), ("d", "\u{FFFD}"), ("e", "é +")]);
        // Half a character in the name and half in the value do not join.
        let form = Form::parse(b"%C3=%A9").expect("a form");
        assert_eq!(form.pairs().collect::<Vec<_>>(), [("\u{FFFD}", "\u{FFFD}")]);
    }

    #[test]
    fn what_the_signing_string_cannot_tell_apart_is_refused() {
        assert_eq!(Form::parse(b"Tox").err(), Some(FormError::PairWithoutEquals));
        assert_eq!(Form::parse(b"To=x&=").err(), Some(FormError::PairWithoutName));
        assert_eq!(Form::parse(&vec![b'a'; MAX_BODY + 1]).err(), Some(FormError::TooLarge));
        let mut longest = vec![b'a'; MAX_BODY];
        longest[1] = b'=';
        assert!(Form::parse(&longest).is_ok());
        assert_eq!(Form::parse(b"&&").expect("empty").pairs().count(), 0);
    }
}
