//! Calls in Meta's Cloud API.
//!
//! Sources: <https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/user-initiated-calls> and
//! `…/business-initiated-calls`.

use super::webhook::Change;
use crate::data::Value;
use crate::event::{Channel, Identity, Kind, Log};
use crate::provider::inbound::Inbound;
use crate::provider::recording::PendingEvent;
use crate::time::Instant;

impl Change<'_> {
    /// A call of the customer opens a window, answered or not; a call of ours only if the customer accepted it.
    pub(super) fn call(&self, inbound: &mut Inbound, path: &str, item: &Value) {
        let id = item.owned("id").unwrap_or_default();
        let theirs = item.text("direction") == Some("USER_INITIATED");
        let ended = item.text("event") == Some("terminate");
        let talked = item.get("start_time").is_some()
            || item.number("duration").is_some_and(|duration| duration > 0.0);
        let kind = match (theirs, ended, talked, item.text("status")) {
            (true, ..) => Kind::Call,
            // What a connecting call of ours becomes is told later.
            (false, false, ..) => return,
            (false, true, true, _) => Kind::CallAccepted,
            (false, true, false, Some("FAILED")) => Kind::CallDeclined,
            _ => {
                return inbound.problem(
                    "call-outcome-unknown",
                    path,
                    "whether the customer accepted is not told",
                    &id,
                );
            }
        };
        // The end of a call is later than what opened the window.
        let start = item.get("start_time").or_else(|| item.get("timestamp"));
        let at = inbound.seconds(path, start, &id);
        let (number, user, parent) = if theirs {
            ("from", "from_user_id", "from_parent_user_id")
        } else {
            ("to", "to_user_id", "to_parent_user_id")
        };
        let customer = self.customer(item, number, user, parent);
        self.call_event(inbound, path, id, kind, at, customer);
    }

    /// The state of a call of ours.
    pub(super) fn call_status(&self, inbound: &mut Inbound, path: &str, item: &Value) {
        let id = item.owned("id").unwrap_or_default();
        let kind = match item.text("status") {
            Some("ACCEPTED") => Kind::CallAccepted,
            Some("REJECTED") => Kind::CallDeclined,
            Some("RINGING") => return,
            _ => return inbound.problem("status-unknown", path, "no known state of a call", &id),
        };
        let at = inbound.seconds(path, item.get("timestamp"), &id);
        let customer = self.customer(item, "recipient_id", "recipient_user_id", "recipient_parent_user_id");
        self.call_event(inbound, path, id, kind, at, customer);
    }

    fn call_event(
        &self,
        inbound: &mut Inbound,
        path: &str,
        id: String,
        kind: Kind,
        provider: Option<Instant>,
        customer: Identity,
    ) {
        let (log, channel, business) = (Log::Customer, Some(Channel::Whatsapp), self.business.clone());
        inbound.record(
            self.context,
            path,
            // Calls never make an owner, nor move one.
            PendingEvent { id, log, kind, provider, owner: None, channel, business, customer },
        );
    }
}
