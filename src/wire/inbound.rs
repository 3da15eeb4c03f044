//! What webhooks say: events, messages, delivery states.

use super::key::read_identity;
use super::state::with_owner;
use crate::data::{Fault, Fields, Object, Path, Value};
use crate::event::{Event, Identity, ToldBy};
use crate::provider::inbound::{
    Button, Context, Handover, IdentityChange, Inbound, ListReply, Location, Media, Message, Preference,
    Pricing, Problem, Referral, Status, Suspicion, TemplateUpdate,
};
use crate::provider::whatsapp::media_kind;
use crate::provider::{self, twilio};

fn parameter(path: &Path<'_>, value: &Value) -> Result<(String, String), Fault> {
    let fields = Fields::open(path, value, &["name", "value"])?;
    Ok((fields.text("name")?.to_owned(), fields.text("value")?.to_owned()))
}

/// `parseInbound`: events, messages and delivery states of a webhook.
///
/// # Errors
/// Those of reading the input. What the payload lacks is no error but a problem in the answer.
pub fn parse_inbound(input: &Value) -> Result<Value, Fault> {
    let known = ["parameters", "payload", "receiptAtMs", "business", "customer"];
    let fields = Fields::open(&Path::Root, input, &known)?;
    let context = Context {
        receipt: fields.optional_instant("receiptAtMs")?,
        business: fields.optional_text("business")?.map(str::to_owned),
        customer: fields.optional("customer", read_identity)?,
    };
    if let Some(payload) = fields.get("payload") {
        return Ok(written(provider::parse_json(payload, &context)));
    }
    let parameters = fields.required("parameters", |path, value| path.each(value, parameter))?;
    Ok(written(twilio::form::parse_form(&parameters, &context)))
}

/// `kindOfFile`: `{ contentType }` to `{ kind }`, the kind of a message that holds a file of this media type.
///
/// # Errors
/// Those of reading the input; a media type that nobody knows is a document's.
pub fn kind_of_file(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["contentType"])?;
    Ok(Object::of_kind(media_kind(fields.text("contentType")?).name()).into())
}

/// `readTwilioMessage`: `{ message }`, a Message resource of Twilio, to what it says of a window.
///
/// # Errors
/// Those of reading the input; what the resource lacks is no error.
pub fn read_twilio_message(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["message"])?;
    let resource =
        fields.required("message", |path, value| Fields::open_foreign(path, value).map(|_| value))?;
    let Some(history) = twilio::history::history(resource) else {
        return Ok(Object::of_kind("other").into());
    };
    Ok(Object::of_kind("whatsapp")
        .with("business", history.business)
        .with_some("customer", customer(history.customer))
        .with_some("event", history.event.map(event))
        .with_some("vague", history.vague.then_some(true))
        .into())
}

fn written(inbound: Inbound) -> Value {
    Object::new()
        .with("source", inbound.source.name())
        .with("events", list_of(inbound.events, event))
        .with("messages", list_of(inbound.messages, message))
        .with("statuses", list_of(inbound.statuses, status))
        .with("templateUpdates", list_of(inbound.template_updates, template_update))
        .with("identityChanges", list_of(inbound.identity_changes, identity_change))
        .with("preferences", list_of(inbound.preferences, preference))
        .with("handovers", list_of(inbound.handovers, handover))
        .with("problems", list_of(inbound.problems, problem))
        .with("suspicions", list_of(inbound.suspicions, suspicion))
        .into()
}

fn suspicion(suspicion: Suspicion) -> Object {
    Object::new().with("code", suspicion.code).with("path", suspicion.path)
}

fn list_of<T>(items: Vec<T>, write: fn(T) -> Object) -> Value {
    items.into_iter().map(write).collect()
}

fn template_update(update: TemplateUpdate) -> Object {
    Object::new()
        .with("id", update.id)
        .with("source", update.source.name())
        .with_some("name", update.name)
        .with_some("language", update.language)
        .with("change", update.change)
        .with_some("previous", update.previous)
        .with("current", update.current)
        .with_some("reason", update.reason)
        .with_some("detail", update.detail)
        .with_some("atMs", update.at)
}

fn identity_change(change: IdentityChange) -> Object {
    Object::new()
        .with_some("business", change.business)
        .with_some("from", customer(change.from))
        .with_some("to", customer(change.to))
        .with_some("atMs", change.at)
}

fn preference(preference: Preference) -> Object {
    Object::new()
        .with_some("business", preference.business)
        .with_some("customer", customer(preference.customer))
        .with("category", preference.category)
        .with("value", preference.value)
        .with_some("atMs", preference.at)
}

pub(super) fn customer(identity: Identity) -> Option<Value> {
    if identity == Identity::default() {
        return None;
    }
    let object = Object::new()
        .with_some("phone", identity.phone)
        .with_some("bsuid", identity.bsuid)
        .with_some("parentBsuid", identity.parent_bsuid)
        .with_some("username", identity.username)
        .with_some("group", identity.group);
    Some(object.into())
}

fn event(event: Event) -> Object {
    let (owner, told_by) = (event.owner, event.told_by);
    let written = Object::new()
        .with("id", event.id)
        .with("log", event.log.name())
        .with("kind", event.kind.name())
        .with_some("providerAtMs", event.times.provider)
        .with_some("receiptAtMs", event.times.receipt)
        .with_some("desktopAtMs", event.times.desktop)
        .with("channel", event.channel.name())
        .with("business", event.business)
        .with_some("customer", customer(event.customer));
    with_owner(written, owner).with_some("toldBy", told_by.map(ToldBy::name))
}

fn message(message: Message) -> Object {
    let extra = |(name, value): (String, String)| Object::new().with("name", name).with("value", value);
    Object::new()
        .with("id", message.id)
        .with("kind", message.kind.map_or("unknown", crate::event::Kind::name))
        .with("providerKind", message.provider_kind)
        .with_some("from", customer(message.from))
        .with_some("author", message.author)
        .with("ours", message.ours)
        .with_some("to", message.to)
        .with_some("group", message.group)
        .with_some("text", message.text)
        .with_some("profileName", message.profile_name)
        .with("media", message.media.into_iter().map(media).collect::<Value>())
        .with_some("button", message.button.map(button))
        .with_some("list", message.list.map(list))
        .with_some("flow", message.flow)
        .with_some("location", message.location.map(location))
        .with_some("repliedTo", message.replied_to)
        .with_some("forwarded", message.forwarded)
        .with_some("referral", message.referral.map(referral))
        .with_some("atMs", message.at)
        .with("extra", message.extra.into_iter().map(extra).collect::<Value>())
}

fn media(media: Media) -> Object {
    Object::new()
        .with_some("url", media.url)
        .with_some("id", media.id)
        .with_some("contentType", media.content_type)
        .with_some("filename", media.filename)
}

fn button(button: Button) -> Object {
    Object::new().with_some("text", button.text).with_some("payload", button.payload)
}

fn list(list: ListReply) -> Object {
    Object::new()
        .with_some("id", list.id)
        .with_some("title", list.title)
        .with_some("description", list.description)
}

fn location(location: Location) -> Object {
    Object::new()
        .with("latitude", Value::Number(location.latitude))
        .with("longitude", Value::Number(location.longitude))
        .with_some("label", location.label)
        .with_some("address", location.address)
}

fn referral(referral: Referral) -> Object {
    Object::new()
        .with_some("sourceId", referral.source_id)
        .with_some("sourceType", referral.source_type)
        .with_some("sourceUrl", referral.source_url)
        .with_some("headline", referral.headline)
        .with_some("body", referral.body)
        .with_some("clickId", referral.click_id)
        .with_some("mediaUrl", referral.media_url)
        .with_some("mediaType", referral.media_type)
}

fn status(status: Status) -> Object {
    Object::new()
        .with("id", status.id)
        .with_some("channelId", status.channel_id)
        .with("status", status.delivery.name())
        .with_some("errorCode", status.error)
        .with_some("business", status.business)
        .with_some("customer", customer(status.customer))
        .with_some("atMs", status.at)
        .with_some("pricing", status.pricing.map(pricing))
        .with_some("freeEntryPointUntilMs", status.free_entry_point_until)
        .with_some("templateId", status.template_id)
}

fn pricing(pricing: Pricing) -> Object {
    Object::new()
        .with_some("type", pricing.kind)
        .with_some("category", pricing.category)
        .with_some("model", pricing.model)
        .with_some("billable", pricing.billable)
}

fn handover(handover: Handover) -> Object {
    Object::new()
        .with_some("business", handover.business)
        .with_some("customer", customer(handover.customer))
        .with("change", handover.change)
        .with_some("previousRole", handover.previous_role)
        .with_some("newRole", handover.new_role)
        .with_some("metadata", handover.metadata)
        .with_some("atMs", handover.at)
}

fn problem(problem: Problem) -> Object {
    Object::new()
        .with("code", problem.code)
        .with("path", problem.path)
        .with("message", problem.message)
        .with_some("id", problem.id)
}
