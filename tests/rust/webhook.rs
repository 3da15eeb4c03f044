//! The signature verifier against recorded answers, and what it must never accept.

use crate::vectors::call;
use hmac::{Hmac, KeyInit, Mac};
use proptest::prelude::*;
use reply_window::provider::twilio::signature::{KeyRing, Request, Scratch};
use reply_window::signing::form::Form;
use reply_window::signing::hash::Hash;
use reply_window::signing::key::{DerivedKey, Key};
use reply_window::signing::refusal::Refusal;
use reply_window::signing::secret::Secret;
use serde_json::{Value as Json, json};

/// The recorded vectors; their origin is told in the file.
fn recorded() -> Vec<Json> {
    let file: Json = serde_json::from_str(include_str!("../vectors/twilio-signatures.json")).expect("JSON");
    file["vectors"].as_array().expect("a list").clone()
}

/// The request of a vector. An algorithm is announced by the settings header, and only the two real ones can be
/// configured.
fn input(vector: &Json) -> Json {
    let mut input = json!({
        "url": vector["url"], "signature": vector["signature"], "body": vector["body"], "keys": [vector["token"]],
    });
    if let Some(further) = vector.get("further") {
        input["further"] = further.clone();
    }
    if let Some(announced) = vector["algorithm"].as_str() {
        let configured = if announced == "HMAC_SHA1" { "HMAC_SHA1" } else { "HMAC_SHA256" };
        input["settings"] = json!(format!("key=webhooks_sharedkey_1,algorithm={announced}"));
        input["keys"] =
            json!([{ "id": "webhooks_sharedkey_1", "secret": vector["token"], "algorithm": configured }]);
    }
    input
}

#[test]
fn every_vector_is_answered_as_recorded() {
    let vectors = recorded();
    assert_eq!(vectors.len(), 283);
    let (mut accepted, mut further) = (0, 0);
    for vector in vectors {
        let answer = call("verifyTwilio", &input(&vector)).map_err(|fault| fault.code);
        assert_eq!(answer.is_ok(), vector["recommended"] == true, "{}: {answer:?}", vector["name"]);
        accepted += usize::from(answer.is_ok());
        if vector.get("further").is_some() {
            further += 1;
            let mut input = input(&vector);
            input.as_object_mut().expect("an object").remove("further");
            assert!(call("verifyTwilio", &input).is_err(), "{} needs no further spelling", vector["name"]);
        }
    }
    assert_eq!((accepted, further), (215, 20));
}

/// What others signed, we sign alike: all forms that verify in the spelling in which they came.
#[test]
fn every_form_that_verifies_as_it_came_is_signed_alike() {
    let mut signed = 0;
    for vector in recorded().iter().filter(|vector| vector["recommended"] == true) {
        let verified = call("verifyTwilio", &input(vector)).expect("recommended");
        let is_sha1 = vector["algorithm"].is_null() || vector["algorithm"] == "HMAC_SHA1";
        if verified["kind"] != "form" || verified["url"] != vector["url"] || !is_sha1 {
            continue;
        }
        let input = json!({ "url": vector["url"], "body": vector["body"], "key": vector["token"] });
        let answer = call("signTwilio", &input).expect("a form");
        assert_eq!(answer["signature"], vector["signature"], "{}", vector["name"]);
        signed += 1;
    }
    assert!(signed > 100, "{signed}");
}

#[test]
fn nothing_is_signed_by_a_shared_key_or_beyond_the_limits() {
    let sign = |input: Json| call("signTwilio", &input).map_err(|fault| fault.code);
    let shared = json!({ "id": "webhooks_sharedkey_1", "secret": "12345", "algorithm": "HMAC_SHA1" });
    let with = |key: &Json, body: &str| json!({ "url": "https://a.example/", "body": body, "key": key });
    assert_eq!(sign(with(&shared, "A=1")), Err("key-shared"));
    assert_eq!(sign(with(&json!(""), "A=1")), Err("key-empty"));
    assert_eq!(sign(with(&json!("12345"), "A")), Err("pair-without-equals"));
    assert_eq!(sign(with(&json!("12345"), &"A=1&".repeat(70_000))), Err("body-too-large"));
    let long = json!({ "url": format!("https://a.example/{}", "a".repeat(65_536)), "key": "12345" });
    assert_eq!(sign(long), Err("url-too-long"));
}

#[test]
fn every_vector_is_answered_alike_through_a_derived_key() {
    for vector in recorded().iter().filter(|vector| vector["token"] != "") {
        let mut input = input(vector);
        let key = &mut input["keys"][0];
        let algorithm = key["algorithm"].as_str().unwrap_or("HMAC_SHA1").to_owned();
        let derived = call("deriveKey", &json!({ "secret": vector["token"], "algorithm": algorithm }))
            .expect("derived");
        *key = match key.get("id") {
            Some(id) => json!({ "id": id, "derived": derived["key"] }),
            None => json!({ "derived": derived["key"] }),
        };
        let answer = call("verifyTwilio", &input);
        assert_eq!(answer.is_ok(), vector["recommended"] == true, "{}: {answer:?}", vector["name"]);
    }
}

fn from_hex(text: &Json) -> Vec<u8> {
    let text = text.as_str().expect("text");
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).expect("hexadecimal"))
        .collect()
}

fn states_and_meta() -> Json {
    serde_json::from_str(include_str!("../vectors/hmac-states-and-meta.json")).expect("JSON")
}

#[test]
fn derived_keys_hold_the_recorded_states() {
    for vector in states_and_meta()["derived_keys"].as_array().expect("a list") {
        let (hash, id) = if vector["hash"] == "sha1" { (Hash::Sha1, "0101") } else { (Hash::Sha256, "0102") };
        let Some(secret) = Secret::new(vector["token"].as_str().expect("text").as_bytes()) else { continue };
        let key = DerivedKey::new(&secret, hash);
        let text = key.to_text();
        let (inner, outer) =
            (vector["inner_be_hex"].as_str().expect("text"), vector["outer_be_hex"].as_str().expect("text"));
        assert!(text.starts_with(&format!("rwk_{id}{inner}{outer}")), "{}", vector["token"]);
        assert_eq!(text.len(), 4 + 2 * (2 + 2 * hash.length() + 4));
        assert_eq!(key.sign(b"").bytes(), from_hex(&vector["check_hmac_of_empty_hex"]));
        let again = DerivedKey::from_text(&text).expect("its own text");
        assert_eq!(again.sign(b"x").bytes(), key.sign(b"x").bytes());
        assert_eq!(format!("{key:?} {secret:?}"), "DerivedKey(…) Secret(…)");
    }
}

#[test]
fn no_damaged_derived_key_is_taken() {
    let text = DerivedKey::new(&Secret::new(b"12345").expect("not empty"), Hash::Sha1).to_text();
    assert!(text.is_ascii());
    for at in 0..text.len() {
        assert!(DerivedKey::from_text(&text[..at]).is_err(), "the first {at}");
        let mut bytes = text.as_bytes().to_vec();
        bytes[at] = if bytes[at] == b'0' { b'1' } else { b'0' };
        assert!(
            DerivedKey::from_text(std::str::from_utf8(&bytes).expect("ASCII")).is_err(),
            "changed at {at}"
        );
    }
    for text in
        [format!("{}00", *text), format!("{}0", *text), format!(" {}", *text), "rwk_".into(), String::new()]
    {
        assert!(DerivedKey::from_text(&text).is_err(), "{text}");
    }
}

#[test]
fn meta_signatures_are_answered_as_recorded() {
    let file = states_and_meta();
    let vectors = file["meta"].as_array().expect("a list");
    assert_eq!(vectors.len(), 14);
    for vector in vectors {
        let secret = &vector["app_secret"];
        let derived =
            call("deriveKey", &json!({ "secret": secret, "algorithm": "HMAC_SHA256" })).expect("derived");
        for keys in [json!([secret]), json!(["another", { "derived": derived["key"] }])] {
            let body: reply_window::data::Value =
                reply_window::data::Value::Bytes(from_hex(&vector["body_hex"]));
            let mut input: reply_window::data::Value =
                serde_json::from_value(json!({ "signature": vector["header"], "keys": keys }))
                    .expect("plain data");
            if let reply_window::data::Value::Map(fields) = &mut input {
                fields.push(("body".into(), body));
            }
            let answer = reply_window::wire::webhook::verify_meta(&input);
            assert_eq!(answer.is_ok(), vector["expected"] == true, "{}: {answer:?}", vector["name"]);
        }
    }
}

fn hmac_sha1(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<sha1::Sha1>::new_from_slice(key).expect("any length");
    mac.update(text);
    mac.finalize().into_bytes().to_vec()
}

/// The signature of a request, made by the `hmac` crate and nothing of ours.
fn signature(key: &[u8], url: &str, pairs: &[(String, String)]) -> String {
    let mut sorted = pairs.to_vec();
    sorted.sort_by_key(|(name, value)| {
        (name.encode_utf16().collect::<Vec<_>>(), value.encode_utf16().collect::<Vec<_>>())
    });
    sorted.dedup();
    let text: String = sorted.iter().map(|(name, value)| format!("{name}{value}")).collect();
    base64(&hmac_sha1(key, format!("{url}{text}").as_bytes()))
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let letters = bytes.chunks(3).flat_map(|group| {
        let bits =
            group.iter().chain(&[0; 3]).take(3).fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte));
        let length = group.len();
        (0..4).map(move |at| if at > length { '=' } else { LETTERS[bits >> (18 - 6 * at) & 63] as char })
    });
    letters.collect()
}

fn escaped(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() { (byte as char).to_string() } else { format!("%{byte:02X}") }
            },
        )
        .collect()
}

fn ring(key: &[u8]) -> KeyRing {
    KeyRing { keys: vec![Key::auth_token(&Secret::new(key).expect("not empty"))], require_shared_key: false }
}

/// What a verdict rests on: the decoded pairs, and the URL without its port.
fn meaning(url: &[u8], body: &[u8]) -> Option<(String, Vec<(String, String)>)> {
    let url = std::str::from_utf8(url).ok()?;
    let without_port = reply_window::provider::twilio::url::candidates(url)[0]?.concat();
    let form = Form::parse(body).ok()?;
    let mut pairs: Vec<(String, String)> =
        form.pairs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    // Sorting is not a change: the pairs of a form have no order.
    pairs.sort();
    pairs.dedup();
    Some((without_port, pairs))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hmac_of_states_is_hmac(key in prop::collection::vec(any::<u8>(), 1..150), text in prop::collection::vec(any::<u8>(), 0..300)) {
        let derived = DerivedKey::new(&Secret::new(&key).expect("not empty"), Hash::Sha1);
        prop_assert_eq!(derived.sign(&text).bytes().to_vec(), hmac_sha1(&key, &text));
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&key).expect("any length");
        mac.update(&text);
        let derived = DerivedKey::new(&Secret::new(&key).expect("not empty"), Hash::Sha256);
        prop_assert_eq!(derived.sign(&text).bytes().to_vec(), mac.finalize().into_bytes().to_vec());
    }

    #[test]
    fn what_is_signed_verifies(
        pairs in prop::collection::vec(("[a-cA-C.\u{E000}😀é]{1,3}", ".{0,6}"), 0..8),
        path in "[a-z/%'+]{0,8}",
        port in prop::sample::select(vec!["", ":443", ":8443"]),
    ) {
        let url = format!("https://h.example{port}/{path}");
        let body: Vec<String> = pairs.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect();
        let body = body.join("&");
        for signed in [format!("https://h.example/{path}"), url.clone()] {
            let signature = signature(b"key", &signed, &pairs);
            let request = Request { url: &url, signature: &signature, body: body.as_bytes(), ..Request::default() };
            let mut scratch = Scratch::default();
            let matched = ring(b"key").verify(&request, &mut scratch);
            prop_assert!(matched.is_ok());
            prop_assert_eq!(matched.expect("checked").url(&request), signed);
            let read: Vec<_> = scratch.pairs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            prop_assert_eq!(read, pairs.clone());
        }
    }

    #[test]
    fn no_changed_byte_is_accepted(
        // Few letters, so that neighbouring pairs can be mistaken for one another.
        pairs in prop::collection::vec(("[ab]{1,2}", "[ab =&+]{0,2}"), 0..4),
        part in 0..3_usize,
        kind in 0..3_usize,
        at in any::<prop::sample::Index>(),
        byte in prop_oneof![prop::sample::select(b"ab=&+%#?/:@.1".to_vec()), any::<u8>()],
    ) {
        let url = "https://h.example:443/a?b=a&a=b";
        let body: Vec<String> = pairs.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect();
        let body = body.join("&");
        let signature = signature(b"key", url, &pairs);
        let mut parts = [url.as_bytes().to_vec(), signature.clone().into_bytes(), body.clone().into_bytes()];
        let changed = &mut parts[part];
        match kind {
            0 => changed.insert(at.index(changed.len() + 1), byte),
            _ if changed.is_empty() => return Ok(()),
            1 => { let at = at.index(changed.len()); changed[at] = byte; }
            _ => { let at = at.index(changed.len()); changed.remove(at); }
        }
        let [new_url, new_signature, new_body] = &parts;
        let same = new_signature == signature.as_bytes() && meaning(new_url, new_body) == meaning(url.as_bytes(), body.as_bytes());
        // What is no UTF-8 cannot be handed over.
        let texts = core::str::from_utf8(new_url).ok().zip(core::str::from_utf8(new_signature).ok());
        let request = texts.map(|(url, signature)| Request { url, signature, body: new_body, ..Request::default() });
        let answer = request.ok_or(()).and_then(|request| ring(b"key").verify(&request, &mut Scratch::default()).map_err(|_| ()));
        if answer.is_ok() || new_url == url.as_bytes() {
            prop_assert_eq!(answer.is_ok(), same, "{:?} {:?}", String::from_utf8_lossy(new_url), String::from_utf8_lossy(new_body));
        }
    }

    #[test]
    fn nothing_panics(url in ".{0,40}", signature in ".{0,50}", body in prop::collection::vec(any::<u8>(), 0..80), settings in ".{0,40}") {
        let mut scratch = Scratch::default();
        let request = Request { url: &url, signature: &signature, body: &body, settings: Some(&settings), ..Request::default() };
        prop_assert!(ring(b"key").verify(&request, &mut scratch).is_err());
        let request = Request { settings: None, ..request };
        prop_assert!(ring(b"key").verify(&request, &mut scratch).is_err());
    }
}

/// What stands behind `#` is no query (RFC 3986, 3.5): a hash that is announced there covers no body.
#[test]
fn a_hash_behind_a_fragment_mark_announces_nothing() {
    let body = br#"{"a":"b"}"#;
    let hash: String = Hash::Sha256.digest(body).bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    let verify = |url: &str| {
        let signature = signature(b"key", url, &[]);
        let request = Request { url, signature: &signature, body, ..Request::default() };
        ring(b"key").verify(&request, &mut Scratch::default()).map(|matched| matched.body_hash)
    };
    assert_eq!(verify(&format!("https://h.example/?a=1&bodySHA256={hash}")), Ok(true));
    assert_eq!(verify(&format!("https://h.example/?bodySHA256={hash}#a=1")), Ok(true));
    for url in [
        "https://h.example/?a=1#&",
        "https://h.example/#",
        "https://h.example/#?a=1&",
        "https://h.example/?#&",
    ] {
        assert!(verify(&format!("{url}bodySHA256={hash}")).is_err(), "{url}");
    }
}

/// A name without `=` is a parameter with an empty value (WHATWG URL, `application/x-www-form-urlencoded` parsing), and no body
/// has an empty hash.
#[test]
fn a_hash_without_a_value_is_that_of_no_body() {
    for (url, body, refusal) in [
        ("https://h.example/?bodySHA256", &b""[..], Refusal::BodyHashMismatch),
        ("https://h.example/?a=1&bodySHA256", b"", Refusal::BodyHashMismatch),
        ("https://h.example/?bodySHA256=", b"", Refusal::BodyHashMismatch),
        ("https://h.example/?bodySHA256", b"{}", Refusal::BodyHashMismatch),
        ("https://h.example/?bodySHA256&bodySHA256=00", b"", Refusal::BodyHashConflict),
    ] {
        let signature = signature(b"key", url, &[]);
        let request = Request { url, signature: &signature, body, ..Request::default() };
        assert_eq!(ring(b"key").verify(&request, &mut Scratch::default()), Err(refusal), "{url} {body:?}");
    }
}

/// What was read of a body whose signature is another's is nobody's word.
#[test]
fn a_refused_request_has_no_pairs() {
    let pairs = [("a".to_owned(), "b".to_owned())];
    let url = "https://h.example/";
    let (good, bad) = (signature(b"key", url, &pairs), signature(b"other", url, &pairs));
    let mut scratch = Scratch::default();
    let mut verify = |signature: &str, url: &str| {
        let request = Request { url, signature, body: b"a=b", ..Request::default() };
        let answer = ring(b"key").verify(&request, &mut scratch).is_ok();
        (answer, scratch.pairs().count())
    };
    assert_eq!(verify(&good, url), (true, 1));
    assert_eq!(verify(&bad, url), (false, 0));
    assert_eq!(verify(&good, url), (true, 1));
    assert_eq!(verify("", url), (false, 0));
    assert_eq!(verify(&good, "https://h.example/?bodySHA256=00"), (false, 0));
    // Of an address with a hash whose form is not signed, nothing was covered.
    let url = format!("{url}?bodySHA256=00");
    assert_eq!(verify(&signature(b"key", &url, &[]), &url), (false, 0));
}

/// Every example payload of a webhook is understood: nothing in it is unknown.
#[test]
fn every_example_is_read_without_a_problem() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/examples");
    let mut ran = 0;
    for entry in std::fs::read_dir(folder).expect("the folder exists") {
        let path = entry.expect("a readable folder").path();
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned();
        let webhook =
            ["meta-call", "meta-inbound", "meta-status", "meta-system", "meta-template-", "meta-user"]
                .into_iter()
                .chain(["twilio-conv", "twilio-eventstream", "twilio-inbound", "twilio-status"])
                .any(|prefix| name.starts_with(prefix));
        if !webhook {
            continue;
        }
        let file: Json = serde_json::from_slice(&std::fs::read(&path).expect("readable")).expect("JSON");
        let payload = file.get("payload").unwrap_or(&file);
        let input = json!({
            "payload": payload, "receiptAtMs": 1, "business": "+15550100200", "customer": { "phone": "+15550109911" },
        });
        let answer = call("parseInbound", &input).expect("an answer");
        assert_eq!(answer["problems"], json!([]), "{name}");
        let lists = ["events", "messages", "statuses", "templateUpdates", "identityChanges", "preferences"];
        assert!(lists.iter().any(|list| answer[list] != json!([])), "{name} says nothing");
        for message in answer["messages"].as_array().expect("a list") {
            assert_eq!(message["extra"], json!([]), "{name}");
        }
        ran += 1;
    }
    assert_eq!(ran, 50);
}

#[test]
fn a_body_ends_at_256_kib() {
    let url = "https://h.example/a";
    for (length, taken) in
        [(256 * 1024 - 1, true), (256 * 1024, true), (256 * 1024 + 1, false), (10_000_000, false)]
    {
        let value = "x".repeat(length - 2);
        let signature = signature(b"key", url, &[("a".into(), value.clone())]);
        let input =
            json!({ "url": url, "signature": signature, "body": format!("a={value}"), "keys": ["key"] });
        let answer = call("verifyTwilio", &input).map_err(|fault| fault.code);
        assert_eq!(answer.map(|_| ()), if taken { Ok(()) } else { Err("body-too-large") }, "{length}");
    }
}

/// "Webhooks payloads can be up to 3MB": <https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks>.
#[test]
fn a_body_of_metas_ends_at_3_mib() {
    let limit = 3 * 1024 * 1024;
    for (length, taken) in [(limit - 1, true), (limit, true), (limit + 1, false)] {
        let input = json!({ "signature": format!("sha256={}", "0".repeat(64)), "body": "x".repeat(length), "keys": ["key"] });
        let code = if taken { "signature-mismatch" } else { "body-too-large" };
        assert_eq!(call("verifyMeta", &input).map_err(|fault| fault.code), Err(code), "{length}");
    }
}

#[test]
fn an_address_ends_at_64_kib() {
    let start = "https://h.example/?a=";
    for (length, taken) in
        [(64 * 1024 - 1, true), (64 * 1024, true), (64 * 1024 + 1, false), (4_000_000, false)]
    {
        let url = format!("{start}{}", "x".repeat(length - start.len()));
        let input = json!({ "url": url, "signature": signature(b"key", &url, &[]), "keys": ["key"] });
        let answer = call("verifyTwilio", &input).map_err(|fault| (fault.code, fault.field.clone()));
        let expected = if taken { Ok(()) } else { Err(("url-too-long", "url".to_owned())) };
        assert_eq!(answer.map(|_| ()), expected, "{length}");
        assert_eq!(call("diagnoseTwilio", &input).expect("an answer")["changes"], json!([]), "{length}");
    }
}

#[test]
fn no_message_holds_a_secret() {
    let input = json!({
        "url": "https://h.example/?never-tell", "signature": "never-tell", "body": "never-tell",
        "keys": ["never-tell", { "derived": "rwk_never-tell" }],
    });
    let fault = call("verifyTwilio", &input).expect_err("not a derived key");
    assert!(!format!("{fault:?}").contains("never-tell"), "{fault:?}");
    let mut input = input;
    input["keys"] = json!(["never-tell"]);
    for function in ["verifyTwilio", "diagnoseTwilio"] {
        let answer = format!("{:?}", call(function, &input));
        assert!(!answer.contains("never-tell"), "{answer}");
    }
}

/// The comparison without the plans says "two customers" only where the one with the plans does.
#[test]
fn two_customers_are_told_apart_as_with_the_plans() {
    use reply_window::address::whatsapp::surely_different;
    use reply_window::provider::twilio::shape::surely_two;
    let numbers = [
        "15550109911",
        "15550107777",
        "551181234567",
        "5511981234567",
        "5215512345678",
        "525512345678",
        "541123456789",
        "5491123456789",
        "22505123456",
        "2250505123456",
        "38344123456",
        "37744123456",
        "38649123456",
        "4915123456789",
        "4915123456780",
        "15123456789",
        "390612345678",
        "442071234567",
    ];
    for a in numbers {
        for b in numbers {
            let from = ["whatsapp:+", b].concat();
            let plus = ["+", b].concat();
            assert!(!surely_two(a, &plus) || surely_different(a, &from), "{a} {b}");
        }
    }
    // And it says so where both are clear.
    for (a, b, two) in [
        ("15550109911", "+15550107777", true),
        ("15550109911", "+15550109911", false),
        ("4915123456789", "+15123456789", true),
        ("551181234567", "+5511981234567", false),
        ("38344123456", "+37744123456", false),
        ("15550109911", "NL.7203944817265509", false),
    ] {
        assert_eq!(surely_two(a, b), two, "{a} {b}");
    }
}
