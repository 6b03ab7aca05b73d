//! PostgreSQL through diesel: the schema, one module per aggregate, the row lock, and the promises as SQL.
//!
//! The only crate that knows SQL. Functions take a connection and open no transaction, except where they say that what
//! they do is atomic. Row structs stay inside: what goes in and comes out are the types of `domain`.
//!
//! [`settlement`] is the heart: the one function that takes an event's lock and changes its places.

pub mod attendees;
pub mod audit;
pub mod databases;
pub mod errors;
pub mod events;
pub mod figures;
pub mod migrations;
pub mod pools;
pub mod promises;
pub mod registrations;
pub mod rehearsals;
mod rows;
mod schema;
mod searches;
pub mod settlement;
pub mod simulations;
mod statements;
pub mod tallies;
pub mod users;

pub use diesel_async::AsyncPgConnection;
pub use errors::Error;
