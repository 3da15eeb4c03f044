//! Twilio's codes, by number. A code that means the same as one of Meta's has the same meaning there
//! (<https://www.twilio.com/docs/whatsapp/api/error-code-mapping>).

use super::row::{Row, Source, TemplateEffect, row};
use super::terms::{Action, Concern, Refusal, Retry};
use Action::*;
use Concern::{Account, Customer, Message, Provider, Template, Window};
use Retry::{After24h, AfterChange, BackOff, No, OnceLater};
use TemplateEffect::{For, Gone, MarketingStopped, Noted};

const GONE: TemplateEffect = Gone(Refusal::NotFound);
const VALUES: TemplateEffect = Noted(Refusal::Parameters);

pub const ROWS: &[Row] = &[
    row(11_751, "media-too-large", ShrinkMedia, Message, AfterChange),
    row(20_003, "authentication", AlertAdmin, Account, No),
    row(20_005, "account-not-active", AlertAdmin, Account, No),
    row(20_006, "permission-missing", AlertAdmin, Account, No),
    row(20_008, "test-credentials", AlertAdmin, Account, No),
    row(20_403, "permission-missing", AlertAdmin, Account, No),
    row(20_404, "resource-not-found", ReportBug, Message, No),
    // Such a request was not processed: https://www.twilio.com/docs/api/errors/20429
    row(20_429, "account-rate-limit", Wait, Account, BackOff).said("rate-limit"),
    row(21_211, "recipient-invalid", FixContact, Customer, AfterChange),
    row(21_610, "recipient-unsubscribed", Stop, Customer, No),
    row(21_617, "text-too-long", SplitText, Message, AfterChange),
    row(21_619, "text-or-media-missing", FixMessage, Message, AfterChange),
    row(21_620, "media-address-invalid", FixMessage, Message, AfterChange),
    row(21_654, "content-sid-required", ReportBug, Message, No),
    row(21_655, "content-sid-not-found", RefreshTemplates, Template, AfterChange).template(GONE),
    row(21_656, "variables-invalid", FixValues, Message, AfterChange).template(VALUES),
    row(21_658, "parameter-too-long", ShortenValues, Message, AfterChange),
    row(21_910, "channels-differ", FixContact, Customer, AfterChange),
    row(50_526, "content-sid-not-found", RefreshTemplates, Template, AfterChange).template(GONE),
    row(50_528, "content-sid-not-found", RefreshTemplates, Template, AfterChange).template(GONE),
    row(63_001, "channel-authentication", AlertAdmin, Account, No),
    row(63_003, "recipient-not-found", OtherChannel, Customer, No),
    row(63_005, "content-not-accepted", ChangeMessage, Message, AfterChange),
    row(63_007, "sender-unknown", AlertAdmin, Account, No),
    row(63_010, "provider-internal-error", TryAgain, Provider, OnceLater),
    row(63_012, "channel-internal-error", TryAgain, Provider, OnceLater),
    row(63_013, "policy-violation", TellSupervisor, Message, No).template(Noted(Refusal::Policy)),
    row(63_014, "blocked-by-recipient", Stop, Customer, No),
    row(63_015, "sandbox-not-joined", JoinSandbox, Customer, AfterChange),
    row(63_016, "outside-window", UseTemplate, Window, No).closing(),
    row(63_018, "rate-limit", Wait, Account, BackOff),
    row(63_019, "media-download-failed", FixMedia, Message, AfterChange),
    row(63_020, "business-invitation-not-accepted", AlertAdmin, Account, No),
    row(63_021, "content-invalid", ShortenValues, Message, AfterChange),
    row(63_024, "recipient-not-on-channel", OtherChannel, Customer, No),
    row(63_025, "duplicate-request", CheckLog, Message, No),
    row(63_027, "template-not-in-language", OtherLanguage, Template, AfterChange)
        .template(Noted(Refusal::Language)),
    row(63_028, "variable-count-mismatch", RefreshTemplates, Template, AfterChange).template(VALUES),
    row(63_029, "template-not-received", TryAgain, Customer, OnceLater),
    row(63_030, "parameter-not-supported", RefreshTemplates, Template, AfterChange).template(VALUES),
    row(63_031, "sender-is-recipient", FixContact, Customer, AfterChange),
    row(63_032, "recipient-in-experiment", LeaveIt, Customer, No),
    row(63_033, "recipient-refuses-messages", Stop, Customer, No),
    row(63_034, "media-too-large", ShrinkMedia, Message, AfterChange),
    row(63_036, "recipient-not-reachable-by-rcs", OtherChannel, Customer, No),
    row(63_038, "account-daily-limit", AlertAdmin, Account, After24h),
    row(63_040, "template-rejected", HideTemplate, Template, No).template(Gone(Refusal::Rejected)),
    // The longest pause is six hours; after a third one the template is disabled.
    row(63_041, "template-paused", HideTemplate, Template, No).template(For(6, Refusal::Paused)),
    row(63_042, "template-disabled", HideTemplate, Template, No).template(Gone(Refusal::Disabled)),
    row(63_049, "held-back-by-meta", Wait, Customer, After24h).template(For(24, Refusal::MarketingCap)),
    // Seen beside 63049 in public lists; its own page was not read.
    row(63_050, "marketing-stopped", StopMarketing, Customer, No)
        .template(MarketingStopped)
        .from(Source::Inferred),
    row(63_051, "account-locked", AlertAdmin, Account, No),
    row(63_052, "body-matched-templates-ended", UseContentSid, Message, AfterChange),
    row(63_062, "marketing-terms-not-accepted", AlertAdmin, Account, No),
    row(90_025, "placeholder-not-supported", TellTemplateAuthor, Template, No),
    row(92_005, "content-sid-not-found", RefreshTemplates, Template, AfterChange).template(GONE),
    row(92_006, "content-sid-not-found", RefreshTemplates, Template, AfterChange).template(GONE),
];
