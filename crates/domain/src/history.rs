//! The history of an event's places, replayed from what is stored: by the number of each decision, one step at a time.
//!
//! This states the promises once more, independently of [`crate::admission`], of [`crate::model`] and of the SQL that
//! verifies them: it keeps lines and counts of its own, and compares them with the stored ones in the end. Then it
//! compares the answers that callers got with the same history, and their times with the order of its numbers.
//!
//! [`verdict`] takes the time of sorting what it is given.

mod answers;
mod faults;
mod replay;
mod stored;
mod told;

pub use self::faults::{Fault, VIOLATIONS_DESCRIBED_MAX, Verdict, Violation};
use self::replay::Replay;
pub use self::stored::{History, Place, PriceCounts, TypeCounts};
pub use self::told::{Told, What};

/// Replays a history, compares these answers with it, and says where P1 to P5 are broken.
///
/// The times of the answers show the order that callers have seen: a request that was sent once another one was
/// answered has the higher number, whichever servers took the two.
pub fn verdict(history: &History, told: &[Told]) -> Verdict {
    let mut replay = Replay::of(history);
    let steps = replay.run();
    let mut verdict = replay.verdict;
    answers::compare(history, &replay.joined_at, told, &mut verdict);
    Verdict { steps, answers: told.len(), ..verdict }
}
