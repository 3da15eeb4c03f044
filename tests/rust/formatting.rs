//! WhatsApp's formatting of whatever text: only marks disappear. In how many steps: tests/wasm/steps.test.js.

use proptest::prelude::*;
use reply_window::template::fill::Span;
use reply_window::template::style::styled;

/// Runs of a text in pieces, as literals and values in turn.
fn styled_pieces(pieces: &[String]) -> Vec<(String, u8)> {
    let spans = pieces.iter().enumerate().map(|(at, piece)| match at % 2 {
        0 => Span::Literal(piece),
        _ => Span::Value(piece, "1"),
    });
    let runs = styled(spans.collect()).into_iter();
    runs.map(|(Span::Literal(text) | Span::Value(text, _) | Span::Missing(text, _), styles)| {
        (text.to_owned(), styles)
    })
    .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn formatting_takes_away_marks_and_nothing_else(pieces in prop::collection::vec("[*_~`ab é\n]{0,9}", 1..5)) {
        let runs = styled_pieces(&pieces);
        let is_mark = |char: &char| "*_~`".contains(*char);
        let (all, shown) = (pieces.concat(), runs.iter().map(|(text, _)| text.as_str()).collect::<String>());
        // What is left stands in the same order, and what is no mark is all there.
        let mut rest = all.chars();
        prop_assert!(shown.chars().all(|char| rest.any(|other| other == char)), "{all:?} became {shown:?}");
        let plain = |text: &str| text.chars().filter(|char| !is_mark(char)).collect::<String>();
        prop_assert_eq!(plain(&all), plain(&shown));
        // Where the text is cut makes no difference to how it looks.
        let look = |runs: &[(String, u8)]| {
            runs.iter().flat_map(|(text, style)| text.chars().map(|char| (char, *style))).collect::<Vec<_>>()
        };
        prop_assert_eq!(look(&runs), look(&styled_pieces(&[all])));
    }
}
