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

fn wrong_at(text: &str, refusal: Refusal) -> Option<u32> {
    let refused = refusal == Refusal::NotANumber;
    position(text, refused.then(|| numbers::input::first_wrong(text)).flatten())
}

fn refused(text: &str, refusal: Refusal) -> Value {
    let position = wrong_at(text, refusal);
    Object::of_kind("refused").with("reason", refusal.name()).with_some("position", position).into()
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

/// The answer of [`parse_number`] as lines: plus and digits, calling code, national number, extension, possible, type,
/// region, then the text of each style that has its bit in `styles` (by its place in [`Style::NAMES`]). What is absent is
/// an empty line. For a refusal: an empty line, the reason, the position. `region` holds two letters, 8 bits each, or
/// is 0; the text is empty if there is no such region.
#[must_use]
pub fn lines(text: &str, region: u32, styles: u32) -> String {
    let plan = numbers::world();
    let [_, _, letters @ ..] = region.to_be_bytes();
    let region = core::str::from_utf8(&letters).ok().filter(|_| region != 0);
    if region.is_some_and(|id| plan.region(id).is_none()) {
        return String::new();
    }
    let number = match plan.parse(text, region) {
        Ok(number) => number,
        Err(refusal) => return refused_lines(text, refusal),
    };
    let mut out = String::with_capacity(160);
    plan.write(&mut out, &number, Style::E164);
    out.push('\n');
    numbers::push_decimal(&mut out, number.calling_code());
    let judgement = plan.judge_number(&number);
    let judgement = judgement.as_ref();
    for line in [
        number.national(),
        number.extension().unwrap_or(""),
        judgement.map_or("", |judgement| judgement.possible.name()),
        judgement.and_then(|judgement| judgement.kind).map_or("", Kind::name),
        judgement.and_then(|judgement| judgement.region_name()).unwrap_or(""),
    ] {
        out.push('\n');
        out.push_str(line);
    }
    for (at, (_, style)) in Style::NAMES.iter().enumerate() {
        if styles >> at & 1 == 1 {
            out.push('\n');
            plan.write(&mut out, &number, *style);
        }
    }
    out
}

fn refused_lines(text: &str, refusal: Refusal) -> String {
    let position = wrong_at(text, refusal).map_or(String::new(), |at| at.to_string());
    ["", refusal.name(), &position].join("\n")
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
