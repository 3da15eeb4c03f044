//! Account SID, Auth Token and the other identifiers of Twilio, told apart by their shape.
//!
//! A SID is two capitals and 32 hexadecimal digits (<https://www.twilio.com/docs/glossary/what-is-a-sid>); an Auth
//! Token is 32 hexadecimal digits (`auth_token` in the examples of <https://www.twilio.com/docs/iam/api/account>; no page
//! found says so in words); the secret of an API key is 32 letters and digits (by its examples too).

use super::character_scan::{Cleaned, Kind, scan};
use super::finding::{
    BAD_CHARACTER, Field, IS_ACCOUNT_SID, IS_API_KEY, IS_API_SECRET, IS_AUTH_TOKEN, IS_CONTENT_SID,
    IS_NUMBER_SID, IS_OTHER_SID, IS_PHONE, IS_SENDER_SID, IS_SERVICE_SID, LOOK_ALIKE, MORE_THAN_VALUE,
    NOT_A_SID, NOT_A_TOKEN, PREFIX_CASE, Rule, TOKEN_CASE, TOKEN_MASKED, TOO_MANY, TOO_SHORT,
};
use zeroize::Zeroizing;

/// Hexadecimal digits of a SID after its prefix, and of an Auth Token.
const DIGITS: usize = 32;

/// What the prefixes of SIDs stand for (<https://www.twilio.com/docs/glossary/what-is-a-sid>).
const PREFIXES: &[(&str, &Rule)] = &[
    ("AC", &IS_ACCOUNT_SID),
    ("SK", &IS_API_KEY),
    ("HX", &IS_CONTENT_SID),
    ("PN", &IS_NUMBER_SID),
    ("XE", &IS_SENDER_SID),
    ("MG", &IS_SERVICE_SID),
];

fn hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The prefix as it was written, and the digits, of a text that has the shape of a SID.
fn sid(text: &str) -> Option<(&str, &str)> {
    let (prefix, digits) = text.split_at_checked(2)?;
    let letters = prefix.bytes().all(|byte| byte.is_ascii_alphabetic());
    (letters && digits.len() == DIGITS && hex(digits)).then_some((prefix, digits))
}

fn of_prefix(prefix: &str) -> &'static Rule {
    PREFIXES
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(prefix))
        .map_or(&IS_OTHER_SID, |(_, rule)| rule)
}

/// What an identifier of Twilio's is, whatever field it stands in; nothing for other texts.
pub(super) fn identified(text: &str) -> Option<&'static Rule> {
    if let Some((prefix, _)) = sid(text) {
        return Some(of_prefix(prefix));
    }
    if text.len() == DIGITS && text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        // A word of 32 letters is no secret.
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        return (digits > 1).then_some(if hex(text) { &IS_AUTH_TOKEN } else { &IS_API_SECRET });
    }
    None
}

/// The words of a text, split where a letter or digit ends, longest identifiers among them.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0_usize;
    text.split(|c: char| !c.is_ascii_alphanumeric()).map(move |word| {
        let start = at;
        at = at.saturating_add(word.len()).saturating_add(1);
        (start, word)
    })
}

/// The only identifier of its kind in a longer text: a pasted command, record or line.
pub(super) fn only<'t>(text: &'t str, wanted: &'static Rule) -> Option<&'t str> {
    if !text.is_ascii() {
        return None;
    }
    let mut found: Option<&str> = None;
    for (_, word) in
        words(text).filter(|(_, word)| identified(word).is_some_and(|rule| rule.code == wanted.code))
    {
        if found.is_some_and(|other| other != word) {
            return None;
        }
        found = Some(word);
    }
    found
}

fn looks_like_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits >= 7 && text.bytes().all(|byte| byte.is_ascii_digit() || b"+ ().-".contains(&byte)) && digits < 20
}

/// A field that wants a SID with this prefix.
pub(super) fn check_sid(field: &mut Field<'_, '_>, wanted: &'static str) -> bool {
    let Some(cleaned) = scan(field, Kind::Word) else { return false };
    let text = cleaned.text.as_str();
    if let Some((prefix, digits)) = sid(text) {
        if prefix == wanted {
            return text == field.text;
        }
        if prefix.eq_ignore_ascii_case(wanted) {
            field.at(&PREFIX_CASE, vec![cleaned.mark(0, 2)], Some([wanted, digits].concat()));
        } else {
            field.at(of_prefix(prefix), vec![cleaned.mark(0, 2)], None);
        }
    } else if let Some(rule) = identified(text) {
        field.whole(rule, None);
    } else if looks_like_phone(text) {
        field.whole(&IS_PHONE, None);
    } else if let Some(inside) = only(&spaced(field.text), of_prefix(wanted)) {
        field.instead(&MORE_THAN_VALUE, inside);
    } else {
        nearly(field, &cleaned, wanted);
    }
    false
}

/// The token, where the letters l, I, O or o stand for the digits that they look like.
fn misread(text: &str) -> Option<String> {
    let odd = |byte: u8| matches!(byte, b'l' | b'I' | b'O' | b'o');
    if text.len() != DIGITS || !text.bytes().all(|byte| byte.is_ascii_hexdigit() || odd(byte)) {
        return None;
    }
    let mut meant = String::with_capacity(DIGITS);
    for byte in text.bytes() {
        meant.push(match byte {
            b'l' | b'I' => '1',
            b'O' | b'o' => '0',
            other => char::from(other.to_ascii_lowercase()),
        });
    }
    Some(meant)
}

/// White space and what nobody sees end a word, so that a pasted command keeps its words.
fn spaced(text: &str) -> Zeroizing<String> {
    // Room for all of it at once, so that growing leaves no copy behind.
    let mut words = Zeroizing::new(String::with_capacity(text.len()));
    words.extend(text.chars().map(|c| if c.is_ascii_graphic() { c } else { ' ' }));
    words
}

/// What has the right prefix but not the right digits; or nothing of a SID at all.
fn nearly(field: &mut Field<'_, '_>, cleaned: &Cleaned, wanted: &'static str) {
    let text = cleaned.text.as_str();
    if !super::character_scan::begins(text, wanted) {
        return field.whole(&NOT_A_SID, None);
    }
    let marks = cleaned.marks(|at, c| at < wanted.len() || c.is_ascii_hexdigit());
    if marks.is_empty() {
        length(field, cleaned, DIGITS.saturating_add(2));
    } else {
        field.at(&BAD_CHARACTER, marks, None);
    }
}

/// Characters that are missing or too many; all of them are of the right kind.
fn length(field: &mut Field<'_, '_>, cleaned: &Cleaned, wanted: usize) {
    let len = cleaned.text.len();
    if len < wanted {
        field.at(&TOO_SHORT, vec![(field.text.len(), field.text.len())], None);
    } else if len > wanted {
        field.at(&TOO_MANY, vec![cleaned.mark(wanted, len)], None);
    }
}

/// The Auth Token. True where nothing is wrong with it.
pub(super) fn check_token(field: &mut Field<'_, '_>) -> bool {
    let Some(cleaned) = scan(field, Kind::Word) else { return false };
    let text = cleaned.text.as_str();
    if text.len() == DIGITS && hex(text) {
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            field.whole(&TOKEN_CASE, Some(text.to_ascii_lowercase()));
        }
        return text == field.text;
    }
    if let Some(meant) = misread(text) {
        field.at(&LOOK_ALIKE, cleaned.marks(|_, c| c.is_ascii_hexdigit()), Some(meant));
    } else if let Some(rule) = identified(text) {
        field.whole(rule, None);
    } else if text.chars().all(|c| matches!(c, '•' | '●' | '*' | '∙' | '·' | '.')) {
        field.whole(&TOKEN_MASKED, None);
    } else if let Some(inside) = only(&spaced(field.text), &IS_AUTH_TOKEN) {
        field.instead(&MORE_THAN_VALUE, inside);
    } else if hex(text) {
        length(field, &cleaned, DIGITS);
    } else if text.len() == DIGITS {
        let marks = cleaned.marks(|_, c| c.is_ascii_hexdigit());
        field.at(&BAD_CHARACTER, marks, None);
    } else {
        field.whole(&NOT_A_TOKEN, None);
    }
    false
}
