//! PostgreSQL through diesel: the schema, a module for each aggregate, the row lock, and the promises as SQL.
//!
//! No other crate knows SQL. Functions take a connection; the ones that are documented as atomic open a transaction.
//! Rows stay inside this crate: parameters and results are types of `domain`.
//!
//! [`settlement`] is the core: its one function takes an event's lock and changes its seats.

pub mod access_changes;
pub mod account_mails;
pub mod addresses;
pub mod administration;
pub mod announcements;
pub mod api_keys;
pub mod attendees;
pub mod audit;
pub mod calendar_feeds;
mod certificates;
pub mod check_ins;
pub mod classic_bookings;
mod clocks;
pub mod connections;
pub mod databases;
pub mod door_staff;
pub mod doors;
pub mod drafts;
pub mod errors;
pub mod events;
pub mod figures;
pub mod histories;
pub mod journal;
pub mod line_heads;
pub mod listings;
pub mod message_subjects;
pub mod messages;
pub mod migrations;
pub mod organizers;
pub mod own_accounts;
pub mod pictures;
#[cfg(test)]
mod plans;
pub mod pools;
pub mod presentations;
pub mod promises;
pub mod registrations;
pub mod rehearsals;
pub mod reminders;
mod rows;
mod schema;
pub mod searches;
mod sessions;
pub mod settlement;
pub mod sign_outs;
pub mod simulations;
mod statements;
pub mod tallies;
pub mod ticket_names;
pub mod tickets;
pub mod transfers;
pub mod users;
pub mod webhook_deliveries;
pub mod webhooks;

pub use diesel_async::AsyncPgConnection;
pub use errors::Error;
