//! Names on tickets: the people who come with a booking's tickets, as its buyer has filled in.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::check_ins::DoorSettings;
use crate::events::{Event, EventStatus};
use crate::limits::{NAME_CHARACTERS_MAX, SEATS_PER_REGISTRATION_MAX};
use crate::registrations::RegistrationStatus;
use crate::text::{self, InvalidField};

/// The names of a booking's tickets, by the tickets' numbers. Tickets without one are not in it.
pub type TicketNames = BTreeMap<i16, String>;

/// Names that a booking's tickets are to have, in place of those that they have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedNames {
    /// The names.
    pub names: TicketNames,
    /// For how many tickets something was said: a name, or that there is none.
    pub tickets: usize,
}

impl WantedNames {
    /// Checks names: one for each ticket, in their order.
    pub fn parse(names: &[Option<String>]) -> Result<Self, InvalidField> {
        let at_most = usize::try_from(SEATS_PER_REGISTRATION_MAX).unwrap_or(usize::MAX);
        if names.len() > at_most {
            return Err(InvalidField::new("names", format!("must be at most {at_most}")));
        }
        let given = (1..).zip(names).filter_map(|(number, name)| Some((number, name.as_deref()?)));
        let checked = given.map(|(number, name)| Ok((number, text::line("names", name, NAME_CHARACTERS_MAX)?)));
        Ok(Self { names: checked.collect::<Result<_, _>>()?, tickets: names.len() })
    }
}

/// The reason for which the names of a booking's tickets stay as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamesRefused {
    /// The event does not take place.
    EventCancelled,
    /// The event is over.
    EventEnded,
    /// The booking has no tickets: it is not confirmed.
    NotConfirmed,
    /// Nobody fills in names at this event.
    Off,
    /// Since then, names can no longer be filled in.
    Closed(DateTime<Utc>),
    /// There are more names than tickets, which are so many.
    TooMany {
        /// The booking's seats.
        tickets: i16,
    },
    /// Somebody is in with this ticket, whose name would change.
    CheckedIn {
        /// The ticket's number.
        ticket: i16,
    },
}

/// A booking and its tickets, as they stand.
#[derive(Debug, Clone, Copy)]
pub struct NamedBooking<'a> {
    /// Its event.
    pub event: &'a Event,
    /// How the event's tickets work.
    pub settings: DoorSettings,
    /// Its status.
    pub status: RegistrationStatus,
    /// Its seats: the number of its tickets.
    pub seats: i16,
    /// The names that its tickets have. Some may be of seats that were given up.
    pub names: &'a TicketNames,
    /// The numbers of its tickets that somebody is in with.
    pub admitted: &'a [i16],
}

/// Whether the tickets of a booking may get these names at `now`.
pub fn check(booking: NamedBooking<'_>, wanted: &WantedNames, now: DateTime<Utc>) -> Result<(), NamesRefused> {
    let NamedBooking { event, settings, status, seats, names, admitted } = booking;
    if event.status == EventStatus::Cancelled {
        return Err(NamesRefused::EventCancelled);
    }
    if event.has_ended(now) {
        return Err(NamesRefused::EventEnded);
    }
    if status != RegistrationStatus::Confirmed {
        return Err(NamesRefused::NotConfirmed);
    }
    let closes_at = settings.names_close_at(event).ok_or(NamesRefused::Off)?;
    if closes_at <= now {
        return Err(NamesRefused::Closed(closes_at));
    }
    if usize::try_from(seats).is_ok_and(|seats| seats < wanted.tickets) {
        return Err(NamesRefused::TooMany { tickets: seats });
    }
    let changed = admitted.iter().filter(|one| **one <= seats && names.get(one) != wanted.names.get(one));
    match changed.min() {
        Some(ticket) => Err(NamesRefused::CheckedIn { ticket: *ticket }),
        None => Ok(()),
    }
}
