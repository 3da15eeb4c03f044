//! What providers say and want to hear, in their own words: webhooks and their signatures, pages of templates, sends.
//!
//! A provider is a folder. What it tells becomes the types of [`inbound`] and of [`crate::template`]. Nothing is looked
//! up and nothing is sent: keys, address, body and the time of receipt are parameters.

mod address;
pub mod dataverse;
pub mod dataverse_parties;
pub mod dataverse_templates;
mod dispatch;
pub mod import;
pub mod inbound;
pub mod meta;
mod recording;
pub mod template_change;
pub mod twilio;
pub mod whatsapp;

pub use dispatch::{parse_json, template_changes};
