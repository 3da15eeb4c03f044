//! The rules' own dates in the contract.

use crate::data::{Fault, Fields, Object, Path, Value};
use crate::dated::{Dated, Day, RULES_AS_OF, Rule};
use crate::event::Provider;
use crate::provider_error;
use crate::session;
use crate::template::{content_type, session_message};

/// `rulesAsOf`: `{}` → `{ asOf }`, the day after which no rule was left unread: each row was compared with its source on it
/// or later.
///
/// # Errors
/// `wrong-type`, `unknown-field`.
pub fn rules_as_of(input: &Value) -> Result<Value, Fault> {
    Fields::open(&Path::Root, input, &[])?;
    Ok(Object::new().with("asOf", RULES_AS_OF.text()).into())
}

/// `listRules`: `{}` → `{ asOf, rules }`, every row with its source, the day on which it was compared with that, and since
/// when it holds.
///
/// # Errors
/// `wrong-type`, `unknown-field`.
pub fn list_rules(input: &Value) -> Result<Value, Fault> {
    Fields::open(&Path::Root, input, &[])?;
    let rules: Value = all().map(written).chain(codes()).collect();
    Ok(Object::new().with("asOf", RULES_AS_OF.text()).with("rules", rules).into())
}

fn all() -> impl Iterator<Item = Rule> {
    session::rules().chain(session_message::rules()).chain(content_type::rules())
}

fn written(rule: Rule) -> Object {
    let Dated { source, checked_on, effective_from } = rule.dated;
    dated(rule.name, rule.row, checked_on, effective_from).with("source", source)
}

fn dated(name: &str, row: &str, checked_on: Day, effective_from: Option<Day>) -> Object {
    Object::new()
        .with("rule", name)
        .with("row", row)
        .with("checkedOn", checked_on.text())
        .with_some("effectiveFrom", effective_from.map(Day::text))
}

/// The providers' codes. What is inferred has no source.
fn codes() -> impl Iterator<Item = Object> {
    Provider::NAMES.iter().flat_map(|(name, provider)| {
        provider_error::rows(*provider).iter().map(move |row| {
            let rule = ["code-", name].concat();
            let written = dated(&rule, &row.code.to_string(), row.checked_on, row.effective_from);
            written.with_some("source", row.url(*provider))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_rows() -> Vec<&'static provider_error::Row> {
        Provider::NAMES.iter().flat_map(|(_, provider)| provider_error::rows(*provider)).collect()
    }

    #[test]
    fn no_row_was_read_before_the_day_that_is_told() {
        let codes = code_rows();
        let days = all().map(|rule| rule.dated.checked_on).chain(codes.iter().map(|row| row.checked_on));
        assert_eq!(days.min(), Some(RULES_AS_OF));
    }

    #[test]
    fn a_day_is_a_day() {
        let codes = code_rows();
        let dated = all().flat_map(|rule| [Some(rule.dated.checked_on), rule.dated.effective_from]);
        let days = dated.chain(codes.iter().flat_map(|row| [Some(row.checked_on), row.effective_from]));
        for day in days.flatten() {
            let text = day.text();
            assert!(crate::time::Instant::parse(&format!("{text}T00:00:00Z")).is_ok(), "{text}");
        }
    }

    #[test]
    fn a_source_is_an_address_and_a_row_stands_once() {
        let mut seen = std::collections::HashSet::new();
        for rule in all() {
            assert!(rule.dated.source.starts_with("https://"), "{rule:?}");
            assert!(seen.insert((rule.name, rule.row)), "{rule:?}");
        }
    }
}
