//! The closed sets of words in which templates are described.

use crate::event::names;

/// How Meta's placeholders are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `{{1}}`, counted anew in every component.
    Positional,
    /// `{{first_name}}`, one name for the whole template.
    Named,
}
names!(Format { Positional = "positional", Named = "named" });

/// Approval status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the providers' own")]
pub enum Status {
    Approved,
    Unsubmitted,
    Received,
    Pending,
    Rejected,
    Paused,
    Disabled,
    InAppeal,
    LimitExceeded,
    Locked,
    Flagged,
    Reinstated,
    PendingDeletion,
    Deleted,
    Archived,
    /// Not told, or a word that no document lists.
    Unknown,
}
names!(Status {
    Approved = "approved", Unsubmitted = "unsubmitted", Received = "received", Pending = "pending",
    Rejected = "rejected", Paused = "paused", Disabled = "disabled", InAppeal = "in-appeal",
    LimitExceeded = "limit-exceeded", Locked = "locked", Flagged = "flagged", Reinstated = "reinstated",
    PendingDeletion = "pending-deletion", Deleted = "deleted", Archived = "archived", Unknown = "unknown",
});

impl Status {
    /// Whether it may be sent outside a window: approved, approved again after it was disabled, or approved with a warning
    /// of its quality.
    #[must_use]
    pub const fn is_sendable(self) -> bool {
        matches!(self, Status::Approved | Status::Reinstated | Status::Flagged)
    }
}

/// Category, which decides price and who may receive it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the providers' own")]
pub enum Category {
    Utility,
    Marketing,
    Authentication,
    Unknown,
}
names!(Category {
    Utility = "utility", Marketing = "marketing", Authentication = "authentication", Unknown = "unknown",
});

/// What stands above the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum HeaderKind {
    Text,
    Image,
    Video,
    Document,
    Location,
    /// A file whose kind the template does not tell.
    Media,
}
names!(HeaderKind {
    Text = "text", Image = "image", Video = "video", Document = "document", Location = "location", Media = "media",
});

/// What a button does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum ButtonKind {
    QuickReply,
    Url,
    Phone,
    CopyCode,
    Call,
    Flow,
    List,
    Catalog,
    Other,
}
names!(ButtonKind {
    QuickReply = "quick-reply", Url = "url", Phone = "phone", CopyCode = "copy-code", Call = "call",
    Flow = "flow", List = "list", Catalog = "catalog", Other = "other",
});
