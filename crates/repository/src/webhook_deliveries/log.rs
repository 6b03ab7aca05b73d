//! The log of an endpoint's deliveries, and those that its owner asks for: tests, and deliveries that are sent again.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, SmallInt, Text, Timestamptz, Uuid as PgUuid};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::ids::{DeliveryId, EventId, RegistrationId, UserId, WebhookId};
use domain::webhooks::{DeliveryState, WebhookKind};
use uuid::Uuid;

use crate::errors::Error;
use crate::rows;
use crate::webhooks::MAY_HEAR;
use crate::webhooks::rates::{self, RESENDS};

/// A delivery as the log shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedDelivery {
    /// Its id.
    pub id: DeliveryId,
    /// Its kind.
    pub kind: WebhookKind,
    /// Its event. A test has none.
    pub event: Option<EventId>,
    /// Its registration, if it is about one.
    pub registration: Option<RegistrationId>,
    /// Its state.
    pub state: DeliveryState,
    /// When it was written down.
    pub created_at: DateTime<Utc>,
    /// When it is tried next, if it is due.
    pub due_at: DateTime<Utc>,
    /// When its sending ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// How often it was tried.
    pub tries: i16,
    /// The status of the last answer, if there was one.
    pub last_status: Option<i16>,
    /// Why the last try failed.
    pub last_error: Option<String>,
    /// The beginning of the last answer.
    pub last_answer: Option<String>,
}

#[derive(QueryableByName)]
struct ListedRow {
    #[diesel(sql_type = PgUuid)]
    event_id: Uuid,
    #[diesel(sql_type = PgUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = PgUuid)]
    subject_id: Uuid,
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = Timestamptz)]
    created_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    due_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    ended_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = SmallInt)]
    tries: i16,
    #[diesel(sql_type = Nullable<SmallInt>)]
    last_status: Option<i16>,
    #[diesel(sql_type = Nullable<Text>)]
    last_error: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    last_answer: Option<String>,
}

impl TryFrom<ListedRow> for ListedDelivery {
    type Error = Error;

    fn try_from(row: ListedRow) -> Result<Self, Error> {
        let kind = rows::named(&WebhookKind::ALL, WebhookKind::as_str, &row.kind)?;
        let event = (!row.event_id.is_nil()).then(|| EventId::from(row.event_id));
        let is_of_event = event.is_none() || row.subject_id == row.event_id;
        Ok(Self {
            id: row.id.into(),
            kind,
            event,
            registration: (!is_of_event).then(|| row.subject_id.into()),
            state: rows::named(&DeliveryState::ALL, DeliveryState::as_str, &row.state)?,
            created_at: row.created_at,
            due_at: row.due_at,
            ended_at: row.ended_at,
            tries: row.tries,
            last_status: row.last_status,
            last_error: row.last_error,
            last_answer: row.last_answer,
        })
    }
}

/// The deliveries to an endpoint of this owner, the newest first, beginning after `before`. Without those that the
/// owner may not hear of any more.
pub async fn list(
    connection: &mut AsyncPgConnection,
    owner: UserId,
    endpoint: WebhookId,
    state: Option<DeliveryState>,
    before: Option<DeliveryId>,
    limit: i64,
) -> Result<Vec<ListedDelivery>, Error> {
    let rows: Vec<ListedRow> = diesel::sql_query(format!(
        "select d.event_id, d.id, d.kind, d.subject_id, d.state, d.created_at, d.due_at, d.ended_at, d.tries, \
         d.last_status, d.last_error, d.last_answer from webhook_deliveries d \
         join webhook_endpoints w on w.id = d.endpoint_id join users u on u.id = w.owner_id \
         where d.endpoint_id = $1 and w.owner_id = $2 and w.deleted_at is null and ($3 is null or d.state = $3) \
         and ($4 is null or d.id < $4) and {MAY_HEAR} order by d.id desc limit $5"
    ))
    .bind::<PgUuid, _>(Uuid::from(endpoint))
    .bind::<PgUuid, _>(Uuid::from(owner))
    .bind::<Nullable<Text>, _>(state.map(DeliveryState::as_str))
    .bind::<Nullable<PgUuid>, _>(before.map(Uuid::from))
    .bind::<BigInt, _>(limit)
    .load(connection)
    .await?;
    rows::all(rows)
}

/// Has a delivery sent once more that has ended, with a schedule of its own. One that is due stays due.
/// [`Error::NotFound`] if this owner's endpoint has no such delivery, or the owner may not hear of it any more,
/// [`Conflict::WebhookTooOften`](crate::errors::Conflict::WebhookTooOften) if very many were sent again.
pub async fn resend(
    connection: &mut AsyncPgConnection,
    owner: UserId,
    endpoint: WebhookId,
    delivery: DeliveryId,
) -> Result<(), Error> {
    connection
        .transaction(async |connection| {
            // The endpoint is locked before its delivery, as everywhere.
            rates::count_in_txn(connection, endpoint.into(), RESENDS).await?;
            let touched = diesel::sql_query(format!(
                "update webhook_deliveries d set state = 'DUE', \
                 tries = case d.state when 'DUE' then d.tries else 0 end, ended_at = null, \
                 due_at = case d.state when 'DUE' then d.due_at else statement_timestamp() end \
                 from webhook_endpoints w join users u on u.id = w.owner_id \
                 where w.id = d.endpoint_id and w.owner_id = $1 and d.endpoint_id = $2 and d.id = $3 and {MAY_HEAR}"
            ))
            .bind::<PgUuid, _>(Uuid::from(owner))
            .bind::<PgUuid, _>(Uuid::from(endpoint))
            .bind::<PgUuid, _>(Uuid::from(delivery))
            .execute(connection)
            .await?;
            // The error takes the count back.
            if touched > 0 { Ok(()) } else { Err(Error::NotFound) }
        })
        .await
}

/// Has an endpoint of this owner tested: it is told of nothing but the test. One test is made in ten seconds, so that
/// the button is no means against somebody else's server. Returns the delivery; [`Error::NotFound`] if there is no such
/// endpoint, or it is off.
pub async fn test(
    connection: &mut AsyncPgConnection,
    owner: UserId,
    endpoint: WebhookId,
    id: DeliveryId,
) -> Result<DeliveryId, Error> {
    #[derive(QueryableByName)]
    struct Made {
        #[diesel(sql_type = PgUuid)]
        id: Uuid,
    }
    let made: Made = diesel::sql_query(
        "insert into webhook_deliveries (event_id, id, endpoint_id, kind, subject_id, number, event_number, \
         occurred_at) select $1, $2, id, 'ping', id, floor(extract(epoch from statement_timestamp()) / 10)::bigint, 0, \
         statement_timestamp() from webhook_endpoints where id = $3 and owner_id = $4 and off_since is null \
         on conflict (event_id, endpoint_id, subject_id, kind, number) do update set number = excluded.number \
         returning id",
    )
    .bind::<PgUuid, _>(Uuid::nil())
    .bind::<PgUuid, _>(Uuid::from(id))
    .bind::<PgUuid, _>(Uuid::from(endpoint))
    .bind::<PgUuid, _>(Uuid::from(owner))
    .get_result(connection)
    .await?;
    Ok(made.id.into())
}
