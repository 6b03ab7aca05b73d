//! The writes of a settlement, as a list. To add one, add a row to [`WRITES`] and implement [`FromBatch`] for its
//! statement.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::query_builder::{QueryFragment, QueryId};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::admission::Decision;
use domain::events::Event;
use domain::figures::{Figures, minute_of};
use domain::registrations::Cancellation;
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, try_join_all};
use uuid::Uuid;

use crate::errors::Error;
use crate::statements;

/// A decided batch that is to be written.
pub(super) struct Batch<'a> {
    pub(super) before: &'a Event,
    pub(super) decision: &'a Decision,
    pub(super) now: DateTime<Utc>,
}

impl Batch<'_> {
    fn event(&self) -> Uuid {
        self.before.id.into()
    }
}

/// In the order in which they are sent. Cancellations go before the insert, which may bring the same person back. Their
/// causes go after it: a registration may be made and taken away in one batch.
const WRITES: [Write; 6] = [
    Write::of::<statements::Update>(),
    Write::of::<statements::Delete>(),
    Write::of::<statements::Insert>(),
    Write::of::<statements::Explain>(),
    Write::of::<statements::Record>(),
    Write::of::<statements::Count>(),
];

/// [`try_join_all`] polls up to this many futures in their order. It is futures-util's constant `SMALL`, which is
/// private.
const POLLED_IN_ORDER_MAX: usize = 30;

const _: () = assert!(WRITES.len() <= POLLED_IN_ORDER_MAX, "the writes must be sent in their order");

/// Sends the writes of a batch, one behind the other, and returns when all were answered, or one has failed.
pub(super) async fn send(connection: &AsyncPgConnection, batch: &Batch<'_>) -> Result<(), Error> {
    let statements = WRITES.iter().filter_map(|write| (write.of_batch)(batch));
    try_join_all(statements.map(|statement| statement.execute(connection))).await?;
    Ok(())
}

/// Sends every write once, of nothing, so that the connection has it prepared.
pub(super) async fn prepare(connection: &AsyncPgConnection) -> Result<(), Error> {
    for write in &WRITES {
        (write.of_nothing)().execute(connection).await?;
    }
    Ok(())
}

struct Write {
    /// `None` if the batch has nothing for it.
    of_batch: fn(&Batch<'_>) -> Option<Box<dyn Statement>>,
    of_nothing: fn() -> Box<dyn Statement>,
}

impl Write {
    const fn of<S: Statement + FromBatch + Default + 'static>() -> Self {
        Self {
            of_batch: |batch| {
                let statement: Box<dyn Statement> = Box::new(S::from_batch(batch)?);
                Some(statement)
            },
            of_nothing: || Box::new(S::default()),
        }
    }
}

trait Statement: Send {
    fn execute(self: Box<Self>, connection: &AsyncPgConnection) -> BoxFuture<'_, Result<(), Error>>;
}

impl<S: QueryFragment<Pg> + QueryId + Send + 'static> Statement for S {
    fn execute(self: Box<Self>, mut connection: &AsyncPgConnection) -> BoxFuture<'_, Result<(), Error>> {
        async move {
            RunQueryDsl::execute(*self, &mut connection).await?;
            Ok(())
        }
        .boxed()
    }
}

trait FromBatch: Sized {
    fn from_batch(batch: &Batch<'_>) -> Option<Self>;
}

impl FromBatch for statements::Update {
    fn from_batch(batch: &Batch<'_>) -> Option<Self> {
        let all = unless_empty(&batch.decision.updated)?;
        Some(Self {
            event: batch.event(),
            event_again: batch.event(),
            ids: all.iter().map(|r| r.id.into()).collect(),
            statuses: all.iter().map(|r| r.status.as_str()).collect(),
            confirmed: all.iter().map(|r| r.confirmed_decision).collect(),
            cancelled: all.iter().map(|r| r.cancelled_decision).collect(),
            confirmed_at: all.iter().map(|r| r.confirmed_at).collect(),
            cancelled_at: all.iter().map(|r| r.cancelled_at).collect(),
            expected_rows: count(all),
        })
    }
}

impl FromBatch for statements::Delete {
    fn from_batch(batch: &Batch<'_>) -> Option<Self> {
        let all = unless_empty(&batch.decision.deleted)?;
        Some(Self {
            event: batch.event(),
            event_again: batch.event(),
            ids: all.iter().copied().map(Uuid::from).collect(),
            expected_rows: count(all),
        })
    }
}

impl FromBatch for statements::Insert {
    fn from_batch(batch: &Batch<'_>) -> Option<Self> {
        let all = unless_empty(&batch.decision.inserted)?;
        Some(Self {
            event: batch.event(),
            registered_at: batch.now,
            confirmed_at: batch.now,
            cancelled_at: batch.now,
            ids: all.iter().map(|r| r.id.into()).collect(),
            users: all.iter().map(|r| r.user.into()).collect(),
            statuses: all.iter().map(|r| r.status.as_str()).collect(),
            decisions: all.iter().map(|r| r.decision).collect(),
            confirmed: all.iter().map(|r| r.confirmed_decision).collect(),
            cancelled: all.iter().map(|r| r.cancelled_decision).collect(),
            keys: all.iter().map(|r| r.idempotency_key.as_ref().map(|key| key.as_str().to_owned())).collect(),
        })
    }
}

impl FromBatch for statements::Explain {
    fn from_batch(batch: &Batch<'_>) -> Option<Self> {
        // Both are cancelled in this batch: a cancelled registration never changes again.
        let Decision { updated, inserted, .. } = batch.decision;
        let explained = updated.iter().chain(inserted).filter_map(|r| Some((r.id, r.cancellation.as_ref()?)));
        let all: Vec<_> = explained.filter(|(_, cancellation)| **cancellation != Cancellation::GivenUp).collect();
        let all = unless_empty(&all)?;
        let removals = || all.iter().map(|(_, cancellation)| cancellation.removal());
        Some(Self {
            event: batch.event(),
            event_again: batch.event(),
            ids: all.iter().map(|(id, _)| Uuid::from(*id)).collect(),
            causes: all.iter().map(|(_, cancellation)| cancellation.cause().as_str()).collect(),
            reasons: removals().map(|removal| Some(removal?.reason.as_str().to_owned())).collect(),
            may_book_again: removals().map(|removal| Some(removal?.may_book_again)).collect(),
            expected_rows: count(all),
        })
    }
}

impl FromBatch for statements::Record {
    fn from_batch(batch: &Batch<'_>) -> Option<Self> {
        let all = unless_empty(&batch.decision.decisions)?;
        Some(Self {
            event: batch.event(),
            decided_at: batch.now,
            numbers: all.iter().map(|entry| entry.number).collect(),
            kinds: all.iter().map(|entry| entry.kind.as_str()).collect(),
            values: all.iter().map(|entry| entry.kind.value()).collect(),
        })
    }
}

impl FromBatch for statements::Count {
    fn from_batch(batch: &Batch<'_>) -> Option<Self> {
        let Decision { event, figures, .. } = batch.decision;
        if batch.before == event {
            return None;
        }
        let Figures { confirmed, waitlisted, promoted, cancelled } = *figures;
        Some(Self {
            event: batch.event(),
            event_again: batch.event(),
            capacity: event.seats.capacity(),
            seats_remaining: event.seats.remaining(),
            waiting: event.seats.waiting(),
            last_decision: event.last_decision,
            status: event.status.as_str(),
            under_test_since: event.under_test_since,
            minute: minute_of(batch.now),
            confirmed,
            waitlisted,
            promoted,
            cancelled,
        })
    }
}

fn unless_empty<T>(all: &[T]) -> Option<&[T]> {
    (!all.is_empty()).then_some(all)
}

fn count<T>(all: &[T]) -> i64 {
    i64::try_from(all.len()).unwrap_or(i64::MAX)
}
