//! What holds of the server.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod architecture;
mod home;
mod lifecycle;
mod servers;
mod settings;
mod startup;
mod telemetry;
