//! A call with a tree of values in and out.

use super::input;
use crate::data::{Fault, Value};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

/// A function of the contract, called from JavaScript.
///
/// # Errors
/// `not-plain-data`, and those of the function, as an `Error` to throw.
pub fn plain(input: JsValue, function: fn(&Value) -> Result<Value, Fault>) -> Result<JsValue, JsValue> {
    let output = function(&read(input)?).map_err(|fault| thrown(&fault))?;
    write(&output)
}

/// Like [`plain`], for functions whose input or output holds secrets.
///
/// # Errors
/// As those of [`plain`].
pub fn secret(input: JsValue, function: fn(&Value) -> Result<Value, Fault>) -> Result<JsValue, JsValue> {
    let input = Wiped::read(input)?;
    let output = Wiped(function(&input.0).map_err(|fault| thrown(&fault))?);
    write(&output.0)
}

/// A tree that may hold secrets: overwritten when dropped.
pub(super) struct Wiped(pub(super) Value);

impl Wiped {
    pub(super) fn read(input: JsValue) -> Result<Self, JsValue> {
        read(input).map(Wiped)
    }
}

impl Drop for Wiped {
    fn drop(&mut self) {
        crate::wire::webhook::wipe(&mut self.0);
    }
}

fn read(input: JsValue) -> Result<Value, JsValue> {
    input::read(input).map_err(|refused| thrown(&Fault::new("not-plain-data", "", refused)))
}

pub(super) fn write(output: &Value) -> Result<JsValue, JsValue> {
    output
        .serialize(&Serializer::json_compatible())
        .map_err(|error| thrown(&Fault::new("not-plain-data", "", error.to_string())))
}

pub(super) fn thrown(fault: &Fault) -> JsValue {
    let error = js_sys::Error::new(&fault.to_string());
    error.set_name("ReplyWindowError");
    for (name, value) in [("code", fault.code), ("field", fault.field.as_str())] {
        // Setting a plain property on a fresh Error cannot fail; there is nobody to tell if it did.
        let _ = js_sys::Reflect::set(&error, &name.into(), &value.into());
    }
    error.into()
}

/// Asks the glue for a fresh instance before the next call; for after a trap, when this one's memory is suspect.
///
/// It touches no memory itself, so it works on an instance that has just trapped. What is lost is what can be
/// built again: template indexes, books of windows, and keys under an id.
#[wasm_bindgen]
pub fn revive() {
    wasm_bindgen::handler::schedule_reinit();
}

/// Does nothing, so that the glue starts the fresh instance: before a call that takes texts it would write them into the memory
/// of the old one first.
#[wasm_bindgen]
pub fn awake() {}
