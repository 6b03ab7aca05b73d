//! The stage of every trouble: a server with its people, the sales on it, and the report.

use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::ids::EventId;
use tokio::task::JoinHandle;

use crate::crowd::findings::Findings;
use crate::crowd::people::People;
use crate::crowd::play::{self, Played};
use crate::crowd::target::Target;
use crate::error::Error;
use crate::machine::server::Server;
use crate::machine::test_bed::TestBed;
use crate::sale::checks;
use crate::sale::results::SaleResult;
use crate::sale::script::{Plan, Sale};

/// The database of the server.
pub(super) const DATABASE: &str = "trouble";

/// Buyers in each trouble, and the requests in flight.
pub(super) const BUYERS: usize = 60_000;
pub(super) const IN_FLIGHT: usize = 1_000;

/// This many in a hundred buyers send their request twice.
pub(super) const REPEATS_PERCENT: usize = 10;

/// Buyers of the small sale after each trouble, and the requests in flight.
const BUYERS_AFTERWARDS: usize = 2_000;
const IN_FLIGHT_AFTERWARDS: usize = 200;

/// The longest acceptable wait for an answer: the shipped limits of waiting in the queue, for the lock and for a
/// statement, and some more for a busy machine.
pub(super) const ANSWER_LIMIT: Duration = Duration::from_secs(30);

/// How soon after a trouble the server must be ready.
const READY_WITHIN: Duration = Duration::from_secs(10);

/// The report of one trouble.
#[derive(Debug)]
pub struct Report {
    /// The trouble's name.
    pub trouble: &'static str,
    /// Facts in words, with figures.
    pub facts: Vec<String>,
    /// Faults of the server.
    pub findings: Findings,
}

/// A server with its people.
pub(super) struct Stage {
    pub(super) test_bed: Arc<TestBed>,
    pub(super) server: Server,
    pub(super) people: Arc<People>,
}

/// A sale under way.
pub(super) type SaleTask = JoinHandle<Result<Played<Sale>, Error>>;

impl Stage {
    pub(super) fn target(&self) -> &Target {
        &self.server.target
    }

    /// A sale of a new event, with seats for half of its buyers.
    pub(super) async fn sell(&self, buyers: usize, in_flight: usize) -> Result<(EventId, SaleTask), Error> {
        let event = self.target().publish_event(buyers / 2).await?;
        let plan = Plan::new([event], &self.people, 0..buyers).repeating(REPEATS_PERCENT).allowing_replays();
        Ok((event, play(self.target(), in_flight, plan)))
    }

    /// Waits until everybody has an answer, compares all answers with the tables, and reports the figures.
    pub(super) async fn settle(&self, report: &mut Report, sales: Vec<SaleTask>) -> Result<Vec<SaleResult>, Error> {
        let mut played = Vec::with_capacity(sales.len());
        for sale in sales {
            played.push(sale.await.map_err(|error| Error::Failed(error.to_string()))??);
        }
        let (sold, findings) = checks::check(&mut self.target().database().await?, played).await?;
        report.findings.absorb(findings);
        for sold in &sold {
            report.facts.push(format!(
                "{} buyers: {} confirmed, {} waitlisted, {} per second; {} answers busy, {} outcome unknown; \
                 {} connections broke, {} requests were lost; the longest wait for an answer was {:.0} ms",
                sold.buyers,
                sold.confirmed,
                sold.waitlisted,
                sold.bookings_per_second.round(),
                sold.busy,
                sold.outcome_unknown,
                sold.broken_connections,
                sold.lost,
                sold.longest_wait_milliseconds
            ));
            if Duration::from_secs_f64(sold.longest_wait_milliseconds / 1_000.0) > ANSWER_LIMIT {
                report.findings.add(|| format!("an answer took {:.0} ms", sold.longest_wait_milliseconds));
            }
        }
        Ok(sold)
    }

    /// Runs a small sale, in which every first request must be decided.
    pub(super) async fn check_recovery(&self, report: &mut Report) -> Result<(), Error> {
        // Its readers of changes may need a moment to find the database again.
        let began = Instant::now();
        let mut ready = self.target().get("/health/ready").await?.0;
        while ready != 200 && began.elapsed() < READY_WITHIN {
            tokio::time::sleep(Duration::from_millis(100)).await;
            ready = self.target().get("/health/ready").await?.0;
        }
        if ready != 200 {
            report.findings.add(|| format!("afterwards, /health/ready answered {ready}"));
        }
        let (_, sale) = self.sell(BUYERS_AFTERWARDS, IN_FLIGHT_AFTERWARDS).await?;
        for sold in self.settle(report, vec![sale]).await? {
            let undecided = sold.busy + sold.outcome_unknown + sold.broken_connections;
            if undecided > 0 {
                report.findings.add(|| format!("afterwards, {undecided} requests were not decided at once"));
            }
        }
        Ok(())
    }
}

pub(super) fn play(target: &Target, in_flight: usize, plan: Plan) -> SaleTask {
    tokio::spawn(play::play(target.address, in_flight, Sale::new(plan)))
}
