//! Acyclic automata over digits.
#![allow(clippy::arithmetic_side_effects, reason = "places of nodes, which are u16")]

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

    /// The longest way from `node` to an end.
    #[must_use]
    pub fn height(&self, node: u16) -> usize {
        usize::from(self.heights.get(usize::from(node)).copied().unwrap_or(0))
    }
}
