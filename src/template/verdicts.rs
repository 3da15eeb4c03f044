//! What a provider's refusal says of a template or of the window.
//!
//! Sources: <https://www.twilio.com/docs/api/errors>, and
//! <https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes>.

use super::{Remark, remark};

/// What it affects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The window is closed, whatever the clock says.
    Window,
    /// The template cannot be sent until it is read anew from the provider.
    TemplateGone(Remark),
    /// The template cannot be sent for that many hours.
    TemplateFor(u16, Remark),
    /// The customer stopped marketing.
    OptOut,
    /// Worth telling; another attempt may succeed.
    Note(Remark),
}

/// One error code.
#[derive(Debug)]
pub struct Verdict {
    /// The provider's code.
    pub code: u32,
    /// What it affects.
    pub effect: Effect,
}

const fn verdict(code: u32, effect: Effect) -> Verdict {
    Verdict { code, effect }
}

const REJECTED: Remark = remark("refused-rejected", "the provider refused it lately: rejected");
const DISABLED: Remark = remark("refused-disabled", "the provider refused it lately: disabled");
// The longest pause is six hours; after a third one the template is disabled.
const PAUSED: Remark = remark("refused-paused", "the provider refused it lately: paused");
const CAPPED: Remark =
    remark("refused-marketing-cap", "WhatsApp chose not to deliver it; wait 24 hours before another attempt");
const LANGUAGE: Remark = remark("refused-language", "the provider did not find it in this language lately");
const PARAMETERS: Remark =
    remark("refused-parameters", "the provider refused its values lately; read the templates anew");
const POLICY: Remark = remark("refused-policy", "the provider refused its content lately");

/// Every code that says something of a template or the window, ascending.
pub const VERDICTS: &[Verdict] = &[
    verdict(21_656, Effect::Note(PARAMETERS)),
    verdict(63_013, Effect::Note(POLICY)),
    verdict(63_016, Effect::Window),
    verdict(63_027, Effect::Note(LANGUAGE)),
    verdict(63_028, Effect::Note(PARAMETERS)),
    verdict(63_030, Effect::Note(PARAMETERS)),
    verdict(63_040, Effect::TemplateGone(REJECTED)),
    verdict(63_041, Effect::TemplateFor(6, PAUSED)),
    verdict(63_042, Effect::TemplateGone(DISABLED)),
    verdict(63_049, Effect::TemplateFor(24, CAPPED)),
    verdict(63_050, Effect::OptOut),
    verdict(131_047, Effect::Window),
    verdict(131_049, Effect::TemplateFor(24, CAPPED)),
    verdict(131_050, Effect::OptOut),
    verdict(132_000, Effect::Note(PARAMETERS)),
    verdict(132_001, Effect::Note(LANGUAGE)),
    verdict(132_007, Effect::Note(POLICY)),
    verdict(132_012, Effect::Note(PARAMETERS)),
    verdict(132_015, Effect::TemplateFor(6, PAUSED)),
    verdict(132_016, Effect::TemplateGone(DISABLED)),
];

/// What that code says.
#[must_use]
pub fn find(code: u32) -> Option<&'static Verdict> {
    VERDICTS.iter().find(|verdict| verdict.code == code)
}
