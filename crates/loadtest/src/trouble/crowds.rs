//! Troubles of the crowd: it waits, it is larger than the queue, it vanishes, it comes to two servers.

use std::time::{Duration, Instant};

use crate::crowd::play::Script;
use crate::crowd::streams::Streams;
use crate::crowd::target::Target;
use crate::error::Error;
use crate::machine::locks::RowLock;
use crate::machine::processes::{megabytes, open_files_limit, peak_megabytes};
use crate::machine::server::Server;
use crate::sale::results::SaleResult;
use crate::sale::script::{Plan, Sale};
use crate::trouble::stage::{BUYERS, DATABASE, IN_FLIGHT, REPEATS_PERCENT, Report, SaleTask, Stage, play};

/// Requests that wait at once, and the memory that the server may take for them.
const WAITING: usize = 10_000;
const MEMORY_MEGABYTES_MAX: f64 = 150.0;

/// Requests for one event, and the length of its queue: as the server ships, and where the system allows fewer open
/// files.
const FULL_QUEUES: [(usize, usize); 2] = [(22_000, 20_000), (11_000, 10_000)];

/// The open files that the client and the server each need for the first of them.
const OPEN_FILES_FOR_SHIPPED: u64 = 23_000;

/// The time within which a crowd must be in the queue.
const QUEUE_LIMIT: Duration = Duration::from_secs(30);

/// Clients that disconnect before their answer.
const VANISHING: usize = 2_000;

/// The time within which their requests must be decided.
const DECISION_LIMIT: Duration = Duration::from_secs(20);

/// Live streams on each of two servers.
const STREAMS: usize = 200;

const POLL: Duration = Duration::from_millis(50);

impl Stage {
    /// Many requests wait for a locked event.
    pub(super) async fn waiting(&self, report: &mut Report) -> Result<(), Error> {
        let server = &self.server;
        let before = megabytes(server.pid())?;
        let (lock, sale) = self.fill_queue(report, server, WAITING, WAITING - 1).await?;
        let busy = self.test_bed.sql(
            DATABASE,
            "select count(*) from pg_stat_activity where application_name = 'onsale box office' and state <> 'idle'",
        )?;
        let during = megabytes(server.pid())?;
        drop(lock);
        self.settle(report, vec![sale]).await?;
        let peak = peak_megabytes(server.pid())?;
        report.facts.push(format!(
            "the server had {before:.0} MB before, {during:.0} MB while they waited, {peak:.0} MB at most; {busy} of the box \
             office's connections was in use"
        ));
        if during > MEMORY_MEGABYTES_MAX {
            report.findings.add(|| format!("waiting requests took {during:.0} MB"));
        }
        if busy != "1" {
            report.findings.add(|| format!("one event used {busy} connections"));
        }
        Ok(())
    }

    /// More requests than the queue holds.
    pub(super) async fn full_queue(&self, report: &mut Report) -> Result<(), Error> {
        let [shipped, smaller] = FULL_QUEUES;
        let fits = open_files_limit().is_none_or(|files| files >= OPEN_FILES_FOR_SHIPPED);
        let (in_flight, queue) = if fits { shipped } else { smaller };
        if !fits {
            report
                .facts
                .push(format!("the queue was set to {queue}, since the system allows too few open files for more"));
        }
        let settings = [("ONSALE__BOX_OFFICE__QUEUE_PER_EVENT", queue.to_string())];
        let server = self.test_bed.serve_existing(DATABASE, &settings).await?;
        let (lock, sale) = self.fill_queue(report, &server, in_flight, queue).await?;
        drop(lock);
        for SaleResult { busy, .. } in self.settle(report, vec![sale]).await? {
            if busy == 0 {
                report.findings.add(|| format!("none of {in_flight} requests at once was answered with busy"));
            }
        }
        report.facts.push(format!("the server had {:.0} MB at most", peak_megabytes(server.pid())?));
        Ok(())
    }

    /// Starts a sale of a locked event on this server, and waits until its queue holds at least `queued` requests.
    async fn fill_queue(
        &self,
        report: &mut Report,
        server: &Server,
        in_flight: usize,
        queued: usize,
    ) -> Result<(RowLock, SaleTask), Error> {
        let event = server.target.publish_event(in_flight).await?;
        let lock = RowLock::take(&self.test_bed, DATABASE, event)?;
        let sale = play(&server.target, in_flight, Plan::new([event], &self.people, 0..in_flight));
        let (began, mut most) = (Instant::now(), 0);
        while most < queued {
            if began.elapsed() > QUEUE_LIMIT {
                report.findings.add(|| format!("only {most} of {in_flight} requests were in the queue"));
                break;
            }
            tokio::time::sleep(POLL).await;
            most = most.max(server.target.gauge("onsale_box_office_queued_commands").await?);
        }
        report.facts.push(format!("{most} requests waited at once"));
        Ok((lock, sale))
    }

    /// Clients disconnect after sending, and later send the same request again with the same key.
    pub(super) async fn vanishing_clients(&self, report: &mut Report) -> Result<(), Error> {
        let event = self.target().publish_event(VANISHING / 2).await?;
        let plan = Plan::new([event], &self.people, 0..VANISHING).asked_before();
        let (mut script, mut request) = (Sale::new(plan.clone()), Vec::new());
        while script.next(&mut request).is_some() {
            let mut connection = self.target().connect().await?;
            connection.send(&request).await.map_err(Error::io("send a request without waiting"))?;
            request.clear();
        }
        let count = format!("select count(*) from registrations where event_id = '{event}'");
        let (began, mut decided) = (Instant::now(), 0);
        while decided < VANISHING && began.elapsed() < DECISION_LIMIT {
            tokio::time::sleep(POLL).await;
            decided = self.test_bed.sql(DATABASE, &count)?.parse().unwrap_or(0);
        }
        report.facts.push(format!("{decided} of {VANISHING} requests were decided after their clients had gone"));
        if decided < VANISHING {
            report.findings.add(|| format!("{} requests were never decided", VANISHING - decided));
        }
        for sold in self.settle(report, vec![play(self.target(), IN_FLIGHT, plan)]).await? {
            if sold.replays != u64::try_from(decided).unwrap_or(u64::MAX) {
                report.findings.add(|| format!("{} of them got their earlier decision", sold.replays));
            }
        }
        Ok(())
    }

    /// Two servers sell one event, with live streams on both.
    pub(super) async fn two_servers(&self, report: &mut Report) -> Result<(), Error> {
        let other = self.test_bed.serve_existing(DATABASE, &[]).await?;
        let event = self.target().publish_event(BUYERS / 2).await?;
        let servers = [self.target(), &other.target];
        let mut streams = Vec::new();
        for server in servers {
            streams.push(Streams::open(server.address, STREAMS, event).await?);
        }
        let half = |server: &Target, buyers| {
            play(server, IN_FLIGHT / 2, Plan::new([event], &self.people, buyers).repeating(REPEATS_PERCENT))
        };
        let [one, two] = servers;
        let sales = vec![half(one, 0..BUYERS / 2), half(two, BUYERS / 2..BUYERS)];
        self.settle(report, sales).await?;
        self.close_streams(report, event, streams).await
    }
}
