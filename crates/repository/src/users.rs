//! Accounts of people and of simulated buyers.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, Text, Uuid as PgUuid};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::accounts::{AccountKind, Email, PersonName, Role};
use domain::commands::Order;
use domain::ids::{OrderId, SessionId, UserId};
use domain::search::SearchText;
use serde_json::json;
use uuid::Uuid;

use crate::audit::{self, Action, UserChange};
use crate::clocks::statement_timestamp;
use crate::errors::{Conflict, Error};
use crate::rows;
use crate::schema::users;
use crate::searches::{self, SearchPage, Stretch};

/// An account.
#[derive(Debug, Clone)]
pub struct User {
    /// Its id.
    pub id: UserId,
    /// The person's name.
    pub name: String,
    /// The person's e-mail address.
    pub email: String,
    /// The text of a bcrypt hash, or a text that matches no password.
    pub password_hash: String,
    /// Its role.
    pub role: Role,
    /// Whether the person may sign in and act.
    pub is_active: bool,
    /// A person's, or simulated.
    pub kind: AccountKind,
    /// Increases with every change of role, password or activity.
    pub access_version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it changed last.
    pub updated_at: DateTime<Utc>,
}

impl User {
    /// Its present access.
    pub fn access(&self) -> Access {
        let Self { id, role, is_active, access_version, .. } = *self;
        Access { user: id, role, is_active, access_version }
    }

    /// Whether it is an active admin.
    pub fn is_active_admin(&self) -> bool {
        self.role == Role::Admin && self.is_active
    }
}

#[derive(Debug, Queryable, QueryableByName, Selectable)]
#[diesel(table_name = users, check_for_backend(diesel::pg::Pg))]
pub(crate) struct UserRow {
    id: Uuid,
    name: String,
    email: String,
    password_hash: String,
    role: String,
    is_active: bool,
    kind: String,
    access_version: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

/// The name that the database uses for a kind of account.
fn account_kind(kind: AccountKind) -> &'static str {
    match kind {
        AccountKind::Person => "PERSON",
        AccountKind::Simulated => "SIMULATED",
    }
}

/// The role that the database calls `name`.
pub(crate) fn role_named(name: &str) -> Result<Role, Error> {
    rows::named(&Role::ALL, Role::as_str, name)
}

impl TryFrom<UserRow> for User {
    type Error = Error;

    fn try_from(row: UserRow) -> Result<Self, Error> {
        Ok(Self {
            id: row.id.into(),
            name: row.name,
            email: row.email,
            password_hash: row.password_hash,
            role: role_named(&row.role)?,
            is_active: row.is_active,
            kind: rows::named(&[AccountKind::Person, AccountKind::Simulated], account_kind, &row.kind)?,
            access_version: row.access_version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

/// An account to be made for a person.
#[derive(Debug, Clone)]
pub struct NewUser {
    /// Its id.
    pub id: UserId,
    /// The person's name.
    pub name: PersonName,
    /// The person's e-mail address.
    pub email: Email,
    /// The text of a bcrypt hash.
    pub password_hash: String,
    /// Its role.
    pub role: Role,
}

/// What an account may do from a change on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    /// Whose.
    pub user: UserId,
    /// Its role.
    pub role: Role,
    /// Whether the person may sign in and act.
    pub is_active: bool,
    /// The version since the change. Tokens with a lower one are older than the change.
    pub access_version: i64,
}

/// Makes an account. [`Conflict::EmailTaken`] if the address has one. That is no error to PostgreSQL, whose log would hold the
/// address.
pub async fn insert(connection: &mut AsyncPgConnection, user: &NewUser) -> Result<User, Error> {
    diesel::insert_into(users::table)
        .values((
            users::id.eq(Uuid::from(user.id)),
            users::name.eq(user.name.as_str()),
            users::email.eq(user.email.as_str()),
            users::password_hash.eq(&user.password_hash),
            users::role.eq(user.role.as_str()),
            users::kind.eq(account_kind(AccountKind::Person)),
        ))
        .on_conflict_do_nothing()
        .returning(UserRow::as_returning())
        .get_result(connection)
        .await
        .optional()?
        .ok_or(Error::Conflict(Conflict::EmailTaken))?
        .try_into()
}

/// Makes many accounts for people, all or none. [`Conflict::EmailTaken`] if one of the addresses has one.
pub async fn insert_all(connection: &mut AsyncPgConnection, new: &[NewUser]) -> Result<(), Error> {
    connection
        .transaction(async |connection| {
            let made = diesel::sql_query(
                "insert into users (id, name, email, password_hash, role, kind) \
                 select id, name, email, password_hash, role, 'PERSON' \
                 from unnest($1, $2, $3, $4, $5) as new (id, name, email, password_hash, role) on conflict do nothing",
            )
            .bind::<Array<PgUuid>, _>(new.iter().map(|user| user.id.into()).collect::<Vec<Uuid>>())
            .bind::<Array<Text>, _>(new.iter().map(|user| user.name.as_str()).collect::<Vec<_>>())
            .bind::<Array<Text>, _>(new.iter().map(|user| user.email.as_str()).collect::<Vec<_>>())
            .bind::<Array<Text>, _>(new.iter().map(|user| user.password_hash.as_str()).collect::<Vec<_>>())
            .bind::<Array<Text>, _>(new.iter().map(|user| user.role.as_str()).collect::<Vec<_>>())
            .execute(connection)
            .await?;
            if made == new.len() { Ok(()) } else { Err(Error::Conflict(Conflict::EmailTaken)) }
        })
        .await
}

/// Makes an administrator's account, with an entry in the audit log that names the server itself. [`Conflict::EmailTaken`] if
/// the address has an account.
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

/// Makes the account with this address an active administrator's and sets its password, if there is a hash. The audit log names
/// the server itself. What holds already stays as it is. Returns the account as it was before, or [`Error::NotFound`].
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
                .for_update()
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

/// The account with this id.
pub async fn find(connection: &mut AsyncPgConnection, id: UserId) -> Result<Option<User>, Error> {
    let row = users::table.find(Uuid::from(id)).select(UserRow::as_select()).first(connection).await.optional()?;
    row.map(User::try_from).transpose()
}

/// The account with this address, in any case.
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

/// The people that these orders name and who have no account.
pub(crate) async fn without_account(
    mut connection: &AsyncPgConnection,
    orders: &[&Order],
) -> Result<HashSet<UserId>, Error> {
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

/// Which people a list contains. `None` does not filter.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// A part of the name or of the address, as [`domain::search`] finds it.
    pub text: Option<String>,
    /// People with this role.
    pub role: Option<Role>,
    /// Active people, or deactivated ones.
    pub is_active: Option<bool>,
}

/// The condition of the indexes on people. It is a literal, because a bound value does not prove it in a generic plan.
pub(crate) const IS_PERSON: &str = "kind = 'PERSON'";

/// Walks the index of people, or of people by role. Its condition is a literal, as in [`IS_PERSON`].
const LIST: &str = "select u.*, step.is_wanted from (\
                    select *, row_number() over (order by id desc) as look from users \
                    where kind = 'PERSON' and id < $1 and ($2 is null or role = $2) order by id desc limit $5) u \
                    cross join lateral (\
                    select u.erased_at is null and ($3 is null or u.is_active = $3) as is_wanted) step \
                    where step.is_wanted or u.look = $5 order by u.id desc limit $4";

/// One page of people, the newest first, beginning after `before`: at most `limit`, and fewer if they are rare among the rows
/// that one walk examines. Simulated buyers and erased accounts are left out.
pub async fn list(
    connection: &mut AsyncPgConnection,
    filter: &Filter,
    before: Option<UserId>,
    limit: i64,
) -> Result<SearchPage<User, UserId>, Error> {
    let statement = |before: UserId, stretch: Stretch| {
        diesel::sql_query(LIST)
            .into_boxed()
            .bind::<PgUuid, _>(Uuid::from(before))
            .bind::<Nullable<Text>, _>(filter.role.map(Role::as_str))
            .bind::<Nullable<Bool>, _>(filter.is_active)
            .bind::<BigInt, _>(stretch.rows)
            .bind::<BigInt, _>(stretch.looks)
    };
    let text = filter.text.as_deref().and_then(SearchText::of);
    let is_match = |row: &UserRow| text.as_ref().is_none_or(|text| text.is_in(&row.name) || text.is_in(&row.email));
    let begin = before.unwrap_or_else(|| Uuid::max().into());
    let page = searches::walk(connection, begin, limit, statement, is_match, |row: &UserRow| row.id.into()).await?;
    Ok(SearchPage { found: rows::all(page.found)?, next: page.next })
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
/// [`Conflict::LastAdmin`] if no active admin would be left. The account and all active admins are locked in the order of
/// their ids: if two admins demote each other, the later one sees what the earlier one did.
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
            audit::record_user_changes_in_txn(connection, id, Some(by), &changes_between(&before, &after)).await?;
            find(connection, id).await
        })
        .await
}

/// The person with this id, unless the account was erased, and every active admin. `FOR NO KEY UPDATE` does not block bookings, whose foreign key takes a
/// weaker lock.
pub(crate) async fn lock_beside_admins_in_txn(
    connection: &mut AsyncPgConnection,
    id: UserId,
) -> Result<Vec<User>, Error> {
    let row: diesel::dsl::AsSelect<UserRow, diesel::pg::Pg> = UserRow::as_select();
    let locked = users::table
        .filter(diesel::dsl::sql::<Bool>(IS_PERSON).and(users::erased_at.is_null()))
        .filter(users::id.eq(Uuid::from(id)).or(diesel::dsl::sql::<Bool>("(role = 'ADMIN' and is_active)")))
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

/// Stores a person's own new password, with an entry in the audit log, atomically. Older tokens stop working. Returns the new
/// access version; `None` if the account is gone or has changed since `access_version`, at which the old password was verified.
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

/// Stores a new password for a person without asking for the old one, with an entry in the audit log, atomically. Older tokens
/// stop working. Returns the account after the change, or `None` if no person has this id.
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

/// A change of what an account may do, or of the sessions that it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessChange {
    /// Its access since.
    pub access: Access,
    /// The sessions that its person ended. Their tokens may still be valid.
    pub ended_sessions: Vec<SessionId>,
}

impl From<Access> for AccessChange {
    fn from(access: Access) -> Self {
        Self { access, ended_sessions: Vec::new() }
    }
}

/// No password hashes to this, so simulated buyers cannot sign in.
pub(crate) const NO_PASSWORD: &str = "!";

/// The most simulated buyers that one call of [`simulated_part`] makes, which takes some hundred milliseconds.
pub const SIMULATED_AT_ONCE: u32 = 5_000;

/// The first `count` simulated buyers. Missing ones are made, with ids from `ids`.
pub async fn simulated(
    connection: &mut AsyncPgConnection,
    count: u32,
    mut ids: impl FnMut() -> UserId,
) -> Result<Vec<UserId>, Error> {
    let mut all = Vec::new();
    let mut first = 1;
    while first <= count {
        let last = count.min(first.saturating_add(SIMULATED_AT_ONCE - 1));
        all.extend(simulated_part(connection, first..=last, &mut ids).await?);
        first = last + 1;
    }
    Ok(all)
}

/// The simulated buyers with these numbers, at most [`SIMULATED_AT_ONCE`]. Missing ones are made, with ids from `ids`.
pub async fn simulated_part(
    connection: &mut AsyncPgConnection,
    numbers: RangeInclusive<u32>,
    mut ids: impl FnMut() -> UserId,
) -> Result<Vec<UserId>, Error> {
    let emails: Vec<String> = numbers.map(|n| format!("simulated-{n:06}@simulation.invalid")).collect();
    let new_ids: Vec<Uuid> = emails.iter().map(|_| ids().into()).collect();
    diesel::sql_query(
        "insert into users (id, name, email, password_hash, role, kind) \
         select id, 'Simulated buyer', email, $3, 'AUDIENCE', 'SIMULATED' \
         from unnest($1, $2) as new (id, email) on conflict (lower(email)) do nothing",
    )
    .bind::<Array<PgUuid>, _>(new_ids)
    .bind::<Array<Text>, _>(&emails)
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
    .bind::<Array<Text>, _>(&emails)
    .load::<Found>(connection)
    .await?;
    if found.len() != emails.len() {
        return Err(Error::Corrupt("a person has the e-mail address of a simulated buyer".to_owned()));
    }
    Ok(found.into_iter().map(|row| UserId::from(row.id)).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop loudly")]

    use diesel_async::SimpleAsyncConnection;

    use super::*;
    use crate::pools;
    use crate::searches::tests::plan_of;
    use crate::searches::{LOOKED_AT_MAX, WALKING};

    #[tokio::test(flavor = "multi_thread")]
    async fn a_page_of_people_walks_the_index_of_people_or_that_of_their_roles() {
        let database = testdb::Database::new().await;
        let mut connection = pools::connect_once(&database.url(), testdb::patience::LIMIT).await.unwrap();
        connection
            .batch_execute(&format!(
                "insert into users (id, name, email, password_hash, role, kind) \
                 select gen_random_uuid(), 'Somebody', n || '@example.com', '!', 'AUDIENCE', \
                 case when n % 2 = 0 then 'PERSON' else 'SIMULATED' end from generate_series(1, 20000) n; \
                 prepare page (uuid, text, boolean, bigint, bigint) as {LIST}; \
                 begin; {WALKING}"
            ))
            .await
            .unwrap();
        let before = Uuid::max();
        for (values, index) in [
            ("null, null", "users_people on"),
            ("null, false", "users_people on"),
            ("'ADMIN', null", "users_people_by_role on"),
            ("'AUDIENCE', true", "users_people_by_role on"),
        ] {
            let plan = plan_of(&mut connection, &format!("page('{before}', {values}, 21, {LOOKED_AT_MAX})")).await;
            assert!(plan.contains(&format!("Backward using {index} users")), "no {index:?} for {values} in\n{plan}");
            assert!(!plan.contains("Sort"), "{plan}");
        }
    }
}
