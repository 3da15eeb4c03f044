//! The boundary of [`crate::address::numbers`]: a text goes in and a text comes out, which costs less than a tree.
#![allow(
    clippy::arithmetic_side_effects,
    reason = "lengths of a number, below 100, and places in a text of 250 characters"
)]

use crate::address::numbers::{self, Refusal, Style, characters};

/// What `styles` says besides the styles that are wanted.
const AS_YOU_TYPE: u32 = 16;
/// In the place of a style that is wanted: [`numbers::Plan::alternative`].
const ALTERNATIVE: u32 = 32;
/// In the order of [`Style::NAMES`].
const STYLES: [Style; 4] = [Style::E164, Style::National, Style::International, Style::Rfc3966];

/// What is to be said of a text. `region` is where a national form belongs: two capitals, 8 bits each, or 0 for none.
/// `styles` has a bit for each style that is wanted, by its place in [`Style::NAMES`].
///
/// The answer is empty if there is no such region. Otherwise it begins with six characters, each six bits counted from the
/// space, the lowest ones first: they are those of [`numbers::Plan::check`]. Behind them follow, for a number, the lines: plus and
/// digits, the extension, the number in each style that is wanted, and, if `styles` has 32 in it and there is one, what the text is
/// as an international number: a plus and digits, with `!` behind them if that is likelier meant. For a refusal: where a character is to blame, its place
/// in UTF-16 units, counted from the space.
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
    let read = plan.read(text, at);
    let bits = plan.bits(&read);
    [0, 6, 12, 18, 24, 30].iter().for_each(|shift| push_quantity(&mut out, bits >> shift & 63));
    match read {
        Ok(number) => {
            plan.write(&mut out, &number, Style::E164);
            out.push('\n');
            numbers::push(&mut out, number.extension_digits());
            for (style, place) in STYLES.into_iter().zip(0..) {
                if styles >> place & 1 == 1 {
                    out.push('\n');
                    plan.write(&mut out, &number, style);
                }
            }
            if styles & ALTERNATIVE != 0 && at.is_some() {
                push_alternative(&mut out, text, &number);
            }
        }
        Err(Refusal::NotANumber) => first_wrong(text).into_iter().for_each(|at| push_quantity(&mut out, at)),
        Err(_) => {}
    }
    out
}

/// What the text is as an international number, where that is another one.
fn push_alternative(out: &mut String, text: &str, number: &numbers::Number) {
    let plan = numbers::world();
    if let Some((other, likelier)) = plan.alternative(text, number) {
        out.push('\n');
        plan.write(out, &other, Style::E164);
        out.push_str(if likelier { "!" } else { "" });
    }
}

fn push_quantity(out: &mut String, quantity: u32) {
    out.extend(char::from_u32(quantity + 32));
}

/// The first character that no number holds, in UTF-16 units.
fn first_wrong(text: &str) -> Option<u32> {
    let mut place = 0;
    for character in text.chars().take(numbers::input::MAX_CHARACTERS) {
        if !characters::belongs(characters::class(character)) {
            return Some(place);
        }
        place += character.len_utf16() as u32;
    }
    None
}
