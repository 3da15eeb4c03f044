//! What a provider's error code means: the one table. Whoever meets a code asks here.
//!
//! One [`Row`] per code says what happened, what helps and who does it, what it does to the reply window and to the
//! template, whether sending again helps, and where that is written. Sentences are the reader's: a row names their key.
//!
//! Sources: `https://www.twilio.com/docs/api/errors/NNNNN` for Twilio,
//! <https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes> for Meta; a row that
//! rests on anything else says so in its [`Source`].

mod meta;
mod row;
mod terms;
mod twilio;

use crate::event::Provider;

pub use row::{Row, Source, TemplateEffect};
pub use terms::{Action, Actor, Concern, Refusal, Retry};

/// The rows of a provider, by number.
#[must_use]
pub const fn rows(provider: Provider) -> &'static [Row] {
    match provider {
        Provider::Twilio => twilio::ROWS,
        Provider::Meta => meta::ROWS,
    }
}

/// The row of a code; nothing for one that the table has not.
///
/// ```
/// use reply_window::event::Provider;
/// use reply_window::provider_error::of;
/// assert!(of(Provider::Twilio, 63016).is_some_and(|row| row.closes_window));
/// assert!(of(Provider::Meta, 63016).is_none());
/// ```
#[must_use]
pub fn of(provider: Provider, code: u32) -> Option<&'static Row> {
    let rows = rows(provider);
    // Meta documents its permission errors as a range, which stands in the table under its first number.
    let code = match code {
        200..=299 if provider == Provider::Meta => 200,
        code => code,
    };
    rows.get(rows.binary_search_by_key(&code, |row| row.code).ok()?)
}

/// The row of a code where nobody says whose it is: no number belongs to two providers.
///
/// ```
/// use reply_window::event::Provider;
/// use reply_window::provider_error::find;
/// assert_eq!(find(131_047).map(|(provider, row)| (provider, row.meaning)), Some((Provider::Meta, "outside-window")));
/// ```
#[must_use]
pub fn find(code: u32) -> Option<(Provider, &'static Row)> {
    Provider::NAMES.iter().find_map(|(_, provider)| Some((*provider, of(*provider, code)?)))
}

/// Whether a code proves that the reply window is closed, whatever the clock says.
#[must_use]
pub fn closes_window(code: u32) -> bool {
    find(code).is_some_and(|(_, row)| row.closes_window)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> impl Iterator<Item = (Provider, &'static Row)> {
        Provider::NAMES.iter().flat_map(|(_, provider)| rows(*provider).iter().map(|row| (*provider, row)))
    }

    #[test]
    fn the_rows_are_sorted_and_each_code_stands_once() {
        for (name, provider) in Provider::NAMES {
            assert!(rows(*provider).windows(2).all(|pair| pair[0].code < pair[1].code), "{name}");
        }
        for (provider, row) in all() {
            assert_eq!(
                find(row.code).map(|(found, _)| found),
                Some(provider),
                "{} belongs to two providers",
                row.code
            );
        }
    }

    #[test]
    fn a_code_closes_a_window_where_it_means_that_it_is_closed() {
        for (provider, row) in all() {
            let closed = row.meaning == "outside-window";
            assert_eq!(row.closes_window, closed, "{} {}", provider.name(), row.code);
        }
        assert!(closes_window(63_016) && closes_window(131_047));
    }

    #[test]
    fn one_meaning_has_one_action_and_one_sentence() {
        for (_, row) in all() {
            for (_, other) in all().filter(|(_, other)| other.meaning == row.meaning) {
                let facts = |row: &Row| (row.action, row.sentence);
                assert_eq!(facts(row), facts(other), "{} and {}", row.code, other.code);
            }
        }
    }

    #[test]
    fn the_range_of_permissions_ends() {
        let meaning = |code| of(Provider::Meta, code).map(|row| row.meaning);
        assert_eq!(
            [199, 200, 299, 300].map(meaning),
            [None, Some("permission-missing"), Some("permission-missing"), None]
        );
        assert!(of(Provider::Twilio, 200).is_none());
    }
}
