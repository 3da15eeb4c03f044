//! The signatures of webhooks: verifying, deriving keys, finding out why one does not match.

use crate::data::{Fault, Fields, Object, Path, Value};
use crate::provider::meta::signature::verify_meta as meta;
use crate::provider::twilio::diagnosis::{Hints, diagnose as changes};
use crate::provider::twilio::sign::sign;
use crate::provider::twilio::signature::{KeyRing, Match, Request, Scratch};
use crate::signing::hash::Hash;
use crate::signing::key::{DerivedKey, DerivedKeyError, Finding, Key};
use crate::signing::refusal::Refusal;
use crate::signing::secret::Secret;
use zeroize::Zeroize;

/// The text or the bytes of a body.
fn body<'v>(path: &Path<'_>, value: &'v Value) -> Result<&'v [u8], Fault> {
    bytes(value).ok_or_else(|| path.fault("bad-body", "expected the raw body: bytes, or a string"))
}

fn bytes(value: &Value) -> Option<&[u8]> {
    match value {
        Value::Bytes(bytes) => Some(bytes),
        Value::Text(text) => Some(text.as_bytes()),
        _ => None,
    }
}

fn secret(path: &Path<'_>, value: &Value) -> Result<Secret, Fault> {
    let bytes =
        bytes(value).ok_or_else(|| path.fault("wrong-type", "expected a secret: a string, or bytes"))?;
    Secret::new(bytes).ok_or_else(|| path.fault("key-empty", "a key must not be empty"))
}

fn algorithm(path: &Path<'_>, value: &Value) -> Result<Hash, Fault> {
    path.name(value, &[("HMAC_SHA1", Hash::Sha1), ("HMAC_SHA256", Hash::Sha256)])
}

/// The one value of a header; a list of several is what a server makes of a repeated header.
fn header<'v>(path: &Path<'_>, value: &'v Value) -> Result<&'v str, Fault> {
    match value {
        Value::List(values) => match values.as_slice() {
            [] => Ok(""),
            [value] => path.text(value),
            _ => Err(refused_at(Refusal::SignatureMultiple, path)),
        },
        value => path.text(value),
    }
}

fn refused_at(refusal: Refusal, path: &Path<'_>) -> Fault {
    path.fault(refusal.code(), refusal.message())
}

/// What is told of a refusal.
pub(crate) fn refused(refusal: Refusal) -> Fault {
    Fault::new(refusal.code(), refusal.field(), refusal.message())
}

/// The fields of a configured key.
const KEY: &[&str] = &["secret", "derived", "id", "algorithm"];

/// A configured key, and its secret where one was given.
struct Configured {
    key: Key,
    secret: Option<Secret>,
}

fn derived(path: &Path<'_>, value: &Value) -> Result<DerivedKey, Fault> {
    DerivedKey::from_text(path.text(value)?)
        .map_err(|_| path.fault("bad-derived-key", DerivedKeyError::MESSAGE))
}

/// A text is an Auth Token; an object says what it is.
fn key(path: &Path<'_>, value: &Value) -> Result<Configured, Fault> {
    if bytes(value).is_some() {
        let secret = secret(path, value)?;
        return Ok(Configured { key: Key::auth_token(&secret), secret: Some(secret) });
    }
    let fields = Fields::open(path, value, KEY)?;
    let shared_id = fields.optional_text("id")?.map(str::to_owned);
    let hash = fields.optional("algorithm", algorithm)?;
    if hash.is_some() && shared_id.is_none() {
        return Err(Path::Field(path, "id")
            .fault("missing-field", "a key with an algorithm is a shared key: its id is required"));
    }
    if let Some(derived) = fields.optional("derived", derived)? {
        return Ok(Configured { key: Key { derived, shared_id }, secret: None });
    }
    let secret = fields.required("secret", secret)?;
    let hash = match (&shared_id, hash) {
        (None, _) => Hash::Sha1,
        (Some(_), Some(hash)) => hash,
        (Some(_), None) => {
            return Err(
                Path::Field(path, "algorithm").fault("missing-field", "a shared key fixes its algorithm")
            );
        }
    };
    Ok(Configured { key: Key { derived: DerivedKey::new(&secret, hash), shared_id }, secret: Some(secret) })
}

/// The configured keys, and what is odd about the Auth Tokens among them.
pub(crate) fn ring(fields: &Fields<'_>) -> Result<(KeyRing, Value), Fault> {
    let configured = fields.required("keys", |path, value| path.each(value, key))?;
    let findings = configured.iter().enumerate().flat_map(|(index, configured)| {
        let token = configured.secret.as_ref().filter(|_| configured.key.shared_id.is_none());
        let findings = token.map(Finding::of_auth_token).unwrap_or_default();
        findings
            .into_iter()
            .map(move |finding| Object::new().with("key", number(index)).with("code", finding.code()))
    });
    let findings = findings.collect();
    let require_shared_key = fields.optional_truth("requireSharedKey")?.unwrap_or(false);
    let keys = configured.into_iter().map(|configured| configured.key).collect();
    Ok((KeyRing { keys, require_shared_key }, findings))
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// The fields of `verifyTwilio`.
const REQUEST: &[&str] =
    &["url", "signature", "body", "keys", "settings", "contentType", "further", "requireSharedKey"];

fn request<'v>(fields: &Fields<'v>, further: &'v [&'v str]) -> Result<Request<'v>, Fault> {
    Ok(Request {
        url: fields.text("url")?,
        signature: fields.optional("signature", header)?.unwrap_or_default(),
        body: fields.optional("body", body)?.unwrap_or_default(),
        settings: fields.optional("settings", header)?,
        content_type: fields.optional_text("contentType")?,
        further,
    })
}

/// Spellings of the address that the platform's `URL` made.
fn further<'v>(fields: &Fields<'v>) -> Result<Vec<&'v str>, Fault> {
    let Some(list) = fields.get("further") else { return Ok(Vec::new()) };
    let path = Path::Field(&Path::Root, "further");
    path.list(list)?.iter().map(|url| path.text(url)).collect()
}

/// `verifyTwilio`: the key that signed the request, the address as it was signed, and the signed parameters.
///
/// # Errors
/// Every code of [`Refusal`], `key-empty`, `bad-derived-key`, `bad-body`, and those of reading the input.
pub fn verify_twilio(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, REQUEST)?;
    let (ring, findings) = ring(&fields)?;
    let further = further(&fields)?;
    let request = request(&fields, &further)?;
    let mut scratch = Scratch::default();
    let matched = ring.verify(&request, &mut scratch).map_err(refused)?;
    Ok(verified(&matched, &request, &scratch).with("findings", findings).into())
}

fn verified(matched: &Match, request: &Request<'_>, scratch: &Scratch) -> Object {
    let pair = |(name, value): (&str, &str)| Object::new().with("name", name).with("value", value);
    Object::of_kind(if matched.body_hash { "body" } else { "form" })
        .with("key", number(matched.key))
        .with("url", matched.url(request))
        .with("parameters", scratch.pairs().map(pair).collect::<Value>())
}

/// `verifyMeta`: the key that signed the body.
///
/// # Errors
/// The codes of [`meta`], `key-empty`, `bad-derived-key`, `bad-body`, and those of reading the input.
pub fn verify_meta(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["signature", "body", "keys"])?;
    let keys = fields.required("keys", |path, value| path.each(value, app_secret))?;
    let signature = fields.optional("signature", header)?.unwrap_or_default();
    let body = fields.optional("body", body)?.unwrap_or_default();
    let matched = meta(&keys, signature, body).map_err(refused)?;
    Ok(Object::new().with("key", number(matched)).into())
}

/// An app secret, or a key derived from one.
fn app_secret(path: &Path<'_>, value: &Value) -> Result<DerivedKey, Fault> {
    if bytes(value).is_some() {
        return Ok(DerivedKey::new(&secret(path, value)?, Hash::Sha256));
    }
    let derived = Fields::open(path, value, &["derived"])?.required("derived", derived)?;
    if derived.hash() == Hash::Sha256 {
        return Ok(derived);
    }
    Err(path.fault("bad-derived-key", "derived for HMAC_SHA1, and Meta signs with HMAC_SHA256"))
}

/// `deriveKey`: the verification and signing key of a secret, as text.
///
/// # Errors
/// `key-empty`, and those of reading the input.
pub fn derive_key(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["secret", "algorithm"])?;
    let secret = fields.required("secret", secret)?;
    let hash = fields.optional("algorithm", algorithm)?.unwrap_or(Hash::Sha1);
    let findings = Finding::of_auth_token(&secret);
    let findings: Value = findings.iter().map(|finding| Object::new().with("code", finding.code())).collect();
    let key = DerivedKey::new(&secret, hash).to_text();
    Ok(Object::new().with("key", key.as_str()).with("findings", findings).into())
}

/// `signTwilio`: what Twilio's header would hold for this address and form, under an Auth Token or a key derived from one.
///
/// # Errors
/// `key-shared` for a shared key, whose settings header is Twilio's own; `url-too-long`, `body-too-large` and the codes of a form that
/// cannot be read; `key-empty`, `bad-derived-key`, `bad-body`, and those of reading the input.
pub fn sign_twilio(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["url", "body", "key"])?;
    let key = fields.required("key", key)?.key;
    if key.shared_id.is_some() || key.derived.hash() != Hash::Sha1 {
        return Err(Fault::new("key-shared", "key", "sign with an Auth Token, or a key derived from one"));
    }
    let body = fields.optional("body", body)?.unwrap_or_default();
    let signature = sign(&key.derived, fields.text("url")?, body).map_err(refused)?;
    Ok(Object::new().with("signature", signature).into())
}

/// `diagnoseTwilio`: the single changes that would have made the signature match.
///
/// # Errors
/// `key-empty`, `bad-derived-key`, `bad-body`, and those of reading the input.
pub fn diagnose_twilio(input: &Value) -> Result<Value, Fault> {
    let known: Vec<&str> = REQUEST.iter().copied().chain(["hosts", "previousKeys"]).collect();
    let fields = Fields::open(&Path::Root, input, &known)?;
    let configured = fields.required("keys", |path, value| path.each(value, key))?;
    let previous = fields.optional("previousKeys", |path, value| path.each(value, key))?.unwrap_or_default();
    let hosts_path = Path::Field(&Path::Root, "hosts");
    let hosts = fields.get("hosts").map(|value| hosts_path.list(value)).transpose()?.unwrap_or_default();
    let hosts = hosts.iter().map(|host| hosts_path.text(host)).collect::<Result<Vec<_>, _>>()?;
    let variants = |variants: fn(&Configured) -> Vec<Key>| KeyRing {
        keys: configured.iter().flat_map(variants).collect(),
        require_shared_key: false,
    };
    let line_ends = variants(|configured| match (&configured.secret, &configured.key.shared_id) {
        (Some(secret), None) => Key::line_ends(secret),
        _ => Vec::new(),
    });
    let other_hash = variants(|configured| {
        let other = if configured.key.derived.hash() == Hash::Sha1 { Hash::Sha256 } else { Hash::Sha1 };
        let derive = |secret| Key { derived: DerivedKey::new(secret, other), shared_id: None };
        configured.secret.iter().map(derive).collect()
    });
    let further = further(&fields)?;
    let request = request(&fields, &further)?;
    let keys = |configured: Vec<Configured>| KeyRing {
        keys: configured.into_iter().map(|configured| configured.key).collect(),
        require_shared_key: false,
    };
    let (previous, ring) = (keys(previous), keys(configured));
    let hints = Hints { hosts: &hosts, previous: &previous, line_ends: &line_ends, other_hash: &other_hash };
    let changes = changes(&ring, &request, hints).into_iter();
    let changes: Value = changes
        .map(|change| {
            let detail = Some(change.detail).filter(|detail| !detail.is_empty());
            Object::new().with("code", change.code).with_some("detail", detail)
        })
        .collect();
    Ok(Object::new().with("changes", changes).into())
}

/// Overwrites every text and all bytes of a tree that may hold secrets.
pub fn wipe(value: &mut Value) {
    match value {
        Value::Text(text) => text.zeroize(),
        Value::Bytes(bytes) => bytes.zeroize(),
        Value::List(items) => items.iter_mut().for_each(wipe),
        Value::Map(fields) => fields.iter_mut().for_each(|(_, value)| wipe(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
