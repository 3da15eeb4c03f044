//! What Meta's webhooks tell of templates.

use crate::data::{Fields, Path, Value};
use crate::provider::import::{IMPRECISE, Log, id};
use crate::provider::template_change::{Change, Key};
use crate::template::model::{Category, Status};

/// `message_template_status_update` and `template_category_update`. A notice of a category to come carries no
/// `new_category` and changes nothing.
pub fn events(log: &mut Log, root: &Path<'_>, fields: &Fields<'_>, changes: &mut Vec<(Key, Change)>) {
    let list = Path::Field(root, "entry");
    for (index, entry) in log.list(fields, "entry").iter().enumerate() {
        let path = Path::Index(&list, index);
        let Some(entry) = log.open(&path, entry) else { continue };
        let list = Path::Field(&path, "changes");
        for (index, item) in log.list(&entry, "changes").iter().enumerate() {
            event(log, &Path::Index(&list, index), item, changes);
        }
    }
}

fn event(log: &mut Log, path: &Path<'_>, item: &Value, changes: &mut Vec<(Key, Change)>) {
    let Some(fields) = log.open(path, item) else { return };
    let field = log.text(&fields, "field").unwrap_or_default();
    if !matches!(field, "message_template_status_update" | "template_category_update") {
        return;
    }
    let path = Path::Field(path, "value");
    let Some(value) = log.keep(fields.required("value", |_, value| Fields::open_foreign(&path, value)))
    else {
        return;
    };
    let Some(key) = key(log, &value) else { return };
    let mut change = Change::default();
    if field == "template_category_update" {
        change.category = log.word(&value, "new_category", Category::from_name);
    } else {
        status(log, &value, &mut change);
        change.reason = log.text(&value, "reason").filter(|reason| *reason != "NONE").map(str::to_owned);
    }
    changes.push((key, change));
}

/// Words of an event that are no status: what they say of one.
fn status(log: &mut Log, value: &Fields<'_>, change: &mut Change) {
    match log.text(value, "event").unwrap_or_default() {
        "UNARCHIVED" => change.status = Some(Status::Approved),
        "UNLOCKED" => {
            let info = value.get("other_info").and_then(|info| info.text("title"));
            change.unlocked = Some(info == Some("UNPAUSE"));
        }
        _ => change.status = log.word(value, "event", Status::from_name),
    }
}

/// The template by its id; by name and language where the id came as a number of so many digits that it could be another's,
/// which is told.
fn key(log: &mut Log, value: &Fields<'_>) -> Option<Key> {
    let id = value.required("message_template_id", id);
    let imprecise = id.as_ref().is_err_and(|fault| fault.code == IMPRECISE);
    if let Some(id) = log.keep(id) {
        return Some(Key::Id(id));
    }
    let name = log.text(value, "message_template_name").filter(|_| imprecise)?;
    let language = log.text(value, "message_template_language")?;
    Some(Key::Name(name.to_owned(), language.to_owned()))
}
