//! Deliveries that are due, taken by a server that is to send them.

use std::collections::HashMap;
use std::fmt;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, SmallInt, Text, Timestamptz, Uuid as PgUuid};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::ids::{DeliveryId, EventId, RegistrationId, UserId, WebhookId};
use domain::registrations::{CancellationCause, RegistrationStatus};
use domain::webhooks::WebhookKind;
use uuid::Uuid;

use crate::errors::Error;
use crate::rows;
use crate::webhooks::MAY_HEAR;

/// The facts of a registration that are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldRegistration {
    /// Its id.
    pub id: RegistrationId,
    /// Its person.
    pub user: UserId,
    /// Its status.
    pub status: RegistrationStatus,
    /// How many seats it has or wants, or had at last.
    pub seats: i16,
    /// The number of its ticket type.
    pub ticket_type: i16,
    /// The decision that made it, which is its place in the order of arrival.
    pub arrival: i64,
    /// Why it was cancelled, if it was.
    pub cancellation: Option<CancellationCause>,
}

/// The facts of an event as a whole that are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldEvent {
    /// Its status.
    pub status: String,
    /// The version of its edits.
    pub version: i64,
}

/// The subject of a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A registration at an event, as it stood at the event's decision with this number.
    Registration(EventId, i64, ToldRegistration),
    /// An event as a whole, as it stood at its decision with this number.
    Event(EventId, i64, ToldEvent),
    /// Nothing: a test.
    Test,
}

/// A delivery that this server is to send, until its lease ends. Its `Debug` does not show the secrets.
#[derive(Clone, PartialEq, Eq)]
pub struct DueDelivery {
    /// Its id, the same for all tries.
    pub id: DeliveryId,
    /// Its endpoint.
    pub endpoint: WebhookId,
    /// The endpoint's address.
    pub url: String,
    /// The secrets that sign it: the endpoint's, and the former one while it signs along.
    pub secrets: Vec<String>,
    /// Its kind.
    pub kind: WebhookKind,
    /// Its subject.
    pub subject: Subject,
    /// When the change was decided, by the database's clock.
    pub occurred_at: DateTime<Utc>,
    /// How often it was taken, this time included.
    pub tries: i16,
    pub(super) event: Uuid,
}

impl fmt::Debug for DueDelivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, endpoint, kind, tries, .. } = self;
        write!(f, "DueDelivery({kind:?} {id} to {endpoint}, try {tries})")
    }
}

#[derive(QueryableByName)]
struct DueRow {
    #[diesel(sql_type = PgUuid)]
    event_id: Uuid,
    #[diesel(sql_type = PgUuid)]
    id: Uuid,
    #[diesel(sql_type = PgUuid)]
    endpoint_id: Uuid,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = PgUuid)]
    subject_id: Uuid,
    #[diesel(sql_type = BigInt)]
    event_number: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    event_version: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    status: Option<String>,
    #[diesel(sql_type = Nullable<PgUuid>)]
    user_id: Option<Uuid>,
    #[diesel(sql_type = Nullable<SmallInt>)]
    seats: Option<i16>,
    #[diesel(sql_type = Nullable<SmallInt>)]
    ticket_type: Option<i16>,
    #[diesel(sql_type = Nullable<BigInt>)]
    arrival: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    cancellation: Option<String>,
    #[diesel(sql_type = Timestamptz)]
    occurred_at: DateTime<Utc>,
    #[diesel(sql_type = SmallInt)]
    tries: i16,
    #[diesel(sql_type = Text)]
    url: String,
    #[diesel(sql_type = Array<Text>)]
    secrets: Vec<String>,
}

impl TryFrom<DueRow> for DueDelivery {
    type Error = Error;

    fn try_from(row: DueRow) -> Result<Self, Error> {
        let kind = rows::named(&WebhookKind::ALL, WebhookKind::as_str, &row.kind)?;
        let (event, number) = (EventId::from(row.event_id), row.event_number);
        let of_registration = row.user_id.zip(row.seats).zip(row.ticket_type).zip(row.arrival);
        let subject = match (of_registration, row.status, row.event_version) {
            (Some((((user, seats), ticket_type), arrival)), Some(status), _) => {
                let told = ToldRegistration {
                    id: row.subject_id.into(),
                    user: user.into(),
                    status: rows::status(&status)?,
                    seats,
                    ticket_type,
                    arrival,
                    cancellation: row.cancellation.map(|name| rows::cause(Some(&name))).transpose()?,
                };
                Subject::Registration(event, number, told)
            }
            (None, Some(status), Some(version)) => Subject::Event(event, number, ToldEvent { status, version }),
            _ => Subject::Test,
        };
        Ok(Self {
            id: row.id.into(),
            endpoint: row.endpoint_id.into(),
            url: row.url,
            secrets: row.secrets,
            kind,
            subject,
            occurred_at: row.occurred_at,
            tries: row.tries,
            event: row.event_id,
        })
    }
}

/// How much a server may take.
#[derive(Debug, Clone, Copy)]
pub struct Room<'a> {
    /// In all.
    pub in_all: usize,
    /// For each endpoint.
    pub per_endpoint: usize,
    /// How many of an endpoint are on their way already.
    pub on_their_way: &'a HashMap<WebhookId, usize>,
}

/// Deliveries that were taken.
#[derive(Debug)]
pub struct Taken {
    /// They.
    pub due: Vec<DueDelivery>,
    /// The endpoint after which to look next; `None` if the last one was looked at, and the next look begins anew.
    pub next: Option<WebhookId>,
}

/// The endpoints that one look takes from. Each costs two looks into an index.
const ENDPOINTS_AT_ONCE: i32 = 100;

#[derive(QueryableByName)]
struct Chosen {
    #[diesel(sql_type = PgUuid)]
    event_id: Uuid,
    #[diesel(sql_type = PgUuid)]
    id: Uuid,
    #[diesel(sql_type = PgUuid)]
    endpoint_id: Uuid,
    #[diesel(sql_type = Bool)]
    is_failing: bool,
}

/// Takes deliveries that are due, for `lease_seconds`, from the endpoints after `after` in turn. If they have not
/// [ended](super::end) by then, because the server has stopped, they are due again.
///
/// An endpoint with many deliveries delays no other: each look goes on behind the endpoint where the last one ended,
/// and takes no more from one than it has room for.
pub async fn take(
    connection: &mut AsyncPgConnection,
    after: Option<WebhookId>,
    room: Room<'_>,
    lease_seconds: i32,
) -> Result<Taken, Error> {
    connection
        .transaction(async |connection| {
            let endpoints = endpoints_with_due(connection, after).await?;
            let is_last = i32::try_from(endpoints.len()).is_ok_and(|found| found < ENDPOINTS_AT_ONCE);
            let last = endpoints.last().copied().map(WebhookId::from);
            let (chosen, filled_at) = choose_in_txn(connection, endpoints, room).await?;
            let due = lease_in_txn(connection, chosen, lease_seconds).await?;
            Ok(Taken { due, next: filled_at.or(if is_last { None } else { last }) })
        })
        .await
}

/// Some endpoints with deliveries that are due, now or later, in the order of their ids.
async fn endpoints_with_due(connection: &mut AsyncPgConnection, after: Option<WebhookId>) -> Result<Vec<Uuid>, Error> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = PgUuid)]
        endpoint_id: Uuid,
    }
    // Each step of the recursion is one look into the index, however many deliveries an endpoint has.
    const NEXT: &str = "select d.endpoint_id from webhook_deliveries d where d.state = 'DUE' and d.endpoint_id >";
    let found: Vec<Found> = diesel::sql_query(format!(
        "with recursive found as (\
         (select d.endpoint_id, 1 as step from lateral ({NEXT} $1 order by d.endpoint_id limit 1) d) union all \
         select d.endpoint_id, step + 1 from found, \
         lateral ({NEXT} found.endpoint_id order by d.endpoint_id limit 1) d where step < $2) select endpoint_id from found order by endpoint_id"
    ))
    .bind::<PgUuid, _>(after.map_or_else(Uuid::nil, Uuid::from))
    .bind::<Integer, _>(ENDPOINTS_AT_ONCE)
    .load(connection)
    .await?;
    Ok(found.into_iter().map(|one| one.endpoint_id).collect())
}

/// Locks deliveries that are due, those that are due for longest at each endpoint. Returns also the endpoint at which
/// there was no more room in all.
async fn choose_in_txn(
    connection: &mut AsyncPgConnection,
    endpoints: Vec<Uuid>,
    room: Room<'_>,
) -> Result<(Vec<Chosen>, Option<WebhookId>), Error> {
    let taken_of = |id: Uuid| room.on_their_way.get(&WebhookId::from(id)).copied().unwrap_or_default();
    let mut ids: Vec<Uuid> = endpoints.into_iter().filter(|id| taken_of(*id) < room.per_endpoint).collect();
    ids.sort_unstable();
    let mut taken: HashMap<Uuid, usize> = HashMap::new();
    let found: Vec<Chosen> = diesel::sql_query(format!(
        "select due.event_id, due.id, w.id as endpoint_id, w.failing_since is not null as is_failing \
         from unnest($1) as e (id) \
         join webhook_endpoints w on w.id = e.id join users u on u.id = w.owner_id, lateral (\
         select d.event_id, d.id, d.due_at from webhook_deliveries d where d.endpoint_id = e.id and d.state = 'DUE' \
         and d.due_at <= now() and {MAY_HEAR} order by d.due_at limit $2 for update skip locked) due \
         where w.off_since is null and u.is_active and u.role in ('ORGANIZER', 'ADMIN') order by w.id, due.due_at"
    ))
    .bind::<Array<PgUuid>, _>(ids)
    .bind::<BigInt, _>(i64::try_from(room.per_endpoint).unwrap_or(i64::MAX))
    .load(connection)
    .await?;
    let (mut chosen, mut filled_at): (Vec<Chosen>, _) = (Vec::new(), None);
    for one in found {
        if chosen.len() >= room.in_all {
            filled_at = chosen.last().map(|last| WebhookId::from(last.endpoint_id));
            break;
        }
        let taken = taken.entry(one.endpoint_id).or_insert_with(|| taken_of(one.endpoint_id));
        // One that takes nothing, perhaps by waiting for long, has no more than one place.
        if *taken < if one.is_failing { 1 } else { room.per_endpoint } {
            *taken += 1;
            chosen.push(one);
        }
    }
    Ok((chosen, filled_at))
}

/// Takes deliveries that are locked.
async fn lease_in_txn(
    connection: &mut AsyncPgConnection,
    chosen: Vec<Chosen>,
    lease_seconds: i32,
) -> Result<Vec<DueDelivery>, Error> {
    if chosen.is_empty() {
        return Ok(Vec::new());
    }
    let (events, ids): (Vec<Uuid>, Vec<Uuid>) = chosen.into_iter().map(|one| (one.event_id, one.id)).unzip();
    let rows: Vec<DueRow> = diesel::sql_query(
        "update webhook_deliveries d set due_at = now() + make_interval(secs => $1), tries = least(d.tries + 1, 32000) \
         from unnest($2, $3) as due (event_id, id), webhook_endpoints w \
         where d.event_id = due.event_id and d.id = due.id and w.id = d.endpoint_id and w.deleted_at is null \
         returning d.event_id, d.id, d.endpoint_id, d.kind, d.subject_id, d.event_number, d.event_version, d.status, \
         d.user_id, d.seats, d.ticket_type, d.arrival, d.cancellation, d.occurred_at, d.tries, w.url, \
         array_remove(array[w.secret, case when w.former_until > now() then w.former_secret end], null) as secrets",
    )
    .bind::<Integer, _>(lease_seconds)
    .bind::<Array<PgUuid>, _>(events)
    .bind::<Array<PgUuid>, _>(ids)
    .load(connection)
    .await?;
    rows::all(rows)
}
