//! Looking things up in what somebody else wrote: what is absent or of another kind is simply not there.

use super::value::Value;

impl Value {
    /// The value of a field; `null` counts as absent.
    #[must_use]
    #[inline(never)]
    pub fn get(&self, name: &str) -> Option<&Value> {
        let Value::Map(fields) = self else { return None };
        fields.iter().find(|(n, _)| n == name).map(|(_, value)| value).filter(|value| **value != Value::Null)
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

    /// An id, which some payloads write as a number.
    pub(crate) fn id(&self, name: &str) -> String {
        match self.get(name) {
            Some(Value::Text(text)) => text.clone(),
            Some(Value::Number(number)) => (*number as u64).to_string(),
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
