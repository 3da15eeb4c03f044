//! The contract of [`crate::address::numbers`].
#![allow(clippy::arithmetic_side_effects, reason = "lengths of a number, below 100")]

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

/// The answer of [`parse_number`] as one text, which costs least at the boundary: plus and digits, the extension, the
/// number in each style that has its bit in `styles` (by its place in [`Style::NAMES`]), one behind the other; then eleven
/// characters, each a quantity counted from the space: type (place in [`Kind::NAMES`] counted from 1; 0 if the number is
/// not valid), possible (place in its `NAMES`), the two letters of the region (0 if there is none), and the lengths: plus
/// and digits, calling code, extension, and each of the four styles.
///
/// For a refusal: an exclamation mark, the reason, and behind a space the position. `region` holds two letters, 8 bits
/// each, or is 0; the text is empty if there is no such region.
#[must_use]
pub fn written(text: &str, region: u32, styles: u32) -> String {
    let plan = numbers::world();
    let [_, _, letters @ ..] = region.to_be_bytes();
    let region = core::str::from_utf8(&letters).ok().filter(|_| region != 0);
    if region.is_some_and(|id| plan.region(id).is_none()) {
        return String::new();
    }
    match plan.parse(text, region) {
        Ok(number) => number_written(plan, &number, styles),
        Err(refusal) => {
            let mut out = String::from("!");
            out.push_str(refusal.name());
            out.push(' ');
            match wrong_at(text, refusal) {
                Some(0) => out.push('0'),
                Some(at) => numbers::push_decimal(&mut out, at as u16),
                None => {}
            }
            out
        }
    }
}

fn number_written(plan: &Plan, number: &Number, styles: u32) -> String {
    let mut out = String::with_capacity(160);
    let judgement = plan.judge_number(number);
    let judgement = judgement.as_ref();
    let kind = judgement.and_then(|judgement| judgement.kind).map_or(0, |kind| kind as u8 + 1);
    let possible = judgement.map_or(0, |judgement| judgement.possible as u8);
    let [first, second] =
        judgement.and_then(|judgement| judgement.region).map_or([0; 2], |id| id.map(|byte| byte - b' '));
    plan.write(&mut out, number, Style::E164);
    let digits = out.len() as u8;
    let code = digits - 1 - number.national().len() as u8;
    let extension = number.extension().unwrap_or("");
    out.push_str(extension);
    let mut quantities = [kind, possible, first, second, digits, code, extension.len() as u8, 0, 0, 0, 0];
    let lengths = quantities.iter_mut().skip(7);
    for ((at, (_, style)), length) in Style::NAMES.iter().enumerate().zip(lengths) {
        if styles >> at & 1 == 1 {
            let start = out.len();
            plan.write(&mut out, number, *style);
            *length = (out.len() - start) as u8;
        }
    }
    out.extend(quantities.map(|quantity| char::from(b' ' + quantity)));
    out
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
