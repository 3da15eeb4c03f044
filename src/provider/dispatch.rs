//! JSON payloads: whose they are.

use super::import::Log;
use super::inbound::{Context, Inbound};
use super::template_change::{Change, Key};
use super::{meta, twilio};
use crate::data::{Name, Path, Value};

/// Reads a JSON payload: Meta's, Twilio's Event Streams, or a form that a framework made an object of.
#[must_use]
pub fn parse_json(payload: &Value, context: &Context) -> Inbound {
    match payload {
        Value::List(events) => twilio::streams::parse(events, context),
        Value::Map(_) if payload.get("specversion").is_some() => {
            twilio::streams::parse(core::slice::from_ref(payload), context)
        }
        Value::Map(_) if payload.get("object").is_some() => meta::webhook::parse(payload, context),
        Value::Map(fields) => {
            let text = |(name, value): &(Name, Value)| match value {
                Value::Text(text) => Some((name.clone().into_owned(), text.clone())),
                _ => None,
            };
            twilio::form::parse_object(&fields.iter().filter_map(text).collect::<Vec<_>>(), context)
        }
        _ => twilio::form::parse_object(&[], context),
    }
}

/// The changes of templates that a payload tells, each with the template it is of, in its own order: Meta's webhook, or events
/// of Twilio, one or a list.
#[must_use]
pub fn template_changes(log: &mut Log, root: &Path<'_>, payload: &Value) -> Vec<(Key, Change)> {
    let mut changes = Vec::new();
    match payload {
        Value::List(events) => {
            for (index, event) in events.iter().enumerate() {
                twilio::approval::event(log, &Path::Index(root, index), event, &mut changes);
            }
        }
        payload => match log.open(root, payload) {
            Some(fields) if fields.get("entry").is_some() => {
                meta::template_event::events(log, root, &fields, &mut changes)
            }
            Some(_) => twilio::approval::event(log, root, payload, &mut changes),
            None => {}
        },
    }
    changes
}
