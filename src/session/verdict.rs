//! What the status means for something about to be sent.

use super::{After, Phase, Policy, Reason, Status};
use crate::event::names;
use crate::time::Instant;

/// What somebody is about to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draft<'a> {
    /// Free text or media: a session message.
    Text,
    /// An approved template.
    Template,
    /// A message with this tag.
    Tagged(&'a str),
}

/// Whether it may go out, and as what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// As it is.
    Allowed,
    /// Nobody knows: ask the person who sends, and offer the template beside it.
    Confirm,
    /// With the policy's tag.
    Tagged,
    /// As a message that is charged for.
    Paid,
    /// Not as it is; a template may go.
    TemplateOnly,
    /// Not at all until the customer writes.
    Blocked,
}

names!(Permission {
    Allowed = "allowed", Confirm = "confirm", Tagged = "tagged", Paid = "paid",
    TemplateOnly = "template-only", Blocked = "blocked",
});

/// The ground of a verdict, a stable code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the contract, which explains them")]
pub enum Ground {
    WindowOpen,
    WindowUnknown,
    WindowExpired,
    WindowRefused,
    WindowLimit,
    WindowSilent,
    NoWindow,
    Template,
    NoTemplate,
    TagAllowed,
    TagExpired,
    TagUnknown,
    PaidMessage,
}

names!(Ground {
    WindowOpen = "window-open", WindowUnknown = "window-unknown", WindowExpired = "window-expired",
    WindowRefused = "window-refused", WindowLimit = "window-limit", WindowSilent = "window-silent",
    NoWindow = "no-window", Template = "template", NoTemplate = "no-template", TagAllowed = "tag-allowed",
    TagExpired = "tag-expired", TagUnknown = "tag-unknown", PaidMessage = "paid-message",
});

impl From<Reason> for Ground {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::CustomerEvent => Ground::WindowOpen,
            Reason::NoWindow => Ground::NoWindow,
            Reason::Expired => Ground::WindowExpired,
            Reason::Refused => Ground::WindowRefused,
            Reason::Limit => Ground::WindowLimit,
            Reason::Silent => Ground::WindowSilent,
            Reason::NoEvidence => Ground::WindowUnknown,
        }
    }
}

/// The answer for one draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it may go out, and as what.
    pub permission: Permission,
    /// Why.
    pub ground: Ground,
    /// The answer stands until this instant at least, if nothing else happens; none: it stands for good.
    pub valid_until: Option<Instant>,
}

/// Judges a draft by a status that was asked at the same `now` under the same policy.
///
/// An unknown window never locks by itself: the answer is [`Permission::Confirm`], unless `strict` asks for the
/// answer of a closed window. A closed window always locks. A template may go at any time where the channel has
/// templates. A tag is judged the policy's margin early, as the window is.
#[must_use]
pub fn judge(status: &Status<'_>, policy: &Policy, now: Instant, draft: Draft<'_>, strict: bool) -> Verdict {
    let tag_ends = tag_end(status, policy);
    let tag_holds = tag_ends.is_some_and(|end| now < end);
    let (permission, ground) = match draft {
        Draft::Text => text(status, policy, tag_holds, strict),
        Draft::Template if policy.terms().after == After::Template => (Permission::Allowed, Ground::Template),
        Draft::Template => (Permission::Blocked, Ground::NoTemplate),
        Draft::Tagged(tag) => match &policy.terms().after {
            After::Tag { name, .. } if name == tag => tagged(status, tag_ends.is_some(), tag_holds, strict),
            _ => (Permission::Blocked, Ground::TagUnknown),
        },
    };
    let tag_ends = tag_ends.filter(|_| tag_holds);
    let valid_until = match (status.next_change_at, tag_ends) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    Verdict { permission, ground, valid_until }
}

/// When the policy's tag may no longer be used. The customer's event may be dated after `now`; the tag is longer
/// than the margin, so it holds from then on just the same.
fn tag_end(status: &Status<'_>, policy: &Policy) -> Option<Instant> {
    match &policy.terms().after {
        After::Tag { length, .. } => {
            status.opened_at.map(|opened| opened.later(*length).earlier(policy.terms().margin))
        }
        _ => None,
    }
}

fn text(status: &Status<'_>, policy: &Policy, tag_holds: bool, strict: bool) -> (Permission, Ground) {
    let ground = Ground::from(status.reason);
    match status.phase {
        Phase::Open | Phase::Closing => return (Permission::Allowed, ground),
        Phase::Unknown if !strict => return (Permission::Confirm, ground),
        Phase::Unknown | Phase::Closed => {}
    }
    match policy.terms().after {
        After::Template => (Permission::TemplateOnly, ground),
        After::Tag { .. } if tag_holds => (Permission::Tagged, Ground::TagAllowed),
        After::Nothing | After::Tag { .. } => (Permission::Blocked, ground),
        After::Paid => (Permission::Paid, Ground::PaidMessage),
    }
}

fn tagged(status: &Status<'_>, opened: bool, tag_holds: bool, strict: bool) -> (Permission, Ground) {
    match status.phase {
        _ if tag_holds => (Permission::Tagged, Ground::TagAllowed),
        _ if opened => (Permission::Blocked, Ground::TagExpired),
        Phase::Unknown if !strict => (Permission::Confirm, Ground::WindowUnknown),
        _ => (Permission::Blocked, Ground::from(status.reason)),
    }
}
