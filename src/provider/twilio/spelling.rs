//! The spellings of a query: what frameworks make of one.

use crate::signing::encode::hex_digits;
use crate::signing::form::Form;

/// What frameworks do to a query, most usual first.
pub(super) const SPELLINGS: &[fn(&str) -> String] = &[
    |query| replaced(query, "+", "%20"),
    |query| replaced(query, "%20", "+"),
    |query| replaced(query, "'", "%27"),
    |query| replaced(query, "%27", "'"),
    // encodeURIComponent, and Node's querystring.
    |query| encoded(query, b"-_.!~*'()", false),
    // URLSearchParams.
    |query| encoded(query, b"-_.*", true),
    // RFC 3986.
    |query| encoded(query, b"-_.~", false),
    // The path characters that need no escape.
    |query| encoded(query, b"-_.!~*'():@/?,;$", false),
    // Decoded.
    |query| {
        let pairs = pairs(query).into_iter().map(|(name, value)| [name, value].join("="));
        pairs.collect::<Vec<_>>().join("&")
    },
    |query| escapes(query, u8::to_ascii_uppercase),
    |query| escapes(query, u8::to_ascii_lowercase),
];

/// The decoded pairs; a name alone counts as one with an empty value.
fn pairs(query: &str) -> Vec<(String, String)> {
    let mut form = Form::default();
    for piece in query.split('&') {
        if form.push(piece.as_bytes()).is_err() {
            // A pair without a name is left out: no encoder writes one.
            let _ = form.push([piece, "="].concat().as_bytes());
        }
    }
    form.pairs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn encoded(query: &str, plain: &[u8], plus: bool) -> String {
    let mut text = String::with_capacity(query.len());
    for (name, value) in pairs(query) {
        if !text.is_empty() {
            text.push('&');
        }
        encode(&mut text, &name, plain, plus);
        text.push('=');
        encode(&mut text, &value, plain, plus);
    }
    text
}

fn encode(text: &mut String, part: &str, plain: &[u8], plus: bool) {
    for byte in part.bytes() {
        if byte.is_ascii_alphanumeric() || plain.contains(&byte) {
            text.push(char::from(byte));
        } else if byte == b' ' && plus {
            text.push('+');
        } else {
            text.push('%');
            hex_digits(&[byte]).for_each(|digit| text.push(char::from(digit.to_ascii_uppercase())));
        }
    }
}

/// The query with `from` replaced; the searcher of the standard library is not worth its size here.
fn replaced(query: &str, from: &str, to: &str) -> String {
    let mut text = String::with_capacity(query.len());
    let mut rest = query;
    while let Some(character) = rest.chars().next() {
        if let Some(behind) = rest.strip_prefix(from) {
            text.push_str(to);
            rest = behind;
        } else {
            text.push(character);
            rest = rest.get(character.len_utf8()..).unwrap_or_default();
        }
    }
    text
}

/// The query with the digits of its escapes in one case.
fn escapes(query: &str, case: fn(&u8) -> u8) -> String {
    let mut text = String::with_capacity(query.len());
    // How many characters of an escape are still to come.
    let mut left = 0_u8;
    for character in query.chars() {
        let digit = left > 0 && character.is_ascii_hexdigit();
        left = if character == '%' { 2 } else { left.saturating_sub(1) };
        text.push(if digit { char::from(case(&(character as u8))) } else { character });
    }
    text
}
