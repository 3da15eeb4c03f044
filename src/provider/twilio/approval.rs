//! Twilio's approvals: fetched, or told by an event.

use crate::data::{Fields, Path, Value};
use crate::provider::import::Log;
use crate::provider::template_change::{Change, Key};
use crate::template::model::{Category, Status};

/// What the answer of `ApprovalRequests` says of the template with that id.
pub fn approval(log: &mut Log, root: &Path<'_>, approval: &Value, id: &str) -> Option<Change> {
    let outer = log.open(root, approval)?;
    if log.text(&outer, "sid").is_some_and(|sid| sid != id) {
        log.note(
            Path::Field(root, "sid").fault("other-template", "the approval belongs to another template"),
        );
        return None;
    }
    // The answer to a fetch holds one object for each channel, the answer to a submission is that object.
    let inner_path = Path::Field(root, "whatsapp");
    let inner = match outer.get("whatsapp") {
        Some(inner) => log.open(&inner_path, inner)?,
        None => outer,
    };
    Some(Change {
        status: log.word(&inner, "status", Status::from_name),
        category: log.word(&inner, "category", Category::from_name),
        reason: log.text(&inner, "rejection_reason").map(str::to_owned),
        unlocked: None,
    })
}

/// `com.twilio.messaging.template.approval.updated`
/// (<https://www.twilio.com/docs/events/event-types/messaging/template-approval>).
pub fn event(log: &mut Log, path: &Path<'_>, event: &Value, changes: &mut Vec<(Key, Change)>) {
    let Some(fields) = log.open(path, event) else { return };
    if log.text(&fields, "type") != Some("com.twilio.messaging.template.approval.updated") {
        return;
    }
    let data_path = Path::Field(path, "data");
    let Some(data) = log.keep(fields.required("data", |_, value| Fields::open_foreign(&data_path, value)))
    else {
        return;
    };
    let inner_path = Path::Field(&data_path, "template");
    let inner = log.keep(data.required("template", |_, value| Fields::open_foreign(&inner_path, value)));
    let Some((inner, Some(sid))) = inner
        .map(|inner| (log.text(&inner, "sid").map(str::to_owned), inner))
        .map(|(sid, inner)| (inner, sid))
    else {
        return;
    };
    let mut change = Change::default();
    match log.text(&data, "type") {
        Some("status_update") => change.status = log.word(&inner, "currentValue", Status::from_name),
        Some("category_update") => change.category = log.word(&inner, "currentValue", Category::from_name),
        _ => {}
    }
    changes.push((Key::Id(sid), change));
}
