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
    let mut reader = Reader { text, at: 0 };
    let first = reader.next()?;
    let value = reader.value(first, MAX_DEPTH)?;
    reader.next().is_none().then_some(value)
}

/// A text, and how many bytes of it were read.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let byte = self.text.as_bytes().get(self.at).copied();
        self.at = self.at.wrapping_add(1);
        byte
    }

    /// The next byte that is no white space.
    fn next(&mut self) -> Option<u8> {
        loop {
            match self.byte()? {
                b' ' | b'\t' | b'\n' | b'\r' => {}
                byte => return Some(byte),
            }
        }
    }

    /// The value that begins with this byte.
    fn value(&mut self, first: u8, depth: u32) -> Option<Value> {
        let below = depth.checked_sub(1)?;
        match first {
            b'"' => self.string().map(|text| Value::Text(text.into_owned())),
            b'[' => self.list(below),
            b'{' => self.map(below),
            b'n' => self.word("ull", Value::Null),
            b't' => self.word("rue", Value::Bool(true)),
            b'f' => self.word("alse", Value::Bool(false)),
            _ => self.number(),
        }
    }

    fn word(&mut self, rest: &str, value: Value) -> Option<Value> {
        rest.bytes().all(|byte| self.byte() == Some(byte)).then_some(value)
    }

    fn list(&mut self, depth: u32) -> Option<Value> {
        let mut items = Vec::new();
        let mut next = self.next()?;
        if next == b']' {
            return Some(Value::List(items));
        }
        loop {
            items.push(self.value(next, depth)?);
            match self.next()? {
                b']' => return Some(Value::List(items)),
                b',' => next = self.next()?,
                _ => return None,
            }
        }
    }

    fn map(&mut self, depth: u32) -> Option<Value> {
        let mut fields = Vec::new();
        let mut next = self.next()?;
        if next == b'}' {
            return Some(Value::Map(fields));
        }
        loop {
            let name = (next == b'"').then(|| self.string())??;
            (self.next()? == b':').then_some(())?;
            let first = self.next()?;
            fields.push((Name::Owned(name.into_owned()), self.value(first, depth)?));
            match self.next()? {
                b'}' => return Some(Value::Map(fields)),
                b',' => next = self.next()?,
                _ => return None,
            }
        }
    }

    /// A number whose first byte was read.
    fn number(&mut self) -> Option<Value> {
        let start = self.at.checked_sub(1)?;
        while let Some(b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E') = self.text.as_bytes().get(self.at) {
            self.at = self.at.wrapping_add(1);
        }
        let digits = self.text.get(start..self.at)?;
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
    fn string(&mut self) -> Option<Cow<'a, str>> {
        let mut text = Cow::Borrowed("");
        loop {
            let start = self.at;
            let end = loop {
                match self.byte()? {
                    end @ (b'"' | b'\\') => break end,
                    ..b' ' => return None,
                    _ => {}
                }
            };
            let plain = self.text.get(start..self.at.checked_sub(1)?)?;
            if text.is_empty() {
                text = Cow::Borrowed(plain);
            } else {
                text.to_mut().push_str(plain);
            }
            if end == b'"' {
                return Some(text);
            }
            text.to_mut().push(self.escape()?);
        }
    }

    fn escape(&mut self) -> Option<char> {
        Some(match self.byte()? {
            letter @ (b'"' | b'\\' | b'/') => char::from(letter),
            b'b' => '\u{8}',
            b'f' => '\u{C}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => self.unit_or_pair()?,
            _ => return None,
        })
    }

    /// A code unit, or two that are a surrogate pair; a lone surrogate becomes U+FFFD.
    fn unit_or_pair(&mut self) -> Option<char> {
        let first = self.unit()?;
        let after = self.at;
        if (0xD800..0xDC00).contains(&first) && self.byte() == Some(b'\\') && self.byte() == Some(b'u') {
            let pair = [first, self.unit()?];
            if let Some(Ok(character)) = char::decode_utf16(pair).next() {
                return Some(character);
            }
        }
        self.at = after;
        Some(char::from_u32(u32::from(first)).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn unit(&mut self) -> Option<u16> {
        (0..4).try_fold(0, |unit, _| {
            let digit = char::from(self.byte()?).to_digit(16)?;
            Some(unit << 4 | u16::try_from(digit).ok()?)
        })
    }
}
