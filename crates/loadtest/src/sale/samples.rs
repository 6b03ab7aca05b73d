//! Registrations for tests.

use chrono::{DateTime, Utc};
use domain::money::Hold;
use domain::registrations::{Registration, RegistrationStatus};
use domain::tickets::{PriceNumber, Split, TypeNumber};
use uuid::Uuid;

/// The price of a registration that is HELD.
pub(crate) const AMOUNT: i64 = 2_500;

/// A registration of one seat with this number and status, which got its seat at once, unless it waits.
pub(crate) fn registration(decision: i64, status: RegistrationStatus) -> Registration {
    let (number, at) = ((!status.waits()).then_some(decision), DateTime::<Utc>::UNIX_EPOCH);
    let is_held = status == RegistrationStatus::Held;
    let cancelled = status.is_over().then_some(decision + 10);
    Registration {
        id: Uuid::now_v7().into(),
        user: Uuid::now_v7().into(),
        ticket_type: TypeNumber::FIRST,
        status,
        booked: 1,
        split: Split::single(PriceNumber::FIRST),
        amount: if is_held { AMOUNT } else { 0 },
        decision,
        seated_decision: number,
        cancelled_decision: cancelled,
        idempotency_key: None,
        registered_at: at,
        seated_at: number.map(|_| at),
        cancelled_at: cancelled.map(|_| at),
        hold: is_held.then_some(Hold { until: at, lapses_at: at }),
        paid: None,
        owed: 0,
        cancellation: None,
    }
}
