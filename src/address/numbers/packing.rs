//! How an automaton is packed.
//!
//! Nodes are packed by height (the longest way to an end), the highest first, so that a digit almost always leads
//! one level down. Where it leads is guessed: to where a digit before led, to where the same digit of the node
//! before leads, nowhere; failing that, to a new node or to one that was lately led to. One function reads and
//! writes; a writer's nodes are numbered in the order in which a reader makes them.
#![allow(clippy::arithmetic_side_effects, reason = "all quantities are bounded by the number of nodes, a u16")]

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

/// What is known of a node besides what it says and where it leads.
#[derive(Clone, Copy, Default)]
struct Trace {
    /// Whence it was first led to.
    parent: u16,
    /// The root it was first reached from, counted from 1.
    root: u32,
    /// Where the same way leads in the model.
    twin: u16,
    /// How often it was led to.
    uses: u32,
}

/// The nodes of one height.
#[derive(Default)]
struct Level {
    /// In the order in which they were first led to.
    nodes: Vec<u16>,
    /// The one that was led to last first.
    recent: Vec<u16>,
}

pub struct Packing<'a, C> {
    coder: &'a mut Packer<C>,
    shape: &'a mut Shape,
    model: &'a Shape,
    /// How many there were.
    roots: u32,
    traces: Vec<Trace>,
    levels: Vec<Level>,
}

/// Moves a node to a place in a list.
fn bring(list: &mut Vec<u16>, node: u16, to: usize) {
    if let Some(at) = list.iter().position(|known| *known == node) {
        list.remove(at);
    }
    list.insert(to.min(list.len()), node);
}

impl<'a, C: Coder> Packing<'a, C> {
    /// Starts to read or write a shape. A writer's is complete, a reader's empty. `model` is an automaton that leads
    /// to similar places.
    #[inline(never)]
    pub fn new(coder: &'a mut Packer<C>, shape: &'a mut Shape, model: &'a Shape) -> Self {
        if !C::WRITES {
            *shape = Shape::empty();
        }
        let mut levels = Vec::new();
        levels.resize_with(LEVELS, Level::default);
        Packing { coder, shape, model, roots: 0, traces: vec![Trace::default()], levels }
    }

    /// The next root, which a reader fills; beside it stands a node of the model.
    #[inline(never)]
    pub fn root(&mut self, root: &mut u16, twin: u16) {
        self.roots += 1;
        // Counted from 1; 0 stands for no automaton at all.
        let height = if *root == 0 { 0 } else { self.shape.height(*root) as u32 + 1 };
        let height = self.coder.number(ROOT, [0, 0], height) as usize;
        let whence = Trace { root: self.roots, twin, ..Trace::default() };
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

    fn trace(&self, node: u16) -> Trace {
        self.traces.get(usize::from(node)).copied().unwrap_or_default()
    }

    /// Where each digit of a node leads; `before` is the node of that height before it, 0 if there is none.
    fn row(&mut self, node: u16, height: usize, before: u16) {
        let trace = self.trace(node);
        let brother = self.shape.row(before);
        let beside = [self.shape.row(trace.parent), self.model.row(trace.twin)];
        let mut last = [0; 2];
        let mut guesses = vec![0];
        // How many different targets there were, and which guess was right last.
        let (mut count, mut right) = (0, 0);
        for (digit, like_brother) in brother.into_iter().enumerate() {
            // Whether nodes beside this one lead on as with the digit before.
            let mut about = 0;
            for (row, last) in beside.iter().zip(&mut last) {
                let now = row.get(digit).copied().unwrap_or(0);
                about = about * 3 + u32::from(digit > 0 && *row != [0; 10]) * (1 + u32::from(now == *last));
                *last = now;
            }
            about = about << 2 | count;
            let latest = guesses.first().copied();
            if before != 0 && (digit == 0 || latest != Some(like_brother)) {
                bring(&mut guesses, like_brother, usize::from(digit > 0));
            }
            let target = self.shape.next(node, digit as u8);
            let mut found = None;
            for (guess, place) in guesses.iter().zip(0..) {
                let uses = self.trace(*guess).uses.min(3);
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
                let whence = Trace { parent: node, twin: last[1], ..trace };
                let target = self.below(height, target, whence, count);
                (right, count) = (7, (count + 1).min(3));
                target
            });
            self.led(target, latest.filter(|_| digit > 0));
            bring(&mut guesses, target, 0);
            if let Some(place) = self.shape.rows.get_mut(usize::from(node) * 10 + digit) {
                *place = target;
            }
        }
    }

    /// A node that was not guessed.
    fn below(&mut self, height: usize, target: u16, whence: Trace, count: u32) -> u16 {
        let drop = height.wrapping_sub(1 + self.shape.height(target)) as u32;
        let drop = self.coder.number(DROP, [whence.root, (height as u32) << 2 | count], drop);
        let below = height.saturating_sub(1 + drop as usize);
        self.reference(below, target, Trace { uses: 0, ..whence }, count << 2 | drop.min(3))
    }

    /// Remembers that a digit led to a node and the one before to `latest`.
    fn led(&mut self, target: u16, latest: Option<u16>) {
        if latest == Some(target) {
            return;
        }
        if let Some(trace) = self.traces.get_mut(usize::from(target)) {
            trace.uses += 1;
        }
        if target != 0
            && let Some(level) = self.levels.get_mut(self.shape.height(target))
        {
            bring(&mut level.recent, target, 0);
        }
    }

    /// A node of that height: a new one, or one that was led to before.
    fn reference(&mut self, height: usize, target: u16, whence: Trace, about: u32) -> u16 {
        let Some(Level { nodes, recent }) = self.levels.get(height) else { return 0 };
        let latest = recent.first().copied().unwrap_or(0);
        let fresh = u32::from(nodes.last() == Some(&latest));
        let uses = self.trace(latest).uses.min(3);
        let contexts = [(uses << 1 | fresh) << 4 | about, about << 5 | height as u32];
        let made = usize::from(target) >= self.traces.len();
        if nodes.is_empty() || self.coder.bit(NEW, contexts, made) {
            return self.make(height, target, whence);
        }
        let rank = if C::WRITES { recent.iter().position(|node| *node == target).unwrap_or(0) } else { 0 };
        let length = recent.len().checked_ilog2().unwrap_or(0);
        let rank = self.coder.number(RANK, [about, length], rank as u32);
        recent.get(rank as usize).copied().unwrap_or(0)
    }

    fn make(&mut self, height: usize, target: u16, whence: Trace) -> u16 {
        let node = self.traces.len() as u16;
        if !C::WRITES {
            self.shape.rows.extend([0; 10]);
            self.shape.labels.push(0);
            self.shape.heights.push(height as u8);
        }
        self.traces.push(whence);
        if let Some(level) = self.levels.get_mut(height) {
            level.nodes.push(node);
            level.recent.insert(0, node);
        }
        let above = u32::from(self.shape.label(whence.parent));
        let label = u32::from(self.shape.label(target));
        let contexts = [above << 5 | height as u32, whence.root];
        if height == 0 || self.coder.bit(SAYS, contexts, label != 0) {
            let label = self.coder.number(LABEL, [above, whence.root], label);
            if let Some(place) = self.shape.labels.get_mut(usize::from(node)) {
                *place = label as u16;
            }
        }
        node
    }
}
