//! Minimal acyclic automata over digits: nodes are shared as soon as they are equal.

use super::pattern::{Step, compile, parse};
use std::collections::{BTreeSet, HashMap};

/// What a node says (0 is nothing), and where each digit leads (0 is nowhere).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Node {
    pub label: u16,
    pub next: [u32; 10],
}

/// A set of nodes without two equal ones; node 0 is the dead end.
pub struct Nodes {
    pub nodes: Vec<Node>,
    index: HashMap<Node, u32>,
}

impl Default for Nodes {
    fn default() -> Self {
        Nodes { nodes: vec![Node::default()], index: HashMap::from([(Node::default(), 0)]) }
    }
}

impl Nodes {
    pub fn make(&mut self, node: Node) -> u32 {
        let nodes = &mut self.nodes;
        *self.index.entry(node.clone()).or_insert_with(|| {
            nodes.push(node);
            nodes.len() as u32 - 1
        })
    }
}

/// Several patterns read in step; those of `sticky` stay matched once their beginning has matched.
#[derive(Default)]
pub struct Patterns {
    steps: Vec<Step>,
    entries: Vec<usize>,
    matches: Vec<usize>,
    sticky: BTreeSet<usize>,
}

/// The steps that the patterns stand at.
pub type Standing = BTreeSet<usize>;

impl Patterns {
    pub fn add(&mut self, pattern: &str, sticky: bool) -> usize {
        self.matches.push(self.steps.len());
        if sticky {
            self.sticky.insert(self.steps.len());
        }
        let entry = compile(&parse(pattern), &mut self.steps);
        self.entries.push(entry);
        self.entries.len() - 1
    }

    pub fn start(&self) -> Standing {
        let mut standing = Standing::new();
        self.entries.iter().for_each(|entry| self.enter(*entry, &mut standing));
        standing
    }

    fn enter(&self, at: usize, standing: &mut Standing) {
        match &self.steps[at] {
            Step::Digit(..) | Step::Match => {
                standing.insert(at);
            }
            Step::Split(first, second) => {
                self.enter(*first, standing);
                self.enter(*second, standing);
            }
            Step::Save(_, next) => self.enter(*next, standing),
            Step::End(_) => panic!("`$` has a meaning only in a national prefix"),
        }
    }

    pub fn step(&self, from: &Standing, digit: usize) -> Standing {
        let mut to = Standing::new();
        for at in from {
            match &self.steps[*at] {
                Step::Digit(set, next) if set >> digit & 1 == 1 => self.enter(*next, &mut to),
                Step::Match if self.sticky.contains(at) => {
                    to.insert(*at);
                }
                _ => {}
            }
        }
        to
    }

    pub fn matched(&self, standing: &Standing, pattern: usize) -> bool {
        standing.contains(&self.matches[pattern])
    }

    /// Whether a pattern may still match something longer.
    pub fn pending(&self, standing: &Standing, pattern: usize) -> bool {
        let end = self.matches.get(pattern + 1).copied().unwrap_or(self.steps.len());
        standing.range(self.matches[pattern] + 1..end).next().is_some()
    }

    fn over(&self, standing: &Standing) -> bool {
        standing.iter().all(|at| matches!(self.steps[*at], Step::Match))
    }

    /// The automaton of all of them; `label` says what a word of that length means where they stand.
    pub fn build(&self, nodes: &mut Nodes, label: &mut dyn FnMut(&Standing, usize) -> Option<u16>) -> u32 {
        self.grow(self.start(), 0, nodes, label, &mut HashMap::new())
    }

    fn grow(
        &self,
        standing: Standing,
        length: usize,
        nodes: &mut Nodes,
        label: &mut dyn FnMut(&Standing, usize) -> Option<u16>,
        known: &mut HashMap<(Standing, usize), u32>,
    ) -> u32 {
        if let Some(id) = known.get(&(standing.clone(), length)) {
            return *id;
        }
        // No label at all: nothing that follows matters either.
        let said = label(&standing, length);
        let mut node = Node { label: said.unwrap_or(0), next: [0; 10] };
        if said.is_some() && !self.over(&standing) {
            for digit in 0..10 {
                let to = self.step(&standing, digit);
                if !to.is_empty() {
                    node.next[digit] = self.grow(to, length + 1, nodes, label, known);
                }
            }
        }
        let id = nodes.make(node);
        known.insert((standing, length), id);
        id
    }
}

/// The words of one pattern, labelled 1.
pub fn language(pattern: &str, nodes: &mut Nodes) -> u32 {
    let mut patterns = Patterns::default();
    patterns.add(pattern, false);
    patterns.build(nodes, &mut |standing, _| Some(u16::from(patterns.matched(standing, 0))))
}
