//! The log: lines for people or for machines, on standard error; standard output belongs to the commands.

#[cfg(test)]
pub(crate) mod captured;

use std::backtrace::{Backtrace, BacktraceStatus};
use std::fmt;
use std::io::{self, IsTerminal};
use std::panic::{self, PanicHookInfo};

use thiserror::Error;
use tracing::{Event, Subscriber};
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::ParseError;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;

use crate::http::request_ids;
use crate::services::incidents;
use crate::settings::{self, LogFormat};

/// Lines that wait for whoever takes them, at most: some megabytes. What comes then is lost, and counted.
const LINES_MAX: usize = 16_384;

/// The HTTP library writes an error's line for each client that sends what is no request, which has a line of our own: it
/// is heard only where a filter names it.
const UNHEARD: &str = "actix_http";

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

/// The log, until this is dropped, which waits for a moment until what was said has been taken.
#[must_use = "the log ends when this is dropped"]
#[derive(Debug)]
pub struct Log {
    _worker: WorkerGuard,
}

/// Starts the log. A thread of its own writes it, so that nobody waits for whoever reads it, or does not. A second call
/// in one process checks the filter and leaves the log as it is, so that tests can call it.
pub fn start(settings: &settings::Log) -> Result<Log, TelemetryError> {
    let filter = parse_filter(&settings.filter)?;
    let (lines, worker) = NonBlockingBuilder::default()
        .lossy(true)
        .buffered_lines_limit(LINES_MAX)
        .thread_name("log")
        .finish(io::stderr());
    let lost = lines.error_counter();
    let format = settings.format;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(lines);
    let log = log.with_ansi(io::stderr().is_terminal());
    let started = match format {
        LogFormat::Text => log.map_event_format(|lines| WithRequest { lines, format }).finish().try_init(),
        LogFormat::Json => {
            let log = log.json().flatten_event(true);
            log.map_event_format(|lines| WithRequest { lines, format }).finish().try_init()
        }
    };
    // It fails for one reason only: there is one already.
    if started.is_ok() {
        incidents::count_lines_lost(lost);
    }
    Ok(Log { _worker: worker })
}

fn parse_filter(filter: &str) -> Result<EnvFilter, TelemetryError> {
    // The parser does not take spaces after commas.
    let directives: Vec<_> = filter.split(',').map(str::trim).filter(|directive| !directive.is_empty()).collect();
    let is_bare = |directive: &str| !directive.contains(['=', '[']);
    let is_level = |word: &str| LEVELS.iter().any(|level| word.eq_ignore_ascii_case(level));
    if let Some(directive) = directives.iter().find(|directive| is_bare(directive) && !is_level(directive)) {
        return Err(TelemetryError::NoLevel { directive: (*directive).to_owned() });
    }
    let mut filter_of_all = directives.join(",");
    if !directives.is_empty() && !directives.iter().any(|directive| directive.starts_with(UNHEARD)) {
        filter_of_all.push_str(&format!(",{UNHEARD}=off"));
    }
    EnvFilter::builder()
        .parse(filter_of_all)
        .map_err(|error| TelemetryError::Filter { filter: filter.to_owned(), error })
}

/// From now on panics are lines of the log like others, and counted.
pub fn log_panics() {
    panic::set_hook(Box::new(report_panic));
}

fn report_panic(panic: &PanicHookInfo<'_>) {
    incidents::count_panic();
    let said = panic.payload_as_str().unwrap_or("no message");
    let place = panic.location().map(ToString::to_string);
    let backtrace = Some(Backtrace::capture()).filter(|trace| trace.status() == BacktraceStatus::Captured);
    tracing::error!(panic = said, place, backtrace = backtrace.map(tracing::field::display), "panic");
}

/// Lines that are written on behalf of a request carry its id, wherever they come from.
struct WithRequest<F> {
    lines: F,
    format: LogFormat,
}

impl<S, N, F> FormatEvent<S, N> for WithRequest<F>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
    F: FormatEvent<S, N>,
{
    fn format_event(&self, context: &FmtContext<'_, S, N>, mut out: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        let Some(id) = request_ids::current() else { return self.lines.format_event(context, out, event) };
        let mut line = String::new();
        self.lines.format_event(context, Writer::new(&mut line), event)?;
        let line = line.trim_end();
        // An id has no character that would have to be escaped.
        match (self.format, line.strip_suffix('}')) {
            (LogFormat::Json, Some(object)) => writeln!(out, "{object},\"request_id\":\"{id}\"}}"),
            _ => writeln!(out, "{line} request_id=\"{id}\""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::captured::Lines;
    use super::*;
    use crate::http::request_ids::RequestId;

    #[test]
    fn nobody_outside_makes_the_http_library_write_lines() {
        let heard = |filter: &str| {
            let lines = Lines::default();
            let log = tracing_subscriber::fmt().with_env_filter(parse_filter(filter).unwrap());
            let _log = tracing::subscriber::set_default(log.with_writer(lines.clone()).finish());
            tracing::error!(target: "actix_http::h1::dispatcher", "stream error");
            tracing::error!(target: "server::http::requests", "ours");
            let text = lines.text();
            (text.contains("stream error"), text.contains("ours"))
        };
        for filter in ["info", "warn,server=debug", "trace"] {
            assert_eq!(heard(filter), (false, true), "{filter}");
        }
        assert_eq!(heard("info,actix_http=debug"), (true, true));
    }

    /// The lines that `work` writes.
    fn lines(format: LogFormat, work: impl FnOnce()) -> Vec<String> {
        let lines = Lines::default();
        let log = tracing_subscriber::fmt().with_writer(lines.clone()).with_ansi(false);
        let _log = match format {
            LogFormat::Text => {
                let log = log.map_event_format(|lines| WithRequest { lines, format });
                tracing::subscriber::set_default(log.finish())
            }
            LogFormat::Json => {
                let log = log.json().flatten_event(true);
                tracing::subscriber::set_default(log.map_event_format(|lines| WithRequest { lines, format }).finish())
            }
        };
        work();
        let text = lines.text();
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn every_line_of_a_request_has_its_id() {
        let work = || {
            tracing::info!("of nobody");
            RequestId::scope_of("r-1", || tracing::info!(event = 5, "of a request"));
        };
        let text = lines(LogFormat::Text, work);
        assert_eq!(text.len(), 2);
        assert!(
            !text[0].contains("request_id") && text[1].ends_with("of a request event=5 request_id=\"r-1\""),
            "{text:?}"
        );
        let json = lines(LogFormat::Json, work);
        let objects: Vec<serde_json::Value> = json.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert!(objects[0].get("request_id").is_none(), "{json:?}");
        assert_eq!((&objects[1]["request_id"], &objects[1]["event"]), (&"r-1".into(), &5.into()), "{json:?}");
    }

    #[test]
    fn a_panic_is_a_line_like_others() {
        let (before, this) = (incidents::panics(), std::thread::current().id());
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if std::thread::current().id() == this { report_panic(panic) } else { others(panic) }
        }));
        let json = lines(LogFormat::Json, || {
            let panicking = || RequestId::scope_of("r-2", || panic!("on purpose"));
            assert!(panic::catch_unwind(panicking).is_err());
        });
        assert_eq!(json.len(), 1, "{json:?}");
        let line: serde_json::Value = serde_json::from_str(&json[0]).unwrap();
        assert_eq!((&line["level"], &line["message"]), (&"ERROR".into(), &"panic".into()), "{line}");
        assert_eq!((&line["request_id"], &line["panic"]), (&"r-2".into(), &"on purpose".into()), "{line}");
        assert!(line["place"].as_str().unwrap().contains("telemetry.rs"), "{line}");
        assert_eq!(incidents::panics(), before + 1);
    }
}
