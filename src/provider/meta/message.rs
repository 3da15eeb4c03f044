//! What a message of Meta's Cloud API holds.

use crate::data::Value;
use crate::provider::inbound::{Button, ListReply, Location, Media, Message, Referral};
use crate::provider::recording::some;

/// The names of an object's fields.
pub(super) fn names(item: &Value) -> impl Iterator<Item = &str> {
    let fields = if let Value::Map(fields) = item { fields.as_slice() } else { &[] };
    fields.iter().map(|(name, _)| name.as_ref())
}

/// Fills in what the message holds.
pub(super) fn content(item: &Value, message: Message) -> Message {
    let kind = item.text("type").unwrap_or_default();
    let none = Value::Null;
    let part = item.get(kind).unwrap_or(&none);
    // An edit holds the new message, and the old one's id.
    let edited = part.get("message");
    let (word, body) = match edited {
        Some(edited) => (
            edited.text("type").unwrap_or_default(),
            edited.get(edited.text("type").unwrap_or_default()).unwrap_or(&none),
        ),
        None => (kind, part),
    };
    let reply = |name| part.get(name).unwrap_or(&none);
    let (button, list, flow) = (reply("button_reply"), reply("list_reply"), reply("nfm_reply"));
    let context = item.get("context").unwrap_or(&none);
    let target =
        part.text("message_id").or_else(|| part.text("original_message_id")).or_else(|| context.text("id"));
    let text = ["body", "caption", "text", "emoji"].iter().find_map(|name| body.text(name));
    let text =
        text.or_else(|| button.text("title")).or_else(|| list.text("title")).or_else(|| flow.text("body"));
    Message {
        provider_kind: part.text("type").filter(|_| kind == "interactive").unwrap_or(kind).to_owned(),
        text: text.map(str::to_owned),
        media: media(word, body).into_iter().collect(),
        button: some(Button {
            text: button.owned("title").or_else(|| part.owned("text").filter(|_| kind == "button")),
            payload: button.owned("id").or_else(|| part.owned("payload")),
        }),
        list: some(list_reply(list)),
        flow: flow.owned("response_json"),
        location: location(part),
        replied_to: target.map(str::to_owned),
        forwarded: forwarded(context),
        referral: item.get("referral").map(referral),
        ..message
    }
}

fn list_reply(list: &Value) -> ListReply {
    ListReply { id: list.owned("id"), title: list.owned("title"), description: list.owned("description") }
}

fn forwarded(context: &Value) -> Option<&'static str> {
    let is = |name| context.get(name) == Some(&Value::Bool(true));
    if is("frequently_forwarded") { Some("many") } else { is("forwarded").then_some("once") }
}

fn media(kind: &str, part: &Value) -> Option<Media> {
    ["image", "audio", "video", "document", "sticker"].contains(&kind).then(|| Media {
        url: part.owned("url"),
        id: part.owned("id"),
        content_type: part.owned("mime_type"),
        filename: part.owned("filename"),
    })
}

fn location(part: &Value) -> Option<Location> {
    Some(Location {
        latitude: part.number("latitude")?,
        longitude: part.number("longitude")?,
        label: part.owned("name"),
        address: part.owned("address"),
    })
}

fn referral(item: &Value) -> Referral {
    Referral {
        source_id: item.owned("source_id"),
        source_type: item.owned("source_type"),
        source_url: item.owned("source_url"),
        headline: item.owned("headline"),
        body: item.owned("body"),
        click_id: item.owned("ctwa_clid"),
        media_url: ["image_url", "video_url", "thumbnail_url"].iter().find_map(|name| item.owned(name)),
        media_type: item.owned("media_type"),
    }
}
