//! Template indexes that live on between calls, each under a number.

use super::registry::Registry;
use crate::data::{Fault, Fields, Object, Path, Value};
use crate::template::index::Index;
use crate::wire::template;
use std::cell::RefCell;

/// Most indexes at a time: a page needs one for each account it shows.
const MAX_INDEXES: usize = 16;

thread_local! {
    static INDEXES: RefCell<Registry<Index>> = const { RefCell::new(Registry::new()) };
}

/// The number in field `index`, where there is one.
fn number(fields: &Fields<'_>) -> Result<Option<u32>, Fault> {
    fields.optional("index", |path, value| path.count(value))
}

fn unknown(fields: &Fields<'_>) -> Fault {
    fields.fault_at("index", "unknown-index", "no index has this number")
}

/// `buildTemplateIndex`: an index of templates, or more templates for an index, so that thousands can be handed
/// over page by page. Gives the number of the index and how many templates it holds.
///
/// # Errors
/// Those of reading the templates; `unknown-index`; `too-many-indexes` beyond 16.
pub fn build(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["index", "templates"])?;
    INDEXES.with_borrow_mut(|indexes| {
        let (number, size) = match number(&fields)? {
            Some(number) => {
                let index = indexes.get_mut(number).ok_or_else(|| unknown(&fields))?;
                template::add_to_index(index, &fields)?;
                (number, index.len())
            }
            None if indexes.len() >= MAX_INDEXES => {
                return Err(Fault::new("too-many-indexes", "", "drop an index before another is built"));
            }
            None => {
                let mut index = Index::default();
                template::add_to_index(&mut index, &fields)?;
                let size = index.len();
                (indexes.add(index), size)
            }
        };
        let size = u32::try_from(size).unwrap_or(u32::MAX);
        Ok(Object::new().with("index", number).with("size", size).into())
    })
}

/// `searchTemplates`: the best templates of an index for a need.
///
/// # Errors
/// `missing-field`, `unknown-index`, and those of reading the search.
pub fn search(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open_foreign(&Path::Root, input)?;
    INDEXES.with_borrow(|indexes| {
        let missing = || fields.fault_at("index", "missing-field", "required");
        let number = number(&fields)?.ok_or_else(missing)?;
        template::search(indexes.get(number).ok_or_else(|| unknown(&fields))?, input)
    })
}

/// `dropTemplateIndex`: gives its memory back. An index that is not there is no error; whether it was.
///
/// # Errors
/// `missing-field`, `wrong-type`, `number-out-of-range`.
pub fn drop_index(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["index"])?;
    let number = fields.count("index")?;
    Ok(INDEXES.with_borrow_mut(|indexes| indexes.remove(number)).into())
}
