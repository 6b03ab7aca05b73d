//! Tickets on paper and on screens: as QR codes and as PDF.
//!
//! Nothing is looked up here. Every text arrives as it is to be read, also times.

mod codes;
mod errors;
mod fonts;
mod texts;
mod tickets;

pub use crate::codes::{MODULES_MAX, QUIET_MODULES, QrCode};
pub use crate::errors::Unprintable;
pub use crate::tickets::{Printer, Ticket};

#[cfg(test)]
mod tests;
