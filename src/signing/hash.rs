//! SHA-1 and SHA-256 from their compression functions.
//!
//! A key is kept as the two states of HMAC after the padded secret, because that verifies without revealing the secret.
//! The crates' hashes can give and take such a state (`SerializableState`), but the crate `hmac` can do neither, and its
//! buffers hold copies of what is signed that nobody wipes. The states are plain words here, which are wiped, and a text
//! is hashed where it lies. The tests compare with the crates, `hmac` among them.

use super::secret::wipe;

/// A block of either hash, in bytes.
pub(super) const BLOCK: usize = 64;

/// First states, FIPS 180-4, sections 5.3.1 and 5.3.3; SHA-1 leaves the last three words unused.
const START_1: State = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0, 0, 0, 0];
const START_256: State =
    [0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19];

/// The state between two blocks.
pub(super) type State = [u32; 8];

/// A hash function of webhooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    /// `HMAC_SHA1`: Auth Tokens, and shared keys that say so.
    Sha1,
    /// `HMAC_SHA256`: shared keys, and Meta.
    Sha256,
}

impl Hash {
    /// Length of a digest in bytes.
    #[must_use]
    pub const fn length(self) -> usize {
        match self {
            Hash::Sha1 => 20,
            Hash::Sha256 => 32,
        }
    }

    pub(super) const fn start(self) -> State {
        match self {
            Hash::Sha1 => START_1,
            Hash::Sha256 => START_256,
        }
    }

    pub(super) fn compress(self, state: &mut State, blocks: &[[u8; BLOCK]]) {
        match self {
            Hash::Sha1 => {
                if let Some(state) = state.first_chunk_mut::<5>() {
                    sha1::block_api::compress(state, blocks);
                }
            }
            Hash::Sha256 => sha2::block_api::compress256(state, blocks),
        }
    }

    /// Hashes the rest of a text of which `before` bytes went into `from` already.
    pub(super) fn finish(self, from: &State, text: &[u8], before: usize) -> Digest {
        let mut state = *from;
        let (blocks, tail) = text.as_chunks::<BLOCK>();
        self.compress(&mut state, blocks);
        let mut last = [0; BLOCK];
        if let Some((to, [end, ..])) = last.split_at_mut_checked(tail.len()) {
            to.copy_from_slice(tail);
            *end = 0x80;
        }
        // 0x80 and the length in bits need nine bytes behind the text.
        if tail.len() >= BLOCK - 8 {
            self.compress(&mut state, &[last]);
            last = [0; BLOCK];
        }
        let bits = (text.len() as u64).saturating_add(before as u64).saturating_mul(8);
        if let Some(to) = last.last_chunk_mut() {
            *to = bits.to_be_bytes();
        }
        self.compress(&mut state, &[last]);
        wipe(&mut last);
        let digest = Digest::new(self, &state);
        wipe(&mut state);
        digest
    }

    /// The digest of a text.
    #[must_use]
    pub fn digest(self, text: &[u8]) -> Digest {
        self.finish(&self.start(), text, 0)
    }
}

/// Overwrites the stack below the caller's frame, where a compression function leaves the block it worked on.
#[inline(never)]
pub(super) fn wipe_stack() {
    wipe(&mut [0_u8; 2048]);
}

/// A digest; wiped when dropped, because the digest of a keyed hash is a valid signature.
pub struct Digest {
    bytes: [u8; 32],
    length: usize,
}

impl Digest {
    fn new(hash: Hash, state: &State) -> Self {
        let mut bytes = [0; 32];
        for (to, word) in bytes.chunks_exact_mut(4).zip(state) {
            to.copy_from_slice(&word.to_be_bytes());
        }
        Digest { bytes, length: hash.length() }
    }

    /// The bytes: 20 or 32.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

impl Drop for Digest {
    fn drop(&mut self) {
        wipe(&mut self.bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::super::encode::hex;
    use super::*;
    use hmac::digest::Digest as _;

    #[test]
    fn published_digests() {
        // FIPS 180-4 examples, https://csrc.nist.gov/projects/cryptographic-standards-and-guidelines/example-values
        assert_eq!(hex(Hash::Sha1.digest(b"abc").bytes()), "a9993e364706816aba3e25717850c26c9cd0d89d");
        assert_eq!(
            hex(Hash::Sha256.digest(b"abc").bytes()),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn every_length_around_the_blocks_agrees_with_the_crates() {
        for length in 0..=260 {
            let text: Vec<u8> = (0..length).map(|n| n as u8).collect();
            assert_eq!(Hash::Sha1.digest(&text).bytes(), &sha1::Sha1::digest(&text)[..], "{length}");
            assert_eq!(Hash::Sha256.digest(&text).bytes(), &sha2::Sha256::digest(&text)[..], "{length}");
        }
    }
}
