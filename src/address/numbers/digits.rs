//! A short run of digits on the stack.
#![allow(clippy::arithmetic_side_effects, reason = "lengths below 256")]

use super::input;

/// Room for every digit of the longest text, and for a literal in front of them.
const ROOM: usize = input::LONGEST + 6;

/// Values 0 to 9.
#[derive(Clone)]
pub struct Digits {
    values: [u8; ROOM],
    start: usize,
    end: usize,
}

impl Digits {
    /// None.
    #[must_use]
    pub fn new() -> Self {
        Digits { values: [0; ROOM], start: 6, end: 6 }
    }

    /// The values.
    #[must_use]
    pub fn all(&self) -> &[u8] {
        self.values.get(self.start..self.end).unwrap_or_default()
    }

    /// Adds a value at the end, if there is room.
    pub fn push(&mut self, value: u8) {
        if let Some(place) = self.values.get_mut(self.end) {
            *place = value;
            self.end += 1;
        }
    }

    /// Drops the first `count`.
    pub fn drop_first(&mut self, count: usize) {
        self.start = (self.start + count).min(self.end);
    }

    /// The digits among the characters.
    #[must_use]
    pub fn plain(text: &[char]) -> Self {
        let mut digits = Digits::new();
        text.iter().filter_map(|character| input::digit(*character)).for_each(|value| digits.push(value));
        digits
    }

    /// The digits of a number as Google's library normalises it: with three letters or more the letters are
    /// those of a telephone keypad, otherwise they are passed over.
    #[must_use]
    pub fn of(text: &[char]) -> Self {
        let letters = text.iter().filter(|character| character.is_ascii_alphabetic()).count();
        if letters < 3 {
            return Digits::plain(text);
        }
        let mut digits = Digits::new();
        text.iter().filter_map(|character| keypad(*character)).for_each(|value| digits.push(value));
        digits
    }
}

impl Default for Digits {
    fn default() -> Self {
        Digits::new()
    }
}

/// ITU-T E.161.
fn keypad(character: char) -> Option<u8> {
    const KEYS: &[u8; 26] = b"22233344455566677778889999";
    if let Some(value) = character.to_digit(10) {
        return Some(value as u8);
    }
    let letter =
        character.is_ascii_alphabetic().then(|| character.to_ascii_lowercase() as usize - 'a' as usize)?;
    KEYS.get(letter).map(|key| key - b'0')
}
