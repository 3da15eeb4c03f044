//! Whatever comes in, the readers answer, and as another telling of the rule does. Some cases run always; as many as you like with
//! `npm run test:fuzz`. What fails is kept in `tests/proptest-regressions`, and asked first ever after.

use crate::numbers_properties::ask_everything;
use crate::vectors::call;
use proptest::collection::vec;
use proptest::prelude::*;
use reply_window::address::numbers::{Style, world};
use reply_window::data::{Value, json};
use reply_window::signing::form::Form;
use reply_window::signing::word_buffer::WordBuffer;
use serde_json::{Map, Value as Json, json};

/// Pieces of which forms are made, broken ones among them.
fn form_bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => "[A-Za-z0-9._*-]{1,6}".prop_map(String::into_bytes),
        2 => prop::sample::select(vec!["&", "=", "+", "%", "%2", "%zz", "%41", "%26", "%3D", "%00", "%ff", "%C3%A9", "%F0%9F%98%80", "%ED%A0%80", ";"])
            .prop_map(|text| text.as_bytes().to_vec()),
        1 => any::<char>().prop_map(|char| char.to_string().into_bytes()),
        1 => vec(any::<u8>(), 1..4),
    ];
    let part = (vec(piece.clone(), 0..6), vec(piece, 0..6))
        .prop_map(|(name, value)| [name.concat(), value.concat()].join(&b'='));
    vec(part, 0..12).prop_map(|parts| parts.join(&b'&'))
}

/// `application/x-www-form-urlencoded` told a second time, byte by byte: <https://url.spec.whatwg.org/#urlencoded-parsing>.
fn decoded(bytes: &[u8]) -> String {
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let hex = |byte: Option<&u8>| byte.and_then(|byte| (*byte as char).to_digit(16));
        match (bytes[at], hex(bytes.get(at + 1)), hex(bytes.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 2;
            }
            (b'+', ..) => out.push(b' '),
            (byte, ..) => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn pairs_of(body: &[u8]) -> Vec<(String, String)> {
    let parts = body.split(|byte| *byte == b'&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let middle = part.iter().position(|byte| *byte == b'=').unwrap_or(part.len());
            (decoded(&part[..middle]), decoded(part.get(middle + 1..).unwrap_or_default()))
        })
        .collect()
}

/// What Twilio signs of a form: names in the order of UTF-16, of one name each value once and in order, all run together.
fn signed(pairs: &[(String, String)]) -> String {
    let units = |text: &str| text.encode_utf16().collect::<Vec<_>>();
    let mut sorted: Vec<_> =
        pairs.iter().map(|(name, value)| (units(name), units(value), name, value)).collect();
    sorted.sort();
    sorted.dedup();
    sorted.iter().flat_map(|(_, _, name, value)| [name.as_str(), value.as_str()]).collect()
}

/// JSON, mostly: values written down, and a change or two to the text.
fn json_text() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        "-?(0|[1-9][0-9]{0,18})(\\.[0-9]{1,5})?([eE][+-]?[0-9]{1,2})?",
        ".{0,8}".prop_map(|text| Json::String(text).to_string()),
        prop::sample::select(vec![
            "\"\\u00e9\"",
            "\"\\ud83d\\ude80\"",
            "\"\\ud83d\"",
            "\"\\\\\"",
            "01",
            "1.",
            "\"\t\"",
            "-",
            "nan"
        ])
        .prop_map(str::to_owned),
    ];
    let tree = leaf.prop_recursive(5, 40, 5, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(|items| format!("[{}]", items.join(","))),
            vec(("[a-c\u{e9}]{1,3}", inner), 0..5).prop_map(|fields| format!(
                "{{{}}}",
                fields
                    .iter()
                    .map(|(name, value)| format!("{}: {value}", Json::String(name.clone())))
                    .collect::<Vec<_>>()
                    .join(" ,")
            )),
        ]
    });
    (
        tree,
        prop::option::weighted(
            0.3,
            (
                any::<prop::sample::Index>(),
                prop::sample::select(vec!["", " ", ",", "}", "]", "\"", "\\", "0", "{"]),
            ),
        ),
    )
        .prop_map(|(text, change)| match change {
            None => text,
            Some((at, other)) => {
                let mut chars: Vec<String> = text.chars().map(String::from).collect();
                let at = at.index(chars.len().max(1));
                if let Some(place) = chars.get_mut(at) {
                    *place = other.to_owned();
                }
                chars.concat()
            }
        })
}

/// Whether both hold the same. Ours has whole numbers that no float holds as a text, other numbers to fifteen digits; of a name that comes
/// twice the last counts.
fn alike(ours: &Value, theirs: &Json) -> bool {
    match (ours, theirs) {
        (Value::Map(fields), Json::Object(others)) => {
            let last: Map<String, Json> =
                fields.iter().map(|(name, _)| (name.to_string(), Json::Null)).collect();
            last.len() == others.len()
                && others.iter().all(|(name, other)| {
                    fields
                        .iter()
                        .rfind(|(known, _)| known == name)
                        .is_some_and(|(_, value)| alike(value, other))
                })
        }
        (Value::List(items), Json::Array(others)) => {
            items.len() == others.len() && items.iter().zip(others).all(|(item, other)| alike(item, other))
        }
        (Value::Number(number), Json::Number(other)) => {
            let other = other.as_f64().unwrap_or(f64::NAN);
            (number - other).abs() <= other.abs() * 1e-13
        }
        (Value::Text(text), Json::Number(other)) => {
            let other = other.as_f64().unwrap_or(f64::NAN);
            text.parse::<f64>() == Ok(other) && other.abs() > 9_007_199_254_740_991.0
        }
        (Value::Text(text), Json::String(other)) => text == other,
        (Value::Bool(is), Json::Bool(other)) => is == other,
        (Value::Null, Json::Null) => true,
        _ => false,
    }
}

/// Texts in which placeholders, marks and what looks like them stand.
fn template_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[a-zA-Zé ]{1,8}",
        3 => prop::sample::select(vec!["{{1}}", "{{2}}", "{{name}}", "{{", "}}", "{{ 1 }}", "{{}}", "{1}", "*", "_", "~", "`", "```", "\n", "\u{202e}", "\u{200d}", "👩‍👩‍👧", "مرحبا"]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn forms_are_read_as_the_standard_reads_them(body in form_bytes()) {
        let bare = body.split(|byte| *byte == b'&').any(|part| !part.is_empty() && (part.starts_with(b"=") || !part.contains(&b'=')));
        let Ok(form) = Form::parse(&body) else {
            // A pair without a name, or without a sign between name and value, is no form of Twilio's.
            prop_assert!(bare, "refused");
            return Ok(());
        };
        prop_assert!(!bare, "taken");
        let pairs: Vec<_> = form.pairs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let wanted = pairs_of(&body);
        prop_assert_eq!(&pairs, &wanted);
        let mut message = WordBuffer::default();
        form.sign_into(&mut message);
        let wanted = signed(&wanted);
        prop_assert_eq!(String::from_utf8_lossy(message.text()), wanted.as_str());
    }

    #[test]
    fn json_is_read_as_serde_json_reads_it(text in json_text()) {
        let ours = json(&text);
        match (serde_json::from_str::<Json>(&text), &ours) {
            (Ok(theirs), Some(value)) => prop_assert!(alike(value, &theirs), "{value:?} is not {theirs}"),
            (Ok(theirs), None) => prop_assert!(false, "refused: {theirs}"),
            // A half of a pair becomes a replacement character, where serde_json gives up.
            (Err(error), Some(_)) => prop_assert!(text.to_ascii_lowercase().contains("\\ud"), "taken: {text} ({error})"),
            (Err(_), None) => {}
        }
    }

    #[test]
    fn any_bytes_are_no_surprise_to_the_reader_of_webhooks(body in vec(any::<u8>(), 0..200), form in form_bytes()) {
        for body in [body, form] {
            let text = String::from_utf8_lossy(&body).into_owned();
            let parameters: Vec<Json> = pairs_of(&body).into_iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
            let _ = call("parseInbound", &json!({ "parameters": parameters, "receiptAtMs": 0 }));
            if let Ok(payload) = serde_json::from_str::<Json>(&text) {
                let _ = call("parseInbound", &json!({ "payload": payload, "receiptAtMs": 0 }));
            }
        }
    }

    #[test]
    fn templates_are_imported_read_back_and_filled(body in template_text(), header in template_text(), values in vec((prop::sample::select(vec!["1", "2", "name"]), template_text()), 0..4), broken in json_text()) {
        let page = json!({ "contents": [{ "sid": "HX1", "friendly_name": "n", "language": "en", "types": { "twilio/card": { "title": header, "body": body } }, "variables": serde_json::from_str::<Json>(&broken).unwrap_or(Json::Null) }] });
        let answer = call("importTemplates", &json!({ "provider": "twilio", "page": page })).expect("a page");
        let values: Map<String, Json> = values.into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect();
        for template in answer["templates"].as_array().expect("a list") {
            let filled = call("fillTemplate", &json!({ "template": template, "values": values })).expect("what was imported can be filled");
            if filled["kind"] == "ready" {
                let sent: Map<String, Json> = filled["contentVariables"].as_str().map_or_else(Map::new, |text| serde_json::from_str(text).expect("JSON"));
                for (name, value) in &sent {
                    prop_assert_eq!(Some(value), values.get(name), "what is sent is what was written");
                }
            }
            let context = json!({ "template": template, "context": { "windowOpen": false, "nowAtMs": 0, "channel": "whatsapp", "customer": { "phone": "+491701234567" } } });
            let _ = call("templateEligibility", &context);
        }
    }

    #[test]
    fn numbers_are_read_whatever_they_are_written_with(text in "[+0-9٠-٩０-９ ()./,;a-z=#*-]{0,30}", region in prop::sample::select(vec![None, Some("US"), Some("DE"), Some("AR"), Some("BR")])) {
        ask_everything(&text);
        if let Ok(number) = world().parse(&text, region) {
            let written = world().format(&number, Style::E164);
            let again = world().parse(&written, None).expect("what was written is read");
            prop_assert_eq!(world().format(&again, Style::E164), written);
        }
    }
}
