//! What the evidence says at an instant.

use super::receipt::is_suspect;
use super::{Clock, Entry, Marketing, Policy, Record, Thread, Window};
use crate::event::{Kind, Log, names};
use crate::time::{Instant, Span};

/// So many ignored records are named.
const MAX_IGNORED: usize = 8;

/// Where the window stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusKind {
    /// Free text may go out.
    Open,
    /// Still open, but not for long.
    Closing,
    /// Free text would be lost.
    Closed,
    /// Nothing is known of the customer.
    Unknown,
}

names!(StatusKind { Open = "open", Closing = "closing", Closed = "closed", Unknown = "unknown" });

/// Why it stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusReason {
    /// Open, closing: the customer did something that opens.
    CustomerEvent,
    /// Open: the channel has no window.
    NoWindow,
    /// Closed: the length is over.
    Expired,
    /// Closed: the provider refused a message, and the customer did nothing since.
    Refused,
    /// Closed: so many messages went unanswered.
    Limit,
    /// Closed: the customer was listened to for the whole length, and did nothing.
    Silent,
    /// Unknown: no evidence either way.
    NoEvidence,
}

names!(StatusReason {
    CustomerEvent = "customer-event", NoWindow = "no-window", Expired = "expired", Refused = "refused",
    Limit = "limit", Silent = "silent", NoEvidence = "no-evidence",
});

/// A record as it was judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence<'w> {
    /// The map it stands in.
    pub log: Log,
    /// Its id.
    pub id: &'w str,
    /// What it was.
    pub kind: Kind,
    /// The time it was judged by.
    pub at: Instant,
    /// Whose word that time is.
    pub clock: Clock,
}

/// Why a customer's record did not open the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Its kind never opens one.
    NeverOpens,
    /// No source says whether its kind opens one, and the policy does not take the risk.
    Unsettled,
}

names!(Why { NeverOpens = "never-opens", Unsettled = "unsettled" });

/// A customer's record that did not open the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ignored<'w> {
    /// The record.
    pub evidence: Evidence<'w>,
    /// Why it did not.
    pub why: Why,
}

/// The answer at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status<'w> {
    /// Where the window stands.
    pub kind: StatusKind,
    /// Why.
    pub reason: StatusReason,
    /// Whether free text may go out by the window: open or closing.
    pub is_open: bool,
    /// The last instant at which it may, if nothing else happens; none where it may not now, or where nothing ends it.
    pub last_safe_at: Option<Instant>,
    /// Who holds the thread.
    pub thread: Thread,
    /// Whether the customer wants marketing, where anything told it.
    pub marketing: Option<Marketing>,
    /// Time of the customer's event that opened it.
    pub opened_at: Option<Instant>,
    /// That time, plus the length, less the margin; whatever else closed it earlier.
    pub closes_at: Option<Instant>,
    /// The next instant at which kind, reason or the thread's holder differs if nothing else happens.
    pub next_change_at: Option<Instant>,
    /// The record that decided; of several at one instant the least id. For a limit, the latest counted send.
    pub decided_by: Option<Evidence<'w>>,
    /// Customer's records that did not open it, newest first, at most 8.
    pub ignored: Vec<Ignored<'w>>,
    /// Messages left until the limit, while the window is open or closed by the limit.
    pub messages_left: Option<u32>,
    /// The latest record is over two minutes ahead of `now`: one of the two clocks is wrong, and the window may stand open for
    /// longer than it is by as much as they differ.
    pub clock_suspect: bool,
}

impl Status<'_> {
    fn bare(kind: StatusKind, reason: StatusReason) -> Self {
        Status {
            kind,
            reason,
            is_open: matches!(kind, StatusKind::Open | StatusKind::Closing),
            last_safe_at: None,
            thread: Thread::default(),
            marketing: None,
            opened_at: None,
            closes_at: None,
            next_change_at: None,
            decided_by: None,
            ignored: Vec::new(),
            messages_left: None,
            clock_suspect: false,
        }
    }
}

/// What `window` is at `now` under `policy`.
///
/// `observed_since`: since when every event of this window's key is known to have reached us; a window with no
/// evidence is *closed* once that is the whole length ago, before that it is *unknown*.
///
/// Evidence dated after `now` (skewed clocks) counts all the same: a window that the customer opened "in a minute"
/// is open now.
#[must_use]
pub fn status<'w>(
    window: &'w Window,
    policy: &Policy,
    now: Instant,
    observed_since: Option<Instant>,
) -> Status<'w> {
    let Some(length) = policy.fields().length else {
        let marketing = Marketing::of(window);
        return Status { marketing, ..Status::bare(StatusKind::Open, StatusReason::NoWindow) };
    };
    let (opener, ignored) = customer_evidence(window, policy);
    let refusal =
        latest(window.records(Log::Refused).filter_map(|(id, record)| {
            evidence(Log::Refused, id, record.kind, window.refused_when(id, record))
        }));
    let newest = [opener, refusal, ignored.first().map(|ignored| ignored.evidence)];
    let clock_suspect = newest.into_iter().flatten().any(|evidence| is_suspect(evidence.at, now));
    let opened_at = opener.map(|opener| opener.at);
    let closes_at = opened_at.map(|at| at.later(length).earlier(policy.fields().margin));
    let status = match (opener, refusal) {
        (opener, Some(refusal)) if opener.is_none_or(|opener| opener.at <= refusal.at) => {
            Status { decided_by: Some(refusal), ..Status::bare(StatusKind::Closed, StatusReason::Refused) }
        }
        (Some(opener), _) => by_clock(window, policy, now, opener, length),
        (None, _) => without_evidence(now, observed_since.map(|since| since.later(length))),
    };
    let thread = Thread::at(window, policy, now, closes_at);
    Status {
        // The window is open up to that instant and not at it.
        last_safe_at: closes_at.filter(|_| status.is_open).map(|at| at.earlier(Span::MILLISECOND)),
        thread,
        marketing: Marketing::of(window),
        next_change_at: earlier(status.next_change_at, thread.idle_at),
        opened_at,
        closes_at,
        ignored,
        clock_suspect,
        ..status
    }
}

/// The earlier of two instants, where none is later than any.
pub(super) fn earlier(a: Option<Instant>, b: Option<Instant>) -> Option<Instant> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

impl Window {
    /// The window with what others told of it, unless what is known at first hand closes it: hearsay opens no closed window.
    /// Of a closed one it tells of marketing alone.
    #[must_use]
    pub fn with_told(
        self,
        told: Window,
        policy: &Policy,
        now: Instant,
        observed_since: Option<Instant>,
    ) -> Window {
        match status(&self, policy, now, observed_since).kind {
            StatusKind::Closed => {
                let told = told.records(Log::Marketing).map(|(id, record)| Entry {
                    log: Log::Marketing,
                    id: id.to_owned(),
                    record,
                });
                let told = Window::fold(told);
                self.merge(told)
            }
            StatusKind::Open | StatusKind::Closing | StatusKind::Unknown => self.merge(told),
        }
    }
}

fn without_evidence<'w>(now: Instant, silent_at: Option<Instant>) -> Status<'w> {
    match silent_at {
        Some(silent_at) if now >= silent_at => Status::bare(StatusKind::Closed, StatusReason::Silent),
        _ => Status {
            next_change_at: silent_at,
            ..Status::bare(StatusKind::Unknown, StatusReason::NoEvidence)
        },
    }
}

fn by_clock<'w>(
    window: &'w Window,
    policy: &Policy,
    now: Instant,
    opener: Evidence<'w>,
    length: Span,
) -> Status<'w> {
    let fields = policy.fields();
    let closes_at = opener.at.later(length).earlier(fields.margin);
    let closing_at = closes_at.earlier(fields.warning);
    let now = now.max(opener.at);
    if now >= closes_at {
        return Status {
            decided_by: Some(opener),
            ..Status::bare(StatusKind::Closed, StatusReason::Expired)
        };
    }
    let mut messages_left = None;
    if let Some(max) = fields.max_unanswered {
        let (count, last) = unanswered(window, opener.at);
        messages_left = Some(max.saturating_sub(count));
        if count >= max {
            return Status {
                decided_by: last,
                next_change_at: Some(closes_at),
                messages_left,
                ..Status::bare(StatusKind::Closed, StatusReason::Limit)
            };
        }
    }
    let (kind, next) =
        if now >= closing_at { (StatusKind::Closing, closes_at) } else { (StatusKind::Open, closing_at) };
    Status {
        decided_by: Some(opener),
        next_change_at: Some(next),
        messages_left,
        ..Status::bare(kind, StatusReason::CustomerEvent)
    }
}

fn evidence<'w>(log: Log, id: &'w str, kind: Kind, when: Option<(Instant, Clock)>) -> Option<Evidence<'w>> {
    when.map(|(at, clock)| Evidence { log, id, kind, at, clock })
}

/// The latest, and of several at one instant the first.
fn latest<'w>(all: impl Iterator<Item = Evidence<'w>>) -> Option<Evidence<'w>> {
    all.reduce(|kept, next| if next.at > kept.at { next } else { kept })
}

/// The record that opened the window last, and those that did not open it.
fn customer_evidence<'w>(window: &'w Window, policy: &Policy) -> (Option<Evidence<'w>>, Vec<Ignored<'w>>) {
    let mut opener: Option<Evidence<'w>> = None;
    let mut ignored: Vec<Ignored<'w>> = Vec::new();
    for (id, record) in window.records(Log::Customer) {
        let Some(found) = evidence(Log::Customer, id, record.kind, record.when()) else { continue };
        if policy.opens(record.kind) {
            if opener.is_none_or(|kept| found.at > kept.at) {
                opener = Some(found);
            }
            continue;
        }
        let unsettled = policy.fields().unsettled.contains(record.kind);
        let why = if unsettled { Why::Unsettled } else { Why::NeverOpens };
        // At most nine stand here at a time, so this stays linear in the records.
        let place = ignored.partition_point(|other| other.evidence.at >= found.at);
        if place < MAX_IGNORED {
            ignored.insert(place, Ignored { evidence: found, why });
            ignored.truncate(MAX_IGNORED);
        }
    }
    (opener, ignored)
}

/// Messages of ours since the customer's event, at the same instant included (providers date by the second, and a
/// message too few costs less than one too many), and the latest of them.
fn unanswered(window: &Window, since: Instant) -> (u32, Option<Evidence<'_>>) {
    let counts = |id: &str, record: Record| record.kind != Kind::Failed && !window.is_refused(id);
    let sends = window
        .records(Log::Sent)
        .filter(|(id, record)| counts(id, *record))
        .filter_map(|(id, record)| evidence(Log::Sent, id, record.kind, record.when()))
        .filter(|send| send.at >= since);
    let mut count: u32 = 0;
    let last = latest(sends.inspect(|_| count = count.saturating_add(1)));
    (count, last)
}
