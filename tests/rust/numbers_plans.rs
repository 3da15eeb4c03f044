//! Two plans: that of validity does without what only national forms and formats need. Whatever the tables hold, unpacking
//! them ends.

use reply_window::address::numbers::packed::{Core, More};
use reply_window::address::numbers::{Plan, Refusal, Style, validity, world};

const CORE: &[u8] = include_bytes!("../../src/address/numbers/core.bin");
const MORE: &[u8] = include_bytes!("../../src/address/numbers/more.bin");

#[test]
fn unpacking_ends_where_tables_are_missing_or_cut_short() {
    let core = Core::unpack(CORE);
    // That this comes to its end is the assertion: the runner gives up on what does not.
    for length in (0..CORE.len()).step_by(1_801) {
        let _ = Core::unpack(&CORE[..length]);
    }
    for length in (0..MORE.len()).step_by(829) {
        let _ = More::unpack(&MORE[..length], &core);
    }
    assert!(!More::unpack(MORE, &core).texts.is_empty());
}

#[test]
fn without_the_tables_of_formats_national_forms_are_refused_and_numbers_stand_without_separators() {
    let plan = Plan::unpack(CORE, &[]);
    for plan in [&plan, validity()] {
        assert_eq!(plan.parse("020 7031 3000", Some("GB")).err(), Some(Refusal::NoRegion));
        assert_eq!(plan.parse("0044 20 7031 3000", Some("GB")).err(), Some(Refusal::NoRegion));
        let number = plan.parse("tel:+44-20-7031-3000;ext=7", None).expect("an international form");
        assert_eq!(plan.format(&number, Style::E164), "+442070313000");
        assert_eq!(plan.format(&number, Style::International), "+44 2070313000 ext. 7");
        assert_eq!(plan.as_you_type("+4420703", None), "+44 20703");
    }
}

#[test]
fn both_plans_judge_what_needs_no_region_alike() {
    let texts = [
        "+44 20 7031 3000",
        "+442070313000",
        "+4420703130001",
        "+44 (0)20 7031 3000",
        "٠٠٤٤",
        "+٤٤ ٢٠ ٧٠٣١ ٣٠٠٠",
        "tel:+1-202-555-0142",
        "+1 202 555 0142 ext. 5",
        "+999 1",
        "+",
        "",
        "not a number",
        "+39 02 3661 8300",
        "+54 9 11 2345 6789",
        "+5401115234567",
        "020 7031 3000",
    ];
    for text in texts {
        assert_eq!(validity().check(text), world().check(text), "{text}");
        assert_eq!(validity().parse(text, None), world().parse(text, None), "{text}");
    }
    for digits in
        ["442070313000", "12025550142", "4915112345678", "99912345", "39023661830", "540111523456789"]
    {
        let packed = digits
            .bytes()
            .chain([15; 16])
            .take(16)
            .fold(0, |packed, digit| packed << 4 | u64::from(digit & 15));
        assert_eq!(validity().is_valid(packed), world().is_valid(packed), "{digits}");
    }
}
