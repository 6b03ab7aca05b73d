use std::collections::BTreeMap;

use boxoffice::simulation::undo::Undone;
use boxoffice::simulation::{
    Bucket, CheckReport, Curve, HistoryReport, MachineReport, PromiseReport, Report, SettingReport, Spread, TypeReport,
};
use chrono::TimeDelta;
use domain::ids::EventId;
use domain::tickets::TypeNumber;
use repository::databases::Durability;
use repository::promises::{self, Promise};
use repository::simulations::{Simulation, State};

use super::{RunBody, SimulationBody, SummaryBody};
use crate::http::problems::Problem;
use crate::http::query::Page;
use crate::http::samples::{CONCERT, SIMULATION, sale};
use crate::openapi::{Answer, AnswerHeader, Description, Tag};

pub(crate) fn run() -> Description {
    Description::of(Tag::Administration, "Run the stress test")
        .details(
            "Simulated buyers all book at once, through the code that sells to people. If the event has no registrations, \
             the test runs on the event itself, which stays under test until the undo. Otherwise, and with `dry_run`, \
             it runs on a hidden copy. The answer comes with the report; with `Prefer: respond-async` it comes at once. \
             With an `Idempotency-Key` the request is safe to repeat: the answer is the stress test that the first \
             request began, as it is now and as long as it is among the last ten of the event.",
        )
        .answer(
            Answer::json(200, "The report.", &RunBody { simulation_results: report() })
                .with(AnswerHeader::IdempotencyReplayed),
        )
        .answer(
            Answer::json(202, "The test has begun.", &simulation(State::Running))
                .with(AnswerHeader::Location)
                .with(AnswerHeader::IdempotencyReplayed)
                .with(AnswerHeader::PreferenceApplied),
        )
        .problems([Problem::SimulationRunning, Problem::EventCancelled, Problem::EventEnded])
        .decided()
}

pub(crate) fn show() -> Description {
    Description::of(Tag::Administration, "Show the latest stress test of an event")
        .details("Any server can run the test.")
        .answer(Answer::json(200, "The stress test.", &simulation(done())))
        .answer(Answer::empty(204, "The event has had no stress test."))
}

pub(crate) fn list() -> Description {
    let summary = SummaryBody::from(stored(done()));
    Description::of(Tag::Administration, "List the stress tests of an event, the newest first")
        .details("The last ten are kept. The audit log has who began each, and when, for good.")
        .answer(Answer::json(200, "All of them.", &Page::whole(vec![summary])))
}

pub(crate) fn stop() -> Description {
    let stopped = Simulation { stop_requested_at: Some(sale() - TimeDelta::days(1)), ..stored(State::Running) };
    Description::of(Tag::Administration, "Stop a running stress test")
        .details(
            "Any server takes the request, and the one that runs the test follows it within a moment: buyers who have \
             not asked yet do not ask, those in flight get their answers, and the report covers those who asked. A \
             test that is over stays as it is, so the request is safe to repeat.",
        )
        .answer(Answer::json(200, "The stress test as it stands.", &SimulationBody::from(stopped)))
}

pub(crate) fn undo() -> Description {
    Description::of(Tag::Administration, "Undo the stress test")
        .details("Removes the simulated registrations and the hidden copies.")
        .answer(Answer::json(
            200,
            "The numbers of removed registrations and copies.",
            &Undone { removed: 1_000, rehearsals_removed: 0 },
        ))
        .problems([Problem::SimulationRunning])
        .decided()
}

fn done() -> State {
    State::Done(serde_json::to_value(report()).unwrap_or_default())
}

fn simulation(state: State) -> SimulationBody {
    SimulationBody::from(stored(state))
}

fn stored(state: State) -> Simulation {
    let is_running = matches!(state, State::Running);
    Simulation {
        id: SIMULATION,
        event: EventId::from(CONCERT),
        users: 1_000,
        answered: if is_running { 0 } else { 1_000 },
        started_at: sale() - TimeDelta::days(1),
        finished_at: if is_running { None } else { Some(sale() - TimeDelta::days(1) + TimeDelta::milliseconds(122)) },
        stop_requested_at: None,
        curve: if is_running { None } else { serde_json::to_value(curve()).ok() },
        classic_curve: None,
        state,
    }
}

fn curve() -> Curve {
    let bucket = |from, to, buyers| Bucket { from_milliseconds: from, to_milliseconds: to, buyers };
    Curve {
        at_milliseconds: vec![0.0, 61.3, 121.9],
        answered: vec![0, 1, 1_000],
        seated: vec![0, 1, 10],
        waiting: vec![0, 0, 990],
        refused: vec![0, 0, 0],
        seats_left: vec![10, 9, 0],
        latencies: vec![bucket(51.2, 72.408, 1), bucket(72.408, 102.4, 740), bucket(102.4, 144.815, 259)],
    }
}

fn report() -> Report {
    let on = |name: &str| SettingReport { name: name.to_owned(), value: "on".to_owned() };
    let passed = |promise: &Promise| PromiseReport {
        promise: promise.code(),
        passed: true,
        checks: promise.checks().map(|(what, sql)| CheckReport { what, violations: 0, sql }).take(1).collect(),
    };
    Report {
        event_id: EventId::from(CONCERT),
        rehearsal: false,
        capacity: 10,
        stopped: false,
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
        ticket_types: vec![TypeReport {
            number: TypeNumber::FIRST,
            name: "Admission".to_owned(),
            capacity: 10,
            attempted: 1_000,
            success_count: 10,
            seats_given: 10,
            waitlisted_count: 990,
            final_seats_remaining: 0,
        }],
        promises: promises::of_seats().map(passed).collect(),
        history: Some(HistoryReport {
            passed: true,
            decisions: 1_003,
            answers: 1_000,
            violations: 0,
            examples: Vec::new(),
        }),
        machine: Some(MachineReport {
            cores: 2,
            processor: Some("Intel(R) Xeon(R) Processor @ 2.60GHz".to_owned()),
            postgresql: "17.2".to_owned(),
            durable: true,
            settings: Durability::SETTINGS.map(on).into(),
        }),
        classic: None,
        classic_missing: None,
    }
}
