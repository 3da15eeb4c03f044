//! Provider codes in the contract: one row, told in full or in the words of two older questions.

use super::template::write_remark;
use crate::data::{Fault, Fields, Object, Path, Value};
use crate::dated::Day;
use crate::event::Provider;
use crate::provider_error::{self, Refusal, Row, Source, TemplateEffect};
use crate::template::refusal::refused;
use crate::time::Span;

/// `explainProviderError`: what a provider's error code means; `unknown` for one that the table has not.
///
/// # Errors
/// `missing-field`, `wrong-type`, `unknown-field`, `unknown-name`, `number-out-of-range`.
pub fn explain_provider_error(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["provider", "code"])?;
    let provider = fields.optional_name("provider", Provider::NAMES)?;
    let code = fields.count("code")?;
    let found = match provider {
        Some(provider) => provider_error::of(provider, code).map(|row| (provider, row)),
        None => provider_error::find(code),
    };
    let object = Object::new().with("code", code);
    Ok(match found {
        Some((provider, row)) => known(object, provider, row),
        None => unknown(object),
    }
    .into())
}

fn known(object: Object, provider: Provider, row: &Row) -> Object {
    let certainty = match row.source {
        Source::ErrorList | Source::Page(_) => "documented",
        Source::Reported(_) => "reported",
        Source::Inferred => "inferred",
    };
    object
        .with("provider", provider.name())
        .with("meaning", row.meaning)
        .with("action", row.action.name())
        .with("actor", row.action.actor().name())
        .with("concerns", row.concerns.name())
        .with("retry", row.retry.name())
        .with("window", if row.closes_window { "closes" } else { "unchanged" })
        .with("directSend", if row.stops_direct_send { "stops" } else { "unchanged" })
        .with("template", template_effect(row.template))
        .with("sentence", row.sentence)
        .with("certainty", certainty)
        .with_some("source", row.url(provider))
        .with("checkedOn", row.checked_on.text())
        .with_some("effectiveFrom", row.effective_from.map(Day::text))
}

fn unknown(object: Object) -> Object {
    object
        .with("meaning", "unknown")
        .with("action", "show-code")
        .with("actor", "administrator")
        .with("retry", "no")
        .with("window", "unchanged")
        .with("directSend", "unchanged")
        .with("template", template_effect(TemplateEffect::Unchanged))
        .with("sentence", "unknown")
}

/// Kind, reason and hours of what a code does to the template.
fn parts(effect: TemplateEffect) -> (&'static str, Option<Refusal>, Option<u16>) {
    match effect {
        TemplateEffect::Unchanged => ("unchanged", None, None),
        TemplateEffect::Gone(refusal) => ("blocked", Some(refusal), None),
        TemplateEffect::For(hours, refusal) => ("blocked", Some(refusal), Some(hours)),
        TemplateEffect::Noted(refusal) => ("noted", Some(refusal), None),
        TemplateEffect::MarketingStopped => ("marketing-stopped", None, None),
    }
}

fn template_effect(effect: TemplateEffect) -> Value {
    let (kind, refusal, hours) = parts(effect);
    with_reason(Object::of_kind(kind), refusal, hours).into()
}

fn with_reason(object: Object, refusal: Option<Refusal>, hours: Option<u16>) -> Object {
    let reason = refusal.map(|refusal| write_remark(refused(refusal)));
    object.with_some("reason", reason).with_some("forMs", hours.map(Span::hours))
}

/// `explainError`: the same row in the words of before: `code` for its meaning, `closesWindow` for its window.
///
/// # Errors
/// Those of [`explain_provider_error`], and `missing-field` where no provider is named.
pub fn explain_error(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["provider", "code"])?;
    let provider = fields.name("provider", Provider::NAMES)?;
    let row = provider_error::of(provider, fields.count("code")?);
    Ok(Object::new()
        .with("code", row.map_or("unknown", |row| row.meaning))
        .with("action", row.map_or("show-code", |row| row.action.name()))
        .with("retry", row.map_or("no", |row| row.retry.name()))
        .with("closesWindow", row.is_some_and(|row| row.closes_window))
        .with("sentence", row.map_or("unknown", |row| row.sentence))
        .into())
}

/// `providerVerdict`: the same row in the words of before: what it does to the window or the template.
///
/// # Errors
/// `missing-field`, `wrong-type`, `unknown-field`, `number-out-of-range`.
pub fn provider_verdict(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["code"])?;
    let row = provider_error::find(fields.count("code")?).map(|(_, row)| row);
    let (effect, refusal, hours) = parts(row.map_or(TemplateEffect::Unchanged, |row| row.template));
    let kind = match effect {
        _ if row.is_some_and(|row| row.closes_window) => "window-closed",
        "blocked" => "template-blocked",
        "noted" => "template-note",
        "marketing-stopped" => "opted-out",
        _ => "unrelated",
    };
    let object = Object::of_kind(kind)
        .with("meaning", row.map_or("unknown", |row| row.meaning))
        .with_some("concerns", row.filter(|_| kind != "unrelated").map(|row| row.concerns.name()));
    Ok(with_reason(object, refusal, hours).into())
}
