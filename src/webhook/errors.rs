//! The providers' error codes: what each means and what a desk should do, as stable codes. Sentences are the reader's.
//!
//! Sources: `https://www.twilio.com/docs/api/errors/NNNNN` for Twilio,
//! <https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes> for Meta.

use crate::event::names;

/// Whose code it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the providers' own")]
pub enum Provider {
    Twilio,
    Meta,
}

names!(Provider { Twilio = "twilio", Meta = "meta" });

/// Whether sending the same again can help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// Never.
    No,
    /// After something was changed.
    AfterChange,
    /// Some time later.
    Later,
    /// Once, some time later.
    OnceLater,
    /// At ever longer intervals.
    BackOff,
    /// After a day at the earliest.
    After24h,
}

names!(Retry {
    No = "no", AfterChange = "after-change", Later = "later", OnceLater = "once-later", BackOff = "back-off",
    After24h = "after-24h",
});

/// What a code means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What happened, kebab-case.
    pub code: &'static str,
    /// What the desk should do, kebab-case.
    pub action: &'static str,
    /// Whether sending again can help.
    pub retry: Retry,
    /// Whether it proves that the reply window is closed.
    pub closes_window: bool,
}

/// Refused because the window was closed: Twilio <https://www.twilio.com/docs/api/errors/63016>, Meta 131047.
pub(crate) const OUT_OF_SESSION: [u32; 2] = [63016, 131_047];

type Row = (u32, &'static str, &'static str, Retry);

/// Looks a code up; nothing for one that no table has.
///
/// ```
/// use reply_window::webhook::errors::{explain, Provider};
/// assert!(explain(Provider::Twilio, 63016).is_some_and(|error| error.closes_window));
/// assert!(explain(Provider::Meta, 63016).is_none());
/// ```
#[must_use]
pub fn explain(provider: Provider, number: u32) -> Option<Explanation> {
    let table = if provider == Provider::Twilio { TWILIO } else { META };
    let row = match table.binary_search_by_key(&number, |row| row.0) {
        Ok(index) => table.get(index),
        // Meta documents its permission errors as a range.
        Err(_) if provider == Provider::Meta && (200..=299).contains(&number) => Some(&PERMISSION),
        Err(_) => None,
    };
    row.map(|(number, code, action, retry)| Explanation {
        code,
        action,
        retry: *retry,
        closes_window: OUT_OF_SESSION.contains(number),
    })
}

const PERMISSION: Row = (200, "permission-missing", "alert-admin", Retry::No);

/// By number.
const TWILIO: &[Row] = &[
    (11751, "media-too-large", "shrink-media", Retry::AfterChange),
    (21211, "recipient-invalid", "fix-contact", Retry::AfterChange),
    (21610, "recipient-unsubscribed", "stop", Retry::No),
    (21617, "text-too-long", "split-text", Retry::AfterChange),
    (21619, "text-or-media-missing", "fix-message", Retry::AfterChange),
    (21620, "media-address-invalid", "fix-message", Retry::AfterChange),
    (21654, "content-sid-required", "report-bug", Retry::No),
    (21656, "variables-invalid", "fix-values", Retry::AfterChange),
    (21658, "parameter-too-long", "shorten-values", Retry::AfterChange),
    (21910, "channels-differ", "fix-contact", Retry::AfterChange),
    (50528, "content-sid-not-found", "refresh-templates", Retry::AfterChange),
    (63001, "channel-authentication", "alert-admin", Retry::No),
    (63003, "recipient-not-found", "other-channel", Retry::No),
    (63005, "content-not-accepted", "change-message", Retry::AfterChange),
    (63007, "sender-unknown", "alert-admin", Retry::No),
    (63010, "provider-internal-error", "retry", Retry::OnceLater),
    (63012, "channel-internal-error", "retry", Retry::OnceLater),
    (63013, "policy-violation", "tell-supervisor", Retry::No),
    (63014, "blocked-by-recipient", "stop", Retry::No),
    (63015, "sandbox-not-joined", "join-sandbox", Retry::AfterChange),
    (63016, "outside-window", "use-template", Retry::No),
    (63018, "rate-limit", "wait", Retry::BackOff),
    (63019, "media-download-failed", "fix-media", Retry::AfterChange),
    (63020, "business-invitation-not-accepted", "alert-admin", Retry::No),
    (63021, "content-invalid", "shorten-values", Retry::AfterChange),
    (63024, "recipient-not-on-channel", "other-channel", Retry::No),
    (63025, "duplicate-request", "check-log", Retry::No),
    (63027, "template-not-in-language", "other-language", Retry::AfterChange),
    (63028, "variable-count-mismatch", "refresh-templates", Retry::AfterChange),
    (63029, "template-not-received", "retry", Retry::OnceLater),
    (63030, "parameter-not-supported", "refresh-templates", Retry::AfterChange),
    (63031, "sender-is-recipient", "fix-contact", Retry::AfterChange),
    (63032, "recipient-in-experiment", "leave-it", Retry::No),
    (63033, "recipient-refuses-messages", "stop", Retry::No),
    (63034, "media-too-large", "shrink-media", Retry::AfterChange),
    (63036, "recipient-not-reachable-by-rcs", "other-channel", Retry::No),
    (63038, "account-daily-limit", "alert-admin", Retry::After24h),
    (63040, "template-rejected", "hide-template", Retry::No),
    (63041, "template-paused", "hide-template", Retry::No),
    (63042, "template-disabled", "hide-template", Retry::No),
    (63049, "held-back-by-meta", "wait", Retry::After24h),
    (63050, "marketing-stopped", "stop-marketing", Retry::No),
    (63051, "account-locked", "alert-admin", Retry::No),
    (63052, "body-matched-templates-ended", "use-content-sid", Retry::AfterChange),
    (63062, "marketing-terms-not-accepted", "alert-admin", Retry::No),
    (90025, "placeholder-not-supported", "tell-template-author", Retry::No),
    (92005, "content-sid-not-found", "refresh-templates", Retry::AfterChange),
];

/// By number.
const META: &[Row] = &[
    (0, "authentication", "alert-admin", Retry::No),
    (1, "temporary-error", "retry", Retry::BackOff),
    (2, "temporary-error", "retry", Retry::BackOff),
    (3, "permission-missing", "alert-admin", Retry::No),
    (4, "application-rate-limit", "wait", Retry::BackOff),
    (10, "permission-missing", "alert-admin", Retry::No),
    (33, "business-number-deleted", "alert-admin", Retry::No),
    (100, "parameter-invalid", "report-bug", Retry::No),
    (190, "token-expired", "alert-admin", Retry::No),
    (368, "account-restricted", "alert-admin", Retry::No),
    (80007, "account-rate-limit", "wait", Retry::BackOff),
    (130_429, "throughput-limit", "wait", Retry::BackOff),
    (130_472, "recipient-in-experiment", "leave-it", Retry::No),
    (130_497, "country-not-allowed", "stop", Retry::No),
    (130_501, "group-message-not-supported", "change-message", Retry::AfterChange),
    (131_000, "temporary-error", "retry", Retry::BackOff),
    (131_005, "permission-missing", "alert-admin", Retry::No),
    (131_008, "parameter-missing", "report-bug", Retry::No),
    (131_009, "parameter-invalid", "report-bug", Retry::No),
    (131_016, "temporary-error", "retry", Retry::BackOff),
    (131_021, "sender-is-recipient", "fix-contact", Retry::AfterChange),
    (131_026, "undeliverable", "other-channel", Retry::No),
    (131_031, "account-locked", "alert-admin", Retry::No),
    (131_037, "display-name-not-approved", "alert-admin", Retry::No),
    (131_042, "payment-problem", "alert-admin", Retry::No),
    (131_045, "number-registration", "alert-admin", Retry::No),
    (131_047, "outside-window", "use-template", Retry::No),
    (131_048, "spam-rate-limit", "alert-admin", Retry::No),
    (131_049, "held-back-by-meta", "wait", Retry::After24h),
    (131_050, "marketing-stopped", "stop-marketing", Retry::No),
    (131_051, "message-type-not-supported", "change-message", Retry::AfterChange),
    (131_052, "media-download-failed", "fix-media", Retry::AfterChange),
    (131_053, "media-upload-failed", "fix-media", Retry::AfterChange),
    (131_056, "pair-rate-limit", "wait", Retry::BackOff),
    (131_057, "account-in-maintenance", "retry", Retry::Later),
    (131_062, "user-id-not-supported", "ask-for-number", Retry::AfterChange),
    (131_063, "marketing-routing", "leave-it", Retry::No),
    (131_064, "template-misclassification-limit", "alert-admin", Retry::No),
    (131_065, "marketing-max-price", "leave-it", Retry::No),
    (132_000, "variable-count-mismatch", "refresh-templates", Retry::AfterChange),
    (132_001, "template-not-in-language", "other-language", Retry::AfterChange),
    (132_005, "template-text-too-long", "shorten-values", Retry::AfterChange),
    (132_007, "policy-violation", "tell-supervisor", Retry::No),
    (132_012, "variable-format-mismatch", "fix-values", Retry::AfterChange),
    (132_015, "template-paused", "hide-template", Retry::No),
    (132_016, "template-disabled", "hide-template", Retry::No),
    (132_018, "variable-white-space", "fix-values", Retry::AfterChange),
    (132_068, "flow-blocked", "other-template", Retry::AfterChange),
    (132_069, "flow-throttled", "other-template", Retry::Later),
    (133_004, "temporary-error", "retry", Retry::BackOff),
    (133_010, "number-not-registered", "alert-admin", Retry::No),
    (134_011, "payment-terms-not-accepted", "alert-admin", Retry::No),
    (135_000, "parameter-error", "report-bug", Retry::No),
    (139_200, "direct-send-blocked", "use-template", Retry::No),
    (2_388_019, "too-many-templates", "alert-admin", Retry::No),
    (2_388_040, "template-too-long", "tell-template-author", Retry::No),
    (2_388_047, "template-header-format", "tell-template-author", Retry::No),
    (2_388_072, "template-body-format", "tell-template-author", Retry::No),
    (2_388_073, "template-footer-format", "tell-template-author", Retry::No),
    (2_388_293, "template-too-many-variables", "tell-template-author", Retry::No),
    (2_388_299, "template-variable-at-edge", "tell-template-author", Retry::No),
    (2_388_318, "direct-send-limit", "use-template", Retry::No),
    (2_388_330, "direct-send-limit", "use-template", Retry::No),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted_and_each_code_stands_once() {
        for table in [TWILIO, META] {
            assert!(table.windows(2).all(|pair| pair[0].0 < pair[1].0));
        }
    }

    #[test]
    fn only_two_codes_close_a_window() {
        let closing = |table: &[Row], provider| {
            let rows =
                table.iter().filter(|row| explain(provider, row.0).is_some_and(|error| error.closes_window));
            rows.map(|row| row.0).collect::<Vec<_>>()
        };
        assert_eq!(closing(TWILIO, Provider::Twilio), [63016]);
        assert_eq!(closing(META, Provider::Meta), [131_047]);
    }

    #[test]
    fn the_range_of_permissions_ends() {
        let code = |number| explain(Provider::Meta, number).map(|error| error.code);
        assert_eq!(
            [199, 200, 299, 300].map(code),
            [None, Some("permission-missing"), Some("permission-missing"), None]
        );
    }
}
