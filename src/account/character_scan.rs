//! Characters that nobody sees or that are not what they look like, found in one pass.

use zeroize::Zeroize;

use super::finding::{
    CONTROL, Field, INVISIBLE, LINE_END, LOOK_ALIKE, MISSING, Mark, Rule, TOO_LONG, WHITE_SPACE,
};

/// Longer texts than this many bytes are refused unread: a pasted command fits, a pasted file does not.
const MAX_BYTES: usize = 4096;

/// Most marks of one finding.
pub(super) const MAX_MARKS: usize = 32;

/// What a character is, where plain ASCII is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Plain,
    LineEnd,
    Space,
    Control,
    Invisible,
    /// Looks like this one.
    LookAlike(char),
}

/// Ranges of characters without a glyph of their own (general category Cf, fillers, selectors, tags).
const INVISIBLES: &[(u32, u32)] = &[
    (0xAD, 0xAD),
    (0x34F, 0x34F),
    (0x61C, 0x61C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0x2800, 0x2800),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFB),
    (0xE0000, 0xE0FFF),
];

/// Digits zero of scripts whose ten digits follow each other (Unicode, general category Nd).
const ZEROS: &[u32] = &[0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xE50, 0xFF10];

/// Letters that look like the ASCII letters of hexadecimal digits and SID prefixes
/// (<https://www.unicode.org/Public/security/latest/confusables.txt>).
const LETTERS: &[(&str, char)] = &[
    ("аα", 'a'),
    ("АΑ", 'A'),
    ("ВΒ", 'B'),
    ("сϲ", 'c'),
    ("СϹ", 'C'),
    ("ԁ", 'd'),
    ("е", 'e'),
    ("ЕΕ", 'E'),
    ("һ", 'h'),
    ("НΗ", 'H'),
    ("ΧХ", 'X'),
    ("К", 'K'),
    ("Ѕ", 'S'),
    ("ΜМ", 'M'),
    ("ΡР", 'P'),
    ("Ν", 'N'),
    ("ОΟ", '0'),
    ("оο", '0'),
    ("‐‑‒–—−", '-'),
];

fn class(character: char) -> Class {
    match character {
        ' '..='~' if character != ' ' => Class::Plain,
        '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Class::LineEnd,
        ' '
        | '\t'
        | '\u{A0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200A}'
        | '\u{202F}'
        | '\u{205F}'
        | '\u{3000}' => Class::Space,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => Class::Control,
        _ => foreign(character),
    }
}

fn foreign(character: char) -> Class {
    let code = u32::from(character);
    if INVISIBLES.iter().any(|(from, to)| (*from..=*to).contains(&code)) {
        return Class::Invisible;
    }
    for zero in ZEROS {
        let digit = code.checked_sub(*zero).and_then(|digit| char::from_digit(digit, 10));
        if let Some(digit) = digit {
            return Class::LookAlike(digit);
        }
    }
    if (0xFF01..=0xFF5E).contains(&code) {
        return char::from_u32(code.wrapping_sub(0xFEE0)).map_or(Class::Plain, Class::LookAlike);
    }
    let found = LETTERS.iter().find(|(alike, _)| alike.chars().any(|one| one == character));
    found.map_or(Class::Plain, |(_, letter)| Class::LookAlike(*letter))
}

/// What a field is held to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// One ASCII word: nothing between its characters.
    Word,
    /// The same, but white space is the caller's to judge.
    Spaced,
    /// A URL: characters of other scripts are the caller's to judge.
    Url,
    /// Words in any language.
    Text,
}

/// A text without what does not belong in it, and where each of its bytes came from.
pub(super) struct Cleaned {
    pub text: String,
    /// For each byte of `text` its place in what was typed, and the end.
    origin: Vec<usize>,
}

/// It may be the Auth Token.
impl Drop for Cleaned {
    fn drop(&mut self) {
        self.text.zeroize();
    }
}

impl Cleaned {
    /// A mark of the cleaned text, in what was typed.
    pub fn mark(&self, from: usize, to: usize) -> Mark {
        let end = self.origin.last().copied().unwrap_or_default();
        let place = |at: usize| self.origin.get(at).copied().unwrap_or(end);
        let last = to.checked_sub(1).filter(|last| *last >= from);
        // The end is after the last byte, not at the next one: something may have been taken out between them.
        (place(from), last.map_or(place(to), |last| place(last).saturating_add(1).max(place(from))))
    }

    /// Marks of every character that is not wanted where it stands, neighbours together.
    pub fn marks(&self, wanted: impl Fn(usize, char) -> bool) -> Vec<Mark> {
        let mut marks = Marks::default();
        for (at, character) in self.text.char_indices().filter(|(at, character)| !wanted(*at, *character)) {
            let end = at.saturating_add(character.len_utf8());
            marks.add(self.mark(at, end));
        }
        marks.0
    }
}

/// Marks that grow together, and stop at [`MAX_MARKS`].
#[derive(Default)]
pub(super) struct Marks(pub Vec<Mark>);

impl Marks {
    pub fn add(&mut self, (from, to): Mark) {
        let room = self.0.len() < MAX_MARKS;
        match self.0.last_mut() {
            Some(last) if last.1 == from => last.1 = to,
            _ if room => self.0.push((from, to)),
            _ => {}
        }
    }
}

const RULES: [&Rule; 5] = [&LINE_END, &WHITE_SPACE, &CONTROL, &INVISIBLE, &LOOK_ALIKE];

/// Whether and how a character of this class is wrong: an index into [`RULES`].
fn wrong(class: Class, kind: Kind, character: char) -> Option<usize> {
    let joiner = matches!(character, '\u{200C}' | '\u{200D}' | '\u{FE0E}' | '\u{FE0F}');
    match class {
        Class::LineEnd => Some(0),
        Class::Space if matches!(kind, Kind::Word | Kind::Url) => Some(1),
        Class::Control => Some(2),
        // Joiners and selectors make letters of Persian and faces of emoji; no reader misses them elsewhere.
        Class::Invisible if kind != Kind::Text || !joiner => Some(3),
        Class::LookAlike(_) if matches!(kind, Kind::Word | Kind::Spaced) => Some(4),
        _ => None,
    }
}

/// Tells what does not belong, and gives what is left. Nothing for a field that is empty, or too long to be read.
pub(super) fn scan(field: &mut Field<'_, '_>, kind: Kind) -> Option<Cleaned> {
    if field.text.len() > MAX_BYTES {
        field.at(&TOO_LONG, vec![(floor(field.text, MAX_BYTES), field.text.len())], None);
        return None;
    }
    let mut found: [Marks; 5] = Default::default();
    let mut cleaned = Cleaned { text: String::with_capacity(field.text.len()), origin: Vec::new() };
    for (at, character) in field.text.char_indices() {
        let class = class(character);
        let end = at.saturating_add(character.len_utf8());
        let kept = match (wrong(class, kind, character), class) {
            (None, Class::Space) if kind == Kind::Spaced => ' ',
            (None, _) => character,
            (Some(rule), class) => {
                if let Some(marks) = found.get_mut(rule) {
                    marks.add((at, end));
                }
                match class {
                    Class::LookAlike(meant) => meant,
                    Class::LineEnd if kind == Kind::Text => ' ',
                    _ => continue,
                }
            }
        };
        cleaned.text.push(kept);
        cleaned.origin.resize(cleaned.text.len(), at);
    }
    cleaned.origin.push(field.text.len());
    if !cleaned.text.bytes().any(|byte| byte != b' ') {
        field.whole(&MISSING, None);
        return None;
    }
    for (rule, marks) in RULES.into_iter().zip(found) {
        if !marks.0.is_empty() {
            field.at(rule, marks.0, Some(cleaned.text.clone()));
        }
    }
    Some(cleaned)
}

/// The last boundary of a character at or before `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

/// Where a byte stands; a loop, because the searchers of the standard library are large.
pub(super) fn find(text: &str, byte: u8) -> Option<usize> {
    text.bytes().position(|one| one == byte)
}

/// Whether one text begins like another, in any case.
pub(super) fn begins(text: &str, with: &str) -> bool {
    text.as_bytes().get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with.as_bytes()))
}
