//! Numbers while they are being typed.
#![allow(clippy::arithmetic_side_effects, reason = "lengths below 256")]

use super::characters::{is_digit, is_plus};
use super::format::{Manner, Style, push};
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
        let set = if plus { self.typed_abroad(digits) } else { self.typed_at_home(digits, region) };
        set.unwrap_or_else(|| {
            let mut plain = String::from(if plus { "+" } else { "" });
            push(&mut plain, digits);
            plain
        })
    }

    fn typed_abroad(&self, typed: &[u8]) -> Option<String> {
        let (code, rest) = self.leading_code(typed)?;
        let manner = Manner { style: Style::International, bare: false, typed: true };
        self.attempt(code, rest, manner, typed).filter(|_| !rest.is_empty())
    }

    fn typed_at_home(&self, typed: &[u8], region: Option<usize>) -> Option<String> {
        let region = region?;
        let code = self.code_of(region);
        let mut room = Buffer::new();
        let national = self.strip(self.region_at(region)?, typed, &mut room);
        // With a prefix, as one writes it; without, as one writes it or at least without one.
        [(national, false), (national, true), (typed, true)].into_iter().find_map(|(digits, bare)| {
            self.attempt(code, digits, Manner { style: Style::National, bare, typed: true }, typed)
        })
    }

    /// The digits in the first format that they still fit, if that leaves them as they were typed.
    #[inline(never)]
    fn attempt(&self, code: u8, digits: &[u8], manner: Manner, typed: &[u8]) -> Option<String> {
        let mut text = String::new();
        self.set(&mut text, code, digits, manner);
        // What the template has behind the last digit typed is not yet to be seen.
        while text.bytes().next_back().is_some_and(|byte| !byte.is_ascii_digit()) {
            text.pop();
        }
        text.bytes().filter(u8::is_ascii_digit).eq(typed.iter().copied()).then_some(text)
    }
}
