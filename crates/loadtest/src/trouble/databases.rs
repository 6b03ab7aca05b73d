//! Troubles of the database: it stops, it restarts, an event is locked.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::error::Error;
use crate::machine::locks::RowLock;
use crate::machine::processes::signal_with_children;
use crate::sale::script::Plan;
use crate::trouble::probes::Probe;
use crate::trouble::stage::{BUYERS, DATABASE, IN_FLIGHT, Report, SaleTask, Stage, play};

/// How long PostgreSQL is stopped, and how long the event is locked.
const STOPPED_FOR: Duration = Duration::from_secs(15);
const LOCKED_FOR: Duration = Duration::from_secs(30);

/// The time from the start of a sale to the trouble: long enough for the sale to be under way, and far from its end.
const LEAD_TIME: Duration = Duration::from_millis(500);

/// How long the probe goes on after the trouble.
const AFTERWARDS: Duration = Duration::from_secs(2);

impl Stage {
    /// Suspends all of PostgreSQL's processes during a sale, and resumes them.
    pub(super) async fn suspension(&self, report: &mut Report) -> Result<(), Error> {
        let (event, sale) = self.sell(BUYERS, IN_FLIGHT).await?;
        tokio::time::sleep(LEAD_TIME).await;
        let probe = Probe::start(self.target().address, event);
        let postmaster = self.test_bed.postmaster()?;
        signal_with_children(postmaster, Signal::STOP)?;
        check_under_way(&sale)?;
        tokio::time::sleep(STOPPED_FOR).await;
        signal_with_children(postmaster, Signal::CONT)?;
        tokio::time::sleep(AFTERWARDS).await;
        probe.finish(report).await?;
        self.settle(report, vec![sale]).await?;
        Ok(())
    }

    /// Restarts PostgreSQL during a sale.
    pub(super) async fn restart(&self, report: &mut Report) -> Result<(), Error> {
        let (event, sale) = self.sell(BUYERS, IN_FLIGHT).await?;
        tokio::time::sleep(LEAD_TIME).await;
        let probe = Probe::start(self.target().address, event);
        check_under_way(&sale)?;
        let (test_bed, began) = (Arc::clone(&self.test_bed), Instant::now());
        let restarted = tokio::task::spawn_blocking(move || test_bed.restart()).await;
        restarted.map_err(|error| Error::Failed(error.to_string()))??;
        report.facts.push(format!("the restart took {} ms", began.elapsed().as_millis()));
        tokio::time::sleep(AFTERWARDS).await;
        probe.finish(report).await?;
        self.settle(report, vec![sale]).await?;
        Ok(())
    }

    /// Locks the event's row in another session. Other events must sell on.
    pub(super) async fn locked_event(&self, report: &mut Report) -> Result<(), Error> {
        let (event, sale) = self.sell(BUYERS, IN_FLIGHT).await?;
        tokio::time::sleep(LEAD_TIME).await;
        let lock = RowLock::take(&self.test_bed, DATABASE, event)?;
        check_under_way(&sale)?;
        let (since, probe) = (Instant::now(), Probe::start(self.target().address, event));
        let other = self.target().publish_event(BUYERS).await?;
        let other_sale = play(self.target(), IN_FLIGHT, Plan::new([other], &self.people, 0..BUYERS));
        for sold in self.settle(report, vec![other_sale]).await? {
            if sold.busy + sold.outcome_unknown > 0 {
                report.findings.add(|| "the sale of another event was held up".to_owned());
            }
        }
        tokio::time::sleep(LOCKED_FOR.saturating_sub(since.elapsed())).await;
        drop(lock);
        tokio::time::sleep(AFTERWARDS).await;
        probe.finish(report).await?;
        self.settle(report, vec![sale]).await?;
        Ok(())
    }
}

/// A trouble after the end of the sale would prove nothing.
fn check_under_way(sale: &SaleTask) -> Result<(), Error> {
    if sale.is_finished() {
        return Err(Error::Failed("the sale ended before the trouble began".to_owned()));
    }
    Ok(())
}
