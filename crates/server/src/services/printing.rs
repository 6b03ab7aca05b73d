//! Prints tickets, a few at a time, on threads of their own.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use domain::ids::UserId;
use printing::{Printer, Ticket, Unprintable};
use tokio::sync::Semaphore;

use crate::http::problems::Problem;
use crate::services::concurrency::ConcurrencyLimit;

/// The folder in which Unix systems keep fonts. Those that are installed add scripts that the program's own lack.
const FONTS: &str = "/usr/share/fonts";

/// The longest wait for other tickets to be printed.
const WAIT_MAX: Duration = Duration::from_secs(10);

/// The tickets of a booking. The texts are those of [`Ticket`].
pub(crate) struct Tickets {
    pub(crate) title: String,
    pub(crate) organizer: String,
    pub(crate) time: String,
    pub(crate) location: String,
    pub(crate) ticket_type: String,
    pub(crate) holder: String,
    /// The code of each ticket, to be read and to be scanned, by their numbers.
    pub(crate) codes: Vec<(String, String)>,
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
    let of = u16::try_from(booking.codes.len()).unwrap_or(u16::MAX);
    let pages = (1..).zip(&booking.codes).map(|(number, (code, scanned))| Ticket {
        title: &booking.title,
        organizer: &booking.organizer,
        time: &booking.time,
        location: &booking.location,
        ticket_type: &booking.ticket_type,
        holder: &booking.holder,
        number,
        of,
        code,
        scanned,
    });
    let tickets: Vec<Ticket<'_>> = pages.collect();
    match printer.pdf(&tickets) {
        // A font of the system may be broken. The program's own are not.
        Err(Unprintable::Unwritable(_)) => Printer::new().pdf(&tickets),
        printed => printed,
    }
}
