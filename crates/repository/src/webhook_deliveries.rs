//! Deliveries of webhooks: one for each change and endpoint that hears of it, until it is sent and for some time after.
//! [`crate::journal`] makes them.

use std::collections::HashMap;
use std::fmt;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, SmallInt, Text, Timestamptz, Uuid as PgUuid};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::account_mails::AccountMailKind;
use domain::ids::{AccountMailId, DeliveryId, EventId, RegistrationId, UserId, WebhookId};
use domain::news::EventNews;
use domain::registrations::{CancellationCause, Registration, RegistrationStatus};
use domain::webhooks::{self as changes, Change, DeliveryState, WebhookKind};
use uuid::Uuid;

use crate::account_mails::{self, NewMail};
use crate::errors::Error;
use crate::messages::reason_to_store;
use crate::rows::{self, RegistrationRow};
use crate::schema::{events, registrations};
use crate::webhooks;

/// The deliveries of one statement. The number of binds does not depend on it.
const PER_STATEMENT: usize = 1_000;

/// A row of the journal, as far as endpoints hear of it.
pub(crate) struct Journaled {
    pub(crate) id: i64,
    pub(crate) written_at: DateTime<Utc>,
    pub(crate) news: Vec<EventNews>,
    pub(crate) registrations: Vec<Uuid>,
}

/// A change that deliveries tell of.
#[derive(Clone)]
struct What {
    kind: WebhookKind,
    subject: Uuid,
    number: i64,
    event_number: i64,
    event_version: Option<i64>,
    status: &'static str,
    of: Option<OfRegistration>,
    occurred_at: DateTime<Utc>,
}

#[derive(Clone, Copy)]
struct OfRegistration {
    user: Uuid,
    seats: i16,
    ticket_type: i16,
    arrival: i64,
    cancellation: Option<&'static str>,
}

/// A delivery that is to be made: its id, its endpoint, and what it tells.
type New = (Uuid, Uuid, What);

/// Makes the deliveries that follow from rows of an event's journal. Those that were made before stay as they are. If
/// nobody listens to the event, it is looked up, and nothing else.
pub(crate) async fn make_in_txn(
    connection: &mut AsyncPgConnection,
    event: Uuid,
    journaled: &[Journaled],
    make_id: impl Fn() -> Uuid,
) -> Result<(), Error> {
    let Some(earliest) = journaled.iter().map(|row| row.written_at).min() else { return Ok(()) };
    let listeners = webhooks::listeners_in_txn(connection, event, earliest).await?;
    if listeners.is_empty() {
        return Ok(());
    }
    let mut new = Vec::new();
    let mut tell = |what: &What| {
        let hears = listeners.iter().filter(|listener| listener.hears(what.kind, what.occurred_at));
        new.extend(hears.map(|listener| (make_id(), listener.id, what.clone())));
    };
    if journaled.iter().any(|row| !row.news.is_empty()) {
        let (event_number, version, status): (i64, i64, String) = events::table
            .find(event)
            .select((events::last_decision, events::edit_version, events::status))
            .first(connection)
            .await?;
        let status = rows::event_status(&status)?.as_str();
        for (row, news) in journaled.iter().flat_map(|row| row.news.iter().map(move |news| (row, *news))) {
            tell(&What {
                kind: WebhookKind::of_news(news),
                subject: event,
                number: row.id,
                event_number,
                event_version: Some(version),
                status,
                of: None,
                occurred_at: row.written_at,
            });
        }
    }
    let mut since: HashMap<Uuid, DateTime<Utc>> = HashMap::new();
    for row in journaled {
        for registration in &row.registrations {
            let first = since.entry(*registration).or_insert(row.written_at);
            *first = row.written_at.min(*first);
        }
    }
    for (registration, event_number) in registrations_of(connection, event, since.keys().copied().collect()).await? {
        let since = since.get(&Uuid::from(registration.id)).copied().unwrap_or(earliest);
        // Earlier changes were told of by the rows of their own batches.
        for change in changes::changes(&registration).into_iter().filter(|one| one.at.is_none_or(|at| at >= since)) {
            let Change { kind, number, at } = change;
            tell(&What {
                kind,
                subject: registration.id.into(),
                number,
                event_number,
                event_version: None,
                status: registration.status.as_str(),
                of: Some(of_registration(&registration)?),
                occurred_at: at.unwrap_or(since),
            });
        }
    }
    for some in new.chunks(PER_STATEMENT) {
        insert_in_txn(connection, event, some).await?;
    }
    Ok(())
}

fn of_registration(registration: &Registration) -> Result<OfRegistration, Error> {
    let seats = i16::try_from(registration.seats());
    Ok(OfRegistration {
        user: registration.user.into(),
        seats: seats.map_err(|error| Error::Corrupt(format!("a registration has too many seats: {error}")))?,
        ticket_type: registration.ticket_type.into(),
        arrival: registration.decision,
        cancellation: registration.cancellation.as_ref().map(|cancellation| cancellation.cause().as_str()),
    })
}

/// Registrations with the event's last decision as of the same moment: of two deliveries with different numbers, the
/// one with the higher number has the newer state, and with equal numbers they have the same.
async fn registrations_of(
    connection: &mut AsyncPgConnection,
    event: Uuid,
    ids: Vec<Uuid>,
) -> Result<Vec<(Registration, i64)>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(RegistrationRow, i64)> = registrations::table
        .inner_join(events::table)
        .filter(registrations::event_id.eq(event).and(registrations::id.eq_any(ids)))
        .order(registrations::decision)
        .select((RegistrationRow::as_select(), events::last_decision))
        .load(connection)
        .await?;
    rows.into_iter().map(|(row, number)| Ok((Registration::try_from(row)?, number))).collect()
}

async fn insert_in_txn(connection: &mut AsyncPgConnection, event: Uuid, new: &[New]) -> Result<(), Error> {
    let of = |read: fn(&OfRegistration) -> i16| -> Vec<Option<i16>> {
        new.iter().map(|(.., one)| one.of.as_ref().map(read)).collect()
    };
    diesel::sql_query(
        "insert into webhook_deliveries (event_id, id, endpoint_id, kind, subject_id, number, event_number, \
         event_version, status, user_id, seats, ticket_type, arrival, cancellation, occurred_at) \
         select $1, * from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) \
         on conflict (event_id, endpoint_id, subject_id, kind, number) do nothing",
    )
    .bind::<PgUuid, _>(event)
    .bind::<Array<PgUuid>, _>(new.iter().map(|(id, ..)| *id).collect::<Vec<_>>())
    .bind::<Array<PgUuid>, _>(new.iter().map(|(_, endpoint, _)| *endpoint).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(new.iter().map(|(.., one)| one.kind.as_str()).collect::<Vec<_>>())
    .bind::<Array<PgUuid>, _>(new.iter().map(|(.., one)| one.subject).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(new.iter().map(|(.., one)| one.number).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(new.iter().map(|(.., one)| one.event_number).collect::<Vec<_>>())
    .bind::<Array<Nullable<BigInt>>, _>(new.iter().map(|(.., one)| one.event_version).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(new.iter().map(|(.., one)| one.status).collect::<Vec<_>>())
    .bind::<Array<Nullable<PgUuid>>, _>(new.iter().map(|(.., one)| one.of.map(|of| of.user)).collect::<Vec<_>>())
    .bind::<Array<Nullable<SmallInt>>, _>(of(|of| of.seats))
    .bind::<Array<Nullable<SmallInt>>, _>(of(|of| of.ticket_type))
    .bind::<Array<Nullable<BigInt>>, _>(new.iter().map(|(.., one)| one.of.map(|of| of.arrival)).collect::<Vec<_>>())
    .bind::<Array<Nullable<Text>>, _>(
        new.iter().map(|(.., one)| one.of.and_then(|of| of.cancellation)).collect::<Vec<_>>(),
    )
    .bind::<Array<Timestamptz>, _>(new.iter().map(|(.., one)| one.occurred_at).collect::<Vec<_>>())
    .execute(connection)
    .await?;
    Ok(())
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
        "insert into webhook_deliveries (event_id, id, endpoint_id, kind, subject_id, number, event_number, occurred_at) \
         select $1, $2, id, 'ping', id, floor(extract(epoch from statement_timestamp()) / 10)::bigint, 0, \
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
    event: Uuid,
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
/// [ended](end) by then, because the server has stopped, they are due again.
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
         select d.endpoint_id, step + 1 from found, lateral ({NEXT} found.endpoint_id order by d.endpoint_id limit 1) d \
         where step < $2) select endpoint_id from found order by endpoint_id"
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
    let found: Vec<Chosen> = diesel::sql_query(
        "select due.event_id, due.id, w.id as endpoint_id, w.failing_since is not null as is_failing \
         from unnest($1) as e (id) \
         join webhook_endpoints w on w.id = e.id join users u on u.id = w.owner_id, lateral (\
         select d.event_id, d.id, d.due_at from webhook_deliveries d where d.endpoint_id = e.id and d.state = 'DUE' \
         and d.due_at <= now() and (not w.hears_all or u.role = 'ADMIN' or d.kind = 'ping' \
         or exists (select from events o where o.id = d.event_id and o.organizer_id = w.owner_id)) \
         order by d.due_at limit $2 for update skip locked) due \
         where w.off_since is null and u.is_active and u.role in ('ORGANIZER', 'ADMIN') order by w.id, due.due_at",
    )
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
         where d.event_id = due.event_id and d.id = due.id and w.id = d.endpoint_id \
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

/// How a try to send a delivery ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// The endpoint took it.
    Delivered,
    /// It is to be tried again after so many seconds, for this reason.
    Again(i32, String),
    /// It was tried for the last time, and failed for this reason.
    Failed(String),
    /// The endpoint answered that it is gone.
    Gone,
}

/// How a try to send a delivery ended, to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    event: Uuid,
    id: DeliveryId,
    endpoint: WebhookId,
    end: End,
    status: Option<i16>,
    answer: Option<String>,
}

impl Ended {
    /// The end of a try to send this delivery. `status` and `answer` are the endpoint's, if it answered.
    pub fn of(delivery: &DueDelivery, end: End, status: Option<u16>, answer: Option<String>) -> Self {
        let status = status.and_then(|status| i16::try_from(status).ok());
        Self { event: delivery.event, id: delivery.id, endpoint: delivery.endpoint, end, status, answer }
    }

    /// How.
    pub fn end(&self) -> &End {
        &self.end
    }
}

/// The most characters of an endpoint's answer that are kept.
pub const ANSWER_CHARACTERS_MAX: usize = 1_024;

/// An answer without what cannot be stored or shown. Its lines stay.
fn answer_to_store(answer: String) -> String {
    answer.chars().filter(|c| !c.is_control() || *c == '\n').take(ANSWER_CHARACTERS_MAX).collect()
}

/// For how many hours an endpoint has taken nothing when it is switched off with a delivery's last failure: somewhat
/// less than the schedule of one delivery.
const FAILING_HOURS: i32 = 60;

/// The same with any failure: where many deliveries wait, the last try of the first one is far away.
const FAILING_HOURS_MAX: i32 = 72;

const GONE: &str = "the endpoint answered that it is gone";

/// Stores how tries ended, atomically. A delivery that somebody else has ended meanwhile stays as it is.
///
/// An endpoint that is gone, or has taken nothing for three days, is switched off. Its owner gets a mail with an id
/// from `make_mail`, where mail is set up. Returns how many were switched off.
pub async fn end(
    connection: &mut AsyncPgConnection,
    ended: &[Ended],
    make_mail: Option<fn() -> AccountMailId>,
) -> Result<usize, Error> {
    let ids_of = |is: fn(&End) -> bool| -> Vec<Uuid> {
        let some = ended.iter().filter(|one| is(&one.end));
        some.map(|one| Uuid::from(one.endpoint)).collect()
    };
    connection
        .transaction(async |connection| {
            // Owners, endpoints, deliveries: whoever erases an account or deletes an endpoint locks them in this order.
            let (gone, failed) = (ids_of(|end| *end == End::Gone), ids_of(|end| matches!(end, End::Failed(_))));
            let refusing = ids_of(|end| *end != End::Delivered);
            if !refusing.is_empty() {
                diesel::sql_query(
                    "select from users where id in (select owner_id from webhook_endpoints where id = any($1)) \
                     order by id for no key update",
                )
                .bind::<Array<PgUuid>, _>(&refusing)
                .execute(connection)
                .await?;
            }
            diesel::sql_query("select from webhook_endpoints where id = any($1) order by id for no key update")
                .bind::<Array<PgUuid>, _>(ids_of(|_| true))
                .execute(connection)
                .await?;
            store_ends_in_txn(connection, ended).await?;
            diesel::sql_query(
                "update webhook_endpoints set failing_since = case when id = any($1) then null \
                 else coalesce(failing_since, statement_timestamp()) end \
                 where id = any($1) and failing_since is not null or id = any($2) and failing_since is null \
                 and id <> all($1)",
            )
            .bind::<Array<PgUuid>, _>(ids_of(|end| *end == End::Delivered))
            .bind::<Array<PgUuid>, _>(&refusing)
            .execute(connection)
            .await?;
            switch_off_in_txn(connection, gone, failed, refusing, make_mail).await
        })
        .await
}

async fn store_ends_in_txn(connection: &mut AsyncPgConnection, ended: &[Ended]) -> Result<(), Error> {
    let (mut states, mut errors, mut pauses) = (Vec::new(), Vec::new(), Vec::new());
    for one in ended {
        let (state, error, pause) = match &one.end {
            End::Delivered => (DeliveryState::Delivered, None, None),
            End::Again(seconds, reason) => (DeliveryState::Due, Some(reason.clone()), Some(*seconds)),
            End::Failed(reason) => (DeliveryState::Failed, Some(reason.clone()), None),
            End::Gone => (DeliveryState::Failed, Some(GONE.to_owned()), None),
        };
        states.push(state.as_str());
        errors.push(error.map(reason_to_store));
        pauses.push(pause);
    }
    diesel::sql_query(
        "update webhook_deliveries d set state = ends.state, last_error = ends.error, last_status = ends.status, \
         last_answer = ends.answer, ended_at = case when ends.state <> 'DUE' then statement_timestamp() end, \
         due_at = coalesce(statement_timestamp() + make_interval(secs => ends.pause), d.due_at) \
         from unnest($1, $2, $3, $4, $5, $6, $7) as ends (event_id, id, state, error, pause, status, answer) \
         where d.event_id = ends.event_id and d.id = ends.id and d.state = 'DUE'",
    )
    .bind::<Array<PgUuid>, _>(ended.iter().map(|one| one.event).collect::<Vec<_>>())
    .bind::<Array<PgUuid>, _>(ended.iter().map(|one| Uuid::from(one.id)).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(states)
    .bind::<Array<Nullable<Text>>, _>(errors)
    .bind::<Array<Nullable<Integer>>, _>(pauses)
    .bind::<Array<Nullable<SmallInt>>, _>(ended.iter().map(|one| one.status).collect::<Vec<_>>())
    .bind::<Array<Nullable<Text>>, _>(
        ended.iter().map(|one| one.answer.clone().map(answer_to_store)).collect::<Vec<_>>(),
    )
    .execute(connection)
    .await?;
    Ok(())
}

async fn switch_off_in_txn(
    connection: &mut AsyncPgConnection,
    gone: Vec<Uuid>,
    failed: Vec<Uuid>,
    refusing: Vec<Uuid>,
    make_mail: Option<fn() -> AccountMailId>,
) -> Result<usize, Error> {
    #[derive(QueryableByName)]
    struct Off {
        #[diesel(sql_type = PgUuid)]
        owner_id: Uuid,
    }
    if refusing.is_empty() {
        return Ok(0);
    }
    let off: Vec<Off> = diesel::sql_query(
        "update webhook_endpoints set off_since = statement_timestamp(), \
         off_reason = case when id = any($1) then 'GONE' else 'FAILING' end \
         where off_since is null and (id = any($1) \
         or id = any($2) and failing_since < statement_timestamp() - make_interval(hours => $3) \
         or id = any($4) and failing_since < statement_timestamp() - make_interval(hours => $5)) returning owner_id",
    )
    .bind::<Array<PgUuid>, _>(gone)
    .bind::<Array<PgUuid>, _>(failed)
    .bind::<Integer, _>(FAILING_HOURS)
    .bind::<Array<PgUuid>, _>(refusing)
    .bind::<Integer, _>(FAILING_HOURS_MAX)
    .load(connection)
    .await?;
    if let Some(make_mail) = make_mail {
        for one in &off {
            let mail = NewMail { id: make_mail(), kind: AccountMailKind::WebhookOff, digest: None };
            account_mails::write(connection, one.owner_id.into(), None, &mail).await?;
        }
    }
    Ok(off.len())
}

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

/// The deliveries to an endpoint of this owner, the newest first, beginning after `before`.
pub async fn list(
    connection: &mut AsyncPgConnection,
    owner: UserId,
    endpoint: WebhookId,
    state: Option<DeliveryState>,
    before: Option<DeliveryId>,
    limit: i64,
) -> Result<Vec<ListedDelivery>, Error> {
    let rows: Vec<ListedRow> = diesel::sql_query(
        "select d.event_id, d.id, d.kind, d.subject_id, d.state, d.created_at, d.due_at, d.ended_at, d.tries, \
         d.last_status, d.last_error, d.last_answer from webhook_deliveries d \
         join webhook_endpoints w on w.id = d.endpoint_id \
         where d.endpoint_id = $1 and w.owner_id = $2 and ($3 is null or d.state = $3) and ($4 is null or d.id < $4) \
         order by d.id desc limit $5",
    )
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
/// [`Error::NotFound`] if this owner's endpoint has no such delivery.
pub async fn resend(
    connection: &mut AsyncPgConnection,
    owner: UserId,
    endpoint: WebhookId,
    delivery: DeliveryId,
) -> Result<(), Error> {
    let touched = diesel::sql_query(
        "update webhook_deliveries d set state = 'DUE', tries = case d.state when 'DUE' then d.tries else 0 end, \
         ended_at = null, due_at = case d.state when 'DUE' then d.due_at else statement_timestamp() end \
         from webhook_endpoints w where w.id = d.endpoint_id and w.owner_id = $1 and d.endpoint_id = $2 and d.id = $3",
    )
    .bind::<PgUuid, _>(Uuid::from(owner))
    .bind::<PgUuid, _>(Uuid::from(endpoint))
    .bind::<PgUuid, _>(Uuid::from(delivery))
    .execute(connection)
    .await?;
    if touched > 0 { Ok(()) } else { Err(Error::NotFound) }
}

/// Deletes at most `limit` deliveries that ended more than `days` ago, and as many that were written down that long ago
/// and are due still: their endpoint is off, or its owner may not hear of them. Returns how many.
pub async fn delete_old(connection: &mut AsyncPgConnection, days: i32, limit: i64) -> Result<usize, Error> {
    let mut deleted = 0;
    for old in [
        "d.ended_at < now() - make_interval(days => $1)",
        "d.state = 'DUE' and d.created_at < now() - make_interval(days => greatest($1, 14))",
    ] {
        deleted += diesel::sql_query(format!(
            "with old as (select d.event_id, d.id from webhook_deliveries d where {old} limit $2 \
             for update of d skip locked) \
             delete from webhook_deliveries d using old where d.event_id = old.event_id and d.id = old.id"
        ))
        .bind::<Integer, _>(days)
        .bind::<BigInt, _>(limit)
        .execute(connection)
        .await?;
    }
    Ok(deleted)
}
