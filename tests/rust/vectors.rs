//! Runs every file of `tests/vectors` against the contract; `tests/wasm` runs the same files through WebAssembly.

use crate::number_answers;
use reply_window::data::{Fault, Value};
use reply_window::wire::FUNCTIONS;
use serde_json::Value as Json;
use std::path::Path;

/// Whether `actual` holds everything that `expected` names. Objects may hold more; arrays may not.
fn holds(expected: &Json, actual: &Json) -> bool {
    match (expected, actual) {
        (Json::Object(expected), Json::Object(actual)) => expected.iter().all(|(name, value)| match value {
            // In a vector, `null` says that the field must be absent.
            Json::Null => !actual.contains_key(name),
            value => actual.get(name).is_some_and(|found| holds(value, found)),
        }),
        (Json::Array(expected), Json::Array(actual)) => {
            expected.len() == actual.len() && expected.iter().zip(actual).all(|(e, a)| holds(e, a))
        }
        (Json::Number(expected), Json::Number(actual)) => expected.as_f64() == actual.as_f64(),
        (expected, actual) => expected == actual,
    }
}

/// One call of the contract, as a vector names it.
pub fn call(name: &str, input: &Json) -> Result<Json, Fault> {
    if let Some(answer) = number_answers::call(name, input) {
        return answer;
    }
    let function =
        FUNCTIONS.iter().copied().flatten().find(|(known, _)| *known == name).map(|(_, function)| function);
    let function = function.unwrap_or_else(|| panic!("no function `{name}` in the contract"));
    let input: Value = serde_json::from_value(input.clone()).expect("a vector is plain data");
    function(&input).map(|output| serde_json::to_value(output).expect("an answer is plain data"))
}

fn check(case: &Json) -> Result<(), String> {
    let answer = call(case["call"].as_str().ok_or("no `call`")?, &case["input"]);
    match (&case["expect"], &case["fault"], answer) {
        (Json::Null, Json::Null, _) => Err("neither `expect` nor `fault`".into()),
        (expected, Json::Null, Ok(actual)) if holds(expected, &actual) => Ok(()),
        (Json::Null, wanted, Err(fault))
            if wanted["code"] == fault.code && wanted["field"] == fault.field =>
        {
            Ok(())
        }
        (expected, wanted, answer) => Err(format!("wanted {expected} or fault {wanted}, got {answer:?}")),
    }
}

#[test]
fn every_vector_gives_its_answer() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let mut ran = 0;
    let mut failures = Vec::new();
    for entry in std::fs::read_dir(folder).expect("tests/vectors exists") {
        let path = entry.expect("a readable folder").path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let file: Json = serde_json::from_slice(&std::fs::read(&path).expect("readable")).expect("JSON");
        // A file without `cases` holds facts of another shape, with a runner of its own.
        for case in file["cases"].as_array().unwrap_or(&Vec::new()) {
            ran += 1;
            if let Err(failure) = check(case) {
                failures.push(format!("{} / {}: {failure}", path.display(), case["name"]));
            }
        }
    }
    println!("{ran} vectors");
    assert!(ran > 0, "no vector was run");
    assert!(failures.is_empty(), "{} of {ran} vectors fail:\n{}", failures.len(), failures.join("\n"));
}
