//! How an automaton is packed.
//!
//! Nodes are packed by height (the longest way to an end), the highest first, so that a digit almost always leads
//! one level down. Where it leads is guessed: to where a digit before led, to where the same digit of the node
//! before leads, nowhere; failing that, to a new node or to one that was lately led to. One function reads and
//! writes; a writer's nodes are numbered in the order in which a reader makes them.
#![allow(
    clippy::arithmetic_side_effects,
    reason = "all quantities are bounded by the number of nodes, a u16"
)]

use super::coder::{Coder, Packer};
use super::shape::Shape;

/// No automaton is higher: a national number has at most 17 digits.
const LEVELS: usize = 20;
/// So many nodes are asked for one by one.
const TRIES: u32 = 32;

/// Kinds of decision.
const ROOT: u32 = 0;
const SAYS: u32 = 1;
const LABEL: u32 = 2;
const DROP: u32 = 3;
const NEW: u32 = 4;
const RANK: u32 = 5;
const GUESS: u32 = 6;
const PICK: u32 = 7;
/// The first kind that is free for others.
pub const FREE: u32 = 8;

/// What is known of a node before its row.
#[derive(Clone, Copy, Default)]
struct Known {
    /// What first led to it.
    parent: u16,
    /// The root it was first reached from, counted from 1.
    root: u16,
    /// The root it was last reached from.
    last_root: u16,
    /// Where the same way leads in the model.
    twin: u16,
    /// How often it was led to.
    uses: u16,
}

pub struct Packing<'a, C> {
    coder: &'a mut Packer<C>,
    shape: &'a mut Shape,
    model: &'a Shape,
    /// How many there were.
    roots: u16,
    /// How many nodes there are so far, the dead end among them.
    made: u16,
    known: Vec<Known>,
    /// The nodes of each height; the one that was led to last stands last.
    recent: [Vec<u16>; LEVELS],
    /// Where a digit may lead, the likeliest last.
    guesses: Vec<u16>,
}

#[inline(never)]
fn zeros(count: usize) -> Vec<u16> {
    vec![0; count]
}

/// A context of more than fits into one.
fn both(one: u32, other: u32) -> u32 {
    one.wrapping_mul(0x2c1b_3c6d) ^ other
}

/// Moves a node to the end of a list, or puts it there. One by one: the instruction that copies memory costs more than
/// the few places there are to move.
#[inline(never)]
fn bring(list: &mut Vec<u16>, node: u16) {
    let mut moved = node;
    for place in list.iter_mut().rev() {
        core::mem::swap(place, &mut moved);
        if moved == node {
            return;
        }
    }
    list.iter_mut().for_each(|place| core::mem::swap(place, &mut moved));
    list.push(moved);
}

impl<'a, C: Coder> Packing<'a, C> {
    /// Starts to read or write a shape. A writer's is complete, a reader's empty. `model` is an automaton that leads
    /// to similar places.
    #[inline(never)]
    pub fn new(coder: &'a mut Packer<C>, shape: &'a mut Shape, model: &'a Shape) -> Self {
        let count = coder.number(ROOT, &[1, 1], shape.labels.len() as u32) as usize;
        if !C::WRITES {
            *shape = Shape { rows: zeros(count * 10), labels: zeros(count), heights: vec![0; count] };
        }
        let known = vec![Known::default()];
        Packing { coder, shape, model, roots: 0, made: 1, known, recent: Default::default(), guesses: Vec::new() }
    }

    /// The next root, which a reader fills; beside it stands a node of the model.
    #[inline(never)]
    pub fn root(&mut self, root: &mut u16, twin: u16) {
        self.roots += 1;
        // Counted from 1; 0 stands for no automaton at all.
        let height = if *root == 0 { 0 } else { self.shape.height(*root) as u32 + 1 };
        let height = self.coder.number(ROOT, &[0, 0], height) as usize;
        let whence = Known { root: self.roots, twin, ..Known::default() };
        *root = if height == 0 { 0 } else { self.reference(height - 1, *root, whence, 0) };
    }

    /// All nodes, when there are no more roots.
    #[inline(never)]
    pub fn nodes(mut self) {
        for height in (1..LEVELS).rev() {
            let mut before = 0;
            for node in 1..self.made {
                if self.shape.height(node) == height {
                    self.row(node, height, before);
                    before = node;
                }
            }
        }
    }

    fn known(&self, node: u16) -> Known {
        self.known.get(usize::from(node)).copied().unwrap_or_default()
    }

    /// How often a node was led to, as far as it matters.
    fn used(&self, node: u16, most: u16) -> u32 {
        u32::from(self.known(node).uses.min(most))
    }

    /// Where each digit of a node leads; `before` is the node of that height before it, 0 if there is none.
    fn row(&mut self, node: u16, height: usize, before: u16) {
        let known = self.known(node);
        let says = u32::from(self.shape.label(node));
        let about_node = u32::from(before != 0 && self.known(before).parent == known.parent) << 3 | self.used(node, 7);
        let mut last = [0; 2];
        self.guesses.clear();
        self.guesses.push(0);
        // How many different targets there were, which guesses were right last and before, how long the same.
        let (mut count, mut right, mut run) = (0, 0, 0);
        for digit in 0..10 {
            // Whether parent and twin lead on as with the digit before.
            let now = [self.shape.next(known.parent, digit), self.model.next(known.twin, digit)];
            let alike = |known: u16, at: usize| {
                if digit > 0 && known != 0 { 1 + u32::from(now.get(at) == last.get(at)) } else { 0 }
            };
            let (as_parent, as_twin) = (alike(known.parent, 0), alike(known.twin, 1));
            last = now;
            let like_brother = self.shape.next(before, digit);
            let latest = self.guesses.last().copied().unwrap_or(0);
            if before != 0 && (digit == 0 || latest != like_brother) {
                bring(&mut self.guesses, like_brother);
                if digit > 0 {
                    bring(&mut self.guesses, latest);
                }
            }
            let target = self.shape.next(node, digit);
            let mut found = None;
            let history = (((run << 6 | right) << 2 | count) << 2 | as_twin) << 4;
            let mut place = 0;
            for guess in self.guesses.iter().rev() {
                let drop = height.wrapping_sub(1 + self.shape.height(*guess)).min(3) as u32;
                let brother = u32::from(*guess == like_brother);
                let base = (place << 1 | u32::from(*guess == 0)) << 1 | brother;
                let id = u32::from(*guess);
                let contexts = &[
                    ((history | about_node & 8) << 2 | self.used(*guess, 3)) << 5 | base,
                    (says << 13 | id) << 1 | brother,
                    (((as_parent << 2 | as_twin) << 4 | about_node) << 1 | u32::from(now[0] == 0)) << 5 | base,
                    both(says << 16 | u32::from(latest), (id << 8 | u32::from(known.root)) << 4 | drop << 2 | as_twin),
                ];
                if self.coder.bit(GUESS, contexts, *guess == target) {
                    right = (right << 3 | 1 + place) & 63;
                    found = Some(*guess);
                    break;
                }
                place = u32::min(place + 1, 5);
            }
            let target = found.unwrap_or_else(|| {
                let whence = Known { parent: node, root: known.root, twin: last[1], ..Known::default() };
                let target = self.below(height, target, whence, digit.into(), right & 7);
                (right, count) = ((right << 3 | 7) & 63, (count + 1).min(3));
                target
            });
            run = if digit > 0 && latest == target { (run + 1).min(5) } else { 0 };
            if digit == 0 || latest != target { self.led(target, known.root); }
            bring(&mut self.guesses, target);
            if let Some(place) = self.shape.rows.get_mut(usize::from(node) * 10 + usize::from(digit)) {
                *place = target;
            }
        }
    }

    /// A node that was not guessed.
    fn below(&mut self, height: usize, target: u16, whence: Known, digit: u32, right: u32) -> u16 {
        let drop = height.wrapping_sub(1 + self.shape.height(target)) as u32;
        let drop = self.coder.number(DROP, &[0, whence.root.into(), 1 << 9 | right], drop);
        let below = height.saturating_sub(1 + drop as usize);
        self.reference(below, target, whence, digit)
    }

    /// Remembers that a digit led to a node.
    fn led(&mut self, target: u16, root: u16) {
        if let Some(known) = self.known.get_mut(usize::from(target)) {
            known.uses = known.uses.saturating_add(1);
            known.last_root = root;
        }
        if target != 0
            && let Some(recent) = self.recent.get_mut(self.shape.height(target))
        {
            bring(recent, target);
        }
    }

    /// A node of that height: a new one, or one that was led to before.
    fn reference(&mut self, height: usize, target: u16, whence: Known, digit: u32) -> u16 {
        let Some(recent) = self.recent.get(height) else { return 0 };
        let says = u32::from(self.shape.label(whence.parent));
        let latest = recent.last().copied().unwrap_or(0);
        let contexts = &[says << 5 | height as u32, self.used(latest, 3) << 4 | digit];
        if recent.is_empty() || self.coder.bit(NEW, contexts, target >= self.made) {
            return self.make(height, target, whence);
        }
        let mut behind = recent.len() as u32;
        let mut tried = 0;
        for node in recent.iter().rev().copied() {
            if tried == TRIES {
                let rank = if C::WRITES { recent.iter().position(|node| *node == target).unwrap_or(0) } else { 0 };
                let length = recent.len().checked_ilog2().unwrap_or(0);
                let rank = self.coder.number(RANK, &[0, length], behind.wrapping_sub(1 + rank as u32)) ;
                return recent.get(behind.wrapping_sub(1 + rank) as usize).copied().unwrap_or(0);
            }
            if whence.parent == 0 || !self.guesses.contains(&node) {
                tried += 1;
                let here = u32::from(self.known(node).last_root == whence.root);
                let age = (self.made - node).ilog2();
                let contexts = &[behind.min(15) << 1 | here, age << 1 | here, (u32::from(node) << 8 | says) << 1 | here];
                if self.coder.bit(PICK, contexts, node == target) {
                    return node;
                }
            }
            behind -= 1;
        }
        0
    }

    fn make(&mut self, height: usize, target: u16, whence: Known) -> u16 {
        let node = self.made;
        self.made = node.saturating_add(1);
        self.known.push(whence);
        if let Some(place) = self.shape.heights.get_mut(usize::from(node)) {
            *place = height as u8;
        }
        if let Some(recent) = self.recent.get_mut(height) {
            recent.push(node);
        }
        let above = u32::from(self.shape.label(whence.parent));
        let label = u32::from(self.shape.label(target));
        let root = u32::from(whence.root);
        if height == 0 || self.coder.bit(SAYS, &[above << 5 | height as u32, root], label != 0) {
            let label = self.coder.number(LABEL, &[above, 1 << 9 | root], label);
            if let Some(place) = self.shape.labels.get_mut(usize::from(node)) {
                *place = label as u16;
            }
        }
        node
    }
}
