//! Time zones of events.

use chrono::{DateTime, NaiveDateTime, SecondsFormat, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use crate::events::EventDetails;

/// The most that clocks have ever skipped: a day, when Samoa crossed the date line.
const SKIPPED_HOURS_MAX: i64 = 24;

/// The time zone in which an event's times are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone(Tz);

impl Zone {
    /// The event's zone. It is UTC if this program does not know the zone's name, as after an update of another server.
    pub fn of(event: &EventDetails) -> Self {
        Self(event.time_zone.parse().unwrap_or(Tz::UTC))
    }

    /// Coordinated universal time.
    pub const UTC: Self = Self(Tz::UTC);

    /// Its IANA name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// What clocks and calendars in the zone show at that time.
    pub fn clock(self, at: DateTime<Utc>) -> NaiveDateTime {
        at.with_timezone(&self.0).naive_local()
    }

    /// That time by the zone's clocks, with their offset, after RFC 3339.
    pub fn rfc3339(self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.0).to_rfc3339_opts(SecondsFormat::Secs, true)
    }

    /// When clocks in the zone show this: for the first time if they do so twice, and when they go on if they skip it.
    pub fn instant(self, clock: NaiveDateTime) -> Option<DateTime<Utc>> {
        let shown = |hours| self.0.from_local_datetime(&clock.checked_add_signed(TimeDelta::hours(hours))?).earliest();
        (0..=SKIPPED_HOURS_MAX).find_map(shown).map(|at| at.with_timezone(&Utc))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Zone {
        Zone(name.parse().unwrap())
    }

    #[test]
    fn a_day_begins_when_the_zone_says_so() {
        for (name, midnight, at) in [
            ("UTC", "2026-03-29T00:00:00", "2026-03-29T00:00:00Z"),
            ("Europe/Berlin", "2026-03-29T00:00:00", "2026-03-28T23:00:00Z"),
            ("Europe/Berlin", "2026-03-30T00:00:00", "2026-03-29T22:00:00Z"),
            // Clocks went from 23:59 to 01:00.
            ("America/Sao_Paulo", "2018-11-04T00:00:00", "2018-11-04T03:00:00Z"),
            // They showed midnight twice.
            ("America/Havana", "2026-11-01T00:00:00", "2026-11-01T04:00:00Z"),
            // There was no such day.
            ("Pacific/Apia", "2011-12-30T00:00:00", "2011-12-30T10:00:00Z"),
        ] {
            assert_eq!(zone(name).instant(midnight.parse().unwrap()), Some(at.parse().unwrap()), "{name} {midnight}");
        }
    }
}
