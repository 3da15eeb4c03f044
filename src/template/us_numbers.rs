//! Which numbers of calling code +1 are United States numbers.

/// Area codes of +1 that belong to other countries and territories with a country code of their own
/// (ISO 3166): Canada, the Caribbean, and the US territories in the Pacific and the Caribbean.
/// Source: NANPA geographic area codes, <https://www.nanpa.com/numbering/area-codes>. Sorted.
#[rustfmt::skip]
const ELSEWHERE: &[u16] = &[
    204, 226, 236, 242, 246, 249, 250, 257, 263, 264, 268, 284, 289, 306, 340, 343, 345, 354, 365, 367, 368,
    382, 387, 403, 416, 418, 428, 431, 437, 438, 441, 450, 460, 468, 473, 474, 506, 514, 519, 548, 579, 581,
    584, 587, 600, 604, 613, 622, 639, 647, 649, 658, 664, 670, 671, 672, 683, 684, 705, 709, 721, 742, 753,
    758, 767, 778, 780, 782, 784, 787, 807, 809, 819, 825, 829, 849, 867, 868, 869, 873, 876, 879, 902, 905,
    939, 942,
];

/// Whether an E.164 number is a United States number: `+1`, ten digits, an area code that is nobody else's.
///
/// ```
/// use reply_window::template::us_numbers::is_united_states;
/// assert!(is_united_states("+12025550123"));
/// assert!(!is_united_states("+14165550123")); // Toronto
/// ```
#[must_use]
pub fn is_united_states(phone: &str) -> bool {
    let Some(rest) = phone.strip_prefix("+1") else { return false };
    let area = rest.get(..3).and_then(|area| area.parse::<u16>().ok());
    rest.len() == 10
        && rest.bytes().all(|byte| byte.is_ascii_digit())
        && area.is_some_and(|area| area >= 200 && ELSEWHERE.binary_search(&area).is_err())
}
