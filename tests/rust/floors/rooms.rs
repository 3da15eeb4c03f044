//! The rooms and which rooms each may import: floors 0 to 2 of the architecture.

use super::imports::imports;
use super::source::{Source, sources};

/// A room, and the rooms below it. A file or folder of `src` that is not named here is a mistake.
const ROOMS: &[(&str, &[&str])] = &[
    // The ground: instants, events, providers' codes, plain data, hashes and forms.
    ("sort", &[]),
    ("time", &[]),
    ("dated", &[]),
    ("event", &["time"]),
    ("provider_error", &["dated", "event", "time"]),
    ("data", &["time"]),
    ("signing", &["sort"]),
    // The truth. Session and addresses know no provider; nobody knows another, but for set-up, which may ask addresses.
    ("session", &["dated", "event", "sort", "time"]),
    ("address", &["event", "time"]),
    ("template", &["dated", "event", "provider_error", "sort", "time"]),
    ("account", &["address", "event", "time"]),
    // What providers say, in the words of the truth.
    (
        "provider",
        &["address", "data", "event", "provider_error", "session", "signing", "sort", "template", "time"],
    ),
    // The contract, and the boundary above it.
    (
        "wire",
        &[
            "account",
            "address",
            "data",
            "dated",
            "event",
            "provider",
            "provider_error",
            "session",
            "signing",
            "template",
            "time",
        ],
    ),
    (
        "wasm",
        &[
            "account", "address", "data", "event", "provider", "session", "signing", "template", "time",
            "wire",
        ],
    ),
];

/// The room of a file: its folder or its own name inside `src`.
fn room_of(path: &str) -> Option<&str> {
    let inside = path.strip_prefix("src/")?;
    Some(inside.split('/').next()?.trim_end_matches(".rs"))
}

fn upward(sources: &[Source]) -> Vec<String> {
    let mut wrong = Vec::new();
    for source in sources.iter().filter(|source| source.path != "src/lib.rs") {
        if !ROOMS.iter().any(|(room, _)| Some(*room) == room_of(&source.path)) {
            wrong.push(format!("{} is in no room", source.path));
        }
    }
    for (from, to) in imports(sources) {
        let (room, other) = (room_of(&from), room_of(&to));
        let below = ROOMS.iter().find(|(name, _)| Some(*name) == room).map(|(_, below)| *below);
        let allowed =
            room == other || below.is_some_and(|below| below.iter().any(|name| Some(*name) == other));
        if !allowed {
            wrong.push(format!("{from} imports {to}"));
        }
    }
    wrong
}

#[test]
fn imports_go_downward_only() {
    let wrong = upward(&sources());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_room_stands_above_those_it_may_import() {
    for (at, (room, below)) in ROOMS.iter().enumerate() {
        let above = &ROOMS[at..];
        let wrong: Vec<_> =
            below.iter().filter(|name| above.iter().any(|(other, _)| other == *name)).collect();
        assert!(wrong.is_empty(), "{room}: {wrong:?}");
    }
}

#[test]
fn an_import_upward_or_sideways_is_found() {
    for (from, code, to) in [
        ("src/session/mod.rs", "use crate::address::A;", "src/address/mod.rs"),
        ("src/session/mod.rs", "use crate::provider_error::A;", "src/provider_error/mod.rs"),
        ("src/address/mod.rs", "use crate::account::A;", "src/account/mod.rs"),
        ("src/template/mod.rs", "fn f() { crate::wire::f() }", "src/wire/mod.rs"),
        ("src/data/mod.rs", "use super::event::A;", "src/event.rs"),
        ("src/signing/mod.rs", "use crate::{provider::{A, B}};", "src/provider/mod.rs"),
        ("src/wire/mod.rs", "use crate::wasm::A;", "src/wasm/mod.rs"),
    ] {
        let files =
            [Source::new("src/lib.rs", ""), Source::new(from, code), Source::new(to, "pub struct A;")];
        assert_eq!(upward(&files), [format!("{from} imports {to}")]);
    }
    let down = [
        Source::new("src/account/mod.rs", "use crate::address::A;"),
        Source::new("src/address/mod.rs", "pub struct A;"),
    ];
    assert!(upward(&down).is_empty());
    assert_eq!(upward(&[Source::new("src/attic.rs", "")]), ["src/attic.rs is in no room"]);
}
