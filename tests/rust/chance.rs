//! Chance that can be repeated.

/// A generator whose numbers are the same on every run (xorshift64).
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end
    }
    pub fn digit(&mut self) -> char {
        char::from(b'0' + self.below(10) as u8)
    }
}
