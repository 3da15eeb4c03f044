//! Which language of template suits a customer.

/// Codes that mean the same language: what desktops write, and what WhatsApp writes
/// (<https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/supported-languages>).
const ALIASES: &[(&str, &str)] =
    &[("iw", "he"), ("in", "id"), ("no", "nb"), ("nn", "nb"), ("tl", "fil"), ("prs", "fa"), ("ji", "yi")];

/// How near a template's language is, nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// The customer's locale.
    Exact,
    /// The customer's language without a region.
    Base,
    /// The customer's language of another region.
    Sibling,
    /// The desktop's default, or its language.
    Default,
    /// Another language.
    Other,
}
crate::event::names!(Tier {
    Exact = "exact", Base = "base", Sibling = "sibling", Default = "default", Other = "other",
});

/// Base language and the rest of a code, in one spelling; `zh-Hans` is `zh-CN`, other scripts say nothing.
fn canonical(code: &str) -> (String, String) {
    let lower = code.to_ascii_lowercase();
    let mut parts = lower.split(['_', '-', '.', '@']);
    let own = parts.next().unwrap_or_default();
    let base = ALIASES.iter().find(|(from, _)| *from == own).map_or(own, |(_, to)| to);
    let (mut region, mut script) = ("", "");
    for part in parts {
        match part.len() {
            4 if part.bytes().all(|byte| byte.is_ascii_alphabetic()) => script = part,
            2 | 3 if region.is_empty() => region = part,
            // What follows (variants, `u-nu-latn`) says nothing of the language.
            _ => break,
        }
    }
    let region = match (own, region, script) {
        // Who reads Nynorsk reads Bokmål: like another region of one language.
        ("nn", ..) => own,
        ("zh", "", "hans") => "cn",
        ("zh", "", "hant") => "tw",
        (_, region, _) => region,
    };
    (base.to_owned(), region.to_owned())
}

/// How near `language` is to the customer's and the desktop's. Case, underscore and hyphen make no difference.
///
/// ```
/// use reply_window::template::language_match::{Tier, tier};
/// assert_eq!(tier("pt_BR", Some("pt-br"), None), Tier::Exact);
/// assert_eq!(tier("pt_PT", Some("pt-BR"), None), Tier::Sibling);
/// assert_eq!(tier("nb", Some("no"), None), Tier::Exact);
/// assert_eq!(tier("en", Some("fil"), Some("en_GB")), Tier::Default);
/// ```
#[must_use]
pub fn tier(language: &str, customer: Option<&str>, default: Option<&str>) -> Tier {
    let (base, region) = canonical(language);
    if let Some((own_base, own_region)) = customer.map(canonical)
        && own_base == base
    {
        return match region {
            region if region == own_region => Tier::Exact,
            region if region.is_empty() => Tier::Base,
            _ => Tier::Sibling,
        };
    }
    if default.is_some_and(|default| canonical(default).0 == base) { Tier::Default } else { Tier::Other }
}
