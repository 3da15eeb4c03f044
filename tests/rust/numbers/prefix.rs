//! Patterns that match the beginning of a number, with what they capture: automata whose last label counts.
//!
//! Preference is that of a backtracking matcher. A state is the list of threads in order of preference, each
//! with the places it has saved; the places are absolute, because every word is short.

use super::automaton::{Node, Nodes};
use super::pattern::{Step, compile, parse};
use std::collections::HashMap;

/// What a match means: everything before `end` goes; `start..stop` comes back behind the region's literal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Action {
    pub end: u8,
    pub start: u8,
    pub stop: u8,
}

/// A match wherever the word goes on, and one that holds only if it ends here.
pub type Label = (Option<Action>, Option<Action>);

type Places = [Option<u8>; 6];
type Thread = (usize, Places);

pub struct Machine<'a> {
    steps: Vec<Step>,
    /// The group that comes back, if the pattern has a rule for it.
    group: Option<usize>,
    labels: &'a mut Vec<Label>,
    known: HashMap<(Vec<Thread>, u8), u32>,
}

impl Machine<'_> {
    fn action(&self, places: &Places, end: u8) -> Action {
        let plain = Action { end, ..Action::default() };
        let Some(group) = self.group else { return plain };
        let range = |group: usize| Some((places[2 * group]?, places[2 * group + 1]?));
        // The rule applies if the last group took part, and was not empty.
        let last = if self.steps.iter().any(|step| matches!(step, Step::Save(4, _))) { 2 } else { 1 };
        match (range(last), range(group)) {
            (Some((start, stop)), Some(back)) if start < stop => Action { end, start: back.0, stop: back.1 },
            _ => plain,
        }
    }

    /// Follows everything that takes no digit; answers the match that cuts the rest off, if any.
    fn enter(
        &self,
        at: usize,
        mut places: Places,
        depth: u8,
        at_end: bool,
        into: &mut Vec<Thread>,
    ) -> Option<Action> {
        match &self.steps[at] {
            Step::Match => Some(self.action(&places, depth)),
            Step::Digit(..) => {
                if !into.iter().any(|(other, _)| *other == at) {
                    into.push((at, places));
                }
                None
            }
            Step::Split(first, second) => self
                .enter(*first, places, depth, at_end, into)
                .or_else(|| self.enter(*second, places, depth, at_end, into)),
            Step::Save(place, next) => {
                places[*place] = Some(depth);
                self.enter(*next, places, depth, at_end, into)
            }
            Step::End(next) if at_end => self.enter(*next, places, depth, at_end, into),
            Step::End(_) => None,
        }
    }

    /// All threads of `entries` in order, up to the first match.
    fn enter_all(&self, entries: &[Thread], depth: u8, at_end: bool) -> (Vec<Thread>, Option<Action>) {
        let mut threads = Vec::new();
        for (at, places) in entries {
            if let Some(action) = self.enter(*at, *places, depth, at_end, &mut threads) {
                return (threads, Some(action));
            }
        }
        (threads, None)
    }

    fn grow(&mut self, entries: Vec<Thread>, depth: u8, nodes: &mut Nodes) -> u32 {
        if let Some(id) = self.known.get(&(entries.clone(), depth)) {
            return *id;
        }
        let (threads, always) = self.enter_all(&entries, depth, false);
        let (_, at_end) = self.enter_all(&entries, depth, true);
        let label = (always, at_end.filter(|_| at_end != always));
        let mut node = Node { label: self.label(label), next: [0; 10] };
        for digit in 0..10 {
            let next: Vec<Thread> = threads
                .iter()
                .filter_map(|(at, places)| match &self.steps[*at] {
                    Step::Digit(set, next) if set >> digit & 1 == 1 => Some((*next, *places)),
                    _ => None,
                })
                .collect();
            if !next.is_empty() {
                node.next[digit] = self.grow(next, depth + 1, nodes);
            }
        }
        let id = nodes.make(node);
        self.known.insert((entries, depth), id);
        id
    }

    fn label(&mut self, label: Label) -> u16 {
        if label == (None, None) {
            return 0;
        }
        let at = self.labels.iter().position(|known| *known == label).unwrap_or_else(|| {
            self.labels.push(label);
            self.labels.len() - 1
        });
        at as u16 + 1
    }
}

/// The automaton of one pattern.
pub fn machine(pattern: &str, group: Option<usize>, labels: &mut Vec<Label>, nodes: &mut Nodes) -> u32 {
    let mut steps = Vec::new();
    let entry = compile(&parse(pattern), &mut steps);
    let mut machine = Machine { steps, group, labels, known: HashMap::new() };
    machine.grow(vec![(entry, [None; 6])], 0, nodes)
}
