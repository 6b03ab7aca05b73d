//! The writes of a settlement, as a list. To add one, add a row to [`WRITES`] and implement [`FromBatch`] for its
//! statement.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::query_builder::{QueryFragment, QueryId};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::admission::Decision;
use domain::events::{Event, EventDecision};
use domain::figures::{Figures, minute_of};
use domain::registrations::{CancellationCause, Registration, Removal};
use domain::tickets::Tickets;
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, try_join_all};
use uuid::Uuid;

use crate::errors::Error;
use crate::{rows, statements};

/// A decided batch that is to be written.
pub(super) struct Batch<'a> {
    pub(super) before: &'a Event,
    pub(super) tickets: &'a Tickets,
    pub(super) decision: &'a Decision,
    pub(super) now: DateTime<Utc>,
}

impl Batch<'_> {
    fn event(&self) -> Uuid {
        self.before.id.into()
    }
}

/// In the order in which they are sent. Cancellations go before the insert, which may bring the same person back.
/// Payments go after it: they are for registrations.
const WRITES: [Write; 7] = [
    Write::of::<statements::Update>(),
    Write::of::<statements::Delete>(),
    Write::of::<statements::Insert>(),
    Write::of::<statements::Pay>(),
    Write::of::<statements::Record>(),
    Write::of::<statements::Count>(),
    Write::of::<statements::Journal>(),
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

/// One value of each registration, where it differs from what nearly all have. Nothing if none does: see
/// [`statements::Insert`].
fn unusual<T: PartialEq>(
    all: &[Registration],
    usual: Option<T>,
    value: impl Fn(&Registration) -> Option<T>,
) -> Vec<Option<T>> {
    if all.iter().all(|registration| value(registration) == usual) {
        return Vec::new();
    }
    all.iter().map(value).collect()
}

fn small(number: i32) -> i16 {
    i16::try_from(number).unwrap_or(i16::MAX)
}

fn removal_of(registration: &Registration) -> Option<&Removal> {
    registration.cancellation.as_ref()?.removal()
}

/// The cause, unless the person gave up, which null stands for.
fn cause_of(registration: &Registration) -> Option<&'static str> {
    let cause = registration.cancellation.as_ref()?.cause();
    (cause != CancellationCause::GivenUp).then_some(cause.as_str())
}

impl FromBatch for statements::Update {
    fn from_batch(batch: &Batch<'_>) -> Option<Self> {
        let all = unless_empty(&batch.decision.updated)?;
        Some(Self {
            event: batch.event(),
            event_again: batch.event(),
            ids: all.iter().map(|r| r.id.into()).collect(),
            statuses: all.iter().map(|r| r.status.as_str()).collect(),
            seated: all.iter().map(|r| r.seated_decision).collect(),
            cancelled: all.iter().map(|r| r.cancelled_decision).collect(),
            seated_at: all.iter().map(|r| r.seated_at).collect(),
            cancelled_at: all.iter().map(|r| r.cancelled_at).collect(),
            seats: unusual(all, Some(1), |r| Some(small(r.seats()))),
            prices: unusual(all, Some(1), |r| rows::split_columns(&r.split).0),
            splits: unusual(all, None, |r| rows::split_columns(&r.split).1),
            amounts: unusual(all, Some(0), |r| Some(r.amount)),
            held_until: unusual(all, None, |r| r.hold.map(|hold| hold.until)),
            lapses_at: unusual(all, None, |r| r.hold.map(|hold| hold.lapses_at)),
            paid: unusual(all, None, |r| r.paid.map(|paid| paid.decision)),
            paid_at: unusual(all, None, |r| r.paid.map(|paid| paid.at)),
            paid_amounts: unusual(all, None, |r| r.paid.map(|paid| paid.amount)),
            owed: unusual(all, Some(0), |r| Some(r.owed)),
            causes: unusual(all, None, cause_of),
            reasons: unusual(all, None, |r| Some(removal_of(r)?.reason.as_str().to_owned())),
            may_book_again: unusual(all, None, |r| Some(removal_of(r)?.may_book_again)),
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
            seated_at: batch.now,
            cancelled_at: batch.now,
            paid_at: batch.now,
            ids: all.iter().map(|r| r.id.into()).collect(),
            users: all.iter().map(|r| r.user.into()).collect(),
            statuses: all.iter().map(|r| r.status.as_str()).collect(),
            decisions: all.iter().map(|r| r.decision).collect(),
            seated: all.iter().map(|r| r.seated_decision).collect(),
            cancelled: unusual(all, None, |r| r.cancelled_decision),
            keys: unusual(all, None, |r| r.idempotency_key.as_ref().map(|key| key.as_str().to_owned())),
            types: unusual(all, Some(1), |r| Some(r.ticket_type.into())),
            booked: unusual(all, Some(1), |r| Some(small(r.booked))),
            seats: unusual(all, Some(1), |r| Some(small(r.seats()))),
            prices: unusual(all, Some(1), |r| rows::split_columns(&r.split).0),
            splits: unusual(all, None, |r| rows::split_columns(&r.split).1),
            amounts: unusual(all, Some(0), |r| Some(r.amount)),
            held_until: unusual(all, None, |r| r.hold.map(|hold| hold.until)),
            lapses_at: unusual(all, None, |r| r.hold.map(|hold| hold.lapses_at)),
            paid: unusual(all, None, |r| r.paid.map(|paid| paid.decision)),
            paid_amounts: unusual(all, None, |r| r.paid.map(|paid| paid.amount)),
            owed: unusual(all, Some(0), |r| Some(r.owed)),
            causes: unusual(all, None, cause_of),
            reasons: unusual(all, None, |r| Some(removal_of(r)?.reason.as_str().to_owned())),
            may_book_again: unusual(all, None, |r| Some(removal_of(r)?.may_book_again)),
        })
    }
}

impl FromBatch for statements::Pay {
    fn from_batch(batch: &Batch<'_>) -> Option<Self> {
        let all = unless_empty(&batch.decision.payments)?;
        Some(Self {
            event: batch.event(),
            now: batch.now,
            ids: all.iter().map(|payment| payment.id.into()).collect(),
            registrations: all.iter().map(|payment| payment.registration.into()).collect(),
            amounts: all.iter().map(|payment| payment.amount).collect(),
            decisions: all.iter().map(|payment| payment.decision).collect(),
            marked_by: all.iter().map(|payment| payment.by.map(Uuid::from)).collect(),
            taken_back: all.iter().map(|payment| Some(payment.taken_back?.0)).collect(),
            taken_back_by: all.iter().map(|payment| payment.taken_back?.1.map(Uuid::from)).collect(),
        })
    }
}

impl FromBatch for statements::Record {
    fn from_batch(batch: &Batch<'_>) -> Option<Self> {
        let all = unless_empty(&batch.decision.decisions)?;
        let reduced = |entry: &EventDecision| {
            entry.kind.reduction().map(|(registration, split)| (registration, rows::split_columns(split)))
        };
        Some(Self {
            event: batch.event(),
            decided_at: batch.now,
            numbers: all.iter().map(|entry| entry.number).collect(),
            kinds: all.iter().map(|entry| entry.kind.as_str()).collect(),
            values: all.iter().map(|entry| entry.kind.value()).collect(),
            types: all.iter().map(|entry| entry.kind.ticket_type().map(i16::from)).collect(),
            prices: all.iter().map(|entry| entry.kind.price().map(i16::from).or_else(|| reduced(entry)?.1.0)).collect(),
            registrations: all.iter().map(|entry| Some(reduced(entry)?.0.into())).collect(),
            splits: all.iter().map(|entry| reduced(entry)?.1.1).collect(),
        })
    }
}

impl FromBatch for statements::Count {
    fn from_batch(batch: &Batch<'_>) -> Option<Self> {
        let Decision { event, tickets, figures, .. } = batch.decision;
        if batch.before == event && batch.tickets == tickets {
            return None;
        }
        let Figures { confirmed, waitlisted, promoted, cancelled } = *figures;
        let types: Vec<_> =
            tickets.types.iter().filter(|one| batch.tickets.ticket_type(one.number) != Some(*one)).collect();
        let prices: Vec<_> =
            tickets.prices.iter().filter(|price| batch.tickets.price(price.number) != Some(*price)).collect();
        Some(Self {
            event: batch.event(),
            event_of_figures: batch.event(),
            event_of_types: batch.event(),
            event_of_prices: batch.event(),
            capacity: event.seats.capacity(),
            seats_remaining: event.seats.remaining(),
            waiting: event.seats.waiting(),
            last_decision: event.last_decision,
            status: event.status.as_str(),
            under_test_since: event.under_test_since,
            types: types.iter().map(|one| one.number.into()).collect(),
            type_capacities: types.iter().map(|one| one.seats.capacity()).collect(),
            type_remaining: types.iter().map(|one| one.seats.remaining()).collect(),
            type_waiting: types.iter().map(|one| one.seats.waiting()).collect(),
            seats_wanted: types.iter().map(|one| one.seats_wanted).collect(),
            head_wants: types.iter().map(|one| one.head_wants).collect(),
            idle_since: types.iter().map(|one| one.idle_since).collect(),
            types_used: types.iter().map(|one| one.is_used).collect(),
            taken: types.iter().map(|one| one.money.taken).collect(),
            held: types.iter().map(|one| one.money.held).collect(),
            owed: types.iter().map(|one| one.money.owed).collect(),
            prices: prices.iter().map(|price| price.number.into()).collect(),
            standing: prices.iter().map(|price| price.standing).collect(),
            prices_used: prices.iter().map(|price| price.is_used).collect(),
            minute: minute_of(batch.now),
            confirmed,
            waitlisted,
            promoted,
            cancelled,
        })
    }
}

impl FromBatch for statements::Journal {
    fn from_batch(batch: &Batch<'_>) -> Option<Self> {
        let Decision { news, event, .. } = batch.decision;
        if news.is_empty() {
            return None;
        }
        Some(Self {
            ids: news.registrations.iter().copied().map(Uuid::from).collect(),
            news: news.event.iter().map(|news| news.as_str()).collect(),
            event: batch.event(),
            decision: event.last_decision,
            written_at: batch.now,
        })
    }
}

fn unless_empty<T>(all: &[T]) -> Option<&[T]> {
    (!all.is_empty()).then_some(all)
}

fn count<T>(all: &[T]) -> i64 {
    i64::try_from(all.len()).unwrap_or(i64::MAX)
}
