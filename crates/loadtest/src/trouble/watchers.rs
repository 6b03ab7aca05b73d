//! People who watch live, and some who do not read what they are told.

use std::time::{Duration, Instant};

use domain::ids::EventId;

use crate::crowd::streams::{self, Standing, Streams, Watched, open_unread};
use crate::error::Error;
use crate::sale::script::Plan;
use crate::trouble::onlookers::Onlooker;
use crate::trouble::stage::{BUYERS, IN_FLIGHT, REPEATS_PERCENT, Seen, Stage, play};

/// How long news may take to be told everywhere.
const NEWS_WITHIN: Duration = Duration::from_secs(2);

/// Messages about one event that a stream gets in a second at most: some ten, and what a busy machine piles up.
const MESSAGES_A_SECOND_MAX: u64 = 15;

/// Streams that nobody reads, each on so many events: more than fits on the way.
const UNREAD: usize = 500;
const EVENTS_OF_UNREAD: usize = 100;

/// Streams that are read beside them.
const READ: usize = 100;

/// By when a client that takes nothing has been cut off: as the server ships, and some.
const CUT_OFF_WITHIN: Duration = Duration::from_secs(60);

const POLL: Duration = Duration::from_millis(200);

impl Stage {
    /// Closes these streams on an event about which nothing is decided any more; each must have been told how it stands.
    pub(super) async fn watched(&self, seen: &mut Seen, event: EventId, streams: Vec<Streams>) -> Result<(), Error> {
        tokio::time::sleep(NEWS_WITHIN).await;
        let stands = Standing::of(&mut self.target().database().await?, event).await?;
        let watched: Vec<Watched> =
            streams.into_iter().map(Streams::close).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
        streams::judge(&watched, stands, &mut seen.untrue);
        let most = watched.iter().map(|stream| stream.most_in_a_second).max().unwrap_or_default();
        let messages = watched.iter().map(|stream| stream.messages).max().unwrap_or_default();
        seen.facts.push(format!(
            "{} streams were told of {} decisions in {messages} messages at most, {most} in one second at most",
            watched.len(),
            stands.last_decision
        ));
        if most > MESSAGES_A_SECOND_MAX {
            seen.untrue.add(|| format!("{most} messages about one event in one second"));
        }
        Ok(())
    }

    /// Streams that nobody reads, during a sale.
    pub(super) async fn unread_streams(&self, seen: &mut Seen) -> Result<(), Error> {
        let target = self.target();
        let (_, alone) = self.sell(BUYERS, IN_FLIGHT).await?;
        self.settle(seen, vec![alone]).await?;
        let mut events = target.publish_events(EVENTS_OF_UNREAD - 1, 1).await?;
        let event = target.publish_event(BUYERS / 2).await?;
        events.push(event);
        let (unread, since) = (open_unread(target.address, UNREAD, &events).await?, Instant::now());
        let streams = vec![Streams::open(target.address, READ, event).await?];
        let onlooker = Onlooker::of(target.address, event);
        let plan = Plan::new([event], &self.people, 0..BUYERS).repeating(REPEATS_PERCENT);
        for sold in self.settle(seen, vec![play(target, IN_FLIGHT, plan)]).await? {
            if sold.busy + sold.outcome_unknown + sold.broken_connections > 0 {
                seen.untrue.add(|| "streams that nobody reads kept buyers from their answer".to_owned());
            }
        }
        self.watched(seen, event, streams).await?;
        onlooker.leave(seen).await?;
        // Those who asked how many there are have a connection, too.
        let mut left = UNREAD;
        while left > 1 && since.elapsed() < CUT_OFF_WITHIN {
            tokio::time::sleep(POLL).await;
            left = target.gauge("onsale_http_connections").await?;
        }
        seen.facts.push(format!("after {:.0} s {left} connections were left", since.elapsed().as_secs_f64()));
        if left > 1 {
            seen.untrue.add(|| "streams that nobody reads were not cut off".to_owned());
        }
        drop(unread);
        Ok(())
    }
}
