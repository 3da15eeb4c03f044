//! The formatting that WhatsApp shows in a text: `*bold*`, `_italic_`, `~struck out~`, `` ```fixed width``` `` and
//! `` `code` ``.
//!
//! Source: WhatsApp, "How to format your messages", <https://faq.whatsapp.com/539178204879377>. Where a mark counts
//! no document says; here it is as mautrix-whatsapp reads real messages (`formatting.go`): an opening mark stands
//! after no letter or digit and before no blank, a closing one the other way round, both in one line; fixed width
//! may span lines, and nothing in it is formatted. Lists and quotes keep their signs: they read the same.

use super::fill::Span;
use super::search_fold::is_separator;

/// Ways a run is shown: a bit of [`Styles`] for each, with its name.
pub const STYLES: [(u8, &str); 4] = [(1, "bold"), (2, "italic"), (4, "strike"), (8, "mono")];

/// A set of styles.
pub type Styles = u8;

const MONO: Styles = 8;

/// In [`marks`]: the byte is part of a mark, which is not shown.
const HIDDEN: u8 = 128;

/// The runs without the marks, each with its styles. Linear in the text.
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
    let mut marks = marks.iter();
    let (mut style, mut runs) = (0, Vec::new());
    for span in spans {
        let (Span::Literal(text) | Span::Value(text, _) | Span::Missing(text, _)) = span;
        let mut from = 0_usize;
        for (at, mark) in (0..text.len()).zip(marks.by_ref()) {
            if *mark != 0 {
                push(&mut runs, span.part(from, at), style);
                from = at.saturating_add(1);
                style ^= mark & !HIDDEN;
            }
        }
        push(&mut runs, span.part(from, text.len()), style);
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
    fn part(&self, from: usize, to: usize) -> Span<'t> {
        let cut = |text: &'t str| text.get(from..to).unwrap_or_default();
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

/// For each byte: 0, or [`HIDDEN`] with the style that begins or ends behind it.
fn marks(text: &str) -> Vec<u8> {
    let mut marks = vec![0; text.len()];
    fixed(&mut marks, text.as_bytes());
    pairs(&mut marks, text);
    marks
}

fn mark(marks: &mut [u8], at: usize, style: Styles) {
    if let Some(mark) = marks.get_mut(at) {
        *mark = HIDDEN | style;
    }
}

/// Fixed width: of blocks, which may span lines, and of code in one line.
fn fixed(marks: &mut [u8], text: &[u8]) {
    let mut at = 0;
    // Searched for in vain only once: without an end here there is none further on.
    let mut blocks_end = true;
    while let Some(rest) = text.get(at..) {
        let Some(ahead) = rest.iter().position(|byte| *byte == b'`') else { return };
        let is_block = rest.get(ahead..).is_some_and(|rest| rest.starts_with(b"```"));
        let width = if is_block { 3 } else { 1 };
        let inside = at.saturating_add(ahead).saturating_add(width);
        let inner = text.get(inside..).unwrap_or_default();
        let end = if !is_block {
            let end = inner.iter().position(|byte| matches!(byte, b'`' | b'\n'));
            end.filter(|end| inner.get(*end) == Some(&b'`'))
        } else if blocks_end {
            inner.windows(3).position(|window| window == b"```")
        } else {
            None
        };
        blocks_end &= !is_block || end.is_some();
        at = inside;
        let is_blank = |end: usize| inner.iter().take(end).all(u8::is_ascii_whitespace);
        if let Some(end) = end.filter(|end| !is_blank(*end)) {
            let close = inside.saturating_add(end);
            at = close.saturating_add(width);
            (inside.saturating_sub(width)..inside).chain(close..at).for_each(|byte| mark(marks, byte, 0));
            mark(marks, inside.saturating_sub(1), MONO);
            mark(marks, at.saturating_sub(1), MONO);
        }
    }
}

/// The pairs of the other marks, none of which stands in fixed width. Pairs never cross: what is opened inside of
/// one ends there.
fn pairs(marks: &mut [u8], text: &str) {
    let mut open: [Option<usize>; 3] = [None; 3];
    let mut before = None;
    let mut fixed = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        let after = chars.peek().map(|(_, char)| *char);
        let last = before.replace(char);
        fixed ^= marks.get(at).copied().unwrap_or_default() & MONO;
        if char == '\n' {
            open = [None; 3];
        }
        let kind = match char {
            '*' => 0,
            '_' => 1,
            '~' => 2,
            _ => continue,
        };
        let Some(slot) = open.get_mut(kind) else { continue };
        match *slot {
            _ if fixed != 0 => {}
            Some(from) if closes(char, last, after) => {
                mark(marks, from, 1 << kind);
                mark(marks, at, 1 << kind);
                open = open.map(|other| other.filter(|other| *other < from));
            }
            None if closes(char, after, last) => *slot = Some(at),
            _ => {}
        }
    }
}

/// Whether a mark closes, by the characters on its inner and its outer side; the other way round, whether it opens.
fn closes(mark: char, inner: Option<char>, outer: Option<char>) -> bool {
    inner.is_some_and(|char| char != mark && !char.is_whitespace()) && !outer.is_some_and(is_word)
}

/// Letters and digits; emoji and other pictures are none.
const fn is_word(char: char) -> bool {
    !is_separator(char)
        && !matches!(char, '\u{200b}'..='\u{200f}' | '\u{2190}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..)
}
