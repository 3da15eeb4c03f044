//! The session rule: may free text go out now, and until when?
//!
//! In words. A customer's message, tap-reply or call opens a *reply window* between that customer and one business
//! number; each further one starts it again in full. Nothing that the business does opens it: no send, no template,
//! no receipt. While it is open, free text may be sent; after it, only what the channel allows (WhatsApp: a
//! template). A refusal of the provider wins over the clock, until the customer writes again.
//!
//! | module | what |
//! |---|---|
//! | [`policy`] | lengths, limits and what opens: data, one row per channel |
//! | [`window`] | the evidence about one window, and its merge |
//! | [`receipt`] | what is done to evidence once, when it is received |
//! | [`mod@status`] | what that evidence says at an instant |
//! | [`marketing`] | whether the customer wants marketing: the latest word of theirs |
//! | [`thread`] | who holds the thread: whether we may answer, beside whether the window is open |
//! | [`draft`] | what somebody is about to send, and what the sender can do |
//! | [`book`] | many windows that stay, and which of them stand otherwise now |
//! | [`verdict`] | what that means for something about to be sent: the one table of what leaves and what locks |
//!
//! Evidence is never thrown away by a merge and `now` never enters one, so retries, duplicates, late or reordered
//! webhooks, tabs and reloads cannot change an answer. `now` is a parameter of the question.
//!
//! ```
//! use reply_window::event::{Channel, Kind, Log, Times};
//! use reply_window::session::{Draft, Entry, Leaves, StatusKind, Policy, Record, Sender, VerdictKind, Window, judge, status};
//! use reply_window::time::{Instant, Span};
//!
//! # fn main() -> Result<(), reply_window::time::TimeError> {
//! let wrote = Instant::parse("2026-11-23T10:00:00Z")?;
//! let text = Record { kind: Kind::Text, times: Times { provider: Some(wrote), ..Times::default() }, owner: None, told_by: None };
//! let window = Window::fold([Entry { log: Log::Customer, id: "wamid.1".into(), record: text }]);
//! let policy = Policy::of(Channel::Whatsapp);
//!
//! let evening = Instant::parse("2026-11-23T20:00:00Z")?;
//! let then = status(&window, &policy, evening, None);
//! assert_eq!(then.kind, StatusKind::Open);
//! assert_eq!(then.closes_at, Some(Instant::parse("2026-11-24T09:59:00Z")?)); // a minute early, on purpose
//!
//! let next_day = Instant::parse("2026-11-24T11:00:00Z")?;
//! let then = status(&window, &policy, next_day, None);
//! assert_eq!(then.kind, StatusKind::Closed);
//! let free_text = judge(&then, &policy, next_day, Draft::Text, Sender::default());
//! assert_eq!((free_text.kind, free_text.leaves), (VerdictKind::TemplateOnly, Leaves::No));
//! assert!(free_text.locks_composer);
//! # Ok(())
//! # }
//! ```
//!
//! Sources: [WhatsApp's customer service windows][send] (what opens, 24 hours), [calls][call] (answered or not),
//! [groups][group] (a window of their own), [error 131047][meta] and [error 63016][twilio] (a refusal, worded per
//! sending number). The boundary instant itself is documented nowhere; the interval here is half-open.
//!
//! [send]: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages#customer-service-windows
//! [call]: https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/pricing
//! [group]: https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/pricing
//! [meta]: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
//! [twilio]: https://www.twilio.com/docs/api/errors/63016

pub mod book;
mod channels;
pub mod draft;
mod kinds;
pub mod marketing;
pub mod policy;
mod price;
pub mod receipt;
pub mod status;
mod tag;
pub mod thread;
pub mod verdict;
pub mod window;

/// Every row of the rules of this module, with what it rests on.
pub fn rules() -> impl Iterator<Item = crate::dated::Rule> {
    channels::rules().chain(price::RULES)
}

pub use channels::AfterClose;
pub use draft::{Draft, NotOwner, Sender, Unknown};
pub use kinds::Kinds;
pub use marketing::Marketing;
pub use policy::{Policy, PolicyError, PolicyFields};
pub use status::{Evidence, Ignored, Status, StatusKind, StatusReason, Why, status};
pub use thread::{Holder, Thread};
pub use verdict::{Alternative, Leaves, Verdict, VerdictKind, VerdictReason, Warning, judge};
pub use window::{Clock, Entry, Record, Window};
