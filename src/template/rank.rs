//! Search as you type over thousands of templates: an index is built once, and asked for every key stroke.
//!
//! Every word typed must stand somewhere in a template's name, body or category. Best first: what may be sent
//! before what may not, then the nearest language, then how well the words match, then favourites, then what was
//! used last, then the name. Equal in all that: by id, so that the order never depends on the order of import.

use super::eligibility::{Context, Eligibility, Facts};
use super::fold::words;
use super::ladder::{Tier, tier};
use super::model::Template;
use std::collections::BTreeMap;

/// Most words of a query; further ones are passed over.
pub const MAX_WORDS: usize = 16;

/// Where a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Place { Category, Body, Name }
crate::event::names!(Place { Category = "category", Body = "body", Name = "name" });

/// How well a word fits, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Fit { Inside, Start, Whole }
crate::event::names!(Fit { Inside = "inside", Start = "start", Whole = "whole" });

/// What a template is kept as.
struct Entry {
    id: Box<str>,
    /// Folded name: the order among equals.
    name: Box<str>,
    language: u16,
    facts: Facts,
    /// Number of a word times four plus its place; each word once for each place.
    words: Box<[u32]>,
}

/// Folded words of templates, and what their ranking depends on.
#[derive(Default)]
pub struct Index {
    vocabulary: BTreeMap<Box<str>, u32>,
    languages: Vec<String>,
    /// Sorted by name, then id.
    entries: Vec<Entry>,
}

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
    /// Ids of favourites.
    pub favourites: Vec<&'n str>,
    /// Ids of what was used lately, last used first.
    pub recent: Vec<&'n str>,
    /// Most results.
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

/// The answer: the best, and how many there are in all.
#[derive(Debug)]
pub struct Found<'i> {
    /// At most as many as asked for.
    pub ranked: Vec<Ranked<'i>>,
    /// How many match.
    pub total: usize,
}

/// How well each word of the vocabulary fits one word of the query; 0 for not at all.
type Hits = Vec<u8>;

impl Index {
    /// An index of those templates.
    #[must_use]
    pub fn build(templates: &[Template]) -> Self {
        let mut index = Index::default();
        index.add(templates);
        index
    }

    /// Adds templates; one with the id of another replaces it.
    pub fn add(&mut self, templates: &[Template]) {
        let new: BTreeMap<&str, &Template> = templates.iter().map(|template| (template.id.as_str(), template)).collect();
        self.entries.retain(|entry| !new.contains_key(&*entry.id));
        self.entries.reserve_exact(new.len());
        for template in new.into_values() {
            let entry = self.entry(template);
            self.entries.push(entry);
        }
        self.entries.sort_unstable_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    }

    /// How many templates it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn entry(&mut self, template: &Template) -> Entry {
        let mut numbers = Vec::new();
        let name = words(&template.name);
        for word in &name {
            numbers.push(self.number(word, Place::Name));
        }
        for word in template.body.iter().flat_map(|body| words(&body.text)) {
            numbers.push(self.number(&word, Place::Body));
        }
        numbers.push(self.number(template.category.name(), Place::Category));
        numbers.sort_unstable();
        numbers.dedup();
        Entry {
            id: template.id.as_str().into(),
            name: name.join(" ").into(),
            language: self.language(&template.language),
            facts: Facts::of(template),
            words: numbers.into(),
        }
    }

    fn number(&mut self, word: &str, place: Place) -> u32 {
        let next = u32::try_from(self.vocabulary.len()).unwrap_or(u32::MAX);
        let number = match self.vocabulary.get(word) {
            Some(number) => *number,
            None => *self.vocabulary.entry(word.into()).or_insert(next),
        };
        number.saturating_mul(4).saturating_add(place as u32)
    }

    fn language(&mut self, language: &str) -> u16 {
        let at = self.languages.iter().position(|known| known == language).unwrap_or_else(|| {
            self.languages.push(language.to_owned());
            self.languages.len().saturating_sub(1)
        });
        u16::try_from(at).unwrap_or(u16::MAX)
    }

    /// The best templates for a need. Linear in the index, and in the words of the query.
    #[must_use]
    pub fn query(&self, need: &Need<'_>) -> Found<'_> {
        let hits: Vec<Hits> = words(need.query).iter().take(MAX_WORDS).map(|word| self.hits(word)).collect();
        let tiers: Vec<Tier> = self.languages.iter().map(|own| tier(own, need.locale, need.default_locale)).collect();
        let wanted: Vec<bool> = self.languages.iter().map(|own| need.language.is_none_or(|only| tier(own, Some(only), None) == Tier::Exact)).collect();
        let mut best: Vec<(u64, usize)> = Vec::new();
        let marks = self.marks(need);
        for (at, entry) in self.entries.iter().enumerate() {
            let language = usize::from(entry.language);
            let Some(score) = score(entry, &hits).filter(|_| wanted.get(language) == Some(&true)) else { continue };
            let refused = need.context.is_some_and(|context| !entry.facts.judge(&entry.id, context).reasons.is_empty());
            let tier = tiers.get(language).copied().unwrap_or(Tier::Other);
            let mark = marks.get(&at).copied().unwrap_or_default();
            best.push((key(refused, tier, score, mark), at));
        }
        let total = best.len();
        if need.limit < total {
            best.select_nth_unstable(need.limit);
            best.truncate(need.limit);
        }
        best.sort_unstable();
        let ranked = best.into_iter().filter_map(|(_, at)| {
            let entry = self.entries.get(at)?;
            let mark = marks.get(&at).copied().unwrap_or_default();
            Some(Ranked {
                id: &entry.id,
                tier: tiers.get(usize::from(entry.language)).copied()?,
                found: hits.iter().filter_map(|hits| fit(entry, hits)).collect(),
                favourite: mark.favourite,
                recent: mark.recent,
                eligibility: need.context.map(|context| entry.facts.judge(&entry.id, context)),
            })
        });
        Found { ranked: ranked.collect(), total }
    }

    fn hits(&self, word: &str) -> Hits {
        let mut hits = vec![0; self.vocabulary.len()];
        for (known, number) in &self.vocabulary {
            let fit = if &**known == word {
                Fit::Whole
            } else if known.starts_with(word) {
                Fit::Start
            } else if known.contains(word) {
                Fit::Inside
            } else {
                continue;
            };
            if let Some(hit) = hits.get_mut(*number as usize) {
                *hit = (fit as u8).saturating_add(1);
            }
        }
        hits
    }

    /// Favourites and recent ones by their place in the index.
    fn marks(&self, need: &Need<'_>) -> BTreeMap<usize, Mark> {
        let mut ids: BTreeMap<&str, Mark> = BTreeMap::new();
        for (place, id) in need.recent.iter().enumerate() {
            ids.entry(id).or_default().recent.get_or_insert(place);
        }
        for id in &need.favourites {
            ids.entry(id).or_default().favourite = true;
        }
        if ids.is_empty() {
            return BTreeMap::new();
        }
        let entries = self.entries.iter().enumerate();
        entries.filter_map(|(at, entry)| Some((at, *ids.get(&*entry.id)?))).collect()
    }
}

/// What the agent did with a template.
#[derive(Clone, Copy, Default)]
struct Mark {
    favourite: bool,
    recent: Option<usize>,
}

/// The best place and fit of one word of the query.
fn fit(entry: &Entry, hits: &Hits) -> Option<(Place, Fit)> {
    let best = entry.words.iter().filter_map(|word| {
        let hit = hits.get((word >> 2) as usize).copied().filter(|hit| *hit > 0)?;
        Some((word & 3, hit))
    });
    let (place, hit) = best.max()?;
    let place = [Place::Category, Place::Body, Place::Name].into_iter().find(|known| *known as u32 == place)?;
    let fit = [Fit::Inside, Fit::Start, Fit::Whole].into_iter().find(|known| (*known as u8).saturating_add(1) == hit)?;
    Some((place, fit))
}

/// Sum over the words; `None` if one of them stands nowhere.
fn score(entry: &Entry, hits: &[Hits]) -> Option<u64> {
    let mut sum = 0_u64;
    for hits in hits {
        let (place, fit) = fit(entry, hits)?;
        sum = sum.saturating_add((place as u64).saturating_mul(3)).saturating_add(fit as u64).saturating_add(1);
    }
    Some(sum)
}

/// Everything in one number, least first: 1 bit, 3 bits, 12 bits, 1 bit, 16 bits.
fn key(refused: bool, tier: Tier, score: u64, mark: Mark) -> u64 {
    let recent = mark.recent.unwrap_or(0xffff).min(0xffff) as u64;
    let worse = 0xfff_u64.saturating_sub(score.min(0xfff));
    (u64::from(refused) << 40) | ((tier as u64) << 32) | (worse << 20) | (u64::from(!mark.favourite) << 16) | recent
}
