//! Keys: what a secret becomes, and which requests it may judge.

use super::encode::{hex_value, push_hex};
use super::hash::{BLOCK, Digest, Hash, State, wipe_stack};
use super::secret::Secret;
use core::fmt;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, Zeroizing};

/// First byte of the text form.
const VERSION: u8 = 1;
/// What the check of the text form signs.
const LABEL: &[u8] = b"reply-window derived verification key";
/// Length of the check, in bytes.
const CHECK: usize = 4;
/// Length of the longest derived key, in bytes and as text.
const LONGEST: usize = 2 + 64 + CHECK;
const TEXT: usize = PREFIX.len() + 2 * LONGEST;
/// What stands before the hexadecimal digits, so that scanners and people recognise the text.
const PREFIX: &str = "rwk_";

/// A verification **and signing** key: the two states of HMAC (RFC 2104) after the padded secret.
///
/// It verifies, and forges, what the secret verifies with the same hash; it does not reveal the secret, and an Auth
/// Token in this form opens no account. It can be withdrawn only by rotating the secret.
#[derive(Clone)]
pub struct DerivedKey {
    hash: Hash,
    /// Inner and outer, boxed so that moving the key leaves no copy behind.
    states: Box<[State; 2]>,
}

/// Why a text is no derived key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DerivedKeyError;

impl DerivedKeyError {
    /// One lower-case sentence.
    pub const MESSAGE: &'static str = "not a derived verification key, or only part of one";
}

impl fmt::Display for DerivedKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::MESSAGE)
    }
}

impl std::error::Error for DerivedKeyError {}

impl DerivedKey {
    /// Derives the key.
    #[must_use]
    pub fn new(secret: &Secret, hash: Hash) -> Self {
        let mut key = DerivedKey { hash, states: Box::new([hash.start(); 2]) };
        key.absorb(secret);
        // What the secret was worked on with lies below this frame now.
        wipe_stack();
        key
    }

    /// RFC 2104, section 2: the padded key is the first block of both hashes.
    #[inline(never)]
    fn absorb(&mut self, secret: &Secret) {
        // A key longer than a block is hashed first.
        let long = (secret.bytes().len() > BLOCK).then(|| self.hash.digest(secret.bytes()));
        let bytes = long.as_ref().map_or(secret.bytes(), Digest::bytes);
        for (state, pad) in self.states.iter_mut().zip([0x36, 0x5C]) {
            let mut block = [[pad; BLOCK]];
            for (to, from) in block.as_flattened_mut().iter_mut().zip(bytes) {
                *to ^= *from;
            }
            self.hash.compress(state, &block);
            block.zeroize();
        }
    }

    /// The hash that this key is for.
    #[must_use]
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// The HMAC of a text.
    #[must_use]
    pub fn sign(&self, text: &[u8]) -> Digest {
        let [inner, outer] = &*self.states;
        let inner = self.hash.finish(inner, text, BLOCK);
        self.hash.finish(outer, inner.bytes(), BLOCK)
    }

    /// Version, hash, both states big-endian, and four bytes of the HMAC of a fixed label, so that part of a key is
    /// not taken for one.
    fn bytes(&self) -> Zeroizing<Vec<u8>> {
        // One allocation: growing would leave a copy behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST));
        bytes.extend_from_slice(&[VERSION, if self.hash == Hash::Sha1 { 1 } else { 2 }]);
        for state in self.states.iter() {
            bytes.extend(state.iter().take(self.hash.length() / 4).flat_map(|word| word.to_be_bytes()));
        }
        bytes.extend(self.sign(LABEL).bytes().iter().take(CHECK));
        bytes
    }

    /// The text form: `rwk_` and 92 (SHA-1) or 140 (SHA-256) hexadecimal digits. It is a secret.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        let bytes = self.bytes();
        let mut text = Zeroizing::new(String::with_capacity(TEXT));
        text.push_str(PREFIX);
        push_hex(&mut text, &bytes);
        text
    }

    /// Reads the text form.
    ///
    /// # Errors
    /// [`DerivedKeyError`] if a character is missing, wrong or too much.
    ///
    /// ```
    /// use reply_window::signing::{hash::Hash, key::DerivedKey, secret::Secret};
    /// let key = DerivedKey::new(&Secret::new(b"12345").expect("not empty"), Hash::Sha1);
    /// let text = key.to_text();
    /// assert!(DerivedKey::from_text(&text).is_ok());
    /// assert!(DerivedKey::from_text(&text[..text.len() - 2]).is_err());
    /// ```
    pub fn from_text(text: &str) -> Result<Self, DerivedKeyError> {
        let digits = text.strip_prefix(PREFIX).ok_or(DerivedKeyError)?;
        let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST));
        let (pairs, odd) = digits.as_bytes().as_chunks::<2>();
        if !odd.is_empty() || pairs.len() > LONGEST {
            return Err(DerivedKeyError);
        }
        for [high, low] in pairs {
            let (high, low) = (hex_value(*high), hex_value(*low));
            let (high, low) = high.zip(low).ok_or(DerivedKeyError)?;
            bytes.push(high << 4 | low);
        }
        let (hash, rest) = match bytes.split_at_checked(2) {
            Some(([VERSION, 1], rest)) => (Hash::Sha1, rest),
            Some(([VERSION, 2], rest)) => (Hash::Sha256, rest),
            _ => return Err(DerivedKeyError),
        };
        let mut key = DerivedKey { hash, states: Box::default() };
        let (words, _) = rest.as_chunks::<4>();
        let count = hash.length() / 4;
        let halves = key.states.iter_mut().flat_map(|state| state.iter_mut().take(count));
        for (to, word) in halves.zip(words) {
            *to = u32::from_be_bytes(*word);
        }
        // The whole, check included, must come out again.
        if bool::from(key.bytes().ct_eq(&bytes)) { Ok(key) } else { Err(DerivedKeyError) }
    }
}

impl Drop for DerivedKey {
    fn drop(&mut self) {
        self.states.zeroize();
    }
}

impl fmt::Debug for DerivedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DerivedKey(…)")
    }
}

/// A key as it is configured. The algorithm is fixed here, never by what a request says of itself.
#[derive(Debug)]
pub struct Key {
    /// What verifies.
    pub derived: DerivedKey,
    /// The id of a shared key (`webhooks_sharedkey_…`); absent for an Auth Token.
    pub shared_id: Option<String>,
}

impl Key {
    /// An Auth Token; it always signs with SHA-1.
    #[must_use]
    pub fn auth_token(secret: &Secret) -> Self {
        Key { derived: DerivedKey::new(secret, Hash::Sha1), shared_id: None }
    }

    /// The secret without white space around it, and with each line end behind it: what a file makes of a token.
    #[must_use]
    pub fn line_ends(secret: &Secret) -> Vec<Key> {
        let plain = secret.bytes().trim_ascii();
        let with = |end: &[u8]| Zeroizing::new([plain, end].concat());
        let variants = [with(b""), with(b"\n"), with(b"\r\n")];
        let other = variants.iter().filter(|bytes| bytes.as_slice() != secret.bytes());
        other.filter_map(|bytes| Secret::new(bytes)).map(|secret| Key::auth_token(&secret)).collect()
    }
}

/// Something that is odd about a key. It is used as it is: HMAC takes every key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// It holds white space, usually the line end of the file it was read from.
    WhiteSpace,
    /// It holds a NUL; at the end it makes no difference to HMAC.
    Nul,
    /// An Auth Token is 32 lower-case hexadecimal digits.
    NotHex32,
}

impl Finding {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Finding::WhiteSpace => "key-white-space",
            Finding::Nul => "key-nul",
            Finding::NotHex32 => "key-not-32-hex",
        }
    }

    /// What is odd about this Auth Token.
    #[must_use]
    pub fn of_auth_token(secret: &Secret) -> Vec<Finding> {
        let bytes = secret.bytes();
        let hex32 = bytes.len() == 32 && bytes.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let odd = [
            (bytes.iter().any(u8::is_ascii_whitespace), Finding::WhiteSpace),
            (bytes.contains(&0), Finding::Nul),
            (!hex32, Finding::NotHex32),
        ];
        odd.into_iter().filter(|(is, _)| *is).map(|(_, finding)| finding).collect()
    }
}
