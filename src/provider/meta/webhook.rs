//! Meta's Cloud API: messages, statuses, calls, echoes, preferences and template updates.
//!
//! Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview> and the reference below it.
//! One request may hold many changes of several numbers.

use super::message::{content, names};
use super::system;
use crate::data::Value;
use crate::event::{Channel, Identity, Kind, Log, Owner, Provider, Role};
use crate::provider::address;
use crate::provider::import::IMPRECISE;
use crate::provider::inbound::{Context, IdentityChange, Inbound, Message, Source, TemplateUpdate};
use crate::provider::recording::{PendingEvent, word};
use crate::provider::whatsapp::TYPES;
use crate::template::model::Status;

/// Where a change stands and what holds for all of it.
pub(super) struct Change<'a> {
    pub context: &'a Context,
    pub value: &'a Value,
    /// What surrounds it, where it is a part: contacts may stand there.
    outer: &'a Value,
    pub path: String,
    pub business: Option<String>,
    /// Who holds the thread of whom it tells: who does not is told on `standby`.
    pub owner: Owner,
    /// Time of the entry, Unix seconds.
    time: Option<&'a Value>,
}

pub(crate) fn parse(payload: &Value, context: &Context) -> Inbound {
    let mut inbound = Inbound { source: Source::Meta, ..Inbound::default() };
    if payload.text("object") != Some("whatsapp_business_account") {
        inbound.problem("payload-unknown", "object", "no webhook of WhatsApp", "");
        return inbound;
    }
    for (number, entry) in payload.list("entry").iter().enumerate() {
        for (index, change) in entry.list("changes").iter().enumerate() {
            let path = format!("entry[{number}].changes[{index}].value");
            Change::of(context, path, entry, change)
                .take(&mut inbound, change.text("field").unwrap_or_default());
        }
    }
    inbound
}

impl<'a> Change<'a> {
    /// What a responder is told that does not hold the thread stands in `standby`, inside or beside what it always is.
    fn of(context: &'a Context, path: String, entry: &'a Value, change: &'a Value) -> Self {
        let outer = change.get("value").unwrap_or(&Value::Null);
        let on_standby = change.text("field") == Some("standby");
        let standby = outer.get("standby").filter(|_| on_standby);
        let path = if standby.is_some() { path + ".standby" } else { path };
        let value = standby.unwrap_or(outer);
        let own = |value: &'a Value, name| value.get(name)?.text("display_phone_number");
        let business = own(value, "metadata").or_else(|| own(outer, "metadata"));
        // A handover names us as its recipient.
        let business = business.or_else(|| own(value, "recipient")).and_then(address::phone);
        let owner = if on_standby { Owner::Other(Role::Untold) } else { Owner::Us };
        Change { context, value, outer, path, business, owner, time: entry.get("time") }
    }
}

impl Change<'_> {
    fn take(&self, inbound: &mut Inbound, field: &str) {
        match field {
            // Whoever may answer: the customer wrote to this number.
            "messages" | "standby" => {
                self.each("messages", |path, item| self.message(inbound, path, item));
                self.each("statuses", |path, item| self.status(inbound, path, item));
                self.each("message_echoes", |path, item| self.echo(inbound, path, item, field));
                self.each("calls", |path, item| self.call(inbound, path, item));
                self.each("user_preferences", |path, item| self.preference(inbound, path, item));
                self.each("errors", |path, _| {
                    inbound.problem("provider-error", path, "the provider reports an error of its own", "");
                });
            }
            "calls" => {
                self.each("calls", |path, item| self.call(inbound, path, item));
                self.each("statuses", |path, item| self.call_status(inbound, path, item));
            }
            "smb_message_echoes" => {
                self.each("message_echoes", |path, item| self.echo(inbound, path, item, field));
            }
            "user_preferences" => {
                self.each("user_preferences", |path, item| self.preference(inbound, path, item))
            }
            "messaging_handovers" => self.handover(inbound),
            "message_template_status_update" => self.template(inbound, "status", "event", ""),
            "template_category_update" => {
                self.template(inbound, "category", "new_category", "previous_category")
            }
            "message_template_quality_update" => {
                self.template(inbound, "quality", "new_quality_score", "previous_quality_score");
            }
            _ => inbound.problem("field-unread", &self.path, "this field says nothing about a window", ""),
        }
    }

    fn each(&self, list: &str, mut take: impl FnMut(&str, &Value)) {
        for (index, item) in self.value.list(list).iter().enumerate() {
            take(&self.place(list, index), item);
        }
    }

    #[inline(never)]
    fn place(&self, list: &str, index: usize) -> String {
        format!("{}.{list}[{index}]", self.path)
    }

    /// The customer by the number and the user ids that `item` holds under these names, completed by `contacts`.
    pub(super) fn customer(&self, item: &Value, number: &str, user: &str, parent: &str) -> Identity {
        let mut identity =
            Identity { phone: item.text(number).and_then(address::phone), ..Identity::default() };
        for name in [number, user, parent] {
            item.text(name).map(|id| address::identify(id, &mut identity));
        }
        if let Some(contact) = self.contact(item.text(number), item.text(user)) {
            for name in ["user_id", "parent_user_id"] {
                contact.text(name).map(|id| address::identify(id, &mut identity));
            }
            identity.username =
                contact.get("profile").and_then(|profile| profile.text("username")).map(handle);
        }
        identity
    }

    /// The contact that a number or a user id belongs to. `wa_id` may differ from the number, so a single contact is
    /// the one, unless several customers may be meant.
    pub(super) fn contact(&self, number: Option<&str>, user: Option<&str>) -> Option<&Value> {
        let contacts = match self.value.list("contacts") {
            [] => self.outer.list("contacts"),
            contacts => contacts,
        };
        let is = |contact: &&Value| {
            (number.is_some() && contact.text("wa_id") == number)
                || (user.is_some() && contact.text("user_id") == user)
        };
        let alone = self.value.list("messages").len() < 2 && self.value.list("statuses").len() < 2;
        contacts.iter().find(is).or(if let ([only], true) = (contacts, alone) { Some(only) } else { None })
    }

    fn message(&self, inbound: &mut Inbound, path: &str, item: &Value) {
        let id = item.owned("id").unwrap_or_default();
        let at = inbound.seconds(path, item.get("timestamp"), &id);
        let kind = kind(item);
        if kind.is_none() {
            inbound.problem("kind-unknown", path, "no known kind of message", &id);
        }
        if names(item).any(|name| !MESSAGE.contains(&name) && Some(name) != item.text("type")) {
            inbound.problem("field-unknown", path, "the message holds a field that is not known", &id);
        }
        let sender = self.customer(item, "from", "from_user_id", "from_parent_user_id");
        let from = if kind == Some(Kind::System) { system::before(item, sender) } else { sender };
        let group = item.owned("group_id");
        let customer = match &group {
            Some(group) => Identity { group: Some(group.clone()), ..Identity::default() },
            None => from.clone(),
        };
        if kind == Some(Kind::System) {
            inbound.identity_changes.extend(self.identity_change(item, &from, at));
        }
        let pending = PendingEvent {
            id: id.clone(),
            log: Log::Customer,
            kind: kind.unwrap_or(Kind::Unknown),
            provider: at,
            owner: self.owner_of(kind, group.is_some()),
            channel: Some(Channel::Whatsapp),
            business: self.business.clone(),
            customer,
        };
        let contact = self.contact(item.text("from"), item.text("from_user_id"));
        let profile_name =
            contact.and_then(|contact| contact.get("profile")).and_then(|profile| profile.owned("name"));
        let author = item.owned("from").or_else(|| item.owned("from_user_id"));
        let to = self.business.clone();
        let message = Message { id, kind, from, author, group, to, profile_name, at, ..Message::default() };
        let message = content(item, message);
        inbound.record_message(self.context, path, pending, message.text.as_deref(), None);
        inbound.messages.push(message);
    }

    /// A thread is of one user; the answer to a request to call comes to whoever holds the calls.
    fn owner_of(&self, kind: Option<Kind>, in_group: bool) -> Option<Owner> {
        let tells = !in_group && !matches!(kind, Some(Kind::System | Kind::CallPermission));
        Some(self.owner).filter(|_| tells)
    }

    fn identity_change(
        &self,
        item: &Value,
        from: &Identity,
        at: Option<crate::time::Instant>,
    ) -> Option<IdentityChange> {
        let (from, to) = system::change(item, from)?;
        Some(IdentityChange { business: self.business.clone(), from, to, at })
    }

    fn template(&self, inbound: &mut Inbound, change: &'static str, current: &str, previous: &str) {
        let at = inbound.seconds(&self.path, self.time, "");
        let value = self.value;
        let id = value.id("message_template_id");
        if id.is_empty() && value.number("message_template_id").is_some() {
            let path = [&self.path, ".message_template_id"].concat();
            inbound.problem(IMPRECISE, &path, "the number could be that of another template", "");
        }
        let current = value.text(current).map(word).unwrap_or_default();
        if change == "status" && !is_known(&current) {
            inbound.problem(
                "template-status-unknown",
                &self.path,
                "no known word for a template's state",
                "",
            );
        }
        let reason = value.get("rejection_info").and_then(|info| info.owned("reason"));
        let other = value.get("other_info").and_then(|info| info.owned("description"));
        inbound.template_updates.push(TemplateUpdate {
            id,
            source: Provider::Meta,
            name: value.owned("message_template_name"),
            language: value.owned("message_template_language"),
            change,
            previous: value.text(previous).map(word),
            current,
            reason: value.owned("reason").filter(|reason| reason != "NONE"),
            detail: reason.or(other),
            at,
        });
    }
}

/// Whether a word of a template's state is one of those that documents list; two of them are no states.
fn is_known(status: &str) -> bool {
    matches!(status, "unarchived" | "unlocked")
        || Status::from_name(status).is_some_and(|it| it != Status::Unknown)
}

/// A user name without its `@`.
fn handle(name: &str) -> String {
    name.strip_prefix('@').unwrap_or(name).to_owned()
}

/// Fields of a message besides the one named like its type.
const MESSAGE: &[&str] = &[
    "id",
    "from",
    "from_user_id",
    "from_parent_user_id",
    "timestamp",
    "type",
    "context",
    "referral",
    "group_id",
    "errors",
    "identity",
    "username",
    "from_logical_id",
    "to",
    "to_user_id",
    "to_parent_user_id",
];

/// `interactive.type` and what it means.
const INTERACTIVE: &[(&str, Kind)] = &[
    ("button_reply", Kind::Button),
    ("list_reply", Kind::ListReply),
    ("nfm_reply", Kind::FlowReply),
    ("call_permission_reply", Kind::CallPermission),
];

fn kind(item: &Value) -> Option<Kind> {
    let (table, name) = match item.text("type") {
        Some("interactive") => (INTERACTIVE, item.get("interactive").and_then(|part| part.text("type"))),
        name => (TYPES, name),
    };
    table.iter().find(|(known, _)| Some(*known) == name).map(|(_, kind)| *kind)
}
