//! Numbers cross the boundary as one text; this reads it, so that vectors go through that very text.

use reply_window::address::numbers::{Kind, Possible, Refusal, Style};
use reply_window::data::Fault;
use reply_window::wire::numbers::written;
use serde_json::{Value as Json, json};

/// In the place of the styles that are wanted.
const AS_YOU_TYPE: u32 = 16;
const ALTERNATIVE: u32 = 32;
/// Characters at the beginning of an answer: six bits each, counted from the space.
const HEAD: usize = 6;

/// What the package answers, for the calls that are made of [`written`].
pub fn call(name: &str, input: &Json) -> Option<Result<Json, Fault>> {
    let text = |field: &str| input[field].as_str().unwrap_or_else(|| panic!("no `{field}`"));
    Some(match name {
        "parseNumber" => {
            ask(text("text"), input, ALTERNATIVE).map(|(bits, rest)| match rest.split('\n').nth(2) {
                Some(line) => {
                    let mut number = parsed(bits, rest.rsplit_once('\n').expect("three lines").0);
                    let e164 = line.trim_end_matches('!');
                    let (bits, rest) = ask(e164, &json!({}), 0).expect("no region is asked for");
                    number["alternative"] = parsed(bits, &rest);
                    number["alternative"]["likelier"] = (e164 != line).into();
                    number
                }
                None => parsed(bits, &rest),
            })
        }
        "formatNumber" => formatted(text("text"), input),
        "asYouType" => {
            // Nothing to show is an answer as well, so that the region is asked for by itself.
            ask("", input, 0).and(Ok(written(text("digits"), region(input), AS_YOU_TYPE).into()))
        }
        _ => return None,
    })
}

/// Two capitals as one integer; what is no region at all is one that there is not.
fn region(input: &Json) -> u32 {
    match input.get("defaultRegion").map(|id| id.as_str().expect("a text").as_bytes()) {
        None => 0,
        Some([first @ b'A'..=b'Z', second @ b'A'..=b'Z']) => u32::from(*first) << 8 | u32::from(*second),
        Some(_) => 1,
    }
}

/// The bits of an answer, and what is behind them.
fn ask(text: &str, input: &Json, styles: u32) -> Result<(u32, String), Fault> {
    let answer = written(text, region(input), styles);
    let Some((head, rest)) = answer.split_at_checked(HEAD) else {
        assert_eq!(answer, "");
        return Err(Fault::new("unknown-region", "defaultRegion", ""));
    };
    let bits = head.chars().rev().fold(0, |bits, character| bits << 6 | quantity(character));
    Ok((bits, rest.to_owned()))
}

fn quantity(character: char) -> u32 {
    character as u32 - 32
}

/// For bits that say that it is no number.
fn refused(bits: u32, place: &str) -> Option<Json> {
    let (reason, _) = Refusal::NAMES.get((bits & 15).checked_sub(1)? as usize).expect("a reason");
    let mut refused = json!({ "kind": "refused", "reason": reason });
    if let Some(place) = place.chars().next() {
        refused["position"] = quantity(place).into();
    }
    Some(refused)
}

fn parsed(bits: u32, rest: &str) -> Json {
    if let Some(refused) = refused(bits, rest) {
        return refused;
    }
    let [e164, extension] = rest.split('\n').collect::<Vec<_>>()[..] else { panic!("two lines: {rest:?}") };
    let code = (bits >> 12 & 1023).to_string();
    let mut number = json!({
        "kind": "number",
        "e164": e164,
        "callingCode": bits >> 12 & 1023,
        "nationalNumber": e164[1..].strip_prefix(&code).expect("the calling code first"),
        "possible": Possible::NAMES[(bits >> 8 & 7) as usize].0,
        "valid": bits >> 4 & 15 != 0,
    });
    if !extension.is_empty() {
        number["extension"] = extension.into();
    }
    if let Some(kind) = (bits >> 4 & 15).checked_sub(1) {
        number["type"] = Kind::NAMES[kind as usize].0.into();
    }
    match bits >> 22 {
        0 => {}
        528 => number["region"] = "001".into(),
        both => {
            let id: String =
                [both >> 5, both & 31].map(|letter| char::from(b'@' + letter as u8)).iter().collect();
            number["region"] = id.into();
        }
    }
    number
}

fn formatted(text: &str, input: &Json) -> Result<Json, Fault> {
    let name = input["format"].as_str().expect("a text");
    let place = Style::NAMES.iter().position(|(known, _)| *known == name);
    let place = place.ok_or_else(|| Fault::new("unknown-name", "format", ""))?;
    let (bits, rest) = ask(text, input, 1 << place)?;
    Ok(refused(bits, &rest).unwrap_or_else(|| {
        let [_, _, text] = rest.split('\n').collect::<Vec<_>>()[..] else { panic!("three lines: {rest:?}") };
        json!({ "kind": "formatted", "text": text })
    }))
}

/// The texts of a list in `www/engine/phone-number.js`, which counts by place what the engine answers by place.
fn list_in_javascript(name: &str) -> Vec<&'static str> {
    let source = include_str!("../../www/engine/phone-number.js");
    let start = format!("const {name} = [");
    let (_, behind) = source.split_once(&start).unwrap_or_else(|| panic!("no list `{name}`"));
    let (list, _) = behind.split_once(']').expect("a list ends");
    list.split('"').skip(1).step_by(2).collect()
}

fn names<T>(table: &[(&'static str, T)]) -> Vec<&'static str> {
    table.iter().map(|(name, _)| *name).collect()
}

#[test]
fn javascript_counts_in_the_same_order() {
    assert_eq!(list_in_javascript("FORMATS"), names(Style::NAMES));
    assert_eq!(list_in_javascript("TYPES"), [vec![""], names(Kind::NAMES)].concat());
    assert_eq!(list_in_javascript("POSSIBLE"), names(Possible::NAMES));
    assert_eq!(list_in_javascript("REASONS"), names(Refusal::NAMES));
}
