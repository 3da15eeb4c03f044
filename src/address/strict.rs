//! The one way to write a number into a record: digits, with a plus in front or without.

use super::numbers::{self, Kind, characters, input};
use super::parse::{Reason, check_shape};
use super::whatsapp::{PhoneVerdict, dialled, judge};

/// What is wrong with a text that should be a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberTextError {
    /// Why.
    pub reason: Reason,
    /// The first wrong character, in bytes; none where no single one is wrong.
    pub position: Option<usize>,
    /// The number that is certainly meant, if there is one: digits of other scripts are turned into plain ones, what stands
    /// between them is taken out, and so is a national prefix (`+44 (0)20 …`). It is a number of its country's plan, a form
    /// that WhatsApp has kept, or one of Meta's test senders.
    pub repaired: Option<String>,
}

/// Accepts 7 to 15 digits that do not begin with zero, with an optional plus in front, and nothing else.
///
/// ```
/// use reply_window::address::strict::check;
/// assert_eq!(check("+15550100200"), Ok(()));
/// assert_eq!(check("+1 555 010 0200").unwrap_err().position, Some(2));
/// assert_eq!(check("+49 ( 0 ) 151 12345678").unwrap_err().repaired.as_deref(), Some("+4915112345678"));
/// ```
///
/// # Errors
/// [`NumberTextError`], with the text repaired where that is certain.
pub fn check(text: &str) -> Result<(), NumberTextError> {
    check_shape(text).map_err(|(reason, position)| NumberTextError {
        reason,
        position,
        repaired: repair(text),
    })
}

/// A text taken apart: its digits, and how they were set.
#[derive(Default)]
struct Written {
    plus: bool,
    digits: String,
    /// How many digits stand before the first separator between digits; 0 if there is none.
    first_group: usize,
    /// How many stand behind the last separator.
    last_group: usize,
    /// How many separators stand between digits, and whether each is a full stop.
    separators: usize,
    stops: bool,
    /// How many digits stand before a bracketed zero.
    bracketed_zero: Option<usize>,
    /// Whether brackets are the last thing: a copy's count, an extension, a remark.
    ends_in_brackets: bool,
}

impl Written {
    /// Only separators and invisible marks may stand there: a letter is no slip of the pen.
    fn of(text: &str) -> Option<Self> {
        let mut written = Written { stops: true, ..Written::default() };
        let (mut opened, mut separated) = (None, 0);
        for character in text.chars() {
            let class = characters::class(character);
            match characters::plain(class) {
                _ if characters::is_digit(class) => {
                    written.digit(characters::plain(class), separated);
                    separated = 0;
                }
                b'+' if written.digits.is_empty() && !written.plus => written.plus = true,
                b'x' | b'X' | b'~' => return None,
                bracket @ (b'(' | b'[' | b')' | b']') => {
                    let opens = matches!(bracket, b'(' | b'[');
                    let at = written.digits.len();
                    if !opens && opened == at.checked_sub(1) && written.digits.ends_with('0') {
                        written.bracketed_zero = opened;
                    }
                    opened = opens.then_some(at);
                    written.ends_in_brackets = !opens;
                    separated = 2;
                }
                b'.' if separated == 0 => separated = 1,
                _ if characters::is_separator(class) || character.is_whitespace() => separated = 2,
                _ if characters::is_invisible(character) => {}
                _ => return None,
            }
        }
        Some(written)
    }

    /// `separated`: 0 right behind another digit, 1 behind a full stop, 2 behind anything else.
    fn digit(&mut self, digit: u8, separated: u8) {
        if separated > 0 && !self.digits.is_empty() {
            if self.separators == 0 {
                self.first_group = self.digits.len();
            }
            self.separators = self.separators.saturating_add(1);
            self.stops &= separated == 1;
            self.last_group = 0;
        }
        self.last_group = self.last_group.saturating_add(1);
        self.ends_in_brackets = false;
        self.digits.push(char::from(digit));
    }

    /// Whether the text says that its digits begin with a calling code: by a plus, by a first group that is one, or by having
    /// no groups.
    fn is_international(&self) -> bool {
        let first = self.digits.get(..self.first_group).unwrap_or_default();
        let length = |code| match code {
            0..=9 => 1,
            10..=99 => 2,
            _ => 3,
        };
        self.plus
            || self.separators == 0
            || numbers::validity().calling_code(first).is_some_and(|code| length(code) == first.len())
    }
}

/// The number that is certainly meant.
fn repair(text: &str) -> Option<String> {
    if text.chars().nth(input::MAX_CHARACTERS).is_some() {
        return None;
    }
    let mut written = Written::of(text)?;
    if let Some(rest) = written.digits.strip_prefix("00").filter(|_| !written.plus) {
        (written.digits, written.plus) = (rest.to_owned(), true);
        written.bracketed_zero = written.bracketed_zero.and_then(|at| at.checked_sub(2));
    }
    if written.ends_in_brackets {
        return None;
    }
    let whole = ["+", written.digits.as_str()].concat();
    let repaired = match decimal(&written) {
        // A spreadsheet's `4915112345678.0`: only where the zero cannot be the number's own.
        Some(without) if number(&whole).is_none() => number(&without)?,
        Some(_) => return None,
        None if written.is_international() => number(&whole)?,
        None => return None,
    };
    if !written.plus && written.separators > 0 && decimal(&written).is_none() {
        let is_national = |code: u16| national(code, &written.digits).is_some_and(|other| other != repaired);
        if numbers::validity().calling_codes().any(is_national) {
            return None;
        }
    }
    // Where both are numbers, with the bracketed zero and without, it is not certain which is meant.
    let without = written.bracketed_zero.and_then(|at| {
        let (before, behind) = written.digits.split_at_checked(at)?;
        number(&["+", before, behind.get(1..)?].concat())
    });
    if without.is_some_and(|without| without != repaired) {
        return None;
    }
    let bare = repaired.trim_start_matches('+').to_owned();
    Some(if written.plus { repaired } else { bare })
}

/// What stands before the only separator, if that is a full stop and behind it there is nothing but a zero.
fn decimal(written: &Written) -> Option<String> {
    let only = written.separators == 1 && written.stops && written.last_group == 1;
    let before = written.digits.strip_suffix('0').filter(|_| only)?;
    Some(["+", before].concat())
}

/// The number that a plus and digits are, without a national prefix, if there is such a number.
fn number(written: &str) -> Option<String> {
    check_shape(written).ok()?;
    let number = dialled(written);
    let known = match judge(numbers::validity(), &number).0 {
        PhoneVerdict::Valid => true,
        PhoneVerdict::Legacy => number == written,
        _ => is_test_sender(&number),
    };
    (known && check_shape(&number).is_ok()).then_some(number)
}

/// The number that the digits are within the country of a calling code, where its landlines and mobiles are written without a
/// national prefix, or not all of them with one: `(51) 99876-5432` is a Brazilian's, and would be a Peruvian's. Luxembourg is
/// left out: its plan takes nearly everything of up to eleven digits.
fn national(code: u16, digits: &str) -> Option<String> {
    if code == 352 || WRITTEN_WITH_PREFIX.binary_search(&code).is_ok() {
        return None;
    }
    let whole = ["+", &code.to_string(), digits].concat();
    let (_, judgement) = judge(numbers::validity(), &whole);
    let is_persons = matches!(judgement?.kind?, Kind::FixedLine | Kind::Mobile | Kind::FixedLineOrMobile);
    // With a prefix in front of it, it is written as what it is.
    (is_persons && dialled(&whole) == whole).then_some(whole)
}

/// Calling codes whose landlines and mobiles are all written with a national prefix within their country
/// (`tests/rust/numbers_agree.rs` compares them with the formats of Google's library).
pub const WRITTEN_WITH_PREFIX: [u16; 92] = [
    7, 20, 27, 31, 32, 33, 36, 40, 41, 43, 44, 46, 49, 53, 54, 58, 60, 61, 62, 63, 64, 66, 81, 82, 84, 90,
    91, 92, 93, 94, 95, 98, 211, 212, 213, 218, 231, 232, 233, 234, 243, 249, 251, 254, 255, 256, 260, 261,
    262, 263, 264, 265, 291, 353, 355, 358, 359, 370, 373, 374, 375, 380, 381, 382, 383, 385, 386, 387, 389,
    421, 508, 590, 593, 594, 595, 596, 850, 855, 856, 880, 886, 962, 963, 964, 966, 967, 970, 971, 972, 993,
    994, 996,
];

/// Meta gives test accounts senders of the area 555, which no plan has.
fn is_test_sender(number: &str) -> bool {
    number.len() == 12 && number.starts_with("+1555")
}
