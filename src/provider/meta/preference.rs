//! What a customer chose in WhatsApp's settings: whether marketing from us reaches them.
//!
//! Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/user_preferences>.

use super::webhook::Change;
use crate::data::Value;
use crate::event::{Channel, Kind, Log, ToldBy};
use crate::provider::inbound::{Inbound, Preference};
use crate::provider::recording::PendingEvent;

/// The one category there is.
const MARKETING: &str = "marketing_messages";
const VALUES: &[(&str, Kind)] = &[("stop", Kind::OptOut), ("resume", Kind::OptIn)];

impl Change<'_> {
    pub(super) fn preference(&self, inbound: &mut Inbound, path: &str, item: &Value) {
        let at = inbound.seconds(path, item.get("timestamp"), "");
        let customer = self.customer(item, "wa_id", "user_id", "parent_user_id");
        let [category, value] = ["category", "value"].map(|name| item.owned(name).unwrap_or_default());
        let kind = VALUES.iter().find(|(known, _)| *known == value).map(|(_, kind)| *kind);
        match kind.filter(|_| category == MARKETING) {
            Some(kind) => {
                // It has no id: of one customer there is one in a second.
                let told_at = at.or(self.context.receipt);
                let pending = PendingEvent {
                    id: told_at.map(|at| format!("marketing-{value}@{}", at.ms())).unwrap_or_default(),
                    log: Log::Marketing,
                    kind,
                    provider: at,
                    owner: None,
                    channel: Some(Channel::Whatsapp),
                    business: self.business.clone(),
                    customer: customer.clone(),
                };
                inbound.record_marketing(self.context, path, pending, ToldBy::Settings);
            }
            None => inbound.problem("preference-unknown", path, "no known preference", ""),
        }
        let business = self.business.clone();
        inbound.preferences.push(Preference { business, customer, category, value, at });
    }
}
