//! Meta's Cloud API for WhatsApp.

mod call;
pub mod inbound;
mod message;
pub mod send;
pub mod signature;
mod system;
pub mod template;
pub mod template_event;
