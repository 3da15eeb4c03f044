//! What is asked for each variable: the words that name it, and what is known of the customer that fits there.
//!
//! A number names nothing: Twilio's own examples write `{{1}}` for a name and for an order
//! (<https://www.twilio.com/docs/content/using-variables-with-content-api>), so the words around it do. Agents ask that
//! values come from the conversation (<https://github.com/shridarpatil/whatomate/issues/29>); a value that is put in by
//! itself must be the only one that fits, for what an agent overlooks reaches the customer.

use super::fill::{self, Values};
use super::model::{ButtonKind, Place, Template, Text, Variable};
use super::search_fold;
use super::value;

/// One variable, as it is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prompt {
    /// The words before it, at most four; empty where its own name says what it is.
    pub before: String,
    /// The words after it, where there are none before.
    pub after: String,
    /// Which of the known values fit, in their order.
    pub fits: Vec<usize>,
    /// Whether the one that fits may stand there before the agent has done anything.
    pub is_sure: bool,
}

/// Most words of a label.
const WORDS: usize = 4;

/// What a value is of. A word in one row is never in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Name,
    Case,
    Order,
}

/// What a desktop or a provider's template calls it, folded, without blanks.
const CALLED: &[(Kind, &str)] = &[
    (
        Kind::Name,
        " name firstname givenname fullname customername contactname الاسم اسمالعميل الاسمالاول nome nombre nom prenom vorname naam voornaam isim ad ",
    ),
    (
        Kind::Case,
        " case caseno casenumber caseid ticket ticketno ticketnumber ticketid caso chamado dossier fall fallnummer vorgang zaak zaaknummer pratica الحاله رقمالحاله البلاغ رقمالبلاغ التذكره رقمالتذكره ",
    ),
    (
        Kind::Order,
        " order orderno ordernumber orderid pedido commande bestellung bestellnummer bestelling ordine siparis الطلب رقمالطلب ",
    ),
];

/// The words before it that ask for it, folded: for a name the last one, a greeting; for a number any of them.
const ASKS: &[(Kind, &str)] = &[
    (
        Kind::Name,
        " hello hi hey dear ola oi hola bonjour salut hallo liebe lieber beste ciao caro cara querido querida merhaba sayin مرحبا اهلا عزيزي عزيزتي ",
    ),
    (Kind::Case, " case ticket caso chamado dossier fall vorgang zaak pratica حالتك بلاغك بلاغ تذكرتك تذكره "),
    (Kind::Order, " order pedido commande bestellung bestelling ordine siparis طلبك طلب "),
];

fn row(rows: &[(Kind, &str)], word: &str) -> Option<Kind> {
    let whole = [" ", word, " "].concat();
    rows.iter().find(|(_, words)| words.contains(&whole)).map(|(kind, _)| *kind)
}

/// What the folded words before it ask for.
fn asked(words: &[String]) -> Option<Kind> {
    let mut kinds = words.iter().rev().enumerate().filter_map(|(at, word)| {
        let kind = row(ASKS, word)?;
        (kind != Kind::Name || at == 0).then_some(kind)
    });
    kinds.next()
}

/// What is asked for each variable, in the template's order. `known` is what is known of the customer: what it is
/// called, and the value.
#[must_use]
pub fn prompts(template: &Template, known: &[(&str, &str)]) -> Vec<Prompt> {
    template.variables.iter().map(|variable| prompt(template, variable, known)).collect()
}

fn prompt(template: &Template, variable: &Variable, known: &[(&str, &str)]) -> Prompt {
    let (before, after) = around(template, &variable.name);
    let is_number =
        variable.name.rsplit('.').next().unwrap_or_default().bytes().all(|byte| byte.is_ascii_digit());
    let own = if is_number { String::new() } else { search_fold::words(&variable.name).concat() };
    let words = search_fold::words(if before.is_empty() { &after } else { &before });
    let kind = if is_number { asked(&search_fold::words(&before)) } else { row(CALLED, &own) };
    let fits: Vec<usize> = (0..known.len())
        .filter(|at| {
            known.get(*at).is_some_and(|(called, value)| {
                let called = search_fold::words(called);
                (is_called(&called, &own, &words, kind)
                    || variable.sample.as_deref().is_some_and(|sample| has_shape_of(sample, value)))
                    && is_taken(template, &variable.name, value)
            })
        })
        .collect();
    let (before, after) = if is_number { (before, after) } else { <(String, String)>::default() };
    Prompt { is_sure: fits.len() == 1, before, after, fits }
}

/// Whether what is known under that name is asked for: by the variable's own name, by the words around it, or by a
/// word of another language for the same.
fn is_called(called: &[String], own: &str, words: &[String], kind: Option<Kind>) -> bool {
    let whole = called.concat();
    if whole.is_empty() {
        return false;
    }
    whole == own
        || own.is_empty() && called.iter().all(|word| words.contains(word))
        || kind.is_some() && row(CALLED, &whole) == kind
}

/// Whether two values are written alike, `CAS-00417` and `CAS-00420`: letters for letters, digits for digits, both there.
fn has_shape_of(sample: &str, value: &str) -> bool {
    let shape = |text: &str| -> Vec<char> {
        let signs = text.chars().map(|char| match char {
            _ if char.is_numeric() => '0',
            _ if char.is_alphabetic() => 'a',
            other => other,
        });
        signs.collect()
    };
    let wanted = shape(sample);
    wanted.contains(&'0') && wanted.contains(&'a') && wanted == shape(value)
}

/// Whether the value would be taken there as it is.
fn is_taken(template: &Template, name: &str, known: &str) -> bool {
    if value::is_empty(known) {
        return false;
    }
    let mut values = Values::default();
    values.add(name, known);
    fill::problems(template, &values).iter().all(|problem| problem.variable.as_deref() != Some(name))
}

/// The words around a variable: of the body if it stands there, else of the first text that holds it. An address has
/// no words; the title of its button has.
fn around(template: &Template, name: &str) -> (String, String) {
    let holds = |text: &Text| text.placeholders.iter().any(|found| found.name == name);
    let texts = template.texts();
    let in_body = texts.iter().position(|(place, text)| *place == Place::Body && holds(text));
    let Some(at) = in_body.or_else(|| texts.iter().position(|(_, text)| holds(text))) else {
        return Default::default();
    };
    match texts.get(at) {
        Some((Place::Media, _)) | None => Default::default(),
        Some((Place::ButtonTarget(kind), _)) if *kind != ButtonKind::QuickReply => {
            let title = at.checked_sub(1).and_then(|at| texts.get(at)).map(|(_, text)| text.text.as_str());
            (title.map(|title| label(title.split_whitespace())).unwrap_or_default(), String::new())
        }
        Some((_, text)) => beside(text, name),
    }
}

/// The words beside a placeholder, in its line, as far as the next one: those before it, or where there are none those after.
fn beside(text: &Text, name: &str) -> (String, String) {
    let places = &text.placeholders;
    let Some(at) = places.iter().position(|found| found.name == name) else { return Default::default() };
    let end = |at: Option<usize>| at.and_then(|at| places.get(at)).map_or(0, |found| found.end);
    let (from, to) = places.get(at).map_or((0, 0), |found| (found.start, found.end));
    let next = places.get(at.saturating_add(1)).map_or(text.text.len(), |found| found.start);
    let before = text.text.get(end(at.checked_sub(1))..from).unwrap_or_default();
    let after = text.text.get(to..next).unwrap_or_default();
    let before = last_words(before.rsplit('\n').next().unwrap_or_default());
    if !before.is_empty() {
        return (before, String::new());
    }
    (before, first_words(after.split('\n').next().unwrap_or_default()))
}

/// The last words, as far back as the part of the sentence goes. Its end counts where words of ours follow it: in
/// `No. {{1}}` none do.
fn last_words(line: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    for word in line.split_whitespace().rev() {
        if words.len() == WORDS || (!words.is_empty() && ends(word)) {
            break;
        }
        if !bare(word).is_empty() {
            words.push(word);
        }
    }
    label(words.into_iter().rev())
}

/// The first words, as far as the part of the sentence goes.
fn first_words(line: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    for word in line.split_whitespace() {
        if !bare(word).is_empty() {
            words.push(word);
        }
        if words.len() == WORDS || (!words.is_empty() && ends(word)) {
            break;
        }
    }
    label(words.into_iter())
}

/// Whether a sentence or a part of it ends with that word.
fn ends(word: &str) -> bool {
    word.ends_with(['.', ',', '!', '?', ':', ';', '،', '؛', '؟', '。', '，', '：'])
}

/// A word without the signs at its ends.
fn bare(word: &str) -> &str {
    word.trim_matches(|char: char| !char.is_alphanumeric())
}

fn label<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let words: Vec<&str> = words.map(bare).filter(|word| !word.is_empty()).take(WORDS).collect();
    words.join(" ")
}
