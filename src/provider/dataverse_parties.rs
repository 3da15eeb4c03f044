//! Whom a conversation of Dynamics 365 is with, and through which number of ours.
//!
//! Sources: <https://learn.microsoft.com/en-us/dynamics365/customer-service/develop/reference/entities/msdyn_ocliveworkitem> (the
//! values of `msdyn_channel`), `…/msdyn_whatsappengagementctx`, `…/msdyn_ocliveworkitemcontextitem`.

use crate::address::parse::{Address, parse};
use crate::data::Value;
use crate::event::{Channel, Identity};

/// `msdyn_channel` of WhatsApp.
const WHATSAPP: f64 = 192_300_000.0;

/// Whose conversation it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parties {
    /// A customer on WhatsApp.
    Whatsapp {
        /// Our number, E.164.
        business: String,
        /// The customer.
        customer: Identity,
    },
    /// Another channel: none of our business.
    OtherChannel,
    /// WhatsApp, but not whose: `customer-without-number`, `number-not-international`, `numbers-disagree`, `business-number-missing`.
    Unknown(&'static str),
}

/// Reads the conversation's row, the WhatsApp contexts of it, and its context items. `business`: our number where an administrator
/// named it; the conversation's own comes first.
#[must_use]
pub fn parties(
    conversation: Option<&Value>,
    contexts: &[Value],
    items: &[Value],
    business: Option<&str>,
) -> Parties {
    let channel = conversation.and_then(|row| row.number("msdyn_channel"));
    let whatsapp = channel.map_or(!contexts.is_empty(), |channel| channel == WHATSAPP);
    if !whatsapp {
        return if channel.is_some() {
            Parties::OtherChannel
        } else {
            Parties::Unknown("customer-without-number")
        };
    }
    let numbers = contexts.iter().filter_map(|row| row.text("msdyn_customerphonenumber"));
    let customer = one(numbers.chain(named(items, "msdyn_CustomerPhoneNumber")));
    let ours = one(named(items, "msdyn_OrganizationPhoneNumber"))
        .or_else(|code| if code == MISSING { business.map_or(Err(code), identity) } else { Err(code) });
    match (customer, ours) {
        (Err(code), _) => Parties::Unknown(code),
        (_, Err(MISSING)) => Parties::Unknown("business-number-missing"),
        (_, Err(code)) => Parties::Unknown(code),
        (Ok(customer), Ok(Identity { phone: Some(business), .. })) => {
            Parties::Whatsapp { business, customer }
        }
        (Ok(_), Ok(_)) => Parties::Unknown("business-number-missing"),
    }
}

const MISSING: &str = "customer-without-number";

fn named<'v>(items: &'v [Value], name: &'static str) -> impl Iterator<Item = &'v str> {
    items
        .iter()
        .filter(move |item| item.text("msdyn_name").is_some_and(|known| known.eq_ignore_ascii_case(name)))
        .filter_map(|item| item.text("msdyn_value"))
}

/// The one address that all of them name.
fn one<'v>(texts: impl Iterator<Item = &'v str>) -> Result<Identity, &'static str> {
    let mut found: Option<Identity> = None;
    for text in texts {
        let next = identity(text)?;
        if found.as_ref().is_some_and(|known| *known != next) {
            return Err("numbers-disagree");
        }
        found = Some(next);
    }
    found.ok_or(MISSING)
}

/// As providers write addresses; nothing is guessed, so a national number is none.
fn identity(text: &str) -> Result<Identity, &'static str> {
    let parsed = parse(text.trim());
    if parsed.channel.is_some_and(|channel| channel != Channel::Whatsapp) {
        return Err("number-not-international");
    }
    match parsed.address {
        Address::Phone(phone) => Ok(Identity { phone: Some(phone.to_owned()), ..Identity::default() }),
        Address::Bsuid { id, parent: false } => {
            Ok(Identity { bsuid: Some(id.to_owned()), ..Identity::default() })
        }
        Address::Bsuid { id, parent: true } => {
            Ok(Identity { parent_bsuid: Some(id.to_owned()), ..Identity::default() })
        }
        _ => Err("number-not-international"),
    }
}
