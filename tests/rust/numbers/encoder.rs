//! The writer that belongs to `reply_window::address::numbers::coder::Decoder`.

use reply_window::address::numbers::coder::Coder;

pub struct Encoder {
    low: u64,
    range: u32,
    pending: u8,
    /// Bytes that a carry may still change.
    held: usize,
    bytes: Vec<u8>,
}

impl Default for Encoder {
    fn default() -> Self {
        Encoder { low: 0, range: u32::MAX, pending: 0, held: 1, bytes: Vec::new() }
    }
}

impl Encoder {
    fn shift(&mut self) {
        if self.low < 0xff00_0000 || self.low > 0xffff_ffff {
            let carry = (self.low >> 32) as u8;
            self.bytes.push(self.pending.wrapping_add(carry));
            self.bytes.extend(std::iter::repeat_n(0xffu8.wrapping_add(carry), self.held - 1));
            self.held = 0;
            self.pending = (self.low >> 24) as u8;
        }
        self.held += 1;
        self.low = (self.low << 8) & 0xffff_ffff;
    }

    pub fn finish(mut self) -> Vec<u8> {
        (0..5).for_each(|_| self.shift());
        // The first byte is the carry that never comes; the reader sees zeros behind the end.
        self.bytes.remove(0);
        while self.bytes.last() == Some(&0) {
            self.bytes.pop();
        }
        self.bytes
    }
}

impl Coder for Encoder {
    const WRITES: bool = true;

    fn decide(&mut self, one: u32, bit: bool) -> bool {
        let bound = (self.range >> 16) * one;
        if bit {
            self.range = bound;
        } else {
            self.low += u64::from(bound);
            self.range -= bound;
        }
        while self.range < 1 << 24 {
            self.range <<= 8;
            self.shift();
        }
        bit
    }
}
