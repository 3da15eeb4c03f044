//! The templates that an organisation of Dynamics 365 can send by its own outbound messages.
//!
//! An outbound configuration names one message template; the message template's name or text names the template at Twilio by its Content
//! SID, as Microsoft asks for since April 2025. What a text holds besides is offered as it stands: Twilio's own placeholders are asked for,
//! and a text with Dynamics' own slugs is not, because who fills them is not documented.
//!
//! Sources: <https://learn.microsoft.com/en-us/dynamics365/customer-service/develop/reference/entities/msdyn_ocoutboundconfiguration>,
//! `…/msdyn_ocsystemmessage`, <https://learn.microsoft.com/en-us/dynamics365/customer-service/administer/outbound-messaging>.

use super::dataverse::{Ignored, guid};
use crate::data::Value;
use crate::event::Provider;
use crate::template::Template;
use crate::template::model::{Status, Text, variables};
use crate::template::name_index::Values;

/// What can be sent, and by which configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outbound {
    /// Of each Content SID the configuration that sends it, in the order of the rows.
    pub configurations: Vec<(String, String)>,
    /// Those whose text stands in Dynamics.
    pub templates: Vec<Template>,
    /// Rows that say nothing of use, and why: `row-without-id`, `message-missing`, `content-sid-missing`, `duplicate-content-sid`,
    /// `text-missing`, `text-with-slugs`. Those of the last two can be sent all the same.
    pub ignored: Vec<Ignored>,
}

/// Reads rows of `msdyn_ocoutboundconfiguration` and of `msdyn_ocsystemmessage`.
#[must_use]
pub fn outbound(configurations: &[Value], messages: &[Value]) -> Outbound {
    let mut found = Outbound::default();
    for row in configurations {
        let id = row.text("msdyn_ocoutboundconfigurationid").and_then(guid);
        if let Err(code) = found.add(row, id.as_deref(), messages) {
            found.ignored.push(Ignored { id: id.unwrap_or_default(), code });
        }
    }
    found
}

impl Outbound {
    fn add(&mut self, row: &Value, id: Option<&str>, messages: &[Value]) -> Result<(), &'static str> {
        let id = id.ok_or("row-without-id")?;
        let wanted = row.text("_msdyn_messagetemplate_value").and_then(guid).ok_or("message-missing")?;
        let is_wanted = |message: &&Value| {
            message.text("msdyn_ocsystemmessageid").and_then(guid).as_deref() == Some(wanted.as_str())
        };
        let message = messages.iter().find(is_wanted).ok_or("message-missing")?;
        let (name, text) = (message.text("msdyn_name"), message.text("msdyn_messagetext"));
        let sid = name.and_then(content_sid).or_else(|| text.and_then(content_sid));
        let sid = sid.ok_or("content-sid-missing")?;
        // Two configurations may differ in the number they send from: which is meant nobody knows here, so the first row is kept.
        if self.configurations.iter().any(|(other, _)| other == sid) {
            return Err("duplicate-content-sid");
        }
        self.configurations.push((sid.to_owned(), id.to_owned()));
        self.templates.push(template(sid, row.text("msdyn_name").or(name), text.unwrap_or_default())?);
        Ok(())
    }
}

/// A Content SID that stands in a text by itself, as a word.
fn content_sid(text: &str) -> Option<&str> {
    text.split(|letter: char| !letter.is_ascii_alphanumeric()).find(|word| {
        let digits = word.strip_prefix("HX").unwrap_or_default();
        digits.len() == 32 && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    })
}

/// Of a template nothing else is known, not even its language. An active configuration is the administrator's word that it may be sent:
/// whether Meta approved it nobody learns here.
fn template(sid: &str, name: Option<&str>, text: &str) -> Result<Template, &'static str> {
    let text = text.replace(sid, "");
    let text = text.trim();
    if text.is_empty() {
        return Err("text-missing");
    }
    let body = Text::from(text);
    if body.malformed || has_slug(text) {
        return Err("text-with-slugs");
    }
    let mut template = Template::new(Provider::Twilio, sid, name.unwrap_or(sid), "und");
    "twilio/text".clone_into(&mut template.rendered);
    template.types.push(template.rendered.clone());
    template.status = Status::Approved;
    template.body = Some(body);
    template.variables = variables(Provider::Twilio, template.placeholder_names(), &Values::default());
    Ok(template)
}

/// Whether a brace stands there that is none of Twilio's pair, as in `{CustomerName}`.
fn has_slug(text: &str) -> bool {
    let bytes = text.as_bytes();
    let at = |place: usize| bytes.get(place).copied();
    (0..bytes.len()).any(|place| {
        at(place) == Some(b'{')
            && at(place.wrapping_add(1)) != Some(b'{')
            && at(place.wrapping_sub(1)) != Some(b'{')
    })
}
