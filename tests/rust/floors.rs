//! The floors hold: imports go downward only, in Rust and in JavaScript; files and functions stay small.
//! The compiler holds the rest (wasm crates exist only on wasm32, chrono has no clock, no unsafe code).

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `folder` with that extension, as a path inside the repository and its text.
fn files(folder: &str, extension: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, extension, found);
            } else if path.extension().is_some_and(|e| e == extension) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), extension, &mut found);
    found.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("readable source");
        // What follows is a module's own unit tests, which may use what they like.
        let text = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default().to_owned();
        (path.strip_prefix(root()).expect("inside").to_string_lossy().replace('\\', "/"), text)
    };
    found.into_iter().map(read).collect()
}

/// The code of a line: without comments, so that a comment may name what the code may not. A line inside a block comment
/// begins with a star and a blank, which no line of code does: a dereference has no blank.
fn code(line: &str) -> &str {
    let start = line.trim_start();
    if start == "*" || ["/*", "* ", "*/"].iter().any(|mark| start.starts_with(mark)) {
        return "";
    }
    line.split("//").next().unwrap_or_default()
}

fn words_found(files: &[(String, String)], within: impl Fn(&str) -> bool, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in files.iter().filter(|(path, _)| within(path)) {
        for (number, line) in text.lines().enumerate() {
            for word in words.iter().filter(|word| code(line).contains(**word)) {
                found.push(format!("{path}:{}: `{word}`", number + 1));
            }
        }
    }
    found
}

const FLOOR_0: &[&str] = &["session", "address", "template", "account"];

fn floor_0_module(path: &str) -> Option<&'static str> {
    let rest = path.strip_prefix("src/")?;
    FLOOR_0.iter().find(|module| rest.starts_with(&format!("{module}/"))).copied()
}

#[test]
fn the_truth_knows_neither_serde_nor_wasm_nor_a_clock() {
    // Unit tests at the end of a file may compare with other implementations.
    let tested = |text: String| text.split("#[cfg(test)]\nmod ").next().unwrap_or_default().to_owned();
    let sources: Vec<_> = files("src", "rs").into_iter().map(|(path, text)| (path, tested(text))).collect();
    let floor_0 =
        |path: &str| floor_0_module(path).is_some() || path == "src/time.rs" || path == "src/event.rs";
    let words = [
        "serde",
        "wasm_bindgen",
        "js_sys",
        "JsValue",
        "crate::wire",
        "SystemTime",
        "std::time",
        "std::env",
        "std::fs",
        "std::net",
        "std::thread",
        "println!",
        "eprintln!",
        "dbg!",
    ];
    let found = words_found(&sources, floor_0, &words);
    assert!(found.is_empty(), "{found:#?}");
    assert!(sources.iter().any(|(path, _)| floor_0(path)), "floor 0 was not found");
}

#[test]
fn modules_of_the_truth_do_not_import_each_other() {
    let sources = files("src", "rs");
    let mut found = Vec::new();
    for module in FLOOR_0 {
        let foreign: Vec<String> = FLOOR_0
            .iter()
            .filter(|other| *other != module && !(*module == "account" && **other == "address"))
            .map(|other| format!("crate::{other}"))
            .collect();
        let words: Vec<&str> = foreign.iter().map(String::as_str).collect();
        found.extend(words_found(&sources, |path| floor_0_module(path) == Some(module), &words));
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn the_contract_knows_no_javascript_and_only_time_names_chrono() {
    let sources = files("src", "rs");
    let words = ["wasm_bindgen", "js_sys", "JsValue", "serde_wasm_bindgen"];
    let found = words_found(&sources, |path| path.starts_with("src/wire/"), &words);
    assert!(found.is_empty(), "{found:#?}");
    let found = words_found(&sources, |path| path != "src/time.rs", &["chrono::"]);
    assert!(found.is_empty(), "{found:#?}");
}

/// Floor of a JavaScript file, from its folder; `None` where floors do not apply (build tools).
fn js_floor(path: &str) -> Option<(u8, &str)> {
    let rest = path.strip_prefix("www/")?;
    let folder = rest.split('/').next().unwrap_or_default();
    Some(match folder {
        "pkg" => (2, "pkg"),
        "engine" | "index.js" => (3, "engine"),
        "server" => (3, "server"),
        "stores" => (3, "stores"),
        "i18n" => (3, "i18n"),
        "controller" => (4, "controller"),
        "elements" => (5, "elements"),
        "adapters" => (5, "adapters"),
        "mount.js" => (6, "mount"),
        "demo" => (7, "demo"),
        _ => return None,
    })
}

/// The modules that a file names in `import … from "…"` or `import("…")`, resolved against its folder.
fn imports(path: &str, text: &str) -> Vec<String> {
    let is_type = |line: &str| line.trim_start().starts_with('*') || line.contains("@import");
    let code: String = text.lines().filter(|line| !is_type(line)).map(|line| format!("{line}\n")).collect();
    let mut found = Vec::new();
    for opening in ["from \"", "import \"", "import(\""] {
        for rest in code.split(opening).skip(1) {
            let target = rest.split('"').next().unwrap_or_default();
            let mut parts: Vec<&str> = path.split('/').collect();
            parts.pop();
            for part in target.split('/').filter(|_| target.starts_with('.')) {
                match part {
                    "." => {}
                    ".." => drop(parts.pop()),
                    name => parts.push(name),
                }
            }
            found.push(if target.starts_with('.') { parts.join("/") } else { target.to_owned() });
        }
    }
    found
}

#[test]
fn javascript_imports_go_downward_only() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (path, text) in files("www", "js") {
        let Some((floor, room)) = js_floor(&path) else { continue };
        if room == "pkg" || path.starts_with("www/types/") {
            continue;
        }
        for target in imports(&path, &text) {
            seen += 1;
            let bare = !target.starts_with("www/");
            match js_floor(&target) {
                // The published floors stand on nothing but themselves.
                None if bare && room != "demo" => {
                    wrong.push(format!("{path} imports the package `{target}`"))
                }
                // The server may use the engine and the stores beside it; rooms of one floor stay apart.
                Some((to, to_room))
                    if to > floor
                        || (to == floor
                            && to_room != room
                            && to_room != "engine"
                            && (room, to_room) != ("server", "stores")) =>
                {
                    wrong.push(format!("{path} (floor {floor}) imports {target} (floor {to})"));
                }
                _ => {}
            }
        }
    }
    assert!(seen > 0, "no import was seen");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_module_makes_markup_from_strings_and_only_define_registers() {
    let scripts: Vec<_> = files("www", "js")
        .into_iter()
        .filter(|(path, _)| !path.starts_with("www/types/") && !path.starts_with("www/pkg/"))
        .collect();
    let words = ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"];
    let found = words_found(&scripts, |_| true, &words);
    assert!(found.is_empty(), "{found:#?}");
    let dom = ["document.", "window.", "customElements", "localStorage", "sessionStorage"];
    let below = |path: &str| js_floor(path).is_some_and(|(floor, _)| floor <= 4);
    let words: Vec<String> = dom.iter().map(|word| format!(" {word}")).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    // A sentence for people may well speak of a window: what stands between quotation marks is no code.
    let unquoted = |line: &str| line.split('"').step_by(2).collect::<String>() + "\n";
    let scripts: Vec<_> =
        scripts.into_iter().map(|(path, text)| (path, text.lines().map(unquoted).collect())).collect();
    let found = words_found(&scripts, below, &words);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn files_and_functions_stay_small() {
    let mut long = Vec::new();
    for (path, text) in files("src", "rs").into_iter().chain(files("www", "js")) {
        let generated = ["www/types/", "www/pkg/"].iter().any(|folder| path.starts_with(folder))
            || path.ends_with(".gen.js")
            || path.ends_with("/data.rs");
        if !generated && text.lines().count() > 320 {
            long.push(format!("{path}: {} lines", text.lines().count()));
        }
    }
    assert!(long.is_empty(), "{long:#?}");
}
