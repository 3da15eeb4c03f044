//! What a provider's refusal says: of the window, of a template, of the customer; and what an agent is to be told.
//!
//! Sources: <https://www.twilio.com/docs/api/errors>, and
//! <https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes>.

use super::{Remark, remark};
use crate::event::names;

/// Whom it holds for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concern {
    /// The window of this customer.
    Window,
    /// This customer: others may still be sent the same.
    Customer,
    /// The template, whoever it is sent to.
    Template,
    /// This message with these values.
    Message,
}

names!(Concern { Window = "window", Customer = "customer", Template = "template", Message = "message" });

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
    /// Whom it holds for.
    pub concerns: Concern,
    /// What it affects.
    pub effect: Effect,
}

const fn verdict(code: u32, concerns: Concern, effect: Effect) -> Verdict {
    Verdict { code, concerns, effect }
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
    verdict(21_656, Concern::Message, Effect::Note(PARAMETERS)),
    verdict(63_013, Concern::Message, Effect::Note(POLICY)),
    verdict(63_016, Concern::Window, Effect::Window),
    verdict(63_027, Concern::Template, Effect::Note(LANGUAGE)),
    verdict(63_028, Concern::Template, Effect::Note(PARAMETERS)),
    verdict(63_030, Concern::Template, Effect::Note(PARAMETERS)),
    verdict(63_040, Concern::Template, Effect::TemplateGone(REJECTED)),
    verdict(63_041, Concern::Template, Effect::TemplateFor(6, PAUSED)),
    verdict(63_042, Concern::Template, Effect::TemplateGone(DISABLED)),
    verdict(63_049, Concern::Customer, Effect::TemplateFor(24, CAPPED)),
    verdict(63_050, Concern::Customer, Effect::OptOut),
    verdict(131_047, Concern::Window, Effect::Window),
    verdict(131_049, Concern::Customer, Effect::TemplateFor(24, CAPPED)),
    verdict(131_050, Concern::Customer, Effect::OptOut),
    verdict(132_000, Concern::Template, Effect::Note(PARAMETERS)),
    verdict(132_001, Concern::Template, Effect::Note(LANGUAGE)),
    verdict(132_007, Concern::Template, Effect::Note(POLICY)),
    verdict(132_012, Concern::Message, Effect::Note(PARAMETERS)),
    verdict(132_015, Concern::Template, Effect::TemplateFor(6, PAUSED)),
    verdict(132_016, Concern::Template, Effect::TemplateGone(DISABLED)),
];

/// What that code says.
#[must_use]
pub fn find(code: u32) -> Option<&'static Verdict> {
    VERDICTS.iter().find(|verdict| verdict.code == code)
}

/// What an agent is to be told of a code, by the name of the sentence.
pub const MEANINGS: &[(&str, &[u32])] = &[
    // a free reply was refused: the window is closed
    ("window", &[63_016, 63_052, 131_047]),
    // a fault of the provider's that may pass
    ("later", &[1, 2, 63_010, 63_012, 63_029, 131_000, 131_016, 131_057, 133_004]),
    // a limit on sending
    ("limit", &[4, 20_429, 63_018, 63_038, 80_007, 130_429, 131_048, 131_056, 132_069]),
    // the account, its credentials or its number
    (
        "admin",
        &[
            0, 3, 10, 33, 190, 368, 20_003, 21_654, 63_001, 63_007, 63_020, 63_051, 63_062, 130_497, 131_005,
            131_031, 131_037, 131_042, 131_045, 131_064, 133_010, 134_011,
        ],
    ),
    // the customer cannot be reached on the channel
    ("recipient", &[21_211, 21_910, 63_003, 63_015, 63_024, 63_031, 63_036, 131_021, 131_026, 131_062]),
    // the customer takes no messages from this business
    ("stop", &[21_610, 63_014, 63_033]),
    // WhatsApp chose not to deliver
    ("cap", &[63_032, 63_049, 130_472, 131_049]),
    // the customer stopped marketing
    ("optout", &[63_050, 131_050]),
    // the template is not there, or may not be sent
    ("template", &[50_528, 63_027, 63_040, 63_041, 63_042, 92_005, 132_001, 132_015, 132_016, 132_068]),
    // the values do not fit the template
    ("values", &[21_656, 63_028, 63_030, 90_025, 131_008, 131_009, 132_000, 132_012, 132_018]),
    // the text is too long
    ("long", &[21_617, 21_658, 63_021, 132_005]),
    // the content was refused
    ("content", &[63_005, 63_013, 131_051, 132_007]),
    // a file could not be fetched or is too large
    ("media", &[11_751, 21_619, 21_620, 63_019, 63_034, 131_052, 131_053]),
    // it was sent before
    ("duplicate", &[63_025]),
];

/// The name of the sentence for a code; `unknown` where no table has it.
///
/// ```
/// use reply_window::template::verdicts::meaning;
/// assert_eq!((meaning(63_049), meaning(7)), ("cap", "unknown"));
/// ```
#[must_use]
pub fn meaning(code: u32) -> &'static str {
    let row = MEANINGS.iter().find(|(_, codes)| codes.contains(&code));
    row.map_or("unknown", |(name, _)| name)
}
