//! Signing as Twilio signs, for a webhook that is handed on to another address: base64 of the HMAC, under the key, of that
//! address followed by the sorted form. The counterpart of [`super::signature`], with the same sources.

use super::url::MAX_URL;
use crate::signing::encode::base64;
use crate::signing::form::{Form, MAX_BODY};
use crate::signing::key::DerivedKey;
use crate::signing::refusal::Refusal;
use crate::signing::word_buffer::WordBuffer;

/// The value of `X-Twilio-Signature` for an address, exactly as it is asked, and a form; the form is empty for GET.
///
/// # Errors
/// [`Refusal::UrlTooLong`], [`Refusal::BodyTooLarge`], and those of reading the form.
///
/// ```
/// use reply_window::provider::twilio::sign::sign;
/// use reply_window::signing::{hash::Hash, key::DerivedKey, secret::Secret};
/// // The worked example of Twilio's security page.
/// let key = DerivedKey::new(&Secret::new(b"12345").expect("not empty"), Hash::Sha1);
/// let url = "https://mycompany.com/myapp.php?foo=1&bar=2";
/// let body = b"CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212";
/// assert_eq!(sign(&key, url, body).as_deref(), Ok("RSOYDt4T1cUTdK1PDd93/VVr8B8="));
/// ```
pub fn sign(key: &DerivedKey, url: &str, body: &[u8]) -> Result<String, Refusal> {
    if url.len() > MAX_URL {
        return Err(Refusal::UrlTooLong);
    }
    if body.len() > MAX_BODY {
        return Err(Refusal::BodyTooLarge);
    }
    let mut form = Form::default();
    form.read(body)?;
    let mut message = WordBuffer::default();
    message.reserve(url.len());
    message.extend(url.as_bytes());
    form.sign_into(&mut message);
    let digest = key.sign(message.text());
    let mut text = vec![0; digest.bytes().len().div_ceil(3).saturating_mul(4)];
    base64(digest.bytes(), &mut text);
    String::from_utf8(text).map_err(|_| Refusal::SignatureMalformed)
}
