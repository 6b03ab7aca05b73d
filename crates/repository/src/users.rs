//! Accounts of people and of simulated buyers.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, Text, Uuid as PgUuid};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::accounts::{AccountKind, Email, PersonName, Role};
use domain::commands::Order;
use domain::ids::{SessionId, UserId};
use domain::search::SearchText;
use uuid::Uuid;

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
    /// How the public reaches the person, if the person says so.
    pub public_contact: Option<String>,
    /// When the person proved the address.
    pub verified_at: Option<DateTime<Utc>>,
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
    public_contact: Option<String>,
    verified_at: Option<DateTime<Utc>>,
}

/// The name that the database uses for a kind of account.
pub(crate) fn account_kind(kind: AccountKind) -> &'static str {
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
            public_contact: row.public_contact,
            verified_at: row.verified_at,
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

/// Makes an account. [`Conflict::EmailTaken`] if the address has one. That is no error to PostgreSQL, whose log would
/// hold the address.
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

/// Whether the person has proven the account's address.
pub async fn is_verified(connection: &mut AsyncPgConnection, id: UserId) -> Result<bool, Error> {
    let proven = users::table.find(Uuid::from(id)).filter(users::verified_at.is_not_null()).select(users::id);
    Ok(diesel::select(diesel::dsl::exists(proven)).get_result(connection).await?)
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

/// Those of these people whose accounts are not active.
pub(crate) async fn inactive(
    mut connection: &AsyncPgConnection,
    people: Vec<UserId>,
) -> Result<HashSet<UserId>, Error> {
    if people.is_empty() {
        return Ok(HashSet::new());
    }
    let ids: Vec<Uuid> = people.into_iter().map(Uuid::from).collect();
    let found = users::table.filter(users::id.eq_any(ids)).filter(users::is_active.eq(false)).select(users::id);
    let found: Vec<Uuid> = found.load(&mut connection).await?;
    Ok(found.into_iter().map(UserId::from).collect())
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

/// One page of people, the newest first, beginning after `before`: at most `limit`, and fewer if they are rare among
/// the rows that one walk examines. Simulated buyers and erased accounts are left out.
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
    let is_match = |row: &UserRow| text.as_ref().is_none_or(|text| text.is_in(&[&row.name, &row.email]));
    let begin = before.unwrap_or_else(|| Uuid::max().into());
    let page = searches::walk(searches::WALKED_MAX, connection, begin, limit, statement, is_match, |row: &UserRow| {
        row.id.into()
    })
    .await?;
    Ok(SearchPage { found: rows::all(page.found)?, next: page.next })
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

/// The most simulated buyers that one call of [`simulated`] makes, which takes some hundred milliseconds.
pub const SIMULATED_AT_ONCE: u32 = 5_000;

/// The simulated buyers with these numbers, at most [`SIMULATED_AT_ONCE`]. Missing ones are made, with ids from `ids`.
pub async fn simulated(
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
