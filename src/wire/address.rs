//! The contract of [`crate::address`].

use super::{Fault, Fields, Object, Path, Value};
use crate::address::parse::{self, Address};

/// `position` of the contract: UTF-16 units, as JavaScript counts.
fn position(text: &str, byte: Option<usize>) -> Option<u32> {
    byte.and_then(|byte| u32::try_from(parse::utf16_offset(text, byte)).ok())
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
        Address::Bsuid { id, parent } => Object::of_kind("bsuid").with("bsuid", id).with("parent", parent),
        Address::Group(group) => Object::of_kind("group").with("group", group),
        Address::Unknown { reason, position: at } => {
            Object::of_kind("unknown").with("reason", reason.name()).with_some("position", position(text, at))
        }
    };
    Ok(object.with_some("channel", parsed.channel.map(|channel| channel.name())).into())
}
