//! Placeholders in a text: `{{1}}` and `{{name}}`.
//!
//! Well formed is `{{`, 1 to 16 of ASCII letters, digits and underscore, `}}`, without blanks
//! (<https://www.twilio.com/docs/content/using-variables-with-content-api>). What is not well formed is literal
//! text and is reported: `{{ }}`, `{{ 1 }}`, `{{1`, `{{}}`, `{{first-name}}`, a name of 17 characters. Of more than
//! two braces in a row the inner two count: `{{{1}}}` is a brace, the placeholder `1`, a brace.

/// Longest name of a variable.
pub const MAX_NAME: usize = 16;

/// One placeholder of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// What stands between the braces.
    pub name: String,
    /// Byte offset of the first brace.
    pub start: usize,
    /// Byte offset behind the last brace.
    pub end: usize,
}

/// What a text holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// The well-formed placeholders, in order.
    pub found: Vec<Placeholder>,
    /// Byte offsets of `{{` that begin no well-formed placeholder.
    pub malformed: Vec<usize>,
}

/// Finds the placeholders of a text, in one pass.
///
/// ```
/// use reply_window::template::placeholder::scan;
/// let scan = scan("Hello {{1}}, {{ 2 }}");
/// assert_eq!(scan.found[0].name, "1");
/// assert_eq!(scan.malformed, [13]);
/// ```
#[must_use]
pub fn scan(text: &str) -> Scan {
    let mut scan = Scan::default();
    let mut at = 0;
    // By pairs of bytes: the standard library's search for a text would be the only one of this module.
    let next = |at: usize| text.as_bytes().get(at..)?.windows(2).position(|pair| pair == b"{{");
    while let Some(start) = next(at).map(|found| at.saturating_add(found)) {
        let inner = start.saturating_add(2);
        let rest = text.get(inner..).unwrap_or_default();
        let name_length =
            rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
        let name = rest.get(..name_length).unwrap_or_default();
        let closed = rest.get(name_length..).is_some_and(|rest| rest.starts_with("}}"));
        if closed && (1..=MAX_NAME).contains(&name_length) {
            let end = inner.saturating_add(name_length).saturating_add(2);
            scan.found.push(Placeholder { name: name.to_owned(), start, end });
            at = end;
        } else if rest.starts_with('{') {
            at = start.saturating_add(1);
        } else {
            scan.malformed.push(start);
            // The name was read once and is skipped, so that the whole scan stays linear.
            at = inner.saturating_add(name_length);
        }
    }
    scan
}
