//! The boundary: one free function for each function of the contract, no rules.
//!
//! Five modules are built from it: `core` for the page, `content` for whoever reads the providers' templates,
//! `webhooks` for the receiver, `numbers` for whoever reads telephone numbers, `setup` for the set-up form.
//! Each function takes one plain-data object and returns plain data, or throws an `Error` with `name`, `code` and `field`.

use crate::data::{Fault, Value};
use crate::wasm_input;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

/// The contract types, so that the glue's own declarations carry them.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("wire/types.d.ts");

pub(crate) fn thrown(fault: &Fault) -> JsValue {
    let error = js_sys::Error::new(&fault.to_string());
    error.set_name("ReplyWindowError");
    for (name, value) in [("code", fault.code), ("field", fault.field.as_str())] {
        // Setting a plain property on a fresh Error cannot fail; there is nobody to tell if it did.
        let _ = js_sys::Reflect::set(&error, &name.into(), &value.into());
    }
    error.into()
}

fn plain(input: JsValue, function: fn(&Value) -> Result<Value, Fault>) -> Result<JsValue, JsValue> {
    let output = function(&wasm_input::read(input)?).map_err(|fault| thrown(&fault))?;
    write(&output)
}

pub(crate) fn write(output: &Value) -> Result<JsValue, JsValue> {
    output
        .serialize(&Serializer::json_compatible())
        .map_err(|error| thrown(&Fault::new("not-plain-data", "", error.to_string())))
}

/// A tree that may hold secrets: overwritten when dropped.
pub(crate) struct Wiped(pub(crate) Value);

impl Wiped {
    pub(crate) fn read(input: JsValue) -> Result<Self, JsValue> {
        wasm_input::read(input).map(Wiped)
    }
}

impl Drop for Wiped {
    fn drop(&mut self) {
        crate::wire::webhook::wipe(&mut self.0);
    }
}

/// Like [`plain`], for functions whose input or output holds secrets.
fn secret(input: JsValue, function: fn(&Value) -> Result<Value, Fault>) -> Result<JsValue, JsValue> {
    let input = Wiped::read(input)?;
    let output = Wiped(function(&input.0).map_err(|fault| thrown(&fault))?);
    write(&output.0)
}

macro_rules! exports {
    ($($kind:ident { $($name:ident => $function:path,)* })*) => {$($(
        #[doc = concat!("`", stringify!($name), "` of the contract.")]
        #[wasm_bindgen]
        #[allow(non_snake_case, reason = "the contract's names are JavaScript's")]
        pub fn $name(input: JsValue) -> Result<JsValue, JsValue> {
            $kind(input, $function)
        }
    )*)*};
}

#[cfg(feature = "core")]
crate::wire::core!(exports);
#[cfg(feature = "content")]
crate::wire::content!(exports);
#[cfg(feature = "webhooks")]
crate::wire::webhooks!(exports);
#[cfg(feature = "customers")]
crate::wire::customers!(exports);
#[cfg(feature = "setup")]
crate::wire::setup!(exports);

/// Asks the glue for a fresh instance before the next call; for after a trap, when this one's memory is suspect.
///
/// It touches no memory itself, so it works on an instance that has just trapped. What is lost is what can be
/// built again: template indexes.
#[wasm_bindgen]
pub fn revive() {
    wasm_bindgen::handler::schedule_reinit();
}

// The few functions that keep something between calls, under an id.
#[cfg(feature = "core")]
exports! {
    plain {
        buildTemplateIndex => crate::wasm_index::build,
        searchTemplates => crate::wasm_index::search,
        dropTemplateIndex => crate::wasm_index::drop_index,
    }
}
