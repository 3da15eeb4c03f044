//! Bodies in `application/x-www-form-urlencoded`, from the raw bytes.
//!
//! Decoding is that of Node's `querystring` (the decoder behind twilio-node): `+` is a space, `%xx` a byte, a broken
//! escape stays as it is, bytes that are no UTF-8 become U+FFFD. Two bodies that `querystring` would take are refused,
//! because the signing string has no delimiters and cannot tell them from another body: a pair without `=` (`Tox`
//! signs like `To=x`) and a pair without a name (`=` signs like nothing). Twilio sends neither.

use super::refusal::Refusal;
use super::signing_order::{SigningOrder, sort_by_signing_order, utf16_order};
use super::urlencoded::{NAME, Stop, VALUE, decode};
use super::word_buffer::WordBuffer;
use crate::sort::sort;
use core::cmp::Ordering;

/// Longest form that is looked at: 256 KiB. Twilio's webhooks have 0.5 to 4 KB.
pub const MAX_BODY: usize = 256 * 1024;

/// A decoded pair: the name is `start..middle` of the buffer, the value `middle..end`.
#[derive(Clone, Copy, Debug)]
struct Pair {
    start: usize,
    middle: usize,
    end: usize,
}

/// A decoded form. It can be read into again and again without allocating once it has grown.
#[derive(Debug, Default)]
pub struct Form {
    buffer: WordBuffer,
    pairs: Vec<Pair>,
    sorted: Vec<SigningOrder>,
    /// The order of the form before: a receiver gets mostly one kind of webhook, and then it is that of the next one.
    last: Vec<SigningOrder>,
}

impl Form {
    /// Decodes a body.
    ///
    /// # Errors
    /// [`Refusal`].
    ///
    /// ```
    /// use reply_window::signing::form::Form;
    /// let form = Form::parse(b"To=%2B15550100200&Body=a+b%zz").expect("a form");
    /// let pairs: Vec<_> = form.pairs().collect();
    /// assert_eq!(pairs, [("To", "+15550100200"), ("Body", "a b%zz")]);
    /// ```
    pub fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let mut form = Form::default();
        form.read(body)?;
        Ok(form)
    }

    /// Decodes a body in the place of the last one.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn read(&mut self, body: &[u8]) -> Result<(), Refusal> {
        self.clear();
        if body.len() > MAX_BODY {
            return Err(Refusal::BodyTooLarge);
        }
        self.push(body)?;
        self.arrange();
        Ok(())
    }

    /// Forgets the pairs and keeps the room.
    pub fn clear(&mut self) {
        // Where a repeated pair was left out, the places are not all there.
        if !self.sorted.is_empty() && self.sorted.len() == self.pairs.len() {
            core::mem::swap(&mut self.sorted, &mut self.last);
        }
        self.buffer.clear();
        self.pairs.clear();
        self.sorted.clear();
    }

    /// Decodes pairs behind those that are there.
    pub fn push(&mut self, raw: &[u8]) -> Result<(), Refusal> {
        self.buffer.reserve(raw.len());
        let mut rest = raw;
        loop {
            let start = self.buffer.end();
            let mut stop = decode::<NAME>(&mut self.buffer, &mut rest);
            let middle = self.buffer.end();
            if stop == Stop::Equals {
                if middle == start {
                    return Err(Refusal::PairWithoutName);
                }
                stop = decode::<VALUE>(&mut self.buffer, &mut rest);
                self.pairs.push(Pair { start, middle, end: self.buffer.end() });
            } else if middle > start {
                return Err(Refusal::PairWithoutEquals);
            }
            if stop == Stop::End {
                return Ok(());
            }
        }
    }

    /// The pairs in the order of the body.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|pair| (text(self.name(pair)), text(self.value(pair))))
    }

    /// Puts the pairs into signing order: names by UTF-16 code units, of equal names the distinct values.
    fn arrange(&mut self) {
        let mut sorted = core::mem::take(&mut self.sorted);
        if self.last.len() == self.pairs.len() {
            sorted.extend(self.last.iter().map(|next| self.order_of(next.place())));
        } else {
            sorted.extend((0..self.pairs.len()).map(|place| self.order_of(place)));
        }
        sort_by_signing_order(&mut sorted);
        let mut alike = false;
        for run in sorted.chunk_by_mut(SigningOrder::alike).filter(|run| run.len() > 1) {
            alike = true;
            sort(run, |a, b| self.order(*a, *b).is_lt());
        }
        if alike {
            sorted.dedup_by(|a, b| a.alike(b) && self.order(*a, *b).is_eq());
        }
        self.sorted = sorted;
    }

    /// Appends the names and values in signing order, each value behind its name.
    pub fn sign_into(&self, message: &mut WordBuffer) {
        message.reserve(self.buffer.end());
        for next in &self.sorted {
            let pair = self.pair(next.place());
            message.extend_from(&self.buffer, pair.start, pair.end);
        }
    }

    fn order_of(&self, place: usize) -> SigningOrder {
        let Pair { start, middle, .. } = self.pair(place);
        SigningOrder::new(self.buffer.sixteen(start), middle.saturating_sub(start), place as u64)
    }

    fn pair(&self, place: usize) -> Pair {
        self.pairs.get(place).copied().unwrap_or(Pair { start: 0, middle: 0, end: 0 })
    }

    fn name(&self, pair: &Pair) -> &[u8] {
        self.buffer.slice(pair.start, pair.middle)
    }

    fn value(&self, pair: &Pair) -> &[u8] {
        self.buffer.slice(pair.middle, pair.end)
    }

    fn order(&self, a: SigningOrder, b: SigningOrder) -> Ordering {
        let (a, b) = (self.pair(a.place()), self.pair(b.place()));
        utf16_order(self.name(&a), self.name(&b)).then_with(|| utf16_order(self.value(&a), self.value(&b)))
    }
}

/// Every piece of the buffer was checked when it was decoded.
fn text(bytes: &[u8]) -> &str {
    core::str::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn signed(body: &[u8]) -> String {
        let mut message = WordBuffer::default();
        Form::parse(body).expect("a form").sign_into(&mut message);
        String::from_utf8(message.text().to_vec()).expect("UTF-8")
    }

    #[test]
    fn names_and_values_follow_utf16_code_units() {
        // U+FF5E (EF BD 9E) against U+1F600 (F0 9F 98 80, in UTF-16 D83D DE00).
        assert_eq!(signed("～=1&😀=2".as_bytes()), "😀2～1");
        assert_eq!(signed("a=～&a=😀&a=～".as_bytes()), "a😀a～");
        // Equal in the first sixteen bytes.
        assert_eq!(
            signed(b"ReasonConferenceEnded=1&ReasonConferenceEnde=2&Reason=3"),
            "Reason3ReasonConferenceEnde2ReasonConferenceEnded1"
        );
    }

    #[test]
    fn names_differ_from_names_with_nul() {
        assert_eq!(signed(b"a%00=1&a=2"), "a2a\u{0}1");
    }

    #[test]
    fn broken_escapes_stay_and_broken_utf8_is_replaced() {
        let form = Form::parse(b"a=%&b=%4&c=%zz%41&d=%C3&e=%C3%A9+%2B").expect("a form");
        let pairs: Vec<_> = form.pairs().collect();
        assert_eq!(pairs, [("a", "%"), ("b", "%4"), ("c", "%zzA"), ("d", "\u{FFFD}"), ("e", "é +")]);
        // Half a character in the name and half in the value do not join.
        let form = Form::parse(b"%C3=%A9").expect("a form");
        assert_eq!(form.pairs().collect::<Vec<_>>(), [("\u{FFFD}", "\u{FFFD}")]);
    }

    #[test]
    fn what_the_signing_string_cannot_tell_apart_is_refused() {
        assert_eq!(Form::parse(b"Tox").err(), Some(Refusal::PairWithoutEquals));
        assert_eq!(Form::parse(b"To=x&=").err(), Some(Refusal::PairWithoutName));
        assert_eq!(Form::parse(&vec![b'a'; MAX_BODY + 1]).err(), Some(Refusal::BodyTooLarge));
        let mut longest = vec![b'a'; MAX_BODY];
        longest[1] = b'=';
        assert!(Form::parse(&longest).is_ok());
        assert_eq!(Form::parse(b"&&").expect("empty").pairs().count(), 0);
    }

    #[test]
    fn the_order_of_a_form_with_repeated_pairs_is_not_used_again() {
        // Three of four places are in that order, and the next form has three pairs.
        let mut form = Form::default();
        for (body, expected) in
            [("b=1&a=1&a=1&c=1", "a1b1c1"), ("z=1&y=2&x=3", "x3y2z1"), ("y=2&z=1&x=3", "x3y2z1")]
        {
            form.read(body.as_bytes()).expect("a form");
            let mut message = WordBuffer::default();
            form.sign_into(&mut message);
            assert_eq!(message.text(), expected.as_bytes());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_form_reads_as_if_it_were_the_first(bodies in prop::collection::vec("([ab]{1,2}=[ab]?&?){0,5}", 1..8)) {
            let mut form = Form::default();
            for body in bodies {
                let mut message = WordBuffer::default();
                if form.read(body.as_bytes()).is_ok() {
                    form.sign_into(&mut message);
                    let expected = signed(body.as_bytes());
                    prop_assert_eq!(message.text(), expected.as_bytes());
                }
            }
        }
    }
}
