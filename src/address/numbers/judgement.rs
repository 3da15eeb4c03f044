//! What the plans say about a number.

use crate::event::names;

/// What a valid number is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of Google's library")]
pub enum Kind {
    PremiumRate,
    TollFree,
    SharedCost,
    Voip,
    PersonalNumber,
    Pager,
    Uan,
    Voicemail,
    FixedLine,
    Mobile,
    FixedLineOrMobile,
}

names!(Kind {
    PremiumRate = "premium-rate",
    TollFree = "toll-free",
    SharedCost = "shared-cost",
    Voip = "voip",
    PersonalNumber = "personal-number",
    Pager = "pager",
    Uan = "uan",
    Voicemail = "voicemail",
    FixedLine = "fixed-line",
    Mobile = "mobile",
    FixedLineOrMobile = "fixed-line-or-mobile",
});

impl Kind {
    /// From its place in the tables, counted from 1.
    pub(super) fn of(place: u8) -> Option<Self> {
        Some(match place {
            1 => Self::PremiumRate,
            2 => Self::TollFree,
            3 => Self::SharedCost,
            4 => Self::Voip,
            5 => Self::PersonalNumber,
            6 => Self::Pager,
            7 => Self::Uan,
            8 => Self::Voicemail,
            9 => Self::FixedLine,
            10 => Self::Mobile,
            11 => Self::FixedLineOrMobile,
            _ => return None,
        })
    }
}

/// Whether a number has a length that numbers of its calling code have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Possible {
    /// It has.
    Possible,
    /// Only where the area code may be left out.
    LocalOnly,
    /// Shorter than every number.
    TooShort,
    /// Longer than every number.
    TooLong,
    /// Between the lengths that occur.
    InvalidLength,
}

names!(Possible {
    Possible = "possible",
    LocalOnly = "local-only",
    TooShort = "too-short",
    TooLong = "too-long",
    InvalidLength = "invalid-length",
});

/// What the plans say about a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// By its length alone.
    pub possible: Possible,
    /// Set if, and only if, the number is valid.
    pub kind: Option<Kind>,
    /// ISO 3166-1 alpha-2, or `001` for a calling code of the whole world.
    pub region: Option<[u8; 2]>,
}

impl Judgement {
    /// Whether the number is valid.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.kind.is_some()
    }

    /// The region as text.
    #[must_use]
    pub fn region_name(&self) -> Option<&str> {
        match &self.region {
            Some([b'0', b'0']) => Some("001"),
            Some(id) => core::str::from_utf8(id).ok(),
            None => None,
        }
    }
}
