//! The repository on real PostgreSQL.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs,
    reason = "a test that cannot go on should stop loudly"
)]

mod api_keys;
mod check_ins;
mod classic_bookings;
mod distribution;
mod erasure;
mod messages;
mod migrations;
mod pages;
mod promises;
mod searches;
mod sessions;
mod stage;
mod tallies;
mod ticket_names;
mod tls;
mod upgrades;
mod users;
mod webhooks;
