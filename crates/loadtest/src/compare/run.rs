//! The comparison: sales and baselines, interleaved, in several rounds on one private cluster.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use tokio::task::JoinHandle;

use crate::compare::baselines;
use crate::compare::figures::Figures;
use crate::compare::rows::{
    ALIVE, AROUND_FLOOD, BEFORE, BESIDE_OTHERS, BULK, CANCELLATIONS, CLASSIC, CLASSIC_BEST, CLASSIC_MEAN,
    CLIENTS_OF_MEAN, COMMIT, EDGE, EMPTY, EMPTY_TABLE, EVENT, EVENTS, IN_FLOOD, LIMIT, P99, QUARTERS, ROWS, Row,
    RowResult, SALE, SALE_AS_CANCELLATIONS, SALES, THIS, USUAL, WITH_READERS, WITHOUT_READERS, processors_limit,
    row_result,
};
use crate::compare::sites::{Before, Crowded, REPEATS_PERCENT, Site, WARM_UP, has_ticket_types, mean};
use crate::crowd::findings::Findings;
use crate::crowd::numbers::{as_number, per_second};
use crate::crowd::people::Account;
use crate::crowd::play::{self, Played};
use crate::crowd::request_loop::{Request, RequestLoop};
use crate::crowd::target::Target;
use crate::error::Error;
use crate::machine::test_bed::TestBed;
use crate::sale::cancellations::{self, Cancellations};
use crate::sale::checks;
use crate::sale::results::SaleResult;
use crate::sale::script::{Plan, Sale};

/// How long each baseline and each kind of read is measured.
pub(super) const MEASURED_FOR: Duration = Duration::from_secs(4);

/// Connections that ask for made-up events and searches, and the pause of each: 400 requests a second.
const FLOOD: (usize, Duration) = (40, Duration::from_millis(100));

/// Rows of the bulk insert.
const BULK_ROWS: usize = 200_000;

/// Registrations of other events, in the table in which a new event is sold.
const OTHER_REGISTRATIONS: usize = 1_000_000;

/// People on a waitlist, and buyers who join it in each sale. Meanwhile some of those on it ask for their
/// registrations, together 1,000 times a second.
const WAITLIST: usize = 30_000;
const BUYERS_WITH_WAITLIST: usize = 25_000;
const READERS: usize = 100;
const READERS_PAUSE: Duration = Duration::from_millis(100);

/// People who cancel at once, and as many on the waitlist.
const CANCELLING: usize = 10_000;

/// Accounts that sign in during a sale.
const ACCOUNTS: usize = 400;

/// The result of a comparison.
#[derive(Serialize)]
pub struct Comparison {
    /// How often everything was measured.
    pub rounds: usize,
    /// PostgreSQL's version.
    pub postgres: String,
    /// The settings that make a commit durable.
    pub settings: Vec<(&'static str, String)>,
    /// The cores of this machine.
    pub cores: usize,
    /// How long PostgreSQL takes for a commit by itself, in milliseconds.
    pub commit_milliseconds: f64,
    /// All figures, per second unless the name says otherwise.
    pub figures: Figures,
    /// The table of ratios.
    pub rows: Vec<RowResult>,
    /// Faults of the server.
    #[serde(rename = "untrue")]
    pub findings: Findings,
}

/// Measures all rows whose name contains `only`, in a number of rounds. `before` is a program of an earlier release to
/// measure beside. `report` gets a line for each step.
///
/// # Errors
/// Any error that prevents a measurement. Faults of the server are no error: they are in the result.
pub async fn compare(
    program: PathBuf,
    before: Option<PathBuf>,
    rounds: usize,
    only: &str,
    report: impl Fn(&str),
) -> Result<Comparison, Error> {
    let is_measured = |row: &&Row| row.what.contains(only) && (before.is_some() || row.value != THIS);
    if !ROWS.iter().any(|row| is_measured(&row)) {
        return Err(Error::Failed(format!("no row's name contains {only:?}, of those that can be measured")));
    }
    let test_bed = TestBed::open(program)?;
    let site = Site::open(&test_bed, "main", WAITLIST + 3 * BUYERS_WITH_WAITLIST).await?;
    if !has_ticket_types(&test_bed, "main")? {
        let why = "this program's tables are from before ticket types: measure it by --before, beside a later one";
        return Err(Error::Failed(why.to_owned()));
    }
    let accounts = Account::create(&site.server.target, ACCOUNTS).await?;
    let (figures, findings) = (Figures::default(), Findings::default());
    let mut run = Run {
        test_bed: &test_bed,
        site,
        accounts,
        before: None,
        populated: None,
        crowded: None,
        only,
        figures,
        findings,
        report: &report,
    };
    match before {
        Some(program) if run.needs(BEFORE) => run.before = Some(Before::open(&test_bed, program, &report).await?),
        Some(_) => {}
        None => report("without --before, the row to the program before is left out"),
    }
    run.sale(&run.site.clone(), WARM_UP.0, WARM_UP.1).await?;
    baselines::prepare_classic(&test_bed, "postgres")?;
    if run.needs(BESIDE_OTHERS) {
        report("inserting a million registrations of other events");
        run.populated = Some(populated(&test_bed).await?);
    }
    drop(test_bed.serve("rows").await?);
    for round in 1..=rounds {
        report(&format!("round {round} of {rounds}"));
        run.round(round).await?;
    }
    let Run { figures, findings, .. } = run;
    Ok(Comparison {
        rounds,
        postgres: test_bed.postgres_version()?,
        settings: test_bed.settings()?,
        cores: cores(),
        commit_milliseconds: figures.spread(COMMIT).map_or(f64::NAN, |spread| spread.median),
        rows: ROWS.iter().filter_map(|row| row_result(row, &figures)).collect(),
        figures,
        findings,
    })
}

/// A comparison under way.
pub(super) struct Run<'a, T> {
    pub(super) test_bed: &'a TestBed,
    pub(super) site: Site,
    pub(super) accounts: Vec<Account>,
    pub(super) before: Option<Before>,
    populated: Option<Site>,
    pub(super) crowded: Option<Crowded>,
    only: &'a str,
    figures: Figures,
    pub(super) findings: Findings,
    pub(super) report: &'a T,
}

impl<T: Fn(&str)> Run<'_, T> {
    /// The two figures of a ratio are measured one right after the other. A figure that is short, or that changes as
    /// the tables grow, is measured before and after the other.
    async fn round(&mut self, round: usize) -> Result<(), Error> {
        self.checkpoint()?;
        self.add(COMMIT, baselines::commit_milliseconds(self.test_bed, "postgres")?);
        self.classic_and_sales(round).await?;
        self.in_turn().await?;
        self.reads().await?;
        self.flood().await?;
        self.table_size(round).await?;
        self.edge().await?;
        self.cancellations().await?;
        self.waitlist().await?;
        self.variations().await?;
        self.waves().await?;
        self.crowded_event(round).await
    }

    /// Whether a row that was asked for needs this figure.
    pub(super) fn needs(&self, name: &str) -> bool {
        let uses = |row: &&Row| row.value == name || row.base == name;
        self.only.is_empty() || ROWS.iter().filter(uses).any(|row| row.what.contains(self.only))
    }

    pub(super) fn add(&mut self, name: &'static str, value: f64) {
        self.figures.add(name, value);
        let decimals = if value < 10.0 { 3 } else { 1 };
        (self.report)(&format!("    {name}: {value:.decimals$}"));
    }

    /// Writes out the changes of earlier steps, so that PostgreSQL does not do so during the next measurement.
    pub(super) fn checkpoint(&self) -> Result<(), Error> {
        self.test_bed.sql("postgres", "checkpoint").map(drop)
    }

    async fn classic_and_sales(&mut self, round: usize) -> Result<(), Error> {
        let mut best = None;
        for ((clients, classic), (in_flight, buyers, sale)) in CLASSIC.into_iter().zip(SALES) {
            self.classic(clients, classic, &mut best)?;
            self.sale_in_flight(in_flight, buyers, sale).await?;
        }
        if let Some(best) = best.filter(|_| self.needs(CLASSIC_BEST)) {
            self.add(CLASSIC_BEST, best);
        }
        let [.., (in_flight, buyers, sale), (more_in_flight, more_buyers, larger_sale)] = SALES;
        self.sale_in_flight(in_flight, buyers, sale).await?;
        if self.needs(BULK) || self.needs(LIMIT) {
            self.checkpoint()?;
            let rows = baselines::bulk(self.test_bed, "rows", round, BULK_ROWS)?;
            self.add(BULK, rows);
            if self.needs(LIMIT) {
                let requests = self.read("/health/live").await?;
                self.add(EMPTY, requests);
                self.add(LIMIT, processors_limit(as_number(cores()), rows, requests));
            }
        }
        self.sale_in_flight(more_in_flight, more_buyers, larger_sale).await
    }

    fn classic(&mut self, clients: usize, name: &'static str, best: &mut Option<f64>) -> Result<(), Error> {
        let gives_mean = clients == CLIENTS_OF_MEAN && self.needs(CLASSIC_MEAN);
        if self.needs(name) || self.needs(CLASSIC_BEST) || gives_mean {
            self.checkpoint()?;
            let classic = baselines::classic(self.test_bed, "postgres", clients, MEASURED_FOR)?;
            self.add(name, classic.per_second);
            *best = Some(best.map_or(classic.per_second, |best| best.max(classic.per_second)));
            if gives_mean {
                self.add(CLASSIC_MEAN, classic.mean_milliseconds);
            }
        }
        Ok(())
    }

    async fn sale_in_flight(&mut self, in_flight: usize, buyers: usize, name: &'static str) -> Result<(), Error> {
        if self.needs(name) || (name == SALE && self.needs(P99)) {
            let sold = self.sale(&self.site.clone(), in_flight, buyers).await?;
            self.add(name, sold.bookings_per_second);
            if name == SALE {
                self.add(P99, sold.latency_milliseconds.p99);
            }
        }
        Ok(())
    }

    /// A sale of a new event, with a seat for everybody.
    pub(super) async fn sale(&mut self, at: &Site, in_flight: usize, buyers: usize) -> Result<SaleResult, Error> {
        let events = at.server.target.publish_events(1, buyers).await?;
        self.sell(at, in_flight, Plan::new(events, &at.people, 0..buyers)).await
    }

    pub(super) async fn usual_sale(&mut self) -> Result<f64, Error> {
        let sold = self.sale(&self.site.clone(), USUAL.0, USUAL.1).await?;
        (self.report)(&format!("    (usual sale: {:.1})", sold.bookings_per_second));
        Ok(sold.bookings_per_second)
    }

    pub(super) async fn sell(&mut self, at: &Site, in_flight: usize, plan: Plan) -> Result<SaleResult, Error> {
        self.checkpoint()?;
        let plan = plan.repeating(REPEATS_PERCENT);
        let played = play::play(at.server.target.address, in_flight, Sale::new(plan)).await?;
        let mut sold = self.check(&at.server.target, vec![played]).await?;
        sold.pop().ok_or_else(|| Error::Failed("the sale has no result".to_owned()))
    }

    pub(super) async fn check(&mut self, target: &Target, sales: Vec<Played<Sale>>) -> Result<Vec<SaleResult>, Error> {
        let (sold, findings) = checks::check(&mut target.database().await?, sales).await?;
        self.findings.absorb(findings);
        Ok(sold)
    }

    async fn reads(&mut self) -> Result<(), Error> {
        let event = self.site.server.target.publish_event(100).await?;
        let needed = [(EVENT, format!("/events/{event}")), (EVENTS, "/events".to_owned())];
        let needed: Vec<_> = needed.into_iter().filter(|(name, _)| self.needs(name)).collect();
        if needed.is_empty() {
            return Ok(());
        }
        let mut alive = vec![self.read("/health/live").await?];
        for (name, path) in needed {
            let rate = self.read(&path).await?;
            self.add(name, rate);
            alive.push(self.read("/health/live").await?);
        }
        self.add(ALIVE, mean(&alive));
        Ok(())
    }

    /// Reads of the home page beside requests that the server's cache cannot know.
    async fn flood(&mut self) -> Result<(), Error> {
        if !self.needs(IN_FLOOD) {
            return Ok(());
        }
        let before = self.read("/events").await?;
        let (connections, pause) = FLOOD;
        let made_up = RequestLoop::paced(Request::MadeUp, 2 * MEASURED_FOR, pause);
        let flood = tokio::spawn(play::play(self.site.server.target.address, connections, made_up));
        tokio::time::sleep(MEASURED_FOR / 8).await;
        let beside = self.read("/events").await?;
        check_still_running(&flood)?;
        let flood = flood.await.map_err(|error| Error::Failed(error.to_string()))??.script;
        let after = self.read("/events").await?;
        self.add(IN_FLOOD, beside);
        self.add(AROUND_FLOOD, mean(&[before, after]));
        self.add("made-up requests answered, in the flood", per_second(flood.answers, 2 * MEASURED_FOR));
        self.findings.absorb(flood.findings);
        Ok(())
    }

    async fn read(&mut self, path: &str) -> Result<f64, Error> {
        let played =
            play::play(self.site.server.target.address, 100, RequestLoop::new(Request::get(path), MEASURED_FOR))
                .await?;
        self.findings.absorb(played.script.findings);
        Ok(per_second(played.script.answers, played.took))
    }

    /// Sales beside many earlier registrations.
    async fn table_size(&mut self, round: usize) -> Result<(), Error> {
        if !self.needs(EMPTY_TABLE) && !self.needs(QUARTERS[0]) {
            return Ok(());
        }
        let fresh = Site::open(self.test_bed, &format!("fresh{round}"), 400_000).await?;
        self.sale(&fresh, WARM_UP.0, WARM_UP.1).await?;
        if let Some(populated) = self.populated.clone() {
            let before = self.sale(&populated, USUAL.0, USUAL.1).await?;
            let empty = self.sale(&fresh, USUAL.0, USUAL.1).await?;
            let after = self.sale(&populated, USUAL.0, USUAL.1).await?;
            self.add(EMPTY_TABLE, empty.bookings_per_second);
            self.add(BESIDE_OTHERS, mean(&[before.bookings_per_second, after.bookings_per_second]));
        }
        if self.needs(QUARTERS[0]) {
            let long = self.sale(&fresh, USUAL.0, 400_000).await?;
            let [first, .., last] = long.quarters_per_second;
            self.add(QUARTERS[0], first);
            self.add(QUARTERS[1], last);
        }
        Ok(())
    }

    async fn edge(&mut self) -> Result<(), Error> {
        if self.needs(EDGE[0]) {
            let (site, (in_flight, buyers)) = (self.site.clone(), USUAL);
            let events = site.server.target.publish_events(1, buyers / 2).await?;
            let sold = self.sell(&site, in_flight, Plan::new(events, &site.people, 0..buyers)).await?;
            self.add(EDGE[0], sold.confirmed_per_second);
            self.add(EDGE[1], sold.waitlisted_per_second);
        }
        Ok(())
    }

    async fn cancellations(&mut self) -> Result<(), Error> {
        if self.needs(CANCELLATIONS) {
            let before = self.cancel_all().await?;
            let sold = self.sale(&self.site.clone(), CANCELLING, USUAL.1).await?;
            let after = self.cancel_all().await?;
            self.add(SALE_AS_CANCELLATIONS, sold.bookings_per_second);
            self.add(CANCELLATIONS, mean(&[before, after]));
        }
        Ok(())
    }

    /// Everybody with a seat cancels, and as many are on the waitlist.
    async fn cancel_all(&mut self) -> Result<f64, Error> {
        let site = self.site.clone();
        let target = &site.server.target;
        let event = target.publish_event(CANCELLING).await?;
        self.sell(&site, USUAL.0, Plan::new([event], &site.people, 0..2 * CANCELLING)).await?;
        self.checkpoint()?;
        let script = Cancellations::of(&mut target.database().await?, event, Arc::clone(&site.people)).await?;
        let played = play::play(target.address, CANCELLING, script).await?;
        let (rate, findings) = cancellations::check(&mut target.database().await?, played).await?;
        self.findings.absorb(findings);
        Ok(rate)
    }

    /// A sale that only adds to the waitlist: alone, and while those on it ask for their registrations.
    async fn waitlist(&mut self) -> Result<(), Error> {
        if !self.needs(WITH_READERS) {
            return Ok(());
        }
        let site = self.site.clone();
        let target = &site.server.target;
        let event = target.publish_event(1).await?;
        let join = |buyers| play::play(target.address, USUAL.0, Sale::new(Plan::new([event], &site.people, buyers)));
        let part = |number| {
            let from = WAITLIST + number * BUYERS_WITH_WAITLIST;
            from..from + BUYERS_WITH_WAITLIST
        };
        let first = join(0..WAITLIST).await?;
        self.checkpoint()?;
        let before = join(part(0)).await?;
        self.checkpoint()?;
        let waitlist = Request::OwnRegistrations(Arc::new(site.people.first(WAITLIST)));
        let reading = play::play(target.address, READERS, RequestLoop::paced(waitlist, MEASURED_FOR, READERS_PAUSE));
        let reading = tokio::spawn(reading);
        tokio::time::sleep(MEASURED_FOR / 8).await;
        let beside = join(part(1)).await?;
        check_still_running(&reading)?;
        let read = reading.await.map_err(|error| Error::Failed(error.to_string()))??;
        self.checkpoint()?;
        let after = join(part(2)).await?;
        let joined = |played: &Played<Sale>| per_second(BUYERS_WITH_WAITLIST, played.took);
        self.add(WITH_READERS, joined(&beside));
        self.add(WITHOUT_READERS, mean(&[joined(&before), joined(&after)]));
        self.add("own places asked for, around the sale", per_second(read.script.answers, MEASURED_FOR));
        self.findings.absorb(read.script.findings);
        self.check(target, vec![first, before, beside, after]).await?;
        Ok(())
    }
}

/// The processors that this program may use.
fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get)
}

/// Other load counts only if it lasted until the end of the measurement.
pub(super) fn check_still_running<V>(beside: &JoinHandle<V>) -> Result<(), Error> {
    if beside.is_finished() {
        return Err(Error::Failed("the measurement lasted longer than the load beside it".to_owned()));
    }
    Ok(())
}

/// A server whose tables hold a million registrations of other events and have not been analyzed since.
async fn populated(test_bed: &TestBed) -> Result<Site, Error> {
    let populated = Site::open(test_bed, "populated", USUAL.1).await?;
    for table in ["registrations", "events", "users", "event_decisions", "ticket_types", "prices"] {
        test_bed.sql("populated", &format!("alter table {table} set (autovacuum_enabled = false)"))?;
    }
    baselines::bulk(test_bed, "populated", 0, OTHER_REGISTRATIONS)?;
    Ok(populated)
}
