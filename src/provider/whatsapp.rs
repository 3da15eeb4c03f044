//! WhatsApp's own words for kinds of messages, which every provider passes on.

use crate::event::Kind;

/// The type of a message and what it means; `interactive` is told by its parts.
pub(crate) const TYPES: &[(&str, Kind)] = &[
    ("text", Kind::Text),
    ("image", Kind::Image),
    ("audio", Kind::Audio),
    ("voice", Kind::Audio),
    ("video", Kind::Video),
    ("document", Kind::Document),
    ("sticker", Kind::Sticker),
    ("location", Kind::Location),
    ("contacts", Kind::Contacts),
    ("order", Kind::Order),
    ("button", Kind::Button),
    ("reaction", Kind::Reaction),
    ("system", Kind::System),
    ("unsupported", Kind::Unsupported),
    ("edit", Kind::Edit),
    ("revoke", Kind::Delete),
];

/// The kind of a file by its media type, as WhatsApp names them.
#[must_use]
pub fn media_kind(content_type: &str) -> Kind {
    match content_type.split('/').next() {
        Some("image") => Kind::Image,
        Some("audio") => Kind::Audio,
        Some("video") => Kind::Video,
        _ => Kind::Document,
    }
}
