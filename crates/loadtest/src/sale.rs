//! Bookings and cancellations by a crowd, and the comparison of every answer with the tables.

pub mod cancellations;
pub mod checks;
pub mod results;
pub mod script;
pub mod table;

mod refusals;
