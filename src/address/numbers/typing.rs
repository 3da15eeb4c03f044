//! Numbers while they are being typed.
#![allow(clippy::arithmetic_side_effects, reason = "lengths below 256")]

use super::characters::{is_digit, is_plus};
use super::format::{Manner, push};
use super::input::Buffer;
use super::plan::Plan;

impl Plan {
    /// Sets separators into a number that is still being typed, as far as its digits decide them.
    ///
    /// A digit is never added, dropped or moved: whatever would do so leaves the text as digits (and the plus).
    /// A whole number looks as [`Plan::format`] writes it. Texts over 250 characters come back unchanged.
    ///
    /// ```
    /// use reply_window::address::numbers::world;
    /// assert_eq!(world().as_you_type("+4420703", None), "+44 20 703");
    /// assert_eq!(world().as_you_type("65025300", Some("US")), "(650) 253-00");
    /// ```
    #[must_use]
    pub fn as_you_type(&self, text: &str, region: Option<&str>) -> String {
        self.typed(text, region.and_then(|id| self.region(id.as_bytes().try_into().ok()?)))
    }

    /// The same, the region by its place.
    pub(crate) fn typed(&self, text: &str, region: Option<usize>) -> String {
        let Some(buffer) = Buffer::of(text) else { return text.to_owned() };
        let first = buffer.all().iter().find(|byte| is_plus(**byte) || is_digit(**byte));
        let plus = first.is_some_and(|byte| is_plus(*byte));
        let digits = Buffer::digits(buffer.all(), false);
        let digits = digits.all();
        let mut out = String::new();
        let set = match region.and_then(|at| Some((self.code_of(at), self.region_at(at)?))) {
            _ if plus => {
                let code = self.leading_code(digits);
                code.is_some_and(|(code, rest)| {
                    self.attempt(&mut out, code, rest, Manner::TypedAbroad, digits)
                })
            }
            Some((code, region)) => {
                let mut room = Buffer::new();
                let national = self.strip(region, digits, &mut room);
                // With a prefix, as one writes it; without, as one writes it or at least without one.
                self.attempt(&mut out, code, national, Manner::Typed, digits)
                    || self.attempt(&mut out, code, national, Manner::TypedBare, digits)
                    || self.attempt(&mut out, code, digits, Manner::TypedBare, digits)
            }
            None => false,
        };
        if !set {
            out.clear();
            out.push_str(if plus { "+" } else { "" });
            push(&mut out, digits);
        }
        out
    }

    /// Sets digits in the first format that they still fit; whether that leaves what was typed as it is.
    #[inline(never)]
    fn attempt(&self, out: &mut String, code: u8, digits: &[u8], manner: Manner, typed: &[u8]) -> bool {
        out.clear();
        self.set(out, code, digits, manner);
        // What the template has behind the last digit typed is not yet to be seen.
        while out.bytes().next_back().is_some_and(|byte| !byte.is_ascii_digit()) {
            out.pop();
        }
        Buffer::digits(out.as_bytes(), false).all() == typed
    }
}
