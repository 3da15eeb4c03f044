//! Values in; the send request out, or everything that is still wrong.
//!
//! The required set is what the texts hold (and what the type implies), never the provider's `variables` alone: that
//! may be null, or hold fewer or more keys. Every one is required and exactly that set is sent: a missing key lets
//! a sample reach the customer, an extra key fails the message (21656).

use super::model::{ButtonKind, Category, Place, Template, Text};
use super::name_index::Names;
pub use super::name_index::Values;
use super::value::{self, problems as value_problems};
use super::{Remark, length, remark};
use crate::event::Provider;

/// No value was given.
pub const MISSING: Remark = remark("missing", "a value is required");
/// The template has no such variable.
pub const UNDECLARED: Remark = remark("undeclared", "the template has no such variable");
/// White space inside an address.
pub const URL_BLANK: Remark = remark("url-blank", "a value inside an address cannot hold blanks");
/// Not a number where Meta takes one.
pub const NOT_A_NUMBER: Remark = remark("not-a-number", "this value must be a number");
const BODY_TOO_LONG: Remark = remark("body-too-long", "the filled-in body is too long");
const HEADER_TOO_LONG: Remark =
    remark("header-too-long", "the filled-in header is longer than 60 characters");
const FOOTER_TOO_LONG: Remark =
    remark("footer-too-long", "the filled-in footer is longer than 60 characters");
const BUTTON_TOO_LONG: Remark = remark("button-too-long", "a filled-in button is too long");
const URL_TOO_LONG: Remark = remark("url-too-long", "a filled-in address is longer than 2000 characters");
const CODE_TOO_LONG: Remark = remark("code-too-long", "a filled-in code is longer than 15 characters");
const CARD_TOO_LONG: Remark = remark("card-too-long", "the filled-in text of a card is too long");

/// Longest body of an approved template, in UTF-16 units.
pub const MAX_BODY: usize = 1_024;
/// Longest code of a copy-code button.
pub const MAX_CODE: usize = 15;
const MAX_HEADER: usize = 60;
const MAX_FOOTER: usize = 60;
const MAX_ADDRESS: usize = 2_000;

/// What is wrong with the values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What it is.
    pub remark: Remark,
    /// The variable; `None` where the whole is meant.
    pub variable: Option<String>,
    /// The repaired value, offered and never applied.
    pub repair: Option<String>,
}

/// A run of filled-in text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span<'t> {
    /// The template's own text.
    Literal(&'t str),
    /// A value, with the name of its variable.
    Value(&'t str, &'t str),
    /// A placeholder without a value, with its name.
    Missing(&'t str, &'t str),
}

/// A text cut into runs. Linear in its length.
#[must_use]
#[inline(never)]
pub fn spans<'t>(text: &'t Text, values: &Values<'t>) -> Vec<Span<'t>> {
    let mut spans = Vec::new();
    let mut at = 0;
    for placeholder in &text.placeholders {
        let before = text.text.get(at..placeholder.start).unwrap_or_default();
        if !before.is_empty() {
            spans.push(Span::Literal(before));
        }
        let slot = text.text.get(placeholder.start..placeholder.end).unwrap_or_default();
        spans.push(match values.get(&placeholder.name) {
            Some(value) if !value::is_empty(value) => Span::Value(value, &placeholder.name),
            _ => Span::Missing(slot, &placeholder.name),
        });
        at = placeholder.end;
    }
    let rest = text.text.get(at..).unwrap_or_default();
    if !rest.is_empty() {
        spans.push(Span::Literal(rest));
    }
    spans
}

/// The filled-in text; a slot without a value stays as it is written.
#[must_use]
pub fn filled(text: &Text, values: &Values<'_>) -> String {
    let mut out = String::new();
    for span in spans(text, values) {
        let (Span::Literal(run) | Span::Value(run, _) | Span::Missing(run, _)) = span;
        out.push_str(run);
    }
    out
}

/// Length of the filled-in text, where a slot without a value counts nothing.
fn filled_length(text: &Text, values: &Values<'_>) -> usize {
    let runs = spans(text, values).into_iter().map(|span| match span {
        Span::Literal(run) | Span::Value(run, _) => length(run),
        Span::Missing(..) => 0,
    });
    runs.fold(0, usize::saturating_add)
}

/// The limit of a text, and what to say beyond it
/// (<https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components>).
fn limit(template: &Template, place: Place) -> Option<(usize, Remark)> {
    let approved = template.status.is_sendable() || template.source == Provider::Meta;
    Some(match place {
        // 1,600 is Twilio's limit for text and media that go out as session messages.
        Place::Body if !approved && matches!(template.rendered.as_str(), "twilio/text" | "twilio/media") => {
            (value::MAX_VALUE, BODY_TOO_LONG)
        }
        Place::Body => (MAX_BODY, BODY_TOO_LONG),
        // Whose title has the limit of a body.
        Place::HeaderText if template.rendered == "twilio/card" => (MAX_BODY, CARD_TOO_LONG),
        Place::HeaderText => (MAX_HEADER, HEADER_TOO_LONG),
        Place::Footer => (MAX_FOOTER, FOOTER_TOO_LONG),
        Place::ButtonTitle => (if approved { 25 } else { 20 }, BUTTON_TOO_LONG),
        // Told of the value itself.
        Place::ButtonTarget(ButtonKind::CopyCode) if is_code(template) => return None,
        Place::ButtonTarget(ButtonKind::CopyCode) => (MAX_CODE, CODE_TOO_LONG),
        Place::ButtonTarget(ButtonKind::Url) | Place::Media => (MAX_ADDRESS, URL_TOO_LONG),
        Place::ButtonTarget(_) => return None,
        // The rows of a list have limits of their own.
        Place::CardTitle if template.rendered == "twilio/list-picker" => (24, CARD_TOO_LONG),
        Place::CardBody if template.rendered == "twilio/list-picker" => (72, CARD_TOO_LONG),
        Place::CardTitle | Place::CardBody => (160, CARD_TOO_LONG),
    })
}

/// Everything that is wrong, variable by variable in the template's order, then the undeclared, then the whole.
#[must_use]
pub fn problems(template: &Template, values: &Values<'_>) -> Vec<Problem> {
    let addresses = address_variables(template);
    let is_code = is_code(template);
    let mut problems = Vec::new();
    let mut declared = Names::default();
    for variable in &template.variables {
        declared.is_new(&variable.name);
        let name = variable.name.as_str();
        let place = Slot { name, in_address: addresses.get(name).is_some(), is_code };
        match values.get(name) {
            Some(value) => check_value(&mut problems, place, value),
            None => problems.push(Problem { remark: MISSING, variable: Some(name.to_owned()), repair: None }),
        }
    }
    for name in values.names().filter(|name| declared.get(name).is_none()) {
        problems.push(Problem { remark: UNDECLARED, variable: Some(name.to_owned()), repair: None });
    }
    let whole = long_texts(template, values).into_iter();
    problems.extend(whole.map(|remark| Problem { remark, variable: None, repair: None }));
    problems
}

/// An authentication template carries one code, wherever it stands.
fn is_code(template: &Template) -> bool {
    template.category == Category::Authentication
        || template.content_type().is_some_and(|row| !row.implied.is_empty())
}

/// What a value is used for.
#[derive(Clone, Copy)]
struct Slot<'t> {
    name: &'t str,
    in_address: bool,
    is_code: bool,
}

fn check_value(problems: &mut Vec<Problem>, slot: Slot<'_>, value: &str) {
    let mut wrong = value_problems(value);
    let mut repair = value::repaired(value);
    if !value::is_empty(value) {
        if slot.in_address && value.contains(char::is_whitespace) {
            wrong.push(URL_BLANK);
            repair = repair.map(|repair| repair.replace(char::is_whitespace, "%20"));
        }
        if NUMBERS.contains(&slot.name) && !is_number(value) {
            wrong.push(NOT_A_NUMBER);
            repair = None;
        }
        if slot.is_code && length(value) > MAX_CODE {
            wrong.push(CODE_TOO_LONG);
            repair = None;
        }
    }
    for remark in wrong {
        problems.push(Problem { remark, variable: Some(slot.name.to_owned()), repair: repair.clone() });
    }
}

/// Slots of Meta's templates that take a number: a place, the end of an offer in milliseconds.
const NUMBERS: &[&str] = &["header.latitude", "header.longitude", "offer.expires"];

/// Digits, with a sign and one point at most, and 18 characters at most.
fn is_number(value: &str) -> bool {
    let digits = value.strip_prefix('-').unwrap_or(value);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |run: &str| !run.is_empty() && run.bytes().all(|byte| byte.is_ascii_digit());
    value.len() <= 18 && all(whole) && all(part)
}

/// Variables that stand in the address of a file or a page.
fn address_variables(template: &Template) -> Names {
    let mut names = Names::default();
    for (place, text) in template.texts() {
        if matches!(place, Place::Media | Place::ButtonTarget(ButtonKind::Url)) {
            for found in &text.placeholders {
                names.is_new(&found.name);
            }
        }
    }
    names
}

/// What is too long once filled in. A text without placeholders is the provider's to judge.
fn long_texts(template: &Template, values: &Values<'_>) -> Vec<Remark> {
    let mut long = Vec::new();
    for (place, text) in template.texts() {
        let Some((limit, remark)) = limit(template, place) else { continue };
        if !text.placeholders.is_empty() && filled_length(text, values) > limit && !long.contains(&remark) {
            long.push(remark);
        }
    }
    long
}

/// The `ContentVariables` string: a JSON object of strings, keys in the template's order; `None` for a template
/// without variables, to which none may be sent (<https://github.com/twilio/twilio-python/issues/892>).
#[must_use]
pub fn content_variables(template: &Template, values: &Values<'_>) -> Option<String> {
    if template.variables.is_empty() {
        return None;
    }
    let mut out = String::from("{");
    for (at, variable) in template.variables.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        push_json(&mut out, &variable.name);
        out.push(':');
        push_json(&mut out, values.get(&variable.name).unwrap_or_default());
    }
    out.push('}');
    Some(out)
}

/// Writes a JSON string (RFC 8259, section 7). Beyond what must be escaped: U+2028 and U+2029, which older parsers
/// take for line ends, U+007F, and the apostrophe, which Twilio was seen to refuse
/// (<https://github.com/twilio/twilio-node/issues/1082>); an escape means the same to every parser.
#[inline(never)]
fn push_json(out: &mut String, text: &str) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    out.push('"');
    for char in text.chars() {
        match char {
            '"' | '\\' => {
                out.push('\\');
                out.push(char);
            }
            '\0'..='\u{1f}' | '\u{7f}' | '\'' | '\u{2028}' | '\u{2029}' => {
                out.push_str("\\u");
                let code = u32::from(char);
                for shift in [12, 8, 4, 0] {
                    let digit = (code >> shift) & 15;
                    out.push(HEX.get(digit as usize).map_or('0', |digit| char::from(*digit)));
                }
            }
            _ => out.push(char),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::value::{MAX_VALUE, TOO_LONG};

    #[test]
    fn the_sentences_tell_their_limits() {
        for (limit, remark) in [
            (MAX_VALUE, TOO_LONG),
            (MAX_HEADER, HEADER_TOO_LONG),
            (MAX_FOOTER, FOOTER_TOO_LONG),
            (MAX_ADDRESS, URL_TOO_LONG),
            (MAX_CODE, CODE_TOO_LONG),
        ] {
            assert!(remark.message.contains(&limit.to_string()), "{} of {limit}", remark.message);
        }
    }
}
