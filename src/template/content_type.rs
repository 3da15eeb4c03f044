//! The content types: where their texts live, and when they may be sent on WhatsApp.
//!
//! Sources: <https://www.twilio.com/docs/content/content-types-overview> and its pages, and Twilio's
//! `twilio_content_v1.yaml` (14 April 2026). Where pages disagree (call-to-action) or are silent (card, catalog,
//! flows) about sending without approval in an open window, the answer here is no: the agent can type instead.

use super::kinds::{ButtonKind, HeaderKind};
use crate::dated::{Dated, READ, READ_ANEW, Rule};
use crate::event::Channel::{self, Messenger, Sms, Whatsapp};

/// A content type.
#[derive(Debug)]
pub struct ContentType {
    /// Its name in `types`.
    pub name: &'static str,
    /// Whether it may be sent in an open WhatsApp window without approval.
    pub in_session: bool,
    /// Whether it may be submitted for approval, and so be sent at any time.
    pub approvable: bool,
    /// Channels that take it.
    pub channels: &'static [Channel],
    /// Field of the header text, where it is not that of the body.
    pub header: Option<&'static str>,
    /// Fields of the body; the first that is present counts.
    pub body: &'static [&'static str],
    /// Field of the footer.
    pub footer: Option<&'static str>,
    /// Field of the media address.
    pub media: Option<&'static str>,
    /// Field that is the title of a single button.
    pub button: Option<(ButtonKind, &'static str)>,
    /// Field of the cards, rows or items.
    pub cards: Option<&'static str>,
    /// Fields without which the provider would not have taken it.
    pub required: &'static [&'static str],
    /// Names that stand in no text.
    pub implied: &'static [&'static str],
    /// What the row rests on.
    pub dated: Dated,
}

#[rustfmt::skip]
const BASE: ContentType = ContentType {
    name: "",
    in_session: false,
    approvable: true,
    channels: &[Whatsapp],
    header: None,
    body: &["body"],
    footer: None,
    media: None,
    button: None,
    cards: None,
    required: &["body"],
    implied: &[],
    dated: Dated::new("https://www.twilio.com/docs/content/content-types-overview", READ),
};

/// Meta's own.
const OF_META: Dated = Dated::new(
    "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components",
    READ_ANEW,
);

/// From the plainest to the richest, in the order in which Twilio chooses among several; the last are Meta's own.
#[rustfmt::skip]
pub const CONTENT_TYPES: &[ContentType] = &[
    ContentType {
        name: "twilio/schedule",
        approvable: false,
        channels: &[],
        header: Some("title"),
        required: &["id", "title"],
        ..BASE
    },
    ContentType { name: "twilio/text", in_session: true, channels: &[Whatsapp, Messenger, Sms], ..BASE },
    ContentType {
        name: "twilio/media",
        in_session: true,
        channels: &[Whatsapp, Messenger],
        media: Some("media"),
        required: &["media"],
        ..BASE
    },
    ContentType {
        name: "twilio/location",
        in_session: true,
        approvable: false,
        header: Some("label"),
        body: &["address"],
        required: &["latitude", "longitude"],
        ..BASE
    },
    ContentType {
        name: "twilio/quick-reply",
        in_session: true,
        channels: &[Whatsapp, Messenger],
        required: &["body", "actions"],
        ..BASE
    },
    ContentType {
        name: "twilio/call-to-action",
        channels: &[Whatsapp, Messenger],
        required: &["body", "actions"],
        ..BASE
    },
    ContentType {
        name: "twilio/list-picker",
        in_session: true,
        approvable: false,
        button: Some((ButtonKind::List, "button")),
        cards: Some("items"),
        required: &["body", "button", "items"],
        ..BASE
    },
    ContentType {
        name: "twilio/card",
        channels: &[Whatsapp, Messenger],
        header: Some("title"),
        body: &["body", "title"],
        footer: Some("subtitle"),
        media: Some("media"),
        required: &[],
        ..BASE
    },
    ContentType {
        name: "twilio/carousel",
        header: Some("title"),
        cards: Some("cards"),
        required: &["body", "cards"],
        ..BASE
    },
    ContentType {
        name: "twilio/catalog",
        header: Some("title"),
        footer: Some("subtitle"),
        cards: Some("items"),
        ..BASE
    },
    ContentType { name: "twilio/pay", required: &[], ..BASE },
    ContentType {
        name: "twilio/flows",
        footer: Some("subtitle"),
        media: Some("media_url"),
        button: Some((ButtonKind::Flow, "button_text")),
        required: &["body", "button_text"],
        ..BASE
    },
    ContentType {
        name: "whatsapp/card",
        header: Some("header_text"),
        footer: Some("footer"),
        media: Some("media"),
        ..BASE
    },
    ContentType {
        name: "whatsapp/flows",
        footer: Some("subtitle"),
        media: Some("media_url"),
        button: Some((ButtonKind::Flow, "button_text")),
        required: &["body", "button_text", "flow_id"],
        ..BASE
    },
    // It has no text of its own: the code is variable 1.
    ContentType {
        name: "whatsapp/authentication",
        body: &[],
        required: &["actions"],
        implied: &["1"],
        ..BASE
    },
    ContentType { name: META, dated: OF_META, ..BASE },
    ContentType { name: META_CAROUSEL, dated: OF_META, ..BASE },
    ContentType { name: META_OFFER, dated: OF_META, ..BASE },
    ContentType { name: META_PRODUCTS, dated: OF_META, ..BASE },
];

/// The name under which Meta's templates stand in the table.
pub const META: &str = "meta/template";
/// Meta's templates with cards.
pub const META_CAROUSEL: &str = "meta/carousel";
/// Meta's templates with a limited-time offer.
pub const META_OFFER: &str = "meta/limited-time-offer";

/// Meta's templates that are filled with products or an order.
pub const META_PRODUCTS: &str = "meta/products";

/// The rows, each with what it rests on.
pub fn rules() -> impl Iterator<Item = Rule> {
    CONTENT_TYPES.iter().map(|row| Rule { name: "content-type", row: row.name, dated: row.dated })
}

/// The row of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static ContentType> {
    CONTENT_TYPES.iter().find(|row| row.name == name)
}

/// The one that WhatsApp renders: the type that was approved, else the richest that WhatsApp takes, else the last
/// of the richest at all.
#[must_use]
pub fn rendered<'t>(types: &'t [String], approved: Option<&str>) -> Option<&'t String> {
    let rank = |name: &String| {
        let row = CONTENT_TYPES.iter().position(|row| row.name == name);
        let fits =
            row.and_then(|at| CONTENT_TYPES.get(at)).is_some_and(|row| row.channels.contains(&Whatsapp));
        (Some(name.as_str()) == approved && row.is_some(), fits, row)
    };
    types.iter().max_by_key(|name| rank(name))
}

/// What kind of file an address ends in; `None` where a placeholder or nothing known stands there.
#[must_use]
pub fn file_kind(address: &str) -> Option<HeaderKind> {
    use HeaderKind::{Document, Image, Video};
    #[rustfmt::skip]
    const KINDS: &[(&str, HeaderKind)] = &[
        ("jpg", Image),
        ("jpeg", Image),
        ("png", Image),
        ("webp", Image),
        ("mp4", Video),
        ("3gp", Video),
        ("pdf", Document),
        ("doc", Document),
        ("docx", Document),
        ("pptx", Document),
        ("xlsx", Document),
    ];
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let (_, extension) = path.rsplit_once('.')?;
    KINDS.iter().find(|(known, _)| extension.eq_ignore_ascii_case(known)).map(|(_, kind)| *kind)
}
