//! Handovers: a thread was passed to us, or taken from us.
//!
//! Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messaging-handovers>
//! (September 2026). The summary of the conversation that may come along is personal data and is not read.

use super::webhook::Change;
use crate::event::{Channel, Identity, Kind, Log, Owner, Role};
use crate::provider::inbound::{Handover, Inbound};
use crate::provider::recording::{PendingEvent, word};

/// `type`, our word, and whether the thread is ours now.
const CHANGES: &[(&str, &str, bool)] =
    &[("control_passed", "control-passed", true), ("control_taken", "control-taken", false)];

impl Change<'_> {
    pub(super) fn handover(&self, inbound: &mut Inbound) {
        let (value, path) = (self.value, self.path.as_str());
        let Some((name, change, ours)) = CHANGES.iter().find(|(name, ..)| value.text("type") == Some(name))
        else {
            return inbound.problem("handover-unknown", path, "no known kind of handover", "");
        };
        let part = value.get(name);
        let told = |role| part.and_then(|part| part.text(role)).map(word);
        let [previous_role, new_role] = ["previous_owner_role", "new_owner_role"].map(told);
        let role = role_of(inbound, path, [&previous_role, &new_role]);
        let at = inbound.seconds(path, value.get("timestamp"), "");
        let customer = self.sender();
        // A handover has no id: of one thread there is one in a second.
        let id = at.map(|at| format!("{change}@{}", at.ms())).unwrap_or_default();
        let pending = PendingEvent {
            id,
            log: Log::Thread,
            kind: Kind::Handover,
            provider: at,
            owner: Some(if *ours { Owner::Us } else { Owner::Other(role) }),
            channel: Some(Channel::Whatsapp),
            business: self.business.clone(),
            customer: customer.clone(),
        };
        inbound.record(self.context, path, pending);
        let metadata = part.and_then(|part| part.owned("metadata"));
        let business = self.business.clone();
        inbound.handovers.push(Handover {
            business,
            customer,
            change,
            previous_role,
            new_role,
            metadata,
            at,
        });
    }
    /// The customer, named by whichever of these there is.
    fn sender(&self) -> Identity {
        let Some(sender) = self.value.get("sender") else { return Identity::default() };
        let by = |number| self.customer(sender, number, "user_id", "parent_user_id");
        Some(by("phone_number")).filter(|known| known.phone.is_some()).unwrap_or_else(|| by("wa_id"))
    }
}

/// The role of the new owner; words that are not known are reported.
fn role_of(inbound: &mut Inbound, path: &str, words: [&Option<String>; 2]) -> Role {
    for word in words.into_iter().flatten() {
        if Role::from_name(word).is_none() {
            inbound.problem("role-unknown", path, "no known role of a responder", "");
        }
    }
    let [_, new] = words;
    new.as_deref().and_then(Role::from_name).unwrap_or(Role::Untold)
}
