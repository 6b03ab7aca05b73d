//! Crowds that wait, that are too many, that do not wait for their answer, and that come to two servers.

use std::time::{Duration, Instant};

use crate::compare::baselines;
use crate::crowd::play::Script;
use crate::crowd::streams::Streams;
use crate::crowd::target::Target;
use crate::error::Error;
use crate::machine::arena::Server;
use crate::machine::processes::{megabytes, megabytes_at_most, open_files};
use crate::sale::results::Sold;
use crate::sale::script::{Plan, Sale};
use crate::trouble::databases::Hold;
use crate::trouble::stage::{BUYERS, DATABASE, IN_FLIGHT, Playing, REPEATS_PERCENT, Seen, Stage, play};

/// Requests that wait at once, and what the server may take for them.
const WAITING: usize = 10_000;
const MEMORY_MEGABYTES_MAX: f64 = 150.0;

/// How many want to wait for one event, and how many may: as the server ships, and where the system does not allow as many
/// open files.
const FULL_QUEUES: [(usize, usize); 2] = [(22_000, 20_000), (11_000, 10_000)];

/// As many files as either side needs for the first of them.
const OPEN_FILES_FOR_SHIPPED: u64 = 23_000;

/// How long a crowd has to stand in line.
const GATHERED_WITHIN: Duration = Duration::from_secs(30);

/// Clients that do not wait for their answer.
const VANISHING: usize = 2_000;

/// How long those have who were not waited for.
const DECIDED_WITHIN: Duration = Duration::from_secs(20);

/// Streams that are open on each of two servers.
const STREAMS: usize = 200;

const POLL: Duration = Duration::from_millis(50);

impl Stage {
    /// Many requests wait while somebody else holds the event.
    pub(super) async fn waiting(&self, seen: &mut Seen) -> Result<(), Error> {
        let server = &self.server;
        let before = megabytes(server.pid())?;
        let (hold, playing) = self.gather(seen, server, WAITING, WAITING - 1).await?;
        let busy = baselines::sql(
            &self.arena,
            DATABASE,
            "select count(*) from pg_stat_activity where application_name = 'onsale box office' and state <> 'idle'",
        )?;
        let during = megabytes(server.pid())?;
        hold.release()?;
        self.settle(seen, vec![playing]).await?;
        let peak = megabytes_at_most(server.pid())?;
        seen.facts.push(format!(
            "the server had {before:.0} MB before, {during:.0} MB while they waited, {peak:.0} MB at most; {busy} of the box \
             office's connections was in use"
        ));
        if during > MEMORY_MEGABYTES_MAX {
            seen.untrue.add(|| format!("{during:.0} MB for requests that wait"));
        }
        if busy != "1" {
            seen.untrue.add(|| format!("{busy} connections for one event"));
        }
        Ok(())
    }

    /// More requests than the queue takes.
    pub(super) async fn full_queue(&self, seen: &mut Seen) -> Result<(), Error> {
        let [shipped, smaller] = FULL_QUEUES;
        let fits = open_files().is_none_or(|files| files >= OPEN_FILES_FOR_SHIPPED);
        let (in_flight, queue) = if fits { shipped } else { smaller };
        if !fits {
            seen.facts.push(format!("the queue was made {queue} long: the system allows too few open files for more"));
        }
        let settings = [("ONSALE__BOX_OFFICE__QUEUE_PER_EVENT", queue.to_string())];
        let server = self.arena.serve_with(DATABASE, &settings).await?;
        let (hold, playing) = self.gather(seen, &server, in_flight, queue).await?;
        hold.release()?;
        for Sold { busy, .. } in self.settle(seen, vec![playing]).await? {
            if busy == 0 {
                seen.untrue.add(|| format!("{in_flight} requests at once, and nobody was told that it is busy"));
            }
        }
        seen.facts.push(format!("the server had {:.0} MB at most", megabytes_at_most(server.pid())?));
        Ok(())
    }

    /// A sale on this server that cannot go on before the event is released, with at least so many in its queue.
    async fn gather(
        &self,
        seen: &mut Seen,
        server: &Server,
        in_flight: usize,
        queued: usize,
    ) -> Result<(Hold, Playing), Error> {
        let event = server.target.publish_event(in_flight).await?;
        let hold = Hold::of(&self.arena, event)?;
        let playing = play(&server.target, in_flight, Plan::new([event], &self.people, 0..in_flight));
        let (began, mut most) = (Instant::now(), 0);
        while most < queued {
            if began.elapsed() > GATHERED_WITHIN {
                seen.untrue.add(|| format!("of {in_flight} requests {most} waited at most"));
                break;
            }
            tokio::time::sleep(POLL).await;
            most = most.max(server.target.gauge("onsale_box_office_queued_commands").await?);
        }
        seen.facts.push(format!("{most} requests waited at once"));
        Ok((hold, playing))
    }

    /// Clients that send and are gone; later they ask again with the same key.
    pub(super) async fn vanishing(&self, seen: &mut Seen) -> Result<(), Error> {
        let event = self.target().publish_event(VANISHING / 2).await?;
        let plan = Plan::new([event], &self.people, 0..VANISHING).excusing_replays();
        let (mut script, mut request) = (Sale::new(plan.clone()), Vec::new());
        while script.next(&mut request).is_some() {
            let mut connection = self.target().connect().await?;
            connection.send(&request).await.map_err(Error::io("a client that vanishes"))?;
            request.clear();
        }
        let count = format!("select count(*) from registrations where event_id = '{event}'");
        let (began, mut stand) = (Instant::now(), 0);
        while stand < VANISHING && began.elapsed() < DECIDED_WITHIN {
            tokio::time::sleep(POLL).await;
            stand = baselines::sql(&self.arena, DATABASE, &count)?.parse().unwrap_or(0);
        }
        seen.facts.push(format!("{stand} of {VANISHING} decisions stood after their clients had gone"));
        if stand < VANISHING {
            seen.untrue.add(|| format!("{} requests were never decided", VANISHING - stand));
        }
        for sold in self.settle(seen, vec![play(self.target(), IN_FLIGHT, plan)]).await? {
            if sold.replays != u64::try_from(stand).unwrap_or(u64::MAX) {
                seen.untrue.add(|| format!("{} of them got their decision back", sold.replays));
            }
        }
        Ok(())
    }

    /// Two servers sell one event, and people watch on both.
    pub(super) async fn two_servers(&self, seen: &mut Seen) -> Result<(), Error> {
        let other = self.arena.serve_beside(DATABASE).await?;
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
        self.settle(seen, sales).await?;
        self.watched(seen, event, streams).await
    }
}
