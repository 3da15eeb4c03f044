//! A text that is written eight or sixteen bytes at a time: whole words, of which the end is overwritten by what follows.
//!
//! Names and values of a webhook are short. Copying them one by one through the engine's block copy, which is a call
//! out of WebAssembly, takes longer than hashing them.

/// Room behind the text that every write may fill with bytes of no meaning.
const SLACK: usize = 16;

/// A growing text with room behind it.
#[derive(Debug, Default)]
pub struct WordBuffer {
    /// At least [`SLACK`] longer than the text, once anything was reserved.
    bytes: Vec<u8>,
    end: usize,
}

impl WordBuffer {
    /// Forgets the text and keeps the room.
    pub fn clear(&mut self) {
        self.end = 0;
    }

    /// Length of the text.
    pub fn end(&self) -> usize {
        self.end
    }

    /// The text.
    pub fn text(&self) -> &[u8] {
        self.slice(0, self.end)
    }

    /// A part of the text; nothing where there is none.
    pub fn slice(&self, from: usize, to: usize) -> &[u8] {
        self.bytes.get(from..to).unwrap_or_default()
    }

    /// Sixteen bytes from there on, the first one lowest; those behind the text have no meaning.
    #[inline]
    pub fn sixteen(&self, from: usize) -> [u64; 2] {
        let sixteen = self.bytes.get(from..).and_then(<[u8]>::first_chunk::<SLACK>);
        let Some([a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]) = sixteen else { return [0; 2] };
        [[*a, *b, *c, *d, *e, *f, *g, *h], [*i, *j, *k, *l, *m, *n, *o, *p]].map(u64::from_le_bytes)
    }

    /// Makes room for so many bytes more; what is appended without room is lost.
    pub fn reserve(&mut self, more: usize) {
        let length = self.end.saturating_add(more).saturating_add(SLACK);
        if self.bytes.len() < length {
            self.grow(length);
        }
    }

    /// By little more than is wanted: a vector of its own accord doubles a body of 256 KiB for the four bytes of a port.
    #[cold]
    #[inline(never)]
    fn grow(&mut self, length: usize) {
        let room = length.saturating_add(length / 32);
        self.bytes.reserve_exact(room.saturating_sub(self.bytes.len()));
        self.bytes.resize(length, 0);
    }

    /// Cuts the text off.
    pub fn truncate(&mut self, end: usize) {
        self.end = self.end.min(end);
    }

    /// Appends the first `length` of eight bytes.
    #[inline]
    pub fn push_some(&mut self, eight: [u8; 8], length: usize) {
        if let Some(to) = self.bytes.get_mut(self.end..).and_then(<[u8]>::first_chunk_mut) {
            *to = eight;
        }
        self.end = self.end.wrapping_add(length);
    }

    /// Appends a byte.
    #[inline]
    pub fn push(&mut self, byte: u8) {
        if let Some(to) = self.bytes.get_mut(self.end) {
            *to = byte;
        }
        self.end = self.end.wrapping_add(1);
    }

    /// Appends any bytes.
    pub fn extend(&mut self, bytes: &[u8]) {
        let end = self.end.saturating_add(bytes.len());
        if let Some(to) = self.bytes.get_mut(self.end..end).filter(|to| !to.is_empty()) {
            to.copy_from_slice(bytes);
        }
        self.end = end;
    }

    /// Appends a part of another buffer, a word and a word at a time.
    #[inline]
    pub fn extend_from(&mut self, other: &WordBuffer, from: usize, to: usize) {
        let end = self.end.saturating_add(to.saturating_sub(from));
        let mut at = from;
        while at < to {
            let words = other.bytes.get(at..).and_then(<[u8]>::first_chunk::<SLACK>);
            let room = self.bytes.get_mut(self.end..).and_then(<[u8]>::first_chunk_mut::<SLACK>);
            if let (Some(words), Some(room)) = (words, room) {
                *room = *words;
            }
            self.end = self.end.wrapping_add(SLACK);
            at = at.wrapping_add(SLACK);
        }
        self.end = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_every_length_stand_behind_one_another() {
        let all: Vec<u8> = (0..=255).collect();
        let (mut from, mut to, mut expected) = (WordBuffer::default(), WordBuffer::default(), Vec::new());
        from.reserve(all.len());
        from.extend(&all);
        to.reserve(256 * 64);
        for length in 0..=50 {
            for start in [0, 1, 7, 206] {
                to.extend_from(&from, start, start + length);
                expected.extend_from_slice(&all[start..start + length]);
            }
        }
        assert_eq!(to.text(), expected);
        to.truncate(3);
        to.push_some(*b"abcdefgh", 5);
        to.push(b'!');
        assert_eq!(to.text(), [&expected[..3], b"abcde!"].concat());
    }
}
