//! The contract of what arrives at a server: events of any windows, each recorded where it belongs.

use super::key::read_identity;
use super::state::{EVENT, read_event, write_state};
use crate::address::key::window_keys;
use crate::data::{Fault, Fields, Object, Path, Value};
use crate::event::{Channel, Identity};
use crate::session::{Entry, Window};
use std::collections::BTreeMap;

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
    let mut known: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for (place, (keys, entry)) in (0..).zip(events) {
        if keys.is_empty() {
            continue;
        }
        let number = *known.entry(keys).or_insert_with_key(|keys| {
            all.push(Recorded { keys: keys.clone(), entries: Vec::new(), places: Vec::new() });
            all.len().saturating_sub(1)
        });
        if let Some(recorded) = all.get_mut(number) {
            recorded.entries.push(entry.received(now));
            recorded.places.push(place);
        }
    }
    let windows = all.into_iter().map(written).collect::<Value>();
    Ok(Object::new().with("windows", windows).with_some("clockSuspect", is_suspect.then_some(true)).into())
}

fn written(Recorded { keys, entries, places }: Recorded) -> Object {
    Object::new()
        .with("keys", keys.into_iter().collect::<Value>())
        .with("state", write_state(&Window::fold(entries)))
        .with("events", places.into_iter().collect::<Value>())
}

/// An event with the keys of its window; none where it has no window.
fn read_placed(path: &Path<'_>, value: &Value) -> Result<(Vec<String>, Entry), Fault> {
    let entry = read_event(path, value)?;
    let fields = Fields::open(path, value, &EVENT)?;
    let channel = fields.name("channel", Channel::from_name)?;
    let customer: Option<Identity> = fields.optional("customer", read_identity)?;
    let keys = window_keys(channel, fields.text("business")?, &customer.unwrap_or_default());
    Ok((keys.unwrap_or_default(), entry))
}
