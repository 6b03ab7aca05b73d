//! The resources of the API: one module for each, with its description.

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
