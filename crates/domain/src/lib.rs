//! What a ticketing system is: ids, roles, the life cycle of an event, and the rules by which places are given out.
//!
//! [`admission::decide`] is the one place that says who gets a seat. It is a pure function: the locked event, the
//! database's clock, what stands and the commands in order go in; answers and rows to write come out.
//! [`model`] says the same once more, one command at a time and as plainly as possible, for tests to compare with.
//!
//! Nothing here does I/O, awaits, knows SQL, reads a clock or makes an id.

pub mod accounts;
pub mod admission;
pub mod commands;
pub mod events;
pub mod figures;
pub mod ids;
pub mod limits;
pub mod model;
pub mod registrations;
pub mod text;
