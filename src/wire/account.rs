//! The contract of [`crate::account`].

use crate::account::{self, Channel, Finding, Mark, Number, Other, Place, Template};
use crate::data::{Fault, Fields, Object, Path, Value};

/// Most numbers of a channel, templates of a number, other channels.
const MAX_PARTS: usize = 200;

/// A part of the form: its fields of text, and its lists of further parts.
struct Part {
    texts: &'static [&'static str],
    lists: &'static [(&'static str, &'static Part)],
}

static TEMPLATE: Part = Part { texts: &["name", "contentSid", "language"], lists: &[] };
static NUMBER: Part =
    Part { texts: &["name", "account", "number", "workStream"], lists: &[("templates", &TEMPLATE)] };
static CHANNEL: Part =
    Part { texts: &["name", "accountSid", "authToken", "inboundUrl"], lists: &[("numbers", &NUMBER)] };

/// Refuses what is not a part of the form. Reading comes after it and cannot fail any more.
fn check(part: &Part, path: &Path<'_>, value: &Value) -> Result<(), Fault> {
    let known: Vec<&str> =
        part.texts.iter().copied().chain(part.lists.iter().map(|(name, _)| *name)).collect();
    let fields = Fields::open(path, value, &known)?;
    for name in part.texts {
        fields.optional_text(name)?;
    }
    for (name, inner) in part.lists {
        fields.optional(name, |path, value| each_of(path, value, |path, item| check(inner, path, item)))?;
    }
    Ok(())
}

/// A list of at most [`MAX_PARTS`] parts: every number is compared with every other.
fn each_of(
    path: &Path<'_>,
    value: &Value,
    mut read: impl FnMut(&Path<'_>, &Value) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let items = path.list(value)?;
    if items.len() > MAX_PARTS {
        return Err(path.fault("input-too-large", "more than 200 of them"));
    }
    items.iter().enumerate().try_for_each(|(index, item)| read(&Path::Index(path, index), item))
}

fn get<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    let Value::Map(fields) = value else { return None };
    fields.iter().find(|(known, _)| known == name).map(|(_, value)| value)
}

fn maybe<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    match get(value, name) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}

/// A field as it was typed; absent is empty.
fn typed<'v>(value: &'v Value, name: &str) -> &'v str {
    maybe(value, name).unwrap_or_default()
}

fn each<'v, T>(value: &'v Value, name: &str, read: impl Fn(&'v Value) -> T) -> Vec<T> {
    match get(value, name) {
        Some(Value::List(items)) => items.iter().map(read).collect(),
        _ => Vec::new(),
    }
}

fn channel_of(value: &Value) -> Channel<'_> {
    Channel {
        name: typed(value, "name"),
        account_sid: typed(value, "accountSid"),
        auth_token: typed(value, "authToken"),
        inbound_url: maybe(value, "inboundUrl"),
        numbers: each(value, "numbers", number_of),
    }
}

fn number_of(value: &Value) -> Number<'_> {
    Number {
        name: typed(value, "name"),
        account: typed(value, "account"),
        number: typed(value, "number"),
        work_stream: typed(value, "workStream"),
        templates: each(value, "templates", |value| Template {
            content_sid: typed(value, "contentSid"),
            language: typed(value, "language"),
        }),
    }
}

/// Other channels of the platform: `[{ name, numbers: ["+…"] }]`.
fn check_others(fields: &Fields<'_>) -> Result<(), Fault> {
    let one = |path: &Path<'_>, value: &Value| {
        let fields = Fields::open(path, value, &["name", "numbers"])?;
        fields.optional_text("name")?;
        let text = |path: &Path<'_>, value: &Value| path.text(value).map(|_| ());
        fields.optional("numbers", |path, value| each_of(path, value, text)).map(|_| ())
    };
    fields.optional("others", |path, value| each_of(path, value, one)).map(|_| ())
}

fn read_others(input: &Value) -> Vec<Other<'_>> {
    each(input, "others", |value| Other {
        name: typed(value, "name"),
        numbers: match get(value, "numbers") {
            Some(Value::List(items)) => items
                .iter()
                .filter_map(|item| if let Value::Text(text) = item { Some(text.as_str()) } else { None })
                .collect(),
            _ => Vec::new(),
        },
    })
}

/// `checkChannel`: `{ channel, others?, shownUrl? }` → `{ findings, signedUrl? }`.
///
/// # Errors
/// Those of the readers, and `input-too-large` for lists of more than 200: whatever stands in the fields is an answer.
pub fn check_channel(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["channel", "others", "shownUrl"])?;
    fields.required("channel", |path, value| check(&CHANNEL, path, value))?;
    check_others(&fields)?;
    let shown = fields.optional_text("shownUrl")?;
    let channel = channel_of(get(input, "channel").unwrap_or(&Value::Null));
    let findings = account::check_channel(&channel, &read_others(input), shown);
    Ok(Object::new()
        .with("findings", written(&findings))
        .with_some("signedUrl", account::signed_url(&channel))
        .into())
}

/// `checkNumber`: `{ number, channel, others?, index? }` → `{ findings }`, whose fields have no `numbers[…]` before them.
///
/// # Errors
/// Those of [`check_channel`].
pub fn check_number(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["number", "channel", "others", "index"])?;
    fields.required("number", |path, value| check(&NUMBER, path, value))?;
    fields.required("channel", |path, value| check(&CHANNEL, path, value))?;
    check_others(&fields)?;
    let index = fields.optional("index", |path, value| path.count(value))?.map(|index| index as usize);
    let number = number_of(get(input, "number").unwrap_or(&Value::Null));
    let channel = channel_of(get(input, "channel").unwrap_or(&Value::Null));
    let findings = account::check_number(&number, &channel, &read_others(input), index);
    Ok(Object::new().with("findings", written(&findings)).into())
}

/// `checkOutage`: `{ url, fallbackUrl? }` → `{ code, severity, message, retries?, retryAfter?, withinMs? }`. No part of
/// the URLs is in the answer.
///
/// # Errors
/// Those of the readers: whatever stands in the URLs is an answer.
pub fn check_outage(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["url", "fallbackUrl"])?;
    let url = fields.text("url")?;
    let outage = account::check_outage(url, fields.optional_text("fallbackUrl")?.unwrap_or_default());
    let retries = outage.retries.as_ref();
    Ok(Object::new()
        .with("code", outage.rule.code)
        .with("severity", outage.rule.severity.name())
        .with("message", outage.rule.message)
        .with_some("retries", retries.map(|retries| retries.most))
        .with_some("retryAfter", retries.map(|retries| retries.causes().collect::<Value>()))
        .with_some("withinMs", retries.map(|retries| retries.within_ms))
        .into())
}

fn written(findings: &[Finding<'_>]) -> Value {
    findings.iter().map(finding).collect()
}

fn finding(finding: &Finding<'_>) -> Object {
    let Finding { rule, place, text, marks, repair } = finding;
    let spans = spans(text, marks);
    let (start, end) = spans.first().copied().unwrap_or_default();
    let marks = spans.into_iter().map(|(start, end)| Object::new().with("start", start).with("end", end));
    Object::new()
        .with("code", rule.code)
        .with("severity", rule.severity.name())
        .with("field", path(*place))
        .with("start", start)
        .with("end", end)
        .with("marks", marks.collect::<Value>())
        .with("message", rule.message)
        .with_some("repair", repair.as_deref())
}

/// Marks in UTF-16 units, as JavaScript counts; one pass, because they ascend.
fn spans(text: &str, marks: &[Mark]) -> Vec<(u32, u32)> {
    let (mut byte, mut units) = (0_usize, 0_u32);
    let mut characters = text.chars();
    let mut place = |to: usize| {
        while byte < to {
            let Some(character) = characters.next() else { break };
            byte = byte.saturating_add(character.len_utf8());
            units = units.saturating_add(if character.len_utf16() == 1 { 1 } else { 2 });
        }
        units
    };
    marks.iter().map(|(from, to)| (place(*from), place(*to))).collect()
}

/// `accountSid`, `numbers[0].number`, `numbers[0].templates[1].contentSid`.
fn path(place: Place) -> String {
    let root = Path::Root;
    let numbers = Path::Field(&root, "numbers");
    let number = place.number.map(|index| Path::Index(&numbers, index));
    let above = number.as_ref().unwrap_or(&root);
    let templates = Path::Field(above, "templates");
    let template = place.template.map(|index| Path::Index(&templates, index));
    Path::Field(template.as_ref().unwrap_or(above), place.field).to_string()
}
