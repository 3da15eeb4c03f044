//! Inbound webhooks: whether the provider really sent them, and what they say.
//!
//! [`signature`] decides the first question from the raw bytes of the request, [`inbound`] the second. Nothing is
//! looked up and nothing is sent: keys, address, body and the time of receipt are parameters.

mod arena;
pub mod diagnosis;
mod encode;
pub mod errors;
pub mod form;
pub mod hash;
pub mod inbound;
pub mod key;
pub mod meta;
mod rank;
pub mod refusal;
pub mod secret;
mod settings;
pub mod signature;
mod spelling;
pub mod url;
mod urlencoded;
