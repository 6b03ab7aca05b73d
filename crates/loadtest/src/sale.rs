//! Bookings and cancellations by a crowd, holds that lapse, and the comparison of every answer with the tables.

pub mod answers;
pub mod cancellations;
pub mod checks;
pub mod lapses;
pub mod results;
pub mod script;
pub mod table;

pub(crate) mod refusals;
#[cfg(test)]
pub(crate) mod samples;
