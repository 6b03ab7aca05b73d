//! Events: their details, their status and their seats.

use std::fmt;

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::ids::{EventId, RegistrationId, UserId};
use crate::limits::{
    DESCRIPTION_CHARACTERS_MAX, EVENT_DAYS_MAX, LOCATION_CHARACTERS_MAX, TITLE_CHARACTERS_MAX, YEAR_MAX,
};
use crate::money::{Money, Terms};
use crate::names::read_by_name;
use crate::seats::{Seats, checked_capacity};
use crate::text::{self, InvalidField};
use crate::tickets::{PriceNumber, Split, Tickets, TypeNumber};

/// The life of an event: DRAFT, then PUBLISHED, then CANCELLED; a draft may be cancelled too. Nothing leads back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EventStatus {
    /// Visible to its organizer and to admins.
    Draft,
    /// Visible to everybody, and bookable within its sales window.
    Published,
    /// Cancelled. Its registrations stay as they were.
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

    /// The money of an event with this status, where its registrations have `money`. A cancelled event owes all that
    /// was paid, and asks nobody for more.
    pub fn money(self, money: Money) -> Money {
        match self {
            Self::Cancelled => Money { held: 0, owed: money.taken, ..money },
            Self::Draft | Self::Published => money,
        }
    }
}

read_by_name!(EventStatus);

impl fmt::Display for EventStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The details of an event, as its organizer writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventDetails {
    /// One line.
    pub title: String,
    /// Several lines, may be empty.
    pub description: String,
    /// One line: an address, or a link.
    pub location: String,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// When it ends, after it starts. From then on its seats do not change.
    pub ends_at: DateTime<Utc>,
    /// The IANA name of the time zone for displaying its times, such as `Europe/Berlin`.
    pub time_zone: String,
    /// When the sale opens. Earlier bookings are refused. `None` opens it with the publication.
    pub sales_open_at: Option<DateTime<Utc>>,
    /// When the sale closes. Bookings from then on are refused.
    pub sales_close_at: Option<DateTime<Utc>>,
    /// Until when people may cancel their bookings, at most until the start. `None` is the start.
    pub cancel_until: Option<DateTime<Utc>>,
    /// Whether only people may book who have proven their e-mail address.
    pub verified_buyers_only: bool,
}

impl EventDetails {
    /// The details with normalized texts and times. An error names the first invalid field.
    ///
    /// Times are cut to whole microseconds, as in the database. A leap second becomes the second after it.
    pub fn checked(self) -> Result<Self, InvalidField> {
        self.checked_beside(None)
    }

    /// The same for changed details. Values equal to the `old` ones stay: they may be from before a limit of today.
    fn checked_beside(self, old: Option<&Self>) -> Result<Self, InvalidField> {
        let kept = |at: DateTime<Utc>| DateTime::from_timestamp_micros(at.timestamp_micros()).unwrap_or(at);
        let details = Self {
            starts_at: kept(self.starts_at),
            ends_at: kept(self.ends_at),
            sales_open_at: self.sales_open_at.map(kept),
            sales_close_at: self.sales_close_at.map(kept),
            cancel_until: self.cancel_until.map(kept),
            ..self
        };
        let is_new = |differ: fn(&Self, &Self) -> bool| old.is_none_or(|old| differ(old, &details));
        let text = |of: fn(&Self) -> &String, check: fn(&str) -> Result<String, InvalidField>| {
            let typed = of(&details);
            match old.map(of).filter(|stored| text::is_same(stored, typed)) {
                Some(stored) => Ok(stored.clone()),
                None => check(typed),
            }
        };
        let title = text(|one| &one.title, |title| text::line("title", title, TITLE_CHARACTERS_MAX))?;
        let description = text(
            |one| &one.description,
            |description| text::paragraphs("description", description, DESCRIPTION_CHARACTERS_MAX),
        )?;
        let location = text(|one| &one.location, |location| text::line("location", location, LOCATION_CHARACTERS_MAX))?;
        if is_new(|old, new| old.time_zone != new.time_zone) && details.time_zone.parse::<chrono_tz::Tz>().is_err() {
            return Err(InvalidField::new("time_zone", "must be an IANA time zone, such as Europe/Berlin"));
        }
        let is_new_start = is_new(|old, new| old.starts_at != new.starts_at);
        let is_new_end = is_new(|old, new| old.ends_at != new.ends_at);
        let is_new_open = is_new(|old, new| old.sales_open_at != new.sales_open_at);
        let is_new_close = is_new(|old, new| old.sales_close_at != new.sales_close_at);
        let is_new_cancel = is_new(|old, new| old.cancel_until != new.cancel_until);
        for (field, at, is_new) in [
            ("starts_at", Some(details.starts_at), is_new_start),
            ("ends_at", Some(details.ends_at), is_new_end),
            ("sales_open_at", details.sales_open_at, is_new_open),
            ("sales_close_at", details.sales_close_at, is_new_close),
            ("cancel_until", details.cancel_until, is_new_cancel),
        ] {
            if is_new && at.is_some_and(|at| !(1970..=YEAR_MAX).contains(&at.year())) {
                return Err(InvalidField::new(field, format!("must be between the years 1970 and {YEAR_MAX}")));
            }
        }
        if (is_new_start || is_new_end) && details.ends_at <= details.starts_at {
            return Err(InvalidField::new("ends_at", "must be after starts_at"));
        }
        if let (Some(open), Some(close)) = (details.sales_open_at, details.sales_close_at)
            && (is_new_open || is_new_close)
            && close <= open
        {
            return Err(InvalidField::new("sales_close_at", "must be after sales_open_at"));
        }
        if (is_new_open || is_new_end) && details.sales_open_at.is_some_and(|open| open >= details.ends_at) {
            return Err(InvalidField::new("sales_open_at", "must be before ends_at"));
        }
        if (is_new_cancel || is_new_start) && details.cancel_until.is_some_and(|until| until > details.starts_at) {
            return Err(InvalidField::new("cancel_until", "must not be after starts_at"));
        }
        Ok(Self { title, description, location, ..details })
    }

    /// These details, if the event is not too long.
    fn of_bounded_length(self) -> Result<Self, InvalidField> {
        if self.ends_at - self.starts_at > TimeDelta::days(EVENT_DAYS_MAX.into()) {
            return Err(InvalidField::new("ends_at", format!("must be at most {EVENT_DAYS_MAX} days after starts_at")));
        }
        Ok(self)
    }

    /// Whether start, end, sales window and the end of cancelling are the same.
    pub fn has_times_of(&self, other: &Self) -> bool {
        let times = |details: &Self| {
            let &Self { starts_at, ends_at, sales_open_at, sales_close_at, cancel_until, .. } = details;
            (starts_at, ends_at, sales_open_at, sales_close_at, cancel_until)
        };
        times(self) == times(other)
    }

    /// Whether it takes place at the same times, in the same zone and at the same location.
    pub fn takes_place_as(&self, other: &Self) -> bool {
        let when_and_where =
            |details: &Self| (details.starts_at, details.ends_at, details.time_zone.clone(), details.location.clone());
        when_and_where(self) == when_and_where(other)
    }

    /// From when on people can no longer cancel their bookings. The line then moves only by what the organizer does.
    pub fn cancelling_ends_at(&self) -> DateTime<Utc> {
        self.cancel_until.unwrap_or(self.starts_at)
    }
}

/// A new event. Every event is made from one of these constructors, which hold the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    id: EventId,
    organizer: UserId,
    details: EventDetails,
    terms: Terms,
    tickets: Tickets,
    status: EventStatus,
    rehearsal_of: Option<EventId>,
}

impl NewEvent {
    /// A draft with one ticket type, for nothing. The capacity must be 0 to [`CAPACITY_MAX`](crate::limits::CAPACITY_MAX), the details [valid](EventDetails::checked), the end after
    /// `now`, and the length at most [`EVENT_DAYS_MAX`] days. An error names the first invalid field.
    pub fn draft(
        id: EventId,
        organizer: UserId,
        details: EventDetails,
        capacity: i64,
        now: DateTime<Utc>,
    ) -> Result<Self, InvalidField> {
        let capacity = checked_capacity(capacity)?;
        let details = details.checked()?.of_bounded_length()?;
        if details.ends_at <= now {
            return Err(InvalidField::new("ends_at", "must be in the future"));
        }
        let (terms, tickets) = (Terms::of_new_event(), Tickets::simple(capacity));
        Ok(Self { id, organizer, details, terms, tickets, status: EventStatus::Draft, rehearsal_of: None })
    }

    /// A hidden, published copy of `event` for a stress test: the same details and tickets, no registrations, and no
    /// sales window.
    pub fn rehearsal(id: EventId, event: &Event, tickets: &Tickets) -> Self {
        Self {
            id,
            organizer: event.organizer,
            details: EventDetails { sales_open_at: None, sales_close_at: None, ..event.details.clone() },
            terms: event.terms.clone(),
            tickets: tickets.unused(),
            status: EventStatus::Published,
            rehearsal_of: Some(event.id),
        }
    }

    /// The account that runs it.
    pub fn organizer(&self) -> UserId {
        self.organizer
    }
}

/// An event at one commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// The account that runs it.
    pub organizer: UserId,
    /// Its details.
    pub details: EventDetails,
    /// The seats of all its ticket types, and the lines for them.
    pub seats: Seats,
    /// What it asks of whoever has to pay.
    pub terms: Terms,
    /// The number of its last decision.
    pub last_decision: i64,
    /// Its status.
    pub status: EventStatus,
    /// While it is under test, the number of the decision that began the test.
    pub under_test_since: Option<i64>,
    /// For the hidden copy of a stress test, the copied event.
    pub rehearsal_of: Option<EventId>,
    /// Increases with every edit, publication and cancellation, not with bookings.
    pub edit_version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When `edit_version` last increased.
    pub updated_at: DateTime<Utc>,
}

impl Event {
    /// The new event at the database's time `now`, its tickets, and the first decisions of its history: the capacity of
    /// each type and the limit of each price.
    pub fn new(new: NewEvent, now: DateTime<Utc>) -> (Self, Tickets, Vec<EventDecision>) {
        let NewEvent { id, organizer, details, terms, tickets, status, rehearsal_of } = new;
        let capacities = tickets.types.iter().enumerate().map(|(nth, one)| {
            let (ticket_type, seats) = (one.number, one.seats.capacity());
            if nth == 0 {
                EventDecisionKind::Created { ticket_type, seats }
            } else {
                EventDecisionKind::Capacity { ticket_type, seats }
            }
        });
        let limited = tickets.prices.iter().filter(|price| price.limit.is_some());
        let limits = limited.map(|price| EventDecisionKind::Limit { price: price.number, seats: price.limit });
        let decisions: Vec<_> =
            (1..).zip(capacities.chain(limits)).map(|(number, kind)| EventDecision { number, kind }).collect();
        let event = Self {
            id,
            organizer,
            details,
            seats: tickets.seats(),
            terms,
            last_decision: decisions.last().map_or(0, |last| last.number),
            status,
            under_test_since: None,
            rehearsal_of,
            edit_version: 1,
            created_at: now,
            updated_at: now,
        };
        (event, tickets, decisions)
    }

    /// Whether a stress test uses it. Bookings by people are then refused until the undo has finished.
    pub fn is_under_test(&self) -> bool {
        self.under_test_since.is_some()
    }

    /// Whether it has ended at `now`.
    pub fn has_ended(&self, now: DateTime<Utc>) -> bool {
        self.details.ends_at <= now
    }
}

/// An event with its tickets, at one commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketedEvent {
    /// The event.
    pub event: Event,
    /// Its types and prices.
    pub tickets: Tickets,
}

/// An organizer's changes. `None` leaves a value as it is.
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
    /// A new opening of the sale; `Some(None)` removes it.
    pub sales_open_at: Option<Option<DateTime<Utc>>>,
    /// A new close of the sale; `Some(None)` removes it.
    pub sales_close_at: Option<Option<DateTime<Utc>>>,
    /// A new end of cancelling; `Some(None)` makes it the start.
    pub cancel_until: Option<Option<DateTime<Utc>>>,
    /// Whether only people may book who have proven their e-mail address.
    pub verified_buyers_only: Option<bool>,
    /// A new number of seats.
    pub capacity: Option<i32>,
}

impl EventChanges {
    /// Changes the capacity and nothing else.
    pub fn of_capacity(capacity: i32) -> Self {
        Self { capacity: Some(capacity), ..Self::default() }
    }

    /// `details` with these changes. An error names the first field that the changes make invalid. Fields that do not
    /// change are not checked, because the event may be from before a limit of today. An event that is longer than
    /// [`EVENT_DAYS_MAX`] days, because it is older than that limit, may keep its start and end.
    pub fn applied_to(&self, details: &EventDetails) -> Result<EventDetails, InvalidField> {
        let changed = |change: &Option<String>, old: &String| change.as_ref().unwrap_or(old).clone();
        let new = EventDetails {
            title: changed(&self.title, &details.title),
            description: changed(&self.description, &details.description),
            location: changed(&self.location, &details.location),
            starts_at: self.starts_at.unwrap_or(details.starts_at),
            ends_at: self.ends_at.unwrap_or(details.ends_at),
            time_zone: changed(&self.time_zone, &details.time_zone),
            sales_open_at: self.sales_open_at.unwrap_or(details.sales_open_at),
            sales_close_at: self.sales_close_at.unwrap_or(details.sales_close_at),
            cancel_until: self.cancel_until.unwrap_or(details.cancel_until),
            verified_buyers_only: self.verified_buyers_only.unwrap_or(details.verified_buyers_only),
        }
        .checked_beside(Some(details))?;
        let is_moved = (new.starts_at, new.ends_at) != (details.starts_at, details.ends_at);
        if is_moved { new.of_bounded_length() } else { Ok(new) }
    }
}

/// A decision about an event as a whole. The registrations hold the other decisions of its history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventDecision {
    /// Its number in the event's sequence.
    pub number: i64,
    /// The decision.
    pub kind: EventDecisionKind,
}

/// The kind of a decision that is stored by itself, and not with a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventDecisionKind {
    /// The event was made. Always number 1.
    Created {
        /// The first of its types.
        ticket_type: TypeNumber,
        /// The capacity of that one.
        seats: i32,
    },
    /// The capacity of a type was set. A new type had none before, and one that is gone has none any more.
    Capacity {
        /// The type.
        ticket_type: TypeNumber,
        /// Its capacity.
        seats: i32,
    },
    /// The limit of a price was set, or removed.
    Limit {
        /// The price.
        price: PriceNumber,
        /// The limit.
        seats: Option<i32>,
    },
    /// A person gave some seats of a registration up.
    Reduced {
        /// The registration.
        registration: RegistrationId,
        /// Its type.
        ticket_type: TypeNumber,
        /// What was given up.
        seats: Split,
    },
    /// It was published.
    Published,
    /// It was cancelled.
    Cancelled,
    /// A stress test began.
    SimulationBegun,
    /// Registrations of the stress test that began with this number were removed. Their numbers, between that one and
    /// this decision's own, have no rows any more.
    SimulationUndone(i64),
}

impl EventDecisionKind {
    /// The name that the database uses.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Created { .. } => "CREATED",
            Self::Capacity { .. } => "CAPACITY",
            Self::Limit { .. } => "LIMIT",
            Self::Reduced { .. } => "REDUCED",
            Self::Published => "PUBLISHED",
            Self::Cancelled => "CANCELLED",
            Self::SimulationBegun => "SIMULATION_BEGUN",
            Self::SimulationUndone(_) => "SIMULATION_UNDONE",
        }
    }

    /// The number that is stored with it, if any.
    pub fn value(&self) -> Option<i64> {
        match self {
            Self::Created { seats, .. } | Self::Capacity { seats, .. } => Some(i64::from(*seats)),
            Self::Limit { seats, .. } => seats.map(i64::from),
            Self::Reduced { seats, .. } => Some(seats.seats().into()),
            Self::SimulationUndone(since) => Some(*since),
            Self::Published | Self::Cancelled | Self::SimulationBegun => None,
        }
    }

    /// The type that it is about.
    pub fn ticket_type(&self) -> Option<TypeNumber> {
        match self {
            Self::Created { ticket_type, .. }
            | Self::Capacity { ticket_type, .. }
            | Self::Reduced { ticket_type, .. } => Some(*ticket_type),
            Self::Limit { .. }
            | Self::Published
            | Self::Cancelled
            | Self::SimulationBegun
            | Self::SimulationUndone(_) => None,
        }
    }

    /// The price that it is about, by itself.
    pub fn price(&self) -> Option<PriceNumber> {
        match self {
            Self::Limit { price, .. } => Some(*price),
            _ => None,
        }
    }

    /// The registration that it is about, and what it gave up.
    pub fn reduction(&self) -> Option<(RegistrationId, &Split)> {
        match self {
            Self::Reduced { registration, seats, .. } => Some((*registration, seats)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            cancel_until: None,
            verified_buyers_only: false,
        }
    }

    #[test]
    fn valid_details_are_normalized() {
        assert_eq!(details().checked().unwrap().title, "Jazz");
    }

    #[test]
    fn each_invalid_field_is_named() {
        let at = details().starts_at;
        let far = DateTime::from_timestamp(300_000_000_000, 0).unwrap();
        let cases: [(&str, EventDetails); 10] = [
            ("title", EventDetails { title: "  ".into(), ..details() }),
            ("description", EventDetails { description: "x".repeat(10_001), ..details() }),
            ("location", EventDetails { location: "a\nb".into(), ..details() }),
            ("time_zone", EventDetails { time_zone: "Mars/Base".into(), ..details() }),
            ("ends_at", EventDetails { ends_at: at, ..details() }),
            ("starts_at", EventDetails { starts_at: far, ..details() }),
            ("sales_close_at", EventDetails { sales_open_at: Some(at), sales_close_at: Some(at), ..details() }),
            ("sales_open_at", EventDetails { sales_open_at: Some(at + TimeDelta::days(1)), ..details() }),
            ("cancel_until", EventDetails { cancel_until: Some(at + TimeDelta::microseconds(1)), ..details() }),
            (
                "cancel_until",
                EventDetails { cancel_until: Some(DateTime::UNIX_EPOCH - TimeDelta::days(1)), ..details() },
            ),
        ];
        for (field, details) in cases {
            assert_eq!(details.checked().unwrap_err().field, field);
        }
    }

    #[test]
    fn what_an_edit_does_not_change_is_not_checked() {
        let old = EventDetails {
            title: "x".repeat(TITLE_CHARACTERS_MAX + 1),
            description: "a\u{7}b".into(),
            location: " ".into(),
            time_zone: "Mars/Base".into(),
            sales_open_at: Some(details().ends_at),
            ..details()
        };
        let same =
            EventChanges { title: Some(old.title.clone()), location: Some(old.location.clone()), ..Default::default() };
        assert_eq!(same.applied_to(&old).unwrap(), old);
        let zone = EventChanges { time_zone: Some("Europe/Paris".into()), ..Default::default() };
        assert_eq!(zone.applied_to(&old).unwrap(), EventDetails { time_zone: "Europe/Paris".into(), ..old.clone() });
        let longer = EventChanges { title: Some("x".repeat(TITLE_CHARACTERS_MAX + 2)), ..Default::default() };
        assert_eq!(longer.applied_to(&old).unwrap_err().field, "title");
        // A time that changes must fit the others.
        let end = EventChanges { ends_at: Some(old.ends_at - TimeDelta::seconds(1)), ..Default::default() };
        assert_eq!(end.applied_to(&old).unwrap_err().field, "sales_open_at");
    }

    #[test]
    fn an_edit_that_sends_the_same_text_in_another_composition_changes_nothing() {
        let (apart, together) = ("Cafe\u{301}", "Caf\u{e9}");
        for (stored, typed) in [(apart, together), (together, apart)] {
            let all = |text: &str| EventDetails {
                title: text.into(),
                description: text.into(),
                location: text.into(),
                ..details()
            };
            let changes = EventChanges {
                title: Some(typed.into()),
                description: Some(typed.into()),
                location: Some(typed.into()),
                ..EventChanges::default()
            };
            assert_eq!(changes.applied_to(&all(stored)).unwrap(), all(stored));
            assert_eq!(changes.applied_to(&all("Bar")).unwrap(), all(together));
        }
    }

    #[test]
    fn cancelling_ends_with_the_start_or_earlier_if_the_organizer_says_so() {
        let at = details().starts_at;
        assert_eq!(details().checked().unwrap().cancelling_ends_at(), at);
        for earlier in [at, at - TimeDelta::days(2)] {
            let set = EventDetails { cancel_until: Some(earlier), ..details() }.checked().unwrap();
            assert_eq!(set.cancelling_ends_at(), earlier);
        }
    }

    #[test]
    fn an_event_lasts_at_most_a_year() {
        let draft = |length: TimeDelta| {
            let details = EventDetails { ends_at: details().starts_at + length, ..details() };
            let (id, organizer) = (uuid::Uuid::nil().into(), uuid::Uuid::nil().into());
            NewEvent::draft(id, organizer, details, 5, DateTime::UNIX_EPOCH)
        };
        let (longest, bit) = (TimeDelta::days(EVENT_DAYS_MAX.into()), TimeDelta::microseconds(1));
        assert!(draft(longest).is_ok());
        assert_eq!(draft(longest + bit).unwrap_err().field, "ends_at");

        let ends_at =
            |length: TimeDelta| EventChanges { ends_at: Some(details().starts_at + length), ..EventChanges::default() };
        assert!(ends_at(longest).applied_to(&details()).is_ok());
        assert_eq!(ends_at(longest + bit).applied_to(&details()).unwrap_err().field, "ends_at");
    }

    #[test]
    fn an_event_from_before_that_limit_can_be_edited_and_not_made_longer() {
        let old = EventDetails { ends_at: details().starts_at + TimeDelta::days(4_000), ..details() };
        let title = EventChanges { title: Some("Blues".into()), ..EventChanges::default() };
        assert_eq!(title.applied_to(&old).unwrap(), EventDetails { title: "Blues".into(), ..old.clone() });
        let moved = |days| EventChanges {
            ends_at: Some(details().starts_at + TimeDelta::days(days)),
            ..EventChanges::default()
        };
        for days in [3_999, 4_001] {
            assert_eq!(moved(days).applied_to(&old).unwrap_err().field, "ends_at");
        }
        assert!(moved(300).applied_to(&old).is_ok());
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
}
