//! Who is meant: addresses as webhooks, forms and people write them.

pub mod key;
mod link;
pub mod numbers;
pub mod parse;
mod renumbered;
mod renumbering;
pub mod strict;
pub mod whatsapp;
