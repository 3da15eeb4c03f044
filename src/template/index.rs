//! Thousands of templates, searched for every key stroke.
//!
//! Each word of a template is kept once, folded, under a number; a template is a list of numbers. A query goes over the vocabulary once
//! for each of its words, and then over the numbers.

use super::eligibility::Facts;
use super::fold::words;
use super::ladder::{Tier, tier};
use super::model::Template;
use super::rank::{Fit, Found, MAX_WORDS, Mark, Need, Place, Ranked, key};
use std::collections::BTreeMap;

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
        let new: BTreeMap<&str, &Template> =
            templates.iter().map(|template| (template.id.as_str(), template)).collect();
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
        let tiers: Vec<Tier> =
            self.languages.iter().map(|own| tier(own, need.locale, need.default_locale)).collect();
        let wanted: Vec<bool> = self
            .languages
            .iter()
            .map(|own| need.language.is_none_or(|only| tier(own, Some(only), None) == Tier::Exact))
            .collect();
        let mut best: Vec<(u64, usize)> = Vec::new();
        let marks = self.marks(need);
        for (at, entry) in self.entries.iter().enumerate() {
            let language = usize::from(entry.language);
            let Some(score) = score(entry, &hits).filter(|_| wanted.get(language) == Some(&true)) else {
                continue;
            };
            let refused =
                need.context.is_some_and(|context| !entry.facts.judge(&entry.id, context).reasons.is_empty());
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
            } else if stands_in(known.as_bytes(), word.as_bytes()) {
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
