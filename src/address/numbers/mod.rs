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
//! - a symbol behind a number is passed over only if it is a common one (punctuation, arrows, currency, emoji):
//!   an unknown one is taken for a letter, and the number refused, rather than carrying tables of all of Unicode;
//! - letters that only fold to ASCII ones (`ſ`, the Kelvin sign) are no letters;
//! - of two second numbers (`1 / x2 / x3`) the first one ends the number, as in Google's Java.

pub(crate) mod characters;
#[doc(hidden)]
pub mod coder;
mod extension;
mod fast;
mod format;
pub(crate) mod input;
#[doc(hidden)]
pub mod packed;
mod packing;
mod parse;
mod plan;
mod row;
#[doc(hidden)]
pub mod shape;
mod tables;
mod typing;

pub use format::Style;
pub(crate) use format::push;
pub use parse::{Number, Refusal};
pub use plan::Plan;

use crate::event::names;
use std::sync::OnceLock;

/// The plans of the whole world.
#[must_use]
pub fn world() -> &'static Plan {
    static WORLD: OnceLock<Plan> = OnceLock::new();
    const MORE: &[u8] = if READS_ANYTHING { include_bytes!("more.bin") } else { &[] };
    WORLD.get_or_init(|| Plan::unpack(include_bytes!("core.bin"), MORE))
}

/// Whether more is read than a plus and digits: not in a WebAssembly module that only judges numbers.
const READS_ANYTHING: bool = cfg!(any(not(target_arch = "wasm32"), feature = "formats"));

/// What a valid number is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of Google's library")]
pub enum Kind {
    PremiumRate,
    TollFree,
    SharedCost,
    Voip,
    PersonalNumber,
    Pager,
    Uan,
    Voicemail,
    FixedLine,
    Mobile,
    FixedLineOrMobile,
}

names!(Kind {
    PremiumRate = "premium-rate",
    TollFree = "toll-free",
    SharedCost = "shared-cost",
    Voip = "voip",
    PersonalNumber = "personal-number",
    Pager = "pager",
    Uan = "uan",
    Voicemail = "voicemail",
    FixedLine = "fixed-line",
    Mobile = "mobile",
    FixedLineOrMobile = "fixed-line-or-mobile",
});

impl Kind {
    /// From its place in the tables, counted from 1.
    fn of(place: u8) -> Option<Self> {
        Some(match place {
            1 => Self::PremiumRate,
            2 => Self::TollFree,
            3 => Self::SharedCost,
            4 => Self::Voip,
            5 => Self::PersonalNumber,
            6 => Self::Pager,
            7 => Self::Uan,
            8 => Self::Voicemail,
            9 => Self::FixedLine,
            10 => Self::Mobile,
            11 => Self::FixedLineOrMobile,
            _ => return None,
        })
    }
}

/// Whether a number has a length that numbers of its calling code have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Possible {
    /// It has.
    Possible,
    /// Only where the area code may be left out.
    LocalOnly,
    /// Shorter than every number.
    TooShort,
    /// Longer than every number.
    TooLong,
    /// Between the lengths that occur.
    InvalidLength,
}

names!(Possible {
    Possible = "possible",
    LocalOnly = "local-only",
    TooShort = "too-short",
    TooLong = "too-long",
    InvalidLength = "invalid-length",
});

/// What the plans say about a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// By its length alone.
    pub possible: Possible,
    /// Set if, and only if, the number is valid.
    pub kind: Option<Kind>,
    /// ISO 3166-1 alpha-2, or `001` for a calling code of the whole world.
    pub region: Option<[u8; 2]>,
}

impl Judgement {
    /// Whether the number is valid.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.kind.is_some()
    }

    /// The region as text.
    #[must_use]
    pub fn region_name(&self) -> Option<&str> {
        match &self.region {
            Some([b'0', b'0']) => Some("001"),
            Some(id) => core::str::from_utf8(id).ok(),
            None => None,
        }
    }
}
