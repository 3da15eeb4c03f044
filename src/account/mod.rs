//! A WhatsApp channel's set-up: what an administrator types, and what is wrong with it, offline.
//!
//! The fields are those of Microsoft's form for WhatsApp through Twilio
//! (<https://learn.microsoft.com/en-us/dynamics365/customer-service/administer/configure-whatsapp-channel>): an
//! account (name, Account SID, Auth Token, inbound URL) and its numbers (name, account, number, work stream).
//! Nothing here asks Twilio; that is middleware's part.

mod character_scan;
mod credential;
mod finding;
mod kind;
mod name;
mod number;
mod outage;
mod setup;
mod template;
mod url;

pub use finding::{Finding, Mark, Place, RULES, Rule, Severity};
pub use outage::{Outage, Retries, check_outage};
pub use setup::{Channel, Number, Other, Template, check_channel, check_number, signed_url};
