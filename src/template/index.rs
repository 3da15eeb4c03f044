//! Thousands of templates, searched for every key stroke.
//!
//! Each word of a template is kept once, folded, under a number; a template is a list of numbers. A query goes over the vocabulary once
//! for each of its words, and then over the numbers.

use super::eligibility::Facts;
use super::fold::words;
use super::ladder::{Tier, tier};
use super::model::Template;
use super::names::Names;
use super::rank::{Fit, Found, MAX_WORDS, Mark, Need, Place, Ranked, key};

/// What a template is kept as.
struct Entry {
    id: Box<str>,
    /// Folded.
    name: Box<str>,
    language: u16,
    facts: Facts,
    /// Number of a word times four plus its place; each word once for each place.
    words: Box<[u32]>,
}

/// Folded words of templates, and what their ranking depends on. Words of templates that were replaced stay.
#[derive(Default)]
pub struct Index {
    vocabulary: Names,
    languages: Vec<String>,
    entries: Vec<Entry>,
    /// Where the templates stand, by id.
    by_id: Vec<u32>,
    /// Where the templates stand, by folded name, then id: the order among equals.
    order: Vec<u32>,
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
        for template in templates {
            let entry = self.entry(template);
            match self.find(&entry.id) {
                Ok(at) => {
                    self.order.retain(|other| *other as usize != at);
                    if let Some(old) = self.entries.get_mut(at) {
                        *old = entry;
                    }
                    self.put_in_order(at);
                }
                Err(place) => {
                    let at = self.entries.len();
                    self.entries.push(entry);
                    self.by_id.insert(place, u32::try_from(at).unwrap_or(u32::MAX));
                    self.put_in_order(at);
                }
            }
        }
    }

    fn at(&self, at: u32) -> Option<&Entry> {
        self.entries.get(at as usize)
    }

    /// Where the template of an id stands, or where its place in `by_id` would be.
    fn find(&self, id: &str) -> Result<usize, usize> {
        let place = self.by_id.partition_point(|at| self.at(*at).is_some_and(|entry| &*entry.id < id));
        let at = self.by_id.get(place).filter(|at| self.at(**at).is_some_and(|entry| &*entry.id == id));
        at.map_or(Err(place), |at| Ok(*at as usize))
    }

    fn put_in_order(&mut self, at: usize) {
        let Some(new) = self.entries.get(at) else { return };
        let before = |other: &Entry| (&other.name, &other.id) < (&new.name, &new.id);
        let place = self.order.partition_point(|at| self.at(*at).is_some_and(before));
        self.order.insert(place, u32::try_from(at).unwrap_or(u32::MAX));
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
        self.note(&mut numbers, &name, Place::Name);
        self.note(&mut numbers, &[template.category.name().to_owned()], Place::Category);
        let body = template.body.as_ref().map(|body| words(&body.text)).unwrap_or_default();
        self.note(&mut numbers, &body, Place::Body);
        Entry {
            id: template.id.as_str().into(),
            name: name.join(" ").into(),
            language: self.language(&template.language),
            facts: Facts::of(template),
            words: numbers.into(),
        }
    }

    /// Notes words under their numbers, each once.
    fn note(&mut self, numbers: &mut Vec<u32>, words: &[String], place: Place) {
        for word in words.iter().take(MAX_INDEXED) {
            let number = self.vocabulary.add(word, self.vocabulary.len()).saturating_mul(4);
            let number = u32::try_from(number.saturating_add(place as usize)).unwrap_or(u32::MAX);
            if let Err(at) = numbers.binary_search(&number) {
                numbers.insert(at, number);
            }
        }
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
        let mut tiers = Vec::new();
        for own in &self.languages {
            let wanted = need.language.is_none_or(|only| tier(own, Some(only), None) == Tier::Exact);
            tiers.push(wanted.then(|| tier(own, need.locale, need.default_locale)));
        }
        let marks = self.marks(need);
        let mark = |at: usize| marks.get(at).copied().unwrap_or_default();
        // The best keys so far, least first, each with the tier and where the template stands.
        let limit = need.limit.min(MAX_RESULTS);
        let mut best: Vec<(u64, Tier, usize)> = Vec::new();
        let mut total = 0_usize;
        for at in self.order.iter().map(|at| *at as usize) {
            let Some(entry) = self.entries.get(at) else { continue };
            let Some(tier) = tiers.get(usize::from(entry.language)).copied().flatten() else { continue };
            let Some(score) = score(entry, &hits) else { continue };
            let refused =
                need.context.is_some_and(|context| !entry.facts.judge(&entry.id, context).reasons.is_empty());
            let key = key(refused, tier, score, mark(at));
            total = total.saturating_add(1);
            // Behind its equals, which come before it by name.
            let place = best.partition_point(|(known, ..)| *known <= key);
            if place < limit {
                best.truncate(limit.saturating_sub(1));
                best.insert(place, (key, tier, at));
            }
        }
        let mut ranked = Vec::new();
        for (_, tier, at) in best {
            let Some(entry) = self.entries.get(at) else { continue };
            ranked.push(Ranked {
                id: &entry.id,
                tier,
                found: hits.iter().filter_map(|hits| fit(entry, hits)).collect(),
                favourite: mark(at).favourite,
                recent: mark(at).recent,
                eligibility: need.context.map(|context| entry.facts.judge(&entry.id, context)),
            });
        }
        Found { ranked, total }
    }

    fn hits(&self, word: &str) -> Hits {
        let mut hits = vec![0; self.vocabulary.len()];
        for (known, number) in self.vocabulary.iter() {
            let fit = if known == word {
                Fit::Whole
            } else if known.starts_with(word) {
                Fit::Start
            } else if stands_in(known.as_bytes(), word.as_bytes()) {
                Fit::Inside
            } else {
                continue;
            };
            if let Some(hit) = hits.get_mut(number) {
                *hit = (fit as u8).saturating_add(1);
            }
        }
        hits
    }

    /// Favourites and recent ones by where they stand; empty if there are none.
    fn marks(&self, need: &Need<'_>) -> Vec<Mark> {
        let mut marks = Vec::new();
        if !(need.recent.is_empty() && need.favourites.is_empty()) {
            marks.resize(self.entries.len(), Mark::default());
        }
        for (place, id) in need.recent.iter().enumerate() {
            if let Some(mark) = self.find(id).ok().and_then(|at| marks.get_mut(at)) {
                mark.recent.get_or_insert(place);
            }
        }
        for id in &need.favourites {
            if let Some(mark) = self.find(id).ok().and_then(|at| marks.get_mut(at)) {
                mark.favourite = true;
            }
        }
        marks
    }
}

/// Most words of a name or a body that are kept: no body that a provider takes holds as many.
const MAX_INDEXED: usize = 1_000;

/// Most results of a search, whatever limit is asked for.
const MAX_RESULTS: usize = 1_000;

/// Whether `part` stands in `whole`. Words are short: this is several times faster than a searcher that prepares.
fn stands_in(whole: &[u8], part: &[u8]) -> bool {
    match part.split_first() {
        Some((first, _)) => {
            whole.windows(part.len()).any(|window| window.first() == Some(first) && window == part)
        }
        None => true,
    }
}

/// The best place and fit of one word of the query: the place times four plus the fit, counted from 1; 0 for none.
fn best(entry: &Entry, hits: &Hits) -> u32 {
    let mut best = 0;
    for word in &entry.words {
        let hit = hits.get((word >> 2) as usize).copied().unwrap_or_default();
        if hit > 0 {
            best = best.max(((word & 3) << 2) | u32::from(hit));
        }
    }
    best
}

/// What [`best`] says, in words.
fn fit(entry: &Entry, hits: &Hits) -> Option<(Place, Fit)> {
    let best = best(entry, hits);
    let place = Place::NAMES.iter().map(|(_, place)| *place).find(|place| *place as u32 == best >> 2)?;
    let fit =
        Fit::NAMES.iter().map(|(_, fit)| *fit).find(|fit| (*fit as u32).saturating_add(1) == best & 3)?;
    Some((place, fit))
}

/// Sum over the words; `None` if one of them stands nowhere.
fn score(entry: &Entry, hits: &[Hits]) -> Option<u64> {
    let mut sum = 0_u64;
    for hits in hits {
        let best = best(entry, hits);
        if best == 0 {
            return None;
        }
        sum = sum.saturating_add(u64::from(best));
    }
    Some(sum)
}
