//! What the tables hold, once they are unpacked.

use super::shape::Shape;

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
