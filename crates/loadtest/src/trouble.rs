//! Load that the server must bear: a database that stops, restarts or is locked by somebody else, a crowd that waits,
//! clients that vanish. In each, people go on trying to buy, and in the end every answer is held against the tables.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::ids::EventId;
use rustix::process::{Pid, Signal, kill_process};
use tokio::task::JoinHandle;

use crate::arena::{Arena, Server};
use crate::baselines;
use crate::crowd::{self, Played};
use crate::error::Error;
use crate::http::Connection;
use crate::people::People;
use crate::sale::{self, Plan, Sale, Untrue};
use crate::target::Target;

/// Buyers in each trouble, and how many of them ask at once.
const BUYERS: usize = 60_000;
const IN_FLIGHT: usize = 1_000;

/// How long PostgreSQL stands still, and how long somebody else holds the event.
const STANDSTILL: Duration = Duration::from_secs(15);
const HELD: Duration = Duration::from_secs(30);

/// The longest that a request may wait for an answer: what the shipped settings allow for waiting in the queue, for the
/// lock and for a statement, and some for this machine.
const ANSWER_BOUND: Duration = Duration::from_secs(30);

/// Between two looks at whether the server still answers.
const LOOK_PAUSE: Duration = Duration::from_millis(100);

/// Requests that wait at once, and what the server may take for them.
const WAITING: usize = 10_000;
const MEMORY_MEGABYTES_MAX: f64 = 150.0;

/// What was seen in one trouble.
#[derive(Debug)]
pub struct Seen {
    /// Which.
    pub trouble: &'static str,
    /// In words, with figures.
    pub facts: Vec<String>,
    /// What should not have been.
    pub untrue: Untrue,
}

/// Goes through all of it on one private cluster.
///
/// # Errors
/// Whatever keeps a trouble from being made. What the server did wrong is told with what was seen.
pub async fn bear(program: PathBuf, tell: impl Fn(&Seen)) -> Result<Untrue, Error> {
    let arena = Arc::new(Arena::open(program)?);
    let server = arena.serve("trouble").await?;
    let people = Arc::new(People::gather(&server.target, BUYERS).await?);
    let stage = Stage { arena, server, people };
    let mut all = Untrue::default();
    for seen in [
        stage.standstill().await?,
        stage.restart().await?,
        stage.held().await?,
        stage.waiting().await?,
        stage.vanishing().await?,
    ] {
        tell(&seen);
        all.absorb(seen.untrue);
    }
    Ok(all)
}

struct Stage {
    arena: Arc<Arena>,
    server: Server,
    people: Arc<People>,
}

type Playing = JoinHandle<Result<Played<Sale>, Error>>;

impl Stage {
    fn target(&self) -> &Target {
        &self.server.target
    }

    async fn sell(&self, buyers: usize, in_flight: usize) -> Result<(EventId, Playing), Error> {
        let event = self.target().publish_event(buyers / 2).await?;
        let plan = Plan {
            events: vec![event],
            people: Arc::clone(&self.people),
            first: 0,
            buyers,
            repeats_percent: 10,
            progress: Arc::default(),
        };
        Ok((event, tokio::spawn(crowd::play(self.target().address, in_flight, Sale::new(plan)))))
    }

    /// Waits for the sale, and holds it against the tables.
    async fn settle(&self, trouble: &'static str, playing: Playing, mut facts: Vec<String>) -> Result<Seen, Error> {
        let played = playing.await.map_err(|error| Error::Failed(error.to_string()))??;
        let (results, mut untrue) = sale::check(&mut self.target().database().await?, vec![played]).await?;
        for result in results {
            facts.push(format!(
                "{} buyers, {} confirmed, {} waitlisted, {} busy, {} unknown, {} connections broke, {} lost, \
                 longest {:.0} ms",
                result.buyers,
                result.confirmed,
                result.waitlisted,
                result.busy,
                result.outcome_unknown,
                result.broken_connections,
                result.lost,
                result.longest_wait_milliseconds
            ));
            if Duration::from_secs_f64(result.longest_wait_milliseconds / 1_000.0) > ANSWER_BOUND {
                untrue.add(|| format!("an answer took {:.0} ms", result.longest_wait_milliseconds));
            }
        }
        Ok(Seen { trouble, facts, untrue })
    }

    /// PostgreSQL stands still and goes on.
    async fn standstill(&self) -> Result<Seen, Error> {
        let (event, playing) = self.sell(BUYERS, IN_FLIGHT).await?;
        tokio::time::sleep(Duration::from_millis(500)).await;
        let looking = self.look_on(event);
        let postmaster = self.arena.postmaster()?;
        signal(postmaster, Signal::STOP)?;
        tokio::time::sleep(STANDSTILL).await;
        signal(postmaster, Signal::CONT)?;
        let looked = self.looked(looking).await?;
        let mut seen = self.settle("PostgreSQL stands still for 15 s", playing, vec![looked.words()]).await?;
        looked.judge(&mut seen.untrue);
        Ok(seen)
    }

    /// PostgreSQL is stopped in good order and started again.
    async fn restart(&self) -> Result<Seen, Error> {
        let (event, playing) = self.sell(BUYERS, IN_FLIGHT).await?;
        tokio::time::sleep(Duration::from_millis(500)).await;
        let looking = self.look_on(event);
        let arena = Arc::clone(&self.arena);
        let restarted = tokio::task::spawn_blocking(move || arena.restart()).await;
        restarted.map_err(|error| Error::Failed(error.to_string()))??;
        let looked = self.looked(looking).await?;
        let mut seen = self.settle("PostgreSQL is restarted", playing, vec![looked.words()]).await?;
        looked.judge(&mut seen.untrue);
        Ok(seen)
    }

    /// Somebody else holds the event's row.
    async fn held(&self) -> Result<Seen, Error> {
        let (event, playing) = self.sell(BUYERS, IN_FLIGHT).await?;
        let looking = self.look_on(event);
        let arena = Arc::clone(&self.arena);
        let holding = tokio::task::spawn_blocking(move || {
            let text = format!(
                "begin; select 1 from events where id = '{event}' for update; select pg_sleep({}); commit",
                HELD.as_secs()
            );
            baselines::sql(&arena, "trouble", &text)
        });
        let other = self.target().publish_event(10).await?;
        let beside = self.sell_beside(other).await?;
        holding.await.map_err(|error| Error::Failed(error.to_string()))??;
        let looked = self.looked(looking).await?;
        let facts = vec![looked.words(), format!("a booking of another event meanwhile took {beside:?}")];
        let mut seen = self.settle("somebody else holds the event for 30 s", playing, facts).await?;
        looked.judge(&mut seen.untrue);
        Ok(seen)
    }

    /// One booking of another event.
    async fn sell_beside(&self, event: EventId) -> Result<Duration, Error> {
        let plan = Plan {
            events: vec![event],
            people: Arc::clone(&self.people),
            first: 0,
            buyers: 1,
            repeats_percent: 0,
            progress: Arc::default(),
        };
        Ok(crowd::play(self.target().address, 1, Sale::new(plan)).await?.took)
    }

    /// Ten thousand requests wait while the event is held for a moment.
    async fn waiting(&self) -> Result<Seen, Error> {
        let arena = Arc::clone(&self.arena);
        let (event, before) = (self.target().publish_event(BUYERS).await?, self.memory_megabytes()?);
        let holding = tokio::task::spawn_blocking(move || {
            let text =
                format!("begin; select 1 from events where id = '{event}' for update; select pg_sleep(2); commit");
            baselines::sql(&arena, "trouble", &text)
        });
        tokio::time::sleep(Duration::from_millis(300)).await;
        let plan = Plan {
            events: vec![event],
            people: Arc::clone(&self.people),
            first: 0,
            buyers: WAITING,
            repeats_percent: 0,
            progress: Arc::default(),
        };
        let playing = tokio::spawn(crowd::play(self.target().address, WAITING, Sale::new(plan)));
        tokio::time::sleep(Duration::from_millis(1_200)).await;
        let busy = baselines::sql(
            &self.arena,
            "trouble",
            "select count(*) from pg_stat_activity where application_name = 'onsale box office' and state <> 'idle'",
        )?;
        let during = self.memory_megabytes()?;
        holding.await.map_err(|error| Error::Failed(error.to_string()))??;
        let peak = self.peak_megabytes()?;
        let facts = vec![format!(
            "the server has {before:.0} MB before, {during:.0} MB while they wait, {peak:.0} MB at its peak; {busy} of the \
             box office's connections in use"
        )];
        let mut seen = self.settle("10,000 requests wait for one event", playing, facts).await?;
        if during > MEMORY_MEGABYTES_MAX {
            seen.untrue.add(|| format!("{during:.0} MB for requests that wait"));
        }
        if busy != "1" {
            seen.untrue.add(|| format!("{busy} connections for one event"));
        }
        Ok(seen)
    }

    /// Clients that send and are gone; later they ask again with the same key.
    async fn vanishing(&self) -> Result<Seen, Error> {
        const GONE: usize = 2_000;
        let event = self.target().publish_event(GONE / 2).await?;
        let plan = Plan {
            events: vec![event],
            people: Arc::clone(&self.people),
            first: 0,
            buyers: GONE,
            repeats_percent: 0,
            progress: Arc::default(),
        };
        let mut script = Sale::new(plan.clone());
        let mut request = Vec::new();
        for _ in 0..GONE {
            request.clear();
            if crowd::Script::next(&mut script, &mut request).is_none() {
                break;
            }
            let mut connection =
                Connection::open(self.target().address).await.map_err(Error::io("a vanishing client"))?;
            connection.send(&request).await.map_err(Error::io("a vanishing client"))?;
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
        let stand = baselines::sql(
            &self.arena,
            "trouble",
            &format!("select count(*) from registrations where event_id = '{event}'"),
        )?;
        let playing = tokio::spawn(crowd::play(self.target().address, IN_FLIGHT, Sale::new(plan)));
        let facts = vec![format!("{stand} of {GONE} decisions stand after their clients were gone")];
        let mut seen = self.settle("clients vanish after sending", playing, facts).await?;
        if stand != GONE.to_string() {
            seen.untrue.add(|| format!("{stand} of {GONE} requests were decided"));
        }
        Ok(seen)
    }

    fn memory_megabytes(&self) -> Result<f64, Error> {
        memory(self.server.pid(), "VmRSS:")
    }

    fn peak_megabytes(&self) -> Result<f64, Error> {
        memory(self.server.pid(), "VmHWM:")
    }

    /// Asks for health and for the event until it is called back.
    fn look_on(&self, event: EventId) -> JoinHandle<Looked> {
        let address = self.target().address;
        let look = async move |path: String| {
            let began = Instant::now();
            let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
            let asked = async {
                let mut connection = Connection::open(address).await.ok()?;
                Some(connection.exchange(request.as_bytes()).await.ok()?.status)
            };
            (asked.await, began.elapsed())
        };
        tokio::spawn(async move {
            let mut looked = Looked::default();
            while !looked.is_over() {
                let (alive, took) = look("/health/live".to_owned()).await;
                looked.note_alive(alive, took);
                let (event, took) = look(format!("/events/{event}")).await;
                looked.note_read(event, took);
                tokio::time::sleep(LOOK_PAUSE).await;
            }
            looked
        })
    }

    async fn looked(&self, looking: JoinHandle<Looked>) -> Result<Looked, Error> {
        // It ends by itself, a moment after the trouble.
        looking.await.map_err(|error| Error::Failed(error.to_string()))
    }
}

/// What those saw who only looked on.
#[derive(Debug, Default)]
struct Looked {
    began: Option<Instant>,
    alive: usize,
    not_alive: usize,
    slowest_alive: Duration,
    read: usize,
    refused: usize,
    other: usize,
    slowest_read: Duration,
}

impl Looked {
    /// A little longer than the longest trouble.
    fn is_over(&mut self) -> bool {
        self.began.get_or_insert_with(Instant::now).elapsed() > HELD + Duration::from_secs(3)
    }

    fn note_alive(&mut self, status: Option<u16>, took: Duration) {
        if status == Some(200) {
            self.alive += 1
        } else {
            self.not_alive += 1
        }
        self.slowest_alive = self.slowest_alive.max(took);
    }

    fn note_read(&mut self, status: Option<u16>, took: Duration) {
        match status {
            Some(200) => self.read += 1,
            Some(503) => self.refused += 1,
            _ => self.other += 1,
        }
        self.slowest_read = self.slowest_read.max(took);
    }

    fn words(&self) -> String {
        format!(
            "health answered {} times (slowest {:?}), not {}; the event was read {} times, refused with 503 {} times \
             (slowest {:?}), otherwise {}",
            self.alive, self.slowest_alive, self.not_alive, self.read, self.refused, self.slowest_read, self.other
        )
    }

    fn judge(&self, untrue: &mut Untrue) {
        if self.not_alive > 0 || self.other > 0 || self.read == 0 {
            untrue.add(|| format!("those who looked on: {}", self.words()));
        }
    }
}

fn memory(pid: u32, field: &str) -> Result<f64, Error> {
    let path = format!("/proc/{pid}/status");
    let status = fs::read_to_string(&path).map_err(Error::io(path))?;
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    Ok(kilobytes.ok_or_else(|| Error::Failed(format!("{field} is not known")))? / 1_024.0)
}

/// To the postmaster and all its processes.
fn signal(postmaster: u32, signal: Signal) -> Result<(), Error> {
    let children = fs::read_dir("/proc").map_err(Error::io("/proc"))?.filter_map(|entry| {
        let pid: u32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        let parent: u32 = stat.rsplit(") ").next()?.split(' ').nth(1)?.parse().ok()?;
        (parent == postmaster).then_some(pid)
    });
    for pid in std::iter::once(postmaster).chain(children) {
        if let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) {
            // One that has ended meanwhile needs no signal.
            let _ = kill_process(pid, signal);
        }
    }
    Ok(())
}
