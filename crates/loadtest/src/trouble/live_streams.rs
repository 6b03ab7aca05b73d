//! Live streams: those that are read, and those that are not.

use std::time::{Duration, Instant};

use domain::ids::EventId;

use crate::crowd::streams::{self, Counters, StreamLog, Streams, open_unread};
use crate::error::Error;
use crate::sale::script::Plan;
use crate::trouble::probes::Probe;
use crate::trouble::stage::{BUYERS, IN_FLIGHT, REPEATS_PERCENT, Report, Stage, play};

/// The time within which every stream must have the last change.
const UPDATE_LIMIT: Duration = Duration::from_secs(2);

/// The most messages about one event in a second: about ten, and those that a busy machine delays.
const MESSAGES_A_SECOND_MAX: u64 = 15;

/// Streams that are not read, and the events of each: more than fits into the buffers on the way.
const UNREAD: usize = 500;
const EVENTS_OF_UNREAD: usize = 100;

/// Streams that are read beside them.
const READ: usize = 100;

/// The time within which a client that reads nothing is cut off: the shipped setting, and some more.
const CUT_OFF_LIMIT: Duration = Duration::from_secs(60);

const POLL: Duration = Duration::from_millis(200);

impl Stage {
    /// Closes these streams of an event that no longer changes. The last message of each must have the event's
    /// counters.
    pub(super) async fn close_streams(
        &self,
        report: &mut Report,
        event: EventId,
        streams: Vec<Streams>,
    ) -> Result<(), Error> {
        tokio::time::sleep(UPDATE_LIMIT).await;
        let counters = Counters::of(&mut self.target().database().await?, event).await?;
        let logs: Vec<StreamLog> =
            streams.into_iter().map(Streams::close).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
        streams::check(&logs, counters, &mut report.findings);
        let most = logs.iter().map(|stream| stream.most_in_a_second).max().unwrap_or_default();
        let messages = logs.iter().map(|stream| stream.messages).max().unwrap_or_default();
        report.facts.push(format!(
            "{} streams of {} decisions got at most {messages} messages, at most {most} in one second",
            logs.len(),
            counters.last_decision
        ));
        if most > MESSAGES_A_SECOND_MAX {
            report.findings.add(|| format!("{most} messages about one event in one second"));
        }
        Ok(())
    }

    /// A sale beside streams that are not read.
    pub(super) async fn unread_streams(&self, report: &mut Report) -> Result<(), Error> {
        let target = self.target();
        let (_, alone) = self.sell(BUYERS, IN_FLIGHT).await?;
        self.settle(report, vec![alone]).await?;
        let mut events = target.publish_events(EVENTS_OF_UNREAD - 1, 1).await?;
        let event = target.publish_event(BUYERS / 2).await?;
        events.push(event);
        let (unread, opened_at) = (open_unread(target.address, UNREAD, &events).await?, Instant::now());
        let streams = vec![Streams::open(target.address, READ, event).await?];
        let probe = Probe::start(target.address, event);
        let plan = Plan::new([event], &self.people, 0..BUYERS).repeating(REPEATS_PERCENT);
        for sold in self.settle(report, vec![play(target, IN_FLIGHT, plan)]).await? {
            if sold.busy + sold.outcome_unknown + sold.broken_connections > 0 {
                report.findings.add(|| "unread streams held up buyers".to_owned());
            }
        }
        self.close_streams(report, event, streams).await?;
        probe.finish(report).await?;
        // The request for the metric has a connection, too.
        let mut left = UNREAD;
        while left > 1 && opened_at.elapsed() < CUT_OFF_LIMIT {
            tokio::time::sleep(POLL).await;
            left = target.gauge("onsale_http_connections").await?;
        }
        report.facts.push(format!("{left} connections were left after {:.0} s", opened_at.elapsed().as_secs_f64()));
        if left > 1 {
            report.findings.add(|| "unread streams were not cut off".to_owned());
        }
        drop(unread);
        Ok(())
    }
}
