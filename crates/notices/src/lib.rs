//! What people are told outside of the page, in formats that other programs read.
//!
//! Everything here is pure: values of the domain and texts come in, files go out. There is no SQL, no HTTP and no clock.

pub mod calendar;
pub mod times;
