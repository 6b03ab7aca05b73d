//! The resources of the API: handlers, bodies and descriptions. No resource imports another's handlers; the bodies and
//! checks that several share have files of their own.

pub(crate) mod accounts;
pub(crate) mod analytics;
pub(crate) mod attendees;
pub(crate) mod audit;
pub(crate) mod bookings;
mod event_bodies;
pub(crate) mod events;
pub(crate) mod handing_over;
pub(crate) mod health;
pub(crate) mod live;
pub(crate) mod metrics;
mod new_passwords;
pub(crate) mod openapi;
pub(crate) mod organizer;
mod own_events;
pub(crate) mod problems;
pub(crate) mod removals;
pub(crate) mod simulations;
pub(crate) mod users;
