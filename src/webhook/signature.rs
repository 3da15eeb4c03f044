//! `X-Twilio-Signature`: base64 of the HMAC-SHA1, under the Auth Token, of the URL followed by the sorted form.
//!
//! Source: <https://www.twilio.com/docs/usage/security#validating-requests>; the order of sorting, repeated names and
//! ports as in twilio-node 6.2.0 (2026-10-12). The base64 *text* is compared, in constant time: a lenient decoder
//! would accept other spellings of the same bytes.

use super::form::{Form, FormError};
use super::secret::Secret;
use super::url::candidates;
use core::fmt;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use subtle::ConstantTimeEq;
use zeroize::Zeroize;

/// Length of a signature: 20 bytes in base64.
const LENGTH: usize = 28;

/// What arrived.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The full public address, exactly as the provider knows it.
    pub url: &'a str,
    /// The value of the signature header.
    pub signature: &'a str,
    /// The raw body; empty for GET.
    pub body: &'a [u8],
}

/// A request that one of the keys signed.
#[derive(Debug)]
pub struct Verified {
    /// Index of the key that matched.
    pub key: usize,
    /// The spelling of the address that was signed.
    pub url: String,
    /// The form that was signed: read nothing else.
    pub form: Form,
}

/// Why a request is not taken for the provider's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No key was given.
    NoKeys,
    /// There is no signature.
    SignatureMissing,
    /// There is more than one signature.
    SignatureMultiple,
    /// The text cannot be a signature.
    SignatureMalformed,
    /// No key made this signature for this request.
    SignatureMismatch,
    /// The address announces a hash of the body, which this scheme does not cover.
    BodyHash,
    /// The body is no form.
    Form(FormError),
}

impl Refusal {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.words().0
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Refusal::NoKeys => ("key-missing", "no key to verify with"),
            Refusal::SignatureMissing => ("signature-missing", "the request has no signature"),
            Refusal::SignatureMultiple => ("signature-multiple", "the request has more than one signature"),
            Refusal::SignatureMalformed => {
                ("signature-malformed", "the signature is not in the form of its scheme")
            }
            Refusal::SignatureMismatch => {
                ("signature-mismatch", "no key made this signature for this request")
            }
            Refusal::BodyHash => ("body-hash-unsupported", "the address announces a hash of the body"),
            Refusal::Form(error) => (error.code(), ""),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Form(error) => error.fmt(f),
            other => f.write_str(other.words().1),
        }
    }
}

impl std::error::Error for Refusal {}

/// Verifies a form-encoded request, or one without a body, against several keys (for rotation and sub-accounts).
///
/// # Errors
/// [`Refusal`].
///
/// ```
/// use reply_window::webhook::{secret::Secret, signature::{verify_form, Request}};
/// // The worked example of Twilio's security page.
/// let keys = [Secret::new(b"12345").expect("not empty")];
/// let verified = verify_form(&keys, Request {
///     url: "https://mycompany.com/myapp.php?foo=1&bar=2",
///     signature: "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
///     body: b"CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212",
/// }).expect("signed by the key");
/// assert_eq!(verified.key, 0);
/// ```
pub fn verify_form(keys: &[Secret], request: Request<'_>) -> Result<Verified, Refusal> {
    if keys.is_empty() {
        return Err(Refusal::NoKeys);
    }
    check_text(request.signature)?;
    if announces_body_hash(request.url) {
        return Err(Refusal::BodyHash);
    }
    let mut form = Form::parse(request.body).map_err(Refusal::Form)?;
    let mut message = Vec::new();
    for candidate in candidates(request.url).into_iter().flatten() {
        message.clear();
        candidate.iter().for_each(|piece| message.extend_from_slice(piece.as_bytes()));
        form.sign_into(&mut message);
        if let Some(key) = keys.iter().position(|key| signs(key, &message, request.signature)) {
            return Ok(Verified { key, url: candidate.concat(), form });
        }
    }
    Err(Refusal::SignatureMismatch)
}

/// Cheap refusals before anything is hashed.
fn check_text(signature: &str) -> Result<(), Refusal> {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    if signature.is_empty() {
        return Err(Refusal::SignatureMissing);
    }
    if signature.contains(',') {
        return Err(Refusal::SignatureMultiple);
    }
    if signature.len() != LENGTH || !signature.bytes().all(known) {
        return Err(Refusal::SignatureMalformed);
    }
    Ok(())
}

/// Whether the query names `bodySHA256`: then the body is no form, and reading it as one would leave it unchecked.
fn announces_body_hash(url: &str) -> bool {
    let query = url.split('#').next().and_then(|url| url.split_once('?')).map(|(_, query)| query);
    query.is_some_and(|query| {
        query.split('&').any(|pair| {
            Form::parse(pair.as_bytes()).is_ok_and(|form| form.pairs().any(|(name, _)| name == "bodySHA256"))
        })
    })
}

fn signs(key: &Secret, message: &[u8], signature: &str) -> bool {
    // HMAC takes keys of every length; the error cannot occur, and would only refuse.
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(key.bytes()) else { return false };
    mac.update(message);
    let mut digest: [u8; 20] = mac.finalize().into_bytes().into();
    let mut expected = [0; LENGTH];
    base64(&digest, &mut expected);
    let equal = expected.ct_eq(signature.as_bytes());
    digest.zeroize();
    expected.zeroize();
    equal.into()
}

/// Base64 with padding into `text`, which is four bytes for every three begun.
fn base64(bytes: &[u8], text: &mut [u8]) {
    for (group, letters) in bytes.chunks(3).zip(text.chunks_mut(4)) {
        let mut bits: u32 = 0;
        for index in 0..3 {
            bits = bits << 8 | u32::from(group.get(index).copied().unwrap_or(0));
        }
        for (index, letter) in letters.iter_mut().enumerate() {
            *letter = if index > group.len() { b'=' } else { base64_letter(bits >> 18 & 63) };
            bits <<= 6;
        }
    }
}

/// Arithmetic instead of a table: which memory is read does not depend on the secret value.
fn base64_letter(value: u32) -> u8 {
    let shift: u32 = match value {
        0..=25 => 65,
        26..=51 => 71,
        52..=61 => 0u32.wrapping_sub(4),
        62 => 0u32.wrapping_sub(19),
        _ => 0u32.wrapping_sub(16),
    };
    (value.wrapping_add(shift) & 0xFF) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_as_in_rfc_4648_section_10() {
        for (plain, encoded) in [("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            let mut text = vec![0; encoded.len()];
            base64(plain.as_bytes(), &mut text);
            assert_eq!(text, encoded.as_bytes());
        }
        let mut text = [0; 8];
        base64(&[0xFB, 0xEF, 0xBE, 0xFF, 0xFF, 0xFF], &mut text);
        assert_eq!(&text, b"++++////");
    }
}
