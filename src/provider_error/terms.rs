//! The closed sets of words in which a row speaks.

use crate::event::names;

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

/// Whom a code is about: for whom the next attempt would fail too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concern {
    /// The window of this customer.
    Window,
    /// This customer: others may still be sent the same.
    Customer,
    /// The template, whoever it is sent to.
    Template,
    /// This message with these values and files.
    Message,
    /// Our account, number or configuration: every message.
    Account,
    /// The provider, for a while.
    Provider,
}

names!(Concern {
    Window = "window", Customer = "customer", Template = "template", Message = "message", Account = "account",
    Provider = "provider",
});

/// Who can do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Actor {
    Agent,
    Supervisor,
    Administrator,
    TemplateAuthor,
    /// Whoever built the desktop.
    Developer,
    /// There is nothing to do.
    Nobody,
}

names!(Actor {
    Agent = "agent", Supervisor = "supervisor", Administrator = "administrator",
    TemplateAuthor = "template-author", Developer = "developer", Nobody = "nobody",
});

/// What helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Action {
    AlertAdmin,
    AllowRecipient,
    AskForNumber,
    ChangeMessage,
    CheckLog,
    FixContact,
    FixMedia,
    FixMessage,
    FixValues,
    HideTemplate,
    JoinSandbox,
    LeaveIt,
    OtherChannel,
    OtherLanguage,
    OtherTemplate,
    RefreshTemplates,
    ReportBug,
    ShortenValues,
    ShrinkMedia,
    SplitText,
    Stop,
    StopMarketing,
    TellSupervisor,
    TellTemplateAuthor,
    TryAgain,
    UseContentSid,
    UseTemplate,
    Wait,
}

names!(Action {
    AlertAdmin = "alert-admin", AllowRecipient = "allow-recipient", AskForNumber = "ask-for-number",
    ChangeMessage = "change-message", CheckLog = "check-log", FixContact = "fix-contact",
    FixMedia = "fix-media", FixMessage = "fix-message", FixValues = "fix-values",
    HideTemplate = "hide-template", JoinSandbox = "join-sandbox", LeaveIt = "leave-it",
    OtherChannel = "other-channel", OtherLanguage = "other-language", OtherTemplate = "other-template",
    RefreshTemplates = "refresh-templates", ReportBug = "report-bug",
    ShortenValues = "shorten-values", ShrinkMedia = "shrink-media", SplitText = "split-text", Stop = "stop",
    StopMarketing = "stop-marketing", TellSupervisor = "tell-supervisor",
    TellTemplateAuthor = "tell-template-author", TryAgain = "retry", UseContentSid = "use-content-sid",
    UseTemplate = "use-template", Wait = "wait",
});

impl Action {
    /// Who does it.
    #[must_use]
    pub const fn actor(self) -> Actor {
        match self {
            Action::AlertAdmin | Action::AllowRecipient | Action::JoinSandbox => Actor::Administrator,
            Action::ReportBug | Action::UseContentSid => Actor::Developer,
            Action::TellSupervisor => Actor::Supervisor,
            Action::TellTemplateAuthor => Actor::TemplateAuthor,
            Action::LeaveIt => Actor::Nobody,
            _ => Actor::Agent,
        }
    }
}

/// Why a template was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is not there: deleted, mistyped, or another account's.
    NotFound,
    /// Rejected in review.
    Rejected,
    /// Disabled for good.
    Disabled,
    /// Paused for its quality.
    Paused,
    /// The customer gets no more marketing for now.
    MarketingCap,
    /// Not there, or not approved, in this language.
    Language,
    /// Its values do not fit.
    Parameters,
    /// Its content breaks a rule.
    Policy,
    /// Its form is blocked, or was sent too often.
    Flow,
}

names!(Refusal {
    NotFound = "not-found", Rejected = "rejected", Disabled = "disabled", Paused = "paused",
    MarketingCap = "marketing-cap", Language = "language", Parameters = "parameters", Policy = "policy",
    Flow = "flow",
});
