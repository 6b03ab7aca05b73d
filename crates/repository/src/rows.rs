//! How rows become the types of `domain`, and back.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types;
use domain::accounts::{AccountKind, Role};
use domain::events::{Event, EventDetails, EventStatus};
use domain::registrations::{IdempotencyKey, Registration, RegistrationStatus};
use uuid::Uuid;

use crate::errors::Error;
use crate::schema::{events, registrations, users};
use crate::tallies::Tally;
use crate::users::User;

/// The value among `all` whose name is `name`.
pub(crate) fn named<T: Copy>(all: &[T], name_of: impl Fn(T) -> &'static str, name: &str) -> Result<T, Error> {
    let found = all.iter().copied().find(|value| name_of(*value) == name);
    found.ok_or_else(|| Error::Corrupt(format!("unknown name {name:?}")))
}

#[derive(Debug, Queryable, Selectable, Insertable, AsChangeset)]
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
            },
            capacity: row.capacity,
            seats_remaining: row.seats_remaining,
            waiting: row.waiting,
            last_decision: row.last_decision,
            status: named(&EventStatus::ALL, EventStatus::as_str, &row.status)?,
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
        let details = event.details.clone();
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
            capacity: event.capacity,
            seats_remaining: event.seats_remaining,
            waiting: event.waiting,
            last_decision: event.last_decision,
            status: event.status.as_str().to_owned(),
            under_test_since: event.under_test_since,
            rehearsal_of: event.rehearsal_of.map(Into::into),
            edit_version: event.edit_version,
            created_at: event.created_at,
            updated_at: event.updated_at,
        }
    }
}

/// What [`crate::statements::Tallies`] finds, in the order of its columns.
#[derive(Debug, Queryable)]
pub(crate) struct TallyRow {
    pub(crate) id: Uuid,
    pub(crate) status: String,
    pub(crate) capacity: i32,
    pub(crate) seats_remaining: i32,
    pub(crate) waiting: i32,
    pub(crate) under_test_since: Option<i64>,
    pub(crate) edit_version: i64,
    pub(crate) last_decision: i64,
}

/// The types of [`TallyRow`]'s columns.
pub(crate) type TallyColumns = (
    sql_types::Uuid,
    sql_types::Text,
    sql_types::Integer,
    sql_types::Integer,
    sql_types::Integer,
    sql_types::Nullable<sql_types::BigInt>,
    sql_types::BigInt,
    sql_types::BigInt,
);

impl TryFrom<TallyRow> for Tally {
    type Error = Error;

    fn try_from(row: TallyRow) -> Result<Self, Error> {
        Ok(Self {
            id: row.id.into(),
            status: named(&EventStatus::ALL, EventStatus::as_str, &row.status)?,
            capacity: row.capacity,
            seats_remaining: row.seats_remaining,
            waiting: row.waiting,
            under_test: row.under_test_since.is_some(),
            edit_version: row.edit_version,
            last_decision: row.last_decision,
        })
    }
}

/// A registration without its event, which every statement names.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = registrations, check_for_backend(diesel::pg::Pg))]
pub(crate) struct RegistrationRow {
    pub(crate) id: Uuid,
    pub(crate) user_id: Uuid,
    pub(crate) status: String,
    pub(crate) decision: i64,
    pub(crate) confirmed_decision: Option<i64>,
    pub(crate) cancelled_decision: Option<i64>,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) registered_at: DateTime<Utc>,
    pub(crate) confirmed_at: Option<DateTime<Utc>>,
    pub(crate) cancelled_at: Option<DateTime<Utc>>,
}

/// The types of [`RegistrationRow`]'s columns, for statements that are written by hand.
pub(crate) type RegistrationColumns = (
    sql_types::Uuid,
    sql_types::Uuid,
    sql_types::Text,
    sql_types::BigInt,
    sql_types::Nullable<sql_types::BigInt>,
    sql_types::Nullable<sql_types::BigInt>,
    sql_types::Nullable<sql_types::Text>,
    sql_types::Timestamptz,
    sql_types::Nullable<sql_types::Timestamptz>,
    sql_types::Nullable<sql_types::Timestamptz>,
);

impl TryFrom<RegistrationRow> for Registration {
    type Error = Error;

    fn try_from(row: RegistrationRow) -> Result<Self, Error> {
        let key = row.idempotency_key.map(|key| IdempotencyKey::parse(&key)).transpose();
        Ok(Self {
            id: row.id.into(),
            user: row.user_id.into(),
            status: status(&row.status)?,
            decision: row.decision,
            confirmed_decision: row.confirmed_decision,
            cancelled_decision: row.cancelled_decision,
            idempotency_key: key.map_err(|error| Error::Corrupt(error.to_string()))?,
            registered_at: row.registered_at,
            confirmed_at: row.confirmed_at,
            cancelled_at: row.cancelled_at,
        })
    }
}

/// The status of a registration that the database calls `name`.
pub(crate) fn status(name: &str) -> Result<RegistrationStatus, Error> {
    named(&RegistrationStatus::ALL, RegistrationStatus::as_str, name)
}

/// All rows, or the first that cannot be.
pub(crate) fn all<Row, T: TryFrom<Row, Error = Error>>(rows: Vec<Row>) -> Result<Vec<T>, Error> {
    rows.into_iter().map(T::try_from).collect()
}

#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = users, check_for_backend(diesel::pg::Pg))]
pub(crate) struct UserRow {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) password_hash: String,
    pub(crate) role: String,
    pub(crate) is_active: bool,
    pub(crate) kind: String,
    pub(crate) access_version: i64,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) updated_at: DateTime<Utc>,
}

/// The name that the database uses for a kind of account.
pub(crate) fn account_kind(kind: AccountKind) -> &'static str {
    match kind {
        AccountKind::Person => "PERSON",
        AccountKind::Simulated => "SIMULATED",
    }
}

/// The role that the database calls `name`.
pub(crate) fn role(name: &str) -> Result<Role, Error> {
    named(&Role::ALL, Role::as_str, name)
}

impl TryFrom<UserRow> for User {
    type Error = Error;

    fn try_from(row: UserRow) -> Result<Self, Error> {
        Ok(Self {
            id: row.id.into(),
            name: row.name,
            email: row.email,
            password_hash: row.password_hash,
            role: role(&row.role)?,
            is_active: row.is_active,
            kind: named(&[AccountKind::Person, AccountKind::Simulated], account_kind, &row.kind)?,
            access_version: row.access_version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}
