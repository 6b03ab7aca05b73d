//! What people do with their own accounts: another name or contact, another password, or no account any more.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Integer, Text, Uuid as PgUuid};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::accounts::{PersonName, PublicContact, Role};
use domain::events::EventStatus;
use domain::ids::{OrderId, UserId};
use uuid::Uuid;

use crate::account_mails;
use crate::administration::lock_in_txn;
use crate::api_keys;
use crate::audit::{self, Action, UserChange};
use crate::clocks::statement_timestamp;
use crate::errors::{Conflict, Error};
use crate::messages;
use crate::registrations::BY_PERSON;
use crate::schema::{door_staff, events, users};
use crate::ticket_names;
use crate::users::{Access, IS_PERSON, NO_PASSWORD, User, UserRow, find};
use crate::webhooks;

/// What is left of the reason of a removal.
const REASON_OF_ERASED: &str = "(erased)";

/// The name that stands for everybody whose account was erased. A CHECK holds it, and the form of the address.
const NAME_OF_ERASED: &str = "Erased account";

/// What a person says about themselves. `None` leaves it as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProfileChanges {
    /// The name.
    pub name: Option<PersonName>,
    /// How the public reaches the person; `Some(None)` removes it.
    pub public_contact: Option<Option<PublicContact>>,
}

/// Changes an active person's name and contact. Returns the account after the change, or `None` if there is no such
/// person.
pub async fn change_profile(
    connection: &mut AsyncPgConnection,
    id: UserId,
    changes: &ProfileChanges,
) -> Result<Option<User>, Error> {
    let contact = changes.public_contact.as_ref();
    let person = users::table.find(Uuid::from(id)).filter(diesel::dsl::sql::<Bool>(IS_PERSON).and(users::is_active));
    let row = diesel::update(person)
        .set((
            changes.name.as_ref().map(|name| users::name.eq(name.as_str())),
            contact.map(|contact| users::public_contact.eq(contact.as_ref().map(PublicContact::as_str))),
            users::updated_at.eq(statement_timestamp()),
        ))
        .returning(UserRow::as_returning())
        .get_result(connection)
        .await
        .optional()?;
    row.map(User::try_from).transpose()
}

/// Stores a person's own new password, with an entry in the audit log, atomically. Older tokens stop working. Returns
/// the new access version; `None` if the account is gone or has changed since `access_version`, at which the old
/// password was verified.
///
/// Safe to run again with the same `order`.
pub async fn change_password(
    connection: &mut AsyncPgConnection,
    id: UserId,
    access_version: i64,
    hash: &str,
    order: OrderId,
) -> Result<Option<i64>, Error> {
    connection
        .transaction(async |connection| {
            let unchanged = users::table.find(Uuid::from(id)).filter(users::access_version.eq(access_version));
            let new_version = diesel::update(unchanged)
                .set((
                    users::password_hash.eq(hash),
                    users::access_version.eq(users::access_version + 1),
                    users::access_changed_at.eq(statement_timestamp()),
                    users::updated_at.eq(statement_timestamp()),
                ))
                .returning(users::access_version)
                .get_result(connection)
                .await
                .optional()?;
            if new_version.is_none() {
                let is_done = audit::is_recorded(connection, order).await?;
                return Ok(is_done.then_some(access_version + 1));
            }
            let change = UserChange { id: order, action: Action::UserPasswordChanged, before: None, after: None };
            audit::record_user_changes_in_txn(connection, id, Some(id), &[change]).await?;
            Ok(new_version)
        })
        .await
}

/// Erases a person's account, with an entry in the audit log that names `by`, or the server itself, atomically. Name,
/// address, password and the keys of requests are gone; the history stays under an account without a name, which is
/// deactivated. Its bookings are still to be cancelled, as those of every deactivated account. Older tokens stop
/// working.
///
/// Returns the access since, or `None` if there is no such person any more, or if the account has changed since
/// `access_version`, at which the password was verified. [`Conflict::LastAdmin`] if no active admin would be left,
/// [`Conflict::ComingEvents`] if the person has events that are neither over nor cancelled.
///
/// Safe to run again with the same `order`.
pub async fn erase(
    connection: &mut AsyncPgConnection,
    id: UserId,
    access_version: Option<i64>,
    by: Option<UserId>,
    order: OrderId,
) -> Result<Option<Access>, Error> {
    connection
        .transaction(async |connection| {
            if audit::is_recorded(connection, order).await? {
                return Ok(find(connection, id).await?.map(|user| user.access()));
            }
            let Some(locked) = lock_in_txn(connection, id).await? else { return Ok(None) };
            if access_version.is_some_and(|version| version != locked.user.access_version) {
                return Ok(None);
            }
            locked.refuse_last_admin()?;
            refuse_coming_events_in_txn(connection, id).await?;
            let access_version = erase_in_txn(connection, id).await?;
            let change = UserChange { id: order, action: Action::UserErased, before: None, after: None };
            audit::record_user_changes_in_txn(connection, id, by, &[change]).await?;
            Ok(Some(Access { user: id, role: Role::Audience, is_active: false, access_version }))
        })
        .await
}

/// The locked account cannot get new events meanwhile, because making one, and being handed one, locks it too.
async fn refuse_coming_events_in_txn(connection: &mut AsyncPgConnection, organizer: UserId) -> Result<(), Error> {
    let coming = events::table
        .filter(events::organizer_id.eq(Uuid::from(organizer)).and(events::rehearsal_of.is_null()))
        .filter(events::status.ne(EventStatus::Cancelled.as_str()).and(events::ends_at.gt(diesel::dsl::now)))
        .select(events::id);
    let is_any: bool = diesel::select(diesel::dsl::exists(coming)).get_result(connection).await?;
    if is_any { Err(Error::Conflict(Conflict::ComingEvents)) } else { Ok(()) }
}

async fn erase_in_txn(connection: &mut AsyncPgConnection, id: UserId) -> Result<i64, Error> {
    let user = Uuid::from(id);
    let access_version = diesel::update(users::table.find(user))
        .set((
            users::name.eq(NAME_OF_ERASED),
            users::email.eq(format!("erased-{}@erased.invalid", user.hyphenated())),
            users::password_hash.eq(NO_PASSWORD),
            users::role.eq(Role::Audience.as_str()),
            users::is_active.eq(false),
            users::ended_sessions.eq(Vec::<Uuid>::new()),
            users::public_contact.eq(None::<String>),
            users::calendar_digest.eq(None::<Vec<u8>>),
            users::calendar_since.eq(None::<DateTime<Utc>>),
            users::verified_at.eq(None::<DateTime<Utc>>),
            users::access_version.eq(users::access_version + 1),
            users::access_changed_at.eq(statement_timestamp()),
            users::updated_at.eq(statement_timestamp()),
            users::erased_at.eq(statement_timestamp().nullable()),
        ))
        .returning(users::access_version)
        .get_result(connection)
        .await?;
    diesel::delete(door_staff::table.filter(door_staff::user_id.eq(user))).execute(connection).await?;
    clear_in_txn(connection, &[user]).await?;
    Ok(access_version)
}

/// Erases the texts of these people's requests, and what organizers have written about them.
///
/// It takes no lock of an event, so a batch may change the same registrations meanwhile. No promise to anybody else
/// depends on these columns, and batches do not write them back. A batch that finds a registration elsewhere than it
/// was looked up is rolled back and decided again: only work is repeated. One that has changed a registration is waited
/// for. Events whose rows are locked are left out: a batch may wait for one of these accounts, to hand an event over.
async fn clear_in_txn(connection: &mut AsyncPgConnection, people: &[Uuid]) -> Result<(), Error> {
    diesel::sql_query(format!(
        "update registrations set idempotency_key = null, removal_reason = case when removal_reason is not null then $2 end \
         where user_id = any($1) and {BY_PERSON} and (idempotency_key is not null or removal_reason <> $2)"
    ))
    .bind::<Array<PgUuid>, _>(people)
    .bind::<Text, _>(REASON_OF_ERASED)
    .execute(connection)
    .await?;
    diesel::sql_query(
        "update events set idempotency_key = null where id in (\
         select id from events where coalesce(key_of, organizer_id) = any($1) and idempotency_key is not null \
         order by id for no key update skip locked)",
    )
    .bind::<Array<PgUuid>, _>(people)
    .execute(connection)
    .await?;
    account_mails::erase_in_txn(connection, people).await?;
    api_keys::erase_in_txn(connection, people).await?;
    webhooks::erase_in_txn(connection, people).await?;
    ticket_names::erase_in_txn(connection, people).await?;
    messages::erase_in_txn(connection, people).await
}

/// Erases what was written about erased people since their erasure: by requests that had been admitted before, and by
/// organizers, who could still remove a booking. Looks at no more than `limit` people, in the order of their ids,
/// beginning after `after`. Returns the last one; `None` if there are no more.
///
/// A person is looked at again and again until the erasure is `quiet_seconds` ago, after which no request from before
/// is decided, and no booking is left that could be removed. Safe on several servers at once.
pub async fn clear_erased(
    connection: &mut AsyncPgConnection,
    quiet_seconds: i32,
    after: Option<UserId>,
    limit: i64,
) -> Result<Option<UserId>, Error> {
    #[derive(QueryableByName)]
    struct Finished {
        #[diesel(sql_type = PgUuid)]
        id: Uuid,
    }
    connection
        .transaction(async |connection| {
            let to_clear = users::erased_at.is_not_null().and(users::cleared_at.is_null());
            let people: Vec<Uuid> = users::table
                .filter(to_clear.and(users::id.gt(after.map_or_else(Uuid::nil, Uuid::from))))
                .order(users::id)
                .limit(limit)
                .select(users::id)
                .for_no_key_update()
                .skip_locked()
                .load(connection)
                .await?;
            let Some(last) = people.last().copied() else { return Ok(None) };
            // A removal that was not committed yet leaves its booking standing here. One that was is seen by the
            // statements that follow.
            let finished = diesel::sql_query(
                "select u.id from users u where u.id = any($1) and u.erased_at < now() - make_interval(secs => $2::integer) \
                 and not exists (select from registrations r join events e on e.id = r.event_id \
                 where r.user_id = u.id and r.status <> 'CANCELLED' and e.status <> 'CANCELLED' \
                 and e.ends_at > now() - make_interval(secs => $2::integer))",
            )
            .bind::<Array<PgUuid>, _>(&people)
            .bind::<Integer, _>(quiet_seconds)
            .load::<Finished>(connection)
            .await?;
            clear_in_txn(connection, &people).await?;
            diesel::sql_query(
                "update users u set cleared_at = statement_timestamp() where id = any($1) and not exists (\
                 select from events where coalesce(key_of, organizer_id) = u.id and idempotency_key is not null)",
            )
            .bind::<Array<PgUuid>, _>(finished.into_iter().map(|person| person.id).collect::<Vec<_>>())
            .execute(connection)
            .await?;
            Ok(Some(last.into()))
        })
        .await
}
