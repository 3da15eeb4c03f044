//! Who holds the thread between our number and the customer: another question than whether the window is open.
//!
//! Where several responders share a WhatsApp account, each thread has one owner or none, and what another than the owner
//! sends in the window is refused. No interface tells the owner; what arrives does: the customer's message on the field
//! `messages` or on `standby`, a handover, a send that got through. The latest of these counts, until the thread falls idle,
//! which it does by itself once the customer has been silent for the window's length.
//!
//! Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/conversation-routing/overview> and
//! `…/thread-control` (23 Sep 2026).

use super::{Policy, Window};
use crate::event::{Kind, Log, Owner, Role};
use crate::time::Instant;

/// Who holds it at an instant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Holder {
    /// Nobody told; always so where the provider does not tell (Twilio).
    #[default]
    Unknown,
    /// We.
    Us,
    /// Another responder.
    Other(Role),
    /// Nobody: the customer was silent for the whole length.
    Idle,
}

/// The answer at an instant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Thread {
    /// Who holds it.
    pub holder: Holder,
    /// The time of what told it last.
    pub told_at: Option<Instant>,
    /// When it falls idle, if the customer stays silent.
    pub idle_at: Option<Instant>,
}

impl Thread {
    /// `closes_at`: when the window closes by the clock.
    pub(super) fn at(window: &Window, policy: &Policy, now: Instant, closes_at: Option<Instant>) -> Self {
        let (Some(length), Some((told_at, _, owner))) = (policy.fields().length, latest(window)) else {
            return Thread::default();
        };
        let idle_at = match closes_at {
            Some(closes_at) if told_at < closes_at => closes_at,
            // Whoever took it later did so after a message of the customer's that we do not know.
            _ => told_at.later(length).earlier(policy.fields().margin),
        };
        let told_at = Some(told_at);
        if now >= idle_at {
            return Thread { holder: Holder::Idle, told_at, idle_at: None };
        }
        let holder = match owner {
            Owner::Us => Holder::Us,
            Owner::Other(role) => Holder::Other(role),
        };
        Thread { holder, told_at, idle_at: Some(idle_at) }
    }
}

/// What told it last. Times are whole seconds: of two at one instant a handover counts, else that another holds it.
fn latest(window: &Window) -> Option<(Instant, bool, Owner)> {
    let told = [Log::Customer, Log::Sent, Log::Thread].into_iter().flat_map(|log| window.records(log));
    told.filter_map(|(_, record)| Some((record.when()?.0, record.kind == Kind::Handover, record.owner?)))
        .max()
}
