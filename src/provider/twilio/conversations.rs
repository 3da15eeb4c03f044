//! Twilio Conversations: `onMessageAdded` and `onDeliveryUpdated`.
//!
//! Source: <https://www.twilio.com/docs/conversations/conversations-webhooks>. The payload names neither our own
//! address nor, for delivery states, the customer: the receiver passes them in.

use super::messaging_webhook::delivery;
use super::parameters::Parameters;
use crate::data::{Value, json};
use crate::event::{Channel, Identity, Kind, Log};
use crate::provider::address;
use crate::provider::inbound::{Context, Delivery, Inbound, Media, Message, Source, Status};
use crate::provider::recording::PendingEvent;
use crate::provider::whatsapp::media_kind;
use crate::time::Instant;

/// Every parameter that is read, or known to say nothing more.
const KNOWN: &[&str] = &[
    "EventType",
    "AccountSid",
    "ChatServiceSid",
    "ConversationSid",
    "MessageSid",
    "MessagingServiceSid",
    "Index",
    "DateCreated",
    "DateUpdated",
    "Body",
    "Author",
    "ParticipantSid",
    "Attributes",
    "Media",
    "Source",
    "ClientIdentity",
    "RetryCount",
    "ContentSid",
];

pub(super) fn parse(form: Parameters<'_>, event: &str, context: &Context) -> Inbound {
    let mut inbound = Inbound { source: Source::TwilioConversations, ..Inbound::default() };
    match event {
        "onMessageAdded" => {
            let id = form.get("MessageSid").unwrap_or_default().to_owned();
            let at = inbound.time("DateCreated", form.get("DateCreated"), &id);
            let added = Added {
                id,
                at,
                author: form.get("Author").unwrap_or_default(),
                sms: form.get("Source") == Some("SMS"),
                text: form.owned("Body"),
                media: files(&mut inbound, form),
                template: form.get("ContentSid").is_some(),
                extra: form.extra(KNOWN),
            };
            added.take(&mut inbound, event, context);
        }
        "onDeliveryUpdated" => state(&mut inbound, form, context),
        _ => inbound.problem("event-unread", "EventType", "this event says nothing about a window", ""),
    }
    inbound
}

/// A message that was added, from whichever interface says so.
pub(super) struct Added<'a> {
    pub id: String,
    pub at: Option<Instant>,
    pub author: &'a str,
    /// The source is known to be SMS, where authors are bare numbers.
    pub sms: bool,
    pub text: Option<String>,
    pub media: Vec<Media>,
    pub template: bool,
    pub extra: Vec<(String, String)>,
}

impl Added<'_> {
    fn kind(&self, theirs: bool) -> Option<Kind> {
        match (&self.text, self.media.first()) {
            _ if !theirs && self.template => Some(Kind::TemplateMessage),
            _ if !theirs => Some(Kind::SessionMessage),
            (_, Some(file)) => Some(media_kind(file.content_type.as_deref().unwrap_or_default())),
            (Some(_), None) => Some(Kind::Text),
            (None, None) => None,
        }
    }

    /// The author decides: with the prefix of a channel it is the customer's, else ours.
    pub(super) fn take(self, inbound: &mut Inbound, event: &str, context: &Context) {
        let mut from = Identity::default();
        let prefixed =
            self.author.split_once(':').is_some_and(|(prefix, _)| Channel::from_name(prefix).is_some());
        let theirs = prefixed || self.sms && address::is_phone(self.author);
        let kind = self.kind(theirs);
        let (channel, rest) = address::split(self.author);
        if theirs && !address::identify(rest, &mut from) {
            inbound.problem(
                "address-unknown",
                "Author",
                "neither a telephone number nor a user id",
                &self.id,
            );
        }
        if kind.is_none() {
            inbound.problem("kind-unknown", "Body", "a message without text and without a file", &self.id);
        }
        // A message of ours needs both sides from the receiver; without them there is nothing to record.
        if theirs || (context.business.is_some() && context.customer.is_some()) {
            let log = if theirs { Log::Customer } else { Log::Sent };
            let channel = if theirs { channel } else { Some(Channel::Whatsapp) };
            let (kind, customer) = (kind.unwrap_or(Kind::Unknown), from.clone());
            let business = None;
            let pending = PendingEvent {
                id: self.id.clone(),
                log,
                kind,
                provider: self.at,
                owner: None,
                channel,
                business,
                customer,
            };
            inbound.record_message(context, "", pending, self.text.as_deref(), None);
        }
        inbound.messages.push(self.message(event, kind, from, !theirs));
    }

    fn message(self, event: &str, kind: Option<Kind>, from: Identity, ours: bool) -> Message {
        Message {
            id: self.id,
            kind,
            provider_kind: event.to_owned(),
            from,
            author: Some(self.author.to_owned()).filter(|author| !author.is_empty()),
            ours,
            text: self.text,
            media: self.media,
            at: self.at,
            extra: self.extra,
            ..Message::default()
        }
    }
}

/// `Media` is a JSON text: a list of files.
fn files(inbound: &mut Inbound, form: Parameters<'_>) -> Vec<Media> {
    let Some(text) = form.get("Media") else { return Vec::new() };
    match json(text) {
        Some(Value::List(files)) => files.iter().map(file).collect(),
        _ => {
            inbound.problem(
                "bad-json",
                "Media",
                "not a JSON list",
                form.get("MessageSid").unwrap_or_default(),
            );
            Vec::new()
        }
    }
}

/// A file of Conversations: `Sid` in webhooks, `MediaSid` in event streams.
pub(super) fn file(file: &Value) -> Media {
    Media {
        url: None,
        id: file.owned("Sid").or_else(|| file.owned("MediaSid")),
        content_type: file.owned("ContentType"),
        filename: file.owned("Filename"),
    }
}

fn state(inbound: &mut Inbound, form: Parameters<'_>, context: &Context) {
    let id = form.get("MessageSid").unwrap_or_default().to_owned();
    let at = inbound.time("DateUpdated", form.get("DateUpdated").or_else(|| form.get("DateCreated")), &id);
    let status = Status {
        id,
        channel_id: form.owned("ChannelMessageSid"),
        delivery: form.get("Status").map_or(Delivery::Unknown, delivery),
        error: form.get("ErrorCode").and_then(|code| code.parse().ok()).filter(|code| *code != 0),
        business: context.business.clone(),
        customer: context.customer.clone().unwrap_or_default(),
        at,
        ..Status::default()
    };
    inbound.status(context, "Status", status, Some(Channel::Whatsapp));
}
