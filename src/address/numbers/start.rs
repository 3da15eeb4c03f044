//! Where the automata of an international number begin.
#![allow(clippy::arithmetic_side_effects, reason = "three digits")]

use super::packed::{Core, Prefix, Region};

/// What the first three digits of an international number lead to.
#[derive(Clone, Copy, Default)]
pub(super) struct Start {
    /// The automaton behind the calling code.
    pub(super) root: u16,
    /// The automaton of the national prefix.
    pub(super) prefix: u16,
    /// Place of the calling code.
    pub(super) code: u8,
    /// Digits of the calling code; 0 if there is none.
    pub(super) length: u8,
}

impl Core {
    /// The national prefix of a region.
    pub(super) fn prefix(&self, region: &Region) -> Option<&Prefix> {
        self.prefixes.get(usize::from(region.prefix).checked_sub(1)?)
    }
}

/// One for each three digits; no calling code is the beginning of another.
pub(super) fn starts(core: &Core) -> Vec<Start> {
    let mut starts = vec![Start::default(); 1000];
    for (code, place) in core.codes.iter().zip(0..) {
        let prefix = core.regions.get(usize::from(code.first)).and_then(|region| core.prefix(region));
        let prefix = prefix.map_or(0, |prefix| prefix.root);
        let (mut head, mut length, mut share) = (usize::from(code.code), 3, 1);
        while head < 100 {
            (head, length, share) = (head * 10, length - 1, share * 10);
        }
        let own = starts.iter_mut().skip(head).take(share);
        own.for_each(|start| *start = Start { root: code.root, prefix, code: place, length });
    }
    starts
}
