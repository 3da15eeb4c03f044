//! What is told of a template that a provider refused lately.

use super::{Remark, remark};
use crate::provider_error::Refusal;

/// The remark for a refusal.
#[must_use]
pub const fn refused(refusal: Refusal) -> Remark {
    match refusal {
        Refusal::NotFound => {
            remark("refused-not-found", "the provider did not find it lately: deleted, or another account's")
        }
        Refusal::Rejected => remark("refused-rejected", "the provider refused it lately: rejected"),
        Refusal::Disabled => remark("refused-disabled", "the provider refused it lately: disabled"),
        Refusal::Paused => remark("refused-paused", "the provider refused it lately: paused"),
        Refusal::MarketingCap => remark(
            "refused-marketing-cap",
            "WhatsApp chose not to deliver it; wait 24 hours before another attempt",
        ),
        Refusal::Language => {
            remark("refused-language", "the provider did not find it in this language lately")
        }
        Refusal::Parameters => {
            remark("refused-parameters", "the provider refused its values lately; read the templates anew")
        }
        Refusal::Policy => remark("refused-policy", "the provider refused its content lately"),
        Refusal::Flow => {
            remark("refused-flow", "the provider refused its form lately: blocked, or sent too often")
        }
    }
}
