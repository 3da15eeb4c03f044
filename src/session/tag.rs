//! The tag with which a message may still go out after the window.

use super::{AfterClose, Policy, Status};
use crate::time::Instant;

/// The policy's tag at an instant.
#[derive(Clone, Copy)]
pub(super) struct Tag<'p> {
    pub name: &'p str,
    /// When it may no longer be used; none where the customer did nothing that would let it be.
    pub ends: Option<Instant>,
    pub holds: bool,
}

impl<'p> Tag<'p> {
    /// The customer's event may be dated after `now`; the tag is longer than the margin, so it holds from then on
    /// just the same.
    pub fn of(status: &Status<'_>, policy: &'p Policy, now: Instant) -> Option<Self> {
        match &policy.fields().after {
            AfterClose::Tag { name, length } => {
                let ends =
                    status.opened_at.map(|opened| opened.later(*length).earlier(policy.fields().margin));
                Some(Tag { name, ends, holds: ends.is_some_and(|end| now < end) })
            }
            _ => None,
        }
    }
}
