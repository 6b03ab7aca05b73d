//! What holds of the server.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod accounts;
mod agreement;
mod analytics;
mod api_keys;
mod architecture;
mod attacks;
mod attendees;
mod audit;
mod bad_input;
mod bookings;
mod calendars;
mod chaos;
mod check_ins;
mod client;
mod commands;
mod connections;
mod contract;
mod crowds;
mod documents;
mod dumps;
mod events;
mod frozen;
mod handing_over;
mod home;
mod journal;
mod late_telling;
mod lifecycle;
mod live;
mod mail_server;
mod mailed_calendars;
mod mailed_tickets;
mod messages;
mod metrics;
mod openapi;
mod organizer;
mod own_accounts;
mod pages;
mod passing_over;
mod pictures;
mod production;
mod proofs;
mod real_mail;
mod real_mail_server;
mod receiver;
mod refusals;
mod reminders;
mod removals;
mod roles;
mod roles_of_keys;
mod schema;
mod searches;
mod servers;
mod settings;
mod simulations;
mod stage;
mod startup;
mod surface;
mod telemetry;
mod texts;
mod ticket_names;
mod tickets;
mod transfers;
mod users;
mod variables;
mod webhook_orders;
mod webhooks;
