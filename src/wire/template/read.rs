//! The model as JavaScript hands it back. Placeholders are found anew in the texts: what is handed in for them is
//! not believed.

use crate::data::{Fault, Fields, Path, Value};
use crate::event::Provider;
use crate::provider::import::{bounded, names};
use crate::template::model::{
    Button, ButtonKind, Card, Category, Format, Header, HeaderKind, Status, Template, Text, variables,
};
use crate::template::name_index::Values;

const TEMPLATE: &[&str] = &[
    "id",
    "source",
    "format",
    "name",
    "language",
    "category",
    "status",
    "rejectionReason",
    "type",
    "types",
    "header",
    "body",
    "footer",
    "buttons",
    "cards",
    "variables",
    "audiences",
    "updatedAtMs",
];

/// A reader as a plain function: each kind of thing is then compiled once, not once for each place it is read at.
type Read<T> = fn(&Path<'_>, &Value) -> Result<T, Fault>;

#[inline(never)]
fn optional<T>(fields: &Fields<'_>, name: &str, read: Read<T>) -> Result<Option<T>, Fault> {
    fields.optional(name, read)
}

#[inline(never)]
fn list<T>(fields: &Fields<'_>, name: &str, read: Read<T>) -> Result<Vec<T>, Fault> {
    fields.required(name, |path, value| path.each(value, read))
}

/// A template.
pub fn template(path: &Path<'_>, value: &Value) -> Result<Template, Fault> {
    let fields = Fields::open(path, value, TEMPLATE)?;
    bounded(path, value)?;
    let source = fields.name("source", Provider::NAMES)?;
    let mut template =
        Template::new(source, fields.text("id")?, fields.text("name")?, fields.text("language")?);
    template.format = fields.optional_name("format", Format::NAMES)?;
    template.category = fields.name("category", Category::NAMES)?;
    template.status = fields.name("status", Status::NAMES)?;
    template.rejection_reason = fields.optional_text("rejectionReason")?.map(str::to_owned);
    template.rendered = fields.text("type")?.to_owned();
    template.types = fields.required("types", names)?;
    template.audiences = optional(&fields, "audiences", names)?.unwrap_or_default();
    template.header = optional(&fields, "header", header)?;
    template.body = optional(&fields, "body", text)?;
    template.footer = optional(&fields, "footer", text)?;
    template.buttons = list(&fields, "buttons", button)?;
    template.cards = list(&fields, "cards", card)?;
    template.updated_at = fields.optional_instant("updatedAtMs")?;
    template.name_placeholders();
    let given = list(&fields, "variables", variable)?;
    complete(&mut template, &given);
    Ok(template)
}

/// The variables handed in, and any that the texts hold besides.
fn complete(template: &mut Template, given: &[(String, Option<String>)]) {
    let mut names: Vec<String> = given.iter().map(|(name, _)| name.clone()).collect();
    names.append(&mut template.placeholder_names());
    let mut samples = Values::default();
    for (name, sample) in given {
        sample.iter().for_each(|sample| samples.add(name, sample));
    }
    template.variables = variables(template.source, names, &samples);
}

fn variable(path: &Path<'_>, value: &Value) -> Result<(String, Option<String>), Fault> {
    let fields = Fields::open(path, value, &["name", "sample"])?;
    Ok((fields.text("name")?.to_owned(), fields.optional_text("sample")?.map(str::to_owned)))
}

fn text(path: &Path<'_>, value: &Value) -> Result<Text, Fault> {
    let fields = Fields::open(path, value, &["text", "placeholders"])?;
    fields.text("text").map(Text::from)
}

fn header(path: &Path<'_>, value: &Value) -> Result<Header, Fault> {
    let fields = Fields::open(path, value, &["kind", "text", "media"])?;
    Ok(Header {
        kind: fields.name("kind", HeaderKind::NAMES)?,
        text: optional(&fields, "text", text)?,
        media: optional(&fields, "media", text)?,
    })
}

fn button(path: &Path<'_>, value: &Value) -> Result<Button, Fault> {
    let fields = Fields::open(path, value, &["kind", "title", "target"])?;
    Ok(Button {
        kind: fields.name("kind", ButtonKind::NAMES)?,
        title: fields.required("title", text)?,
        target: optional(&fields, "target", text)?,
    })
}

fn card(path: &Path<'_>, value: &Value) -> Result<Card, Fault> {
    let fields = Fields::open(path, value, &["title", "body", "media", "buttons"])?;
    Ok(Card {
        title: optional(&fields, "title", text)?,
        body: optional(&fields, "body", text)?,
        media: optional(&fields, "media", text)?,
        buttons: list(&fields, "buttons", button)?,
    })
}
