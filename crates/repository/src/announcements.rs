//! Announcements: whatever is told to everybody at an event, or to a part of them. Each becomes messages in steps, in
//! the order of the registrations' ids. Those that follow from the event begin in [`crate::journal`], reminders in
//! [`crate::reminders`].

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz, Uuid as PgUuid};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::ids::{EventId, MessageId, RegistrationId, UserId};
use domain::limits::ANNOUNCEMENTS_PER_EVENT_MAX;
use domain::messages::{Audience, MessageKind, Notice};
use domain::registrations::IdempotencyKey;
use uuid::Uuid;

use crate::errors::Error;
use crate::messages::{self, NewMessage};
use crate::rows;

/// An organizer's own message to many people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// Its number among the event's.
    pub number: i64,
    /// Whom it is for.
    pub audience: Audience,
    /// One line.
    pub subject: String,
    /// Several lines.
    pub text: String,
    /// For how many people messages were made so far.
    pub people: i32,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When everybody's message was made.
    pub walked_at: Option<DateTime<Utc>>,
}

#[derive(QueryableByName)]
struct AnnouncementRow {
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = Text)]
    audience: String,
    #[diesel(sql_type = Text)]
    subject: String,
    #[diesel(sql_type = Text)]
    body: String,
    #[diesel(sql_type = Integer)]
    people: i32,
    #[diesel(sql_type = Timestamptz)]
    created_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    walked_at: Option<DateTime<Utc>>,
}

impl TryFrom<AnnouncementRow> for Announcement {
    type Error = Error;

    fn try_from(row: AnnouncementRow) -> Result<Self, Error> {
        Ok(Self {
            number: row.number,
            audience: rows::named(&Audience::ALL, Audience::as_str, &row.audience)?,
            subject: row.subject,
            text: row.body,
            people: row.people,
            created_at: row.created_at,
            walked_at: row.walked_at,
        })
    }
}

const COLUMNS: &str = "number, audience, subject, body, people, created_at, walked_at";

/// Begins one that follows from the event itself, for those who were registered by that decision. It takes the place of
/// older ones of its kind.
pub(crate) async fn begin_in_txn(
    connection: &mut AsyncPgConnection,
    event: Uuid,
    kind: MessageKind,
    number: i64,
    decision: i64,
) -> Result<(), Error> {
    diesel::sql_query(
        "with older as (update announcements set walked_at = statement_timestamp() \
         where event_id = $1 and kind = $2 and number < $3 and walked_at is null) \
         insert into announcements (event_id, kind, number, decision, audience) values ($1, $2, $3, $4, 'BOTH') \
         on conflict do nothing",
    )
    .bind::<PgUuid, _>(event)
    .bind::<Text, _>(kind.as_str())
    .bind::<BigInt, _>(number)
    .bind::<BigInt, _>(decision)
    .execute(connection)
    .await?;
    Ok(())
}

/// An announcement as its author writes it.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Whom it is for.
    pub audience: Audience,
    /// One line.
    pub subject: String,
    /// Several lines.
    pub text: String,
}

/// The result of writing an announcement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// It is stored, and its messages follow.
    Made(Announcement),
    /// The author's key had made this one before.
    Replayed(Announcement),
    /// The event has [`ANNOUNCEMENTS_PER_EVENT_MAX`] already.
    TooMany,
    /// It would go to so many people, which is more than it may.
    AudienceGrew(i64),
}

/// Stores an organizer's announcement to at most `people_max` people, atomically. The event's announcements are written
/// one after the other, under a lock of their own.
pub async fn write(
    connection: &mut AsyncPgConnection,
    event: EventId,
    author: UserId,
    key: Option<&IdempotencyKey>,
    draft: &Draft,
    people_max: i64,
) -> Result<Written, Error> {
    connection
        .transaction(async |connection| {
            diesel::sql_query("select pg_advisory_xact_lock(hashtextextended('announcements ' || $1, 0))")
                .bind::<Text, _>(event.to_string())
                .execute(connection)
                .await?;
            let known: Option<AnnouncementRow> = diesel::sql_query(format!(
                "select {COLUMNS} from announcements where event_id = $1 and author_id = $2 and idempotency_key = $3"
            ))
            .bind::<PgUuid, _>(Uuid::from(event))
            .bind::<PgUuid, _>(Uuid::from(author))
            .bind::<Nullable<Text>, _>(key.map(IdempotencyKey::as_str))
            .get_result(connection)
            .await
            .optional()?;
            if let Some(known) = known {
                return Ok(Written::Replayed(known.try_into()?));
            }
            let people = count(connection, event).await?.of(draft.audience);
            if people > people_max {
                return Ok(Written::AudienceGrew(people));
            }
            let written: Option<AnnouncementRow> = diesel::sql_query(format!(
                "insert into announcements (event_id, kind, number, audience, subject, body, author_id, idempotency_key) \
                 select $1, 'ANNOUNCEMENT', coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6 from announcements \
                 where event_id = $1 and kind = 'ANNOUNCEMENT' having count(*) < {ANNOUNCEMENTS_PER_EVENT_MAX} returning {COLUMNS}"
            ))
            .bind::<PgUuid, _>(Uuid::from(event))
            .bind::<Text, _>(draft.audience.as_str())
            .bind::<Text, _>(&draft.subject)
            .bind::<Text, _>(&draft.text)
            .bind::<PgUuid, _>(Uuid::from(author))
            .bind::<Nullable<Text>, _>(key.map(IdempotencyKey::as_str))
            .get_result(connection)
            .await
            .optional()?;
            written.map_or(Ok(Written::TooMany), |row| Ok(Written::Made(row.try_into()?)))
        })
        .await
}

/// How many people are in each audience.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct AudienceCounts {
    /// Those who have seats.
    #[diesel(sql_type = BigInt)]
    pub confirmed: i64,
    /// Those who wait in line.
    #[diesel(sql_type = BigInt)]
    pub waiting: i64,
    /// All of them. Somebody may have seats and wait for others.
    #[diesel(sql_type = BigInt)]
    pub both: i64,
}

impl AudienceCounts {
    /// The number of people in an audience.
    pub fn of(self, audience: Audience) -> i64 {
        match audience {
            Audience::Confirmed => self.confirmed,
            Audience::Waiting => self.waiting,
            Audience::Both => self.both,
        }
    }
}

/// Counts the people of each audience of an event, without those who want no announcements.
pub async fn count(connection: &mut AsyncPgConnection, event: EventId) -> Result<AudienceCounts, Error> {
    let counts = diesel::sql_query(
        "select count(distinct user_id) filter (where status in ('HELD', 'CONFIRMED')) as confirmed, \
         count(distinct user_id) filter (where status = 'WAITLISTED') as waiting, count(distinct user_id) as both \
         from registrations r join users u on u.id = r.user_id \
         where event_id = $1 and status <> 'CANCELLED' and u.kind = 'PERSON' \
         and not exists (select from announcement_refusals n where n.event_id = r.event_id and n.user_id = r.user_id)",
    );
    Ok(counts.bind::<PgUuid, _>(Uuid::from(event)).get_result(connection).await?)
}

/// Has the person of a registration get no more of the event's announcements. What must be heard of the booking is told
/// all the same.
pub async fn refuse(
    connection: &mut AsyncPgConnection,
    event: EventId,
    registration: RegistrationId,
) -> Result<(), Error> {
    diesel::sql_query(
        "insert into announcement_refusals (event_id, user_id) select event_id, user_id from registrations \
         where event_id = $1 and id = $2 on conflict do nothing",
    )
    .bind::<PgUuid, _>(Uuid::from(event))
    .bind::<PgUuid, _>(Uuid::from(registration))
    .execute(connection)
    .await?;
    Ok(())
}

/// Has that person get announcements again: those that are written from now on.
pub async fn allow(
    connection: &mut AsyncPgConnection,
    event: EventId,
    registration: RegistrationId,
) -> Result<(), Error> {
    diesel::sql_query(
        "delete from announcement_refusals n using registrations r where r.event_id = $1 and r.id = $2 \
         and n.event_id = r.event_id and n.user_id = r.user_id",
    )
    .bind::<PgUuid, _>(Uuid::from(event))
    .bind::<PgUuid, _>(Uuid::from(registration))
    .execute(connection)
    .await?;
    Ok(())
}

/// An event's own announcements, the newest first: at most [`ANNOUNCEMENTS_PER_EVENT_MAX`].
pub async fn list(connection: &mut AsyncPgConnection, event: EventId) -> Result<Vec<Announcement>, Error> {
    let rows: Vec<AnnouncementRow> = diesel::sql_query(format!(
        "select {COLUMNS} from announcements where event_id = $1 and kind = 'ANNOUNCEMENT' order by number desc"
    ))
    .bind::<PgUuid, _>(Uuid::from(event))
    .load(connection)
    .await?;
    rows::all(rows)
}

#[derive(QueryableByName)]
struct Walking {
    #[diesel(sql_type = PgUuid)]
    event_id: Uuid,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    decision: Option<i64>,
    #[diesel(sql_type = Text)]
    audience: String,
    #[diesel(sql_type = Nullable<PgUuid>)]
    walked_to: Option<Uuid>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    seated_before: Option<DateTime<Utc>>,
}

#[derive(QueryableByName)]
struct Walked {
    #[diesel(sql_type = PgUuid)]
    id: Uuid,
    #[diesel(sql_type = PgUuid)]
    user_id: Uuid,
    #[diesel(sql_type = Text)]
    status: String,
}

/// Makes the messages of at most `people_max` registrations for the oldest announcement that no other server walks, in
/// one transaction. Returns how many registrations it looked at; `None` if there is nothing to walk.
pub async fn walk(
    connection: &mut AsyncPgConnection,
    people_max: i64,
    make_id: fn() -> MessageId,
) -> Result<Option<usize>, Error> {
    connection
        .transaction(async |connection| {
            let walking: Option<Walking> = diesel::sql_query(
                "select event_id, kind, number, decision, audience, walked_to, seated_before from announcements \
                 where walked_at is null \
                 order by kind = 'ANNOUNCEMENT', created_at limit 1 for update skip locked",
            )
            .get_result(connection)
            .await
            .optional()?;
            let Some(walking) = walking else { return Ok(None) };
            let Walking { event_id, kind, number, decision, audience, walked_to, seated_before } = walking;
            let audience = rows::named(&Audience::ALL, Audience::as_str, &audience)?;
            let message = rows::named(&MessageKind::ALL, MessageKind::as_str, &kind)?;
            let found: Vec<Walked> = diesel::sql_query(
                "select r.id, r.user_id, r.status from registrations r join users u on u.id = r.user_id \
                 where r.event_id = $1 and r.id > $2 and r.status <> 'CANCELLED' and u.kind = 'PERSON' \
                 and ($4 is null or r.decision <= $4) \
                 and ($5 is null or ((r.status = 'CONFIRMED' or r.status = 'HELD' and r.lapses_at is null) \
                 and r.seated_at <= $5)) \
                 and ($6 or not exists (select from announcement_refusals n \
                 where n.event_id = r.event_id and n.user_id = r.user_id)) \
                 order by r.id limit $3",
            )
            .bind::<PgUuid, _>(event_id)
            .bind::<PgUuid, _>(walked_to.unwrap_or_default())
            .bind::<BigInt, _>(people_max)
            .bind::<Nullable<BigInt>, _>(decision)
            .bind::<Nullable<Timestamptz>, _>(seated_before)
            .bind::<Bool, _>(message != MessageKind::Announcement)
            .load(connection)
            .await?;
            let last = found.last().map(|last| last.id);
            let looked_at = found.len();
            // Somebody may have registrations of several types. An organizer's words come once; of a change of the
            // event each booking is told, because any of them may be given up before.
            let is_once = message == MessageKind::Announcement;
            let people = found.iter().map(|one| one.user_id).filter(|_| is_once).collect();
            let mut told = messages::told_in_txn(connection, event_id, message, number, people).await?;
            let mut new = Vec::new();
            for Walked { id, user_id, status } in found {
                if audience.has(rows::status(&status)?) && (told.insert(user_id) || !is_once) {
                    let notice = Notice { kind: message, number, at: None };
                    let (event, registration, user) = (event_id.into(), id.into(), user_id.into());
                    new.push(NewMessage { event, id: make_id(), registration, user, notice });
                }
            }
            let made = messages::insert_in_txn(connection, &new).await?;
            diesel::sql_query(
                "update announcements set walked_to = coalesce($4, walked_to), people = people + $5, \
                 walked_at = case when $6 then statement_timestamp() end where event_id = $1 and kind = $2 and number = $3",
            )
            .bind::<PgUuid, _>(event_id)
            .bind::<Text, _>(kind)
            .bind::<BigInt, _>(number)
            .bind::<Nullable<PgUuid>, _>(last)
            .bind::<Integer, _>(i32::try_from(made).unwrap_or(i32::MAX))
            .bind::<Bool, _>(i64::try_from(looked_at).unwrap_or(i64::MAX) < people_max)
            .execute(connection)
            .await?;
            Ok(Some(looked_at))
        })
        .await
}
