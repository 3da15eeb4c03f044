//! The whole form.

use super::credential::{check_sid, check_token};
use super::finding::{
    ACCOUNT_MISSING, ACCOUNT_OTHER, Field, Finding, MISSING, NUMBERS_NONE, Place, STREAM_MISSING,
};
use super::name::{check_name, same};
use super::number::Elsewhere;
use super::{number, template, url};
use core::fmt;

/// A channel as it was typed. Absent fields are empty.
#[derive(Clone, Default)]
pub struct Channel<'a> {
    /// What the channel is called.
    pub name: &'a str,
    /// `AC…`.
    pub account_sid: &'a str,
    /// Secret.
    pub auth_token: &'a str,
    /// Where Twilio posts what comes in; nothing before the platform has shown it.
    pub inbound_url: Option<&'a str>,
    /// Its numbers.
    pub numbers: Vec<Number<'a>>,
}

/// Any field may hold the token: people paste it into the wrong one.
impl fmt::Debug for Channel<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Channel(…)")
    }
}

/// A WhatsApp number as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Number<'a> {
    /// What the number is called.
    pub name: &'a str,
    /// The WhatsApp account it belongs to: the channel's name.
    pub account: &'a str,
    /// The number.
    pub number: &'a str,
    /// Who gets the messages.
    pub work_stream: &'a str,
    /// Templates that may be sent from it.
    pub templates: Vec<Template<'a>>,
}

/// A template as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Template<'a> {
    /// `HX…`.
    pub content_sid: &'a str,
    /// Its one language.
    pub language: &'a str,
}

/// Another channel of the same platform.
#[derive(Clone, Debug, Default)]
pub struct Other<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Its numbers.
    pub numbers: Vec<&'a str>,
}

/// Everything wrong with a channel and its numbers, in the order of the form.
///
/// `shown` is the inbound URL that the platform shows, where it is known.
///
/// ```
/// use reply_window::account::{Channel, check_channel};
/// let channel = Channel { account_sid: "SK0123456789abcdef0123456789abcdef", ..Channel::default() };
/// assert!(check_channel(&channel, &[], None).iter().any(|finding| finding.rule.code == "is-api-key"));
/// ```
#[must_use]
pub fn check_channel<'a>(
    channel: &Channel<'a>,
    others: &[Other<'a>],
    shown: Option<&str>,
) -> Vec<Finding<'a>> {
    let mut all = Vec::new();
    let top = Place::default();
    check_name(
        &mut Field::new(top, "name", channel.name, &mut all),
        &MISSING,
        others.iter().map(|other| other.name),
    );
    check_sid(&mut Field::new(top, "accountSid", channel.account_sid, &mut all), "AC");
    check_token(&mut Field::new(top, "authToken", channel.auth_token, &mut all));
    if let Some(text) = channel.inbound_url {
        url::check_url(&mut Field::new(top, "inboundUrl", text, &mut all), channel.auth_token, shown);
    }
    if channel.numbers.is_empty() {
        Field::new(top, "numbers", "", &mut all).whole(&NUMBERS_NONE, None);
    }
    for (index, number) in channel.numbers.iter().enumerate() {
        check_one(number, channel, others, Some(index), &mut all);
    }
    all
}

/// Everything wrong with one number. `index` is its place among the channel's numbers, where it is one of them already;
/// the findings' places have no number.
#[must_use]
pub fn check_number<'a>(
    number: &Number<'a>,
    channel: &Channel<'a>,
    others: &[Other<'a>],
    index: Option<usize>,
) -> Vec<Finding<'a>> {
    let mut findings = Vec::new();
    check_one(number, channel, others, index, &mut findings);
    for finding in &mut findings {
        finding.place.number = None;
    }
    findings
}

/// The URL that Twilio signs: the inbound URL without a fragment. Nothing where it cannot be one.
#[must_use]
pub fn signed_url<'a>(channel: &Channel<'a>) -> Option<&'a str> {
    channel.inbound_url.and_then(url::signed)
}

fn check_one<'a>(
    number: &Number<'a>,
    channel: &Channel<'a>,
    others: &[Other<'a>],
    index: Option<usize>,
    all: &mut Vec<Finding<'a>>,
) {
    let place = Place { number: index, ..Place::default() };
    let siblings =
        || channel.numbers.iter().enumerate().filter(|(at, _)| Some(*at) != index).map(|(_, one)| one);
    check_name(&mut Field::new(place, "name", number.name, all), &MISSING, siblings().map(|one| one.name));
    check_account(&mut Field::new(place, "account", number.account, all), channel.name);
    let elsewhere = Elsewhere {
        here: siblings().map(|one| one.number).collect(),
        others: others.iter().flat_map(|other| other.numbers.iter().copied()).collect(),
    };
    number::check_number(&mut Field::new(place, "number", number.number, all), &elsewhere);
    check_name(
        &mut Field::new(place, "workStream", number.work_stream, all),
        &STREAM_MISSING,
        [].into_iter(),
    );
    for (at, one) in number.templates.iter().enumerate() {
        let place = Place { template: Some(at), ..place };
        let earlier = number.templates.iter().take(at).map(|other| other.content_sid);
        template::check_content(&mut Field::new(place, "contentSid", one.content_sid, all), earlier);
        template::check_language(&mut Field::new(place, "language", one.language, all));
    }
}

fn check_account(field: &mut Field<'_, '_>, channel: &str) {
    let known = Some(channel.trim()).filter(|name| !name.is_empty()).map(str::to_owned);
    let before = field.findings.len();
    check_name(field, &ACCOUNT_MISSING, [].into_iter());
    if let Some(last) = field.findings.get_mut(before).filter(|last| last.rule.code == ACCOUNT_MISSING.code) {
        last.repair = known;
    } else if field.findings.len() == before && known.is_some() && !same(field.text, channel) {
        field.whole(&ACCOUNT_OTHER, known);
    }
}
