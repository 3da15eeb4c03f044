//! What the tables say about a number. Digits are read by their lower four bits, so that ASCII does as it is.
#![allow(clippy::arithmetic_side_effects, reason = "lengths below 256 and indexes of small tables")]

use super::input::Buffer;
use super::judgement::Possible;
use super::number::Number;
use super::packed::{Action, Code, Core, Match, More, Region, Writing};
use super::shape::Shape;
use super::start::{self, Start};
use std::sync::{Arc, OnceLock};

/// The numbering plans of a metadata file, unpacked.
pub struct Plan {
    pub(super) core: Arc<Core>,
    /// By the first three digits of an international number.
    pub(super) starts: Arc<[Start]>,
    packed_more: &'static [u8],
    more: OnceLock<More>,
}

/// The value of a digit.
pub(super) fn value(digit: u8) -> u8 {
    digit & 15
}

impl Plan {
    /// Unpacks the tables; what only national forms and formats need is unpacked when it is first asked for. Where `more` is
    /// empty, no region is known to dial from, so that national forms are refused, and no format fits a number.
    #[must_use]
    pub fn unpack(core: &[u8], more: &'static [u8]) -> Self {
        let core = Core::unpack(core);
        let starts = start::starts(&core);
        Plan { core: Arc::new(core), starts: starts.into(), packed_more: more, more: OnceLock::new() }
    }

    /// The same plans, with what national forms and formats need.
    pub(super) fn with(&self, more: &'static [u8]) -> Self {
        let (core, starts) = (self.core.clone(), self.starts.clone());
        Plan { core, starts, packed_more: more, more: OnceLock::new() }
    }

    pub(super) fn more(&self) -> &More {
        self.more.get_or_init(|| match self.packed_more {
            [] => More::default(),
            packed => More::unpack(packed, &self.core),
        })
    }

    /// Version of the metadata the tables were made from, such as `9.0.42`.
    #[must_use]
    pub fn version(&self) -> &str {
        core::str::from_utf8(&self.core.version).unwrap_or_default()
    }

    /// The index of a region; the world has none, because no number is dialled from there.
    #[must_use]
    pub fn region(&self, id: [u8; 2]) -> Option<usize> {
        if self.packed_more.is_empty() {
            return None;
        }
        self.core.regions.iter().position(|region| region.id == id && id != *b"00")
    }

    pub(super) fn region_at(&self, index: usize) -> Option<&Region> {
        self.core.regions.get(index)
    }

    /// How numbers of a calling code are written.
    pub(super) fn writing(&self, code: &Code) -> Option<&Writing> {
        self.more().writings.get(usize::from(code.first))
    }

    /// The calling code in that place.
    pub(super) fn code(&self, place: u8) -> Option<&Code> {
        self.core.codes.get(usize::from(place))
    }

    /// The calling code that a region belongs to.
    pub(super) fn code_of(&self, region: usize) -> u8 {
        self.core.codes.iter().take_while(|code| usize::from(code.first + code.count) <= region).count() as u8
    }

    /// The calling code at the beginning of the digits of an international number, if there is one.
    #[must_use]
    pub fn calling_code(&self, digits: &str) -> Option<u16> {
        let (code, _) = self.leading_code(digits.as_bytes())?;
        Some(self.code(code)?.code)
    }

    /// Every calling code.
    pub fn calling_codes(&self) -> impl Iterator<Item = u16> {
        self.core.codes.iter().map(|code| code.code)
    }

    /// The calling code at the beginning of `digits`, and what is behind it.
    pub(super) fn leading_code<'a>(&self, digits: &'a [u8]) -> Option<(u8, &'a [u8])> {
        let mut head = 0;
        for at in 0..3 {
            head = head * 10 + usize::from(value(digits.get(at).copied().unwrap_or(0)));
        }
        let start = self.starts.get(head)?;
        Some((start.code, digits.get(usize::from(start.length)..).filter(|_| start.length > 0)?))
    }

    /// A national number without the national prefix, if there is one and the number does not need it.
    pub(super) fn strip<'a>(&self, region: &Region, digits: &'a [u8], room: &'a mut Buffer) -> &'a [u8] {
        let Some(prefix) = self.core.prefix(region) else { return digits };
        let Some(action) = find(&self.core.beginnings, &self.core.matches, prefix.root, digits) else {
            return digits;
        };
        let mut stripped = digits.get(usize::from(action.end)..).unwrap_or_default();
        if action.start < action.stop {
            let back = digits.get(usize::from(action.start)..usize::from(action.stop)).unwrap_or_default();
            [&prefix.literal, back, stripped].into_iter().for_each(|part| room.push(part));
            stripped = room.all();
        }
        let general = |digits: &[u8]| read(&self.core.generals, region.general, digits) != 0;
        if general(digits) && !general(stripped) { digits } else { stripped }
    }

    /// Whether the general pattern of a region matches, whatever the lengths say.
    pub(super) fn is_general(&self, region: usize, digits: &[u8]) -> bool {
        let more = self.more();
        more.writings.get(region).is_some_and(|writing| read(&more.generals, writing.general, digits) != 0)
    }

    /// What is behind the international prefix of a region.
    pub(super) fn behind_prefix<'a>(&self, region: usize, digits: &'a [u8]) -> Option<&'a [u8]> {
        let more = self.more();
        let root = more.writings.get(region)?.international_prefix;
        digits.get(usize::from(find(&more.beginnings, &more.matches, root, digits)?.end)..)
    }

    /// What the length says; the kind, counted from 1, 0 if the number is not valid; and the region, which an invalid one may
    /// have by its leading digits.
    #[inline(never)]
    pub(super) fn judge(&self, number: &Number) -> Option<(Possible, u8, Option<&Region>)> {
        let code = self.code(number.code)?;
        let national = number.digits();
        let regions = self.core.regions.get(usize::from(code.first)..)?;
        let possible = possible(regions.first()?, national.len());
        let label = read(&self.core.numbers, code.root, national);
        if let Some((kind, place)) = usize::from(label).checked_sub(1).and_then(|at| self.core.kinds.get(at))
        {
            return Some((possible, *kind, regions.get(usize::from(*place))));
        }
        let begins = |region: &&Region| {
            code.count == 1
                || find(&self.core.beginnings, &self.core.matches, region.leading, national).is_some()
        };
        Some((possible, 0, regions.iter().take(usize::from(code.count)).find(begins)))
    }
}

/// What `digits` lead to from `root`.
#[inline(never)]
fn read(shape: &Shape, root: u16, digits: &[u8]) -> u16 {
    shape.label(digits.iter().fold(root, |node, digit| shape.next(node, value(*digit))))
}

/// The last match on the way that `digits` take from `root`.
#[inline(never)]
fn find(shape: &Shape, matches: &[Match], root: u16, digits: &[u8]) -> Option<Action> {
    let meaning = |node: u16| usize::from(shape.label(node)).checked_sub(1).and_then(|at| matches.get(at));
    let mut node = root;
    let mut found = None;
    let mut digits = digits.iter();
    loop {
        let (always, at_end) = meaning(node).copied().unwrap_or_default();
        found = always.or(found);
        let Some(digit) = digits.next() else { return at_end.or(found) };
        node = shape.next(node, value(*digit));
        if node == 0 {
            return found;
        }
    }
}

/// Whether a national number of that length is possible in a region.
#[must_use]
pub(super) fn possible(region: &Region, length: usize) -> Possible {
    let bit = 1u32.checked_shl(length as u32).unwrap_or(0);
    let set = region.lengths;
    if set == 0 {
        Possible::InvalidLength
    } else if region.local & bit != 0 {
        Possible::LocalOnly
    } else if set & bit != 0 {
        Possible::Possible
    } else if set & bit.wrapping_sub(1) == 0 {
        Possible::TooShort
    } else if bit == 0 || bit > set {
        Possible::TooLong
    } else {
        Possible::InvalidLength
    }
}
