//! The contract of [`crate::address::numbers`].

use super::address::position;
use super::{Fault, Fields, Object, Path, Value};
use crate::address::numbers::{self, Kind, Number, Plan, Refusal, Style};

/// A region of the plans, ISO 3166-1 alpha-2 in capitals.
fn region<'v>(fields: &Fields<'v>, plan: &Plan) -> Result<Option<&'v str>, Fault> {
    fields.optional("defaultRegion", |path, value| {
        let id = path.text(value)?;
        match plan.region(id) {
            Some(_) => Ok(id),
            None => Err(path
                .fault("unknown-region", "not a region of the numbering plans (two capitals, such as `GB`)")),
        }
    })
}

fn refused(text: &str, refusal: Refusal) -> Value {
    let at = match refusal {
        Refusal::NotANumber => numbers::input::first_wrong(text),
        _ => None,
    };
    Object::of_kind("refused").with("reason", refusal.name()).with_some("position", position(text, at)).into()
}

/// `parseNumber`: `{ text, defaultRegion? }` to `ParsedNumber`.
///
/// # Errors
/// `unknown-region`, and those of the readers; a text that is no number is an answer.
pub fn parse_number(input: &Value) -> Result<Value, Fault> {
    let plan = numbers::world();
    let fields = Fields::open(&Path::Root, input, &["text", "defaultRegion"])?;
    let text = fields.text("text")?;
    Ok(match plan.parse(text, region(&fields, plan)?) {
        Ok(number) => described(plan, &number),
        Err(refusal) => refused(text, refusal),
    })
}

fn described(plan: &Plan, number: &Number) -> Value {
    let judgement = plan.judge_number(number);
    let judgement = judgement.as_ref();
    Object::of_kind("number")
        .with("e164", plan.format(number, Style::E164))
        .with("callingCode", u32::from(number.calling_code()))
        .with("nationalNumber", number.national())
        .with_some("extension", number.extension())
        .with_some("possible", judgement.map(|judgement| judgement.possible.name()))
        .with("valid", judgement.is_some_and(|judgement| judgement.is_valid()))
        .with_some("type", judgement.and_then(|judgement| judgement.kind).map(Kind::name))
        .with_some("region", judgement.and_then(|judgement| judgement.region_name()))
        .into()
}

/// `formatNumber`: `{ text, defaultRegion?, format }` to `FormattedNumber`.
///
/// # Errors
/// `unknown-region`, `unknown-name` for the format, and those of the readers; a text that is no number is an answer.
pub fn format_number(input: &Value) -> Result<Value, Fault> {
    let plan = numbers::world();
    let fields = Fields::open(&Path::Root, input, &["text", "defaultRegion", "format"])?;
    let text = fields.text("text")?;
    let style = fields.required("format", |path, value| path.name(value, Style::from_name))?;
    Ok(match plan.parse(text, region(&fields, plan)?) {
        Ok(number) => Object::of_kind("formatted").with("text", plan.format(&number, style)).into(),
        Err(refusal) => refused(text, refusal),
    })
}

/// `asYouType`: `{ digits, defaultRegion? }` to the text to show.
///
/// # Errors
/// `unknown-region`, and those of the readers.
pub fn as_you_type(input: &Value) -> Result<Value, Fault> {
    let plan = numbers::world();
    let fields = Fields::open(&Path::Root, input, &["digits", "defaultRegion"])?;
    Ok(plan.as_you_type(fields.text("digits")?, region(&fields, plan)?).into())
}
