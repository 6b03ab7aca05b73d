//! The admission rules beside their sequential model, in memory: many more cases than a database could be asked for.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs,
    reason = "a test that cannot go on should stop loudly"
)]

mod admission;
