//! The one error that leaves the engine.

use core::{fmt, ops::Deref};
use std::borrow::Cow;

/// Why an input was refused: a stable code, the path of the field, one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultParts {
    /// Kebab-case, never changed once released.
    pub code: &'static str,
    /// Path of the offending field, such as `state.customer[2].id`; empty for the whole input.
    pub field: String,
    /// One lower-case sentence without secrets.
    pub message: Cow<'static, str>,
}

/// A refusal. Behind one pointer, because every `?` of every reader moves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault(Box<FaultParts>);

impl Fault {
    /// A fault at `field`.
    pub fn new(code: &'static str, field: impl Into<String>, message: impl Into<Cow<'static, str>>) -> Self {
        Fault(Box::new(FaultParts { code, field: field.into(), message: message.into() }))
    }
}

impl Deref for Fault {
    type Target = FaultParts;
    fn deref(&self) -> &FaultParts {
        &self.0
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.field.is_empty() {
            write!(f, "{}", self.message)
        } else {
            write!(f, "`{}`: {}", self.field, self.message)
        }
    }
}

impl std::error::Error for Fault {}
