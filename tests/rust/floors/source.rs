//! Rust files as the checks read them: their code alone, line for line.

use std::fs;
use std::path::{Path, PathBuf};

/// A file: its path inside the repository, and its code.
#[derive(Clone, Debug)]
pub struct Source {
    pub path: String,
    /// The text with comments, and what stands between quotation marks, blanked out; lines are where they were. What
    /// follows the first `#[cfg(test)]` module is left out: a module's own tests may use what they like.
    pub code: String,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        let text = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
        Source { path: path.to_owned(), code: blanked(text) }
    }
}

/// Every Rust file below `src`.
pub fn sources() -> Vec<Source> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    walk(&root.join("src"), &mut found);
    found.sort();
    assert!(found.len() > 50, "the sources were not found");
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("readable source");
        Source::new(&path.strip_prefix(&root).expect("inside").to_string_lossy().replace('\\', "/"), &text)
    };
    found.into_iter().map(read).collect()
}

/// How long the piece at the beginning of `rest` is that is no code: a comment, a string, a character. Zero if it is code.
fn no_code(rest: &str) -> usize {
    let until = |end: &str, from: usize| {
        rest.get(from..).and_then(|behind| behind.find(end)).map_or(rest.len(), |at| from + at + end.len())
    };
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return until("*/", 2);
    }
    if let Some(raw) = rest.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            return until(&format!("\"{}", "#".repeat(hashes)), hashes + 2);
        }
    }
    let Some(quote) = rest.chars().next().filter(|quote| matches!(quote, '"' | '\'')) else { return 0 };
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return at + 1,
            // A lifetime has no second quotation mark behind one character.
            _ if quote == '\'' && at > 1 && !rest[1..].starts_with('\\') => return 0,
            _ => {}
        }
    }
    0
}

fn blanked(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(character) = text[at..].chars().next() {
        let word_before = code.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_');
        let length = if character == 'r' && word_before { 0 } else { no_code(&text[at..]) };
        if length == 0 {
            code.push(character);
            at += character.len_utf8();
        } else {
            code.extend(text[at..at + length].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
            at += length;
        }
    }
    code
}

#[test]
fn comments_and_texts_are_no_code() {
    let text =
        "a /* { */ b // {\nlet c = \"{ \\\" //\"; r#\"\n\"{\"# 'x' '{' '\\'' fn f<'a>(x: &'a str) {} \"é\" d";
    let code = blanked(text);
    assert_eq!(code.matches('{').count(), 1, "{code}");
    assert_eq!(code.lines().count(), text.lines().count());
    for word in ["a ", " b ", "let c =", "fn f<'a>(x: &'a str) {}", " d"] {
        assert!(code.contains(word), "{word}: {code}");
    }
    let tested = Source::new("src/a.rs", "fn a() {}\n\n#[cfg(test)]\nmod tests {\n    use serde;\n}\n");
    assert!(!tested.code.contains("serde"));
}
