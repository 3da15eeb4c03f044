//! The contract of the session rule.

use super::policy::read_policy;
use super::state::{read_event, read_state, told, write_state};
use crate::data::{Fault, Fields, Object, Path, Value};
use crate::event::{Channel, ToldBy};
use crate::session::{
    Alternative, Draft, Evidence, Holder, Ignored, Leaves, Marketing, NotOwner, Policy, Sender, Status,
    StatusKind, Thread, Unknown, Verdict, Warning, Window, judge as judge_draft, status as judge_window,
};
use crate::time::Instant;

/// `foldEvents`: `{ state?, events }` → the state that knows both.
///
/// Every event must belong to the same window (`windowKeys` says which); order and repetition do not matter.
///
/// # Errors
/// The first field that is wrong: `missing-field`, `wrong-type`, `unknown-field`, `unknown-name`, `bad-id`,
/// `no-time`, `unsupported-version`, or a time's own code.
pub fn fold_events(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["state", "events"])?;
    let mut window = fields.optional("state", read_state)?.unwrap_or_default();
    window.add(fields.required("events", |path, value| path.each(value, read_event))?);
    Ok(write_state(&window))
}

/// `recordEvents`: `{ state?, events?, told?, receivedAtMs }` → `{ state, clockSuspect? }`: the state that knows both, where nothing
/// is dated later than it was received.
///
/// `told` is what another tab knows: all of it gets the desktop's rank. `clockSuspect` where a time was over two minutes ahead.
///
/// # Errors
/// As [`fold_events`].
pub fn record_events(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["state", "events", "told", "receivedAtMs"])?;
    let now = fields.instant("receivedAtMs")?;
    let mut window = fields.optional("state", read_state)?.unwrap_or_default();
    let events = fields.optional("events", |path, value| path.each(value, read_event))?.unwrap_or_default();
    let suspect = events.iter().any(|entry| entry.is_suspect(now));
    window.add(events.into_iter().map(|entry| entry.received(now)));
    if let Some(told) = fields.optional("told", read_state)? {
        window = window.merge(told.told(now));
    }
    let state = write_state(&window);
    Ok(Object::new().with("state", state).with_some("clockSuspect", suspect.then_some(true)).into())
}

/// `mergeStates`: `{ states }` → the state that knows everything that one of them knows.
///
/// # Errors
/// As [`fold_events`].
pub fn merge_states(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["states"])?;
    let states = fields.required("states", |path, value| path.each(value, read_state))?;
    Ok(write_state(&Window::merge_all(states)))
}

/// `compactState`: `{ state }` → the state as it may be stored; see [`Window::compact`] for what is forgotten.
///
/// # Errors
/// As [`fold_events`].
pub fn compact_state(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["state"])?;
    Ok(write_state(&fields.required("state", read_state)?.compact()))
}

/// `windowStatus`: `{ state, policy? | channel?, nowAtMs, observedSinceAtMs? }` → the status.
///
/// # Errors
/// As [`fold_events`]; `missing-field` without policy and channel, `conflicting-fields` where they name two
/// channels, `bad-policy` where the policy makes no sense.
pub fn window_status(input: &Value) -> Result<Value, Fault> {
    let known = ["state", "policy", "channel", "nowAtMs", "observedSinceAtMs"];
    let fields = Fields::open(&Path::Root, input, &known)?;
    let question = Question::read(&fields)?;
    let window = fields.required("state", read_state)?;
    Ok(write_status(&question.status(&window)))
}

/// `windowStatuses`: `{ states | windows, policy? | channel?, nowAtMs }` → `{ statuses }`, in the same order. Each of
/// `windows` is `{ state, observedSinceAtMs? }`.
///
/// # Errors
/// As [`window_status`]; `conflicting-fields` for both lists.
pub fn window_statuses(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["states", "windows", "policy", "channel", "nowAtMs"])?;
    let mut question = Question::read(&fields)?;
    if fields.get("windows").is_some() && fields.get("states").is_some() {
        return Err(fields.fault_at("states", "conflicting-fields", "either states or windows"));
    }
    // One state at a time: a list of ten thousand is not held twice.
    let statuses = if fields.get("windows").is_some() {
        fields.required("windows", |path, value| {
            path.each(value, |path, value| {
                let fields = Fields::open(path, value, &["state", "observedSinceAtMs"])?;
                question.observed_since = fields.optional_instant("observedSinceAtMs")?;
                Ok(write_status(&question.status(&fields.required("state", read_state)?)))
            })
        })?
    } else {
        fields.required("states", |path, value| {
            path.each(value, |path, value| Ok(write_status(&question.status(&read_state(path, value)?))))
        })?
    };
    Ok(Object::new().with("statuses", Value::List(statuses)).into())
}

/// `judge`: `{ state, told?, policy? | channel?, nowAtMs, observedSinceAtMs?, draft, unknown?, tags?, owner?, directSend?,
/// serviceMessagesThisMonth?, confirmed?, ruling? }` → `{ status, verdict, overruled? }`. `told`: what other tabs know; it counts unless `state` alone is
/// closed. `confirmed` may be any text: only the verdict's own reason counts.
/// `ruling`: `{ leaves, status? }`, what a server said of this message; `overruled` says that it is stricter.
///
/// # Errors
/// As [`window_status`].
pub fn judge(input: &Value) -> Result<Value, Fault> {
    let known = [
        "state",
        "told",
        "policy",
        "channel",
        "nowAtMs",
        "observedSinceAtMs",
        "draft",
        "unknown",
        "tags",
        "owner",
        "directSend",
        "serviceMessagesThisMonth",
        "confirmed",
        "ruling",
    ];
    let fields = Fields::open(&Path::Root, input, &known)?;
    let question = Question::read(&fields)?;
    let mut window = fields.required("state", read_state)?;
    if let Some(told) = fields.optional("told", read_state)? {
        window = window.with_told(told, &question.policy, question.now, question.observed_since);
    }
    let path = Path::Field(&Path::Root, "draft");
    let draft = fields.required("draft", |_, value| Ok(value))?;
    let draft = read_draft(&path, draft)?;
    let tags = fields.optional("tags", |path, value| path.each(value, |path, value| path.text(value)))?;
    let sender = Sender {
        tags: tags.as_deref().unwrap_or_default(),
        unknown: fields.optional_name("unknown", Unknown::NAMES)?.unwrap_or_default(),
        owner: fields.optional_name("owner", NotOwner::NAMES)?.unwrap_or_default(),
        direct_send: fields.optional("directSend", |path, value| path.truth(value))?.unwrap_or_default(),
        service_messages: fields.optional_count("serviceMessagesThisMonth")?,
        confirmed: fields.optional_text("confirmed")?,
    };
    let status = question.status(&window);
    let verdict = judge_draft(&status, &question.policy, question.now, draft, sender);
    let overruled =
        fields.optional("ruling", |path, value| overruled(path, value, verdict.leaves))?.flatten();
    Ok(Object::new()
        .with("status", write_status(&status))
        .with("verdict", write_verdict(verdict))
        .with_some("overruled", overruled)
        .into())
}

/// Whether a server's word on the message is stricter than ours, and whether its word on the window is one that is known here,
/// too. A word of another version's is no reason to stop anything.
fn overruled(path: &Path<'_>, value: &Value, own: Leaves) -> Result<Option<&'static str>, Fault> {
    let fields = Fields::open(path, value, &["leaves", "status"])?;
    let is_stricter =
        Leaves::from_name(fields.text("leaves")?).is_some_and(|other| other.is_stricter_than(own));
    let is_known = fields.optional_text("status")?.and_then(StatusKind::from_name).is_some();
    Ok(is_stricter.then_some(if is_known { "whole" } else { "verdict" }))
}

/// What is asked of a window: by which policy, and when.
pub(super) struct Question {
    policy: Policy,
    now: Instant,
    observed_since: Option<Instant>,
}

impl Question {
    pub(super) fn read(fields: &Fields<'_>) -> Result<Self, Fault> {
        let channel = fields.optional_name("channel", Channel::NAMES)?;
        let policy = match (fields.optional("policy", read_policy)?, channel) {
            (Some(policy), Some(channel)) if policy.fields().channel != channel => {
                return Err(Fault::new("conflicting-fields", "channel", "the policy is for another channel"));
            }
            (Some(policy), _) => policy,
            (None, Some(channel)) => Policy::of(channel),
            (None, None) => {
                return Err(Fault::new("missing-field", "channel", "a channel or a policy is required"));
            }
        };
        let now = fields.instant("nowAtMs")?;
        let observed_since = fields.optional_instant("observedSinceAtMs")?;
        Ok(Question { policy, now, observed_since })
    }

    pub(super) fn status<'w>(&self, window: &'w Window) -> Status<'w> {
        judge_window(window, &self.policy, self.now, self.observed_since)
    }
}

fn read_draft<'v>(path: &'v Path<'v>, value: &'v Value) -> Result<Draft<'v>, Fault> {
    let fields = Fields::open(path, value, &["kind", "tag", "category"])?;
    let plain = match fields.text("kind")? {
        "tagged" => {
            Fields::open(path, value, &["kind", "tag"])?;
            return fields.text("tag").map(Draft::Tagged);
        }
        "direct-send" => {
            Fields::open(path, value, &["kind", "category"])?;
            // Stated each time: whoever sends it says that it is a utility message.
            return match fields.text("category")? {
                "utility" => Ok(Draft::DirectSend),
                _ => {
                    Err(Path::Field(path, "category").fault("unknown-name", "only utility goes out directly"))
                }
            };
        }
        "text" => Draft::Text,
        "template" => Draft::Template,
        _ => {
            let kinds = ["text", "template", "tagged", "direct-send"];
            return Err(Path::Field(path, "kind").unknown_name(&|place| kinds.get(place).copied()));
        }
    };
    // What belongs to another draft would be dropped in silence.
    Fields::open(path, value, &["kind"]).map(|_| plain)
}

fn write_evidence(evidence: Evidence<'_>) -> Object {
    Object::of_kind(evidence.kind.name()).with("id", evidence.id).with("atMs", evidence.at)
}

fn write_ignored(ignored: &Ignored<'_>) -> Object {
    write_evidence(ignored.evidence).with("why", ignored.why.name())
}

pub(super) fn write_status(status: &Status<'_>) -> Value {
    let decided_by = status.decided_by.map(|evidence| {
        write_evidence(evidence).with("log", evidence.log.name()).with("clock", evidence.clock.name())
    });
    Object::of_kind(status.kind.name())
        .with("reason", status.reason.name())
        .with("isOpen", status.is_open)
        .with_some("lastSafeSendAtMs", status.last_safe_at)
        .with_some("owner", write_thread(status.thread))
        .with_some("marketing", status.marketing.map(write_marketing))
        .with_some("openedAtMs", status.opened_at)
        .with_some("closesAtMs", status.closes_at)
        .with_some("nextChangeAtMs", status.next_change_at)
        .with_some("decidedBy", decided_by)
        .with("ignored", status.ignored.iter().map(write_ignored).collect::<Value>())
        .with_some("messagesLeft", status.messages_left)
        .with_some("clockSuspect", status.clock_suspect.then_some(true))
        .into()
}

fn write_thread(thread: Thread) -> Option<Object> {
    let (kind, role) = match thread.holder {
        Holder::Unknown => return None,
        Holder::Us => ("us", None),
        Holder::Other(role) => ("other", told(role)),
        Holder::Idle => ("idle", None),
    };
    Some(Object::of_kind(kind).with_some("role", role).with_some("toldAtMs", thread.told_at))
}

fn write_marketing(marketing: Marketing) -> Object {
    Object::of_kind(if marketing.is_stopped { "stopped" } else { "resumed" })
        .with("toldAtMs", marketing.told_at)
        .with_some("toldBy", marketing.told_by.map(ToldBy::name))
}

fn write_verdict(verdict: Verdict<'_>) -> Object {
    let alternatives = verdict.alternatives.iter().copied().map(Alternative::name);
    let warnings: Value = verdict.warnings.iter().copied().map(Warning::name).collect();
    Object::of_kind(verdict.kind.name())
        .with("reason", verdict.reason.name())
        .with("leaves", verdict.leaves.name())
        .with("locksComposer", verdict.locks_composer)
        .with("alternatives", alternatives.collect::<Value>())
        .with_some("warnings", Some(warnings).filter(|_| !verdict.warnings.is_empty()))
        .with_some("freeServiceMessagesLeft", verdict.free_service_messages_left)
        .with_some("tag", verdict.tag)
        .with_some("validUntilAtMs", verdict.valid_until)
}
