//! What a webhook becomes.

use crate::event::{Event, Identity, Kind, Provider, names};
use crate::time::Instant;

/// Which interface sent the payload.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the providers' own")]
pub enum Source {
    TwilioMessaging,
    TwilioStatus,
    TwilioConversations,
    TwilioEvents,
    Meta,
    #[default]
    Unknown,
}

names!(Source {
    TwilioMessaging = "twilio-messaging", TwilioStatus = "twilio-status",
    TwilioConversations = "twilio-conversations", TwilioEvents = "twilio-events",
    Meta = "meta", Unknown = "unknown",
});

/// What the payload cannot say and the receiver knows.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// When the webhook was received.
    pub receipt: Option<Instant>,
    /// Our own address, for payloads that do not name it (Conversations).
    pub business: Option<String>,
    /// The customer, for payloads that do not name one (delivery states of Conversations).
    pub customer: Option<Identity>,
}

/// A file that came with a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the providers' own")]
pub struct Media {
    pub url: Option<String>,
    pub id: Option<String>,
    pub content_type: Option<String>,
    pub filename: Option<String>,
}

/// A place that the customer shared.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names are the providers' own")]
pub struct Location {
    pub latitude: f64,
    pub longitude: f64,
    pub label: Option<String>,
    pub address: Option<String>,
}

/// A button that the customer tapped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the providers' own")]
pub struct Button {
    pub text: Option<String>,
    pub payload: Option<String>,
}

/// A row that the customer picked from a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the providers' own")]
pub struct ListReply {
    pub id: Option<String>,
    pub title: Option<String>,
    pub description: Option<String>,
}

/// The advertisement that the customer came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the providers' own")]
pub struct Referral {
    pub source_id: Option<String>,
    pub source_type: Option<String>,
    pub source_url: Option<String>,
    pub headline: Option<String>,
    pub body: Option<String>,
    pub click_id: Option<String>,
    pub media_url: Option<String>,
    pub media_type: Option<String>,
}

/// A message, the customer's or (in Conversations) one of ours.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Message {
    /// The provider's id.
    pub id: String,
    /// What it is; absent means unknown.
    pub kind: Option<Kind>,
    /// The provider's word for the kind; empty if it gave none.
    pub provider_kind: String,
    /// The customer; empty for a message of ours.
    pub from: Identity,
    /// The sender as the provider spells it.
    pub author: Option<String>,
    /// Whether we sent it.
    pub ours: bool,
    /// Our own address, if the payload names it.
    pub to: Option<String>,
    /// The group in which it was written.
    pub group: Option<String>,
    /// The text.
    pub text: Option<String>,
    /// The customer's name.
    pub profile_name: Option<String>,
    /// Files.
    pub media: Vec<Media>,
    /// A tapped button.
    pub button: Option<Button>,
    /// A picked row.
    pub list: Option<ListReply>,
    /// The answers of a flow: the provider's JSON text.
    pub flow: Option<String>,
    /// A shared place.
    pub location: Option<Location>,
    /// The id of the message that this one answers, reacts to, edits or deletes.
    pub replied_to: Option<String>,
    /// Forwarded once, or many times.
    pub forwarded: Option<&'static str>,
    /// Where the customer came from.
    pub referral: Option<Referral>,
    /// The provider's time.
    pub at: Option<Instant>,
    /// Parameters that no table names, carried as they are.
    pub extra: Vec<(String, String)>,
}

/// How far a message of ours got.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the providers' own")]
pub enum Delivery {
    Queued,
    Sent,
    Delivered,
    Read,
    Undelivered,
    Failed,
    /// Taken back before it was handed over.
    Canceled,
    /// To some of several recipients.
    PartiallyDelivered,
    #[default]
    Unknown,
}

names!(Delivery {
    Queued = "queued", Sent = "sent", Delivered = "delivered", Read = "read",
    Undelivered = "undelivered", Failed = "failed", Canceled = "canceled",
    PartiallyDelivered = "partially-delivered", Unknown = "unknown",
});

/// The state of a message of ours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// The provider's id of the message.
    pub id: String,
    /// The id on the channel, where Conversations names both.
    pub channel_id: Option<String>,
    /// How far it got.
    pub delivery: Delivery,
    /// The provider's error code.
    pub error: Option<u32>,
    /// Our own address, if known.
    pub business: Option<String>,
    /// The customer; empty if unknown.
    pub customer: Identity,
    /// The provider's time of this state.
    pub at: Option<Instant>,
    /// What it costs, in the provider's words.
    pub pricing: Option<Pricing>,
    /// Until when all that is sent is free because the customer came from an advertisement. It is price only.
    pub free_entry_point_until: Option<Instant>,
    /// The template that the provider made for a message that was sent without one (Direct Send).
    pub template_id: Option<String>,
}

/// What a message of ours costs; words in lower-case kebab-case, known or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the provider's own")]
pub struct Pricing {
    pub kind: Option<String>,
    pub category: Option<String>,
    pub model: Option<String>,
    pub billable: Option<bool>,
}

/// A thread that was passed to another responder, or taken from one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handover {
    /// Our own address.
    pub business: Option<String>,
    /// Whose thread.
    pub customer: Identity,
    /// `control-passed` (to us) or `control-taken` (from us).
    pub change: &'static str,
    /// Who held it, in the provider's word in lower-case kebab-case.
    pub previous_role: Option<String>,
    /// Who holds it, in the same form.
    pub new_role: Option<String>,
    /// What the former owner said to the new one.
    pub metadata: Option<String>,
    /// The provider's time.
    pub at: Option<Instant>,
}

/// A customer who is now known by another number or user id.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct IdentityChange {
    pub business: Option<String>,
    pub from: Identity,
    pub to: Identity,
    pub at: Option<Instant>,
}

/// What a customer wants to receive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preference {
    /// Our own address, if the payload names it.
    pub business: Option<String>,
    /// The customer.
    pub customer: Identity,
    /// `marketing_messages`.
    pub category: String,
    /// `stop` or `resume`.
    pub value: String,
    /// The provider's time.
    pub at: Option<Instant>,
}

/// A change of a template at the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateUpdate {
    /// Content SID, or Meta's id.
    pub id: String,
    /// Whose it is.
    pub source: Provider,
    /// Its name.
    pub name: Option<String>,
    /// Its language, as the provider writes it.
    pub language: Option<String>,
    /// What changed: `status`, `category` or `quality`.
    pub change: &'static str,
    /// What it was, in lower-case kebab-case.
    pub previous: Option<String>,
    /// What it is, in lower-case kebab-case.
    pub current: String,
    /// The provider's word for the reason.
    pub reason: Option<String>,
    /// The provider's sentence.
    pub detail: Option<String>,
    /// The provider's time.
    pub at: Option<Instant>,
}

/// Something that could not be taken, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Stable, kebab-case.
    pub code: &'static str,
    /// Where in the payload.
    pub path: String,
    /// One lower-case sentence.
    pub message: &'static str,
    /// The message concerned.
    pub id: Option<String>,
}

/// Why a form looks as if it was cut anew under its signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suspicion {
    /// `shape-broken`, `values-disagree`, `ids-disagree` or `customers-differ`.
    pub code: &'static str,
    /// The parameter.
    pub path: &'static str,
}

/// All that a payload says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inbound {
    /// Who sent it.
    pub source: Source,
    /// For the windows.
    pub events: Vec<Event>,
    /// For the eye.
    pub messages: Vec<Message>,
    /// For our own messages.
    pub statuses: Vec<Status>,
    /// For the templates.
    pub template_updates: Vec<TemplateUpdate>,
    /// For the contact book.
    pub identity_changes: Vec<IdentityChange>,
    /// For marketing.
    pub preferences: Vec<Preference>,
    /// For whoever shares a number with other responders.
    pub handovers: Vec<Handover>,
    /// What could not be taken.
    pub problems: Vec<Problem>,
    /// What is odd about a form; JSON is signed by its hash and cannot be cut anew.
    pub suspicions: Vec<Suspicion>,
}
