//! Counts failures that must never happen in this process: panics, and lost log lines.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use tracing_appender::non_blocking::ErrorCounter;

static LINES_LOST: OnceLock<ErrorCounter> = OnceLock::new();
static PANICS: AtomicU64 = AtomicU64::new(0);

/// Counts lost lines with the log's own counter. Only the first log of a process is counted.
pub(crate) fn count_lines_lost(counter: ErrorCounter) {
    let _ = LINES_LOST.set(counter);
}

/// Log lines of this process that were dropped because standard error was too slow.
pub fn lines_lost() -> u64 {
    LINES_LOST.get().map_or(0, |counter| u64::try_from(counter.dropped_lines()).unwrap_or(u64::MAX))
}

/// Counts a panic.
pub(crate) fn count_panic() {
    PANICS.fetch_add(1, Ordering::Relaxed);
}

/// Panics of this process since its log was started.
pub fn panics() -> u64 {
    PANICS.load(Ordering::Relaxed)
}
