//! Signing out: ends one session of a person, or all of them.

use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::ids::{SessionId, UserId};
use domain::limits::ENDED_SESSIONS_MAX;
use uuid::Uuid;

use crate::clocks::statement_timestamp;
use crate::errors::Error;
use crate::schema::users;
use crate::users::{AccessChange, IS_PERSON, User, find};

/// Ends one session of a person. Sessions before `oldest` are forgotten, because their tokens have expired. A person
/// who ends more than [`ENDED_SESSIONS_MAX`] meanwhile ends all sessions. Returns what servers must know, or
/// [`Error::NotFound`].
///
/// Safe to run again.
pub async fn end_session(
    connection: &mut AsyncPgConnection,
    user: UserId,
    session: SessionId,
    oldest: SessionId,
) -> Result<AccessChange, Error> {
    connection
        .transaction(async |connection| {
            let ended: Vec<Uuid> = users::table
                .find(Uuid::from(user))
                .filter(diesel::dsl::sql::<Bool>(IS_PERSON).and(users::erased_at.is_null()))
                .select(users::ended_sessions)
                .for_no_key_update()
                .first(connection)
                .await?;
            let (session, oldest) = (Uuid::from(session), Uuid::from(oldest));
            let mut ended: Vec<Uuid> =
                ended.into_iter().filter(|ended| *ended >= oldest && *ended != session).collect();
            if ended.len() >= ENDED_SESSIONS_MAX {
                return end_all_sessions(connection, user).await;
            }
            ended.push(session);
            diesel::update(users::table.find(Uuid::from(user)))
                .set((users::ended_sessions.eq(&ended), users::access_changed_at.eq(statement_timestamp())))
                .execute(connection)
                .await?;
            let access = person(connection, user).await?.access();
            Ok(AccessChange { access, ended_sessions: ended.into_iter().map(SessionId::from).collect() })
        })
        .await
}

/// Ends all sessions of a person: older tokens stop working. Returns what servers must know, or [`Error::NotFound`].
pub async fn end_all_sessions(connection: &mut AsyncPgConnection, user: UserId) -> Result<AccessChange, Error> {
    let is_person = diesel::dsl::sql::<Bool>(IS_PERSON).and(users::erased_at.is_null());
    let person_row = users::table.find(Uuid::from(user)).filter(is_person);
    diesel::update(person_row)
        .set((
            users::access_version.eq(users::access_version + 1),
            // The version ends them all.
            users::ended_sessions.eq(Vec::<Uuid>::new()),
            users::access_changed_at.eq(statement_timestamp()),
        ))
        .execute(connection)
        .await?;
    Ok(person(connection, user).await?.access().into())
}

async fn person(connection: &mut AsyncPgConnection, id: UserId) -> Result<User, Error> {
    find(connection, id).await?.ok_or(Error::NotFound)
}
