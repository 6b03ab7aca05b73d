//! One round: events are sold, something goes wrong, and at the end everything is compared.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use chrono::{TimeDelta, Utc};
use domain::ids::EventId;
use domain::registrations::{CancellationCause, Registration};
use repository::registrations;
use tokio::task::JoinSet;

use crate::chaos::buyers::{Bought, Buyer};
use crate::chaos::chance::Chance;
use crate::chaos::checks::{Deadline, Record};
use crate::chaos::deck::Fault;
use crate::chaos::organizers::{Organized, Organizer};
use crate::chaos::report::RoundReport;
use crate::chaos::requests::{ANSWER_LIMIT, Caller, PATIENCE};
use crate::chaos::service::{BACK_LIMIT, Probe};
use crate::chaos::stage::{DATABASE, EVENTS, Stage};
use crate::chaos::told::{Sale, Told};
use crate::crowd::people::People;
use crate::crowd::tickets::Tickets;
use crate::error::Error;

/// Buyers of a round.
pub(super) const BUYERS: usize = 36;

/// Seats of each ticket type: fewer than the buyers want together.
const SEATS: usize = 10;

/// The time before the fault, in which the seats sell out, and the time after it.
const LEAD_TIME: Duration = Duration::from_millis(1_200);
const AFTERWARDS: Duration = Duration::from_millis(1_500);

/// Gives all holds of an event a deadline in a moment. `{event}` is its id. The shortest one that an organizer can
/// choose is a quarter of an hour. The sweepers look every two seconds, and know until then: both wake for it at once.
const SET_DEADLINES: &str = "
set lock_timeout = '500ms';
begin;
select from events where id = '{event}' for update;
update registrations set held_until = clock_timestamp() + interval '2200 milliseconds',
    lapses_at = clock_timestamp() + interval '2200 milliseconds'
    where event_id = '{event}' and status = 'HELD' and held_until > clock_timestamp() + interval '1 minute';
commit;
";

/// The time until that deadline.
const DUE_AFTER: TimeDelta = TimeDelta::milliseconds(2_200);

/// How many holds of an event are due, or will be in a moment.
const COUNT_DUE: &str = "select count(*) from registrations where event_id = '{event}' and status = 'HELD' and \
                         lapses_at < clock_timestamp() + interval '1 minute'";

/// How soon holds that are due must have lapsed, and the pause between two looks.
const LAPSE_LIMIT: Duration = Duration::from_secs(30);
const LAPSE_PAUSE: Duration = Duration::from_millis(200);

/// A round that is over.
pub(super) struct Played {
    pub(super) report: RoundReport,
    /// Everything that was told; `None` if the round was not possible.
    pub(super) record: Option<Record>,
}

/// The tasks of a crowd.
struct Crowd {
    buyers: JoinSet<Result<Bought, Error>>,
    organizers: JoinSet<Organized>,
    is_over: Arc<AtomicBool>,
}

impl Stage {
    /// Plays a round with this fault. The last two of the people are no buyers.
    ///
    /// # Errors
    /// Any error that prevents it. What the servers do wrong is in the report.
    pub(super) async fn play(
        &mut self,
        round: usize,
        fault: Fault,
        people: &People,
        mut chance: Chance,
    ) -> Result<Played, Error> {
        let mut report = RoundReport::new(round, fault.name());
        if let Some(why) = self.obstacle(fault) {
            report.not_possible = Some(why);
            return Ok(Played { report, record: None });
        }
        let began = Instant::now();
        let mut sales = Vec::new();
        for tickets in EVENTS {
            let events = self.target.publish_with(tickets, 1, SEATS).await?;
            sales.extend(events.into_iter().map(|event| Sale { event, tickets }));
        }
        let events: Vec<_> = sales.iter().map(|sale| sale.event).collect();
        let crowd = self.crowd(&sales, people, &chance).await?;

        tokio::time::sleep(LEAD_TIME).await;
        let mut deadlines = vec![self.set_deadlines(&events).await];
        let fault_ended = self.cause(fault, &events, &mut chance, &mut report).await?;
        deadlines.push(self.set_deadlines(&events).await);
        let (probed, told_to_probes) = self.back(people, fault_ended, &mut report).await?;
        tokio::time::sleep(AFTERWARDS).await;
        crowd.is_over.store(true, Ordering::Relaxed);

        let mut record = Record { began, sales, told: told_to_probes, edits: Vec::new(), deadlines };
        crowd.join(&mut record, &mut report).await?;
        record.sales.push(probed);
        self.keep_up(&mut report).await?;
        self.wait_for_lapses(&events, &mut report).await?;
        let mut connection = self.target.database().await?;
        record.check(&mut connection, &mut report.findings).await?;
        for event in &events {
            let rows = registrations::list_of_event(&mut connection, *event).await?;
            report.registrations += rows.len();
            report.lapsed += rows.iter().filter(|row| is_lapsed(row)).count();
            report.waited += rows.iter().filter(|row| row.seated_decision != Some(row.decision)).count();
        }
        if report.waited == 0 {
            report.findings.add(|| "nobody had to wait: the seats did not sell out".to_owned());
        }
        report.seconds = began.elapsed().as_secs_f64();
        Ok(Played { report, record: Some(record) })
    }

    async fn crowd(&self, sales: &[Sale], people: &People, chance: &Chance) -> Result<Crowd, Error> {
        let (sales, is_over): (Arc<[Sale]>, _) = (sales.into(), Arc::new(AtomicBool::new(false)));
        let mut crowd = Crowd { buyers: JoinSet::new(), organizers: JoinSet::new(), is_over };
        for (number, user) in people.ids.iter().take(BUYERS).enumerate() {
            let own = chance.of_part(number);
            let patience = PATIENCE.get(number % PATIENCE.len()).copied().unwrap_or(ANSWER_LIMIT);
            let buyer = Buyer {
                number,
                user: *user,
                token: people.token(number).to_owned(),
                sales: Arc::clone(&sales),
                caller: Caller::new(self.addresses(), patience, own.of_part(1)),
                chance: own,
            };
            crowd.buyers.spawn(buyer.run(Arc::clone(&crowd.is_over)));
        }
        for (number, sale) in sales.iter().enumerate() {
            let own = chance.of_part(BUYERS + number);
            let [_, patience, _] = PATIENCE;
            let organizer = Organizer {
                event: sale.event,
                token: self.target.organizer_token(sale.event).await?,
                caller: Caller::new(self.addresses(), patience, own.of_part(1)),
                chance: own,
            };
            crowd.organizers.spawn(organizer.run(Arc::clone(&crowd.is_over)));
        }
        Ok(crowd)
    }

    /// Waits until both servers are ready and have sold a seat, and reports how long that took since the fault's end.
    async fn back(
        &self,
        people: &People,
        fault_ended: Instant,
        report: &mut RoundReport,
    ) -> Result<(Sale, Vec<Told>), Error> {
        let tickets = Tickets::SIMPLE;
        let event = self.probed_event(tickets).await?;
        let sale = Sale { event, tickets };
        let mut probes = JoinSet::new();
        for (number, address) in self.addresses().into_iter().enumerate() {
            let person = BUYERS + number;
            let user = *people.ids.get(person).ok_or_else(|| Error::Failed("there are too few people".to_owned()))?;
            let (token, wish) = (people.token(person).to_owned(), tickets.wish(1, 1)?);
            let probe = Probe { user, token, address, sale, wish, key: format!("probe-{number}") };
            probes.spawn(async move { (address, probe.sells_again().await) });
        }
        let (mut told, mut last) = (Vec::new(), Some(fault_ended));
        while let Some(probed) = probes.join_next().await {
            let (address, sold) = probed.map_err(|error| Error::Failed(error.to_string()))?;
            match sold {
                Some((at, answer)) => {
                    told.push(answer);
                    last = last.max(last.map(|_| at));
                }
                None => {
                    last = None;
                    report.findings.add(|| format!("hang: {address} has not sold a seat within {BACK_LIMIT:?}"));
                }
            }
        }
        report.back_after_seconds = last.map(|at| at.saturating_duration_since(fault_ended).as_secs_f64());
        Ok((sale, told))
    }

    /// Publishes the event that probes book, as soon as the servers do so again.
    async fn probed_event(&self, tickets: Tickets) -> Result<EventId, Error> {
        let began = Instant::now();
        loop {
            match self.target.publish_with(tickets, 1, SEATS).await {
                Ok(events) => {
                    let event = events.first().copied();
                    return event.ok_or_else(|| Error::Failed("no event was created".to_owned()));
                }
                Err(error) if began.elapsed() > BACK_LIMIT => return Err(error),
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }

    async fn set_deadlines(&self, events: &[EventId]) -> Deadline {
        let text: String = events.iter().map(|event| SET_DEADLINES.replace("{event}", &event.to_string())).collect();
        // The database's clock is this machine's.
        let due_from = Utc::now() + DUE_AFTER;
        // An event that is locked for so long keeps its holds.
        let _ = self.beside(move |test_bed| test_bed.sql(DATABASE, &text)).await;
        Deadline { set_until: Utc::now(), due_from }
    }

    /// Waits until the sweepers have let all holds lapse that have got their deadline.
    async fn wait_for_lapses(&self, events: &[EventId], report: &mut RoundReport) -> Result<(), Error> {
        let began = Instant::now();
        for event in events {
            let count = COUNT_DUE.replace("{event}", &event.to_string());
            loop {
                let count = count.clone();
                let due = self.beside(move |test_bed| test_bed.sql(DATABASE, &count)).await?;
                if due == "0" {
                    break;
                }
                if began.elapsed() > LAPSE_LIMIT {
                    report.findings.add(|| format!("hang: {due} holds of event {event} were due for {LAPSE_LIMIT:?}"));
                    break;
                }
                tokio::time::sleep(LAPSE_PAUSE).await;
            }
        }
        Ok(())
    }
}

fn is_lapsed(row: &Registration) -> bool {
    row.cancellation.as_ref().is_some_and(|cancellation| cancellation.cause() == CancellationCause::Lapsed)
}

impl Crowd {
    /// Waits until everybody has the last answer. Nobody waits for longer than one answer may take.
    async fn join(mut self, record: &mut Record, report: &mut RoundReport) -> Result<(), Error> {
        let failed = |error: tokio::task::JoinError| Error::Failed(error.to_string());
        while let Some(bought) = self.buyers.join_next().await {
            let Bought { told, caller } = bought.map_err(failed)??;
            record.told.extend(told);
            report.tally.absorb(caller.tally);
            report.findings.absorb(caller.findings);
        }
        while let Some(organized) = self.organizers.join_next().await {
            let Organized { last, caller } = organized.map_err(failed)?;
            record.edits.push(last);
            report.tally.absorb(caller.tally);
            report.findings.absorb(caller.findings);
        }
        Ok(())
    }
}
