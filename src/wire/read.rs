//! Readers: from the plain tree to Rust, naming the path of whatever is wrong.

use super::value::Name;
use super::{Fault, Value};
use crate::time::{Instant, Span};
use core::fmt;

/// Where a value stands, built without allocation and printed only on failure.
#[derive(Clone, Copy)]
pub enum Path<'a> {
    /// The whole input.
    Root,
    /// A named field of the parent.
    Field(&'a Path<'a>, &'a str),
    /// An element of the parent.
    Index(&'a Path<'a>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Root => Ok(()),
            Path::Field(Path::Root, name) => f.write_str(name),
            Path::Field(parent, name) => write!(f, "{parent}.{name}"),
            Path::Index(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}

impl Path<'_> {
    /// A fault at this place.
    pub fn fault(&self, code: &'static str, message: impl Into<std::borrow::Cow<'static, str>>) -> Fault {
        Fault::new(code, self.written(), message)
    }

    #[inline(never)]
    fn written(&self) -> String {
        self.to_string()
    }

    fn wrong_kind(&self, wanted: &'static str, got: &Value) -> Fault {
        self.fault("wrong-type", format!("expected {wanted}, got {}", got.kind()))
    }

    /// A string.
    ///
    /// # Errors
    /// `wrong-type` for anything else.
    #[inline(never)]
    pub fn text<'v>(&self, value: &'v Value) -> Result<&'v str, Fault> {
        match value {
            Value::Text(text) => Ok(text),
            other => Err(self.wrong_kind("a string", other)),
        }
    }

    /// A boolean.
    ///
    /// # Errors
    /// `wrong-type` for anything else.
    pub fn truth(&self, value: &Value) -> Result<bool, Fault> {
        match value {
            Value::Bool(truth) => Ok(*truth),
            other => Err(self.wrong_kind("a boolean", other)),
        }
    }

    /// A number, whatever its value.
    fn number(&self, value: &Value) -> Result<f64, Fault> {
        match value {
            Value::Number(number) => Ok(*number),
            other => Err(self.wrong_kind("a number", other)),
        }
    }

    /// An instant in milliseconds.
    ///
    /// # Errors
    /// `wrong-type`, or the code of the [`crate::time::TimeError`].
    #[inline(never)]
    pub fn instant(&self, value: &Value) -> Result<Instant, Fault> {
        Instant::from_f64(self.number(value)?).map_err(|error| self.fault(error.code(), error.to_string()))
    }

    /// A span in milliseconds.
    ///
    /// # Errors
    /// `wrong-type`, or the code of the [`crate::time::TimeError`].
    #[inline(never)]
    pub fn span(&self, value: &Value) -> Result<Span, Fault> {
        Span::from_f64(self.number(value)?).map_err(|error| self.fault(error.code(), error.to_string()))
    }

    /// A whole number from 0 to `u32::MAX`.
    ///
    /// # Errors
    /// `wrong-type`, or `number-out-of-range`.
    #[inline(never)]
    pub fn count(&self, value: &Value) -> Result<u32, Fault> {
        let number = self.number(value)?;
        if number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number) {
            return Ok(number as u32);
        }
        Err(self.fault("number-out-of-range", "expected a whole number from 0 to 4294967295"))
    }

    /// An array.
    ///
    /// # Errors
    /// `wrong-type` for anything else.
    pub fn list<'v>(&self, value: &'v Value) -> Result<&'v [Value], Fault> {
        match value {
            Value::List(items) => Ok(items),
            other => Err(self.wrong_kind("an array", other)),
        }
    }

    /// Every element of an array, read by `read` at its own path.
    ///
    /// # Errors
    /// `wrong-type`, or the first fault of `read`.
    pub fn each<T>(
        &self,
        value: &Value,
        mut read: impl FnMut(&Path<'_>, &Value) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        let items = self.list(value)?;
        let mut all = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            all.push(read(&Path::Index(self, index), item)?);
        }
        Ok(all)
    }

    /// One of a closed set of names, given as a look-up.
    ///
    /// # Errors
    /// `wrong-type`, or `unknown-name`.
    pub fn name<T>(&self, value: &Value, from_name: impl Fn(&str) -> Option<T>) -> Result<T, Fault> {
        from_name(self.text(value)?).ok_or_else(|| self.fault("unknown-name", "not one of the allowed names"))
    }
}

/// The fields of an object whose names are all known.
pub struct Fields<'v> {
    fields: &'v [(Name, Value)],
    path: &'v Path<'v>,
}

impl<'v> Fields<'v> {
    /// Opens an object; every field must be one of `known`.
    ///
    /// # Errors
    /// `wrong-type` if it is no object, `unknown-field` naming the field.
    #[inline(never)]
    pub fn open(path: &'v Path<'v>, value: &'v Value, known: &[&str]) -> Result<Self, Fault> {
        let Value::Map(fields) = value else { return Err(path.wrong_kind("an object", value)) };
        match fields.iter().find(|(name, _)| !known.contains(&name.as_ref())) {
            Some((name, _)) => Err(Path::Field(path, name).fault("unknown-field", "no such field")),
            None => Ok(Fields { fields, path }),
        }
    }

    /// Opens an object whose other fields are somebody else's and are passed over (providers add fields without notice).
    ///
    /// # Errors
    /// `wrong-type` if it is no object.
    pub fn open_foreign(path: &'v Path<'v>, value: &'v Value) -> Result<Self, Fault> {
        let Value::Map(fields) = value else { return Err(path.wrong_kind("an object", value)) };
        Ok(Fields { fields, path })
    }

    /// The value of a field; absent, `null` and `undefined` are the same.
    #[must_use]
    #[inline(never)]
    pub fn get(&self, name: &str) -> Option<&'v Value> {
        self.fields
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value)
            .filter(|value| **value != Value::Null)
    }

    /// A fault at a field.
    #[must_use]
    #[inline(never)]
    pub fn fault_at(&self, name: &str, code: &'static str, message: &'static str) -> Fault {
        Path::Field(self.path, name).fault(code, message)
    }

    /// All fields in order.
    #[must_use]
    pub fn all(&self) -> &'v [(Name, Value)] {
        self.fields
    }

    /// A field that may be absent, read by `read` at its own path.
    ///
    /// # Errors
    /// Those of `read`.
    pub fn optional<T>(
        &self,
        name: &str,
        read: impl FnOnce(&Path<'_>, &'v Value) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        self.get(name).map(|value| read(&Path::Field(self.path, name), value)).transpose()
    }

    /// A field that must be present, read by `read` at its own path.
    ///
    /// # Errors
    /// `missing-field`, or those of `read`.
    pub fn required<T>(
        &self,
        name: &str,
        read: impl FnOnce(&Path<'_>, &'v Value) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        read(&Path::Field(self.path, name), self.present(name)?)
    }

    /// The value of a field that must be there.
    #[inline(never)]
    fn present(&self, name: &str) -> Result<&'v Value, Fault> {
        self.get(name).ok_or_else(|| Path::Field(self.path, name).fault("missing-field", "required"))
    }

    /// A required string.
    ///
    /// # Errors
    /// `missing-field` or `wrong-type`.
    pub fn text(&self, name: &str) -> Result<&'v str, Fault> {
        Path::Field(self.path, name).text(self.present(name)?)
    }

    /// A string that may be absent.
    ///
    /// # Errors
    /// `wrong-type`.
    #[inline(never)]
    pub fn optional_text(&self, name: &str) -> Result<Option<&'v str>, Fault> {
        self.optional(name, |path, value| path.text(value))
    }
}
