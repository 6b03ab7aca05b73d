//! Metrics for operators, in the text format of OpenMetrics, which Prometheus reads.
//!
//! Counting must cost next to nothing. Requests are counted without locks, in [`crate::http::traffic`]. Batches are
//! counted here, once each. [`gauges`] are read at each scrape.

pub(crate) mod gauges;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use boxoffice::observer::{BatchFailure, Notice, Observer, OutcomeCount};
use boxoffice::{BatchReport, Unanswered};
use prometheus_client::encoding::text;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use crate::http::traffic::Traffic;
use gauges::Gauges;

/// The media type of the text.
pub(crate) const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// From a commit without waiting to the longest that a transaction may take.
const TRANSACTION_SECONDS: [f64; 13] =
    [0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 3.0, 10.0];

/// From an idle event's one command to the most that a batch may have.
const BATCH_COMMANDS: [f64; 9] = [1.0, 4.0, 16.0, 64.0, 256.0, 1_024.0, 2_048.0, 4_096.0, 20_000.0];

/// Counters by labels.
pub(crate) type Labelled<const N: usize> = Family<[(&'static str, &'static str); N], Counter>;

/// Everything that is counted. Each thing is registered once, when the server is built.
pub(crate) struct Metrics {
    pub(crate) traffic: Arc<Traffic>,
    sign_in_failures: Labelled<1>,
    pub(crate) api_key_refusals: Labelled<1>,
    registry: Mutex<Registry>,
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}

/// Why somebody was not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SignInFailure {
    WrongCredentials,
    Throttled,
    Deactivated,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut registry = Registry::default();
        let traffic = Arc::new(Traffic::new());
        registry.register_collector(Box::new(Arc::clone(&traffic)));
        let sign_in_failures = Labelled::default();
        let help = "Tries to sign in that failed, by reason";
        registry.register("onsale_sign_in_failures", help, sign_in_failures.clone());
        let api_key_refusals = Labelled::default();
        let help = "Requests with an API key that does not work, by reason";
        registry.register("onsale_api_key_refusals", help, api_key_refusals.clone());
        Self { traffic, sign_in_failures, api_key_refusals, registry: Mutex::new(registry) }
    }

    /// A number that goes up and down, under this name from now on. To be asked for once, and kept.
    pub(crate) fn gauge(&self, name: &str, help: &str) -> Gauge {
        let gauge = Gauge::default();
        self.registry().register(name, help, gauge.clone());
        gauge
    }

    /// Reads these at each scrape from now on.
    pub(crate) fn add(&self, gauges: Gauges) {
        self.registry().register_collector(Box::new(gauges));
    }

    /// Counts what a box office says.
    pub(crate) fn watch_box_office(&self) -> Observer {
        let counts = BoxOfficeCounts::registered_in(&mut self.registry());
        Arc::new(move |notice| match notice {
            Notice::Settled { report, outcomes, .. } => counts.settled(report, outcomes),
            Notice::Unsettled(failure) => counts.unsettled(failure),
            Notice::Refused(why) => counts.refused(why),
            Notice::Joined(..) => {}
        })
    }

    pub(crate) fn sign_in_failed(&self, why: SignInFailure) {
        let reason = match why {
            SignInFailure::WrongCredentials => "wrong_credentials",
            SignInFailure::Throttled => "throttled",
            SignInFailure::Deactivated => "deactivated",
        };
        self.sign_in_failures.get_or_create(&[("reason", reason)]).inc();
    }

    fn registry(&self) -> std::sync::MutexGuard<'_, Registry> {
        self.registry.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All metrics, in the text format.
    pub(crate) fn text(&self) -> Result<String, fmt::Error> {
        let mut text = String::new();
        text::encode(&mut text, &self.registry())?;
        Ok(text)
    }
}

/// What batches count: a few locks for each batch, none for a command.
struct BoxOfficeCounts {
    commands: Labelled<2>,
    batches: Labelled<1>,
    unanswered: Labelled<1>,
    sizes: Histogram,
    queue_wait: Histogram,
    lock_wait: Histogram,
    lock_held: Histogram,
    commit: Histogram,
}

impl BoxOfficeCounts {
    fn registered_in(registry: &mut Registry) -> Self {
        let times = || Histogram::new(TRANSACTION_SECONDS);
        let counts = Self {
            commands: Labelled::default(),
            batches: Labelled::default(),
            unanswered: Labelled::default(),
            sizes: Histogram::new(BATCH_COMMANDS),
            queue_wait: times(),
            lock_wait: times(),
            lock_held: times(),
            commit: times(),
        };
        let registry = registry.sub_registry_with_prefix("onsale_box_office");
        let help = "Commands that were decided and committed, by kind and outcome";
        registry.register("commands", help, counts.commands.clone());
        registry.register("batches", "Transactions, by how they ended", counts.batches.clone());
        registry.register("refusals", "Commands that got no decision, by reason", counts.unanswered.clone());
        registry.register("batch_commands", "Commands in a committed transaction", counts.sizes.clone());
        let times = [
            ("queue_wait", "For how long a transaction's first command had waited", &counts.queue_wait),
            ("lock_wait", "From asking for an event's lock to having it", &counts.lock_wait),
            ("lock_held", "From having an event's lock to the end of the commit", &counts.lock_held),
            ("commit", "From the last write's answer to the commit's", &counts.commit),
        ];
        for (name, help, histogram) in times {
            registry.register_with_unit(name, help, Unit::Seconds, histogram.clone());
        }
        counts
    }

    fn settled(&self, report: &BatchReport, outcomes: &[OutcomeCount]) {
        for OutcomeCount { kind, outcome, count } in outcomes {
            self.commands.get_or_create(&[("kind", kind), ("outcome", outcome)]).inc_by(u64::from(*count));
        }
        self.batches.get_or_create(&[("end", "committed")]).inc();
        self.sizes.observe(f64::from(u32::try_from(report.size).unwrap_or(u32::MAX)));
        self.queue_wait.observe(report.queue_wait.as_secs_f64());
        self.lock_wait.observe(report.lock_wait.as_secs_f64());
        self.lock_held.observe(report.lock_held.as_secs_f64());
        self.commit.observe(report.commit.as_secs_f64());
    }

    fn unsettled(&self, failure: BatchFailure) {
        let end = match failure {
            BatchFailure::NoLock => "no_lock",
            BatchFailure::Environment => "environment",
            BatchFailure::Interrupted => "interrupted",
            BatchFailure::RolledBack => "rolled_back",
            BatchFailure::Unknown => "unknown",
            BatchFailure::NoSuchEvent => "no_such_event",
            BatchFailure::Inconsistent => "inconsistent",
        };
        self.batches.get_or_create(&[("end", end)]).inc();
    }

    fn refused(&self, why: Unanswered) {
        let reason = match why {
            Unanswered::Busy { .. } => "busy",
            Unanswered::OutcomeUnknown => "outcome_unknown",
            Unanswered::NoSuchEvent => "no_such_event",
            Unanswered::Failed => "failed",
        };
        self.unanswered.get_or_create(&[("reason", reason)]).inc();
    }
}
