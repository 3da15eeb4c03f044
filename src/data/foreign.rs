//! Looking things up in what somebody else wrote: what is absent or of another kind is simply not there.

use super::value::Value;

impl Value {
    /// The value of a field, the last of that name; `null` counts as absent.
    #[must_use]
    #[inline(never)]
    pub fn get(&self, name: &str) -> Option<&Value> {
        let Value::Map(fields) = self else { return None };
        fields
            .iter()
            .rev()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value)
            .filter(|value| **value != Value::Null)
    }

    /// The text of a field that holds one that is not empty.
    #[must_use]
    #[inline(never)]
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(Value::Text(text)) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    #[inline(never)]
    pub(crate) fn owned(&self, name: &str) -> Option<String> {
        self.text(name).map(str::to_owned)
    }

    /// The number of a field that holds one.
    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        match self.get(name) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// An id, which some payloads write as a number; empty where a float does not hold it exactly.
    pub(crate) fn id(&self, name: &str) -> String {
        match self.get(name) {
            Some(Value::Text(text)) => text.clone(),
            Some(Value::Number(number)) => whole(*number).map(|id| id.to_string()).unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// The elements of a field that holds an array, else none.
    pub(crate) fn list(&self, name: &str) -> &[Value] {
        self.get(name).map(Value::items).unwrap_or_default()
    }

    /// The elements of an array, else none.
    #[must_use]
    pub fn items(&self) -> &[Value] {
        match self {
            Value::List(items) => items,
            _ => &[],
        }
    }
}

/// A whole number that no other whole number is read as: below 2^53.
pub(crate) fn whole(number: f64) -> Option<u64> {
    (number.fract() == 0.0 && (0.0..9_007_199_254_740_992.0).contains(&number)).then_some(number as u64)
}
