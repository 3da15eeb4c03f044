//! Search over templates in the contract.

use super::write::count;
use super::{context, read, write, write_eligibility};
use crate::data::{Fault, Fields, Object, Path, Value};
use crate::template::index::Index;
use crate::template::kinds::Category;
use crate::template::rank::{Found, Need, Ranked};

/// Fields of a search, with the one that says what it is over.
macro_rules! need {
    ($over:literal) => {
        &[
            "query",
            "locale",
            "defaultLocale",
            "language",
            "context",
            "categories",
            "favourites",
            "recent",
            "limit",
            $over,
        ]
    };
}
const NEED: &[&str] = need!("templates");
const NEED_OF_INDEX: &[&str] = need!("index");

/// Most results where the caller names no limit.
const LIMIT: u32 = 50;

/// Adds the templates in field `templates` of an object to an index.
///
/// # Errors
/// Those of reading the templates; then nothing was added.
pub fn add_to_index(index: &mut Index, fields: &Fields<'_>) -> Result<(), Fault> {
    index.add(&fields.required("templates", |path, value| path.each(value, read::template))?);
    Ok(())
}

/// `rankTemplates`: a search over templates handed in, without an index that lives on.
///
/// # Errors
/// Those of reading the templates and the search.
pub fn rank(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, NEED)?;
    let mut index = Index::default();
    add_to_index(&mut index, &fields)?;
    answer(&index, &fields)
}

/// `searchTemplates`: a search over an index that lives on; `input` may hold its number in `index`.
///
/// # Errors
/// Those of reading the search.
pub fn search(index: &Index, input: &Value) -> Result<Value, Fault> {
    answer(index, &Fields::open(&Path::Root, input, NEED_OF_INDEX)?)
}

fn ids<'v>(fields: &Fields<'v>, name: &str) -> Result<Vec<&'v str>, Fault> {
    let Some(list) = fields.get(name) else { return Ok(Vec::new()) };
    let path = Path::Field(&Path::Root, name);
    let items = path.list(list)?.iter().enumerate();
    items.map(|(index, item)| Path::Index(&path, index).text(item)).collect()
}

/// What the agent reads for each category.
fn categories<'v>(path: &Path<'_>, value: &'v Value) -> Result<[&'v str; Category::NAMES.len()], Fault> {
    let Value::Map(given) = value else { return Err(path.wrong_kind("an object", value)) };
    let mut words = [""; Category::NAMES.len()];
    for (name, shown) in given {
        let path = Path::Field(path, name);
        let at = Category::NAMES.iter().position(|(known, _)| name == known);
        let Some(word) = at.and_then(|at| words.get_mut(at)) else {
            return Err(path.fault("unknown-field", "no such field"));
        };
        if *shown != Value::Null {
            *word = path.text(shown)?;
        }
    }
    Ok(words)
}

fn answer(index: &Index, fields: &Fields<'_>) -> Result<Value, Fault> {
    let context = fields.optional("context", context)?;
    let limit = fields.optional_count("limit")?.unwrap_or(LIMIT);
    let need = Need {
        query: fields.optional_text("query")?.unwrap_or_default(),
        locale: fields.optional_text("locale")?,
        default_locale: fields.optional_text("defaultLocale")?,
        language: fields.optional_text("language")?,
        context: context.as_ref(),
        categories: fields.optional("categories", categories)?.unwrap_or_default(),
        favourites: ids(fields, "favourites")?,
        recent: ids(fields, "recent")?,
        limit: limit as usize,
    };
    Ok(write_found(&index.query(&need)))
}

fn write_found(found: &Found<'_>) -> Value {
    let results = write::list(&found.ranked, &write_ranked);
    let languages = write::list(&found.languages, &|language| (*language).into());
    Object::new()
        .with("results", results)
        .with("total", count(found.total))
        .with("languages", languages)
        .into()
}

fn write_ranked(ranked: &Ranked<'_>) -> Value {
    let found = write::list(&ranked.found, &|(place, fit)| {
        Object::new().with("place", place.name()).with("fit", fit.name()).into()
    });
    Object::new()
        .with("id", ranked.id)
        .with("language", ranked.tier.name())
        .with("found", found)
        .with("favourite", ranked.favourite)
        .with_some("recent", ranked.recent.map(count))
        .with_some("eligibility", ranked.eligibility.as_ref().map(write_eligibility))
        .into()
}
