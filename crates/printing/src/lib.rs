//! Tickets on paper and on screens: as QR codes and as PDF.
//!
//! Nothing is looked up here. Every text arrives as it is to be read, also times.

mod codes;
<<<<<<< HEAD

use thiserror::Error;

pub use crate::codes::{MODULES_MAX, QUIET_MODULES, QrCode};

/// Something cannot be printed.
#[derive(Debug, Error)]
pub enum Unprintable {
    /// No QR code of level M holds the text: it has more than 2,331 bytes, or 3,391 symbols of those that take less room.
    #[error("the text is too long for a QR code")]
    TooLong,
}
=======
mod errors;
mod fonts;
mod texts;
mod tickets;

pub use crate::codes::{MODULES_MAX, QUIET_MODULES, QrCode};
pub use crate::errors::Unprintable;
pub use crate::tickets::{Printer, Ticket};

#[cfg(test)]
mod tests;
>>>>>>> printing
