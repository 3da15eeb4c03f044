//! What a store keeps of a window: a line for each record, found by its bytes and joined without reading the others.
//!
//! A line is `log|kind|id`, a tab, and the provider's, the receipt's and the desktop's time with commas between, each empty where
//! it is not known. Behind a kind stand `+us`, or `+other` and perhaps `+role`, where the record tells who held the thread, and `+by-source` where
//! it tells how it is known. In an id `\`, tab, line feed, vertical tab and form feed are written as JavaScript writes them.
//! Accounts of one event that differ before the id stand side by side: which of them counts is settled where the lines are read.
//!
//! Many windows cross the boundary in one text: form feeds between windows, vertical tabs between the parts of one. A part
//! is such lines, or a state as JSON (which begins with a brace, as no line does).

use super::session::Question;
use super::state::{read_state, told, write_state};
use crate::data::{Fault, Fields, Path, json, write_json};
use crate::event::{Kind, Log, Owner, Role, Times, ToldBy};
use crate::session::{Entry, Record, Window};
use crate::time::Instant;
use std::borrow::Cow;
use std::fmt::Write;

const BETWEEN_WINDOWS: char = '\u{c}';
const BETWEEN_PARTS: char = '\u{b}';
const LOGS: [Log; 5] = [Log::Customer, Log::Refused, Log::Sent, Log::Thread, Log::Marketing];
/// How each of these letters stands in an id, behind a backslash.
const ESCAPES: [(char, char); 5] = [('\\', '\\'), ('\n', 'n'), ('\t', 't'), ('\u{b}', 'v'), ('\u{c}', 'f')];

/// `packStates`: windows, of each any parts → the lines of each, joined; form feeds between windows.
///
/// # Errors
/// The first part that is wrong, at `windows[…]`: those of `mergeStates`; `not-plain-data` where it is no JSON;
/// `unsupported-version` for a line that this version does not know.
pub fn pack_states(text: &str) -> Result<String, Fault> {
    let mut lines = String::with_capacity(text.len());
    for (place, window) in text.split(BETWEEN_WINDOWS).enumerate() {
        if place > 0 {
            lines.push(BETWEEN_WINDOWS);
        }
        write_lines(&read_window(place, window)?, &mut lines);
    }
    Ok(lines)
}

/// `unpackStates`: windows as [`pack_states`] takes them → the JSON of a list of their states.
///
/// # Errors
/// As [`pack_states`].
pub fn unpack_states(text: &str) -> Result<String, Fault> {
    let mut list = String::with_capacity(text.len().saturating_mul(2));
    for (place, window) in text.split(BETWEEN_WINDOWS).enumerate() {
        list.push(if place == 0 { '[' } else { ',' });
        write_json(&write_state(&read_window(place, window)?), &mut list);
    }
    list.push(']');
    Ok(list)
}

/// `closingTimes`: windows as [`pack_states`] takes them, and the JSON of `{ policy? | channel?, nowAtMs }` → when each of them
/// closes; NaN for one that is not open then.
///
/// # Errors
/// As [`pack_states`], and those of a question to `windowStatus`.
pub fn closing_times(text: &str, question: &str) -> Result<Vec<f64>, Fault> {
    let asked = json(question).ok_or_else(|| Path::Root.fault("not-plain-data", "no JSON"))?;
    let question = Question::read(&Fields::open(&Path::Root, &asked, &["policy", "channel", "nowAtMs"])?)?;
    let closes = |(place, window)| {
        let window = read_window(place, window)?;
        let status = question.status(&window);
        // Within ±8.64e15, so exact.
        Ok(status.closes_at.filter(|_| status.is_open).map_or(f64::NAN, |at| at.ms() as f64))
    };
    text.split(BETWEEN_WINDOWS).enumerate().map(closes).collect()
}

fn read_window(place: usize, text: &str) -> Result<Window, Fault> {
    let list = Path::Field(&Path::Root, "windows");
    let path = Path::Index(&list, place);
    let mut window = Window::default();
    for part in text.split(BETWEEN_PARTS) {
        if part.starts_with('{') {
            let value = json(part).ok_or_else(|| path.fault("not-plain-data", "no JSON"))?;
            window = window.merge(read_state(&path, &value)?);
        } else {
            let lines = part.split('\n').filter(|line| !line.is_empty());
            let entries = lines.map(|line| read_line(line).ok_or_else(|| unknown_line(&path)));
            window.add(entries.collect::<Result<Vec<_>, _>>()?);
        }
    }
    Ok(window)
}

fn unknown_line(path: &Path<'_>) -> Fault {
    path.fault("unsupported-version", "a line of a store that this version does not know")
}

fn read_line(line: &str) -> Option<Entry> {
    let (name, times) = line.split_once('\t')?;
    let mut parts = name.splitn(3, '|');
    let (log, sort, id) = (parts.next()?, parts.next()?, parts.next()?);
    let mut words = sort.split('+');
    let kind = Kind::from_name(words.next()?)?;
    let mut record = Record { kind, times: read_times(times)?, owner: None, told_by: None };
    for word in words {
        match (word.strip_prefix("by-"), word, record.owner) {
            (Some(source), ..) => record.told_by = Some(ToldBy::from_name(source)?),
            (None, "us", None) => record.owner = Some(Owner::Us),
            (None, "other", None) => record.owner = Some(Owner::Other(Role::Untold)),
            (None, role, Some(Owner::Other(_))) => record.owner = Some(Owner::Other(Role::from_name(role)?)),
            _ => return None,
        }
    }
    Some(Entry { log: Log::from_name(log)?, id: unescaped(id)?, record })
}

/// Nothing where none of the three is known: such a record decides nothing and is never kept.
fn read_times(text: &str) -> Option<Times> {
    let mut times = text.split(',').map(|time| match time {
        "" => Some(None),
        digits => digits.parse().ok().and_then(|ms| Instant::from_ms(ms).ok()).map(Some),
    });
    let mut next = || times.next().flatten();
    let read = Times { provider: next()?, receipt: next()?, desktop: next()? };
    (read != Times::default()).then_some(read)
}

fn unescaped(text: &str) -> Option<String> {
    let mut id = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        id.push(if letter == '\\' {
            let escape = letters.next()?;
            ESCAPES.iter().find(|(_, short)| *short == escape)?.0
        } else {
            letter
        });
    }
    Some(id)
}

fn escaped(id: &str) -> Cow<'_, str> {
    let short = |letter| ESCAPES.iter().find(|(plain, _)| *plain == letter).map(|(_, short)| *short);
    if !id.chars().any(|letter| short(letter).is_some()) {
        return Cow::Borrowed(id);
    }
    let mut text = String::with_capacity(id.len().saturating_add(8));
    for letter in id.chars() {
        match short(letter) {
            Some(short) => text.extend(['\\', short]),
            None => text.push(letter),
        }
    }
    Cow::Owned(text)
}

fn write_lines(window: &Window, lines: &mut String) {
    for log in LOGS {
        for (id, record) in window.records(log) {
            write_line(log, id, record, lines);
        }
    }
}

fn write_line(log: Log, id: &str, record: Record, lines: &mut String) {
    for part in [log.name(), "|", record.kind.name()] {
        lines.push_str(part);
    }
    let (owner, role) = match record.owner {
        None => (None, None),
        Some(Owner::Us) => (Some("us"), None),
        Some(Owner::Other(role)) => (Some("other"), told(role)),
    };
    for word in [owner, role].into_iter().flatten() {
        lines.push('+');
        lines.push_str(word);
    }
    if let Some(source) = record.told_by {
        lines.push_str("+by-");
        lines.push_str(source.name());
    }
    lines.push('|');
    lines.push_str(&escaped(id));
    let Times { provider, receipt, desktop } = record.times;
    for (time, before) in [(provider, '\t'), (receipt, ','), (desktop, ',')] {
        lines.push(before);
        if let Some(at) = time {
            // Writing to a text cannot fail.
            let _ = write!(lines, "{}", at.ms());
        }
    }
    lines.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATE: &str = concat!(
        r#"{"version":1,"customer":[{"id":"SM1","kind":"text","receiptAtMs":1763899200000}],"#,
        r#""refused":[{"id":"a|b\t\n\\ü","kind":"session-message","providerAtMs":1763899200000,"desktopAtMs":-5}],"sent":[],"#,
        r#""thread":[{"id":"t","kind":"handover","providerAtMs":1,"owner":"other","ownerRole":"ai-agent"},"#,
        r#"{"id":"u","kind":"handover","providerAtMs":1,"owner":"us"}],"#,
        r#""marketing":[{"id":"m","kind":"opt-out","receiptAtMs":2,"toldBy":"keyword"}]}"#,
    );
    const LINES: &str = concat!(
        "customer|text|SM1\t,1763899200000,\n",
        "refused|session-message|a|b\\t\\n\\\\ü\t1763899200000,,-5\n",
        "thread|handover+other+ai-agent|t\t1,,\nthread|handover+us|u\t1,,\n",
        "marketing|opt-out+by-keyword|m\t,2,\n",
    );

    #[test]
    fn a_state_is_lines_and_lines_are_a_state() {
        assert_eq!(pack_states(STATE).as_deref(), Ok(LINES));
        assert_eq!(pack_states(LINES).as_deref(), Ok(LINES));
        let told = unpack_states(LINES).expect("JSON");
        assert_eq!(json(&told), json(&format!("[{STATE}]")));
        assert_eq!(
            pack_states(&format!("{LINES}\u{b}{STATE}\u{c}{LINES}")).expect("lines"),
            format!("{LINES}\u{c}{LINES}")
        );
        assert_eq!(
            unpack_states("").as_deref(),
            Ok(r#"[{"version":1,"customer":[],"refused":[],"sent":[]}]"#)
        );
    }

    #[test]
    fn accounts_that_differ_before_the_id_stand_side_by_side_until_they_are_read() {
        let two = "customer|text|1\t5,,\ncustomer|unknown|1\t,7,\ncustomer|text|1\t4,,\n";
        assert_eq!(pack_states(two).as_deref(), Ok("customer|unknown|1\t4,7,\n"));
    }

    #[test]
    fn a_window_closes_by_its_evidence_whenever_it_is_asked() {
        let window = "customer|text|SM1\t1763899200000,,\n";
        let refused = format!("{window}refused|session-message|SM2\t1763899200001,,\n");
        let times =
            closing_times(&[window, &refused, ""].join("\u{c}"), r#"{"channel":"whatsapp","nowAtMs":0}"#);
        let times = times.expect("times");
        assert_eq!(times[0], 1_763_899_200_000.0 + 24.0 * 3_600_000.0 - 60_000.0);
        assert!(times[1].is_nan() && times[2].is_nan());
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        for (text, code) in [
            ("customer|text|1\t5,,\n\u{c}nothing", "unsupported-version"),
            ("\u{c}customer|pigeon|1\t5,,", "unsupported-version"),
            ("\u{c}customer|text|1\t5,", "unsupported-version"),
            ("\u{c}customer|text|1\t,,", "unsupported-version"),
            ("\u{c}customer|text+us+ai-agent|1\t5,,", "unsupported-version"),
            ("\u{c}customer|text|\\x\t5,,", "unsupported-version"),
            ("\u{c}{", "not-plain-data"),
            ("\u{c}{}", "missing-field"),
        ] {
            let fault = pack_states(text).expect_err(text);
            assert_eq!(fault.code, code, "{text:?}");
            assert!(fault.field.starts_with("windows[1]"), "{text:?}: {}", fault.field);
        }
    }
}
