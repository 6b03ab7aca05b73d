//! The log, on standard error, as text or JSON. Standard output belongs to the commands.

#[cfg(test)]
pub(crate) mod captured;

use std::backtrace::{Backtrace, BacktraceStatus};
use std::error::Error as StdError;
use std::fmt;
use std::io::{self, IsTerminal};
use std::panic::{self, PanicHookInfo};

use serde::Serializer as _;
use serde::ser::SerializeMap;
use thiserror::Error;
use tracing::{Event, Subscriber};
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_log::NormalizeEvent;
use tracing_serde::{AsSerde, SerdeMapVisitor};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::ParseError;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::{FormatTime, SystemTime};
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;

use crate::http::request_ids;
use crate::services::incidents;
use crate::settings::{self, LogFormat};

/// Lines that wait for a slow reader of standard error, at most: some megabytes. Further lines are dropped and counted.
const LINES_MAX: usize = 16_384;

/// The HTTP library logs an error for each client that sends no valid request. The server has its own line for that, so
/// the library's lines appear only where a filter names it.
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

/// The log, until this is dropped. The drop waits for a moment, so that the last lines are written.
#[must_use = "the log ends when this is dropped"]
#[derive(Debug)]
pub struct Log {
    _worker: WorkerGuard,
}

/// Starts the log. Its own thread writes the lines, so that a slow reader delays no request. A second call in one
/// process only checks the filter, so that tests can call it.
pub fn start(settings: &settings::Log) -> Result<Log, TelemetryError> {
    let filter = parse_filter(&settings.filter)?;
    let (lines, worker) = NonBlockingBuilder::default()
        .lossy(true)
        .buffered_lines_limit(LINES_MAX)
        .thread_name("log")
        .finish(io::stderr());
    let lost = lines.error_counter();
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(lines);
    let log = log.with_ansi(io::stderr().is_terminal());
    let started = match settings.format {
        LogFormat::Text => log.map_event_format(TextLine).finish().try_init(),
        LogFormat::Json => log.event_format(JsonLine).finish().try_init(),
    };
    // The only reason to fail: the process has a log already.
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

/// From now on, the log has a line for each panic, and panics are counted.
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

/// A text line of a request ends with the request's id.
struct TextLine<F>(F);

impl<S, N, F> FormatEvent<S, N> for TextLine<F>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
    F: FormatEvent<S, N>,
{
    fn format_event(&self, context: &FmtContext<'_, S, N>, mut out: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        let Some(id) = request_ids::current() else { return self.0.format_event(context, out, event) };
        let mut line = String::new();
        self.0.format_event(context, Writer::new(&mut line), event)?;
        writeln!(out, "{} request_id=\"{id}\"", line.trim_end())
    }
}

/// A line is one JSON object: time, level, the event's fields, target, and the request's id if it has one.
struct JsonLine;

impl<S, N> FormatEvent<S, N> for JsonLine
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(&self, _: &FmtContext<'_, S, N>, mut out: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        let line = json(event).map_err(|_| fmt::Error)?;
        writeln!(out, "{line}")
    }
}

fn json(event: &Event<'_>) -> Result<String, Box<dyn StdError>> {
    // An event of the `log` crate names its level and target in its fields.
    let normalized = event.normalized_metadata();
    let metadata = normalized.as_ref().unwrap_or_else(|| event.metadata());
    let mut time = String::new();
    SystemTime.format_time(&mut Writer::new(&mut time))?;
    let mut line = Vec::new();
    let mut serializer = serde_json::Serializer::new(&mut line);
    let mut object = serializer.serialize_map(None)?;
    object.serialize_entry("timestamp", &time)?;
    object.serialize_entry("level", &metadata.level().as_serde())?;
    let mut fields = SerdeMapVisitor::new(object);
    event.record(&mut fields);
    let mut object = fields.take_serializer()?;
    object.serialize_entry("target", metadata.target())?;
    if let Some(id) = request_ids::current() {
        object.serialize_entry("request_id", &id)?;
    }
    object.end()?;
    Ok(String::from_utf8(line)?)
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
            LogFormat::Text => tracing::subscriber::set_default(log.map_event_format(TextLine).finish()),
            LogFormat::Json => tracing::subscriber::set_default(log.event_format(JsonLine).finish()),
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
        assert!(json[0].starts_with("{\"timestamp\":\"") && json[0].contains("\"level\":\"INFO\""), "{json:?}");
        assert_eq!((&objects[0]["message"], &objects[0]["target"]), (&"of nobody".into(), &module_path!().into()));
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
