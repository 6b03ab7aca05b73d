//! The on-sale engine: everything that changes an event's places waits in that event's queue and is decided in batches,
//! one transaction at a time.
//!
//! [`engine`] says what happens when, without I/O; [`office`] does it. Nothing here knows HTTP, and nothing is kept in
//! memory that a crash may lose: an answer is given after its commit, and what was not answered is found again in the
//! database.

pub mod engine;
pub mod limits;
pub mod lines;
pub mod office;
pub mod simulation;
pub mod watch;

pub use limits::Limits;
pub use office::{Answer, BoxOffice, Unanswered};
pub use watch::BatchReport;
