//! The reader of the packed tables: an adaptive binary range decoder.
//!
//! Every decision is seen in two contexts. Each remembers how often it turned out as 1, the latest counting most; the
//! one that has seen more counts more. The range coder is the binary one that is in the public domain since LZMA.
#![allow(
    clippy::arithmetic_side_effects,
    reason = "hashes wrap on purpose, the rest is bounded by the constants below"
)]

/// Places for what contexts remember: two to this power. Contexts that share one by chance cost little.
const ROOM: u32 = 16;
/// After so many decisions a memory is as slow as it gets.
const PATIENCE: u32 = 20;
/// How much a memory counts that has seen enough; a power of two.
const FULL: u32 = 32;

/// How much (of 32768) a memory learns from a decision, by how many there were before.
#[allow(clippy::indexing_slicing, reason = "computed by the compiler, which would refuse a wrong place")]
const PACE: [u16; PATIENCE as usize + 1] = {
    let mut pace = [0; PATIENCE as usize + 1];
    let mut times = 0;
    while times < pace.len() {
        pace[times] = (5 * 32768 / (5 * times + 7)) as u16;
        times += 1;
    }
    pace
};

/// What a context has seen: the share of ones (of 65536) less a half in the upper 16 bits, how many decisions in the
/// lower. Nothing seen yet is 0, because memory that is handed out zeroed costs nothing.
type Memory = u32;

fn share(memory: Memory) -> u32 {
    (memory >> 16) ^ 0x8000
}

/// How much a memory counts.
fn trust(memory: Memory) -> u32 {
    (3 * (memory & 0xff) + 1).min(FULL)
}

fn learnt(memory: Memory, target: i32) -> Memory {
    let (now, times) = (share(memory) as i32, memory & 0xff);
    let pace = PACE.get(times as usize).copied().unwrap_or(0);
    let next = now + (((target - now) * i32::from(pace)) >> 15);
    (next as u32 ^ 0x8000) << 16 | (times + 1).min(PATIENCE)
}

/// Two contexts of a decision.
pub type Contexts = [u32; 2];

/// Reads or writes decisions of known probability; a writer answers what it was given, a reader ignores it.
pub trait Coder {
    /// Whether this is a writer.
    const WRITES: bool;

    /// One decision; `one` of 65536 is the chance of a 1.
    fn decide(&mut self, one: u32, bit: bool) -> bool;
}

/// A coder with what was learnt so far.
pub struct Packer<C> {
    coder: C,
    memories: Vec<Memory>,
}

impl<C: Coder> Packer<C> {
    /// Nothing learnt yet.
    #[must_use]
    pub fn new(coder: C) -> Self {
        Packer { coder, memories: vec![0; 1 << ROOM] }
    }

    /// The coder with what it has read or written.
    #[must_use]
    pub fn into_coder(self) -> C {
        self.coder
    }

    /// One decision of a kind.
    #[inline(never)]
    pub fn bit(&mut self, kind: u32, [first, second]: Contexts, bit: bool) -> bool {
        let place = |context: u32, seed: u32| {
            let hash = (context ^ kind << 24 ^ seed).wrapping_mul(0x9e37_79b1);
            ((hash ^ hash >> 15).wrapping_mul(0x297a_2d39) >> (32 - ROOM)) as usize
        };
        let (first, second) = (place(first, 0), place(second, 1 << 23));
        let memory = |at: usize| self.memories.get(at).copied().unwrap_or(0);
        let (one, other) = (memory(first), memory(second));
        let (weight, more) = (trust(one), trust(other));
        let sum = share(one) * weight + share(other) * more;
        // Mostly both have seen enough; a division takes longer than all else here.
        let chance = if weight + more == 2 * FULL { sum / (2 * FULL) } else { sum / (weight + more) };
        let bit = self.coder.decide(chance.clamp(32, 65504), bit);
        let target = if bit { 65535 } else { 0 };
        for (at, memory) in [(first, one), (second, other)] {
            if let Some(place) = self.memories.get_mut(at) {
                *place = learnt(memory, target);
            }
        }
        bit
    }

    /// A number below 65535: how long it is, then its bits.
    #[inline(never)]
    pub fn number(&mut self, kind: u32, [first, second]: Contexts, value: u32) -> u32 {
        let mut bit = |place: u32, bit| self.bit(kind, [first << 9 ^ place, second << 9 ^ place], bit);
        let length = (value + 1).ilog2();
        let mut bits = 0;
        while bits < 16 && bit(bits, bits < length) {
            bits += 1;
        }
        let mut node = 1;
        for at in (0..bits).rev() {
            // The leading bits are worth learning together, those below hardly.
            let place = if node < 8 { node } else { 8 + at };
            node = node << 1 | u32::from(bit(bits << 5 | place, (value + 1) >> at & 1 == 1));
        }
        node - 1
    }
}

/// Decoder over a packed table. Behind its end it reads zeros: a damaged table gives wrong numbers, never a panic.
pub struct Decoder<'a> {
    bytes: core::slice::Iter<'a, u8>,
    range: u32,
    code: u32,
}

impl<'a> Decoder<'a> {
    /// Starts at the first byte.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        let mut decoder = Decoder { bytes: bytes.iter(), range: 0, code: 0 };
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

    #[inline]
    fn decide(&mut self, one: u32, _: bool) -> bool {
        let bound = (self.range >> 16) * one;
        let bit = self.code < bound;
        if bit {
            self.range = bound;
        } else {
            self.code -= bound;
            self.range -= bound;
        }
        while self.range < 1 << 24 {
            self.shift();
        }
        bit
    }
}
