//! Whatever comes in, an answer goes out; and what is written is read again as the same number.

use proptest::prelude::*;
use reply_window::address::numbers::{Kind, Possible, Refusal, Style, world};
use reply_window::address::{parse, strict, whatsapp};
use reply_window::data::{Object, Value};
use reply_window::wire;

const REGIONS: [Option<&str>; 8] =
    [None, Some("US"), Some("GB"), Some("AR"), Some("BR"), Some("BS"), Some("IT"), Some("XX")];

/// Every function of the module, on any text.
pub fn ask_everything(text: &str) {
    let plan = world();
    for region in REGIONS {
        if let Ok(number) = plan.parse(text, region) {
            for (_, style) in Style::NAMES {
                let _ = plan.format(&number, *style);
            }
            assert!(plan.judge_number(&number).is_some());
            assert!((2..=17).contains(&number.national().len()));
        }
        let _ = plan.as_you_type(text, region);
    }
    let _ = plan.check(text);
    let _ = parse::parse(text);
    let _ = whatsapp::identify(text);
    let _ = whatsapp::candidates(text);
    let _ = whatsapp::canonical_phone(text);
    let _ = whatsapp::same_customer(text, text);
    let _ = strict::check(text);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_gets_an_answer(text in any::<String>()) {
        ask_everything(&text);
    }

    #[test]
    fn anything_like_a_number_gets_an_answer(
        text in "[+＋]?[0-9٠-٩０-９ ().,;:/~x#*\\-\u{a0}extn=telaphon\n\\\\]{0,40}"
    ) {
        ask_everything(&text);
    }

    #[test]
    fn what_is_written_is_read_again(digits in "[1-9][0-9]{6,14}") {
        let plan = world();
        let Ok(number) = plan.parse(&format!("+{digits}"), None) else { return Ok(()) };
        let judgement = plan.judge_number(&number).expect("a calling code");
        for style in [Style::E164, Style::International, Style::Rfc3966] {
            let text = plan.format(&number, style);
            // A number that is not valid may lose what looks like a national prefix a second time.
            if judgement.is_valid() {
                prop_assert_eq!(plan.parse(&text, None), Ok(number), "{}", text);
            }
        }
        // Gabon's old seven digits are written with a zero that has since become part of the number.
        let reads_back = |region: &&str| judgement.is_valid() && !["001", "GA"].contains(region);
        let region = judgement.region_name().filter(reads_back);
        if let Some(region) = region {
            let text = plan.format(&number, Style::National);
            prop_assert_eq!(plan.parse(&text, Some(region)), Ok(number), "{} in {}", text, region);
        }
    }

    #[test]
    fn the_hot_path_says_what_the_long_way_says(text in "\\+?(380|8|54|81|375|49|1|7|39|599)?[0-9]{0,21}[ .()/-]?[0-9]{0,3}[ )-]?") {
        let plan = world();
        let packed = plan.check(&text);
        match plan.parse(&text, None) {
            Err(refusal) => {
                prop_assert_eq!(Refusal::NAMES[packed as usize - 1].1, refusal);
            }
            Ok(number) => {
                let judgement = plan.judge_number(&number).expect("a calling code");
                prop_assert_eq!(packed & 15, 0);
                prop_assert_eq!((packed >> 4 & 15).checked_sub(1).map(|at| Kind::NAMES[at as usize].1), judgement.kind);
                prop_assert_eq!(Possible::NAMES[(packed >> 8 & 7) as usize].1, judgement.possible);
                prop_assert_eq!(packed >> 12 & 1023, u32::from(number.calling_code()));
                let letters = match packed >> 22 {
                    0 => None,
                    528 => Some("001".to_owned()),
                    both => Some([both >> 5, both & 31].map(|n| char::from(64 + n as u8)).iter().collect()),
                };
                prop_assert_eq!(letters.as_deref(), judgement.region_name());
            }
        }
    }

    #[test]
    fn digits_alone_are_judged_like_texts(digits in "(380|8|54|81|375|49|1|7|39|599|55|61)?[0-9]{0,15}") {
        let digits = &digits[..digits.len().min(15)];
        let packed = digits.bytes().enumerate().fold(u64::MAX, |packed, (at, byte)| {
            packed ^ u64::from(15 ^ (byte - b'0')) << (60 - 4 * at)
        });
        let text = format!("+{digits}");
        prop_assert_eq!(world().is_valid(packed), world().check(&text) & 0xf0 != 0, "{}", text);
    }

    #[test]
    fn typing_never_changes_a_digit(text in "\\+?[0-9]{0,20}", region in 0usize..7) {
        let set = world().as_you_type(&text, REGIONS[region]);
        let plain: String = set.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        prop_assert_eq!(plain, text);
    }

    #[test]
    fn a_whole_number_looks_the_same_typed_and_written(digits in "[1-9][0-9]{6,14}") {
        let plan = world();
        let Ok(number) = plan.parse(&format!("+{digits}"), None) else { return Ok(()) };
        let written = plan.format(&number, Style::International);
        let typed = plan.as_you_type(&plan.format(&number, Style::E164), None);
        // Half a number has no format of its own yet, but may be the beginning of one; so may a whole one that is
        // written without any (Vietnam's +84 6900000 is also the beginning of nine digits).
        let grouped = written.split_once(' ').is_some_and(|(_, rest)| rest.contains(|c: char| !c.is_ascii_digit()));
        if grouped && plan.judge_number(&number).is_some_and(|judgement| judgement.is_valid()) {
            prop_assert_eq!(typed, written);
        }
    }

    #[test]
    fn the_key_is_the_same_for_surely_the_same(digits in "(52|521|55[1-9][1-9]|559|54|549|225|229|1)[0-9]{8,11}") {
        let phone = format!("+{digits}");
        let forms = whatsapp::candidates(&phone);
        prop_assert_eq!(&forms[0], &phone);
        for form in &forms {
            let (same, _) = whatsapp::same_customer(&phone, form);
            prop_assert_ne!(same, whatsapp::Match::No);
            let shared = whatsapp::canonical_phone(&phone) == whatsapp::canonical_phone(form);
            prop_assert_eq!(shared, same == whatsapp::Match::Yes);
            prop_assert_eq!(whatsapp::same_customer(form, &phone).0, same);
        }
    }

    /// The same through the contract, which knows the plans as well.
    #[test]
    fn whom_a_form_is_looked_up_for_may_be_its_customer(digits in "(5215?|541?1?5?|5490?|550?[1-9][1-9]|225|2290|440?7|390?)[0-9]{8,10}") {
        let phone = format!("+{digits}");
        let ask = |a: &str, b: &str| {
            let pair = Object::new().with("a", a).with("b", b).into();
            wire::address::same_customer(&pair).expect("an answer")
        };
        let Ok(Value::List(forms)) = wire::address::lookup_candidates(&Object::new().with("text", &*phone).into()) else {
            return Err(TestCaseError::fail("a list"));
        };
        prop_assert_eq!(forms.first(), Some(&Value::from(&*phone)));
        for (at, form) in forms.iter().enumerate() {
            prop_assert!(!forms[..at].contains(form));
            let Value::Text(form) = form else { return Err(TestCaseError::fail("a text")) };
            let answer = ask(&phone, form);
            prop_assert_eq!(&answer, &ask(form, &phone));
            let Value::Map(fields) = answer else { return Err(TestCaseError::fail("an object")) };
            let is = |kind: &str| fields.contains(&("kind".into(), kind.into()));
            prop_assert!(is("yes") || is("maybe"), "{} {}", phone, form);
            prop_assert_eq!(whatsapp::canonical_phone(&phone) == whatsapp::canonical_phone(form), is("yes"));
        }
    }

    #[test]
    fn what_is_repaired_is_right(text in "[+＋]?[0-9٠-٩ ()\\-.]{5,22}") {
        let repaired = strict::check(&text).err().and_then(|wrong| wrong.repaired);
        prop_assert!(repaired.is_none_or(|repaired| strict::check(&repaired).is_ok()));
    }
}

#[test]
fn long_and_strange_texts_get_an_answer() {
    for text in ["\0".repeat(3), "+".repeat(400), "1".repeat(1 << 20), "é".repeat(1 << 19), " ".repeat(250)]
    {
        ask_everything(&text);
    }
    for length in [249, 250, 251] {
        ask_everything(&"1".repeat(length));
        ask_everything(&"1x".repeat(length / 2));
        ask_everything(&"12 ext ".repeat(length / 7));
    }
}
