//! Twilio Programmable Messaging: inbound messages and status callbacks.
//!
//! Sources: <https://www.twilio.com/docs/messaging/guides/webhook-request>,
//! <https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks>. Fields may be added
//! without notice; the inbound webhook has no time of its own.

use super::parameters::Parameters;
use crate::data::decimal;
use crate::event::{Channel, Identity, Kind, Log};
use crate::provider::address;
use crate::provider::inbound::{
    Button, Context, Delivery, Inbound, ListReply, Location, Media, Message, Referral, Source, Status,
};
use crate::provider::recording::{PendingEvent, some};
use crate::provider::whatsapp::{TYPES, media_kind};
use crate::template::opt_out::OptOut;
use std::borrow::Cow;

/// Every parameter that is read, or known to say nothing more.
const KNOWN: &[&str] = &[
    "MessageSid",
    "SmsSid",
    "SmsMessageSid",
    "AccountSid",
    "MessagingServiceSid",
    "From",
    "To",
    "Body",
    "NumMedia",
    "NumSegments",
    "SmsStatus",
    "MessageStatus",
    "ApiVersion",
    "ProfileName",
    "WaId",
    "ExternalUserId",
    "ExternalUserIdentifier",
    "MessageType",
    "OptOutType",
    "Latitude",
    "Longitude",
    "Address",
    "Label",
    "ButtonText",
    "ButtonPayload",
    "ListId",
    "ListTitle",
    "ListDescription",
    "InteractiveData",
    "OriginalRepliedMessageSid",
    "OriginalRepliedMessageSender",
    "Forwarded",
    "FrequentlyForwarded",
    "ReferralBody",
    "ReferralHeadline",
    "ReferralSourceId",
    "ReferralSourceType",
    "ReferralSourceUrl",
    "ReferralNumMedia",
    "ReferralCtwaClid",
    "ReferralMediaUrl",
    "ReferralMediaContentType",
];

/// A message of the customer.
pub(super) fn message(form: Parameters<'_>, context: &Context) -> Inbound {
    let mut inbound = Inbound { source: Source::TwilioMessaging, ..Inbound::default() };
    let id = form.get("MessageSid").or_else(|| form.get("SmsSid")).unwrap_or_default().to_owned();
    let author = form.get("From").unwrap_or_default();
    let (channel, rest) = address::split(author);
    let mut from = customer(form);
    let rest = with_plus(&mut inbound, "From", rest, &id);
    if !address::identify(&rest, &mut from) && from == Identity::default() {
        inbound.problem("address-unknown", "From", "neither a telephone number nor a user id", &id);
    }
    let kind = kind(form);
    if kind.is_none() {
        inbound.problem("kind-unknown", "MessageType", "no known kind of message", &id);
    }
    let to = form.get("To").map(|to| with_plus(&mut inbound, "To", address::split(to).1, &id).into_owned());
    let taken = taken(&mut inbound, "OptOutType", form.get("OptOutType"), &id);
    inbound.record_message(
        context,
        "",
        PendingEvent {
            id: id.clone(),
            log: Log::Customer,
            kind: kind.unwrap_or(Kind::Unknown),
            provider: None,
            owner: None,
            channel,
            business: to.clone(),
            customer: from.clone(),
        },
        form.get("Body").or_else(|| form.get("ButtonText")),
        taken,
    );
    let message =
        content(form, Message { id, kind, from, to, author: Some(author.to_owned()), ..Message::default() });
    inbound.messages.push(message);
    inbound
}

/// What Twilio took a message for: with Advanced Opt-Out it names a keyword of the Messaging Service's own, in any language.
pub(super) fn taken(inbound: &mut Inbound, path: &str, word: Option<&str>, id: &str) -> Option<OptOut> {
    match word?.to_ascii_uppercase().as_str() {
        "STOP" => Some(OptOut::Stop),
        "START" => Some(OptOut::Resume),
        "HELP" => None,
        _ => {
            inbound.problem("opt-out-unknown", path, "no known kind of keyword", id);
            None
        }
    }
}

/// An address without its prefix, its plus put back with a word on it where it was lost.
fn with_plus<'a>(inbound: &mut Inbound, name: &str, rest: &'a str, id: &str) -> Cow<'a, str> {
    let (rest, lost) = address::with_plus(rest);
    if lost {
        inbound.problem(
            "plus-lost",
            name,
            "a space where the plus was: whoever made the form did not escape it",
            id,
        );
    }
    rest
}

/// Who the customer is besides the sender's address. `WaId` counts only where that address is no number: for some
/// countries it differs from the number, and two numbers would be two customers.
fn customer(form: Parameters<'_>) -> Identity {
    let mut identity = Identity::default();
    for name in ["ExternalUserId", "ExternalUserIdentifier"] {
        if let Some(text) = form.get(name) {
            address::identify(address::split(text).1, &mut identity);
        }
    }
    // A number in `From` replaces it.
    identity.phone = form.get("WaId").and_then(address::phone);
    identity
}

fn kind(form: Parameters<'_>) -> Option<Kind> {
    let by_parts = [
        ("ListId", Kind::ListReply),
        ("ListTitle", Kind::ListReply),
        ("InteractiveData", Kind::FlowReply),
        ("ButtonPayload", Kind::Button),
        ("ButtonText", Kind::Button),
    ];
    let parts = || by_parts.iter().find(|(name, _)| form.get(name).is_some()).map(|(_, kind)| *kind);
    match form.get("MessageType") {
        Some("interactive") => parts(),
        Some(name) => TYPES.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind),
        // SMS, and older payloads.
        None => parts()
            .or_else(|| form.get("Latitude").map(|_| Kind::Location))
            .or_else(|| form.get("MediaContentType0").map(media_kind))
            .or_else(|| form.get("Body").map(|_| Kind::Text)),
    }
}

/// What the message holds.
fn content(form: Parameters<'_>, message: Message) -> Message {
    let number = |name| form.get(name).and_then(decimal);
    let location = number("Latitude").zip(number("Longitude")).map(|(latitude, longitude)| Location {
        latitude,
        longitude,
        label: form.owned("Label"),
        address: form.owned("Address"),
    });
    let forwarded = match (form.get("FrequentlyForwarded"), form.get("Forwarded")) {
        (Some("true"), _) => Some("many"),
        (_, Some("true")) => Some("once"),
        _ => None,
    };
    Message {
        provider_kind: form.get("MessageType").unwrap_or_default().to_owned(),
        text: form.owned("Body"),
        profile_name: form.owned("ProfileName"),
        media: media(form),
        button: some(Button { text: form.owned("ButtonText"), payload: form.owned("ButtonPayload") }),
        list: some(ListReply {
            id: form.owned("ListId"),
            title: form.owned("ListTitle"),
            description: form.owned("ListDescription"),
        }),
        flow: form.owned("InteractiveData"),
        location,
        replied_to: form.owned("OriginalRepliedMessageSid"),
        forwarded,
        referral: some(referral(form)),
        extra: form.extra(KNOWN),
        ..message
    }
}

fn referral(form: Parameters<'_>) -> Referral {
    Referral {
        source_id: form.owned("ReferralSourceId"),
        source_type: form.owned("ReferralSourceType"),
        source_url: form.owned("ReferralSourceUrl"),
        headline: form.owned("ReferralHeadline"),
        body: form.owned("ReferralBody"),
        click_id: form.owned("ReferralCtwaClid"),
        media_url: form.owned("ReferralMediaUrl"),
        media_type: form.owned("ReferralMediaContentType"),
    }
}

/// `MediaUrl0` and following, in order, up to the first that is missing.
fn media(form: Parameters<'_>) -> Vec<Media> {
    let one = |index: u32| {
        let content_type = form.owned(&format!("MediaContentType{index}"));
        form.owned(&format!("MediaUrl{index}")).map(|url| Media {
            url: Some(url),
            content_type,
            ..Media::default()
        })
    };
    (0..).map_while(one).collect()
}

/// The state of a message of ours: `To` is the customer.
pub(super) fn status(form: Parameters<'_>, state: &str, context: &Context) -> Inbound {
    let mut inbound = Inbound { source: Source::TwilioStatus, ..Inbound::default() };
    let mut customer = Identity::default();
    let (channel, rest) = address::split(form.get("To").unwrap_or_default());
    let channel = form.get("ChannelPrefix").and_then(Channel::from_name).or(channel);
    let id = form.get("MessageSid").or_else(|| form.get("SmsSid")).unwrap_or_default().to_owned();
    address::identify(&with_plus(&mut inbound, "To", rest, &id), &mut customer);
    let business = form
        .get("From")
        .map(|from| with_plus(&mut inbound, "From", address::split(from).1, &id).into_owned());
    let status = Status {
        id,
        delivery: delivery(state),
        error: form.get("ErrorCode").and_then(|code| code.parse().ok()).filter(|code| *code != 0),
        business,
        customer,
        ..Status::default()
    };
    inbound.status(context, "MessageStatus", status, channel);
    inbound
}

/// Twilio's words for the state of a message.
pub(super) fn delivery(state: &str) -> Delivery {
    match state {
        "accepted" | "scheduled" | "sending" => Delivery::Queued,
        "partially_delivered" => Delivery::PartiallyDelivered,
        other => Delivery::from_name(other).unwrap_or(Delivery::Unknown),
    }
}
