//! The evidence about one window, and its merge.

use crate::event::{Event, Kind, Log, Owner, Times, ToldBy, names};
use crate::sort::sort;
use crate::time::Instant;

/// So many of the latest records of each map outlive [`Window::compact`].
const COMPACT: usize = 64;

/// Whose word for a time was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The provider's.
    Provider,
    /// Our own server's, at receipt.
    Receipt,
    /// The desktop's.
    Desktop,
}

names!(Clock { Provider = "provider", Receipt = "receipt", Desktop = "desktop" });

/// What happened and when, under an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// What it was.
    pub kind: Kind,
    /// When it was. A record without any time decides nothing.
    pub times: Times,
    /// Who held the thread then, where it tells.
    pub owner: Option<Owner>,
    /// In the map of marketing, how it is known.
    pub told_by: Option<ToldBy>,
}

/// One record on its way into a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The map it belongs to.
    pub log: Log,
    /// The provider's id.
    pub id: String,
    /// What happened and when.
    pub record: Record,
}

impl From<Event> for Entry {
    fn from(event: Event) -> Self {
        let Event { log, id, kind, times, owner, told_by, .. } = event;
        Entry { log, id, record: Record { kind, times, owner, told_by } }
    }
}

/// The lesser of two times, where an absent one is later than any.
fn least(a: Option<Instant>, b: Option<Instant>) -> Option<Instant> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

fn least_times(a: Times, b: Times) -> Times {
    Times {
        provider: least(a.provider, b.provider),
        receipt: least(a.receipt, b.receipt),
        desktop: least(a.desktop, b.desktop),
    }
}

/// The time to judge by: the lesser of the provider's and our receipt (what a provider dates after we already had
/// it cannot be right), and only without either of them the desktop's.
fn judged(times: Times) -> Option<(Instant, Clock)> {
    match (times.provider, times.receipt) {
        (Some(provider), receipt) if receipt.is_none_or(|receipt| provider <= receipt) => {
            Some((provider, Clock::Provider))
        }
        (_, Some(receipt)) => Some((receipt, Clock::Receipt)),
        _ => times.desktop.map(|desktop| (desktop, Clock::Desktop)),
    }
}

impl Record {
    /// The time it is judged by, and whose word that is.
    ///
    /// ```
    /// use reply_window::{event::{Kind, Times}, session::{Clock, Record}, time::Instant};
    /// # fn main() -> Result<(), reply_window::time::TimeError> {
    /// let (early, late) = (Instant::from_ms(1_000)?, Instant::from_ms(2_000)?);
    /// let times = Times { provider: Some(late), receipt: Some(early), desktop: None };
    /// let record = Record { kind: Kind::Text, times, owner: None, told_by: None };
    /// assert_eq!(record.when(), Some((early, Clock::Receipt)));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn when(self) -> Option<(Instant, Clock)> {
        judged(self.times)
    }

    /// Two accounts of the same event: the least kind, the least of each clock's times, the owner who is not us, the
    /// surest word.
    #[must_use]
    pub fn merge(self, other: Record) -> Record {
        Record {
            kind: self.kind.min(other.kind),
            times: least_times(self.times, other.times),
            owner: self.owner.max(other.owner),
            told_by: self.told_by.max(other.told_by),
        }
    }
}

/// Records by id. INVARIANT: strictly ascending ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Records(Vec<(String, Record)>);

impl Records {
    /// Restores the invariant after additions at the end.
    fn settle(&mut self) {
        if self.0.is_sorted_by(|(a, _), (b, _)| a < b) {
            return;
        }
        // Merging records is commutative, so the order among equal ids does not matter.
        sort(&mut self.0, |(a, _), (b, _)| a < b);
        self.0.dedup_by(|(id, record), (kept_id, kept)| {
            let same = id == kept_id;
            if same {
                *kept = kept.merge(*record);
            }
            same
        });
    }

    fn get(&self, id: &str) -> Option<Record> {
        let place = self.0.binary_search_by(|(known, _)| known.as_str().cmp(id)).ok()?;
        self.0.get(place).map(|(_, record)| *record)
    }

    fn iter(&self) -> impl Iterator<Item = (&str, Record)> {
        self.0.iter().map(|(id, record)| (id.as_str(), *record))
    }

    /// Drops all but the latest [`COMPACT`] records, the latest of each kind, owner and source, and what `needed` names.
    fn compact(&mut self, when: impl Fn(&str, Record) -> Option<Instant>, needed: impl Fn(&str) -> bool) {
        let mut newest: Vec<(Option<Instant>, usize)> =
            self.iter().enumerate().map(|(place, (id, record))| (when(id, record), place)).collect();
        sort(&mut newest, |(a, a_place), (b, b_place)| (b, a_place) < (a, b_place));
        let mut seen: Vec<(Kind, Option<Owner>, Option<ToldBy>)> = Vec::new();
        let mut keep = vec![false; self.0.len()];
        for (rank, (_, place)) in newest.iter().enumerate() {
            if let (Some((id, record)), Some(keep)) = (self.0.get(*place), keep.get_mut(*place)) {
                let sort = (record.kind, record.owner, record.told_by);
                let is_first = !seen.contains(&sort);
                if is_first {
                    seen.push(sort);
                }
                *keep = is_first || rank < COMPACT || needed(id);
            }
        }
        let mut keep = keep.iter();
        self.0.retain(|_| keep.next().is_none_or(|keep| *keep));
    }
}

/// Everything known about one window: five maps by event id. What it *means* is asked of
/// [`status`](super::status()), with a policy and an instant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    customer: Records,
    refused: Records,
    sent: Records,
    thread: Records,
    marketing: Records,
}

impl Window {
    /// The window of which only these entries are known; in any order, with any repetition.
    #[must_use]
    pub fn fold(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut window = Window::default();
        window.add(entries);
        window
    }

    /// Adds what else became known.
    pub fn add(&mut self, entries: impl IntoIterator<Item = Entry>) {
        for Entry { log, id, record } in entries {
            self.map_mut(log).0.push((id, record));
        }
        self.maps_mut().into_iter().for_each(Records::settle);
    }

    /// Union of what two sides know: commutative, associative, idempotent. Nothing is pruned and no clock is read,
    /// or it would be none of the three.
    #[must_use]
    pub fn merge(self, other: Window) -> Window {
        Window::merge_all([self, other])
    }

    /// Union of what many sides know, settled once.
    #[must_use]
    pub fn merge_all(windows: impl IntoIterator<Item = Window>) -> Window {
        let mut all = Window::default();
        for window in windows {
            all.customer.0.extend(window.customer.0);
            all.refused.0.extend(window.refused.0);
            all.sent.0.extend(window.sent.0);
            all.thread.0.extend(window.thread.0);
            all.marketing.0.extend(window.marketing.0);
        }
        all.maps_mut().into_iter().for_each(Records::settle);
        all
    }

    fn maps_mut(&mut self) -> [&mut Records; 5] {
        [&mut self.customer, &mut self.refused, &mut self.sent, &mut self.thread, &mut self.marketing]
    }

    /// The window as it may be stored: of each map the 64 latest records and the latest record of each kind,
    /// owner and source, and the sends that a kept refusal refers to. So the answer stays what it was: always for what opens and
    /// refuses, for who holds the thread and for marketing, and for a limit as long as there are no more than 64 sends and 64 refusals.
    ///
    /// A call of its own, never part of a merge. What is dropped is forgotten: a *retry* of a dropped event that
    /// carries no provider's time counts as new, and opens the window at its new receipt. Meta dates its events
    /// and retries for seven days, Twilio's messaging webhooks bear no time and are retried within seconds; 64
    /// newer events must lie between for either to matter.
    #[must_use]
    pub fn compact(mut self) -> Window {
        let own_time = |_: &str, record: Record| record.when().map(|(at, _)| at);
        let Window { customer, refused, sent, thread, marketing } = &mut self;
        customer.compact(own_time, |_| false);
        refused.compact(|id, record| refused_at(sent, id, record).map(|(at, _)| at), |_| false);
        sent.compact(own_time, |id| refused.get(id).is_some());
        thread.compact(own_time, |_| false);
        marketing.compact(own_time, |_| false);
        self
    }

    /// The records of one map, ascending by id.
    pub fn records(&self, log: Log) -> impl Iterator<Item = (&str, Record)> {
        self.map(log).iter()
    }

    /// How many records one map holds.
    #[must_use]
    pub fn len(&self, log: Log) -> usize {
        self.map(log).0.len()
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Window { customer, refused, sent, thread, marketing } = self;
        [customer, refused, sent, thread, marketing].iter().all(|map| map.0.is_empty())
    }

    /// When a refused message had been handed over, as far as is known: the refusal itself comes later, and the
    /// customer may have written in between.
    pub(super) fn refused_when(&self, id: &str, record: Record) -> Option<(Instant, Clock)> {
        refused_at(&self.sent, id, record)
    }

    /// Whether the provider refused the message of that id.
    pub(super) fn is_refused(&self, id: &str) -> bool {
        self.refused.get(id).is_some()
    }

    fn map(&self, log: Log) -> &Records {
        match log {
            Log::Customer => &self.customer,
            Log::Refused => &self.refused,
            Log::Sent => &self.sent,
            Log::Thread => &self.thread,
            Log::Marketing => &self.marketing,
        }
    }

    fn map_mut(&mut self, log: Log) -> &mut Records {
        match log {
            Log::Customer => &mut self.customer,
            Log::Refused => &mut self.refused,
            Log::Sent => &mut self.sent,
            Log::Thread => &mut self.thread,
            Log::Marketing => &mut self.marketing,
        }
    }
}

fn refused_at(sent: &Records, id: &str, refused: Record) -> Option<(Instant, Clock)> {
    let handed_over = sent.get(id).map(|record| record.times).unwrap_or_default();
    judged(least_times(refused.times, handed_over))
}
