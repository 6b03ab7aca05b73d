//! Everything beside what it is compared with, interleaved, in several rounds on one private cluster.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde_json::json;

use crate::arena::{Arena, Server};
use crate::baselines;
use crate::crowd::{self, Played};
use crate::error::Error;
use crate::figures::{Figures, Middle};
use crate::give_ups::{self, GiveUps};
use crate::people::People;
use crate::reads::{Asked, Reads};
use crate::sale::{self, Plan, Sale, Untrue};
use crate::streams::Streams;
use crate::target::Target;

/// One in ten sends the request twice.
const REPEATS_PERCENT: usize = 10;

/// How long each baseline and each kind of read is measured.
const TIME: Duration = Duration::from_secs(4);

/// Rows of the bulk insert.
const BULK_ROWS: usize = 200_000;

/// Registrations of others, beside which a new event is sold.
const ROWS_OF_OTHERS: usize = 1_000_000;

/// People who wait, and how often one of them asks where: 1,000 times a second, together.
const LINE: usize = 30_000;
const ASKERS: usize = 100;
const ASKERS_PAUSE: Duration = Duration::from_millis(100);

/// Streams that are open during a sale.
const STREAMS: usize = 2_000;

/// People who sign in at once, again and again.
const LOGINS: usize = 32;

/// The sale that others are compared with: in flight, buyers.
const USUAL: (usize, usize) = (1_000, 100_000);

/// In flight, buyers, and what it is called.
const SALES: [(usize, usize, &str); 5] = [
    (1, 2_000, "sale, 1 in flight"),
    (10, 10_000, "sale, 10 in flight"),
    (100, 50_000, "sale, 100 in flight"),
    (USUAL.0, USUAL.1, SALE),
    (3_000, 100_000, "sale, 3,000 in flight"),
];
const SALE: &str = "sale, 1,000 in flight";

const P99: &str = "sale, 1,000 in flight: p99 (ms)";
const CLASSIC: [(usize, &str); 3] =
    [(1, "classic, 1 client"), (8, "classic, 8 clients"), (100, "classic, 100 clients")];
const CLASSIC_BEST: &str = "classic, at its best";
const CLASSIC_MEAN: &str = "classic, 100 clients: mean (ms)";
const BULK: &str = "rows inserted by SQL alone";
const ALIVE: &str = "GET /health/live";

/// One line of the table: what is compared with what, and what is wanted of it.
struct Row {
    what: &'static str,
    value: &'static str,
    base: &'static str,
    at_least: f64,
    aim: f64,
    /// Whether less is better.
    is_time: bool,
}

const fn row(what: &'static str, value: &'static str, base: &'static str, at_least: f64, aim: f64) -> Row {
    Row { what, value, base, at_least, aim, is_time: false }
}

const ROWS: [Row; 18] = [
    row("sale, 1,000 in flight, to classic at 100 clients", SALE, "classic, 100 clients", 30.0, 50.0),
    row("sale, 1,000 in flight, to classic at its best", SALE, CLASSIC_BEST, 16.0, 25.0),
    row("sale, 100 in flight, to classic at its best", "sale, 100 in flight", CLASSIC_BEST, 9.0, 14.0),
    row("sale, 1 in flight, to classic at 1 client", "sale, 1 in flight", "classic, 1 client", 0.7, 1.1),
    row("sale, 1,000 in flight, to rows inserted by SQL alone", SALE, BULK, 0.6, 0.85),
    Row {
        is_time: true,
        ..row("p99 at 1,000 in flight, to classic's mean at 100 clients", P99, CLASSIC_MEAN, 0.6, 0.3)
    },
    row("new event beside 1,000,000 registrations, to an empty table", "beside others", "empty table", 0.9, 1.0),
    row("last quarter of 400,000 buyers, to the first", "last quarter", "first quarter", 0.9, 1.0),
    row("1,000 events hot at once, to one", "1,000 events", SALE, 0.12, 0.2),
    row("across the edge: waitlisted to confirmed per second", "edge: waitlisted", "edge: confirmed", 0.9, 1.0),
    row(
        "10,000 seats given up at once, to the sale at 10,000 in flight",
        "give-ups",
        "sale, 10,000 in flight",
        0.3,
        0.6,
    ),
    row("GET /events/{id}, to GET /health/live", "GET /events/{id}", ALIVE, 0.6, 0.8),
    row("GET /events, to GET /health/live", "GET /events", ALIVE, 0.6, 0.8),
    row(
        "sale while a line of 30,000 asks for its places, to alone",
        "sale beside the line",
        "sale, alone with a line",
        0.7,
        0.9,
    ),
    row("sale with 2,000 live streams, to none", "sale with streams", "sale, before streams", 0.8, 0.95),
    row("sale during a login storm, to alone", "sale with logins", "sale, before streams", 0.5, 0.8),
    row("two servers on one event, to one", "two servers", "sale, before streams", 0.8, 1.0),
    row("sale, 3,000 in flight, to 1,000", "sale, 3,000 in flight", SALE, 0.9, 1.0),
];

/// What came out.
#[derive(Serialize)]
pub struct Comparison {
    /// How often everything was measured.
    pub rounds: usize,
    /// PostgreSQL's version, and the settings that durability hangs on.
    pub postgres: String,
    /// Those settings.
    pub settings: Vec<(&'static str, String)>,
    /// Cores of this machine.
    pub cores: usize,
    /// What was measured, per second where it says nothing else, a value a round.
    pub figures: Figures,
    /// What one is to the other.
    pub rows: Vec<Compared>,
    /// Answers that were not true, promises that were broken, requests that were lost: how often, and the first of it.
    pub untrue: Untrue,
}

/// One line of the table.
#[derive(Serialize)]
pub struct Compared {
    /// What is compared.
    pub what: &'static str,
    /// The ratio.
    pub ratio: Middle,
    /// What it must be at least (at most, where it is a time).
    pub at_least: f64,
    /// What it should be.
    pub aim: f64,
    /// Whether the median is as it must be.
    pub is_reached: bool,
}

/// Measures everything, so many rounds.
///
/// # Errors
/// Whatever keeps a figure from being measured. Untrue answers are no error here: they are told with the result.
pub async fn compare(program: PathBuf, rounds: usize, tell: impl Fn(&str)) -> Result<Comparison, Error> {
    let arena = Arena::open(program)?;
    let mut run = Run {
        figures: Figures::default(),
        untrue: Untrue::default(),
        house: Crowded::open(&arena, "house", 110_000).await?,
        crowded: Crowded::open(&arena, "crowded", USUAL.1).await?,
        arena: &arena,
        tell: &tell,
    };
    baselines::prepare_classic(&arena, "postgres")?;
    tell("a million registrations of others");
    for table in ["registrations", "events", "users", "event_decisions"] {
        baselines::sql(&arena, "crowded", &format!("alter table {table} set (autovacuum_enabled = false)"))?;
    }
    baselines::bulk(&arena, "crowded", 0, ROWS_OF_OTHERS)?;
    drop(arena.serve("rows").await?);
    for round in 1..=rounds {
        tell(&format!("round {round} of {rounds}"));
        run.round(round).await?;
    }
    let Run { figures, untrue, .. } = run;
    Ok(Comparison {
        rounds,
        postgres: arena.postgres_version()?,
        settings: arena.settings()?,
        cores: std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get),
        rows: ROWS.iter().filter_map(|row| compared(row, &figures)).collect(),
        figures,
        untrue,
    })
}

fn compared(row: &Row, figures: &Figures) -> Option<Compared> {
    let ratio = figures.ratio(row.value, row.base)?;
    let is_reached = if row.is_time { ratio.median <= row.at_least } else { ratio.median >= row.at_least };
    Some(Compared { what: row.what, ratio, at_least: row.at_least, aim: row.aim, is_reached })
}

/// A server, and people who may book there.
struct Crowded {
    server: Server,
    people: Arc<People>,
}

impl Crowded {
    async fn open(arena: &Arena, database: &str, people: usize) -> Result<Self, Error> {
        let server = arena.serve(database).await?;
        let people = Arc::new(People::gather(&server.target, people).await?);
        Ok(Self { server, people })
    }
}

struct Run<'a, T> {
    arena: &'a Arena,
    house: Crowded,
    crowded: Crowded,
    figures: Figures,
    untrue: Untrue,
    tell: &'a T,
}

impl<T: Fn(&str)> Run<'_, T> {
    async fn round(&mut self, round: usize) -> Result<(), Error> {
        let target = self.house.server.target.clone();
        let people = Arc::clone(&self.house.people);
        self.baselines(round).await?;
        for (in_flight, buyers, name) in SALES {
            let result = self.sale(&target, &people, in_flight, buyers, buyers, 1).await?;
            self.add(name, result.bookings_per_second);
            if name == SALE {
                self.add(P99, result.latency_milliseconds.p99);
            }
        }
        self.reads(&target).await?;
        self.size(round).await?;
        let many = self.sale(&target, &people, USUAL.0, USUAL.1, 1_000, 1_000).await?;
        self.add("1,000 events", many.bookings_per_second);
        let edge = self.sale(&target, &people, USUAL.0, USUAL.1, USUAL.1 / 2, 1).await?;
        self.add("edge: confirmed", edge.confirmed_per_second);
        self.add("edge: waitlisted", edge.waitlisted_per_second);
        self.give_ups(&target, &people).await?;
        self.line(&target, &people).await?;
        self.company(&target, &people).await
    }

    fn add(&mut self, name: &'static str, value: f64) {
        self.figures.add(name, value);
        (self.tell)(&format!("    {name}: {value:.1}"));
    }

    async fn baselines(&mut self, round: usize) -> Result<(), Error> {
        let mut best = 0.0_f64;
        for (clients, name) in CLASSIC {
            let classic = baselines::classic(self.arena, "postgres", clients, TIME)?;
            self.add(name, classic.per_second);
            best = best.max(classic.per_second);
            if clients == 100 {
                self.add(CLASSIC_MEAN, classic.mean_milliseconds);
            }
        }
        self.add(CLASSIC_BEST, best);
        let rows = baselines::bulk(self.arena, "rows", round, BULK_ROWS)?;
        self.add(BULK, rows);
        Ok(())
    }

    /// A sale of new events by the first of these people.
    async fn sale(
        &mut self,
        target: &Target,
        people: &Arc<People>,
        in_flight: usize,
        buyers: usize,
        seats: usize,
        events: usize,
    ) -> Result<sale::Result, Error> {
        let events = target.publish_events(events, seats).await?;
        let plan = Plan {
            events,
            people: Arc::clone(people),
            first: 0,
            buyers,
            repeats_percent: REPEATS_PERCENT,
            progress: Arc::default(),
        };
        self.play_sale(target, in_flight, plan).await
    }

    async fn play_sale(&mut self, target: &Target, in_flight: usize, plan: Plan) -> Result<sale::Result, Error> {
        let played = crowd::play(target.address, in_flight, Sale::new(plan)).await?;
        let mut results = self.check(target, vec![played]).await?;
        results.pop().ok_or_else(|| Error::Failed("a sale without a result".to_owned()))
    }

    async fn check(&mut self, target: &Target, sales: Vec<Played<Sale>>) -> Result<Vec<sale::Result>, Error> {
        let (results, untrue) = sale::check(&mut target.database().await?, sales).await?;
        self.untrue.absorb(untrue);
        Ok(results)
    }

    async fn reads(&mut self, target: &Target) -> Result<(), Error> {
        let event = target.publish_event(100).await?;
        let paths = [(ALIVE, "/health/live".to_owned()), ("GET /events/{id}", format!("/events/{event}"))];
        for (name, path) in paths.into_iter().chain([("GET /events", "/events".to_owned())]) {
            let rate = self.read(target, 100, Reads::new(Reads::get(&path), TIME)).await?;
            self.add(name, rate);
        }
        Ok(())
    }

    async fn read(&mut self, target: &Target, in_flight: usize, reads: Reads) -> Result<f64, Error> {
        let played = crowd::play(target.address, in_flight, reads).await?;
        self.untrue.absorb(played.script.untrue);
        Ok(sale::rate(played.script.answers, played.took))
    }

    /// Whether it matters how much was sold before.
    async fn size(&mut self, round: usize) -> Result<(), Error> {
        let fresh = Crowded::open(self.arena, &format!("fresh{round}"), 400_000).await?;
        let (in_flight, buyers) = USUAL;
        let empty = self.sale(&fresh.server.target, &fresh.people, in_flight, buyers, buyers, 1).await?;
        self.add("empty table", empty.bookings_per_second);
        let (target, people) = (self.crowded.server.target.clone(), Arc::clone(&self.crowded.people));
        let beside = self.sale(&target, &people, in_flight, buyers, buyers, 1).await?;
        self.add("beside others", beside.bookings_per_second);
        let long = self.sale(&fresh.server.target, &fresh.people, in_flight, 400_000, 400_000, 1).await?;
        let [first, .., last] = long.quarters_per_second;
        self.add("first quarter", first);
        self.add("last quarter", last);
        Ok(())
    }

    async fn give_ups(&mut self, target: &Target, people: &Arc<People>) -> Result<(), Error> {
        const SEATS: usize = 10_000;
        let result = self.sale(target, people, SEATS, USUAL.1, USUAL.1, 1).await?;
        self.add("sale, 10,000 in flight", result.bookings_per_second);
        let events = target.publish_events(1, SEATS).await?;
        let plan = Plan {
            events: events.clone(),
            people: Arc::clone(people),
            first: 0,
            buyers: 2 * SEATS,
            repeats_percent: 0,
            progress: Arc::default(),
        };
        self.play_sale(target, USUAL.0, plan).await?;
        for event in events {
            let script = GiveUps::of(&mut target.database().await?, event, Arc::clone(people)).await?;
            let played = crowd::play(target.address, SEATS, script).await?;
            let (rate, untrue) = give_ups::check(&mut target.database().await?, played).await?;
            self.untrue.absorb(untrue);
            self.add("give-ups", rate);
        }
        Ok(())
    }

    /// A sale that only adds to a line of 30,000, alone and while those ask where they stand.
    async fn line(&mut self, target: &Target, people: &Arc<People>) -> Result<(), Error> {
        let events = target.publish_events(1, 1).await?;
        let plan = |first, buyers| Plan {
            events: events.clone(),
            people: Arc::clone(people),
            first,
            buyers,
            repeats_percent: 0,
            progress: Arc::default(),
        };
        let first = crowd::play(target.address, USUAL.0, Sale::new(plan(0, LINE))).await?;
        let waiting = Arc::new(People {
            ids: people.ids.iter().copied().take(LINE).collect(),
            tokens: people.tokens.iter().take(LINE).cloned().collect(),
        });
        let alone = crowd::play(target.address, USUAL.0, Sale::new(plan(LINE, LINE))).await?;
        self.add("sale, alone with a line", sale::rate(LINE, alone.took));
        let asked = Reads::paced(Asked::OwnRegistrations(waiting), TIME, ASKERS_PAUSE);
        let asking = tokio::spawn(crowd::play(target.address, ASKERS, asked));
        tokio::time::sleep(TIME / 8).await;
        let beside = crowd::play(target.address, USUAL.0, Sale::new(plan(2 * LINE, LINE))).await?;
        self.add("sale beside the line", sale::rate(LINE, beside.took));
        let asked = asking.await.map_err(|error| Error::Failed(error.to_string()))??;
        self.add("own places asked for", sale::rate(asked.script.answers, asked.took));
        self.untrue.absorb(asked.script.untrue);
        self.check(target, vec![first, alone, beside]).await?;
        Ok(())
    }

    /// Sales while something else goes on.
    async fn company(&mut self, target: &Target, people: &Arc<People>) -> Result<(), Error> {
        let (in_flight, buyers) = USUAL;
        let alone = self.sale(target, people, in_flight, buyers, buyers, 1).await?;
        self.add("sale, before streams", alone.bookings_per_second);

        let event = target.publish_event(buyers).await?;
        let streams = Streams::open(target.address, STREAMS, event).await?;
        let plan = Plan {
            events: vec![event],
            people: Arc::clone(people),
            first: 0,
            buyers,
            repeats_percent: REPEATS_PERCENT,
            progress: Arc::default(),
        };
        let watched = self.play_sale(target, in_flight, plan).await?;
        self.add("sale with streams", watched.bookings_per_second);
        let seen = streams.close();
        if seen.ended_early > 0 {
            self.untrue.add(|| format!("{} streams ended during the sale", seen.ended_early));
        }
        self.add("live messages in that sale", f64::from(u32::try_from(seen.messages).unwrap_or(u32::MAX)));

        let logins = Reads::post("/auth/login", &json!({ "email": "alice@student.com", "password": "user123" }));
        let storm = tokio::spawn(crowd::play(target.address, LOGINS, Reads::new(logins, 3 * TIME)));
        tokio::time::sleep(TIME / 8).await;
        let stormy = self.sale(target, people, in_flight, buyers, buyers, 1).await?;
        self.add("sale with logins", stormy.bookings_per_second);
        let storm = storm.await.map_err(|error| Error::Failed(error.to_string()))??;
        self.add("logins beside", sale::rate(storm.script.answers, storm.took));
        self.untrue.absorb(storm.script.untrue);
        self.two_servers(target, people).await
    }

    async fn two_servers(&mut self, target: &Target, people: &Arc<People>) -> Result<(), Error> {
        let (in_flight, buyers) = USUAL;
        let second = self.arena.serve_beside("house").await?;
        let events = target.publish_events(1, buyers).await?;
        let half = |first| Plan {
            events: events.clone(),
            people: Arc::clone(people),
            first,
            buyers: buyers / 2,
            repeats_percent: REPEATS_PERCENT,
            progress: Arc::default(),
        };
        let (one, other) = tokio::try_join!(
            crowd::play(target.address, in_flight / 2, Sale::new(half(0))),
            crowd::play(second.target.address, in_flight / 2, Sale::new(half(buyers / 2))),
        )?;
        let ended = (one.began + one.took).max(other.began + other.took);
        let started = one.began.min(other.began);
        self.add("two servers", sale::rate(buyers, ended - started));
        self.check(target, vec![one, other]).await?;
        Ok(())
    }
}
