//! What a reader writes down of a webhook: events that are complete, delivery states with what they mean, problems.

use super::inbound::{Context, Delivery, Inbound, Problem, Status};
use crate::data::Value;
use crate::event::{Channel, Event, Identity, Kind, Log, Owner, Times};
use crate::provider_error;
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
                self.events.push(Event { id, log, kind, times, owner, channel, business, customer });
                return;
            }
        };
        self.problem(missing.0, path, missing.1, &id);
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
        let fate = match (status.delivery, status.error) {
            (_, Some(code)) if provider_error::closes_window(code) => {
                Some((Log::Refused, Kind::SessionMessage))
            }
            (Delivery::Failed | Delivery::Undelivered | Delivery::Canceled, _) => {
                Some((Log::Sent, Kind::Failed))
            }
            _ => None,
        };
        if let Some((log, kind)) = fate {
            // The provider's time of a record of ours is when it was handed over, which no callback says.
            let (business, customer) = (status.business.clone(), status.customer.clone());
            self.record(
                context,
                path,
                PendingEvent {
                    id: status.id.clone(),
                    log,
                    kind,
                    provider: None,
                    owner: None,
                    channel,
                    business,
                    customer,
                },
            );
        }
        if status.delivery == Delivery::Unknown {
            self.problem("status-unknown", path, "no known delivery state", &status.id);
        }
        self.statuses.push(status);
    }
}

/// A part in which nothing is filled is absent.
pub(crate) fn some<T: Default + PartialEq>(part: T) -> Option<T> {
    Some(part).filter(|part| *part != T::default())
}

/// `PENDING_DELETION` as `pending-deletion`.
pub(crate) fn word(name: &str) -> String {
    name.chars().map(|c| if c == '_' { '-' } else { c.to_ascii_lowercase() }).collect()
}
