//! Waves: thousands of holds that are due at the same moment, while others wait for their seats.

use chrono::{DateTime, Utc};
use domain::ids::EventId;

use crate::compare::rows::{USUAL, Wave};
use crate::compare::run::Run;
use crate::compare::sites::mean;
use crate::crowd::play;
use crate::crowd::tickets::Tickets;
use crate::error::Error;
use crate::machine::test_bed::TestBed;
use crate::sale::lapses;
use crate::sale::script::{Plan, Sale};

/// Holds that are due at once, and people who wait for one seat each.
const HOLDS: usize = 10_000;
const WAITING: usize = 30_000;

/// What a seat costs, in minor units.
const AMOUNT: usize = 2_500;

/// Gives all holds of an event the same deadline, some seconds from now, when this has long been committed. `{event}`
/// is its id. The result is the deadline in microseconds since 1970, and the number of holds.
const SET_DEADLINE: &str = "
with due as (select date_trunc('milliseconds', clock_timestamp()) + interval '4 seconds' as at),
changed as (update registrations set held_until = due.at, lapses_at = due.at from due
    where event_id = '{event}' and status = 'HELD' returning 1)
select (extract(epoch from due.at) * 1000000)::bigint || '|' || (select count(*) from changed) from due
";

impl<T: Fn(&str)> Run<'_, T> {
    /// Each wave, with the usual sale before and after it.
    pub(super) async fn waves(&mut self) -> Result<(), Error> {
        let needed: Vec<_> = Wave::ALL.into_iter().filter(|wave| self.needs(wave.name())).collect();
        if needed.is_empty() {
            return Ok(());
        }
        let mut before = self.usual_sale().await?;
        for wave in needed {
            let figures = self.wave(wave).await?;
            let after = self.usual_sale().await?;
            self.add(wave.name(), figures.since_due);
            self.add(wave.since_first_lapse(), figures.since_first_lapse);
            self.add(wave.usual(), mean(&[before, after]));
            before = after;
        }
        Ok(())
    }

    async fn wave(&mut self, wave: Wave) -> Result<lapses::WaveResult, Error> {
        let site = self.site.clone();
        let target = &site.server.target;
        let tickets = Tickets { party: wave.seats(), amount: AMOUNT, ..Tickets::SIMPLE };
        let events = target.publish_with(tickets, 1, HOLDS * wave.seats()).await?;
        let [event] = events[..] else { return Err(Error::Failed("no event was created".to_owned())) };
        let book = async |buyers, size| {
            let plan = Plan::new([event], &site.people, buyers).asking(vec![tickets.wish(1, size)?]);
            play::play(target.address, USUAL.0, Sale::new(plan)).await
        };
        let holding = book(0..HOLDS, wave.seats()).await?;
        let waiting = book(HOLDS..HOLDS + WAITING, 1).await?;
        self.check(target, vec![holding, waiting]).await?;
        self.checkpoint()?;
        let connection = &mut target.database().await?;
        let holds = lapses::Wave::of(connection, event).await?;
        let (count, promoted) = holds.size();
        if (count, promoted) != (HOLDS, (HOLDS * wave.seats()).min(WAITING)) {
            return Err(Error::Failed(format!("the wave has {count} holds, and {promoted} are to be promoted")));
        }
        let due_at = set_deadline(self.test_bed, "main", event)?;
        let ended_at = holds.watch(connection, due_at).await?;
        let (figures, findings) = holds.check(connection, due_at, ended_at).await?;
        self.findings.absorb(findings);
        Ok(figures)
    }
}

/// Gives all holds of an event the same deadline, and returns it.
fn set_deadline(test_bed: &TestBed, database: &str, event: EventId) -> Result<DateTime<Utc>, Error> {
    let answer = test_bed.sql(database, &SET_DEADLINE.replace("{event}", &event.to_string()))?;
    let parts = answer.split_once('|').and_then(|(due_at, count)| Some((due_at.parse().ok()?, count)));
    let Some((Some(due_at), count)) = parts.map(|(due_at, count)| (DateTime::from_timestamp_micros(due_at), count))
    else {
        return Err(Error::Failed(format!("psql printed no deadline: {answer}")));
    };
    if count != HOLDS.to_string() || Utc::now() >= due_at {
        return Err(Error::Failed(format!("{count} holds were not given a deadline in time")));
    }
    Ok(due_at)
}
