//! `bodySHA256`: the query parameter in which an address announces the hash of the body.

use crate::signing::encode::hex_digits;
use crate::signing::form::Form;
use crate::signing::hash::Hash;
use crate::signing::refusal::Refusal;

/// The parameter's name.
const NAME: &str = "bodySHA256";

/// What an address announces of its body. The room is used again from call to call.
#[derive(Debug, Default)]
pub struct BodyHash {
    query: Form,
}

impl BodyHash {
    /// Whether the query of this address names a hash.
    ///
    /// # Errors
    /// [`Refusal::BodyHashConflict`]: it names several; [`Refusal`] of a pair that is none.
    pub fn read(&mut self, url: &str) -> Result<bool, Refusal> {
        self.query.clear();
        let url = url.as_bytes();
        let Some(mark) = url.iter().position(|byte| matches!(byte, b'?' | b'#')) else { return Ok(false) };
        let mut behind = url.get(mark..).unwrap_or_default().split(|byte| *byte == b'#');
        // What begins with `#` has no query.
        let query = behind.next().and_then(<[u8]>::split_first).map(|(_, query)| query).unwrap_or_default();
        for piece in query.split(|byte| *byte == b'&') {
            let name = piece.split(|byte| *byte == b'=').next().unwrap_or_default();
            if name == NAME.as_bytes() || name.contains(&b'%') {
                // A name without `=` announces an empty hash, which no body has.
                if self.query.push(piece).is_err() && name == NAME.as_bytes() {
                    self.query.push(b"bodySHA256=")?;
                }
            }
        }
        let mut hashes = self.hashes();
        let Some(first) = hashes.next() else { return Ok(false) };
        if hashes.all(|hash| hash == first) { Ok(true) } else { Err(Refusal::BodyHashConflict) }
    }

    /// Whether the announced hash is that of the body. Neither is secret.
    #[must_use]
    pub fn is_of(&self, body: &[u8]) -> bool {
        let digest = Hash::Sha256.digest(body);
        self.hashes().next().is_some_and(|announced| announced.bytes().eq(hex_digits(digest.bytes())))
    }

    fn hashes(&self) -> impl Iterator<Item = &str> {
        self.query.pairs().filter(|(name, _)| *name == NAME).map(|(_, value)| value)
    }
}
