//! Answers, beside the history that they told of.

use std::collections::HashMap;
use std::time::Duration;

use super::faults::{Fault, Verdict};
use super::stored::History;
use super::told::{Told, What};
use crate::ids::RegistrationId;

/// The call of a number: from when its request was first sent to when it was first answered.
struct Call {
    number: i64,
    asked: Duration,
    answered: Duration,
}

/// Compares answers with a history. `joined_at` has the place in line of each registration when it was made, in the
/// order of the history's places; 0 if it got its seats at once.
pub(super) fn compare(history: &History, joined_at: &[i64], told: &[Told], verdict: &mut Verdict) {
    let places: HashMap<RegistrationId, _> =
        history.places.iter().zip(joined_at).map(|(place, joined_at)| (place.id, (place, *joined_at))).collect();
    let mut calls: Vec<Call> = Vec::with_capacity(told.len());
    for &told in told {
        let (Told { registration, what, asked, answered }, number) = (told, told.number());
        let Some((place, joined_at)) = places.get(&registration) else {
            verdict.add(number, Fault::NotStored(registration));
            continue;
        };
        let (is_stored, is_true) = match what {
            What::Made { number, is_seated, position } => {
                let seated = is_seated.is_none_or(|is_seated| is_seated == place.is_seated_at_once());
                (place.decision == number, seated && position.is_none_or(|position| position == *joined_at))
            }
            What::Cancelled { number } => (place.cancelled_decision == Some(number), true),
        };
        if !is_stored {
            verdict.add(number, Fault::NotStored(registration));
        } else if !is_true {
            verdict.add(number, Fault::Untrue(registration));
        }
        calls.push(Call { number, asked, answered });
    }
    look_at_order(calls, verdict);
}

/// A call that was answered before another one was sent has the lower number.
fn look_at_order(mut calls: Vec<Call>, verdict: &mut Verdict) {
    calls.sort_by_key(|call| call.number);
    // A repeat is answered with the number of the first request: its decision came after that one was sent, and before
    // either was answered.
    calls.dedup_by(|next, first| {
        let is_repeat = next.number == first.number;
        if is_repeat {
            first.asked = first.asked.min(next.asked);
            first.answered = first.answered.min(next.answered);
        }
        is_repeat
    });
    let mut latest: Option<(Duration, i64)> = None;
    for Call { number, asked, answered } in calls {
        if let Some((sent, by)) = latest
            && answered < sent
        {
            verdict.add(number, Fault::Overtaken { by });
        }
        latest = latest.max(Some((asked, number)));
    }
}
