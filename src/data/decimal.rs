//! Decimal numbers, without the 10 KB that reading every last bit of a float takes.

/// A number in the grammar of JSON (RFC 8259, section 6). Correctly rounded up to 15 digits and 22 places, which
/// coordinates and counts never exceed; beyond, off by some units in the last place.
///
/// Nothing for text in another form, or beyond the range of a float.
pub fn decimal(text: &str) -> Option<f64> {
    let (negative, rest) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (mantissa, exponent) = exponent(rest)?;
    let (before, after) = match mantissa.split_once('.') {
        Some((before, after)) => (before, Some(after)),
        None => (mantissa, None),
    };
    if before.starts_with('0') && before.len() > 1 || before.is_empty() || after == Some("") {
        return None;
    }
    let after = after.unwrap_or_default();
    let (mut number, mut places) = (0_u64, exponent);
    for (digit, fraction) in before.bytes().map(|d| (d, false)).chain(after.bytes().map(|d| (d, true))) {
        let value = u64::from(digit.checked_sub(b'0').filter(|value| *value < 10)?);
        // Digits that no longer fit only move the point.
        match number.checked_mul(10).and_then(|number| number.checked_add(value)) {
            Some(longer) => {
                number = longer;
                places = places.saturating_sub(i32::from(fraction));
            }
            None => places = places.saturating_add(i32::from(!fraction)),
        }
    }
    let mut value = number as f64;
    let mut power = 1.0;
    for _ in 0..places.unsigned_abs().min(700) {
        power *= 10.0;
        if power >= 1e22 {
            value = scaled(value, power, places);
            power = 1.0;
        }
    }
    let value = scaled(value, power, places);
    value.is_finite().then_some(if negative { -value } else { value })
}

/// What stands before the exponent, and the exponent; one beyond 400 makes no difference.
fn exponent(text: &str) -> Option<(&str, i32)> {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else { return Some((text, 0)) };
    let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let size = whole(digits)?.min(400) as i32;
    Some((mantissa, if exponent.starts_with('-') { size.saturating_neg() } else { size }))
}

fn scaled(value: f64, power: f64, places: i32) -> f64 {
    if places < 0 { value / power } else { value * power }
}

/// At least one digit and nothing else; what is too great stops at the greatest.
fn whole(digits: &str) -> Option<u64> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(digits.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_the_standard_library_reads_them() {
        for text in [
            "0",
            "-0",
            "52.3702",
            "4.8952",
            "-122.4194155",
            "84511",
            "1795421709",
            "1e3",
            "1.5e-3",
            "-150.25E+2",
            "0.000001",
            "9007199254740991",
        ] {
            assert_eq!(decimal(text), text.parse().ok(), "{text}");
        }
        assert_eq!(
            decimal("123456789012345678901234567890"),
            Some(123_456_789_012_345_678_901_234_567_890.0)
        );
        assert_eq!(decimal("1e400"), None);
        assert_eq!(decimal("1e-400"), Some(0.0));
        assert_eq!(decimal("0e99999999999999999999"), Some(0.0));
    }

    #[test]
    fn other_text_is_no_number() {
        for text in
            ["", "-", "+1", "1.", ".5", "01", "1e", "1e+", "1 ", "NaN", "inf", "0x1", "1.2.3", "1e1e1", "--1"]
        {
            assert_eq!(decimal(text), None, "{text}");
        }
    }
}
