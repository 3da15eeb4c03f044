//! What an outage of the receiver loses: how long Twilio tries again, and whether a fallback URL catches what it gives up.
//!
//! Sources: <https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides> (the fragment's properties, their
//! limits and what holds without them), <https://www.twilio.com/docs/api/errors/11243> (`rp` that is no retry policy),
//! <https://www.twilio.com/docs/usage/security/availability-reliability> (the fallback URL is asked at once where the
//! webhook has failed). A Webhook Rule of the account goes before the fragment; it is not known here.

use super::character_scan::find;
use super::finding::{
    OUTAGE_FALLBACK, OUTAGE_NO_FALLBACK, OUTAGE_OVERRIDE, OUTAGE_SAME_HOST, OUTAGE_UNUSABLE, Rule,
};
use super::url::{OVERRIDES, Parts, reached};

/// After what Twilio tries again (`rp`): no connection, no answer in time, an answer of 4xx, one of 5xx.
const CAUSES: [&str; 4] = ["ct", "rt", "4xx", "5xx"];

/// What is a number, with its limits; times are milliseconds.
const LIMITS: &[(&str, u32, u32)] =
    &[("ct", 100, 10_000), ("rt", 100, 15_000), ("tt", 100, 15_000), ("rc", 0, 5)];

/// How Twilio tries again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retries {
    /// Tries after the first, at most.
    pub most: u32,
    /// Which of [`CAUSES`].
    after: [bool; 4],
    /// Milliseconds from the first try until Twilio gives up, at most.
    pub within_ms: u32,
}

impl Retries {
    /// After what: `ct`, `rt`, `4xx`, `5xx`. Nothing without tries.
    pub fn causes(&self) -> impl Iterator<Item = &'static str> {
        CAUSES
            .into_iter()
            .zip(self.after)
            .filter(|(_, is_one)| *is_one && self.most > 0)
            .map(|(cause, _)| cause)
    }
}

/// What becomes of messages while the receiver is down.
#[derive(Debug, PartialEq, Eq)]
pub struct Outage {
    /// What an outage of an hour loses.
    pub rule: &'static Rule,
    /// Nothing where the fragment says what Twilio does not document.
    pub retries: Option<Retries>,
}

/// What an outage of an hour loses, by a sender's callback URL, as Twilio has it, and its fallback URL.
///
/// ```
/// use reply_window::account::check_outage;
/// let outage = check_outage("https://hooks.example.com/in#rc=5&rp=all", "");
/// assert_eq!(outage.rule.code, "outage-no-fallback");
/// assert_eq!(outage.retries.map(|retries| retries.most), Some(5));
/// ```
#[must_use]
pub fn check_outage(url: &str, fallback_url: &str) -> Outage {
    let fragment = find(url, b'#').and_then(|at| url.get(at.saturating_add(1)..)).unwrap_or_default();
    let retries = retries(fragment);
    let rule = if retries.is_some() { caught(url, fallback_url.trim()) } else { &OUTAGE_OVERRIDE };
    Outage { rule, retries }
}

fn caught(url: &str, fallback_url: &str) -> &'static Rule {
    if fallback_url.is_empty() {
        return &OUTAGE_NO_FALLBACK;
    }
    let Some(host) = reached(fallback_url) else { return &OUTAGE_UNUSABLE };
    let own = Parts::cut(url).map(|parts| parts.host()).unwrap_or_default();
    if rooted(host).eq_ignore_ascii_case(rooted(own)) { &OUTAGE_SAME_HOST } else { &OUTAGE_FALLBACK }
}

/// A host without the dot of the root.
fn rooted(host: &str) -> &str {
    host.strip_suffix('.').unwrap_or(host)
}

/// Without overrides: one try more, where no connection came about, and 15 s in all. Nothing for what is not documented.
fn retries(fragment: &str) -> Option<Retries> {
    let mut told = Retries { most: 1, after: [true, false, false, false], within_ms: 15_000 };
    if fragment.is_empty() {
        return Some(told);
    }
    let mut seen = [false; OVERRIDES.len()];
    for pair in fragment.split('&') {
        let at = find(pair, b'=')?;
        let (name, value) = (pair.get(..at)?, pair.get(at.saturating_add(1)..)?);
        let place = seen.get_mut(OVERRIDES.iter().position(|known| *known == name)?)?;
        if core::mem::replace(place, true) {
            return None;
        }
        match (name, limited(name, value)) {
            ("rp", _) => told.after = policy(value)?,
            ("rc", number) => told.most = number?,
            ("tt", number) => told.within_ms = number?,
            ("ct" | "rt", None) => return None,
            _ => {}
        }
    }
    Some(told)
}

/// A number in the limits of its property.
fn limited(name: &str, value: &str) -> Option<u32> {
    let (_, least, most) = LIMITS.iter().find(|(known, ..)| *known == name)?;
    let plain = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    let number = value.bytes().fold(0_u32, |sum, b| sum.saturating_mul(10).saturating_add(u32::from(b & 15)));
    (plain && (*least..=*most).contains(&number)).then_some(number)
}

/// `rp`: one or several of [`CAUSES`], or `all`.
fn policy(value: &str) -> Option<[bool; 4]> {
    let mut after = [false; 4];
    for one in value.split(',') {
        if one == "all" {
            after = [true; 4];
        } else {
            *after.get_mut(CAUSES.iter().position(|cause| *cause == one)?)? = true;
        }
    }
    Some(after)
}
