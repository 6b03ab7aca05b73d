use std::collections::BTreeMap;

use boxoffice::simulation::{Kept, Looked, Report, Spread, Undone};
use domain::ids::EventId;
use repository::promises::Promise;

use super::RunBody;
use crate::openapi::samples::CONCERT;
use crate::openapi::{Answer, Description, Tag};
use crate::problems::Problem;

pub(crate) fn run() -> Description {
    Description::of(Tag::Administration, "Run the stress test")
        .details(
            "Simulated buyers want a seat at once, through the very code that sells to people. It runs on the event itself \
             if nobody has a place there, which leaves the event under test until the undo; else on a hidden copy. The \
             answer waits for the report.",
        )
        .answer(Answer::json(200, "What it showed.", &RunBody { simulation_results: report() }))
        .problems([Problem::SimulationRunning, Problem::EventCancelled, Problem::EventEnded])
        .decided()
}

pub(crate) fn undo() -> Description {
    Description::of(Tag::Administration, "Undo the stress test")
        .details("Takes the simulated registrations out, and what is left of hidden copies.")
        .answer(Answer::json(200, "What was taken out.", &Undone { removed: 1_000, rehearsals_removed: 0 }))
        .problems([Problem::SimulationRunning])
        .decided()
}

fn report() -> Report {
    let kept = |promise: Promise| Kept {
        promise: promise.code(),
        passed: true,
        checks: vec![Looked { what: "confirmed places and remaining seats are the capacity", violations: 0 }],
    };
    Report {
        event_id: EventId::from(CONCERT),
        rehearsal: false,
        capacity: 10,
        total_attempted: 1_000,
        success_count: 10,
        waitlisted_count: 990,
        failed_count: 0,
        failures: BTreeMap::new(),
        final_seats_remaining: 0,
        in_flight_max: 1_000,
        duration_milliseconds: 121.9,
        throughput_per_second: 8_203.4,
        latency_milliseconds: Spread { mean: 61.2, p50: 60.7, p95: 98.4, p99: 110.3, max: 121.5 },
        batches: 2,
        batch_size_max: 999,
        lock_held_milliseconds: Spread { mean: 30.5, p50: 30.5, p95: 55.1, p99: 55.1, max: 55.1 },
        lock_wait_milliseconds: Spread { mean: 0.2, p50: 0.2, p95: 0.3, p99: 0.3, max: 0.3 },
        promises: Promise::ALL.map(kept).to_vec(),
    }
}
