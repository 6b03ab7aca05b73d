//! Ticket types, their prices, and how the seats of a registration are split over prices.

mod choice;
mod codes;
mod document;
mod kinds;
mod numbers;
mod splits;

pub use self::choice::{Choice, ChoiceError};
pub use self::codes::Code;
pub(crate) use self::document::Applied;
pub use self::document::{Document, DocumentError, PriceEntry, TypeEntry};
pub use self::kinds::{Price, TicketType, Tickets};
pub use self::numbers::{PriceNumber, TypeNumber};
pub use self::splits::{Part, Split};
