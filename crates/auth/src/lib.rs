//! Passwords, tokens, API keys, secret addresses and permissions.
//!
//! This crate knows no HTTP and no SQL, and reads no clock: times are arguments. Hashing a password takes a tenth to a
//! fifth of a second by design, so callers keep it off the threads that answer requests.

pub mod access;
pub mod addresses;
pub mod api_keys;
pub mod passwords;
pub mod secrets;
pub mod throttle;
pub mod ticket_codes;
pub mod tokens;
