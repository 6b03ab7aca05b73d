//! Scans and check-ins in JSON.

use chrono::{DateTime, Utc};
use domain::check_ins::{CheckIn, CheckInState, Obstacle, Scan, Undone};
use domain::ids::{RegistrationId, ScanId};
use domain::tickets::Tickets;
use repository::check_ins::{Found, Listed};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::extractors::{Timestamp, WholeNumber};
use crate::openapi::formats::{DeviceName, GateName, PersonName, SeatNumber, UndoReason};
use crate::resources::door_access::TypeName;

/// A scan of a ticket: of a `code`, or of a ticket that was picked from the list, by `registration_id` and `number`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Scan)]
pub(crate) struct ScanBody {
    /// Made by the device. The same scan sent again gets the same answer.
    pub(super) id: Option<ScanId>,
    /// The text that was scanned or typed. Any text is taken; most are no codes.
    pub(super) code: Option<String>,
    pub(super) registration_id: Option<RegistrationId>,
    /// Which of the booking's seats the ticket is for.
    #[schema(value_type = Option<SeatNumber>)]
    pub(super) number: Option<WholeNumber>,
    #[schema(value_type = GateName)]
    pub(super) gate: String,
    #[schema(value_type = DeviceName)]
    pub(super) device: String,
    /// By the device's clock.
    pub(super) scanned_at: Timestamp,
    /// Whether the device was alone, and has let the person in already. The scan names its ticket by `registration_id`
    /// and `number`, because codes may be renewed before it is sent. Such a scan is kept, also if its ticket should
    /// not have let in: it does not count then, and stands among those that somebody has to settle.
    #[serde(default)]
    #[schema(default = false)]
    pub(super) let_in: bool,
}

/// Scans of a device, in their order.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scans {
    /// Each with an `id` of its own.
    #[schema(min_items = 1, max_items = 100)]
    pub(super) scans: Vec<ScanBody>,
}

/// Why a check-in is undone.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CheckInUndo)]
pub(crate) struct UndoBody {
    #[schema(value_type = UndoReason)]
    pub(super) reason: String,
}

/// The answer to a scan. Only `ADMITTED` lets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = ScanOutcome)]
pub(crate) enum Outcome {
    /// The ticket lets its person in.
    Admitted,
    /// Somebody is in with it.
    AlreadyIn,
    /// A device that was alone has let a second person in with it.
    Double,
    /// Its seat was given up, or its booking cancelled.
    GivenUp,
    /// Its booking is to be paid.
    Unpaid,
    /// It is another event's.
    OtherEvent,
    /// There is no such ticket: a text that is no code, a code of before the event's codes were renewed, or a made-up
    /// one.
    Unknown,
    /// One symbol of the code is wrong, or two have changed places.
    Mistyped,
    /// The door is not open yet.
    TooEarly,
    /// The event does not take place.
    EventOff,
    /// The scan was sent before, and has let in. Somebody has undone it since: scan the ticket again.
    Undone,
}

impl From<Obstacle> for Outcome {
    fn from(obstacle: Obstacle) -> Self {
        match obstacle {
            Obstacle::AlreadyIn => Self::AlreadyIn,
            Obstacle::GivenUp => Self::GivenUp,
            Obstacle::Unpaid => Self::Unpaid,
            Obstacle::TooEarly => Self::TooEarly,
            Obstacle::EventOff => Self::EventOff,
        }
    }
}

/// The answer to a scan.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ScanAnswer)]
pub(crate) struct Answer {
    outcome: Outcome,
    /// Of the scan.
    id: ScanId,
    /// The scan itself if it was admitted, and else the check-in that somebody is in with.
    #[schema(required)]
    check_in: Option<CheckInBody>,
    /// Null: there is no such ticket.
    #[schema(required)]
    ticket: Option<ScannedTicket>,
    /// When the door opens, if it is too early.
    #[schema(required)]
    opens_at: Option<DateTime<Utc>>,
}

/// The answers to scans.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ScanAnswers)]
pub(crate) struct Answers {
    /// In the order of the scans.
    #[schema(min_items = 1, max_items = 100)]
    pub(super) answers: Vec<Answer>,
}

impl Answer {
    pub(super) fn without_ticket(id: ScanId, outcome: Outcome) -> Self {
        Self { outcome, id, check_in: None, ticket: None, opens_at: None }
    }

    pub(super) fn of(
        scan: &Scan,
        outcome: Outcome,
        check_in: Option<&CheckIn>,
        found: Option<Found>,
        tickets: &Tickets,
        opens_at: Option<DateTime<Utc>>,
    ) -> Self {
        let ticket = found.map(|found| ScannedTicket {
            registration_id: scan.ticket.registration,
            number: scan.ticket.number,
            seats: found.seats,
            name: found.name,
            ticket_name: found.ticket_name,
            ticket_type: TypeName::of(found.ticket_type, tickets),
            admitted: found.admitted,
        });
        Self { outcome, id: scan.id, check_in: check_in.map(CheckInBody::from), ticket, opens_at }
    }
}

/// A ticket that was scanned.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct ScannedTicket {
    registration_id: RegistrationId,
    /// Which of the booking's seats it is for.
    #[schema(minimum = 1)]
    number: i16,
    /// The seats of the booking.
    #[schema(minimum = 1, maximum = 10)]
    seats: i16,
    /// The person who booked.
    #[schema(value_type = PersonName)]
    name: String,
    /// The person who comes with it, as the buyer has filled in. Null: nobody has.
    #[schema(required, value_type = Option<PersonName>)]
    ticket_name: Option<String>,
    ticket_type: TypeName,
    /// The numbers of the booking's tickets that somebody is in with.
    admitted: Vec<i16>,
}

/// That somebody is in.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = CheckIn)]
pub(crate) struct CheckInBody {
    id: ScanId,
    /// By the device's clock.
    at: DateTime<Utc>,
    /// By the server's clock.
    received_at: DateTime<Utc>,
    #[schema(value_type = GateName)]
    gate: String,
    #[schema(value_type = DeviceName)]
    device: String,
    /// The person who was signed in on the device.
    #[schema(value_type = PersonName)]
    by: String,
}

impl From<&CheckIn> for CheckInBody {
    fn from(check_in: &CheckIn) -> Self {
        let CheckIn { id, place, received_at, by, .. } = check_in.clone();
        Self { id, at: place.scanned_at, received_at, gate: place.gate, device: place.device, by: by.name }
    }
}

/// A scan that was kept.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = KeptCheckIn)]
pub(crate) struct KeptBody {
    #[serde(flatten)]
    check_in: CheckInBody,
    registration_id: RegistrationId,
    /// Which of the booking's seats the ticket is for.
    #[schema(minimum = 1, maximum = 10)]
    number: i16,
    state: CheckInState,
    /// Why it does not count. Null: it does, or did.
    #[schema(required)]
    because: Option<Obstacle>,
    /// Null: it was not undone.
    #[schema(required)]
    undone: Option<UndoneBody>,
}

/// That a check-in was undone.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = UndoneCheckIn)]
struct UndoneBody {
    at: DateTime<Utc>,
    #[schema(value_type = PersonName)]
    by: String,
    #[schema(value_type = UndoReason)]
    reason: String,
}

impl From<&CheckIn> for KeptBody {
    fn from(kept: &CheckIn) -> Self {
        let undone = |undone: &Undone| {
            let Undone { at, by, reason } = undone.clone();
            UndoneBody { at, by: by.name, reason }
        };
        Self {
            check_in: kept.into(),
            registration_id: kept.ticket.registration,
            number: kept.ticket.number,
            state: kept.state(),
            because: kept.obstacle,
            undone: kept.undone.as_ref().map(undone),
        }
    }
}

/// A scan that was kept, in the list.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ListedCheckIn)]
pub(crate) struct ListedBody {
    #[serde(flatten)]
    kept: KeptBody,
    /// The person who booked.
    #[schema(value_type = PersonName)]
    name: String,
    /// The person who comes with the ticket, as the buyer has filled in. Null: nobody has.
    #[schema(required, value_type = Option<PersonName>)]
    ticket_name: Option<String>,
    ticket_type: TypeName,
    /// The check-in that somebody is in with, if this one does not count.
    #[schema(required)]
    other: Option<CheckInBody>,
}

impl ListedBody {
    pub(super) fn of(listed: &Listed, tickets: &Tickets) -> Self {
        Self {
            kept: (&listed.check_in).into(),
            name: listed.name.clone(),
            ticket_name: listed.ticket_name.clone(),
            ticket_type: TypeName::of(listed.ticket_type, tickets),
            other: listed.other.as_ref().map(CheckInBody::from),
        }
    }
}
