//! Messages: what a person is told about a registration, and whether it is still true.
//!
//! A message follows from the registration and the event as they stand. Following them again gives the same messages,
//! so nothing is told twice, and a message that no longer follows is not sent.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::events::{Event, EventStatus};
use crate::limits::{REMINDER_HOURS_MAX, REMINDER_HOURS_MIN};
use crate::names::read_by_name;
use crate::registrations::{CancellationCause, Registration, RegistrationStatus};
use crate::text::InvalidField;

/// The kinds of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MessageKind {
    /// The seats are the person's, at once and for nothing.
    Confirmed,
    /// The person stands in line.
    InLine,
    /// The line has moved: the person has seats, perhaps to be paid.
    Promoted,
    /// The seats are held until they are paid.
    Held,
    /// The payment has come.
    Paid,
    /// The hold ends soon.
    AboutToLapse,
    /// The hold has ended without a payment.
    Lapsed,
    /// The party wanted more seats than were available for too long, and stands at the end of the line again.
    Passed,
    /// Somebody has taken the last seat, which its person passed on.
    PassedOn,
    /// The registration has fewer seats than were booked.
    Reduced,
    /// The people who run the event took the registration away.
    Removed,
    /// The event takes place at another time or elsewhere.
    Moved,
    /// The event was cancelled.
    EventCancelled,
    /// The event is soon. Its number is the start, in whole seconds since 1970.
    Reminder,
    /// The organizer's own words.
    Announcement,
}

impl MessageKind {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Confirmed,
        Self::InLine,
        Self::Promoted,
        Self::Held,
        Self::Paid,
        Self::AboutToLapse,
        Self::Lapsed,
        Self::Passed,
        Self::PassedOn,
        Self::Reduced,
        Self::Removed,
        Self::Moved,
        Self::EventCancelled,
        Self::Reminder,
        Self::Announcement,
    ];

    /// The name that the API and the database use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "CONFIRMED",
            Self::InLine => "IN_LINE",
            Self::Promoted => "PROMOTED",
            Self::Held => "HELD",
            Self::Paid => "PAID",
            Self::AboutToLapse => "ABOUT_TO_LAPSE",
            Self::Lapsed => "LAPSED",
            Self::Passed => "PASSED",
            Self::PassedOn => "PASSED_ON",
            Self::Reduced => "REDUCED",
            Self::Removed => "REMOVED",
            Self::Moved => "MOVED",
            Self::EventCancelled => "EVENT_CANCELLED",
            Self::Reminder => "REMINDER",
            Self::Announcement => "ANNOUNCEMENT",
        }
    }
}

read_by_name!(MessageKind);

/// The state of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MessageState {
    /// It is to be told, or tried again.
    Due,
    /// It stands in the program. No mail is set up.
    Shown,
    /// Its mail was taken by the mail server.
    Sent,
    /// Its mail was refused for good, or too often.
    Failed,
    /// It had become untrue before it was told.
    Obsolete,
}

impl MessageState {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Due, Self::Shown, Self::Sent, Self::Failed, Self::Obsolete];

    /// The name that the API and the database use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Due => "DUE",
            Self::Shown => "SHOWN",
            Self::Sent => "SENT",
            Self::Failed => "FAILED",
            Self::Obsolete => "OBSOLETE",
        }
    }
}

read_by_name!(MessageState);

/// Whom an announcement is for. Nobody whose registration was cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Audience {
    /// Those who have their seats, paid or held.
    Confirmed,
    /// Those who wait in line.
    Waiting,
    /// All of them.
    Both,
}

impl Audience {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Confirmed, Self::Waiting, Self::Both];

    /// The name that the API and the database use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "CONFIRMED",
            Self::Waiting => "WAITING",
            Self::Both => "BOTH",
        }
    }

    /// Whether a registration with this status belongs to it.
    pub fn has(self, status: RegistrationStatus) -> bool {
        match self {
            Self::Confirmed => status.takes_seat(),
            Self::Waiting => status.waits(),
            Self::Both => !status.is_over(),
        }
    }
}

read_by_name!(Audience);

/// A message about a registration. Kind and number name it among all of that registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// Its kind.
    pub kind: MessageKind,
    /// Its subject: a decision, a deadline, the seats that are left, an announcement.
    pub number: i64,
    /// When it is to be told; `None` is at once.
    pub at: Option<DateTime<Utc>>,
}

impl Notice {
    fn now(kind: MessageKind, number: i64) -> Self {
        Self { kind, number, at: None }
    }
}

/// Checks how many hours before the start people are to be reminded.
pub fn reminder_hours(hours: i64) -> Result<i16, InvalidField> {
    let within = i16::try_from(hours).ok().filter(|hours| (REMINDER_HOURS_MIN..=REMINDER_HOURS_MAX).contains(hours));
    within.ok_or_else(|| {
        InvalidField::new("hours", format!("must be a whole number from {REMINDER_HOURS_MIN} to {REMINDER_HOURS_MAX}"))
    })
}

/// Whether a message of this kind changes the booking's entry in its person's calendar. Seats that are held have no
/// entry of their own; one that is there already, because a payment was taken back, moves and goes with them.
pub fn changes_calendar(kind: MessageKind, registration: &Registration) -> bool {
    use MessageKind::{
        AboutToLapse, Announcement, Confirmed, EventCancelled, Held, InLine, Lapsed, Moved, Paid, Passed, PassedOn,
        Promoted, Reduced, Reminder, Removed,
    };

    match kind {
        Confirmed | Promoted | Paid | Reduced => registration.status == RegistrationStatus::Confirmed,
        Moved | EventCancelled | Lapsed | Removed | PassedOn => registration.seated_decision.is_some(),
        InLine | Held | AboutToLapse | Passed | Reminder | Announcement => false,
    }
}

/// Whether a message of this kind tells of seats for which the registration now has tickets.
pub fn brings_tickets(kind: MessageKind, registration: &Registration) -> bool {
    use MessageKind::{
        AboutToLapse, Announcement, Confirmed, EventCancelled, Held, InLine, Lapsed, Moved, Paid, Passed, PassedOn,
        Promoted, Reduced, Reminder, Removed,
    };

    match kind {
        Confirmed | Promoted | Paid => registration.status == RegistrationStatus::Confirmed,
        AboutToLapse | Announcement | EventCancelled | Held | InLine | Lapsed | Moved | Passed | PassedOn | Reduced
        | Reminder | Removed => false,
    }
}

/// The longest time between the warning and the end of a hold.
const WARNING_MAX: TimeDelta = TimeDelta::days(1);

/// The shortest hold whose end is announced. In a shorter one the message that tells of it does.
const WARNED_HOLD_MIN: TimeDelta = TimeDelta::hours(1);

/// The messages that follow for a registration's person, as it stands at an event at `now`. Once the event is over or
/// cancelled that is only what still matters. The person's own cancelling is not told.
pub fn notices(registration: &Registration, event: &Event, now: DateTime<Utc>) -> Vec<Notice> {
    use MessageKind::{Confirmed, InLine, Lapsed, Paid, Passed, PassedOn, Promoted, Reduced, Removed};

    let (decision, seated) = (registration.decision, registration.seated_decision);
    let from_line = seated.filter(|seated| *seated != decision);
    let mut notices = match registration.status {
        RegistrationStatus::Waitlisted => vec![Notice::now(InLine, decision)],
        RegistrationStatus::Held => of_hold(registration, event, from_line, now),
        RegistrationStatus::Confirmed => vec![match (registration.paid, from_line) {
            (Some(paid), _) if !registration.came_paid() => Notice::now(Paid, paid.decision),
            (_, Some(seated)) => Notice::now(Promoted, seated),
            (_, None) => Notice::now(Confirmed, decision),
        }],
        RegistrationStatus::Cancelled => {
            let cause = registration.cancellation.as_ref().map(|cancellation| cancellation.cause());
            let number = registration.cancelled_decision.unwrap_or(decision);
            match cause {
                Some(CancellationCause::Lapsed) => vec![Notice::now(Lapsed, number)],
                Some(CancellationCause::Passed) => vec![Notice::now(Passed, number)],
                Some(CancellationCause::PassedOn) => vec![Notice::now(PassedOn, number)],
                Some(CancellationCause::Removed) => vec![Notice::now(Removed, number)],
                Some(CancellationCause::GivenUp | CancellationCause::Deactivated) | None => Vec::new(),
            }
        }
    };
    if registration.is_active() && registration.seats() < registration.booked {
        notices.push(Notice::now(Reduced, registration.seats().into()));
    }
    if event.has_ended(now) || event.status == EventStatus::Cancelled {
        notices.retain(|notice| matches!(notice.kind, Paid | Removed));
    }
    notices
}

/// Seats that are held. A deadline that began anew, because a payment was taken back or somebody from the line is told
/// late, is told again.
fn of_hold(registration: &Registration, event: &Event, from_line: Option<i64>, now: DateTime<Utc>) -> Vec<Notice> {
    use MessageKind::{AboutToLapse, Held, Promoted};

    let Some((hold, seated_at)) = registration.hold.zip(registration.seated_at) else {
        let number = registration.seated_decision.unwrap_or(registration.decision);
        return vec![Notice::now(if from_line.is_some() { Promoted } else { Held }, number)];
    };
    let deadline = hold.until.timestamp();
    let mut notices: Vec<_> = from_line.map(|seated| Notice::now(Promoted, seated)).into_iter().collect();
    let first = event.terms.hold(seated_at, event.details.ends_at, from_line.is_some());
    let is_first = first.is_some_and(|first| first.until == hold.until);
    if from_line.is_none() || !is_first {
        notices.push(Notice::now(Held, deadline));
    }
    // The hold may have begun long after the seats were given, when the mark of a payment was taken back.
    let since_seated = hold.until - seated_at;
    let length = event.terms.hold_length(is_first && from_line.is_some());
    // Of one from the line, it may be either length that began anew.
    let is_either = from_line.is_some() && !is_first;
    let length = if is_either { length.max(event.terms.hold_length(true)) } else { length };
    let length = length.map_or(since_seated, |length| length.min(since_seated));
    let at = hold.until - (length / 4).min(WARNING_MAX);
    if length >= WARNED_HOLD_MIN && !(is_either && at <= now) {
        notices.push(Notice { kind: AboutToLapse, number: deadline, at: Some(at) });
    }
    notices
}

/// Whether its person is expected: with seats that are paid, or paid at the door. Others are told when their time to
/// pay ends.
fn is_coming(registration: &Registration) -> bool {
    match registration.status {
        RegistrationStatus::Confirmed => true,
        RegistrationStatus::Held => registration.hold.is_none(),
        RegistrationStatus::Waitlisted | RegistrationStatus::Cancelled => false,
    }
}

/// Whether a person who is told only `now` that the line has moved has too little time left to pay: less than half of
/// what the event gives, or gave, if there is no deadline any more.
pub fn comes_too_late(kind: MessageKind, registration: &Registration, event: &Event, now: DateTime<Utc>) -> bool {
    let Some((hold, seated_at)) = registration.hold.zip(registration.seated_at) else { return false };
    let given = event.terms.hold(now, event.details.ends_at, true);
    let whole = given.map_or(hold.until - seated_at, |given| given.until - now);
    kind == MessageKind::Promoted && hold.until - now < whole / 2
}

/// Whether a message of this kind and number is still true. Whoever has given up is not told of earlier things.
pub fn is_true(kind: MessageKind, number: i64, registration: &Registration, event: &Event, now: DateTime<Utc>) -> bool {
    match kind {
        // Whatever the terms say now: its deadline was told.
        MessageKind::AboutToLapse => {
            let ends_then = registration.hold.is_some_and(|hold| hold.until.timestamp() == number && now < hold.until);
            event.status == EventStatus::Published && ends_then
        }
        MessageKind::EventCancelled => registration.is_active() && event.status == EventStatus::Cancelled,
        MessageKind::Moved => {
            registration.is_active() && event.status == EventStatus::Published && !event.has_ended(now)
        }
        MessageKind::Reminder => {
            let start = event.details.starts_at;
            let is_of_this_start = number == start.timestamp() && now < start;
            is_coming(registration) && event.status == EventStatus::Published && is_of_this_start
        }
        MessageKind::Announcement => registration.is_active(),
        _ => notices(registration, event, now).iter().any(|notice| (notice.kind, notice.number) == (kind, number)),
    }
}
