//! Instants and spans in UTC milliseconds. There is no clock here: `now` is always a parameter.
//!
//! The range is that of the ECMAScript time value (±8.64e15 ms, [ECMA-262 §21.4.1.1]), so every instant is a
//! whole number that a JavaScript `number` holds exactly.
//!
//! [ECMA-262 §21.4.1.1]: https://tc39.es/ecma262/#sec-time-values-and-time-range

mod text;

use core::fmt;

/// Greatest distance from the epoch, in milliseconds.
const LIMIT_MS: i64 = 8_640_000_000_000_000;

/// What is taken for seconds: as such 2001 to 2286, as milliseconds some days of early 1970. Meta's webhooks count in seconds.
const SECONDS: core::ops::Range<f64> = 1e9..1e10;

/// What is taken for microseconds: as such 2001 to 2128, as milliseconds the years 33658 to 160413. Databases count in microseconds.
const MICROSECONDS: core::ops::Range<f64> = 1e15..5e15;

/// A point in time: milliseconds since 1970-01-01T00:00:00Z, at most ±8.64e15.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

/// A length of time in milliseconds, 0 to 8.64e15.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(i64);

/// Why a number or a text is not a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimeError {
    /// Not finite, or with a fraction of a millisecond.
    NotWhole,
    /// Further than 8.64e15 ms from the epoch, or a span below zero.
    OutOfRange,
    /// A count of seconds, most probably.
    InSeconds,
    /// A count of microseconds, most probably.
    InMicroseconds,
    /// Neither RFC 3339 nor RFC 2822.
    BadText,
}

impl TimeError {
    /// Stable code of the error.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            TimeError::NotWhole => "time-not-whole",
            TimeError::OutOfRange => "time-out-of-range",
            TimeError::InSeconds => "time-in-seconds",
            TimeError::InMicroseconds => "time-in-microseconds",
            TimeError::BadText => "time-bad-text",
        }
    }

    /// One lower-case sentence.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            TimeError::NotWhole => "a time must be a whole number of milliseconds",
            TimeError::OutOfRange => "a time must lie within 8.64e15 ms of 1970",
            TimeError::InSeconds => "a time is in milliseconds; this looks like seconds, times 1000 is meant",
            TimeError::InMicroseconds => {
                "a time is in milliseconds; this looks like microseconds, a thousandth is meant"
            }
            TimeError::BadText => "a time must be written as in RFC 3339 or RFC 2822",
        }
    }
}

impl fmt::Display for TimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

/// Whole, finite milliseconds within the range, or why not.
fn whole_ms(ms: f64) -> Result<i64, TimeError> {
    if !ms.is_finite() || ms.fract() != 0.0 {
        return Err(TimeError::NotWhole);
    }
    // 8.64e15 is below 2^53: the comparison and the cast are exact.
    if ms.abs() > LIMIT_MS as f64 {
        return Err(TimeError::OutOfRange);
    }
    Ok(ms as i64)
}

impl Instant {
    /// An instant from milliseconds since the epoch.
    ///
    /// # Errors
    /// [`TimeError::OutOfRange`] beyond ±8.64e15.
    pub fn from_ms(ms: i64) -> Result<Self, TimeError> {
        if (-LIMIT_MS..=LIMIT_MS).contains(&ms) { Ok(Instant(ms)) } else { Err(TimeError::OutOfRange) }
    }

    /// An instant from a JavaScript number.
    ///
    /// # Errors
    /// [`TimeError::NotWhole`] for NaN, infinities, fractions; `OutOfRange` beyond ±8.64e15; `InSeconds` from 1e9 to 1e10,
    /// `InMicroseconds` from 1e15 to 5e15.
    ///
    /// ```
    /// use reply_window::time::{Instant, TimeError};
    /// assert_eq!(Instant::from_f64(1e12).map(Instant::ms), Ok(1_000_000_000_000));
    /// assert_eq!(Instant::from_f64(f64::NAN), Err(TimeError::NotWhole));
    /// assert_eq!(Instant::from_f64(1_795_421_709.0), Err(TimeError::InSeconds));
    /// ```
    pub fn from_f64(ms: f64) -> Result<Self, TimeError> {
        match ms {
            _ if SECONDS.contains(&ms) => Err(TimeError::InSeconds),
            _ if MICROSECONDS.contains(&ms) => Err(TimeError::InMicroseconds),
            _ => whole_ms(ms).map(Instant),
        }
    }

    /// An instant from text in RFC 3339 (`2026-11-23T08:15:09.412Z`) or RFC 2822
    /// (`Mon, 23 Nov 2026 08:15:09 +0000`); Twilio writes both. Fractions of a millisecond are cut off; a leap
    /// second is the second after it. Of RFC 2822's zone names only `GMT`, `UT` and `Z` are taken.
    ///
    /// ```
    /// use reply_window::time::Instant;
    /// assert_eq!(Instant::parse("2026-11-23T10:15:09.412+02:00"), Instant::from_ms(1_795_421_709_412));
    /// assert_eq!(Instant::parse("Mon, 23 Nov 2026 08:15:09 +0000"), Instant::from_ms(1_795_421_709_000));
    /// ```
    ///
    /// # Errors
    /// [`TimeError::BadText`] for anything else, [`TimeError::OutOfRange`] beyond the range.
    pub fn parse(text: &str) -> Result<Self, TimeError> {
        text::ms_of(text).ok_or(TimeError::BadText).and_then(Instant::from_ms)
    }

    /// Milliseconds since the epoch.
    #[must_use]
    pub fn ms(self) -> i64 {
        self.0
    }

    /// This instant moved later, stopping at the end of the range.
    #[must_use]
    pub fn later(self, by: Span) -> Self {
        Instant(self.0.saturating_add(by.0).min(LIMIT_MS))
    }

    /// This instant moved earlier, stopping at the start of the range.
    #[must_use]
    pub fn earlier(self, by: Span) -> Self {
        Instant(self.0.saturating_sub(by.0).max(-LIMIT_MS))
    }
}

impl Span {
    /// Nothing.
    pub const ZERO: Span = Span(0);

    /// The least there is.
    pub const MILLISECOND: Span = Span(1);

    /// A span of `ms` milliseconds.
    ///
    /// # Errors
    /// [`TimeError::OutOfRange`] below zero or above 8.64e15.
    pub fn from_ms(ms: i64) -> Result<Self, TimeError> {
        if (0..=LIMIT_MS).contains(&ms) { Ok(Span(ms)) } else { Err(TimeError::OutOfRange) }
    }

    /// A span from a JavaScript number.
    ///
    /// # Errors
    /// As [`Instant::from_f64`], and [`TimeError::OutOfRange`] below zero.
    pub fn from_f64(ms: f64) -> Result<Self, TimeError> {
        whole_ms(ms).and_then(Span::from_ms)
    }

    /// A span of whole minutes.
    #[must_use]
    pub const fn minutes(minutes: u16) -> Self {
        Span((minutes as i64).saturating_mul(60_000))
    }

    /// A span of whole hours.
    #[must_use]
    pub const fn hours(hours: u16) -> Self {
        Span((hours as i64).saturating_mul(3_600_000))
    }

    /// Length in milliseconds.
    #[must_use]
    pub fn ms(self) -> i64 {
        self.0
    }
}
