//! What a provider tells of a template after it was imported: a fetched approval, a change of status or category.

use super::{read, write};
use crate::data::{Fault, Fields, Object, Path, Value};
use crate::provider::import::Log;
use crate::provider::template_change::Key;
use crate::provider::template_changes;
use crate::provider::twilio::approval;
use crate::template::name_index::Names;

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
    if let Some(change) = approval::approval(&mut log, &root, approval, &template.id) {
        change.apply(&mut template);
    }
    let problems = write::list(&log.problems, &write::import_problem);
    Ok(Object::new().with("template", write::template(&template)).with("problems", problems).into())
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
    let changes = template_changes(&mut log, &Path::Field(&Path::Root, "payload"), payload);
    let (mut by_id, mut changed) = (Names::default(), Names::default());
    for (at, template) in templates.iter().enumerate() {
        by_id.add(&template.id, at);
    }
    for (key, change) in changes {
        let at = match &key {
            Key::Id(id) => by_id.get(id),
            key @ Key::Name(..) => templates.iter().position(|template| key.is(template)),
        };
        if let Some(template) = at.and_then(|at| templates.get_mut(at)) {
            changed.is_new(&template.id);
            change.apply(template);
        }
    }
    Ok(Object::new()
        .with("templates", write::list(&templates, &write::template))
        .with("changed", changed.iter().map(|(id, _)| id).collect::<Value>())
        .with("problems", write::list(&log.problems, &write::import_problem))
        .into())
}
