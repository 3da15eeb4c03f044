//! System messages: a customer has a new number or a new user id.
//!
//! Sources: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/system>,
//! <https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids>.

use crate::data::Value;
use crate::event::Identity;
use crate::provider::address;
use crate::provider::recording::some;

/// Who the customer was before: the sender, whose ids may be the new ones already, and what the message says of before.
pub(super) fn before(item: &Value, sender: Identity) -> Identity {
    let Some(system) = item.get("system").filter(|system| is_change(system)) else { return sender };
    let after = after(system);
    let former = |own: Option<String>, new: Option<String>| if own == new { None } else { own };
    let mut before = Identity {
        bsuid: former(sender.bsuid, after.bsuid),
        parent_bsuid: former(sender.parent_bsuid, after.parent_bsuid),
        ..sender
    };
    before.phone = system.text("customer").and_then(address::phone).or(before.phone);
    for name in ["previous_user_id", "previous_parent_user_id"] {
        system.text(name).map(|id| address::identify(id, &mut before));
    }
    before
}

/// What a message tells of a change: from whom and to whom, if the two differ.
pub(super) fn change(item: &Value, before: &Identity) -> Option<(Identity, Identity)> {
    let system = item.get("system").filter(|system| is_change(system))?;
    let (from, to) = (some(before.clone())?, some(after(system))?);
    let is_new = |new: &Option<String>, old: &Option<String>| new.is_some() && new != old;
    let differs = is_new(&to.phone, &from.phone)
        || is_new(&to.bsuid, &from.bsuid)
        || is_new(&to.parent_bsuid, &from.parent_bsuid);
    differs.then_some((from, to))
}

/// A new security code (`user_identity_changed`, `customer_identity_changed`) is none: number and user id are as before.
fn is_change(system: &Value) -> bool {
    !matches!(system.text("type"), Some("user_identity_changed" | "customer_identity_changed"))
}

/// Who the customer is now. API versions before 12 write `new_wa_id`.
fn after(system: &Value) -> Identity {
    let phone = system.text("wa_id").or_else(|| system.text("new_wa_id"));
    let mut after = Identity { phone: phone.and_then(address::phone), ..Identity::default() };
    for name in ["user_id", "parent_user_id"] {
        system.text(name).map(|id| address::identify(id, &mut after));
    }
    after
}
