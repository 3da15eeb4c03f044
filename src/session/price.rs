//! What a message in the window costs, as far as it can be said beforehand.

use crate::dated::{Dated, Day, READ_ANEW, Rule};
use crate::event::Channel;
use crate::time::Instant;

/// So many messages in the window are free for each number of ours and month.
const FREE: u32 = 1_000;

const DATED: Dated = Dated::new(
    "https://developers.facebook.com/documentation/business-messaging/whatsapp/pricing/non-template-messages",
    READ_ANEW,
)
.since(Day::of(2026, 10, 1));

/// Messages in the window, each bubble one, that are still free this month; nothing where none is counted, and where they
/// all are free: on other channels, and before October 2026.
#[must_use]
pub(super) fn free_service_messages_left(channel: Channel, sent: u32, now: Instant) -> Option<u32> {
    let since =
        DATED.effective_from.and_then(|day| Instant::parse(&[&day.text(), "T00:00:00Z"].concat()).ok())?;
    (channel == Channel::Whatsapp && now >= since).then(|| FREE.saturating_sub(sent))
}

const fn rule(name: &'static str, source: &'static str, since: Day) -> Rule {
    Rule { name, row: "whatsapp", dated: Dated::new(source, READ_ANEW).since(since) }
}

/// What the verdict rests on besides the policy.
pub(super) const RULES: [Rule; 3] = [
    rule(
        "direct-send",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/direct-send",
        Day::of(2026, 7, 31),
    ),
    rule(
        "thread-owner",
        "https://developers.facebook.com/documentation/business-messaging/whatsapp/conversation-routing/overview",
        Day::of(2026, 9, 23),
    ),
    Rule { name: "free-service-messages", row: "whatsapp", dated: DATED },
];
