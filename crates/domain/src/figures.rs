//! The figures of a sale, by the minute: how many people got a seat, joined the line, or cancelled.

use std::iter;

use chrono::{DateTime, TimeDelta, Utc};

/// Counts of what happened to the registrations of people. Stress tests are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    /// People who got a seat at once.
    pub confirmed: i64,
    /// People who joined the line.
    pub waitlisted: i64,
    /// People who got a seat from the line.
    pub promoted: i64,
    /// Registrations that were cancelled, seated or waiting.
    pub cancelled: i64,
}

impl Figures {
    /// Whether all of them are zero.
    pub fn are_zero(&self) -> bool {
        *self == Self::default()
    }
}

/// The most intervals of a sale that are shown.
pub const INTERVALS_MAX: i64 = 200;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;

/// The origin of all intervals, in seconds of Unix time: the begin of 2001 (UTC). It is a Monday, so that days begin at midnight
/// and weeks on Mondays.
pub const ORIGIN_SECONDS: i64 = 978_307_200;

/// The minute that contains a time, which is where the figures count it.
pub fn minute_of(at: DateTime<Utc>) -> DateTime<Utc> {
    at - TimeDelta::seconds(at.timestamp().rem_euclid(MINUTE))
        - TimeDelta::nanoseconds(at.timestamp_subsec_nanos().into())
}

/// The length of intervals, in seconds, for a sale from `first` to `last`: the shortest common length, or number of weeks, with
/// which no more than [`INTERVALS_MAX`] intervals, counted from [`ORIGIN_SECONDS`], cover it.
pub fn interval_seconds(first: DateTime<Utc>, last: DateTime<Utc>) -> i64 {
    const SHORT: [i64; 6] = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 6 * HOUR, DAY];
    let index = |at: DateTime<Utc>, seconds: i64| (at.timestamp() - ORIGIN_SECONDS).div_euclid(seconds);
    let fits = |seconds: &i64| index(last, *seconds) - index(first, *seconds) < INTERVALS_MAX;
    let weeks = iter::successors(Some(WEEK), |seconds| seconds.checked_mul(2));
    SHORT.into_iter().chain(weeks).find(fits).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_minute_begins_with_its_second_zero_also_before_1970() {
        for (time, minute) in [
            ("2026-11-22T20:15:59.999999Z", "2026-11-22T20:15:00Z"),
            ("2026-11-22T20:15:00Z", "2026-11-22T20:15:00Z"),
            ("1969-12-31T23:59:00.000001Z", "1969-12-31T23:59:00Z"),
        ] {
            assert_eq!(minute_of(at(time)), at(minute), "{time}");
        }
    }

    #[test]
    fn intervals_count_from_a_monday() {
        use chrono::{Datelike, Weekday};
        assert_eq!(DateTime::from_timestamp(ORIGIN_SECONDS, 0).unwrap().weekday(), Weekday::Mon);
        assert_eq!(at("2001-01-01T00:00:00Z").timestamp(), ORIGIN_SECONDS);
    }

    #[test]
    fn intervals_grow_with_the_time_that_they_have_to_hold() {
        let first = at("2026-11-22T00:00:00Z");
        for (minutes, seconds) in [
            (0, 60),
            (199, 60),
            (200, 300),
            (999, 300),
            (1_000, 900),
            (3_000, HOUR),
            (12_000, 6 * HOUR),
            (72_000, DAY),
            (288_000, WEEK),
            (3_000_000, 2 * WEEK),
            (50_000_000, 32 * WEEK),
        ] {
            assert_eq!(interval_seconds(first, first + TimeDelta::minutes(minutes)), seconds, "{minutes}");
        }
        let (begin, end) = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
        assert!(interval_seconds(begin, end) > WEEK);
    }
}
