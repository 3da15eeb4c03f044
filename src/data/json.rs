//! JSON: the tree that JSON payloads are read from, and a small reader for the JSON texts inside form parameters.

use super::decimal::decimal;
use std::borrow::Cow;

/// Deeper texts are refused, so that none exhausts the stack.
const MAX_DEPTH: u32 = 32;

/// A JSON value, borrowed where it can be.
#[derive(Clone, Debug, PartialEq)]
pub enum Json<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A string.
    Text(Cow<'a, str>),
    /// An array.
    List(Vec<Json<'a>>),
    /// An object, in the order of its keys.
    Map(Vec<(Cow<'a, str>, Json<'a>)>),
}

impl<'a> Json<'a> {
    /// Reads a JSON text (RFC 8259); nothing if it is none, or nested deeper than 32 levels.
    ///
    /// ```
    /// use reply_window::data::Json;
    /// let value = Json::parse(r#"[{"Sid": "ME1", "Size": 84511}]"#).expect("JSON");
    /// assert_eq!(value.items()[0].text("Sid"), Some("ME1"));
    /// assert!(Json::parse("[1,]").is_none());
    /// ```
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut reader = Reader { rest: text };
        let value = reader.value(MAX_DEPTH)?;
        reader.space();
        reader.rest.is_empty().then_some(value)
    }

    /// The value of a field; `null` counts as absent.
    #[must_use]
    #[inline(never)]
    pub fn get(&self, name: &str) -> Option<&Json<'a>> {
        let Json::Map(fields) = self else { return None };
        fields.iter().find(|(n, _)| n == name).map(|(_, value)| value).filter(|value| **value != Json::Null)
    }

    /// The text of a field that holds one that is not empty.
    #[must_use]
    #[inline(never)]
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(Json::Text(text)) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    #[inline(never)]
    pub(crate) fn owned(&self, name: &str) -> Option<String> {
        self.text(name).map(str::to_owned)
    }

    /// The number of a field that holds one.
    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        match self.get(name) {
            Some(Json::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// An id, which some payloads write as a number.
    pub(crate) fn id(&self, name: &str) -> String {
        match self.get(name) {
            Some(Json::Text(text)) => text.clone().into_owned(),
            Some(Json::Number(number)) => (*number as u64).to_string(),
            _ => String::new(),
        }
    }

    /// The elements of a field that holds an array, else none.
    pub(crate) fn list(&self, name: &str) -> &[Json<'a>] {
        self.get(name).map(Json::items).unwrap_or_default()
    }

    /// The elements of an array, else none.
    #[must_use]
    pub fn items(&self) -> &[Json<'a>] {
        match self {
            Json::List(items) => items,
            _ => &[],
        }
    }
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

    fn value(&mut self, depth: u32) -> Option<Json<'a>> {
        let below = depth.checked_sub(1)?;
        if self.take("\"") {
            return self.text().map(Json::Text);
        }
        if self.take("[") {
            return self.list(below);
        }
        if self.take("{") {
            return self.map(below);
        }
        for (word, value) in [("null", Json::Null), ("true", Json::Bool(true)), ("false", Json::Bool(false))]
        {
            if self.take(word) {
                return Some(value);
            }
        }
        self.number()
    }

    fn list(&mut self, depth: u32) -> Option<Json<'a>> {
        let mut items = Vec::new();
        if self.take("]") {
            return Some(Json::List(items));
        }
        loop {
            items.push(self.value(depth)?);
            if self.take("]") {
                return Some(Json::List(items));
            }
            self.take(",").then_some(())?;
        }
    }

    fn map(&mut self, depth: u32) -> Option<Json<'a>> {
        let mut fields = Vec::new();
        if self.take("}") {
            return Some(Json::Map(fields));
        }
        loop {
            self.take("\"").then_some(())?;
            let name = self.text()?;
            self.take(":").then_some(())?;
            fields.push((name, self.value(depth)?));
            if self.take("}") {
                return Some(Json::Map(fields));
            }
            self.take(",").then_some(())?;
        }
    }

    fn number(&mut self) -> Option<Json<'a>> {
        let end = self.rest.find(|c: char| !matches!(c, '0'..='9' | '-' | '+' | '.' | 'e' | 'E'));
        let (digits, rest) = self.rest.split_at_checked(end.unwrap_or(self.rest.len()))?;
        self.rest = rest;
        decimal(digits).map(Json::Number)
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
