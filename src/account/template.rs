//! Templates of a number: a content SID and one language each.
//!
//! Since 1 April 2025 Dynamics wants the content SID instead of a name, and a content set holds one language
//! (<https://learn.microsoft.com/en-us/dynamics365/omnichannel/administrator/outbound-messaging>).

use super::character_scan::{Kind, scan};
use super::credential::check_sid;
use super::finding::{
    Field, LANGUAGE_FORM, LANGUAGE_INVALID, LANGUAGE_MISSING, LANGUAGE_SEVERAL, NOT_A_SID, TEMPLATE_NAME,
    TEMPLATE_TWICE,
};

/// The content SID; `others` are those of the number's other templates.
pub(super) fn check_content<'o>(field: &mut Field<'_, '_>, mut others: impl Iterator<Item = &'o str>) {
    let before = field.findings.len();
    let sound = check_sid(field, "HX");
    let name = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_';
    if let Some(last) = field.findings.get_mut(before).filter(|last| last.rule.code == NOT_A_SID.code) {
        // WhatsApp's names of templates are lower-case letters, digits and underscores.
        if field.text.bytes().all(name) {
            last.rule = &TEMPLATE_NAME;
        }
    }
    if sound && others.any(|other| other == field.text) {
        field.whole(&TEMPLATE_TWICE, None);
    }
}

/// A language as WhatsApp writes it: `en`, `pt_BR`, `fil`.
pub(super) fn check_language(field: &mut Field<'_, '_>) {
    let before = field.findings.len();
    let Some(cleaned) = scan(field, Kind::Spaced) else {
        if let Some(last) = field.findings.get_mut(before).filter(|last| last.rule.code == "missing") {
            last.rule = &LANGUAGE_MISSING;
        }
        return;
    };
    let text = cleaned.text.trim();
    let parts: Vec<&str> = text.split(['_', '-']).collect();
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let (language, region) = match parts.as_slice() {
        [language] => (*language, None),
        [language, region] => (*language, Some(*region)),
        _ => ("", None),
    };
    let several = text.split([',', ';', ' ', '/']).filter(|part| !part.is_empty()).count() > 1;
    if several {
        return field.whole(&LANGUAGE_SEVERAL, None);
    }
    let sound = (2..=3).contains(&language.len())
        && letters(language)
        && region.is_none_or(|region| {
            (2..=3).contains(&region.len()) && region.bytes().all(|b| b.is_ascii_alphanumeric())
        });
    if !sound {
        return field.whole(&LANGUAGE_INVALID, None);
    }
    let mut usual = language.to_ascii_lowercase();
    if let Some(region) = region {
        usual.push('_');
        usual.push_str(&region.to_ascii_uppercase());
    }
    if usual != field.text && field.findings.len() == before {
        field.whole(&LANGUAGE_FORM, Some(usual));
    }
}
