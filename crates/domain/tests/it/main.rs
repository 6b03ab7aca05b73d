//! The admission rules beside their sequential model, in memory, which allows far more cases than a database.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs,
    reason = "a test that cannot go on should stop loudly"
)]

mod admission;
mod history;
mod messages;
mod properties;
mod stage;
mod texts;
mod ticket_names;
mod tickets;
