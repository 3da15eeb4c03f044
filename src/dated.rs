//! When a rule was compared with its source, and since when it holds: every row of the rules says so.

/// A day, as `2026-11-28`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(u32);

impl Day {
    /// That day of the calendar. What is written here is a constant; that it is a day, a test says.
    #[must_use]
    pub const fn of(year: u16, month: u8, day: u8) -> Self {
        Day((year as u32)
            .saturating_mul(10_000)
            .saturating_add((month as u32).saturating_mul(100))
            .saturating_add(day as u32))
    }

    /// The day in the form of ISO 8601.
    ///
    /// ```
    /// assert_eq!(reply_window::dated::Day::of(2026, 7, 31).text(), "2026-07-31");
    /// ```
    #[must_use]
    pub fn text(self) -> String {
        format!("{:04}-{:02}-{:02}", self.0 / 10_000, self.0 / 100 % 100, self.0 % 100)
    }
}

/// When the rules were read for the first time, and when those that had changed were read anew.
pub const READ: Day = Day::of(2026, 11, 23);
/// See [`READ`].
pub const READ_ANEW: Day = Day::of(2026, 11, 28);

/// No rule was compared with its source longer ago than this; a test says so.
pub const RULES_AS_OF: Day = READ;

/// What a row of the rules rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The address of what says so.
    pub source: &'static str,
    /// When the row was compared with it.
    pub checked_on: Day,
    /// Since when it holds; none where the source does not say.
    pub effective_from: Option<Day>,
}

impl Dated {
    /// Compared with its source on that day.
    #[must_use]
    pub const fn new(source: &'static str, checked_on: Day) -> Self {
        Dated { source, checked_on, effective_from: None }
    }

    /// Holds since that day.
    #[must_use]
    pub const fn since(self, day: Day) -> Self {
        Dated { effective_from: Some(day), ..self }
    }
}

/// A row of the rules by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What it is about, kebab-case; with the row behind a slash where there are several.
    pub name: &'static str,
    /// Which row of several, such as a channel.
    pub row: &'static str,
    /// What it rests on.
    pub dated: Dated,
}
