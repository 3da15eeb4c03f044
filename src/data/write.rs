//! Writers: from Rust to the plain tree. What is absent is left out.

use super::Value;
use super::value::Name;
use crate::time::{Instant, Span};

/// An object under construction.
#[derive(Default)]
pub struct Object(Vec<(Name, Value)>);

impl Object {
    /// An empty object.
    #[must_use]
    pub fn new() -> Self {
        Object(Vec::new())
    }

    /// An object that begins with its discriminant.
    #[must_use]
    pub fn of_kind(kind: &str) -> Self {
        Object::new().with("kind", kind)
    }

    /// Adds a field.
    #[must_use]
    #[inline(always)]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.put(name, value.into());
        self
    }

    /// Adds a field if there is a value.
    #[must_use]
    #[inline(always)]
    pub fn with_some(mut self, name: &'static str, value: Option<impl Into<Value>>) -> Self {
        if let Some(value) = value {
            self.put(name, value.into());
        }
        self
    }

    /// One instance for every type of value, kept out of line: writers call it hundreds of times.
    #[inline(never)]
    fn put(&mut self, name: &'static str, value: Value) {
        self.0.push((Name::Borrowed(name), value));
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        Value::Map(object.0)
    }
}

impl From<Instant> for Value {
    fn from(instant: Instant) -> Self {
        // Within ±8.64e15, so exact.
        Value::Number(instant.ms() as f64)
    }
}

impl From<Span> for Value {
    fn from(span: Span) -> Self {
        Value::Number(span.ms() as f64)
    }
}

impl From<u32> for Value {
    fn from(count: u32) -> Self {
        Value::Number(f64::from(count))
    }
}

impl<T: Into<Value>> FromIterator<T> for Value {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Value::List(items.into_iter().map(Into::into).collect())
    }
}
