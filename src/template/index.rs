//! Thousands of templates, searched for every key stroke.
//!
//! Each word of a template is kept once, folded, under a number; a template is a list of numbers. A query goes over the vocabulary once
//! for each of its words, and then over the numbers. Categories are told in the agent's language, which is known only
//! when somebody searches: their words come with the query.

use super::eligibility::Facts;
use super::kinds::Category;
use super::language_match::{Tier, tier};
use super::model::Template;
use super::name_index::Names;
use super::rank::{Fit, Found, MAX_WORDS, Mark, Need, Place, Ranked, key};
use super::search_fold::words;
use crate::sort::sort;

/// What a template is kept as.
struct Entry {
    id: Box<str>,
    /// Its key in [`Index::order`].
    key: Box<str>,
    language: u32,
    facts: Facts,
    /// Number of a word times four plus its place; each word once for each place.
    words: Box<[u32]>,
}

/// Folded words of templates, and what their ranking depends on. Words of templates that were replaced stay.
#[derive(Default)]
pub struct Index {
    vocabulary: Names,
    languages: Names,
    entries: Vec<Entry>,
    /// Where the templates stand, by id.
    by_id: Names,
    /// Where the templates stand, by folded name, then id: the order among equals. Keys of what was renamed stay, and
    /// are not those of their entries any more.
    order: Names,
}

/// How well something fits one word of the query, counted from 1; 0 for not at all.
struct Hits {
    /// Each word of the vocabulary.
    words: Vec<u8>,
    /// Each category.
    categories: [u8; Category::NAMES.len()],
}

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
            let at = self.by_id.add(&entry.id, self.entries.len());
            self.order.add(&entry.key, at);
            match self.entries.get_mut(at) {
                Some(old) => *old = entry,
                None => self.entries.push(entry),
            }
        }
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
        let body = template.body.as_ref().map(|body| words(&body.text)).unwrap_or_default();
        self.note(&mut numbers, &body, Place::Body);
        Entry {
            id: template.id.as_str().into(),
            // What separates words stands in none of them.
            key: [&name.join(" "), "\0", &template.id].concat().into(),
            language: number(self.languages.add(&template.language, self.languages.len())),
            facts: Facts::of(template),
            words: numbers.into(),
        }
    }

    /// Notes words under their numbers, each once.
    fn note(&mut self, numbers: &mut Vec<u32>, words: &[String], place: Place) {
        for word in words.iter().take(MAX_INDEXED) {
            let word = self.vocabulary.add(word, self.vocabulary.len()).saturating_mul(4);
            let word = number(word.saturating_add(place as usize));
            if let Err(at) = numbers.binary_search(&word) {
                numbers.insert(at, word);
            }
        }
    }

    /// The best templates for a need. Linear in the index, and in the words of the query.
    #[must_use]
    pub fn query(&self, need: &Need<'_>) -> Found<'_> {
        let hits: Vec<Hits> =
            words(need.query).iter().take(MAX_WORDS).map(|word| self.hits(word, need)).collect();
        let languages = self.languages_for(need);
        let mut tiers = vec![None; self.languages.len()];
        for (tier_of, own, number) in &languages {
            let wanted = need.language.is_none_or(|only| tier(own, Some(only), None) == Tier::Exact);
            if let Some(place) = tiers.get_mut(*number).filter(|_| wanted) {
                *place = Some(*tier_of);
            }
        }
        let marks = self.marks(need);
        let mark = |at: usize| marks.get(at).copied().unwrap_or_default();
        // The best keys so far, least first, each with the tier and where the template stands.
        let limit = need.limit.min(MAX_RESULTS);
        let mut best: Vec<(u64, Tier, usize)> = Vec::new();
        let mut total = 0_usize;
        for (name, at) in self.order.iter() {
            let Some(entry) = self.entries.get(at).filter(|entry| &*entry.key == name) else { continue };
            let Some(tier) = tiers.get(entry.language as usize).copied().flatten() else { continue };
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
        let ranked = best.into_iter();
        let ranked =
            ranked.filter_map(|(_, tier, at)| self.ranked(at, tier, &hits, need, mark(at))).collect();
        Found { ranked, total, languages: languages.into_iter().map(|(_, own, _)| own).collect() }
    }

    /// The languages of its templates with their numbers, nearest first, then by code.
    fn languages_for(&self, need: &Need<'_>) -> Vec<(Tier, &str, usize)> {
        let mut used = vec![false; self.languages.len()];
        for entry in &self.entries {
            if let Some(used) = used.get_mut(entry.language as usize) {
                *used = true;
            }
        }
        let used = |number: usize| used.get(number).copied().unwrap_or_default();
        let all = self.languages.iter().filter(|(_, number)| used(*number));
        let mut languages: Vec<_> =
            all.map(|(own, number)| (tier(own, need.locale, need.default_locale), own, number)).collect();
        sort(&mut languages, |a, b| (a.0, a.1) < (b.0, b.1));
        languages
    }

    /// What is told of a template that was found.
    fn ranked(
        &self,
        at: usize,
        tier: Tier,
        hits: &[Hits],
        need: &Need<'_>,
        mark: Mark,
    ) -> Option<Ranked<'_>> {
        let entry = self.entries.get(at)?;
        Some(Ranked {
            id: &entry.id,
            tier,
            found: hits.iter().filter_map(|hits| fit(entry, hits)).collect(),
            favourite: mark.favourite,
            recent: mark.recent,
            eligibility: need.context.map(|context| entry.facts.judge(&entry.id, context)),
        })
    }

    fn hits(&self, word: &str, need: &Need<'_>) -> Hits {
        let mut hits = Hits { words: vec![0; self.vocabulary.len()], categories: Default::default() };
        for (known, number) in self.vocabulary.iter() {
            if let Some(hit) = hits.words.get_mut(number) {
                *hit = how_well(known, word);
            }
        }
        let categories = Category::NAMES.iter().zip(&need.categories);
        for (hit, ((name, _), shown)) in hits.categories.iter_mut().zip(categories) {
            *hit =
                words(shown).iter().fold(how_well(name, word), |best, known| best.max(how_well(known, word)));
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
            if let Some(mark) = self.by_id.get(id).and_then(|at| marks.get_mut(at)) {
                mark.recent.get_or_insert(place);
            }
        }
        for id in &need.favourites {
            if let Some(mark) = self.by_id.get(id).and_then(|at| marks.get_mut(at)) {
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

fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// How well a word that is known fits one of the query, counted from 1; 0 for not at all.
fn how_well(known: &str, word: &str) -> u8 {
    let fit = if known == word {
        Fit::Whole
    } else if known.starts_with(word) {
        Fit::Start
    } else if stands_in(known.as_bytes(), word.as_bytes()) {
        Fit::Inside
    } else {
        return 0;
    };
    (fit as u8).saturating_add(1)
}

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
    let category = hits.categories.get(entry.facts.category() as usize).copied().unwrap_or_default();
    let mut best = ((Place::Category as u32) << 2) | u32::from(category);
    for word in &entry.words {
        let hit = hits.words.get((word >> 2) as usize).copied().unwrap_or_default();
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
