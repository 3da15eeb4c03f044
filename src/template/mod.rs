//! Templates: what a business may send at any time, because WhatsApp approved it beforehand.
//!
//! | module | what |
//! |---|---|
//! | [`model`] | one [`Template`] for Twilio Content resources and Meta message templates |
//! | [`kinds`] | the closed sets of words it uses |
//! | [`placeholder`] | finds `{{1}}` and `{{name}}` in a text |
//! | [`content_type`] | the table of content types: where their texts live, when they may be sent |
//! | [`eligibility`] | may it be sent to this customer now, and if not, why |
//! | [`audience`] | which templates a team sees |
//! | [`value`] | the rules for one filled-in value, with the repaired value |
//! | [`fill`] | values in, send request out, or everything that is still wrong |
//! | [`prompt`] | what is asked for each variable, and what is known that fits |
//! | [`style`] | `*bold*` and its like, as WhatsApp shows them |
//! | [`refusal`] | what is told of a template that a provider refused lately |
//! | [`index`], [`rank`] | search as you type: [`search_fold`] makes words alike, [`language_match`] orders languages |
//! | [`draft`] | which templates could carry what was typed when the window closed |
//! | [`opt_out`] | what a customer's words ask: to stop, to begin again |
//! | [`session_message`] | what a provider takes while the window is open |
//!
//! Values are never taken from samples: a sample is a hint for the person who fills in.

pub mod audience;
pub mod content_type;
pub mod draft;
pub mod eligibility;
pub mod fill;
pub mod index;
pub mod kinds;
pub mod language;
pub mod language_match;
pub mod model;
pub mod name_index;
pub mod opt_out;
pub mod placeholder;
mod placeholder_names;
pub mod prompt;
pub mod rank;
pub mod refusal;
pub mod search_fold;
pub mod session_message;
pub mod style;
pub mod us_numbers;
pub mod value;

pub use model::Template;

/// Something to tell, with a stable code and one English sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Kebab-case, never changed once released.
    pub code: &'static str,
    /// One lower-case sentence without a full stop.
    pub message: &'static str,
}

/// A remark as a constant.
pub(crate) const fn remark(code: &'static str, message: &'static str) -> Remark {
    Remark { code, message }
}

/// Length of a text as providers may count it: the larger of UTF-16 units and code points.
///
/// No provider says which of the two its limits mean. A code point is never more than one UTF-16 unit per unit,
/// so the larger is always the count of UTF-16 units, which is `length` in JavaScript.
///
/// ```
/// assert_eq!(reply_window::template::length("a😀"), 3);
/// ```
#[must_use]
pub fn length(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}
