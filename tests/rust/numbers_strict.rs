//! What is repaired in a number for a record, against `rlibphonenumber`, a port of Google's library.

use crate::chance::Chance;
use reply_window::address::numbers::{Style, world};
use reply_window::address::strict::{WRITTEN_WITH_PREFIX, check};
use rlibphonenumber::{
    PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat, PhoneNumberType, Region,
    get_national_significant_number_owned,
};
use std::collections::BTreeMap;

const PERSONS: [PhoneNumberType; 2] = [PhoneNumberType::FixedLine, PhoneNumberType::Mobile];

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Landlines and mobiles of a region.
fn examples(region: Region) -> Vec<PhoneNumber> {
    PERSONS
        .into_iter()
        .filter_map(|kind| {
            PHONE_NUMBER_UTIL.get_example_number_for_type_and_region(region, kind).ok().map(|n| n.to_owned())
        })
        .collect()
}

#[test]
fn the_codes_written_with_a_national_prefix_are_googles() {
    let mut found = Vec::new();
    for code in PHONE_NUMBER_UTIL.get_supported_calling_codes() {
        let Some(region) = PHONE_NUMBER_UTIL.get_region_for_country_code(code) else { continue };
        let examples = examples(region);
        let is_written = |number: &PhoneNumber| {
            digits(&PHONE_NUMBER_UTIL.format(number, PhoneNumberFormat::National))
                != get_national_significant_number_owned(number)
        };
        if !examples.is_empty() && examples.iter().all(is_written) {
            found.push(u16::try_from(code).expect("three digits"));
        }
    }
    found.sort_unstable();
    found.dedup();
    assert_eq!(found, WRITTEN_WITH_PREFIX);
}

/// Valid landlines and mobiles of a region: an example with its digits behind the third one changed.
fn neighbours(region: Region, many: usize, chance: &mut Chance) -> Vec<PhoneNumber> {
    let mut found = Vec::new();
    for example in examples(region) {
        for _ in 0..many {
            let mut national = get_national_significant_number_owned(&example).into_bytes();
            for digit in national.iter_mut().skip(1) {
                *digit = b'0' + chance.below(10) as u8;
            }
            let national = String::from_utf8(national).expect("digits");
            let text = format!("+{}{national}", example.country_code);
            if let Ok(number) = PHONE_NUMBER_UTIL.parse(&text, None)
                && PHONE_NUMBER_UTIL.is_valid_number_for_region(&number, region)
            {
                found.push(number);
            }
        }
    }
    found
}

/// National forms of every country: repaired to that number, or not at all. Answers how many forms were seen, and those that
/// were repaired to another number, by region.
fn wrongly_repaired(many: usize, seed: u64) -> (usize, BTreeMap<String, Vec<String>>) {
    println!("seed {seed:#x}");
    let mut chance = Chance(seed);
    let (mut seen, mut wrong) = (0, BTreeMap::<String, Vec<String>>::new());
    for region in PHONE_NUMBER_UTIL.get_supported_regions() {
        for number in neighbours(region, many, &mut chance) {
            let e164 = PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::E164);
            let ours = world().parse(&e164, None).expect("a number");
            let national = world().format(&ours, Style::National);
            let spaced = national.replace(['(', ')'], "");
            for text in [national, spaced] {
                seen += 1;
                let repaired = check(&text).err().and_then(|wrong| wrong.repaired);
                if let Some(repaired) =
                    repaired.filter(|repaired| repaired.trim_start_matches('+') != &e164[1..])
                {
                    wrong
                        .entry(region.to_string())
                        .or_default()
                        .push(format!("{text} is {e164}, not {repaired}"));
                }
            }
        }
    }
    (seen, wrong)
}

/// Digits alone are an international number, whoever wrote them: what a form without groups says, cannot be known.
fn is_listed(text: &str) -> bool {
    !text.split(" is ").next().unwrap_or_default().contains([' ', '-', '('])
}

#[test]
fn no_national_form_is_repaired_to_another_countrys_number() {
    let (seen, mut wrong) = wrongly_repaired(60, 0x7265_7061_6972_2121);
    wrong.values_mut().for_each(|list| list.retain(|text| !is_listed(text)));
    wrong.retain(|_, list| !list.is_empty());
    println!("{seen} forms");
    assert!(seen > 20_000, "only {seen} forms");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
