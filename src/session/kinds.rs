//! Sets of event kinds.

use crate::event::Kind;

/// A set of event kinds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kinds(u32);

impl Kinds {
    /// The set of these kinds.
    #[must_use]
    pub const fn of(kinds: &[Kind]) -> Self {
        let mut set = Kinds(0);
        let mut rest = kinds;
        while let [first, tail @ ..] = rest {
            set.0 |= Kinds::bit(*first);
            rest = tail;
        }
        set
    }

    // There are fewer than 32 kinds; a test says so.
    const fn bit(kind: Kind) -> u32 {
        1_u32.wrapping_shl(kind as u32)
    }

    /// Whether `kind` is in the set.
    #[must_use]
    pub const fn contains(self, kind: Kind) -> bool {
        self.0 & Kinds::bit(kind) != 0
    }

    /// Whether no kind is in both.
    #[must_use]
    pub const fn is_disjoint(self, other: Kinds) -> bool {
        self.0 & other.0 == 0
    }

    /// Adds `kind`; whether it was new.
    pub fn insert(&mut self, kind: Kind) -> bool {
        let new = !self.contains(kind);
        self.0 |= Kinds::bit(kind);
        new
    }

    /// The kinds in the order of [`Kind::NAMES`].
    pub fn iter(self) -> impl Iterator<Item = Kind> {
        Kind::NAMES.iter().map(|(_, kind)| *kind).filter(move |kind| self.contains(*kind))
    }
}

impl FromIterator<Kind> for Kinds {
    fn from_iter<I: IntoIterator<Item = Kind>>(kinds: I) -> Self {
        let mut set = Kinds::default();
        for kind in kinds {
            set.insert(kind);
        }
        set
    }
}
