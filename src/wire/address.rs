//! The contract of [`crate::address`], but for the numbering plans.

use crate::address::numbers::{self, Kind};
use crate::address::parse::{self, Address, Reason};
use crate::address::strict;
use crate::address::whatsapp::{self, Customer, Match, PhoneVerdict};
use crate::data::{Fault, Fields, Object, Path, Value};

/// `position` of the contract: UTF-16 units, as JavaScript counts.
pub(super) fn position(text: &str, byte: Option<usize>) -> Option<u32> {
    byte.and_then(|byte| u32::try_from(parse::utf16_offset(text, byte)).ok())
}

fn unknown(text: &str, reason: Reason, at: Option<usize>) -> Object {
    Object::of_kind("unknown").with("reason", reason.name()).with_some("position", position(text, at))
}

/// `parseAddress`: `{ text }` to `Address`.
///
/// # Errors
/// Those of the readers alone; a text that is no address is an answer.
pub fn parse_address(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["text"])?;
    let text = fields.text("text")?;
    let parsed = parse::parse(text);
    let object = match parsed.address {
        Address::Phone(phone) => Object::of_kind("phone").with("phone", phone),
        Address::PlusLost(digits) => {
            Object::of_kind("phone").with("phone", ["+", digits].concat()).with("problem", "plus-lost")
        }
        Address::Bsuid { id, parent } => Object::of_kind("bsuid").with("bsuid", id).with("parent", parent),
        Address::Group(group) => Object::of_kind("group").with("group", group),
        Address::Unknown { reason, position } => unknown(text, reason, position),
    };
    Ok(object.with_some("channel", parsed.channel.map(|channel| channel.name())).into())
}

/// `identifyCustomer`: `{ text }` to `WhatsappCustomer`.
///
/// # Errors
/// Those of the readers alone; an id that cannot be read is an answer.
pub fn identify_customer(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["text"])?;
    let text = fields.text("text")?;
    Ok(match whatsapp::identify(text) {
        Customer::Phone(phone) => phone_customer(&phone),
        Customer::Bsuid { id, parent } => Object::of_kind("bsuid").with("bsuid", id).with("parent", parent),
        Customer::Group(group) => Object::of_kind("group").with("group", group),
        Customer::Lid(lid) => Object::of_kind("lid").with("lid", lid),
        Customer::Unknown { reason, position } => unknown(text, reason, position),
    }
    .into())
}

fn phone_customer(phone: &str) -> Object {
    let (verdict, judgement) = whatsapp::judge(numbers::validity(), phone);
    let reason = match (&judgement, verdict) {
        (None, _) => Some("no-such-calling-code"),
        (Some(judgement), PhoneVerdict::Invalid) => Some(judgement.possible.name()),
        _ => None,
    };
    let judgement = judgement.as_ref();
    Object::of_kind("phone")
        .with("phone", phone)
        .with("verdict", verdict.name())
        .with_some("reason", reason)
        .with_some("region", judgement.and_then(|judgement| judgement.region_name()))
        .with_some("type", judgement.and_then(|judgement| judgement.kind).map(Kind::name))
        .with("canonical", &*whatsapp::canonical_phone(phone))
}

/// `sameCustomer`: `{ a, b }` to `SameCustomer`.
///
/// # Errors
/// Those of the readers alone.
pub fn same_customer(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["a", "b"])?;
    let (a, b) = (fields.text("a")?, fields.text("b")?);
    let (same, reason) = whatsapp::same_customer(a, b);
    let surely = (same == Match::No).then(|| whatsapp::surely_different(a, b));
    Ok(Object::of_kind(same.name()).with("reason", reason).with_some("surelyDifferent", surely).into())
}

/// `lookupCandidates`: `{ text }` to the ids under which to look a customer up.
///
/// # Errors
/// Those of the readers alone; what is no phone number has itself as its only candidate.
pub fn lookup_candidates(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["text"])?;
    let text = fields.text("text")?;
    Ok(match whatsapp::identify(text) {
        Customer::Phone(phone) => whatsapp::candidates(&phone).into_iter().collect(),
        _ => Value::List(vec![Value::from(text)]),
    })
}

/// `checkNumberText`: `{ text }` to `NumberText`.
///
/// # Errors
/// Those of the readers alone; a wrong text is an answer.
pub fn check_number_text(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["text"])?;
    let text = fields.text("text")?;
    let Err(wrong) = strict::check(text) else {
        return Ok(Object::of_kind("ok").with("number", text).into());
    };
    let character = wrong.position.and_then(|at| text.get(at..)?.chars().next()).map(String::from);
    Ok(Object::of_kind("wrong")
        .with("reason", wrong.reason.name())
        .with_some("position", position(text, wrong.position))
        .with_some("character", character)
        .with_some("repaired", wrong.repaired)
        .into())
}
