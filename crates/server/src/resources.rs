//! The resources of the API: handlers, bodies and descriptions. No resource imports another's handlers; the bodies and
//! checks that several share have files of their own.

pub(crate) mod accounts;
pub(crate) mod analytics;
pub(crate) mod announcements;
pub(crate) mod attendees;
pub(crate) mod audit;
pub(crate) mod bookings;
pub(crate) mod calendars;
pub(crate) mod codes;
mod event_bodies;
pub(crate) mod events;
mod formatted_text;
pub(crate) mod handing_over;
pub(crate) mod health;
pub(crate) mod invitations;
pub(crate) mod live;
pub(crate) mod messages;
pub(crate) mod metrics;
mod new_passwords;
pub(crate) mod openapi;
pub(crate) mod organizer;
mod own_events;
pub(crate) mod pages;
pub(crate) mod payments;
mod previews;
pub(crate) mod problems;
pub(crate) mod proofs;
mod public_reads;
pub(crate) mod removals;
mod requested_seats;
pub(crate) mod sign_ins;
pub(crate) mod simulations;
pub(crate) mod site;
mod ticket_bodies;
pub(crate) mod tickets;
pub(crate) mod users;
