//! Dataverse, where Dynamics 365 keeps its conversations: which rows say when the customer wrote, and who they are.
//!
//! Two tables tell of times. A row of `msdyn_commontranscriptmessage` is one message, with the instant at which it was sent. A row of
//! `msdyn_conversationmessageblock` holds the time of the *first* message of the customer since our last answer: never later than the
//! last one, so a window told from it closes early and never late. All of it is Microsoft's server's word, so it is a receipt and never
//! the provider's time. Only instants with a zone count: one without a zone, read as UTC, can lie fourteen hours too late.
//!
//! Sources: <https://learn.microsoft.com/en-us/dynamics365/developer/reference/entities/msdyn_commontranscriptmessage>,
//! <https://learn.microsoft.com/en-us/dynamics365/customer-service/develop/reference/entities/msdyn_conversationmessageblock>,
//! <https://learn.microsoft.com/en-us/power-apps/maker/data-platform/behavior-format-date-time-field>.

use crate::data::Value;
use crate::event::{Kind, Log, Times};
use crate::session::{Entry, Record, Window};
use crate::time::{Instant, Span};

/// How late Dataverse may date a message that a better source dated too.
const LAG: Span = Span::minutes(5);
/// Begins the id of what is known from a message of the transcript whose id is not Twilio's.
const MESSAGE: &str = "dataverse:";
/// Begins the id of what is known from a message block.
const BLOCK: &str = "block:";
/// Longest id of a record, in bytes.
const MAX_ID: usize = 256;

/// Types of a message that are known to be one. The table's own list is not documented: others open nothing by themselves.
const MESSAGE_TYPES: [&str; 4] = ["message", "text", "attachment", "usermessage"];

/// What Dataverse says of one window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// What the customer did.
    pub entries: Vec<Entry>,
    /// Rows that do not count, and why.
    pub ignored: Vec<Ignored>,
    /// Whether the blocks were left out because the transcript contradicts one.
    pub blocks_contradicted: bool,
}

/// A row that does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignored {
    /// The row's id, where it has one.
    pub id: String,
    /// Why: `row-without-id`, `row-without-time`, `time-without-zone`, `better-source`, `known-exactly`, `blocks-contradicted`.
    pub code: &'static str,
}

/// A GUID as it is compared: lower case, without braces; nothing for what is none.
#[must_use]
pub fn guid(text: &str) -> Option<String> {
    let bare = text.trim();
    let bare = bare.strip_prefix('{').and_then(|bare| bare.strip_suffix('}')).unwrap_or(bare);
    let mut groups = bare.split('-').map(str::len);
    let shaped =
        [8, 4, 4, 4, 12].iter().all(|length| groups.next() == Some(*length)) && groups.next().is_none();
    let digits = bare.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit());
    (shaped && digits).then(|| bare.to_ascii_lowercase())
}

/// Whether what decided is only the latest message that is known, and not surely the latest there was: then `closed` is not certain.
#[must_use]
pub fn is_lower_bound(id: &str) -> bool {
    id.starts_with(BLOCK)
}

/// A row with its instant, or why it has none.
struct Row {
    id: String,
    conversation: Option<String>,
    at: Result<Instant, &'static str>,
}

impl Row {
    fn read(row: &Value, id: Option<String>, conversation: &str, time: &str) -> Result<Row, Ignored> {
        let Some(id) = id else { return Err(Ignored { id: String::new(), code: "row-without-id" }) };
        let at = match row.text(time) {
            None => Err("row-without-time"),
            Some(text) => Instant::parse(text).map_err(|_| "time-without-zone"),
        };
        Ok(Row { id, conversation: row.text(conversation).and_then(guid), at })
    }
}

/// What the rows of both tables say, beside what is known already.
///
/// Left out is a row for which a customer's record of a better source lies up to five minutes before it: the same message under another
/// id, dated late, would open for longer than the margin covers. That costs at most those minutes, on the safe side.
#[must_use]
pub fn told(transcript: &[Value], blocks: &[Value], known: &Window, types: &[&str]) -> Told {
    let mut told = Told::default();
    let messages = Messages::read(transcript, &mut told.ignored);
    for (row, kind) in messages.customers(types) {
        told.add(row, kind, known);
    }
    let blocks = blocks.iter().map(read_block);
    let mut read = Vec::new();
    for block in blocks {
        match block {
            Ok(block) => read.push(block),
            Err(ignored) => told.ignored.push(ignored),
        }
    }
    told.blocks_contradicted = read.iter().any(|block| messages.contradict(block));
    for block in read {
        if told.blocks_contradicted {
            told.ignored.push(Ignored { id: block.id, code: "blocks-contradicted" });
        } else if messages.reach(&block) {
            // The same instant under the id of a lower bound would be taken for one.
            told.ignored.push(Ignored { id: block.id, code: "known-exactly" });
        } else {
            told.add(block, Kind::Text, known);
        }
    }
    told
}

impl Told {
    fn add(&mut self, row: Row, kind: Kind, known: &Window) {
        let code = match row.at {
            Err(code) => code,
            Ok(at) if is_told_better(known, &row.id, at) => "better-source",
            Ok(at) => {
                let times = Times { receipt: Some(at), ..Times::default() };
                self.entries.push(Entry {
                    log: Log::Customer,
                    id: row.id,
                    record: Record { kind, times, owner: None, told_by: None },
                });
                return;
            }
        };
        self.ignored.push(Ignored { id: row.id, code });
    }
}

fn is_told_better(known: &Window, id: &str, at: Instant) -> bool {
    known.records(Log::Customer).any(|(other, record)| {
        let better = other != id && !other.starts_with(MESSAGE) && !other.starts_with(BLOCK);
        better && record.when().is_some_and(|(before, _)| before <= at && at <= before.later(LAG))
    })
}

fn read_block(row: &Value) -> Result<Row, Ignored> {
    let id = row.text("msdyn_conversationmessageblockid").and_then(guid).map(|id| format!("{BLOCK}{id}"));
    Row::read(row, id, "_msdyn_ocliveworkitemid_value", "msdyn_customermessagetimestamp")
}

/// The messages of the transcript, whoever wrote them.
struct Messages {
    /// The row, whether it is the customer's, and its type.
    rows: Vec<(Row, bool, Option<String>)>,
}

impl Messages {
    fn read(transcript: &[Value], ignored: &mut Vec<Ignored>) -> Messages {
        let mut rows = Vec::new();
        for row in transcript {
            // The role exactly: whoever is not the customer opens nothing.
            let is_customer = row.text("msdyn_role") == Some("customer");
            let id = row.text("msdyn_sourcemessageid").and_then(record_id);
            match Row::read(row, id, "msdyn_conversationid", "msdyn_messagetimestamp") {
                Ok(read) => rows.push((read, is_customer, row.owned("msdyn_messagetype"))),
                Err(without) if is_customer => ignored.push(without),
                Err(_) => {}
            }
        }
        Messages { rows }
    }

    fn customers<'m>(&'m self, types: &'m [&'m str]) -> impl Iterator<Item = (Row, Kind)> + 'm {
        self.rows.iter().filter(|(_, is_customer, _)| *is_customer).map(|(row, _, name)| {
            let row = Row { id: row.id.clone(), conversation: row.conversation.clone(), at: row.at };
            (row, kind(name.as_deref(), types))
        })
    }

    /// Whether the transcript has a message of the customer at the time of a block or later.
    fn reach(&self, block: &Row) -> bool {
        let Ok(at) = block.at else { return false };
        self.rows.iter().any(|(row, is_customer, _)| *is_customer && row.at.is_ok_and(|time| time >= at))
    }

    /// Whether the transcript covers the time of a block, and has no message of the customer there. Covered is what lies between two
    /// messages of the same conversation: rows expire at one end and lag at the other.
    fn contradict(&self, block: &Row) -> bool {
        let Ok(at) = block.at else { return false };
        let same = self
            .rows
            .iter()
            .filter(|(row, ..)| row.conversation.is_some() && row.conversation == block.conversation);
        let mut covered = (false, false);
        for (row, is_customer, _) in same {
            let Ok(time) = row.at else { continue };
            if *is_customer && time.earlier(LAG) <= at && at <= time.later(LAG) {
                return false;
            }
            covered = (covered.0 || time < at, covered.1 || time > at);
        }
        covered == (true, true)
    }
}

/// Twilio's own id stands for itself, so that the webhook's earlier time wins under it.
fn record_id(source: &str) -> Option<String> {
    let digits = source.strip_prefix("SM").or_else(|| source.strip_prefix("MM"));
    let is_twilio = digits.is_some_and(|digits| {
        digits.len() == 32 && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    });
    let id = if is_twilio { source.to_owned() } else { format!("{MESSAGE}{source}") };
    (id.len() <= MAX_ID).then_some(id)
}

/// What is not known to be a message opens nothing: it may be a reaction. A row without a type is what the table says it holds.
fn kind(name: Option<&str>, types: &[&str]) -> Kind {
    let Some(name) = name else { return Kind::Text };
    let known = MESSAGE_TYPES.iter().chain(types);
    if known.into_iter().any(|known| known.eq_ignore_ascii_case(name)) {
        Kind::Text
    } else {
        Kind::Unsupported
    }
}
