//! What a character is to a telephone number, in one byte: ASCII as it is, everything else above it.
#![allow(clippy::arithmetic_side_effects, reason = "what is subtracted is known to be less")]

/// The highest bit: a character that resembles the ASCII one in the lower seven, and counts as it almost everywhere.
const LIKE: u8 = 0x80;
/// A letter or number that no rule names.
const LETTER: u8 = 0x80;
/// `ー`: stands between digits and, being a letter, may be the last character.
const LONG_VOWEL: u8 = 0x81;
/// A mark, symbol or punctuation that no rule names.
const OTHER: u8 = LIKE | b'!';
/// The accent of `ó` where it is a character of its own.
const ACUTE: u8 = 0x86;
/// `～`, which may stand between digits.
const WIDE_TILDE: u8 = LIKE | b'~';

/// The zero of each decimal digit set of Unicode 16 (general category Nd), but for those of ASCII and its full-width forms.
static ZEROS: [u16; 74] = steps([
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0,
    0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50,
    0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0x104a0, 0x10d30, 0x10d40, 0x11066, 0x110f0,
    0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x116d0, 0x116da, 0x11730, 0x118e0,
    0x11950, 0x11bf0, 0x11c50, 0x11d50, 0x11da0, 0x11f50, 0x16130, 0x16a60, 0x16ac0, 0x16b50, 0x16d70,
    0x1ccf0, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e4f0, 0x1e5f1, 0x1e950,
    0x1fbf0,
]);

/// How many characters behind ASCII are neither letters nor numbers (general categories L and N of Unicode 16), how many
/// then are, and so on in turns; what comes after the last of them is neither. Each count in 7 bits a byte, the lowest ones
/// first, the highest bit set where more follow. `tests/rust/numbers/letters.rs` makes it.
const LETTERS: &[u8] = include_bytes!("letters.bin");

/// Whether a character behind ASCII is a letter or a number.
fn is_letter_or_number(code: u32) -> bool {
    let (mut left, mut count, mut shift, mut letters) = (code - 0x80, 0, 0, false);
    for byte in LETTERS {
        count |= u32::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            if left < count {
                return letters;
            }
            left -= count;
            (count, shift, letters) = (0, 0, !letters);
        }
    }
    false
}

/// Each place as the distance from the one before, which is packed better.
#[allow(clippy::indexing_slicing, reason = "computed by the compiler, which would refuse a wrong place")]
const fn steps<const N: usize>(places: [u32; N]) -> [u16; N] {
    let mut steps = [0; N];
    let (mut at, mut last) = (0, 0);
    while at < N {
        steps[at] = (places[at] - last) as u16;
        last = places[at];
        at += 1;
    }
    steps
}

/// How many of the places a code has passed, and how far it is behind the last of them.
fn passed(steps: &[u16], mut code: u32) -> (usize, u32) {
    let mut count = 0;
    for step in steps {
        let step = u32::from(*step);
        if code < step {
            break;
        }
        code -= step;
        count += 1;
    }
    (count, code)
}

/// What a character is to a number.
#[must_use]
pub fn class(character: char) -> u8 {
    let code = u32::from(character);
    match character {
        '\0'..='\x7f' => code as u8,
        '\u{a0}' => LIKE | b' ',
        '\u{ad}'
        | '\u{200b}'
        | '\u{2010}'..='\u{2015}'
        | '\u{2053}'
        | '\u{2060}'
        | '\u{2212}'
        | '\u{223c}'
        | '\u{3000}' => LIKE | b'-',
        '！'..='～' => LIKE | (code - 0xfee0) as u8,
        'ー' => LONG_VOWEL,
        // Letters of the labels of an extension.
        'Д' | 'д' => 0x82,
        'О' | 'о' => 0x83,
        'Б' | 'б' => 0x84,
        'Ó' | 'ó' => 0x85,
        '\u{301}' => ACUTE,
        _ => match passed(&ZEROS, code).1 {
            value @ 0..=9 => LIKE | b'0' | value as u8,
            _ if is_letter_or_number(code) => LETTER,
            _ => OTHER,
        },
    }
}

/// A decimal digit of any script.
#[must_use]
pub fn is_digit(class: u8) -> bool {
    plain(class).is_ascii_digit()
}

/// The ASCII character that it is or resembles.
#[must_use]
pub fn plain(class: u8) -> u8 {
    class & !LIKE
}

/// The ordinary and the full-width plus.
pub(super) const PLUS: &[u8] = &[b'+', LIKE | b'+'];

/// Whether it is one of [`PLUS`].
#[must_use]
pub fn is_plus(class: u8) -> bool {
    plain(class) == b'+'
}

/// What may stand between the digits of a number.
#[must_use]
pub fn is_separator(class: u8) -> bool {
    matches!(plain(class), b' ' | b'(' | b')' | b'-' | b'.' | b'/' | b'[' | b']')
        || matches!(class, b'x' | b'X' | b'~' | WIDE_TILDE | LONG_VOWEL)
}

/// Letters and digits, as far as a number may end with one: what is neither is trimmed from the end.
pub(super) fn ends_a_number(class: u8) -> bool {
    class == b'#'
        || class != ACUTE && (LETTER..LIKE | b' ').contains(&class)
        || plain(class).is_ascii_alphanumeric()
}

/// Whether some number holds it.
#[must_use]
pub fn belongs(class: u8) -> bool {
    is_plus(class) || is_digit(class) || is_separator(class) || matches!(class, b'*' | b'#')
}

/// What is behind the bytes of a set.
#[inline(never)]
pub(crate) fn skip<'a>(mut text: &'a [u8], set: &[u8]) -> &'a [u8] {
    while let Some((byte, rest)) = text.split_first()
        && set.iter().any(|wanted| wanted == byte)
    {
        text = rest;
    }
    text
}

/// Marks that come along when a number is copied out of a page, in front of it or behind.
pub fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
