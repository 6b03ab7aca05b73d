//! People who book, people who cancel, and whether every answer is what the tables hold.

pub mod cancellations;
pub mod checks;
pub mod results;
pub mod script;
pub mod table;

mod refusals;
