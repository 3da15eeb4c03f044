//! Meta's Cloud API for WhatsApp.

mod call;
pub mod inbound;
mod message;
pub mod send;
pub mod signature;
pub mod template;
pub mod template_event;
