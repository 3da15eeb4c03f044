//! Form-encoded webhooks: which reader reads them.

use super::parameters::Parameters;
use super::{conversations, messaging_webhook, shape};
use crate::provider::inbound::{Context, Inbound, Source};

/// Reads the parameters of a form-encoded webhook of Twilio, and says what is odd about them.
#[must_use]
pub fn parse_form(parameters: &[(String, String)], context: &Context) -> Inbound {
    let form = Parameters(parameters);
    let mut inbound = read(form, context);
    inbound.suspicions = match (inbound.source, form.get("EventType")) {
        (Source::TwilioMessaging | Source::TwilioStatus, _) => shape::of_messaging(form),
        (_, Some("onMessageAdded" | "onDeliveryUpdated")) => shape::of_conversations(form),
        _ => Vec::new(),
    };
    inbound
}

/// Reads what a framework made of a form.
pub(crate) fn parse_object(parameters: &[(String, String)], context: &Context) -> Inbound {
    read(Parameters(parameters), context)
}

fn read(form: Parameters<'_>, context: &Context) -> Inbound {
    let event = form.get("EventType").unwrap_or_default();
    if event.starts_with("on") {
        return conversations::parse(form, event, context);
    }
    let state = form.get("MessageStatus").or_else(|| form.get("SmsStatus"));
    match state {
        Some("received" | "receiving") => messaging_webhook::message(form, context),
        Some(state) => messaging_webhook::status(form, state, context),
        None if form.get("MessageSid").or_else(|| form.get("SmsSid")).is_some()
            && form.get("From").is_some() =>
        {
            messaging_webhook::message(form, context)
        }
        None => {
            let mut inbound = Inbound::default();
            inbound.problem("payload-unknown", "", "no webhook of a known kind", "");
            inbound
        }
    }
}
