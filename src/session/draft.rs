//! What somebody is about to send, and what the sender can do.

use crate::event::names;

/// What somebody is about to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draft<'a> {
    /// Free text or media: a session message.
    Text,
    /// An approved template.
    Template,
    /// A message that carries this tag.
    Tagged(&'a str),
    /// A text that goes out as a utility message without a template (WhatsApp's Direct Send), because whoever sends it
    /// states that it is one.
    DirectSend,
}

/// What becomes of free text in a window of which nothing is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unknown {
    /// A person is asked before each send.
    #[default]
    Ask,
    /// It is locked as in a closed window.
    Block,
}

names!(Unknown { Ask = "ask", Block = "block" });

/// What becomes of free text while another responder holds the thread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NotOwner {
    /// A person is asked before each send.
    #[default]
    Ask,
    /// It is locked, whoever says yes.
    Block,
}

names!(NotOwner { Ask = "ask", Block = "block" });

/// What the sender can do, and what a person said to this one send.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sender<'a> {
    /// Tags that it can put on a message.
    pub tags: &'a [&'a str],
    /// What becomes of free text in an unknown window.
    pub unknown: Unknown,
    /// What becomes of free text while another responder holds the thread.
    pub owner: NotOwner,
    /// Whether it may send a utility message without a template.
    pub direct_send: bool,
    /// Messages in the window that our number has sent this month, where they are counted.
    pub service_messages: Option<u32>,
    /// The reason of a verdict (`VerdictReason::name`) that a person was shown and said yes to.
    pub confirmed: Option<&'a str>,
}
