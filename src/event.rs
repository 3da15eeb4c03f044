//! The words in which floor 0 speaks of what happened: what an inbound webhook becomes.
//!
//! Whether a kind opens a window is *not* said here: that is data of a session policy. What is fixed here is the
//! order of the kinds, because merging two accounts of the same event takes the lesser one.

use crate::time::Instant;

/// Through whom a business sends: whose webhooks, templates and error codes they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the providers' own")]
pub enum Provider {
    Twilio,
    Meta,
}

/// A messaging channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are the channels' own")]
pub enum Channel {
    Whatsapp,
    Messenger,
    Instagram,
    Tiktok,
    Wechat,
    Viber,
    Line,
    Telegram,
    Sms,
}

/// What happened, from the kind that opens least to the kind that opens most.
///
/// INVARIANT: the order of the variants is the order of merging (never, then unsettled, then opens), on every channel. A new
/// kind is added inside its group; one that opens on some channels alone is the first of those that open, and unsettled on the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are the providers' own")]
pub enum Kind {
    Unknown,
    System,
    Echo,
    Preference,
    /// The customer wants no marketing from us.
    OptOut,
    /// The customer takes marketing from us, again.
    OptIn,
    CallDeclined,
    /// A thread passed to another responder, or taken from one.
    Handover,
    /// A send of ours that the provider did not deliver.
    Failed,
    /// A session message of ours.
    SessionMessage,
    /// A template of ours.
    TemplateMessage,
    Reaction,
    Edit,
    Delete,
    Unsupported,
    CallPermission,
    Text,
    Image,
    Audio,
    Video,
    Document,
    Sticker,
    Location,
    Contacts,
    Order,
    Button,
    ListReply,
    FlowReply,
    Call,
    CallAccepted,
}

/// Which of a window's five maps a record belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Log {
    /// What the customer did.
    Customer,
    /// Sends that the provider refused as out of session.
    Refused,
    /// What we sent; kept where a policy limits messages without an answer.
    Sent,
    /// What else tells who holds the thread: handovers, and sends of ours that only its owner gets through.
    Thread,
    /// What is known of whether the customer wants marketing.
    Marketing,
}

/// How it is known whether a customer wants marketing.
///
/// INVARIANT: the order of merging, and of two words at one instant the later in this order counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ToldBy {
    /// The provider refused marketing for that reason.
    Refusal,
    /// The customer's message was nothing but a word for it.
    Words,
    /// The provider took the customer's message for it (Twilio's `OptOutType`).
    Keyword,
    /// The customer chose so in WhatsApp's settings.
    Settings,
    /// The desktop says so.
    Desktop,
}

/// The part that a responder plays where several share an account: Meta's words. Untold is least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are the provider's own")]
pub enum Role {
    /// Nobody told, or in a word that is not known.
    Untold,
    AiAgent,
    Ctwa,
    CustomerService,
    Escalation,
    Marketing,
    Utility,
}

/// Who held the thread between our number and a user when something happened.
///
/// INVARIANT: the order of merging. Where two accounts of one event differ, another holds it: that costs a question, the
/// opposite a lost message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// We.
    Us,
    /// Another responder.
    Other(Role),
}

/// Who the customer is. At least one field is present; a group excludes the others.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    /// E.164 with a leading plus.
    pub phone: Option<String>,
    /// Business-scoped user id, `NL.7203944817265509`.
    pub bsuid: Option<String>,
    /// The parent form of a business-scoped user id, `US.ENT.…`.
    pub parent_bsuid: Option<String>,
    /// The name the customer chose, without `@`.
    pub username: Option<String>,
    /// A group's id.
    pub group: Option<String>,
}

/// Up to three clocks' word for when something happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Times {
    /// The provider's time. For a send of ours: when it was handed over.
    pub provider: Option<Instant>,
    /// When our own server received it.
    pub receipt: Option<Instant>,
    /// When the desktop saw it.
    pub desktop: Option<Instant>,
}

/// One thing that happened in one window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The provider's id of the message or call.
    pub id: String,
    /// Which map it belongs to.
    pub log: Log,
    /// What it was.
    pub kind: Kind,
    /// When it was.
    pub times: Times,
    /// Who held the thread then, where it tells.
    pub owner: Option<Owner>,
    /// In the map of marketing, how it is known.
    pub told_by: Option<ToldBy>,
    /// The channel it came through.
    pub channel: Channel,
    /// Our own address on the channel.
    pub business: String,
    /// Whose window it touches.
    pub customer: Identity,
}

/// Name and value, in the order of the contract; the one place where kinds are spelt.
macro_rules! names {
    ($type:ident { $($variant:ident = $name:literal),+ $(,)? }) => {
        impl $type {
            /// Every value with the name it has in the contract.
            pub const NAMES: &'static [(&'static str, $type)] = &[$(($name, $type::$variant)),+];

            /// The name in the contract.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $($type::$variant => $name),+ }
            }

            /// The value of that name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::NAMES.iter().find(|(n, _)| *n == name).map(|(_, value)| *value)
            }
        }
    };
}
#[allow(unused_imports, reason = "floor 0 modules spell their own names with it")]
pub(crate) use names;

names!(Provider { Twilio = "twilio", Meta = "meta" });

names!(Channel {
    Whatsapp = "whatsapp", Messenger = "messenger", Instagram = "instagram", Tiktok = "tiktok",
    Wechat = "wechat", Viber = "viber", Line = "line", Telegram = "telegram", Sms = "sms",
});

names!(Kind {
    Unknown = "unknown", System = "system", Echo = "echo", Preference = "preference",
    OptOut = "opt-out", OptIn = "opt-in",
    CallDeclined = "call-declined", Handover = "handover", Failed = "failed",
    SessionMessage = "session-message", TemplateMessage = "template-message",
    Reaction = "reaction", Edit = "edit", Delete = "delete", Unsupported = "unsupported",
    CallPermission = "call-permission",
    Text = "text", Image = "image", Audio = "audio", Video = "video", Document = "document",
    Sticker = "sticker", Location = "location", Contacts = "contacts", Order = "order",
    Button = "button", ListReply = "list-reply", FlowReply = "flow-reply",
    Call = "call", CallAccepted = "call-accepted",
});

names!(Log {
    Customer = "customer", Refused = "refused", Sent = "sent", Thread = "thread", Marketing = "marketing",
});

names!(ToldBy {
    Refusal = "refusal", Words = "words", Keyword = "keyword", Settings = "settings", Desktop = "desktop",
});

names!(Role {
    Untold = "untold", AiAgent = "ai-agent", Ctwa = "ctwa", CustomerService = "customer-service",
    Escalation = "escalation", Marketing = "marketing", Utility = "utility",
});
