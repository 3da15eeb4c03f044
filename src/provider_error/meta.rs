//! Meta's codes, by number. Meta asks to rely on the code and its details, not on titles.

use super::row::{Row, Source, TemplateEffect, row};
use super::terms::{Action, Concern, Refusal, Retry};
use crate::dated::Day;
use Action::*;
use Concern::{Account, Customer, Message, Provider, Template, Window};
use Retry::{After24h, AfterChange, BackOff, Later, No};
use TemplateEffect::{For, Gone, MarketingStopped, Noted};

macro_rules! page {
    ($page:literal) => {
        Source::Page(concat!(
            "https://developers.facebook.com/documentation/business-messaging/whatsapp/",
            $page
        ))
    };
}

const USER_IDS: Source = page!("business-scoped-user-ids");
const CHANGELOG: Source = page!("changelog");
const DIRECT_SEND: Source = page!("direct-send");
const ROUTING: Source = page!("conversation-routing/thread-control");
const CLIENT_LIBRARY: Source = Source::Reported("https://github.com/froggy1014/meta-cloud-api");
/// General availability of utility messages without a template.
const DIRECT_SEND_DAY: Day = Day::of(2026, 7, 31);
const VALUES: TemplateEffect = Noted(Refusal::Parameters);

pub const ROWS: &[Row] = &[
    row(0, "authentication", AlertAdmin, Account, No),
    row(1, "temporary-error", TryAgain, Provider, BackOff),
    row(2, "temporary-error", TryAgain, Provider, BackOff),
    row(3, "permission-missing", AlertAdmin, Account, No),
    row(4, "application-rate-limit", Wait, Account, BackOff).said("rate-limit"),
    row(10, "permission-missing", AlertAdmin, Account, No),
    row(33, "business-number-deleted", AlertAdmin, Account, No),
    row(100, "parameter-invalid", ReportBug, Message, No).said("message-malformed"),
    row(190, "token-expired", AlertAdmin, Account, No),
    // Stands for 200 to 299.
    row(200, "permission-missing", AlertAdmin, Account, No),
    row(368, "account-restricted", AlertAdmin, Account, No),
    row(80_007, "account-rate-limit", Wait, Account, BackOff).said("rate-limit"),
    row(130_429, "throughput-limit", Wait, Account, BackOff).said("rate-limit"),
    row(130_472, "recipient-in-experiment", LeaveIt, Customer, No),
    row(130_497, "country-not-allowed", Stop, Customer, No),
    row(130_501, "group-message-not-supported", ChangeMessage, Message, AfterChange),
    row(131_000, "temporary-error", TryAgain, Provider, BackOff),
    row(131_005, "permission-missing", AlertAdmin, Account, No),
    row(131_008, "parameter-missing", ReportBug, Message, No).said("message-malformed"),
    row(131_009, "parameter-invalid", ReportBug, Message, No).said("message-malformed"),
    row(131_016, "temporary-error", TryAgain, Provider, BackOff),
    row(131_021, "sender-is-recipient", FixContact, Customer, AfterChange),
    row(131_026, "undeliverable", OtherChannel, Customer, No),
    // Only test numbers have such a list.
    row(131_030, "recipient-not-on-test-list", AllowRecipient, Customer, AfterChange),
    row(131_031, "account-locked", AlertAdmin, Account, No),
    row(131_037, "display-name-not-approved", AlertAdmin, Account, No),
    row(131_042, "payment-problem", AlertAdmin, Account, No),
    row(131_045, "number-registration", AlertAdmin, Account, No),
    row(131_047, "outside-window", UseTemplate, Window, No).closing(),
    row(131_048, "spam-rate-limit", AlertAdmin, Account, No),
    row(131_049, "held-back-by-meta", Wait, Customer, After24h).template(For(24, Refusal::MarketingCap)),
    row(131_050, "marketing-stopped", StopMarketing, Customer, No).template(MarketingStopped),
    row(131_051, "message-type-not-supported", ChangeMessage, Message, AfterChange),
    row(131_052, "media-download-failed", FixMedia, Message, AfterChange),
    row(131_053, "media-upload-failed", FixMedia, Message, AfterChange),
    row(131_056, "pair-rate-limit", Wait, Customer, BackOff),
    row(131_057, "account-in-maintenance", TryAgain, Account, Later),
    row(131_061, "marketing-price-not-here", OtherTemplate, Template, No).from(CLIENT_LIBRARY).anew(),
    row(131_062, "user-id-not-supported", AskForNumber, Message, AfterChange).from(USER_IDS),
    row(131_063, "marketing-routing", LeaveIt, Message, No),
    row(131_064, "template-misclassification-limit", AlertAdmin, Account, No)
        .from(CHANGELOG)
        .since(Day::of(2026, 4, 1))
        .stopping_direct_send(),
    row(131_065, "marketing-max-price", LeaveIt, Message, No),
    row(132_000, "variable-count-mismatch", RefreshTemplates, Template, AfterChange).template(VALUES),
    row(132_001, "template-not-in-language", OtherLanguage, Template, AfterChange)
        .template(Noted(Refusal::Language)),
    row(132_005, "template-text-too-long", ShortenValues, Message, AfterChange),
    row(132_007, "policy-violation", TellSupervisor, Template, No).template(Noted(Refusal::Policy)),
    row(132_012, "variable-format-mismatch", FixValues, Message, AfterChange).template(VALUES),
    // The longest pause is six hours; after a third one the template is disabled.
    row(132_015, "template-paused", HideTemplate, Template, No).template(For(6, Refusal::Paused)),
    row(132_016, "template-disabled", HideTemplate, Template, No).template(Gone(Refusal::Disabled)),
    // Public reports alone have it.
    row(132_018, "variable-white-space", FixValues, Message, AfterChange)
        .template(VALUES)
        .from(Source::Inferred),
    row(132_068, "flow-blocked", OtherTemplate, Template, AfterChange).template(Gone(Refusal::Flow)),
    // Ten messages an hour.
    row(132_069, "flow-throttled", OtherTemplate, Template, Later).template(For(1, Refusal::Flow)),
    row(133_000, "number-registration", AlertAdmin, Account, AfterChange),
    row(133_004, "temporary-error", TryAgain, Provider, BackOff),
    row(133_005, "number-registration", AlertAdmin, Account, AfterChange),
    row(133_006, "number-registration", AlertAdmin, Account, AfterChange),
    row(133_008, "number-registration-limit", AlertAdmin, Account, Later),
    row(133_009, "number-registration-limit", AlertAdmin, Account, Later),
    row(133_010, "number-not-registered", AlertAdmin, Account, No),
    row(133_015, "number-registration-limit", AlertAdmin, Account, Later),
    // Of a number that is registered and taken out again too often.
    row(133_016, "number-registration-limit", AlertAdmin, Account, Later),
    row(134_011, "payment-terms-not-accepted", AlertAdmin, Account, No),
    row(135_000, "parameter-error", ReportBug, Message, No).said("message-malformed"),
    row(138_000, "calling-not-enabled", AlertAdmin, Account, No).from(CLIENT_LIBRARY).anew(),
    row(138_038, "not-call-responder", AlertAdmin, Account, No).from(Source::Inferred).anew(),
    row(139_200, "direct-send-blocked", UseTemplate, Message, No)
        .from(DIRECT_SEND)
        .since(DIRECT_SEND_DAY)
        .anew(),
    row(147_005, "username-transfer-needed", AlertAdmin, Account, No)
        .from(CHANGELOG)
        .since(Day::of(2026, 6, 1))
        .anew(),
    row(2_388_019, "too-many-templates", AlertAdmin, Account, No),
    row(2_388_040, "template-too-long", TellTemplateAuthor, Template, No),
    row(2_388_047, "template-header-format", TellTemplateAuthor, Template, No),
    row(2_388_072, "template-body-format", TellTemplateAuthor, Template, No),
    row(2_388_073, "template-footer-format", TellTemplateAuthor, Template, No),
    row(2_388_293, "template-too-many-variables", TellTemplateAuthor, Template, No),
    row(2_388_299, "template-variable-at-edge", TellTemplateAuthor, Template, No),
    row(2_388_318, "direct-send-limit", UseTemplate, Message, No).from(DIRECT_SEND).since(DIRECT_SEND_DAY),
    row(2_388_330, "direct-send-limit", UseTemplate, Message, No).from(DIRECT_SEND).since(DIRECT_SEND_DAY),
    row(2_494_191, "not-thread-owner", LeaveIt, Customer, No)
        .from(ROUTING)
        .since(Day::of(2026, 9, 23))
        .anew(),
];
