//! The reader of JSON in webhooks against `serde_json`, and what it must refuse.

use reply_window::data::{Value, json};

#[test]
fn texts_that_are_no_json_are_refused() {
    for text in [
        "",
        "[",
        "[1,]",
        "{\"a\"}",
        "{a:1}",
        "01",
        "1.",
        "-",
        "1e",
        ".5",
        "+1",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\u+123\"",
        "\"\n\"",
        "nul",
        "1 2",
        "\"a",
        "1.e5",
        "--1",
    ] {
        assert_eq!(json(text), None, "{text}");
        assert!(serde_json::from_str::<serde_json::Value>(text).is_err(), "{text}");
    }
    assert_eq!(json(&"[".repeat(100_000)), None);
    assert!(json(&format!("{}{}", "[".repeat(33), "]".repeat(33))).is_none());
    assert!(json(&format!("{}{}", "[".repeat(32), "]".repeat(32))).is_some());
}

#[test]
fn escapes_are_read() {
    assert_eq!(json(r#""a\u00e9\ud83d\ude80\n\/\ud83dx""#), Some(Value::Text("aé🚀\n/\u{FFFD}x".into())));
    assert_eq!(
        json(" { \"a\" : [ true , null , -1.5e2 ] } "),
        Some(Value::Map(vec![(
            "a".into(),
            Value::List(vec![Value::Bool(true), Value::Null, Value::Number(-150.0)])
        )]))
    );
}
