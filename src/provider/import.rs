//! Reading what a provider sent: whatever cannot be read is written down with its path, and reading goes on.

use crate::data::{Fault, Fields, Path, Value, whole};
use crate::template::Template;
use crate::template::model::Text;
use crate::template::name_index::Names;

/// Something that could not be read.
pub struct Problem {
    /// What, and where in the page.
    pub fault: Fault,
    /// Id of the template it belongs to, where there is one.
    pub id: Option<String>,
}

/// What an import gives.
#[derive(Default)]
pub struct Import {
    /// Those that could be read.
    pub templates: Vec<Template>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// Where the next page is, if there is one and it is the provider's own address.
    pub next_page_url: Option<String>,
}

/// The problems met so far.
#[derive(Default)]
pub struct Log {
    /// In the order of the page.
    pub problems: Vec<Problem>,
    /// The template that is being read.
    pub id: Option<String>,
}

impl Log {
    /// Writes a fault down.
    #[inline(never)]
    pub fn note(&mut self, fault: Fault) {
        self.problems.push(Problem { fault, id: self.id.clone() });
    }

    /// The value, or `None` with the fault written down.
    pub fn keep<T>(&mut self, result: Result<T, Fault>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(fault) => {
                self.note(fault);
                None
            }
        }
    }

    /// The fields of an object.
    #[inline(never)]
    pub fn open<'v>(&mut self, path: &'v Path<'v>, value: &'v Value) -> Option<Fields<'v>> {
        self.keep(Fields::open_foreign(path, value))
    }

    /// A string that may be absent; an empty one counts as absent.
    #[inline(never)]
    pub fn text<'v>(&mut self, fields: &Fields<'v>, name: &str) -> Option<&'v str> {
        let text = self.keep(fields.optional_text(name)).flatten()?;
        if text.is_empty() { None } else { Some(text) }
    }

    /// A text that may be absent.
    #[inline(never)]
    pub fn template_text(&mut self, fields: &Fields<'_>, name: &str) -> Option<Text> {
        self.text(fields, name).map(Text::from)
    }

    /// The elements of an array that may be absent.
    #[inline(never)]
    pub fn list<'v>(&mut self, fields: &Fields<'v>, name: &str) -> &'v [Value] {
        let Some(value) = fields.get(name) else { return &[] };
        match value {
            Value::List(items) => items,
            _ => {
                self.keep(fields.optional(name, |path, value| path.list(value)));
                &[]
            }
        }
    }

    /// For whom a template is: no provider says it, but a host may have written it beside what the provider says.
    #[inline(never)]
    pub fn audiences(&mut self, fields: &Fields<'_>) -> Vec<String> {
        self.keep(fields.optional("audiences", names)).flatten().unwrap_or_default()
    }

    /// The word of a closed set, which providers write in capitals and with underscores.
    pub fn word<T>(
        &mut self,
        fields: &Fields<'_>,
        name: &str,
        from_name: fn(&str) -> Option<T>,
    ) -> Option<T> {
        let word = from_name(&self.lower(fields, name)?);
        if word.is_none() {
            self.note(fields.fault_at(name, "unknown-name", "no document lists this word"));
        }
        word
    }

    #[inline(never)]
    fn lower(&mut self, fields: &Fields<'_>, name: &str) -> Option<String> {
        self.text(fields, name).map(|text| text.to_ascii_lowercase().replace('_', "-"))
    }
}

/// A list of names.
///
/// # Errors
/// `wrong-type`
pub fn names(path: &Path<'_>, value: &Value) -> Result<Vec<String>, Fault> {
    path.each(value, |path, value| path.text(value).map(str::to_owned))
}

/// Bytes that the texts of one template may take together: forty times what either provider takes.
pub const MAX_TEMPLATE: usize = 65_536;

/// Refuses a template of more text than that: each key stroke goes over it, and an agent's page would show it.
///
/// # Errors
/// `template-too-long`
pub fn bounded(path: &Path<'_>, value: &Value) -> Result<(), Fault> {
    let mut bytes: usize = 0;
    each_string(path, value, &mut |_, text| bytes = bytes.saturating_add(text.len()));
    if bytes > MAX_TEMPLATE {
        return Err(path.fault("template-too-long", "the texts of a template have at most 65 536 bytes"));
    }
    Ok(())
}

/// Where a provider's page holds what.
pub struct Shape {
    /// Field of the templates.
    pub list: &'static str,
    /// Field of a template's id.
    pub id: &'static str,
    /// Field by which a single template is known that stands for a page of one.
    pub single: &'static str,
    /// Fields of the next page's address.
    pub next: (&'static str, &'static str),
    /// The provider's domain.
    pub domain: &'static str,
    /// Reads one template.
    pub template: fn(&mut Log, &Path<'_>, &Value) -> Option<Template>,
}

/// Reads a page, or a single template as a page of one.
pub fn page(page: &Value, shape: &Shape) -> Import {
    let mut log = Log::default();
    let root = Path::Field(&Path::Root, "page");
    let mut import = Import::default();
    if let Some(fields) = log.open(&root, page) {
        if fields.get(shape.single).is_some() && fields.get(shape.list).is_none() {
            import.templates.extend(template(&mut log, &root, page, shape));
        } else {
            let list = Path::Field(&root, shape.list);
            import.templates = templates(&mut log, &list, &fields, shape);
        }
        log.id = None;
        if let Some(paging) = fields.get(shape.next.0) {
            let path = Path::Field(&root, shape.next.0);
            let paging = log.open(&path, paging);
            import.next_page_url = paging.and_then(|paging| next_page(&mut log, &paging, shape));
        }
    }
    import.problems = log.problems;
    import
}

fn template(log: &mut Log, path: &Path<'_>, value: &Value, shape: &Shape) -> Option<Template> {
    if let Err(fault) = bounded(path, value) {
        let fields = if let Value::Map(fields) = value { fields.as_slice() } else { &[] };
        log.id = fields.iter().find_map(|(name, value)| match value {
            Value::Text(id) if name == shape.id => Some(id.clone()),
            _ => None,
        });
        log.note(fault);
        return None;
    }
    (shape.template)(log, path, value)
}

fn templates(log: &mut Log, list: &Path<'_>, fields: &Fields<'_>, shape: &Shape) -> Vec<Template> {
    let mut templates = Vec::new();
    let mut seen = Names::default();
    if fields.get(shape.list).is_none() {
        log.note(list.fault("missing-field", "required"));
    }
    for (index, value) in log.list(fields, shape.list).iter().enumerate() {
        let path = Path::Index(list, index);
        log.id = None;
        let Some(template) = template(log, &path, value, shape) else { continue };
        if seen.is_new(&template.id) {
            templates.push(template);
        } else {
            log.note(
                path.fault(
                    "duplicate-id",
                    "another template of this page has the same id; the first is kept",
                ),
            );
        }
    }
    templates
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
fn next_page(log: &mut Log, fields: &Fields<'_>, shape: &Shape) -> Option<String> {
    let url = log.text(fields, shape.next.1)?;
    let host = url.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#', '\\']).next());
    let own = host.and_then(|host| host.strip_suffix(shape.domain)).is_some_and(|sub| {
        let plain = sub.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte));
        sub.is_empty() || (sub.ends_with('.') && plain)
    });
    if !own {
        log.note(fields.fault_at(shape.next.1, "foreign-next-page", "not an address of the provider"));
    }
    own.then(|| url.to_owned())
}

/// Code of the fault of an id that came as a number which could be another id: a float does not hold it exactly.
pub const IMPRECISE: &str = "id-imprecise";

/// An id: a string, or a number as Meta's webhooks write it, if a float holds it exactly.
pub fn id(path: &Path<'_>, value: &Value) -> Result<String, Fault> {
    match value {
        Value::Number(number) if number.fract() == 0.0 && *number >= 0.0 => whole(*number)
            .map(|id| id.to_string())
            .ok_or_else(|| path.fault(IMPRECISE, "the number could be that of another id")),
        value => path.text(value).map(str::to_owned),
    }
}
