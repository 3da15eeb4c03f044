//! Twilio Event Streams: CloudEvents, one or a list of them.
//!
//! Sources: <https://www.twilio.com/docs/events/event-types/messaging>,
//! <https://www.twilio.com/docs/events/event-types/messaging/template-approval>.

use super::conversations::{Added, file};
use super::messaging_webhook::{delivery, taken};
use crate::data::Value;
use crate::event::{Identity, Kind, Log, Provider};
use crate::provider::address;
use crate::provider::inbound::{Context, Inbound, Message, Source, Status, TemplateUpdate};
use crate::provider::recording::{PendingEvent, word};

pub(crate) fn parse(events: &[Value], context: &Context) -> Inbound {
    let mut inbound = Inbound { source: Source::TwilioEvents, ..Inbound::default() };
    for (index, event) in events.iter().enumerate() {
        let path = format!("[{index}].data");
        let data = event.get("data").unwrap_or(&Value::Null);
        match event.text("type").and_then(|name| name.strip_prefix("com.twilio.")).unwrap_or_default() {
            "conversations.message.added" => added(&mut inbound, data, context),
            "messaging.inbound-message.received" => message(&mut inbound, &path, data, context),
            "messaging.template.approval.updated" => template(&mut inbound, &path, data),
            name if name.starts_with("messaging.message.") => status(&mut inbound, &path, data, context),
            _ => inbound.problem("event-unread", &path, "this event says nothing about a window", ""),
        }
    }
    inbound
}

fn added(inbound: &mut Inbound, data: &Value, context: &Context) {
    let id = data.owned("MessageSid").unwrap_or_default();
    let added = Added {
        at: inbound.time("DateCreated", data.text("DateCreated"), &id),
        id,
        author: data.text("Author").unwrap_or_default(),
        sms: false,
        text: data.owned("MessageBody"),
        media: data.list("Media").iter().map(file).collect(),
        template: data.text("ContentSid").is_some(),
        extra: Vec::new(),
    };
    added.take(inbound, "conversations.message.added", context);
}

/// An inbound message: the event does not tell the kind of a file.
fn message(inbound: &mut Inbound, path: &str, data: &Value, context: &Context) {
    let id = data.owned("messageSid").unwrap_or_default();
    let at = inbound.time(path, data.text("timestamp"), &id);
    let author = data.text("from").unwrap_or_default();
    let (channel, rest) = address::split(author);
    let mut from = Identity::default();
    if !address::identify(rest, &mut from) {
        inbound.problem("address-unknown", path, "neither a telephone number nor a user id", &id);
    }
    let files = data.number("numMedia").is_some_and(|count| count > 0.0);
    let kind = match (files, data.text("body")) {
        (true, _) => Some(Kind::Document),
        (false, Some(_)) => Some(Kind::Text),
        (false, None) => None,
    };
    if kind.is_none() {
        inbound.problem("kind-unknown", path, "a message without text and without a file", &id);
    }
    let to = data.text("to").map(|to| address::split(to).1.to_owned());
    let pending = PendingEvent {
        id: id.clone(),
        log: Log::Customer,
        kind: kind.unwrap_or(Kind::Unknown),
        provider: at,
        owner: None,
        channel,
        business: to.clone(),
        customer: from.clone(),
    };
    let taken = taken(inbound, path, data.text("optOutType"), &pending.id);
    inbound.record_message(context, path, pending, data.text("body"), taken);
    let (author, text) = (Some(author.to_owned()), data.owned("body"));
    inbound.messages.push(Message { id, kind, from, author, to, text, at, ..Message::default() });
}

fn status(inbound: &mut Inbound, path: &str, data: &Value, context: &Context) {
    let id = data.owned("messageSid").unwrap_or_default();
    let (channel, rest) = address::split(data.text("to").unwrap_or_default());
    let mut customer = Identity::default();
    address::identify(rest, &mut customer);
    let code = data.text("errorCode").and_then(|code| code.parse().ok());
    let code = code.or_else(|| data.number("errorCode").map(|code| code as u32));
    let status = Status {
        at: inbound.time(path, data.text("timestamp"), &id),
        id,
        delivery: delivery(&data.text("messageStatus").unwrap_or_default().to_ascii_lowercase()),
        error: code.filter(|code| *code != 0),
        business: data.text("from").map(|from| address::split(from).1.to_owned()),
        customer,
        ..Status::default()
    };
    inbound.status(context, path, status, channel);
}

fn template(inbound: &mut Inbound, path: &str, data: &Value) {
    let change = match data.text("type") {
        Some("status_update") => "status",
        Some("category_update") => "category",
        _ => return inbound.problem("event-unread", path, "no known change of a template", ""),
    };
    let template = data.get("template").unwrap_or(&Value::Null);
    let at = inbound.time(path, data.text("dateUpdated"), "");
    inbound.template_updates.push(TemplateUpdate {
        id: template.owned("sid").unwrap_or_default(),
        source: Provider::Twilio,
        name: template.owned("friendlyName"),
        language: template.owned("language"),
        change,
        previous: template.text("previousValue").map(word),
        current: template.text("currentValue").map(word).unwrap_or_default(),
        reason: template.owned("rejectionReason").or_else(|| data.owned("rejectionReason")),
        detail: None,
        at,
    });
}
