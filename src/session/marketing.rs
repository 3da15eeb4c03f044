//! Whether the customer wants marketing: another question than whether the window is open, and one that no length ends.
//!
//! What told it stands in a map of its own: WhatsApp's settings, a provider's keyword, a message that was nothing but a word
//! for it, a refusal. The latest of these counts, so a later yes undoes a no.
//!
//! Sources: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/user_preferences>,
//! <https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out>; that the latest word counts is inferred.

use super::Window;
use crate::event::{Kind, Log, ToldBy};
use crate::time::Instant;

/// The customer's latest word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marketing {
    /// Whether they want none.
    pub is_stopped: bool,
    /// When that was told.
    pub told_at: Instant,
    /// How it is known.
    pub told_by: Option<ToldBy>,
}

impl Marketing {
    /// The latest word there is; of two at one instant the surer one, and of two as sure the no.
    #[must_use]
    pub fn of(window: &Window) -> Option<Self> {
        let told = window.records(Log::Marketing).filter_map(|(_, record)| {
            let is_stopped = match record.kind {
                Kind::OptOut => true,
                Kind::OptIn => false,
                _ => return None,
            };
            Some((record.when()?.0, record.told_by, is_stopped))
        });
        told.max().map(|(told_at, told_by, is_stopped)| Marketing { is_stopped, told_at, told_by })
    }
}
