//! Templates, previews and problems as plain data. Model and preview have the same shape: only how a text is
//! written differs.

use crate::data::{Object, Value};
use crate::provider::import::{Import, Problem};
use crate::template::content_type::META_CAROUSEL;
use crate::template::fill::{self, Span, Values};
use crate::template::model::{Button, Template, Text};
use crate::template::style::{self, STYLES};
use crate::template::{Remark, length};

/// How a text is written, and whether WhatsApp formats it.
type WriteText<'w> = &'w dyn Fn(&Text, bool) -> Value;

/// Each of them, written by `write`.
#[inline(never)]
pub fn list<T>(items: &[T], write: &dyn Fn(&T) -> Value) -> Value {
    let mut list = Vec::with_capacity(items.len());
    for item in items {
        list.push(write(item));
    }
    Value::List(list)
}

/// A number of things.
pub fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// What an import gives.
pub fn import(import: Import) -> Value {
    Object::new()
        .with("templates", list(&import.templates, &template))
        .with("problems", list(&import.problems, &import_problem))
        .with_some("nextPageUrl", import.next_page_url)
        .into()
}

/// Something of a provider's that could not be read.
pub fn import_problem(problem: &Problem) -> Value {
    Object::new()
        .with("code", problem.fault.code)
        .with("path", problem.fault.field.as_str())
        .with("message", problem.fault.message.clone().into_owned())
        .with_some("id", problem.id.as_deref())
        .into()
}

/// A template.
pub fn template(template: &Template) -> Value {
    let object = Object::new()
        .with("id", template.id.as_str())
        .with("source", template.source.name())
        .with_some("format", template.format.map(|format| format.name()))
        .with("name", template.name.as_str())
        .with("language", template.language.as_str())
        .with("category", template.category.name())
        .with("status", template.status.name())
        .with_some("rejectionReason", template.rejection_reason.as_deref())
        .with("type", template.rendered.as_str())
        .with("types", list(&template.types, &|name| name.as_str().into()));
    let variables = list(&template.variables, &|variable| {
        let object = Object::new().with("name", variable.name.as_str());
        object.with_some("sample", variable.sample.as_deref()).into()
    });
    let audiences = list(&template.audiences, &|name| name.as_str().into());
    parts(template, object, &|found, _| text(found))
        .with("variables", variables)
        .with_some("audiences", (!template.audiences.is_empty()).then_some(audiences))
        .with_some("updatedAtMs", template.updated_at)
        .into()
}

/// Header, body, footer, buttons and cards, with every text written by `write`.
pub fn parts(template: &Template, object: Object, write: WriteText<'_>) -> Object {
    let some = |object: Object, name, found: &Option<Text>| with_text(object, name, found.as_ref(), write);
    // Rows of a list and items of a catalogue are shown as they are.
    let cards_are_formatted = matches!(template.rendered.as_str(), "twilio/carousel" | META_CAROUSEL);
    let header = template.header.as_ref().map(|header| {
        let object = Object::new().with("kind", header.kind.name());
        some(some(object, "text", &header.text), "media", &header.media)
    });
    let cards = list(&template.cards, &|card| {
        let object = some(Object::new(), "title", &card.title)
            .with_some("body", card.body.as_ref().map(|body| write(body, cards_are_formatted)));
        some(object, "media", &card.media).with("buttons", buttons(&card.buttons, write)).into()
    });
    let object = object
        .with_some("header", header)
        .with_some("body", template.body.as_ref().map(|body| write(body, true)));
    some(object, "footer", &template.footer)
        .with("buttons", buttons(&template.buttons, write))
        .with("cards", cards)
}

#[inline(never)]
fn with_text(object: Object, name: &'static str, text: Option<&Text>, write: WriteText<'_>) -> Object {
    object.with_some(name, text.map(|text| write(text, false)))
}

#[inline(never)]
fn buttons(buttons: &[Button], write: WriteText<'_>) -> Value {
    list(buttons, &|button| {
        let object =
            Object::new().with("kind", button.kind.name()).with("title", write(&button.title, false));
        with_text(object, "target", button.target.as_ref(), write).into()
    })
}

/// A text with its placeholders, whose offsets become UTF-16 units. One pass over the text.
fn text(text: &Text) -> Value {
    let (mut at, mut units) = (0, 0_usize);
    let mut offset = |to: usize| {
        units = units.saturating_add(length(text.text.get(at..to).unwrap_or_default()));
        at = to;
        u32::try_from(units).unwrap_or(u32::MAX)
    };
    let mut placeholders = Vec::new();
    for found in &text.placeholders {
        let object = Object::new().with("name", found.name.as_str()).with("start", offset(found.start));
        placeholders.push(object.with("end", offset(found.end)).into());
    }
    Object::new().with("text", text.text.as_str()).with("placeholders", Value::List(placeholders)).into()
}

/// The runs of a filled-in text, as WhatsApp shows them where it is formatted.
pub fn spans(text: &Text, values: &Values<'_>, formatted: bool) -> Value {
    let spans = fill::spans(text, values);
    let runs =
        if formatted { style::styled(spans) } else { spans.into_iter().map(|span| (span, 0)).collect() };
    list(&runs, &|(span, styles)| {
        let (kind, text, name) = match *span {
            Span::Literal(text) => ("text", text, None),
            Span::Value(text, name) => ("value", text, Some(name)),
            Span::Missing(text, name) => ("missing", text, Some(name)),
        };
        let names = STYLES.iter().filter(|(bit, _)| styles & bit != 0).map(|(_, name)| Value::from(*name));
        let names = (*styles != 0).then(|| names.collect::<Value>());
        Object::of_kind(kind).with("text", text).with_some("variable", name).with_some("styles", names).into()
    })
}

/// What is wrong with the values.
pub fn fill_problem(problem: &fill::Problem) -> Value {
    let object = remark(problem.remark).with_some("variable", problem.variable.as_deref());
    object.with_some("repair", problem.repair.as_deref()).into()
}

/// A reason or a note.
#[inline(never)]
pub fn remark(remark: Remark) -> Object {
    Object::new().with("code", remark.code).with("message", remark.message)
}
