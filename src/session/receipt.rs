//! What is done to evidence once, when it is received, and never inside a merge: nothing is dated later than its receipt.
//!
//! A provider whose clock runs ahead, a mistyped year, a page that anything of its origin may talk to: a time to come would hold a
//! window open, or locked, until then. Whoever receives evidence knows one instant that it cannot be later than: now.

use super::{Entry, Record, Window};
use crate::event::{Log, Owner, Times};
use crate::time::{Instant, Span};

/// So far ahead of the clock that receives it a time may be; a stamp further ahead says that one of the two clocks is wrong.
pub const MAX_AHEAD: Span = Span::minutes(2);

/// Whether that time is too far ahead of that clock for both to be right.
#[must_use]
pub fn is_suspect(at: Instant, now: Instant) -> bool {
    at > now.later(MAX_AHEAD)
}

fn capped(times: Times, now: Instant) -> Times {
    let cap = |time: Option<Instant>| time.map(|time| time.min(now));
    Times { provider: cap(times.provider), receipt: cap(times.receipt), desktop: cap(times.desktop) }
}

impl Entry {
    /// The entry as it may be recorded at `now`: none of its times is later.
    ///
    /// ```
    /// use reply_window::{event::{Kind, Log, Times}, session::{Entry, Record}, time::Instant};
    /// # fn main() -> Result<(), reply_window::time::TimeError> {
    /// let (now, ahead) = (Instant::from_ms(1_000)?, Instant::from_ms(2_000)?);
    /// let times = Times { provider: Some(ahead), ..Times::default() };
    /// let record = Record { kind: Kind::Text, times, owner: None, told_by: None };
    /// let entry = Entry { log: Log::Customer, id: "SM1".into(), record }.received(now);
    /// assert_eq!(entry.record.when().map(|(at, _)| at), Some(now));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn received(self, now: Instant) -> Entry {
        let times = capped(self.record.times, now);
        Entry { record: Record { times, ..self.record }, ..self }
    }

    /// Whether one of its times is too far ahead of `now`.
    #[must_use]
    pub fn is_suspect(&self, now: Instant) -> bool {
        let Times { provider, receipt, desktop } = self.record.times;
        [provider, receipt, desktop].into_iter().flatten().any(|at| is_suspect(at, now))
    }
}

impl Window {
    /// What another tab says, as it may be recorded at `now`: every time has the desktop's rank, whoever's it was, and none is later.
    /// That the thread is ours is no hearsay.
    #[must_use]
    pub fn told(&self, now: Instant) -> Window {
        let logs = [Log::Customer, Log::Refused, Log::Sent, Log::Thread, Log::Marketing];
        let entries = logs.into_iter().flat_map(|log| {
            self.records(log).map(move |(id, record)| {
                let when = if log == Log::Refused { self.refused_when(id, record) } else { record.when() };
                let times = Times { desktop: when.map(|(at, _)| at), ..Times::default() };
                let owner = record.owner.filter(|owner| *owner != Owner::Us);
                Entry { log, id: id.to_owned(), record: Record { times, owner, ..record } }.received(now)
            })
        });
        Window::fold(entries)
    }
}
