//! How numbers are written, and what stands before them when they are dialled.

use super::automaton::{Nodes, Patterns, Standing};
use super::compile::{in_order, matches, pattern_of, shape};
use super::metadata::{self, Region};
use super::pattern::{Pattern, parse};
use super::prefix::machine;
use reply_window::address::numbers::packed::{Format, More, Writing};
use std::collections::BTreeMap;

/// Lengths of the groups of `(\d{2})(\d{3,4})`; a pattern that holds anything else is refused.
fn groups(pattern: &str) -> Vec<(u8, u8)> {
    let Pattern::Sequence(parts) = parse(pattern) else { panic!("`{pattern}` is no sequence") };
    let all = |inner: &Pattern| matches!(inner, Pattern::Digit(0x3ff));
    let length = |part: &Pattern| {
        let Pattern::Group(_, inner) = part else { panic!("`{pattern}` holds more than groups") };
        match &**inner {
            Pattern::Sequence(parts) => match parts.as_slice() {
                [digit] if all(digit) => (1, 1),
                [Pattern::Repeat(digit, least, most)] if all(digit) => (*least as u8, *most as u8),
                other => panic!("{other:?} is no run of digits"),
            },
            other => panic!("{other:?} is no run of digits"),
        }
    };
    parts.iter().map(length).collect()
}

/// What is written is put together byte by byte, which does for ASCII alone.
fn intern(texts: &mut Vec<Vec<u8>>, text: &str) -> u16 {
    assert!(text.is_ascii(), "`{text}` is not ASCII");
    let at = texts.iter().position(|known| known == text.as_bytes()).unwrap_or_else(|| {
        texts.push(text.as_bytes().to_vec());
        texts.len() - 1
    });
    at as u16 + 1
}

/// The national rule takes the place of the first group of the template.
fn with_rule(template: &str, rule: &str) -> String {
    match template.find('$') {
        Some(at) if !rule.is_empty() => {
            let group = &template[at..at + 2];
            format!("{}{}{}", &template[..at], rule.replace("$1", group), &template[at + 2..])
        }
        _ => template.to_owned(),
    }
}

fn formats(region: &Region, texts: &mut Vec<Vec<u8>>) -> Vec<Format> {
    let mut international = region.international_formats.iter().peekable();
    let all_national = region.international_formats.is_empty();
    let formats = region.formats.iter().map(|format| {
        let bare = intern(texts, &format.template);
        let same = |other: &&metadata::Format| {
            other.pattern == format.pattern && other.leading_digits == format.leading_digits
        };
        let international = match all_national {
            true => bare,
            false => international.next_if(same).map_or(0, |other| intern(texts, &other.template)),
        };
        let national = intern(texts, &with_rule(&format.template, &format.national_rule));
        Format { groups: groups(&format.pattern), national, bare, international }
    });
    let formats = formats.collect();
    assert!(international.next().is_none(), "{}: an international format that is no national one", region.id);
    formats
}

fn span(format: &Format) -> std::ops::RangeInclusive<u8> {
    format.groups.iter().map(|group| group.0).sum()..=format.groups.iter().map(|group| group.1).sum()
}

/// The formats of `matched` that are the first for some length, nationally or internationally.
fn winners(matched: &[usize], formats: &[Format]) -> Vec<u8> {
    let first = |length: u8, everywhere: bool| {
        let fits = |at: &&usize| {
            span(&formats[**at]).contains(&length) && (everywhere || formats[**at].international != 0)
        };
        matched.iter().find(fits).copied()
    };
    let wins: Vec<usize> =
        (0..=17).flat_map(|length| [first(length, true), first(length, false)]).flatten().collect();
    matched.iter().filter(|at| wins.contains(at)).map(|at| *at as u8).collect()
}

/// The automaton whose last label says which formats the leading digits allow.
fn selector(region: &Region, formats: &[Format], choices: &mut Vec<Vec<u8>>, nodes: &mut Nodes) -> u32 {
    let mut patterns = Patterns::default();
    let leading: Vec<Option<usize>> = region
        .formats
        .iter()
        .map(|format| format.leading_digits.as_ref().map(|digits| patterns.add(digits, true)))
        .collect();
    let mut label = |standing: &Standing, _: usize| {
        let allowed = |at: &usize| leading[*at].is_none_or(|pattern| patterns.matched(standing, pattern));
        let choice = winners(&(0..leading.len()).filter(allowed).collect::<Vec<_>>(), formats);
        if choice.is_empty() {
            return Some(0);
        }
        let at = choices.iter().position(|known| *known == choice).unwrap_or_else(|| {
            choices.push(choice);
            choices.len() - 1
        });
        Some(at as u16 + 1)
    };
    patterns.build(nodes, &mut label)
}

/// Those words of the general pattern for which it is asked: of a number written with its calling code but without a
/// plus. With the code in front it is longer than none of the region's numbers, or nothing need be asked; behind the
/// code, and a national prefix, there is that much less (or more by what a rule puts in front).
fn asked(region: &Region, nodes: &mut Nodes) -> u32 {
    let mut patterns = Patterns::default();
    let general = patterns.add(pattern_of(&region.general), false);
    let code = patterns.add(&region.calling_code.to_string(), true);
    let lengths = region.general.lengths.iter().chain(&region.general.local_lengths);
    let longest = lengths.copied().max().unwrap_or(0);
    let put = region.transform.find('$').unwrap_or(0) as i64;
    let left = longest - region.calling_code.to_string().len() as i64 + put;
    patterns.build(nodes, &mut |standing, length| {
        let length = length as i64;
        let with_code = length <= longest && patterns.matched(standing, code);
        let pending = patterns.pending(standing, code) || with_code;
        let asked = with_code || length <= left;
        (length <= left || pending).then(|| u16::from(asked && patterns.matched(standing, general)))
    })
}

/// What is needed to read national forms and to write numbers.
pub fn more(codes: &BTreeMap<u16, Vec<&Region>>) -> More {
    let mut more = More::default();
    let (mut selectors, mut generals, mut beginnings) =
        (Nodes::default(), Nodes::default(), Nodes::default());
    let mut labels = Vec::new();
    for members in codes.values() {
        for (place, region) in members.iter().enumerate() {
            let general = asked(region, &mut generals) as u16;
            let mut row = Writing { general, ..Writing::default() };
            if let Some(prefix) = region.international_prefix.as_deref() {
                row.international_prefix = machine(prefix, None, &mut labels, &mut beginnings) as u16;
            }
            // Numbers are written as in the main region of their calling code.
            if place == 0 {
                row.formats = formats(region, &mut more.texts);
                row.selector = selector(region, &row.formats, &mut more.choices, &mut selectors) as u16;
                row.extension =
                    region.extension_prefix.as_ref().map_or(0, |text| intern(&mut more.texts, text));
            }
            more.writings.push(row);
        }
    }
    more.matches = matches(&labels);
    (more.selectors, more.generals, more.beginnings) =
        (shape(&selectors), shape(&generals), shape(&beginnings));
    in_order(&mut more.selectors, more.writings.iter_mut().map(|writing| &mut writing.selector));
    in_order(&mut more.generals, more.writings.iter_mut().map(|writing| &mut writing.general));
    in_order(&mut more.beginnings, more.writings.iter_mut().map(|writing| &mut writing.international_prefix));
    more
}
