//! The way in: a JavaScript value as serde sees it.
//!
//! serde-wasm-bindgen does the way out. Its way in weighs more: where it refuses a value it prints it, and so brings along
//! how fractions are written. Measured, KB brotli, with this file and with `from_value` in
//! its place: `page.wasm` 44.4 and 56.5, `signatures.wasm` 28.8 and 41.4.

use crate::data::Value;
use core::fmt;
use js_sys::{Array, ArrayBuffer, Map, Object, Symbol, Uint8Array};
use serde::de::{DeserializeSeed, Deserializer, Error, Expected, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};
use wasm_bindgen::{JsCast, JsValue};

/// The tree of a value, or why it is no plain data.
pub(super) fn read(input: JsValue) -> Result<Value, String> {
    Value::deserialize(Input(input)).map_err(|refused| refused.0)
}

/// Why a value is no plain data.
#[derive(Debug)]
struct Refused(String);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

impl Error for Refused {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Refused(message.to_string())
    }
    // What was met is not named: serde would print it.
    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Refused("expected plain data".to_owned())
    }
    fn invalid_value(met: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(met, expected)
    }
}

struct Input(JsValue);

impl Input {
    fn bytes(&self) -> Option<Vec<u8>> {
        let buffer = || self.0.dyn_ref::<ArrayBuffer>().map(|buffer| Uint8Array::new(buffer));
        self.0.dyn_ref::<Uint8Array>().cloned().or_else(buffer).map(|bytes| bytes.to_vec())
    }

    /// Pairs of name and value. Of what can be iterated over only a `Map` has them.
    fn entries(&self) -> Option<Array> {
        if self.0.is_instance_of::<Map>() {
            return Some(Array::from(&self.0));
        }
        let plain = self.0.is_object() && !Symbol::iterator().js_in(&self.0);
        plain.then(|| Object::entries(self.0.unchecked_ref()))
    }
}

impl<'de> Deserializer<'de> for Input {
    type Error = Refused;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        if self.0.loose_eq(&JsValue::NULL) {
            visitor.visit_unit()
        } else if let Some(truth) = self.0.as_bool() {
            visitor.visit_bool(truth)
        } else if let Some(number) = self.0.as_f64() {
            visitor.visit_f64(number)
        } else if let Some(text) = self.0.as_string() {
            visitor.visit_string(text)
        } else if let Some(items) = self.0.dyn_ref::<Array>() {
            visitor.visit_seq(Items { items, at: 0 })
        } else if let Some(bytes) = self.bytes() {
            visitor.visit_byte_buf(bytes)
        } else if self.0.is_bigint() {
            match i64::try_from(self.0).map_err(u64::try_from) {
                Ok(number) => visitor.visit_i64(number),
                Err(Ok(number)) => visitor.visit_u64(number),
                Err(Err(_)) => Err(Refused("an integer is too large".to_owned())),
            }
        } else if let Some(entries) = self.entries() {
            visitor.visit_map(Pairs { items: Items { items: &entries, at: 0 }, value: JsValue::UNDEFINED })
        } else {
            Err(Error::invalid_type(Unexpected::Unit, &visitor))
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct Items<'a> {
    items: &'a Array,
    at: u32,
}

impl Iterator for Items<'_> {
    type Item = JsValue;
    fn next(&mut self) -> Option<JsValue> {
        let at = self.at;
        self.at = at.saturating_add(1);
        // Asked anew each time: an accessor further up might have shortened it.
        (at < self.items.length()).then(|| self.items.get(at))
    }
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Refused;
    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Refused> {
        self.next().map(|item| seed.deserialize(Input(item))).transpose()
    }
}

struct Pairs<'a> {
    items: Items<'a>,
    /// The value of the name that was read last.
    value: JsValue,
}

impl<'de> MapAccess<'de> for Pairs<'_> {
    type Error = Refused;
    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Refused> {
        let Some(pair) = self.items.next() else { return Ok(None) };
        let pair = pair.unchecked_into::<Array>();
        self.value = pair.get(1);
        seed.deserialize(Input(pair.get(0))).map(Some)
    }
    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Refused> {
        seed.deserialize(Input(core::mem::replace(&mut self.value, JsValue::UNDEFINED)))
    }
}
