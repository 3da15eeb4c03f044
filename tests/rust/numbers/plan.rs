//! The numbers of one calling code: which region, and what kind.

use super::automaton::{Nodes, Patterns, Standing};
use super::metadata::{Description, Region};

/// Kind and place of the region among those of its calling code.
pub type Label = (u8, u8);

/// Fixed line or mobile: which of the two cannot be told.
pub const EITHER: u8 = 11;

/// The patterns of one region; a kind that has none is absent.
struct Member<'a> {
    region: &'a Region,
    general: usize,
    kinds: Vec<Option<usize>>,
    leading: Option<usize>,
}

fn member<'a>(region: &'a Region, alone: bool, patterns: &mut Patterns) -> Member<'a> {
    let general = patterns.add(region.general.pattern.as_deref().expect("a general pattern"), false);
    let kinds = region.kinds.iter().map(|kind| Some(patterns.add(kind.pattern.as_deref()?, false))).collect();
    let leading = region.leading_digits.as_ref().filter(|_| !alone);
    Member { region, general, kinds, leading: leading.map(|digits| patterns.add(digits, true)) }
}

impl Member<'_> {
    /// 0 if the number is none of this region's, else a kind: 1 to 8 as in `KINDS`, 9 fixed, 10 mobile, 11 either.
    fn kind(&self, patterns: &Patterns, standing: &Standing, length: usize) -> u8 {
        let is = |description: &Description, pattern: usize| {
            description.allows(length) && patterns.matched(standing, pattern)
        };
        if !is(&self.region.general, self.general) {
            return 0;
        }
        let of = |kind: usize| self.kinds[kind].is_some_and(|pattern| is(&self.region.kinds[kind], pattern));
        if let Some(kind) = (0..8).find(|kind| of(*kind)) {
            return kind as u8 + 1;
        }
        match (of(8), of(9)) {
            (true, mobile) if mobile || self.region.same_mobile_and_fixed => EITHER,
            (true, _) => 9,
            (false, true) if !self.region.same_mobile_and_fixed => 10,
            _ => 0,
        }
    }
}

/// The automaton of the regions of one calling code, the main one first.
pub fn numbers(regions: &[&Region], labels: &mut Vec<Label>, nodes: &mut Nodes) -> u32 {
    let mut patterns = Patterns::default();
    let alone = regions.len() == 1;
    let members: Vec<Member<'_>> =
        regions.iter().map(|region| member(region, alone, &mut patterns)).collect();
    let mut label = |standing: &Standing, length: usize| {
        // Where no general pattern can match any more, nothing can.
        let alive = members.iter().any(|member| {
            patterns.pending(standing, member.general) || patterns.matched(standing, member.general)
        });
        let found = members.iter().enumerate().find_map(|(place, member)| match member.leading {
            Some(leading) if patterns.matched(standing, leading) => {
                Some((member.kind(&patterns, standing, length), place as u8))
            }
            Some(_) => None,
            None if alone => Some((member.kind(&patterns, standing, length), place as u8)),
            None => {
                Some((member.kind(&patterns, standing, length), place as u8)).filter(|(kind, _)| *kind != 0)
            }
        });
        let Some(found) = found.filter(|(kind, _)| *kind != 0) else { return alive.then_some(0) };
        let at = labels.iter().position(|known| *known == found).unwrap_or_else(|| {
            labels.push(found);
            labels.len() - 1
        });
        Some(at as u16 + 1)
    };
    patterns.build(nodes, &mut label)
}
