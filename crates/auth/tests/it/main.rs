//! Tests of passwords, tokens, permissions and throttling.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod access;
mod passwords;
mod secrets;
mod throttle;
mod tokens;
