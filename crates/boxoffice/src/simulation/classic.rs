//! The classic way, for comparison: the same crowd, with one transaction for each buyer, on a hidden copy of the event.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use domain::ids::{EventId, RegistrationId, UserId};
use futures_util::future::try_join_all;
use futures_util::{StreamExt, TryFutureExt, TryStreamExt, stream};
use repository::classic_bookings::{self, Booked, Wish};
use repository::pools::Pool;
use repository::{promises, tickets};
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::choices::{Choices, OnePrice};
use super::course::Outcome;
use super::report::{ClassicMissing, ClassicReport, Report};
use super::times::{Spread, milliseconds, rounded};
use super::{SimulationError, Simulations, Test, VERIFY_TIMEOUT};

/// How long buyers are served. Somebody waits for the comparison, and a large crowd would take minutes.
const SERVED_FOR: Duration = Duration::from_secs(10);

impl Simulations {
    /// Sends the crowd of `report` through one transaction for each buyer, on a copy that is deleted afterwards.
    ///
    /// # Errors
    /// The reason why there is no comparison. The first transaction that fails ends it: its buyer has no answer, and a
    /// new connection would not be prepared.
    pub(super) async fn compare(&self, test: &mut Test, report: &Report) -> Result<ClassicReport, ClassicMissing> {
        // Somebody may have stopped the test since its crowd was answered.
        self.store_progress(test).await;
        if !self.goes_on(test) {
            return Err(ClassicMissing::Stopped);
        }
        match self.compare_on_a_copy(test, report).await {
            Ok(compared) => compared.ok_or(ClassicMissing::NothingToBook),
            // A box office that closes refuses everything.
            Err(_) if self.is_closing.load(Ordering::Relaxed) => Err(ClassicMissing::Stopped),
            Err(error) => {
                tracing::warn!(%error, event = %test.event.id, "could not run the classic way");
                Err(error.classic_missing())
            }
        }
    }

    /// `None` if the event has nothing that anybody can book.
    async fn compare_on_a_copy(
        &self,
        test: &mut Test,
        report: &Report,
    ) -> Result<Option<ClassicReport>, SimulationError> {
        let copy = EventId::from(Uuid::now_v7());
        test.claim.take(copy).await?;
        let compared = async {
            self.open_copy(&test.event, copy, test.by).await?;
            self.sell_classically(test, copy, report).await
        }
        .await;
        self.close_copy(copy).await;
        compared
    }

    async fn sell_classically(
        &self,
        test: &Test,
        copy: EventId,
        report: &Report,
    ) -> Result<Option<ClassicReport>, SimulationError> {
        let tickets = self.pool.run(async |connection| tickets::of_event(connection, copy).await).await?;
        let seats = tickets.seats().remaining();
        let choices = Choices::of(tickets, self.is_mixed);
        if choices.nth_at_one_price(0).is_none() {
            return Ok(None);
        }
        let crowd = self.make_crowd(report.total_attempted).await?;
        let pool = self.office.another_pool();
        let connections = pool.usage().size;
        prepare(&pool, connections).await?;

        let turns = Semaphore::new(usize::try_from(connections).unwrap_or(1));
        let began = test.classic.begin(u32::try_from(seats).unwrap_or(0));
        let is_on = || began.elapsed() < SERVED_FOR && self.goes_on(test);
        let selling = stream::iter(crowd.into_iter().enumerate().take_while(|_| is_on()))
            .map(async |(nth, user)| {
                let asked_at = Instant::now();
                // Fails only if the semaphore is closed, which nobody does.
                let turn = turns.acquire().await.ok().filter(|_| is_on());
                let (Some(_turn), Some(choice)) = (turn, choices.nth_at_one_price(nth)) else { return Ok(None) };
                let outcome = book(&pool, copy, user, choice).await?;
                let latency = asked_at.elapsed();
                test.classic.answer(outcome, latency);
                Ok(Some((outcome, latency)))
            })
            .buffer_unordered(self.window)
            .try_filter_map(async |served| Ok::<_, repository::Error>(served))
            .try_collect::<Vec<_>>()
            .map_ok(|served| {
                test.classic.end();
                (served, began.elapsed())
            });
        let (served, duration) = self.await_crowd(test, selling).await?;
        let stopped = !self.goes_on(test);
        // The verification takes long, and sales may need the connections.
        drop(pool);

        let checks = async |connection: &mut _| promises::verify(connection, Some(copy)).await;
        let checks = self.pool.run_within(VERIFY_TIMEOUT, checks).await?;
        let is_broken = |promise: &promises::Promise| {
            checks.iter().any(|check| check.promise.code() == promise.code() && check.violations > 0)
        };
        let count = |is: fn(&Outcome) -> bool| {
            u32::try_from(served.iter().filter(|(outcome, _)| is(outcome)).count()).unwrap_or(u32::MAX)
        };
        let all = count(|_| true);
        let per_second = f64::from(all) / duration.as_secs_f64().max(f64::MIN_POSITIVE);
        Ok(Some(ClassicReport {
            stopped,
            connections,
            limit_milliseconds: milliseconds(SERVED_FOR),
            served_count: all,
            not_served_count: report.total_attempted.saturating_sub(all),
            success_count: count(|outcome| matches!(outcome, Outcome::Seated { .. })),
            waitlisted_count: count(|outcome| *outcome == Outcome::Waiting),
            failed_count: count(|outcome| *outcome == Outcome::Refused),
            duration_milliseconds: milliseconds(duration),
            throughput_per_second: rounded(per_second),
            ratio: (all > 0).then(|| rounded(report.throughput_per_second / per_second)),
            latency_milliseconds: Spread::of(served.iter().map(|(_, latency)| *latency)),
            passed: !promises::of_seats().any(is_broken),
            statements: classic_bookings::statements(),
        }))
    }
}

/// Opens all connections, and prepares the statements on each, so that no buyer waits for that.
async fn prepare(pool: &Pool, connections: u32) -> Result<(), repository::Error> {
    let opened = try_join_all((0..connections).map(async |_| {
        let mut connection = pool.connection().await?;
        classic_bookings::prepare(&mut connection).await?;
        Ok::<_, repository::Error>(connection)
    }));
    // They go back together, so that each of them is another one.
    opened.await.map(drop)
}

async fn book(pool: &Pool, copy: EventId, user: UserId, choice: OnePrice) -> Result<Outcome, repository::Error> {
    let OnePrice { ticket_type, price, seats, amount } = choice;
    let registration = RegistrationId::from(Uuid::now_v7());
    let wish = Wish { registration, user, ticket_type, price, seats, amount };
    Ok(match classic_bookings::book(&mut *pool.connection().await?, copy, &wish).await? {
        Booked::Seated => Outcome::Seated { seats: u32::try_from(seats).unwrap_or(0) },
        Booked::Waiting => Outcome::Waiting,
        Booked::Refused => Outcome::Refused,
    })
}
