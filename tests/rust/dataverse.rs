//! What Dataverse's message blocks may and may not say: never that a closed window is open.

use proptest::prelude::*;
use reply_window::data::Value;
use reply_window::event::{Channel, Kind, Log, Times};
use reply_window::provider::dataverse::{Told, told};
use reply_window::session::{Entry, Policy, Record, Status, StatusKind, Window, status};
use reply_window::time::Instant;

const CONVERSATION: &str = "0f8fad5b-d9cb-469f-a165-70867728950e";
const START: i64 = 1_795_421_709_000;

/// A message, in seconds after the start, and whether the customer wrote it.
type Message = (i64, bool);

/// Three days of a conversation, in the order in which it was said.
fn conversation() -> impl Strategy<Value = Vec<Message>> {
    prop::collection::vec((0_i64..260_000, any::<bool>()), 0..24).prop_map(|mut messages| {
        messages.sort_unstable();
        messages
    })
}

fn instant(seconds: i64) -> Instant {
    Instant::from_ms(START + seconds * 1_000).expect("in range")
}

fn written(seconds: i64) -> String {
    chrono::DateTime::from_timestamp_millis(instant(seconds).ms()).expect("in range").to_rfc3339()
}

fn row(fields: &[(&'static str, String)]) -> Value {
    Value::Map(fields.iter().map(|(name, text)| ((*name).into(), Value::Text(text.clone()))).collect())
}

/// A block for the first message of the customer after each answer of ours, as the table is documented.
fn blocks(messages: &[Message]) -> Vec<Value> {
    let mut answered = true;
    let mut blocks = Vec::new();
    for (place, (at, is_customer)) in messages.iter().enumerate() {
        if *is_customer && answered {
            blocks.push(row(&[
                ("msdyn_conversationmessageblockid", format!("{place:08x}-7425-40de-944b-e07fc1f90ae7")),
                ("msdyn_customermessagetimestamp", written(*at)),
                ("_msdyn_ocliveworkitemid_value", CONVERSATION.into()),
            ]));
        }
        answered = !is_customer;
    }
    blocks
}

fn transcript(messages: &[Message]) -> Vec<Value> {
    let rows = messages.iter().enumerate().map(|(place, (at, is_customer))| {
        row(&[
            ("msdyn_conversationid", CONVERSATION.into()),
            ("msdyn_role", if *is_customer { "customer" } else { "agent" }.into()),
            ("msdyn_messagetimestamp", written(*at)),
            ("msdyn_sourcemessageid", format!("m{place}")),
        ])
    });
    rows.collect()
}

/// The truth: each message of the customer, as a webhook tells of it.
fn truth(messages: &[Message]) -> Window {
    Window::fold(messages.iter().enumerate().filter(|(_, (_, is_customer))| *is_customer).map(
        |(place, (at, _))| {
            let times = Times { provider: Some(instant(*at)), ..Times::default() };
            Entry {
                log: Log::Customer,
                id: format!("w{place}"),
                record: Record { kind: Kind::Text, times, owner: None, told_by: None },
            }
        },
    ))
}

fn judged(window: &Window, now: i64) -> Status<'_> {
    status(window, &Policy::of(Channel::Whatsapp), instant(now), None)
}

fn is_open(status: &Status<'_>) -> bool {
    matches!(status.kind, StatusKind::Open | StatusKind::Closing)
}

proptest! {
    #[test]
    fn blocks_never_open_a_closed_window_nor_close_it_later(messages in conversation(), now in 0_i64..400_000) {
        let told = told(&[], &blocks(&messages), &Window::default(), &[]);
        prop_assert!(told.ignored.is_empty());
        let (told, true_window) = (Window::fold(told.entries), truth(&messages));
        let (found, wanted) = (judged(&told, now), judged(&true_window, now));
        prop_assert!(!is_open(&found) || is_open(&wanted));
        prop_assert!(found.closes_at <= wanted.closes_at);
    }

    #[test]
    fn the_transcript_and_both_tables_say_the_truth(messages in conversation(), now in 0_i64..400_000) {
        for blocks in [Vec::new(), blocks(&messages)] {
            let Told { entries, blocks_contradicted, .. } = told(&transcript(&messages), &blocks, &Window::default(), &[]);
            prop_assert!(!blocks_contradicted);
            let (told, true_window) = (Window::fold(entries), truth(&messages));
            let (found, wanted) = (judged(&told, now), judged(&true_window, now));
            prop_assert_eq!((found.kind, found.closes_at), (wanted.kind, wanted.closes_at));
            prop_assert!(found.decided_by.is_none_or(|decided| !decided.id.starts_with("block:")));
        }
    }

    #[test]
    fn beside_a_better_source_nothing_opens_longer_though_dataverse_dates_late(
        messages in conversation(), now in 0_i64..400_000, lag in 0_i64..=300,
    ) {
        let late: Vec<Message> = messages.iter().map(|(at, is_customer)| (at + lag, *is_customer)).collect();
        let known = truth(&messages);
        let entries = told(&transcript(&late), &blocks(&late), &known, &[]).entries;
        let merged = known.clone().merge(Window::fold(entries));
        prop_assert_eq!(judged(&merged, now).closes_at, judged(&known, now).closes_at);
    }
}
