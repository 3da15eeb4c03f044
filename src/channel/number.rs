//! WhatsApp numbers: strict E.164, once, in one channel.

use super::credential::identified;
use super::finding::{
    BAD_CHARACTER, Field, NUMBER_CODE, NUMBER_ELSEWHERE, NUMBER_LINK, NUMBER_LONG, NUMBER_NATIONAL,
    NUMBER_NO_PLUS, NUMBER_NOT_MOBILE, NUMBER_PREFIX, NUMBER_SANDBOX, NUMBER_SEPARATORS, NUMBER_SHORT,
    NUMBER_TWICE, NUMBER_ZERO, NUMBER_ZEROS, Rule,
};
use super::survey::{Cleaned, Kind, begins, survey};
use crate::address::parse::{Address, Reason, parse, split_channel};

/// The number that all users of Twilio's sandbox share (<https://www.twilio.com/docs/whatsapp/sandbox>).
const SANDBOX: &str = "+14155238886";

/// Calling codes that are no country's mobile or fixed network (ITU-T E.164 list of assigned country codes):
/// freephone, shared cost, universal personal, premium rate, satellite and other networks, disaster relief.
const NOT_MOBILE: &[&str] =
    &["+800", "+808", "+878", "+979", "+870", "+881", "+882", "+883", "+888", "+1900"];

/// North American freephone codes can take WhatsApp's verification call, so they are not among the above.
const SEPARATORS: &[char] = &[' ', '-', '(', ')', '.', '/'];

/// Ways to write a number as a link (<https://faq.whatsapp.com/5913398998672934>, RFC 3966).
const LINKS: &[&str] =
    &["https://wa.me/", "http://wa.me/", "wa.me/", "https://api.whatsapp.com/send?phone=", "tel:"];

/// One spelling for numbers that WhatsApp takes for one: the extra 1 of Mexico, the 9 of Argentina, the ninth digit of
/// Brazil (<https://faq.whatsapp.com/1294841057948784>; Twilio answers with either form).
pub(super) fn canonical(text: &str) -> String {
    let digits: String = text.chars().filter_map(digit).collect();
    let digits = digits.strip_prefix("00").unwrap_or(&digits);
    let without = |at: usize| {
        [digits.get(..at).unwrap_or_default(), digits.get(at.saturating_add(1)..).unwrap_or_default()]
            .concat()
    };
    match digits.as_bytes() {
        [b'5', b'2', b'1', ..] if digits.len() == 13 => without(2),
        [b'5', b'4', b'9', ..] if digits.len() == 13 => without(2),
        [b'5', b'5', _, _, b'9', ..] if digits.len() == 13 => without(4),
        _ => digits.to_owned(),
    }
}

/// A decimal digit of ASCII, or of full-width or Arabic figures.
fn digit(character: char) -> Option<char> {
    [0x30_u32, 0x660, 0x6F0, 0xFF10]
        .into_iter()
        .find_map(|zero| u32::from(character).checked_sub(zero).and_then(|value| char::from_digit(value, 10)))
}

/// Other places where a number may not stand again.
pub(super) struct Elsewhere<'o> {
    /// The channel's other numbers.
    pub here: Vec<&'o str>,
    /// The numbers of other channels.
    pub others: Vec<&'o str>,
}

/// The WhatsApp number.
pub(super) fn check_number(field: &mut Field<'_, '_>, elsewhere: &Elsewhere<'_>) {
    let Some(cleaned) = survey(field, Kind::Spaced) else { return };
    let trimmed = cleaned.text.trim();
    if let Some(rule) = identified(trimmed) {
        return field.whole(rule, None);
    }
    if let Some(link) = LINKS.iter().find(|link| begins(trimmed, link)) {
        let rest = trimmed.get(link.len()..).unwrap_or_default();
        let repair = ["+", digits(rest).as_str()].concat();
        field.whole(&NUMBER_LINK, is_number(&repair).then_some(repair));
        return;
    }
    shape(field, &cleaned);
    again(field, elsewhere);
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn is_number(text: &str) -> bool {
    matches!(parse(text).address, Address::Phone(_))
}

/// Prefix, separators, digits: told apart one after the other, each with the number that would be left.
fn shape(field: &mut Field<'_, '_>, cleaned: &Cleaned) {
    let text = cleaned.text.as_str();
    let (channel, rest) = split_channel(text.trim_start());
    let start = text.len().saturating_sub(rest.len());
    let bare: String = rest.chars().filter(|c| !SEPARATORS.contains(c)).collect();
    let repaired = plus(&bare);
    if channel.is_some() {
        field.at(&NUMBER_PREFIX, vec![cleaned.mark(0, start)], repaired.clone());
    }
    let marks = cleaned.marks(|at, c| at < start || !SEPARATORS.contains(&c));
    if !marks.is_empty() {
        field.at(&NUMBER_SEPARATORS, marks, repaired.clone());
    }
    let wrong = cleaned.marks(|_, c| c == '+' || c.is_ascii_digit() || SEPARATORS.contains(&c));
    if channel.is_none() && !wrong.is_empty() {
        return field.at(&BAD_CHARACTER, wrong, None);
    }
    if let Some(rule) = digits_rule(&bare) {
        field.whole(rule, repaired);
    } else if let Some(code) = NOT_MOBILE.iter().find(|code| bare.starts_with(**code)) {
        field.at(&NUMBER_NOT_MOBILE, vec![cleaned.mark(start, start.saturating_add(code.len()))], None);
    } else if bare == SANDBOX {
        field.whole(&NUMBER_SANDBOX, None);
    }
}

/// The number with its plus, where that makes it one.
fn plus(bare: &str) -> Option<String> {
    let number = match bare.strip_prefix("00") {
        Some(rest) => ["+", rest].concat(),
        None if bare.starts_with('+') => bare.to_owned(),
        None => ["+", bare].concat(),
    };
    is_number(&number).then_some(number)
}

/// What is wrong with a number that has no prefix and no separators any more.
fn digits_rule(bare: &str) -> Option<&'static Rule> {
    let Address::Unknown { reason, .. } = parse(bare).address else { return None };
    let count = bare.bytes().filter(u8::is_ascii_digit).count();
    Some(match reason {
        Reason::NoPlus if bare.starts_with("00") => &NUMBER_ZEROS,
        Reason::NoPlus if bare.starts_with('0') => &NUMBER_NATIONAL,
        Reason::NoPlus if count < 7 => &NUMBER_CODE,
        Reason::NoPlus if count > 15 => &NUMBER_LONG,
        Reason::NoPlus => &NUMBER_NO_PLUS,
        Reason::LeadingZero => &NUMBER_ZERO,
        Reason::TooShort | Reason::Empty => &NUMBER_SHORT,
        Reason::TooLong => &NUMBER_LONG,
        _ => &BAD_CHARACTER,
    })
}

/// The same number a second time, in any spelling.
fn again(field: &mut Field<'_, '_>, elsewhere: &Elsewhere<'_>) {
    let own = canonical(field.text);
    if own.len() < 7 {
        return;
    }
    for (numbers, rule) in [(&elsewhere.here, &NUMBER_TWICE), (&elsewhere.others, &NUMBER_ELSEWHERE)] {
        if numbers.iter().any(|other| other.len() < 100 && canonical(other) == own) {
            field.whole(rule, None);
        }
    }
}
