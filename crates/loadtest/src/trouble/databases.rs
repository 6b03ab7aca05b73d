//! A database that does not do its part, and somebody else who keeps it from that.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::ids::EventId;
use rustix::process::Signal;

use crate::error::Error;
use crate::machine::arena::Arena;
use crate::machine::processes::signal;
use crate::sale::script::Plan;
use crate::trouble::onlookers::Onlooker;
use crate::trouble::stage::{BUYERS, DATABASE, IN_FLIGHT, Playing, Seen, Stage, play};

/// How long PostgreSQL stands still, and how long somebody else holds the event.
const STANDSTILL: Duration = Duration::from_secs(15);
const HELD: Duration = Duration::from_secs(30);

/// After which the sale is well under way, and nowhere near its end.
const UNDER_WAY: Duration = Duration::from_millis(500);

/// For how long it is looked on when the cause has gone.
const AFTERWARDS: Duration = Duration::from_secs(2);

impl Stage {
    /// PostgreSQL is stopped in the middle of everything, and goes on.
    pub(super) async fn standstill(&self, seen: &mut Seen) -> Result<(), Error> {
        let (event, playing) = self.sell(BUYERS, IN_FLIGHT).await?;
        tokio::time::sleep(UNDER_WAY).await;
        let onlooker = Onlooker::of(self.target().address, event);
        let postmaster = self.arena.postmaster()?;
        signal(postmaster, Signal::STOP)?;
        is_under_way(&playing)?;
        tokio::time::sleep(STANDSTILL).await;
        signal(postmaster, Signal::CONT)?;
        tokio::time::sleep(AFTERWARDS).await;
        onlooker.leave(seen).await?;
        self.settle(seen, vec![playing]).await?;
        Ok(())
    }

    /// PostgreSQL is stopped in good order and started again.
    pub(super) async fn restart(&self, seen: &mut Seen) -> Result<(), Error> {
        let (event, playing) = self.sell(BUYERS, IN_FLIGHT).await?;
        tokio::time::sleep(UNDER_WAY).await;
        let onlooker = Onlooker::of(self.target().address, event);
        is_under_way(&playing)?;
        let (arena, began) = (Arc::clone(&self.arena), Instant::now());
        let restarted = tokio::task::spawn_blocking(move || arena.restart()).await;
        restarted.map_err(|error| Error::Failed(error.to_string()))??;
        seen.facts.push(format!("the restart took {} ms", began.elapsed().as_millis()));
        tokio::time::sleep(AFTERWARDS).await;
        onlooker.leave(seen).await?;
        self.settle(seen, vec![playing]).await?;
        Ok(())
    }

    /// Somebody else holds the event's row; other events sell on.
    pub(super) async fn held(&self, seen: &mut Seen) -> Result<(), Error> {
        let (event, playing) = self.sell(BUYERS, IN_FLIGHT).await?;
        tokio::time::sleep(UNDER_WAY).await;
        let hold = Hold::of(&self.arena, event)?;
        is_under_way(&playing)?;
        let (since, onlooker) = (Instant::now(), Onlooker::of(self.target().address, event));
        let other = self.target().publish_event(BUYERS).await?;
        let beside = play(self.target(), IN_FLIGHT, Plan::new([other], &self.people, 0..BUYERS));
        for sold in self.settle(seen, vec![beside]).await? {
            if sold.busy + sold.outcome_unknown > 0 {
                seen.untrue.add(|| "another event did not sell on".to_owned());
            }
        }
        tokio::time::sleep(HELD.saturating_sub(since.elapsed())).await;
        hold.release()?;
        tokio::time::sleep(AFTERWARDS).await;
        onlooker.leave(seen).await?;
        self.settle(seen, vec![playing]).await?;
        Ok(())
    }
}

/// A trouble in which nobody is any more would be borne by anybody.
fn is_under_way(playing: &Playing) -> Result<(), Error> {
    if playing.is_finished() {
        return Err(Error::Failed("the sale was over before the trouble began".to_owned()));
    }
    Ok(())
}

/// Somebody else's transaction that holds an event's row.
pub(super) struct Hold {
    session: Child,
}

impl Hold {
    /// Takes the lock, when it is free.
    pub(super) fn of(arena: &Arena, event: EventId) -> Result<Self, Error> {
        let mut command = Command::new(arena.postgres_program("psql")?);
        command.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d"]).arg(arena.url(DATABASE)?);
        let session = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(Error::io("psql"))?;
        let mut hold = Self { session };
        let text = format!("begin; select 'held' from events where id = '{event}' for update;\n");
        let (Some(input), Some(output)) = (hold.session.stdin.as_mut(), hold.session.stdout.as_mut()) else {
            return Err(Error::Failed("psql has no input and output".to_owned()));
        };
        input.write_all(text.as_bytes()).map_err(Error::io("psql"))?;
        let mut said = String::new();
        BufReader::new(output).read_line(&mut said).map_err(Error::io("psql"))?;
        if said.trim() != "held" {
            return Err(Error::Failed(format!("the event could not be held: {said}")));
        }
        Ok(hold)
    }

    /// Lets the event go.
    pub(super) fn release(mut self) -> Result<(), Error> {
        drop(self.session.stdin.take());
        self.session.wait().map(drop).map_err(Error::io("psql"))
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        drop(self.session.stdin.take());
        let _ = self.session.wait();
    }
}
