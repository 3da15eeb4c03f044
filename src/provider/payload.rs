//! JSON payloads: whose they are.

use super::inbound::{Context, Inbound};
use super::{meta, twilio};
use crate::data::Json;
use std::borrow::Cow;

/// Reads a JSON payload: Meta's, Twilio's Event Streams, or a form that a framework made an object of.
#[must_use]
pub fn parse_json(payload: &Json<'_>, context: &Context) -> Inbound {
    match payload {
        Json::List(events) => twilio::streams::parse(events, context),
        Json::Map(_) if payload.get("specversion").is_some() => {
            twilio::streams::parse(core::slice::from_ref(payload), context)
        }
        Json::Map(_) if payload.get("object").is_some() => meta::inbound::parse(payload, context),
        Json::Map(fields) => {
            let text = |(name, value): &(Cow<'_, str>, Json<'_>)| match value {
                Json::Text(text) => Some((name.clone().into_owned(), text.clone().into_owned())),
                _ => None,
            };
            twilio::inbound::parse_form(&fields.iter().filter_map(text).collect::<Vec<_>>(), context)
        }
        _ => twilio::inbound::parse_form(&[], context),
    }
}
