//! Meta's Cloud API for WhatsApp.

mod call;
mod handover;
mod message;
mod preference;
pub mod send;
mod sent;
pub mod signature;
mod system;
pub mod template;
pub mod template_event;
pub mod webhook;
