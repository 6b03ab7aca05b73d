//! API keys: made, listed and revoked by their owners, and looked up for each request that has one.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Bool, Integer, Nullable, Text, Timestamptz, Uuid as PgUuid};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::accounts::Role;
use domain::api_keys::{KeyEvents, KeyName, KeyPermission, KeyPermissions};
use domain::ids::{ApiKeyId, EventId, OrderId, UserId};
use domain::limits::API_KEYS_PER_PERSON_MAX;
use serde_json::json;
use uuid::Uuid;

use crate::audit::{self, Action, UserChange};
use crate::errors::{Conflict, Error};
use crate::schema::api_keys;
use crate::users::role_named;

/// A key that is to be made.
#[derive(Debug, Clone)]
pub struct NewApiKey {
    /// Its id, which is also that of its entry in the audit log.
    pub id: ApiKeyId,
    /// Its owner.
    pub owner: UserId,
    /// The owner's, at which the password was verified and the permissions were compared with the role.
    pub access_version: i64,
    /// Whether the owner may see the events of all organizers.
    pub sees_all_events: bool,
    /// Its name.
    pub name: KeyName,
    /// The digest of the key.
    pub digest: [u8; 32],
    /// The beginning of the key.
    pub shown: String,
    /// Its permissions.
    pub permissions: KeyPermissions,
    /// The events that it is for.
    pub events: KeyEvents,
    /// The days for which it works; `None`: until it is revoked.
    pub days: Option<i32>,
}

/// A key, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Its id.
    pub id: ApiKeyId,
    /// Its name.
    pub name: String,
    /// The beginning of the key.
    pub shown: String,
    /// Its permissions.
    pub permissions: KeyPermissions,
    /// The events that it is for.
    pub events: KeyEvents,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it stops working; `None`: when it is revoked.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was last used, to a minute.
    pub last_used_at: Option<DateTime<Utc>>,
    /// Whether the owner's access is what it was when the key was made.
    pub is_current: bool,
}

/// The outcome of making a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Creation {
    /// It was made, by this request or by an earlier try of it.
    Made(ApiKey),
    /// The owner's access has changed meanwhile, or there is no such active person.
    AccessChanged,
    /// There is no such event that the owner sees.
    NoSuchEvent(EventId),
}

/// Makes a key, with an entry in the audit log, atomically. [`Conflict::TooManyKeys`] if the owner has
/// [`API_KEYS_PER_PERSON_MAX`] of them. Safe to run again.
pub async fn create(connection: &mut AsyncPgConnection, new: &NewApiKey) -> Result<Creation, Error> {
    connection
        .transaction(async |connection| {
            // The lock keeps the access as it is, and lets the owner's keys be counted.
            let owner = diesel::sql_query(
                "select id from users where id = $1 and access_version = $2 and is_active and kind = 'PERSON' \
                 for no key update",
            );
            let owner = owner.bind::<PgUuid, _>(Uuid::from(new.owner)).bind::<BigInt, _>(new.access_version);
            if owner.execute(connection).await? == 0 {
                return Ok(Creation::AccessChanged);
            }
            let own = list(connection, new.owner).await?;
            if let Some(made) = own.iter().find(|key| key.id == new.id) {
                return Ok(Creation::Made(made.clone()));
            }
            if i64::try_from(own.len()).is_ok_and(|own| own >= API_KEYS_PER_PERSON_MAX) {
                return Err(Error::Conflict(Conflict::TooManyKeys));
            }
            if let Some(unknown) = unknown_event_in_txn(connection, new).await? {
                return Ok(Creation::NoSuchEvent(unknown));
            }
            insert_in_txn(connection, new).await?;
            let made = list(connection, new.owner).await?.into_iter().find(|key| key.id == new.id);
            let made = made.ok_or(Error::NotFound)?;
            // The name is the owner's, and goes with the account. An entry stays.
            let after = json!({
                "api_key": made.id,
                "permissions": names(made.permissions),
                "events": ids(&made.events),
                "expires_at": made.expires_at,
            });
            let id = OrderId::from(Uuid::from(new.id));
            let change = UserChange { id, action: Action::ApiKeyCreated, before: None, after: Some(after) };
            audit::record_user_changes_in_txn(connection, new.owner, Some(new.owner), &[change]).await?;
            Ok(Creation::Made(made))
        })
        .await
}

/// The first of the chosen events that its owner does not see.
async fn unknown_event_in_txn(connection: &mut AsyncPgConnection, new: &NewApiKey) -> Result<Option<EventId>, Error> {
    let KeyEvents::Chosen(chosen) = &new.events else { return Ok(None) };
    let seen = diesel::sql_query(
        "select id from events where id = any($1) and rehearsal_of is null \
         and ($2 or status <> 'DRAFT' or organizer_id = $3)",
    );
    let seen: Vec<Found> = seen
        .bind::<Array<PgUuid>, _>(chosen.iter().copied().map(Uuid::from).collect::<Vec<_>>())
        .bind::<Bool, _>(new.sees_all_events)
        .bind::<PgUuid, _>(Uuid::from(new.owner))
        .load(connection)
        .await?;
    Ok(chosen.iter().copied().find(|event| seen.iter().all(|seen| seen.id != Uuid::from(*event))))
}

async fn insert_in_txn(connection: &mut AsyncPgConnection, new: &NewApiKey) -> Result<(), Error> {
    diesel::sql_query(
        "insert into api_keys (id, user_id, name, digest, shown, permissions, event_ids, access_version, expires_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, statement_timestamp() + make_interval(hours => 24 * $9))",
    )
    .bind::<PgUuid, _>(Uuid::from(new.id))
    .bind::<PgUuid, _>(Uuid::from(new.owner))
    .bind::<Text, _>(new.name.as_str())
    .bind::<Binary, _>(new.digest.as_slice())
    .bind::<Text, _>(&new.shown)
    .bind::<Array<Text>, _>(names(new.permissions))
    .bind::<Nullable<Array<PgUuid>>, _>(ids(&new.events))
    .bind::<BigInt, _>(new.access_version)
    .bind::<Nullable<Integer>, _>(new.days)
    .execute(connection)
    .await?;
    Ok(())
}

/// All keys of a person, the newest first, with those that work no more.
pub async fn list(connection: &mut AsyncPgConnection, owner: UserId) -> Result<Vec<ApiKey>, Error> {
    let keys = diesel::sql_query(
        "select k.id, k.name, k.shown, k.permissions, k.event_ids, k.created_at, k.expires_at, k.last_used_at, \
         k.access_version = u.access_version as is_current from api_keys k join users u on u.id = k.user_id \
         where k.user_id = $1 order by k.id desc",
    );
    let rows: Vec<KeyRow> = keys.bind::<PgUuid, _>(Uuid::from(owner)).load(connection).await?;
    rows.into_iter().map(ApiKey::try_from).collect()
}

/// Ends a key of this person, with an entry in the audit log under this order, atomically. Returns the key's digest;
/// `None` if it was ended by an earlier try of this order. [`Error::NotFound`] if the person has no such key. Safe to
/// run again.
pub async fn revoke(
    connection: &mut AsyncPgConnection,
    owner: UserId,
    id: ApiKeyId,
    order: OrderId,
) -> Result<Option<[u8; 32]>, Error> {
    #[derive(QueryableByName)]
    struct Revoked {
        #[diesel(sql_type = Binary)]
        digest: Vec<u8>,
    }
    connection
        .transaction(async |connection| {
            let revoked = diesel::sql_query("delete from api_keys where id = $1 and user_id = $2 returning digest");
            let revoked: Option<Revoked> = revoked
                .bind::<PgUuid, _>(Uuid::from(id))
                .bind::<PgUuid, _>(Uuid::from(owner))
                .get_result(connection)
                .await
                .optional()?;
            let Some(Revoked { digest }) = revoked else {
                return if audit::is_recorded(connection, order).await? { Ok(None) } else { Err(Error::NotFound) };
            };
            let before = Some(json!({ "api_key": id }));
            let change = UserChange { id: order, action: Action::ApiKeyRevoked, before, after: None };
            audit::record_user_changes_in_txn(connection, owner, Some(owner), &[change]).await?;
            Ok(digest.try_into().ok())
        })
        .await
}

/// A key, as a request needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The key's id.
    pub id: ApiKeyId,
    /// Its permissions.
    pub permissions: KeyPermissions,
    /// The events that it is for.
    pub events: KeyEvents,
    /// When it stops working; `None`: when it is revoked.
    pub expires_at: Option<DateTime<Utc>>,
    /// Its owner.
    pub owner: UserId,
    /// The owner's role, now.
    pub role: Role,
    /// The owner's access version, now.
    pub access_version: i64,
    /// Whether the owner has proven the account's address.
    pub is_verified: bool,
    /// Whether the owner's access is what it was when the key was made.
    pub is_current: bool,
    /// Whether the last use that was noted is a minute ago, or there was none.
    pub is_use_due: bool,
}

/// The key with this digest, if there is one.
pub async fn find(connection: &mut AsyncPgConnection, digest: &[u8; 32]) -> Result<Option<Holder>, Error> {
    let found: Option<HolderRow> = diesel::sql_query(format!(
        "select k.id, k.permissions, k.event_ids, k.expires_at, k.user_id, u.role, u.access_version, \
         u.verified_at is not null as is_verified, \
         u.is_active and k.access_version = u.access_version as is_current, {IS_USE_DUE} as is_use_due \
         from api_keys k join users u on u.id = k.user_id where k.digest = $1"
    ))
    .bind::<Binary, _>(digest.as_slice())
    .get_result(connection)
    .await
    .optional()?;
    found.map(Holder::try_from).transpose()
}

/// Whether there is a key with this id still, which has not expired.
pub async fn works(connection: &mut AsyncPgConnection, id: ApiKeyId) -> Result<bool, Error> {
    let lasts = diesel::dsl::sql::<Bool>("(expires_at is null or expires_at > statement_timestamp())");
    let key = api_keys::table.find(Uuid::from(id)).filter(lasts).select(api_keys::id);
    Ok(diesel::select(diesel::dsl::exists(key)).get_result(connection).await?)
}

/// Notes that a key is in use, at most once a minute.
pub async fn note_use(connection: &mut AsyncPgConnection, id: ApiKeyId) -> Result<(), Error> {
    diesel::sql_query(format!(
        "update api_keys k set last_used_at = statement_timestamp() where id = $1 and {IS_USE_DUE}"
    ))
    .bind::<PgUuid, _>(Uuid::from(id))
    .execute(connection)
    .await?;
    Ok(())
}

const IS_USE_DUE: &str = "(k.last_used_at is null or k.last_used_at <= statement_timestamp() - interval '1 minute')";

/// Deletes the keys of people whose accounts are erased.
pub(crate) async fn erase_in_txn(connection: &mut AsyncPgConnection, people: &[Uuid]) -> Result<(), Error> {
    diesel::sql_query("delete from api_keys where user_id = any($1)")
        .bind::<Array<PgUuid>, _>(people)
        .execute(connection)
        .await?;
    Ok(())
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = PgUuid)]
    id: Uuid,
}

#[derive(QueryableByName)]
struct KeyRow {
    #[diesel(sql_type = PgUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    shown: String,
    #[diesel(sql_type = Array<Text>)]
    permissions: Vec<String>,
    #[diesel(sql_type = Nullable<Array<PgUuid>>)]
    event_ids: Option<Vec<Uuid>>,
    #[diesel(sql_type = Timestamptz)]
    created_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    expires_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    last_used_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Bool)]
    is_current: bool,
}

impl TryFrom<KeyRow> for ApiKey {
    type Error = Error;

    fn try_from(row: KeyRow) -> Result<Self, Error> {
        Ok(Self {
            id: row.id.into(),
            name: row.name,
            shown: row.shown,
            permissions: permissions_named(&row.permissions)?,
            events: events_of(row.event_ids),
            created_at: row.created_at,
            expires_at: row.expires_at,
            last_used_at: row.last_used_at,
            is_current: row.is_current,
        })
    }
}

#[derive(QueryableByName)]
struct HolderRow {
    #[diesel(sql_type = PgUuid)]
    id: Uuid,
    #[diesel(sql_type = Array<Text>)]
    permissions: Vec<String>,
    #[diesel(sql_type = Nullable<Array<PgUuid>>)]
    event_ids: Option<Vec<Uuid>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    expires_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = PgUuid)]
    user_id: Uuid,
    #[diesel(sql_type = Text)]
    role: String,
    #[diesel(sql_type = BigInt)]
    access_version: i64,
    #[diesel(sql_type = Bool)]
    is_verified: bool,
    #[diesel(sql_type = Bool)]
    is_current: bool,
    #[diesel(sql_type = Bool)]
    is_use_due: bool,
}

impl TryFrom<HolderRow> for Holder {
    type Error = Error;

    fn try_from(row: HolderRow) -> Result<Self, Error> {
        Ok(Self {
            id: row.id.into(),
            permissions: permissions_named(&row.permissions)?,
            events: events_of(row.event_ids),
            expires_at: row.expires_at,
            owner: row.user_id.into(),
            role: role_named(&row.role)?,
            access_version: row.access_version,
            is_verified: row.is_verified,
            is_current: row.is_current,
            is_use_due: row.is_use_due,
        })
    }
}

fn permissions_named(names: &[String]) -> Result<KeyPermissions, Error> {
    let permissions: Vec<KeyPermission> = names
        .iter()
        .map(|name| name.parse())
        .collect::<Result<_, _>>()
        .map_err(|unknown: domain::accounts::UnknownName| Error::Corrupt(unknown.to_string()))?;
    KeyPermissions::of(permissions).ok_or_else(|| Error::Corrupt("an API key has no permissions".to_owned()))
}

fn names(permissions: KeyPermissions) -> Vec<&'static str> {
    permissions.iter().map(KeyPermission::as_str).collect()
}

fn events_of(ids: Option<Vec<Uuid>>) -> KeyEvents {
    ids.map_or(KeyEvents::All, |ids| KeyEvents::Chosen(ids.into_iter().map(EventId::from).collect()))
}

fn ids(events: &KeyEvents) -> Option<Vec<Uuid>> {
    match events {
        KeyEvents::All => None,
        KeyEvents::Chosen(chosen) => Some(chosen.iter().copied().map(Uuid::from).collect()),
    }
}
