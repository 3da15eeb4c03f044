//! What lives on between calls, each thing under a number that is never given twice.

/// Things by their number, ascending.
#[derive(Debug)]
pub(super) struct Registry<T> {
    kept: Vec<(u32, T)>,
    last: u32,
}

impl<T> Registry<T> {
    pub(super) const fn new() -> Self {
        Registry { kept: Vec::new(), last: 0 }
    }

    pub(super) fn len(&self) -> usize {
        self.kept.len()
    }

    pub(super) fn get(&self, number: u32) -> Option<&T> {
        self.kept.iter().find(|(known, _)| *known == number).map(|(_, thing)| thing)
    }

    pub(super) fn get_mut(&mut self, number: u32) -> Option<&mut T> {
        self.kept.iter_mut().find(|(known, _)| *known == number).map(|(_, thing)| thing)
    }

    /// Its number.
    pub(super) fn add(&mut self, thing: T) -> u32 {
        self.last = self.last.saturating_add(1);
        self.kept.push((self.last, thing));
        self.last
    }

    /// Whether it was there.
    pub(super) fn remove(&mut self, number: u32) -> bool {
        let before = self.kept.len();
        self.kept.retain(|(known, _)| *known != number);
        self.kept.len() < before
    }
}
