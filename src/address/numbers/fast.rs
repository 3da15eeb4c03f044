//! The hot path: one number in, one integer out, nothing allocated.
#![allow(clippy::arithmetic_side_effects, reason = "at most 17 digits, and fields of fixed width")]

use super::input::Buffer;
use super::packed::{Core, Prefix, Region};
use super::parse::{Number, Refusal};
use super::plan::Plan;

/// What the first three digits of an international number lead to.
#[derive(Clone, Copy, Default)]
pub(super) struct Start {
    /// The automaton behind the calling code.
    root: u16,
    /// The automaton of the national prefix.
    prefix: u16,
    /// Place of the calling code.
    pub(super) code: u8,
    /// Digits of the calling code; 0 if there is none.
    pub(super) length: u8,
}

impl Core {
    /// The national prefix of a region.
    pub(super) fn prefix(&self, region: &Region) -> Option<&Prefix> {
        self.prefixes.get(usize::from(region.prefix).checked_sub(1)?)
    }
}

/// One for each three digits; no calling code is the beginning of another.
pub(super) fn starts(core: &Core) -> Vec<Start> {
    let mut starts = vec![Start::default(); 1000];
    for (code, place) in core.codes.iter().zip(0..) {
        let prefix = core.regions.get(usize::from(code.first)).and_then(|region| core.prefix(region));
        let prefix = prefix.map_or(0, |prefix| prefix.root);
        let (mut head, mut length, mut share) = (usize::from(code.code), 3, 1);
        while head < 100 {
            (head, length, share) = (head * 10, length - 1, share * 10);
        }
        let own = starts.iter_mut().skip(head).take(share);
        own.for_each(|start| *start = Start { root: code.root, prefix, code: place, length });
    }
    starts
}

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

/// The digits behind a plus, if there is nothing else but what commonly stands between them, and not too many.
pub(super) fn plain<'a>(text: &str, values: &'a mut [u8; 20]) -> Option<&'a [u8]> {
    let bytes = text.strip_prefix('+')?.as_bytes();
    if bytes.len() >= super::input::LONGEST {
        return None;
    }
    let mut length = 0;
    for byte in bytes {
        match byte {
            b'0'..=b'9' => {
                *values.get_mut(length)? = *byte;
                length += 1;
            }
            b' ' | b'-' | b'.' | b'(' | b')' | b'/' => {}
            _ => return None,
        }
    }
    values.get(..length)
}
