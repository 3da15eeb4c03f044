//! What a webhook says: events for the windows, messages to show, delivery states.
//!
//! The kind of an event is decided here, from tables; whether a kind opens a window is not. A kind that no table
//! knows becomes [`Kind::Unknown`], which never opens one, and is reported.

mod address;
mod conversations;
mod messaging;
mod meta;
mod meta_call;
mod meta_message;
mod model;
mod streams;

pub use model::{
    Button, Context, Delivery, IdentityChange, Inbound, ListReply, Location, Media, Message, Preference,
    Problem, Referral, Source, Status, TemplateUpdate,
};

use crate::data::Json;
use crate::event::{Channel, Event, Identity, Kind, Log, Times};
use crate::time::Instant;
use std::borrow::Cow;

/// Longest id that a record takes, in characters.
const MAX_ID: usize = 256;

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
    #[inline(never)]
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
    #[inline(never)]
    fn time(&mut self, path: &str, text: Option<&str>, id: &str) -> Option<Instant> {
        let text = text?;
        let time = Instant::parse(text).ok();
        if time.is_none() {
            self.problem("bad-time", path, "not a time", id);
        }
        time
    }

    /// Unix seconds, as a text or a number, reported if they are none.
    #[inline(never)]
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
    #[inline(never)]
    fn get(self, name: &str) -> Option<&'a str> {
        self.0.iter().find(|(n, value)| n == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    #[inline(never)]
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
