//! The contract of what Dataverse says.

use super::inbound::customer;
use super::state::read_state;
use super::template::write;
use crate::data::{Fault, Fields, Object, Path, Value};
use crate::provider::dataverse::{guid, is_lower_bound, told};
use crate::provider::dataverse_parties::{Parties, parties};
use crate::provider::dataverse_templates::outbound;
use crate::session::Entry;

/// Rows as Dataverse answers them; what they hold besides is passed over.
fn rows<'v>(fields: &Fields<'v>, name: &str) -> Result<&'v [Value], Fault> {
    let rows = fields.optional(name, |path, value| {
        path.each(value, |path, row| Fields::open_foreign(path, row).map(|_| ()))?;
        Ok(value.items())
    })?;
    Ok(rows.unwrap_or_default())
}

fn written(Entry { log, id, record }: &Entry) -> Object {
    Object::new()
        .with("log", log.name())
        .with("id", id.as_str())
        .with("kind", record.kind.name())
        .with_some("receiptAtMs", record.times.receipt)
}

/// `dataverseEvidence`: `{ transcript?, blocks?, state?, messageTypes? }` → `{ events, ignored, blocksContradicted }`.
///
/// # Errors
/// Those of reading the input; what a row lacks is no error but a code in `ignored`.
pub fn evidence(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["transcript", "blocks", "state", "messageTypes"])?;
    let known = fields.optional("state", read_state)?.unwrap_or_default();
    let types =
        fields.optional("messageTypes", |path, value| path.each(value, |path, value| path.text(value)))?;
    let told =
        told(rows(&fields, "transcript")?, rows(&fields, "blocks")?, &known, &types.unwrap_or_default());
    let ignored = told.ignored.into_iter().map(|row| Object::new().with("id", row.id).with("code", row.code));
    Ok(Object::new()
        .with("events", told.entries.iter().map(written).collect::<Value>())
        .with("ignored", ignored.collect::<Value>())
        .with("blocksContradicted", told.blocks_contradicted)
        .into())
}

/// `dataverseParties`: `{ conversation?, contexts?, items?, business? }` → `whatsapp` with `business` and `customer`, `other-channel`,
/// or `unknown` with a `code`.
///
/// # Errors
/// Those of reading the input.
pub fn read_parties(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["conversation", "contexts", "items", "business"])?;
    let conversation =
        fields.optional("conversation", |path, value| Fields::open_foreign(path, value).map(|_| value))?;
    let (contexts, items) = (rows(&fields, "contexts")?, rows(&fields, "items")?);
    Ok(match parties(conversation, contexts, items, fields.optional_text("business")?) {
        Parties::Whatsapp { business, customer: who } => {
            Object::of_kind("whatsapp").with("business", business).with_some("customer", customer(who))
        }
        Parties::OtherChannel => Object::of_kind("other-channel"),
        Parties::Unknown(code) => Object::of_kind("unknown").with("code", code),
    }
    .into())
}

/// `dataverseOutbound`: `{ configurations?, messages? }` → `{ configurations, templates, ignored }`: by Content SID the id of the
/// configuration that sends it, and the templates whose text is known.
///
/// # Errors
/// Those of reading the input; what a row lacks is no error but a code in `ignored`.
pub fn read_outbound(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["configurations", "messages"])?;
    let found = outbound(rows(&fields, "configurations")?, rows(&fields, "messages")?);
    let configurations = found
        .configurations
        .into_iter()
        .map(|(sid, id)| Object::new().with("contentSid", sid).with("id", id));
    let ignored =
        found.ignored.into_iter().map(|row| Object::new().with("id", row.id).with("code", row.code));
    Ok(Object::new()
        .with("configurations", configurations.collect::<Value>())
        .with("templates", write::list(&found.templates, &write::template))
        .with("ignored", ignored.collect::<Value>())
        .into())
}

/// `dataverseGuid`: `{ text }` → `{ guid }` in lower case without braces, or nothing in it where the text is none.
///
/// # Errors
/// Those of reading the input.
pub fn read_guid(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["text"])?;
    Ok(Object::new().with_some("guid", guid(fields.text("text")?)).into())
}

/// `dataverseLowerBound`: `{ id }` of the record that decided → `{ isLowerBound }`: whether a later message may be missing.
///
/// # Errors
/// Those of reading the input.
pub fn lower_bound(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["id"])?;
    Ok(Object::new().with("isLowerBound", is_lower_bound(fields.text("id")?)).into())
}
