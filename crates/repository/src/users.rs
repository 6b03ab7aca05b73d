//! Accounts: people, and the stress test's simulated buyers.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Integer, Text, Uuid as PgUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::accounts::{AccountKind, Email, PersonName, Role};
use domain::commands::Order;
use domain::ids::UserId;
use uuid::Uuid;

use crate::errors::Error;
use crate::rows::{self, UserRow};
use crate::schema::users;

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

/// Makes an account; [`Conflict::EmailTaken`](crate::errors::Conflict::EmailTaken) if the address has one.
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

/// Makes many accounts for people, all or none; [`Conflict::EmailTaken`](crate::errors::Conflict::EmailTaken) if one of
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

/// Stores a new password; every token that was issued before stops working. Returns the new access version, or
/// [`Error::NotFound`].
pub async fn change_password(connection: &mut AsyncPgConnection, id: UserId, hash: &str) -> Result<i64, Error> {
    let version = diesel::update(users::table.find(Uuid::from(id)))
        .set((
            users::password_hash.eq(hash),
            users::access_version.eq(users::access_version + 1),
            users::access_changed_at.eq(clock_timestamp()),
            users::updated_at.eq(clock_timestamp()),
        ))
        .returning(users::access_version)
        .get_result(connection)
        .await?;
    Ok(version)
}

diesel::define_sql_function! {
    /// The database's clock.
    fn clock_timestamp() -> Timestamptz;
}

/// Sets what an account may do. Returns what holds from now on, or [`Error::NotFound`].
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
