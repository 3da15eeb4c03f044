//! Acyclic automata over digits, and how they are packed.
//!
//! Nodes are packed by height (the longest way to an end), the highest first, so that a digit almost always leads
//! one level down, to a node that is either new or was lately led to. One function reads and writes.
#![allow(
    clippy::arithmetic_side_effects,
    reason = "all quantities are bounded by the number of nodes, a u16"
)]

use super::coder::{Coder, NUMBER};

/// No automaton is higher: a national number has at most 17 digits.
const LEVELS: usize = 20;

/// Contexts that [`Shape::code`] uses.
pub const CONTEXTS: usize = RANK + LEVELS * NUMBER;
const ROOT: usize = 0;
const NEW: usize = 32;
const LABEL: usize = NEW + 4 * LEVELS;
const SAME: usize = LABEL + LEVELS + NUMBER;
const EARLIER: usize = SAME + LEVELS * 256;
const NOWHERE: usize = EARLIER + 4 * 64;
const DROP: usize = NOWHERE + LEVELS * 16;
const RANK: usize = DROP + LEVELS * 32;

/// Nodes of one or more automata; node 0 is the dead end.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    /// Ten per node: where each digit leads.
    pub rows: Vec<u16>,
    /// One per node: what it says, 0 for nothing.
    pub labels: Vec<u16>,
    /// One per node: the longest way to an end.
    pub heights: Vec<u8>,
}

/// The nodes of one height while they are packed or unpacked.
#[derive(Default)]
struct Level {
    /// In the order in which they were first led to.
    nodes: Vec<u16>,
    /// The one that was led to last stands last.
    recent: Vec<u16>,
}

impl Shape {
    /// A shape without nodes but the dead end.
    #[must_use]
    pub fn empty() -> Self {
        Shape { rows: vec![0; 10], labels: vec![0], heights: vec![0] }
    }

    /// Where `digit` (0 to 9) leads from `node`.
    #[must_use]
    #[inline]
    pub fn next(&self, node: u16, digit: u8) -> u16 {
        self.rows.get(usize::from(node) * 10 + usize::from(digit)).copied().unwrap_or(0)
    }

    /// What `node` says.
    #[must_use]
    #[inline]
    pub fn label(&self, node: u16) -> u16 {
        self.labels.get(usize::from(node)).copied().unwrap_or(0)
    }

    /// What `digits` (each 0 to 9) lead to from `root`.
    #[must_use]
    #[inline]
    pub fn read(&self, root: u16, digits: &[u8]) -> u16 {
        let mut node = root;
        for digit in digits {
            node = self.next(node, *digit);
            if node == 0 {
                return 0;
            }
        }
        self.label(node)
    }

    fn add(&mut self, height: usize) -> u16 {
        let id = self.labels.len() as u16;
        self.rows.resize(self.rows.len() + 10, 0);
        self.labels.push(0);
        self.heights.push(height as u8);
        id
    }

    /// Reads or writes the nodes; a writer's shape is complete and `roots` known, a reader's are filled.
    pub fn code<C: Coder>(&mut self, coder: &mut C, base: usize, roots: &mut [u16]) {
        let mut levels: [Level; LEVELS] = core::array::from_fn(|_| Level::default());
        for root in roots {
            // 31 stands for no automaton at all.
            let height = match *root {
                0 => 31,
                node => self.heights.get(usize::from(node)).copied().unwrap_or(0),
            };
            let height = coder.tree(base + ROOT, 5, u32::from(height)) as usize;
            *root =
                if height < LEVELS { self.reference(coder, base, 0, height, *root, &mut levels) } else { 0 };
        }
        for height in (0..LEVELS).rev() {
            let mut at = 0;
            while let Some(node) = levels.get(height).and_then(|level| level.nodes.get(at)).copied() {
                at += 1;
                self.code_label(coder, base, height, node);
                if height > 0 {
                    self.code_row(coder, base, height, node, &mut levels);
                }
            }
        }
    }

    fn code_label<C: Coder>(&mut self, coder: &mut C, base: usize, height: usize, node: u16) {
        let label = self.label(node);
        if height == 0 || coder.bit(base + LABEL + height, label != 0) {
            let label = coder.number(base + LABEL + LEVELS, u32::from(label));
            if let Some(place) = self.labels.get_mut(usize::from(node)) {
                *place = label as u16;
            }
        }
    }

    fn code_row<C: Coder>(
        &mut self,
        coder: &mut C,
        base: usize,
        height: usize,
        node: u16,
        levels: &mut [Level; LEVELS],
    ) {
        // The different targets of this node so far, the latest first.
        let mut targets = Targets::default();
        let mut before = 0;
        for digit in 0..10u8 {
            let target = self.next(node, digit);
            let previous = targets.latest();
            let repeated = usize::from(digit > 1 && before == previous);
            before = previous;
            let same = base
                + SAME
                + height * 256
                + targets.count.min(3) * 64
                + usize::from(digit) * 4
                + repeated * 2
                + usize::from(previous == 0);
            let target = if digit > 0 && coder.bit(same, target == previous) {
                previous
            } else if let Some(earlier) = targets.code_earlier(coder, base + EARLIER, height, target) {
                earlier
            } else if !targets.holds(0)
                && coder.bit(base + NOWHERE + height * 16 + usize::from(digit), target == 0)
            {
                0
            } else {
                self.code_target(coder, base, height, 1 + targets.count.min(2), target, levels)
            };
            targets.put_first(target);
            if let Some(place) = self.rows.get_mut(usize::from(node) * 10 + usize::from(digit)) {
                *place = target;
            }
        }
    }

    fn code_target<C: Coder>(
        &mut self,
        coder: &mut C,
        base: usize,
        height: usize,
        kind: usize,
        target: u16,
        levels: &mut [Level; LEVELS],
    ) -> u16 {
        let below = usize::from(self.heights.get(usize::from(target)).copied().unwrap_or(0));
        let drop = height.saturating_sub(1 + below) as u32;
        let drop = coder.tree(base + DROP + height * 32, 5, drop) as usize;
        self.reference(coder, base, kind, height.saturating_sub(1 + drop), target, levels)
    }

    /// A node of that height: a new one, or one that was led to before.
    fn reference<C: Coder>(
        &mut self,
        coder: &mut C,
        base: usize,
        kind: usize,
        height: usize,
        target: u16,
        levels: &mut [Level; LEVELS],
    ) -> u16 {
        let Some(level) = levels.get_mut(height) else { return 0 };
        let rank = C::WRITES.then(|| level.recent.iter().rev().position(|node| *node == target)).flatten();
        let new = level.nodes.is_empty() || coder.bit(base + NEW + kind * LEVELS + height, rank.is_none());
        let target = if new {
            let node = if target == 0 { self.add(height) } else { target };
            level.nodes.push(node);
            node
        } else {
            let rank = coder.number(base + RANK + height * NUMBER, rank.unwrap_or(0) as u32) as usize;
            let at = level.recent.len().saturating_sub(1 + rank);
            if at < level.recent.len() { level.recent.remove(at) } else { 0 }
        };
        level.recent.push(target);
        target
    }
}

/// The different targets of a node, the latest first.
#[derive(Default)]
struct Targets {
    nodes: [u16; 10],
    count: usize,
}

impl Targets {
    fn known(&self) -> &[u16] {
        self.nodes.get(..self.count).unwrap_or_default()
    }

    fn latest(&self) -> u16 {
        self.known().first().copied().unwrap_or(0)
    }

    fn holds(&self, target: u16) -> bool {
        self.known().contains(&target)
    }

    /// Whether the target is one of those before the latest.
    fn code_earlier<C: Coder>(&self, coder: &mut C, base: usize, height: usize, target: u16) -> Option<u16> {
        let dead = usize::from(self.latest() == 0);
        self.known().iter().skip(1).enumerate().find_map(|(place, earlier)| {
            let context =
                base + place.min(3) * 64 + usize::from(*earlier == 0) * 32 + height.min(15) * 2 + dead;
            coder.bit(context, *earlier == target).then_some(*earlier)
        })
    }

    fn put_first(&mut self, target: u16) {
        let at = self.known().iter().position(|known| *known == target).unwrap_or(self.count);
        let mut moved = target;
        for place in self.nodes.iter_mut().take(at + 1) {
            core::mem::swap(place, &mut moved);
        }
        self.count = self.count.max(at + 1);
    }
}
