//! The resources of the API: handlers, bodies and descriptions. No resource imports another's handlers; the bodies and
//! checks that several share have files of their own.

pub(crate) mod accounts;
pub mod analytics;
pub(crate) mod attendees;
pub(crate) mod audit;
pub(crate) mod bookings;
mod event_bodies;
pub mod events;
pub(crate) mod health;
mod new_passwords;
pub(crate) mod openapi;
pub(crate) mod organizer;
mod own_events;
pub(crate) mod simulations;
pub(crate) mod users;
