//! The boundary of [`crate::address::numbers`]: a text goes in and a text comes out, which costs less than a tree.
#![allow(
    clippy::arithmetic_side_effects,
    reason = "lengths of a number, below 100, and places in a text of 250 characters"
)]

use crate::address::numbers::{self, Number, Plan, Refusal, Style, characters};

/// What `styles` says besides the styles that are wanted.
const AS_YOU_TYPE: u32 = 16;
/// In the order of [`Style::NAMES`].
const STYLES: [Style; 4] = [Style::E164, Style::National, Style::International, Style::Rfc3966];

/// What is to be said of a text. `region` is where a national form belongs: two capitals, 8 bits each, or 0 for none.
/// `styles` has a bit for each style that is wanted, by its place in [`Style::NAMES`].
///
/// The answer is empty if there is no such region. For a number it is: plus and digits, the extension, the number in
/// each style that is wanted, one behind the other; then eleven characters, each a quantity counted from the space: type
/// (place in `Kind::NAMES` counted from 1; 0 if the number is not valid), possible (place in its `NAMES`), the two letters
/// of the region (0 if there is none), and the lengths: plus and digits, calling code, extension, and each of the four
/// styles.
///
/// For a refusal: an exclamation mark, the reason (place in [`Refusal::NAMES`]) and, where a character is to blame, its
/// place in UTF-16 units, both counted from the space.
///
/// If `styles` is 16, the text is not read as a number; the answer is what is to be shown while it is typed.
#[must_use]
pub fn written(text: &str, region: u32, styles: u32) -> String {
    let plan = numbers::world();
    let [_, _, letters @ ..] = region.to_be_bytes();
    let at = plan.region(letters);
    if region != 0 && at.is_none() {
        return String::new();
    }
    if styles == AS_YOU_TYPE {
        return plan.typed(text, at);
    }
    let mut out = String::with_capacity(160);
    match plan.read(text, at) {
        Ok(number) => write_number(&mut out, plan, &number, styles),
        Err(refusal) => {
            out.push('!');
            push_quantity(&mut out, refusal as usize);
            if let Some(place) = first_wrong(text).filter(|_| refusal == Refusal::NotANumber) {
                push_quantity(&mut out, place);
            }
        }
    }
    out
}

fn push_quantity(out: &mut String, quantity: usize) {
    out.extend(char::from_u32(quantity as u32 + 32));
}

/// The first character that no number holds, in UTF-16 units.
fn first_wrong(text: &str) -> Option<usize> {
    let mut place = 0;
    for character in text.chars().take(numbers::input::LONGEST) {
        if !characters::belongs(characters::class(character)) {
            return Some(place);
        }
        place += character.len_utf16();
    }
    None
}

fn write_number(out: &mut String, plan: &Plan, number: &Number, styles: u32) {
    let judgement = plan.judge_number(number);
    let judgement = judgement.as_ref();
    let kind = judgement.and_then(|judgement| judgement.kind).map_or(0, |kind| kind as usize + 1);
    let possible = judgement.map_or(0, |judgement| judgement.possible as usize);
    let region = judgement.and_then(|judgement| judgement.region).unwrap_or(*b"  ");
    let [first, second] = region.map(|letter| usize::from(letter - b' '));
    plan.write(out, number, Style::E164);
    let digits = out.len();
    let code = digits - 1 - number.digits().len();
    numbers::push(out, number.extension_digits());
    let mut quantities = [kind, possible, first, second, digits, code, out.len() - digits, 0, 0, 0, 0];
    for ((style, bit), length) in STYLES.into_iter().zip(0..).zip(quantities.iter_mut().skip(7)) {
        if styles >> bit & 1 == 1 {
            let start = out.len();
            plan.write(out, number, style);
            *length = out.len() - start;
        }
    }
    quantities.into_iter().for_each(|quantity| push_quantity(out, quantity));
}
