//! What admins, and the command line, do with the accounts of others.

use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::accounts::{AccountKind, Role};
use domain::ids::{OrderId, UserId};
use serde_json::json;
use uuid::Uuid;

use crate::audit::{self, Action, UserChange};
use crate::clocks::statement_timestamp;
use crate::errors::{Conflict, Error};
use crate::rows;
use crate::schema::users;
use crate::users::{Access, IS_PERSON, NewUser, User, UserRow, account_kind, find, insert, lower};

/// Makes an administrator's account, with an entry in the audit log that names the server itself.
/// [`Conflict::EmailTaken`] if the address has an account.
pub async fn insert_admin(connection: &mut AsyncPgConnection, admin: &NewUser) -> Result<User, Error> {
    connection
        .transaction(async |connection| {
            let user = insert(connection, &NewUser { role: Role::Admin, ..admin.clone() }).await?;
            let after = Some(json!({ "role": user.role, "is_active": user.is_active }));
            let change = UserChange { id: order_id(), action: Action::UserCreated, before: None, after };
            audit::record_user_changes_in_txn(connection, user.id, None, &[change]).await?;
            Ok(user)
        })
        .await
}

/// Makes the account with this address an active administrator's and sets its password, if there is a hash. The audit
/// log names the server itself. What holds already stays as it is. Returns the account as it was before, or
/// [`Error::NotFound`].
pub async fn promote(
    connection: &mut AsyncPgConnection,
    email: &str,
    password_hash: Option<&str>,
) -> Result<User, Error> {
    connection
        .transaction(async |connection| {
            let before: User = users::table
                .filter(lower(users::email).eq(lower(email)).and(diesel::dsl::sql::<Bool>(IS_PERSON)))
                .filter(users::erased_at.is_null())
                .select(UserRow::as_select())
                .for_no_key_update()
                .first(connection)
                .await?
                .try_into()?;
            let mut changes = changes_between(&before, &User { role: Role::Admin, is_active: true, ..before.clone() });
            if !changes.is_empty() {
                set_access(connection, before.id, Role::Admin, true).await?;
            }
            if let Some(hash) = password_hash {
                store_password_in_txn(connection, before.id, hash).await?;
                changes.push(UserChange {
                    id: order_id(),
                    action: Action::UserPasswordReset,
                    before: None,
                    after: None,
                });
            }
            audit::record_user_changes_in_txn(connection, before.id, None, &changes).await?;
            Ok(before)
        })
        .await
}

/// Whether there is an active admin.
pub async fn any_active_admin(connection: &mut AsyncPgConnection) -> Result<bool, Error> {
    let people = users::kind.eq(account_kind(AccountKind::Person));
    let admins = users::role.eq(Role::Admin.as_str()).and(users::is_active).and(people);
    let admins = users::table.filter(admins).select(users::id);
    Ok(diesel::select(diesel::dsl::exists(admins)).get_result(connection).await?)
}

/// An admin's changes of an account. `None` changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AccessChanges {
    /// The new role.
    pub role: Option<Role>,
    /// Activates or deactivates it.
    pub is_active: Option<bool>,
}

/// Changes what a person may do, and writes an entry for each change into the audit log, atomically. What holds already
/// changes nothing. Returns the account after the change, or `None` if no person has this id.
///
/// [`Conflict::LastAdmin`] if no active admin would be left. If two admins demote each other, the later one sees what
/// the earlier one did.
pub async fn administer(
    connection: &mut AsyncPgConnection,
    id: UserId,
    changes: AccessChanges,
    by: UserId,
) -> Result<Option<User>, Error> {
    connection
        .transaction(async |connection| {
            let Some(locked) = lock_in_txn(connection, id).await? else { return Ok(None) };
            let before = &locked.user;
            let after = User {
                role: changes.role.unwrap_or(before.role),
                is_active: changes.is_active.unwrap_or(before.is_active),
                ..before.clone()
            };
            if after.access() == before.access() {
                return Ok(Some(after));
            }
            if !after.is_active_admin() {
                locked.refuse_last_admin()?;
            }
            set_access(connection, id, after.role, after.is_active).await?;
            audit::record_user_changes_in_txn(connection, id, Some(by), &changes_between(before, &after)).await?;
            find(connection, id).await
        })
        .await
}

/// A person's account that is locked until the transaction ends.
pub(crate) struct Locked {
    /// The account.
    pub(crate) user: User,
    /// Whether there is another active admin, who stays one until the transaction ends. False if the account is no
    /// active admin's, because nobody asks then.
    has_other_admin: bool,
}

impl Locked {
    /// Refuses with [`Conflict::LastAdmin`] if no active admin would be left without this account.
    pub(crate) fn refuse_last_admin(&self) -> Result<(), Error> {
        if self.user.is_active_admin() && !self.has_other_admin {
            return Err(Error::Conflict(Conflict::LastAdmin));
        }
        Ok(())
    }
}

/// Locks the account of the person with this id, unless it was erased. With an active admin's account all others are
/// locked, in the order of their ids. `FOR NO KEY UPDATE` does not block bookings, whose foreign key takes a weaker
/// lock.
pub(crate) async fn lock_in_txn(connection: &mut AsyncPgConnection, id: UserId) -> Result<Option<Locked>, Error> {
    let is_admin = find(connection, id).await?.is_some_and(|user| user.is_active_admin());
    let others = if is_admin { Others::Admins } else { Others::Nobody };
    let mut locked = load_locked_in_txn(connection, id, others).await?;
    // The account became an active admin's just now. If somebody else waits for it with the other admins locked,
    // PostgreSQL refuses one of the two.
    if !is_admin && locked.iter().any(|user| user.id == id && user.is_active_admin()) {
        locked = load_locked_in_txn(connection, id, Others::Admins).await?;
    }
    let (own, others): (Vec<User>, Vec<User>) = locked.into_iter().partition(|user| user.id == id);
    let own = own.into_iter().next();
    Ok(own.map(|user| Locked { user, has_other_admin: !others.is_empty() }))
}

/// Accounts that are locked together with one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Others {
    Nobody,
    Admins,
}

async fn load_locked_in_txn(
    connection: &mut AsyncPgConnection,
    id: UserId,
    others: Others,
) -> Result<Vec<User>, Error> {
    let row: diesel::dsl::AsSelect<UserRow, diesel::pg::Pg> = UserRow::as_select();
    let wanted = match others {
        Others::Nobody => "false",
        Others::Admins => "(role = 'ADMIN' and is_active)",
    };
    let locked = users::table
        .filter(diesel::dsl::sql::<Bool>(IS_PERSON).and(users::erased_at.is_null()))
        .filter(users::id.eq(Uuid::from(id)).or(diesel::dsl::sql::<Bool>(wanted)))
        .order(users::id)
        .select(row)
        .for_no_key_update()
        .load(connection)
        .await?;
    rows::all(locked)
}

fn changes_between(before: &User, after: &User) -> Vec<UserChange> {
    let mut changes = Vec::new();
    if before.role != after.role {
        let role = |user: &User| Some(json!({ "role": user.role }));
        changes.push(UserChange {
            id: order_id(),
            action: Action::UserRoleChanged,
            before: role(before),
            after: role(after),
        });
    }
    if before.is_active != after.is_active {
        let action = if after.is_active { Action::UserActivated } else { Action::UserDeactivated };
        let is_active = |user: &User| Some(json!({ "is_active": user.is_active }));
        changes.push(UserChange { id: order_id(), action, before: is_active(before), after: is_active(after) });
    }
    changes
}

fn order_id() -> OrderId {
    Uuid::now_v7().into()
}

/// Stores a new password for a person without asking for the old one, with an entry in the audit log, atomically. Older
/// tokens stop working. Returns the account after the change, or `None` if no person has this id.
///
/// Safe to run again with the same `order`.
pub async fn reset_password(
    connection: &mut AsyncPgConnection,
    id: UserId,
    hash: &str,
    by: UserId,
    order: OrderId,
) -> Result<Option<User>, Error> {
    connection
        .transaction(async |connection| {
            if audit::is_recorded(connection, order).await? {
                return find(connection, id).await;
            }
            let Some(user) = store_password_in_txn(connection, id, hash).await? else { return Ok(None) };
            let change = UserChange { id: order, action: Action::UserPasswordReset, before: None, after: None };
            audit::record_user_changes_in_txn(connection, id, Some(by), &[change]).await?;
            Ok(Some(user))
        })
        .await
}

async fn store_password_in_txn(
    connection: &mut AsyncPgConnection,
    id: UserId,
    hash: &str,
) -> Result<Option<User>, Error> {
    let person = users::table.find(Uuid::from(id)).filter(diesel::dsl::sql::<Bool>(IS_PERSON));
    let row = diesel::update(person.filter(users::erased_at.is_null()))
        .set((
            users::password_hash.eq(hash),
            users::access_version.eq(users::access_version + 1),
            users::access_changed_at.eq(statement_timestamp()),
            users::updated_at.eq(statement_timestamp()),
        ))
        .returning(UserRow::as_returning())
        .get_result(connection)
        .await
        .optional()?;
    row.map(User::try_from).transpose()
}

/// Sets what an account may do, without a check for the last admin and without an entry in the audit log. Admins use
/// [`administer`]. Returns the new access, or [`Error::NotFound`].
pub async fn set_access(
    connection: &mut AsyncPgConnection,
    id: UserId,
    role: Role,
    is_active: bool,
) -> Result<Access, Error> {
    let access_version = diesel::update(users::table.find(Uuid::from(id)))
        .set((
            users::role.eq(role.as_str()),
            users::is_active.eq(is_active),
            users::access_version.eq(users::access_version + 1),
            users::access_changed_at.eq(statement_timestamp()),
            users::updated_at.eq(statement_timestamp()),
        ))
        .returning(users::access_version)
        .get_result(connection)
        .await?;
    Ok(Access { user: id, role, is_active, access_version })
}
