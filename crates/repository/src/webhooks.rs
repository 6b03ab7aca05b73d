//! Endpoints that webhooks are sent to: each belongs to an organizer or an administrator.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, Text, Timestamptz, Uuid as PgUuid};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::ids::{OrderId, UserId, WebhookId};
use domain::limits::WEBHOOKS_PER_OWNER_MAX;
use domain::webhooks::{OffReason, WebhookKind};
use uuid::Uuid;

use self::entries::Facts;
use crate::audit;
use crate::errors::{Conflict, Error};
use crate::rows;

mod entries;
pub(crate) mod rates;

/// For how many hours a secret signs along after another one has taken its place.
pub const FORMER_SECRET_HOURS: i32 = 24;

/// An endpoint, without its secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Its id.
    pub id: WebhookId,
    /// Its address.
    pub url: String,
    /// The kinds that it hears of.
    pub kinds: Vec<WebhookKind>,
    /// Whether it hears of all events, or of its owner's.
    pub hears_all: bool,
    /// Since when, and why, it is off.
    pub off: Option<(DateTime<Utc>, OffReason)>,
    /// Since when it has taken nothing, if its last delivery failed.
    pub failing_since: Option<DateTime<Utc>>,
    /// Until when the former secret signs along, if it still does.
    pub former_until: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

#[derive(QueryableByName)]
struct EndpointRow {
    #[diesel(sql_type = PgUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    url: String,
    #[diesel(sql_type = Array<Text>)]
    kinds: Vec<String>,
    #[diesel(sql_type = Bool)]
    hears_all: bool,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    off_since: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Text>)]
    off_reason: Option<String>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    failing_since: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    former_until: Option<DateTime<Utc>>,
    #[diesel(sql_type = Timestamptz)]
    created_at: DateTime<Utc>,
}

const COLUMNS: &str = "id, url, kinds, hears_all, off_since, off_reason, failing_since, \
    case when former_until > statement_timestamp() then former_until end as former_until, created_at";

/// The endpoints that the owner `$1` has. The row of a deleted one stays until its deliveries are gone.
const OWN: &str = "owner_id = $1 and deleted_at is null";

impl TryFrom<EndpointRow> for Endpoint {
    type Error = Error;

    fn try_from(row: EndpointRow) -> Result<Self, Error> {
        let reason = |name: String| rows::named(&OffReason::ALL, OffReason::as_str, &name);
        Ok(Self {
            id: row.id.into(),
            url: row.url,
            kinds: kinds(&row.kinds)?,
            hears_all: row.hears_all,
            off: row.off_since.zip(row.off_reason.map(reason).transpose()?),
            failing_since: row.failing_since,
            former_until: row.former_until,
            created_at: row.created_at,
        })
    }
}

/// The kinds that the database calls by these names.
pub(crate) fn kinds(names: &[String]) -> Result<Vec<WebhookKind>, Error> {
    names.iter().map(|name| rows::named(&WebhookKind::ALL, WebhookKind::as_str, name)).collect()
}

fn names(kinds: &[WebhookKind]) -> Vec<&'static str> {
    kinds.iter().map(|kind| kind.as_str()).collect()
}

impl Endpoint {
    fn facts(&self) -> Facts<'_> {
        Facts { url: &self.url, kinds: &self.kinds, is_on: self.off.is_none() }
    }
}

/// An owner's order about an endpoint of theirs, which leaves an entry in the audit log.
#[derive(Debug, Clone, Copy)]
pub struct Order {
    /// Its id, which is also that of the entry. Running it again is safe.
    pub id: OrderId,
    /// The owner.
    pub owner: UserId,
    /// The owner's access when the order was given. With a later one it is refused.
    pub access_version: i64,
    /// The endpoint.
    pub endpoint: WebhookId,
}

impl Order {
    fn ids(&self) -> (UserId, OrderId, WebhookId) {
        (self.owner, self.id, self.endpoint)
    }

    /// Locks the account, so that its access stays as it is, and its endpoints can be counted and compared.
    /// [`Conflict::NoSuchUser`] if the access is another one, or there is no such active person.
    async fn lock_owner_in_txn(&self, connection: &mut AsyncPgConnection) -> Result<(), Error> {
        let owner = diesel::sql_query(
            "select from users where id = $1 and access_version = $2 and is_active and kind = 'PERSON' \
             for no key update",
        );
        let owner = owner.bind::<PgUuid, _>(Uuid::from(self.owner)).bind::<BigInt, _>(self.access_version);
        if owner.execute(connection).await? > 0 { Ok(()) } else { Err(Error::Conflict(Conflict::NoSuchUser)) }
    }

    /// [`Conflict::WebhookAddressTaken`] if another endpoint of the owner has this address. Otherwise one change would
    /// be told there several times.
    async fn refuse_taken_in_txn(&self, connection: &mut AsyncPgConnection, url: &str) -> Result<(), Error> {
        let own = list(connection, self.owner).await?;
        let is_taken = own.iter().any(|one| one.id != self.endpoint && one.url == url);
        if is_taken { Err(Error::Conflict(Conflict::WebhookAddressTaken)) } else { Ok(()) }
    }
}

/// An endpoint that is to be made.
#[derive(Clone, Copy)]
pub struct NewEndpoint<'a> {
    /// Its address.
    pub url: &'a str,
    /// The kinds that it hears of.
    pub kinds: &'a [WebhookKind],
    /// Whether it hears of all events.
    pub hears_all: bool,
    /// The secret that signs what it is told.
    pub secret: &'a str,
}

/// Makes an endpoint, atomically. [`Conflict::TooManyWebhooks`] if the owner has [`WEBHOOKS_PER_OWNER_MAX`] already,
/// [`Conflict::WebhookAddressTaken`] if one of them has this address, [`Conflict::NoSuchUser`] if the owner's access
/// has changed. Those of one owner are made one after the other, under a lock of the account.
pub async fn create(
    connection: &mut AsyncPgConnection,
    order: &Order,
    new: &NewEndpoint<'_>,
) -> Result<Endpoint, Error> {
    connection
        .transaction(async |connection| {
            order.lock_owner_in_txn(connection).await?;
            if let Some(made) = find(connection, order.owner, order.endpoint).await? {
                return Ok(made);
            }
            order.refuse_taken_in_txn(connection, new.url).await?;
            let made: Option<EndpointRow> = diesel::sql_query(format!(
                "insert into webhook_endpoints (id, owner_id, url, kinds, hears_all, secret) \
                 select $1, $2, $3, $4, $5, $6 where (select count(*) from webhook_endpoints \
                 where owner_id = $2 and deleted_at is null) < {WEBHOOKS_PER_OWNER_MAX} returning {COLUMNS}"
            ))
            .bind::<PgUuid, _>(Uuid::from(order.endpoint))
            .bind::<PgUuid, _>(Uuid::from(order.owner))
            .bind::<Text, _>(new.url)
            .bind::<Array<Text>, _>(names(new.kinds))
            .bind::<Bool, _>(new.hears_all)
            .bind::<Text, _>(new.secret)
            .get_result(connection)
            .await
            .optional()?;
            let made = Endpoint::try_from(made.ok_or(Error::Conflict(Conflict::TooManyWebhooks))?)?;
            entries::record_creation_in_txn(connection, order.ids(), made.facts(), made.hears_all).await?;
            Ok(made)
        })
        .await
}

/// An owner's endpoints, the oldest first: at most [`WEBHOOKS_PER_OWNER_MAX`].
pub async fn list(connection: &mut AsyncPgConnection, owner: UserId) -> Result<Vec<Endpoint>, Error> {
    let rows: Vec<EndpointRow> =
        diesel::sql_query(format!("select {COLUMNS} from webhook_endpoints where {OWN} order by id"))
            .bind::<PgUuid, _>(Uuid::from(owner))
            .load(connection)
            .await?;
    rows::all(rows)
}

/// An owner's endpoint.
pub async fn find(connection: &mut AsyncPgConnection, owner: UserId, id: WebhookId) -> Result<Option<Endpoint>, Error> {
    let row: Option<EndpointRow> =
        diesel::sql_query(format!("select {COLUMNS} from webhook_endpoints where {OWN} and id = $2"))
            .bind::<PgUuid, _>(Uuid::from(owner))
            .bind::<PgUuid, _>(Uuid::from(id))
            .get_result(connection)
            .await
            .optional()?;
    row.map(Endpoint::try_from).transpose()
}

/// Whether an endpoint hears anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Switch {
    /// It does. It counts as one that has not failed.
    On,
    /// It does not. Deliveries that are due wait.
    Off,
}

/// Changes of an endpoint. Without a value, it stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// Its address.
    pub url: Option<String>,
    /// The kinds that it hears of.
    pub kinds: Option<Vec<WebhookKind>>,
    /// Whether it hears anything.
    pub switch: Option<Switch>,
}

/// Changes an endpoint, atomically. [`Error::NotFound`] if there is no such one, [`Conflict::WebhookAddressTaken`] if
/// another one of the owner has the new address, [`Conflict::NoSuchUser`] if the owner's access has changed,
/// [`Conflict::WebhookTooOften`] after many changes.
pub async fn change(connection: &mut AsyncPgConnection, order: &Order, changes: &Changes) -> Result<Endpoint, Error> {
    connection
        .transaction(async |connection| {
            order.lock_owner_in_txn(connection).await?;
            let before = lock_in_txn(connection, order).await?;
            if audit::is_recorded(connection, order.id).await? {
                return Ok(before);
            }
            if let Some(url) = &changes.url {
                order.refuse_taken_in_txn(connection, url).await?;
            }
            let after = change_in_txn(connection, order, changes).await?;
            if entries::differ(before.facts(), after.facts()) {
                rates::count_in_txn(connection, order.endpoint.into(), rates::CHANGES).await?;
                entries::record_change_in_txn(connection, order.ids(), before.facts(), after.facts()).await?;
            }
            Ok(after)
        })
        .await
}

async fn change_in_txn(
    connection: &mut AsyncPgConnection,
    order: &Order,
    changes: &Changes,
) -> Result<Endpoint, Error> {
    let switch = changes.switch.map(|switch| match switch {
        Switch::On => "ON",
        Switch::Off => "OFF",
    });
    let row: EndpointRow = diesel::sql_query(format!(
        "update webhook_endpoints set url = coalesce($3, url), kinds = coalesce($4, kinds), \
         failing_since = case when $5 = 'ON' then null else failing_since end, \
         listens_since = case when $5 = 'ON' and off_since is not null then statement_timestamp() \
         else listens_since end, \
         off_reason = case $5 when 'ON' then null when 'OFF' then coalesce(off_reason, 'OWNER') else off_reason end, \
         off_since = case $5 when 'ON' then null when 'OFF' then coalesce(off_since, statement_timestamp()) \
         else off_since end where {OWN} and id = $2 returning {COLUMNS}"
    ))
    .bind::<PgUuid, _>(Uuid::from(order.owner))
    .bind::<PgUuid, _>(Uuid::from(order.endpoint))
    .bind::<Nullable<Text>, _>(changes.url.as_deref())
    .bind::<Nullable<Array<Text>>, _>(changes.kinds.as_deref().map(names))
    .bind::<Nullable<Text>, _>(switch)
    .get_result(connection)
    .await?;
    row.try_into()
}

/// The endpoint of an order, locked. [`Error::NotFound`] if its owner has no such one.
async fn lock_in_txn(connection: &mut AsyncPgConnection, order: &Order) -> Result<Endpoint, Error> {
    let locked = format!("select {COLUMNS} from webhook_endpoints where {OWN} and id = $2 for no key update");
    let row: EndpointRow = diesel::sql_query(locked)
        .bind::<PgUuid, _>(Uuid::from(order.owner))
        .bind::<PgUuid, _>(Uuid::from(order.endpoint))
        .get_result(connection)
        .await?;
    row.try_into()
}

/// Gives an endpoint another secret, atomically. The former one signs along for [`FORMER_SECRET_HOURS`]; one before
/// that ends at once. [`Error::NotFound`] if there is no such endpoint, [`Conflict::NoSuchUser`] if the owner's access
/// has changed.
pub async fn rotate(connection: &mut AsyncPgConnection, order: &Order, secret: &str) -> Result<Endpoint, Error> {
    connection
        .transaction(async |connection| {
            order.lock_owner_in_txn(connection).await?;
            let before = lock_in_txn(connection, order).await?;
            if audit::is_recorded(connection, order.id).await? {
                return Ok(before);
            }
            let row: EndpointRow = diesel::sql_query(format!(
                "update webhook_endpoints set former_secret = secret, secret = $3, \
                 former_until = statement_timestamp() + make_interval(hours => $4) \
                 where {OWN} and id = $2 returning {COLUMNS}"
            ))
            .bind::<PgUuid, _>(Uuid::from(order.owner))
            .bind::<PgUuid, _>(Uuid::from(order.endpoint))
            .bind::<Text, _>(secret)
            .bind::<Integer, _>(FORMER_SECRET_HOURS)
            .get_result(connection)
            .await?;
            entries::record_other_secret_in_txn(connection, order.ids(), &before.url).await?;
            row.try_into()
        })
        .await
}

/// The endpoint is gone for everybody, with its address and its secrets. It is off, so that nothing is sent. Its
/// deliveries, which may be very many, are deleted by [`crate::webhook_deliveries::delete_of_deleted`].
const DELETED: &str = "deleted_at = statement_timestamp(), url = null, secret = null, former_secret = null, \
    former_until = null, off_since = coalesce(off_since, statement_timestamp()), off_reason = 'OWNER'";

/// Deletes an endpoint, atomically. Its address and its secrets are gone at once, its deliveries in time.
/// [`Error::NotFound`] if there is no such endpoint, [`Conflict::NoSuchUser`] if the owner's access has changed.
pub async fn delete(connection: &mut AsyncPgConnection, order: &Order) -> Result<(), Error> {
    connection
        .transaction(async |connection| {
            order.lock_owner_in_txn(connection).await?;
            if audit::is_recorded(connection, order.id).await? {
                return Ok(());
            }
            let before = lock_in_txn(connection, order).await?;
            diesel::sql_query(format!("update webhook_endpoints set {DELETED} where {OWN} and id = $2"))
                .bind::<PgUuid, _>(Uuid::from(order.owner))
                .bind::<PgUuid, _>(Uuid::from(order.endpoint))
                .execute(connection)
                .await?;
            entries::record_deletion_in_txn(connection, order.ids(), &before.url).await
        })
        .await
}

/// Deletes the endpoints of these people, like [`delete`].
pub(crate) async fn erase_in_txn(connection: &mut AsyncPgConnection, people: &[Uuid]) -> Result<(), Error> {
    diesel::sql_query(format!(
        "update webhook_endpoints set {DELETED} where owner_id = any($1) and deleted_at is null"
    ))
    .bind::<Array<PgUuid>, _>(people)
    .execute(connection)
    .await?;
    Ok(())
}

/// Whether the owner of an endpoint may hear of a delivery now, in SQL: of the delivery `d`, the endpoint `w` and its
/// owner `u`. An endpoint that was made to hear of all events does so as long as its owner is an administrator.
pub(crate) const MAY_HEAR: &str = "(not w.hears_all or u.role = 'ADMIN' or d.kind = 'ping' \
    or exists (select from events o where o.id = d.event_id and o.organizer_id = w.owner_id))";

/// An endpoint that hears of an event.
pub(crate) struct Listener {
    pub(crate) id: Uuid,
    kinds: Vec<WebhookKind>,
    from: DateTime<Utc>,
    to: Option<DateTime<Utc>>,
}

impl Listener {
    /// Whether it hears of a change of this kind that was decided then.
    pub(crate) fn hears(&self, kind: WebhookKind, at: DateTime<Utc>) -> bool {
        self.kinds.contains(&kind) && self.from <= at && self.to.is_none_or(|to| at < to)
    }
}

/// The endpoints that hear of an event, or heard of it at `since` or later. Nothing of hidden copies is heard.
pub(crate) async fn listeners_in_txn(
    connection: &mut AsyncPgConnection,
    event: Uuid,
    since: DateTime<Utc>,
) -> Result<Vec<Listener>, Error> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = PgUuid)]
        id: Uuid,
        #[diesel(sql_type = Array<Text>)]
        kinds: Vec<String>,
        #[diesel(sql_type = Timestamptz)]
        listens_since: DateTime<Utc>,
        #[diesel(sql_type = Nullable<Timestamptz>)]
        off_since: Option<DateTime<Utc>>,
    }
    const AWAKE: &str = "w.deleted_at is null and (w.off_since is null or w.off_since > $2)";
    let rows: Vec<Row> = diesel::sql_query(format!(
        "with event as (select organizer_id from events where id = $1 and rehearsal_of is null) \
         select w.id, w.kinds, w.listens_since, w.off_since \
         from event join webhook_endpoints w on w.owner_id = event.organizer_id join users u on u.id = w.owner_id \
         where {AWAKE} and u.is_active and u.role in ('ORGANIZER', 'ADMIN') \
         union select w.id, w.kinds, w.listens_since, w.off_since \
         from event, webhook_endpoints w join users u on u.id = w.owner_id \
         where w.hears_all and {AWAKE} and u.is_active and u.role = 'ADMIN' \
         order by id"
    ))
    .bind::<PgUuid, _>(event)
    .bind::<Timestamptz, _>(since)
    .load(connection)
    .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    // One that is deleted from here on waits.
    #[derive(QueryableByName)]
    struct Kept {
        #[diesel(sql_type = PgUuid)]
        id: Uuid,
    }
    let kept: Vec<Kept> =
        diesel::sql_query("select id from webhook_endpoints where id = any($1) order by id for key share")
            .bind::<Array<PgUuid>, _>(rows.iter().map(|row| row.id).collect::<Vec<_>>())
            .load(connection)
            .await?;
    let kept: HashSet<Uuid> = kept.into_iter().map(|one| one.id).collect();
    let listener = |row: Row| {
        let (from, to) = (row.listens_since, row.off_since);
        Ok(Listener { id: row.id, kinds: kinds(&row.kinds)?, from, to })
    };
    rows.into_iter().filter(|row| kept.contains(&row.id)).map(listener).collect()
}

/// How the endpoints stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct Standing {
    /// Deliveries that are due now, or were before. At most [`COUNTED_MAX`] are counted.
    #[diesel(sql_type = BigInt)]
    pub due: i64,
    /// Endpoints that were switched off because they took nothing.
    #[diesel(sql_type = BigInt)]
    pub switched_off: i64,
}

/// The most deliveries that are counted for a metric.
pub const COUNTED_MAX: i64 = 100_000;

/// Counts what is to be sent, and the endpoints that take nothing any more.
pub async fn standing(connection: &mut AsyncPgConnection) -> Result<Standing, Error> {
    let standing = diesel::sql_query(format!(
        "select (select count(*) from (select from webhook_deliveries d \
         join webhook_endpoints w on w.id = d.endpoint_id where d.state = 'DUE' and d.due_at <= now() \
         and w.off_since is null limit {COUNTED_MAX}) due) as due, \
         (select count(*) from webhook_endpoints where off_reason in ('FAILING', 'GONE')) as switched_off"
    ));
    Ok(standing.get_result(connection).await?)
}
