//! The rules for one filled-in value, and the value repaired.
//!
//! Meta refuses a parameter with a newline, a tab or more than four blanks in a row (132000, 132012, 132018), Twilio
//! an empty one (21656, <https://www.twilio.com/docs/api/errors/21656>). A direction mark of ours must never reach
//! a customer, and braces could be taken for a placeholder.

use super::{Remark, length, remark};

/// Longest value, in UTF-16 units (<https://www.twilio.com/docs/content/using-variables-with-content-api>).
pub const MAX_VALUE: usize = 1_600;

/// Most blanks in a row.
pub const MAX_BLANKS: usize = 4;

/// Blanks or invisible characters only, or nothing at all.
pub const EMPTY: Remark = remark("empty", "the value is empty");
/// A line break of any kind.
pub const NEWLINE: Remark = remark("newline", "a value cannot hold a line break");
/// A tab.
pub const TAB: Remark = remark("tab", "a value cannot hold a tab");
/// Five blanks or more in a row.
pub const SPACES: Remark = remark("spaces", "a value cannot hold more than four blanks in a row");
/// Longer than 1,600.
pub const TOO_LONG: Remark = remark("too-long", "a value cannot be longer than 1600 characters");
/// U+202A to U+202E, U+2066 to U+2069.
pub const DIRECTION_MARK: Remark =
    remark("direction-mark", "a value cannot hold a mark that turns the writing direction");
/// Another control character.
pub const CONTROL: Remark = remark("control", "a value cannot hold control characters");
/// `{{` or `}}`.
pub const BRACES: Remark = remark("braces", "a value cannot hold double braces");

/// U+FFFD: what is left of a character that was cut in half, as an emoji by whoever counts UTF-16 units.
pub const BROKEN: Remark =
    remark("broken-character", "a value cannot hold half a character, as of an emoji that was cut");

const fn is_newline(char: char) -> bool {
    matches!(char, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

const fn is_direction_mark(char: char) -> bool {
    matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Control characters that no other rule names.
fn is_control(char: char) -> bool {
    char.is_control() && char != '\t' && !is_newline(char)
}

/// A blank that shows as one; line breaks and tabs are apart.
fn is_blank(char: char) -> bool {
    char.is_whitespace() && char != '\t' && !is_newline(char)
}

/// What a lone surrogate is read as.
const HALF: char = '\u{fffd}';

/// Shows nothing on its own.
fn is_invisible(char: char) -> bool {
    char.is_whitespace()
        || char.is_control()
        || is_direction_mark(char)
        || matches!(char, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Whether nothing of the value would be seen.
#[must_use]
#[inline(never)]
pub fn is_empty(value: &str) -> bool {
    value.chars().all(is_invisible)
}

/// Everything that is wrong with a value, in a fixed order. Linear in its length.
///
/// ```
/// use reply_window::template::value::{TAB, problems};
/// assert_eq!(problems("a\tb"), [TAB]);
/// assert!(problems("a    b").is_empty());
/// ```
#[must_use]
#[inline(never)]
pub fn problems(value: &str) -> Vec<Remark> {
    const IN_ORDER: [Remark; 8] = [NEWLINE, TAB, SPACES, DIRECTION_MARK, CONTROL, BRACES, TOO_LONG, BROKEN];
    if is_empty(value) {
        return vec![EMPTY];
    }
    let mut found = 0_u8;
    let (mut run, mut before) = (0_usize, ' ');
    for char in value.chars() {
        run = if is_blank(char) { run.saturating_add(1) } else { 0 };
        found |= u8::from(is_newline(char))
            | u8::from(char == '\t') << 1
            | u8::from(run > MAX_BLANKS) << 2
            | u8::from(is_direction_mark(char)) << 3
            | u8::from(is_control(char)) << 4
            | u8::from(char == before && matches!(char, '{' | '}')) << 5;
        before = char;
    }
    found |= u8::from(length(value) > MAX_VALUE) << 6 | u8::from(value.contains(HALF)) << 7;
    let mut remarks = Vec::new();
    for (bit, remark) in IN_ORDER.iter().enumerate() {
        if (found >> bit) & 1 == 1 {
            remarks.push(*remark);
        }
    }
    remarks
}

/// The value with every rule kept: line breaks, tabs and long runs of blanks become one blank, marks and control
/// characters go, runs of braces become one, what is too long is cut. `None` if nothing is left to send.
///
/// ```
/// assert_eq!(reply_window::template::value::repaired("a\r\n\tb ").as_deref(), Some("a b"));
/// ```
#[must_use]
#[inline(never)]
pub fn repaired(value: &str) -> Option<String> {
    let mut out = String::with_capacity(value.len());
    let mut gap = String::new();
    let mut broken = false;
    for char in value.chars() {
        if is_direction_mark(char) || is_control(char) || char == HALF {
            continue;
        }
        if char.is_whitespace() {
            broken |= !is_blank(char);
            gap.push(char);
            continue;
        }
        push_gap(&mut out, &gap, broken);
        (gap, broken) = (String::new(), false);
        if !(matches!(char, '{' | '}') && out.ends_with(char)) {
            out.push(char);
        }
    }
    let out = cut(&out, MAX_VALUE).trim_end().to_owned();
    if is_empty(&out) { None } else { Some(out) }
}

/// Blanks between two words: one instead of a line break, a tab or a run that is too long; none at the start.
fn push_gap(out: &mut String, gap: &str, broken: bool) {
    if out.is_empty() || gap.is_empty() {
        return;
    }
    if broken || gap.chars().count() > MAX_BLANKS { out.push(' ') } else { out.push_str(gap) }
}

/// The longest beginning within `limit` UTF-16 units that does not part a character from its marks.
#[must_use]
pub fn cut(text: &str, limit: usize) -> &str {
    let (mut used, mut safe) = (0_usize, 0_usize);
    let mut joined = false;
    for (at, char) in text.char_indices() {
        if !joined && !is_mark(char) {
            safe = at;
        }
        used = used.saturating_add(char.len_utf16());
        if used > limit {
            return text.get(..safe).unwrap_or_default();
        }
        joined = char == '\u{200d}';
    }
    text
}

/// Marks that belong to the character before: joiners, variation selectors, skin tones, combining marks of the
/// scripts most written. A full grapheme table would cost more than the rest of the module.
const fn is_mark(char: char) -> bool {
    matches!(char, '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{300}'..='\u{36f}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{5b0}'..='\u{5bd}' | '\u{93c}' | '\u{93e}'..='\u{94d}' | '\u{20d0}'..='\u{20ff}')
}
