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
const TRIES: u32 = 16;

/// Kinds of decision; two more stand in `row.rs`.
const ROOT: u32 = 0;
const SAYS: u32 = 1;
const LABEL: u32 = 2;
const NEW: u32 = 4;
const RANK: u32 = 5;
const PICK: u32 = 7;
/// The first kind that is free for others.
pub const FREE: u32 = 8;

/// What is known of a node before its row.
#[derive(Clone, Copy, Default)]
pub(super) struct Known {
    /// What first led to it.
    pub(super) parent: u16,
    /// The root it was first reached from, counted from 1.
    pub(super) root: u16,
    /// The root it was last reached from.
    pub(super) last_root: u16,
    /// Where the same way leads in the model.
    pub(super) twin: u16,
    /// How often it was led to.
    pub(super) uses: u16,
}

pub struct Packing<'a, C> {
    pub(super) coder: &'a mut Packer<C>,
    pub(super) shape: &'a mut Shape,
    pub(super) model: &'a Shape,
    /// How many there were.
    roots: u16,
    /// How many nodes there are so far, the dead end among them.
    made: u16,
    known: Vec<Known>,
    /// The nodes of each height; the one that was led to last stands last.
    recent: [Vec<u16>; LEVELS],
    /// Where a digit may lead, the likeliest last.
    pub(super) guesses: Vec<u16>,
}

#[inline(never)]
fn zeros(count: usize) -> Vec<u16> {
    vec![0; count]
}

fn at(list: &[u16], place: usize) -> u16 {
    list.get(place).copied().unwrap_or(0)
}

/// Moves a node to the end of a list, or puts it there. One by one: the instruction that copies memory costs more than
/// the few places there are to move.
#[inline(never)]
pub(super) fn bring(list: &mut Vec<u16>, node: u16) {
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
        Packing {
            coder,
            shape,
            model,
            roots: 0,
            made: 1,
            known,
            recent: Default::default(),
            guesses: Vec::new(),
        }
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

    pub(super) fn known(&self, node: u16) -> Known {
        self.known.get(usize::from(node)).copied().unwrap_or_default()
    }

    /// How often a node was led to, as far as it matters.
    pub(super) fn used(&self, node: u16, most: u16) -> u32 {
        u32::from(self.known(node).uses.min(most))
    }

    /// Remembers that a digit led to a node.
    pub(super) fn led(&mut self, target: u16, root: u16) {
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
    pub(super) fn reference(&mut self, height: usize, target: u16, whence: Known, digit: u32) -> u16 {
        let Some(recent) = self.recent.get(height) else { return 0 };
        let says = u32::from(self.shape.label(whence.parent));
        let latest = recent.last().copied().unwrap_or(0);
        let contexts = &[says << 5 | height as u32, self.used(latest, 3) << 4 | digit];
        if recent.is_empty() || self.coder.bit(NEW, contexts, target >= self.made) {
            return self.make(height, target, whence);
        }
        let mut behind = recent.len();
        let mut tries = 0;
        while tries < TRIES && behind > 0 {
            behind -= 1;
            let node = at(recent, behind);
            // What was guessed and is not it need not be asked for again.
            if whence.parent == 0 || !self.guesses.contains(&node) {
                tries += 1;
                let here = u32::from(self.known(node).last_root == whence.root);
                let place = behind.min(14) as u32;
                let age = self.made.wrapping_sub(node).checked_ilog2().unwrap_or(0);
                let id = u32::from(node) << 8 | says;
                let contexts = &[place << 1 | here, age << 1 | here, id << 1 | here];
                if self.coder.bit(PICK, contexts, node == target) {
                    return node;
                }
            }
        }
        let rank = if C::WRITES { recent.iter().position(|node| *node == target).unwrap_or(0) } else { 0 };
        let length = recent.len().checked_ilog2().unwrap_or(0);
        let rank = self.coder.number(RANK, &[0, length], behind.wrapping_sub(1 + rank) as u32);
        at(recent, behind.wrapping_sub(1 + rank as usize))
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
