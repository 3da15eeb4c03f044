//! What a caller may ask for instead of a channel's own row: checked, then data like any other. The rows: `channels.rs`.

use super::channels::{AfterClose, MARGIN, OPENS, UNSETTLED, WARNING, row};
use super::kinds::Kinds;
use crate::event::{Channel, Kind};
use crate::time::Span;

/// The fields of a policy, before anybody checked that they make sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyFields {
    /// The channel they are for.
    pub channel: Channel,
    /// Length of the window; none where the channel has no window.
    pub length: Option<Span>,
    /// Closing is judged this much early: a late free text is lost, an early template is only a template.
    pub margin: Span,
    /// How long before closing the window counts as closing.
    pub warning: Span,
    /// What may be sent once it has closed.
    pub after: AfterClose,
    /// So many messages without an answer close the window.
    pub max_unanswered: Option<u32>,
    /// Kinds that open a window.
    pub opens: Kinds,
    /// Kinds that no source settles.
    pub unsettled: Kinds,
    /// Whether the unsettled kinds open a window too.
    pub unsettled_opens: bool,
}

/// Fields that make sense together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy(PolicyFields);

/// Fields that do not make sense, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PolicyError {
    /// The offending field, by its name in the contract.
    pub field: &'static str,
    /// One lower-case sentence.
    pub message: &'static str,
}

impl PolicyError {
    /// Stable code of the error.
    pub const CODE: &'static str = "bad-policy";
}

/// What we do ourselves: it never opens a window, whatever a policy says.
const OWN: Kinds =
    Kinds::of(&[Kind::Echo, Kind::Handover, Kind::Failed, Kind::SessionMessage, Kind::TemplateMessage]);

impl Policy {
    /// The policy of a channel, as its documents have it.
    ///
    /// ```
    /// use reply_window::{event::Channel, session::Policy, time::Span};
    /// assert_eq!(Policy::of(Channel::Tiktok).fields().length, Some(Span::hours(48)));
    /// ```
    #[must_use]
    pub fn of(channel: Channel) -> Self {
        let (_, length, after, max_unanswered, _) = row(channel);
        Policy(PolicyFields {
            channel,
            length: *length,
            margin: MARGIN,
            warning: WARNING,
            after: after.clone(),
            max_unanswered: *max_unanswered,
            opens: OPENS,
            unsettled: UNSETTLED,
            unsettled_opens: false,
        })
    }

    /// A policy of the caller's own.
    ///
    /// ```
    /// use reply_window::{event::Channel, session::{Policy, PolicyFields}, time::Span};
    /// let whatsapp = Policy::of(Channel::Whatsapp).into_fields();
    /// assert!(Policy::new(PolicyFields { margin: Span::ZERO, ..whatsapp.clone() }).is_ok());
    /// let error = Policy::new(PolicyFields { margin: Span::hours(24), ..whatsapp }).unwrap_err();
    /// assert_eq!(error.field, "marginMs");
    /// ```
    ///
    /// # Errors
    /// The first field that makes no sense: a window without length or without anything that opens it, a margin or
    /// a warning as long as the window, a tag that ends before the window does, a limit of no messages, a kind of
    /// our own sends that would open, a kind both opening and unsettled, fields of a window where there is none.
    pub fn new(fields: PolicyFields) -> Result<Self, PolicyError> {
        let checks = sense_checks(&fields);
        match checks.iter().find(|(nonsense, ..)| *nonsense) {
            Some(&(_, field, message)) => Err(PolicyError { field, message }),
            None => Ok(Policy(fields)),
        }
    }

    /// What it says.
    #[must_use]
    pub fn fields(&self) -> &PolicyFields {
        &self.0
    }

    /// What it says, to change it.
    #[must_use]
    pub fn into_fields(self) -> PolicyFields {
        self.0
    }

    /// Whether an event of this kind opens a window.
    #[must_use]
    pub fn opens(&self, kind: Kind) -> bool {
        self.0.opens.contains(kind) || (self.0.unsettled_opens && self.0.unsettled.contains(kind))
    }
}

/// Every sense check: whether it fails, the field, the sentence.
fn sense_checks(fields: &PolicyFields) -> [(bool, &'static str, &'static str); 10] {
    let windowless = fields.length.is_none();
    let at_least_length = |span: Span| fields.length.is_some_and(|length| span >= length);
    let (tag_unnamed, tag_short) = match &fields.after {
        AfterClose::Tag { name, length } => (name.is_empty(), !at_least_length(*length)),
        _ => (false, false),
    };
    [
        (fields.length == Some(Span::ZERO), "lengthMs", "a window must have a length"),
        (at_least_length(fields.margin), "marginMs", "the margin must be shorter than the window"),
        (at_least_length(fields.warning), "warningMs", "the warning must be shorter than the window"),
        (
            windowless && fields.after != AfterClose::Nothing,
            "after",
            "without a window nothing comes after it",
        ),
        (tag_unnamed, "tag.name", "a tag must have a name"),
        (tag_short, "tag.lengthMs", "a tag must last at least as long as the window"),
        (
            fields.max_unanswered.is_some_and(|max| max == 0 || windowless),
            "maxUnanswered",
            "a limit must be at least 1, and needs a window",
        ),
        (
            !fields.opens.is_disjoint(OWN) || (!windowless && fields.opens == Kinds::default()),
            "opens",
            "something of the customer's must open the window, and nothing of ours may",
        ),
        (!fields.unsettled.is_disjoint(OWN), "unsettled", "nothing of ours may open the window"),
        (
            !fields.unsettled.is_disjoint(fields.opens),
            "unsettled",
            "a kind cannot be both opening and unsettled",
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::channels::ROWS;

    #[test]
    fn every_kind_has_a_bit_of_its_own() {
        assert!(Kind::NAMES.len() <= 32);
        let all: Kinds = Kind::NAMES.iter().map(|(_, kind)| *kind).collect();
        assert_eq!(all.iter().count(), Kind::NAMES.len());
    }

    #[test]
    fn every_channel_has_one_row_and_it_makes_sense() {
        for (name, channel) in Channel::NAMES {
            assert_eq!(ROWS.iter().filter(|row| row.0 == *channel).count(), 1, "{name}");
            let policy = Policy::of(*channel);
            assert_eq!(policy.fields().channel, *channel);
            assert_eq!(Policy::new(policy.clone().into_fields()), Ok(policy), "{name}");
        }
    }

    #[test]
    fn the_classes_of_kinds_follow_the_order_of_merging_on_every_channel() {
        let mut kinds: Vec<Kind> = Kind::NAMES.iter().map(|(_, kind)| *kind).collect();
        kinds.sort();
        for (channel, of) in Channel::NAMES {
            let PolicyFields { opens, unsettled, .. } = Policy::of(*of).into_fields();
            let class = |kind| usize::from(unsettled.contains(kind)) + 2 * usize::from(opens.contains(kind));
            for pair in kinds.windows(2) {
                let [less, more] = [pair[0], pair[1]];
                assert!(
                    class(less) <= class(more),
                    "{channel}: {} opens more than {}, which stands behind it in the order of merging",
                    less.name(),
                    more.name()
                );
            }
        }
    }
}
