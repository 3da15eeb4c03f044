//! Heap sort: no allocation, and no bad input. With the standard library's sort the module `page` has 2.3 KB more (brotli),
//! `server` 10.7.

/// Sorts in place; the order of equal elements is not kept.
pub(crate) fn sort<T>(items: &mut [T], less: impl Fn(&T, &T) -> bool) {
    for root in (0..items.len() / 2).rev() {
        sift(items, root, &less);
    }
    for end in (1..items.len()).rev() {
        items.swap(0, end);
        if let Some(heap) = items.get_mut(..end) {
            sift(heap, 0, &less);
        }
    }
}

/// Moves an element down until neither of its two children is greater.
fn sift<T>(heap: &mut [T], mut root: usize, less: &impl Fn(&T, &T) -> bool) {
    loop {
        let left = root.saturating_mul(2).saturating_add(1);
        let mut greatest = root;
        for child in [left, left.saturating_add(1)] {
            if let (Some(one), Some(other)) = (heap.get(greatest), heap.get(child))
                && less(one, other)
            {
                greatest = child;
            }
        }
        if greatest == root {
            return;
        }
        heap.swap(root, greatest);
        root = greatest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn sorts_as_the_standard_library(mut items in prop::collection::vec(0..20_u8, 0..40)) {
            let mut expected = items.clone();
            expected.sort_unstable();
            sort(&mut items, |a, b| a < b);
            prop_assert_eq!(items, expected);
        }
    }
}
