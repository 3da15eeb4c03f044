//! Decoding of names and values, eight bytes at a time where nothing is to be decoded.

use super::word_buffer::WordBuffer;

/// Which part of a pair is decoded: only a name ends at `=`. A constant, because this is where a receiver spends its time.
pub(super) const NAME: bool = true;
pub(super) const VALUE: bool = false;

/// What a name or a value ended at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    Equals,
    And,
    End,
}

/// Decodes a name or a value to the end of the buffer, which has room for as many bytes as `rest` has. What stands behind
/// the delimiter is the new rest. What is appended is UTF-8.
#[inline(always)]
pub(super) fn decode<const NAME: bool>(buffer: &mut WordBuffer, rest: &mut &[u8]) -> Stop {
    let start = buffer.end();
    let raw = *rest;
    let mut at = 0_usize;
    // Bits of all bytes; some of those behind are among them, which costs a check too many now and then, no more.
    let mut seen = 0;
    let stop = loop {
        let eight = eight(raw, at);
        let plain = plain::<NAME>(eight);
        buffer.push_some(eight.to_le_bytes(), plain);
        seen |= eight;
        at = at.wrapping_add(plain);
        if plain == 8 {
            continue;
        }
        if let Some(stop) = decode_special::<NAME>(buffer, raw, &mut at, &mut seen) {
            break stop;
        }
    };
    *rest = raw.get(at..).unwrap_or_default();
    if seen & HIGH != 0 {
        repair(buffer, start, rest.len());
    }
    stop
}

/// Decodes escapes and signs up to a plain byte, or up to a delimiter, which is passed.
#[inline(always)]
fn decode_special<const NAME: bool>(
    buffer: &mut WordBuffer,
    raw: &[u8],
    at: &mut usize,
    seen: &mut u64,
) -> Option<Stop> {
    while let Some(byte) = raw.get(*at).copied() {
        // Escapes are the most frequent, and come one after the other.
        if byte == b'%' {
            let escaped = escape(raw, *at);
            *seen |= u64::from(escaped.unwrap_or(0));
            buffer.push(escaped.unwrap_or(b'%'));
            *at = at.wrapping_add(if escaped.is_some() { 3 } else { 1 });
            continue;
        }
        if byte >= b'-' && !(NAME && byte == b'=') {
            return None;
        }
        *at = at.wrapping_add(1);
        match byte {
            b'&' => return Some(Stop::And),
            b'=' => return Some(Stop::Equals),
            b'+' => buffer.push(b' '),
            other => buffer.push(other),
        }
    }
    Some(Stop::End)
}

const ONES: u64 = u64::from_ne_bytes([1; 8]);
/// The bit of each byte that ASCII has not.
const HIGH: u64 = ONES << 7;

/// Eight bytes, the first one lowest; behind the end of the body stand delimiters.
#[inline]
fn eight(raw: &[u8], at: usize) -> u64 {
    let rest = raw.get(at..).unwrap_or_default();
    let eight = rest.first_chunk().copied().unwrap_or_else(|| {
        let mut last = [b'&'; 8];
        last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        last
    });
    u64::from_le_bytes(eight)
}

/// How many bytes from the lowest on stand for themselves: those from `-` on, in a name without `=`. Of the few ASCII
/// characters below, `%`, `&` and `+` mean something; the others are looked at one by one.
#[inline]
fn plain<const NAME: bool>(eight: u64) -> usize {
    // A byte below the subtrahend borrows and gets its high bit; only bytes above such a one can be marked wrongly.
    let mut marks = eight.wrapping_sub(ONES.wrapping_mul(0x2D)) & !eight;
    if NAME {
        let equals = eight ^ ONES.wrapping_mul(0x3D);
        marks |= equals.wrapping_sub(ONES) & !equals;
    }
    ((marks & HIGH).trailing_zeros() / 8) as usize
}

/// The byte that is escaped there.
#[inline]
fn escape(raw: &[u8], at: usize) -> Option<u8> {
    let [_, high, low] = *raw.get(at..)?.first_chunk()?;
    let [high, low] = [high, low].map(|digit| DIGITS.get(usize::from(digit)).copied().unwrap_or(NONE));
    if high | low == NONE { None } else { Some(high << 4 | low) }
}

/// What is no digit in [`DIGITS`]; it stays so whatever it is joined with.
const NONE: u8 = u8::MAX;

/// The values of hexadecimal digits. Unlike those of a key these are not secret, so a table may tell them by its timing.
#[allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "done, and checked, by the compiler"
)]
const DIGITS: [u8; 256] = {
    let mut values = [NONE; 256];
    let (digits, mut at) = (b"0123456789abcdef0123456789ABCDEF", 0);
    while at < digits.len() {
        values[digits[at] as usize] = (at % 16) as u8;
        at += 1;
    }
    values
};

/// Puts U+FFFD in the place of bytes that are no UTF-8. `left` bytes are still to be decoded.
#[cold]
fn repair(buffer: &mut WordBuffer, start: usize, left: usize) {
    let decoded = buffer.slice(start, buffer.end());
    if core::str::from_utf8(decoded).is_err() {
        let repaired = String::from_utf8_lossy(decoded).into_owned();
        buffer.truncate(start);
        buffer.reserve(repaired.len().saturating_add(left));
        buffer.extend(repaired.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_special_bytes_stop_a_word() {
        for byte in 0..=255_u8 {
            for place in 0..8 {
                let mut eight = [b'a'; 8];
                eight[place] = byte;
                let expected = |special: bool| if special { place } else { 8 };
                for beside in [b'a', 0xFF] {
                    eight[(place + 7) % 8] = beside;
                    let word = u64::from_le_bytes(eight);
                    assert_eq!(plain::<NAME>(word), expected(byte < b'-' || byte == b'='), "{byte}");
                    assert_eq!(plain::<VALUE>(word), expected(byte < b'-'), "{byte}");
                }
            }
        }
    }

    /// Byte by byte, after the documents of `querystring.unescapeBuffer`.
    fn slowly(raw: &[u8]) -> String {
        let mut bytes = Vec::new();
        let mut at = 0;
        while let Some(byte) = raw.get(at) {
            let digits = raw.get(at + 1..at + 3).and_then(|digits| core::str::from_utf8(digits).ok());
            let digits = digits.filter(|digits| !digits.starts_with('+'));
            match (byte, digits.and_then(|digits| u8::from_str_radix(digits, 16).ok())) {
                (b'%', Some(escaped)) => {
                    bytes.push(escaped);
                    at += 2;
                }
                (b'+', _) => bytes.push(b' '),
                _ => bytes.push(*byte),
            }
            at += 1;
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn decodes_as_byte_by_byte(pieces in prop::collection::vec("[a-c+*'!é]{1,9}|%[0-9a-fA-F+]{0,3}|%[Cc]3%[aA]9|%F0", 0..12), junk in prop::collection::vec(any::<u8>(), 0..4)) {
            let mut raw = pieces.concat().into_bytes();
            raw.extend(junk.into_iter().filter(|byte| !matches!(byte, b'&' | b'=')));
            let mut buffer = WordBuffer::default();
            buffer.reserve(raw.len() + 3);
            let mut rest = &raw[..];
            prop_assert_eq!(decode::<NAME>(&mut buffer, &mut rest), Stop::End);
            prop_assert_eq!(core::str::from_utf8(buffer.text()).expect("UTF-8"), slowly(&raw));
            prop_assert!(rest.is_empty());
            // In a value `=` stands for itself, wherever it is.
            let raw = [b"=", &raw[..], b"=&x"].concat();
            buffer.clear();
            let mut rest = &raw[..];
            prop_assert_eq!(decode::<VALUE>(&mut buffer, &mut rest), Stop::And);
            prop_assert_eq!(core::str::from_utf8(buffer.text()).expect("UTF-8"), slowly(&raw[..raw.len() - 2]));
            prop_assert_eq!(rest, b"x");
        }
    }
}
