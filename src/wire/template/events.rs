//! What a provider tells of a template after it was imported: a fetched approval, a change of status or category.

use super::{read, write};
use crate::data::{Fault, Fields, Object, Path, Value};
use crate::provider::import::{Log, id};
use crate::template::model::{Category, Status, Template};
use crate::template::names::Names;

/// What changes of a template.
#[derive(Default)]
struct Change {
    status: Option<Status>,
    category: Option<Category>,
    reason: Option<String>,
}

impl Change {
    fn apply(self, template: &mut Template) {
        if let Some(status) = self.status {
            template.status = status;
            template.rejection_reason = self.reason;
        }
        template.category = self.category.unwrap_or(template.category);
    }
}

/// `mergeApproval`: the answer of Twilio's `ApprovalRequests` joined to its template.
///
/// # Errors
/// Those of reading the template; `missing-field` without an approval. An approval of another template, or one that
/// cannot be read, is a problem in the answer, and the template stays as it was.
pub fn merge_approval(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["template", "approval"])?;
    let mut template = fields.required("template", read::template)?;
    let approval = fields.required("approval", |_, value| Ok(value))?;
    let root = Path::Field(&Path::Root, "approval");
    let mut log = Log { id: Some(template.id.clone()), ..Log::default() };
    if let Some(change) = approval_change(&mut log, &root, approval, &template.id) {
        change.apply(&mut template);
    }
    let problems = write::list(&log.problems, &write::import_problem);
    Ok(Object::new().with("template", write::template(&template)).with("problems", problems).into())
}

fn approval_change(log: &mut Log, root: &Path<'_>, approval: &Value, id: &str) -> Option<Change> {
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
    })
}

/// `applyTemplateEvents`: a webhook body or event-stream batch applied to templates, in its own order.
///
/// # Errors
/// Those of reading the templates; `missing-field` without a payload. What cannot be read of the payload is a problem.
pub fn apply(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["templates", "payload"])?;
    let mut templates = fields.required("templates", |path, value| path.each(value, read::template))?;
    let payload = fields.required("payload", |_, value| Ok(value))?;
    let mut log = Log::default();
    let mut changes = Vec::new();
    let root = Path::Field(&Path::Root, "payload");
    match payload {
        Value::List(events) => {
            for (index, event) in events.iter().enumerate() {
                twilio(&mut log, &Path::Index(&root, index), event, &mut changes);
            }
        }
        payload => match log.open(&root, payload) {
            Some(fields) if fields.get("entry").is_some() => meta(&mut log, &root, &fields, &mut changes),
            Some(_) => twilio(&mut log, &root, payload, &mut changes),
            None => {}
        },
    }
    let (mut by_id, mut changed) = (Names::default(), Names::default());
    for (at, template) in templates.iter().enumerate() {
        by_id.add(&template.id, at);
    }
    for (id, change) in changes {
        if let Some(template) = by_id.get(&id).and_then(|at| templates.get_mut(at)) {
            change.apply(template);
            changed.is_new(&id);
        }
    }
    Ok(Object::new()
        .with("templates", write::list(&templates, &write::template))
        .with("changed", changed.iter().map(|(id, _)| id).collect::<Value>())
        .with("problems", write::list(&log.problems, &write::import_problem))
        .into())
}

/// `com.twilio.messaging.template.approval.updated`
/// (<https://www.twilio.com/docs/events/event-types/messaging/template-approval>).
fn twilio(log: &mut Log, path: &Path<'_>, event: &Value, changes: &mut Vec<(String, Change)>) {
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
    changes.push((sid, change));
}

/// `message_template_status_update` and `template_category_update`. A notice of a category to come carries no
/// `new_category` and changes nothing.
fn meta(log: &mut Log, root: &Path<'_>, fields: &Fields<'_>, changes: &mut Vec<(String, Change)>) {
    let list = Path::Field(root, "entry");
    for (index, entry) in log.list(fields, "entry").iter().enumerate() {
        let path = Path::Index(&list, index);
        let Some(entry) = log.open(&path, entry) else { continue };
        let list = Path::Field(&path, "changes");
        for (index, item) in log.list(&entry, "changes").iter().enumerate() {
            meta_change(log, &Path::Index(&list, index), item, changes);
        }
    }
}

fn meta_change(log: &mut Log, path: &Path<'_>, item: &Value, changes: &mut Vec<(String, Change)>) {
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
