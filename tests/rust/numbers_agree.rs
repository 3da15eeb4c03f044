//! Agreement with `rlibphonenumber` (a port of Google's library) at the same metadata, on generated rows.

use crate::chance::Chance;
use crate::numbers::{metadata, source};
use reply_window::address::numbers::{Kind, Number, Plan, Possible, Refusal, Style, world};
use rlibphonenumber::{
    NumberLengthType, PHONE_NUMBER_UTIL, ParseError, PhoneNumber, PhoneNumberFormat, PhoneNumberType, Region,
    ValidationError, get_national_significant_number_owned,
};

/// What both sides say about a row, as text.
#[derive(PartialEq, Debug)]
struct Answer {
    parsed: Result<(u16, String, Option<String>), &'static str>,
    possible: &'static str,
    kind: &'static str,
    region: String,
    formats: [String; 4],
}

impl Answer {
    fn refused(reason: &'static str) -> Self {
        Answer {
            parsed: Err(reason),
            possible: "",
            kind: "",
            region: String::new(),
            formats: Default::default(),
        }
    }
}

const STYLES: [(Style, PhoneNumberFormat); 4] = [
    (Style::E164, PhoneNumberFormat::E164),
    (Style::National, PhoneNumberFormat::National),
    (Style::International, PhoneNumberFormat::International),
    (Style::Rfc3966, PhoneNumberFormat::RFC3966),
];

fn ours(plan: &Plan, text: &str, region: Option<&str>) -> Answer {
    let number = match plan.parse(text, region) {
        Ok(number) => number,
        Err(Refusal::NotANumber | Refusal::Empty) => return Answer::refused("not-a-number"),
        Err(Refusal::NoRegion | Refusal::NoSuchCallingCode) => return Answer::refused("no-code"),
        Err(Refusal::TooShortAfterPrefix) => return Answer::refused("short-after-prefix"),
        Err(Refusal::TooShort) => return Answer::refused("short"),
        Err(Refusal::TooLong) => return Answer::refused("long"),
        Err(Refusal::TextTooLong) => return Answer::refused("text"),
    };
    let judgement = plan.judge_number(&number).expect("a calling code that exists");
    Answer {
        parsed: Ok((number.calling_code(), number.national().into(), number.extension().map(str::to_owned))),
        possible: judgement.possible.name(),
        kind: judgement.kind.map_or("", Kind::name),
        region: judgement.region_name().unwrap_or("").to_owned(),
        formats: STYLES.map(|(style, _)| plan.format(&number, style)),
    }
}

fn theirs(text: &str, region: Option<&str>) -> Answer {
    let number = match PHONE_NUMBER_UTIL.parse(text, region.and_then(|id| Region::from_code(id).ok())) {
        Ok(number) => number,
        Err(ParseError::NotANumber(_)) => return Answer::refused("not-a-number"),
        Err(ParseError::InvalidCountryCode) => return Answer::refused("no-code"),
        Err(ParseError::TooShortAfterIdd) => return Answer::refused("short-after-prefix"),
        Err(ParseError::TooShortNsn) => return Answer::refused("short"),
        Err(ParseError::TooLongNsn) => return Answer::refused("long"),
    };
    let possible = match PHONE_NUMBER_UTIL.is_possible_number_with_reason(&number) {
        Ok(NumberLengthType::IsPossible) => Possible::Possible,
        Ok(NumberLengthType::IsPossibleLocalOnly) => Possible::LocalOnly,
        Err(ValidationError::TooShort) => Possible::TooShort,
        Err(ValidationError::TooLong) => Possible::TooLong,
        Err(ValidationError::InvalidLength) => Possible::InvalidLength,
        Err(ValidationError::InvalidCountryCode) => panic!("a calling code that exists"),
    };
    let kind = their_kind(&number);
    assert_eq!(PHONE_NUMBER_UTIL.is_valid_number(&number), kind.is_some());
    Answer {
        parsed: Ok((
            number.country_code as u16,
            get_national_significant_number_owned(&number),
            // Digits of other scripts: we answer plain ones.
            number.extension.as_ref().map(|text| plain(text)),
        )),
        possible: possible.name(),
        kind: kind.map_or("", Kind::name),
        region: PHONE_NUMBER_UTIL
            .get_region_for_number(&number)
            .map_or(String::new(), |region| region.to_string()),
        formats: STYLES.map(|(_, style)| plain(&PHONE_NUMBER_UTIL.format(&number, style))),
    }
}

/// Whether a difference is one of those in which the port departs from Google's own library, and we do not: `～` between
/// digits is refused by it, and two digits with an extension are a number to it. `tests/vectors/numbers.json` has the answers
/// of Google's library (PyPI phonenumbers 9.0.42) to both.
fn is_listed(text: &str, ours: &Answer, theirs: &Answer) -> bool {
    if theirs.parsed == Err("not-a-number") {
        return text.contains('～');
    }
    let before = text.chars().take_while(|c| !c.is_alphabetic() && !"#;,~～".contains(*c));
    ours.parsed == Err("not-a-number") && before.filter(|c| c.is_numeric()).count() == 2
}

/// Both sides say the same about a text.
pub fn assert_agrees(text: &str, region: Option<&str>) {
    let (ours, theirs) = (ours(world(), text, region), theirs(text, region));
    if !is_listed(text, &ours, &theirs) {
        assert_eq!(ours, theirs, "{text:?} in {region:?}");
    }
}

/// ASCII digits for those of other scripts that the rows use.
fn plain(text: &str) -> String {
    let digit = |c: char, zero: char| char::from_digit(c as u32 - zero as u32, 10);
    let plain = |c: char| match c {
        '\u{660}'..='\u{669}' => digit(c, '\u{660}').unwrap_or(c),
        '\u{ff10}'..='\u{ff19}' => digit(c, '\u{ff10}').unwrap_or(c),
        other => other,
    };
    text.chars().map(plain).collect()
}

fn their_kind(number: &PhoneNumber) -> Option<Kind> {
    Some(match PHONE_NUMBER_UTIL.get_number_type(number) {
        PhoneNumberType::FixedLine => Kind::FixedLine,
        PhoneNumberType::Mobile => Kind::Mobile,
        PhoneNumberType::FixedLineOrMobile => Kind::FixedLineOrMobile,
        PhoneNumberType::TollFree => Kind::TollFree,
        PhoneNumberType::PremiumRate => Kind::PremiumRate,
        PhoneNumberType::SharedCost => Kind::SharedCost,
        PhoneNumberType::VoIP => Kind::Voip,
        PhoneNumberType::PersonalNumber => Kind::PersonalNumber,
        PhoneNumberType::Pager => Kind::Pager,
        PhoneNumberType::UAN => Kind::Uan,
        PhoneNumberType::VoiceMail => Kind::Voicemail,
        PhoneNumberType::Unknown => return None,
    })
}

/// A row: a text, and the region it is read in.
type Row = (String, Option<String>);

/// Every change of one digit, every deletion, some insertions, truncations, appended digits.
fn changes(example: &str, chance: &mut Chance) -> Vec<String> {
    let mut rows = vec![example.to_owned(), format!("{example}0"), format!("{example}{}", chance.digit())];
    for at in 0..example.len() {
        let (before, behind) = (&example[..at], &example[at + 1..]);
        rows.extend((0..10).map(|digit| format!("{before}{digit}{behind}")));
        rows.push(format!("{before}{behind}"));
        rows.push(format!("{before}{}{}", chance.digit(), &example[at..]));
        rows.push(before.to_owned());
    }
    for prefix in ["0", "1", "8", "9", "00", "15", "06", "90", "0549", "242"] {
        rows.push(format!("{prefix}{example}"));
    }
    rows
}

/// What people make of a number that they paste.
fn dressed(number: &Number, home: &str, chance: &mut Chance) -> Vec<Row> {
    let plan = world();
    let national = plan.format(number, Style::National);
    let international = plan.format(number, Style::International);
    let code = number.calling_code();
    let arabic: String = national
        .chars()
        .map(|c| c.to_digit(10).and_then(|d| char::from_u32(0x660 + d)).unwrap_or(c))
        .collect();
    let wide: String = international
        .chars()
        .map(|c| c.to_digit(10).and_then(|d| char::from_u32(0xff10 + d)).unwrap_or(c))
        .collect();
    let nsn = number.national();
    let texts = vec![
        national.clone(),
        nsn.to_owned(),
        format!("0{nsn}"),
        format!("00{code}{nsn}"),
        format!("011{code}{nsn}"),
        format!("+00{code}{nsn}"),
        format!("{code}{nsn}"),
        format!("{code}0{nsn}"),
        format!("+{code} (0) {nsn}"),
        format!("({national})"),
        format!("Tel. {international}."),
        format!("tel:{nsn};phone-context=+{code}"),
        format!("{national} ext. {}", chance.below(9999)),
        format!("{international};ext={}", chance.below(99999)),
        format!("{nsn}x{}", chance.below(999)),
        format!("{national} #{}", chance.below(999)),
        format!("{nsn},,{}#", chance.below(99999)),
        national.replace(' ', "."),
        international.replace(' ', "\u{a0}"),
        international.replace(' ', " - "),
        format!("{international} / x2303"),
        format!("{nsn} - {}#", chance.below(9999)),
        plan.format(number, Style::Rfc3966),
        arabic.clone(),
        wide,
        format!("{arabic} доб. ٣٢١"),
        national.replace(' ', "～"),
        format!("{international} \u{1f1e6}\u{1f1fa}"),
        format!("{national}।"),
        format!("{nsn}\u{20e3}\u{fe0f}"),
        format!("{national}²"),
        format!("{} ext {}", &nsn[..2], chance.below(9999)),
        format!("{}x{}", &nsn[..2], chance.below(9999)),
        format!("{} доб {}", &nsn[..3.min(nsn.len())], chance.below(9999)),
    ];
    texts.into_iter().map(|text| (text, Some(home.to_owned()))).collect()
}

fn rows(regions: &[metadata::Region], seed: u64) -> Vec<Row> {
    let mut chance = Chance(seed);
    let ids: Vec<&str> = regions.iter().map(|region| region.id.as_str()).filter(|id| *id != "001").collect();
    let mut rows: Vec<Row> = Vec::new();
    for region in regions {
        let code = region.calling_code;
        let home = if region.id == "001" { "US" } else { &region.id };
        let mut examples: Vec<&String> =
            region.kinds.iter().chain([&region.general]).filter_map(|kind| kind.example.as_ref()).collect();
        examples.sort();
        examples.dedup();
        for example in examples {
            let other = ids[chance.below(ids.len())];
            for text in changes(example, &mut chance) {
                if chance.below(4) == 0 {
                    rows.push((text.clone(), Some(home.to_owned())));
                }
                rows.push((format!("+{code}{text}"), None));
            }
            let Ok(number) = world().parse(&format!("+{code}{example}"), None) else { continue };
            rows.extend(dressed(&number, home, &mut chance));
            rows.extend(dressed(&number, other, &mut chance));
        }
        for _ in 0..500 {
            let length = 3 + chance.below(12);
            let digits: String = (0..length).map(|_| chance.digit()).collect();
            rows.push((format!("+{code}{digits}"), None));
            rows.push((digits, Some(home.to_owned())));
        }
    }
    rows
}

/// Rows on which both sides must say the same; answers how many differ, and shows some.
fn compare(rows: &[Row]) -> Vec<String> {
    let plan = world();
    let mut differences = Vec::new();
    for (text, region) in rows {
        let (ours, theirs) = (ours(plan, text, region.as_deref()), theirs(text, region.as_deref()));
        if ours != theirs && !is_listed(text, &ours, &theirs) {
            differences.push(format!("{text:?} in {region:?}:\n   ours {ours:?}\n theirs {theirs:?}"));
        }
    }
    differences
}

#[test]
fn agrees_with_the_port_of_googles_library() {
    let (_, regions) = source::read("metadata.bin");
    let mut rows = rows(&regions, 0x9e37_79b9_7f4a_7c15);
    rows.sort();
    rows.dedup();
    println!("{} rows", rows.len());
    assert!(rows.len() >= 450_000, "only {} rows", rows.len());
    let (first, second) = rows.split_at(rows.len() / 2);
    let differences: Vec<String> = std::thread::scope(|scope| {
        let first = scope.spawn(|| compare(first));
        let second = compare(second);
        first.join().expect("no panic").into_iter().chain(second).collect()
    });
    let shown: Vec<&str> =
        differences.iter().step_by(differences.len() / 30 + 1).map(String::as_str).collect();
    assert!(
        differences.is_empty(),
        "{} of {} rows differ:\n{}",
        differences.len(),
        rows.len(),
        shown.join("\n")
    );
}

/// Characters behind a number that are letters to us and not to the port, whose expressions fold case: each has an ASCII
/// letter for its small form.
const FOLDED: &str = "\u{17f}\u{212a}";

/// What stands behind a number and is no digit is passed over, by both or by none.
#[test]
fn agrees_on_what_stands_behind_a_number() {
    let mut rows: Vec<Row> = Vec::new();
    // Of the first plane one of 4, of the others one of 64, where a seed says.
    let mut chance = Chance(0x6d61_726b_7321_2121);
    println!("seed {:#x}", chance.0);
    // What is not assigned: Google's own library passes over it, as we do, the port does not.
    let unassigned = regex_automata::meta::Regex::new(r"^\p{Cn}$").expect("an expression");
    for code in 0x20..=u32::from(char::MAX) {
        let Some(character) = char::from_u32(code).filter(|c| !FOLDED.contains(*c)) else { continue };
        if chance.below(if code > 0xffff { 64 } else { 4 }) != 0
            || unassigned.is_match(character.to_string().as_bytes())
        {
            continue;
        }
        rows.push((format!("+61 412 345 066{character}"), None));
        if chance.below(8) == 0 {
            rows.push((format!("0412 345 066 {character}{character}"), Some("AU".into())));
        }
    }
    let differences = compare(&rows);
    println!("{} rows", rows.len());
    let shown = differences.iter().take(30).map(String::as_str).collect::<Vec<_>>().join("\n");
    assert!(differences.is_empty(), "{} of {} rows differ:\n{shown}", differences.len(), rows.len());
    assert!(rows.len() > 15_000, "only {} rows", rows.len());
}

/// Rows on which we differ, each for a reason that the module states.
#[test]
fn differs_where_it_says_so() {
    let plan = world();
    let parsed = |text: &str, region| plan.parse(text, region).map(|number| number.national().to_owned());
    let port = |text: &str, region| {
        let number = PHONE_NUMBER_UTIL.parse(text, region);
        number.map(|number| get_national_significant_number_owned(&number)).map_err(|_| ())
    };
    let padded = format!("{}+16502530000", " ".repeat(250));
    assert_eq!(parsed(&padded, None), Err(Refusal::TextTooLong));
    assert_eq!(port(&padded, None), Ok("6502530000".into()));

    let arabic = "+16502530000 ext. ٣٢١";
    assert_eq!(plan.parse(arabic, None).expect("a number").extension(), Some("321"));
    assert_eq!(PHONE_NUMBER_UTIL.parse(arabic, None).expect("a number").extension(), "٣٢١");

    // Unassigned; Google's own library (PyPI phonenumbers 9.0.42) says the same as we.
    assert_eq!(parsed("+16502530000\u{378}", None), Ok("6502530000".into()));
    assert_eq!(port("+16502530000\u{378}", None), Err(()));

    assert_eq!(parsed("+16502530000\u{17f}", None), Err(Refusal::NotANumber));
    assert_eq!(port("+16502530000\u{17f}", None), Ok("6502530000".into()));

    assert_eq!(parsed("650253000 / x2 / x3", Some("US")), Ok("650253000".into()));
    assert_ne!(port("650253000 / x2 / x3", Region::from_code("US").ok()), Ok("650253000".into()));
}
