//! Texts of time, with chrono's own parsers as the oracle.

use chrono::DateTime;
use proptest::prelude::*;
use reply_window::time::{Instant, TimeError};

fn ours(text: &str) -> Option<i64> {
    Instant::parse(text).ok().map(Instant::ms)
}

#[test]
fn texts_that_are_no_time_are_refused() {
    let texts = [
        "",
        "now",
        "2026-11-23",
        "2026-11-23T08:15",
        "2026-11-23T08:15:09",
        "2026-13-01T00:00:00Z",
        "2026-02-29T00:00:00Z",
        "2026-11-23T24:00:00Z",
        "2026-11-23T08:60:00Z",
        "2026-11-23T08:15:61Z",
        "2026-11-23T08:15:09.Z",
        "2026-11-23T08:15:09Z ",
        "2026-11-23T08:15:09+0200",
        "2026-11-23T08:15:09+24:00",
        "Tue, 23 Nov 2026 08:15:09 +0000",
        "23 Nov 26 08:15:09 +0000",
        "Mon 23 Nov 2026 08:15:09 +0000",
        "Mon, 23 Nov 2026 08:15:09",
        "Mon, 23 Now 2026 08:15:09 +0000",
        "Mon, 23 Nov 2026 08:15:09 +00:00",
        "１２34-11-23T08:15:09Z",
        "\0",
        "----",
    ];
    for text in texts {
        assert_eq!(Instant::parse(text), Err(TimeError::BadText), "{text}");
    }
}

#[test]
fn the_known_forms_are_read() {
    for text in ["2026-11-23T08:15:09Z", "2026-11-23 08:15:09z", "2026-11-23T10:15:09.000+02:00"] {
        assert_eq!(ours(text), Some(1_795_421_709_000), "{text}");
    }
    for text in [
        "Mon, 23 Nov 2026 08:15:09 +0000",
        "mon, 23 nov 2026 08:15:09 GMT",
        "23 Nov 2026 08:15:09 UT",
        "Mon, 23 Nov 2026 03:15:09 -0500",
    ] {
        assert_eq!(ours(text), Some(1_795_421_709_000), "{text}");
    }
    assert_eq!(ours("2026-11-23T08:15:09.9999Z"), Some(1_795_421_709_999));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_chrono_writes_is_read_alike(ms in -62_135_596_800_000_i64..=253_402_300_799_999, east in -1439..=1439) {
        let zone = chrono::FixedOffset::east_opt(east * 60).expect("within a day");
        let moment = DateTime::from_timestamp_millis(ms).expect("in range").with_timezone(&zone);
        prop_assume!((1..=9999).contains(&chrono::Datelike::year(&moment)));
        prop_assert_eq!(ours(&moment.to_rfc3339()), Some(ms));
        prop_assert_eq!(ours(&moment.to_rfc2822()), Some(ms.div_euclid(1000) * 1000));
    }

    /// One changed character: whatever we still read, chrono reads too, as the same instant.
    #[test]
    fn nothing_is_read_that_chrono_refuses(place in 0_usize..31, byte in 32_u8..127, rfc_2822: bool) {
        let text = if rfc_2822 { "Mon, 23 Nov 2026 08:15:09 +0000" } else { "2026-11-23T08:15:09.412+02:00" };
        let mut changed = text.as_bytes().to_vec();
        if let Some(slot) = changed.get_mut(place) {
            *slot = byte;
        }
        let changed = String::from_utf8(changed).expect("ASCII");
        let theirs = DateTime::parse_from_rfc3339(&changed).or_else(|_| DateTime::parse_from_rfc2822(&changed));
        if let Some(ms) = ours(&changed) {
            prop_assert_eq!(theirs.ok().map(|moment| moment.timestamp_millis()), Some(ms), "{}", changed);
        }
    }
}
