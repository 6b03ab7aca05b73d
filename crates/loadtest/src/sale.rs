//! A sale: everybody wants a place, one request each and some twice, and every answer is held against the tables.

use std::collections::HashMap;
use std::io;
use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use domain::ids::{EventId, UserId};
use domain::registrations::{Registration, RegistrationStatus};
use repository::{AsyncPgConnection, promises, registrations};
use serde::Deserialize;
use uuid::Uuid;

use crate::crowd::{Played, Script, Then};
use crate::error::Error;
use crate::http::Reply;
use crate::people::People;

/// How many untrue answers are told of in words.
const TOLD_MAX: usize = 10;

/// What the server told a buyer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Told {
    id: Uuid,
    status: RegistrationStatus,
    position: Option<i64>,
    decision: i64,
}

/// What is sold, and to whom.
#[derive(Clone)]
pub struct Plan {
    /// The events; buyers are dealt to them in turn.
    pub events: Vec<EventId>,
    /// Who wants a place.
    pub people: Arc<People>,
    /// The first of them who does.
    pub first: usize,
    /// How many of them do.
    pub buyers: usize,
    /// How many of a hundred send their request twice, at most 100.
    pub repeats_percent: usize,
    /// Counts answers, for whoever watches.
    pub progress: Arc<AtomicU64>,
}

/// A sale as it goes.
pub struct Sale {
    plan: Plan,
    next: usize,
    repeat: Option<usize>,
    /// What each buyer was told first.
    told: Vec<Option<Told>>,
    /// When each buyer was told, in the order in which they were.
    answered_at: Vec<(Instant, RegistrationStatus)>,
    /// Of each buyer's first answer.
    latencies: Vec<Duration>,
    answers: u64,
    replays: u64,
    busy: u64,
    unknown: u64,
    broken_connections: u64,
    lost: u64,
    longest_wait: Duration,
    untrue: Untrue,
}

/// What was not as it should be.
#[derive(Debug, Default, Clone, serde::Serialize)]
pub struct Untrue {
    /// How often.
    pub count: u64,
    /// The first of it, in words.
    pub told: Vec<String>,
}

impl Untrue {
    /// Adds what others have found.
    pub fn absorb(&mut self, other: Self) {
        self.count += other.count;
        self.told.extend(other.told);
        self.told.truncate(TOLD_MAX);
    }

    /// Counts one.
    pub fn add(&mut self, what: impl FnOnce() -> String) {
        self.count += 1;
        if self.told.len() < TOLD_MAX {
            self.told.push(what());
        }
    }
}

impl Sale {
    /// A sale that has not begun.
    pub fn new(plan: Plan) -> Self {
        Self {
            next: 0,
            repeat: None,
            told: vec![None; plan.buyers],
            answered_at: Vec::with_capacity(plan.buyers),
            latencies: Vec::with_capacity(plan.buyers),
            answers: 0,
            replays: 0,
            busy: 0,
            unknown: 0,
            broken_connections: 0,
            lost: 0,
            longest_wait: Duration::ZERO,
            untrue: Untrue::default(),
            plan,
        }
    }

    fn repeats(&self, buyer: usize) -> bool {
        let percent = self.plan.repeats_percent;
        (buyer + 1) * percent / 100 > buyer * percent / 100
    }

    fn event_of(&self, buyer: usize) -> Option<EventId> {
        self.plan.events.get(buyer % self.plan.events.len().max(1)).copied()
    }

    fn note(&mut self, buyer: usize, told: Told, took: Duration) {
        let Some(slot) = self.told.get_mut(buyer) else { return };
        match slot {
            None => {
                *slot = Some(told);
                self.answered_at.push((Instant::now(), told.status));
                self.plan.progress.fetch_add(1, Ordering::Relaxed);
                self.latencies.push(took);
            }
            // Nobody gives a place up, so nothing about it can change.
            Some(first) if *first != told => {
                let first = *first;
                self.untrue.add(|| format!("buyer {buyer} was told {first:?}, and then {told:?}"));
            }
            Some(_) => {}
        }
    }
}

impl Script for Sale {
    type Turn = usize;

    fn next(&mut self, request: &mut Vec<u8>) -> Option<usize> {
        let buyer = match self.repeat.take() {
            Some(buyer) => buyer,
            None if self.next < self.plan.buyers => {
                let buyer = self.next;
                self.next += 1;
                if self.repeats(buyer) {
                    self.repeat = Some(buyer);
                }
                buyer
            }
            None => return None,
        };
        let event = self.event_of(buyer)?;
        // Writing to memory does not fail.
        let _ = write!(
            request,
            "POST /events/{event}/register HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\
             Idempotency-Key: load-{buyer}\r\nContent-Length: 0\r\n\r\n",
            self.plan.people.token(self.plan.first + buyer)
        );
        Some(buyer)
    }

    fn answered(&mut self, buyer: usize, reply: &Reply<'_>, took: Duration) -> Then {
        self.answers += 1;
        self.longest_wait = self.longest_wait.max(took);
        match (reply.status, serde_json::from_slice::<Told>(reply.body)) {
            (201 | 202, Ok(told)) => {
                self.replays += u64::from(reply.is_replay);
                if (reply.status == 201) != (told.status == RegistrationStatus::Confirmed) {
                    self.untrue.add(|| format!("buyer {buyer}: status {} with {told:?}", reply.status));
                }
                self.note(buyer, told, took);
                Then::Done
            }
            (503, _) => {
                let body = String::from_utf8_lossy(reply.body);
                if body.contains("/problems/outcome-unknown") {
                    self.unknown += 1
                } else {
                    self.busy += 1
                }
                Then::Again(Duration::from_secs(reply.retry_after_seconds.unwrap_or(1)))
            }
            (status, _) => {
                let body = String::from_utf8_lossy(reply.body).into_owned();
                self.untrue.add(|| format!("buyer {buyer} was answered with {status}: {body}"));
                Then::Done
            }
        }
    }

    fn broke(&mut self, buyer: usize, error: &io::Error, is_final: bool) {
        self.broken_connections += 1;
        if is_final {
            self.lost += 1;
            self.untrue.add(|| format!("buyer {buyer} has no answer: {error}"));
        }
    }
}

/// What a sale came to.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Result {
    /// People who wanted a place.
    pub buyers: usize,
    /// Answers in all, repeats and refusals included.
    pub answers: u64,
    /// Answers that said that they repeat an earlier one.
    pub replays: u64,
    /// Who got a seat.
    pub confirmed: usize,
    /// Who got a place in line.
    pub waitlisted: usize,
    /// Answers 503 `busy`; those buyers asked again.
    pub busy: u64,
    /// Answers 503 `outcome-unknown`; those buyers asked again.
    pub outcome_unknown: u64,
    /// Connections that broke under a request, which was sent again.
    pub broken_connections: u64,
    /// Buyers who never got an answer.
    pub lost: u64,
    /// From the first request to the last answer, in seconds.
    pub seconds: f64,
    /// Buyers by time; repeats do not count.
    pub bookings_per_second: f64,
    /// Seats by time, until the last one was gone.
    pub confirmed_per_second: f64,
    /// Places in line by time, from then on.
    pub waitlisted_per_second: f64,
    /// Bookings per second of each quarter of the buyers.
    pub quarters_per_second: [f64; 4],
    /// Of each buyer's first answer.
    pub latency_milliseconds: Latency,
    /// The longest that anybody waited for an answer, refusals included.
    pub longest_wait_milliseconds: f64,
}

/// How latencies are spread, in milliseconds.
#[derive(Debug, Clone, Copy, serde::Serialize)]
pub struct Latency {
    /// Their mean.
    pub mean: f64,
    /// Half are at most this.
    pub p50: f64,
    /// 95 in a hundred are at most this.
    pub p95: f64,
    /// 99 in a hundred are at most this.
    pub p99: f64,
    /// The longest.
    pub max: f64,
}

impl Latency {
    fn of(mut latencies: Vec<Duration>) -> Self {
        latencies.sort_unstable();
        let milliseconds = |took: Duration| took.as_secs_f64() * 1_000.0;
        let at = |percent: usize| {
            let rank = (latencies.len() * percent).div_ceil(100).saturating_sub(1);
            latencies.get(rank).copied().map_or(0.0, milliseconds)
        };
        let count = u32::try_from(latencies.len()).unwrap_or(u32::MAX).max(1);
        let mean = milliseconds(latencies.iter().sum::<Duration>() / count);
        Self { mean, p50: at(50), p95: at(95), p99: at(99), max: at(100) }
    }
}

/// Holds every answer of sales that are over against the tables, and the tables against the promises. Nobody else may have
/// booked at their events.
///
/// # Errors
/// [`Error::Database`].
pub async fn check(
    connection: &mut AsyncPgConnection,
    sales: Vec<Played<Sale>>,
) -> std::result::Result<(Vec<Result>, Untrue), Error> {
    let mut untrue = Untrue::default();
    let mut told: HashMap<EventId, HashMap<UserId, Option<Told>>> = HashMap::new();
    for Played { script: sale, .. } in &sales {
        for (buyer, answer) in sale.told.iter().enumerate() {
            let user = sale.plan.people.ids.get(sale.plan.first + buyer);
            if let (Some(user), Some(event)) = (user, sale.event_of(buyer)) {
                told.entry(event).or_default().insert(*user, *answer);
            }
        }
    }
    for (event, told) in &told {
        compare(&registrations::list_of_event(connection, *event).await?, told, &mut untrue);
    }
    // One look at all there is where there are many: a look at each would take its time.
    let scope = if told.len() == 1 { told.keys().next().copied() } else { None };
    for broken in promises::verify(connection, scope).await?.into_iter().filter(|check| check.violations > 0) {
        untrue.add(|| format!("{} is broken: {} ({:?})", broken.promise.code(), broken.what, broken.example));
    }
    let results = sales.into_iter().map(|Played { mut script, began, took }| {
        untrue.absorb(std::mem::take(&mut script.untrue));
        script.result(began, took)
    });
    Ok((results.collect(), untrue))
}

/// What everybody was told, and what stands.
fn compare(rows: &[Registration], told: &HashMap<UserId, Option<Told>>, untrue: &mut Untrue) {
    if rows.len() != told.len() {
        untrue.add(|| format!("{} people asked, and {} registrations are there", told.len(), rows.len()));
    }
    let mut position = 0;
    // In the order of their decisions: the line as it is read, since nobody has left it.
    for row in rows {
        let waits = row.status == RegistrationStatus::Waitlisted;
        position += i64::from(waits);
        let expected =
            Told { id: row.id.into(), status: row.status, position: waits.then_some(position), decision: row.decision };
        match told.get(&row.user).copied().flatten() {
            Some(told) if told == expected => {}
            told => untrue.add(|| format!("{} was told {told:?}, and it is {expected:?}", row.user)),
        }
    }
}

impl Sale {
    fn result(&self, began: Instant, took: Duration) -> Result {
        let is = |status| move |at: &&(Instant, RegistrationStatus)| at.1 == status;
        let confirmed = self.answered_at.iter().filter(is(RegistrationStatus::Confirmed)).count();
        let last_seat = self.answered_at.iter().rev().find(is(RegistrationStatus::Confirmed)).map_or(began, |at| at.0);
        let waitlisted = self.answered_at.len() - confirmed;
        Result {
            buyers: self.plan.buyers,
            answers: self.answers,
            replays: self.replays,
            confirmed,
            waitlisted,
            busy: self.busy,
            outcome_unknown: self.unknown,
            broken_connections: self.broken_connections,
            lost: self.lost,
            seconds: took.as_secs_f64(),
            bookings_per_second: rate(self.answered_at.len(), took),
            confirmed_per_second: rate(confirmed, last_seat.saturating_duration_since(began)),
            waitlisted_per_second: rate(waitlisted, (began + took).saturating_duration_since(last_seat)),
            quarters_per_second: self.quarters(began),
            latency_milliseconds: Latency::of(self.latencies.clone()),
            longest_wait_milliseconds: self.longest_wait.as_secs_f64() * 1_000.0,
        }
    }

    fn quarters(&self, began: Instant) -> [f64; 4] {
        let quarter = (self.answered_at.len() / 4).max(1);
        let mut since = began;
        std::array::from_fn(|index| {
            let Some((until, _)) = self.answered_at.get((index + 1) * quarter - 1) else { return 0.0 };
            let took = until.saturating_duration_since(since);
            since = *until;
            rate(quarter, took)
        })
    }
}

/// So many in that time, by the second.
pub fn rate(count: usize, took: Duration) -> f64 {
    let count = u32::try_from(count).map_or(f64::from(u32::MAX), f64::from);
    if took.is_zero() { 0.0 } else { count / took.as_secs_f64() }
}
