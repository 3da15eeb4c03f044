//! Template indexes that live on between calls, each under a number. What else is kept behind the boundary are the
//! verifier's keys with their buffers (`verify`), and the numbering plans, which never change.

use crate::data::{Fault, Fields, Object, Path, Value};
use crate::template::index::Index;
use crate::wire::template;
use std::cell::RefCell;

/// Most indexes at a time: a page needs one for each account it shows.
const MAX_INDEXES: usize = 16;

/// Indexes by their number, ascending; a number is never given twice.
#[derive(Default)]
struct Registry {
    indexes: Vec<(u32, Index)>,
    last: u32,
}

thread_local! {
    static REGISTRY: RefCell<Registry> = RefCell::default();
}

impl Registry {
    /// Where the index of the number in field `index` stands.
    fn find(&self, fields: &Fields<'_>) -> Result<Option<usize>, Fault> {
        let number = fields.optional("index", |path, value| path.count(value))?;
        let Some(number) = number else { return Ok(None) };
        match self.indexes.iter().position(|(known, _)| *known == number) {
            Some(at) => Ok(Some(at)),
            None => Err(fields.fault_at("index", "unknown-index", "no index has this number")),
        }
    }
}

/// `buildTemplateIndex`: an index of templates, or more templates for an index, so that thousands can be handed
/// over page by page. Gives the number of the index and how many templates it holds.
///
/// # Errors
/// Those of reading the templates; `unknown-index`; `too-many-indexes` beyond 16.
pub fn build(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["index", "templates"])?;
    REGISTRY.with_borrow_mut(|registry| {
        let known = registry.find(&fields)?;
        if known.is_none() && registry.indexes.len() >= MAX_INDEXES {
            return Err(Fault::new("too-many-indexes", "", "drop an index before another is built"));
        }
        let mut fresh = (registry.last.saturating_add(1), Index::default());
        let (number, index) = match known.and_then(|at| registry.indexes.get_mut(at)) {
            Some((number, index)) => (*number, index),
            None => (fresh.0, &mut fresh.1),
        };
        template::add_to_index(index, &fields)?;
        let size = u32::try_from(index.len()).unwrap_or(u32::MAX);
        if known.is_none() {
            registry.last = number;
            registry.indexes.push(fresh);
        }
        Ok(Object::new().with("index", number).with("size", size).into())
    })
}

/// `searchTemplates`: the best templates of an index for a need.
///
/// # Errors
/// `missing-field`, `unknown-index`, and those of reading the search.
pub fn search(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open_foreign(&Path::Root, input)?;
    REGISTRY.with_borrow(|registry| {
        let found = registry.find(&fields)?.and_then(|at| registry.indexes.get(at));
        let missing = || fields.fault_at("index", "missing-field", "required");
        template::search(&found.ok_or_else(missing)?.1, input)
    })
}

/// `dropTemplateIndex`: gives its memory back. An index that is not there is no error; whether it was.
///
/// # Errors
/// `missing-field`, `wrong-type`, `number-out-of-range`.
pub fn drop_index(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["index"])?;
    let number = fields.count("index")?;
    REGISTRY.with_borrow_mut(|registry| {
        let before = registry.indexes.len();
        registry.indexes.retain(|(known, _)| *known != number);
        Ok((registry.indexes.len() < before).into())
    })
}
