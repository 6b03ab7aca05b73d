//! The tickets of bookings as files, for the mails that confirm them.

use std::sync::Arc;
use std::time::Duration;

use auth::ticket_codes::TicketKey;
use domain::ids::{EventId, RegistrationId};
use domain::registrations::Registration;
use domain::ticket_names::TicketNames;
use repository::doors::{self, Door, StoredKey};
use repository::pools::Pool;
use repository::{AsyncPgConnection, presentations, registrations, ticket_names, users};

use crate::http::problems::Problem;
use crate::services::printing::{Booking, Printing, Tickets, codes, has_tickets};

/// The longest time that a mail waits for the database to tell of its tickets. It goes without them then.
const WITHIN: Duration = Duration::from_secs(5);

/// The largest file that is attached. Ten tickets take a tenth of it, unless their letters need large fonts; some mail
/// servers take no mail above ten megabytes.
const BYTES_MAX: usize = 4 * 1024 * 1024;

/// Makes such files. A handle.
#[derive(Clone)]
pub(crate) struct TicketFiles {
    pool: Pool,
    printing: Arc<Printing>,
}

/// The tickets of a booking that are to be printed.
pub(crate) struct Wanted {
    event: EventId,
    registration: RegistrationId,
    tickets: Tickets,
}

/// A booking with tickets, and what they show.
struct Found {
    door: Door,
    key: StoredKey,
    registration: Registration,
    organizer: String,
    buyer: String,
    names: TicketNames,
}

impl TicketFiles {
    /// Prints with this printer.
    pub(crate) fn new(pool: Pool, printing: Arc<Printing>) -> Self {
        Self { pool, printing }
    }

    /// Looks for the tickets of a booking. `None` if it is not confirmed any more, or if they cannot be read, which the
    /// log says: their mail has a link to them in any case.
    pub(crate) async fn find(&self, event: EventId, registration: RegistrationId) -> Option<Wanted> {
        match tokio::time::timeout(WITHIN, self.read(event, registration)).await {
            Ok(Ok(found)) => found,
            Ok(Err(error)) => {
                let cause = error.cause();
                tracing::warn!(%event, %registration, %error, cause, "could not read tickets for a mail");
                None
            }
            Err(_) => {
                tracing::warn!(%event, %registration, "tickets for a mail were not read in time");
                None
            }
        }
    }

    async fn read(&self, event: EventId, registration: RegistrationId) -> Result<Option<Wanted>, Problem> {
        let new_key = TicketKey::random().map_err(|error| Problem::Internal(error.into()))?;
        let read = async |connection: &mut AsyncPgConnection| find(connection, event, registration, &new_key).await;
        let Some(found) = self.pool.run(read).await? else { return Ok(None) };
        let Found { door, key, registration: booked, organizer, buyer, names } = found;
        let codes = codes(&booked, &door, &TicketKey::stored(key.bytes));
        let booking = Booking { door: &door, registration: &booked, organizer, buyer, names };
        Ok(Some(Wanted { event, registration, tickets: Tickets::of(booking, &codes) }))
    }

    /// Tickets as a PDF document. `None` if they cannot be printed, which the log says.
    pub(crate) async fn print(&self, wanted: Wanted) -> Option<Vec<u8>> {
        let Wanted { event, registration, tickets } = wanted;
        match self.printing.pdf_in_turn(tickets).await {
            Ok(file) if file.len() > BYTES_MAX => {
                let bytes = file.len();
                tracing::warn!(%event, %registration, bytes, "tickets are too large for their mail");
                None
            }
            Ok(file) => Some(file),
            Err(error) => {
                let cause = error.cause();
                tracing::warn!(%event, %registration, %error, cause, "could not print tickets for a mail");
                None
            }
        }
    }
}

/// A booking that has tickets. If none of its event was ever shown, `new_key` becomes the event's.
async fn find(
    connection: &mut AsyncPgConnection,
    event: EventId,
    registration: RegistrationId,
    new_key: &TicketKey,
) -> Result<Option<Found>, repository::Error> {
    let Some(mut door) = doors::find(connection, event).await? else { return Ok(None) };
    let found = registrations::find(connection, event, registration).await?;
    let Some(registration) = found.filter(|found| has_tickets(found, &door)) else { return Ok(None) };
    if door.key.is_none() {
        doors::make_key(connection, event, new_key.expose()).await?;
        // Somebody may have made another one at the same moment.
        match doors::find(connection, event).await? {
            Some(newest) => door = newest,
            None => return Ok(None),
        }
    }
    let Some(key) = door.key.clone() else { return Ok(None) };
    let organizer = presentations::find(connection, &door.event).await?.organizer.name;
    let buyer = users::find(connection, registration.user).await?.map(|user| user.name).unwrap_or_default();
    let names = ticket_names::of_registration(connection, event, registration.id).await?;
    Ok(Some(Found { door, key, registration, organizer, buyer, names }))
}
