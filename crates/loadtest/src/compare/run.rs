//! Everything beside what it is compared with, interleaved, in several rounds on one private cluster.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use tokio::task::JoinHandle;

use crate::compare::baselines;
use crate::compare::figures::Figures;
use crate::crowd::people::{Account, People};
use crate::crowd::play::{self, Played};
use crate::crowd::reads::{Asked, Reads};
use crate::crowd::streams::{self, Standing, Streams};
use crate::crowd::target::Target;
use crate::crowd::untrue::Untrue;
use crate::error::Error;
use crate::machine::arena::{Arena, Server};
use crate::sale::checks;
use crate::sale::give_ups::{self, GiveUps};
use crate::sale::results::{Sold, rate};
use crate::sale::script::{Plan, Sale};

use crate::compare::wanted::{
    ALIVE, ALONE_WITH_LINE, BESIDE_LINE, BESIDE_OTHERS, BULK, CLASSIC, CLASSIC_BEST, CLASSIC_MEAN, CLIENTS_OF_MEAN,
    Company, Compared, EDGE, EMPTY_TABLE, EVENT, EVENTS, GIVE_UPS, P99, QUARTERS, ROWS, Row, SALE, SALE_AS_GIVE_UPS,
    SALES, USUAL, compared,
};

/// One in ten sends the request twice.
const REPEATS_PERCENT: usize = 10;

/// How long each baseline and each kind of read is measured.
const TIME: Duration = Duration::from_secs(4);

/// Rows of the bulk insert.
const BULK_ROWS: usize = 200_000;

/// Registrations of others, beside which a new event is sold.
const ROWS_OF_OTHERS: usize = 1_000_000;

/// People who wait, and how many buy in the meantime; how often one of them asks where: 1,000 times a second, together.
const LINE: usize = 30_000;
const BUYERS_BESIDE_LINE: usize = 25_000;
const ASKERS: usize = 100;
const ASKERS_PAUSE: Duration = Duration::from_millis(100);

/// People who give their seat up at once, and as many who wait.
const GIVING_UP: usize = 10_000;

/// Streams that are open during a sale.
const STREAMS: usize = 2_000;

/// People who sign in at once, again and again, for so long, and how many there are: more than the server hashes for.
const SIGNING_IN: usize = 100;
const SIGNING_IN_FOR: Duration = Duration::from_secs(15);
const ACCOUNTS: usize = 400;

/// Events that are hot at once, and the seats of each.
const MANY_EVENTS: usize = 1_000;

/// A sale that nobody measures: a server that has just started is slower.
const WARM_UP: (usize, usize) = (200, 2_000);

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

/// Measures all rows whose name has `only` in it, so many rounds.
///
/// # Errors
/// Whatever keeps a figure from being measured. Untrue answers are no error here: they are told with the result.
pub async fn compare(program: PathBuf, rounds: usize, only: &str, tell: impl Fn(&str)) -> Result<Comparison, Error> {
    if !ROWS.iter().any(|row| row.what.contains(only)) {
        return Err(Error::Failed(format!("no row has {only:?} in its name")));
    }
    let arena = Arena::open(program)?;
    let house = Crowded::open(&arena, "house", LINE + 3 * BUYERS_BESIDE_LINE).await?;
    let accounts = Account::open(&house.server.target, ACCOUNTS).await?;
    let (figures, untrue) = (Figures::default(), Untrue::default());
    let mut run = Run { arena: &arena, house, accounts, crowded: None, only, figures, untrue, tell: &tell };
    baselines::prepare_classic(&arena, "postgres")?;
    if run.wants(BESIDE_OTHERS) {
        tell("a million registrations of others");
        run.crowded = Some(crowded(&arena).await?);
    }
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

/// A server, and people who may book there.
#[derive(Clone)]
struct Crowded {
    server: Arc<Server>,
    people: Arc<People>,
}

impl Crowded {
    async fn open(arena: &Arena, database: &str, people: usize) -> Result<Self, Error> {
        let server = Arc::new(arena.serve(database).await?);
        let people = Arc::new(People::gather(&server.target, people).await?);
        Ok(Self { server, people })
    }
}

/// Where others have booked before, and nobody has analyzed the tables since.
async fn crowded(arena: &Arena) -> Result<Crowded, Error> {
    let crowded = Crowded::open(arena, "crowded", USUAL.1).await?;
    for table in ["registrations", "events", "users", "event_decisions"] {
        baselines::sql(arena, "crowded", &format!("alter table {table} set (autovacuum_enabled = false)"))?;
    }
    baselines::bulk(arena, "crowded", 0, ROWS_OF_OTHERS)?;
    Ok(crowded)
}

struct Run<'a, T> {
    arena: &'a Arena,
    house: Crowded,
    accounts: Vec<Account>,
    crowded: Option<Crowded>,
    only: &'a str,
    figures: Figures,
    untrue: Untrue,
    tell: &'a T,
}

impl<T: Fn(&str)> Run<'_, T> {
    /// What is compared is measured right after the other. What is short, or changes as the tables grow, is measured
    /// before and after it.
    async fn round(&mut self, round: usize) -> Result<(), Error> {
        self.classic_and_sales(round).await?;
        self.reads().await?;
        self.size(round).await?;
        self.edge().await?;
        self.give_ups().await?;
        self.line().await?;
        self.company().await
    }

    /// Whether some row that is wanted is made of this figure.
    fn wants(&self, name: &str) -> bool {
        let is_made_of = |row: &&Row| row.value == name || row.base == name;
        self.only.is_empty() || ROWS.iter().filter(is_made_of).any(|row| row.what.contains(self.only))
    }

    fn add(&mut self, name: &'static str, value: f64) {
        self.figures.add(name, value);
        (self.tell)(&format!("    {name}: {value:.1}"));
    }

    /// What was written before is not written out in the middle of what is measured next.
    fn checkpoint(&self) -> Result<(), Error> {
        baselines::sql(self.arena, "postgres", "checkpoint").map(drop)
    }

    async fn classic_and_sales(&mut self, round: usize) -> Result<(), Error> {
        let mut best = None;
        for ((clients, classic), (in_flight, buyers, sale)) in CLASSIC.into_iter().zip(SALES) {
            self.classic(clients, classic, &mut best)?;
            self.sale_in_flight(in_flight, buyers, sale).await?;
        }
        if let Some(best) = best.filter(|_| self.wants(CLASSIC_BEST)) {
            self.add(CLASSIC_BEST, best);
        }
        let [.., (in_flight, buyers, sale), (more_in_flight, more_buyers, larger_sale)] = SALES;
        self.sale_in_flight(in_flight, buyers, sale).await?;
        if self.wants(BULK) {
            self.checkpoint()?;
            let rows = baselines::bulk(self.arena, "rows", round, BULK_ROWS)?;
            self.add(BULK, rows);
        }
        self.sale_in_flight(more_in_flight, more_buyers, larger_sale).await
    }

    fn classic(&mut self, clients: usize, name: &'static str, best: &mut Option<f64>) -> Result<(), Error> {
        let gives_mean = clients == CLIENTS_OF_MEAN && self.wants(CLASSIC_MEAN);
        if self.wants(name) || self.wants(CLASSIC_BEST) || gives_mean {
            self.checkpoint()?;
            let classic = baselines::classic(self.arena, "postgres", clients, TIME)?;
            self.add(name, classic.per_second);
            *best = Some(best.map_or(classic.per_second, |best| best.max(classic.per_second)));
            if gives_mean {
                self.add(CLASSIC_MEAN, classic.mean_milliseconds);
            }
        }
        Ok(())
    }

    async fn sale_in_flight(&mut self, in_flight: usize, buyers: usize, name: &'static str) -> Result<(), Error> {
        if self.wants(name) || (name == SALE && self.wants(P99)) {
            let sold = self.sale(&self.house.clone(), in_flight, buyers).await?;
            self.add(name, sold.bookings_per_second);
            if name == SALE {
                self.add(P99, sold.latency_milliseconds.p99);
            }
        }
        Ok(())
    }

    /// A sale of a new event, with a seat for everybody.
    async fn sale(&mut self, at: &Crowded, in_flight: usize, buyers: usize) -> Result<Sold, Error> {
        let events = at.server.target.publish_events(1, buyers).await?;
        self.sell(at, in_flight, Plan::new(events, &at.people, 0..buyers)).await
    }

    async fn usual_sale(&mut self) -> Result<f64, Error> {
        let sold = self.sale(&self.house.clone(), USUAL.0, USUAL.1).await?;
        (self.tell)(&format!("    (usual sale: {:.1})", sold.bookings_per_second));
        Ok(sold.bookings_per_second)
    }

    async fn sell(&mut self, at: &Crowded, in_flight: usize, plan: Plan) -> Result<Sold, Error> {
        self.checkpoint()?;
        let plan = plan.repeating(REPEATS_PERCENT);
        let played = play::play(at.server.target.address, in_flight, Sale::new(plan)).await?;
        let mut sold = self.check(&at.server.target, vec![played]).await?;
        sold.pop().ok_or_else(|| Error::Failed("a sale without a result".to_owned()))
    }

    async fn check(&mut self, target: &Target, sales: Vec<Played<Sale>>) -> Result<Vec<Sold>, Error> {
        let (sold, untrue) = checks::check(&mut target.database().await?, sales).await?;
        self.untrue.absorb(untrue);
        Ok(sold)
    }

    async fn reads(&mut self) -> Result<(), Error> {
        let event = self.house.server.target.publish_event(100).await?;
        let wanted = [(EVENT, format!("/events/{event}")), (EVENTS, "/events".to_owned())];
        let wanted: Vec<_> = wanted.into_iter().filter(|(name, _)| self.wants(name)).collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let mut alive = vec![self.read("/health/live").await?];
        for (name, path) in wanted {
            let rate = self.read(&path).await?;
            self.add(name, rate);
            alive.push(self.read("/health/live").await?);
        }
        self.add(ALIVE, mean(&alive));
        Ok(())
    }

    async fn read(&mut self, path: &str) -> Result<f64, Error> {
        let played = play::play(self.house.server.target.address, 100, Reads::new(Reads::get(path), TIME)).await?;
        self.untrue.absorb(played.script.untrue);
        Ok(rate(played.script.answers, played.took))
    }

    /// Whether it matters how much was sold before.
    async fn size(&mut self, round: usize) -> Result<(), Error> {
        if !self.wants(EMPTY_TABLE) && !self.wants(QUARTERS[0]) {
            return Ok(());
        }
        let fresh = Crowded::open(self.arena, &format!("fresh{round}"), 400_000).await?;
        self.sale(&fresh, WARM_UP.0, WARM_UP.1).await?;
        if let Some(crowded) = self.crowded.clone() {
            let before = self.sale(&crowded, USUAL.0, USUAL.1).await?;
            let empty = self.sale(&fresh, USUAL.0, USUAL.1).await?;
            let after = self.sale(&crowded, USUAL.0, USUAL.1).await?;
            self.add(EMPTY_TABLE, empty.bookings_per_second);
            self.add(BESIDE_OTHERS, mean(&[before.bookings_per_second, after.bookings_per_second]));
        }
        if self.wants(QUARTERS[0]) {
            let long = self.sale(&fresh, USUAL.0, 400_000).await?;
            let [first, .., last] = long.quarters_per_second;
            self.add(QUARTERS[0], first);
            self.add(QUARTERS[1], last);
        }
        Ok(())
    }

    async fn edge(&mut self) -> Result<(), Error> {
        if self.wants(EDGE[0]) {
            let (house, (in_flight, buyers)) = (self.house.clone(), USUAL);
            let events = house.server.target.publish_events(1, buyers / 2).await?;
            let sold = self.sell(&house, in_flight, Plan::new(events, &house.people, 0..buyers)).await?;
            self.add(EDGE[0], sold.confirmed_per_second);
            self.add(EDGE[1], sold.waitlisted_per_second);
        }
        Ok(())
    }

    async fn give_ups(&mut self) -> Result<(), Error> {
        if self.wants(GIVE_UPS) {
            let before = self.given_up().await?;
            let sold = self.sale(&self.house.clone(), GIVING_UP, USUAL.1).await?;
            let after = self.given_up().await?;
            self.add(SALE_AS_GIVE_UPS, sold.bookings_per_second);
            self.add(GIVE_UPS, mean(&[before, after]));
        }
        Ok(())
    }

    /// Everybody who has a seat gives it up, and as many wait for one.
    async fn given_up(&mut self) -> Result<f64, Error> {
        let house = self.house.clone();
        let target = &house.server.target;
        let event = target.publish_event(GIVING_UP).await?;
        self.sell(&house, USUAL.0, Plan::new([event], &house.people, 0..2 * GIVING_UP)).await?;
        self.checkpoint()?;
        let script = GiveUps::of(&mut target.database().await?, event, Arc::clone(&house.people)).await?;
        let played = play::play(target.address, GIVING_UP, script).await?;
        let (rate, untrue) = give_ups::check(&mut target.database().await?, played).await?;
        self.untrue.absorb(untrue);
        Ok(rate)
    }

    /// A sale that only adds to a line, alone and while those who were there before ask where they stand.
    async fn line(&mut self) -> Result<(), Error> {
        if !self.wants(BESIDE_LINE) {
            return Ok(());
        }
        let house = self.house.clone();
        let target = &house.server.target;
        let event = target.publish_event(1).await?;
        let join = |buyers| play::play(target.address, USUAL.0, Sale::new(Plan::new([event], &house.people, buyers)));
        let part = |number| {
            let from = LINE + number * BUYERS_BESIDE_LINE;
            from..from + BUYERS_BESIDE_LINE
        };
        let first = join(0..LINE).await?;
        self.checkpoint()?;
        let before = join(part(0)).await?;
        self.checkpoint()?;
        let line = Asked::OwnRegistrations(Arc::new(house.people.first(LINE)));
        let asking = play::play(target.address, ASKERS, Reads::paced(line, TIME, ASKERS_PAUSE));
        let asking = tokio::spawn(asking);
        tokio::time::sleep(TIME / 8).await;
        let beside = join(part(1)).await?;
        was_there_all_the_time(&asking)?;
        let asked = asking.await.map_err(|error| Error::Failed(error.to_string()))??;
        self.checkpoint()?;
        let after = join(part(2)).await?;
        let joined = |played: &Played<Sale>| rate(BUYERS_BESIDE_LINE, played.took);
        self.add(BESIDE_LINE, joined(&beside));
        self.add(ALONE_WITH_LINE, mean(&[joined(&before), joined(&after)]));
        self.add("own places asked for, around the sale", rate(asked.script.answers, TIME));
        self.untrue.absorb(asked.script.untrue);
        self.check(target, vec![first, before, beside, after]).await?;
        Ok(())
    }

    /// The usual sale with company, and alone before and after.
    async fn company(&mut self) -> Result<(), Error> {
        let wanted: Vec<_> = Company::ALL.into_iter().filter(|company| self.wants(company.name())).collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let mut before = self.usual_sale().await?;
        for company in wanted {
            let together = match company {
                Company::Streams => self.with_streams().await?,
                Company::Logins => self.with_logins().await?,
                Company::TwoServers => self.two_servers().await?,
                Company::ManyEvents => self.many_events().await?,
            };
            let after = self.usual_sale().await?;
            self.add(company.name(), together);
            self.add(company.alone(), mean(&[before, after]));
            before = after;
        }
        Ok(())
    }

    async fn with_streams(&mut self) -> Result<f64, Error> {
        let (house, (in_flight, buyers)) = (self.house.clone(), USUAL);
        let target = &house.server.target;
        let event = target.publish_event(buyers).await?;
        let streams = Streams::open(target.address, STREAMS, event).await?;
        let sold = self.sell(&house, in_flight, Plan::new([event], &house.people, 0..buyers)).await?;
        // The last word may take a gap.
        tokio::time::sleep(TIME / 4).await;
        let stands = Standing::of(&mut target.database().await?, event).await?;
        let watched = streams.close()?;
        streams::judge(&watched, stands, &mut self.untrue);
        let messages = watched.iter().map(|stream| stream.messages).max().unwrap_or_default();
        self.add("messages of a live stream, in that sale", f64::from(u32::try_from(messages).unwrap_or(u32::MAX)));
        Ok(sold.bookings_per_second)
    }

    async fn with_logins(&mut self) -> Result<f64, Error> {
        let logins = Reads::new(Asked::Session(self.accounts.clone()), SIGNING_IN_FOR);
        let storm = tokio::spawn(play::play(self.house.server.target.address, SIGNING_IN, logins));
        tokio::time::sleep(TIME / 8).await;
        let sold = self.sale(&self.house.clone(), USUAL.0, USUAL.1).await?;
        was_there_all_the_time(&storm)?;
        let storm = storm.await.map_err(|error| Error::Failed(error.to_string()))??.script;
        if storm.answers == 0 {
            self.untrue.add(|| "nobody could sign in".to_owned());
        }
        self.add("logins, during the storm", rate(storm.answers, SIGNING_IN_FOR));
        self.add("logins told to come back", rate(storm.refusals, SIGNING_IN_FOR));
        self.untrue.absorb(storm.untrue);
        Ok(sold.bookings_per_second)
    }

    async fn two_servers(&mut self) -> Result<f64, Error> {
        let (house, (in_flight, buyers)) = (self.house.clone(), USUAL);
        let server = Arc::new(self.arena.serve_beside("house").await?);
        let second = Crowded { server, people: Arc::clone(&house.people) };
        self.sale(&second, WARM_UP.0, WARM_UP.1).await?;
        let event = house.server.target.publish_event(buyers).await?;
        self.checkpoint()?;
        let half = |at: &Crowded, half| {
            let plan = Plan::new([event], &house.people, half).repeating(REPEATS_PERCENT);
            play::play(at.server.target.address, in_flight / 2, Sale::new(plan))
        };
        let (one, other) = tokio::try_join!(half(&house, 0..buyers / 2), half(&second, buyers / 2..buyers))?;
        let ended = (one.began + one.took).max(other.began + other.took);
        let began = one.began.min(other.began);
        self.check(&house.server.target, vec![one, other]).await?;
        Ok(rate(buyers, ended - began))
    }

    async fn many_events(&mut self) -> Result<f64, Error> {
        let (house, (in_flight, buyers)) = (self.house.clone(), USUAL);
        let events = house.server.target.publish_events(MANY_EVENTS, MANY_EVENTS).await?;
        let sold = self.sell(&house, in_flight, Plan::new(events, &house.people, 0..buyers)).await?;
        Ok(sold.bookings_per_second)
    }
}

/// What goes on beside a sale counts only if it did so until the end.
fn was_there_all_the_time<V>(beside: &JoinHandle<V>) -> Result<(), Error> {
    if beside.is_finished() {
        return Err(Error::Failed("the sale took longer than what was to go on beside it".to_owned()));
    }
    Ok(())
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / u32::try_from(values.len()).map_or(f64::INFINITY, f64::from)
}
