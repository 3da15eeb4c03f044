//! Who a WhatsApp id stands for.
//!
//! A `wa_id` is the number as it was when the account was made. Where a country has renumbered since, the same
//! customer may appear under either form, so a number that no plan holds valid can still be a customer's.
//! The id that a webhook gave is the id to reply to: nothing here rewrites it.

use super::link;
use super::numbers::{self, Judgement, Number, Plan, Possible, characters::is_invisible};
use super::parse::{self, Address, Parsed, Reason};
pub use super::renumbering::Match;
use super::renumbering::{newer, older};
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
pub enum PhoneVerdict {
    /// A number of its country's plan.
    Valid,
    /// A form that the plan has given up and WhatsApp has not.
    Legacy,
    /// The length is right; the plan knows no such number (test senders `+1 555…` are of this kind).
    Possible,
    /// Neither.
    Invalid,
}

names!(PhoneVerdict { Valid = "valid", Legacy = "legacy", Possible = "possible", Invalid = "invalid" });

/// Reads an id: with or without `whatsapp:`, a plus, the server of a JID (`@s.whatsapp.net`, `@c.us`, `@hosted`; `@g.us`;
/// `@lid`, `@hosted.lid`); and a link to a chat (`https://wa.me/4915…`). Digits without a plus are an international number.
///
/// ```
/// use reply_window::address::whatsapp::{Customer, identify};
/// assert_eq!(identify("https://wa.me/4915123456789?text=hi"), identify("4915123456789@s.whatsapp.net"));
/// assert_eq!(identify("99@hosted.lid"), Customer::Lid("99"));
/// ```
#[must_use]
pub fn identify(text: &str) -> Customer<'_> {
    let Parsed { channel, address } = parse::parse(text);
    let (reason, position) = match address {
        Address::Phone(phone) => return Customer::Phone(Cow::Borrowed(phone)),
        Address::PlusLost(digits) => return Customer::Phone(Cow::Owned(["+", digits].concat())),
        Address::Bsuid { id, parent } => return Customer::Bsuid { id, parent },
        Address::Group(group) => return Customer::Group(group),
        Address::Unknown { reason, position } => (reason, position),
    };
    let bare = text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c));
    if bare.len() < text.len() && text.len() <= parse::MAX_BYTES && bare.starts_with(|c: char| c != ' ') {
        // What comes along in front and behind when an id is copied out of a page.
        return match identify(bare) {
            Customer::Unknown { .. } => Customer::Unknown { reason, position },
            customer => customer,
        };
    }
    let (_, rest) = parse::split_channel(text);
    if text.len() <= parse::MAX_BYTES
        && let Some(phone) = link::number_of(text)
    {
        return Customer::Phone(Cow::Owned(phone));
    }
    let whatsapp =
        channel.is_none_or(|channel| channel == Channel::Whatsapp) && text.len() <= parse::MAX_BYTES;
    of_jid(rest, whatsapp).unwrap_or(Ok(Customer::Unknown { reason, position })).unwrap_or_else(
        |(reason, at)| {
            let start = text.len().saturating_sub(rest.len());
            Customer::Unknown { reason, position: at.map(|at| start.saturating_add(at)) }
        },
    )
}

/// The user of a JID, or of a number without one; nothing for another server's. `whatsapp`: whether it may be WhatsApp's.
fn of_jid(text: &str, whatsapp: bool) -> Option<Result<Customer<'_>, (Reason, Option<usize>)>> {
    // Agents and devices of an account are numbered behind a line or a full stop, and a colon.
    let (user, server) = match text.split_once('@') {
        Some((user, server)) => (user.split([':', '_', '.']).next().unwrap_or_default(), server),
        None => (text, "c.us"),
    };
    match server.to_ascii_lowercase().as_str() {
        "lid" | "hosted.lid" if !user.is_empty() && user.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some(Ok(Customer::Lid(user)))
        }
        "c.us" | "s.whatsapp.net" | "hosted"
            if whatsapp && matches!(user.as_bytes(), [b'+' | b'0'..=b'9', ..]) =>
        {
            // A missing plus is no fault of a WhatsApp id.
            Some(parse::check_shape(user).map(|()| match user.starts_with('+') {
                true => Customer::Phone(Cow::Borrowed(user)),
                false => Customer::Phone(Cow::Owned(["+", user].concat())),
            }))
        }
        _ => None,
    }
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
    match newer(digits_of(phone)) {
        Some((forms, rule)) if rule.same == Match::Yes => match forms.first() {
            Some(form) => Cow::Owned(["+", form.as_str()].concat()),
            None => Cow::Borrowed(phone),
        },
        _ => Cow::Borrowed(phone),
    }
}

fn digits_of(phone: &str) -> &str {
    phone.strip_prefix('+').unwrap_or(phone)
}

/// Forms under which to look a phone number up, the given one first; each a plus and digits.
///
/// ```
/// use reply_window::address::whatsapp::candidates;
/// assert_eq!(candidates("+22505123456"), ["+22505123456", "+2250505123456"]);
/// ```
#[must_use]
pub fn candidates(phone: &str) -> Vec<String> {
    let mut found = Vec::new();
    // As it is written, then as it is dialled.
    for phone in [phone, &dialled(phone)] {
        let digits = digits_of(phone);
        let newer = newer(digits).map(|(forms, _)| forms).unwrap_or_default();
        for form in [digits.to_owned()].into_iter().chain(newer).chain(older(digits)) {
            let form = ["+", form.as_str()].concat();
            if !found.contains(&form) {
                found.push(form);
            }
        }
    }
    found
}

/// Whether two phone numbers (plus and digits) are the same customer's, and by which rule.
fn same_phone(a: &str, b: &str) -> (Match, &'static str) {
    match same_form(a, b) {
        (Match::No, rule) => same_dialled(a, b).unwrap_or((Match::No, rule)),
        answer => answer,
    }
}

/// The same for the numbers as they are dialled. What one of them is dialled as may have a prefix of its own still, where no
/// plan has such a number.
fn same_dialled(a: &str, b: &str) -> Option<(Match, &'static str)> {
    let (dialled_a, dialled_b) = (dialled(a), dialled(b));
    let pairs = [(&*dialled_a, &*dialled_b), (&*dialled_a, b), (a, &*dialled_b)];
    match pairs.iter().map(|(a, b)| same_form(a, b)).find(|(same, _)| *same != Match::No)? {
        (Match::Yes, _) => Some((Match::Maybe, "national-prefix")),
        answer => Some(answer),
    }
}

/// The same for the numbers as they are written.
#[inline(never)]
fn same_form(a: &str, b: &str) -> (Match, &'static str) {
    if a == b {
        return (Match::Yes, "equal");
    }
    let (a, b) = (digits_of(a), digits_of(b));
    let (newer_a, newer_b) = (newer(a), newer(b));
    let leads_to = |forms: &Option<(Vec<String>, _)>, form: &str| {
        forms.as_ref().is_some_and(|(forms, _)| forms.iter().any(|newer| newer == form))
    };
    match (&newer_a, &newer_b) {
        (Some((_, rule)), _) if leads_to(&newer_a, b) => (rule.same, rule.name),
        (_, Some((_, rule))) if leads_to(&newer_b, a) => (rule.same, rule.name),
        // Two old forms of one number.
        (Some((forms, rule)), Some(_)) if forms.iter().any(|form| leads_to(&newer_b, form)) => {
            (Match::Maybe, rule.name)
        }
        _ => (Match::No, "different"),
    }
}

/// Whether two ids stand for the same customer, and why.
#[must_use]
pub fn same_customer(a: &str, b: &str) -> (Match, &'static str) {
    let equal = |equal: bool| if equal { (Match::Yes, "equal") } else { (Match::No, "different") };
    match (identify(a), identify(b)) {
        (Customer::Unknown { .. }, _) | (_, Customer::Unknown { .. }) => (Match::Maybe, "unreadable"),
        (Customer::Phone(a), Customer::Phone(b)) => same_phone(&a, &b),
        (Customer::Group(a), Customer::Group(b)) => equal(a == b),
        (Customer::Lid(a), Customer::Lid(b)) => equal(a == b),
        (Customer::Bsuid { id: a, parent: of_a }, Customer::Bsuid { id: b, parent: of_b })
            if of_a == of_b =>
        {
            equal(a == b)
        }
        (Customer::Group(_), _) | (_, Customer::Group(_)) => (Match::No, "different"),
        // A customer has a number, a linked id, a business-scoped id and its parent form, all at once.
        _ => (Match::Maybe, "different-kinds"),
    }
}

/// Whether two ids surely are two customers': [`same_customer`] says no and, of two phone numbers, the calling codes or the
/// last six digits differ. No renumbering changed those but two that `same_customer` knows (Kosovo's and San Marino's), so
/// this is sure enough to refuse a webhook whose `WaId` and `From` contradict each other. Ids that the provider may renew
/// (business-scoped and linked ones) and ids of different kinds never are surely two customers'; a group and a customer are.
///
/// ```
/// use reply_window::address::whatsapp::surely_different;
/// assert!(surely_different("15550100200", "whatsapp:+15550100201"));
/// assert!(!surely_different("551181234567", "whatsapp:+5511981234567"));
/// ```
#[must_use]
pub fn surely_different(a: &str, b: &str) -> bool {
    if same_customer(a, b).0 != Match::No {
        return false;
    }
    match (identify(a), identify(b)) {
        (Customer::Phone(a), Customer::Phone(b)) => {
            let code = |phone: &str| numbers::validity().calling_code(digits_of(phone));
            code(&a) != code(&b) || ending(&a) != ending(&b)
        }
        (Customer::Group(_), _) | (_, Customer::Group(_)) => true,
        _ => false,
    }
}

/// What all forms of a number have in common.
fn ending(phone: &str) -> &str {
    phone.get(phone.len().saturating_sub(6)..).unwrap_or(phone)
}

/// How a phone number (plus and digits) is dialled and what the plans say about it.
fn judged(plan: &Plan, phone: &str) -> Option<(Number, Judgement)> {
    let number = plan.parse(phone, None).ok()?;
    Some((number, plan.judge_number(&number)?))
}

/// The phone number without a national prefix: records have `+44 07…` and Argentina's 15, ids have not. A number that no
/// plan has may be an old one and is treated alike.
#[must_use]
pub fn dialled(phone: &str) -> String {
    let former = FORMER_PREFIXES.iter().find_map(|(prefix, length, code)| {
        let rest = phone.strip_prefix(prefix)?;
        (phone.len() == *length).then(|| [code, rest].concat())
    });
    let phone = former.as_deref().unwrap_or(phone);
    match numbers::validity().parse(phone, None) {
        Ok(number) => ["+", &number.calling_code().to_string(), number.national()].concat(),
        Err(_) => phone.to_owned(),
    }
}

/// National prefixes that a plan has given up, behind the plus and the calling code; how long such a number is; and what is
/// left of the beginning. Mexico's until 2019:
/// <https://www.commsupdate.com/articles/2019/07/18/mexico-to-introduce-10-digit-phone-numbers-on-3-august/>.
const FORMER_PREFIXES: [(&str, usize, &str); 3] =
    [("+52044", 16, "+52"), ("+52045", 16, "+52"), ("+5201", 15, "+52")];

/// What the plans and the rules above say about a phone number (plus and digits).
#[must_use]
pub fn judge(plan: &Plan, phone: &str) -> (PhoneVerdict, Option<Judgement>) {
    let judgement = judged(plan, phone).map(|(_, judgement)| judgement);
    let digits = digits_of(phone);
    let is_valid = |form: &String| {
        judged(plan, &["+", form.as_str()].concat()).is_some_and(|(_, judgement)| judgement.is_valid())
    };
    let verdict = match &judgement {
        Some(judgement) if judgement.is_valid() => PhoneVerdict::Valid,
        _ if newer(digits).is_some_and(|(forms, rule)| rule.of_ids && forms.iter().any(is_valid)) => {
            PhoneVerdict::Legacy
        }
        Some(Judgement { possible: Possible::Possible, .. }) => PhoneVerdict::Possible,
        _ => PhoneVerdict::Invalid,
    };
    (verdict, judgement)
}
