//! `onsale verify`

use std::collections::BTreeSet;
use std::fmt::{self, Display, Formatter};
use std::process::ExitCode;

use clap::Args;
use domain::history::{self, VIOLATIONS_DESCRIBED_MAX, Verdict, Violation};
use domain::ids::EventId;
use repository::promises::{self, Check, PROMISES};
use repository::{AsyncPgConnection, events, histories};
use serde::Serialize;
use uuid::Uuid;

use super::database::{Needs, connect, on_database};
use super::error::CommandError;
use crate::process::console;
use crate::process::startup::{self, Loaded};

pub(super) const NOTES: &str = "\
The promises:
  P1  never oversold                P3  one place per person
  P2  nobody jumps the line         P4  everything in one order, without a gap
And F1: organizers see figures that match the registrations.

Replays every decision about seats from the tables, in one snapshot and without locks, so it can run during a sale. All
events of a large database may take minutes.
--history replays each event once more without SQL, in a snapshot of its own, one decision at a time, and compares the
end with the tables.

Examples:
  onsale verify
  onsale verify --history
  onsale verify --event 019b7766-0000-7000-8000-000000010000 --json

Exit codes: 0 all promises hold; 1 one is broken; 2 the check failed, with the reason on standard error.";

/// The exit code of a check that failed. It differs from that of a broken promise.
pub(super) const NOT_VERIFIED: u8 = 2;

const BROKEN: u8 = 1;

/// How many events are listed at a time.
const PAGE: i64 = 1_000;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Check this event and no other
    #[arg(long, value_name = "ID", value_parser = event)]
    event: Option<EventId>,
    /// Replay the histories as well
    #[arg(long)]
    history: bool,
    /// Print one JSON object instead of lines
    #[arg(long)]
    json: bool,
}

fn event(text: &str) -> Result<EventId, String> {
    Uuid::try_parse(text).map(EventId::from).map_err(|_| "must be an event's id, as in its address".to_owned())
}

/// What was found, for programs. The promises are in the shape of the stress test's report, with an event where one is
/// broken.
#[derive(Serialize)]
struct Report {
    event_id: Option<EventId>,
    passed: bool,
    promises: Vec<PromiseResult>,
    #[serde(skip_serializing_if = "Option::is_none")]
    history: Option<HistoryResult>,
}

/// What the replay of histories has found.
#[derive(Serialize)]
struct HistoryResult {
    passed: bool,
    events: usize,
    decisions: usize,
    violations: usize,
    examples: Vec<Example>,
    #[serde(skip)]
    broken: BTreeSet<&'static str>,
}

#[derive(Serialize)]
struct Example {
    event_id: EventId,
    /// `None` if a row cannot be read.
    number: Option<i64>,
    promise: &'static str,
    what: String,
}

#[derive(Serialize)]
struct PromiseResult {
    promise: &'static str,
    passed: bool,
    checks: Vec<CheckResult>,
}

#[derive(Serialize)]
struct CheckResult {
    what: &'static str,
    violations: i64,
    example: Option<String>,
}

/// Looks at every promise and prints what was found; the exit code says whether all of them hold.
pub(super) async fn run(arguments: Arguments) -> Result<ExitCode, CommandError> {
    let Loaded { settings, log: _log, .. } = startup::load()?;
    let Arguments { event, history, json } = arguments;
    let (checks, replayed) = on_database(&settings, Needs::Tables, async |url| {
        let mut connection = connect(url, settings.database.connect_timeout).await?;
        if let Some(event) = event
            && !events::exists(&mut connection, event).await?
        {
            return Err(CommandError::NoEvent(event));
        }
        let checks = promises::verify(&mut connection, event).await?;
        let history = if history { Some(replay(&mut connection, event).await) } else { None };
        Ok((checks, history))
    })
    .await?;
    // The findings of SQL are told, also if the replay fails.
    let (history, failure) = match replayed.transpose() {
        Ok(history) => (history, None),
        Err(error) => (None, Some(error)),
    };
    let report = Report::of(event, checks, history, failure.is_none());
    let written = if json { console::write(serde_json::json!(report)) } else { console::write(&report) };
    if let Some(failure) = failure {
        if report.is_broken() {
            console::complain(&failure);
            return Ok(BROKEN.into());
        }
        return Err(failure);
    }
    if report.is_broken() {
        return Ok(BROKEN.into());
    }
    written.map_err(CommandError::NotWritten)?;
    Ok(ExitCode::SUCCESS)
}

/// Replays the history of this event, or of all events, each in a snapshot of its own.
async fn replay(connection: &mut AsyncPgConnection, event: Option<EventId>) -> Result<HistoryResult, CommandError> {
    let mut result = HistoryResult {
        passed: true,
        events: 0,
        decisions: 0,
        violations: 0,
        examples: Vec::new(),
        broken: BTreeSet::new(),
    };
    if let Some(event) = event {
        result.add(connection, event).await?;
        return Ok(result);
    }
    let mut after = None;
    loop {
        let ids = histories::ids(connection, after, PAGE).await?;
        let Some(last) = ids.last() else { return Ok(result) };
        after = Some(*last);
        for event in ids {
            result.add(connection, event).await?;
        }
    }
}

impl HistoryResult {
    /// An event that was deleted meanwhile has no history.
    async fn add(&mut self, connection: &mut AsyncPgConnection, event_id: EventId) -> Result<(), CommandError> {
        let (steps, count, broken, found) = match histories::read(connection, event_id).await {
            Ok(None) => return Ok(()),
            Ok(Some(history)) => {
                let Verdict { steps, count, broken, violations, .. } = history::verdict(&history, &[]);
                let example = |Violation { number, fault }| {
                    let (number, promise, what) = (Some(number), fault.promise(), fault.to_string());
                    Example { event_id, number, promise, what }
                };
                (steps, count, broken, violations.into_iter().map(example).collect())
            }
            // A row that cannot be read makes no history.
            Err(repository::Error::Corrupt(what)) => {
                let example = Example { event_id, number: None, promise: "P4", what };
                (0, 1, BTreeSet::from(["P4"]), vec![example])
            }
            Err(error) => return Err(error.into()),
        };
        self.passed &= count == 0;
        self.broken.extend(broken);
        self.events += 1;
        self.decisions += steps;
        self.violations += count;
        let room = VIOLATIONS_DESCRIBED_MAX.saturating_sub(self.examples.len());
        self.examples.extend(found.into_iter().take(room));
        Ok(())
    }
}

impl Report {
    /// `is_complete` says whether everything was looked at that was asked for.
    fn of(event_id: Option<EventId>, checks: Vec<Check>, history: Option<HistoryResult>, is_complete: bool) -> Self {
        let promises = PROMISES.iter().map(|promise| {
            let mine = checks.iter().filter(|check| check.promise.code() == promise.code());
            let checks: Vec<CheckResult> = mine.map(CheckResult::from).collect();
            PromiseResult { promise: promise.code(), passed: checks.iter().all(|check| check.violations == 0), checks }
        });
        let promises: Vec<PromiseResult> = promises.collect();
        let is_kept = promises.iter().all(|promise| promise.passed);
        let passed = is_complete && is_kept && history.as_ref().is_none_or(|history| history.passed);
        Self { event_id, passed, promises, history }
    }

    /// The promises that are broken.
    fn broken(&self) -> BTreeSet<&'static str> {
        let in_sql = self.promises.iter().filter(|kept| !kept.passed).map(|kept| kept.promise);
        in_sql.chain(self.history.iter().flat_map(|history| &history.broken).copied()).collect()
    }

    fn is_broken(&self) -> bool {
        !self.broken().is_empty()
    }
}

impl From<&Check> for CheckResult {
    fn from(check: &Check) -> Self {
        Self { what: check.what, violations: check.violations, example: check.example.clone() }
    }
}

impl Display for Report {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for PromiseResult { promise, checks, .. } in &self.promises {
            for CheckResult { what, violations, example } in checks {
                match (violations, example) {
                    (0, _) => writeln!(f, "{promise}  pass  {what}")?,
                    (violations, example) => {
                        let example = example.as_deref().unwrap_or("unknown");
                        writeln!(f, "{promise}  FAIL  {what} (violations: {violations}, example: event {example})")?;
                    }
                }
            }
        }
        if let Some(HistoryResult { events, decisions, violations, examples, .. }) = &self.history {
            let verdict = if *violations == 0 { "pass" } else { "FAIL" };
            write!(f, "--  {verdict}  the histories replay (events: {events}, decisions: {decisions}")?;
            if *violations > 0 {
                write!(f, ", violations: {violations}")?;
            }
            writeln!(f, ")")?;
            for Example { event_id, number, promise, what } in examples {
                write!(f, "{promise}  FAIL  event {event_id}")?;
                match number {
                    Some(number) => writeln!(f, ", number {number}: {what}")?,
                    None => writeln!(f, ": {what}")?,
                }
            }
        }
        if self.passed {
            return f.write_str("All promises hold.");
        }
        if !self.is_broken() {
            return f.write_str("The histories were not replayed to the end.");
        }
        let broken: Vec<_> = self.broken().into_iter().collect();
        write!(f, "Broken: {}.", broken.join(", "))
    }
}
