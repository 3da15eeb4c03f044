//! What a provider takes as a session message: length of the text, kind and size of files.
//!
//! Sources: <https://www.twilio.com/docs/whatsapp/guidance-whatsapp-media-messages>,
//! <https://www.twilio.com/docs/messaging/guides/accepted-mime-types>, <https://www.twilio.com/docs/api/errors/21617>,
//! <https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media> and
//! `…/messages/text-messages`. The pages say "MB" and not which: here it is the lesser, 1,000,000 bytes, because a
//! file that is refused later is lost with its message.

use super::{Remark, length, remark};
use crate::dated::{Dated, READ, READ_ANEW, Rule};
use crate::event::{Channel, Provider};

/// A file that goes with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its media type; parameters and case make no difference.
    pub content_type: String,
    /// Bytes.
    pub size: u64,
    /// Its name.
    pub filename: Option<String>,
}

/// What is wrong, or worth telling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub remark: Remark,
    /// Which attachment; `None` where the whole is meant.
    pub attachment: Option<usize>,
    /// The limit that is passed: characters, bytes or pieces.
    pub limit: Option<u64>,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Why it cannot be sent.
    pub problems: Vec<Finding>,
    /// What the agent should know even so.
    pub notes: Vec<Finding>,
    /// Length of the text as it is counted.
    pub length: usize,
    /// Longest text.
    pub limit: usize,
}

const EMPTY: Remark = remark("empty", "there is nothing to send");
const TEXT_TOO_LONG: Remark = remark("text-too-long", "the text is too long");
const TOO_MANY: Remark = remark("too-many-attachments", "WhatsApp takes one file in a message");
const TYPE: Remark = remark("type-not-supported", "files of this type cannot be sent");
const WEBP: Remark =
    remark("webp-is-a-sticker", "WhatsApp takes image/webp as a sticker alone, not as a picture");
const CODEC: Remark =
    remark("codec-not-supported", "WhatsApp does not take sound or pictures that are coded like this");
const FILE_EMPTY: Remark = remark("file-empty", "the file is empty");
const FILE_TOO_LARGE: Remark = remark("file-too-large", "the file is too large");
const CAPTION_LOST: Remark = remark("caption-not-shown", "the text is not shown with a file of this kind");
const NAME_LONG: Remark = remark("filename-long", "a file name of more than 20 characters may be cut");

const MB: u64 = 1_000_000;

/// A kind of file: its name, whose rule, media types, most bytes, whether a text is shown with it.
struct Kind {
    name: &'static str,
    source: Provider,
    types: &'static [&'static str],
    most: u64,
    caption: bool,
}

const fn kind(
    name: &'static str,
    source: Provider,
    types: &'static [&'static str],
    most: u64,
    caption: bool,
) -> Kind {
    Kind { name, source, types, most, caption }
}

const AUDIO: &[&str] = &["audio/ogg", "audio/amr", "audio/3gpp", "audio/aac", "audio/mpeg", "audio/mp4"];
const DOCUMENT: &[&str] = &[
    "application/pdf",
    "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
];
const DOCUMENT_META: &[&str] = &["text/plain", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"];

const KINDS: &[Kind] = &[
    kind("image", Provider::Twilio, &["image/jpeg", "image/png"], 5 * MB, true),
    kind("audio", Provider::Twilio, AUDIO, 16 * MB, false),
    kind("video", Provider::Twilio, &["video/mp4"], 16 * MB, true),
    kind(DOCUMENT_NAME, Provider::Twilio, DOCUMENT, 16 * MB, false),
    kind("contact", Provider::Twilio, &["text/vcard", "text/x-vcard"], 16 * MB, false),
    kind("image", Provider::Meta, &["image/jpeg", "image/png"], 5 * MB, true),
    kind("audio", Provider::Meta, AUDIO, 16 * MB, false),
    kind("video", Provider::Meta, &["video/mp4", "video/3gpp"], 16 * MB, true),
    kind(DOCUMENT_NAME, Provider::Meta, DOCUMENT, 100 * MB, true),
    kind("document-other", Provider::Meta, DOCUMENT_META, 100 * MB, true),
];

/// Files of this kind are shown with their names.
const DOCUMENT_NAME: &str = "document";

/// The rule that a provider's kinds of files are rows of.
const fn files_of(source: Provider) -> &'static str {
    match source {
        Provider::Twilio => "file-twilio",
        Provider::Meta => "file-meta",
    }
}

/// What the kinds of files rest on.
const fn media_of(source: Provider) -> Dated {
    match source {
        Provider::Twilio => {
            Dated::new("https://www.twilio.com/docs/whatsapp/guidance-whatsapp-media-messages", READ)
        }
        Provider::Meta => Dated::new(
            "https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media",
            READ_ANEW,
        ),
    }
}

/// Longest text: whose limit, on which channel (none: on any), with a file, characters, what it rests on.
type TextLimit = (&'static str, Provider, Option<Channel>, bool, usize, Dated);

macro_rules! meta {
    ($page:literal) => {
        Dated::new(concat!("https://developers.facebook.com/documentation/business-messaging/", $page), READ)
    };
}

/// The first that fits counts. Twilio's `Body` is the same for all channels, Meta's differ.
static TEXT_LIMITS: [TextLimit; 5] = [
    (
        "meta-caption",
        Provider::Meta,
        Some(Channel::Whatsapp),
        true,
        1_024,
        meta!("whatsapp/messages/image-messages"),
    ),
    (
        "meta-whatsapp",
        Provider::Meta,
        Some(Channel::Whatsapp),
        false,
        4_096,
        meta!("whatsapp/messages/text-messages"),
    ),
    (
        "meta-messenger",
        Provider::Meta,
        Some(Channel::Messenger),
        false,
        2_000,
        meta!("messenger-platform/policy/"),
    ),
    ("meta-instagram", Provider::Meta, Some(Channel::Instagram), false, 1_000, meta!("")),
    (
        "twilio",
        Provider::Twilio,
        None,
        false,
        1_600,
        Dated::new("https://www.twilio.com/docs/api/errors", READ),
    ),
];

/// Where no row is a channel's, the shortest that one has of this length: it is taken everywhere.
const ANYWHERE: usize = 1_600;

fn text_limit(source: Provider, channel: Channel, with_file: bool) -> usize {
    let fits = |row: &&TextLimit| {
        row.1 == source && row.2.is_none_or(|only| only == channel) && (!row.3 || with_file)
    };
    TEXT_LIMITS.iter().find(fits).map_or(ANYWHERE, |row| row.4)
}

/// The rows of this module, each with what it rests on.
pub fn rules() -> impl Iterator<Item = Rule> {
    let limits = TEXT_LIMITS.iter().map(|row| Rule { name: "text-limit", row: row.0, dated: row.5 });
    limits.chain(KINDS.iter().map(|kind| Rule {
        name: files_of(kind.source),
        row: kind.name,
        dated: media_of(kind.source),
    }))
}

/// The texts in as few messages as the provider's limit allows, in their order, each behind the other on a line of its own:
/// each message is billed. A text that is too long by itself stays one.
///
/// ```
/// use reply_window::event::{Channel, Provider};
/// use reply_window::template::session_message::joined;
/// assert_eq!(joined(Provider::Twilio, Channel::Whatsapp, &["Hello.", "One moment, please."]), ["Hello.\nOne moment, please."]);
/// ```
#[must_use]
pub fn joined(source: Provider, channel: Channel, texts: &[&str]) -> Vec<String> {
    let limit = text_limit(source, channel, false);
    let mut messages: Vec<String> = Vec::new();
    for text in texts.iter().filter(|text| !super::value::is_empty(text)) {
        let fits = |last: &String| counted(source, channel, &[last, "\n", text].concat()) <= limit;
        match messages.last_mut().filter(|last| fits(last)) {
            Some(last) => last.extend(["\n", text]),
            None => messages.push((*text).to_owned()),
        }
    }
    messages
}

/// The length of a text as it is counted. Instagram alone says its unit: bytes (UTF-8).
fn counted(source: Provider, channel: Channel, text: &str) -> usize {
    if source == Provider::Meta && channel == Channel::Instagram { text.len() } else { length(text) }
}

/// Checks a message. Linear in its text and attachments.
#[must_use]
pub fn check(source: Provider, channel: Channel, text: &str, attachments: &[Attachment]) -> Check {
    let length = counted(source, channel, text);
    let limit = text_limit(source, channel, !attachments.is_empty());
    let mut check = Check { problems: Vec::new(), notes: Vec::new(), length, limit };
    let whole = |remark, limit| Finding { remark, attachment: None, limit };
    if attachments.is_empty() && super::value::is_empty(text) {
        check.problems.push(whole(EMPTY, None));
    }
    if length > limit {
        check.problems.push(whole(TEXT_TOO_LONG, Some(limit as u64)));
    }
    // The tables are WhatsApp's; what other channels take, no source here says.
    if channel == Channel::Whatsapp {
        if attachments.len() > 1 {
            check.problems.push(whole(TOO_MANY, Some(1)));
        }
        for (at, attachment) in attachments.iter().enumerate() {
            check_file(&mut check, source, !text.is_empty(), at, attachment);
        }
    }
    check
}

/// What a container may hold, by the beginning of a codec's name (RFC 6381): opus in Ogg, H.264 with AAC in MPEG-4.
const CODECS: &[(&str, &[&str])] = &[
    ("audio/ogg", &["opus"]),
    ("video/mp4", &["avc1", "avc3", "mp4a"]),
    ("video/3gpp", &["avc1", "avc3", "mp4a"]),
];

/// Whether every codec that a media type names is taken; one that names none may hold the right one.
fn is_codec_taken(essence: &str, content_type: &str) -> bool {
    let Some((_, taken)) = CODECS.iter().find(|(known, _)| essence.eq_ignore_ascii_case(known)) else {
        return true;
    };
    let mut parameters = content_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let Some((_, codecs)) = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("codecs")) else {
        return true;
    };
    codecs.trim().trim_matches('"').split(',').all(|codec| {
        let family = codec.trim().split('.').next().unwrap_or_default();
        taken.iter().any(|known| family.eq_ignore_ascii_case(known))
    })
}

fn check_file(check: &mut Check, source: Provider, with_text: bool, at: usize, file: &Attachment) {
    let finding = |remark, limit| Finding { remark, attachment: Some(at), limit };
    let essence = file.content_type.split(';').next().unwrap_or_default().trim();
    let kinds = KINDS.iter().filter(|kind| kind.source == source);
    let Some(kind) =
        kinds.into_iter().find(|kind| kind.types.iter().any(|known| essence.eq_ignore_ascii_case(known)))
    else {
        let webp = essence.eq_ignore_ascii_case("image/webp");
        check.problems.push(finding(if webp { WEBP } else { TYPE }, None));
        return;
    };
    if !is_codec_taken(essence, &file.content_type) {
        check.problems.push(finding(CODEC, None));
    }
    if file.size == 0 {
        check.problems.push(finding(FILE_EMPTY, None));
    }
    if file.size > kind.most {
        check.problems.push(finding(FILE_TOO_LARGE, Some(kind.most)));
    }
    if with_text && !kind.caption {
        check.notes.push(finding(CAPTION_LOST, None));
    }
    if source == Provider::Twilio
        && kind.name == DOCUMENT_NAME
        && file.filename.as_deref().is_some_and(|name| length(name) > 20)
    {
        check.notes.push(finding(NAME_LONG, Some(20)));
    }
}
