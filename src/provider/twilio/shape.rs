//! Whether the parameters of a form look like what Twilio sends.
//!
//! Twilio signs names and values run together without a mark between them, so one signature fits other parameters, too:
//! `MessageSid=SM1` and `NumMedia=0` are signed as `MessageSid=SM1NumMedia0` is. A form that was cut anew breaks the shape
//! of a value from which an event is made, or contradicts itself. What is absent, empty, masked or unknown is never odd.
//!
//! Sources of the shapes: <https://www.twilio.com/docs/glossary/what-is-a-sid> (two letters and 32 hexadecimal digits),
//! <https://www.twilio.com/docs/messaging/guides/webhook-request>, E.164; each kind of webhook is a case of
//! `tests/vectors/genuine.json`.

use super::parameters::Parameters;
use crate::address::parse::{Address, parse};
use crate::provider::inbound::Suspicion;

type Shape = fn(&str) -> bool;

/// Parameters of a message or of a delivery state from which an event is made.
const MESSAGING: &[(&str, Shape)] = &[
    ("MessageSid", sid),
    ("SmsSid", sid),
    ("SmsMessageSid", sid),
    ("AccountSid", account),
    ("From", address),
    ("To", address),
    ("WaId", wa_id),
    ("NumMedia", count),
    ("MessageStatus", state),
    ("SmsStatus", state),
    ("ErrorCode", code),
];

/// The same of Conversations, where an author may have any name.
const CONVERSATIONS: &[(&str, Shape)] = &[("MessageSid", sid), ("AccountSid", account), ("ErrorCode", code)];

/// Parameters that hold the id of the message, all the same one.
const IDS: &[&str] = &["MessageSid", "SmsSid", "SmsMessageSid"];

/// What is odd about a message or a delivery state of Programmable Messaging.
pub(super) fn of_messaging(form: Parameters<'_>) -> Vec<Suspicion> {
    let mut found = broken(form, MESSAGING);
    let mut ids = IDS.iter().flat_map(|name| form.all(name).map(move |id| (*name, id)));
    if let Some((_, first)) = ids.next()
        && let Some((path, _)) = ids.find(|(_, id)| *id != first)
    {
        found.push(Suspicion { code: "ids-disagree", path });
    }
    if let Some(id) = form.get("WaId")
        && let Some(("whatsapp", from)) = form.get("From").and_then(|from| from.split_once(':'))
        && surely_two(id, from)
    {
        found.push(Suspicion { code: "customers-differ", path: "WaId" });
    }
    found
}

/// What is odd about an event of Conversations.
pub(super) fn of_conversations(form: Parameters<'_>) -> Vec<Suspicion> {
    broken(form, CONVERSATIONS)
}

fn broken(form: Parameters<'_>, shapes: &'static [(&'static str, Shape)]) -> Vec<Suspicion> {
    let mut found = Vec::new();
    for (name, fits) in shapes {
        let mut values = form.all(name);
        let Some(first) = values.next() else { continue };
        if !fits(first) || !form.all(name).all(fits) {
            found.push(Suspicion { code: "shape-broken", path: name });
        } else if values.any(|value| value != first) {
            found.push(Suspicion { code: "values-disagree", path: name });
        }
    }
    found
}

/// Two capital letters and 32 hexadecimal digits.
fn sid(text: &str) -> bool {
    let letters = text.get(..2).is_some_and(|kind| kind.bytes().all(|byte| byte.is_ascii_uppercase()));
    let digits = text.get(2..).unwrap_or_default();
    letters && digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn account(text: &str) -> bool {
    text.starts_with("AC") && sid(text)
}

/// `whatsapp:` and a number, a user id or a group; any other channel's prefix and something without a gap; a number, a short
/// code, the name of a sender (11 characters at most) or the sender's service.
fn address(text: &str) -> bool {
    match text.split_once(':') {
        Some(("whatsapp", _)) => !matches!(parse(text).address, Address::Unknown { .. }),
        Some((channel, rest)) => {
            let word =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-');
            let gap = |c: char| c.is_whitespace() || c.is_control();
            (1..=32).contains(&channel.len())
                && channel.bytes().all(word)
                && (1..=256).contains(&rest.len())
                && !rest.contains(gap)
        }
        None => {
            let digits = text.trim_start_matches(['+', ' ']);
            let number = (1..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
            number || sid(text) || (text.chars().nth(11).is_none() && !text.contains(char::is_control))
        }
    }
}

/// The digits of a number, with a plus or without, or a user id.
fn wa_id(text: &str) -> bool {
    let digits = text.trim_start_matches(['+', ' ']);
    let number = (5..=20).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    number || matches!(parse(text).address, Address::Bsuid { .. })
}

fn count(text: &str) -> bool {
    digits(text, 3)
}

fn code(text: &str) -> bool {
    digits(text, 6)
}

fn digits(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn state(text: &str) -> bool {
    (1..=32).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'-'))
}

/// Whether two numbers (with a plus or without) surely are two customers': their last six digits or their calling codes
/// differ, which no renumbering changed but Kosovo's. Without the plans, which are larger than all that verifies webhooks;
/// a test compares it with [`crate::address::whatsapp::surely_different`].
#[must_use]
pub fn surely_two(a: &str, b: &str) -> bool {
    let number = |text: &'_ str| {
        let digits = text.trim_start_matches(['+', ' ']);
        let phone = (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        phone.then(|| digits.to_owned())
    };
    let (Some(a), Some(b)) = (number(a), number(b)) else { return false };
    let ending = |digits: &str| digits.get(digits.len().saturating_sub(6)..).map(str::to_owned);
    if ending(&a) != ending(&b) {
        return true;
    }
    let (a, b) = (calling_code(&a), calling_code(&b));
    a != b && !MOVED.contains(&a) && !MOVED.contains(&b)
}

/// Kosovo's code since 2016.
const MOVED: &[&str] = &["383"];

/// Calling codes of one digit and of two; all others have three. Source: ITU-T E.164, list of assigned country codes.
const SHORT_CODES: &[&str] = &[
    "1", "7", "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47",
    "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66",
    "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
];

fn calling_code(digits: &str) -> &str {
    let short = SHORT_CODES.iter().find(|code| digits.starts_with(**code));
    short.copied().unwrap_or_else(|| digits.get(..3).unwrap_or(digits))
}
