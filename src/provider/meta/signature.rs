//! `X-Hub-Signature-256`: `sha256=` and the lower-case hexadecimal HMAC-SHA256, under the app secret, of the raw body.
//!
//! Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview>. Meta escapes some characters in its
//! JSON, so a body that was parsed and written again does not verify.

use crate::signing::encode::hex_digits;
use crate::signing::hash::Hash;
use crate::signing::key::DerivedKey;
use crate::signing::refusal::Refusal;
use subtle::ConstantTimeEq;
use zeroize::Zeroize;

/// Longest body that is looked at: "Webhooks payloads can be up to 3MB",
/// <https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks>.
pub const MAX_BODY: usize = 3 * 1024 * 1024;
/// Hexadecimal digits of a signature.
const DIGITS: usize = 64;

/// The index of the key that signed the body; keys for another hash than SHA-256 sign nothing here.
///
/// # Errors
/// [`Refusal`].
///
/// ```
/// use reply_window::signing::{hash::Hash, key::DerivedKey, secret::Secret};
/// use reply_window::provider::meta::signature::verify_meta;
/// let keys = [DerivedKey::new(&Secret::new(b"secret").expect("not empty"), Hash::Sha256)];
/// let header = "sha256=0329a06b62cd16b33eb6792be8c60b158d89a2ee3a876fce9a881ebb488c0914";
/// assert_eq!(verify_meta(&keys, header, b"test"), Ok(0));
/// ```
pub fn verify_meta(keys: &[DerivedKey], signature: &str, body: &[u8]) -> Result<usize, Refusal> {
    if keys.is_empty() {
        return Err(Refusal::NoKeys);
    }
    if signature.is_empty() {
        return Err(Refusal::SignatureMissing);
    }
    if signature.contains(',') {
        return Err(Refusal::SignatureMultiple);
    }
    let lower = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let given = signature
        .strip_prefix("sha256=")
        .filter(|digits| digits.len() == DIGITS && digits.bytes().all(lower));
    let given = given.ok_or(Refusal::SignatureMalformed)?;
    if body.len() > MAX_BODY {
        return Err(Refusal::BodyTooLarge);
    }
    keys.iter().position(|key| signs(key, given, body)).ok_or(Refusal::SignatureMismatch)
}

fn signs(key: &DerivedKey, given: &str, body: &[u8]) -> bool {
    let mut expected = [0; DIGITS];
    for (to, digit) in expected.iter_mut().zip(hex_digits(key.sign(body).bytes())) {
        *to = digit;
    }
    let equal = key.hash() == Hash::Sha256 && bool::from(expected.ct_eq(given.as_bytes()));
    expected.zeroize();
    equal
}
