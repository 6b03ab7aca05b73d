//! Prints tickets, a few at a time, on threads of their own.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use auth::ticket_codes::{TicketCode, TicketKey};
use domain::check_ins::takes_place;
use domain::ids::UserId;
use domain::registrations::{Registration, RegistrationStatus};
use domain::ticket_names::TicketNames;
use notices::times::when;
use printing::{Printer, Ticket, Unprintable};
use repository::doors::Door;
use tokio::sync::Semaphore;

use crate::http::problems::Problem;
use crate::services::concurrency::ConcurrencyLimit;

/// The folder in which Unix systems keep fonts. Those that are installed add scripts that the program's own lack.
const FONTS: &str = "/usr/share/fonts";

/// The longest wait for other tickets to be printed.
const WAIT_MAX: Duration = Duration::from_secs(10);

/// The tickets of a booking. The texts are those of [`Ticket`].
pub(crate) struct Tickets {
    title: String,
    organizer: String,
    time: String,
    location: String,
    ticket_type: String,
    /// The person who booked.
    buyer: String,
    /// By their numbers.
    tickets: Vec<NamedTicket>,
}

struct NamedTicket {
    /// To be read, and to be scanned.
    code: (String, String),
    /// The person who comes with it, as the buyer has filled in.
    name: Option<String>,
}

/// A booking whose tickets are printed, and the names that its tickets show.
pub(crate) struct Booking<'a> {
    pub(crate) door: &'a Door,
    pub(crate) registration: &'a Registration,
    /// The organizer's name.
    pub(crate) organizer: String,
    /// The person who booked.
    pub(crate) buyer: String,
    pub(crate) names: TicketNames,
}

impl Tickets {
    /// These tickets of a booking, by their numbers and codes.
    pub(crate) fn of(booking: Booking<'_>, codes: &[(i16, TicketCode)]) -> Self {
        let Booking { door, registration, organizer, buyer, mut names } = booking;
        let details = &door.event.details;
        let ticket = |(number, code): &(i16, TicketCode)| NamedTicket {
            code: (code.to_string(), code.scanned(door.event.id)),
            name: names.remove(number),
        };
        let ticket_type = door.tickets.ticket_type(registration.ticket_type);
        Self {
            title: details.title.clone(),
            organizer,
            time: when(details),
            location: details.location.clone(),
            ticket_type: ticket_type.map(|one| one.name.clone()).unwrap_or_default(),
            buyer,
            tickets: codes.iter().map(ticket).collect(),
        }
    }
}

/// The numbers and codes of the tickets of a booking at this door. Bookings that are not confirmed have none.
pub(crate) fn codes(registration: &Registration, door: &Door, key: &TicketKey) -> Vec<(i16, TicketCode)> {
    if !has_tickets(registration, door) {
        return Vec::new();
    }
    let numbers = 1..=i16::try_from(registration.seats()).unwrap_or(0);
    numbers.map(|number| (number, key.code(registration.id, number))).collect()
}

/// Whether a booking has tickets: it is confirmed, and its event takes place.
pub(crate) fn has_tickets(registration: &Registration, door: &Door) -> bool {
    registration.status == RegistrationStatus::Confirmed && takes_place(door.event.status)
}

/// Prints tickets.
pub(crate) struct Printing {
    printer: Arc<Printer>,
    turns: Arc<Semaphore>,
    /// One document of each account at once, so that nobody keeps the others waiting.
    shares: ConcurrencyLimit<UserId>,
}

impl Printing {
    /// With the fonts of the program and of the system.
    pub(crate) fn new() -> Self {
        Self {
            printer: Arc::new(Printer::with_folders(&[Path::new(FONTS)])),
            // One: a sale wants the other core.
            turns: Arc::new(Semaphore::new(1)),
            shares: ConcurrencyLimit::of_uploads(),
        }
    }

    /// A document with a page for each of these tickets of this account.
    pub(crate) async fn pdf(&self, account: UserId, tickets: Tickets) -> Result<Vec<u8>, Problem> {
        let _share = self.shares.acquire(account).await?;
        self.pdf_in_turn(tickets).await
    }

    /// The same for the server itself, which has no share.
    pub(crate) async fn pdf_in_turn(&self, tickets: Tickets) -> Result<Vec<u8>, Problem> {
        let turn = tokio::time::timeout(WAIT_MAX, Arc::clone(&self.turns).acquire_owned());
        let turn = turn.await.map_err(|_| Problem::busy(WAIT_MAX.as_secs()))?;
        let turn = turn.map_err(|error| Problem::Internal(error.into()))?;
        let printer = Arc::clone(&self.printer);
        let printed = tokio::task::spawn_blocking(move || {
            // The thread holds the turn, because it works on even if the client has left.
            let _turn = turn;
            print(&printer, &tickets)
        });
        let printed = printed.await.map_err(|error| Problem::Internal(error.into()))?;
        printed.map_err(|error| Problem::Internal(error.into()))
    }
}

fn print(printer: &Printer, booking: &Tickets) -> Result<Vec<u8>, Unprintable> {
    let of = u16::try_from(booking.tickets.len()).unwrap_or(u16::MAX);
    let pages = (1..).zip(&booking.tickets).map(|(number, NamedTicket { code: (code, scanned), name })| {
        let holder = name.as_deref().unwrap_or(&booking.buyer);
        Ticket {
            title: &booking.title,
            organizer: &booking.organizer,
            time: &booking.time,
            location: &booking.location,
            ticket_type: &booking.ticket_type,
            holder,
            booked_by: if holder == booking.buyer { "" } else { &booking.buyer },
            number,
            of,
            code,
            scanned,
        }
    });
    let tickets: Vec<Ticket<'_>> = pages.collect();
    match printer.pdf(&tickets) {
        // A font of the system may be broken. The program's own are not.
        Err(Unprintable::Unwritable(_)) => Printer::new().pdf(&tickets),
        printed => printed,
    }
}
