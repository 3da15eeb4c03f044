//! The reader of the packed tables: an adaptive binary range decoder.
//!
//! Every decision is seen in a few contexts. Each remembers how often it turned out as 1, the latest counting most.
//! What they say is added up, each with a weight; the weights are learnt too, for each kind of decision and by how much
//! each context has seen. The range coder is the binary one that is in the public domain since LZMA.
#![allow(
    clippy::arithmetic_side_effects,
    reason = "hashes wrap on purpose, the rest is bounded by the constants below"
)]

/// Places for what contexts remember: two to this power. Contexts that share one by chance cost little.
const ROOM: u32 = 18;
/// After so many decisions a memory is as slow as it gets.
const MAX_DECISIONS: u32 = 20;
/// Contexts that a decision has at most.
const MAX_CONTEXTS: usize = 4;
/// Bits of a kind of decision.
const KINDS: usize = 5;
/// What a weight is at first, of 65536.
const WEIGHT: i32 = 26000;

/// How much (of 32768) a memory learns from a decision, by how many there were before.
#[allow(clippy::indexing_slicing, reason = "computed by the compiler, which would refuse a wrong place")]
const LEARNING_RATES: [u16; MAX_DECISIONS as usize + 1] = {
    let mut rates = [0; MAX_DECISIONS as usize + 1];
    let mut times = 0;
    while times < rates.len() {
        rates[times] = (5 * 32768 / (5 * times + 7)) as u16;
        times += 1;
    }
    rates
};

/// What a context has seen: the share of ones (of 65536) less a half in the upper 16 bits, how many decisions in the
/// lower. Nothing seen yet is 0, because memory that is handed out zeroed costs nothing.
type Memory = u32;

fn share(memory: Memory) -> u32 {
    (memory >> 16) ^ 0x8000
}

fn learnt(memory: Memory, target: i32) -> Memory {
    let (now, times) = (share(memory) as i32, memory & 0xff);
    let rate = LEARNING_RATES.get(times as usize).copied().unwrap_or(0);
    let next = now + (((target - now) * i32::from(rate)) >> 15);
    (next as u32 ^ 0x8000) << 16 | (times + 1).min(MAX_DECISIONS)
}

/// How much a context has seen, in two bits.
fn experience(memory: Memory) -> u32 {
    let times = memory & 0xff;
    u32::from(times > 0) + u32::from(times > 2) + u32::from(times > 8)
}

/// The contexts of a decision, at most [`MAX_CONTEXTS`].
pub type Contexts<'a> = &'a [u32];

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
    /// By kind of decision and what its contexts have seen: how much more (of 65536) than at first each counts.
    weights: Vec<u32>,
}

/// The odds of a one, as a binary logarithm, 256 to the octave. Between the powers of two it is a straight line, as the
/// digits of a floating-point number are one: what matters is that reader and writer agree.
fn odds(memory: Memory) -> i32 {
    let bits = |chance: u32| (chance as f32).to_bits() as i32;
    (bits(2 * share(memory) + 1) - bits(131_071 - 2 * share(memory))) >> 15
}

/// The chance (of 65536) for odds.
fn chance(odds: i32) -> u32 {
    let ratio = f32::from_bits((odds.clamp(-2900, 2900) << 15).wrapping_add(0x3f80_0000) as u32);
    (65536.0 * ratio / (1.0 + ratio)) as u32
}

impl<C: Coder> Packer<C> {
    /// Nothing learnt yet.
    #[must_use]
    pub fn new(coder: C) -> Self {
        Packer {
            coder,
            memories: vec![0; 1 << ROOM],
            weights: vec![0; MAX_CONTEXTS << (KINDS + 2 * MAX_CONTEXTS)],
        }
    }

    /// The coder with what it has read or written.
    #[must_use]
    pub fn into_coder(self) -> C {
        self.coder
    }

    /// One decision of a kind; what stands above the lowest [`KINDS`] bits of the kind belongs to every context.
    #[inline(never)]
    pub fn bit(&mut self, kind: u32, contexts: Contexts<'_>, bit: bool) -> bool {
        let mut seen = [(0, 0, 0); MAX_CONTEXTS];
        let (mut set, mut seed) = (kind, kind.wrapping_mul(0x85eb_ca6b));
        for (at, context) in contexts.iter().enumerate() {
            seed = seed.wrapping_add(0x0123_4567);
            let hash = (context ^ seed).wrapping_mul(0x9e37_79b1);
            let place = ((hash ^ hash >> 15).wrapping_mul(0x297a_2d39) >> (32 - ROOM)) as usize;
            let memory = self.memories.get(place).copied().unwrap_or(0);
            set = set << 2 | experience(memory);
            if let Some(seen) = seen.get_mut(at) {
                *seen = (place, memory, odds(memory));
            }
        }
        let first = (set as usize * MAX_CONTEXTS) % (MAX_CONTEXTS << (KINDS + 2 * MAX_CONTEXTS));
        let seen = seen.get(..contexts.len()).unwrap_or_default();
        let mut sum = 0;
        for (at, (.., odds)) in seen.iter().enumerate() {
            let weight = self.weights.get(first + at).copied().unwrap_or(0) as i32 + WEIGHT;
            sum += i64::from(weight) * i64::from(*odds);
        }
        let chance = chance((sum >> 16) as i32);
        let bit = self.coder.decide(chance, bit);
        let target = if bit { 65535 } else { 0 };
        for (at, (place, memory, odds)) in seen.iter().enumerate() {
            if let Some(weight) = self.weights.get_mut(first + at) {
                *weight = weight.wrapping_add((((target - chance as i32) * odds) >> 15) as u32);
            }
            if let Some(place) = self.memories.get_mut(*place) {
                *place = learnt(*memory, target);
            }
        }
        bit
    }

    /// A number below 65535: how long it is, then its bits.
    #[inline(never)]
    pub fn number(&mut self, kind: u32, contexts: Contexts<'_>, value: u32) -> u32 {
        let mut bit = |place: u32, bit| self.bit(place << KINDS | kind, contexts, bit);
        // A reader's value means nothing; of a table that is cut short it may be anything.
        let value = value.saturating_add(1);
        let length = value.ilog2();
        let mut bits = 0;
        while bits < 16 && bit(bits, bits < length) {
            bits += 1;
        }
        let mut node = 1;
        for at in (0..bits).rev() {
            // The leading bits are worth learning together, those below hardly.
            let place = if node < 8 { node } else { 8 + at };
            node = node << 1 | u32::from(bit(bits << 5 | place, value >> at & 1 == 1));
        }
        node - 1
    }
}

/// What a decoder may read behind the end of a table, in bytes: zeros that its writer did not write.
const MAX_BEHIND: u32 = 16;

/// Decoder over a packed table, behind whose end it reads zeros. Far behind it every decision is 0, so that numbers are 0
/// and lists empty: whatever the bytes are, unpacking ends.
pub struct Decoder<'a> {
    bytes: core::slice::Iter<'a, u8>,
    behind: u32,
    range: u32,
    code: u32,
}

impl<'a> Decoder<'a> {
    /// Starts at the first byte.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        let mut decoder = Decoder { bytes: bytes.iter(), behind: 0, range: 0, code: 0 };
        (0..4).for_each(|_| decoder.shift());
        decoder.range = u32::MAX;
        decoder
    }

    fn shift(&mut self) {
        let byte = self.bytes.next().copied().unwrap_or_else(|| {
            self.behind = self.behind.saturating_add(1);
            0
        });
        self.code = if self.behind > MAX_BEHIND { u32::MAX } else { self.code << 8 | u32::from(byte) };
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
