//! Rows, and their conversion to the types of `domain` and back.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types;
use domain::events::{Event, EventDetails, EventStatus};
use domain::money::{Currency, Hold, Terms};
use domain::registrations::{
    Cancellation, CancellationCause, IdempotencyKey, Paid, Registration, RegistrationStatus, Removal, RemovalReason,
};
use domain::seats::Seats;
use domain::tickets::{Part, Split};
use uuid::Uuid;

use crate::errors::Error;
use crate::schema::{events, registrations};

/// The value among `all` whose name is `name`.
pub(crate) fn named<T: Copy>(all: &[T], name_of: impl Fn(T) -> &'static str, name: &str) -> Result<T, Error> {
    let found = all.iter().copied().find(|value| name_of(*value) == name);
    found.ok_or_else(|| Error::Corrupt(format!("unknown name {name:?}")))
}

#[derive(Debug, Queryable, QueryableByName, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = events, check_for_backend(diesel::pg::Pg), treat_none_as_null = true)]
pub(crate) struct EventRow {
    pub(crate) id: Uuid,
    pub(crate) organizer_id: Uuid,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) location: String,
    pub(crate) starts_at: DateTime<Utc>,
    pub(crate) ends_at: DateTime<Utc>,
    pub(crate) time_zone: String,
    pub(crate) sales_open_at: Option<DateTime<Utc>>,
    pub(crate) sales_close_at: Option<DateTime<Utc>>,
    pub(crate) capacity: i32,
    pub(crate) seats_remaining: i32,
    pub(crate) waiting: i32,
    pub(crate) last_decision: i64,
    pub(crate) status: String,
    pub(crate) under_test_since: Option<i64>,
    pub(crate) rehearsal_of: Option<Uuid>,
    pub(crate) edit_version: i64,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) updated_at: DateTime<Utc>,
    pub(crate) cancel_until: Option<DateTime<Utc>>,
    pub(crate) currency: Option<String>,
    pub(crate) hold_minutes: Option<i32>,
    pub(crate) line_hold_minutes: Option<i32>,
    pub(crate) line_patience_minutes: Option<i32>,
    pub(crate) grace_minutes: i32,
    pub(crate) refund_until: Option<DateTime<Utc>>,
    pub(crate) payment_instructions: String,
    pub(crate) verified_buyers_only: bool,
}

impl TryFrom<EventRow> for Event {
    type Error = Error;

    fn try_from(row: EventRow) -> Result<Self, Error> {
        Ok(Self {
            id: row.id.into(),
            organizer: row.organizer_id.into(),
            details: EventDetails {
                title: row.title,
                description: row.description,
                location: row.location,
                starts_at: row.starts_at,
                ends_at: row.ends_at,
                time_zone: row.time_zone,
                sales_open_at: row.sales_open_at,
                sales_close_at: row.sales_close_at,
                cancel_until: row.cancel_until,
                verified_buyers_only: row.verified_buyers_only,
            },
            seats: seats(row.capacity, row.seats_remaining, row.waiting)?,
            terms: Terms {
                currency: row.currency.as_deref().map(currency).transpose()?,
                hold_minutes: row.hold_minutes,
                line_hold_minutes: row.line_hold_minutes,
                line_patience_minutes: row.line_patience_minutes,
                grace_minutes: row.grace_minutes,
                refund_until: row.refund_until,
                instructions: row.payment_instructions,
            },
            last_decision: row.last_decision,
            status: event_status(&row.status)?,
            under_test_since: row.under_test_since,
            rehearsal_of: row.rehearsal_of.map(Into::into),
            edit_version: row.edit_version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

impl From<&Event> for EventRow {
    fn from(event: &Event) -> Self {
        let (details, terms) = (event.details.clone(), event.terms.clone());
        Self {
            id: event.id.into(),
            organizer_id: event.organizer.into(),
            title: details.title,
            description: details.description,
            location: details.location,
            starts_at: details.starts_at,
            ends_at: details.ends_at,
            time_zone: details.time_zone,
            sales_open_at: details.sales_open_at,
            sales_close_at: details.sales_close_at,
            capacity: event.seats.capacity(),
            seats_remaining: event.seats.remaining(),
            waiting: event.seats.waiting(),
            last_decision: event.last_decision,
            status: event.status.as_str().to_owned(),
            under_test_since: event.under_test_since,
            rehearsal_of: event.rehearsal_of.map(Into::into),
            edit_version: event.edit_version,
            created_at: event.created_at,
            updated_at: event.updated_at,
            cancel_until: details.cancel_until,
            currency: terms.currency.map(|currency| currency.code().to_owned()),
            hold_minutes: terms.hold_minutes,
            line_hold_minutes: terms.line_hold_minutes,
            line_patience_minutes: terms.line_patience_minutes,
            grace_minutes: terms.grace_minutes,
            refund_until: terms.refund_until,
            payment_instructions: terms.instructions,
            verified_buyers_only: details.verified_buyers_only,
        }
    }
}

fn currency(code: &str) -> Result<Currency, Error> {
    code.parse().map_err(|_| Error::Corrupt(format!("unknown currency {code:?}")))
}

/// Makes, of the columns that a registration is read from, its row, their names for a statement's text and their types.
macro_rules! registration_columns {
    ($first:ident: $first_type:ty as $first_sql:ty, $($column:ident: $type:ty as $sql:ty,)+) => {
        /// A registration as it is read, without its event, which every statement names.
        #[derive(Debug, Queryable, Selectable)]
        #[diesel(table_name = registrations, check_for_backend(diesel::pg::Pg))]
        pub(crate) struct RegistrationRow {
            pub(crate) $first: $first_type,
            $(pub(crate) $column: $type,)+
        }

        /// The names of [`RegistrationRow`]'s columns, for statements that are written by hand.
        pub(crate) const REGISTRATION_COLUMNS: &str = concat!(stringify!($first), $(", ", stringify!($column)),+);

        /// The types of [`REGISTRATION_COLUMNS`].
        pub(crate) type RegistrationColumns = ($first_sql, $($sql,)+);
    };
}

registration_columns! {
    id: Uuid as sql_types::Uuid,
    user_id: Uuid as sql_types::Uuid,
    status: String as sql_types::Text,
    decision: i64 as sql_types::BigInt,
    ticket_type: i16 as sql_types::SmallInt,
    seats_booked: i16 as sql_types::SmallInt,
    seats: i16 as sql_types::SmallInt,
    price: Option<i16> as sql_types::Nullable<sql_types::SmallInt>,
    split: Option<Vec<i16>> as sql_types::Nullable<sql_types::Array<sql_types::SmallInt>>,
    amount: i64 as sql_types::BigInt,
    seated_decision: Option<i64> as sql_types::Nullable<sql_types::BigInt>,
    cancelled_decision: Option<i64> as sql_types::Nullable<sql_types::BigInt>,
    idempotency_key: Option<String> as sql_types::Nullable<sql_types::Text>,
    registered_at: DateTime<Utc> as sql_types::Timestamptz,
    seated_at: Option<DateTime<Utc>> as sql_types::Nullable<sql_types::Timestamptz>,
    cancelled_at: Option<DateTime<Utc>> as sql_types::Nullable<sql_types::Timestamptz>,
    cancellation: Option<String> as sql_types::Nullable<sql_types::Text>,
    removal_reason: Option<String> as sql_types::Nullable<sql_types::Text>,
    may_book_again: Option<bool> as sql_types::Nullable<sql_types::Bool>,
    held_until: Option<DateTime<Utc>> as sql_types::Nullable<sql_types::Timestamptz>,
    lapses_at: Option<DateTime<Utc>> as sql_types::Nullable<sql_types::Timestamptz>,
    paid_decision: Option<i64> as sql_types::Nullable<sql_types::BigInt>,
    paid_at: Option<DateTime<Utc>> as sql_types::Nullable<sql_types::Timestamptz>,
    paid_amount: Option<i64> as sql_types::Nullable<sql_types::BigInt>,
    owed: i64 as sql_types::BigInt,
}

impl TryFrom<RegistrationRow> for Registration {
    type Error = Error;

    fn try_from(row: RegistrationRow) -> Result<Self, Error> {
        let key = row.idempotency_key.map(|key| IdempotencyKey::parse(&key)).transpose();
        let status = status(&row.status)?;
        let removal = row.removal_reason.zip(row.may_book_again);
        Ok(Self {
            id: row.id.into(),
            user: row.user_id.into(),
            ticket_type: row.ticket_type.into(),
            status,
            booked: row.seats_booked.into(),
            split: split(row.price, row.seats, row.split.as_deref())?,
            amount: row.amount,
            decision: row.decision,
            seated_decision: row.seated_decision,
            cancelled_decision: row.cancelled_decision,
            idempotency_key: key.map_err(|error| Error::Corrupt(error.to_string()))?,
            registered_at: row.registered_at,
            seated_at: row.seated_at,
            cancelled_at: row.cancelled_at,
            hold: row.held_until.zip(row.lapses_at).map(|(until, lapses_at)| Hold { until, lapses_at }),
            paid: paid(row.paid_decision, row.paid_at, row.paid_amount),
            owed: row.owed,
            cancellation: cancellation(status, row.cancellation.as_deref(), removal)?,
        })
    }
}

/// The payment that a registration's row holds.
pub(crate) fn paid(decision: Option<i64>, at: Option<DateTime<Utc>>, amount: Option<i64>) -> Option<Paid> {
    Some(Paid { decision: decision?, at: at?, amount: amount? })
}

/// The seats of a registration by price: all at one price, or split over several, whose numbers and seats follow each
/// other in `parts`.
pub(crate) fn split(price: Option<i16>, seats: i16, parts: Option<&[i16]>) -> Result<Split, Error> {
    let split = match (price, parts) {
        (Some(price), None) => Split::one(price.into(), seats),
        (None, Some(parts)) => {
            let part = |pair: &[i16]| match pair {
                [price, seats] => Some(Part { price: (*price).into(), seats: *seats }),
                _ => None,
            };
            parts.chunks(2).map(part).collect::<Option<Vec<_>>>().and_then(Split::of)
        }
        _ => None,
    };
    split.filter(|split| split.seats() == i32::from(seats)).ok_or_else(|| {
        Error::Corrupt(format!("a registration of {seats} seats has the price {price:?} and the split {parts:?}"))
    })
}

/// The columns that hold a split: its only price, or its parts as the text of an array.
pub(crate) fn split_columns(split: &Split) -> (Option<i16>, Option<String>) {
    match split.parts() {
        [only] => (Some(only.price.into()), None),
        parts => {
            let numbers = parts.iter().flat_map(|part| [i16::from(part.price), part.seats]);
            let numbers: Vec<String> = numbers.map(|number| number.to_string()).collect();
            (None, Some(format!("{{{}}}", numbers.join(","))))
        }
    }
}

/// Why a registration was cancelled, if it was. Those without a stored cause were cancelled by their own person.
fn cancellation(
    status: RegistrationStatus,
    stored: Option<&str>,
    removal: Option<(String, bool)>,
) -> Result<Option<Cancellation>, Error> {
    if !status.is_over() {
        return Ok(None);
    }
    Ok(Some(match (cause(stored)?, removal) {
        (CancellationCause::GivenUp, _) => Cancellation::GivenUp,
        (CancellationCause::Lapsed, _) => Cancellation::Lapsed,
        (CancellationCause::Passed, _) => Cancellation::Passed,
        (CancellationCause::PassedOn, _) => Cancellation::PassedOn,
        (CancellationCause::Deactivated, _) => Cancellation::Deactivated,
        (CancellationCause::Removed, Some((reason, may_book_again))) => {
            Cancellation::Removed(Arc::new(Removal { reason: RemovalReason::stored(&reason), may_book_again }))
        }
        (CancellationCause::Removed, None) => {
            return Err(Error::Corrupt("a registration was removed without a reason".to_owned()));
        }
    }))
}

/// The cause of a cancellation that the database calls `name`.
pub(crate) fn cause(name: Option<&str>) -> Result<CancellationCause, Error> {
    let Some(name) = name else { return Ok(CancellationCause::GivenUp) };
    named(&CancellationCause::ALL, CancellationCause::as_str, name)
}

/// The status of a registration that the database calls `name`.
pub(crate) fn status(name: &str) -> Result<RegistrationStatus, Error> {
    named(&RegistrationStatus::ALL, RegistrationStatus::as_str, name)
}

/// The status of an event that the database calls `name`.
pub(crate) fn event_status(name: &str) -> Result<EventStatus, Error> {
    named(&EventStatus::ALL, EventStatus::as_str, name)
}

/// The counts of seats that an event's row holds.
pub(crate) fn seats(capacity: i32, remaining: i32, waiting: i32) -> Result<Seats, Error> {
    Seats::stored(capacity, remaining, waiting).map_err(|error| Error::Corrupt(error.to_string()))
}

/// All rows as values, or the error of the first that is unsound.
pub(crate) fn all<Row, T: TryFrom<Row, Error = Error>>(rows: Vec<Row>) -> Result<Vec<T>, Error> {
    rows.into_iter().map(T::try_from).collect()
}
