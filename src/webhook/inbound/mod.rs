//! What a webhook says: events for the windows, messages to show, delivery states.
//!
//! The kind of an event is decided here, from tables; whether a kind opens a window is not. A kind that no table
//! knows becomes [`Kind::Unknown`], which never opens one, and is reported.

mod address;
mod conversations;
mod decimal;
mod json;
mod messaging;
mod meta;
mod meta_message;
mod streams;

pub use json::Json;

use crate::event::{Channel, Event, Identity, Kind, Log, Times, names};
use crate::time::Instant;
use std::borrow::Cow;

/// Longest id that a record takes, in characters.
const MAX_ID: usize = 256;

/// Which interface sent the payload.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the providers' own")]
pub enum Source {
    TwilioMessaging,
    TwilioStatus,
    TwilioConversations,
    TwilioEvents,
    Meta,
    #[default]
    Unknown,
}

names!(Source {
    TwilioMessaging = "twilio-messaging", TwilioStatus = "twilio-status",
    TwilioConversations = "twilio-conversations", TwilioEvents = "twilio-events",
    Meta = "meta", Unknown = "unknown",
});

/// What the payload cannot say and the receiver knows.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// When the webhook was received.
    pub receipt: Option<Instant>,
    /// Our own address, for payloads that do not name it (Conversations).
    pub business: Option<String>,
    /// The customer, for payloads that do not name one (delivery states of Conversations).
    pub customer: Option<Identity>,
}

/// A file that came with a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the providers' own")]
pub struct Media {
    pub url: Option<String>,
    pub id: Option<String>,
    pub content_type: Option<String>,
    pub filename: Option<String>,
}

/// A place that the customer shared.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names are the providers' own")]
pub struct Location {
    pub latitude: f64,
    pub longitude: f64,
    pub label: Option<String>,
    pub address: Option<String>,
}

/// A button that the customer tapped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the providers' own")]
pub struct Button {
    pub text: Option<String>,
    pub payload: Option<String>,
}

/// A row that the customer picked from a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the providers' own")]
pub struct ListReply {
    pub id: Option<String>,
    pub title: Option<String>,
    pub description: Option<String>,
}

/// The advertisement that the customer came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the providers' own")]
pub struct Referral {
    pub source_id: Option<String>,
    pub source_type: Option<String>,
    pub source_url: Option<String>,
    pub headline: Option<String>,
    pub body: Option<String>,
    pub click_id: Option<String>,
    pub media_url: Option<String>,
    pub media_type: Option<String>,
}

/// A message, the customer's or (in Conversations) one of ours.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Message {
    /// The provider's id.
    pub id: String,
    /// What it is; absent means unknown.
    pub kind: Option<Kind>,
    /// The provider's word for the kind; empty if it gave none.
    pub provider_kind: String,
    /// The customer; empty for a message of ours.
    pub from: Identity,
    /// The sender as the provider spells it.
    pub author: Option<String>,
    /// Whether we sent it.
    pub ours: bool,
    /// Our own address, if the payload names it.
    pub to: Option<String>,
    /// The group in which it was written.
    pub group: Option<String>,
    /// The text.
    pub text: Option<String>,
    /// The customer's name.
    pub profile_name: Option<String>,
    /// Files.
    pub media: Vec<Media>,
    /// A tapped button.
    pub button: Option<Button>,
    /// A picked row.
    pub list: Option<ListReply>,
    /// The answers of a flow: the provider's JSON text.
    pub flow: Option<String>,
    /// A shared place.
    pub location: Option<Location>,
    /// The id of the message that this one answers, reacts to, edits or deletes.
    pub replied_to: Option<String>,
    /// Forwarded once, or many times.
    pub forwarded: Option<&'static str>,
    /// Where the customer came from.
    pub referral: Option<Referral>,
    /// The provider's time.
    pub at: Option<Instant>,
    /// Parameters that no table names, carried as they are.
    pub extra: Vec<(String, String)>,
}

/// How far a message of ours got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the providers' own")]
pub enum Delivery {
    Queued,
    Sent,
    Delivered,
    Read,
    Undelivered,
    Failed,
    Unknown,
}

names!(Delivery {
    Queued = "queued", Sent = "sent", Delivered = "delivered", Read = "read",
    Undelivered = "undelivered", Failed = "failed", Unknown = "unknown",
});

/// The state of a message of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The provider's id of the message.
    pub id: String,
    /// The id on the channel, where Conversations names both.
    pub channel_id: Option<String>,
    /// How far it got.
    pub delivery: Delivery,
    /// The provider's error code.
    pub error: Option<u32>,
    /// Our own address, if known.
    pub business: Option<String>,
    /// The customer; empty if unknown.
    pub customer: Identity,
    /// The provider's time of this state.
    pub at: Option<Instant>,
}

/// A customer who is now known by another number or user id.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct IdentityChange {
    pub business: Option<String>,
    pub from: Identity,
    pub to: Identity,
    pub at: Option<Instant>,
}

/// What a customer wants to receive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preference {
    /// Our own address, if the payload names it.
    pub business: Option<String>,
    /// The customer.
    pub customer: Identity,
    /// `marketing_messages`.
    pub category: String,
    /// `stop` or `resume`.
    pub value: String,
    /// The provider's time.
    pub at: Option<Instant>,
}

/// A change of a template at the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateUpdate {
    /// Content SID, or Meta's id.
    pub id: String,
    /// `twilio` or `meta`.
    pub source: &'static str,
    /// Its name.
    pub name: Option<String>,
    /// Its language, as the provider writes it.
    pub language: Option<String>,
    /// What changed: `status`, `category` or `quality`.
    pub change: &'static str,
    /// What it was, in lower-case kebab-case.
    pub previous: Option<String>,
    /// What it is, in lower-case kebab-case.
    pub current: String,
    /// The provider's word for the reason.
    pub reason: Option<String>,
    /// The provider's sentence.
    pub detail: Option<String>,
    /// The provider's time.
    pub at: Option<Instant>,
}

/// Something that could not be taken, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Stable, kebab-case.
    pub code: &'static str,
    /// Where in the payload.
    pub path: String,
    /// One lower-case sentence.
    pub message: &'static str,
    /// The message concerned.
    pub id: Option<String>,
}

/// All that a payload says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inbound {
    /// Who sent it.
    pub source: Source,
    /// For the windows.
    pub events: Vec<Event>,
    /// For the eye.
    pub messages: Vec<Message>,
    /// For our own messages.
    pub statuses: Vec<Status>,
    /// For the templates.
    pub template_updates: Vec<TemplateUpdate>,
    /// For the contact book.
    pub identity_changes: Vec<IdentityChange>,
    /// For marketing.
    pub preferences: Vec<Preference>,
    /// What could not be taken.
    pub problems: Vec<Problem>,
}

/// An event in the making, with what the payload gave.
struct Happening {
    id: String,
    log: Log,
    kind: Kind,
    provider: Option<Instant>,
    channel: Option<Channel>,
    business: Option<String>,
    customer: Identity,
}

impl Inbound {
    fn problem(&mut self, code: &'static str, path: &str, message: &'static str, id: &str) {
        let id = Some(id.to_owned()).filter(|id| !id.is_empty());
        self.problems.push(Problem { code, path: path.to_owned(), message, id });
    }

    /// Adds the event if it is complete, else says what is missing.
    fn record(&mut self, context: &Context, path: &str, happening: Happening) {
        let Happening { id, log, kind, provider, channel, business, customer } = happening;
        let times = Times { provider, receipt: context.receipt, desktop: None };
        let customer =
            if customer == Identity::default() { context.customer.clone() } else { Some(customer) };
        let missing = match (&channel, business.or_else(|| context.business.clone()), customer) {
            _ if id.is_empty() => ("id-missing", "the payload names no id"),
            _ if id.chars().nth(MAX_ID).is_some() => ("id-too-long", "the id has more than 256 characters"),
            _ if times == Times::default() => {
                ("time-missing", "neither a provider's time nor a time of receipt")
            }
            (None, ..) => ("channel-unknown", "the address belongs to no channel with a reply window"),
            (_, None, _) => {
                ("business-missing", "the payload does not name our address; pass it as `business`")
            }
            (.., None) => {
                ("customer-missing", "the payload does not name the customer; pass it as `customer`")
            }
            (Some(channel), Some(business), Some(customer)) => {
                self.events.push(Event { id, log, kind, times, channel: *channel, business, customer });
                return;
            }
        };
        self.problem(missing.0, path, missing.1, &id);
    }

    /// The provider's text for a time, reported if it is none.
    fn time(&mut self, path: &str, text: Option<&str>, id: &str) -> Option<Instant> {
        let text = text?;
        let time = Instant::parse(text).ok();
        if time.is_none() {
            self.problem("bad-time", path, "not a time", id);
        }
        time
    }

    /// Unix seconds, as a text or a number, reported if they are none.
    fn seconds(&mut self, path: &str, seconds: Option<&Json<'_>>, id: &str) -> Option<Instant> {
        let time = match seconds? {
            Json::Text(digits) => digits.parse().ok(),
            Json::Number(number) if number.fract() == 0.0 => Some(*number as i64),
            _ => None,
        };
        let time = time.and_then(|seconds: i64| Instant::from_ms(seconds.checked_mul(1000)?).ok());
        if time.is_none() {
            self.problem("bad-time", path, "not a time in seconds", id);
        }
        time
    }

    /// Adds a delivery state, and what it means for the window: a refusal closes it, a failure takes the message back.
    fn status(&mut self, context: &Context, path: &str, status: Status, channel: Option<Channel>) {
        let fate = match (status.delivery, status.error) {
            (_, Some(code)) if OUT_OF_SESSION.contains(&code) => Some((Log::Refused, Kind::SessionMessage)),
            (Delivery::Failed | Delivery::Undelivered, _) => Some((Log::Sent, Kind::Failed)),
            _ => None,
        };
        if let Some((log, kind)) = fate {
            // The provider's time of a record of ours is when it was handed over, which no callback says.
            let (business, customer) = (status.business.clone(), status.customer.clone());
            self.record(
                context,
                path,
                Happening { id: status.id.clone(), log, kind, provider: None, channel, business, customer },
            );
        }
        if status.delivery == Delivery::Unknown {
            self.problem("status-unknown", path, "no known delivery state", &status.id);
        }
        self.statuses.push(status);
    }
}

/// Refused because the window was closed: Twilio <https://www.twilio.com/docs/api/errors/63016>, Meta 131047.
pub(super) const OUT_OF_SESSION: [u32; 2] = [63016, 131_047];

/// The parameters of a form, in order.
#[derive(Clone, Copy)]
struct Parameters<'a>(&'a [(String, String)]);

impl<'a> Parameters<'a> {
    /// The first value of that name that is not empty.
    fn get(self, name: &str) -> Option<&'a str> {
        self.0.iter().find(|(n, value)| n == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    fn owned(self, name: &str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }

    /// What no table names.
    fn extra(self, known: &[&str]) -> Vec<(String, String)> {
        let numbered = |name: &str| {
            let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
            stem.len() < name.len() && matches!(stem, "MediaUrl" | "MediaContentType")
        };
        self.0
            .iter()
            .filter(|(name, _)| !known.contains(&name.as_str()) && !numbered(name))
            .cloned()
            .collect()
    }
}

/// Reads the parameters of a form-encoded webhook of Twilio.
#[must_use]
pub fn parse_form(parameters: &[(String, String)], context: &Context) -> Inbound {
    let form = Parameters(parameters);
    let event = form.get("EventType").unwrap_or_default();
    if event.starts_with("on") {
        return conversations::parse(form, event, context);
    }
    let state = form.get("MessageStatus").or_else(|| form.get("SmsStatus"));
    match state {
        Some("received" | "receiving") => messaging::message(form, context),
        Some(state) => messaging::status(form, state, context),
        None if form.get("MessageSid").or_else(|| form.get("SmsSid")).is_some()
            && form.get("From").is_some() =>
        {
            messaging::message(form, context)
        }
        None => {
            let mut inbound = Inbound::default();
            inbound.problem("payload-unknown", "", "no webhook of a known kind", "");
            inbound
        }
    }
}

/// Reads a JSON payload: Meta's, Twilio's Event Streams, or a form that a framework made an object of.
#[must_use]
pub fn parse_json(payload: &Json<'_>, context: &Context) -> Inbound {
    match payload {
        Json::List(events) => streams::parse(events, context),
        Json::Map(_) if payload.get("specversion").is_some() => {
            streams::parse(core::slice::from_ref(payload), context)
        }
        Json::Map(_) if payload.get("object").is_some() => meta::parse(payload, context),
        Json::Map(fields) => {
            let text = |(name, value): &(Cow<'_, str>, Json<'_>)| match value {
                Json::Text(text) => Some((name.clone().into_owned(), text.clone().into_owned())),
                _ => None,
            };
            parse_form(&fields.iter().filter_map(text).collect::<Vec<_>>(), context)
        }
        _ => parse_form(&[], context),
    }
}

/// The kind of a file by its media type, as WhatsApp names them.
fn media_kind(content_type: &str) -> Kind {
    match content_type.split('/').next() {
        Some("image") => Kind::Image,
        Some("audio") => Kind::Audio,
        Some("video") => Kind::Video,
        _ => Kind::Document,
    }
}
