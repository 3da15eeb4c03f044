//! What each channel's documents say: the rows from which policies are made.

use super::kinds::Kinds;
use crate::dated::{Dated, Day, READ, READ_ANEW, Rule};
use crate::event::{Channel, Kind};
use crate::time::Span;
use std::borrow::Cow;

/// What may be sent once the window has closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AfterClose {
    /// Nothing until the customer writes.
    Nothing,
    /// A template that the provider approved.
    Template,
    /// A message that carries this tag, for a longer while.
    Tag {
        /// The tag's name, such as `human-agent`.
        name: Cow<'static, str>,
        /// How long after the customer's event it may be used; more than the window's own length.
        length: Span,
    },
    /// A message that is charged for.
    Paid,
}

/// Inbound messages, tap-replies and calls, answered or not:
/// <https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages>,
/// <https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/pricing>.
pub(super) const OPENS: Kinds = Kinds::of(&[
    Kind::Text,
    Kind::Image,
    Kind::Audio,
    Kind::Video,
    Kind::Document,
    Kind::Sticker,
    Kind::Location,
    Kind::Contacts,
    Kind::Order,
    Kind::Button,
    Kind::ListReply,
    Kind::FlowReply,
    Kind::Call,
    Kind::CallAccepted,
]);

/// No source says whether these open; a false "closed" costs a template, a false "open" a lost message.
pub(super) const UNSETTLED: Kinds =
    Kinds::of(&[Kind::Reaction, Kind::Edit, Kind::Delete, Kind::Unsupported, Kind::CallPermission]);

pub(super) const MARGIN: Span = Span::minutes(1);
pub(super) const WARNING: Span = Span::minutes(60);

/// Channel, length of the window, what may follow it, messages without an answer, what it rests on.
pub(super) type Row = (Channel, Option<Span>, AfterClose, Option<u32>, Dated);

/// Seven days for answers written by a person.
const HUMAN_AGENT: AfterClose =
    AfterClose::Tag { name: Cow::Borrowed("human-agent"), length: Span::hours(7 * 24) };

const DAY: Option<Span> = Some(Span::hours(24));
const TWO_DAYS: Option<Span> = Some(Span::hours(48));

const fn read(source: &'static str) -> Dated {
    Dated::new(source, READ)
}

macro_rules! meta {
    ($page:literal) => {
        concat!("https://developers.facebook.com/documentation/business-messaging/", $page)
    };
}

pub(super) static ROWS: [Row; 9] = [
    (
        Channel::Whatsapp,
        DAY,
        AfterClose::Template,
        None,
        Dated::new(meta!("whatsapp/messages/send-messages"), READ_ANEW),
    ),
    // The seven days after a click on an ad are left out: no webhook proves them.
    (
        Channel::Messenger,
        DAY,
        HUMAN_AGENT,
        None,
        read(meta!("messenger-platform/policy/")).since(Day::of(2026, 9, 28)),
    ),
    (Channel::Instagram, DAY, HUMAN_AGENT, None, read(meta!("messenger-platform/policy/"))),
    // https://www.infobip.com/docs/tiktok/message-types says the same.
    (
        Channel::Tiktok,
        TWO_DAYS,
        AfterClose::Nothing,
        Some(10),
        read("https://respond.io/help/tiktok/tiktok-overview"),
    ),
    (
        Channel::Wechat,
        TWO_DAYS,
        AfterClose::Template,
        Some(5),
        read(
            "https://developers.weixin.qq.com/miniprogram/en/dev/framework/open-ability/customer-message/send.html",
        ),
    ),
    // An older text says 12 h and 60 messages.
    (
        Channel::Viber,
        DAY,
        AfterClose::Paid,
        Some(5),
        read("https://www.infobip.com/docs/viber/compliance-guidelines"),
    ),
    // Push messages at any time, charged against the plan.
    (Channel::Line, None, AfterClose::Nothing, None, read("https://developers.line.biz")),
    (Channel::Telegram, None, AfterClose::Nothing, None, read("https://core.telegram.org/bots/faq")),
    // An opt-out ends it (21610), no clock does.
    (Channel::Sms, None, AfterClose::Nothing, None, read("https://www.twilio.com/docs/api/errors")),
];

/// What the kinds rest on, each class in a row.
const KINDS: [(&str, Dated); 3] = [
    ("messages", Dated::new(meta!("whatsapp/messages/send-messages"), READ_ANEW)),
    ("calls", read(meta!("whatsapp/calling/pricing"))),
    ("unsettled", read(meta!("whatsapp/webhooks/reference/messages/unsupported"))),
];

/// The rows, each with what it rests on.
pub(super) fn rules() -> impl Iterator<Item = Rule> {
    let windows = ROWS.iter().map(|row| Rule { name: "window", row: row.0.name(), dated: row.4 });
    windows.chain(KINDS.map(|(row, dated)| Rule { name: "opens", row, dated }))
}

/// The row of a channel.
pub(super) fn row(channel: Channel) -> &'static Row {
    let [first, ..] = &ROWS;
    ROWS.iter().find(|row| row.0 == channel).unwrap_or(first)
}
