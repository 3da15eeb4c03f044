//! Digests of texts, for who remembers a text without keeping it.

use crate::signing::encode::base64;
use crate::signing::hash::Hash;

/// SHA-256 of the text's UTF-8, in base64.
#[must_use]
pub fn text_digest(text: &str) -> String {
    digest_of(text.as_bytes())
}

/// The same of bytes.
pub(super) fn digest_of(bytes: &[u8]) -> String {
    let mut letters = [0; 44];
    base64(Hash::Sha256.digest(bytes).bytes(), &mut letters);
    String::from_utf8_lossy(&letters).into_owned()
}
