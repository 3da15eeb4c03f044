//! The signature verifier against recorded answers, and what it must never accept.

use crate::vectors::call;
use serde_json::{Value as Json, json};

/// The recorded vectors; their origin is told in the file.
fn recorded() -> Vec<Json> {
    let file: Json = serde_json::from_str(include_str!("../vectors/twilio-signatures.json")).expect("JSON");
    file["vectors"].as_array().expect("a list").clone()
}

fn verify(vector: &Json) -> Result<Json, &'static str> {
    let input = json!({
        "url": vector["url"], "signature": vector["signature"], "body": vector["body"], "keys": [vector["token"]],
    });
    call("verifyTwilio", &input).map_err(|fault| fault.code)
}

#[test]
fn forms_are_answered_as_recorded() {
    let mut ran = 0;
    for vector in recorded() {
        // Bodies with a hash in the address and shared keys are further schemes.
        if vector["kind"] != "form" || vector.get("algorithm").is_some() {
            continue;
        }
        ran += 1;
        // Candidates that need the platform's `URL` are the caller's; without them the answer is a refusal.
        let expected = vector["recommended"] == true && vector.get("further").is_none();
        let answer = verify(&vector);
        assert_eq!(answer.is_ok(), expected, "{}: {answer:?}", vector["name"]);
    }
    assert!(ran > 200, "{ran}");
}
