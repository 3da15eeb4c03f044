//! The set-up form under anything that can be pasted into it.

use crate::vectors::call;
use proptest::prelude::*;
use reply_window::account::{Channel, RULES, check_channel};
use serde_json::{Value as Json, json};

const TOKEN: &str = "7b1e0c9d5a3f4e628190abcdef012345";

fn check(record: &Json) -> Vec<Json> {
    let answer = call("checkChannel", &json!({ "channel": record })).expect("whatever is typed is an answer");
    answer["findings"].as_array().expect("a list").clone()
}

/// The same text in every field.
fn everywhere(text: &str) -> Json {
    let template = json!({ "name": text, "contentSid": text, "language": text });
    let number =
        json!({ "name": text, "account": text, "number": text, "workStream": text, "templates": [template] });
    json!({ "name": text, "accountSid": text, "authToken": text, "inboundUrl": text, "numbers": [number] })
}

fn field_of<'r>(record: &'r Json, path: &str) -> &'r str {
    let pointer = ["/", &path.replace(['.', '['], "/").replace(']', "")].concat();
    record.pointer(&pointer).and_then(Json::as_str).unwrap_or_default()
}

/// What must hold of every finding, whatever was typed.
fn hold(record: &Json) -> Result<(), TestCaseError> {
    for finding in check(record) {
        let text: Vec<u16> =
            field_of(record, finding["field"].as_str().expect("text")).encode_utf16().collect();
        let marks = finding["marks"].as_array().expect("a list");
        prop_assert!((1..=32).contains(&marks.len()));
        prop_assert_eq!(&marks[0]["start"], &finding["start"]);
        let mut last = 0.0;
        for mark in marks {
            let (start, end) =
                (mark["start"].as_f64().expect("number"), mark["end"].as_f64().expect("number"));
            prop_assert!(last <= start && start <= end && end <= text.len() as f64, "{finding}");
            last = end;
        }
        prop_assert!(
            RULES.iter().any(|rule| finding["code"] == rule.code && finding["message"] == rule.message)
        );
    }
    Ok(())
}

/// Pieces of what people paste, among them what hides.
fn pasted() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("AC4c122831efef10ac68b5223dccd6f614".to_owned()),
        Just(TOKEN.to_owned()),
        Just("https://".to_owned()),
        Just("+12025550142".to_owned()),
        Just("whatsapp:".to_owned()),
        Just("\u{200b}".to_owned()),
        Just("\u{202e}".to_owned()),
        Just("\0".to_owned()),
        Just("１２３".to_owned()),
        Just("😀".to_owned()),
        Just("<script>".to_owned()),
        Just("[::1]:99#@/".to_owned()),
        "[ -~]{0,12}",
        any::<String>(),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn marks_lie_inside_the_text_and_sentences_come_from_the_table(text in pasted()) {
        hold(&everywhere(&text))?;
    }

    #[test]
    fn an_outage_is_told_of_any_address_without_a_part_of_it(
        properties in prop::collection::vec("(rc|rp|tt|ct|rt|sni|e|[a-z#&=]{0,3})=([0-9]{0,6}|ct|all|5xx,rt|.{0,4})", 0..4),
        fallback in pasted(),
    ) {
        let url = format!("https://hooks.example.com/in#{}", properties.join("&"));
        let told = call("checkOutage", &json!({ "url": url, "fallbackUrl": fallback })).expect("whatever stands there is an answer");
        let rule = RULES.iter().find(|rule| told["code"] == rule.code).expect("in the table");
        prop_assert!(told["message"] == rule.message && rule.code.starts_with("outage-"));
        let number = |name: &str| told[name].as_f64();
        match (number("retries"), number("withinMs"), told["retryAfter"].as_array()) {
            (Some(most), Some(within), Some(causes)) => {
                prop_assert!(most <= 5.0 && (100.0..=15_000.0).contains(&within), "{told}");
                prop_assert_eq!(most == 0.0, causes.is_empty());
            }
            (None, None, None) => prop_assert_eq!(rule.code, "outage-override"),
            _ => prop_assert!(false, "{told}"),
        }
    }

    #[test]
    fn repairs_come_to_an_end(text in pasted()) {
        for field in ["name", "accountSid", "authToken", "inboundUrl"] {
            let mut now = text.clone();
            for _ in 0..8 {
                let found = check(&json!({ field: now }));
                let repair = found.iter().filter(|one| one["field"] == field).find_map(|one| one["repair"].as_str());
                let Some(repair) = repair else { break };
                prop_assert_ne!(repair, &now, "a repair changes something");
                now = repair.to_owned();
            }
            let left = check(&json!({ field: now }));
            prop_assert!(!left.iter().any(|one| one["field"] == field && one["repair"].is_string()), "{field}: {now:?}");
        }
    }
}

#[test]
fn a_megabyte_in_every_field_is_refused() {
    for text in ["a", "\u{200b}", "😀"].map(|one| one.repeat((1 << 20) / one.len())) {
        let record = everywhere(&text);
        hold(&record).expect("holds");
        assert!(check(&record).iter().filter(|one| one["code"] == "too-long").count() >= 10);
    }
}

#[test]
fn no_sentence_and_no_repair_of_another_field_holds_the_token() {
    for text in [TOKEN, "AC4c122831efef10ac68b5223dccd6f614:7b1e0c9d5a3f4e628190abcdef012345"] {
        let record = json!({ "authToken": text, "name": "Support", "inboundUrl": "https://a.example/b" });
        for finding in check(&record) {
            let outside = finding["field"] != "authToken";
            assert!(!finding["message"].to_string().contains(TOKEN));
            assert!(!outside || !finding.to_string().contains(TOKEN), "{finding}");
        }
    }
}

#[test]
fn what_is_printed_for_debugging_holds_no_token() {
    let text = format!("{TOKEN}\u{200B}");
    let channel = Channel { account_sid: &text, auth_token: &text, ..Channel::default() };
    let findings = check_channel(&channel, &[], None);
    assert!(findings.iter().any(|finding| finding.repair.as_deref() == Some(TOKEN)));
    let printed = format!("{channel:?} {findings:?} {findings:#?}");
    assert!(printed.contains("invisible-character") && !printed.contains(TOKEN));
}

#[test]
fn every_rule_has_a_vector() {
    let file: Json = serde_json::from_str(include_str!("../vectors/channel.json")).expect("JSON");
    let text = file.to_string();
    let without: Vec<_> = RULES
        .iter()
        .filter(|rule| !text.contains(&format!("\"code\":\"{}\"", rule.code)))
        .map(|rule| rule.code)
        .collect();
    assert!(without.is_empty(), "{without:?}");
}
