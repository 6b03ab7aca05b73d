//! The log: lines for people or for machines, on standard error; standard output belongs to the commands.

use std::io::{self, IsTerminal};

use thiserror::Error;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::ParseError;
use tracing_subscriber::fmt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::settings::{Log, LogFormat};

const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

/// Why the log cannot start.
#[derive(Debug, Error)]
pub enum TelemetryError {
    /// The filter's grammar was not understood.
    #[error("setting log.filter: {filter:?} is not a filter like info,server=debug")]
    Filter {
        /// The filter.
        filter: String,
        /// What the parser said.
        #[source]
        error: ParseError,
    },
    /// A word that is no level. The parser would take it for a target and drop everything else.
    #[error("setting log.filter: {directive:?} is no level ({}); write target=level for a target", LEVELS.join(", "))]
    NoLevel {
        /// The word.
        directive: String,
    },
}

/// Starts the log. A second call in one process checks the filter and leaves the log as it is, so that tests can call it.
pub fn start(log: &Log) -> Result<(), TelemetryError> {
    let filter = parse_filter(&log.filter)?;
    let lines = fmt::fmt().with_env_filter(filter).with_writer(io::stderr).with_ansi(io::stderr().is_terminal());
    let started = match log.format {
        LogFormat::Text => lines.finish().try_init(),
        LogFormat::Json => lines.json().flatten_event(true).finish().try_init(),
    };
    // It fails for one reason only: there is one already.
    drop(started);
    Ok(())
}

fn parse_filter(filter: &str) -> Result<EnvFilter, TelemetryError> {
    // The parser does not take spaces after commas.
    let directives: Vec<_> = filter.split(',').map(str::trim).filter(|directive| !directive.is_empty()).collect();
    let is_bare = |directive: &str| !directive.contains(['=', '[']);
    let is_level = |word: &str| LEVELS.iter().any(|level| word.eq_ignore_ascii_case(level));
    if let Some(directive) = directives.iter().find(|directive| is_bare(directive) && !is_level(directive)) {
        return Err(TelemetryError::NoLevel { directive: (*directive).to_owned() });
    }
    EnvFilter::builder()
        .parse(directives.join(","))
        .map_err(|error| TelemetryError::Filter { filter: filter.to_owned(), error })
}
