//! The resources of the API: one module for each, with its description.

pub(crate) mod accounts;
pub(crate) mod analytics;
pub(crate) mod attendees;
pub(crate) mod audit;
pub(crate) mod bookings;
pub(crate) mod events;
pub(crate) mod health;
pub(crate) mod live;
pub(crate) mod metrics;
pub(crate) mod organizer;
pub(crate) mod simulations;
pub(crate) mod users;
