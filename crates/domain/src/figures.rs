//! The figures of a sale, by the minute: how many people got a seat, joined the line, or cancelled.

use std::iter;

use chrono::{DateTime, TimeDelta, Utc};

use crate::zones::Zone;

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

/// The origin of all intervals, in seconds of Unix time: the begin of 2001 (UTC). It is a Monday, so that days begin at
/// midnight and weeks on Mondays.
pub const ORIGIN_SECONDS: i64 = 978_307_200;

/// The minute that contains a time, which is where the figures count it.
pub fn minute_of(at: DateTime<Utc>) -> DateTime<Utc> {
    at - TimeDelta::seconds(at.timestamp().rem_euclid(MINUTE))
        - TimeDelta::nanoseconds(at.timestamp_subsec_nanos().into())
}

/// The length of intervals, in seconds, for a sale from `first` to `last`. It is the shortest common length, or number
/// of weeks, with which at most [`INTERVALS_MAX`] intervals cover the sale; they are counted from [`ORIGIN_SECONDS`].
/// Days and weeks are those of `zone`.
pub fn interval_seconds(first: DateTime<Utc>, last: DateTime<Utc>, zone: Zone) -> i64 {
    const SHORT: [i64; 6] = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 6 * HOUR, DAY];
    let fits = |seconds: &i64| index(last, *seconds, zone) - index(first, *seconds, zone) < INTERVALS_MAX;
    let weeks = iter::successors(Some(WEEK), |seconds| seconds.checked_mul(2));
    SHORT.into_iter().chain(weeks).find(fits).unwrap_or(i64::MAX)
}

/// The begin and the end of an interval.
pub type Interval = (DateTime<Utc>, DateTime<Utc>);

/// The length of the intervals of a sale from `first` to `last`, in seconds, and the begin and the end of each. Days
/// are those of `zone`: when its clocks change, one is shorter or longer than the others.
pub fn intervals(first: DateTime<Utc>, last: DateTime<Utc>, zone: Zone) -> (i64, Vec<Interval>) {
    let seconds = interval_seconds(first, last, zone);
    let begin = |index: i64| {
        let at = DateTime::from_timestamp(index.checked_mul(seconds)?.checked_add(ORIGIN_SECONDS)?, 0)?;
        if seconds < DAY { Some(at) } else { zone.instant(at.naive_utc()) }
    };
    let all = index(first, seconds, zone)..=index(last, seconds, zone);
    (seconds, all.filter_map(|index| Some((begin(index)?, begin(index + 1)?))).collect())
}

/// The number of the interval that contains a time.
fn index(at: DateTime<Utc>, seconds: i64, zone: Zone) -> i64 {
    let at = if seconds < DAY { at } else { zone.clock(at).and_utc() };
    (at.timestamp() - ORIGIN_SECONDS).div_euclid(seconds)
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
            assert_eq!(interval_seconds(first, first + TimeDelta::minutes(minutes), Zone::UTC), seconds, "{minutes}");
        }
        let (begin, end) = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
        assert!(interval_seconds(begin, end, Zone::UTC) > WEEK);
    }

    #[test]
    fn days_are_those_of_the_zone_and_lose_no_minute() {
        let (first, last) = (at("2026-03-01T10:00:00Z"), at("2026-04-20T10:00:00Z"));
        let berlin = Zone::of(&crate::events::EventDetails {
            title: String::new(),
            description: String::new(),
            location: String::new(),
            starts_at: first,
            ends_at: last,
            time_zone: "Europe/Berlin".to_owned(),
            sales_open_at: None,
            sales_close_at: None,
            cancel_until: None,
            verified_buyers_only: false,
        });
        let (seconds, days) = intervals(first, last, berlin);
        assert_eq!((seconds, days.len()), (DAY, 51));
        assert_eq!(days.first().unwrap().0, at("2026-02-28T23:00:00Z"));
        assert_eq!(days.last().unwrap().1, at("2026-04-20T22:00:00Z"));
        assert!(days.windows(2).all(|pair| pair[0].1 == pair[1].0));
        let short: Vec<_> = days.iter().filter(|(begin, end)| *end - *begin == TimeDelta::hours(23)).collect();
        assert_eq!(short, [&(at("2026-03-28T23:00:00Z"), at("2026-03-29T22:00:00Z"))]);

        let (seconds, hours) = intervals(first, first + TimeDelta::days(5), berlin);
        assert_eq!((seconds, hours[0].0), (HOUR, first), "clocks do not matter for less than a day");
    }
}
