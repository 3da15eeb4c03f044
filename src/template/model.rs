//! One model for Twilio Content resources and Meta message templates.

use super::content_type::{self, ContentType};
use super::name_index::{Names, Values, by_number};
use super::placeholder::{self, Placeholder};
use crate::time::Instant;
use core::ops::{Deref, DerefMut};

pub use super::kinds::{ButtonKind, Category, Format, HeaderKind, Status};
use crate::event::Provider;

/// What a [`Text`] holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextParts {
    /// As the provider holds it.
    pub text: String,
    /// Its placeholders, in order.
    pub placeholders: Vec<Placeholder>,
    /// Whether it holds `{{` that begins no placeholder.
    pub malformed: bool,
}

/// A text in which placeholders may stand. Behind one pointer, because templates are made of dozens, moved about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(Box<TextParts>);

impl Deref for Text {
    type Target = TextParts;
    fn deref(&self) -> &TextParts {
        &self.0
    }
}

impl DerefMut for Text {
    fn deref_mut(&mut self) -> &mut TextParts {
        &mut self.0
    }
}

impl From<&str> for Text {
    #[inline(never)]
    fn from(text: &str) -> Self {
        let scan = placeholder::scan(text);
        let malformed = !scan.malformed.is_empty();
        Text(Box::new(TextParts { text: text.to_owned(), placeholders: scan.found, malformed }))
    }
}

/// What stands above the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// What it is.
    pub kind: HeaderKind,
    /// For text and location.
    pub text: Option<Text>,
    /// Address of the file.
    pub media: Option<Text>,
}

/// A button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    /// What it does.
    pub kind: ButtonKind,
    /// Its label.
    pub title: Text,
    /// URL, phone number or code.
    pub target: Option<Text>,
}

/// A card of a carousel, a row of a list, an item of a catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// Its heading.
    pub title: Option<Text>,
    /// Its text.
    pub body: Option<Text>,
    /// Address of its file.
    pub media: Option<Text>,
    /// Its buttons.
    pub buttons: Vec<Button>,
}

/// What must be filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Key in the send request.
    pub name: String,
    /// The provider's example: a hint, never a value.
    pub sample: Option<String>,
}

/// A template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Content SID or Meta's template id.
    pub id: String,
    /// Whose it is.
    pub source: Provider,
    /// How Meta's placeholders are named; absent for Twilio.
    pub format: Option<Format>,
    /// Its name at the provider.
    pub name: String,
    /// As the provider writes it: `en`, `pt_BR`; `und` where it is not told.
    pub language: String,
    /// Its category.
    pub category: Category,
    /// Its approval.
    pub status: Status,
    /// The provider's words.
    pub rejection_reason: Option<String>,
    /// The type that WhatsApp renders.
    pub rendered: String,
    /// All types that it holds.
    pub types: Vec<String>,
    /// Above the body.
    pub header: Option<Header>,
    /// The text itself.
    pub body: Option<Text>,
    /// Below the body.
    pub footer: Option<Text>,
    /// Below the bubble.
    pub buttons: Vec<Button>,
    /// Cards, rows or items.
    pub cards: Vec<Card>,
    /// What must be filled in, in order.
    pub variables: Vec<Variable>,
    /// For whom it is, in the host's words; none where it is everybody's. See [`super::audience`].
    pub audiences: Vec<String>,
    /// When the provider last changed it.
    pub updated_at: Option<Instant>,
}

/// Where a text stands, which decides its limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Place {
    HeaderText,
    Media,
    Body,
    Footer,
    ButtonTitle,
    ButtonTarget(ButtonKind),
    CardTitle,
    CardBody,
}

impl Template {
    /// A template without texts, of which neither status nor category is known.
    #[must_use]
    #[inline(never)]
    pub fn new(source: Provider, id: &str, name: &str, language: &str) -> Self {
        Template {
            id: id.to_owned(),
            source,
            format: None,
            name: name.to_owned(),
            language: language.to_owned(),
            category: Category::Unknown,
            status: Status::Unknown,
            rejection_reason: None,
            rendered: String::new(),
            types: Vec::new(),
            header: None,
            body: None,
            footer: None,
            buttons: Vec::new(),
            cards: Vec::new(),
            variables: Vec::new(),
            audiences: Vec::new(),
            updated_at: None,
        }
    }

    /// Its row in the table of content types; `None` for a type that the table does not know.
    #[must_use]
    pub fn content_type(&self) -> Option<&'static ContentType> {
        content_type::find(&self.rendered)
    }

    /// The names of the placeholders in those texts, in reading order, as often as they stand.
    #[must_use]
    #[inline(never)]
    pub fn placeholder_names(&self) -> Vec<String> {
        let mut names = Vec::new();
        for (_, text) in self.texts() {
            for found in &text.placeholders {
                names.push(found.name.clone());
            }
        }
        names
    }

    /// Every text that WhatsApp renders, with its place, in reading order.
    #[must_use]
    #[inline(never)]
    pub fn texts(&self) -> Vec<(Place, &Text)> {
        let mut texts = Vec::new();
        if let Some(header) = &self.header {
            texts.extend(header.text.iter().map(|text| (Place::HeaderText, text)));
            texts.extend(header.media.iter().map(|text| (Place::Media, text)));
        }
        texts.extend(self.body.iter().map(|text| (Place::Body, text)));
        texts.extend(self.footer.iter().map(|text| (Place::Footer, text)));
        add_buttons(&mut texts, &self.buttons);
        for card in &self.cards {
            texts.extend(card.title.iter().map(|text| (Place::CardTitle, text)));
            texts.extend(card.body.iter().map(|text| (Place::CardBody, text)));
            texts.extend(card.media.iter().map(|text| (Place::Media, text)));
            add_buttons(&mut texts, &card.buttons);
        }
        texts
    }
}

fn add_buttons<'t>(texts: &mut Vec<(Place, &'t Text)>, buttons: &'t [Button]) {
    for button in buttons {
        texts.push((Place::ButtonTitle, &button.title));
        texts.extend(button.target.iter().map(|text| (Place::ButtonTarget(button.kind), text)));
    }
}

/// The variables of those names, each once: Twilio's numbers by value, then names as they first appear; Meta's in
/// reading order.
#[must_use]
#[inline(never)]
pub fn variables(source: Provider, mut names: Vec<String>, samples: &Values<'_>) -> Vec<Variable> {
    if source == Provider::Twilio {
        names = by_number(&names);
    }
    let mut seen = Names::default();
    let mut variables = Vec::with_capacity(names.len());
    for name in names {
        if seen.is_new(&name) {
            variables.push(Variable { sample: samples.get(&name).map(str::to_owned), name });
        }
    }
    variables
}
