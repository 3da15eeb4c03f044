//! Books of windows that live on between calls, each under a number. What goes in and what is told crosses as JSON in one text; what is
//! asked most often, which windows stand otherwise, as numbers.

use super::registry::Registry;
use super::tree::thrown;
use crate::data::{Fault, Fields, Path, Value, json, write_json};
use crate::session::book::Book;
use crate::time::Instant;
use crate::wire::book as wire;
use std::cell::RefCell;
use wasm_bindgen::JsValue;

/// Most books at a time.
const MAX_BOOKS: usize = 16;

thread_local! {
    static BOOKS: RefCell<Registry<Book>> = const { RefCell::new(Registry::new()) };
}

fn in_book<T>(number: u32, work: impl FnOnce(&mut Book) -> Result<T, Fault>) -> Result<T, JsValue> {
    let unknown = || Fault::new("unknown-book", "book", "no book has this number");
    BOOKS
        .with_borrow_mut(|books| work(books.get_mut(number).ok_or_else(unknown)?))
        .map_err(|fault| thrown(&fault))
}

fn read(text: &str) -> Result<Value, Fault> {
    json(text).ok_or_else(|| Path::Root.fault("not-plain-data", "no JSON"))
}

fn written(value: &Value) -> String {
    let mut text = String::new();
    write_json(value, &mut text);
    text
}

fn instant(ms: f64) -> Result<Instant, Fault> {
    Instant::from_f64(ms).map_err(|error| Fault::new(error.code(), "nowAtMs", error.message()))
}

/// `{ policies? }`: the number of a book without windows.
///
/// # Errors
/// As [`wire::judge_by`]; `too-many-books` beyond 16.
pub fn open(asked: &str) -> Result<u32, JsValue> {
    let number = BOOKS.with_borrow_mut(|books| match books.len() {
        MAX_BOOKS.. => {
            Err(thrown(&Fault::new("too-many-books", "", "close a book before another is opened")))
        }
        _ => Ok(books.add(Book::default())),
    })?;
    judge_by(number, asked).inspect_err(|_| close(number))?;
    Ok(number)
}

/// Gives its memory back. A book that is not there is no error.
pub fn close(number: u32) {
    BOOKS.with_borrow_mut(|books| books.remove(number));
}

/// `{ policies? }`: by what it judges from now on.
///
/// # Errors
/// As [`wire::judge_by`]; `unknown-book`.
pub fn judge_by(number: u32, asked: &str) -> Result<(), JsValue> {
    in_book(number, |book| wire::judge_by(book, &Fields::open(&Path::Root, &read(asked)?, &["policies"])?))
}

/// See [`wire::record`].
///
/// # Errors
/// As there; `unknown-book`.
pub fn record(number: u32, told: &str) -> Result<bool, JsValue> {
    let known = ["windows", "receivedAtMs"];
    in_book(number, |book| wire::record(book, &Fields::open(&Path::Root, &read(told)?, &known)?))
}

/// Forgets the windows at these places.
///
/// # Errors
/// `unknown-book`.
pub fn remove(number: u32, places: &[u32]) -> Result<(), JsValue> {
    in_book(number, |book| {
        for place in places.iter().filter_map(|place| usize::try_from(*place).ok()) {
            book.remove(place);
        }
        Ok(())
    })
}

/// When the next window changes by itself, or NaN, and then the places of those that stand otherwise than when this was asked last.
///
/// # Errors
/// `unknown-book`, and those of a time.
pub fn changes(number: u32, now_at_ms: f64) -> Result<Vec<f64>, JsValue> {
    in_book(number, |book| {
        let changes = book.changes(instant(now_at_ms)?);
        // Within ±8.64e15, so exact.
        let next = changes.next_at.map_or(f64::NAN, |at| at.ms() as f64);
        let places = changes.places.into_iter().map(|place| place as f64);
        Ok(core::iter::once(next).chain(places).collect())
    })
}

/// See [`wire::statuses`].
///
/// # Errors
/// `unknown-book`, and those of a time.
pub fn statuses(number: u32, places: &[u32], now_at_ms: f64) -> Result<String, JsValue> {
    in_book(number, |book| Ok(written(&wire::statuses(book, places, instant(now_at_ms)?))))
}

/// See [`wire::states`].
///
/// # Errors
/// `unknown-book`.
pub fn states(number: u32, places: &[u32]) -> Result<String, JsValue> {
    in_book(number, |book| Ok(written(&wire::states(book, places))))
}
