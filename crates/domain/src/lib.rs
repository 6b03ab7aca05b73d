//! The rules of a ticketing system: ids, roles, events, and who gets a seat.
//!
//! [`admission::decide`] is the only place that gives out seats. It is a pure function of the locked event, the
//! database's clock, the lookups and the commands in order. It returns answers and rows to write. [`model`] holds the
//! same rules once more, one command at a time and as plainly as possible, for tests. [`tables`] stands in
//! for the database there.
//!
//! Nothing here does I/O, awaits, knows SQL, reads a clock or makes an id.

pub mod account_mails;
pub mod accounts;
pub mod admission;
pub mod api_keys;
pub mod check_ins;
pub mod commands;
pub mod events;
pub mod figures;
pub mod history;
pub mod ids;
pub mod limits;
pub mod messages;
pub mod model;
pub mod money;
mod names;
pub mod news;
pub mod pictures;
pub mod registrations;
pub mod search;
pub mod seats;
pub mod slugs;
pub mod tables;
pub mod text;
pub mod ticket_names;
pub mod tickets;
pub mod transfers;
pub mod webhooks;
pub mod zones;
