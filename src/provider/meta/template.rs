//! Meta's `message_templates` pages.

use crate::data::{Fields, Path, Value};
use crate::event::Provider;
use crate::provider::import::{Log, Shape, id};
use crate::template::content_type::{META, META_CAROUSEL, META_OFFER, META_PRODUCTS};
use crate::template::model::{
    Button, ButtonKind, Card, Category, Format, Header, HeaderKind, Status, Template, Text, variables,
};
use crate::template::name_index::Values;

/// A page; a single template counts as a page of one.
pub const PAGE: Shape = Shape {
    list: "data",
    id: "id",
    single: "components",
    next: ("paging", "next"),
    domain: "facebook.com",
    template,
};

fn template(log: &mut Log, path: &Path<'_>, value: &Value) -> Option<Template> {
    let fields = log.open(path, value)?;
    let id = log.keep(fields.required("id", id))?;
    log.id = Some(id.clone());
    // A message is sent by name and language: without either it cannot be.
    let name = log.keep(fields.text("name"))?;
    let language = log.keep(fields.text("language"))?;
    let components = log.keep(fields.required("components", |path, value| path.list(value)))?;
    let mut template = Template::new(Provider::Meta, &id, name, language);
    let format = log.word(&fields, "parameter_format", Format::from_name);
    template.category = log.word(&fields, "category", Category::from_name).unwrap_or(Category::Unknown);
    template.status = log.word(&fields, "status", Status::from_name).unwrap_or(Status::Unknown);
    let reason = log.text(&fields, "rejected_reason").filter(|reason| *reason != "NONE");
    template.rejection_reason = reason.map(str::to_owned);
    template.audiences = log.audiences(&fields);
    let mut reader = Reader { log, samples: Vec::new(), unknown: false, products: false };
    let parts = reader.parts(&Path::Field(path, "components"), components, "", true);
    let Reader { samples, unknown, products, .. } = reader;
    (template.header, template.body, template.footer) = (parts.header, parts.body, parts.footer);
    (template.buttons, template.cards) = (parts.buttons, parts.cards);
    let named = has_names(&template, parts.kind).then_some(Format::Named);
    template.format = named.or(format).or(Some(Format::Positional));
    template.rendered = rendered(parts.kind, unknown, products).to_owned();
    template.types.push(template.rendered.clone());
    template.name_placeholders();
    let names = template.placeholder_names();
    let mut known = Values::default();
    for (name, sample) in &samples {
        known.add(name, sample);
    }
    template.variables = variables(Provider::Meta, names, &known);
    if template.texts().iter().any(|(_, text)| text.malformed) {
        let what = "double braces that are no placeholder are kept as text";
        log.note(Path::Field(path, "components").fault("malformed-placeholder", what));
    }
    Some(template)
}

/// The type of a template: what nobody knows cannot be sent, nor what is filled with more than texts.
const fn rendered(kind: &'static str, unknown: bool, products: bool) -> &'static str {
    match (unknown, products) {
        (true, _) => "meta/other",
        (false, true) => META_PRODUCTS,
        (false, false) => kind,
    }
}

/// Whether a text holds a placeholder that is no number. Then its parameters are sent by name, whatever the format says:
/// without names Meta refuses them (100). The address of a button is counted in every template.
fn has_names(template: &Template, kind: &str) -> bool {
    let header = template.header.iter().filter(|header| header.kind == HeaderKind::Text);
    let texts = header.filter_map(|header| header.text.as_ref());
    // The card of an offer holds no text of the template, but the slot of its end.
    let cards = template.cards.iter().filter(|_| kind != META_OFFER);
    let mut texts = texts.chain(&template.body).chain(cards.filter_map(|card| card.body.as_ref()));
    let is_name = |name: &str| !name.bytes().all(|byte| byte.is_ascii_digit());
    texts.any(|text| text.placeholders.iter().any(|found| is_name(&found.name)))
}

/// What the components of a template, or of a card, give.
struct Parts {
    kind: &'static str,
    header: Option<Header>,
    body: Option<Text>,
    footer: Option<Text>,
    buttons: Vec<Button>,
    cards: Vec<Card>,
}

struct Reader<'l> {
    log: &'l mut Log,
    /// Samples by the qualified name of their variable.
    samples: Vec<(String, String)>,
    /// Whether something was met that no document lists: what it needs at sending is not known.
    unknown: bool,
    /// Whether something was met that is filled with products or an order, which no text names.
    products: bool,
}

const HEADERS: &[(&str, HeaderKind)] = &[
    ("TEXT", HeaderKind::Text),
    ("IMAGE", HeaderKind::Image),
    ("VIDEO", HeaderKind::Video),
    ("GIF", HeaderKind::Video),
    ("DOCUMENT", HeaderKind::Document),
    ("LOCATION", HeaderKind::Location),
];

/// Buttons that are filled with products or an order.
const PRODUCTS: &[&str] = &["MPM", "SPM", "ORDER_DETAILS"];

/// The word of a button, what it does, and the field or the slot of its target.
const BUTTONS: &[(&str, ButtonKind, &str)] = &[
    ("QUICK_REPLY", ButtonKind::QuickReply, ""),
    ("URL", ButtonKind::Url, "url"),
    ("PHONE_NUMBER", ButtonKind::Phone, "phone_number"),
    ("COPY_CODE", ButtonKind::CopyCode, "{{code}}"),
    // Sent as an address whose parameter is the code.
    ("OTP", ButtonKind::Url, "{{1}}"),
    ("VOICE_CALL", ButtonKind::Call, ""),
    ("FLOW", ButtonKind::Flow, ""),
    ("CATALOG", ButtonKind::Catalog, ""),
    ("REQUEST_CONTACT_INFO", ButtonKind::Other, ""),
];

impl Reader<'_> {
    fn parts(&mut self, list: &Path<'_>, components: &[Value], own: &str, whole: bool) -> Parts {
        let mut parts = Parts {
            kind: META,
            header: None,
            body: None,
            footer: None,
            buttons: Vec::new(),
            cards: Vec::new(),
        };
        for (index, component) in components.iter().enumerate() {
            let path = Path::Index(list, index);
            let Some(fields) = self.log.open(&path, component) else {
                self.unknown = true;
                continue;
            };
            let word = self.log.text(&fields, "type").unwrap_or_default().to_ascii_uppercase();
            match word.as_str() {
                "HEADER" => parts.header = self.header(&path, &fields, own),
                "BODY" => parts.body = self.body(&path, &fields, own),
                "FOOTER" => parts.footer = self.log.template_text(&fields, "text"),
                "BUTTONS" => parts.buttons = self.buttons(&path, &fields, own),
                "CAROUSEL" if whole => {
                    (parts.kind, parts.cards) = (META_CAROUSEL, self.cards(&path, &fields))
                }
                "LIMITED_TIME_OFFER" if whole => {
                    (parts.kind, parts.cards) = (META_OFFER, self.offer(&path, &fields))
                }
                "CALL_PERMISSION_REQUEST" => {}
                _ => self.not_known(&Path::Field(&path, "type")),
            }
        }
        parts
    }

    fn not_known(&mut self, path: &Path<'_>) {
        self.unknown = true;
        self.log.note(path.fault("unknown-type", "no document lists this word"));
    }

    fn header(&mut self, path: &Path<'_>, fields: &Fields<'_>, own: &str) -> Option<Header> {
        let word = self.log.text(fields, "format").unwrap_or_default();
        if word.eq_ignore_ascii_case("PRODUCT") {
            self.products = true;
            return None;
        }
        let Some((_, kind)) = HEADERS.iter().find(|(known, _)| word.eq_ignore_ascii_case(known)) else {
            self.not_known(&Path::Field(path, "format"));
            return None;
        };
        let (text, media) = match kind {
            HeaderKind::Text => {
                self.text_samples(path, fields, "header_text", if own.is_empty() { "header." } else { own });
                (self.required_text(fields), None)
            }
            HeaderKind::Location => {
                (Some(Text::from("{{name}}, {{address}} ({{latitude}}, {{longitude}})")), None)
            }
            _ => (None, Some(Text::from("{{media}}"))),
        };
        Some(Header { kind: *kind, text, media })
    }

    fn body(&mut self, path: &Path<'_>, fields: &Fields<'_>, own: &str) -> Option<Text> {
        self.text_samples(path, fields, "body_text", own);
        self.required_text(fields)
    }

    /// A text without which what must be filled in is not known.
    fn required_text(&mut self, fields: &Fields<'_>) -> Option<Text> {
        let text = self.log.keep(fields.text("text"));
        self.unknown |= text.is_none();
        text.map(Text::from)
    }

    /// `example.header_text: ["…"]`, `example.body_text: [["…"]]`, and their siblings with names.
    fn text_samples(&mut self, path: &Path<'_>, fields: &Fields<'_>, name: &str, own: &str) {
        let Some(example) = fields.get("example") else { return };
        let path = Path::Field(path, "example");
        let Some(example) = self.log.open(&path, example) else { return };
        let list = self.log.list(&example, name);
        let list = match list.first() {
            Some(Value::List(inner)) => inner.as_slice(),
            _ => list,
        };
        for (index, value) in list.iter().enumerate() {
            if let Value::Text(sample) = value {
                self.samples.push((format!("{own}{}", index.saturating_add(1)), sample.clone()));
            }
        }
        let named = format!("{name}_named_params");
        for value in self.log.list(&example, &named) {
            let Ok(fields) = Fields::open_foreign(&path, value) else { continue };
            if let (Ok(name), Ok(sample)) = (fields.text("param_name"), fields.text("example")) {
                self.samples.push((name.to_owned(), sample.to_owned()));
            }
        }
    }

    fn buttons(&mut self, path: &Path<'_>, fields: &Fields<'_>, own: &str) -> Vec<Button> {
        let list = Path::Field(path, "buttons");
        let buttons = self.log.list(fields, "buttons").iter().enumerate();
        buttons
            .filter_map(|(index, value)| {
                self.button(&Path::Index(&list, index), value, &format!("{own}button.{index}."))
            })
            .collect()
    }

    fn button(&mut self, path: &Path<'_>, value: &Value, own: &str) -> Option<Button> {
        let fields = self.log.open(path, value);
        self.unknown |= fields.is_none();
        let fields = fields?;
        let word = self.log.text(&fields, "type").unwrap_or_default();
        let title = Text::from(self.log.text(&fields, "text").unwrap_or_default());
        if PRODUCTS.iter().any(|known| word.eq_ignore_ascii_case(known)) {
            self.products = true;
            return Some(Button { kind: ButtonKind::Other, title, target: None });
        }
        let Some((_, kind, target)) = BUTTONS.iter().find(|(known, ..)| word.eq_ignore_ascii_case(known))
        else {
            self.not_known(&Path::Field(path, "type"));
            return None;
        };
        let target = if target.starts_with('{') {
            Some(Text::from(*target))
        } else {
            self.log.template_text(&fields, target)
        };
        let sample = match fields.get("example") {
            Some(Value::List(items)) => items.first(),
            other => other,
        };
        if let (Some(target), Some(Value::Text(sample))) = (&target, sample) {
            self.button_sample(target, sample, own);
        }
        Some(Button { kind: *kind, title, target })
    }

    /// The example of an address is the whole address: the hint is what the placeholder stands for.
    fn button_sample(&mut self, target: &Text, sample: &str, own: &str) {
        let Some(placeholder) = target.placeholders.first() else { return };
        let before = target.text.get(..placeholder.start).unwrap_or_default();
        let name = format!("{own}{}", placeholder.name);
        self.samples.push((name, sample.strip_prefix(before).unwrap_or(sample).to_owned()));
    }

    fn cards(&mut self, path: &Path<'_>, fields: &Fields<'_>) -> Vec<Card> {
        let list = Path::Field(path, "cards");
        let mut cards = Vec::new();
        for (index, card) in self.log.list(fields, "cards").iter().enumerate() {
            let path = Path::Index(&list, index);
            let Some(fields) = self.log.open(&path, card) else {
                self.unknown = true;
                continue;
            };
            let components = self.log.list(&fields, "components");
            let parts =
                self.parts(&Path::Field(&path, "components"), components, &format!("card.{index}."), false);
            // A card's slot says of which kind its file is: the model of a card has no other place for it.
            let media = parts.header.filter(|header| header.media.is_some());
            let media = media.map(|header| {
                Text::from(if header.kind == HeaderKind::Video { "{{video}}" } else { "{{image}}" })
            });
            cards.push(Card { title: None, body: parts.body, media, buttons: parts.buttons });
        }
        cards
    }

    /// The offer becomes a card: its text, and the slot of its end where it has one.
    fn offer(&mut self, path: &Path<'_>, fields: &Fields<'_>) -> Vec<Card> {
        let path = Path::Field(path, "limited_time_offer");
        let offer = fields.get("limited_time_offer").and_then(|offer| self.log.open(&path, offer));
        self.unknown |= offer.is_none();
        let Some(offer) = offer else { return Vec::new() };
        let expires = self.log.keep(offer.optional_truth("has_expiration")).flatten();
        let body = expires.unwrap_or(false).then(|| Text::from("{{expires}}"));
        vec![Card { title: self.log.template_text(&offer, "text"), body, ..Card::default() }]
    }
}
