//! What the files say, read by another program than the one that wrote them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a failed test should stop loudly")]

mod calendar;
