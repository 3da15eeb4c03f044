//! Readers: from the plain tree to Rust, naming the path of whatever is wrong.

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
    #[inline(never)]
    pub fn fault(&self, code: &'static str, message: &'static str) -> Fault {
        Fault::new(code, self.to_string(), message)
    }

    #[inline(never)]
    pub(crate) fn wrong_kind(&self, wanted: &'static str, got: &Value) -> Fault {
        let message = ["expected ", wanted, ", got ", got.kind()].concat();
        Fault::new("wrong-type", self.to_string(), message)
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

    /// A number, whatever its value; `expected` says what of.
    fn number(&self, value: &Value, expected: &'static str) -> Result<f64, Fault> {
        match value {
            Value::Number(number) => Ok(*number),
            other => Err(self.wrong_kind(expected, other)),
        }
    }

    /// An instant in milliseconds.
    ///
    /// # Errors
    /// `wrong-type`, or the code of the [`crate::time::TimeError`].
    #[inline(never)]
    pub fn instant(&self, value: &Value) -> Result<Instant, Fault> {
        Instant::from_f64(self.number(value, "a number of UTC milliseconds")?)
            .map_err(|error| self.fault(error.code(), error.message()))
    }

    /// A span in milliseconds.
    ///
    /// # Errors
    /// `wrong-type`, or the code of the [`crate::time::TimeError`].
    #[inline(never)]
    pub fn span(&self, value: &Value) -> Result<Span, Fault> {
        Span::from_f64(self.number(value, "a number of milliseconds")?)
            .map_err(|error| self.fault(error.code(), error.message()))
    }

    /// A whole number from 0 to `u32::MAX`.
    ///
    /// # Errors
    /// `wrong-type`, or `number-out-of-range`.
    #[inline(never)]
    pub fn count(&self, value: &Value) -> Result<u32, Fault> {
        let number = self.number(value, "a number")?;
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
    pub fn each<'v, T>(
        &self,
        value: &'v Value,
        mut read: impl FnMut(&Path<'_>, &'v Value) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        let items = self.list(value)?;
        let mut all = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            all.push(read(&Path::Index(self, index), item)?);
        }
        Ok(all)
    }

    /// One of a closed set of names.
    ///
    /// # Errors
    /// `wrong-type`, or `unknown-name`, which tells the names.
    #[inline(never)]
    pub fn name<T: Clone>(&self, value: &Value, names: &[(&'static str, T)]) -> Result<T, Fault> {
        let text = self.text(value)?;
        match names.iter().find(|(name, _)| *name == text) {
            Some((_, found)) => Ok(found.clone()),
            None => Err(self.unknown_name(&|place| names.get(place).map(|(name, _)| *name))),
        }
    }

    /// A name that is none of these.
    #[inline(never)]
    pub(crate) fn unknown_name<'n>(&self, names: &dyn Fn(usize) -> Option<&'n str>) -> Fault {
        self.fault_of("unknown-name", "not one of the allowed names", names)
    }

    /// A fault that tells what could have stood there.
    #[inline(never)]
    pub(crate) fn fault_of<'n>(
        &self,
        code: &'static str,
        message: &str,
        names: &dyn Fn(usize) -> Option<&'n str>,
    ) -> Fault {
        let mut told = String::from(message);
        for (place, name) in (0..).map_while(names).enumerate() {
            told.push_str(if place == 0 { ": " } else { ", " });
            told.push_str(name);
        }
        Fault::new(code, self.to_string(), told)
    }
}
