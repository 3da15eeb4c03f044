//! Base64 and hexadecimal of secret values: no table look-up depends on what is encoded.

use base64ct::{Base64, Encoding};

/// Base64 (RFC 4648, section 4, with padding) into `text`, which has four bytes for every three begun.
pub fn base64(bytes: &[u8], text: &mut [u8]) {
    // It fails where the text is too short alone, which no caller's is.
    let _ = Base64::encode(bytes, text);
}

/// Lower-case hexadecimal digits.
pub fn hex_digits(bytes: &[u8]) -> impl Iterator<Item = u8> + '_ {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|value| value.wrapping_add(if value < 10 { b'0' } else { b'a'.wrapping_sub(10) }))
}

/// Appends lower-case hexadecimal. What is secret has its room reserved by the caller: growing leaves a copy behind.
pub(super) fn push_hex(text: &mut String, bytes: &[u8]) {
    hex_digits(bytes).for_each(|digit| text.push(char::from(digit)));
}

#[cfg(test)]
pub(super) fn hex(bytes: &[u8]) -> String {
    hex_digits(bytes).map(char::from).collect()
}

/// The value of a hexadecimal digit.
pub(super) fn hex_value(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_as_in_rfc_4648_section_10() {
        for (plain, encoded) in [("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            let mut text = vec![0; encoded.len()];
            base64(plain.as_bytes(), &mut text);
            assert_eq!(text, encoded.as_bytes());
        }
        let mut text = [0; 8];
        base64(&[0xFB, 0xEF, 0xBE, 0xFF, 0xFF, 0xFF], &mut text);
        assert_eq!(&text, b"++++////");
        // Section 4, table 1: every value once.
        let all: Vec<u8> =
            (0..16_u32).flat_map(|n| (0x0000_1083 + n * 0x0010_4104).to_be_bytes()[1..].to_vec()).collect();
        let mut text = [0; 64];
        base64(&all, &mut text);
        assert_eq!(&text, b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    }

    #[test]
    fn hexadecimal_is_lower_case() {
        assert_eq!(hex(&[0x00, 0x9A, 0xBF]), "009abf");
        assert_eq!(
            [b'0', b'9', b'a', b'F', b'g', 0xB2].map(hex_value),
            [Some(0), Some(9), Some(10), Some(15), None, None]
        );
    }
}
