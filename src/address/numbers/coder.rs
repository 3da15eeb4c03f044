//! The reader of the packed tables: an adaptive binary range decoder.
//!
//! Every decision has a probability of its own that follows what was decided before. The range coder is the
//! binary one that is in the public domain since LZMA; probabilities are the mean of a fast and a slow estimate.
#![allow(clippy::arithmetic_side_effects, reason = "all quantities are bounded by the constants below")]

/// Bits of a probability.
const PRECISION: u32 = 15;
/// Each probability is the mean of two estimates: of about so many decisions at most.
const MEMORIES: (u8, u8) = (6, 250);

/// The chance that the next bit is 0, estimated twice, and how often it was decided.
#[derive(Clone, Copy)]
pub struct Chance(u16, u16, u8);

impl Default for Chance {
    fn default() -> Self {
        Chance(1 << (PRECISION - 1), 1 << (PRECISION - 1), 0)
    }
}

impl Chance {
    /// The part of `range` that belongs to 0.
    #[must_use]
    pub fn bound(self, range: u32) -> u32 {
        let zero = (u32::from(self.0) + u32::from(self.1)) >> 1;
        (range >> PRECISION) * zero.clamp(16, (1 << PRECISION) - 16)
    }

    /// Learns from a bit: much from the first, less from each that follows.
    pub fn learn(&mut self, one: bool) {
        let target = if one { 0 } else { 1 << PRECISION };
        let times = self.2;
        let toward = |now: u16, memory: u8| {
            let weight = 2 * i32::from(times.min(memory)) + 3;
            (i32::from(now) + (target - i32::from(now)) * 2 / weight) as u16
        };
        *self = Chance(toward(self.0, MEMORIES.0), toward(self.1, MEMORIES.1), times.saturating_add(1));
    }
}

/// Reads or writes decisions; a writer answers what it was given, a reader ignores it.
pub trait Coder {
    /// Whether this is a writer: what only a writer must look for is not looked for by a reader.
    const WRITES: bool;

    /// One decision of kind `context`.
    fn bit(&mut self, context: usize, bit: bool) -> bool;

    /// Forgets what was learnt about `context` and those behind it.
    fn forget(&mut self, context: usize);

    /// A number of `bits` bits, most significant first; uses `1 << bits` contexts from `context` on.
    fn tree(&mut self, context: usize, bits: u32, value: u32) -> u32 {
        let mut node = 1;
        for at in (0..bits).rev() {
            let bit = self.bit(context + node, value >> at & 1 == 1);
            node = node << 1 | usize::from(bit);
        }
        (node - (1 << bits)) as u32
    }

    /// A number below 65535: its length, then its bits; uses [`NUMBER`] contexts from `context` on.
    fn number(&mut self, context: usize, value: u32) -> u32 {
        let length = self.tree(context, 4, (value + 1).ilog2());
        let mut node = 1;
        for at in (0..length).rev() {
            // The two leading bits are worth learning, those below hardly.
            let place = if node < 4 { node } else { 4 + at as usize };
            let bit = self.bit(context + 16 + length as usize * 20 + place, (value + 1) >> at & 1 == 1);
            node = node << 1 | usize::from(bit);
        }
        (node - 1) as u32
    }
}

/// Contexts that [`Coder::number`] uses.
pub const NUMBER: usize = 16 + 16 * 20;

/// Decoder over a packed table. Behind its end it reads zeros: a damaged table gives wrong numbers, never a panic.
pub struct Decoder<'a> {
    bytes: core::slice::Iter<'a, u8>,
    range: u32,
    code: u32,
    chances: Vec<Chance>,
}

impl<'a> Decoder<'a> {
    /// Starts at the first byte, with room for `contexts` kinds of decision.
    #[must_use]
    pub fn new(bytes: &'a [u8], contexts: usize) -> Self {
        let mut decoder =
            Decoder { bytes: bytes.iter(), range: 0, code: 0, chances: vec![Chance::default(); contexts] };
        (0..4).for_each(|_| decoder.shift());
        decoder.range = u32::MAX;
        decoder
    }

    fn shift(&mut self) {
        let byte = self.bytes.next().copied().unwrap_or(0);
        self.code = self.code << 8 | u32::from(byte);
        self.range <<= 8;
    }
}

impl Coder for Decoder<'_> {
    const WRITES: bool = false;

    fn forget(&mut self, context: usize) {
        self.chances.iter_mut().skip(context).for_each(|chance| *chance = Chance::default());
    }

    fn bit(&mut self, context: usize, _: bool) -> bool {
        let Some(chance) = self.chances.get_mut(context) else { return false };
        let bound = chance.bound(self.range);
        let one = self.code >= bound;
        chance.learn(one);
        if one {
            self.code -= bound;
            self.range -= bound;
        } else {
            self.range = bound;
        }
        while self.range < 1 << 24 {
            self.shift();
        }
        one
    }
}
