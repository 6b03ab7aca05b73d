//! Check-ins: tickets that are scanned at the gates of an event, and whether they let in.
//!
//! A registration of n seats is n tickets, numbered from 1. Of all scans of a ticket, one lets in; with fewer seats,
//! the tickets with the highest numbers end.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::events::{Event, EventStatus};
use crate::ids::{RegistrationId, ScanId, UserId};
use crate::limits::{
    DEVICE_CHARACTERS_MAX, DOOR_OPENS_MINUTES, DOOR_OPENS_MINUTES_MAX, GATE_CHARACTERS_MAX, NAMES_CLOSE_MINUTES,
    NAMES_CLOSE_MINUTES_MAX, UNDO_REASON_CHARACTERS_MAX,
};
use crate::registrations::RegistrationStatus;
use crate::text::{self, InvalidField};

/// A ticket: a seat of a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket {
    /// The registration.
    pub registration: RegistrationId,
    /// Which of its seats, from 1.
    pub number: i16,
}

/// A scan of a ticket at a gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// Its id, which its device has made.
    pub id: ScanId,
    /// The ticket.
    pub ticket: Ticket,
    /// Where and when.
    pub place: ScanPlace,
    /// The account that works at the gate.
    pub by: UserId,
    /// Whether its person is in already, because the gate was alone and had to decide by itself.
    pub let_in: bool,
}

/// Where and when a ticket was scanned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanPlace {
    /// The gate's name.
    pub gate: String,
    /// The device's name.
    pub device: String,
    /// By the device's clock.
    pub scanned_at: DateTime<Utc>,
}

impl ScanPlace {
    /// Checks what a device says.
    pub fn parse(gate: &str, device: &str, scanned_at: DateTime<Utc>) -> Result<Self, InvalidField> {
        Ok(Self {
            gate: text::line("gate", gate, GATE_CHARACTERS_MAX)?,
            device: text::line("device", device, DEVICE_CHARACTERS_MAX)?,
            scanned_at,
        })
    }
}

/// Checks the reason for which a check-in is undone.
pub fn undo_reason(reason: &str) -> Result<String, InvalidField> {
    text::line("reason", reason, UNDO_REASON_CHARACTERS_MAX)
}

/// Why a ticket of an event does not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = CheckInObstacle)]
pub enum Obstacle {
    /// Somebody is in with it.
    AlreadyIn,
    /// Its registration was cancelled, or has fewer seats now.
    GivenUp,
    /// Its registration is to be paid.
    Unpaid,
    /// The door is not open yet.
    TooEarly,
    /// The event does not take place.
    EventOff,
}

impl Obstacle {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::AlreadyIn, Self::GivenUp, Self::Unpaid, Self::TooEarly, Self::EventOff];

    /// The name that the API and the database use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AlreadyIn => "ALREADY_IN",
            Self::GivenUp => "GIVEN_UP",
            Self::Unpaid => "UNPAID",
            Self::TooEarly => "TOO_EARLY",
            Self::EventOff => "EVENT_OFF",
        }
    }
}

/// The state of an event's door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DoorState {
    /// People are let in.
    Open,
    /// Not yet.
    NotYet,
    /// The event does not take place: it was cancelled, or never published.
    Off,
}

/// The obstacle that keeps a ticket from letting in, by its registration's status and seats and by whether somebody is
/// in with it; `None` if there is none. A registration that waits has no tickets. It counts as unpaid.
pub fn obstacle(status: RegistrationStatus, seats: i16, number: i16, is_in: bool, door: DoorState) -> Option<Obstacle> {
    if door == DoorState::Off {
        return Some(Obstacle::EventOff);
    }
    match status {
        RegistrationStatus::Cancelled => Some(Obstacle::GivenUp),
        _ if number > seats => Some(Obstacle::GivenUp),
        RegistrationStatus::Held | RegistrationStatus::Waitlisted => Some(Obstacle::Unpaid),
        RegistrationStatus::Confirmed if is_in => Some(Obstacle::AlreadyIn),
        RegistrationStatus::Confirmed if door == DoorState::NotYet => Some(Obstacle::TooEarly),
        RegistrationStatus::Confirmed => None,
    }
}

/// How the door of an event and its tickets work, as its organizer has chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DoorSettings {
    /// How many minutes before the start people are let in; `None`: at any time.
    pub opens_minutes_before: Option<i32>,
    /// How many minutes before the start the names of tickets close; `None`: nobody fills in names.
    pub names_minutes_before: Option<i32>,
    /// Whether buyers may pass seats on to somebody else.
    pub transfers: bool,
    /// Whether the mail that confirms a booking has its tickets attached.
    pub attach_tickets: bool,
}

/// Settings of a door, as somebody asks for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DoorChoice {
    /// See [`DoorSettings::opens_minutes_before`].
    pub opens_minutes_before: Option<i64>,
    /// See [`DoorSettings::names_minutes_before`].
    pub names_minutes_before: Option<i64>,
    /// See [`DoorSettings::transfers`].
    pub transfers: bool,
    /// See [`DoorSettings::attach_tickets`].
    pub attach_tickets: bool,
}

impl Default for DoorSettings {
    fn default() -> Self {
        Self {
            opens_minutes_before: Some(DOOR_OPENS_MINUTES),
            names_minutes_before: Some(NAMES_CLOSE_MINUTES),
            transfers: true,
            attach_tickets: false,
        }
    }
}

impl DoorSettings {
    /// Checks a choice.
    pub fn parse(choice: DoorChoice) -> Result<Self, InvalidField> {
        let DoorChoice { opens_minutes_before, names_minutes_before, transfers, attach_tickets } = choice;
        Ok(Self {
            opens_minutes_before: minutes("opens_minutes_before", opens_minutes_before, DOOR_OPENS_MINUTES_MAX)?,
            names_minutes_before: minutes("names_minutes_before", names_minutes_before, NAMES_CLOSE_MINUTES_MAX)?,
            transfers,
            attach_tickets,
        })
    }

    /// When an event lets people in; `None`: at any time.
    pub fn opens_at(self, event: &Event) -> Option<DateTime<Utc>> {
        self.opens_minutes_before.map(|minutes| before_start(event, minutes))
    }

    /// Until when the names of an event's tickets can be filled in; `None`: nobody fills in names.
    pub fn names_close_at(self, event: &Event) -> Option<DateTime<Utc>> {
        self.names_minutes_before.map(|minutes| before_start(event, minutes))
    }
}

fn minutes(field: &'static str, chosen: Option<i64>, most: i32) -> Result<Option<i32>, InvalidField> {
    let checked = |minutes: i64| {
        let minutes = i32::try_from(minutes).ok().filter(|minutes| (0..=most).contains(minutes));
        minutes.ok_or_else(|| InvalidField::new(field, format!("must be null, or a whole number from 0 to {most}")))
    };
    chosen.map(checked).transpose()
}

fn before_start(event: &Event, minutes: i32) -> DateTime<Utc> {
    let start = event.details.starts_at;
    start.checked_sub_signed(TimeDelta::minutes(minutes.into())).unwrap_or(DateTime::<Utc>::MIN_UTC)
}

/// Whether an event takes place, as far as its door is concerned.
pub fn takes_place(event: EventStatus) -> bool {
    match event {
        EventStatus::Published => true,
        EventStatus::Draft | EventStatus::Cancelled => false,
    }
}

/// Scans that were kept, by their state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CheckInState {
    /// Its person is in.
    Admitted,
    /// A gate that was alone has let somebody in whom the server would not have: to be settled by a person.
    Double,
    /// It was undone.
    Undone,
}

impl CheckInState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Admitted, Self::Double, Self::Undone];

    /// The name that the API uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Admitted => "ADMITTED",
            Self::Double => "DOUBLE",
            Self::Undone => "UNDONE",
        }
    }
}

/// A scan that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckIn {
    /// Its id, which is that of the scan.
    pub id: ScanId,
    /// The ticket.
    pub ticket: Ticket,
    /// Where and when.
    pub place: ScanPlace,
    /// When the server got it, by the database's clock.
    pub received_at: DateTime<Utc>,
    /// The person who was signed in on the device.
    pub by: Staff,
    /// Why it does not count; `None`: it does.
    pub obstacle: Option<Obstacle>,
    /// That it was undone.
    pub undone: Option<Undone>,
}

impl CheckIn {
    /// Its state.
    pub fn state(&self) -> CheckInState {
        match (&self.undone, self.obstacle) {
            (Some(_), _) => CheckInState::Undone,
            (None, Some(_)) => CheckInState::Double,
            (None, None) => CheckInState::Admitted,
        }
    }
}

/// Somebody who works at the door.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Staff {
    /// The account.
    pub id: UserId,
    /// Its name.
    pub name: String,
}

/// That a check-in was undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: Staff,
    /// Why.
    pub reason: String,
}
