//! What Meta's webhooks tell of templates.

use crate::data::{Fields, Path, Value};
use crate::provider::import::{Log, id};
use crate::provider::template_change::Change;
use crate::template::model::{Category, Status};

/// `message_template_status_update` and `template_category_update`. A notice of a category to come carries no
/// `new_category` and changes nothing.
pub fn events(log: &mut Log, root: &Path<'_>, fields: &Fields<'_>, changes: &mut Vec<(String, Change)>) {
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

fn event(log: &mut Log, path: &Path<'_>, item: &Value, changes: &mut Vec<(String, Change)>) {
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
    let Some(id) = log.keep(value.required("message_template_id", id)) else { return };
    let mut change = Change::default();
    if field == "template_category_update" {
        change.category = log.word(&value, "new_category", Category::from_name);
    } else {
        change.status = log.word(&value, "event", Status::from_name);
        change.reason = log.text(&value, "reason").filter(|reason| *reason != "NONE").map(str::to_owned);
    }
    changes.push((id, change));
}
