//! Twilio's `/v1/Content` and `/v1/ContentAndApprovals` pages.

use crate::data::{Fields, Path, Value};
use crate::event::Provider;
use crate::provider::import::{Log, Shape, each_string};
use crate::template::content_type::{self, ContentType};
use crate::template::model::{
    Button, ButtonKind, Card, Category, Header, HeaderKind, Status, Template, Text, Variable, variables,
};
use crate::template::name_index::{Names, Values};
use crate::template::placeholder;
use crate::time::Instant;

/// A page; a single resource (`GET /v1/Content/{sid}`) counts as a page of one.
pub const PAGE: Shape = Shape {
    list: "contents",
    id: "sid",
    single: "sid",
    next: ("meta", "next_page_url"),
    domain: "twilio.com",
    template: content,
};

fn content(log: &mut Log, path: &Path<'_>, value: &Value) -> Option<Template> {
    let fields = log.open(path, value)?;
    let id = log.keep(fields.text("sid"))?;
    if id.is_empty() {
        log.note(Path::Field(path, "sid").fault("missing-field", "required"));
        return None;
    }
    log.id = Some(id.to_owned());
    let types_path = Path::Field(path, "types");
    let types = log.keep(fields.required("types", |_, types| Fields::open_foreign(&types_path, types)))?;
    // The order of an object's keys says nothing, and must not decide anything here.
    let mut sorted = Names::default();
    types.all().iter().for_each(|(name, _)| _ = sorted.is_new(name));
    let names: Vec<String> = sorted.iter().map(|(name, _)| name.to_owned()).collect();
    let approval_path = Path::Field(path, "approval_requests");
    let none = Value::Map(Vec::new());
    let approval = fields.get("approval_requests").and_then(|value| log.open(&approval_path, value));
    let approval = approval.or_else(|| Fields::open_foreign(&approval_path, &none).ok())?;
    let Some(rendered) = content_type::rendered(&names, log.text(&approval, "content_type")) else {
        log.note(types_path.fault("missing-field", "a content resource needs a type"));
        return None;
    };
    let mut template = bare(log, id, path, &fields, &approval);
    template.rendered.clone_from(rendered);
    template.types.clone_from(&names);
    for (name, value) in types.all() {
        let type_path = Path::Field(&types_path, name);
        match content_type::find(name) {
            None => log.note(type_path.fault("unknown-type", "no document lists this type")),
            Some(row) if *name == *rendered => parts(log, &type_path, value, row, &mut template)?,
            Some(_) => {}
        }
    }
    template.variables = required(log, path, &fields, &template);
    Some(template)
}

/// Everything but types, texts and variables.
fn bare(log: &mut Log, id: &str, path: &Path<'_>, fields: &Fields<'_>, approval: &Fields<'_>) -> Template {
    let name = log.text(fields, "friendly_name").or_else(|| log.text(approval, "name")).unwrap_or(id);
    let mut template = Template::new(Provider::Twilio, id, name, &language(log, path, fields));
    template.category = category(log, approval);
    template.status = log.word(approval, "status", Status::from_name).unwrap_or(Status::Unknown);
    template.rejection_reason = log.text(approval, "rejection_reason").map(str::to_owned);
    template.audiences = log.audiences(fields);
    template.updated_at = updated_at(log, fields);
    template
}

fn language(log: &mut Log, path: &Path<'_>, fields: &Fields<'_>) -> String {
    let language = log.text(fields, "language");
    if language.is_none() {
        log.note(Path::Field(path, "language").fault(
            "missing-field",
            "without a language the template cannot be offered to the right customer",
        ));
    }
    language.unwrap_or("und").to_owned()
}

fn category(log: &mut Log, approval: &Fields<'_>) -> Category {
    // The word of before April 2023 for what is now utility.
    if log.text(approval, "category").is_some_and(|word| word.eq_ignore_ascii_case("transactional")) {
        return Category::Utility;
    }
    log.word(approval, "category", Category::from_name).unwrap_or(Category::Unknown)
}

fn updated_at(log: &mut Log, fields: &Fields<'_>) -> Option<Instant> {
    let read = fields.optional("date_updated", |path, value| {
        Instant::parse(path.text(value)?).map_err(|error| path.fault(error.code(), error.message()))
    });
    log.keep(read).flatten()
}

/// The names in all strings of all types (those that are rendered come first), and those that a type implies;
/// samples are joined by name.
fn required(log: &mut Log, path: &Path<'_>, fields: &Fields<'_>, template: &Template) -> Vec<Variable> {
    let mut names = template.placeholder_names();
    let implied =
        template.types.iter().filter_map(|name| content_type::find(name)).flat_map(|row| row.implied);
    names.extend(implied.map(|name| (*name).to_owned()));
    let mut others = Names::default();
    if let Some(types) = fields.get("types") {
        each_string(&Path::Field(path, "types"), types, &mut |path, text| {
            let scan = placeholder::scan(text);
            if !scan.malformed.is_empty() {
                log.note(path.fault(
                    "malformed-placeholder",
                    "double braces that are no placeholder are kept as text",
                ));
            }
            scan.found.iter().for_each(|found| _ = others.is_new(&found.name));
        });
    }
    names.extend(others.iter().map(|(name, _)| name.to_owned()));
    let samples_path = Path::Field(path, "variables");
    let samples = fields.get("variables").and_then(|value| log.open(&samples_path, value));
    let mut known = Values::default();
    for (name, value) in samples.iter().flat_map(Fields::all).filter(|(_, value)| *value != Value::Null) {
        let path = Path::Field(&samples_path, name);
        if let Some(sample) = log.keep(path.text(value)) {
            known.add(name, sample);
        }
    }
    let variables = variables(Provider::Twilio, names, &known);
    if variables.len() > MAX_VARIABLES {
        log.note(samples_path.fault("too-many-variables", "more than 100 variables"));
    }
    variables
}

/// Most variables of a template (<https://www.twilio.com/docs/content/using-variables-with-content-api>).
const MAX_VARIABLES: usize = 100;

/// Fills in header, body, footer, buttons and cards; `None` if a field that the type requires is missing.
fn parts(
    log: &mut Log,
    path: &Path<'_>,
    value: &Value,
    row: &ContentType,
    template: &mut Template,
) -> Option<()> {
    let fields = log.open(path, value)?;
    for name in row.required {
        log.keep(fields.required(name, |path, value| match *name {
            "actions" | "cards" | "items" => path.list(value).map(|_| ()),
            "media" | "latitude" | "longitude" => Ok(()),
            _ => path.text(value).map(|_| ()),
        }))?;
    }
    let body = row.body.iter().copied().find(|name| log.text(&fields, name).is_some());
    template.header = header(log, &fields, row, body);
    template.body = body.and_then(|name| log.template_text(&fields, name));
    template.footer = row.footer.and_then(|name| log.template_text(&fields, name));
    template.buttons = buttons(log, path, &fields, row);
    if let Some(name) = row.cards {
        let list = Path::Field(path, name);
        let cards = log.list(&fields, name).iter().enumerate();
        template.cards =
            cards.filter_map(|(index, value)| card(log, &Path::Index(&list, index), value)).collect();
    }
    Some(())
}

/// The header's file and words. `body` is the field that the body was read from.
fn header(log: &mut Log, fields: &Fields<'_>, row: &ContentType, body: Option<&str>) -> Option<Header> {
    let media = row.media.and_then(|name| media(log, fields, name));
    let text = row.header.filter(|name| Some(*name) != body).and_then(|name| log.template_text(fields, name));
    let kind = match &media {
        Some(media) => content_type::file_kind(&media.text).unwrap_or(HeaderKind::Media),
        None if row.name == LOCATION => HeaderKind::Location,
        None if text.is_none() => return None,
        None => HeaderKind::Text,
    };
    Some(Header { kind, text, media })
}

/// The single button that a type has, and its actions.
fn buttons(log: &mut Log, path: &Path<'_>, fields: &Fields<'_>, row: &ContentType) -> Vec<Button> {
    let mut buttons = Vec::new();
    if let Some((kind, name)) = row.button
        && let Some(title) = log.text(fields, name)
    {
        buttons.push(Button { kind, title: Text::from(title), target: None });
    }
    buttons.append(&mut actions(log, path, fields));
    // What stands in no text of its own is what its button copies.
    if let Some(name) = row.implied.first() {
        for button in buttons.iter_mut().filter(|button| button.kind == ButtonKind::CopyCode) {
            button.target.get_or_insert_with(|| Text::from(["{{", name, "}}"].concat().as_str()));
        }
    }
    buttons
}

const LOCATION: &str = "twilio/location";

/// A card of a carousel, a row of a list, an item of a catalogue: their fields differ in name alone.
fn card(log: &mut Log, path: &Path<'_>, value: &Value) -> Option<Card> {
    let fields = log.open(path, value)?;
    let mut first = |names: [&str; 3]| names.iter().find_map(|name| log.template_text(&fields, name));
    let title = first(["title", "item", "name"]);
    let body = first(["body", "description", ""]);
    let media = media(log, &fields, "media").or_else(|| media(log, &fields, "media_url"));
    Some(Card { title, body, media, buttons: actions(log, path, &fields) })
}

/// The address of a file: a string, or the first of an array (WhatsApp shows one).
fn media(log: &mut Log, fields: &Fields<'_>, name: &str) -> Option<Text> {
    let read = fields.optional(name, |path, value| match value {
        Value::List(items) => items.first().map(|item| Path::Index(path, 0).text(item)).transpose(),
        value => path.text(value).map(Some),
    });
    log.keep(read).flatten().flatten().filter(|text| !text.is_empty()).map(Text::from)
}

fn actions(log: &mut Log, path: &Path<'_>, fields: &Fields<'_>) -> Vec<Button> {
    let list = Path::Field(path, "actions");
    let actions = log.list(fields, "actions").iter().enumerate();
    actions.filter_map(|(index, value)| action(log, &Path::Index(&list, index), value)).collect()
}

/// The word of `actions[].type` and what it does, with the field of its target.
const ACTIONS: &[(&str, ButtonKind, Option<&str>)] = &[
    ("QUICK_REPLY", ButtonKind::QuickReply, None),
    ("URL", ButtonKind::Url, Some("url")),
    ("PHONE_NUMBER", ButtonKind::Phone, Some("phone")),
    ("COPY_CODE", ButtonKind::CopyCode, Some("code")),
    ("VOICE_CALL", ButtonKind::Call, None),
    ("VOICE_CALL_REQUEST", ButtonKind::Call, None),
];

fn action(log: &mut Log, path: &Path<'_>, value: &Value) -> Option<Button> {
    let fields = log.open(path, value)?;
    // A quick reply needs no `type`.
    let word = log.text(&fields, "type").unwrap_or("QUICK_REPLY");
    let row = ACTIONS.iter().find(|(known, ..)| *known == word);
    if row.is_none() {
        log.note(Path::Field(path, "type").fault("unknown-name", "no document lists this word"));
    }
    let (kind, target) = row.map_or((ButtonKind::Other, None), |(_, kind, target)| (*kind, *target));
    let title =
        log.text(&fields, "title").or_else(|| log.text(&fields, "copy_code_text")).unwrap_or_default();
    // One page writes the address as an array of one.
    let target = target.and_then(|name| media(log, &fields, name));
    Some(Button { kind, title: Text::from(title), target })
}
