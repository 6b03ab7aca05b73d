//! Check-ins at the gates of events: scans are decided and stored, undone, listed and counted.

mod deciding;
mod door_lists;
mod log;
mod rows;
pub(crate) mod statements;

pub use self::deciding::{Decided, Found, Opening, check_in};
pub use self::door_lists::{Admitted, Bookings, Counts, DoorTicket, counts, have_begun, shown, tickets};
pub use self::log::{Listed, find, list, of_registration, undo};
