//! The boundary: one free function for each function of the contract, no rules.
//!
//! Each takes one plain-data object and returns plain data, or throws an `Error` with `name`, `code` and `field`.

use crate::wire::{Fault, Value};
use serde::{Deserialize, Serialize};
use serde_wasm_bindgen::{Deserializer, Serializer};
use wasm_bindgen::prelude::*;

/// The contract types, so that the glue's own declarations carry them.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("wire/types.d.ts");

fn thrown(fault: &Fault) -> JsValue {
    let error = js_sys::Error::new(&fault.to_string());
    error.set_name("ReplyWindowError");
    for (name, value) in [("code", fault.code), ("field", fault.field.as_str())] {
        // Setting a plain property on a fresh Error cannot fail; there is nobody to tell if it did.
        let _ = js_sys::Reflect::set(&error, &name.into(), &value.into());
    }
    error.into()
}

fn call(input: JsValue, function: fn(&Value) -> Result<Value, Fault>) -> Result<JsValue, JsValue> {
    let input = Value::deserialize(Deserializer::from(input))
        .map_err(|error| thrown(&Fault::new("not-plain-data", "", error.to_string())))?;
    let output = function(&input).map_err(|fault| thrown(&fault))?;
    output
        .serialize(&Serializer::json_compatible())
        .map_err(|error| thrown(&Fault::new("not-plain-data", "", error.to_string())))
}

macro_rules! exports {
    ($($js_name:ident => $function:path),* $(,)?) => {$(
        #[doc = concat!("`", stringify!($js_name), "` of the contract.")]
        #[wasm_bindgen(js_name = $js_name)]
        #[allow(non_snake_case, reason = "the macro makes the Rust name from the JavaScript one")]
        pub fn $js_name(input: JsValue) -> Result<JsValue, JsValue> {
            call(input, $function)
        }
    )*};
}

exports! {
    parseAddress => crate::wire::address::parse_address,
    identifyCustomer => crate::wire::address::identify_customer,
    sameCustomer => crate::wire::address::same_customer,
    lookupCandidates => crate::wire::address::lookup_candidates,
    checkNumberText => crate::wire::address::check_number_text,
    parseNumber => crate::wire::numbers::parse_number,
    formatNumber => crate::wire::numbers::format_number,
    asYouType => crate::wire::numbers::as_you_type,
}
