//! Evidence in the contract: events on their way into a window, and the state that knows them.

use super::key;
use super::policy::{VERSION, read_version};
use crate::data::{Fault, Fields, Object, Path, Value};
use crate::event::{Channel, Kind, Log, Owner, Role, Times, ToldBy};
use crate::session::{Entry, Record, Window};

/// Longest id of a record, in characters.
const MAX_ID: usize = 256;

const RECORD: [&str; 8] =
    ["id", "kind", "providerAtMs", "receiptAtMs", "desktopAtMs", "owner", "ownerRole", "toldBy"];
pub(super) const EVENT: [&str; 12] = [
    "id",
    "kind",
    "providerAtMs",
    "receiptAtMs",
    "desktopAtMs",
    "owner",
    "ownerRole",
    "toldBy",
    "log",
    "channel",
    "business",
    "customer",
];
/// The maps, and whether one stands in every state; the others are there only where something is in them.
const LOGS: [(&str, Log, bool); 5] = [
    ("customer", Log::Customer, true),
    ("refused", Log::Refused, true),
    ("sent", Log::Sent, true),
    ("thread", Log::Thread, false),
    ("marketing", Log::Marketing, false),
];

fn read_id(path: &Path<'_>, value: &Value) -> Result<String, Fault> {
    let id = path.text(value)?;
    // Bytes bound characters from above, so that a long text is not counted through.
    if id.is_empty() || id.len() > MAX_ID.saturating_mul(4) || id.chars().count() > MAX_ID {
        return Err(path.fault("bad-id", "an id must have 1 to 256 characters"));
    }
    Ok(id.to_owned())
}

#[inline(never)]
fn read_entry(fields: &Fields<'_>, path: &Path<'_>, log: Log) -> Result<Entry, Fault> {
    let id = fields.required("id", read_id)?;
    let kind = fields.name("kind", Kind::NAMES)?;
    let time = |name| fields.optional(name, |path: &Path<'_>, value| path.instant(value));
    let times = Times {
        provider: time("providerAtMs")?,
        receipt: time("receiptAtMs")?,
        desktop: time("desktopAtMs")?,
    };
    if times == Times::default() {
        return Err(path.fault("no-time", "a record needs at least one of its three times"));
    }
    let owner = read_owner(fields, path)?;
    let told_by = fields.optional_name("toldBy", ToldBy::NAMES)?;
    Ok(Entry { log, id, record: Record { kind, times, owner, told_by } })
}

fn read_owner(fields: &Fields<'_>, path: &Path<'_>) -> Result<Option<Owner>, Fault> {
    let role = fields.optional_name("ownerRole", Role::NAMES)?;
    match (fields.optional_text("owner")?, role) {
        (Some("us"), None) => Ok(Some(Owner::Us)),
        (Some("other"), role) => Ok(Some(Owner::Other(role.unwrap_or(Role::Untold)))),
        (None, None) => Ok(None),
        (None | Some("us"), Some(_)) => {
            Err(Path::Field(path, "ownerRole").fault("conflicting-fields", "only another owner has a role"))
        }
        _ => Err(Path::Field(path, "owner").unknown_name(&|place| ["us", "other"].get(place).copied())),
    }
}

/// `owner` and `ownerRole`, where something is told.
pub(super) fn with_owner(object: Object, owner: Option<Owner>) -> Object {
    match owner {
        None => object,
        Some(Owner::Us) => object.with("owner", "us"),
        Some(Owner::Other(role)) => object.with("owner", "other").with_some("ownerRole", told(role)),
    }
}

pub(super) fn told(role: Role) -> Option<&'static str> {
    Some(role.name()).filter(|_| role != Role::Untold)
}

#[inline(never)]
pub(super) fn read_event(path: &Path<'_>, value: &Value) -> Result<Entry, Fault> {
    let fields = Fields::open(path, value, &EVENT)?;
    let log = fields.name("log", Log::NAMES)?;
    fields.optional_name("channel", Channel::NAMES)?;
    fields.optional_text("business")?;
    fields.optional("customer", key::read_identity)?;
    read_entry(&fields, path, log)
}

pub(super) fn read_state(path: &Path<'_>, value: &Value) -> Result<Window, Fault> {
    let fields =
        Fields::open(path, value, &["version", "customer", "refused", "sent", "thread", "marketing"])?;
    fields.required("version", read_version)?;
    let mut window = Window::default();
    for (name, log, is_required) in LOGS {
        let read = |path: &Path<'_>, value: &Value| {
            path.each(value, |path, value| read_entry(&Fields::open(path, value, &RECORD)?, path, log))
        };
        window.add(if is_required {
            fields.required(name, read)?
        } else {
            fields.optional(name, read)?.unwrap_or_default()
        });
    }
    Ok(window)
}

pub(super) fn write_state(window: &Window) -> Value {
    let mut state = Object::new().with("version", VERSION);
    for (name, log, _) in LOGS.into_iter().filter(|(_, log, always)| *always || window.len(*log) > 0) {
        let records = window.records(log).map(|(id, record)| {
            let written = Object::new()
                .with("id", id)
                .with("kind", record.kind.name())
                .with_some("providerAtMs", record.times.provider)
                .with_some("receiptAtMs", record.times.receipt)
                .with_some("desktopAtMs", record.times.desktop);
            with_owner(written, record.owner).with_some("toldBy", record.told_by.map(ToldBy::name))
        });
        state = state.with(name, records.collect::<Value>());
    }
    state.into()
}
