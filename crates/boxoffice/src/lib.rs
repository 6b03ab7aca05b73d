//! The on-sale engine: commands that change an event's seats wait in the event's queue and are decided in batches, one
//! transaction at a time.
//!
//! [`engine`] schedules without I/O, and [`office`] performs its effects. Nothing here knows HTTP. A crash loses no
//! state: answers are sent after the commit, and the outcome of an unanswered command is found in the database.

pub mod answers;
pub mod engine;
pub mod limits;
pub mod lines;
pub mod observer;
pub mod office;
pub mod places;
pub mod simulation;

pub use answers::{Answer, BatchReport, Unanswered};
pub use limits::Limits;
pub use office::BoxOffice;
