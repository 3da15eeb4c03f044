//! Extensions of a number, in the ways in which people write them.
#![allow(clippy::arithmetic_side_effects, reason = "indexes into a text of at most 250 characters")]

use super::input::{digit, is_viable, skip};

/// A number without its extension, and the extension.
pub type Split<'a> = (&'a [char], &'a [char]);

/// Cuts the extension off, if what stands before it is a number.
#[must_use]
pub fn split_extension(text: &[char]) -> Split<'_> {
    let found = (0..text.len()).find_map(|at| Some((at, extension(text.get(at..)?)?)));
    match found {
        Some((at, digits)) if text.get(..at).is_some_and(is_viable) => {
            (text.get(..at).unwrap_or_default(), digits)
        }
        _ => (text, &[]),
    }
}

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\u{a0}' | '\t')
}

/// Labels that make an extension certain, those that make it likely; in small letters.
const CERTAIN: [&str; 6] = ["ｅｘｔｎ", "ｘｔｎ", "ｅｘｔ", "ｘｔ", "доб", "anexo"];
const LIKELY: [&str; 8] = ["x", "ｘ", "#", "＃", "~", "～", "int", "ｉｎｔ"];

/// What follows `label` at the beginning of the text, whatever the case.
fn after<'a>(text: &'a [char], label: &str) -> Option<&'a [char]> {
    let mut rest = text.iter();
    for wanted in label.chars() {
        let found = *rest.next()?;
        if found != wanted && small(found) != wanted {
            return None;
        }
    }
    Some(rest.as_slice())
}

/// The small letter, as far as the labels need it.
fn small(character: char) -> char {
    match character {
        'Ó' => 'ó',
        'А'..='Я' | 'Ａ'..='Ｚ' => char::from_u32(u32::from(character) + 0x20).unwrap_or(character),
        _ => character.to_ascii_lowercase(),
    }
}

/// `e?xt(ensi(o|ó))?n?`, of which the longest is taken.
fn after_ext(text: &[char]) -> Option<&[char]> {
    let text = after(text, "e").unwrap_or(text);
    let text = after(text, "xt")?;
    let long = ["ensio\u{301}", "ensió", "ensio"].iter().find_map(|word| after(text, word));
    let text = long.unwrap_or(text);
    Some(after(text, "n").unwrap_or(text))
}

/// The digits of an extension that takes the whole of the text.
pub(super) fn extension(text: &[char]) -> Option<&[char]> {
    // Most places of most texts; none of the alternatives begins with a digit.
    if text.first().is_none_or(char::is_ascii_digit) {
        return None;
    }
    // What stands in the alternatives of Google's expression, in its order.
    if let Some(digits) = after(text, ";ext=").and_then(|rest| number(rest, 20, false)) {
        return Some(digits);
    }
    let labelled = skip(text, |character| is_blank(character) || character == ',');
    let certain = after_ext(labelled).or_else(|| CERTAIN.iter().find_map(|label| after(labelled, label)));
    if let Some(digits) = certain.and_then(|rest| number(behind_label(rest), 20, true)) {
        return Some(digits);
    }
    let likely = LIKELY.iter().find_map(|label| after(labelled, label));
    if let Some(digits) = likely.and_then(|rest| number(behind_label(rest), 9, true)) {
        return Some(digits);
    }
    american(text).or_else(|| dialled(text))
}

/// `[:.．]?[ \t,-]*`.
fn behind_label(text: &[char]) -> &[char] {
    let text = match text.first() {
        Some(':' | '.' | '\u{ff0e}') => text.get(1..).unwrap_or_default(),
        _ => text,
    };
    skip(text, |character| is_blank(character) || matches!(character, ',' | '-'))
}

/// `- 503#`.
fn american(text: &[char]) -> Option<&[char]> {
    let rest = skip(text, |character| matches!(character, '-' | ' '));
    let (last, before) = rest.split_last()?;
    (rest.len() < text.len() && *last == '#').then(|| number(before, 6, false))?
}

/// Behind commas or a semicolon, as phones write pauses.
fn dialled(text: &[char]) -> Option<&[char]> {
    let rest = skip(text, is_blank);
    let commas = rest.iter().take_while(|character| **character == ',').count();
    let (taken, most) = match (rest.first(), commas) {
        (Some(';'), _) => (1, 15),
        (_, 2..) => (commas, 15),
        (_, 1) => (1, 9),
        _ => return None,
    };
    number(behind_label(rest.get(taken..)?), most, true)
}

/// One to `most` digits and then the end, behind `#` if `hash` allows it.
fn number(text: &[char], most: usize, hash: bool) -> Option<&[char]> {
    let text = match text.split_last() {
        Some(('#', before)) if hash => before,
        _ => text,
    };
    ((1..=most).contains(&text.len()) && text.iter().all(|character| digit(*character).is_some()))
        .then_some(text)
}
