//! WhatsApp numbers: strict E.164, of a kind that WhatsApp takes, once, in one channel.

use super::character_scan::{Cleaned, Kind, begins, scan};
use super::credential::identified;
use super::finding::{
    BAD_CHARACTER, Field, NUMBER_CODE, NUMBER_ELSEWHERE, NUMBER_LINK, NUMBER_LONG, NUMBER_MAYBE_ELSEWHERE,
    NUMBER_MAYBE_TWICE, NUMBER_NATIONAL, NUMBER_NO_PLUS, NUMBER_PREFIX, NUMBER_SANDBOX, NUMBER_SEPARATORS,
    NUMBER_SHORT, NUMBER_TWICE, NUMBER_ZERO, NUMBER_ZEROS, Rule,
};
use super::kind;
use crate::address::parse::{Address, Reason, parse, split_channel};
use crate::address::whatsapp::{Match, same_customer};

/// The number that all users of Twilio's sandbox share (<https://www.twilio.com/docs/whatsapp/sandbox>).
const SANDBOX: &str = "+14155238886";

/// What people write between the digits (ITU-T E.123).
const SEPARATORS: &[char] = &[' ', '-', '(', ')', '.', '/'];

/// Ways to write a number as a link (<https://faq.whatsapp.com/5913398998672934>, RFC 3966).
const LINKS: &[&str] =
    &["https://wa.me/", "http://wa.me/", "wa.me/", "https://api.whatsapp.com/send?phone=", "tel:"];

/// A plus and the digits of a number, whatever they are written in and with.
fn spelled(text: &str) -> String {
    let digits: String = text.chars().filter_map(digit).collect();
    ["+", digits.strip_prefix("00").unwrap_or(&digits)].concat()
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
    let Some(cleaned) = scan(field, Kind::Spaced) else { return };
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
    let repaired = plus(&bare).map(|number| kind::without_trunk_prefix(&number).unwrap_or(number));
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
    } else if bare == SANDBOX {
        field.whole(&NUMBER_SANDBOX, None);
    } else if let Some((rule, wrong, repair)) = kind::judged(&bare) {
        let digits: Vec<_> = rest.char_indices().filter(|(_, c)| !SEPARATORS.contains(c)).collect();
        let place = |at: usize| digits.get(at).map(|(place, _)| start.saturating_add(*place));
        let mark = wrong.and_then(|(from, to)| {
            Some(cleaned.mark(place(from)?, place(to.checked_sub(1)?)?.saturating_add(1)))
        });
        field.at(rule, mark.into_iter().collect(), repair);
    }
}

/// The number with its plus, where that makes it one.
fn plus(bare: &str) -> Option<String> {
    let number = match bare.strip_prefix("00") {
        Some(rest) => ["+", rest].concat(),
        None if bare.starts_with('+') => bare.to_owned(),
        // A national number may look like one of another country.
        None => Some(["+", bare].concat()).filter(|number| kind::is_known(number))?,
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

/// How much of two numbers is the same in all their forms: renumbering changed what stands before.
const TAIL: usize = 7;

fn tail(number: &str) -> &str {
    number.get(number.len().saturating_sub(TAIL)..).unwrap_or_default()
}

/// Whether two numbers, each a plus and digits, are the same sender.
fn same(one: &str, other: &str) -> Match {
    if one == other {
        Match::Yes
    } else if tail(one) == tail(other) && is_number(one) && is_number(other) {
        same_customer(one, other).0
    } else {
        Match::No
    }
}

/// The same number a second time, in any spelling.
fn again(field: &mut Field<'_, '_>, elsewhere: &Elsewhere<'_>) {
    let own = spelled(field.text);
    if own.len() <= TAIL {
        return;
    }
    for (numbers, surely, perhaps) in [
        (&elsewhere.here, &NUMBER_TWICE, &NUMBER_MAYBE_TWICE),
        (&elsewhere.others, &NUMBER_ELSEWHERE, &NUMBER_MAYBE_ELSEWHERE),
    ] {
        let mut worst = Match::No;
        for other in numbers.iter().filter(|other| other.len() < 100) {
            match same(&own, &spelled(other)) {
                Match::Yes => worst = Match::Yes,
                Match::Maybe if worst == Match::No => worst = Match::Maybe,
                _ => {}
            }
        }
        match worst {
            Match::Yes => field.whole(surely, None),
            Match::Maybe => field.whole(perhaps, None),
            Match::No => {}
        }
    }
}
