//! `X-Twilio-Signature`: base64 of the HMAC, under the key, of the URL followed by the sorted form.
//!
//! Source: <https://www.twilio.com/docs/usage/security#validating-requests>; the order of sorting, repeated names and
//! ports as in twilio-node since 6.2.0 (2026-10-12); shared keys as in twilio-python 9.13.0 and twilio-node 6.3.1. The base64 *text* is compared, in
//! constant time: a lenient decoder would accept other spellings of the same bytes.
//!
//! Where the query names `bodySHA256` and the address alone is signed, that hash covers the body, which is never read as a form.
//! A form that is signed behind such an address is one, whatever the hash (as for Node, Python, PHP and Ruby).

use super::body_hash::BodyHash;
use super::settings::Settings;
use super::url::{MAX_URL, candidates};
use crate::signing::encode::base64;
use crate::signing::form::{Form, MAX_BODY};
use crate::signing::hash::Hash;
use crate::signing::key::Key;
use crate::signing::refusal::Refusal;
use crate::signing::secret::wipe;
use crate::signing::word_buffer::WordBuffer;
use subtle::{Choice, ConstantTimeEq};

/// Length of the longest signature: 32 bytes in base64.
const LONGEST: usize = 44;

/// What arrived.
#[derive(Clone, Copy, Debug, Default)]
pub struct Request<'a> {
    /// The full public address, exactly as the provider knows it.
    pub url: &'a str,
    /// The value of `X-Twilio-Signature`.
    pub signature: &'a str,
    /// The raw body; empty for GET.
    pub body: &'a [u8],
    /// The value of `X-Twilio-Webhooks-Signature-Settings`, if there is one.
    pub settings: Option<&'a str>,
    /// The value of `Content-Type`, if it is to be checked.
    pub content_type: Option<&'a str>,
    /// Further spellings of the address to try behind the raw ones; what they change is the caller's responsibility.
    pub further: &'a [&'a str],
}

/// The configured keys, several for rotation and sub-accounts.
#[derive(Debug, Default)]
pub struct KeyRing {
    /// The keys, in the order in which they are tried.
    pub keys: Vec<Key>,
    /// Refuse what an Auth Token signed.
    pub require_shared_key: bool,
}

/// Room that is used again from call to call; after the first calls nothing is allocated.
#[derive(Debug, Default)]
pub struct Scratch {
    form: Form,
    /// Whether `form` is the body of the request at hand.
    read: bool,
    /// Whether the request at hand was signed.
    verified: bool,
    announced: BodyHash,
    message: WordBuffer,
}

/// What matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// Index of the key.
    pub key: usize,
    /// Index of the spelling: 0 without port, 1 with port, from 2 those of [`Request::further`].
    pub spelling: usize,
    /// Whether the body was covered by a hash in the address instead of being a form.
    pub body_hash: bool,
}

/// What a signature is taken to cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Covered {
    /// The address alone, which holds a hash of the body.
    Address,
    /// The address and the parameters of the form.
    Form,
}

impl Match {
    /// The address as it was signed.
    #[must_use]
    pub fn url(&self, request: &Request<'_>) -> String {
        spellings(request).nth(self.spelling).flatten().map(|pieces| pieces.concat()).unwrap_or_default()
    }
}

fn spellings<'a>(request: &Request<'a>) -> impl Iterator<Item = Option<[&'a str; 3]>> + use<'a> {
    candidates(request.url).into_iter().chain(request.further.iter().map(|url| Some([*url, "", ""])))
}

impl KeyRing {
    /// Verifies a request. On success [`Scratch::pairs`] are the parameters that were signed (none for a hashed body).
    ///
    /// # Errors
    /// [`Refusal`]; everything that can be refused before hashing is.
    ///
    /// ```
    /// use reply_window::signing::{key::Key, secret::Secret};
    /// use reply_window::provider::twilio::signature::{KeyRing, Request, Scratch};
    /// // The worked example of Twilio's security page.
    /// let token = Secret::new(b"12345").expect("not empty");
    /// let ring = KeyRing { keys: vec![Key::auth_token(&token)], require_shared_key: false };
    /// let request = Request {
    ///     url: "https://mycompany.com/myapp.php?foo=1&bar=2",
    ///     signature: "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
    ///     body: b"CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212",
    ///     ..Request::default()
    /// };
    /// let matched = ring.verify(&request, &mut Scratch::default()).expect("signed by the key");
    /// assert_eq!(matched.key, 0);
    /// ```
    pub fn verify(&self, request: &Request<'_>, scratch: &mut Scratch) -> Result<Match, Refusal> {
        scratch.form.clear();
        scratch.read = false;
        self.verify_again(request, scratch)
    }

    /// Verifies the request that [`KeyRing::verify`] refused last, with another spelling of its address; the body, which
    /// must be the same, is not read a second time.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn verify_again(&self, request: &Request<'_>, scratch: &mut Scratch) -> Result<Match, Refusal> {
        scratch.verified = false;
        if request.url.len() > MAX_URL {
            return Err(Refusal::UrlTooLong);
        }
        let settings = self.settings(request)?;
        let applies = |key: &Key| match settings {
            Some(settings) => key.shared_id.as_deref() == Some(settings.key),
            None => key.shared_id.is_none(),
        };
        check_text(request.signature)?;
        let fits = |key: &Key| encoded(key.derived.hash()) == request.signature.len();
        if !self.keys.iter().any(|key| applies(key) && fits(key)) {
            return Err(Refusal::SignatureMalformed);
        }
        if request.body.len() > MAX_BODY {
            return Err(Refusal::BodyTooLarge);
        }
        let usable = |key: &Key| applies(key) && fits(key);
        if scratch.announced.read(request.url)? {
            // Whoever signed the address alone signed no form: that comes first.
            if let Some((key, spelling)) = self.signer(request, scratch, Covered::Address, usable) {
                if !scratch.announced.is_of(request.body) {
                    return Err(Refusal::BodyHashMismatch);
                }
                return Ok(Match { key, spelling, body_hash: true });
            }
            if request.body.is_empty()
                || check_type(request).and_then(|()| scratch.read(request.body)).is_err()
            {
                return Err(Refusal::SignatureMismatch);
            }
        } else {
            check_type(request)?;
            scratch.read(request.body)?;
        }
        let signer = self.signer(request, scratch, Covered::Form, usable);
        scratch.verified = signer.is_some();
        let (key, spelling) = signer.ok_or(Refusal::SignatureMismatch)?;
        Ok(Match { key, spelling, body_hash: false })
    }

    /// The key that signed, and the spelling of the address that it signed.
    fn signer(
        &self,
        request: &Request<'_>,
        scratch: &mut Scratch,
        covered: Covered,
        usable: impl Fn(&Key) -> bool,
    ) -> Option<(usize, usize)> {
        for (spelling, candidate) in spellings(request).enumerate() {
            let Some(pieces) = candidate else { continue };
            scratch.assemble(&pieces, covered);
            let signs = |key: &Key| usable(key) && signs(key, scratch.message.text(), request.signature);
            if let Some(key) = self.keys.iter().position(signs) {
                return Some((key, spelling));
            }
        }
        None
    }

    /// The settings header, agreeing with the configuration.
    fn settings<'a>(&self, request: &Request<'a>) -> Result<Option<Settings<'a>>, Refusal> {
        if self.keys.is_empty() {
            return Err(Refusal::NoKeys);
        }
        let Some(header) = request.settings else {
            let tokens = self.keys.iter().any(|key| key.shared_id.is_none());
            return if self.require_shared_key || !tokens {
                Err(Refusal::SharedKeyRequired)
            } else {
                Ok(None)
            };
        };
        let settings = Settings::parse(header)?;
        let mut named =
            self.keys.iter().filter(|key| key.shared_id.as_deref() == Some(settings.key)).peekable();
        if named.peek().is_none() {
            return Err(Refusal::SharedKeyUnknown);
        }
        if named.all(|key| Some(key.derived.hash()) == settings.algorithm) {
            Ok(Some(settings))
        } else {
            Err(Refusal::AlgorithmMismatch)
        }
    }
}

impl Scratch {
    /// Names and values that were signed, in the order of the body; none if the last request was refused, or if its body
    /// is covered by a hash in the address.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.form.pairs().filter(|_| self.verified)
    }

    /// Reads once more the form that was verified, for [`Scratch::pairs`]; the caller vouches for the bytes.
    ///
    /// # Errors
    /// [`Refusal`]: none for a body that was accepted before.
    pub fn read_verified(&mut self, body: &[u8]) -> Result<(), Refusal> {
        self.verified = false;
        self.read = false;
        self.read(body)?;
        self.verified = true;
        Ok(())
    }

    fn read(&mut self, body: &[u8]) -> Result<(), Refusal> {
        if !self.read {
            self.form.read(body)?;
            self.read = true;
        }
        Ok(())
    }

    fn assemble(&mut self, pieces: &[&str; 3], covered: Covered) {
        self.message.clear();
        self.message.reserve(pieces.iter().map(|piece| piece.len()).sum());
        pieces.iter().for_each(|piece| self.message.extend(piece.as_bytes()));
        if covered == Covered::Form {
            self.form.sign_into(&mut self.message);
        }
    }
}

/// Length of a signature with this hash.
const fn encoded(hash: Hash) -> usize {
    match hash {
        Hash::Sha1 => 28,
        Hash::Sha256 => LONGEST,
    }
}

/// Cheap refusals before anything is hashed.
fn check_text(signature: &str) -> Result<(), Refusal> {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    if signature.is_empty() {
        return Err(Refusal::SignatureMissing);
    }
    if signature.len() <= LONGEST && signature.bytes().all(known) {
        return Ok(());
    }
    Err(if signature.bytes().any(|byte| byte == b',') {
        Refusal::SignatureMultiple
    } else {
        Refusal::SignatureMalformed
    })
}

/// A body that is no form is covered only by a hash in the address.
fn check_type(request: &Request<'_>) -> Result<(), Refusal> {
    let Some(content_type) = request.content_type.filter(|_| !request.body.is_empty()) else { return Ok(()) };
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        Ok(())
    } else {
        Err(Refusal::ContentType)
    }
}

fn signs(key: &Key, message: &[u8], signature: &str) -> bool {
    let digest = key.derived.sign(message);
    let mut text = [0; LONGEST];
    let Some(expected) = text.get_mut(..encoded(key.derived.hash())) else { return false };
    base64(digest.bytes(), expected);
    // Both lengths are whole numbers of words, which are compared as such.
    let words = [expected, signature.as_bytes()].map(|text| text.as_chunks().0.iter());
    let mut equal = Choice::from(u8::from(expected.len() == signature.len()));
    let [expected, given] = words;
    for (expected, given) in expected.zip(given) {
        equal &= u32::from_le_bytes(*expected).ct_eq(&u32::from_le_bytes(*given));
    }
    wipe(&mut text);
    equal.into()
}
