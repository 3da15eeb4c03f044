//! Names, and the other fields that hold words.

use super::character_scan::{Kind, floor, scan};
use super::credential::identified;
use super::finding::{Field, NAME_CODE, NAME_LONG, NAME_SPACE, NAME_TAKEN, Rule};

/// Longest name, in characters: the usual length of a name's column in Dataverse. For this very form no document was
/// found that gives it.
const MAX_LENGTH: usize = 100;

/// Whether two names are one to a person: case and outer white space aside.
pub(super) fn same(one: &str, other: &str) -> bool {
    // Compared only where both can be names at all.
    if one.len().max(other.len()) > 1000 {
        return false;
    }
    let fold = |text: &str| text.trim().chars().flat_map(char::to_lowercase).collect::<String>();
    !one.trim().is_empty() && fold(one) == fold(other)
}

/// A name: present, short enough, unique among the others.
pub(super) fn check_name<'o>(
    field: &mut Field<'_, '_>,
    missing: &'static Rule,
    taken: impl Iterator<Item = &'o str>,
) {
    let before = field.findings.len();
    let Some(cleaned) = scan(field, Kind::Text) else {
        // The same finding under the name that fits the field.
        if let Some(last) = field.findings.get_mut(before).filter(|last| last.rule.code == "missing") {
            last.rule = missing;
        }
        return;
    };
    let text = cleaned.text.trim();
    if field.findings.len() == before && text.len() != field.text.len() {
        let start = field.text.len().saturating_sub(field.text.trim_start().len());
        let end = field.text.trim_end().len();
        let marks =
            [(0, start), (end, field.text.len())].into_iter().filter(|(from, to)| from < to).collect();
        field.at(&NAME_SPACE, marks, Some(text.to_owned()));
    }
    if let Some((at, _)) = field.text.char_indices().nth(MAX_LENGTH) {
        field.at(&NAME_LONG, vec![(floor(field.text, at), field.text.len())], None);
    }
    if let Some(rule) = identified(text) {
        field.whole(rule, None);
    } else {
        let marks = cleaned.marks(|_, c| !matches!(c, '<' | '>' | '{' | '}' | '\\'));
        let command =
            super::character_scan::begins(text, "curl ") || super::character_scan::begins(text, "http");
        if command || !marks.is_empty() {
            field.at(&NAME_CODE, marks, None);
        }
    }
    for other in taken {
        if same(other, text) {
            return field.whole(&NAME_TAKEN, None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_tells_the_limit() {
        assert!(NAME_LONG.message.contains(&MAX_LENGTH.to_string()), "{} of {MAX_LENGTH}", NAME_LONG.message);
    }
}
