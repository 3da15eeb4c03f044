//! Form-encoded webhooks: which reader reads them.

use super::parameters::Parameters;
use super::{conversations, messaging};
use crate::provider::inbound::{Context, Inbound};

/// Reads the parameters of a form-encoded webhook of Twilio.
#[must_use]
pub fn parse_form(parameters: &[(String, String)], context: &Context) -> Inbound {
    let form = Parameters(parameters);
    let event = form.get("EventType").unwrap_or_default();
    if event.starts_with("on") {
        return conversations::parse(form, event, context);
    }
    let state = form.get("MessageStatus").or_else(|| form.get("SmsStatus"));
    match state {
        Some("received" | "receiving") => messaging::message(form, context),
        Some(state) => messaging::status(form, state, context),
        None if form.get("MessageSid").or_else(|| form.get("SmsSid")).is_some()
            && form.get("From").is_some() =>
        {
            messaging::message(form, context)
        }
        None => {
            let mut inbound = Inbound::default();
            inbound.problem("payload-unknown", "", "no webhook of a known kind", "");
            inbound
        }
    }
}
