//! Template indexes that live on between calls, each under a number: the only state behind the boundary.

use crate::template::index::Index;
use crate::wire::{Fault, Fields, Object, Path, Value, template};
use std::cell::RefCell;

/// Most indexes at a time: a page needs one for each account it shows.
const MAX_INDEXES: usize = 16;

thread_local! {
    static INDEXES: RefCell<Vec<(u32, Index)>> = const { RefCell::new(Vec::new()) };
}

const UNKNOWN: &str = "no index has this number";

/// Number of an index that is there.
fn number(fields: &Fields<'_>, indexes: &[(u32, Index)]) -> Result<Option<u32>, Fault> {
    fields.optional("index", |path, value| {
        let number = path.count(value)?;
        let known = indexes.iter().any(|(known, _)| *known == number);
        if known { Ok(number) } else { Err(path.fault("unknown-index", UNKNOWN)) }
    })
}

/// `buildTemplateIndex`: an index of templates, or more templates for an index, so that thousands can be handed
/// over page by page. Gives the number of the index and how many templates it holds.
///
/// # Errors
/// Those of reading the templates; `unknown-index`; `too-many-indexes` beyond 16.
pub fn build(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["index", "templates"])?;
    INDEXES.with_borrow_mut(|indexes| {
        let number = match number(&fields, indexes)? {
            Some(number) => number,
            None if indexes.len() >= MAX_INDEXES => {
                return Err(Fault::new("too-many-indexes", "", "drop an index before another is built"));
            }
            // The greatest stands last.
            None => indexes.last().map_or(1, |(last, _)| last.saturating_add(1)),
        };
        let add = |index: &mut Index| {
            template::add_to_index(index, &fields)?;
            Ok(u32::try_from(index.len()).unwrap_or(u32::MAX))
        };
        let size = if let Some((_, index)) = indexes.iter_mut().find(|(known, _)| *known == number) {
            add(index)?
        } else {
            let mut index = Index::default();
            let size = add(&mut index)?;
            indexes.push((number, index));
            size
        };
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
        let number = number(&fields, indexes)?;
        let index = indexes.iter().find(|(known, _)| Some(*known) == number);
        let missing = || Fault::new("missing-field", "index", "required");
        template::search(&index.ok_or_else(missing)?.1, input)
    })
}

/// `dropTemplateIndex`: gives its memory back. An index that is not there is no error.
///
/// # Errors
/// `missing-field`, `wrong-type`, `number-out-of-range`.
pub fn drop_index(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["index"])?;
    let number = fields.count("index")?;
    let dropped = INDEXES.with_borrow_mut(|indexes| {
        let before = indexes.len();
        indexes.retain(|(known, _)| *known != number);
        indexes.len() < before
    });
    Ok(dropped.into())
}
