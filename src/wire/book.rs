//! The contract of a book of windows.

use super::policy::read_policy;
use super::session::write_status;
use super::state::{read_event, read_state, write_state};
use crate::data::{Fault, Fields, Path, Value};
use crate::event::Channel;
use crate::session::Policy;
use crate::session::book::{Book, MAX_WINDOWS, Told};
use crate::time::Instant;

/// `policies`: by what a book judges; absent, nothing is changed.
///
/// # Errors
/// Those of a policy; `conflicting-fields` where two are for the same channel.
pub fn judge_by(book: &mut Book, fields: &Fields<'_>) -> Result<(), Fault> {
    let read = |path: &Path<'_>, value: &Value| path.each(value, read_policy);
    let Some(policies) = fields.optional("policies", read)? else { return Ok(()) };
    let channel = |policy: &Policy| policy.fields().channel;
    for (place, policy) in policies.iter().enumerate() {
        if policies.iter().take(place).any(|earlier| channel(earlier) == channel(policy)) {
            let list = Path::Field(&Path::Root, "policies");
            return Err(Path::Index(&list, place).fault("conflicting-fields", "two policies for one channel"));
        }
    }
    book.judge_by(policies);
    Ok(())
}

/// `windows`: `[{ place, channel?, state?, events?, observedSinceAtMs? }]`, and `receivedAtMs`, which no event is dated later than;
/// required where there are events. All or, where one is wrong, none is recorded. Whether a time was over two minutes ahead.
///
/// # Errors
/// Those of `recordEvents`; `book-full` for a place beyond the last.
pub fn record(book: &mut Book, fields: &Fields<'_>) -> Result<bool, Fault> {
    let received_at = fields.optional_instant("receivedAtMs")?;
    let told = fields.required("windows", |path, value| {
        path.each(value, |path, value| read_told(path, value, received_at))
    })?;
    let mut is_suspect = false;
    for (place, told, suspect) in told {
        is_suspect |= suspect;
        // Its place was looked at where it was read.
        let _ = book.record(place, told);
    }
    Ok(is_suspect)
}

#[inline(never)]
fn read_told(
    path: &Path<'_>,
    value: &Value,
    received_at: Option<Instant>,
) -> Result<(usize, Told, bool), Fault> {
    let fields = Fields::open(path, value, &["place", "channel", "state", "events", "observedSinceAtMs"])?;
    let place = usize::try_from(fields.count("place")?).unwrap_or(usize::MAX);
    if place >= MAX_WINDOWS {
        return Err(path.fault("book-full", "a book holds at most 20 000 windows"));
    }
    let channel = fields.optional_name("channel", Channel::NAMES)?.unwrap_or(Channel::Whatsapp);
    let mut window = fields.optional("state", read_state)?.unwrap_or_default();
    let mut is_suspect = false;
    if let Some(events) = fields.optional("events", |path, value| path.each(value, read_event))? {
        let now = received_at
            .ok_or_else(|| Path::Field(&Path::Root, "receivedAtMs").fault("missing-field", "required"))?;
        is_suspect = events.iter().any(|event| event.is_suspect(now));
        window.add(events.into_iter().map(|event| event.received(now)));
    }
    let observed_since = fields.optional_instant("observedSinceAtMs")?;
    Ok((place, Told { channel, window, observed_since }, is_suspect))
}

/// How the windows at these places stand; nothing for a place without a window.
pub fn statuses(book: &Book, places: &[u32], now: Instant) -> Value {
    at_places(places, |place| book.status(place, now).map(|status| write_status(&status)))
}

/// What is known of the windows at these places; nothing for a place without a window.
pub fn states(book: &Book, places: &[u32]) -> Value {
    at_places(places, |place| book.window(place).map(write_state))
}

fn at_places(places: &[u32], write: impl Fn(usize) -> Option<Value>) -> Value {
    let written = |place: &u32| usize::try_from(*place).ok().and_then(&write).unwrap_or(Value::Null);
    places.iter().map(written).collect()
}
