//! Words that stand in certain rooms alone.

use super::source::{Source, sources};

/// Words, and where they may stand: the beginnings of paths.
const WORDS: &[(&[&str], &[&str])] = &[
    // The tree of plain data is made by serde; nobody else knows it.
    (&["serde"], &["src/data/value.rs", "src/wasm/"]),
    (&["serde_wasm_bindgen", "wasm_bindgen", "js_sys", "JsValue", "JsCast", "talc"], &["src/wasm/"]),
    (&["chrono"], &["src/time/text.rs"]),
    (
        &["sha1", "sha2", "zeroize", "subtle"],
        &["src/signing/", "src/provider/", "src/account/", "src/wire/", "src/wasm/"],
    ),
    // No clock, no outside, no printing.
    (&["SystemTime", "println", "eprintln", "dbg", "print"], &[]),
    (&["std::time", "std::env", "std::fs", "std::net", "std::thread", "std::process", "std::io"], &[]),
];

fn misplaced(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    for source in sources {
        for (words, places) in
            WORDS.iter().filter(|(_, places)| !places.iter().any(|place| source.path.starts_with(place)))
        {
            for (number, line) in source.code.lines().enumerate() {
                for word in *words {
                    let mut ends = line.match_indices(word).map(|(at, _)| (at, at + word.len()));
                    let whole = |(from, to): (usize, usize)| {
                        !line[..from].ends_with(is_word) && !line[to..].starts_with(is_word)
                    };
                    if ends.any(whole) {
                        let places = places.join(", ");
                        found.push(format!(
                            "{}:{}: `{word}` stands in [{places}] alone",
                            source.path,
                            number + 1
                        ));
                    }
                }
            }
        }
    }
    found
}

#[test]
fn words_stand_where_they_belong() {
    let found = misplaced(&sources());
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_misplaced_word_is_found() {
    for (path, line) in [
        ("src/wire/mod.rs", "use serde::Serialize;"),
        ("src/data/read.rs", "impl serde::Serialize for A {}"),
        ("src/wire/mod.rs", "fn f() -> JsValue {}"),
        ("src/session/mod.rs", "use chrono::Utc;"),
        ("src/session/mod.rs", "fn f() { std::time::Instant::now(); }"),
        ("src/address/mod.rs", "fn f() { println!() }"),
        ("src/template/mod.rs", "use sha2::Sha256;"),
    ] {
        assert_eq!(misplaced(&[Source::new(path, line)]).len(), 1, "{path}: {line}");
    }
    for (path, line) in [
        ("src/data/value.rs", "use serde::Serialize;"),
        ("src/wasm/mod.rs", "use js_sys::Array;"),
        ("src/session/mod.rs", "// no serde here\nlet unserded = \"serde\";"),
    ] {
        assert_eq!(misplaced(&[Source::new(path, line)]), [] as [&str; 0], "{path}: {line}");
    }
}
