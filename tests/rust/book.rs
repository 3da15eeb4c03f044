//! Books of windows: the scripts of `tests/vectors/book.json`, and that looking at what changes gives what judging everything would.

use crate::session_props::{counterexample, policy, window};
use crate::vectors::call;
use proptest::prelude::*;
use reply_window::data::{Fields, Path, Value};
use reply_window::event::{Channel, Kind, Log, Times};
use reply_window::session::book::{Book, MAX_RECORDS, MAX_WINDOWS, Told};
use reply_window::session::{Entry, Policy, Record, Window, status};
use reply_window::time::Instant;
use reply_window::wire::book as wire;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

fn at(ms: i64) -> Instant {
    Instant::from_ms(ms).expect("in range")
}

fn told(window: Window) -> Told {
    Told { channel: Channel::Whatsapp, window, observed_since: None }
}

// ------------------------------------------------------------------------------------------------ the scripts

/// A book whose windows have keys, as `www/engine/window-book.js` gives them places.
#[derive(Default)]
struct Keyed {
    book: Book,
    keys: Vec<String>,
}

impl Keyed {
    fn place(&mut self, key: &Json) -> u32 {
        let key = key.as_str().expect("a key").to_owned();
        let known = self.keys.iter().position(|known| *known == key);
        let place = known.unwrap_or_else(|| {
            self.keys.push(key);
            self.keys.len() - 1
        });
        u32::try_from(place).expect("few")
    }

    fn step(&mut self, step: &Json) -> Result<(), String> {
        if let Some(windows) = step["record"].as_array() {
            return self.record(windows, step);
        }
        if let Some(policies) = step["judgeBy"].as_array() {
            let whole = |changed: &Json| {
                let mut policy =
                    call("policyFor", &json!({ "channel": changed["channel"] })).expect("a policy");
                policy.as_object_mut().expect("fields").extend(changed.as_object().expect("fields").clone());
                policy
            };
            let input = tree(&json!({ "policies": policies.iter().map(whole).collect::<Vec<_>>() }));
            let fields = Fields::open(&Path::Root, &input, &["policies"]).expect("fields");
            return wire::judge_by(&mut self.book, &fields).map_err(|fault| fault.to_string());
        }
        if let Some(keys) = step["remove"].as_array() {
            for key in keys {
                let place = self.place(key);
                self.book.remove(place as usize);
            }
            return Ok(());
        }
        if let Some(keys) = step["statuses"].as_array() {
            let places: Vec<u32> = keys.iter().map(|key| self.place(key)).collect();
            let statuses = wire::statuses(&self.book, &places, instant(&step["nowAtMs"]));
            let statuses = serde_json::to_value(statuses).expect("plain data");
            let kinds: Vec<_> =
                statuses.as_array().expect("a list").iter().map(|status| &status["kind"]).collect();
            return same(&json!(kinds), &step["kinds"]);
        }
        let changes = self.book.changes(instant(&step["changes"]));
        let changed: Vec<_> = changes.places.iter().map(|place| &self.keys[*place]).collect();
        same(&json!(changed), &step["changed"])?;
        same(&json!(changes.next_at.map(Instant::ms)), &step["nextChangeAtMs"])
    }

    fn record(&mut self, windows: &[Json], step: &Json) -> Result<(), String> {
        let placed = |window: &Json| {
            let mut window = window.as_object().expect("fields").clone();
            let key = window.remove("key").expect("a key");
            window.insert("place".into(), json!(self.place(&key)));
            Json::Object(window)
        };
        let mut input = json!({ "windows": windows.iter().map(placed).collect::<Vec<_>>() });
        if let Some(received_at) = step["receivedAtMs"].as_i64() {
            input["receivedAtMs"] = json!(received_at);
        }
        let input = tree(&input);
        let fields = Fields::open(&Path::Root, &input, &["windows", "receivedAtMs"]).expect("fields");
        let suspect = wire::record(&mut self.book, &fields).map_err(|fault| fault.to_string())?;
        same(&json!(suspect), &json!(step["clockSuspect"] == true))
    }
}

fn tree(json: &Json) -> Value {
    serde_json::from_value(json.clone()).expect("plain data")
}

fn instant(ms: &Json) -> Instant {
    at(ms.as_i64().expect("a time"))
}

fn same(actual: &Json, wanted: &Json) -> Result<(), String> {
    if actual == wanted { Ok(()) } else { Err(format!("wanted {wanted}, got {actual}")) }
}

#[test]
fn every_script_gives_its_answers() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/book.json");
    let file: Json = serde_json::from_slice(&std::fs::read(file).expect("readable")).expect("JSON");
    let scripts = file["scripts"].as_array().expect("scripts");
    assert!(scripts.len() > 4);
    for script in scripts {
        let mut keyed = Keyed::default();
        for (place, step) in script["steps"].as_array().expect("steps").iter().enumerate() {
            keyed.step(step).unwrap_or_else(|why| panic!("{}, step {place}: {why}", script["name"]));
        }
    }
}

// ------------------------------------------------------------------------------------------------ the law

#[derive(Clone, Debug)]
enum Act {
    Record(usize, Window),
    Remove(usize),
    JudgeBy(Policy),
    Ask(i64),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        3 => (0..4_usize, window()).prop_map(|(place, window)| Act::Record(place, window)),
        1 => (0..4_usize).prop_map(Act::Remove),
        1 => policy().prop_map(Act::JudgeBy),
        6 => (0..150_i64).prop_map(Act::Ask),
    ];
    prop::collection::vec(act, 1..24)
}

/// What is shown of a window at an instant, told a second time.
fn shown(window: &Window, policy: &Policy, now: Instant) -> (String, Option<Instant>) {
    let status = status(window, policy, now, None);
    let fields = (
        (status.kind, status.reason, status.thread.holder, status.thread.told_at, status.marketing),
        (status.opened_at, status.closes_at, status.last_safe_at, status.messages_left),
    );
    (format!("{fields:?}"), status.next_change_at)
}

#[test]
fn it_lists_what_judging_everything_anew_would() {
    let found = counterexample(&(policy(), acts()), |(first, acts)| {
        let mut book = Book::default();
        book.judge_by(vec![first.clone()]);
        let mut policy = first;
        let mut known: BTreeMap<usize, (Window, Option<String>)> = BTreeMap::new();
        for act in acts {
            match act {
                Act::Record(place, window) => {
                    prop_assert!(book.record(place, told(window.clone())));
                    let entry = known.entry(place).or_default();
                    entry.0 = core::mem::take(&mut entry.0).merge(window);
                }
                Act::Remove(place) => prop_assert_eq!(book.remove(place), known.remove(&place).is_some()),
                Act::JudgeBy(other) => {
                    book.judge_by(vec![other.clone()]);
                    policy = other;
                }
                Act::Ask(ms) => {
                    let now = at(ms);
                    let mut changed = Vec::new();
                    let mut next = Vec::new();
                    for (place, (window, told)) in &mut known {
                        let (answer, next_at) = shown(window, &policy, now);
                        next.extend(next_at);
                        if told.replace(answer.clone()) != Some(answer) {
                            changed.push(*place);
                        }
                        prop_assert_eq!(book.window(*place), Some(&*window));
                        prop_assert_eq!(book.status(*place, now), Some(status(window, &policy, now, None)));
                    }
                    let changes = book.changes(now);
                    prop_assert_eq!(changes.places, changed);
                    prop_assert_eq!(changes.next_at, next.into_iter().min());
                }
            }
        }
        Ok(())
    });
    assert_eq!(found, None);
}

#[test]
fn a_book_and_each_of_its_windows_are_bounded() {
    let text = |n: usize| {
        let times = Times { provider: Some(at(n as i64)), ..Times::default() };
        Entry {
            log: Log::Customer,
            id: format!("SM{n}"),
            record: Record { kind: Kind::Text, times, owner: None, told_by: None },
        }
    };
    let mut book = Book::default();
    assert!(book.record(MAX_WINDOWS - 1, told(Window::fold([text(0)]))));
    assert!(!book.record(MAX_WINDOWS, told(Window::fold([text(0)]))));
    for n in 0..1_000 {
        assert!(book.record(0, told(Window::fold([text(n)]))));
        let window = book.window(0).expect("there");
        assert!(window.len(Log::Customer) <= MAX_RECORDS, "{n}");
        assert_eq!(book.status(0, at(n as i64)).expect("there").opened_at, Some(at(n as i64)));
    }
}
