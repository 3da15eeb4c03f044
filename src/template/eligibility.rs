//! May this template be sent to this customer now, and if not: every reason.
//!
//! Where a document is silent the answer is no: a template that is hidden for nothing costs a click, one that is
//! refused costs the message.

use super::content_type::{self, ContentType};
use super::model::{ButtonKind, Category, Status, Template, Text};
use super::refusal::refused;
use super::{Remark, length, remark, us_numbers};
use crate::event::{Channel, Identity, Provider};
use crate::provider_error::{self, Concern, TemplateEffect};
use crate::time::{Instant, Span};

/// What the answer depends on besides the template.
#[derive(Clone, Debug)]
pub struct Context {
    /// The channel of the conversation.
    pub channel: Channel,
    /// Whether free text may go out now.
    pub window_open: bool,
    /// Who would receive it.
    pub customer: Identity,
    /// Whether this customer stopped marketing from us.
    pub opted_out: bool,
    /// Whether this customer agreed to be written to by us at all, where somebody knows.
    pub opted_in: Option<bool>,
    /// Sends to this customer that the provider refused lately.
    pub refused: Vec<Refusal>,
    /// Now.
    pub now: Instant,
}

/// A send that the provider refused.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// Id of the template.
    pub id: String,
    /// The provider's error code.
    pub code: u32,
    /// When.
    pub at: Instant,
}

/// The answer: sendable if there is no reason against it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Eligibility {
    /// Why not.
    pub reasons: Vec<Remark>,
    /// What the agent should know even so.
    pub notes: Vec<Remark>,
    /// Whether it is marketing, in whose place something else may be sent.
    pub marketing: bool,
}

const CHANNEL: Remark = remark("channel", "this type cannot be sent on this channel");
const TYPE_UNKNOWN: Remark = remark("type-unknown", "the type of this template is not known");
const NEEDS_PRODUCTS: Remark =
    remark("needs-products", "it is filled with products or an order, which cannot be chosen here");
const WINDOW_CLOSED: Remark =
    remark("window-closed", "on this channel it can be sent only while the window is open");
const SESSION_ONLY: Remark = remark("session-only", "this type can be sent only while the window is open");
const MARKETING_OPT_OUT: Remark = remark("marketing-opt-out", "the customer stopped marketing messages");
const MARKETING_NO_OPT_IN: Remark =
    remark("marketing-no-opt-in", "the customer has not agreed to receive marketing");
const NO_OPT_IN: Remark = remark("no-opt-in", "the customer has not agreed to receive messages");
const MARKETING_US: Remark =
    remark("marketing-us-number", "marketing cannot be sent to United States numbers");
const MARKETING_CAPPED: Remark =
    remark("marketing-capped", "WhatsApp chose not to deliver marketing to this customer lately");
const NEEDS_NUMBER: Remark =
    remark("authentication-needs-number", "authentication needs the customer's phone number");
const SESSION_BUTTONS: Remark =
    remark("session-buttons", "without approval at most three buttons of 20 characters may be sent");
const UNAPPROVED: Remark =
    remark("unapproved", "not approved: it can be sent only because the window is open");
const MALFORMED: Remark =
    remark("malformed-placeholder", "double braces that are no placeholder will be sent as they stand");
const NOT_ON_DESKTOP: Remark =
    remark("not-on-desktop", "WhatsApp on desktop does not show a template with these buttons");

/// What each status says that is not simply approved.
#[rustfmt::skip]
const STATUSES: &[(Status, Remark)] = &[
    (Status::Unsubmitted, remark("status-unsubmitted", "it was never submitted for approval")),
    (Status::Received, remark("status-received", "its approval is pending")),
    (Status::Pending, remark("status-pending", "its approval is pending")),
    (Status::Rejected, remark("status-rejected", "WhatsApp rejected it")),
    (Status::Paused, remark("status-paused", "WhatsApp paused it")),
    (Status::Disabled, remark("status-disabled", "WhatsApp disabled it")),
    (Status::InAppeal, remark("status-in-appeal", "its rejection is being appealed")),
    (Status::LimitExceeded, remark("status-limit-exceeded", "the account has too many templates")),
    (Status::Locked, remark("status-locked", "it is locked")),
    (Status::Flagged, remark("status-flagged", "WhatsApp flagged it for low quality")),
    (Status::PendingDeletion, remark("status-pending-deletion", "it is being deleted")),
    (Status::Deleted, remark("status-deleted", "it was deleted")),
    (Status::Archived, remark("status-archived", "it is archived")),
    (Status::Unknown, remark("status-unknown", "its approval is not known")),
];

/// What an agent can do about a reason, where it is not to choose another template.
const ACTIONS: &[(&str, &[&str])] = &[
    ("submit", &["status-unsubmitted", "session-buttons"]),
    ("wait", &["status-received", "status-pending", "status-paused", "status-in-appeal", "refused-paused"]),
    ("admin", &["status-limit-exceeded", "status-unknown", "type-unknown"]),
    ("customer", &["window-closed", "session-only"]),
    (
        "utility",
        &["marketing-opt-out", "marketing-no-opt-in", "marketing-us-number", "refused-marketing-cap"],
    ),
    ("number", &["authentication-needs-number"]),
];

/// What an agent can do about a reason: `submit` it for approval, `wait`, tell an `admin`, wait for the `customer` to
/// write, take a `utility` template in the place of `marketing`, ask for the `number`, choose `another`.
#[must_use]
pub fn action(code: &str, marketing: bool) -> &'static str {
    match ACTIONS.iter().find(|(_, codes)| codes.contains(&code)) {
        Some(("utility", _)) if !marketing => "wait",
        row => row.map_or("another", |(action, _)| action),
    }
}

/// What the answer depends on, of a template: small, so that an index can keep it for thousands.
#[derive(Clone, Debug)]
pub struct Facts {
    row: Option<&'static ContentType>,
    source: Provider,
    status: Status,
    category: Category,
    plain_buttons: bool,
    malformed: bool,
    hidden_on_desktop: bool,
}

impl Facts {
    /// The facts of a template.
    #[must_use]
    pub fn of(template: &Template) -> Self {
        let long = |title: &Text| title.placeholders.is_empty() && length(&title.text) > 20;
        let buttons = &template.buttons;
        Facts {
            row: template.content_type(),
            source: template.source,
            status: template.status,
            category: template.category,
            plain_buttons: buttons.len() <= 3 && !buttons.iter().any(|button| long(&button.title)),
            malformed: template.texts().iter().any(|(_, text)| text.malformed),
            hidden_on_desktop: is_hidden_on_desktop(template),
        }
    }

    /// Its category.
    #[must_use]
    pub fn category(&self) -> Category {
        self.category
    }

    /// Decides for the template of that id. Linear in the number of refusals.
    #[must_use]
    pub fn judge(&self, id: &str, context: &Context) -> Eligibility {
        let marketing = self.category == Category::Marketing;
        let mut answer = Eligibility { marketing, ..Eligibility::default() };
        judge_type(self, context, &mut answer);
        judge_customer(self, context, &mut answer);
        judge_refusals(id, context, &mut answer);
        answer.notes.extend(self.malformed.then_some(MALFORMED));
        answer.notes.extend(self.hidden_on_desktop.then_some(NOT_ON_DESKTOP));
        answer
    }
}

/// Decides. Linear in the template and the number of refusals.
#[must_use]
pub fn eligibility(template: &Template, context: &Context) -> Eligibility {
    Facts::of(template).judge(&template.id, context)
}

/// Channel, type, status and window.
fn judge_type(template: &Facts, context: &Context, answer: &mut Eligibility) {
    let Some(row) = template.row else {
        answer.reasons.push(TYPE_UNKNOWN);
        return;
    };
    if row.name == content_type::META_PRODUCTS {
        answer.reasons.push(NEEDS_PRODUCTS);
    } else if !row.channels.contains(&context.channel) {
        answer.reasons.push(CHANNEL);
    } else if context.channel != Channel::Whatsapp {
        // Approval is WhatsApp's; elsewhere a template is a stored session message.
        if !context.window_open {
            answer.reasons.push(WINDOW_CLOSED);
        }
    } else if !row.approvable {
        if !context.window_open {
            answer.reasons.push(SESSION_ONLY);
        }
    } else if template.status.is_sendable() {
        answer.notes.extend(told(template.status));
    } else {
        judge_unapproved(template, context.window_open && row.in_session, answer);
    }
}

/// The remark of a status.
fn told(status: Status) -> Option<Remark> {
    STATUSES.iter().find(|(known, _)| *known == status).map(|(_, remark)| *remark)
}

/// Without approval: only in an open window, only types that go as session messages, and only before WhatsApp
/// has said no. No page says that a rejected, paused or disabled template still goes in a window.
fn judge_unapproved(template: &Facts, in_session: bool, answer: &mut Eligibility) {
    let before = matches!(template.status, Status::Unsubmitted | Status::Received | Status::Pending);
    if !(in_session && before && template.source == Provider::Twilio) {
        answer.reasons.extend(told(template.status));
        return;
    }
    answer.notes.push(UNAPPROVED);
    if !template.plain_buttons {
        answer.reasons.push(SESSION_BUTTONS);
    }
}

/// Who receives it.
fn judge_customer(template: &Facts, context: &Context, answer: &mut Eligibility) {
    if context.channel != Channel::Whatsapp {
        return;
    }
    let reasons = &mut answer.reasons;
    let phone = context.customer.phone.as_deref();
    if template.category == Category::Marketing {
        if context.opted_out {
            reasons.push(MARKETING_OPT_OUT);
        } else if context.opted_in == Some(false) {
            reasons.push(MARKETING_NO_OPT_IN);
        }
        // A business-scoped id begins with the country of the customer's number.
        let bsuid = context.customer.bsuid.as_deref().or(context.customer.parent_bsuid.as_deref());
        if phone.map_or(bsuid.is_some_and(|bsuid| bsuid.starts_with("US.")), us_numbers::is_united_states) {
            reasons.push(MARKETING_US);
        }
    } else if context.opted_in == Some(false) && !context.window_open {
        answer.notes.push(NO_OPT_IN);
    }
    let known = context.customer.bsuid.is_some() || context.customer.parent_bsuid.is_some();
    if template.category == Category::Authentication && phone.is_none() && known {
        reasons.push(NEEDS_NUMBER);
    }
}

/// What the provider said of this template lately, and of marketing to this customer whatever the template.
fn judge_refusals(id: &str, context: &Context, answer: &mut Eligibility) {
    let marketing = answer.marketing;
    for refusal in &context.refused {
        let Some((_, row)) = provider_error::find(refusal.code) else { continue };
        let (list, remark) = match row.template {
            TemplateEffect::MarketingStopped if marketing => (&mut answer.reasons, MARKETING_OPT_OUT),
            // The cap is the customer's: it counts what any business sends.
            TemplateEffect::For(hours, _)
                if marketing
                    && refusal.id != id
                    && row.concerns == Concern::Customer
                    && context.now < refusal.at.later(Span::hours(hours)) =>
            {
                (&mut answer.notes, MARKETING_CAPPED)
            }
            _ if refusal.id != id => continue,
            TemplateEffect::Gone(reason) => (&mut answer.reasons, refused(reason)),
            TemplateEffect::For(hours, reason) if context.now < refusal.at.later(Span::hours(hours)) => {
                (&mut answer.reasons, refused(reason))
            }
            TemplateEffect::For(_, reason) | TemplateEffect::Noted(reason) => {
                (&mut answer.notes, refused(reason))
            }
            TemplateEffect::MarketingStopped | TemplateEffect::Unchanged => continue,
        };
        if !list.contains(&remark) {
            list.push(remark);
        }
    }
}

/// Four buttons or more, quick replies beside others, and limited-time offers are not shown on desktop
/// (<https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components>).
fn is_hidden_on_desktop(template: &Template) -> bool {
    let quick = template.buttons.iter().filter(|button| button.kind == ButtonKind::QuickReply).count();
    template.rendered == content_type::META_OFFER
        || template.buttons.len() > 3
        || (quick > 0 && quick < template.buttons.len())
}
