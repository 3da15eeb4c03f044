//! Laws of the session rule, and proof that they catch a merge that prunes or reads a clock.
//!
//! Every law is a function over the thing it judges (a merge, a status), so that the same law runs against the real
//! one and against deliberately wrong ones; of those it must report a counterexample.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use reply_window::event::{Channel, Kind, Log, Owner, Role, Times, ToldBy};
use reply_window::session::{
    AfterClose, Clock, Draft, Entry, NotOwner, Policy, PolicyFields, Record, Sender, Status, StatusKind,
    StatusReason, Unknown, Verdict, Window, judge, status,
};
use reply_window::time::{Instant, Span};
use std::cell::Cell;
use std::fmt::Debug;

/// Small numbers, so that records collide and thresholds are met: times lie in 0..90, windows are 20 to 40 long.
const END: i64 = 90;

fn at(ms: i64) -> Instant {
    Instant::from_ms(ms).expect("in range")
}

fn span(ms: i64) -> Span {
    Span::from_ms(ms).expect("in range")
}

// ------------------------------------------------------------------------------------------------ what is drawn

fn times() -> impl Strategy<Value = Times> {
    let time = || prop::option::of((0..END).prop_map(at));
    (time(), time(), time())
        .prop_map(|(provider, receipt, desktop)| Times { provider, receipt, desktop })
        .prop_filter("a record has a time", |times| *times != Times::default())
}

fn kind() -> impl Strategy<Value = Kind> {
    // As many that open as that do not.
    prop::sample::select(vec![
        Kind::Text,
        Kind::Image,
        Kind::Call,
        Kind::Reaction,
        Kind::System,
        Kind::Handover,
        Kind::Failed,
        Kind::SessionMessage,
        Kind::Button,
    ])
}

fn owner() -> impl Strategy<Value = Option<Owner>> {
    let ai_agent = Owner::Other(Role::AiAgent);
    prop::sample::select(vec![None, None, Some(Owner::Us), Some(Owner::Other(Role::Untold)), Some(ai_agent)])
}

fn entry() -> impl Strategy<Value = Entry> {
    let log = prop::sample::select(vec![
        Log::Customer,
        Log::Customer,
        Log::Customer,
        Log::Customer,
        Log::Customer,
        Log::Customer,
        Log::Refused,
        Log::Refused,
        Log::Sent,
        Log::Sent,
        Log::Sent,
        Log::Sent,
        Log::Sent,
        Log::Thread,
        Log::Marketing,
    ]);
    (log, 0..8_u8, kind(), times(), owner(), told_by()).prop_map(|(log, id, kind, times, owner, told_by)| {
        Entry { log, id: format!("id{id}"), record: Record { kind, times, owner, told_by } }
    })
}

/// How it is known whether the customer wants marketing; the map of marketing alone has it.
fn told_by() -> impl Strategy<Value = Option<ToldBy>> {
    let named = ToldBy::NAMES.iter().map(|(_, told_by)| Some(*told_by));
    prop::sample::select(named.chain([None]).collect::<Vec<_>>())
}

fn entries(most: usize) -> impl Strategy<Value = Vec<Entry>> {
    prop::collection::vec(entry(), 0..most)
}

pub fn window() -> impl Strategy<Value = Window> {
    entries(12).prop_map(Window::fold)
}

pub fn policy() -> impl Strategy<Value = Policy> {
    let after = prop::sample::select(vec![
        AfterClose::Template,
        AfterClose::Nothing,
        AfterClose::Paid,
        AfterClose::Tag { name: "human-agent".into(), length: span(60) },
    ]);
    (20..40_i64, 0..5_i64, 0..15_i64, prop::option::of(1..4_u32), any::<bool>(), after).prop_map(
        |(length, margin, warning, max_unanswered, unsettled_opens, after)| {
            Policy::new(PolicyFields {
                length: Some(span(length)),
                margin: span(margin),
                warning: span(warning),
                after,
                max_unanswered,
                unsettled_opens,
                ..Policy::of(Channel::Whatsapp).into_fields()
            })
            .expect("fields that make sense")
        },
    )
}

// ------------------------------------------------------------------------------------------------ the machinery

/// A counterexample, or none in `cases` fixed draws.
pub fn counterexample<S: Strategy>(
    strategy: &S,
    law: impl Fn(S::Value) -> Result<(), TestCaseError>,
) -> Option<String>
where
    S::Value: Debug,
{
    let config = Config { cases: 768, failure_persistence: None, max_shrink_iters: 256, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    match TestRunner::new_with_rng(config, rng).run(strategy, law) {
        Ok(()) => None,
        Err(TestError::Fail(_, value)) => Some(format!("{value:?}")),
        Err(error) => panic!("{error}"),
    }
}

type Merge<'m> = &'m dyn Fn(Window, Window) -> Window;
type Law = fn(Merge) -> Option<String>;

/// The laws of a merge by name.
const LAWS: [(&str, Law); 5] = [
    ("commutative", commutative),
    ("associative", associative),
    ("idempotent", idempotent),
    ("order and repetition", order_and_repetition),
    ("never earlier", never_earlier),
];

fn commutative(merge: Merge) -> Option<String> {
    counterexample(&(window(), window()), |(a, b)| {
        prop_assert_eq!(merge(a.clone(), b.clone()), merge(b, a));
        Ok(())
    })
}

fn associative(merge: Merge) -> Option<String> {
    counterexample(&(window(), window(), window()), |(a, b, c)| {
        let left = merge(merge(a.clone(), b.clone()), c.clone());
        prop_assert_eq!(left, merge(a, merge(b, c)));
        Ok(())
    })
}

fn idempotent(merge: Merge) -> Option<String> {
    counterexample(&window(), |a| {
        prop_assert_eq!(merge(a.clone(), a.clone()), a);
        Ok(())
    })
}

/// The same evidence, each piece once or more often, in any order, one by one: the same state.
fn order_and_repetition(merge: Merge) -> Option<String> {
    let retold = entries(12).prop_flat_map(|entries| {
        let again = prop::collection::vec(prop::sample::select(entries_or_one(&entries)), 0..8);
        (Just(entries), again).prop_flat_map(|(entries, again)| {
            let all: Vec<Entry> = if entries.is_empty() { vec![] } else { [entries.clone(), again].concat() };
            (Just(entries), Just(all).prop_shuffle())
        })
    });
    counterexample(&retold, |(told, retold)| {
        let one_by_one = |entries: Vec<Entry>| {
            let alone = entries.into_iter().map(|entry| Window::fold([entry]));
            alone.fold(Window::default(), merge)
        };
        prop_assert_eq!(one_by_one(retold), one_by_one(told));
        Ok(())
    })
}

fn entries_or_one(entries: &[Entry]) -> Vec<Entry> {
    match entries {
        [] => {
            vec![Entry {
                log: Log::Sent,
                id: "none".into(),
                record: Record { kind: Kind::Text, times: Times::default(), owner: None, told_by: None },
            }]
        }
        some => some.to_vec(),
    }
}

/// A customer's event under an id that is not there yet never moves closing earlier: where there was a `closes_at`,
/// the new one is not before it; a window that was open or closing stays one of the two (whatever was sent, refused
/// or counted before), with no fewer messages left; a refused one may open, but never turns from one closing
/// to an earlier one. (Unknown may become closed: a late webhook may tell of a message long past.)
fn never_earlier(merge: Merge) -> Option<String> {
    let case = (window(), policy(), kind(), times(), 0..END);
    counterexample(&case, |(before, policy, kind, times, now)| {
        let event = Entry {
            log: Log::Customer,
            id: "new".into(),
            record: Record { kind, times, owner: None, told_by: None },
        };
        let after = merge(before.clone(), Window::fold([event]));
        let (before, after) =
            (status(&before, &policy, at(now), None), status(&after, &policy, at(now), None));
        prop_assert!(after.closes_at >= before.closes_at, "closes earlier");
        if matches!(before.kind, StatusKind::Open | StatusKind::Closing) {
            prop_assert!(matches!(after.kind, StatusKind::Open | StatusKind::Closing), "closed by an event");
            prop_assert!(after.messages_left >= before.messages_left, "fewer messages left");
        }
        Ok(())
    })
}

// ------------------------------------------------------------------------------------------------ wrong merges

/// A window's entries, one map after the other.
fn entries_of(window: &Window) -> Vec<Entry> {
    [Log::Customer, Log::Refused, Log::Sent]
        .into_iter()
        .flat_map(|log| window.records(log).map(move |(id, record)| Entry { log, id: id.to_owned(), record }))
        .collect()
}

fn time_of(entry: &Entry) -> Instant {
    entry.record.when().expect("drawn with a time").0
}

/// Wrong: keeps only the three latest records of each map.
fn keeps_three(a: Window, b: Window) -> Window {
    let mut entries = entries_of(&a.merge(b));
    entries.sort_by_key(|entry| (entry.log, time_of(entry), entry.id.clone()));
    entries.reverse();
    let mut kept = [0; 3];
    entries.retain(|entry| {
        kept[entry.log as usize] += 1;
        kept[entry.log as usize] <= 3
    });
    Window::fold(entries)
}

/// Wrong: drops what is a window older than the newest record.
fn drops_the_old(a: Window, b: Window) -> Window {
    let mut entries = entries_of(&a.merge(b));
    let newest = entries.iter().map(time_of).max();
    entries.retain(|entry| newest.is_none_or(|newest| time_of(entry) > newest.earlier(span(20))));
    Window::fold(entries)
}

/// A clock that has moved on at each look.
fn tick(clock: &Cell<i64>) -> i64 {
    clock.set((clock.get() + 7) % END);
    clock.get()
}

/// Wrong: dates nothing later than now.
fn clamps_to_now(clock: &Cell<i64>, a: Window, b: Window) -> Window {
    let now = at(tick(clock));
    let mut entries = entries_of(&a.merge(b));
    for Entry { record, .. } in &mut entries {
        let Times { provider, receipt, desktop } = &mut record.times;
        for time in [provider, receipt, desktop] {
            *time = time.map(|time| time.min(now));
        }
    }
    Window::fold(entries)
}

/// Wrong: drops what has expired by now.
fn drops_the_expired(clock: &Cell<i64>, a: Window, b: Window) -> Window {
    let now = at(tick(clock));
    let mut entries = entries_of(&a.merge(b));
    entries.retain(|entry| time_of(entry) > now.earlier(span(20)));
    Window::fold(entries)
}

#[test]
fn the_merge_keeps_every_law() {
    for (name, law) in LAWS {
        assert_eq!(law(&Window::merge), None, "{name}");
    }
}

#[test]
fn every_law_refutes_merges_that_prune_or_read_a_clock() {
    let clock = Cell::new(0);
    let clamps = |a, b| clamps_to_now(&clock, a, b);
    let expired = |a, b| drops_the_expired(&clock, a, b);
    // Pruning a union is still commutative; all else must be refuted.
    let wrong: [(&str, Merge, &[&str]); 4] = [
        ("keeps three", &keeps_three, &["commutative"]),
        ("drops the old", &drops_the_old, &["commutative"]),
        ("clamps to now", &clamps, &[]),
        ("drops the expired", &expired, &[]),
    ];
    for (merge_name, merge, blind) in wrong {
        for (law_name, law) in LAWS {
            let found = law(merge);
            assert_eq!(
                found.is_none(),
                blind.contains(&law_name),
                "{law_name} of a merge that {merge_name}: {found:?}"
            );
        }
    }
}

#[test]
fn commutativity_refutes_a_merge_that_prefers_a_side() {
    let keeps_left = |a: Window, b: Window| {
        let known = entries_of(&a);
        let mut more = entries_of(&b);
        more.retain(|entry| !known.iter().any(|other| other.log == entry.log && other.id == entry.id));
        Window::fold([known, more].concat())
    };
    assert!(commutative(&keeps_left).is_some());
}

// ------------------------------------------------------------------------------------------------ the next change

type Judge<'j> = &'j dyn for<'w> Fn(&'w Window, &Policy, Instant, Option<Instant>) -> Status<'w>;

/// StatusKind, reason and the thread's holder stay the same before `next_change_at`, differ at it, and never change without one; what a
/// draft's verdict says stays the same before `valid_until`.
fn constant_until_the_next_change(judged: Judge) -> Option<String> {
    let instants = (0..END, prop::option::of(0..END), prop::collection::vec(0..3 * END, 8));
    counterexample(&(window(), policy(), instants), |(window, policy, (now, observed, probes))| {
        let observed = observed.map(at);
        let answer = |now: i64| {
            let status = judged(&window, &policy, at(now), observed);
            (status.kind, status.reason, status.thread.holder)
        };
        let first = judged(&window, &policy, at(now), observed);
        let next = first.next_change_at.map(Instant::ms);
        if let Some(next) = next {
            prop_assert!(next > now, "a next change that is past");
            prop_assert_eq!(answer(next - 1), answer(now), "changed before the next change");
            prop_assert_ne!(answer(next), answer(now), "no change at the next change");
            prop_assert_ne!(answer(next + 1), answer(now), "changed back");
        }
        for probe in
            probes.into_iter().map(|ahead| now + ahead).filter(|at| next.is_none_or(|next| *at < next))
        {
            prop_assert_eq!(answer(probe), answer(now), "changed without notice at {}", probe);
        }
        Ok(())
    })
}

#[test]
fn the_answer_is_constant_until_the_next_change() {
    assert_eq!(constant_until_the_next_change(&status), None);
}

#[test]
fn the_law_of_the_next_change_refutes_a_millisecond_and_a_missed_change() {
    fn later<'w>(w: &'w Window, p: &Policy, now: Instant, since: Option<Instant>) -> Status<'w> {
        let right = status(w, p, now, since);
        Status { next_change_at: right.next_change_at.map(|at| at.later(span(1))), ..right }
    }
    fn earlier<'w>(w: &'w Window, p: &Policy, now: Instant, since: Option<Instant>) -> Status<'w> {
        let right = status(w, p, now, since);
        Status { next_change_at: right.next_change_at.map(|at| at.earlier(span(1))), ..right }
    }
    fn no_warning<'w>(w: &'w Window, p: &Policy, now: Instant, since: Option<Instant>) -> Status<'w> {
        let right = status(w, p, now, since);
        let skipped = if right.kind == StatusKind::Open { right.closes_at } else { right.next_change_at };
        Status { next_change_at: skipped, ..right }
    }
    fn no_silence<'w>(w: &'w Window, p: &Policy, now: Instant, since: Option<Instant>) -> Status<'w> {
        let right = status(w, p, now, since);
        let kept = if right.kind == StatusKind::Unknown { None } else { right.next_change_at };
        Status { next_change_at: kept, ..right }
    }
    fn limit_for_good<'w>(w: &'w Window, p: &Policy, now: Instant, since: Option<Instant>) -> Status<'w> {
        let right = status(w, p, now, since);
        let kept = if right.reason == StatusReason::Limit { None } else { right.next_change_at };
        Status { next_change_at: kept, ..right }
    }
    let wrong: [(&str, Judge); 5] = [
        ("later", &later),
        ("earlier", &earlier),
        ("no warning", &no_warning),
        ("no silence", &no_silence),
        ("limit for good", &limit_for_good),
    ];
    for (name, judged) in wrong {
        assert!(constant_until_the_next_change(judged).is_some(), "{name}");
    }
}

#[test]
fn a_verdict_stands_as_long_as_it_says() {
    let drafts = prop::sample::select(vec![
        Draft::Text,
        Draft::Template,
        Draft::Tagged("human-agent"),
        Draft::DirectSend,
    ]);
    let owner = prop::sample::select(vec![NotOwner::Ask, NotOwner::Block]);
    let unknown = prop::sample::select(vec![Unknown::Ask, Unknown::Block]);
    let confirmed =
        prop::sample::select(vec![None, Some("window-unknown"), Some("window-expired"), Some("not-owner")]);
    let tags = prop::sample::select(vec![&[][..], &["human-agent"][..]]);
    let sender = (tags, unknown, confirmed, owner, any::<bool>()).prop_map(
        |(tags, unknown, confirmed, owner, direct_send)| Sender {
            tags,
            unknown,
            confirmed,
            owner,
            direct_send,
            service_messages: None,
        },
    );
    let case = (window(), policy(), drafts, sender, 0..END, 0..3 * END, prop::option::of(0..END));
    let found = counterexample(&case, |(window, policy, draft, sender, now, ahead, observed)| {
        let verdict = |now: Instant| {
            judge(&status(&window, &policy, now, observed.map(at)), &policy, now, draft, sender)
        };
        let (first, then) = (verdict(at(now)), at(now + ahead));
        prop_assert!(first.valid_until.is_none_or(|until| until > at(now)));
        if first.valid_until.is_none_or(|until| then < until) {
            let second = verdict(then);
            prop_assert_eq!(Verdict { valid_until: None, ..first }, Verdict { valid_until: None, ..second });
        }
        Ok(())
    });
    assert_eq!(found, None);
}

// ------------------------------------------------------------------------------------------------ a second telling

/// The rule once more, as plainly as it can be told: over lists of entries as they came, in no order, by sweeping.
fn told_again(
    entries: &[Entry],
    fields: &PolicyFields,
    now: i64,
    since: Option<i64>,
) -> (StatusKind, StatusReason) {
    let length = fields.length.expect("drawn with a length").ms();
    let known = |log: Log| {
        let mut ids: Vec<&str> = entries.iter().filter(|e| e.log == log).map(|e| e.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    let accounts = move |log: Log, id: &str| {
        let id = id.to_owned();
        entries.iter().filter(move |e| e.log == log && e.id == id)
    };
    let kind = |log, id: &str| accounts(log, id).map(|e| e.record.kind).min().expect("known");
    // Earliest word of provider and receipt in one pool, and of the desktop only where that pool is empty.
    let time = |logs: &[Log], id: &str| {
        let all: Vec<Times> =
            logs.iter().flat_map(|log| accounts(*log, id)).map(|e| e.record.times).collect();
        let servers = all.iter().flat_map(|t| [t.provider, t.receipt]).flatten().min();
        servers.or(all.iter().filter_map(|t| t.desktop).min()).expect("drawn with a time").ms()
    };
    let opens =
        |kind| fields.opens.contains(kind) || fields.unsettled_opens && fields.unsettled.contains(kind);
    let customer = known(Log::Customer).into_iter().filter(|id| opens(kind(Log::Customer, id)));
    let opened = customer.map(|id| time(&[Log::Customer], id)).max();
    let refused = known(Log::Refused).into_iter().map(|id| time(&[Log::Refused, Log::Sent], id)).max();
    match (opened, refused) {
        (None, Some(_)) => return (StatusKind::Closed, StatusReason::Refused),
        (Some(opened), Some(refused)) if refused >= opened => {
            return (StatusKind::Closed, StatusReason::Refused);
        }
        _ => {}
    }
    let Some(opened) = opened else {
        let silent = since.is_some_and(|since| now - since >= length);
        return if silent {
            (StatusKind::Closed, StatusReason::Silent)
        } else {
            (StatusKind::Unknown, StatusReason::NoEvidence)
        };
    };
    let left = opened + length - fields.margin.ms() - now.max(opened);
    if left <= 0 {
        return (StatusKind::Closed, StatusReason::Expired);
    }
    let counted = known(Log::Sent)
        .into_iter()
        .filter(|id| kind(Log::Sent, id) != Kind::Failed && !known(Log::Refused).contains(id))
        .filter(|id| time(&[Log::Sent], id) >= opened)
        .count();
    match fields.max_unanswered {
        Some(max) if counted >= max as usize => (StatusKind::Closed, StatusReason::Limit),
        _ if left <= fields.warning.ms() => (StatusKind::Closing, StatusReason::CustomerEvent),
        _ => (StatusKind::Open, StatusReason::CustomerEvent),
    }
}

#[test]
fn the_status_is_what_a_second_telling_of_the_rule_says() {
    let case = (entries(14), policy(), 0..2 * END, prop::option::of(0..END));
    let seen = std::cell::RefCell::new(Vec::new());
    let found = counterexample(&case, |(entries, policy, now, since)| {
        let window = Window::fold(entries.clone());
        let found = status(&window, &policy, at(now), since.map(at));
        prop_assert_eq!((found.kind, found.reason), told_again(&entries, policy.fields(), now, since));
        seen.borrow_mut().push((found.kind, found.reason));
        Ok(())
    });
    assert_eq!(found, None);
    // Draws that never reach a case would prove nothing of it.
    for (kind, reason) in [
        (StatusKind::Open, StatusReason::CustomerEvent),
        (StatusKind::Closing, StatusReason::CustomerEvent),
        (StatusKind::Closed, StatusReason::Expired),
        (StatusKind::Closed, StatusReason::Refused),
        (StatusKind::Closed, StatusReason::Limit),
        (StatusKind::Closed, StatusReason::Silent),
        (StatusKind::Unknown, StatusReason::NoEvidence),
    ] {
        let times = seen.borrow().iter().filter(|found| **found == (kind, reason)).count();
        assert!(times >= 5, "{kind:?} {reason:?} was met only {times} times");
    }
}

// ------------------------------------------------------------------------------------------------ storage, depth

#[test]
fn compacting_changes_no_answer() {
    // Many of the customer's records, and up to 64 sends, some of them refused.
    let many = |log: Log, most: usize| {
        let drawn = prop::collection::vec((0..2 * most, kind(), times(), owner(), told_by()), 0..most);
        drawn.prop_map(move |drawn| {
            let entry = |(id, kind, times, owner, told_by)| Entry {
                log,
                id: format!("{id}"),
                record: Record {
                    kind,
                    times,
                    owner,
                    told_by: Option::filter(told_by, |_| log == Log::Marketing),
                },
            };
            drawn.into_iter().map(entry).collect::<Vec<_>>()
        })
    };
    let logs = (
        many(Log::Customer, 150),
        many(Log::Sent, 64),
        many(Log::Refused, 64),
        many(Log::Thread, 150),
        many(Log::Marketing, 150),
    );
    let found = counterexample(
        &(logs, policy(), 0..END),
        |((customer, sent, refused, thread, marketing), policy, now)| {
            let window = Window::fold([customer, sent, refused, thread, marketing].concat());
            let small = window.clone().compact();
            prop_assert!(small.len(Log::Customer) <= 64 + Kind::NAMES.len() * 4);
            prop_assert_eq!(small.clone().compact(), small.clone(), "compacting twice");
            let (before, after) =
                (status(&window, &policy, at(now), None), status(&small, &policy, at(now), None));
            prop_assert_eq!(before.decided_by.map(|e| e.at), after.decided_by.map(|e| e.at));
            prop_assert_eq!(
                (before.kind, before.reason, before.closes_at, before.next_change_at, before.messages_left),
                (after.kind, after.reason, after.closes_at, after.next_change_at, after.messages_left)
            );
            prop_assert_eq!(before.thread, after.thread);
            prop_assert_eq!(before.marketing, after.marketing);
            prop_assert_eq!(window.clone().merge(small), window, "compacting invents nothing");
            Ok(())
        },
    );
    assert_eq!(found, None);
}

#[test]
fn a_late_retry_of_a_compacted_event_without_a_providers_time_counts_as_new() {
    let text = |id: usize, receipt: i64| Entry {
        log: Log::Customer,
        id: format!("{id:03}"),
        record: Record {
            kind: Kind::Text,
            times: Times { receipt: Some(at(receipt)), ..Times::default() },
            owner: None,
            told_by: None,
        },
    };
    let whole = Window::fold((0..65).map(|i| text(i, i as i64)));
    let retry = || Window::fold([text(0, 1_000)]);
    let opened = |window: Window| {
        let status = status(&window, &Policy::of(Channel::Whatsapp), at(2_000), None);
        status.decided_by.map(|e| (e.at.ms(), e.clock)).expect("decided")
    };
    assert_eq!(opened(whole.clone().merge(retry())), (64, Clock::Receipt));
    assert_eq!(opened(whole.compact().merge(retry())), (1_000, Clock::Receipt), "the documented price");
}

#[test]
fn a_tree_deeper_than_32_levels_is_no_plain_data() {
    let nested = |levels: usize| {
        let text = format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        serde_json::from_str::<reply_window::data::Value>(&text).map(|_| ())
    };
    assert!(nested(32).is_ok());
    assert!(nested(33).is_err_and(|error| error.to_string().contains("32 levels")));
}
