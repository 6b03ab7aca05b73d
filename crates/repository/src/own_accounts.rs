//! What people do with their own accounts: another name, or no account any more.

use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::accounts::{PersonName, Role};
use domain::events::EventStatus;
use domain::ids::{OrderId, UserId};
use uuid::Uuid;

use crate::audit::{self, Action, UserChange};
use crate::clocks::statement_timestamp;
use crate::errors::{Conflict, Error};
use crate::schema::{events, registrations, users};
use crate::users::{Access, IS_PERSON, NO_PASSWORD, User, UserRow, find, lock_beside_admins_in_txn};

/// What is left of the reason of a removal.
const REASON_OF_ERASED: &str = "(erased)";

/// The name that stands for everybody whose account was erased. A CHECK holds it, and the form of the address.
const NAME_OF_ERASED: &str = "Erased account";

/// Gives an active person another name. Returns the account after the change, or `None` if there is no such person.
pub async fn rename(connection: &mut AsyncPgConnection, id: UserId, name: &PersonName) -> Result<Option<User>, Error> {
    let person = users::table.find(Uuid::from(id)).filter(diesel::dsl::sql::<Bool>(IS_PERSON).and(users::is_active));
    let row = diesel::update(person)
        .set((users::name.eq(name.as_str()), users::updated_at.eq(statement_timestamp())))
        .returning(UserRow::as_returning())
        .get_result(connection)
        .await
        .optional()?;
    row.map(User::try_from).transpose()
}

/// Erases a person's account, with an entry in the audit log that names `by`, or the server itself, atomically. Name, address,
/// password and the keys of requests are gone; the history stays under an account without a name, which is deactivated. Its
/// bookings are still to be cancelled, as those of every deactivated account. Older tokens stop working.
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
            let locked = lock_beside_admins_in_txn(connection, id).await?;
            let (before, admins): (Vec<User>, Vec<User>) = locked.into_iter().partition(|user| user.id == id);
            let Some(before) = before.into_iter().next() else { return Ok(None) };
            if access_version.is_some_and(|version| version != before.access_version) {
                return Ok(None);
            }
            if before.is_active_admin() && admins.is_empty() {
                return Err(Error::Conflict(Conflict::LastAdmin));
            }
            refuse_coming_events_in_txn(connection, id).await?;
            let access_version = erase_in_txn(connection, id).await?;
            let change = UserChange { id: order, action: Action::UserErased, before: None, after: None };
            audit::record_user_changes_in_txn(connection, id, by, &[change]).await?;
            Ok(Some(Access { user: id, role: Role::Audience, is_active: false, access_version }))
        })
        .await
}

/// The locked account cannot get new events meanwhile, because making one locks it too.
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
            users::access_version.eq(users::access_version + 1),
            users::access_changed_at.eq(statement_timestamp()),
            users::updated_at.eq(statement_timestamp()),
            users::erased_at.eq(statement_timestamp().nullable()),
        ))
        .returning(users::access_version)
        .get_result(connection)
        .await?;
    // The texts of these keys are the person's own. Nobody repeats the requests any more.
    let keys =
        registrations::table.filter(registrations::user_id.eq(user).and(registrations::idempotency_key.is_not_null()));
    diesel::update(keys).set(registrations::idempotency_key.eq(None::<String>)).execute(connection).await?;
    let keys = events::table.filter(events::organizer_id.eq(user).and(events::idempotency_key.is_not_null()));
    diesel::update(keys).set(events::idempotency_key.eq(None::<String>)).execute(connection).await?;
    // Organizers write these about the person.
    let reasons =
        registrations::table.filter(registrations::user_id.eq(user).and(registrations::removal_reason.is_not_null()));
    diesel::update(reasons).set(registrations::removal_reason.eq(Some(REASON_OF_ERASED))).execute(connection).await?;
    Ok(access_version)
}
