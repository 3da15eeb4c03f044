//! Window keys: under which names the evidence about one window is kept.
//!
//! A window belongs to one of *our* addresses and a sure identity of the customer, never to a conversation: the same
//! customer has another window with each of our numbers.

use super::whatsapp::canonical_phone;
use crate::event::{Channel, Identity, names};

/// Longest part of a key, in characters.
const MAX_PART: usize = 256;

/// The part of a key: whose address, and what the customer is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Our own address.
    Business,
    /// A group.
    Group,
    /// A business-scoped user id.
    Bsuid,
    /// A telephone number.
    Phone,
}

names!(Part { Business = "business", Group = "group", Bsuid = "bsuid", Phone = "phone" });

/// Why there is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyError {
    /// A WhatsApp number that is not in E.164: a plus and 7 to 15 digits, the first of them not zero.
    NotE164(Part),
    /// Empty, longer than 256 characters, or with a slash, white space or a control character.
    BadPart(Part),
}

impl KeyError {
    /// The part that is wrong.
    #[must_use]
    pub fn part(self) -> Part {
        match self {
            KeyError::NotE164(part) | KeyError::BadPart(part) => part,
        }
    }

    /// One lower-case sentence.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            KeyError::NotE164(_) => "expected a plus and 7 to 15 digits, as in E.164, without `whatsapp:`",
            KeyError::BadPart(_) => "expected 1 to 256 characters without slashes and spaces",
        }
    }
}

/// The keys of the windows between our address and a customer, the most stable first, each in the form
/// `<channel>/<business>/<group|bsuid|phone>:<value>`.
///
/// One key for each identity that is surely this customer's: the group alone where there is one, else the
/// business-scoped user id, then the phone number. A parent id may cover several customers and a username can move to
/// another, so neither makes a key; an identity of those alone has none.
///
/// Forms of one number that are surely one customer's share a key ([`canonical_phone`]): Mexico's `521…` is `52…`. What
/// only may be the same customer never does.
///
/// # Errors
/// [`KeyError`], naming the part.
///
/// ```
/// use reply_window::address::key::window_keys;
/// use reply_window::event::{Channel, Identity};
/// let customer = Identity { phone: Some("+491701234567".into()), ..Identity::default() };
/// let keys = window_keys(Channel::Whatsapp, "+14155238886", &customer);
/// assert_eq!(keys, Ok(vec!["whatsapp/+14155238886/phone:+491701234567".to_owned()]));
/// ```
pub fn window_keys(channel: Channel, business: &str, customer: &Identity) -> Result<Vec<String>, KeyError> {
    check(channel, Part::Business, business)?;
    let alone = [(Part::Group, &customer.group)];
    let parts = [(Part::Bsuid, &customer.bsuid), (Part::Phone, &customer.phone)];
    let parts = if customer.group.is_some() { &alone[..] } else { &parts[..] };
    let mut keys = Vec::new();
    for (part, value) in parts {
        let Some(value) = value else { continue };
        check(channel, *part, value)?;
        let value = match part {
            Part::Phone if channel == Channel::Whatsapp => canonical_phone(value),
            _ => value.as_str().into(),
        };
        keys.push([channel.name(), "/", business, "/", part.name(), ":", &value].concat());
    }
    Ok(keys)
}

fn check(channel: Channel, part: Part, value: &str) -> Result<(), KeyError> {
    let is_number = matches!(part, Part::Business | Part::Phone);
    if channel == Channel::Whatsapp && is_number && !is_e164(value) {
        return Err(KeyError::NotE164(part));
    }
    let foreign = |c: char| c == '/' || c.is_whitespace() || c.is_control();
    if value.is_empty() || value.chars().count() > MAX_PART || value.contains(foreign) {
        return Err(KeyError::BadPart(part));
    }
    Ok(())
}

/// The shape of an international number, <https://www.itu.int/rec/T-REC-E.164>: at most 15 digits, no leading zero.
fn is_e164(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (7..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}
