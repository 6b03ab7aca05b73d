//! The box office on real PostgreSQL.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::as_conversions,
    missing_docs,
    reason = "a test that cannot go on should stop loudly"
)]

mod backups;
mod clock;
mod engine;
mod environment;
mod explanations;
mod faults;
mod interleavings;
mod known;
mod leftovers;
mod lines;
mod locks;
mod lost_commits;
mod moves;
mod parties;
mod payments;
mod prices;
mod properties;
mod sale;
mod simulations;
mod stage;
mod tickets;
mod transfers;
