//! The order of templates in a search as you type.
//!
//! Every word typed must stand somewhere in a template's name, body or category. Best first: what may be sent
//! before what may not, then the nearest language, then how well the words match, then favourites, then what was
//! used last, then the name. Equal in all that: by id, so that the order never depends on the order of import.

use super::eligibility::{Context, Eligibility};
use super::kinds::Category;
use super::language_match::Tier;

/// Most words of a query; further ones are passed over.
pub const MAX_WORDS: usize = 16;

/// Where a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Place {
    Category,
    Body,
    Name,
}
crate::event::names!(Place { Category = "category", Body = "body", Name = "name" });

/// How well a word fits, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Fit {
    Inside,
    Start,
    Whole,
}
crate::event::names!(Fit { Inside = "inside", Start = "start", Whole = "whole" });

/// What somebody is looking for.
#[derive(Default)]
pub struct Need<'n> {
    /// What was typed.
    pub query: &'n str,
    /// The customer's locale.
    pub locale: Option<&'n str>,
    /// The desktop's.
    pub default_locale: Option<&'n str>,
    /// Only this language, whatever its spelling.
    pub language: Option<&'n str>,
    /// Who would receive it; without it all may be sent.
    pub context: Option<&'n Context>,
    /// What the agent reads for each category, in the order of [`Category::NAMES`]; found beside its name.
    pub categories: [&'n str; Category::NAMES.len()],
    /// Ids of favourites.
    pub favourites: Vec<&'n str>,
    /// Ids of what was used lately, last used first.
    pub recent: Vec<&'n str>,
    /// Most results, 1,000 at most.
    pub limit: usize,
}

/// Why a template stands where it does.
#[derive(Debug)]
pub struct Ranked<'i> {
    /// Its id.
    pub id: &'i str,
    /// How near its language is.
    pub tier: Tier,
    /// For each word of the query: where it was found, and how well it fits.
    pub found: Vec<(Place, Fit)>,
    /// Whether it is a favourite.
    pub favourite: bool,
    /// Place among the recent ones, from 0.
    pub recent: Option<usize>,
    /// Whether it may be sent.
    pub eligibility: Option<Eligibility>,
}

/// The answer: the best, how many there are in all, and in which languages.
#[derive(Debug)]
pub struct Found<'i> {
    /// At most as many as asked for.
    pub ranked: Vec<Ranked<'i>>,
    /// How many match.
    pub total: usize,
    /// The languages of all templates, whatever is looked for: nearest first, then by code.
    pub languages: Vec<&'i str>,
}

/// What the agent did with a template.
#[derive(Clone, Copy, Default)]
pub(super) struct Mark {
    pub favourite: bool,
    pub recent: Option<usize>,
}

/// Everything in one number, least first: 1 bit, 3 bits, 12 bits, 1 bit, 16 bits.
pub(super) fn key(refused: bool, tier: Tier, score: u64, mark: Mark) -> u64 {
    let recent = mark.recent.unwrap_or(0xffff).min(0xffff) as u64;
    let worse = 0xfff_u64.saturating_sub(score.min(0xfff));
    (u64::from(refused) << 40)
        | ((tier as u64) << 32)
        | (worse << 20)
        | (u64::from(!mark.favourite) << 16)
        | recent
}
