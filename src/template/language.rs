//! Which way a template's language is written.

/// Base languages written from right to left (CLDR, `layout.orientation.characterOrder`).
const RIGHT_TO_LEFT: &[&str] =
    &["ar", "arc", "ckb", "dv", "fa", "he", "iw", "nqo", "prs", "ps", "sd", "syr", "ug", "ur", "yi"];

/// Scripts written from right to left, which override the language.
const RIGHT_TO_LEFT_SCRIPTS: &[&str] = &["arab", "hebr", "nkoo", "syrc", "thaa"];

/// Whether a text in that language (`ar`, `fa_IR`, `ku-Arab`) runs from right to left.
///
/// ```
/// use reply_window::template::language::is_right_to_left;
/// assert!(is_right_to_left("ar_AE") && is_right_to_left("ku-Arab"));
/// assert!(!is_right_to_left("en_US") && !is_right_to_left("ar-Latn"));
/// ```
#[must_use]
pub fn is_right_to_left(language: &str) -> bool {
    let lower = language.to_ascii_lowercase();
    let mut parts = lower.split(['_', '-']);
    let base = parts.next().unwrap_or_default();
    match parts.find(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_lowercase())) {
        Some(script) => RIGHT_TO_LEFT_SCRIPTS.contains(&script),
        None => RIGHT_TO_LEFT.contains(&base),
    }
}
