//! What the numbering plans say about a number, and whether WhatsApp takes one of that kind.
//!
//! WhatsApp wants a number with a country and an area code that can receive its code, by text message or by call
//! (Meta, "Business phone numbers", eligibility and table of number types,
//! <https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers>).
//! So a landline or a freephone number can be a sender; only pagers are "not supported". The plans may be older than
//! the number: what depends on the newest of them is no error.

use super::finding::{
    Mark, NUMBER_AREA, NUMBER_CALLING_CODE, NUMBER_LANDLINE, NUMBER_LENGTH, NUMBER_LONG, NUMBER_NO_COUNTRY,
    NUMBER_NOT_CAPABLE, NUMBER_NOT_IN_PLAN, NUMBER_OLD_FORM, NUMBER_SERVICE, NUMBER_SHORT, NUMBER_TRUNK,
    NUMBER_UNRELIABLE, NUMBER_VOIP, Rule,
};
use crate::address::numbers::{Judgement, Kind, Possible, validity};
use crate::address::whatsapp::{PhoneVerdict, judge};

/// A rule, the digits that are wrong where it is not the whole, and the number that would be left.
type Judged = (&'static Rule, Option<Mark>, Option<String>);

/// What is to be said of a plus and 7 to 15 digits; nothing of a mobile number, or of one that may be.
pub(super) fn judged(number: &str) -> Option<Judged> {
    if let Some(repair) = without_trunk_prefix(number) {
        // Both begin with the calling code, and end with the same digits.
        let code = number.bytes().zip(repair.bytes()).take_while(|(one, other)| one == other).count();
        let wrong = (code, code.saturating_add(number.len().saturating_sub(repair.len())));
        return Some((&NUMBER_TRUNK, Some(wrong), Some(repair)));
    }
    let rule = match judge(validity(), number) {
        (_, None) => &NUMBER_CALLING_CODE,
        (PhoneVerdict::Valid, Some(judgement)) => of_kind(&judgement)?,
        (PhoneVerdict::Legacy, _) => &NUMBER_OLD_FORM,
        (_, Some(judgement)) => of_length(judgement.possible),
    };
    Some((rule, None, None))
}

/// Whether a number is, or was, one of some country's plan.
pub(super) fn is_known(number: &str) -> bool {
    matches!(judge(validity(), number).0, PhoneVerdict::Valid | PhoneVerdict::Legacy)
}

/// The digit that a country dials before its own numbers, written between calling code and number: `+44 (0)20 …`.
pub(super) fn without_trunk_prefix(number: &str) -> Option<String> {
    let read = validity().parse(number, None).ok()?;
    let repaired = ["+", &read.calling_code().to_string(), read.national()].concat();
    // Some countries have a digit put in instead (San Marino): that number is right as it is.
    let valid = repaired.len() < number.len() && validity().judge_number(&read)?.is_valid();
    valid.then_some(repaired)
}

fn of_length(possible: Possible) -> &'static Rule {
    match possible {
        Possible::Possible => &NUMBER_NOT_IN_PLAN,
        Possible::LocalOnly => &NUMBER_AREA,
        Possible::TooShort => &NUMBER_SHORT,
        Possible::TooLong => &NUMBER_LONG,
        Possible::InvalidLength => &NUMBER_LENGTH,
    }
}

/// By Meta's table; voicemail is not in it, but nobody can answer a call there either.
fn of_kind(judgement: &Judgement) -> Option<&'static Rule> {
    if judgement.region_name() == Some("001") {
        return Some(&NUMBER_NO_COUNTRY);
    }
    Some(match judgement.kind? {
        Kind::Mobile | Kind::FixedLineOrMobile => return None,
        Kind::FixedLine => &NUMBER_LANDLINE,
        Kind::Voip => &NUMBER_VOIP,
        Kind::TollFree | Kind::PremiumRate | Kind::Uan => &NUMBER_SERVICE,
        Kind::SharedCost | Kind::PersonalNumber | Kind::Voicemail => &NUMBER_UNRELIABLE,
        Kind::Pager => &NUMBER_NOT_CAPABLE,
    })
}
