//! The `template` object of Meta's send request.
//!
//! Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components> and the
//! page of each kind of template.

use crate::data::{Object, Value};
use crate::template::content_type::{META_CAROUSEL, META_OFFER};
use crate::template::model::{Button, ButtonKind, Card, Format, Header, HeaderKind, Template, Text};
use crate::template::name_index::{Names, Values, by_number};

/// Values and how they are named.
struct Send<'s> {
    values: &'s Values<'s>,
    named: bool,
}

/// The object, for values that have no problem.
pub fn template(template: &Template, values: &Values<'_>) -> Value {
    let send = Send { values, named: template.format == Some(Format::Named) };
    let mut components = Vec::new();
    components.extend(template.header.as_ref().and_then(|header| send.header(header)));
    components.extend(template.body.as_ref().and_then(|body| send.texts("body", body)));
    if template.rendered == META_CAROUSEL {
        let cards = template.cards.iter().enumerate().map(|(index, card)| send.card(index, card));
        components
            .push(Object::new().with("type", "carousel").with("cards", cards.collect::<Value>()).into());
    }
    if template.rendered == META_OFFER {
        components.extend(template.cards.first().and_then(|card| send.offer(card)));
    }
    components.extend(send.buttons(&template.buttons));
    Object::new()
        .with("name", template.name.as_str())
        .with("language", Object::new().with("code", template.language.as_str()))
        .with("components", Value::List(components))
        .into()
}

fn component(kind: &str, parameters: Vec<Value>) -> Option<Value> {
    let object = Object::new().with("type", kind);
    if parameters.is_empty() { None } else { Some(object.with("parameters", Value::List(parameters)).into()) }
}

impl Send<'_> {
    fn value(&self, name: &str) -> &str {
        self.values.get(name).unwrap_or_default()
    }

    /// One text parameter for each variable, in the order of the text; a name that stands twice is sent once.
    fn texts(&self, kind: &str, text: &Text) -> Option<Value> {
        component(kind, self.parameters(text, self.named))
    }

    fn parameters(&self, text: &Text, named: bool) -> Vec<Value> {
        let mut names: Vec<String> = text.placeholders.iter().map(|found| found.name.clone()).collect();
        if named {
            let mut seen = Names::default();
            names.retain(|name| seen.is_new(name));
        } else {
            // Meta takes them by number, not by where they stand.
            names = by_number(&names);
        }
        let parameters = names.iter().map(|name| {
            let object = Object::new()
                .with("type", "text")
                .with_some("parameter_name", named.then_some(name.as_str()));
            object.with("text", self.value(name)).into()
        });
        parameters.collect()
    }

    fn header(&self, header: &Header) -> Option<Value> {
        match (header.kind, &header.text, &header.media) {
            (HeaderKind::Text, Some(text), _) => self.texts("header", text),
            (HeaderKind::Location, ..) => {
                let place = ["latitude", "longitude", "name", "address"].iter();
                let place = place.fold(Object::new(), |place, name| {
                    place.with(name, self.value(&["header.", name].concat()))
                });
                component(
                    "header",
                    vec![Object::new().with("type", "location").with("location", place).into()],
                )
            }
            (kind, _, Some(media)) => component("header", vec![self.media(kind, media)]),
            _ => None,
        }
    }

    /// A file by its address, or by the id of an upload.
    fn media(&self, kind: HeaderKind, media: &Text) -> Value {
        let value = media.placeholders.first().map(|found| self.value(&found.name)).unwrap_or_default();
        let field = if value.starts_with("http") { "link" } else { "id" };
        Object::new().with("type", kind.name()).with(kind.name(), Object::new().with(field, value)).into()
    }

    fn buttons(&self, buttons: &[Button]) -> Vec<Value> {
        buttons.iter().enumerate().filter_map(|(index, button)| self.button(index, button)).collect()
    }

    /// Of the kinds that Meta takes a value for, those that have one; a form is named always.
    fn button(&self, index: usize, button: &Button) -> Option<Value> {
        let filled = || button.target.as_ref().filter(|target| !target.placeholders.is_empty());
        let (sub_type, parameters) = match button.kind {
            // It must be named even where nothing is handed over; its token is optional.
            ButtonKind::Flow => ("flow", None),
            ButtonKind::CopyCode => ("copy_code", Some(vec![self.coupon(filled()?)?])),
            ButtonKind::Url => ("url", Some(self.parameters(filled()?, false))),
            ButtonKind::QuickReply
            | ButtonKind::Phone
            | ButtonKind::Call
            | ButtonKind::List
            | ButtonKind::Catalog
            | ButtonKind::Other => return None,
        };
        let object =
            Object::new().with("type", "button").with("sub_type", sub_type).with("index", index.to_string());
        Some(object.with_some("parameters", parameters.map(Value::List)).into())
    }

    fn coupon(&self, code: &Text) -> Option<Value> {
        let name = &code.placeholders.first()?.name;
        Some(Object::new().with("type", "coupon_code").with("coupon_code", self.value(name)).into())
    }

    fn card(&self, index: usize, card: &Card) -> Value {
        let mut components = Vec::new();
        components.extend(
            card.media
                .as_ref()
                .and_then(|media| component("header", vec![self.media(card_kind(media), media)])),
        );
        components.extend(card.body.as_ref().and_then(|body| self.texts("body", body)));
        components.extend(self.buttons(&card.buttons));
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        Object::new().with("card_index", index).with("components", Value::List(components)).into()
    }

    fn offer(&self, card: &Card) -> Option<Value> {
        let name = &card.body.as_ref()?.placeholders.first()?.name;
        // 16 digits at most: exact.
        let expires = self.value(name).parse::<u64>().unwrap_or_default() as f64;
        let offer = Object::new().with("expiration_time_ms", Value::Number(expires));
        component(
            "limited_time_offer",
            vec![Object::new().with("type", "limited_time_offer").with("limited_time_offer", offer).into()],
        )
    }
}

/// The slot of a card's file says of which kind it is.
fn card_kind(media: &Text) -> HeaderKind {
    if media.text == "{{video}}" { HeaderKind::Video } else { HeaderKind::Image }
}
