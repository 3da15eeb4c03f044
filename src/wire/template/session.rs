//! Session messages and drafts in the contract.

use super::{read, write};
use crate::data::{Fault, Fields, Object, Path, Value};
use crate::event::{Channel, Provider};
use crate::template::draft;
use crate::template::opt_out::{self, OptOut};
use crate::template::session_message::{self, Attachment, Finding};

/// `checkSessionMessage`: may this text with these files go out while the window is open.
///
/// # Errors
/// `missing-field`, `wrong-type`, `unknown-field`, `unknown-name`, `number-out-of-range`.
pub fn check(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["channel", "provider", "text", "attachments"])?;
    let channel = fields.name("channel", Channel::NAMES)?;
    let source = fields.name("provider", Provider::NAMES)?;
    let text = fields.optional_text("text")?.unwrap_or_default();
    let attachments =
        fields.optional("attachments", |path, value| path.each(value, attachment))?.unwrap_or_default();
    let check = session_message::check(source, channel, text, &attachments);
    let kind = if check.problems.is_empty() { "sendable" } else { "not-sendable" };
    Ok(Object::of_kind(kind)
        .with("problems", write::list(&check.problems, &finding))
        .with("notes", write::list(&check.notes, &finding))
        .with("length", number(check.length as u64))
        .with("limit", number(check.limit as u64))
        .into())
}

/// `readAnswer`: `{ text }` of a customer → `{ asksToStop, marketing? }`: whether a word of it asks to stop or to wait, and what it
/// says of marketing where it is nothing but a keyword.
///
/// # Errors
/// `missing-field`, `wrong-type`, `unknown-field`.
pub fn read_answer(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["text"])?;
    let text = fields.text("text")?;
    let marketing = opt_out::keyword(text).map(|said| match said {
        OptOut::Stop => "stopped",
        OptOut::Resume => "resumed",
    });
    Ok(Object::new().with("asksToStop", opt_out::asks_to_stop(text)).with_some("marketing", marketing).into())
}

/// `joinMessages`: several texts in as few messages as the provider's limit allows, each of which is billed.
///
/// # Errors
/// `missing-field`, `wrong-type`, `unknown-field`, `unknown-name`.
pub fn join(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["channel", "provider", "texts"])?;
    let channel = fields.name("channel", Channel::NAMES)?;
    let source = fields.name("provider", Provider::NAMES)?;
    let texts = fields.required("texts", |path, value| path.each(value, |path, value| path.text(value)))?;
    let messages: Value = session_message::joined(source, channel, &texts).into_iter().collect();
    Ok(Object::new().with("messages", messages).into())
}

fn number(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn attachment(path: &Path<'_>, value: &Value) -> Result<Attachment, Fault> {
    let fields = Fields::open(path, value, &["contentType", "size", "filename"])?;
    Ok(Attachment {
        content_type: fields.text("contentType")?.to_owned(),
        size: fields.required("size", bytes)?,
        filename: fields.optional_text("filename")?.map(str::to_owned),
    })
}

/// A size, as long as a number holds it exactly: a file beyond every limit is too large, not unreadable.
fn bytes(path: &Path<'_>, value: &Value) -> Result<u64, Fault> {
    match value {
        Value::Number(number) if number.fract() == 0.0 && (4e9..9e15).contains(number) => Ok(*number as u64),
        value => path.count(value).map(u64::from),
    }
}

fn finding(finding: &Finding) -> Value {
    write::remark(finding.remark)
        .with_some("attachment", finding.attachment.map(|at| number(at as u64)))
        .with_some("limit", finding.limit.map(number))
        .into()
}

/// `suitableForDraft`: the templates whose one variable could carry a draft, in the order handed in.
///
/// # Errors
/// Those of reading the templates.
pub fn suitable_for_draft(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["templates", "draft"])?;
    let templates = fields.required("templates", |path, value| path.each(value, read::template))?;
    let draft = fields.text("draft")?;
    let mut suitable = Vec::new();
    for template in &templates {
        let Some(found) = draft::suitable(template, draft) else { continue };
        let object = Object::new().with("id", template.id.as_str()).with("variable", found.variable);
        suitable.push(
            object
                .with("value", found.value)
                .with("repaired", found.repaired)
                .with("sentence", found.sentence)
                .into(),
        );
    }
    Ok(Value::List(suitable))
}
