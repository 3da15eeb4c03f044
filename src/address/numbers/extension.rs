//! Extensions of a number, in the ways in which people write them.
#![allow(clippy::arithmetic_side_effects, reason = "indexes into a text of at most 250 characters")]

use super::characters::{PLUS, is_digit, is_separator, plain, skip};

/// A number without its extension, and the extension.
pub type Split<'a> = (&'a [u8], &'a [u8]);

/// Cuts the extension off, if what stands before it is a number.
#[must_use]
pub fn split_extension(text: &[u8]) -> Split<'_> {
    for at in 0..text.len() {
        if let Some((before, rest)) = text.split_at_checked(at)
            && let Some(digits) = extension(rest)
        {
            return if is_viable(before) { (before, digits) } else { (text, &[]) };
        }
    }
    (text, &[])
}

/// Labels that make an extension certain, besides `ext`, and those that make it likely; in small letters, as classes
/// (`ｅｘｔｎ ｘｔｎ ｅｘｔ ｘｔ доб anexo`, `x ｘ # ＃ ~ ～ int ｉｎｔ`).
const CERTAIN: &[u8] = b"\xe5\xf8\xf4\xee \xf8\xf4\xee \xe5\xf8\xf4 \xf8\xf4 \x82\x83\x84 anexo";
const LIKELY: &[u8] = b"x \xf8 # \xa3 ~ \xfe int \xe9\xee\xf4";

/// What follows the first of the labels, parted by spaces, that stands at the beginning of the text, whatever the case.
#[inline(never)]
fn after<'a>(text: &'a [u8], labels: &[u8]) -> Option<&'a [u8]> {
    labels.split(|byte| *byte == b' ').find_map(|label| {
        let (start, rest) = text.split_at_checked(label.len())?;
        let small = |byte: &u8| if plain(*byte).is_ascii_uppercase() { byte | 0x20 } else { *byte };
        start.iter().zip(label).all(|(byte, wanted)| small(byte) == *wanted).then_some(rest)
    })
}

/// `e?xt(ensi(o|ó))?n?`, of which the longest is taken.
fn after_ext(text: &[u8]) -> Option<&[u8]> {
    let text = after(text, b"ext xt")?;
    let text = after(text, b"ensio\x86 ensi\x85 ensio").unwrap_or(text);
    Some(after(text, b"n").unwrap_or(text))
}

/// The digits of an extension that takes the whole of the text.
fn extension(text: &[u8]) -> Option<&[u8]> {
    // Most places of most texts; none of the alternatives begins with a digit.
    if text.first().is_none_or(u8::is_ascii_digit) {
        return None;
    }
    let hash = matches!(text, [.., b'#']);
    let labelled = skip(text, b" \xa0\t,");
    // What stands in the alternatives of Google's expression, in its order, and how many digits may follow.
    let alternatives = [
        (after(text, b";ext=").filter(|_| !hash), 20),
        (after_ext(labelled).or_else(|| after(labelled, CERTAIN)).map(behind_label), 20),
        (after(labelled, LIKELY).map(behind_label), 9),
        // `- 503#`.
        (Some(skip(text, b"- ")).filter(|rest| hash && rest.len() < text.len()), 6),
        dialled(text),
    ];
    alternatives.into_iter().find_map(|(rest, most)| number(rest?, most))
}

/// `[:.．]?[ \t,-]*`.
fn behind_label(text: &[u8]) -> &[u8] {
    let text = match text {
        [b':', rest @ ..] => rest,
        [dot, rest @ ..] if plain(*dot) == b'.' => rest,
        _ => text,
    };
    skip(text, b" \xa0\t,-")
}

/// Behind commas or a semicolon, as phones write pauses.
fn dialled(text: &[u8]) -> (Option<&[u8]>, usize) {
    let text = skip(text, b" \xa0\t");
    let rest = skip(text, b",");
    let (rest, most) = match (text.len() - rest.len(), rest) {
        (0, [b';', rest @ ..]) => (rest, 15),
        (0, _) => return (None, 0),
        (1, rest) => (rest, 9),
        (_, rest) => (rest, 15),
    };
    (Some(behind_label(rest)), most)
}

/// One to `most` digits and then the end, perhaps behind `#`.
fn number(text: &[u8], most: usize) -> Option<&[u8]> {
    let ([text @ .., b'#'] | text) = text;
    ((1..=most).contains(&text.len()) && text.iter().all(|byte| is_digit(*byte))).then_some(text)
}

/// Whether the text can be a number at all, extension included.
#[must_use]
pub fn is_viable(text: &[u8]) -> bool {
    let mut digits = 0;
    let mut rest = skip(text, PLUS);
    loop {
        // Three digits are enough, and so are two alone; only to three an extension may be added.
        if rest.is_empty() && (digits > 2 || digits == 2 && text.len() == 2)
            || digits > 2 && extension(rest).is_some()
        {
            return true;
        }
        let Some((byte, behind)) = rest.split_first() else { return false };
        if is_digit(*byte) {
            digits += 1;
        } else if !(is_separator(*byte) || *byte == b'*' || digits > 2 && byte.is_ascii_alphabetic()) {
            return false;
        }
        rest = behind;
    }
}
