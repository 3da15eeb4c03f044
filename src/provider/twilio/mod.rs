//! Twilio: Programmable Messaging, Conversations, Event Streams and the Content API.

pub mod approval;
mod body_hash;
mod conversations;
pub mod diagnosis;
pub mod form;
pub mod history;
mod messaging_webhook;
mod parameters;
mod settings;
pub mod shape;
pub mod sign;
pub mod signature;
mod spelling;
pub mod streams;
pub mod template;
pub mod url;
