//! What a provider takes as a session message: length of the text, kind and size of files.
//!
//! Sources: <https://www.twilio.com/docs/whatsapp/guidance-whatsapp-media-messages>,
//! <https://www.twilio.com/docs/messaging/guides/accepted-mime-types>, <https://www.twilio.com/docs/api/errors/21617>,
//! <https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media> and
//! `…/messages/text-messages`. The pages say "MB" and not which: here it is the lesser, 1,000,000 bytes, because a
//! file that is refused later is lost with its message.

use super::{Remark, length, remark};
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

/// A kind of file: whose rule, media types, most bytes, whether a text is shown with it.
struct Kind {
    source: Provider,
    types: &'static [&'static str],
    most: u64,
    caption: bool,
    is_document: bool,
}

const fn kind(
    source: Provider,
    types: &'static [&'static str],
    most: u64,
    caption: bool,
    is_document: bool,
) -> Kind {
    Kind { source, types, most, caption, is_document }
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
    kind(Provider::Twilio, &["image/jpeg", "image/png"], 5 * MB, true, false),
    kind(Provider::Twilio, AUDIO, 16 * MB, false, false),
    kind(Provider::Twilio, &["video/mp4"], 16 * MB, true, false),
    kind(Provider::Twilio, DOCUMENT, 16 * MB, false, true),
    kind(Provider::Twilio, &["text/vcard", "text/x-vcard"], 16 * MB, false, false),
    kind(Provider::Meta, &["image/jpeg", "image/png"], 5 * MB, true, false),
    kind(Provider::Meta, AUDIO, 16 * MB, false, false),
    kind(Provider::Meta, &["video/mp4", "video/3gpp"], 16 * MB, true, false),
    kind(Provider::Meta, DOCUMENT, 100 * MB, true, false),
    kind(Provider::Meta, DOCUMENT_META, 100 * MB, true, false),
];

/// Longest text: Twilio's `Body` is the same for all channels; Meta's differ.
fn text_limit(source: Provider, channel: Channel, with_file: bool) -> usize {
    match (source, channel) {
        (Provider::Meta, Channel::Whatsapp) if with_file => 1_024,
        (Provider::Meta, Channel::Whatsapp) => 4_096,
        (Provider::Meta, Channel::Messenger) => 2_000,
        (Provider::Meta, Channel::Instagram) => 1_000,
        _ => 1_600,
    }
}

/// Checks a message. Linear in its text and attachments.
#[must_use]
pub fn check(source: Provider, channel: Channel, text: &str, attachments: &[Attachment]) -> Check {
    // Instagram alone says its unit: bytes (UTF-8).
    let bytes = source == Provider::Meta && channel == Channel::Instagram;
    let length = if bytes { text.len() } else { length(text) };
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
    if kind.is_document && file.filename.as_deref().is_some_and(|name| length(name) > 20) {
        check.notes.push(finding(NAME_LONG, Some(20)));
    }
}
