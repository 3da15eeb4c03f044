//! The hot path: one number in, one integer out, nothing allocated.
#![allow(clippy::arithmetic_side_effects, reason = "at most 17 digits, and fields of fixed width")]

use super::digits::Digits;
use super::parse::Refusal;
use super::plan::{Plan, possible};
use super::{Judgement, Possible};

impl Plan {
    /// Judges an E.164 number, `+` and digits; anything else is read like pasted text.
    ///
    /// | bits | what |
    /// |---|---|
    /// | 0-3 | 0, or why it is no number: place in [`Refusal::NAMES`] counted from 1 |
    /// | 4-7 | 0 if it is not valid, else its kind: place in [`super::Kind::NAMES`] counted from 1 |
    /// | 8-10 | place in [`Possible::NAMES`] |
    /// | 12-21 | calling code |
    /// | 22-31 | two letters of the region, 5 bits each, `A` being 1; 0 for none, 1023 for the world (`001`) |
    #[must_use]
    pub fn check(&self, text: &str) -> u32 {
        match self.judge_text(text) {
            Ok((code, judgement)) => pack(code, &judgement),
            Err(refusal) => place(Refusal::NAMES, refusal) + 1,
        }
    }

    fn judge_text(&self, text: &str) -> Result<(u16, Judgement), Refusal> {
        if let Some(answer) = text.strip_prefix('+').and_then(|digits| self.judge_plain(digits.as_bytes())) {
            return Ok(answer);
        }
        let number = self.parse(text, None)?;
        let judgement = self.judge_number(&number).ok_or(Refusal::NoSuchCallingCode)?;
        Ok((number.calling_code(), judgement))
    }

    /// Digits alone, no national prefix among them: nearly every number there is.
    fn judge_plain(&self, digits: &[u8]) -> Option<(u16, Judgement)> {
        let mut values = [0; 17];
        let values = values.get_mut(..digits.len()).filter(|values| values.len() > 6)?;
        for (value, digit) in values.iter_mut().zip(digits) {
            *value = digit.wrapping_sub(b'0');
            if *value > 9 {
                return None;
            }
        }
        let (code, length) = self.leading_code(values)?;
        let region = self.region_at(usize::from(code.first))?;
        let national = values.get(length..)?;
        // Whether a prefix goes is for the one place that knows how.
        if self.has_prefix(region, national) {
            let mut whole = Digits::new();
            national.iter().for_each(|value| whole.push(*value));
            self.strip(region, &mut whole);
            if whole.all() != national && possible(region, whole.all().len()) != Possible::Possible {
                return None;
            }
            return Some((code.code, self.judgement(code, whole.all()).filter(|_| whole.all().len() < 18)?));
        }
        Some((code.code, self.judgement(code, national)?))
    }
}

fn place<T: PartialEq>(names: &[(&str, T)], wanted: T) -> u32 {
    names.iter().position(|(_, value)| *value == wanted).unwrap_or(0) as u32
}

fn pack(code: u16, judgement: &Judgement) -> u32 {
    let kind = judgement.kind.map_or(0, |kind| kind as u32 + 1);
    let region = match judgement.region {
        None => 0,
        Some([b'0', b'0']) => 1023,
        Some([first, second]) => u32::from(first & 31) << 5 | u32::from(second & 31),
    };
    kind << 4 | (judgement.possible as u32) << 8 | u32::from(code) << 12 | region << 22
}
