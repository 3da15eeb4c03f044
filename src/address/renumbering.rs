//! Renumberings that WhatsApp's ids did not follow, or not all of them.
//!
//! The rules do not depend on the numbering plans, so that a key made today is the key made tomorrow. Sources:
//! Mexico <https://faq.whatsapp.com/1294841057948784>; Brazil, Argentina, Mexico: the documentation of WAHA
//! (<https://waha.devlike.pro/docs/how-to/contacts/>) and <https://github.com/chatwoot/chatwoot/issues/14048>;
//! Côte d'Ivoire <https://github.com/devlikeapro/waha/issues/1894>; Benin is assumed to behave like it.

use crate::event::names;

/// Whether two ids stand for the same customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Same {
    /// Surely.
    Yes,
    /// It cannot be told from the ids; nothing may be merged without asking.
    Maybe,
    /// Surely not.
    No,
}

names!(Same { Yes = "yes", Maybe = "maybe", No = "no" });

/// A renumbering that WhatsApp ids did not follow, or not all of them.
pub(super) struct Renumbering {
    /// Digits that stand before the changed place, calling code included.
    old: fn(&str) -> Option<[String; 3]>,
    /// How sure the two forms are the same customer.
    pub(super) same: fn(&str) -> Same,
    /// What the rule is called in answers.
    pub(super) name: &'static str,
}

/// The rules; each turns an old form (without plus) into at most three new ones.
const RENUMBERINGS: [Renumbering; 5] = [
    Renumbering { old: mexico, same: |_| Same::Yes, name: "mexico-1" },
    Renumbering { old: brazil, same: brazil_same, name: "brazil-9" },
    Renumbering { old: argentina, same: |_| Same::Maybe, name: "argentina-9" },
    Renumbering { old: ivory_coast, same: |_| Same::Maybe, name: "ivory-coast-2021" },
    Renumbering { old: benin, same: |_| Same::Maybe, name: "benin-2024" },
];

/// The part behind `prefix`, if it has that many digits.
fn behind<'a>(digits: &'a str, prefix: &str, length: usize) -> Option<&'a str> {
    digits.strip_prefix(prefix).filter(|rest| rest.len() == length)
}

fn only(form: String) -> Option<[String; 3]> {
    Some([form, String::new(), String::new()])
}

/// Numbers are short.
pub(super) fn joined(first: &str, second: &str, third: &str) -> String {
    let mut text = String::with_capacity(16);
    [first, second, third].into_iter().for_each(|part| text.push_str(part));
    text
}

/// Until 2019 mobiles had a 1 behind the calling code; WhatsApp still says so.
fn mexico(digits: &str) -> Option<[String; 3]> {
    behind(digits, "521", 10).and_then(|rest| only(joined("52", rest, "")))
}

/// Mobiles got a ninth digit; landlines begin with 2 to 6.
fn brazil(digits: &str) -> Option<[String; 3]> {
    let (area, local) = behind(digits, "55", 10)?.split_at_checked(2)?;
    let mobile = local.starts_with(['7', '8', '9']) && !area.contains('0');
    mobile.then(|| joined(&joined("55", area, "9"), local, "")).and_then(only)
}

/// In the areas below 31 every account has the ninth digit; those that begin with 7 were partly left as they were.
fn brazil_same(digits: &str) -> Same {
    match (digits.get(2..3), digits.get(4..5)) {
        (Some("1" | "2"), Some("8" | "9")) => Same::Yes,
        _ => Same::Maybe,
    }
}

/// A mobile has a 9 behind the calling code; without it the number is a landline's, perhaps another customer's.
fn argentina(digits: &str) -> Option<[String; 3]> {
    behind(digits, "54", 10)
        .filter(|rest| !rest.starts_with('9'))
        .and_then(|rest| only(joined("549", rest, "")))
}

/// Since 2021 mobiles have 10 digits: 01, 05 or 07 in front, by operator.
fn ivory_coast(digits: &str) -> Option<[String; 3]> {
    behind(digits, "225", 8).map(|rest| ["01", "05", "07"].map(|operator| joined("225", operator, rest)))
}

/// Since 2024 all numbers have 01 in front.
fn benin(digits: &str) -> Option<[String; 3]> {
    behind(digits, "229", 8).and_then(|rest| only(joined("22901", rest, "")))
}

/// The forms that a number may have got since, with the rule.
pub(super) fn newer(digits: &str) -> Option<(Vec<String>, &'static Renumbering)> {
    RENUMBERINGS.iter().find_map(|rule| {
        let forms = (rule.old)(digits)?;
        Some((forms.into_iter().filter(|form| !form.is_empty()).collect(), rule))
    })
}

/// The forms that a number may have had before.
pub(super) fn older(digits: &str) -> Vec<String> {
    let cut =
        |prefix: &str, length, old: &str| behind(digits, prefix, length).map(|rest| joined(old, rest, ""));
    let brazil =
        digits.get(..4).zip(digits.get(5..)).filter(|_| digits.len() == 13 && digits.get(4..5) == Some("9"));
    let forms = [
        cut("52", 10, "521"),
        brazil.map(|(area, local)| joined(area, local, "")),
        cut("549", 10, "54"),
        cut("22501", 8, "225").or_else(|| cut("22505", 8, "225")).or_else(|| cut("22507", 8, "225")),
        cut("22901", 8, "229"),
    ];
    // Only what a rule would turn back.
    let turns_back =
        |form: &String| newer(form).is_some_and(|(newer, _)| newer.iter().any(|form| form == digits));
    forms.into_iter().flatten().filter(turns_back).collect()
}
