//! Tests of webhooks that need no database.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod guard;
mod schedule;
mod secrets;
mod sender;
mod urls;
