//! Templates in the contract: import, eligibility, fill.

mod events;
mod index;
mod read;
mod session;
pub(super) mod write;

pub use events::{apply as apply_events, merge_approval};
pub use index::{add_to_index, rank, search};
pub use session::{check as check_session_message, join as join_messages, read_answer, suitable_for_draft};
pub(super) use write::remark as write_remark;

use super::key::read_parts;
use crate::data::{Fault, Fields, Object, Path, Value};
use crate::event::{Channel, Provider};
use crate::provider::import::names;
use crate::provider::{import, meta, twilio};
use crate::template::audience::is_shown;
use crate::template::eligibility::{self, Context, Refusal};
use crate::template::fill::{self, Values};
use crate::template::language;
use crate::template::prompt;

/// `importTemplates`: a page of a provider's answer becomes templates; what cannot be read becomes a problem.
///
/// # Errors
/// `missing-field`, `wrong-type`, `unknown-field` or `unknown-name` of the argument itself; never of the page.
pub fn import(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["provider", "page"])?;
    let page = fields.required("page", |_, value| Ok(value))?;
    let provider = fields.optional_name("provider", Provider::NAMES)?.unwrap_or(Provider::Twilio);
    let shape = match provider {
        Provider::Twilio => &twilio::template::PAGE,
        Provider::Meta => &meta::template::PAGE,
    };
    Ok(write::import(import::page(page, shape)))
}

/// `templateEligibility`: may this template be sent to this customer now.
///
/// # Errors
/// Those of reading the template and the context.
pub fn eligibility(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["template", "context"])?;
    let template = fields.required("template", read::template)?;
    let context = fields.required("context", context)?;
    Ok(write_eligibility(&eligibility::eligibility(&template, &context)))
}

/// `fillTemplate`: the send request, or everything that is still wrong.
///
/// # Errors
/// Those of reading the template; `wrong-type` for a value that is no string.
pub fn fill(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["template", "values"])?;
    let template = fields.required("template", read::template)?;
    let path = Path::Field(&Path::Root, "values");
    let given = Fields::open_foreign(&path, fields.required("values", |_, value| Ok(value))?)?;
    let mut values = Values::default();
    for (name, value) in given.all().iter().filter(|(_, value)| *value != Value::Null) {
        values.add(name, Path::Field(&path, name).text(value)?);
    }
    let problems = fill::problems(&template, &values);
    let direction = if language::is_right_to_left(&template.language) { "rtl" } else { "ltr" };
    let preview =
        write::parts(&template, Object::new(), &|text, formatted| write::spans(text, &values, formatted))
            .with("direction", direction);
    if !problems.is_empty() {
        let problems = write::list(&problems, &write::fill_problem);
        return Ok(Object::of_kind("incomplete").with("problems", problems).with("preview", preview).into());
    }
    let text = template.body.as_ref().map(|body| fill::filled(body, &values)).unwrap_or_default();
    let ready = Object::of_kind("ready").with("id", template.id.as_str());
    let ready = match template.source {
        Provider::Twilio => ready.with_some("contentVariables", fill::content_variables(&template, &values)),
        Provider::Meta => ready.with("metaTemplate", meta::send::template(&template, &values)),
    };
    Ok(ready.with("text", text).with("preview", preview).into())
}

/// `templatePrompts`: what is asked for each variable, and what is known that fits.
///
/// # Errors
/// Those of reading the template; `missing-field`, `wrong-type` or `unknown-field` of what is known.
pub fn prompts(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["template", "known"])?;
    let template = fields.required("template", read::template)?;
    let path = Path::Field(&Path::Root, "known");
    let given = Fields::open_foreign(&path, fields.required("known", |_, value| Ok(value))?)?;
    let mut known = Vec::new();
    for (name, value) in given.all().iter().filter(|(_, value)| *value != Value::Null) {
        known.push((&**name, Path::Field(&path, name).text(value)?));
    }
    let prompts = prompt::prompts(&template, &known);
    let asked: Vec<_> = template.variables.iter().zip(&prompts).collect();
    Ok(write::list(&asked, &|(variable, prompt)| {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let fits = write::list(&prompt.fits, &|at| {
            let (name, value) = known.get(*at).copied().unwrap_or_default();
            Object::new().with("name", name).with("value", value).into()
        });
        Object::new()
            .with("variable", variable.name.as_str())
            .with_some("before", some(&prompt.before))
            .with_some("after", some(&prompt.after))
            .with("fits", fits)
            .with("isSure", prompt.is_sure)
            .into()
    }))
}

/// `templateAudience`: which of those templates somebody of those audiences sees.
///
/// # Errors
/// `missing-field`, `wrong-type` or `unknown-field`.
pub fn audience(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["meantFor", "audiences"])?;
    let meant_for = fields.required("meantFor", |path, value| path.each(value, names))?;
    let audiences =
        fields.required("audiences", |path, value| path.each(value, |path, value| path.text(value)))?;
    let shown = meant_for.iter().enumerate().filter(|(_, names)| is_shown(names, &audiences));
    let shown: Value = shown.map(|(at, _)| Value::from(write::count(at))).collect();
    Ok(Object::new().with("shown", shown).into())
}

const CONTEXT: &[&str] =
    &["channel", "windowOpen", "customer", "optedOutOfMarketing", "optedIn", "refused", "nowAtMs"];

fn context(path: &Path<'_>, value: &Value) -> Result<Context, Fault> {
    let fields = Fields::open(path, value, CONTEXT)?;
    Ok(Context {
        channel: fields.name("channel", Channel::NAMES)?,
        window_open: fields.truth("windowOpen")?,
        customer: fields.optional("customer", read_parts)?.unwrap_or_default(),
        opted_out: fields.optional_truth("optedOutOfMarketing")?.unwrap_or(false),
        opted_in: fields.optional_truth("optedIn")?,
        refused: fields.optional("refused", |path, value| path.each(value, refusal))?.unwrap_or_default(),
        now: fields.instant("nowAtMs")?,
    })
}

fn refusal(path: &Path<'_>, value: &Value) -> Result<Refusal, Fault> {
    let fields = Fields::open(path, value, &["id", "code", "atMs"])?;
    Ok(Refusal {
        id: fields.text("id")?.to_owned(),
        code: fields.count("code")?,
        at: fields.instant("atMs")?,
    })
}

fn write_eligibility(answer: &eligibility::Eligibility) -> Value {
    let kind = if answer.reasons.is_empty() { "sendable" } else { "not-sendable" };
    let reasons = write::list(&answer.reasons, &|reason| {
        write::remark(*reason).with("action", eligibility::action(reason.code, answer.marketing)).into()
    });
    let notes = write::list(&answer.notes, &|note| write::remark(*note).into());
    Object::of_kind(kind).with("reasons", reasons).with("notes", notes).into()
}
