//! What a reader writes down of a webhook: events that are complete, delivery states with what they mean, problems.

use super::inbound::{Context, Delivery, Inbound, Problem, Status};
use crate::data::Value;
use crate::event::{Channel, Event, Identity, Kind, Log, Owner, Times, ToldBy};
use crate::provider_error::{self, TemplateEffect};
use crate::template::opt_out::{OptOut, keyword};
use crate::time::Instant;

/// Longest id that a record takes, in characters.
const MAX_ID: usize = 256;

/// An event in the making, with what the payload gave.
pub(crate) struct PendingEvent {
    pub id: String,
    pub log: Log,
    pub kind: Kind,
    pub provider: Option<Instant>,
    pub owner: Option<Owner>,
    pub channel: Option<Channel>,
    pub business: Option<String>,
    pub customer: Identity,
}

impl Inbound {
    #[inline(never)]
    pub(crate) fn problem(&mut self, code: &'static str, path: &str, message: &'static str, id: &str) {
        let id = Some(id.to_owned()).filter(|id| !id.is_empty());
        self.problems.push(Problem { code, path: path.to_owned(), message, id });
    }

    /// Adds the event if it is complete, else says what is missing.
    pub(crate) fn record(&mut self, context: &Context, path: &str, pending: PendingEvent) {
        let PendingEvent { id, log, kind, provider, owner, channel, business, customer } = pending;
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
                let channel = *channel;
                let told_by = None;
                self.events.push(Event { id, log, kind, times, owner, told_by, channel, business, customer });
                return;
            }
        };
        self.problem(missing.0, path, missing.1, &id);
    }

    /// Adds what tells whether the customer wants marketing.
    pub(crate) fn record_marketing(
        &mut self,
        context: &Context,
        path: &str,
        pending: PendingEvent,
        told_by: ToldBy,
    ) {
        let place = self.events.len();
        self.record(context, path, PendingEvent { log: Log::Marketing, owner: None, ..pending });
        if let Some(event) = self.events.get_mut(place) {
            event.told_by = Some(told_by);
        }
    }

    /// Adds a message of the customer, and what it says of marketing: as the provider took it, else if its text is nothing but
    /// a word for it. In a group nobody speaks for the others.
    pub(crate) fn record_message(
        &mut self,
        context: &Context,
        path: &str,
        pending: PendingEvent,
        text: Option<&str>,
        taken: Option<OptOut>,
    ) {
        let plain = matches!(pending.kind, Kind::Text | Kind::Button);
        let said = text.filter(|_| plain).and_then(keyword).map(|said| (said, ToldBy::Words));
        let said = taken.map(|taken| (taken, ToldBy::Keyword)).or(said);
        let place = self.events.len();
        self.record(context, path, pending);
        if let (Some((said, told_by)), Some(event)) = (said, self.events.get(place))
            && event.log == Log::Customer
            && event.customer.group.is_none()
        {
            let (kind, told_by) = (kind_of(said), Some(told_by));
            let event = Event { log: Log::Marketing, kind, owner: None, told_by, ..event.clone() };
            self.events.push(event);
        }
    }

    /// The provider's text for a time, reported if it is none.
    #[inline(never)]
    pub(crate) fn time(&mut self, path: &str, text: Option<&str>, id: &str) -> Option<Instant> {
        let text = text?;
        let time = Instant::parse(text).ok();
        if time.is_none() {
            self.problem("bad-time", path, "not a time", id);
        }
        time
    }

    /// Unix seconds, as a text or a number, reported if they are none.
    #[inline(never)]
    pub(crate) fn seconds(&mut self, path: &str, seconds: Option<&Value>, id: &str) -> Option<Instant> {
        let time = match seconds? {
            Value::Text(digits) => digits.parse().ok(),
            Value::Number(number) if number.fract() == 0.0 => Some(*number as i64),
            _ => None,
        };
        let time = time.and_then(|seconds: i64| Instant::from_ms(seconds.checked_mul(1000)?).ok());
        if time.is_none() {
            self.problem("bad-time", path, "not a time in seconds", id);
        }
        time
    }

    /// Adds a delivery state, and what it means for the window: a refusal closes it; a failure, or that it was canceled, takes the
    /// message back.
    pub(crate) fn status(&mut self, context: &Context, path: &str, status: Status, channel: Option<Channel>) {
        let outcome = match (status.delivery, status.error) {
            (_, Some(code)) if provider_error::closes_window(code) => {
                Some((Log::Refused, Kind::SessionMessage))
            }
            (Delivery::Failed | Delivery::Undelivered | Delivery::Canceled, _) => {
                Some((Log::Sent, Kind::Failed))
            }
            _ => None,
        };
        let pending = |log, kind, provider| PendingEvent {
            id: status.id.clone(),
            log,
            kind,
            provider,
            owner: None,
            channel,
            business: status.business.clone(),
            customer: status.customer.clone(),
        };
        if let Some((log, kind)) = outcome {
            // The provider's time of a record of ours is when it was handed over, which no callback says.
            self.record(context, path, pending(log, kind, None));
        }
        if status.error.is_some_and(stops_marketing) {
            let told = pending(Log::Marketing, Kind::OptOut, status.at);
            self.record_marketing(context, path, told, ToldBy::Refusal);
        }
        if status.delivery == Delivery::Unknown {
            self.problem("status-unknown", path, "no known delivery state", &status.id);
        }
        self.statuses.push(status);
    }
}

/// The kind of event that a word on marketing is.
pub(crate) fn kind_of(said: OptOut) -> Kind {
    match said {
        OptOut::Stop => Kind::OptOut,
        OptOut::Resume => Kind::OptIn,
    }
}

/// Whether a code says that the customer wants no marketing.
fn stops_marketing(code: u32) -> bool {
    provider_error::find(code).is_some_and(|(_, row)| row.template == TemplateEffect::MarketingStopped)
}

/// A part in which nothing is filled is absent.
pub(crate) fn some<T: Default + PartialEq>(part: T) -> Option<T> {
    Some(part).filter(|part| *part != T::default())
}

/// `PENDING_DELETION` as `pending-deletion`.
pub(crate) fn word(name: &str) -> String {
    name.chars().map(|c| if c == '_' { '-' } else { c.to_ascii_lowercase() }).collect()
}
