//! Files and functions stay small.

use super::source::{Source, sources};
use std::fs;

/// Most lines of a file, with its comments and without its own tests.
const FILE: usize = 320;
/// Most lines of code of a function, from `fn` to its last brace: blank lines and comments do not count.
const FUNCTION: usize = 40;

/// Functions that may be longer, with the reason.
const LONGER_FUNCTIONS: &[(&str, &str, usize, &str)] = &[(
    "src/address/numbers/packed.rs",
    "code",
    41,
    "the order of the packed fields, one after the other, which unpacking and packing share",
)];

fn long_files(files: &[(String, usize)]) -> Vec<String> {
    let long = files.iter().filter(|(_, lines)| *lines > FILE);
    long.map(|(path, lines)| format!("{path}: {lines} lines")).collect()
}

/// Name and lines of code of every function with a body.
fn functions(code: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    for (at, _) in code.match_indices("fn ") {
        if code[..at].ends_with(is_word) {
            continue;
        }
        let name: String = code[at + 3..].trim_start().chars().take_while(|c| is_word(*c)).collect();
        let (mut round, mut depth) = (0_i32, 0_i32);
        let body = code[at..].char_indices().find_map(|(place, character)| {
            match character {
                '(' | '[' => round += 1,
                ')' | ']' => round -= 1,
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            // Without a body: a declaration, or the type of a function.
            let none = depth == 0
                && (round < 0 || (round == 0 && matches!(character, ';' | ',' | '=')) || depth < 0);
            (none || (character == '}' && depth == 0)).then_some((place + 1, !none))
        });
        if let Some((length, true)) = body.filter(|_| !name.is_empty()) {
            let lines = code[at..at + length].lines().filter(|line| !line.trim().is_empty()).count();
            found.push((name, lines));
        }
    }
    found
}

fn long_functions(sources: &[Source]) -> Vec<String> {
    let mut long = Vec::new();
    for source in sources {
        for (name, lines) in functions(&source.code) {
            let known = LONGER_FUNCTIONS
                .iter()
                .find(|(path, function, ..)| *path == source.path && *function == name);
            if lines > known.map_or(FUNCTION, |(_, _, most, _)| *most) {
                long.push(format!("{}: {name} has {lines} lines", source.path));
            }
        }
    }
    long
}

#[test]
fn files_stay_small() {
    let mut files: Vec<_> =
        sources().iter().map(|source| (source.path.clone(), source.code.lines().count())).collect();
    let rust = files.len();
    for entry in
        fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/wire/types")).expect("the contract's types")
    {
        let path = entry.expect("readable").path();
        let text = fs::read_to_string(&path).expect("readable types");
        files.push((path.display().to_string(), text.lines().count()));
    }
    assert!(files.len() > rust, "the contract's types were not found");
    assert_eq!(long_files(&files), [] as [&str; 0]);
}

#[test]
fn functions_stay_small() {
    let sources = sources();
    let all: usize = sources.iter().map(|source| functions(&source.code).len()).sum();
    assert!(all > 500, "the functions were not found");
    assert_eq!(long_functions(&sources), [] as [&str; 0]);
}

#[test]
fn what_is_too_long_is_found() {
    assert_eq!(long_files(&[("src/a.rs".to_owned(), FILE)]), [] as [&str; 0]);
    assert_eq!(long_files(&[("src/a.rs".to_owned(), FILE + 1)]), ["src/a.rs: 321 lines"]);
    let function = |statements: usize| {
        let text = format!(
            "type F = fn(u8) -> u8;\ntrait T {{ fn t(&self); }}\nfn f<'a>(a: [u8; 2]) -> bool {{\n\n// }}\n{}}}\n",
            "    a();\n".repeat(statements)
        );
        long_functions(&[Source::new("src/a.rs", &text)])
    };
    assert_eq!(function(FUNCTION - 2), [] as [&str; 0]);
    assert_eq!(function(FUNCTION - 1), ["src/a.rs: f has 41 lines"]);
    let nested = Source::new(
        "src/a.rs",
        "impl A {\n    fn a() {\n        if b { c() } else { d() }\n    }\n    fn e() {}\n}\n",
    );
    assert_eq!(functions(&nested.code), [("a".to_owned(), 3), ("e".to_owned(), 1)]);
}
