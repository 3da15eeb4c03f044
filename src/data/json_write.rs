//! Trees as JSON texts, for what crosses the boundary in one text.

use super::Value;
use std::fmt::Write;

/// Writes a tree of the contract as JSON. Its numbers are times, spans, counts: whole ones, which a float holds exactly. Bytes have no
/// place in one, and become nothing.
///
/// ```
/// use reply_window::data::{json, write_json};
/// let mut text = String::new();
/// write_json(&json(r#" { "id": "a\"b", "at": [1, null, true] } "#).expect("JSON"), &mut text);
/// assert_eq!(text, r#"{"id":"a\"b","at":[1,null,true]}"#);
/// ```
pub fn write_json(value: &Value, text: &mut String) {
    match value {
        Value::Null | Value::Bytes(_) => text.push_str("null"),
        Value::Bool(truth) => text.push_str(if *truth { "true" } else { "false" }),
        Value::Number(number) => {
            // Writing to a text cannot fail.
            let _ = write!(text, "{}", *number as i64);
        }
        Value::Text(letters) => write_text(letters, text),
        Value::List(items) => {
            for (place, item) in items.iter().enumerate() {
                text.push(if place == 0 { '[' } else { ',' });
                write_json(item, text);
            }
            text.push_str(if items.is_empty() { "[]" } else { "]" });
        }
        Value::Map(fields) => {
            for (place, (name, field)) in fields.iter().enumerate() {
                text.push(if place == 0 { '{' } else { ',' });
                write_text(name, text);
                text.push(':');
                write_json(field, text);
            }
            text.push_str(if fields.is_empty() { "{}" } else { "}" });
        }
    }
}

fn write_text(letters: &str, text: &mut String) {
    text.push('"');
    if letters.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
        text.push_str(letters);
    } else {
        for letter in letters.chars() {
            match letter {
                '"' | '\\' => text.extend(['\\', letter]),
                '\0'..' ' => {
                    let _ = write!(text, "\\u{:04x}", u32::from(letter));
                }
                _ => text.push(letter),
            }
        }
    }
    text.push('"');
}
