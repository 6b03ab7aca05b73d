//! An event: what its organizer says of it, and how its places stand.

use std::fmt;

use chrono::{DateTime, Datelike, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::{EventId, UserId};
use crate::limits::{
    CAPACITY_MAX, DESCRIPTION_CHARACTERS_MAX, LOCATION_CHARACTERS_MAX, TITLE_CHARACTERS_MAX, YEAR_MAX,
};
use crate::text::{self, InvalidField};

/// The life of an event: DRAFT, then PUBLISHED, then CANCELLED; a draft may be cancelled too. Nothing leads back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EventStatus {
    /// Seen by its organizer and by admins only.
    Draft,
    /// Seen by everybody, bookable within its sales window.
    Published,
    /// Called off: its places stay as they were.
    Cancelled,
}

impl EventStatus {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Published, Self::Cancelled];

    /// The name that the API and the database use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::Published => "PUBLISHED",
            Self::Cancelled => "CANCELLED",
        }
    }
}

impl fmt::Display for EventStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What an organizer says of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventDetails {
    /// One line.
    pub title: String,
    /// Several lines, may be empty.
    pub description: String,
    /// One line: a place, or a link.
    pub location: String,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// When it ends, after it starts. From then on its places do not change any more.
    pub ends_at: DateTime<Utc>,
    /// The IANA name of the time zone that its times are shown in, such as `Europe/Berlin`.
    pub time_zone: String,
    /// Before this, booking is refused.
    pub sales_open_at: Option<DateTime<Utc>>,
    /// From this on, booking is refused.
    pub sales_close_at: Option<DateTime<Utc>>,
}

impl EventDetails {
    /// The same details, with their text tidied; an error names the first field that cannot be.
    ///
    /// Times become whole microseconds, as the database keeps them; a leap second becomes the one after it.
    pub fn checked(self) -> Result<Self, InvalidField> {
        let kept = |at: DateTime<Utc>| DateTime::from_timestamp_micros(at.timestamp_micros()).unwrap_or(at);
        let details = Self {
            starts_at: kept(self.starts_at),
            ends_at: kept(self.ends_at),
            sales_open_at: self.sales_open_at.map(kept),
            sales_close_at: self.sales_close_at.map(kept),
            ..self
        };
        let title = text::line("title", &details.title, TITLE_CHARACTERS_MAX)?;
        let description = text::paragraphs("description", &details.description, DESCRIPTION_CHARACTERS_MAX)?;
        let location = text::line("location", &details.location, LOCATION_CHARACTERS_MAX)?;
        if details.time_zone.parse::<chrono_tz::Tz>().is_err() {
            return Err(InvalidField::new("time_zone", "must be an IANA time zone, such as Europe/Berlin"));
        }
        for (field, at) in [
            ("starts_at", Some(details.starts_at)),
            ("ends_at", Some(details.ends_at)),
            ("sales_open_at", details.sales_open_at),
            ("sales_close_at", details.sales_close_at),
        ] {
            if at.is_some_and(|at| !(1970..=YEAR_MAX).contains(&at.year())) {
                return Err(InvalidField::new(field, format!("must be between the years 1970 and {YEAR_MAX}")));
            }
        }
        if details.ends_at <= details.starts_at {
            return Err(InvalidField::new("ends_at", "must be after starts_at"));
        }
        if let (Some(open), Some(close)) = (details.sales_open_at, details.sales_close_at)
            && close <= open
        {
            return Err(InvalidField::new("sales_close_at", "must be after sales_open_at"));
        }
        if details.sales_open_at.is_some_and(|open| open >= details.ends_at) {
            return Err(InvalidField::new("sales_open_at", "must be before ends_at"));
        }
        Ok(Self { title, description, location, ..details })
    }

    /// Whether both have the same times: start, end and sales window.
    pub fn has_times_of(&self, other: &Self) -> bool {
        let times =
            |details: &Self| (details.starts_at, details.ends_at, details.sales_open_at, details.sales_close_at);
        times(self) == times(other)
    }
}

/// A number of seats that an event may have: 0 to [`CAPACITY_MAX`].
pub fn checked_capacity(capacity: i64) -> Result<i32, InvalidField> {
    i32::try_from(capacity)
        .ok()
        .filter(|seats| (0..=CAPACITY_MAX).contains(seats))
        .ok_or_else(|| InvalidField::new("capacity", format!("must be between 0 and {CAPACITY_MAX}")))
}

/// An event as its row says, at one commit.
///
/// Confirmed places + `seats_remaining` = `capacity`, and while seats remain nobody waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// Who runs it.
    pub organizer: UserId,
    /// What its organizer says of it.
    pub details: EventDetails,
    /// Seats in all.
    pub capacity: i32,
    /// Seats that nobody has.
    pub seats_remaining: i32,
    /// People in line.
    pub waiting: i32,
    /// The number of the last decision about its places.
    pub last_decision: i64,
    /// Where it is in its life.
    pub status: EventStatus,
    /// While it is under test: the decision that put it there.
    pub under_test_since: Option<i64>,
    /// The event that this one is a hidden copy of, made for a stress test.
    pub rehearsal_of: Option<EventId>,
    /// Goes up with every edit by its organizer, not with bookings.
    pub edit_version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When its organizer last changed it.
    pub updated_at: DateTime<Utc>,
}

impl Event {
    /// How many have a seat.
    pub fn confirmed(&self) -> i32 {
        self.capacity - self.seats_remaining
    }

    /// Whether a stress test has it, so that real bookings must wait for the undo.
    pub fn is_under_test(&self) -> bool {
        self.under_test_since.is_some()
    }

    /// Whether it is over at `now`.
    pub fn has_ended(&self, now: DateTime<Utc>) -> bool {
        self.details.ends_at <= now
    }

    /// Whether nobody, real or simulated, has a place or waits.
    pub fn is_empty(&self) -> bool {
        self.seats_remaining == self.capacity && self.waiting == 0
    }
}

/// What an organizer wants changed. What is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EventChanges {
    /// A new title.
    pub title: Option<String>,
    /// A new description.
    pub description: Option<String>,
    /// A new location.
    pub location: Option<String>,
    /// A new start.
    pub starts_at: Option<DateTime<Utc>>,
    /// A new end.
    pub ends_at: Option<DateTime<Utc>>,
    /// A new time zone.
    pub time_zone: Option<String>,
    /// A new opening of the sale; `Some(None)` takes it away.
    pub sales_open_at: Option<Option<DateTime<Utc>>>,
    /// A new close of the sale; `Some(None)` takes it away.
    pub sales_close_at: Option<Option<DateTime<Utc>>>,
    /// A new number of seats.
    pub capacity: Option<i32>,
}

impl EventChanges {
    /// A change of the number of seats, and of nothing else.
    pub fn of_capacity(capacity: i32) -> Self {
        Self { capacity: Some(capacity), ..Self::default() }
    }

    /// `details` with these changes, checked as a whole.
    pub fn applied_to(&self, details: &EventDetails) -> Result<EventDetails, InvalidField> {
        let changed = |change: &Option<String>, old: &String| change.as_ref().unwrap_or(old).clone();
        EventDetails {
            title: changed(&self.title, &details.title),
            description: changed(&self.description, &details.description),
            location: changed(&self.location, &details.location),
            starts_at: self.starts_at.unwrap_or(details.starts_at),
            ends_at: self.ends_at.unwrap_or(details.ends_at),
            time_zone: changed(&self.time_zone, &details.time_zone),
            sales_open_at: self.sales_open_at.unwrap_or(details.sales_open_at),
            sales_close_at: self.sales_close_at.unwrap_or(details.sales_close_at),
        }
        .checked()
    }
}

/// One entry of an event's own history; bookings are the rest of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventDecision {
    /// Its number in the event's sequence.
    pub number: i64,
    /// What was decided.
    pub kind: EventDecisionKind,
}

/// What was decided about an event as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventDecisionKind {
    /// It was made, with this many seats. Always number 1.
    Created(i32),
    /// It has this many seats from now on.
    Capacity(i32),
    /// It was published.
    Published,
    /// It was called off.
    Cancelled,
    /// A stress test took it.
    SimulationBegun,
    /// Registrations of the stress test that began with this number were taken out; their numbers, between it and this
    /// decision's own, have no rows any more.
    SimulationUndone(i64),
}

impl EventDecisionKind {
    /// The name that the database uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Created(_) => "CREATED",
            Self::Capacity(_) => "CAPACITY",
            Self::Published => "PUBLISHED",
            Self::Cancelled => "CANCELLED",
            Self::SimulationBegun => "SIMULATION_BEGUN",
            Self::SimulationUndone(_) => "SIMULATION_UNDONE",
        }
    }

    /// The number that goes with it, if one does.
    pub fn value(self) -> Option<i64> {
        match self {
            Self::Created(seats) | Self::Capacity(seats) => Some(seats.into()),
            Self::SimulationUndone(since) => Some(since),
            Self::Published | Self::Cancelled | Self::SimulationBegun => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    fn details() -> EventDetails {
        let starts_at = DateTime::from_timestamp(2_000_000_000, 0).unwrap();
        EventDetails {
            title: " Jazz ".into(),
            description: String::new(),
            location: "Hall 1".into(),
            starts_at,
            ends_at: starts_at + TimeDelta::hours(2),
            time_zone: "Europe/Berlin".into(),
            sales_open_at: None,
            sales_close_at: None,
        }
    }

    #[test]
    fn sound_details_are_tidied() {
        assert_eq!(details().checked().unwrap().title, "Jazz");
    }

    #[test]
    fn each_unsound_field_is_named() {
        let at = details().starts_at;
        let far = DateTime::from_timestamp(300_000_000_000, 0).unwrap();
        let cases: [(&str, EventDetails); 8] = [
            ("title", EventDetails { title: "  ".into(), ..details() }),
            ("description", EventDetails { description: "x".repeat(10_001), ..details() }),
            ("location", EventDetails { location: "a\nb".into(), ..details() }),
            ("time_zone", EventDetails { time_zone: "Mars/Base".into(), ..details() }),
            ("ends_at", EventDetails { ends_at: at, ..details() }),
            ("starts_at", EventDetails { starts_at: far, ..details() }),
            ("sales_close_at", EventDetails { sales_open_at: Some(at), sales_close_at: Some(at), ..details() }),
            ("sales_open_at", EventDetails { sales_open_at: Some(at + TimeDelta::days(1)), ..details() }),
        ];
        for (field, details) in cases {
            assert_eq!(details.checked().unwrap_err().field, field);
        }
    }

    #[test]
    fn a_leap_second_is_the_second_after_it_everywhere() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let (leap, after) = (at("2030-06-30T23:59:60Z"), at("2030-07-01T00:00:00Z"));
        let unsound = EventDetails { starts_at: leap, ends_at: after, ..details() };
        assert_eq!(unsound.checked().unwrap_err().field, "ends_at", "the database would take them for the same");
        let sound = EventDetails { starts_at: leap, ends_at: after + TimeDelta::hours(1), ..details() };
        assert_eq!(sound.checked().unwrap().starts_at, after);
    }

    #[test]
    fn capacity_is_bounded() {
        assert_eq!(checked_capacity(0), Ok(0));
        assert_eq!(checked_capacity(CAPACITY_MAX.into()), Ok(CAPACITY_MAX));
        for capacity in [-1, i64::from(CAPACITY_MAX) + 1, i64::MAX] {
            assert!(checked_capacity(capacity).is_err());
        }
    }
}
