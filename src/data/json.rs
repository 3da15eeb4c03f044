//! A small reader for the JSON texts that webhooks are, or that stand in a form's parameters. A whole number that a float
//! does not hold, such as a template's id of nineteen digits, becomes a text of its digits.
//!
//! With `serde_json` the modules `server` and `webhooks` have 8.7 KB more (brotli), and a text in which a lone surrogate is
//! escaped, as when a message was cut in the middle of an emoji, is refused as a whole.

use super::decimal::decimal;
use super::foreign::whole;
use super::value::{Name, Value};
use std::borrow::Cow;

/// Deeper texts are refused, so that none exhausts the stack.
const MAX_DEPTH: u32 = 32;

/// Reads a JSON text (RFC 8259); nothing if it is none, or nested deeper than 32 levels.
///
/// ```
/// use reply_window::data::json;
/// let value = json(r#"[{"Sid": "ME1", "Size": 84511}]"#).expect("JSON");
/// assert_eq!(value.items()[0].text("Sid"), Some("ME1"));
/// assert!(json("[1,]").is_none());
/// ```
#[must_use]
pub fn json(text: &str) -> Option<Value> {
    let mut reader = Reader { rest: text };
    let value = reader.value(MAX_DEPTH)?;
    reader.space();
    reader.rest.is_empty().then_some(value)
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    /// Takes the token if it is next, white space aside.
    fn take(&mut self, token: &str) -> bool {
        self.space();
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn value(&mut self, depth: u32) -> Option<Value> {
        let below = depth.checked_sub(1)?;
        if self.take("\"") {
            return self.text().map(|text| Value::Text(text.into_owned()));
        }
        if self.take("[") {
            return self.list(below);
        }
        if self.take("{") {
            return self.map(below);
        }
        for (word, value) in
            [("null", Value::Null), ("true", Value::Bool(true)), ("false", Value::Bool(false))]
        {
            if self.take(word) {
                return Some(value);
            }
        }
        self.number()
    }

    fn list(&mut self, depth: u32) -> Option<Value> {
        let mut items = Vec::new();
        if self.take("]") {
            return Some(Value::List(items));
        }
        loop {
            items.push(self.value(depth)?);
            if self.take("]") {
                return Some(Value::List(items));
            }
            self.take(",").then_some(())?;
        }
    }

    fn map(&mut self, depth: u32) -> Option<Value> {
        let mut fields = Vec::new();
        if self.take("}") {
            return Some(Value::Map(fields));
        }
        loop {
            self.take("\"").then_some(())?;
            let name = self.text()?;
            self.take(":").then_some(())?;
            fields.push((Name::Owned(name.into_owned()), self.value(depth)?));
            if self.take("}") {
                return Some(Value::Map(fields));
            }
            self.take(",").then_some(())?;
        }
    }

    fn number(&mut self) -> Option<Value> {
        let end = self.rest.find(|c: char| !matches!(c, '0'..='9' | '-' | '+' | '.' | 'e' | 'E'));
        let (digits, rest) = self.rest.split_at_checked(end.unwrap_or(self.rest.len()))?;
        self.rest = rest;
        let number = decimal(digits)?;
        // An id may have more digits than a float holds: then it stays what it is.
        let is_whole = digits.bytes().all(|byte| byte.is_ascii_digit());
        Some(if is_whole && whole(number).is_none() {
            Value::Text(digits.to_owned())
        } else {
            Value::Number(number)
        })
    }

    /// The rest of a string behind its opening quote.
    fn text(&mut self) -> Option<Cow<'a, str>> {
        let mut text = Cow::Borrowed("");
        loop {
            let end = self.rest.find(|c: char| c == '"' || c == '\\' || c < ' ')?;
            let (plain, rest) = self.rest.split_at_checked(end)?;
            if text.is_empty() {
                text = Cow::Borrowed(plain);
            } else {
                text.to_mut().push_str(plain);
            }
            if let Some(rest) = rest.strip_prefix('"') {
                self.rest = rest;
                return Some(text);
            }
            self.rest = rest.strip_prefix('\\')?;
            text.to_mut().push(self.escape()?);
        }
    }

    fn escape(&mut self) -> Option<char> {
        let mut letters = self.rest.chars();
        let letter = letters.next()?;
        self.rest = letters.as_str();
        Some(match letter {
            '"' | '\\' | '/' => letter,
            'b' => '\u{8}',
            'f' => '\u{C}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => self.unit_or_pair()?,
            _ => return None,
        })
    }

    /// A code unit, or two that are a surrogate pair; a lone surrogate becomes U+FFFD.
    fn unit_or_pair(&mut self) -> Option<char> {
        let first = self.unit()?;
        let after = self.rest;
        if (0xD800..0xDC00).contains(&first)
            && let Some(rest) = self.rest.strip_prefix("\\u")
        {
            self.rest = rest;
            let pair = [first, self.unit()?];
            if let Some(Ok(character)) = char::decode_utf16(pair).next() {
                return Some(character);
            }
            self.rest = after;
        }
        Some(char::from_u32(u32::from(first)).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn unit(&mut self) -> Option<u16> {
        let (digits, rest) = self.rest.split_at_checked(4)?;
        self.rest = rest;
        // `from_str_radix` would take a sign.
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        u16::from_str_radix(digits, 16).ok()
    }
}
