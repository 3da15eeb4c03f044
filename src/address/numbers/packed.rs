//! The tables, and how they are packed. One function for each reads and writes.
#![allow(clippy::arithmetic_side_effects, reason = "contexts are constants, quantities those of the tables")]

use super::coder::{Coder, Decoder, NUMBER};
use super::shape::{self, Shape};

/// A calling code and its regions, the main one first.
#[derive(Clone, Debug, Default)]
pub struct Code {
    /// 1 to 999.
    pub code: u16,
    /// The first of its regions.
    pub first: u16,
    /// How many regions share it.
    pub count: u16,
    /// The automaton of its numbers.
    pub root: u16,
}

/// A region, or the world for a calling code that belongs to none.
#[derive(Clone, Debug, Default)]
pub struct Region {
    /// ISO 3166-1 alpha-2, or `00` for the world (`001`).
    pub id: [u8; 2],
    /// Lengths that a national number may have, bit 0 standing for length 0.
    pub lengths: u32,
    /// Lengths that only a local number may have.
    pub local: u32,
    /// Which national prefix it has, counted from 1.
    pub prefix: u16,
    /// The automaton of its leading digits.
    pub leading: u16,
    /// The automaton of its general pattern, if a number may keep what looks like a prefix.
    pub general: u16,
}

/// What a match of a prefix means: everything before `end` goes; `start..stop` comes back behind a literal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "said above")]
pub struct Action {
    pub end: u8,
    pub start: u8,
    pub stop: u8,
}

/// A match wherever the word goes on, and one that holds only if it ends here.
pub type Match = (Option<Action>, Option<Action>);

/// A national prefix: how it is recognised, and what a number that gives something back gets in front of it.
#[derive(Clone, Debug, Default)]
pub struct Prefix {
    /// The automaton.
    pub root: u16,
    /// Digits as ASCII.
    pub literal: Vec<u8>,
}

/// What is needed to judge a number.
#[derive(Clone, Debug, Default)]
pub struct Core {
    /// Version of the metadata, such as `9.0.42`.
    pub version: Vec<u8>,
    /// In rising order.
    pub codes: Vec<Code>,
    /// In the order of the codes.
    pub regions: Vec<Region>,
    /// National prefixes.
    pub prefixes: Vec<Prefix>,
    /// Meanings of the labels of `numbers`: kind, and place of the region.
    pub kinds: Vec<(u8, u8)>,
    /// Meanings of the labels of `beginnings`.
    pub matches: Vec<Match>,
    /// Valid numbers of each calling code.
    pub numbers: Shape,
    /// General patterns that a number with a prefix may match.
    pub generals: Shape,
    /// National prefixes and leading digits.
    pub beginnings: Shape,
}

/// A way to write a number of certain lengths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Format {
    /// Least and greatest length of each group of digits.
    pub groups: Vec<(u8, u8)>,
    /// Template for national use; templates are counted from 1.
    pub national: u16,
    /// Template without the national prefix.
    pub bare: u16,
    /// Template for international use; 0 if the format has none.
    pub international: u16,
}

/// What [`More`] knows of a region, in the order of [`Core::regions`].
#[derive(Clone, Debug, Default)]
pub struct Writing {
    /// The automaton of its international prefixes.
    pub international_prefix: u16,
    /// The automaton of its general pattern.
    pub general: u16,
    /// The automaton that chooses a format.
    pub selector: u16,
    /// What stands before an extension, counted from 1; 0 for ` ext. `.
    pub extension: u16,
    /// In order of preference.
    pub formats: Vec<Format>,
}

/// What is needed to read national forms and to write numbers.
#[derive(Clone, Debug, Default)]
pub struct More {
    /// One for each region.
    pub writings: Vec<Writing>,
    /// Templates (`$1` stands for the first group) and words before an extension.
    pub texts: Vec<Vec<u8>>,
    /// Meanings of the labels of `selectors`: formats in order of preference.
    pub choices: Vec<Vec<u8>>,
    /// Meanings of the labels of `beginnings`.
    pub matches: Vec<Match>,
    /// International prefixes.
    pub beginnings: Shape,
    /// General patterns.
    pub generals: Shape,
    /// Choice of a format by leading digits.
    pub selectors: Shape,
}

const fn side(number: usize) -> usize {
    number * NUMBER
}
const TEXT: usize = side(24);
const SHAPES: usize = TEXT + 64 * 128;
const CONTEXTS: usize = SHAPES + shape::CONTEXTS;

fn number<C: Coder>(coder: &mut C, context: usize, value: &mut u16) {
    *value = coder.number(side(context), u32::from(*value)) as u16;
}

fn small<C: Coder>(coder: &mut C, context: usize, value: &mut u8) {
    *value = coder.number(side(context), u32::from(*value)) as u8;
}

/// A list: its length, then each element.
fn list<C: Coder, T: Default>(
    coder: &mut C,
    context: usize,
    items: &mut Vec<T>,
    mut each: impl FnMut(&mut C, &mut T),
) {
    let length = coder.number(side(context), items.len() as u32) as usize;
    items.reserve(length);
    while items.len() < length {
        items.push(T::default());
    }
    items.iter_mut().for_each(|item| each(coder, item));
}

fn text<C: Coder>(coder: &mut C, bytes: &mut Vec<u8>) {
    let mut previous = 0;
    list(coder, 0, bytes, |coder, byte| {
        *byte = coder.tree(TEXT + usize::from(previous & 63) * 128, 7, u32::from(*byte)) as u8;
        previous = *byte;
    });
}

/// A set of lengths; most sets resemble the one before.
fn lengths<C: Coder>(coder: &mut C, context: usize, set: &mut u32) {
    let mut previous = 0;
    for at in 0..18 {
        let bit = coder.bit(side(context) + at * 4 + previous, *set >> at & 1 == 1);
        *set = *set & !(1 << at) | u32::from(bit) << at;
        previous = (previous << 1 | usize::from(bit)) & 3;
    }
}

fn matches<C: Coder>(coder: &mut C, items: &mut Vec<Match>) {
    fn one<C: Coder>(coder: &mut C, action: &mut Option<Action>) {
        if !coder.bit(side(2), action.is_some()) {
            return;
        }
        let mut known = action.unwrap_or_default();
        small(coder, 3, &mut known.end);
        small(coder, 4, &mut known.start);
        small(coder, 5, &mut known.stop);
        *action = Some(known);
    }
    list(coder, 1, items, |coder, (always, at_end)| {
        one(coder, always);
        one(coder, at_end);
    });
}

/// An automaton of each item, in one shape.
fn shape<C: Coder, T>(coder: &mut C, shape: &mut Shape, items: &mut [T], root: impl Fn(&mut T) -> &mut u16) {
    let mut roots: Vec<u16> = items.iter_mut().map(|item| *root(item)).collect();
    coder.forget(SHAPES);
    shape.code(coder, SHAPES, &mut roots);
    items.iter_mut().zip(roots).for_each(|(item, value)| *root(item) = value);
}

fn region<C: Coder>(coder: &mut C, region: &mut Region) {
    let [first, second] = &mut region.id;
    *first = coder.tree(side(6), 7, u32::from(*first)) as u8;
    *second = coder.tree(side(6) + 128, 7, u32::from(*second)) as u8;
    lengths(coder, 8, &mut region.lengths);
    if coder.bit(side(9), region.local != 0) {
        lengths(coder, 10, &mut region.local);
    }
    number(coder, 11, &mut region.prefix);
}

impl Core {
    /// Reads or writes everything.
    pub fn code<C: Coder>(&mut self, coder: &mut C) {
        text(coder, &mut self.version);
        let mut previous = 0;
        let mut regions = 0;
        list(coder, 12, &mut self.codes, |coder, code| {
            let mut step = code.code.saturating_sub(previous);
            number(coder, 13, &mut step);
            previous += step;
            number(coder, 14, &mut code.count);
            code.code = previous;
            code.first = regions;
            regions += code.count;
        });
        list(coder, 15, &mut self.regions, |coder, item| region(coder, item));
        list(coder, 16, &mut self.prefixes, |coder, prefix| text(coder, &mut prefix.literal));
        list(coder, 17, &mut self.kinds, |coder, (kind, place)| {
            small(coder, 18, kind);
            small(coder, 19, place);
        });
        matches(coder, &mut self.matches);
        shape(coder, &mut self.numbers, &mut self.codes, |code| &mut code.root);
        shape(coder, &mut self.generals, &mut self.regions, |region| &mut region.general);
        // Prefixes and leading digits share one shape: their roots are coded as one list.
        let mut roots: Vec<u16> = self.prefixes.iter().map(|prefix| prefix.root).collect();
        roots.extend(self.regions.iter().map(|region| region.leading));
        coder.forget(SHAPES);
        self.beginnings.code(coder, SHAPES, &mut roots);
        let mut roots = roots.into_iter();
        self.prefixes.iter_mut().for_each(|prefix| prefix.root = roots.next().unwrap_or(0));
        self.regions.iter_mut().for_each(|region| region.leading = roots.next().unwrap_or(0));
    }

    /// Unpacks.
    #[must_use]
    pub fn unpack(bytes: &[u8]) -> Self {
        let (numbers, generals, beginnings) = (Shape::empty(), Shape::empty(), Shape::empty());
        let mut core = Core { numbers, generals, beginnings, ..Core::default() };
        core.code(&mut Decoder::new(bytes, CONTEXTS));
        core
    }
}

fn format<C: Coder>(coder: &mut C, format: &mut Format) {
    list(coder, 12, &mut format.groups, |coder, (least, most)| {
        small(coder, 13, least);
        let mut more = most.saturating_sub(*least);
        small(coder, 14, &mut more);
        *most = *least + more;
    });
    number(coder, 15, &mut format.national);
    follow(coder, 16, &mut format.bare, format.national);
    follow(coder, 17, &mut format.international, format.bare);
}

/// A template that mostly is the same as another.
fn follow<C: Coder>(coder: &mut C, context: usize, template: &mut u16, other: u16) {
    if coder.bit(side(18) + context, *template == other) {
        *template = other;
    } else {
        number(coder, context, template);
    }
}

impl More {
    /// Reads or writes everything.
    pub fn code<C: Coder>(&mut self, coder: &mut C) {
        list(coder, 6, &mut self.texts, text);
        list(coder, 7, &mut self.choices, |coder, choice| {
            list(coder, 8, choice, |coder, at| small(coder, 9, at))
        });
        matches(coder, &mut self.matches);
        list(coder, 10, &mut self.writings, |coder, writing| {
            number(coder, 11, &mut writing.extension);
            list(coder, 19, &mut writing.formats, format);
        });
        shape(coder, &mut self.selectors, &mut self.writings, |writing| &mut writing.selector);
        shape(coder, &mut self.generals, &mut self.writings, |writing| &mut writing.general);
        shape(coder, &mut self.beginnings, &mut self.writings, |writing| &mut writing.international_prefix);
    }

    /// Unpacks.
    #[must_use]
    pub fn unpack(bytes: &[u8]) -> Self {
        let (selectors, generals, beginnings) = (Shape::empty(), Shape::empty(), Shape::empty());
        let mut more = More { selectors, generals, beginnings, ..More::default() };
        more.code(&mut Decoder::new(bytes, CONTEXTS));
        more
    }
}
