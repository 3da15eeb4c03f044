//! Templates, previews and problems as plain data. Model and preview have the same shape: only how a text is
//! written differs.

use super::super::{Object, Value};
use super::log::{Import, Problem};
use crate::template::fill::{self, Span, Values};
use crate::template::model::{Button, Template, Text};
use crate::template::{Remark, length};

/// How a text is written.
type WriteText<'w> = &'w dyn Fn(&Text) -> Value;

/// What an import gives.
pub fn import(import: Import) -> Value {
    Object::new()
        .with("templates", import.templates.iter().map(template).collect::<Value>())
        .with("problems", import.problems.into_iter().map(import_problem).collect::<Value>())
        .with_some("nextPageUrl", import.next_page_url)
        .into()
}

/// Something of a provider's that could not be read.
pub fn import_problem(problem: Problem) -> Value {
    Object::new()
        .with("code", problem.fault.code)
        .with("path", problem.fault.field.clone())
        .with("message", problem.fault.message.clone().into_owned())
        .with_some("id", problem.id)
        .into()
}

/// A template.
pub fn template(template: &Template) -> Value {
    let variables = template.variables.iter().map(|variable| {
        Object::new().with("name", variable.name.as_str()).with_some("sample", variable.sample.as_deref())
    });
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
        .with("types", template.types.iter().map(String::as_str).collect::<Value>());
    parts(template, object, &text)
        .with("variables", variables.collect::<Value>())
        .with_some("updatedAtMs", template.updated_at)
        .into()
}

/// Header, body, footer, buttons and cards, with every text written by `write`.
pub fn parts(template: &Template, object: Object, write: WriteText<'_>) -> Object {
    let header = template.header.as_ref().map(|header| {
        Object::new()
            .with("kind", header.kind.name())
            .with_some("text", header.text.as_ref().map(write))
            .with_some("media", header.media.as_ref().map(write))
    });
    let cards = template.cards.iter().map(|card| {
        Object::new()
            .with_some("title", card.title.as_ref().map(write))
            .with_some("body", card.body.as_ref().map(write))
            .with_some("media", card.media.as_ref().map(write))
            .with("buttons", buttons(&card.buttons, write))
    });
    object
        .with_some("header", header)
        .with_some("body", template.body.as_ref().map(write))
        .with_some("footer", template.footer.as_ref().map(write))
        .with("buttons", buttons(&template.buttons, write))
        .with("cards", cards.collect::<Value>())
}

fn buttons(buttons: &[Button], write: WriteText<'_>) -> Value {
    let written = buttons.iter().map(|button| {
        Object::new()
            .with("kind", button.kind.name())
            .with("title", write(&button.title))
            .with_some("target", button.target.as_ref().map(write))
    });
    written.collect()
}

/// A text with its placeholders, whose offsets become UTF-16 units. One pass over the text.
fn text(text: &Text) -> Value {
    let (mut at, mut units) = (0, 0_usize);
    let mut offset = |to: usize| {
        units = units.saturating_add(length(text.text.get(at..to).unwrap_or_default()));
        at = to;
        u32::try_from(units).unwrap_or(u32::MAX)
    };
    let placeholders = text.placeholders.iter().map(|found| {
        Object::new()
            .with("name", found.name.as_str())
            .with("start", offset(found.start))
            .with("end", offset(found.end))
    });
    let placeholders: Value = placeholders.collect();
    Object::new().with("text", text.text.as_str()).with("placeholders", placeholders).into()
}

/// The runs of a filled-in text.
pub fn spans(text: &Text, values: &Values<'_>) -> Value {
    let spans = fill::spans(text, values).into_iter().map(|span| {
        let (kind, text, name) = match span {
            Span::Literal(text) => ("text", text, None),
            Span::Value(text, name) => ("value", text, Some(name)),
            Span::Missing(text, name) => ("missing", text, Some(name)),
        };
        Object::of_kind(kind).with("text", text).with_some("variable", name)
    });
    spans.collect()
}

/// What is wrong with the values.
pub fn fill_problem(problem: fill::Problem) -> Value {
    remark(problem.remark).with_some("variable", problem.variable).with_some("repair", problem.repair).into()
}

/// A reason or a note.
pub fn remark(remark: Remark) -> Object {
    Object::new().with("code", remark.code).with("message", remark.message)
}
