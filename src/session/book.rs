//! Many windows that stay: told once, judged again only when their answer can be another.
//!
//! A list of conversations asks again and again how all of them stand. Of most nothing has changed, and each says when it will by
//! itself ([`Status::next_change_at`]). So a book looks at that one instant of each window and judges those alone that have passed
//! it, that heard something, or whose policy is another; and all where the clock went back.

use super::{Marketing, Policy, Status, StatusKind, StatusReason, Thread, Window, status};
use crate::event::{Channel, Log};
use crate::time::Instant;

/// Windows of one book at most.
pub const MAX_WINDOWS: usize = 20_000;

/// Records in one map of a window above which it is cut down to the latest, see [`Window::compact`].
pub const MAX_RECORDS: usize = 128;

/// What a list shows of a window. What only explains it (the record that decided, those that were ignored), and the warning of a clock,
/// change nothing here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Answer {
    kind: StatusKind,
    reason: StatusReason,
    thread: Thread,
    marketing: Option<Marketing>,
    opened_at: Option<Instant>,
    closes_at: Option<Instant>,
    last_safe_at: Option<Instant>,
    messages_left: Option<u32>,
}

impl From<&Status<'_>> for Answer {
    fn from(status: &Status<'_>) -> Self {
        // When the thread falls idle is told by what is asked next, and shown by nobody.
        let thread = Thread { idle_at: None, ..status.thread };
        Answer {
            kind: status.kind,
            reason: status.reason,
            thread,
            marketing: status.marketing,
            opened_at: status.opened_at,
            closes_at: status.closes_at,
            last_safe_at: status.last_safe_at,
            messages_left: status.messages_left,
        }
    }
}

/// One window in a book.
#[derive(Debug)]
struct Entry {
    window: Window,
    channel: Channel,
    observed_since: Option<Instant>,
    /// What was told of it last.
    told: Option<Answer>,
    /// When that changes by itself.
    next: Option<Instant>,
    /// Whether it heard something since.
    is_due: bool,
}

/// What changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The places of the windows whose answer is another than the one before, ascending; of those never judged too.
    pub places: Vec<usize>,
    /// When the next of them changes by itself.
    pub next_at: Option<Instant>,
}

/// What is told of one window.
#[derive(Clone, Debug)]
pub struct Told {
    /// Whose rules it follows. One that is in the book keeps its own.
    pub channel: Channel,
    /// What else is known of it.
    pub window: Window,
    /// Since when every event of it is known to have been seen; none: as before.
    pub observed_since: Option<Instant>,
}

/// Windows by their place. The caller chooses the places, and gives one again only after it was removed.
#[derive(Debug, Default)]
pub struct Book {
    entries: Vec<Option<Entry>>,
    /// One for each channel that is not judged by its own row.
    policies: Vec<Policy>,
    asked: Option<Instant>,
}

impl Book {
    /// The rules by which it judges from now on; of a channel that has none of these, its own.
    pub fn judge_by(&mut self, policies: Vec<Policy>) {
        if self.policies != policies {
            self.policies = policies;
            self.all_due();
        }
    }

    /// Joins what is told to what is known of the window at that place. Whether there was room for it.
    #[must_use]
    pub fn record(&mut self, place: usize, told: Told) -> bool {
        if place >= MAX_WINDOWS {
            return false;
        }
        if place >= self.entries.len() {
            self.entries.resize_with(place.saturating_add(1), || None);
        }
        let Some(slot) = self.entries.get_mut(place) else { return false };
        let entry = slot.get_or_insert_with(|| Entry {
            window: Window::default(),
            channel: told.channel,
            observed_since: None,
            told: None,
            next: None,
            is_due: true,
        });
        let window = core::mem::take(&mut entry.window).merge(told.window);
        let is_long = Log::NAMES.iter().any(|(_, log)| window.len(*log) > MAX_RECORDS);
        entry.window = if is_long { window.compact() } else { window };
        entry.observed_since = told.observed_since.or(entry.observed_since);
        entry.is_due = true;
        true
    }

    /// Forgets the window at that place; whether there was one.
    pub fn remove(&mut self, place: usize) -> bool {
        self.entries.get_mut(place).and_then(Option::take).is_some()
    }

    /// The window at that place.
    #[must_use]
    pub fn window(&self, place: usize) -> Option<&Window> {
        self.entry(place).map(|entry| &entry.window)
    }

    /// How the window at that place stands.
    #[must_use]
    pub fn status(&self, place: usize, now: Instant) -> Option<Status<'_>> {
        self.entry(place).map(|entry| entry.status(&self.policies, now))
    }

    /// Those that stand otherwise than when this was asked last.
    pub fn changes(&mut self, now: Instant) -> Changes {
        if self.asked.is_some_and(|asked| now < asked) {
            // What was not to be yet may be so no more.
            self.all_due();
        }
        self.asked = Some(now);
        let mut changes = Changes::default();
        for (place, entry) in self.entries.iter_mut().enumerate() {
            let Some(entry) = entry else { continue };
            if entry.is_due || entry.next.is_some_and(|next| next <= now) {
                let status = entry.status(&self.policies, now);
                let answer = Some(Answer::from(&status));
                let next = status.next_change_at;
                if entry.told != answer {
                    changes.places.push(place);
                }
                (entry.told, entry.next, entry.is_due) = (answer, next, false);
            }
            changes.next_at = super::status::earlier(changes.next_at, entry.next);
        }
        changes
    }

    fn entry(&self, place: usize) -> Option<&Entry> {
        self.entries.get(place)?.as_ref()
    }

    fn all_due(&mut self) {
        self.entries.iter_mut().flatten().for_each(|entry| entry.is_due = true);
    }
}

impl Entry {
    fn status(&self, policies: &[Policy], now: Instant) -> Status<'_> {
        match policies.iter().find(|policy| policy.fields().channel == self.channel) {
            Some(policy) => status(&self.window, policy, now, self.observed_since),
            None => status(&self.window, &Policy::of(self.channel), now, self.observed_since),
        }
    }
}
