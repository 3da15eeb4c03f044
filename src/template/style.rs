//! The formatting that WhatsApp shows in a text: `*bold*`, `_italic_`, `~struck out~`, `` ```fixed width``` `` and
//! `` `code` ``.
//!
//! Source: WhatsApp, "How to format your messages", <https://faq.whatsapp.com/539178204879377>. Where a mark counts
//! no document says; here it is as mautrix-whatsapp reads real messages (`formatting.go`): an opening mark stands
//! after no letter or digit and before no blank, a closing one the other way round, both in one line; fixed width
//! may span lines, and nothing in it is formatted. Lists and quotes keep their signs: they read the same.

use super::fill::Span;
use core::mem::replace;
use core::ops::Range;

/// Ways a run is shown: a bit of [`Styles`] for each, with its name.
pub const STYLES: [(u8, &str); 4] = [(1, "bold"), (2, "italic"), (4, "strike"), (8, "mono")];

/// A set of styles.
pub type Styles = u8;

/// The marks of single lines, in the order of their bits.
const MARKS: [char; 3] = ['*', '_', '~'];
const MONO: Styles = 8;

/// A mark that is not shown, and which style begins or ends after it.
type Mark = (Range<usize>, Styles);

/// The runs without the marks, each with its styles. Linear in the text but for the sorting of its marks.
///
/// ```
/// use reply_window::template::fill::Span;
/// use reply_window::template::style::styled;
/// let runs = styled(vec![Span::Literal("Hello *"), Span::Value("Ana", "1"), Span::Literal("*!")]);
/// assert_eq!(runs, [(Span::Literal("Hello "), 0), (Span::Value("Ana", "1"), 1), (Span::Literal("!"), 0)]);
/// ```
#[must_use]
pub fn styled(spans: Vec<Span<'_>>) -> Vec<(Span<'_>, Styles)> {
    let marks = marks(&whole(&spans));
    let mut marks = marks.iter().peekable();
    let (mut at, mut style, mut runs) = (0_usize, 0, Vec::with_capacity(spans.len()));
    for span in spans {
        let (Span::Literal(text) | Span::Value(text, _) | Span::Missing(text, _)) = span;
        let (start, end) = (at, at.saturating_add(text.len()));
        while at < end {
            // A mark may begin in one run and end in the next.
            let next = marks.peek().map_or(end..end, |(range, _)| range.clone());
            push(
                &mut runs,
                span.part(at.saturating_sub(start)..next.start.min(end).saturating_sub(start)),
                style,
            );
            at = next.end.clamp(at, end);
            if next.end <= end {
                style ^= marks.next().map_or(0, |(_, style)| *style);
            }
        }
    }
    runs
}

fn push<'t>(runs: &mut Vec<(Span<'t>, Styles)>, span: Span<'t>, style: Styles) {
    let (Span::Literal(text) | Span::Value(text, _) | Span::Missing(text, _)) = span;
    if !text.is_empty() {
        runs.push((span, style));
    }
}

impl<'t> Span<'t> {
    fn part(&self, range: Range<usize>) -> Span<'t> {
        let cut = |text: &'t str| text.get(range).unwrap_or_default();
        match *self {
            Span::Literal(text) => Span::Literal(cut(text)),
            Span::Value(text, name) => Span::Value(cut(text), name),
            Span::Missing(text, name) => Span::Missing(cut(text), name),
        }
    }
}

/// The text that the customer gets. A slot without a value stands for some word: what its name holds is no mark.
fn whole(spans: &[Span<'_>]) -> String {
    let mut whole = String::new();
    for span in spans {
        match *span {
            Span::Literal(text) | Span::Value(text, _) => whole.push_str(text),
            Span::Missing(text, _) => text.bytes().for_each(|_| whole.push('x')),
        }
    }
    whole
}

/// All marks that count, in order.
fn marks(text: &str) -> Vec<Mark> {
    let fixed = fixed(text);
    let mut marks = Vec::new();
    for (range, width) in &fixed {
        let inner = range.start.saturating_add(*width)..range.end.saturating_sub(*width);
        marks.push((range.start..inner.start, MONO));
        marks.push((inner.end..range.end, MONO));
    }
    pairs(&mut marks, text, &fixed);
    marks.sort_unstable_by_key(|(range, _)| range.start);
    marks
}

/// Where fixed width begins and ends, its marks included, and how long each mark is.
fn fixed(text: &str) -> Vec<(Range<usize>, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    // Searched for in vain only once: without an end here there is none further on.
    let mut blocks_end = true;
    while let Some(ahead) = text.get(at..).and_then(|rest| rest.find('`')) {
        let start = at.saturating_add(ahead);
        let is_block = text.get(start..).is_some_and(|rest| rest.starts_with("```"));
        let width = if is_block { 3 } else { 1 };
        at = start.saturating_add(width);
        let inner = text.get(at..).unwrap_or_default();
        let end = if !is_block {
            inner.find(['`', '\n']).filter(|end| inner.get(*end..).is_some_and(|rest| rest.starts_with('`')))
        } else if blocks_end {
            inner.find("```")
        } else {
            None
        };
        blocks_end &= !is_block || end.is_some();
        if let Some(end) = end.filter(|end| !inner.get(..*end).unwrap_or_default().trim().is_empty()) {
            at = at.saturating_add(end).saturating_add(width);
            found.push((start..at, width));
        }
    }
    found
}

/// The pairs of the other marks, none of which stands in fixed width. Pairs never cross: what is opened inside of
/// one ends there.
fn pairs(marks: &mut Vec<Mark>, text: &str, fixed: &[(Range<usize>, usize)]) {
    let mut fixed = fixed.iter().map(|(range, _)| range).peekable();
    let mut open: [Option<usize>; 3] = [None; 3];
    let mut before = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        let after = chars.peek().map(|(_, char)| *char);
        let last = replace(&mut before, Some(char));
        if char == '\n' {
            open = [None; 3];
        }
        while fixed.next_if(|range| range.end <= at).is_some() {}
        if fixed.peek().is_some_and(|range| range.contains(&at)) {
            continue;
        }
        let Some(kind) = MARKS.iter().position(|mark| *mark == char) else { continue };
        let (Some((bit, _)), Some(slot)) = (STYLES.get(kind), open.get_mut(kind)) else { continue };
        match *slot {
            Some(from) if closes(char, last, after) => {
                marks.push((from..from.saturating_add(1), *bit));
                marks.push((at..at.saturating_add(1), *bit));
                open = open.map(|other| other.filter(|other| *other < from));
            }
            None if closes(char, after, last) => *slot = Some(at),
            _ => {}
        }
    }
}

/// Whether a mark closes, by the characters on its inner and its outer side; the other way round, whether it opens.
fn closes(mark: char, inner: Option<char>, outer: Option<char>) -> bool {
    inner.is_some_and(|char| char != mark && !char.is_whitespace())
        && !outer.is_some_and(char::is_alphanumeric)
}
