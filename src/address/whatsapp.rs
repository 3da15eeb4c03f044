//! Who a WhatsApp id stands for.
//!
//! A `wa_id` is the number as it was when the account was made. Where a country has renumbered since, the same
//! customer may appear under either form, so a number that no plan holds valid can still be a customer's.
//! The id that a webhook gave is the id to reply to: nothing here rewrites it.
//!
//! The rules do not depend on the numbering plans, so that a key made today is the key made tomorrow. Sources:
//! Mexico <https://faq.whatsapp.com/1294841057948784>; Brazil, Argentina, Mexico: the documentation of WAHA
//! (<https://waha.devlike.pro/docs/how-to/contacts/>) and <https://github.com/chatwoot/chatwoot/issues/14048>;
//! Côte d'Ivoire <https://github.com/devlikeapro/waha/issues/1894>; Benin is assumed to behave like it.

use super::numbers::{Judgement, Plan, Possible, Style};
use super::parse::{self, Address, Parsed, Reason};
use super::strict;
use crate::event::{Channel, names};
use std::borrow::Cow;

/// Whom an id stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Customer<'a> {
    /// A phone number: a plus and its digits exactly as the id has them.
    Phone(Cow<'a, str>),
    /// A business-scoped user id.
    Bsuid {
        /// The whole id.
        id: &'a str,
        /// Whether it is the parent form.
        parent: bool,
    },
    /// A group.
    Group(&'a str),
    /// A linked id, `82880134910105@lid`: digits that are no phone number.
    Lid(&'a str),
    /// None of these.
    Unknown {
        /// Why.
        reason: Reason,
        /// The first wrong character, in bytes.
        position: Option<usize>,
    },
}

/// What to think of a phone number as a WhatsApp id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A number of its country's plan.
    Valid,
    /// A form that the plan has given up and WhatsApp has not.
    Legacy,
    /// The length is right; the plan knows no such number (test senders `+1 555…` are of this kind).
    Possible,
    /// Neither.
    Invalid,
}

names!(Verdict { Valid = "valid", Legacy = "legacy", Possible = "possible", Invalid = "invalid" });

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

/// Reads an id: with or without `whatsapp:`, a plus, `@s.whatsapp.net`, `@c.us`, `@g.us`, `@lid`.
#[must_use]
pub fn identify(text: &str) -> Customer<'_> {
    let Parsed { channel, address } = parse::parse(text);
    match address {
        Address::Phone(phone) => return Customer::Phone(Cow::Borrowed(phone)),
        Address::Bsuid { id, parent } => return Customer::Bsuid { id, parent },
        Address::Group(group) => return Customer::Group(group),
        Address::Unknown { .. } => {}
    }
    let (_, rest) = parse::split_channel(text);
    // Devices of an account are numbered behind a colon.
    let user_at = |server: &str| rest.strip_suffix(server).map(|user| user.split(':').next().unwrap_or(user));
    let is_digits = |text: &&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(lid) = user_at("@lid").filter(is_digits) {
        return Customer::Lid(lid);
    }
    let user = user_at("@s.whatsapp.net").or_else(|| user_at("@c.us")).unwrap_or(rest);
    if channel.is_none_or(|channel| channel == Channel::Whatsapp)
        && user.starts_with(|first: char| first == '+' || first.is_ascii_digit())
    {
        // A missing plus is no fault of a WhatsApp id.
        let start = text.len().saturating_sub(rest.len());
        return match strict::check_shape(user) {
            Ok(()) => Customer::Phone(Cow::Owned(joined("+", user.strip_prefix('+').unwrap_or(user), ""))),
            Err((reason, at)) => {
                Customer::Unknown { reason, position: at.map(|at| start.saturating_add(at)) }
            }
        };
    }
    match address {
        Address::Unknown { reason, position } => Customer::Unknown { reason, position },
        _ => Customer::Unknown { reason: Reason::NotAnAddress, position: None },
    }
}

/// A renumbering that WhatsApp ids did not follow, or not all of them.
struct Renumbering {
    /// Digits that stand before the changed place, calling code included.
    old: fn(&str) -> Option<[String; 3]>,
    /// How sure the two forms are the same customer.
    same: fn(&str) -> Same,
    /// What the rule is called in answers.
    name: &'static str,
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

fn joined(first: &str, second: &str, third: &str) -> String {
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
fn newer(digits: &str) -> Option<(Vec<String>, &'static Renumbering)> {
    RENUMBERINGS.iter().find_map(|rule| {
        let forms = (rule.old)(digits)?;
        Some((forms.into_iter().filter(|form| !form.is_empty()).collect(), rule))
    })
}

/// The forms that a number may have had before.
fn older(digits: &str) -> Vec<String> {
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

/// The form of a phone number (plus and digits) that identifies the customer: forms that surely are the same
/// customer's give the same one. For keys and comparison, never for sending.
///
/// ```
/// use reply_window::address::whatsapp::canonical_phone;
/// assert_eq!(canonical_phone("+5215512345678"), "+525512345678");
/// assert_eq!(canonical_phone("+541123456789"), "+541123456789");
/// ```
#[must_use]
pub fn canonical_phone(phone: &str) -> Cow<'_, str> {
    let digits = phone.strip_prefix('+').unwrap_or(phone);
    match newer(digits) {
        Some((forms, rule)) if (rule.same)(digits) == Same::Yes => match forms.first() {
            Some(form) => Cow::Owned(joined("+", form, "")),
            None => Cow::Borrowed(phone),
        },
        _ => Cow::Borrowed(phone),
    }
}

/// Forms under which to look a phone number up, the given one first; each a plus and digits.
#[must_use]
pub fn candidates(phone: &str) -> Vec<String> {
    let digits = phone.strip_prefix('+').unwrap_or(phone);
    let mut forms = vec![digits.to_owned()];
    forms.extend(newer(digits).map(|(forms, _)| forms).unwrap_or_default());
    forms.extend(older(digits));
    forms.into_iter().map(|form| joined("+", &form, "")).collect()
}

/// Whether two phone numbers (plus and digits) are the same customer's, and by which rule.
fn same_phone(a: &str, b: &str) -> (Same, &'static str) {
    if a == b {
        return (Same::Yes, "equal");
    }
    let (a, b) = (a.strip_prefix('+').unwrap_or(a), b.strip_prefix('+').unwrap_or(b));
    for (old, new) in [(a, b), (b, a)] {
        let rule = newer(old).filter(|(forms, _)| forms.iter().any(|form| form == new));
        if let Some((_, rule)) = rule {
            return ((rule.same)(old), rule.name);
        }
    }
    (Same::No, "different")
}

/// Whether two ids stand for the same customer, and why.
#[must_use]
pub fn same_customer(a: &str, b: &str) -> (Same, &'static str) {
    let equal = |equal: bool| if equal { (Same::Yes, "equal") } else { (Same::No, "different") };
    match (identify(a), identify(b)) {
        (Customer::Unknown { .. }, _) | (_, Customer::Unknown { .. }) => (Same::Maybe, "unreadable"),
        (Customer::Phone(a), Customer::Phone(b)) => same_phone(&a, &b),
        (Customer::Group(a), Customer::Group(b)) => equal(a == b),
        (Customer::Lid(a), Customer::Lid(b)) => equal(a == b),
        (Customer::Bsuid { id: a, parent: of_a }, Customer::Bsuid { id: b, parent: of_b })
            if of_a == of_b =>
        {
            equal(a == b)
        }
        (Customer::Group(_), _) | (_, Customer::Group(_)) => (Same::No, "different"),
        // A customer has a number, a linked id, a business-scoped id and its parent form, all at once.
        _ => (Same::Maybe, "different-kinds"),
    }
}

/// The number that is dialled for a valid one, where that is not the one that is written: records have `+44 07…` and Argentina's
/// 15 too, ids have not.
#[must_use]
pub fn dialled(plan: &Plan, phone: &str) -> Option<String> {
    let number = plan.parse(phone, None).ok()?;
    let valid = plan.judge_number(&number).is_some_and(|judgement| judgement.is_valid());
    Some(plan.format(&number, Style::E164)).filter(|dialled| valid && dialled != phone)
}

/// What the plans and the rules above say about a phone number (plus and digits).
#[must_use]
pub fn judge(plan: &Plan, phone: &str) -> (Verdict, Option<Judgement>) {
    let judged = |phone: &str| plan.parse(phone, None).ok().and_then(|number| plan.judge_number(&number));
    let judgement = judged(phone);
    let digits = phone.strip_prefix('+').unwrap_or(phone);
    let verdict = match &judgement {
        Some(judgement) if judgement.is_valid() => Verdict::Valid,
        _ if newer(digits).is_some_and(|(forms, _)| {
            forms
                .iter()
                .any(|form| judged(&joined("+", form, "")).is_some_and(|judgement| judgement.is_valid()))
        }) =>
        {
            Verdict::Legacy
        }
        Some(Judgement { possible: Possible::Possible, .. }) => Verdict::Possible,
        _ => Verdict::Invalid,
    };
    (verdict, judgement)
}
