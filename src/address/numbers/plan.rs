//! What the tables say about a number.
#![allow(clippy::arithmetic_side_effects, reason = "lengths below 256 and indexes of small tables")]

use super::digits::Digits;
use super::fast::{self, Start};
use super::packed::{Action, Code, Core, Match, More, Region, Writing};
use super::shape::Shape;
use super::{Kind, Possible};
use std::sync::OnceLock;

/// The numbering plans of a metadata file, unpacked.
pub struct Plan {
    pub(super) core: Core,
    /// Index of each calling code counted from 1, by the code itself.
    codes: Vec<u8>,
    /// By the first three digits of an international number.
    pub(super) starts: Vec<Start>,
    packed_more: &'static [u8],
    more: OnceLock<More>,
}

impl Plan {
    /// Unpacks the tables; what only national forms and formats need is unpacked when it is first asked for.
    #[must_use]
    pub fn unpack(core: &[u8], more: &'static [u8]) -> Self {
        let core = Core::unpack(core);
        let mut codes = vec![0; 1000];
        for (at, code) in core.codes.iter().enumerate() {
            if let Some(place) = codes.get_mut(usize::from(code.code)) {
                *place = at as u8 + 1;
            }
        }
        let starts = fast::starts(&core);
        Plan { core, codes, starts, packed_more: more, more: OnceLock::new() }
    }

    pub(super) fn more(&self) -> &More {
        self.more.get_or_init(|| More::unpack(self.packed_more, &self.core))
    }

    /// Version of the metadata the tables were made from, such as `9.0.42`.
    #[must_use]
    pub fn version(&self) -> &str {
        core::str::from_utf8(&self.core.version).unwrap_or_default()
    }

    /// The index of a region; the world has none, because no number is dialled from there.
    #[must_use]
    pub fn region(&self, id: &str) -> Option<usize> {
        if id == "00" {
            return None;
        }
        self.core.regions.iter().position(|region| region.id == *id.as_bytes())
    }

    pub(super) fn region_at(&self, index: usize) -> Option<&Region> {
        self.core.regions.get(index)
    }

    pub(super) fn writing(&self, index: usize) -> Option<&Writing> {
        self.more().writings.get(index)
    }

    #[inline]
    pub(super) fn code(&self, code: u16) -> Option<&Code> {
        let at = self.codes.get(usize::from(code)).copied().unwrap_or(0);
        self.core.codes.get(usize::from(at).checked_sub(1)?)
    }

    /// The calling code that a region belongs to.
    pub(super) fn code_of(&self, region: usize) -> Option<&Code> {
        self.core.codes.iter().find(|code| (code.first..code.first + code.count).contains(&(region as u16)))
    }

    /// The calling code at the beginning of `digits`, and how many digits it has.
    #[inline]
    pub(super) fn leading_code(&self, digits: &[u8]) -> Option<(&Code, usize)> {
        let mut value = 0;
        for (at, digit) in digits.iter().take(3).enumerate() {
            value = value * 10 + u16::from(*digit);
            if value == 0 {
                return None;
            }
            if let Some(code) = self.code(value) {
                return Some((code, at + 1));
            }
        }
        None
    }

    /// Takes the national prefix off, if there is one and the number does not need it.
    pub(super) fn strip(&self, region: &Region, digits: &mut Digits) {
        let prefix = usize::from(region.prefix).checked_sub(1).and_then(|at| self.core.prefixes.get(at));
        let Some(prefix) = prefix.filter(|_| !digits.all().is_empty()) else { return };
        let Some(action) = find(&self.core.beginnings, &self.core.matches, prefix.root, digits.all()) else {
            return;
        };
        let mut stripped = Digits::new();
        if action.start < action.stop {
            prefix.literal.iter().for_each(|byte| stripped.push(byte.wrapping_sub(b'0')));
            let back = digits.all().get(usize::from(action.start)..usize::from(action.stop));
            back.unwrap_or_default().iter().for_each(|value| stripped.push(*value));
        }
        let rest = digits.all().get(usize::from(action.end)..).unwrap_or_default();
        rest.iter().for_each(|value| stripped.push(*value));
        let general = |digits: &Digits| self.core.generals.read(region.general, digits.all()) != 0;
        if region.general != 0 && general(digits) && !general(&stripped) {
            return;
        }
        *digits = stripped;
    }

    /// Whether a national number begins with what looks like the national prefix.
    pub(super) fn has_prefix(&self, region: &Region, digits: &[u8]) -> bool {
        let prefix = usize::from(region.prefix).checked_sub(1).and_then(|at| self.core.prefixes.get(at));
        prefix.is_some_and(|prefix| {
            find(&self.core.beginnings, &self.core.matches, prefix.root, digits).is_some()
        })
    }

    /// Whether the general pattern of a region matches, whatever the lengths say.
    pub(super) fn is_general(&self, region: usize, digits: &[u8]) -> bool {
        let more = self.more();
        more.writings.get(region).is_some_and(|writing| more.generals.read(writing.general, digits) != 0)
    }

    /// How many digits the international prefix of a region takes.
    pub(super) fn international_prefix(&self, region: usize, digits: &[u8]) -> Option<usize> {
        let more = self.more();
        let root = more.writings.get(region)?.international_prefix;
        find(&more.beginnings, &more.matches, root, digits).map(|action| usize::from(action.end))
    }

    /// Kind and region of a national number. An invalid one may have a region, by its leading digits.
    #[inline]
    pub(super) fn judge(&self, code: &Code, national: &[u8]) -> (Option<Kind>, Option<&Region>) {
        let label = self.core.numbers.read(code.root, national);
        if let Some((kind, place)) = usize::from(label).checked_sub(1).and_then(|at| self.core.kinds.get(at))
        {
            return (Kind::of(*kind), self.region_at(usize::from(code.first) + usize::from(*place)));
        }
        let regions = usize::from(code.first)..usize::from(code.first) + usize::from(code.count);
        let regions = self.core.regions.get(regions).unwrap_or_default();
        if let [region] = regions {
            return (None, Some(region));
        }
        let begins = |region: &&Region| {
            find(&self.core.beginnings, &self.core.matches, region.leading, national).is_some()
        };
        (None, regions.iter().find(begins))
    }
}

/// The last match on the way that `digits` take from `root`.
fn find(shape: &Shape, matches: &[Match], root: u16, digits: &[u8]) -> Option<Action> {
    let meaning = |node: u16| usize::from(shape.label(node)).checked_sub(1).and_then(|at| matches.get(at));
    let mut node = root;
    let mut found = meaning(node).and_then(|(always, _)| *always);
    for digit in digits {
        node = shape.next(node, *digit);
        if node == 0 {
            return found;
        }
        found = meaning(node).and_then(|(always, _)| *always).or(found);
    }
    meaning(node).and_then(|(_, at_end)| *at_end).or(found)
}

/// Whether a national number of that length is possible in a region.
#[must_use]
#[inline]
pub(super) fn possible(region: &Region, length: usize) -> Possible {
    let set = region.lengths;
    if set == 0 {
        return Possible::InvalidLength;
    }
    let bit = 1u32.checked_shl(length as u32).unwrap_or(0);
    if region.local & bit != 0 {
        return Possible::LocalOnly;
    }
    if set & bit != 0 {
        return Possible::Possible;
    }
    match length as u32 {
        short if short < set.trailing_zeros() => Possible::TooShort,
        long if long > set.ilog2() => Possible::TooLong,
        _ => Possible::InvalidLength,
    }
}
