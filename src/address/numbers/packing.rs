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

/// Kinds of decision.
const ROOT: u32 = 0;
const SAYS: u32 = 1;
const LABEL: u32 = 2;
const DROP: u32 = 3;
const NEW: u32 = 4;
const RANK: u32 = 5;
const GUESS: u32 = 6;
/// The first kind that is free for others.
pub const FREE: u32 = 7;

/// Whence a node is first led to.
#[derive(Clone, Copy)]
struct Whence {
    parent: u16,
    /// The root, counted from 1.
    root: u16,
    /// Where the same way leads in the model.
    twin: u16,
}

/// The nodes of one height.
#[derive(Default)]
struct Level {
    /// In the order in which they were first led to.
    nodes: Vec<u16>,
    /// The one that was led to last stands last.
    recent: Vec<u16>,
}

pub struct Packing<'a, C> {
    coder: &'a mut Packer<C>,
    shape: &'a mut Shape,
    model: &'a Shape,
    /// How many there were.
    roots: u16,
    /// How many nodes there are so far, the dead end among them.
    made: u16,
    /// Of each node: whence it was first led to.
    parents: Vec<u16>,
    of_roots: Vec<u16>,
    twins: Vec<u16>,
    /// Of each node: how often it was led to.
    uses: Vec<u16>,
    levels: [Level; LEVELS],
    /// Room for where a digit may lead.
    guesses: Vec<u16>,
}

fn at(list: &[u16], node: u16) -> u16 {
    list.get(usize::from(node)).copied().unwrap_or(0)
}

#[inline(never)]
fn zeros(count: usize) -> Vec<u16> {
    vec![0; count]
}

#[inline(never)]
fn put(list: &mut [u16], node: u16, value: u16) {
    if let Some(place) = list.get_mut(usize::from(node)) {
        *place = value;
    }
}

/// Moves a node to the front of a list, or puts it there. One by one: the instruction that copies memory costs more
/// than the few places there are to move.
fn bring<'a>(places: impl Iterator<Item = &'a mut u16>, node: u16) -> Option<u16> {
    let mut moved = node;
    for place in places {
        core::mem::swap(place, &mut moved);
        if moved == node {
            return None;
        }
    }
    Some(moved)
}

impl<'a, C: Coder> Packing<'a, C> {
    /// Starts to read or write a shape. A writer's is complete, a reader's empty. `model` is an automaton that leads
    /// to similar places.
    #[inline(never)]
    pub fn new(coder: &'a mut Packer<C>, shape: &'a mut Shape, model: &'a Shape) -> Self {
        let count = coder.number(ROOT, [1, 1], shape.labels.len() as u32) as usize;
        if !C::WRITES {
            *shape = Shape { rows: zeros(count * 10), labels: zeros(count), heights: vec![0; count] };
        }
        Packing {
            coder,
            shape,
            model,
            roots: 0,
            made: 1,
            parents: zeros(count),
            of_roots: zeros(count),
            twins: zeros(count),
            uses: zeros(count),
            levels: Default::default(),
            guesses: Vec::new(),
        }
    }

    /// The next root, which a reader fills; beside it stands a node of the model.
    #[inline(never)]
    pub fn root(&mut self, root: &mut u16, twin: u16) {
        self.roots += 1;
        // Counted from 1; 0 stands for no automaton at all.
        let height = if *root == 0 { 0 } else { self.shape.height(*root) as u32 + 1 };
        let height = self.coder.number(ROOT, [0, 0], height) as usize;
        let whence = Whence { parent: 0, root: self.roots, twin };
        *root = if height == 0 { 0 } else { self.reference(height - 1, *root, whence, 0) };
    }

    /// All nodes, when there are no more roots.
    #[inline(never)]
    pub fn nodes(mut self) {
        for height in (1..LEVELS).rev() {
            let (mut at, mut before) = (0, 0);
            while let Some(node) = self.levels.get(height).and_then(|level| level.nodes.get(at)).copied() {
                at += 1;
                self.row(node, height, before);
                before = node;
            }
        }
    }

    /// How often a node was led to, up to 3.
    fn used(&self, node: u16) -> u32 {
        u32::from(at(&self.uses, node).min(3))
    }

    /// Where each digit of a node leads; `before` is the node of that height before it, 0 if there is none.
    fn row(&mut self, node: u16, height: usize, before: u16) {
        let (parent, twin) = (at(&self.parents, node), at(&self.twins, node));
        let mut last = [0; 2];
        let mut guesses = core::mem::take(&mut self.guesses);
        guesses.clear();
        guesses.push(0);
        // How many different targets there were, and which guess was right last.
        let (mut count, mut right) = (0, 0);
        for digit in 0..10 {
            // Whether parent and twin lead on as with the digit before.
            let now = [self.shape.next(parent, digit), self.model.next(twin, digit)];
            let alike = |known: u16, at: usize| {
                if digit > 0 && known != 0 { 1 + u32::from(now.get(at) == last.get(at)) } else { 0 }
            };
            let about = (alike(parent, 0) * 3 + alike(twin, 1)) << 2 | count;
            last = now;
            let like_brother = self.shape.next(before, digit);
            let latest = guesses.first().copied();
            if before != 0 && (digit == 0 || latest != Some(like_brother)) {
                let behind = bring(guesses.iter_mut().skip(usize::from(digit > 0)), like_brother);
                guesses.extend(behind);
            }
            let target = self.shape.next(node, digit);
            let mut found = None;
            for (guess, place) in guesses.iter().zip(0..) {
                let uses = self.used(*guess);
                let drop = height.wrapping_sub(1 + self.shape.height(*guess)).min(3) as u32;
                let equal = |other: u16| u32::from(*guess == other);
                let place = u32::min(place, 5);
                let base = (place << 1 | equal(0)) << 3 | equal(like_brother) << 2 | uses;
                let contexts = [((right << 2 | count) << 2 | drop) << 8 | base, about << 8 | base];
                if self.coder.bit(GUESS, contexts, *guess == target) {
                    right = 1 + place;
                    found = Some(*guess);
                    break;
                }
            }
            let target = found.unwrap_or_else(|| {
                let whence = Whence { parent: node, root: at(&self.of_roots, node), twin: last[1] };
                let target = self.below(height, target, whence, count);
                (right, count) = (7, (count + 1).min(3));
                target
            });
            self.led(target, latest.filter(|_| digit > 0));
            let behind = bring(guesses.iter_mut(), target);
            guesses.extend(behind);
            if let Some(place) = self.shape.rows.get_mut(usize::from(node) * 10 + usize::from(digit)) {
                *place = target;
            }
        }
        self.guesses = guesses;
    }

    /// A node that was not guessed.
    fn below(&mut self, height: usize, target: u16, whence: Whence, count: u32) -> u16 {
        let drop = height.wrapping_sub(1 + self.shape.height(target)) as u32;
        let drop = self.coder.number(DROP, [whence.root.into(), (height as u32) << 2 | count], drop);
        let below = height.saturating_sub(1 + drop as usize);
        self.reference(below, target, whence, count << 2 | drop.min(3))
    }

    /// Remembers that a digit led to a node and the one before to `latest`.
    fn led(&mut self, target: u16, latest: Option<u16>) {
        if latest == Some(target) {
            return;
        }
        let uses = at(&self.uses, target).saturating_add(1);
        put(&mut self.uses, target, uses);
        if target != 0
            && let Some(level) = self.levels.get_mut(self.shape.height(target))
        {
            bring(level.recent.iter_mut().rev(), target);
        }
    }

    /// A node of that height: a new one, or one that was led to before.
    fn reference(&mut self, height: usize, target: u16, whence: Whence, about: u32) -> u16 {
        let Some(Level { nodes, recent }) = self.levels.get(height) else { return 0 };
        let latest = recent.last().copied().unwrap_or(0);
        let fresh = u32::from(nodes.last() == Some(&latest));
        let uses = self.used(latest);
        let contexts = [(uses << 1 | fresh) << 4 | about, about << 5 | height as u32];
        let new = target >= self.made;
        if nodes.is_empty() || self.coder.bit(NEW, contexts, new) {
            return self.make(height, target, whence);
        }
        let rank =
            if C::WRITES { recent.iter().rev().position(|node| *node == target).unwrap_or(0) } else { 0 };
        let length = recent.len().checked_ilog2().unwrap_or(0);
        let rank = self.coder.number(RANK, [about, length], rank as u32);
        recent.iter().rev().nth(rank as usize).copied().unwrap_or(0)
    }

    fn make(&mut self, height: usize, target: u16, whence: Whence) -> u16 {
        let node = self.made;
        self.made = node.saturating_add(1);
        put(&mut self.parents, node, whence.parent);
        put(&mut self.of_roots, node, whence.root);
        put(&mut self.twins, node, whence.twin);
        if let Some(place) = self.shape.heights.get_mut(usize::from(node)) {
            *place = height as u8;
        }
        if let Some(level) = self.levels.get_mut(height) {
            level.nodes.push(node);
            level.recent.push(node);
        }
        let above = u32::from(self.shape.label(whence.parent));
        let label = u32::from(self.shape.label(target));
        let root = u32::from(whence.root);
        let contexts = [above << 5 | height as u32, root];
        if height == 0 || self.coder.bit(SAYS, contexts, label != 0) {
            let label = self.coder.number(LABEL, [above, root], label);
            put(&mut self.shape.labels, node, label as u16);
        }
        node
    }
}
