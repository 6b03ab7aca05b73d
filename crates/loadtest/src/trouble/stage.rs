//! Where troubles take place: a server and its people, sales, and what was seen.

use std::sync::Arc;
use std::time::Duration;

use domain::ids::EventId;
use tokio::task::JoinHandle;

use crate::crowd::people::People;
use crate::crowd::play::{self, Played};
use crate::crowd::target::Target;
use crate::crowd::untrue::Untrue;
use crate::error::Error;
use crate::machine::arena::{Arena, Server};
use crate::sale::checks;
use crate::sale::results::Sold;
use crate::sale::script::{Plan, Sale};

/// The database of it all.
pub(super) const DATABASE: &str = "trouble";

/// Buyers in each trouble, and how many of them ask at once.
pub(super) const BUYERS: usize = 60_000;
pub(super) const IN_FLIGHT: usize = 1_000;

/// One in ten sends the request twice.
pub(super) const REPEATS_PERCENT: usize = 10;

/// Buyers of the small sale afterwards, and how many of them ask at once.
const BUYERS_AFTERWARDS: usize = 2_000;
const IN_FLIGHT_AFTERWARDS: usize = 200;

/// The longest that a request may wait for an answer: what the shipped settings allow for waiting in the queue, for the
/// lock and for a statement, and some for this machine.
pub(super) const ANSWER_BOUND: Duration = Duration::from_secs(30);

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

/// Where all of it takes place.
pub(super) struct Stage {
    pub(super) arena: Arc<Arena>,
    pub(super) server: Server,
    pub(super) people: Arc<People>,
}

/// A sale that goes on.
pub(super) type Playing = JoinHandle<Result<Played<Sale>, Error>>;

impl Stage {
    pub(super) fn target(&self) -> &Target {
        &self.server.target
    }

    /// A sale of a new event, with seats for half of its buyers.
    pub(super) async fn sell(&self, buyers: usize, in_flight: usize) -> Result<(EventId, Playing), Error> {
        let event = self.target().publish_event(buyers / 2).await?;
        let plan = Plan::new([event], &self.people, 0..buyers).repeating(REPEATS_PERCENT).excusing_replays();
        Ok((event, play(self.target(), in_flight, plan)))
    }

    /// Waits until everybody has an answer, and holds all of them against the tables.
    pub(super) async fn settle(&self, seen: &mut Seen, sales: Vec<Playing>) -> Result<Vec<Sold>, Error> {
        let mut played = Vec::with_capacity(sales.len());
        for playing in sales {
            played.push(playing.await.map_err(|error| Error::Failed(error.to_string()))??);
        }
        let (sold, untrue) = checks::check(&mut self.target().database().await?, played).await?;
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
    pub(super) async fn is_itself_again(&self, seen: &mut Seen) -> Result<(), Error> {
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

pub(super) fn play(target: &Target, in_flight: usize, plan: Plan) -> Playing {
    tokio::spawn(play::play(target.address, in_flight, Sale::new(plan)))
}
