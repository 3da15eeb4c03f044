//! Numbering plans of the world: possible, valid, kind, region, national forms, formats.
//!
//! Same answers as Google's libphonenumber at the same metadata (`NOTICE.md` beside this file names its origin and
//! version). There are no regular expressions at run time: `core.bin` holds one acyclic automaton of every valid
//! number of every calling code, `more.bin` what national forms and formats need; both are unpacked once.
//!
//! Different on purpose (`tests/rust/numbers_agree.rs` holds an example of each):
//!
//! - a text of more than 250 characters is refused before it is looked at, as Google's Java does;
//! - an extension is answered in ASCII digits, whatever script it was written in;
//! - letters that only fold to ASCII ones (`ſ`, the Kelvin sign) are no letters;
//! - of two second numbers (`1 / x2 / x3`) the first one ends the number, as in Google's Java.

pub(crate) mod characters;
#[doc(hidden)]
pub mod coder;
mod extension;
mod fast;
mod format;
pub(crate) mod input;
mod judgement;
mod number;
#[doc(hidden)]
pub mod packed;
mod packing;
mod parse;
mod plan;
mod row;
#[doc(hidden)]
pub mod shape;
mod start;
mod tables;
mod typing;

pub use format::Style;
pub(crate) use format::push;
pub use judgement::{Judgement, Kind, Possible};
pub use number::Number;
pub use parse::Refusal;
pub use plan::Plan;

use std::sync::OnceLock;

const CORE: &[u8] = include_bytes!("core.bin");

/// The plans of the whole world.
#[must_use]
pub fn world() -> &'static Plan {
    static WORLD: OnceLock<Plan> = OnceLock::new();
    WORLD.get_or_init(|| validity().with(include_bytes!("more.bin")))
}

/// The same without what national forms and formats need: it judges numbers and reads international forms. For the
/// WebAssembly modules that do no more than that, whose page then does not load the rest.
#[must_use]
pub fn validity() -> &'static Plan {
    static VALIDITY: OnceLock<Plan> = OnceLock::new();
    VALIDITY.get_or_init(|| Plan::unpack(CORE, &[]))
}
