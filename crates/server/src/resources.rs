//! The resources of the API: one module for each, with its description.

pub(crate) mod accounts;
pub mod analytics;
pub(crate) mod attendees;
pub(crate) mod audit;
pub(crate) mod bookings;
pub mod events;
pub(crate) mod health;
pub(crate) mod organizer;
pub(crate) mod simulations;
pub(crate) mod users;
