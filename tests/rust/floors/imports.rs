//! Who imports whom, file by file, from `use` and from paths in the code.

use super::source::{Source, sources};
use std::collections::{BTreeMap, BTreeSet};

/// An import: from a file to a file, both as paths inside the repository.
pub type Import = (String, String);

/// The module path of a file of the library: `src/a/b.rs` and `src/a/b/mod.rs` are `[a, b]`, `src/lib.rs` is `[]`.
/// The crates below `src/wasm/` are crates of their own, with modules of their own.
fn module_of(path: &str) -> Vec<&str> {
    let inside = path.strip_prefix("src/").unwrap_or(path).trim_end_matches(".rs");
    let mut module: Vec<&str> = inside.split('/').collect();
    if matches!(module.last(), Some(&"mod" | &"lib")) {
        module.pop();
    }
    module
}

/// The paths that a file names, each as its segments; groups are taken apart.
fn named_paths(code: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let bytes = code.as_bytes();
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let mut at = 0;
    while at < bytes.len() {
        if !is_word(bytes[at]) {
            at += 1;
            continue;
        }
        let end = (at..bytes.len()).find(|end| !is_word(bytes[*end])).unwrap_or(bytes.len());
        let begins = !code[..at].trim_end().ends_with("::") && code[end..].starts_with("::");
        if begins {
            tree(&code[at..], &mut Vec::new(), &mut found);
        }
        at = end;
    }
    found
}

/// Reads a path or a tree of paths at the beginning of `rest`; what it holds goes to `found`. Gives what is left.
fn tree<'c>(rest: &'c str, before: &mut Vec<String>, found: &mut Vec<Vec<String>>) -> &'c str {
    let rest = rest.trim_start();
    if let Some(mut inside) = rest.strip_prefix('{') {
        while !inside.trim_start().starts_with('}') && !inside.trim_start().is_empty() {
            let left = tree(inside, before, found).trim_start();
            let left = left
                .strip_prefix("as ")
                .map_or(left, |name| name.trim_start_matches(|c: char| c != ',' && c != '}'));
            inside = left.strip_prefix(',').unwrap_or(left);
            if std::ptr::eq(left, rest) || (left.len() == inside.len() && !left.starts_with('}')) {
                break;
            }
        }
        return inside.trim_start().strip_prefix('}').unwrap_or(inside);
    }
    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
    let (name, behind) = rest.split_at(end);
    if name.is_empty() {
        found.push(before.clone());
        return rest.strip_prefix('*').unwrap_or(rest);
    }
    before.push(name.to_owned());
    let left = match behind.strip_prefix("::") {
        Some(below) => tree(below, before, found),
        None => {
            found.push(before.clone());
            behind
        }
    };
    before.pop();
    left
}

/// The files by their module path, and what each hands on from the modules below it (`pub use child::Name`).
struct Map<'s> {
    files: BTreeMap<Vec<String>, &'s str>,
    handed_on: BTreeMap<Vec<String>, BTreeMap<String, String>>,
}

impl<'s> Map<'s> {
    fn new(sources: &'s [Source]) -> Self {
        let own = |module: Vec<&str>| module.into_iter().map(str::to_owned).collect::<Vec<_>>();
        let files: BTreeMap<_, _> =
            sources.iter().map(|source| (own(module_of(&source.path)), source.path.as_str())).collect();
        let mut handed_on = BTreeMap::new();
        for source in sources {
            let mut names = BTreeMap::new();
            for statement in source.code.split(';').filter_map(|part| part.rsplit_once("pub use ")) {
                let mut paths = Vec::new();
                tree(statement.1, &mut Vec::new(), &mut paths);
                for path in
                    paths.iter().filter(|path| path.len() > 1 && !matches!(&*path[0], "crate" | "super"))
                {
                    let from = if path[0] == "self" { &path[1..] } else { &path[..] };
                    names.insert(path[path.len() - 1].clone(), from[0].clone());
                }
            }
            handed_on.insert(own(module_of(&source.path)), names);
        }
        Map { files, handed_on }
    }

    /// The file in which the item of that absolute path is made.
    fn file_of(&self, path: &[String]) -> Option<&'s str> {
        let known = (0..=path.len()).rev().find(|length| self.files.contains_key(&path[..*length]))?;
        let module = path[..known].to_vec();
        let next = path.get(known).and_then(|name| self.handed_on.get(&module)?.get(name));
        match next {
            Some(child) => {
                let mut below = module.clone();
                below.push(child.clone());
                below.extend(path[known..].iter().cloned());
                self.file_of(&below)
            }
            None => self.files.get(&module).copied(),
        }
    }
}

/// The absolute path of what `path` names in that module; nothing for what is of another crate.
fn absolute(module: &[String], path: &[String], map: &Map<'_>) -> Option<Vec<String>> {
    let ups = path.iter().take_while(|name| *name == "super").count();
    let mut from = module.to_vec();
    match path.first()?.as_str() {
        "crate" => return Some(path[1..].to_vec()),
        "self" => from.extend(path[1..].iter().cloned()),
        "super" => {
            from.truncate(from.len().checked_sub(ups)?);
            from.extend(path[ups..].iter().cloned());
        }
        child => {
            from.push(child.to_owned());
            if !map.files.contains_key(&from) {
                return None;
            }
            from.extend(path[1..].iter().cloned());
        }
    }
    Some(from)
}

/// Every import between two files. That a module hands names of its children on is none; that it uses them is one.
pub fn imports(sources: &[Source]) -> BTreeSet<Import> {
    let map = Map::new(sources);
    let mut found = BTreeSet::new();
    for source in sources {
        let module: Vec<String> = module_of(&source.path).into_iter().map(str::to_owned).collect();
        let faceless: String = source
            .code
            .split_inclusive(';')
            .map(|part| part.rsplit_once("pub use ").map_or(part, |(before, _)| before))
            .collect();
        for path in named_paths(&faceless) {
            let target = absolute(&module, &path, &map).and_then(|path| map.file_of(&path));
            if let Some(target) = target.filter(|target| *target != source.path && *target != "src/lib.rs") {
                found.insert((source.path.clone(), target.to_owned()));
            }
        }
    }
    found
}

/// The circles: sets of files of which each reaches each other.
fn circles(imports: &BTreeSet<Import>) -> Vec<Vec<String>> {
    let mut reached: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (from, _) in imports {
        let mut open = vec![from.as_str()];
        let mut seen = BTreeSet::new();
        while let Some(file) = open.pop() {
            let targets = imports.iter().filter(|(importer, _)| importer == file).map(|(_, to)| to.as_str());
            open.extend(targets.filter(|to| seen.insert(*to)));
        }
        reached.insert(from, seen);
    }
    let reaches = |from: &str, to: &str| reached.get(from).is_some_and(|seen| seen.contains(to));
    let mut found: BTreeSet<Vec<String>> = BTreeSet::new();
    for from in reached.keys().filter(|file| reaches(file, file)) {
        let circle = reached.keys().filter(|to| reaches(from, to) && reaches(to, from));
        found.insert(circle.map(|file| (*file).to_owned()).collect());
    }
    found.into_iter().collect()
}

fn made_up(files: &[(&str, &str)]) -> Vec<Source> {
    files.iter().map(|(path, text)| Source::new(path, text)).collect()
}

#[test]
fn no_file_imports_itself_round_a_circle() {
    let circles = circles(&imports(&sources()));
    assert!(circles.is_empty(), "{circles:#?}");
}

#[test]
fn a_circle_is_found_however_it_is_written() {
    let lib = ("src/lib.rs", "pub mod a;");
    for (name, one, two) in [
        ("super", "use super::two::Two;", "use super::one::One;"),
        ("crate", "use crate::a::two::Two;", "fn f() { crate::a::one::f() }"),
        ("a group", "use super::{two::{Two, Three}, Other};", "use crate::{a::{one as first}};"),
        ("handed on", "use super::{Two};", "use super::One;"),
        ("lines", "use super::{\n    Other,\n    two::Two,\n};", "use super::one::{\n    self,\n};"),
    ] {
        let parent = (
            "src/a/mod.rs",
            "mod one;\nmod two;\npub use one::One;\npub use two::{Two, Three};\npub struct Other;",
        );
        let files = made_up(&[lib, parent, ("src/a/one.rs", one), ("src/a/two.rs", two)]);
        let expected = vec![vec!["src/a/one.rs".to_owned(), "src/a/two.rs".to_owned()]];
        assert_eq!(circles(&imports(&files)), expected, "{name}");
    }
}

#[test]
fn a_parent_that_uses_its_child_and_is_used_by_it_is_a_circle() {
    let child = ("src/a/one.rs", "use super::Shared;");
    let uses = [("src/a/mod.rs", "mod one;\npub struct Shared;\nfn f() { one::f() }"), child];
    assert_eq!(circles(&imports(&made_up(&uses))).len(), 1);
    let hands_on = [("src/a/mod.rs", "mod one;\npub use one::f;\npub struct Shared;"), child];
    assert!(circles(&imports(&made_up(&hands_on))).is_empty());
}

#[test]
fn comments_texts_and_other_crates_are_no_imports() {
    let files = made_up(&[
        ("src/a.rs", "//! [`crate::b::B`]\nuse std::b::B;\nfn f() { g(\"crate::b\"); other::b::f() }"),
        ("src/b.rs", "use crate::a::f;"),
    ]);
    assert_eq!(imports(&files), BTreeSet::from([("src/b.rs".to_owned(), "src/a.rs".to_owned())]));
}
