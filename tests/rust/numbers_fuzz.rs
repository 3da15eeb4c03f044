//! Fuzzing without a fuzzer: what is printed is parsed again as the same number, and any bytes get an answer.
//!
//! Some of each run always; sixty times as many with `--include-ignored` (`npm run test:long`). A failure prints the
//! text that caused it, which then becomes a case of its own in `numbers_properties`.

use crate::numbers_agree::assert_agrees;
use crate::numbers_properties::ask_everything;
use reply_window::address::numbers::{Number, Style, world};
use std::hash::{BuildHasher, RandomState};

/// xorshift64*; another run sees other texts, so the seed is told.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() >> 33) as usize % end
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

/// Calls so often with ever other random numbers.
fn ask_often(texts: u32, mut ask: impl FnMut(&mut Random)) {
    let seed = RandomState::new().hash_one(0) | 1;
    println!("seed {seed}");
    let mut random = Random(seed);
    (0..texts).for_each(|_| ask(&mut random));
}

const SOME: u32 = 4_000;
const MANY: u32 = 60 * SOME;

const CODES: [&str; 20] = [
    "1", "7", "20", "39", "44", "49", "52", "54", "55", "61", "81", "86", "91", "225", "229", "268", "375",
    "599", "800", "998",
];
const REGIONS: [&str; 12] = ["US", "GB", "AR", "BR", "MX", "IT", "RU", "JP", "AU", "CI", "BY", "DE"];

fn numbers_text(random: &mut Random) -> String {
    let mut text = String::from("+");
    text.push_str(random.of(&CODES));
    for _ in 0..random.below(15) {
        text.push(char::from(b'0' + random.below(10) as u8));
        if random.below(6) == 0 {
            text.push(random.of(&[' ', '-', '.', '(', ')', '/', '\u{a0}']));
        }
    }
    if random.below(8) == 0 {
        text.push_str(random.of(&[" ext. ", ";ext=", " x", ",,", "#"]));
        text.push_str(&random.below(100_000).to_string());
    }
    text
}

/// What a number is printed as is a text that is read as that number.
fn print_and_parse(random: &mut Random) {
    let plan = world();
    let text = numbers_text(random);
    let Ok(number) = plan.parse(&text, None) else { return };
    let judgement = plan.judge_number(&number).expect("a calling code");
    assert_eq!(plan.judge_number(&number), Some(judgement), "{text}");
    // A number that is not valid may lose what looks like a national prefix a second time.
    if !judgement.is_valid() {
        return;
    }
    for style in [Style::E164, Style::International, Style::Rfc3966] {
        let extension = number.extension().filter(|_| style != Style::E164);
        reads_again(&plan.format(&number, style), None, &number, extension);
    }
    let region = judgement.region_name().filter(|region| *region != "001");
    let Some(region) = region else { return };
    reads_again(&plan.format(&number, Style::National), Some(region), &number, number.extension());
}

/// A few valid numbers begin with what looks like a national prefix and lose it when they are read again, as
/// `+3758105073040` does: then the answer is that of Google's library.
fn reads_again(printed: &str, region: Option<&str>, number: &Number, extension: Option<&str>) {
    let again = world().parse(printed, region);
    let same = again.is_ok_and(|again| {
        (again.calling_code(), again.national(), again.extension())
            == (number.calling_code(), number.national(), extension)
    });
    if !same {
        assert_agrees(printed, region);
    }
}

/// Pieces that mean something to the reader, between bytes that mean nothing.
const PIECES: [&str; 24] = [
    "+",
    "＋",
    "00",
    "011",
    "tel:",
    ";ext=",
    ";phone-context=",
    ";isub=",
    " ext. ",
    "доб",
    "x",
    "#",
    "//x",
    "@c.us",
    "whatsapp:",
    "US.ENT.",
    "@lid",
    "\u{200e}",
    "\u{0}",
    "٤",
    "４",
    "12345678901234567890",
    "a.b.",
    "anexo",
];

fn any_bytes(random: &mut Random) {
    let mut bytes = Vec::new();
    for _ in 0..random.below(12) {
        match random.below(4) {
            0 => bytes.extend_from_slice(random.of(&PIECES).as_bytes()),
            1 => bytes.extend_from_slice(&random.next().to_le_bytes()),
            2 => bytes.extend_from_slice(random.of(&CODES).as_bytes()),
            _ => (0..random.below(9)).for_each(|_| bytes.push(b'0' + random.below(10) as u8)),
        }
    }
    if random.below(50) == 0 {
        bytes = bytes.repeat(40);
    }
    let text = String::from_utf8_lossy(&bytes);
    ask_everything(&text);
    let region = random.of(&REGIONS);
    let typed = world().as_you_type(&text, Some(region));
    let _ = world().parse(&typed, Some(region));
    let _ = reply_window::wire::numbers::written(&text, random.next() as u32, random.next() as u32);
    let _ = world().is_valid(random.next());
}

#[test]
fn printed_numbers_are_parsed_again() {
    ask_often(SOME, print_and_parse);
}

#[test]
fn any_bytes_get_an_answer() {
    ask_often(SOME, any_bytes);
}

#[test]
#[ignore = "some minutes"]
fn many_printed_numbers_are_parsed_again() {
    ask_often(MANY, print_and_parse);
}

#[test]
#[ignore = "some minutes"]
fn many_bytes_get_an_answer() {
    ask_often(MANY, any_bytes);
}
