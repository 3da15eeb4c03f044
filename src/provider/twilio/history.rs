//! Message resources (`GET /2010-04-01/Accounts/{sid}/Messages`): what the history says of a window.
//!
//! Source: <https://www.twilio.com/docs/messaging/api/message-resource>. Unlike a webhook a resource has Twilio's own time;
//! unlike a webhook it does not tell the kind of a message.

use crate::address::parse::{Address, parse};
use crate::data::Value;
use crate::event::{Channel, Event, Identity, Kind, Log, Times};
use crate::provider_error;
use crate::time::Instant;

/// What a resource of WhatsApp says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// Our own address, E.164.
    pub business: String,
    /// The customer.
    pub customer: Identity,
    /// What it means for the window; nothing for what we sent and the provider took.
    pub event: Option<Event>,
    /// Whether the kind of the event is a guess, which a webhook of the same id knows better.
    pub vague: bool,
}

/// Reads a resource; nothing for one that is no message of WhatsApp between our number and a customer.
#[must_use]
pub fn history(resource: &Value) -> Option<History> {
    let theirs = resource.text("direction")? == "inbound";
    let (ours, other) = if theirs { ("to", "from") } else { ("from", "to") };
    let business = identity(resource.text(ours)?)?.phone?;
    let customer = identity(resource.text(other)?)?;
    let told = if theirs { kind(resource) } else { refused(resource) };
    let (log, kind, vague) = match told {
        Some((kind, vague)) if theirs => (Log::Customer, kind, vague),
        Some((kind, vague)) => (Log::Refused, kind, vague),
        None => return Some(History { business, customer, event: None, vague: false }),
    };
    let event = time(resource).zip(resource.owned("sid")).map(|(at, id)| Event {
        id,
        log,
        kind,
        times: Times { provider: Some(at), ..Times::default() },
        owner: None,
        told_by: None,
        channel: Channel::Whatsapp,
        business: business.clone(),
        customer: customer.clone(),
    });
    Some(History { business, customer, vague: vague && event.is_some(), event })
}

/// Who is meant by an address of WhatsApp.
fn identity(address: &str) -> Option<Identity> {
    let parsed = parse(address);
    if parsed.channel != Some(Channel::Whatsapp) {
        return None;
    }
    let mut identity = Identity::default();
    let (field, text) = match parsed.address {
        Address::Phone(phone) => (&mut identity.phone, phone),
        Address::Bsuid { id, parent: false } => (&mut identity.bsuid, id),
        Address::Bsuid { id, parent: true } => (&mut identity.parent_bsuid, id),
        Address::Group(group) => (&mut identity.group, group),
        _ => return None,
    };
    *field = Some(text.to_owned());
    Some(identity)
}

/// The kind of a customer's message, and whether it is a guess. Text and files open a window whatever they are; a message
/// with neither may be a location or something that no source settles.
fn kind(resource: &Value) -> Option<(Kind, bool)> {
    let files = resource.number("num_media").is_some_and(|count| count > 0.0)
        || resource.text("num_media").is_some_and(|count| count.parse::<u32>().is_ok_and(|count| count > 0));
    Some(match (files, resource.text("body")) {
        (true, _) => (Kind::Document, false),
        (false, Some(_)) => (Kind::Text, false),
        (false, None) => (Kind::Unsupported, true),
    })
}

/// A message of ours says something only where the provider refused it because the window was closed.
fn refused(resource: &Value) -> Option<(Kind, bool)> {
    let code = resource.number("error_code").map(|code| code as u32);
    let code = code.or_else(|| resource.text("error_code")?.parse().ok())?;
    provider_error::closes_window(code).then_some((Kind::SessionMessage, false))
}

/// When it was made: for a message of ours, when it was handed over.
fn time(resource: &Value) -> Option<Instant> {
    let text = resource.text("date_created").or_else(|| resource.text("date_sent"))?;
    Instant::parse(text).ok()
}
