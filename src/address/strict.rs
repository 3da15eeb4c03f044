//! The one way to write a number into a record: digits, with a plus in front or without.

use super::numbers::{characters, input};
use super::parse::Reason;

/// What is wrong with a text that should be a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Why.
    pub reason: Reason,
    /// The first wrong character, in bytes; none where no single one is wrong.
    pub position: Option<usize>,
    /// The text with digits of other scripts turned into plain ones and everything else taken out, the zero of
    /// `+44 (0)20 …` too, if that leaves a number.
    pub repaired: Option<String>,
}

/// Accepts 7 to 15 digits that do not begin with zero, with an optional plus in front, and nothing else.
///
/// ```
/// use reply_window::address::strict::check;
/// assert_eq!(check("+15550100200"), Ok(()));
/// assert_eq!(check("+1 555 010 0200").unwrap_err().position, Some(2));
/// ```
///
/// # Errors
/// [`Wrong`], with the text repaired where that is possible.
pub fn check(text: &str) -> Result<(), Wrong> {
    check_shape(text).map_err(|(reason, position)| Wrong { reason, position, repaired: repair(text) })
}

/// Why not, and at which byte.
pub(super) fn check_shape(text: &str) -> Result<(), (Reason, Option<usize>)> {
    if text.is_empty() {
        return Err((Reason::Empty, None));
    }
    let digits = text.strip_prefix('+').unwrap_or(text);
    let plus = text.len().saturating_sub(digits.len());
    if let Some(at) = digits.bytes().position(|byte| !byte.is_ascii_digit()) {
        return Err((Reason::BadCharacter, Some(plus.saturating_add(at))));
    }
    match digits.len() {
        _ if digits.starts_with('0') => Err((Reason::LeadingZero, Some(plus))),
        0..=6 => Err((Reason::TooShort, None)),
        7..=15 => Ok(()),
        _ => Err((Reason::TooLong, Some(plus.saturating_add(15)))),
    }
}

/// Only separators are taken out: a letter is no slip of the pen.
fn repair(text: &str) -> Option<String> {
    if text.chars().nth(input::LONGEST).is_some() {
        return None;
    }
    let mut repaired = String::new();
    let mut seen = 0u32;
    for character in text.chars() {
        let class = characters::class(character);
        seen = seen << 8 | u32::from(class);
        if seen & 0xff_ffff == BRACKETED_ZERO && is_behind_code(repaired.as_bytes()) {
            repaired.pop();
        }
        match class {
            _ if characters::is_digit(class) => repaired.push(char::from(characters::plain(class))),
            _ if characters::is_plus(class) && repaired.is_empty() => repaired.push('+'),
            b'x' | b'X' | b'~' => return None,
            _ if characters::is_separator(class) => {}
            _ if character.is_whitespace() || is_invisible(character) => {}
            _ => return None,
        }
    }
    if let Some(behind) = repaired.strip_prefix("00") {
        repaired = ["+", behind].concat();
    }
    check_shape(&repaired).ok().map(|()| repaired)
}

/// `(0)`.
const BRACKETED_ZERO: u32 = 0x28_30_29;

/// Whether the zero at the end stands behind a calling code alone, where it is not dialled: Italy and San Marino dial it.
fn is_behind_code(repaired: &[u8]) -> bool {
    let code = characters::skip(repaired, b"+0");
    (2..=4).contains(&code.len()) && code != b"390" && code != b"3780"
}

/// Marks that come along when a number is copied out of a page, in front of it or behind.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
