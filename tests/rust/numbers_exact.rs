//! The tables are those of the metadata: made anew, and proved equal to its patterns.

use crate::numbers::metadata::{Description, Region};
use crate::numbers::{compile, letters, source};
use regex_automata::dfa::{Automaton, dense};
use regex_automata::util::primitives::StateID;
use regex_automata::{Anchored, util::syntax};
use reply_window::address::numbers::packed::{Core, More};
use reply_window::address::numbers::{Plan, Style};
use std::collections::HashSet;

#[test]
fn the_committed_tables_are_fresh() {
    let (bytes, regions) = source::read("metadata.bin");
    for (name, content) in compile::committed_files(&bytes, &regions) {
        let committed = std::fs::read(source::committed().join(name)).expect("a committed table");
        assert!(
            committed == content,
            "{name} is stale: run `cargo run --release --example generate-numbers`"
        );
    }
    let readme =
        std::fs::read_to_string(source::folder().join("../../../Readme.md")).expect("the package's Readme");
    assert!(
        readme.contains(&format!("`v{}`", source::PACKAGE.2)),
        "the package says another metadata version"
    );
}

#[test]
fn letters_and_numbers_are_those_of_unicode() {
    let committed = std::fs::read(source::committed().join("letters.bin")).expect("a committed table");
    assert!(
        committed == letters::table(),
        "letters.bin is stale: run `cargo run --release --example generate-numbers`"
    );
    // What reads the table says the same: behind a number, a letter is not passed over. The first plane whole, then one of 64.
    let world = reply_window::address::numbers::world();
    let mut passed_over = 0;
    for (code, letter) in (0x80..).zip(letters::all()).filter(|(code, _)| *code < 0x1_0000 || code % 64 == 0)
    {
        // The Japanese mark of a long vowel is a letter that may stand between digits, and behind them too.
        let Some(character) = char::from_u32(code).filter(|character| *character != 'ー') else { continue };
        let number = world.parse(&format!("+16502530000{character}"), None);
        let whole = number.is_ok_and(|number| number.national() == "6502530000");
        assert_eq!(whole, !letter, "{character:?} (U+{code:04X})");
        passed_over += u32::from(whole);
    }
    assert!(passed_over > 20_000, "only {passed_over} characters");
}

#[test]
fn a_manifest_names_the_metadata_it_is_about() {
    let (bytes, regions) = source::read("test_metadata.bin");
    let origin = serde_json::json!({ "file": "test_metadata.bin" });
    let files = compile::files(&bytes, &regions, "test", origin);
    let manifest: serde_json::Value = serde_json::from_slice(&files[2].1).expect("JSON");
    assert_eq!(manifest["source"]["file"], "test_metadata.bin");
    assert_eq!(manifest["source"]["bytes"], bytes.len());
    assert_eq!(manifest["source"]["package"], serde_json::Value::Null);
    assert_eq!(manifest["regions"], regions.len());
}

#[test]
fn what_is_packed_is_unpacked() {
    let (_, regions) = source::read("test_metadata.bin");
    let tables = compile::compile("test", &regions);
    let (core, more) = tables.pack();
    let (core_again, more_again) = {
        let core = Core::unpack(&core);
        let more = More::unpack(&more, &core);
        (core, more)
    };
    let count = |core: &Core, more: &More| {
        let shapes = [&core.numbers, &core.generals, &core.beginnings, &more.selectors, &more.generals];
        shapes.map(|shape| shape.labels.len())
    };
    assert_eq!(count(&core_again, &more_again), count(&tables.core, &tables.more));
    assert_eq!(core_again.kinds, tables.core.kinds);
    assert_eq!(core_again.matches, tables.core.matches);
    assert_eq!(more_again.texts, tables.more.texts);
    for (again, once) in more_again.writings.iter().zip(&tables.more.writings) {
        assert_eq!(again.formats, once.formats);
    }
}

#[test]
fn templates_and_words_are_ascii() {
    let read = |name| std::fs::read(source::committed().join(name)).expect("a committed table");
    let more = More::unpack(&read("more.bin"), &Core::unpack(&read("core.bin")));
    assert!(!more.texts.is_empty());
    for text in &more.texts {
        assert!(text.is_ascii(), "{}", String::from_utf8_lossy(text));
    }
}

#[test]
#[should_panic(expected = "` доб. ` is not ASCII")]
fn a_word_that_is_not_ascii_is_refused() {
    let (_, mut regions) = source::read("metadata.bin");
    regions[0].extension_prefix = Some(" доб. ".into());
    regions[0].main = true;
    let _ = compile::compile("test", &regions[..1]);
}

/// A pattern as another implementation compiles it.
struct Reference(Option<dense::DFA<Vec<u32>>>);

impl Reference {
    fn new(pattern: Option<&str>) -> Self {
        Reference(pattern.map(|pattern| {
            dense::Builder::new()
                .syntax(syntax::Config::new().unicode(false).utf8(false))
                .configure(dense::Config::new().start_kind(regex_automata::dfa::StartKind::Anchored))
                .build(&format!("^(?:{pattern})$"))
                .expect("a pattern of the metadata")
        }))
    }
    fn start(&self) -> StateID {
        let start = |dfa: &dense::DFA<Vec<u32>>| {
            dfa.universal_start_state(Anchored::Yes).or_else(|| {
                dfa.start_state(&regex_automata::util::start::Config::new().anchored(Anchored::Yes)).ok()
            })
        };
        self.0.as_ref().and_then(start).unwrap_or(StateID::ZERO)
    }
    fn next(&self, state: StateID, digit: u8) -> StateID {
        self.0.as_ref().map_or(StateID::ZERO, |dfa| dfa.next_state(state, b'0' + digit))
    }
    fn is_dead(&self, state: StateID) -> bool {
        self.0.as_ref().is_none_or(|dfa| dfa.is_dead_state(state))
    }
    fn accepts(&self, state: StateID) -> bool {
        self.0.as_ref().is_some_and(|dfa| dfa.is_match_state(dfa.next_eoi_state(state)))
    }
}

/// The patterns of one region: general, ten kinds, leading digits.
struct Plans<'a> {
    region: &'a Region,
    patterns: Vec<Reference>,
}

impl<'a> Plans<'a> {
    fn new(region: &'a Region, alone: bool) -> Self {
        let mut patterns = vec![Reference::new(region.general.pattern.as_deref())];
        patterns.extend(region.kinds.iter().map(|kind| Reference::new(kind.pattern.as_deref())));
        let leading = region.leading_digits.as_ref().filter(|_| !alone);
        let leading = leading.map(|digits| format!("(?:{digits})[0-9]*"));
        patterns.push(Reference::new(leading.as_deref()));
        Plans { region, patterns }
    }

    /// The kind (0: none) as `PhoneNumberUtil.getNumberTypeHelper` finds it, and whether the leading digits fit.
    fn judge(&self, states: &[StateID], length: usize) -> (u8, Option<bool>) {
        let is = |description: &Description, at: usize| {
            description.allows(length) && self.patterns[at].accepts(states[at])
        };
        let leading = self.patterns[11].0.is_some().then(|| self.patterns[11].accepts(states[11]));
        if !is(&self.region.general, 0) {
            return (0, leading);
        }
        let kinds: Vec<bool> = (0..10).map(|kind| is(&self.region.kinds[kind], kind + 1)).collect();
        let kind = match kinds[..8].iter().position(|is| *is) {
            Some(kind) => kind as u8 + 1,
            None if kinds[8] && (self.region.same_mobile_and_fixed || kinds[9]) => 11,
            None if kinds[8] => 9,
            None if kinds[9] && !self.region.same_mobile_and_fixed => 10,
            None => 0,
        };
        (kind, leading)
    }
}

/// The label that a number has by the patterns: kind and place of the region; `None` if it is not valid.
fn expected(members: &[Plans<'_>], states: &[Vec<StateID>], length: usize) -> Option<(u8, u8)> {
    for (place, (member, states)) in members.iter().zip(states).enumerate() {
        let (kind, leading) = member.judge(states, length);
        if members.len() == 1 || leading.unwrap_or(kind != 0) {
            return (kind != 0).then_some((kind, place as u8));
        }
    }
    None
}

/// Walks the automaton and the patterns together through every pair of states that some number reaches.
#[test]
fn the_automaton_accepts_exactly_what_the_patterns_accept() {
    let (_, regions) = source::read("metadata.bin");
    let core = Core::unpack(&std::fs::read(source::committed().join("core.bin")).expect("a committed table"));
    let (mut pairs, mut patterns) = (0, 0);
    for (code, (number, members)) in core.codes.iter().zip(compile::by_code(&regions)) {
        assert_eq!(code.code, number);
        let members: Vec<Plans<'_>> =
            members.iter().map(|region| Plans::new(region, members.len() == 1)).collect();
        patterns +=
            members.iter().flat_map(|member| &member.patterns).filter(|pattern| pattern.0.is_some()).count();
        let start: Vec<Vec<StateID>> =
            members.iter().map(|member| member.patterns.iter().map(Reference::start).collect()).collect();
        let mut seen: HashSet<(u16, usize, Vec<Vec<StateID>>)> = HashSet::new();
        let mut open = vec![(code.root, 0, start)];
        while let Some((node, length, states)) = open.pop() {
            if !seen.insert((node, length, states.clone())) {
                continue;
            }
            let label = usize::from(core.numbers.label(node)).checked_sub(1).map(|at| core.kinds[at]);
            assert_eq!(label, expected(&members, &states, length), "+{number}, after {length} digits");
            for digit in 0..10 {
                let step = |(member, states): (&Plans<'_>, &Vec<StateID>)| -> Vec<StateID> {
                    member
                        .patterns
                        .iter()
                        .zip(states)
                        .map(|(pattern, state)| pattern.next(*state, digit))
                        .collect()
                };
                let next: Vec<Vec<StateID>> = members.iter().zip(&states).map(step).collect();
                let node = core.numbers.next(node, digit);
                // Where the automaton has ended and no general pattern goes on, no longer number is valid.
                let dead =
                    members.iter().zip(&next).all(|(member, states)| member.patterns[0].is_dead(states[0]));
                if node != 0 || !dead {
                    open.push((node, length + 1, next));
                }
            }
        }
        pairs += seen.len();
    }
    println!("{patterns} patterns, {pairs} pairs of states");
    assert!(pairs > 20_000);
}

/// Google's own unit tests run on a metadata file of their own; these are expectations of `PhoneNumberUtilTest`
/// (<https://github.com/google/libphonenumber>, v9.0.35).
#[test]
fn any_metadata_file_can_be_compiled() {
    let (_, regions) = source::read("test_metadata.bin");
    let (core, more) = compile::compile("test", &regions).pack();
    let plan = Plan::unpack(&core, more.leak());
    let parse = |text: &str, region| plan.parse(text, region).expect("a number");
    for (text, style, wanted) in [
        ("+16502530000", Style::National, "650 253 0000"),
        ("+16502530000", Style::International, "+1 650 253 0000"),
        ("+12423651234", Style::National, "242 365 1234"),
        ("+442087389353", Style::National, "(020) 8738 9353"),
        ("+447912345678", Style::International, "+44 7912 345 678"),
        ("+49301234", Style::National, "030/1234"),
        ("+49301234", Style::Rfc3966, "tel:+49-30-1234"),
        ("+390236618300", Style::National, "02 3661 8300"),
        ("+61236618300", Style::National, "02 3661 8300"),
        ("+541187654321", Style::National, "011 8765-4321"),
        ("+5491187654321", Style::National, "011 15 8765-4321"),
        ("+5491187654321", Style::International, "+54 9 11 8765 4321"),
        ("+5212345678900", Style::National, "045 234 567 8900"),
        ("+523312345678", Style::National, "01 33 1234 5678"),
    ] {
        assert_eq!(plan.format(&parse(text, None), style), wanted);
    }
    for (text, region, code, national) in [
        ("033316005 / x3", "NZ", 64, "33316005"),
        ("0064 3 331 6005", "NZ", 64, "33316005"),
        ("64(0)64123456", "NZ", 64, "64123456"),
        ("0343 15 555 1212", "AR", 54, "93435551212"),
        ("045 33 1234-5678", "MX", 52, "13312345678"),
        ("(530) 583-6985 x302/x2303", "US", 1, "5305836985"),
    ] {
        let number = parse(text, Some(region));
        assert_eq!((number.calling_code(), number.national()), (code, national), "{text}");
    }
}

#[test]
fn every_decimal_digit_of_unicode_is_read() {
    let digits = regex_automata::meta::Regex::new(r"\A\p{Nd}\z").expect("a pattern");
    let plan = reply_window::address::numbers::world();
    let all: Vec<char> = (0..=0x10ffff).filter_map(char::from_u32).collect();
    let is_digit = |at: usize| digits.is_match(&all[at].to_string());
    // Every digit, what stands beside one, and a few of the others.
    let asked = |at: &usize| {
        at.is_multiple_of(61) || (at.saturating_sub(1)..=at + 1).any(|at| at < all.len() && is_digit(at))
    };
    for at in (0..all.len()).filter(asked) {
        let text = format!("+1650253000{}", all[at]);
        let read = plan.parse(&text, None).is_ok_and(|number| number.national().len() == 10);
        assert_eq!(read, is_digit(at), "{:?}", all[at]);
    }
}
