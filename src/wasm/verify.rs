//! The verifier's fast path: keys that stay here under an id, and one buffer that the caller writes into.
//!
//! JavaScript asks for room, writes address, signature and body behind one another with `encodeInto` and `set`, and
//! asks for the verdict. No text is copied twice and after the first calls nothing is allocated.

use super::digest::digest_of;
use super::flat::Flat;
use super::tree::{Wiped, thrown};
use crate::data::{Fields, Object, Path, Value, json};
use crate::provider::meta::signature::MAX_BODY;
use crate::provider::twilio::signature::{KeyRing, Match, Request, Scratch};
use crate::signing::refusal::Refusal;
use crate::wire::{inbound, webhook};
use std::cell::RefCell;
use wasm_bindgen::JsValue;

/// Longest address and signature together, in bytes.
const MAX_HEAD: usize = 64 * 1024;

#[derive(Default)]
struct State {
    rings: Vec<(u32, KeyRing)>,
    next: u32,
    buffer: Vec<u8>,
    scratch: Scratch,
    /// The JSON that was read last; none where it was a form.
    json: Option<Value>,
    /// The texts of the answer that was given last.
    text: String,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

/// `verifierAdd({ keys, requireSharedKey })`: keeps the keys and answers an id.
pub fn add(input: JsValue) -> Result<u32, JsValue> {
    let input = Wiped::read(input)?;
    let fields =
        Fields::open(&Path::Root, &input.0, &["keys", "requireSharedKey"]).map_err(|fault| thrown(&fault))?;
    let (ring, _) = webhook::ring(&fields).map_err(|fault| thrown(&fault))?;
    STATE.with_borrow_mut(|state| {
        state.next = state.next.wrapping_add(1);
        state.rings.push((state.next, ring));
        Ok(state.next)
    })
}

/// Forgets the keys, which wipes them.
pub fn remove(id: u32) {
    STATE.with_borrow_mut(|state| state.rings.retain(|(known, _)| *known != id));
}

/// Where to write `length` bytes: an address in linear memory, good until the next call; 0 if it is more than is taken.
pub fn scratch_pointer(length: usize) -> usize {
    if length > MAX_BODY.saturating_add(MAX_HEAD) {
        return 0;
    }
    STATE.with_borrow_mut(|state| {
        if state.buffer.len() < length {
            state.buffer.reserve_exact(length.saturating_sub(state.buffer.len()));
            state.buffer.resize(length, 0);
        }
        state.buffer.as_mut_ptr().expose_provenance()
    })
}

/// The verdict over what was written, so many bytes of each behind one another: `key * 4 + hash * 2 + spelling` (`hash` 1
/// where a hash in the address covers the body; `spelling` 0 without port, 1 with port), or `-1 - n` for the refusal with
/// number `n`.
pub fn verify(id: u32, url: usize, signature: usize, body: usize) -> i32 {
    verdict(KeyRing::verify, id, [url, signature, body, 0])
}

/// The same after a refusal, for another address that stands behind the body; the body is not read again.
pub fn verify_again(id: u32, url: usize, signature: usize, body: usize, other: usize) -> i32 {
    verdict(KeyRing::verify_again, id, [url, signature, body, other])
}

type Verify = fn(&KeyRing, &Request<'_>, &mut Scratch) -> Result<Match, Refusal>;

fn verdict(verify: Verify, id: u32, lengths: [usize; 4]) -> i32 {
    STATE.with_borrow_mut(|state| {
        state.json = None;
        let ring = state.rings.iter().find(|(known, _)| *known == id).map(|(_, ring)| ring);
        let verdict = match ring {
            Some(ring) => {
                request(&state.buffer, lengths).and_then(|request| verify(ring, &request, &mut state.scratch))
            }
            None => Err(Refusal::NoKeys),
        };
        let number = match verdict {
            Ok(matched) => {
                let hash = usize::from(matched.body_hash).saturating_mul(2);
                matched.key.saturating_mul(4).saturating_add(hash).saturating_add(matched.spelling.min(1))
            }
            Err(refusal) => return !place(refusal),
        };
        i32::try_from(number).unwrap_or(i32::MAX)
    })
}

fn request(buffer: &[u8], [url, signature, body, other]: [usize; 4]) -> Result<Request<'_>, Refusal> {
    let parts = || {
        let (url, rest) = buffer.split_at_checked(url)?;
        let (signature, rest) = rest.split_at_checked(signature)?;
        let (body, rest) = rest.split_at_checked(body)?;
        let other = rest.get(..other)?;
        Some((if other.is_empty() { url } else { other }, signature, body))
    };
    let (url, signature, body) = parts().ok_or(Refusal::BodyTooLarge)?;
    let url = core::str::from_utf8(url).map_err(|_| Refusal::BadUrl)?;
    let signature = core::str::from_utf8(signature).map_err(|_| Refusal::SignatureMalformed)?;
    Ok(Request { url, signature, body, ..Request::default() })
}

fn place(refusal: Refusal) -> i32 {
    let place = Refusal::ALL.iter().position(|known| *known == refusal);
    place.and_then(|place| i32::try_from(place).ok()).unwrap_or(0)
}

/// Reads the form that was written, so many bytes, which `verifyScratch` accepted before; 0, or `-1 - n` as there.
pub fn read(body: usize) -> i32 {
    STATE.with_borrow_mut(|state| {
        state.json = None;
        let form = state.buffer.get(..body).ok_or(Refusal::BodyTooLarge);
        form.and_then(|form| state.scratch.read_verified(form)).map_or_else(|refusal| !place(refusal), |()| 0)
    })
}

/// SHA-256, in base64, of an address and the form that was read last, in its order; of the address alone where that was JSON.
pub fn scratch_digest(url: &str) -> String {
    STATE.with_borrow(|state| {
        let mut read = Vec::with_capacity(1024);
        let mut add = |text: &str| {
            read.extend_from_slice(&text.len().to_le_bytes());
            read.extend_from_slice(text.as_bytes());
        };
        add(url);
        if state.json.is_none() {
            state.scratch.pairs().flat_map(|(name, value)| [name, value]).for_each(add);
        }
        digest_of(&read)
    })
}

/// Names and values, in turn, of the form that was read last, as one text: each where the one before ends.
pub fn scratch_text() -> String {
    STATE.with_borrow(|state| state.scratch.pairs().flat_map(|(name, value)| [name, value]).collect())
}

/// How long each of these names and values is, in UTF-16 code units.
pub fn scratch_lengths() -> Vec<u32> {
    let length = |text: &str| u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
    STATE.with_borrow(|state| {
        state.scratch.pairs().flat_map(|(name, value)| [length(name), length(value)]).collect()
    })
}

/// Reads the JSON that was written, so many bytes, whose signature was verified; whether it is an object or an array.
pub fn read_json(body: usize) -> bool {
    STATE.with_borrow_mut(|state| {
        let text = state.buffer.get(..body).and_then(|bytes| core::str::from_utf8(bytes).ok());
        let value = text.and_then(|text| json(text.strip_prefix('\u{FEFF}').unwrap_or(text)));
        state.json = value.filter(|value| matches!(value, Value::Map(_) | Value::List(_)));
        state.json.is_some()
    })
}

/// `parseInbound` of the form or, once, of the JSON that was read last, flat: what stands where in
/// [`scratch_inbound_text`].
///
/// # Errors
/// Those of `parseInbound`, as an `Error` to throw.
pub fn scratch_inbound(receipt_at_ms: f64) -> Result<Vec<f64>, JsValue> {
    let pair = |(name, value): (&str, &str)| Object::new().with("name", name).with("value", value);
    let input = STATE.with_borrow_mut(|state| match state.json.take() {
        Some(payload) => Object::new().with("payload", payload),
        None => Object::new().with("parameters", state.scratch.pairs().map(pair).collect::<Value>()),
    });
    let input = input.with("receiptAtMs", Value::Number(receipt_at_ms));
    let inbound = inbound::parse_inbound(&input.into()).map_err(|fault| thrown(&fault))?;
    let Flat { text, codes } = Flat::of(&inbound);
    STATE.with_borrow_mut(|state| state.text = text);
    Ok(codes)
}

/// The texts of the answer of [`scratch_inbound`].
pub fn scratch_inbound_text() -> String {
    STATE.with_borrow_mut(|state| core::mem::take(&mut state.text))
}

/// The refusal with that number, as an error to throw.
pub fn scratch_refusal(number: usize) -> JsValue {
    thrown(&webhook::refused(Refusal::ALL.get(number).copied().unwrap_or(Refusal::SignatureMismatch)))
}
