//! The contract of what arrives at a server: events of any windows, each recorded where it belongs.

use super::key::read_identity;
use super::state::{EVENT, read_event, write_state};
use crate::address::key::window_keys;
use crate::data::{Fault, Fields, Object, Path, Value};
use crate::event::{Channel, Identity};
use crate::session::{Entry, Window};

/// What is recorded of one window: its keys, and which of the events are its.
struct Recorded {
    keys: Vec<String>,
    entries: Vec<Entry>,
    places: Vec<u32>,
}

/// `recordReceived`: `{ events, receivedAtMs }` → `{ windows: [{ keys, state, events }], clockSuspect? }`: as `recordEvents`, for
/// each window what it was told. `events` are places in the list.
///
/// An event belongs to no window where its address or the customer's makes no key: a service in the place of a sender, a
/// parent's user id alone.
///
/// # Errors
/// As `recordEvents`; `missing-field` for an event without channel or business.
pub fn record_received(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["events", "receivedAtMs"])?;
    let now = fields.instant("receivedAtMs")?;
    let events = fields.required("events", |path, value| path.each(value, read_placed))?;
    let is_suspect = events.iter().any(|(_, entry)| entry.is_suspect(now));
    let mut all: Vec<Recorded> = Vec::new();
    for (place, (keys, entry)) in (0..).zip(events) {
        // A webhook speaks of few windows, and mostly of the same one again.
        let known = all.iter_mut().rev().find(|recorded| recorded.keys == keys);
        match known {
            _ if keys.is_empty() => {}
            Some(recorded) => recorded.add(place, entry.received(now)),
            None => all.push(Recorded { keys, entries: vec![entry.received(now)], places: vec![place] }),
        }
    }
    let windows = all.into_iter().map(written).collect::<Value>();
    Ok(Object::new().with("windows", windows).with_some("clockSuspect", is_suspect.then_some(true)).into())
}

impl Recorded {
    fn add(&mut self, place: u32, entry: Entry) {
        self.entries.push(entry);
        self.places.push(place);
    }
}

fn written(Recorded { keys, entries, places }: Recorded) -> Object {
    Object::new()
        .with("keys", keys.into_iter().collect::<Value>())
        .with("state", write_state(&Window::fold(entries)))
        .with("events", places.into_iter().collect::<Value>())
}

/// An event with the keys of its window; none where it has no window.
#[inline(never)]
fn read_placed(path: &Path<'_>, value: &Value) -> Result<(Vec<String>, Entry), Fault> {
    let entry = read_event(path, value)?;
    let fields = Fields::open(path, value, &EVENT)?;
    let channel = fields.name("channel", Channel::NAMES)?;
    let customer: Option<Identity> = fields.optional("customer", read_identity)?;
    let keys = window_keys(channel, fields.text("business")?, &customer.unwrap_or_default());
    Ok((keys.unwrap_or_default(), entry))
}
