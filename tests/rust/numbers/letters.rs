//! Which characters are letters or numbers, by the Unicode tables of `regex-syntax`, whose general categories Google's own
//! expressions mean by `\p{L}` and `\p{N}`.

use regex_automata::meta::Regex;

/// Whether each character behind ASCII is a letter or a number, in order.
pub fn all() -> Vec<bool> {
    let expression = Regex::new(r"^[\p{L}\p{N}]$").expect("an expression");
    let is = |code| {
        char::from_u32(code).is_some_and(|c| expression.is_match(c.encode_utf8(&mut [0; 4]).as_bytes()))
    };
    (0x80..=u32::from(char::MAX)).map(is).collect()
}

/// The table in `src/address/numbers/letters.bin`: see there how it is written.
pub fn table() -> Vec<u8> {
    let mut runs = Vec::new();
    for run in all().chunk_by(|a, b| a == b) {
        // What follows the last letter is left out.
        runs.push((run[0], run.len()));
    }
    while runs.last().is_some_and(|(letters, _)| !letters) {
        runs.pop();
    }
    let mut packed = Vec::new();
    for (_, mut count) in runs {
        while count > 0x7f {
            packed.push((count & 0x7f) as u8 | 0x80);
            count >>= 7;
        }
        packed.push(count as u8);
    }
    packed
}
