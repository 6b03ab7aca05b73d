//! Passwords, tokens, and who may do what.
//!
//! Nothing here speaks HTTP or SQL, and nothing reads a clock: times enter as arguments. Hashing a password takes a
//! tenth to a fifth of a second by design, so callers keep it off the threads that answer requests.

pub mod access;
pub mod addresses;
pub mod passwords;
pub mod throttle;
pub mod tokens;
