//! Times as text: RFC 3339 and RFC 2822.

/// Milliseconds since the epoch of a text that is a time and nothing else.
pub(super) fn ms_of(text: &str) -> Option<i64> {
    let mut text = Text(text.as_bytes());
    let moment = if text.0.get(4) == Some(&b'-') { text.rfc_3339() } else { text.rfc_2822() };
    moment.filter(|_| text.0.is_empty())
}

/// Text that is read from the front. The grammars are read here, the calendar is chrono's: its own parsers take any
/// format and weigh as much as everything else in this module ten times over.
struct Text<'a>(&'a [u8]);

/// Date and time of day, before the zone is known.
struct Civil {
    date: chrono::NaiveDate,
    ms_of_day: i64,
}

const MONTHS: [&[u8]; 12] =
    [b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec"];
const DAYS: [&[u8]; 7] = [b"mon", b"tue", b"wed", b"thu", b"fri", b"sat", b"sun"];

impl Text<'_> {
    /// `2026-11-23T08:15:09.412Z`
    fn rfc_3339(&mut self) -> Option<i64> {
        let year = self.number(4, 4)?;
        let month = self.then(b"-")?.number(2, 2)?;
        let day = self.then(b"-")?.number(2, 2)?;
        self.one_of(b"Tt ")?;
        let mut ms_of_day = self.time_of_day(true)?;
        if self.then(b".").is_some() {
            ms_of_day = ms_of_day.checked_add(self.fraction()?)?;
        }
        let offset = if self.one_of(b"Zz").is_some() { 0 } else { self.offset(true)? };
        Civil::new(year, month, day, ms_of_day)?.at(offset)
    }

    /// `Mon, 23 Nov 2026 08:15:09 +0000`
    fn rfc_2822(&mut self) -> Option<i64> {
        let weekday = self.name(&DAYS);
        if weekday.is_some() {
            self.then(b",")?.blanks();
        }
        let day = self.number(1, 2)?;
        let month = self.blank()?.name(&MONTHS)?.checked_add(1)?;
        let year = self.blank()?.number(4, 4)?;
        let ms_of_day = self.blank()?.time_of_day(false)?;
        self.blank()?;
        let named = [b"GMT".as_slice(), b"UT", b"Z"].into_iter().any(|zone| self.then(zone).is_some());
        let offset = if named { 0 } else { self.offset(false)? };
        let civil = Civil::new(year, month, day, ms_of_day)?;
        let agrees = weekday.is_none_or(|day| {
            i64::from(chrono::Datelike::weekday(&civil.date).num_days_from_monday()) == day
        });
        if agrees { civil.at(offset) } else { None }
    }

    /// `08:15:09`, or `08:15` where the seconds may be left out.
    fn time_of_day(&mut self, with_seconds: bool) -> Option<i64> {
        let hour = self.number(2, 2).filter(|hour| *hour < 24)?;
        let minute = self.then(b":")?.number(2, 2).filter(|minute| *minute < 60)?;
        let second = match self.then(b":") {
            Some(text) => text.number(2, 2).filter(|second| *second <= 60)?,
            None if with_seconds => return None,
            None => 0,
        };
        let seconds = hour.checked_mul(3600)?.checked_add(minute.checked_mul(60)?)?.checked_add(second)?;
        seconds.checked_mul(1000)
    }

    /// Milliseconds of the digits after a decimal point.
    fn fraction(&mut self) -> Option<i64> {
        let digits = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at_checked(digits).filter(|(digits, _)| !digits.is_empty())?;
        self.0 = rest;
        let padded = digits.iter().copied().chain(core::iter::repeat(b'0')).take(3);
        padded
            .map(|digit| i64::from(digit.wrapping_sub(b'0')))
            .try_fold(0_i64, |ms, digit| ms.checked_mul(10)?.checked_add(digit))
    }

    /// `+02:00` or `+0200`, in milliseconds east of Greenwich.
    fn offset(&mut self, colon: bool) -> Option<i64> {
        let sign = if self.one_of(b"+-")? == b'-' { -60_000 } else { 60_000 };
        let hours = self.number(2, 2).filter(|hours| *hours < 24)?;
        if colon {
            self.then(b":")?;
        }
        let minutes = self.number(2, 2).filter(|minutes| *minutes < 60)?;
        hours.checked_mul(60)?.checked_add(minutes)?.checked_mul(sign)
    }

    /// A whole number of `least` to `most` digits.
    fn number(&mut self, least: usize, most: usize) -> Option<i64> {
        let length = self.0.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at_checked(length).filter(|_| length >= least)?;
        self.0 = rest;
        digits
            .iter()
            .try_fold(0_i64, |n, digit| n.checked_mul(10)?.checked_add(i64::from(digit.wrapping_sub(b'0'))))
    }

    /// Place of a three-letter name in a table.
    fn name(&mut self, names: &[&[u8]]) -> Option<i64> {
        let (name, rest) = self.0.split_at_checked(3)?;
        let place = names.iter().position(|known| known.eq_ignore_ascii_case(name))?;
        self.0 = rest;
        i64::try_from(place).ok()
    }

    fn then(&mut self, wanted: &[u8]) -> Option<&mut Self> {
        self.0 = self.0.strip_prefix(wanted)?;
        Some(self)
    }

    fn one_of(&mut self, wanted: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first().filter(|(first, _)| wanted.contains(first))?;
        self.0 = rest;
        Some(*first)
    }

    fn blank(&mut self) -> Option<&mut Self> {
        self.one_of(b" ")?;
        self.blanks();
        Some(self)
    }

    fn blanks(&mut self) {
        while self.one_of(b" ").is_some() {}
    }
}

impl Civil {
    fn new(year: i64, month: i64, day: i64, ms_of_day: i64) -> Option<Self> {
        let number = |part: i64| u32::try_from(part).ok();
        let date = chrono::NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, number(month)?, number(day)?)?;
        Some(Civil { date, ms_of_day })
    }

    /// Milliseconds since the epoch, in a zone that lies `offset` east of Greenwich.
    fn at(&self, offset: i64) -> Option<i64> {
        let days = self.date.signed_duration_since(chrono::NaiveDate::default()).num_days();
        days.checked_mul(86_400_000)?.checked_add(self.ms_of_day)?.checked_sub(offset)
    }
}
