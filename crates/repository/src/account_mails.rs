//! Mails about accounts, and the links in them, which work once. Of a link's secret only the digest is stored.
//!
//! Whoever changes an account by a link locks the account first. Of two requests with one link, the later one therefore
//! sees that it was used.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Bytea, Integer, Nullable, SmallInt, Text, Timestamptz, Uuid as PgUuid};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::account_mails::AccountMailKind;
use domain::accounts::{Email, Role};
use domain::ids::{AccountMailId, OrderId, UserId};
use uuid::Uuid;

use crate::audit::{self, Action, UserChange};
use crate::clocks::statement_timestamp;
use crate::errors::{Conflict, Error};
use crate::messages::{End, reason_to_store};
use crate::rows;
use crate::schema::users;
use crate::users::{IS_PERSON, NewUser, User, UserRow, insert, lower};

/// The digest of a link's secret.
pub type Digest = [u8; 32];

/// A mail that is to be sent.
#[derive(Debug, Clone, Copy)]
pub struct NewMail {
    /// Its id. A repeated request has the same, and makes no second mail.
    pub id: AccountMailId,
    /// Why it is sent.
    pub kind: AccountMailKind,
    /// The digest of its link's secret, if it has one.
    pub digest: Option<Digest>,
}

/// Whether a mail was written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It will be sent.
    Yes,
    /// The address has had [as many](AccountMailKind::per_hour_max) of its kind within the last hour.
    TooMany,
    /// There is no such active person.
    Nobody,
}

/// Writes a mail to a person down: to the account's address, or to another one of theirs.
pub async fn write(
    connection: &mut AsyncPgConnection,
    user: UserId,
    to: Option<&Email>,
    new: &NewMail,
) -> Result<Written, Error> {
    connection
        .transaction(async |connection| match lock_person_in_txn(connection, user).await? {
            Some(person) => {
                let to = to.map_or(person.email.as_str(), Email::as_str).to_owned();
                write_in_txn(connection, &person, &to, new).await
            }
            None => Ok(Written::Nobody),
        })
        .await
}

/// The active person with this id, locked until the transaction ends. Bookings do not wait for it.
async fn lock_person_in_txn(connection: &mut AsyncPgConnection, user: UserId) -> Result<Option<User>, Error> {
    let row: diesel::dsl::AsSelect<UserRow, diesel::pg::Pg> = UserRow::as_select();
    let person = users::table
        .find(Uuid::from(user))
        .filter(diesel::dsl::sql::<Bool>(IS_PERSON).and(users::is_active).and(users::erased_at.is_null()))
        .select(row)
        .for_no_key_update()
        .first(connection)
        .await
        .optional()?;
    person.map(User::try_from).transpose()
}

/// The person's row is locked, so that two requests do not both write the last mail of an hour.
async fn write_in_txn(
    connection: &mut AsyncPgConnection,
    person: &User,
    to: &str,
    new: &NewMail,
) -> Result<Written, Error> {
    insert_mail_in_txn(connection, Some(person), None, to, new).await
}

async fn insert_mail_in_txn(
    connection: &mut AsyncPgConnection,
    person: Option<&User>,
    inviter: Option<UserId>,
    to: &str,
    NewMail { id, kind, digest }: &NewMail,
) -> Result<Written, Error> {
    let written = diesel::sql_query(
        "insert into account_mails (id, kind, user_id, inviter_id, email, digest, access_version, expires_at) \
         select $1, $2, $3, $4, $5, $6, $7, statement_timestamp() + make_interval(secs => $8) \
         where (select count(*) from account_mails where lower(email) = lower($5) and kind = $2 \
         and created_at > statement_timestamp() - interval '1 hour' and id <> $1) < $9 \
         on conflict (id) do update set id = excluded.id",
    )
    .bind::<PgUuid, _>(Uuid::from(*id))
    .bind::<Text, _>(kind.as_str())
    .bind::<Nullable<PgUuid>, _>(person.map(|person| Uuid::from(person.id)))
    .bind::<Nullable<PgUuid>, _>(inviter.map(Uuid::from))
    .bind::<Text, _>(to)
    .bind::<Nullable<Bytea>, _>(digest.as_ref().map(<[u8; 32]>::as_slice))
    .bind::<Nullable<BigInt>, _>(person.map(|person| person.access_version))
    .bind::<Integer, _>(i32::try_from(kind.valid_for().as_secs()).unwrap_or(i32::MAX))
    .bind::<BigInt, _>(kind.per_hour_max())
    .execute(connection)
    .await?;
    Ok(if written > 0 { Written::Yes } else { Written::TooMany })
}

/// A link that works, as it was found. It may be used by somebody else meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its mail.
    pub id: AccountMailId,
    /// Its purpose.
    pub kind: AccountMailKind,
    /// The account that it is of. None before an invitation is accepted.
    pub user: Option<UserId>,
    /// The address that it was sent to.
    pub email: String,
    access_version: Option<i64>,
    inviter: Option<UserId>,
}

#[derive(QueryableByName)]
struct LinkRow {
    #[diesel(sql_type = PgUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Nullable<PgUuid>)]
    user_id: Option<Uuid>,
    #[diesel(sql_type = Nullable<PgUuid>)]
    inviter_id: Option<Uuid>,
    #[diesel(sql_type = Text)]
    email: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    access_version: Option<i64>,
}

/// The link of one of these kinds whose secret has this digest, if it works still, or was used by the request `order`.
pub async fn find(
    connection: &mut AsyncPgConnection,
    kinds: &[AccountMailKind],
    digest: &Digest,
    order: OrderId,
) -> Result<Option<Link>, Error> {
    let row: Option<LinkRow> = diesel::sql_query(
        "select id, kind, user_id, inviter_id, email, access_version from account_mails \
         where digest = $1 and kind = any($2) and expires_at > statement_timestamp() \
         and (used_at is null or used_by = $3)",
    )
    .bind::<Bytea, _>(digest.as_slice())
    .bind::<Array<Text>, _>(kinds.iter().map(|kind| kind.as_str()).collect::<Vec<_>>())
    .bind::<PgUuid, _>(Uuid::from(order))
    .get_result(connection)
    .await
    .optional()?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Link {
        id: row.id.into(),
        kind: rows::named(&AccountMailKind::ALL, AccountMailKind::as_str, &row.kind)?,
        user: row.user_id.map(Into::into),
        email: row.email,
        access_version: row.access_version,
        inviter: row.inviter_id.map(Into::into),
    }))
}

/// Marks the link as used by the request `order`. False if another request was first, or the link has expired or is
/// gone.
async fn use_in_txn(
    connection: &mut AsyncPgConnection,
    link: &Link,
    user: Option<UserId>,
    order: OrderId,
) -> Result<bool, Error> {
    let used = diesel::sql_query(
        "update account_mails set used_at = coalesce(used_at, statement_timestamp()), used_by = $2, \
         user_id = coalesce($3, user_id) \
         where id = $1 and expires_at > statement_timestamp() and (used_at is null or used_by = $2)",
    )
    .bind::<PgUuid, _>(Uuid::from(link.id))
    .bind::<PgUuid, _>(Uuid::from(order))
    .bind::<Nullable<PgUuid>, _>(user.map(Uuid::from))
    .execute(connection)
    .await?;
    Ok(used > 0)
}

/// The person whose link this is, locked, and the link, used. `None` if it does not work any more: another request has
/// used it, it has expired, the account is not active, or the account has changed so that the link is of no use.
async fn person_by_link_in_txn(
    connection: &mut AsyncPgConnection,
    kinds: &[AccountMailKind],
    digest: &Digest,
    order: OrderId,
) -> Result<Option<(User, Link)>, Error> {
    let Some(link) = find(connection, kinds, digest, order).await? else { return Ok(None) };
    let Some(user) = link.user else { return Ok(None) };
    let Some(person) = lock_person_in_txn(connection, user).await? else { return Ok(None) };
    // After the lock, so that it sees the use by whoever was first.
    if !use_in_txn(connection, &link, None, order).await? {
        return Ok(None);
    }
    Ok(Some((person, link)))
}

impl Link {
    /// Whether the link was sent to the address that the account has.
    fn is_to(&self, person: &User) -> bool {
        self.email.eq_ignore_ascii_case(&person.email)
    }

    /// Whether nobody has set a password or changed the account's access since the link was made.
    fn is_of_version(&self, person: &User) -> bool {
        self.access_version == Some(person.access_version)
    }
}

/// Proves an address by the link that was sent to it: the account's, or one that the account then has. With that, the
/// address of before is told by the mail `notice`. Returns the account; `None` if the link does not work.
///
/// [`Conflict::EmailTaken`] if another account has the new address. The link then works still.
///
/// Safe to run again with the same `order`.
pub async fn prove_address(
    connection: &mut AsyncPgConnection,
    digest: &Digest,
    order: OrderId,
    notice: AccountMailId,
) -> Result<Option<User>, Error> {
    use AccountMailKind::{AddressChanged, ChangeAddress, VerifyAddress};
    connection
        .transaction(async |connection| {
            let kinds = [VerifyAddress, ChangeAddress];
            let Some((person, link)) = person_by_link_in_txn(connection, &kinds, digest, order).await? else {
                return Ok(None);
            };
            let is_new = link.kind == ChangeAddress && !audit::is_recorded(connection, order).await?;
            let holds = if is_new { link.is_of_version(&person) } else { link.is_to(&person) };
            if !holds {
                return Ok(None);
            }
            if is_new {
                refuse_taken_in_txn(connection, &person, &link.email).await?;
            }
            let email = if is_new { &link.email } else { &person.email };
            let row = diesel::update(users::table.find(Uuid::from(person.id)))
                .set((
                    users::email.eq(email),
                    users::verified_at.eq(statement_timestamp().nullable()),
                    users::updated_at.eq(statement_timestamp()),
                ))
                .returning(UserRow::as_returning())
                .get_result(connection)
                .await?;
            if is_new {
                let change = UserChange { id: order, action: Action::UserAddressChanged, before: None, after: None };
                audit::record_user_changes_in_txn(connection, person.id, Some(person.id), &[change]).await?;
                let told = NewMail { id: notice, kind: AddressChanged, digest: None };
                write_in_txn(connection, &person, &person.email, &told).await?;
            }
            Ok(Some(User::try_from(row)?))
        })
        .await
}

/// PostgreSQL's log would hold an address that its index refuses, so it is asked before.
async fn refuse_taken_in_txn(connection: &mut AsyncPgConnection, person: &User, email: &str) -> Result<(), Error> {
    let others = users::table.filter(lower(users::email).eq(lower(email)).and(users::id.ne(Uuid::from(person.id))));
    let is_taken: bool = diesel::select(diesel::dsl::exists(others.select(users::id))).get_result(connection).await?;
    if is_taken { Err(Error::Conflict(Conflict::EmailTaken)) } else { Ok(()) }
}

/// Sets a password by the link that was sent to the account's address, which that proves, with an entry in the audit
/// log. The owner is told by the mail `notice`. Older tokens stop working. Returns the account; `None` if the link does
/// not work.
///
/// Safe to run again with the same `order`.
pub async fn reset_password(
    connection: &mut AsyncPgConnection,
    digest: &Digest,
    hash: &str,
    order: OrderId,
    notice: AccountMailId,
) -> Result<Option<User>, Error> {
    use AccountMailKind::{PasswordReset, ResetPassword};
    connection
        .transaction(async |connection| {
            let Some((person, link)) = person_by_link_in_txn(connection, &[ResetPassword], digest, order).await? else {
                return Ok(None);
            };
            if audit::is_recorded(connection, order).await? {
                return Ok(Some(person));
            }
            if !link.is_to(&person) || !link.is_of_version(&person) {
                return Ok(None);
            }
            let row = diesel::update(users::table.find(Uuid::from(person.id)))
                .set((
                    users::password_hash.eq(hash),
                    // Whoever had the password may have made an address for the calendar.
                    users::calendar_digest.eq(None::<Vec<u8>>),
                    users::calendar_since.eq(None::<DateTime<Utc>>),
                    users::verified_at.eq(statement_timestamp().nullable()),
                    users::access_version.eq(users::access_version + 1),
                    users::access_changed_at.eq(statement_timestamp()),
                    users::updated_at.eq(statement_timestamp()),
                ))
                .returning(UserRow::as_returning())
                .get_result(connection)
                .await?;
            let change = UserChange { id: order, action: Action::UserPasswordReset, before: None, after: None };
            audit::record_user_changes_in_txn(connection, person.id, Some(person.id), &[change]).await?;
            let told = NewMail { id: notice, kind: PasswordReset, digest: None };
            write_in_txn(connection, &person, &person.email, &told).await?;
            Ok(Some(User::try_from(row)?))
        })
        .await
}

/// Writes the invitation of somebody without an account down. [`Conflict::EmailTaken`] if the address has one.
pub async fn invite(
    connection: &mut AsyncPgConnection,
    by: UserId,
    email: &Email,
    new: &NewMail,
) -> Result<Written, Error> {
    connection
        .transaction(async |connection| {
            let Some(admin) = lock_person_in_txn(connection, by).await? else { return Ok(Written::Nobody) };
            let account = users::table.filter(lower(users::email).eq(lower(email.as_str()))).select(users::id);
            if diesel::select(diesel::dsl::exists(account)).get_result(connection).await? {
                return Err(Error::Conflict(Conflict::EmailTaken));
            }
            insert_mail_in_txn(connection, None, Some(admin.id), email.as_str(), new).await
        })
        .await
}

/// Makes an organizer's account by an invitation, with the address that it was sent to, and an entry in the audit log
/// that names the inviter. `None` if the link does not work, [`Conflict::EmailTaken`] if the address has an account
/// now.
///
/// Safe to run again with the same `order` and account.
pub async fn accept(
    connection: &mut AsyncPgConnection,
    digest: &Digest,
    new: &NewUser,
    order: OrderId,
) -> Result<Option<User>, Error> {
    connection
        .transaction(async |connection| {
            let kinds = [AccountMailKind::Invitation];
            let Some(link) = find(connection, &kinds, digest, order).await? else { return Ok(None) };
            if audit::is_recorded(connection, order).await? {
                return crate::users::find(connection, new.id).await;
            }
            if !use_in_txn(connection, &link, None, order).await? {
                return Ok(None);
            }
            let user = insert(connection, &NewUser { role: Role::Organizer, ..new.clone() }).await?;
            // The invitation is erased with the account.
            use_in_txn(connection, &link, Some(user.id), order).await?;
            let row = diesel::update(users::table.find(Uuid::from(user.id)))
                .set(users::verified_at.eq(statement_timestamp().nullable()))
                .returning(UserRow::as_returning())
                .get_result(connection)
                .await?;
            let change = UserChange { id: order, action: Action::UserInvited, before: None, after: None };
            audit::record_user_changes_in_txn(connection, user.id, link.inviter, &[change]).await?;
            Ok(Some(User::try_from(row)?))
        })
        .await
}

/// An invitation that was not accepted yet.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Invitation {
    /// Its id.
    #[diesel(sql_type = PgUuid, deserialize_as = Uuid)]
    pub id: AccountMailId,
    /// The address that it was sent to.
    #[diesel(sql_type = Text)]
    pub email: String,
    /// When it was made.
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    /// Until when it can be accepted.
    #[diesel(sql_type = Timestamptz)]
    pub expires_at: DateTime<Utc>,
    /// Why its mail was not taken, if it was not.
    #[diesel(sql_type = Nullable<Text>)]
    pub last_error: Option<String>,
    /// Whether its mail was taken.
    #[diesel(sql_type = Bool)]
    pub is_sent: bool,
}

/// The invitations that can be accepted, the newest first, beginning after `before`.
pub async fn invitations(
    connection: &mut AsyncPgConnection,
    before: Option<AccountMailId>,
    limit: i64,
) -> Result<Vec<Invitation>, Error> {
    let listed = diesel::sql_query(
        "select id, email, created_at, expires_at, last_error, state = 'SENT' as is_sent from account_mails \
         where kind = 'INVITATION' and used_at is null and expires_at > statement_timestamp() \
         and ($1 is null or id < $1) order by id desc limit $2",
    );
    let listed = listed.bind::<Nullable<PgUuid>, _>(before.map(Uuid::from)).bind::<BigInt, _>(limit);
    Ok(listed.load(connection).await?)
}

/// Takes an invitation back, with all others to its address: none of their links works any more. [`Error::NotFound`] if
/// none with this id is open.
pub async fn revoke(connection: &mut AsyncPgConnection, id: AccountMailId) -> Result<(), Error> {
    let revoked = diesel::sql_query(
        "with revoked as (select lower(email) as address from account_mails \
             where id = $1 and kind = 'INVITATION' and used_at is null) \
             delete from account_mails m using revoked \
             where lower(m.email) = revoked.address and m.kind = 'INVITATION' and m.used_at is null",
    )
    .bind::<PgUuid, _>(Uuid::from(id))
    .execute(connection)
    .await?;
    if revoked > 0 { Ok(()) } else { Err(Error::NotFound) }
}

/// A mail that this server is to send, until its lease ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueMail {
    /// Its id, the same for all tries.
    pub id: AccountMailId,
    /// Why it is sent.
    pub kind: AccountMailKind,
    /// The address that it is to be sent to.
    pub email: String,
    /// How often it was taken, this time included.
    pub tries: i16,
    /// The digest of its link's secret.
    pub digest: Option<Vec<u8>>,
    /// Whether it is of use still: the link works, and the account is active and has the address.
    pub is_true: bool,
}

#[derive(QueryableByName)]
struct DueRow {
    #[diesel(sql_type = PgUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    email: String,
    #[diesel(sql_type = SmallInt)]
    tries: i16,
    #[diesel(sql_type = Nullable<Bytea>)]
    digest: Option<Vec<u8>>,
    #[diesel(sql_type = Bool)]
    is_true: bool,
}

/// Takes at most `limit` mails that are due, for `lease_seconds`, as [`crate::messages::take`] does.
pub async fn take(
    connection: &mut AsyncPgConnection,
    limit: i64,
    lease_seconds: i32,
    not_to: &[String],
) -> Result<Vec<DueMail>, Error> {
    let rows: Vec<DueRow> = diesel::sql_query(
        "with due as (select id from account_mails where state = 'DUE' and due_at <= now() \
         and lower(split_part(email, '@', 2)) <> all($3) order by due_at limit $1 for update skip locked) \
         update account_mails m set due_at = now() + make_interval(secs => $2), tries = least(m.tries + 1, 32000) \
         from due where m.id = due.id \
         returning m.id, m.kind, m.email, m.tries, m.digest, \
         m.used_at is null and m.expires_at > now() and (m.user_id is null or exists (\
         select from users u where u.id = m.user_id and u.is_active and u.erased_at is null \
         and (m.kind not in ('VERIFY_ADDRESS', 'RESET_PASSWORD', 'ADDRESS_TAKEN') \
         or lower(u.email) = lower(m.email)))) as is_true",
    )
    .bind::<BigInt, _>(limit)
    .bind::<Integer, _>(lease_seconds)
    .bind::<Array<Text>, _>(not_to)
    .load(connection)
    .await?;
    let due = |row: DueRow| {
        Ok(DueMail {
            id: row.id.into(),
            kind: rows::named(&AccountMailKind::ALL, AccountMailKind::as_str, &row.kind)?,
            email: row.email,
            tries: row.tries,
            digest: row.digest,
            is_true: row.is_true,
        })
    };
    rows.into_iter().map(due).collect()
}

/// Stores how tries to send ended. A mail that has ended meanwhile stays as it is.
pub async fn end(connection: &mut AsyncPgConnection, ended: Vec<(AccountMailId, End)>) -> Result<(), Error> {
    for (id, end) in ended {
        let (state, error, pause) = match end {
            End::Shown | End::Sent => ("SENT", None, None),
            End::Obsolete => ("OBSOLETE", None, None),
            End::Failed(reason) => ("FAILED", Some(reason), None),
            End::Again(seconds, reason) => ("DUE", Some(reason), Some(seconds)),
        };
        diesel::sql_query(
            "update account_mails set state = $2, \
             last_error = coalesce($3, case when $2 = 'OBSOLETE' then last_error end), \
             ended_at = case when $2 <> 'DUE' then statement_timestamp() end, \
             due_at = coalesce(statement_timestamp() + make_interval(secs => $4), due_at) \
             where id = $1 and state = 'DUE'",
        )
        .bind::<PgUuid, _>(Uuid::from(id))
        .bind::<Text, _>(state)
        .bind::<Nullable<Text>, _>(error.map(reason_to_store))
        .bind::<Nullable<Integer>, _>(pause)
        .execute(connection)
        .await?;
    }
    Ok(())
}

/// For how many days mails are kept after their links have expired.
const KEEP_DAYS: i32 = 7;

/// Deletes at most `limit` mails whose links expired a week ago. Returns how many.
pub async fn delete_old(connection: &mut AsyncPgConnection, limit: i64) -> Result<usize, Error> {
    let deleted = diesel::sql_query(
        "with old as (select id from account_mails where expires_at < now() - make_interval(days => $1) limit $2 \
         for update skip locked) delete from account_mails m using old where m.id = old.id",
    )
    .bind::<Integer, _>(KEEP_DAYS)
    .bind::<BigInt, _>(limit)
    .execute(connection)
    .await?;
    Ok(deleted)
}

/// Deletes the mails to these people.
pub(crate) async fn erase_in_txn(connection: &mut AsyncPgConnection, people: &[Uuid]) -> Result<(), Error> {
    diesel::sql_query("delete from account_mails where user_id = any($1)")
        .bind::<Array<PgUuid>, _>(people)
        .execute(connection)
        .await?;
    Ok(())
}
