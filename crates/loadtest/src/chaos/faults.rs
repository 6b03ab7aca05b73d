//! The faults: each begins, lasts and ends here.

use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::ids::EventId;
use repository::pools;
use rustix::process::Signal;
use testdb::Fault as WireFault;

use crate::chaos::chance::Chance;
use crate::chaos::deck::Fault;
use crate::chaos::report::RoundReport;
use crate::chaos::stage::{DATABASE, EVENTS, LONG_STANDSTILL, STANDSTILL, Stage};
use crate::error::Error;
use crate::machine::locks::RowLock;
use crate::machine::processes::{signal_one, signal_with_children};
use crate::machine::sessions::Session;
use crate::machine::test_bed::TestBed;

/// The first statement that a booking's decision writes with, and the one that ends its transaction.
const WRITE: &str = "insert into registrations";
const COMMIT: &str = "commit";

/// How often connections are cut in a round. A server tries a batch three times, so some batches lose all tries.
const CUTS: usize = 9;

/// How soon a crowd reaches a statement.
const STRIKE_LIMIT: Duration = Duration::from_secs(10);

/// How often a session in a transaction is looked for.
const LOOKS: usize = 5;

/// How far the servers' clocks are from the right time, one ahead and one behind.
const HOURS: i64 = 2;

/// Nearly all of PostgreSQL's connections: some are reserved, and the servers hold a few that are not the database's.
const CONNECTIONS_TAKEN_MIN: usize = 40;

/// How long somebody who takes all connections waits for one.
const CONNECT_LIMIT: Duration = Duration::from_secs(1);

/// PostgreSQL's words for a full disk.
const NO_SPACE: &str = "No space left on device";

impl Stage {
    /// Why a fault cannot be caused here, if it cannot.
    pub(super) fn obstacle(&self, fault: Fault) -> Option<String> {
        match fault {
            Fault::DiskFull => self.disk.as_ref().err().cloned(),
            Fault::ClocksApart => self.clocks.as_ref().err().cloned(),
            _ => None,
        }
    }

    /// Causes a fault while these events are sold, and returns when it was over.
    ///
    /// # Errors
    /// Any error that prevents it. What the servers do wrong is in the report.
    pub(super) async fn cause(
        &mut self,
        fault: Fault,
        events: &[EventId],
        chance: &mut Chance,
        report: &mut RoundReport,
    ) -> Result<Instant, Error> {
        let which = chance.below(self.posts.len());
        match fault {
            Fault::ServerKilled => self.end_server(which, Signal::KILL, report).await,
            Fault::ServerTerminated => self.end_server(which, Signal::TERM, report).await,
            Fault::ServerStopped => self.stop_server(which).await,
            Fault::ClocksApart => self.set_clocks_apart(which, report).await,
            Fault::PostgresKilled => self.kill_postgres().await,
            Fault::PostgresStopped => self.stop_postgres().await,
            Fault::SessionStopped => self.stop_session(which, report).await,
            Fault::CutInTransaction => self.cut(which, WireFault::CutBefore, WRITE, report).await,
            Fault::FrozenInTransaction => self.freeze(which, WireFault::FreezeBefore, WRITE, report).await,
            Fault::CutBeforeCommit => self.cut(which, WireFault::CutBefore, COMMIT, report).await,
            Fault::CutAfterCommit => self.cut(which, WireFault::CutAfter, COMMIT, report).await,
            Fault::FrozenBeforeCommit => self.freeze(which, WireFault::FreezeBefore, COMMIT, report).await,
            Fault::FrozenAfterCommit => self.freeze(which, WireFault::FreezeAfter, COMMIT, report).await,
            Fault::ConnectionsTaken => self.take_connections(report).await,
            Fault::RowsLocked => self.lock_rows(events).await,
            Fault::DiskFull => self.fill_disk(report).await,
        }
    }

    /// Ends a server, and starts it again as a supervisor would.
    async fn end_server(&mut self, which: usize, signal: Signal, report: &mut RoundReport) -> Result<Instant, Error> {
        let began = Instant::now();
        if let Some(post) = self.posts.get_mut(which) {
            post.end(signal, report).await?;
            post.start(&self.test_bed, &[]).await?;
        }
        Ok(began)
    }

    async fn stop_server(&self, which: usize) -> Result<Instant, Error> {
        if let Some(post) = self.posts.get(which) {
            post.signal(Signal::STOP);
            tokio::time::sleep(STANDSTILL).await;
            post.signal(Signal::CONT);
        }
        Ok(Instant::now())
    }

    async fn set_clocks_apart(&mut self, which: usize, report: &mut RoundReport) -> Result<Instant, Error> {
        let clocks = self.clocks.as_ref().map_err(|why| Error::Failed(why.clone()))?;
        for (nth, post) in self.posts.iter_mut().enumerate() {
            let hours = if nth == which { HOURS } else { -HOURS };
            post.end(Signal::TERM, report).await?;
            post.start(&self.test_bed, &clocks.wrong_by(hours * 3_600)).await?;
        }
        tokio::time::sleep(STANDSTILL).await;
        let mut ended = Instant::now();
        for post in &mut self.posts {
            post.end(Signal::TERM, report).await?;
            ended = Instant::now();
            post.start(&self.test_bed, &[]).await?;
        }
        Ok(ended)
    }

    /// Kills PostgreSQL, and starts it again as a supervisor would.
    async fn kill_postgres(&self) -> Result<Instant, Error> {
        let began = Instant::now();
        self.beside(|test_bed| test_bed.kill().and_then(|()| test_bed.start_again())).await?;
        Ok(began)
    }

    async fn stop_postgres(&self) -> Result<Instant, Error> {
        let postmaster = self.test_bed.postmaster()?;
        signal_with_children(postmaster, Signal::STOP)?;
        tokio::time::sleep(LONG_STANDSTILL).await;
        signal_with_children(postmaster, Signal::CONT)?;
        Ok(Instant::now())
    }

    /// Stops one session that is in a booking's transaction, with the event's lock.
    async fn stop_session(&self, which: usize, report: &mut RoundReport) -> Result<Instant, Error> {
        const IN_TRANSACTION: &str = "select pid from pg_stat_activity where datname = current_database() and \
                                      application_name = 'onsale box office' and state = 'idle in transaction' limit 1";
        let Some(post) = self.posts.get(which) else { return Ok(Instant::now()) };
        for _ in 0..LOOKS {
            post.wire.arm(WireFault::Hold, WRITE);
            if !post.wire.strikes_within(STRIKE_LIMIT).await {
                break;
            }
            let found = self.beside(|test_bed| test_bed.sql(DATABASE, IN_TRANSACTION)).await?;
            let Ok(pid) = found.parse() else {
                post.wire.release();
                continue;
            };
            signal_one(pid, Signal::STOP);
            post.wire.release();
            tokio::time::sleep(LONG_STANDSTILL).await;
            signal_one(pid, Signal::CONT);
            return Ok(Instant::now());
        }
        report.findings.add(|| "no session was in a transaction, although people were buying".to_owned());
        Ok(Instant::now())
    }

    /// Cuts connections at a statement, some after each other.
    async fn cut(
        &self,
        which: usize,
        fault: WireFault,
        statement: &str,
        report: &mut RoundReport,
    ) -> Result<Instant, Error> {
        self.strike(which, fault, statement, CUTS, report).await;
        Ok(Instant::now())
    }

    /// Freezes connections at a statement, one for each event that is sold.
    async fn freeze(
        &self,
        which: usize,
        fault: WireFault,
        statement: &str,
        report: &mut RoundReport,
    ) -> Result<Instant, Error> {
        self.strike(which, fault, statement, EVENTS.len(), report).await;
        tokio::time::sleep(STANDSTILL).await;
        self.release();
        Ok(Instant::now())
    }

    /// Has a fault happen so many times at a statement.
    async fn strike(&self, which: usize, fault: WireFault, statement: &str, times: usize, report: &mut RoundReport) {
        let Some(post) = self.posts.get(which) else { return };
        for _ in 0..times {
            post.wire.arm(fault, statement);
            if !post.wire.strikes_within(STRIKE_LIMIT).await {
                report.findings.add(|| format!("no booking came to {statement:?} within {STRIKE_LIMIT:?}"));
            }
        }
    }

    /// Ends what the proxies hold back.
    fn release(&self) {
        self.posts.iter().for_each(|post| post.wire.release());
    }

    /// Ends the servers' sessions, and takes all of PostgreSQL's connections before they open others.
    async fn take_connections(&self, report: &mut RoundReport) -> Result<Instant, Error> {
        let mut session = Session::open(&self.test_bed, "postgres")?;
        let ended = session.ask(&format!(
            "alter database {DATABASE} allow_connections false;
             select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = '{DATABASE}';\n"
        ))?;
        let (url, mut taken) = (self.test_bed.url("postgres")?, Vec::new());
        while let Ok(connection) = pools::connect_once(&url, CONNECT_LIMIT).await {
            taken.push(connection);
        }
        session.ask(&format!("alter database {DATABASE} allow_connections true; select 'done';\n"))?;
        report.facts.push(format!("{ended} sessions were ended, and {} connections taken", taken.len()));
        if taken.len() < CONNECTIONS_TAKEN_MIN {
            report.findings.add(|| format!("only {} connections could be taken", taken.len()));
        }
        tokio::time::sleep(STANDSTILL).await;
        drop(taken);
        Ok(Instant::now())
    }

    /// Locks the rows of all events, so that each connection of the pools waits for one.
    async fn lock_rows(&self, events: &[EventId]) -> Result<Instant, Error> {
        let events = events.to_vec();
        let locks = self.beside(move |test_bed| {
            let locks = events.into_iter().map(|event| RowLock::take(test_bed, DATABASE, event));
            locks.collect::<Result<Vec<_>, _>>()
        });
        let locks = locks.await?;
        tokio::time::sleep(STANDSTILL).await;
        drop(locks);
        Ok(Instant::now())
    }

    async fn fill_disk(&self, report: &mut RoundReport) -> Result<Instant, Error> {
        let disk = self.disk.as_ref().map_err(|why| Error::Failed(why.clone()))?;
        let known = self.test_bed.log()?.matches(NO_SPACE).count();
        disk.fill()?;
        tokio::time::sleep(STANDSTILL).await;
        disk.empty()?;
        let ended = Instant::now();
        match self.test_bed.log()?.matches(NO_SPACE).count().saturating_sub(known) {
            0 => report.findings.add(|| "the disk was full, and no statement has met that".to_owned()),
            count => report.facts.push(format!("{count} statements met the full disk")),
        }
        Ok(ended)
    }

    /// Does something that waits for a program, beside the crowd.
    pub(super) async fn beside<T: Send + 'static>(
        &self,
        work: impl FnOnce(&TestBed) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let test_bed = Arc::clone(&self.test_bed);
        let done = tokio::task::spawn_blocking(move || work(&test_bed)).await;
        done.map_err(|error| Error::Failed(error.to_string()))?
    }
}
