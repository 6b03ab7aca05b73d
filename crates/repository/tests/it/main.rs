//! The repository on real PostgreSQL.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs,
    reason = "a test that cannot go on should stop loudly"
)]

mod migrations;
mod pages;
mod promises;
mod stage;
mod tallies;
mod users;
