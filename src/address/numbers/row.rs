//! How a node's row is packed: where each of the ten digits leads.
#![allow(
    clippy::arithmetic_side_effects,
    reason = "all quantities are bounded by the number of nodes, a u16"
)]

use super::coder::Coder;
use super::packing::{Known, Packing, bring};

/// Kinds of decision.
const DROP: u32 = 3;
const GUESS: u32 = 6;

/// A row so far.
#[derive(Default)]
struct Row {
    node: u16,
    height: usize,
    /// Where the digit leads from the node before it of the same height.
    brother: u16,
    known: Known,
    /// Whether that one has the same parent.
    siblings: bool,
    /// Where the digit leads from parent and twin.
    ways: [u16; 2],
    /// How many nodes were not guessed.
    count: u32,
    /// The places, counted from 1, of the two guesses that were right last; 7 for none.
    right: u32,
    /// How many digits have led to the same node.
    run: u32,
}

/// Whether a node that is known leads on as with the digit before: 0 if that cannot be said, 1 for no, 2 for yes.
fn alike(digit: u8, node: u16, now: u16, before: u16) -> u32 {
    if digit > 0 && node != 0 { 1 + u32::from(now == before) } else { 0 }
}

impl<C: Coder> Packing<'_, C> {
    /// Where each digit of a node leads; `before` is the node of that height before it, 0 if there is none.
    pub(super) fn row(&mut self, node: u16, height: usize, before: u16) {
        let known = self.known(node);
        let siblings = before != 0 && self.known(before).parent == known.parent;
        let mut row = Row { node, height, known, siblings, ..Row::default() };
        self.guesses.clear();
        self.guesses.push(0);
        for digit in 0..10 {
            let latest = self.guesses.last().copied().unwrap_or(0);
            row.brother = self.shape.next(before, digit);
            if before != 0 && (digit == 0 || latest != row.brother) {
                bring(&mut self.guesses, row.brother);
                if digit > 0 {
                    bring(&mut self.guesses, latest);
                }
            }
            let target = self.target(&mut row, digit, latest);
            row.run = if digit > 0 && latest == target { (row.run + 1).min(5) } else { 0 };
            if digit == 0 || latest != target {
                self.led(target, known.root);
            }
            bring(&mut self.guesses, target);
            if let Some(place) = self.shape.rows.get_mut(usize::from(node) * 10 + usize::from(digit)) {
                *place = target;
            }
        }
    }

    /// Where a digit leads: to one of the guesses, or elsewhere. The contexts of a guess are what the row has been like,
    /// which node is guessed, what is known of parent and twin, and what came before.
    fn target(&mut self, row: &mut Row, digit: u8, latest: u16) -> u16 {
        let target = self.shape.next(row.node, digit);
        let Known { parent, twin, root, .. } = row.known;
        let ways = [self.shape.next(parent, digit), self.model.next(twin, digit)];
        let like_parent = alike(digit, parent, ways[0], row.ways[0]);
        let like_twin = alike(digit, twin, ways[1], row.ways[1]);
        row.ways = ways;
        let siblings = u32::from(row.siblings);
        let says = u32::from(self.shape.label(row.node));
        let history = (((row.run << 6 | row.right) << 2 | row.count) << 2 | like_twin) << 1 | siblings;
        let kin = ((like_parent << 2 | like_twin) << 1 | siblings) << 3 | self.used(row.node, 7);
        let kin = kin << 1 | u32::from(ways[0] == 0);
        let mut place = 0;
        for guess in self.guesses.iter().rev().copied() {
            let drop = row.height.wrapping_sub(1 + self.shape.height(guess)).min(3) as u32;
            let brother = u32::from(guess == row.brother);
            let base = (place << 1 | u32::from(guess == 0)) << 1 | brother;
            let id = u32::from(guess);
            let about = (id << 8 | u32::from(root)) << 4 | drop << 2 | like_twin;
            let contexts = &[
                (history << 2 | self.used(guess, 3)) << 5 | base,
                (says << 13 | id) << 1 | brother,
                kin << 5 | base,
                (says << 16 | u32::from(latest)).wrapping_mul(0x2c1b_3c6d) ^ about,
            ];
            if self.coder.bit(GUESS, contexts, guess == target) {
                row.right = (row.right << 3 | (1 + place)) & 63;
                return guess;
            }
            place = u32::min(place + 1, 5);
        }
        let whence = Known { parent: row.node, root, twin: ways[1], ..Known::default() };
        let target = self.below(row, target, whence, digit.into());
        row.right = (row.right << 3 | 7) & 63;
        row.count = (row.count + 1).min(3);
        target
    }

    /// A node that was not guessed.
    fn below(&mut self, row: &Row, target: u16, whence: Known, digit: u32) -> u16 {
        let drop = row.height.wrapping_sub(1 + self.shape.height(target)) as u32;
        let drop = self.coder.number(DROP, &[0, whence.root.into(), 1 << 9 | row.right & 7], drop);
        let below = row.height.saturating_sub(1 + drop as usize);
        self.reference(below, target, whence, digit)
    }
}
