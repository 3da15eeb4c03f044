//! Numbers cross the boundary as one text; this reads it, so that vectors go through that very text.

use reply_window::address::numbers::{Kind, Possible, Refusal, Style};
use reply_window::wire::{Fault, numbers::written};
use serde_json::{Value as Json, json};

/// In the place of the styles that are wanted.
const AS_YOU_TYPE: u32 = 16;
/// Characters at the end of a number's answer, each a quantity counted from the space.
const QUANTITIES: usize = 11;

/// What the package answers, for the calls that are made of [`written`].
pub fn call(name: &str, input: &Json) -> Option<Result<Json, Fault>> {
    let text = |field: &str| input[field].as_str().unwrap_or_else(|| panic!("no `{field}`"));
    Some(match name {
        "parseNumber" => ask(text("text"), input, 0).map(|answer| parsed(&answer)),
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

fn ask(text: &str, input: &Json, styles: u32) -> Result<Vec<char>, Fault> {
    let answer: Vec<char> = written(text, region(input), styles).chars().collect();
    if answer.is_empty() { Err(Fault::new("unknown-region", "defaultRegion", "")) } else { Ok(answer) }
}

fn quantity(character: char) -> usize {
    character as usize - 32
}

fn refused(answer: &[char]) -> Json {
    let mut refused = json!({ "kind": "refused", "reason": Refusal::NAMES[quantity(answer[1])].0 });
    if let Some(place) = answer.get(2) {
        refused["position"] = quantity(*place).into();
    }
    refused
}

fn string(characters: &[char]) -> String {
    characters.iter().collect()
}

/// The texts of a number's answer, and the quantities behind them.
fn split(answer: &[char]) -> (&[char], Vec<usize>) {
    let (texts, quantities) = answer.split_at(answer.len() - QUANTITIES);
    (texts, quantities.iter().map(|character| quantity(*character)).collect())
}

fn parsed(answer: &[char]) -> Json {
    if answer[0] == '!' {
        return refused(answer);
    }
    let (texts, quantities) = split(answer);
    let [kind, possible, first, _, digits, code, extension, ..] = quantities[..] else { unreachable!() };
    assert_eq!(texts.len(), digits + extension, "no style was asked for");
    let mut number = json!({
        "kind": "number",
        "e164": string(&texts[..digits]),
        "callingCode": string(&texts[1..=code]).parse::<u32>().expect("digits"),
        "nationalNumber": string(&texts[code + 1..digits]),
        "possible": Possible::NAMES[possible].0,
        "valid": kind != 0,
    });
    if extension != 0 {
        number["extension"] = string(&texts[digits..]).into();
    }
    if kind != 0 {
        number["type"] = Kind::NAMES[kind - 1].0.into();
    }
    if first != 0 {
        let id = string(&answer[answer.len() - QUANTITIES + 2..][..2]);
        number["region"] = if id == "00" { "001".into() } else { id.into() };
    }
    number
}

fn formatted(text: &str, input: &Json) -> Result<Json, Fault> {
    let name = input["format"].as_str().expect("a text");
    let place = Style::NAMES.iter().position(|(known, _)| *known == name);
    let place = place.ok_or_else(|| Fault::new("unknown-name", "format", ""))?;
    let answer = ask(text, input, 1 << place)?;
    if answer[0] == '!' {
        return Ok(refused(&answer));
    }
    let (texts, quantities) = split(&answer);
    let start = quantities[4] + quantities[6];
    assert_eq!(texts.len(), start + quantities[7 + place], "one style was asked for");
    Ok(json!({ "kind": "formatted", "text": string(&texts[start..]) }))
}
