//! Reading what a provider sent: whatever cannot be read is written down with its path, and reading goes on.

use super::super::{Fault, Fields, Path, Value};
use crate::template::Template;

/// Something that could not be read.
pub struct Problem {
    pub fault: Fault,
    /// Id of the template it belongs to, where there is one.
    pub id: Option<String>,
}

/// What an import gives.
#[derive(Default)]
pub struct Import {
    pub templates: Vec<Template>,
    pub problems: Vec<Problem>,
    pub next_page_url: Option<String>,
}

/// The problems met so far.
#[derive(Default)]
pub struct Log {
    pub problems: Vec<Problem>,
    /// The template that is being read.
    pub id: Option<String>,
}

impl Log {
    /// Writes a fault down.
    pub fn note(&mut self, fault: Fault) {
        self.problems.push(Problem { fault, id: self.id.clone() });
    }

    /// The value, or `None` with the fault written down.
    pub fn keep<T>(&mut self, result: Result<T, Fault>) -> Option<T> {
        result.map_err(|fault| self.note(fault)).ok()
    }

    /// A string that may be absent; an empty one counts as absent.
    pub fn text<'v>(&mut self, fields: &Fields<'v>, name: &str) -> Option<&'v str> {
        self.keep(fields.optional_text(name)).flatten().filter(|text| !text.is_empty())
    }

    /// The elements of an array that may be absent.
    pub fn list<'v>(&mut self, fields: &Fields<'v>, name: &str) -> &'v [Value] {
        self.keep(fields.optional(name, |path, value| path.list(value))).flatten().unwrap_or_default()
    }

    /// The word of a closed set, which providers write in capitals and with underscores.
    pub fn word<T>(
        &mut self,
        fields: &Fields<'_>,
        name: &str,
        from_name: fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(fields, name)?;
        let word = from_name(&text.to_ascii_lowercase().replace('_', "-"));
        if word.is_none() {
            let fault = fields.optional::<()>(name, |path, _| {
                Err(path.fault("unknown-name", "no document lists this word"))
            });
            self.keep(fault);
        }
        word
    }
}

/// Calls `each` for every string at any depth of `value`, with its path.
pub fn each_string<'v>(path: &Path<'_>, value: &'v Value, each: &mut dyn FnMut(&Path<'_>, &'v str)) {
    match value {
        Value::Text(text) => each(path, text),
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                each_string(&Path::Index(path, index), item, each);
            }
        }
        Value::Map(fields) => {
            for (name, field) in fields {
                each_string(&Path::Field(path, name), field, each);
            }
        }
        _ => {}
    }
}

/// The address of the next page if it is the provider's own: whoever follows it sends credentials there.
pub fn next_page(log: &mut Log, fields: &Fields<'_>, name: &str, domain: &str) -> Option<String> {
    let url = log.text(fields, name)?;
    let host = url.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#', '\\']).next());
    let own = host.and_then(|host| host.strip_suffix(domain));
    if own.is_some_and(|sub| {
        sub.is_empty()
            || (sub.ends_with('.')
                && sub.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte)))
    }) {
        return Some(url.to_owned());
    }
    let fault = fields.optional::<()>(name, |path, _| {
        Err(path.fault("foreign-next-page", "not an address of the provider"))
    });
    log.keep(fault);
    None
}
