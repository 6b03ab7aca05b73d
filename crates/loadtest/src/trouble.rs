//! Load that the server must bear. In each trouble people try to buy; in the end everybody has an answer, every answer is
//! held against the tables, and a small sale shows that all is as it was, without a restart.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use domain::ids::EventId;
use tokio::task::JoinHandle;

use crate::arena::{Arena, Server};
use crate::crowd::{self, Played};
use crate::error::Error;
use crate::people::People;
use crate::sale::{self, Plan, Sale};
use crate::target::Target;
use crate::untrue::Untrue;

mod crowds;
mod databases;
mod onlookers;
mod watchers;

/// The database of it all.
const DATABASE: &str = "trouble";

/// Buyers in each trouble, and how many of them ask at once.
const BUYERS: usize = 60_000;
const IN_FLIGHT: usize = 1_000;

/// One in ten sends the request twice.
const REPEATS_PERCENT: usize = 10;

/// Buyers of the small sale afterwards, and how many of them ask at once.
const BUYERS_AFTERWARDS: usize = 2_000;
const IN_FLIGHT_AFTERWARDS: usize = 200;

/// The longest that a request may wait for an answer: what the shipped settings allow for waiting in the queue, for the
/// lock and for a statement, and some for this machine.
const ANSWER_BOUND: Duration = Duration::from_secs(30);

/// What the server must bear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    Standstill,
    Restart,
    Held,
    Waiting,
    FullQueue,
    Vanishing,
    TwoServers,
    UnreadStreams,
}

impl Trouble {
    const ALL: [Self; 8] = [
        Self::Standstill,
        Self::Restart,
        Self::Held,
        Self::Waiting,
        Self::FullQueue,
        Self::Vanishing,
        Self::TwoServers,
        Self::UnreadStreams,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Standstill => "PostgreSQL stands still for 15 s",
            Self::Restart => "PostgreSQL is restarted",
            Self::Held => "somebody else holds the event for 30 s",
            Self::Waiting => "10,000 requests wait for one event",
            Self::FullQueue => "the queue is full",
            Self::Vanishing => "clients vanish after sending",
            Self::TwoServers => "two servers sell one event, watched live on both",
            Self::UnreadStreams => "500 live streams are not read",
        }
    }
}

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

/// Goes through all troubles whose name has `only` in it, on one private cluster.
///
/// # Errors
/// Whatever keeps a trouble from being made. What the server did wrong is told with what was seen.
pub async fn bear(program: PathBuf, only: &str, tell: impl Fn(&Seen)) -> Result<Untrue, Error> {
    if !Trouble::ALL.into_iter().any(|trouble| trouble.name().contains(only)) {
        return Err(Error::Failed(format!("no trouble has {only:?} in its name")));
    }
    let arena = Arc::new(Arena::open(program)?);
    let server = arena.serve(DATABASE).await?;
    let people = Arc::new(People::gather(&server.target, BUYERS).await?);
    let stage = Stage { arena, server, people };
    let mut all = Untrue::default();
    for trouble in Trouble::ALL.into_iter().filter(|trouble| trouble.name().contains(only)) {
        let mut seen = Seen { trouble: trouble.name(), facts: Vec::new(), untrue: Untrue::default() };
        match trouble {
            Trouble::Standstill => stage.standstill(&mut seen).await?,
            Trouble::Restart => stage.restart(&mut seen).await?,
            Trouble::Held => stage.held(&mut seen).await?,
            Trouble::Waiting => stage.waiting(&mut seen).await?,
            Trouble::FullQueue => stage.full_queue(&mut seen).await?,
            Trouble::Vanishing => stage.vanishing(&mut seen).await?,
            Trouble::TwoServers => stage.two_servers(&mut seen).await?,
            Trouble::UnreadStreams => stage.unread_streams(&mut seen).await?,
        }
        stage.is_itself_again(&mut seen).await?;
        tell(&seen);
        all.absorb(seen.untrue);
    }
    Ok(all)
}

/// Where all of it takes place.
struct Stage {
    arena: Arc<Arena>,
    server: Server,
    people: Arc<People>,
}

/// A sale that goes on.
type Playing = JoinHandle<Result<Played<Sale>, Error>>;

impl Stage {
    fn target(&self) -> &Target {
        &self.server.target
    }

    /// A sale of a new event, with seats for half of its buyers.
    async fn sell(&self, buyers: usize, in_flight: usize) -> Result<(EventId, Playing), Error> {
        let event = self.target().publish_event(buyers / 2).await?;
        let plan = Plan::new([event], &self.people, 0..buyers).repeating(REPEATS_PERCENT).excusing_replays();
        Ok((event, play(self.target(), in_flight, plan)))
    }

    /// Waits until everybody has an answer, and holds all of them against the tables.
    async fn settle(&self, seen: &mut Seen, sales: Vec<Playing>) -> Result<Vec<sale::Sold>, Error> {
        let mut played = Vec::with_capacity(sales.len());
        for playing in sales {
            played.push(playing.await.map_err(|error| Error::Failed(error.to_string()))??);
        }
        let (sold, untrue) = sale::check(&mut self.target().database().await?, played).await?;
        seen.untrue.absorb(untrue);
        for sold in &sold {
            seen.facts.push(format!(
                "{} buyers: {} confirmed, {} waitlisted, {} a second; {} answers busy, {} unknown, {} connections broke, \
                 {} lost; the longest wait for an answer was {:.0} ms",
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
            if Duration::from_secs_f64(sold.longest_wait_milliseconds / 1_000.0) > ANSWER_BOUND {
                seen.untrue.add(|| format!("an answer took {:.0} ms", sold.longest_wait_milliseconds));
            }
        }
        Ok(sold)
    }

    /// A small sale, in which nobody has to ask again.
    async fn is_itself_again(&self, seen: &mut Seen) -> Result<(), Error> {
        let (ready, _) = self.target().get("/health/ready").await?;
        if ready != 200 {
            seen.untrue.add(|| format!("afterwards, /health/ready answered {ready}"));
        }
        let (_, playing) = self.sell(BUYERS_AFTERWARDS, IN_FLIGHT_AFTERWARDS).await?;
        for sold in self.settle(seen, vec![playing]).await? {
            let asked_again = sold.busy + sold.outcome_unknown + sold.broken_connections;
            if asked_again > 0 {
                seen.untrue.add(|| format!("afterwards, {asked_again} requests were not answered at once"));
            }
        }
        Ok(())
    }
}

fn play(target: &Target, in_flight: usize, plan: Plan) -> Playing {
    tokio::spawn(crowd::play(target.address, in_flight, Sale::new(plan)))
}
