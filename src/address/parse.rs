//! Addresses as providers write them: strict, nothing is guessed or repaired.

use crate::event::{Channel, names};

/// Longer texts are refused unread; no address of any channel comes near it.
pub const MAX_BYTES: usize = 250;

/// An address and the channel its prefix names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parsed<'a> {
    /// From a prefix such as `whatsapp:`.
    pub channel: Option<Channel>,
    /// What stands after the prefix.
    pub address: Address<'a>,
}

/// What a text without its channel prefix denotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Address<'a> {
    /// A plus and 7 to 15 digits, the first of them not zero: the shape of E.164. Not yet a number that exists.
    Phone(&'a str),
    /// The digits of such a number behind a space where its plus was: a form decodes an unescaped plus so. The number is
    /// certain, but whoever made the form has a fault to mend.
    PlusLost(&'a str),
    /// A business-scoped user id, `US.13491208655302741918` or (a parent's) `US.ENT.11815799212886844830`.
    Bsuid {
        /// The whole id.
        id: &'a str,
        /// Whether it is the parent form.
        parent: bool,
    },
    /// A WhatsApp group: `120363041234567890@g.us`, or the opaque id of the Groups API.
    Group(&'a str),
    /// None of these.
    Unknown {
        /// Why.
        reason: Reason,
        /// The first wrong character, in bytes from the start of the whole text; none where no single one is wrong.
        position: Option<usize>,
    },
}

/// Why a text is no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nothing after the channel prefix, or nothing at all.
    Empty,
    /// More than [`MAX_BYTES`] bytes, more than 15 digits, or more than 128 characters of a BSUID.
    TooLong,
    /// Fewer than 7 digits, or a BSUID that ends after its dot.
    TooShort,
    /// Digits without the leading plus.
    NoPlus,
    /// A calling code cannot begin with zero.
    LeadingZero,
    /// A character that has no place there.
    BadCharacter,
    /// An id of a channel whose ids mean something to that channel alone.
    OpaqueId,
    /// Not the beginning of any address.
    NotAnAddress,
}

names!(Reason {
    Empty = "empty",
    TooLong = "too-long",
    TooShort = "too-short",
    NoPlus = "no-plus",
    LeadingZero = "leading-zero",
    BadCharacter = "bad-character",
    OpaqueId = "opaque-id",
    NotAnAddress = "not-an-address",
});

/// Splits `whatsapp:` and its like off. The prefix is that of Twilio's addresses; its case is not looked at.
#[must_use]
pub fn split_channel(text: &str) -> (Option<Channel>, &str) {
    let named = text.split_once(':').and_then(|(prefix, rest)| {
        let mut names = Channel::NAMES.iter();
        names.find(|(name, _)| prefix.eq_ignore_ascii_case(name)).map(|(_, channel)| (*channel, rest))
    });
    match named {
        Some((channel, rest)) => (Some(channel), rest),
        None => (None, text),
    }
}

/// Reads an address.
///
/// ```
/// use reply_window::address::parse::{parse, Address};
/// assert_eq!(parse("whatsapp:+15550100200").address, Address::Phone("+15550100200"));
/// assert_eq!(parse("US.ENT.118").address, Address::Bsuid { id: "US.ENT.118", parent: true });
/// ```
///
/// Sources: Twilio addresses <https://www.twilio.com/docs/whatsapp/api>; E.164 (ITU-T, 15 digits at most);
/// <https://developers.facebook.com/docs/whatsapp/business-scoped-user-ids>.
#[must_use]
pub fn parse(text: &str) -> Parsed<'_> {
    if text.len() > MAX_BYTES {
        let address = Address::Unknown { reason: Reason::TooLong, position: None };
        return Parsed { channel: None, address };
    }
    let (channel, rest) = split_channel(text);
    let start = text.len().saturating_sub(rest.len());
    let address = match read(rest) {
        Ok(address) => address,
        Err(_) if !rest.is_empty() && channel.is_some_and(has_opaque_ids) => {
            Address::Unknown { reason: Reason::OpaqueId, position: None }
        }
        Err((reason, at)) => Address::Unknown { reason, position: at.map(|at| start.saturating_add(at)) },
    };
    Parsed { channel, address }
}

fn has_opaque_ids(channel: Channel) -> bool {
    !matches!(channel, Channel::Whatsapp | Channel::Sms | Channel::Viber)
}

/// Why not, and at which byte.
type ShapeError = (Reason, Option<usize>);

fn read(text: &str) -> Result<Address<'_>, ShapeError> {
    match text.as_bytes() {
        [] => Err((Reason::Empty, None)),
        [b'+', digits @ ..] => phone(digits).map(|()| Address::Phone(text)),
        [b' ', digits @ ..] if phone(digits).is_ok() => Ok(Address::PlusLost(text.trim_start())),
        [a, b, b'.', ..] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => bsuid(text),
        _ if is_group(text) => Ok(Address::Group(text)),
        [b'0'..=b'9', ..] => Err(match first_not(text.as_bytes(), u8::is_ascii_digit) {
            None => (Reason::NoPlus, Some(0)),
            at => (Reason::BadCharacter, at),
        }),
        _ => Err((Reason::NotAnAddress, Some(0))),
    }
}

fn first_not(bytes: &[u8], wanted: impl Fn(&u8) -> bool) -> Option<usize> {
    bytes.iter().position(|byte| !wanted(byte))
}

fn phone(digits: &[u8]) -> Result<(), ShapeError> {
    if let Some(at) = first_not(digits, u8::is_ascii_digit) {
        return Err((Reason::BadCharacter, Some(at.saturating_add(1))));
    }
    match (digits.first(), digits.len()) {
        (Some(b'0'), _) => Err((Reason::LeadingZero, Some(1))),
        (_, 0..=6) => Err((Reason::TooShort, None)),
        (_, 7..=15) => Ok(()),
        _ => Err((Reason::TooLong, Some(16))),
    }
}

/// Whether a text is 7 to 15 digits, the first one not zero, with a plus in front or without; else why not, and at which byte.
pub(super) fn check_shape(text: &str) -> Result<(), ShapeError> {
    if text.is_empty() {
        return Err((Reason::Empty, None));
    }
    let digits = text.strip_prefix('+').unwrap_or(text);
    let plus = text.len().saturating_sub(digits.len());
    if let Some(at) = digits.bytes().position(|byte| !byte.is_ascii_digit()) {
        return Err((Reason::BadCharacter, Some(plus.saturating_add(at))));
    }
    match digits.len() {
        _ if digits.starts_with('0') => Err((Reason::LeadingZero, Some(plus))),
        0..=6 => Err((Reason::TooShort, None)),
        7..=15 => Ok(()),
        _ => Err((Reason::TooLong, Some(plus.saturating_add(15)))),
    }
}

fn bsuid(text: &str) -> Result<Address<'_>, ShapeError> {
    if let Some(at) = first_not(text.as_bytes().get(..2).unwrap_or_default(), u8::is_ascii_uppercase) {
        return Err((Reason::BadCharacter, Some(at)));
    }
    let own = text.get(3..).unwrap_or_default();
    let (id, parent) = own.strip_prefix("ENT.").map_or((own, false), |id| (id, true));
    let start = text.len().saturating_sub(id.len());
    match (first_not(id.as_bytes(), u8::is_ascii_alphanumeric), id.len()) {
        (Some(at), _) => Err((Reason::BadCharacter, Some(start.saturating_add(at)))),
        (None, 0) => Err((Reason::TooShort, None)),
        (None, 1..=128) => Ok(Address::Bsuid { id: text, parent }),
        _ => Err((Reason::TooLong, Some(start.saturating_add(128)))),
    }
}

/// `digits@g.us`, `digits-digits@g.us`, or base64 of `capi_group:…`, which is what the Groups API hands out
/// (<https://developers.facebook.com/documentation/business-messaging/whatsapp/groups>).
fn is_group(text: &str) -> bool {
    match text.strip_suffix("@g.us") {
        Some(id) => {
            let (first, second) = id.split_once('-').unwrap_or((id, "0"));
            [first, second].iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
        }
        None => {
            text.starts_with("Y2FwaV9ncm91cDo")
                && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=-_".contains(&b))
        }
    }
}

/// A byte offset of `text` as UTF-16 units: what JavaScript calls an index.
#[must_use]
pub fn utf16_offset(text: &str, byte: usize) -> usize {
    text.char_indices().take_while(|(at, _)| *at < byte).map(|(_, character)| character.len_utf16()).sum()
}
