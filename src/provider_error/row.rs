//! One row of the table, and how it is written.

use super::terms::{Action, Concern, Refusal, Retry};
use crate::dated::{Day, READ, READ_ANEW};
use crate::event::Provider;

/// What a code does to the template that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplateEffect {
    /// Nothing.
    Unchanged,
    /// It cannot be sent until it is read anew from the provider.
    Gone(Refusal),
    /// It cannot be sent for that many hours.
    For(u16, Refusal),
    /// Worth telling; another attempt may succeed.
    Noted(Refusal),
    /// No marketing template may be sent to this customer.
    MarketingStopped,
}

/// Where it is written what a code means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// In the provider's list of error codes.
    ErrorList,
    /// On another page of the provider.
    Page(&'static str),
    /// In a public report; the provider's own page says nothing.
    Reported(&'static str),
    /// Nowhere: inferred from what it was seen beside.
    Inferred,
}

/// What one code means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The provider's number.
    pub code: u32,
    /// What happened, kebab-case.
    pub meaning: &'static str,
    /// What helps.
    pub action: Action,
    /// Whom it is about.
    pub concerns: Concern,
    /// Whether sending again can help.
    pub retry: Retry,
    /// Whether it proves that the reply window is closed.
    pub closes_window: bool,
    /// Whether no utility message may be sent without a template any more.
    pub stops_direct_send: bool,
    /// What it does to the template.
    pub template: TemplateEffect,
    /// Key of its sentences.
    pub sentence: &'static str,
    /// Where it is written.
    pub source: Source,
    /// When the row was compared with that.
    pub checked_on: Day,
    /// Since when the provider has it; none where it does not say.
    pub effective_from: Option<Day>,
}

/// A code of the provider's list that touches neither window nor template. Its sentence has the meaning's name.
pub(super) const fn row(
    code: u32,
    meaning: &'static str,
    action: Action,
    concerns: Concern,
    retry: Retry,
) -> Row {
    Row {
        code,
        meaning,
        action,
        concerns,
        retry,
        closes_window: false,
        stops_direct_send: false,
        template: TemplateEffect::Unchanged,
        sentence: meaning,
        source: Source::ErrorList,
        checked_on: READ,
        effective_from: None,
    }
}

impl Row {
    pub(super) const fn closing(self) -> Row {
        Row { closes_window: true, ..self }
    }

    pub(super) const fn stopping_direct_send(self) -> Row {
        Row { stops_direct_send: true, ..self }
    }

    pub(super) const fn template(self, template: TemplateEffect) -> Row {
        Row { template, ..self }
    }

    /// Said in the words of another meaning: to whom reads them it is the same.
    pub(super) const fn said(self, sentence: &'static str) -> Row {
        Row { sentence, ..self }
    }

    pub(super) const fn from(self, source: Source) -> Row {
        Row { source, ..self }
    }

    /// Of what came after the first reading.
    pub(super) const fn anew(self) -> Row {
        Row { checked_on: READ_ANEW, ..self }
    }

    pub(super) const fn since(self, day: Day) -> Row {
        Row { effective_from: Some(day), ..self }
    }

    /// The address of what it rests on; nothing where it is inferred.
    #[must_use]
    pub fn url(&self, provider: Provider) -> Option<String> {
        match (self.source, provider) {
            (Source::ErrorList, Provider::Twilio) => {
                Some(format!("https://www.twilio.com/docs/api/errors/{}", self.code))
            }
            (Source::ErrorList, Provider::Meta) => Some(
                "https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes"
                    .to_owned(),
            ),
            (Source::Page(url) | Source::Reported(url), _) => Some(url.to_owned()),
            (Source::Inferred, _) => None,
        }
    }
}
