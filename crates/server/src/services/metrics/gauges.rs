//! Values that are read at each scrape: pools, queues, the process.

use std::fmt;
use std::fs;
use std::sync::Arc;
use std::time::SystemTime;

use boxoffice::BoxOffice;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeGaugeValue, NoLabelSet};
use prometheus_client::metrics::MetricType;
use repository::pools::{Pool, Usage};
use rustix::process::{Resource, getrlimit};

use crate::services::background::Failure;
use crate::services::incidents;
use crate::services::loops::Pulses;
use crate::services::messages::Messages;
use crate::services::passwords::Passwords;
use crate::services::webhooks::{Outcome, Webhooks};

/// The sources of the values.
pub(crate) struct Gauges {
    pub(crate) pools: [(&'static str, Pool); 2],
    pub(crate) office: BoxOffice,
    pub(crate) passwords: Arc<Passwords>,
    pub(crate) loops: Pulses,
    pub(crate) messages: Messages,
    pub(crate) webhooks: Webhooks,
    pub(crate) started_at: SystemTime,
}

impl fmt::Debug for Gauges {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gauges").finish_non_exhaustive()
    }
}

impl Collector for Gauges {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let occupancy = self.office.occupancy();
        let encoder = &mut encoder;
        gauge(encoder, "onsale_box_office_queued_commands", "Commands that wait.", &whole(occupancy.queued))?;
        gauge(encoder, "onsale_box_office_batches_in_flight", "Transactions in flight.", &whole(occupancy.in_flight))?;
        gauge(encoder, "onsale_box_office_queues", "Events that have a queue.", &whole(occupancy.queues))?;
        self.encode_pools(encoder)?;
        let (running, waiting) = self.passwords.occupancy();
        gauge(encoder, "onsale_password_hashing_running", "Passwords that are being hashed.", &whole(running))?;
        gauge(encoder, "onsale_password_hashing_waiting", "Passwords that wait to be hashed.", &whole(waiting))?;
        let lag = i64::try_from(self.messages.lag_seconds()).unwrap_or(i64::MAX);
        gauge(encoder, "onsale_journal_lag_seconds", "The age of the oldest change that nobody was told of.", &lag)?;
        self.encode_webhooks(encoder)?;
        self.encode_loops(encoder)?;
        counter(encoder, "onsale_panics", "Panics, each a bug.", incidents::panics())?;
        let help = "Log lines dropped because standard error was too slow.";
        counter(encoder, "onsale_log_lines_lost", help, incidents::lines_lost())?;
        self.encode_process(encoder)
    }
}

impl Gauges {
    fn encode_pools(&self, encoder: &mut DescriptorEncoder<'_>) -> fmt::Result {
        type Read<T> = fn(&Usage) -> T;
        let usages = self.pools.each_ref().map(|(name, pool)| (*name, pool.usage()));
        let gauges: [(&str, &str, Read<i64>); 4] = [
            ("onsale_pool_connections_max", "Connections to the database that a pool may have.", |pool| {
                pool.size.into()
            }),
            ("onsale_pool_connections_idle", "Open connections that nobody uses.", |pool| pool.idle.into()),
            ("onsale_pool_connections_in_use", "Open connections that somebody uses.", |pool| {
                pool.open.saturating_sub(pool.idle).into()
            }),
            ("onsale_pool_waiting", "Callers that wait for a connection.", |pool| {
                i64::try_from(pool.waiting).unwrap_or(i64::MAX)
            }),
        ];
        for (name, help, read) in gauges {
            let mut gauge = encoder.encode_descriptor(name, help, None, MetricType::Gauge)?;
            for (pool, usage) in &usages {
                gauge.encode_family(&[("pool", *pool)])?.encode_gauge(&read(usage))?;
            }
        }
        let counters: [(&str, &str, Read<u64>); 3] = [
            ("onsale_pool_connections_opened", "Connections that were opened.", |pool| pool.opened),
            ("onsale_pool_connections_broken", "Connections that were closed as of no use.", |pool| pool.broken),
            ("onsale_pool_timeouts", "Callers that waited for a connection in vain.", |pool| pool.timed_out),
        ];
        for (name, help, read) in counters {
            let mut counter = encoder.encode_descriptor(name, help, None, MetricType::Counter)?;
            for (pool, usage) in &usages {
                let labels = [("pool", *pool)];
                counter.encode_family(&labels)?.encode_counter::<NoLabelSet, u64, u64>(&read(usage), None)?;
            }
        }
        Ok(())
    }

    fn encode_webhooks(&self, encoder: &mut DescriptorEncoder<'_>) -> fmt::Result {
        let (due, switched_off) = self.webhooks.standing();
        gauge(encoder, "onsale_webhooks_due", "Webhooks that are due, on all servers.", &due)?;
        let help = "Endpoints of webhooks that were switched off because they took nothing.";
        gauge(encoder, "onsale_webhook_endpoints_switched_off", help, &switched_off)?;
        let help = "Tries to send a webhook, by how they ended.";
        let mut tries = encoder.encode_descriptor("onsale_webhook_tries", help, None, MetricType::Counter)?;
        for outcome in Outcome::ALL {
            let (labels, count) = ([("outcome", outcome.as_str())], self.webhooks.tries(outcome));
            tries.encode_family(&labels)?.encode_counter::<NoLabelSet, u64, u64>(&count, None)?;
        }
        Ok(())
    }

    fn encode_loops(&self, encoder: &mut DescriptorEncoder<'_>) -> fmt::Result {
        let loops = self.loops.all();
        let help = "Time since a loop beside the requests last showed a sign of life.";
        let mut ages = encoder.encode_descriptor("onsale_background_age_seconds", help, None, MetricType::Gauge)?;
        for pulse in &loops {
            ages.encode_family(&[("task", pulse.name())])?.encode_gauge(&pulse.age().as_secs_f64())?;
        }
        let help = "Starts of a loop beside the requests that had failed.";
        let mut restarts = encoder.encode_descriptor("onsale_background_restarts", help, None, MetricType::Counter)?;
        for pulse in &loops {
            for failure in Failure::ALL {
                let labels = [("task", pulse.name()), ("failure", failure.as_str())];
                let count = pulse.restarts(failure);
                restarts.encode_family(&labels)?.encode_counter::<NoLabelSet, u64, u64>(&count, None)?;
            }
        }
        Ok(())
    }

    /// Under the names that other programs have for these, too. What the system does not tell is left out.
    fn encode_process(&self, encoder: &mut DescriptorEncoder<'_>) -> fmt::Result {
        if let Some(bytes) = resident_bytes() {
            gauge(encoder, "process_resident_memory_bytes", "Resident memory.", &bytes)?;
        }
        if let Ok(open) = fs::read_dir("/proc/self/fd") {
            gauge(encoder, "process_open_fds", "Open files and sockets.", &whole(open.count()))?;
        }
        if let Some(limit) = getrlimit(Resource::Nofile).current {
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            gauge(encoder, "process_max_fds", "Files and sockets that may be open.", &limit)?;
        }
        if let Ok(since) = self.started_at.duration_since(SystemTime::UNIX_EPOCH) {
            let help = "When the server started, since 1970.";
            gauge(encoder, "process_start_time_seconds", help, &since.as_secs_f64())?;
        }
        let help = "The program that runs.";
        let mut info = encoder.encode_descriptor("onsale_build", help, None, MetricType::Info)?;
        info.encode_info(&[("version", env!("CARGO_PKG_VERSION"))])
    }
}

fn gauge(encoder: &mut DescriptorEncoder<'_>, name: &str, help: &str, value: &impl EncodeGaugeValue) -> fmt::Result {
    encoder.encode_descriptor(name, help, None, MetricType::Gauge)?.encode_gauge(value)
}

fn counter(encoder: &mut DescriptorEncoder<'_>, name: &str, help: &str, value: u64) -> fmt::Result {
    let mut counter = encoder.encode_descriptor(name, help, None, MetricType::Counter)?;
    counter.encode_counter::<NoLabelSet, u64, u64>(&value, None)
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn resident_bytes() -> Option<i64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<i64>().ok()?.checked_mul(1_024)
}
