//! What became of what was sent: by us, by another responder, with the WhatsApp Business app.
//!
//! Sources: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status>,
//! <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/standby>; prices as of
//! 1 October 2026: <https://developers.facebook.com/documentation/business-messaging/whatsapp/pricing>.

use super::message::content;
use super::webhook::Change;
use crate::data::Value;
use crate::event::{Channel, Identity, Kind, Log};
use crate::provider::inbound::{Delivery, Inbound, Message, Pricing, Status};
use crate::provider::recording::{PendingEvent, some, word};

/// `pricing.type` and `pricing.category` as they are known; what is not known is carried and reported.
const TYPES: &[&str] =
    &["regular", "free_customer_service", "free_entry_point", "free_group_customer_service"];
const CATEGORIES: &[&str] = &[
    "authentication",
    "authentication-international",
    "authentication_international",
    "group_marketing",
    "group_service",
    "group_utility",
    "marketing",
    "marketing_lite",
    "referral_conversion",
    "service",
    "utility",
];

impl Change<'_> {
    pub(super) fn status(&self, inbound: &mut Inbound, path: &str, item: &Value) {
        let id = item.owned("id").unwrap_or_default();
        let customer = if item.text("recipient_type") == Some("group") {
            Identity { group: item.owned("recipient_id"), ..Identity::default() }
        } else {
            self.customer(item, "recipient_id", "recipient_user_id", "recipient_parent_user_id")
        };
        let code = item.list("errors").first().and_then(|error| error.number("code"));
        let status = Status {
            at: inbound.seconds(path, item.get("timestamp"), &id),
            id,
            delivery: match item.text("status") {
                Some("played") => Delivery::Read,
                name => name.and_then(Delivery::from_name).unwrap_or(Delivery::Unknown),
            },
            error: code.filter(|code| (0.0..=f64::from(u32::MAX)).contains(code)).map(|code| code as u32),
            business: self.business.clone(),
            customer,
            pricing: pricing(inbound, path, item),
            free_entry_point_until: self.free_entry_point(inbound, path, item),
            template_id: Some(item.id("template_id")).filter(|id| !id.is_empty()),
            ..Status::default()
        };
        self.got_through(inbound, path, &status);
        inbound.status(self.context, path, status, Some(Channel::Whatsapp));
    }

    /// What a customer reads in the window only the owner of the thread gets through. `sent` says when that was, what
    /// comes later that it was so.
    fn got_through(&self, inbound: &mut Inbound, path: &str, status: &Status) {
        let arrived = matches!(status.delivery, Delivery::Delivered | Delivery::Read);
        let in_window =
            status.pricing.as_ref().is_some_and(|price| price.category.as_deref() == Some("service"));
        if !in_window || !(arrived || status.delivery == Delivery::Sent) || status.customer.group.is_some() {
            return;
        }
        let pending = PendingEvent {
            id: status.id.clone(),
            log: Log::Thread,
            kind: Kind::SessionMessage,
            provider: status.at,
            owner: Some(self.owner).filter(|_| arrived),
            channel: Some(Channel::Whatsapp),
            business: status.business.clone(),
            customer: status.customer.clone(),
        };
        inbound.record(self.context, path, pending);
    }

    /// Since version 24 of the interface `conversation` is there only while a free entry point is open.
    fn free_entry_point(
        &self,
        inbound: &mut Inbound,
        path: &str,
        item: &Value,
    ) -> Option<crate::time::Instant> {
        let conversation = item.get("conversation")?;
        let origin = conversation.get("origin").and_then(|origin| origin.text("type"));
        let until =
            conversation.get("expiration_timestamp").filter(|_| origin == Some("referral_conversion"));
        inbound.seconds(path, until, item.text("id").unwrap_or_default())
    }

    /// A message that we sent with the WhatsApp Business app, or that another responder sent: the latter stands inside.
    pub(super) fn echo(&self, inbound: &mut Inbound, path: &str, item: &Value, field: &str) {
        let id = item.owned("id").unwrap_or_default();
        let at = inbound.seconds(path, item.get("timestamp"), &id);
        let sent = item.get("message").unwrap_or(item);
        let mut customer = self.customer(sent, "to", "to_user_id", "to_parent_user_id");
        if sent.text("recipient_type") == Some("group") {
            customer = Identity { group: sent.owned("to"), ..Identity::default() };
        } else if customer == Identity::default() {
            customer = self.customer(sent, "recipient", "recipient", "recipient");
        }
        // A template may be anybody's.
        let tells = field == "standby" && sent.text("type") != Some("template") && customer.group.is_none();
        let pending = PendingEvent {
            id: id.clone(),
            log: Log::Sent,
            kind: Kind::Echo,
            provider: at,
            owner: Some(self.owner).filter(|_| tells),
            channel: Some(Channel::Whatsapp),
            business: self.business.clone(),
            customer,
        };
        inbound.record(self.context, path, pending);
        let author = item.owned("from");
        let message = Message { id, kind: Some(Kind::Echo), author, ours: true, at, ..Message::default() };
        inbound.messages.push(content(sent, message));
    }
}

fn pricing(inbound: &mut Inbound, path: &str, item: &Value) -> Option<Pricing> {
    let pricing = item.get("pricing")?;
    for (name, known) in [("type", TYPES), ("category", CATEGORIES)] {
        if pricing.text(name).is_some_and(|word| !known.contains(&word)) {
            let id = item.text("id").unwrap_or_default();
            inbound.problem("pricing-unknown", path, "no known word for what the message costs", id);
        }
    }
    let told = |name| pricing.text(name).map(word);
    let billable = match pricing.get("billable") {
        Some(Value::Bool(billable)) => Some(*billable),
        _ => None,
    };
    some(Pricing { kind: told("type"), category: told("category"), model: told("pricing_model"), billable })
}
