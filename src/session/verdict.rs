//! What the status means for something about to be sent: may it leave, and is the composer locked?

use super::draft::{Draft, NotOwner, Sender, Unknown};
use super::price::free_service_messages_left;
use super::status::earlier;
use super::tag::Tag;
use super::{AfterClose, Holder, Policy, Status, StatusKind, StatusReason};
use crate::event::{Channel, names};
use crate::time::Instant;

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

impl Leaves {
    const fn strictness(self) -> u8 {
        match self {
            Leaves::Yes => 0,
            Leaves::WithTag => 1,
            Leaves::WithConfirmation => 2,
            Leaves::No => 3,
        }
    }

    /// Whether it lets out less than `other`. Where two that know different things judge one message, the stricter counts.
    #[must_use]
    pub const fn is_stricter_than(self, other: Leaves) -> bool {
        self.strictness() > other.strictness()
    }
}

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
    NotOwner,
    DirectSend,
    DirectSendOff,
}

names!(VerdictReason {
    WindowOpen = "window-open", WindowUnknown = "window-unknown", WindowExpired = "window-expired",
    WindowRefused = "window-refused", WindowLimit = "window-limit", WindowSilent = "window-silent",
    NoWindow = "no-window", Template = "template", NoTemplate = "no-template", TagAllowed = "tag-allowed",
    TagExpired = "tag-expired", TagUnknown = "tag-unknown", PaidMessage = "paid-message", NotOwner = "not-owner",
    DirectSend = "direct-send", DirectSendOff = "direct-send-off",
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
    /// A utility message without a template, stated to be one.
    DirectSend,
}

names!(Alternative { Template = "template", DirectSend = "direct-send" });

/// What the sender should know, whatever leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// Another responder holds the thread.
    NotOwner,
}

names!(Warning { NotOwner = "not-owner" });

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
    /// What to know whatever leaves.
    pub warnings: &'static [Warning],
    /// The tag with which it leaves.
    pub tag: Option<&'p str>,
    /// Of free text: messages in the window that are still free this month, where the sender counts them.
    pub free_service_messages_left: Option<u32>,
    /// The answer stands until this instant at least, if nothing else happens; none: it stands for good.
    pub valid_until: Option<Instant>,
}

/// Judges a draft by a status that was asked at the same `now` under the same policy.
///
/// An unknown window asks, unless the sender wants it to block; a yes to that reason lets this one draft out either
/// way. A closed window always locks, whoever said yes. A template may go at any time where the channel has
/// templates, and free text that is stated to be a utility message where the sender may send such. While another responder
/// holds the thread, free text that would leave asks too, and that question is the one: whoever says yes to it said yes to
/// an unknown window. A tag is judged the policy's margin early, as the window is; free text needs a sender that can put it
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
    let direct_send = has_templates && policy.fields().channel == Channel::Whatsapp && sender.direct_send;
    let is_other = matches!(status.thread.holder, Holder::Other(_));
    let held = |found| if is_other { held_by_other(found, sender.owner) } else { found };
    let text =
        |unknown| held(free_text(status, policy, tag.filter(|tag| sender.tags.contains(&tag.name)), unknown));
    let found = |unknown| match draft {
        Draft::Text => text(unknown),
        Draft::Template if has_templates => (VerdictKind::Allowed, VerdictReason::Template),
        Draft::Template => (VerdictKind::Blocked, VerdictReason::NoTemplate),
        Draft::Tagged(name) => held(tagged(status, tag.filter(|tag| tag.name == name), unknown)),
        Draft::DirectSend => directly(direct_send, has_templates),
    };
    let asked = found(Unknown::Ask);
    let confirmed =
        asked.0.consequence().0 == Leaves::WithConfirmation && sender.confirmed == Some(asked.1.name());
    let (kind, reason) = if confirmed { asked } else { found(sender.unknown) };
    let leaves = if confirmed { Leaves::Yes } else { kind.consequence().0 };
    Verdict {
        kind,
        reason,
        leaves,
        locks_composer: text(sender.unknown).0.consequence().1,
        alternatives: alternatives(draft, leaves, has_templates, direct_send),
        warnings: if is_other { &[Warning::NotOwner] } else { &[] },
        tag: tag.map(|tag| tag.name).filter(|_| kind == VerdictKind::Tagged),
        free_service_messages_left: free_left(policy, draft, sender, now),
        valid_until: earlier(status.next_change_at, tag.and_then(|tag| tag.ends.filter(|_| tag.holds))),
    }
}

/// What may go out in place of a draft: a template, and beside it a utility message where free text does not leave.
fn alternatives(
    draft: Draft<'_>,
    leaves: Leaves,
    templates: bool,
    direct_send: bool,
) -> &'static [Alternative] {
    match draft {
        Draft::Template => &[],
        _ if !templates => &[],
        Draft::Text if direct_send && leaves != Leaves::Yes => {
            &[Alternative::Template, Alternative::DirectSend]
        }
        _ => &[Alternative::Template],
    }
}

/// How many more texts like this one are free, where the host counts them.
fn free_left(policy: &Policy, draft: Draft<'_>, sender: Sender<'_>, now: Instant) -> Option<u32> {
    let sent = sender.service_messages.filter(|_| draft == Draft::Text)?;
    free_service_messages_left(policy.fields().channel, sent, now)
}

/// A text that is stated to be a utility message.
fn directly(may: bool, templates: bool) -> (VerdictKind, VerdictReason) {
    match (may, templates) {
        (true, _) => (VerdictKind::Allowed, VerdictReason::DirectSend),
        (false, true) => (VerdictKind::TemplateOnly, VerdictReason::DirectSendOff),
        (false, false) => (VerdictKind::Blocked, VerdictReason::DirectSendOff),
    }
}

/// What becomes of what would leave while another responder holds the thread.
fn held_by_other(found: (VerdictKind, VerdictReason), owner: NotOwner) -> (VerdictKind, VerdictReason) {
    match (found.0.consequence().0, owner) {
        (Leaves::No, _) => found,
        (_, NotOwner::Ask) => (VerdictKind::Confirm, VerdictReason::NotOwner),
        (_, NotOwner::Block) => (VerdictKind::Blocked, VerdictReason::NotOwner),
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
    match (status.kind, unknown) {
        (StatusKind::Open | StatusKind::Closing, _) => return (VerdictKind::Allowed, reason),
        (StatusKind::Unknown, Unknown::Ask) => return (VerdictKind::Confirm, reason),
        (StatusKind::Unknown, Unknown::Block) | (StatusKind::Closed, _) => {}
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
    match (status.kind, unknown) {
        _ if tag.holds => (VerdictKind::Tagged, VerdictReason::TagAllowed),
        _ if tag.ends.is_some() => (VerdictKind::Blocked, VerdictReason::TagExpired),
        (StatusKind::Unknown, Unknown::Ask) => (VerdictKind::Confirm, VerdictReason::WindowUnknown),
        _ => (VerdictKind::Blocked, VerdictReason::from(status.reason)),
    }
}
