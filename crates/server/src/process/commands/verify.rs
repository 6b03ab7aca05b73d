//! `onsale verify`

use std::fmt::{self, Display, Formatter};
use std::process::ExitCode;

use clap::Args;
use domain::ids::EventId;
use repository::events;
use repository::promises::{self, Check, PROMISES};
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

Examples:
  onsale verify
  onsale verify --event 019b7766-0000-7000-8000-000000010000 --json

Exit codes: 0 all promises hold; 1 one is broken; 2 the check failed, with the reason on standard error.";

/// The exit code of a check that failed. It differs from that of a broken promise.
pub(super) const NOT_VERIFIED: u8 = 2;

const BROKEN: u8 = 1;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Check this event and no other
    #[arg(long, value_name = "ID", value_parser = event)]
    event: Option<EventId>,
    /// Print one JSON object instead of lines
    #[arg(long)]
    json: bool,
}

fn event(text: &str) -> Result<EventId, String> {
    Uuid::try_parse(text).map(EventId::from).map_err(|_| "must be an event's id, as in its address".to_owned())
}

/// What was found, for programs: in the shape of the stress test's report, with an event where it is broken.
#[derive(Serialize)]
struct Report {
    event_id: Option<EventId>,
    passed: bool,
    promises: Vec<PromiseResult>,
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
    let Arguments { event, json } = arguments;
    let checks = on_database(&settings, Needs::Tables, async |url| {
        let mut connection = connect(url, settings.database.connect_timeout).await?;
        if let Some(event) = event
            && !events::exists(&mut connection, event).await?
        {
            return Err(CommandError::NoEvent(event));
        }
        Ok(promises::verify(&mut connection, event).await?)
    })
    .await?;
    let report = Report::of(event, checks);
    let written = if json { console::write(serde_json::json!(report)) } else { console::write(&report) };
    if !report.passed {
        return Ok(BROKEN.into());
    }
    written.map_err(CommandError::NotWritten)?;
    Ok(ExitCode::SUCCESS)
}

impl Report {
    fn of(event_id: Option<EventId>, checks: Vec<Check>) -> Self {
        let promises = PROMISES.iter().map(|promise| {
            let mine = checks.iter().filter(|check| check.promise.code() == promise.code());
            let checks: Vec<CheckResult> = mine.map(CheckResult::from).collect();
            PromiseResult { promise: promise.code(), passed: checks.iter().all(|check| check.violations == 0), checks }
        });
        let promises: Vec<PromiseResult> = promises.collect();
        Self { event_id, passed: promises.iter().all(|promise| promise.passed), promises }
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
        if self.passed {
            return f.write_str("All promises hold.");
        }
        let broken: Vec<_> = self.promises.iter().filter(|kept| !kept.passed).map(|kept| kept.promise).collect();
        write!(f, "Broken: {}.", broken.join(", "))
    }
}
