//! Readers of objects: fields by name.

use super::value::Name;
use super::{Fault, Path, Value};
use crate::time::{Instant, Span};

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
            Some((name, _)) => {
                Err(Path::Field(path, name).fault_of("unknown-field", "no such field; there are", &|place| {
                    known.get(place).copied()
                }))
            }
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

    /// An instant that must be there.
    ///
    /// # Errors
    /// `missing-field`, or those of [`Path::instant`].
    #[inline(never)]
    pub fn instant(&self, name: &str) -> Result<Instant, Fault> {
        self.required(name, |path, value| path.instant(value))
    }

    /// An instant that may be absent.
    ///
    /// # Errors
    /// Those of [`Path::instant`].
    #[inline(never)]
    pub fn optional_instant(&self, name: &str) -> Result<Option<Instant>, Fault> {
        self.optional(name, |path, value| path.instant(value))
    }

    /// A span that must be there.
    ///
    /// # Errors
    /// `missing-field`, or those of [`Path::span`].
    #[inline(never)]
    pub fn span(&self, name: &str) -> Result<Span, Fault> {
        self.required(name, |path, value| path.span(value))
    }

    /// A span that may be absent.
    ///
    /// # Errors
    /// Those of [`Path::span`].
    #[inline(never)]
    pub fn optional_span(&self, name: &str) -> Result<Option<Span>, Fault> {
        self.optional(name, |path, value| path.span(value))
    }

    /// A whole number that must be there.
    ///
    /// # Errors
    /// `missing-field`, or those of [`Path::count`].
    #[inline(never)]
    pub fn count(&self, name: &str) -> Result<u32, Fault> {
        self.required(name, |path, value| path.count(value))
    }

    /// A whole number that may be absent.
    ///
    /// # Errors
    /// Those of [`Path::count`].
    #[inline(never)]
    pub fn optional_count(&self, name: &str) -> Result<Option<u32>, Fault> {
        self.optional(name, |path, value| path.count(value))
    }

    /// A boolean that must be there.
    ///
    /// # Errors
    /// `missing-field`, or those of [`Path::truth`].
    #[inline(never)]
    pub fn truth(&self, name: &str) -> Result<bool, Fault> {
        self.required(name, |path, value| path.truth(value))
    }

    /// A boolean that may be absent.
    ///
    /// # Errors
    /// Those of [`Path::truth`].
    #[inline(never)]
    pub fn optional_truth(&self, name: &str) -> Result<Option<bool>, Fault> {
        self.optional(name, |path, value| path.truth(value))
    }

    /// One of a closed set of names, that must be there.
    ///
    /// # Errors
    /// `missing-field`, or those of [`Path::name`].
    #[inline(never)]
    pub fn name<T: Clone>(&self, name: &str, names: &[(&'static str, T)]) -> Result<T, Fault> {
        self.required(name, |path, value| path.name(value, names))
    }

    /// One of a closed set of names, that may be absent.
    ///
    /// # Errors
    /// Those of [`Path::name`].
    #[inline(never)]
    pub fn optional_name<T: Clone>(
        &self,
        name: &str,
        names: &[(&'static str, T)],
    ) -> Result<Option<T>, Fault> {
        self.optional(name, |path, value| path.name(value, names))
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
