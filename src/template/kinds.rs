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

/// Approval status. Only `Approved` may be sent outside a window.
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
