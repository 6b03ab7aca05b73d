//! Accounts: people, and the stress test's simulated buyers.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, Text, Uuid as PgUuid};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::accounts::{AccountKind, Email, PersonName, Role};
use domain::commands::Order;
use domain::ids::{OrderId, UserId};
use serde_json::json;
use uuid::Uuid;

use crate::audit::{self, Action, UserChange};
use crate::errors::{Conflict, Error};
use crate::rows::{self, UserRow};
use crate::schema::users;
use crate::searches::{self, LOOKED_AT_MAX, Stretch};

/// An account.
#[derive(Debug, Clone)]
pub struct User {
    /// Its id.
    pub id: UserId,
    /// The person's name.
    pub name: String,
    /// The address that it is known by.
    pub email: String,
    /// bcrypt's text, or something that no password fits.
    pub password_hash: String,
    /// What it may do.
    pub role: Role,
    /// Whether it may do anything.
    pub is_active: bool,
    /// Whose it is.
    pub kind: AccountKind,
    /// Goes up when role, password or activity change.
    pub access_version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When anything of it changed last.
    pub updated_at: DateTime<Utc>,
}

impl User {
    /// What it may do now.
    pub fn access(&self) -> Access {
        let Self { id, role, is_active, access_version, .. } = *self;
        Access { user: id, role, is_active, access_version }
    }

    /// Whether it may administer everything, now.
    pub fn is_active_admin(&self) -> bool {
        self.role == Role::Admin && self.is_active
    }
}

/// An account to be made for a person.
#[derive(Debug, Clone)]
pub struct NewUser {
    /// Its id.
    pub id: UserId,
    /// The person's name.
    pub name: PersonName,
    /// The address that it will be known by.
    pub email: Email,
    /// bcrypt's text.
    pub password_hash: String,
    /// What it may do.
    pub role: Role,
}

/// What an account may do, since a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    /// Whose.
    pub user: UserId,
    /// Its role now.
    pub role: Role,
    /// Whether it may do anything at all.
    pub is_active: bool,
    /// Tokens that carry an older one were issued before the change.
    pub access_version: i64,
}

/// Makes an account; [`Conflict::EmailTaken`] if the address has one.
pub async fn insert(connection: &mut AsyncPgConnection, user: &NewUser) -> Result<User, Error> {
    diesel::insert_into(users::table)
        .values((
            users::id.eq(Uuid::from(user.id)),
            users::name.eq(user.name.as_str()),
            users::email.eq(user.email.as_str()),
            users::password_hash.eq(&user.password_hash),
            users::role.eq(user.role.as_str()),
            users::kind.eq(rows::account_kind(AccountKind::Person)),
        ))
        .returning(UserRow::as_returning())
        .get_result(connection)
        .await?
        .try_into()
}

/// Makes many accounts for people, all or none; [`Conflict::EmailTaken`] if one of
/// the addresses has one.
pub async fn insert_all(connection: &mut AsyncPgConnection, new: &[NewUser]) -> Result<(), Error> {
    diesel::sql_query(
        "insert into users (id, name, email, password_hash, role, kind) \
         select id, name, email, password_hash, role, 'PERSON' \
         from unnest($1, $2, $3, $4, $5) as new (id, name, email, password_hash, role)",
    )
    .bind::<Array<PgUuid>, _>(new.iter().map(|user| user.id.into()).collect::<Vec<Uuid>>())
    .bind::<Array<Text>, _>(new.iter().map(|user| user.name.as_str()).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(new.iter().map(|user| user.email.as_str()).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(new.iter().map(|user| user.password_hash.as_str()).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(new.iter().map(|user| user.role.as_str()).collect::<Vec<_>>())
    .execute(connection)
    .await?;
    Ok(())
}

/// Makes an administrator's account, with an entry in the audit log, where the server by itself counts as who did it. An
/// address that is taken is a [`Conflict::EmailTaken`].
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

/// Makes the account with this address an active administrator's, gives it the password that `password_hash` is of if
/// there is one, and tells the audit log, where the server by itself counts as who did it. An account that has all of this
/// already stays as it is. Returns it as it was, or [`Error::NotFound`].
pub async fn promote(
    connection: &mut AsyncPgConnection,
    email: &str,
    password_hash: Option<&str>,
) -> Result<User, Error> {
    connection
        .transaction(async |connection| {
            let before: User = users::table
                .filter(lower(users::email).eq(lower(email)).and(diesel::dsl::sql::<Bool>(IS_PERSON)))
                .select(UserRow::as_select())
                .for_update()
                .first(connection)
                .await?
                .try_into()?;
            let mut changes = told(&before, &User { role: Role::Admin, is_active: true, ..before.clone() });
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

/// Whether there is somebody who may administer everything.
pub async fn any_active_admin(connection: &mut AsyncPgConnection) -> Result<bool, Error> {
    let people = users::kind.eq(rows::account_kind(AccountKind::Person));
    let admins = users::role.eq(Role::Admin.as_str()).and(users::is_active).and(people);
    let admins = users::table.filter(admins).select(users::id);
    Ok(diesel::select(diesel::dsl::exists(admins)).get_result(connection).await?)
}

/// The account with this id.
pub async fn find(connection: &mut AsyncPgConnection, id: UserId) -> Result<Option<User>, Error> {
    let row = users::table.find(Uuid::from(id)).select(UserRow::as_select()).first(connection).await.optional()?;
    row.map(User::try_from).transpose()
}

/// The account with this address, however it is capitalised.
pub async fn find_by_email(connection: &mut AsyncPgConnection, email: &str) -> Result<Option<User>, Error> {
    let row = users::table
        .filter(lower(users::email).eq(lower(email)))
        .select(UserRow::as_select())
        .first(connection)
        .await
        .optional()?;
    row.map(User::try_from).transpose()
}

diesel::define_sql_function! {
    /// SQL's `lower`.
    fn lower(text: Text) -> Text;
}

/// Who of the people in these orders has no account.
pub(crate) async fn strangers(mut connection: &AsyncPgConnection, orders: &[&Order]) -> Result<HashSet<UserId>, Error> {
    let mut people: HashSet<UserId> = orders.iter().flat_map(|order| order.people()).collect();
    let ids: Vec<Uuid> = people.iter().copied().map(Uuid::from).collect();
    let found: Vec<Uuid> = users::table.filter(users::id.eq_any(ids)).select(users::id).load(&mut connection).await?;
    for id in found {
        people.remove(&UserId::from(id));
    }
    Ok(people)
}

/// Whether there is any account.
pub async fn any(connection: &mut AsyncPgConnection) -> Result<bool, Error> {
    Ok(diesel::select(diesel::dsl::exists(users::table.select(users::id))).get_result(connection).await?)
}

/// Which people a list has; `None` takes all.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// A part of the name or the address, in any case.
    pub text: Option<String>,
    /// With this role.
    pub role: Option<Role>,
    /// Active, or not.
    pub is_active: Option<bool>,
}

/// The condition of the indexes on people, as a literal: a bound one would not prove it in a generic plan.
const IS_PERSON: &str = "kind = 'PERSON'";

/// Walks people, or those of one role, by their index. The condition of these is a literal, as in [`IS_PERSON`].
const LIST: &str = "select u.*, step.is_wanted, step.is_last_look from (\
                    select *, row_number() over (order by id desc) as look from users \
                    where kind = 'PERSON' and id < $1 and ($2 is null or role = $2) order by id desc limit $6) u \
                    cross join lateral (\
                    select ($3 is null or u.is_active = $3) and ($4 is null or u.name ilike $4 or u.email ilike $4) \
                    as is_wanted, u.look = $6 as is_last_look) step \
                    where step.is_wanted or step.is_last_look order by u.id desc limit $5";

/// People, the newest first, from before `before` on: `limit` of them, or those among as many as one request looks at.
/// Never a simulated buyer.
pub async fn list(
    connection: &mut AsyncPgConnection,
    filter: &Filter,
    before: Option<UserId>,
    limit: i64,
) -> Result<Stretch<User, UserId>, Error> {
    let statement = diesel::sql_query(LIST)
        .into_boxed()
        .bind::<PgUuid, _>(before.map_or_else(Uuid::max, Uuid::from))
        .bind::<Nullable<Text>, _>(filter.role.map(Role::as_str))
        .bind::<Nullable<Bool>, _>(filter.is_active)
        .bind::<Nullable<Text>, _>(filter.text.as_deref().map(searches::containing))
        .bind::<BigInt, _>(limit + 1)
        .bind::<BigInt, _>(LOOKED_AT_MAX);
    searches::walk::<UserRow, _, _>(connection, statement, limit).await
}

/// What an admin changes about an account; `None` leaves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AccessChanges {
    /// Another role.
    pub role: Option<Role>,
    /// Activates or deactivates it.
    pub is_active: Option<bool>,
}

/// Changes what a person may do and writes each thing that changed into the audit log, atomically. What holds already
/// changes nothing. Returns the account as it is then, or `None` if no person has this id.
///
/// [`Conflict::LastAdmin`] if no active admin would be left: all active admins are locked with the account, in the order
/// of their ids, so that of two who demote each other the later one sees what the earlier one did.
pub async fn administer(
    connection: &mut AsyncPgConnection,
    id: UserId,
    changes: AccessChanges,
    by: UserId,
) -> Result<Option<User>, Error> {
    connection
        .transaction(async |connection| {
            let locked = lock_beside_admins_in_txn(connection, id).await?;
            let (before, admins): (Vec<User>, Vec<User>) = locked.into_iter().partition(|user| user.id == id);
            let Some(before) = before.into_iter().next() else { return Ok(None) };
            let after = User {
                role: changes.role.unwrap_or(before.role),
                is_active: changes.is_active.unwrap_or(before.is_active),
                ..before.clone()
            };
            if after.access() == before.access() {
                return Ok(Some(before));
            }
            if before.is_active_admin() && !after.is_active_admin() && admins.is_empty() {
                return Err(Error::Conflict(Conflict::LastAdmin));
            }
            set_access(connection, id, after.role, after.is_active).await?;
            audit::record_user_changes_in_txn(connection, id, Some(by), &told(&before, &after)).await?;
            find(connection, id).await
        })
        .await
}

/// The person with this id, and every active admin. `FOR NO KEY UPDATE`, so that nobody's booking waits for it.
async fn lock_beside_admins_in_txn(connection: &mut AsyncPgConnection, id: UserId) -> Result<Vec<User>, Error> {
    let row: diesel::dsl::AsSelect<UserRow, diesel::pg::Pg> = UserRow::as_select();
    let locked = users::table
        .filter(diesel::dsl::sql::<Bool>(IS_PERSON))
        .filter(users::id.eq(Uuid::from(id)).or(diesel::dsl::sql::<Bool>("(role = 'ADMIN' and is_active)")))
        .order(users::id)
        .select(row)
        .for_no_key_update()
        .load(connection)
        .await?;
    rows::all(locked)
}

fn told(before: &User, after: &User) -> Vec<UserChange> {
    let mut told = Vec::new();
    if before.role != after.role {
        let role = |user: &User| Some(json!({ "role": user.role }));
        told.push(UserChange {
            id: order_id(),
            action: Action::UserRoleChanged,
            before: role(before),
            after: role(after),
        });
    }
    if before.is_active != after.is_active {
        let action = if after.is_active { Action::UserActivated } else { Action::UserDeactivated };
        let is_active = |user: &User| Some(json!({ "is_active": user.is_active }));
        told.push(UserChange { id: order_id(), action, before: is_active(before), after: is_active(after) });
    }
    told
}

fn order_id() -> OrderId {
    Uuid::now_v7().into()
}

/// Stores a person's own new password, if the account is still what it was at `access_version`, when the old one was
/// verified; with an entry in the audit log, atomically. Every token that was issued before stops working. Returns the new
/// access version; `None` if the account has changed in between, or is not there.
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
                    users::access_changed_at.eq(clock_timestamp()),
                    users::updated_at.eq(clock_timestamp()),
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

/// Stores a new password for a person, whatever the old one was, with an entry in the audit log, atomically. Every token
/// that was issued before stops working. Returns the account as it is then, or `None` if no person has this id.
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
    let row = diesel::update(person)
        .set((
            users::password_hash.eq(hash),
            users::access_version.eq(users::access_version + 1),
            users::access_changed_at.eq(clock_timestamp()),
            users::updated_at.eq(clock_timestamp()),
        ))
        .returning(UserRow::as_returning())
        .get_result(connection)
        .await
        .optional()?;
    row.map(User::try_from).transpose()
}

diesel::define_sql_function! {
    /// The database's clock.
    fn clock_timestamp() -> Timestamptz;
}

/// Sets what an account may do, whoever is left. Returns what holds from now on, or [`Error::NotFound`]. Nobody is
/// answerable for it: admins use [`administer`].
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
            users::access_changed_at.eq(clock_timestamp()),
            users::updated_at.eq(clock_timestamp()),
        ))
        .returning(users::access_version)
        .get_result(connection)
        .await?;
    Ok(Access { user: id, role, is_active, access_version })
}

/// Every account whose access changed after `since`, and the database's time of asking. A change is seen when it commits,
/// with a time from before: ask again with some overlap.
pub async fn access_changed_since(
    connection: &mut AsyncPgConnection,
    since: DateTime<Utc>,
) -> Result<(Vec<Access>, DateTime<Utc>), Error> {
    let now: DateTime<Utc> = diesel::select(clock_timestamp()).get_result(connection).await?;
    let changed: Vec<(Uuid, String, bool, i64)> = users::table
        .filter(users::access_changed_at.gt(since).and(users::access_version.gt(1)))
        .select((users::id, users::role, users::is_active, users::access_version))
        .load(connection)
        .await?;
    let access = changed.into_iter().map(|(user, role, is_active, access_version)| {
        Ok(Access { user: user.into(), role: rows::role(&role)?, is_active, access_version })
    });
    Ok((access.collect::<Result<_, Error>>()?, now))
}

/// What no password hashes to: simulated buyers cannot sign in.
const NO_PASSWORD: &str = "!";

/// The first `count` simulated buyers, made as far as they are missing. `ids` gives new ids.
pub async fn simulated(
    connection: &mut AsyncPgConnection,
    count: u32,
    mut ids: impl FnMut() -> UserId,
) -> Result<Vec<UserId>, Error> {
    /// Rows in one insert: some hundred milliseconds.
    const CHUNK: usize = 5_000;

    let emails: Vec<String> = (1..=count).map(|n| format!("simulated-{n:06}@simulation.invalid")).collect();
    let mut all = Vec::with_capacity(emails.len());
    for emails in emails.chunks(CHUNK) {
        let new_ids: Vec<Uuid> = emails.iter().map(|_| ids().into()).collect();
        diesel::sql_query(
            "insert into users (id, name, email, password_hash, role, kind) \
             select id, 'Simulated buyer', email, $3, 'AUDIENCE', 'SIMULATED' \
             from unnest($1, $2) as new (id, email) on conflict (lower(email)) do nothing",
        )
        .bind::<Array<PgUuid>, _>(new_ids)
        .bind::<Array<Text>, _>(emails)
        .bind::<Text, _>(NO_PASSWORD)
        .execute(connection)
        .await?;

        #[derive(QueryableByName)]
        struct Found {
            #[diesel(sql_type = PgUuid)]
            id: Uuid,
            #[diesel(sql_type = Integer)]
            _ordinality: i32,
        }
        let found = diesel::sql_query(
            "select u.id, wanted.ordinality::int4 as _ordinality \
             from unnest($1) with ordinality as wanted (email, ordinality) \
             join users u on lower(u.email) = wanted.email and u.kind = 'SIMULATED' order by wanted.ordinality",
        )
        .bind::<Array<Text>, _>(emails)
        .load::<Found>(connection)
        .await?;
        if found.len() != emails.len() {
            return Err(Error::Corrupt("an address of a simulated buyer belongs to a person".to_owned()));
        }
        all.extend(found.into_iter().map(|row| UserId::from(row.id)));
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop loudly")]

    use std::time::Duration;

    use diesel_async::SimpleAsyncConnection;

    use super::*;
    use crate::pools;
    use crate::searches::WALKING;
    use crate::searches::tests::plan_of;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_page_of_people_walks_the_index_of_people_or_that_of_their_roles() {
        let database = testdb::Database::new().await;
        let mut connection = pools::connect_once(&database.url(), Duration::from_secs(10)).await.unwrap();
        connection
            .batch_execute(&format!(
                "insert into users (id, name, email, password_hash, role, kind) \
                 select gen_random_uuid(), 'Somebody', n || '@example.com', '!', 'AUDIENCE', \
                 case when n % 2 = 0 then 'PERSON' else 'SIMULATED' end from generate_series(1, 20000) n; \
                 prepare page (uuid, text, boolean, text, bigint, bigint) as {LIST}; \
                 begin; {WALKING}"
            ))
            .await
            .unwrap();
        let before = Uuid::max();
        for (values, index) in [
            ("null, null, null", "users_people on"),
            ("null, false, '%ann%'", "users_people on"),
            ("'ADMIN', null, null", "users_people_by_role on"),
            ("'AUDIENCE', true, '%ann%'", "users_people_by_role on"),
        ] {
            let plan = plan_of(&mut connection, &format!("page('{before}', {values}, 21, {LOOKED_AT_MAX})")).await;
            assert!(plan.contains(&format!("Backward using {index} users")), "no {index:?} for {values} in\n{plan}");
            assert!(!plan.contains("Sort"), "{plan}");
        }
    }
}
