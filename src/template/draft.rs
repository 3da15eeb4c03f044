//! A draft that may not go out as it is: which templates could carry what the agent had typed when the window closed.

use super::fill::{self, Values};
use super::model::{Category, Template, Text};
use super::value;

/// The draft as the value of a template's only variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuitableTemplate {
    /// The variable.
    pub variable: String,
    /// The draft, or the draft repaired.
    pub value: String,
    /// Whether it had to be repaired: the agent must see what changed.
    pub repaired: bool,
    /// Whether a sentence can stand there, as in `Our answer: {{1}}` and not in `Hello {{1}},`.
    pub sentence: bool,
}

/// The draft in that template, if it has one variable, which stands in its body, and takes the text as it is or
/// repaired. Nothing is ever cut: a draft that is too long suits no template.
#[must_use]
pub fn suitable(template: &Template, draft: &str) -> Option<SuitableTemplate> {
    let [variable] = template.variables.as_slice() else { return None };
    let body = template.body.as_ref()?;
    let elsewhere = template.texts().into_iter().filter(|(place, _)| *place != super::model::Place::Body);
    let is_in_body = body.placeholders.iter().any(|found| found.name == variable.name);
    if !is_in_body
        || template.category == Category::Authentication
        || elsewhere.flat_map(|(_, text)| &text.placeholders).next().is_some()
    {
        return None;
    }
    let fits = |value: &str| {
        let mut values = Values::default();
        values.add(&variable.name, value);
        fill::problems(template, &values).is_empty()
    };
    let whole = super::length(draft) <= value::MAX_VALUE;
    let repaired =
        if fits(draft) { None } else { Some(value::repaired(draft).filter(|value| whole && fits(value))?) };
    Some(SuitableTemplate {
        sentence: takes_a_sentence(body, &variable.name),
        variable: variable.name.clone(),
        repaired: repaired.is_some(),
        value: repaired.unwrap_or_else(|| draft.to_owned()),
    })
}

/// Whether every place of a variable begins a line or follows the end of a sentence or a colon, and no comma follows.
fn takes_a_sentence(text: &Text, name: &str) -> bool {
    text.placeholders.iter().filter(|found| found.name == name).all(|found| {
        let before = text.text.get(..found.start).unwrap_or_default().chars();
        let mut after = text.text.get(found.end..).unwrap_or_default().chars();
        let last = before.rev().find(|char| !matches!(char, ' ' | '"' | '“' | '*' | '_')).unwrap_or('\n');
        let next = after.find(|char| *char != ' ');
        matches!(last, '\n' | ':' | '.' | '!' | '?' | '…' | '؟' | '。' | '：')
            && !matches!(next, Some(',' | '،'))
    })
}
