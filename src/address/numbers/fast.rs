//! The hot path: one number in, one integer out, nothing allocated.
#![allow(clippy::arithmetic_side_effects, reason = "at most 17 digits, and fields of fixed width")]

use super::input::Buffer;
use super::number::Number;
use super::parse::Refusal;
use super::plan::Plan;

impl Plan {
    /// Whether the digits of an international number (calling code first) are a valid number. Each takes four bits, the
    /// first one the highest; behind the last one, of at most 15, all bits are 1.
    #[must_use]
    pub fn is_valid(&self, digits: u64) -> bool {
        let head = (digits >> 60) * 100 + (digits >> 56 & 15) * 10 + (digits >> 52 & 15);
        let Some(start) = self.starts.get(head as usize) else { return false };
        let mut rest = digits << (4 * u32::from(start.length));
        if rest >> 60 < 10 && self.core.beginnings.next(start.prefix, (rest >> 60) as u8) != 0 {
            return self.is_valid_behind_prefix(digits);
        }
        let mut node = start.root;
        while rest >> 60 < 10 {
            node = self.core.numbers.next(node, (rest >> 60) as u8);
            if node == 0 {
                return false;
            }
            rest <<= 4;
        }
        self.core.numbers.label(node) != 0
    }

    #[cold]
    fn is_valid_behind_prefix(&self, mut digits: u64) -> bool {
        let mut values = Buffer::new();
        while digits >> 60 < 10 && values.all().len() < 16 {
            values.push(&[(digits >> 60) as u8]);
            digits <<= 4;
        }
        self.bits(&self.international(values.all())) & 0xf0 != 0
    }

    /// Judges an E.164 number, `+` and digits; anything else is read like pasted text.
    ///
    /// | bits | what |
    /// |---|---|
    /// | 0-3 | 0, or why it is no number: place in [`Refusal::NAMES`] counted from 1 |
    /// | 4-7 | 0 if it is not valid, else its kind: place in [`super::Kind::NAMES`] counted from 1 |
    /// | 8-10 | place in [`super::Possible::NAMES`] |
    /// | 12-21 | calling code |
    /// | 22-31 | two letters of the region, 5 bits each, `A` being 1; 0 for none, 528 for the world (`001`) |
    #[must_use]
    pub fn check(&self, text: &str) -> u32 {
        self.bits(&self.read(text, None))
    }

    /// The same for what was read.
    pub(crate) fn bits(&self, read: &Result<Number, Refusal>) -> u32 {
        let number = match read {
            Ok(number) => number,
            Err(refusal) => return *refusal as u32 + 1,
        };
        let Some((possible, kind, region)) = self.judge(number) else { return 0 };
        let [first, second] = region.map_or([0; 2], |region| region.id);
        let region = u32::from(first & 31) << 5 | u32::from(second & 31);
        let code = u32::from(number.calling_code());
        u32::from(kind) << 4 | (possible as u32) << 8 | code << 12 | region << 22
    }
}
