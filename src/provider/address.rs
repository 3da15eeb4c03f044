//! Addresses as webhooks spell them: `whatsapp:+15550109911`, `whatsapp:NL.7203944817265509`, `15550109911`.

use crate::address::parse::{Address, parse};
use crate::event::{Channel, Identity};
use std::borrow::Cow;

/// The channel that a prefix names and what stands behind it; an address without prefix is a telephone number's.
pub(crate) fn split(address: &str) -> (Option<Channel>, &str) {
    match address.split_once(':') {
        Some((prefix, rest)) => (Channel::from_name(prefix), rest),
        None => (Some(Channel::Sms), address),
    }
}

/// What stands behind a prefix, its plus put back where a form that was not escaped has made a space of it
/// (`whatsapp: 15550109911`); whether that was so.
pub(crate) fn with_plus(rest: &str) -> (Cow<'_, str>, bool) {
    match parse(rest).address {
        Address::PlusLost(digits) => (Cow::Owned(["+", digits].concat()), true),
        _ => (Cow::Borrowed(rest), false),
    }
}

/// E.164: a plus and 1 to 15 digits, the first of them not 0.
pub(crate) fn is_phone(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (1..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// A number as Meta writes it (`15550100200`, sometimes `+1 555-010-0200`), in E.164.
pub(crate) fn phone(text: &str) -> Option<String> {
    let mut phone = String::from("+");
    phone.extend(text.chars().filter(|c| !matches!(c, '+' | ' ' | '-' | '(' | ')' | '.' | '\u{A0}')));
    Some(phone).filter(|phone| is_phone(phone))
}

/// Puts what stands behind the prefix into the identity, where it is a telephone number or a business-scoped user id
/// (two capital letters, a dot, perhaps `ENT.`, 1 to 128 letters and digits). False if it is neither.
pub(crate) fn identify(rest: &str, identity: &mut Identity) -> bool {
    if is_phone(rest) {
        identity.phone = Some(rest.to_owned());
        return true;
    }
    let Some((country, id)) = rest.split_once('.') else { return false };
    let parent = id.strip_prefix("ENT.");
    let plain = parent.unwrap_or(id);
    if country.len() != 2
        || !country.bytes().all(|byte| byte.is_ascii_uppercase())
        || !(1..=128).contains(&plain.len())
        || !plain.bytes().all(|byte| byte.is_ascii_alphanumeric())
    {
        return false;
    }
    let field = if parent.is_some() { &mut identity.parent_bsuid } else { &mut identity.bsuid };
    *field = Some(rest.to_owned());
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_ids_have_their_form() {
        for (text, bsuid, parent) in [
            ("NL.7203944817265509", true, false),
            ("US.ENT.7203944817265509", false, true),
            ("NL.", false, false),
            ("nl.1", false, false),
            ("NLD.1", false, false),
            ("NL.1.2", false, false),
            ("NL.ENT.", false, false),
        ] {
            let mut identity = Identity::default();
            assert_eq!(identify(text, &mut identity), bsuid || parent, "{text}");
            assert_eq!(
                (identity.bsuid.is_some(), identity.parent_bsuid.is_some()),
                (bsuid, parent),
                "{text}"
            );
        }
        assert!(identify(&format!("NL.{}", "7".repeat(128)), &mut Identity::default()));
        assert!(!identify(&format!("NL.{}", "7".repeat(129)), &mut Identity::default()));
    }

    #[test]
    fn numbers_are_brought_to_e164() {
        assert_eq!(phone("15550100200").as_deref(), Some("+15550100200"));
        assert_eq!(phone("+1 555-010-0200").as_deref(), Some("+15550100200"));
        assert_eq!(phone("0555"), None);
        assert_eq!(phone(""), None);
        assert_eq!(phone("NL.7203944817265509"), None);
        assert_eq!(phone(&"1".repeat(16)), None);
    }
}
