//! Signing order: names by UTF-16 code units, as JavaScript compares texts.

use core::cmp::Ordering;

/// The first bytes of a name and the place of its pair, the first byte lowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SigningOrder {
    /// Eight bytes of the name.
    first: u64,
    /// Five more, below the place in 24 bits: a body of 256 KiB has fewer pairs.
    rest: u64,
}

/// Where the place begins in [`SigningOrder`], in bits.
const PLACE: u32 = 40;

impl SigningOrder {
    /// The order of a name of `length` bytes, of which the first sixteen bytes are given, with anything behind it.
    #[inline]
    pub(super) fn new([first, rest]: [u64; 2], length: usize, place: u64) -> Self {
        let bits = length.min(16).wrapping_mul(8) as u32;
        let mut name = [first & low_bits(bits), rest & low_bits(bits.saturating_sub(64).min(PLACE))];
        if name.iter().any(|bytes| bytes & HIGH != 0) {
            name = name.map(utf16_ranks);
        }
        let [first, rest] = name;
        SigningOrder { first, rest: rest | place << PLACE }
    }

    /// The place that it was made with.
    pub(super) fn place(self) -> usize {
        usize::try_from(self.rest >> PLACE).unwrap_or_default()
    }

    /// Whether the names begin alike, so that only the whole names can tell.
    pub(super) fn alike(&self, other: &Self) -> bool {
        self.first == other.first && (self.rest ^ other.rest) & low_bits(PLACE) == 0
    }

    /// Whether the name sorts before the other; of names that are alike, one of the two does.
    #[inline]
    fn is_before(&self, other: &Self) -> bool {
        let same = self.first == other.first;
        let [one, two] = if same { [self.rest, other.rest] } else { [self.first, other.first] };
        // The lowest byte that differs decides; what lies above it makes no difference.
        let lowest = (one ^ two).trailing_zeros() & 0b11_1000;
        one.unbounded_shr(lowest) & 0xFF < two.unbounded_shr(lowest) & 0xFF
    }
}

/// A number whose lowest `count` bits are set.
fn low_bits(count: u32) -> u64 {
    !u64::MAX.unbounded_shl(count)
}

/// So many are sorted fastest by inserting one after the other; Twilio sends about twenty.
const MAX_INSERTED: usize = 48;

/// Sorts in place.
pub(super) fn sort_by_signing_order(orders: &mut [SigningOrder]) {
    if orders.len() > MAX_INSERTED {
        return crate::sort::sort(orders, SigningOrder::is_before);
    }
    for end in 1..orders.len() {
        let Some(order) = orders.get(end).copied() else { return };
        let mut at = end;
        while let Some(before) = at.checked_sub(1)
            && let Some(greater) = orders.get(before).copied().filter(|one| order.is_before(one))
        {
            if let Some(place) = orders.get_mut(at) {
                *place = greater;
            }
            at = before;
        }
        if let Some(place) = orders.get_mut(at) {
            *place = order;
        }
    }
}

/// A byte of UTF-8 moved so that byte order is the order of UTF-16 code units: characters beyond U+FFFF (first byte
/// F0 to F4) are surrogates there and come before U+E000 to U+FFFF (first byte EE or EF, here FE or FF).
fn utf16_rank(byte: u8) -> u8 {
    if matches!(byte, 0xEE | 0xEF) { byte | 0x10 } else { byte }
}

/// The same for eight bytes.
#[cold]
fn utf16_ranks(bytes: u64) -> u64 {
    u64::from_le_bytes(bytes.to_le_bytes().map(utf16_rank))
}

/// The bit of each byte that ASCII has not.
const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);

/// The order of two texts in UTF-16 code units.
pub(super) fn utf16_order(a: &[u8], b: &[u8]) -> Ordering {
    match a.iter().zip(b).find(|(a, b)| a != b) {
        Some((a, b)) => utf16_rank(*a).cmp(&utf16_rank(*b)),
        None => a.len().cmp(&b.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn order(name: &str, behind: u8, place: u64) -> SigningOrder {
        let mut begin = [behind; 16];
        begin.iter_mut().zip(name.bytes()).for_each(|(to, from)| *to = from);
        let begin = u128::from_le_bytes(begin);
        SigningOrder::new([begin as u64, (begin >> 64) as u64], name.len(), place)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn ranks_sort_as_javascript_does(
            names in prop::collection::vec("[a-c\u{0}é～😀\u{E000}]{0,6}|SmsMessageSid[a-c]{0,4}", 0..120),
            behind in any::<u8>(),
        ) {
            let mut orders: Vec<SigningOrder> = names.iter().zip(0..).map(|(name, place)| order(name, behind, place)).collect();
            sort_by_signing_order(&mut orders);
            for pair in orders.windows(2) {
                let [one, other] = [pair[0], pair[1]];
                let units = |order: SigningOrder| names[order.place()].encode_utf16().collect::<Vec<_>>();
                if !one.alike(&other) {
                    prop_assert!(units(one) < units(other));
                }
            }
            let mut places: Vec<usize> = orders.iter().map(|order| order.place()).collect();
            places.sort_unstable();
            prop_assert!(places.into_iter().eq(0..names.len()));
        }

        #[test]
        fn texts_compare_as_in_javascript(a in "[a\u{0}é～😀\u{E000}]{0,4}", b in "[a\u{0}é～😀\u{E000}]{0,4}") {
            let units = |text: &str| text.encode_utf16().collect::<Vec<_>>();
            prop_assert_eq!(utf16_order(a.as_bytes(), b.as_bytes()), units(&a).cmp(&units(&b)));
        }
    }
}
