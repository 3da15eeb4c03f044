//! What the status means for something about to be sent: may it leave, and is the composer locked?

use super::{AfterClose, Phase, Policy, Status, StatusReason};
use crate::event::names;
use crate::time::Instant;

/// What somebody is about to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draft<'a> {
    /// Free text or media: a session message.
    Text,
    /// An approved template.
    Template,
    /// A message that carries this tag.
    Tagged(&'a str),
}

/// What becomes of free text in a window of which nothing is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unknown {
    /// A person is asked before each send.
    #[default]
    Ask,
    /// It is locked as in a closed window.
    Block,
}

names!(Unknown { Ask = "ask", Block = "block" });

/// What the sender can do, and what a person said to this one send.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sender<'a> {
    /// Tags that it can put on a message.
    pub tags: &'a [&'a str],
    /// What becomes of free text in an unknown window.
    pub unknown: Unknown,
    /// The reason of a verdict ([`VerdictReason::name`]) that a person was shown and said yes to.
    pub confirmed: Option<&'a str>,
}

/// Whether it may go out, and as what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerdictKind {
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

names!(VerdictKind {
    Allowed = "allowed", Confirm = "confirm", Tagged = "tagged", Paid = "paid",
    TemplateOnly = "template-only", Blocked = "blocked",
});

/// Whether it leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaves {
    /// At once.
    Yes,
    /// Once a person has said yes to the verdict's reason, for this one send.
    WithConfirmation,
    /// If it carries the verdict's tag.
    WithTag,
    /// It does not.
    No,
}

names!(Leaves { Yes = "yes", WithConfirmation = "with-confirmation", WithTag = "with-tag", No = "no" });

impl VerdictKind {
    /// What follows from a kind: whether the draft leaves, and, where it is free text, whether the composer is
    /// locked. A kind to come is a row here, and nothing elsewhere.
    const fn consequence(self) -> (Leaves, bool) {
        match self {
            VerdictKind::Allowed | VerdictKind::Paid => (Leaves::Yes, false),
            VerdictKind::Confirm => (Leaves::WithConfirmation, false),
            VerdictKind::Tagged => (Leaves::WithTag, false),
            VerdictKind::TemplateOnly | VerdictKind::Blocked => (Leaves::No, true),
        }
    }
}

/// The reason of a verdict, a stable code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the contract, which explains them")]
pub enum VerdictReason {
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

names!(VerdictReason {
    WindowOpen = "window-open", WindowUnknown = "window-unknown", WindowExpired = "window-expired",
    WindowRefused = "window-refused", WindowLimit = "window-limit", WindowSilent = "window-silent",
    NoWindow = "no-window", Template = "template", NoTemplate = "no-template", TagAllowed = "tag-allowed",
    TagExpired = "tag-expired", TagUnknown = "tag-unknown", PaidMessage = "paid-message",
});

impl From<StatusReason> for VerdictReason {
    fn from(reason: StatusReason) -> Self {
        match reason {
            StatusReason::CustomerEvent => VerdictReason::WindowOpen,
            StatusReason::NoWindow => VerdictReason::NoWindow,
            StatusReason::Expired => VerdictReason::WindowExpired,
            StatusReason::Refused => VerdictReason::WindowRefused,
            StatusReason::Limit => VerdictReason::WindowLimit,
            StatusReason::Silent => VerdictReason::WindowSilent,
            StatusReason::NoEvidence => VerdictReason::WindowUnknown,
        }
    }
}

/// What may go out beside free text, whatever the window says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alternative {
    /// An approved template.
    Template,
}

names!(Alternative { Template = "template" });

/// The answer for one draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict<'p> {
    /// Whether it may go out, and as what.
    pub kind: VerdictKind,
    /// Why.
    pub reason: VerdictReason,
    /// Whether this draft leaves now.
    pub leaves: Leaves,
    /// Whether free text is locked now, whatever this draft is and whoever said yes to it.
    pub locks_composer: bool,
    /// What else may go out in place of this draft.
    pub alternatives: &'static [Alternative],
    /// The tag with which it leaves.
    pub tag: Option<&'p str>,
    /// The answer stands until this instant at least, if nothing else happens; none: it stands for good.
    pub valid_until: Option<Instant>,
}

/// Judges a draft by a status that was asked at the same `now` under the same policy.
///
/// An unknown window asks, unless the sender wants it to block; a yes to that reason lets this one draft out either
/// way. A closed window always locks, whoever said yes. A template may go at any time where the channel has
/// templates. A tag is judged the policy's margin early, as the window is; free text needs a sender that can put it
/// on.
#[must_use]
pub fn judge<'p>(
    status: &Status<'_>,
    policy: &'p Policy,
    now: Instant,
    draft: Draft<'_>,
    sender: Sender<'_>,
) -> Verdict<'p> {
    let tag = Tag::of(status, policy, now);
    let has_templates = policy.fields().after == AfterClose::Template;
    let text =
        |unknown| free_text(status, policy, tag.filter(|tag| sender.tags.contains(&tag.name)), unknown);
    let found = |unknown| match draft {
        Draft::Text => text(unknown),
        Draft::Template if has_templates => (VerdictKind::Allowed, VerdictReason::Template),
        Draft::Template => (VerdictKind::Blocked, VerdictReason::NoTemplate),
        Draft::Tagged(name) => tagged(status, tag.filter(|tag| tag.name == name), unknown),
    };
    let asked = found(Unknown::Ask);
    let confirmed =
        asked.0.consequence().0 == Leaves::WithConfirmation && sender.confirmed == Some(asked.1.name());
    let (kind, reason) = if confirmed { asked } else { found(sender.unknown) };
    Verdict {
        kind,
        reason,
        leaves: if confirmed { Leaves::Yes } else { kind.consequence().0 },
        locks_composer: text(sender.unknown).0.consequence().1,
        alternatives: if has_templates && draft != Draft::Template { &[Alternative::Template] } else { &[] },
        tag: tag.map(|tag| tag.name).filter(|_| kind == VerdictKind::Tagged),
        valid_until: earlier(status.next_change_at, tag.and_then(|tag| tag.ends.filter(|_| tag.holds))),
    }
}

fn earlier(a: Option<Instant>, b: Option<Instant>) -> Option<Instant> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// The policy's tag at an instant.
#[derive(Clone, Copy)]
struct Tag<'p> {
    name: &'p str,
    /// When it may no longer be used; none where the customer did nothing that would let it be.
    ends: Option<Instant>,
    holds: bool,
}

impl<'p> Tag<'p> {
    /// The customer's event may be dated after `now`; the tag is longer than the margin, so it holds from then on
    /// just the same.
    fn of(status: &Status<'_>, policy: &'p Policy, now: Instant) -> Option<Self> {
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

/// `tag`: the policy's, where the sender can put it on.
fn free_text(
    status: &Status<'_>,
    policy: &Policy,
    tag: Option<Tag<'_>>,
    unknown: Unknown,
) -> (VerdictKind, VerdictReason) {
    let reason = VerdictReason::from(status.reason);
    match (status.phase, unknown) {
        (Phase::Open | Phase::Closing, _) => return (VerdictKind::Allowed, reason),
        (Phase::Unknown, Unknown::Ask) => return (VerdictKind::Confirm, reason),
        (Phase::Unknown, Unknown::Block) | (Phase::Closed, _) => {}
    }
    match policy.fields().after {
        AfterClose::Template => (VerdictKind::TemplateOnly, reason),
        AfterClose::Tag { .. } if tag.is_some_and(|tag| tag.holds) => {
            (VerdictKind::Tagged, VerdictReason::TagAllowed)
        }
        AfterClose::Nothing | AfterClose::Tag { .. } => (VerdictKind::Blocked, reason),
        AfterClose::Paid => (VerdictKind::Paid, VerdictReason::PaidMessage),
    }
}

/// `tag`: the policy's, where the message carries it.
fn tagged(status: &Status<'_>, tag: Option<Tag<'_>>, unknown: Unknown) -> (VerdictKind, VerdictReason) {
    let Some(tag) = tag else {
        return (VerdictKind::Blocked, VerdictReason::TagUnknown);
    };
    match (status.phase, unknown) {
        _ if tag.holds => (VerdictKind::Tagged, VerdictReason::TagAllowed),
        _ if tag.ends.is_some() => (VerdictKind::Blocked, VerdictReason::TagExpired),
        (Phase::Unknown, Unknown::Ask) => (VerdictKind::Confirm, VerdictReason::WindowUnknown),
        _ => (VerdictKind::Blocked, VerdictReason::from(status.reason)),
    }
}
