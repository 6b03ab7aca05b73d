//! Messages to people, until they are told and for some time after. [`crate::journal`] and [`crate::announcements`]
//! make them.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Jsonb, Nullable, SmallInt, Text, Timestamptz, Uuid as PgUuid};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::ids::{EventId, MessageId, RegistrationId, UserId};
use domain::messages::{MessageKind, MessageState, Notice};
use serde_json::Value;
use uuid::Uuid;

use crate::errors::Error;
use crate::rows;

/// A message that is to be made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewMessage {
    pub(crate) event: EventId,
    pub(crate) id: MessageId,
    pub(crate) registration: RegistrationId,
    pub(crate) user: UserId,
    pub(crate) notice: Notice,
}

/// The messages of one statement. The number of binds does not depend on it.
const PER_STATEMENT: usize = 1_000;

/// Stores messages. Those that were made before stay as they are. Returns how many are new.
pub(crate) async fn insert_in_txn(connection: &mut AsyncPgConnection, new: &[NewMessage]) -> Result<usize, Error> {
    let mut made = 0;
    for some in new.chunks(PER_STATEMENT) {
        made += diesel::sql_query(
            "insert into messages (event_id, id, registration_id, user_id, kind, number, due_at, receiver_domain) \
             select event_id, new.id, registration_id, user_id, new.kind, number, coalesce(at, statement_timestamp()), \
             lower(split_part(u.email, '@', 2)) \
             from unnest($1, $2, $3, $4, $5, $6, $7) as new (event_id, id, registration_id, user_id, kind, number, at) \
             join users u on u.id = new.user_id \
             on conflict (event_id, registration_id, kind, number) do nothing",
        )
        .bind::<Array<PgUuid>, _>(some.iter().map(|one| Uuid::from(one.event)).collect::<Vec<_>>())
        .bind::<Array<PgUuid>, _>(some.iter().map(|one| Uuid::from(one.id)).collect::<Vec<_>>())
        .bind::<Array<PgUuid>, _>(some.iter().map(|one| Uuid::from(one.registration)).collect::<Vec<_>>())
        .bind::<Array<PgUuid>, _>(some.iter().map(|one| Uuid::from(one.user)).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(some.iter().map(|one| one.notice.kind.as_str()).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(some.iter().map(|one| one.notice.number).collect::<Vec<_>>())
        .bind::<Array<Nullable<Timestamptz>>, _>(some.iter().map(|one| one.notice.at).collect::<Vec<_>>())
        .execute(connection)
        .await?;
    }
    Ok(made)
}

/// Those of these people who have this message already.
pub(crate) async fn told_in_txn(
    connection: &mut AsyncPgConnection,
    event: Uuid,
    kind: MessageKind,
    number: i64,
    people: Vec<Uuid>,
) -> Result<HashSet<Uuid>, Error> {
    #[derive(QueryableByName)]
    struct Person {
        #[diesel(sql_type = PgUuid)]
        user_id: Uuid,
    }
    let told: Vec<Person> = diesel::sql_query(
        "select user_id from messages where event_id = $1 and kind = $2 and number = $3 and user_id = any($4)",
    )
    .bind::<PgUuid, _>(event)
    .bind::<Text, _>(kind.as_str())
    .bind::<BigInt, _>(number)
    .bind::<Array<PgUuid>, _>(people)
    .load(connection)
    .await?;
    Ok(told.into_iter().map(|person| person.user_id).collect())
}

/// A message that this server is to tell, until its lease ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueMessage {
    /// Its event.
    pub event: EventId,
    /// Its id, the same for all tries.
    pub id: MessageId,
    /// Its registration.
    pub registration: RegistrationId,
    /// Its person.
    pub user: UserId,
    /// Its kind.
    pub kind: MessageKind,
    /// Its number among messages of its kind.
    pub number: i64,
    /// How often it was taken, this time included.
    pub tries: i16,
    /// Whether it was sent before, and is sent again because somebody asked for that.
    pub was_sent: bool,
}

#[derive(QueryableByName)]
struct DueRow {
    #[diesel(sql_type = PgUuid)]
    event_id: Uuid,
    #[diesel(sql_type = PgUuid)]
    id: Uuid,
    #[diesel(sql_type = PgUuid)]
    registration_id: Uuid,
    #[diesel(sql_type = PgUuid)]
    user_id: Uuid,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = SmallInt)]
    tries: i16,
    #[diesel(sql_type = Bool)]
    was_sent: bool,
}

#[derive(QueryableByName)]
struct Chosen {
    #[diesel(sql_type = PgUuid)]
    event_id: Uuid,
    #[diesel(sql_type = PgUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    receiver_domain: String,
}

/// Some of the kinds of messages.
#[derive(Debug, Clone, Copy)]
enum Kinds {
    /// Whatever people must hear of.
    Urgent,
    /// Organizers' own words.
    Announcements,
}

/// The mail domains of one look, where some are left out.
const DOMAINS_AT_ONCE: usize = 20;

/// The looks until something is found.
const LOOKS_AT_ONCE: usize = 50;

/// Takes at most `limit` messages that are due, for `lease_seconds`. If they have not [ended](end) by then, because the
/// server has stopped, they are due again. Organizers' announcements come last: they are many, and none of them is
/// urgent.
///
/// Messages to receivers at the mail domains `not_to` are left out, and cost nothing, however many are due. Then the
/// other domains are looked at, beginning after `turn`, and one message of each is taken. The last domain that had its
/// turn is returned.
pub async fn take(
    connection: &mut AsyncPgConnection,
    limit: i64,
    lease_seconds: i32,
    not_to: &[String],
    turn: &str,
) -> Result<(Vec<DueMessage>, String), Error> {
    connection
        .transaction(async |connection| {
            let mut last = turn.to_owned();
            let mut chosen = Vec::new();
            if not_to.is_empty() {
                chosen = choose_all_kinds_in_txn(connection, limit, None).await?;
            } else {
                // Most domains may have messages for later alone.
                for _ in 0..LOOKS_AT_ONCE {
                    let domains = other_domains(connection, not_to, &last).await?;
                    chosen = choose_all_kinds_in_txn(connection, limit, Some(&domains)).await?;
                    // A domain that was looked at and had nothing has had its turn.
                    let is_full = i64::try_from(chosen.len()).unwrap_or(i64::MAX) >= limit;
                    let served = chosen.last().map(|one| one.receiver_domain.clone()).filter(|_| is_full);
                    let seen = domains.last().cloned().unwrap_or_default();
                    let has_wrapped = seen.as_str() <= last.as_str();
                    last = served.unwrap_or(seen);
                    if !chosen.is_empty() || has_wrapped {
                        break;
                    }
                }
            }
            Ok((lease_in_txn(connection, chosen, lease_seconds).await?, last))
        })
        .await
}

/// Chooses urgent messages first, and announcements if there is room.
async fn choose_all_kinds_in_txn(
    connection: &mut AsyncPgConnection,
    limit: i64,
    domains: Option<&[String]>,
) -> Result<Vec<Chosen>, Error> {
    let mut chosen = choose_in_txn(connection, Kinds::Urgent, limit, domains).await?;
    let room = limit.saturating_sub(i64::try_from(chosen.len()).unwrap_or(i64::MAX));
    if room > 0 {
        chosen.extend(choose_in_txn(connection, Kinds::Announcements, room, domains).await?);
    }
    Ok(chosen)
}

/// Some domains with messages that are due, now or later, beside these: the next ones after `turn` in their order, and
/// from the beginning after the last.
async fn other_domains(
    connection: &mut AsyncPgConnection,
    not_to: &[String],
    turn: &str,
) -> Result<Vec<String>, Error> {
    let limit = DOMAINS_AT_ONCE.saturating_add(not_to.len());
    let mut found = domains_after(connection, turn, limit).await?;
    if found.len() < limit {
        let missing = limit - found.len();
        let first = domains_after(connection, "", missing).await?;
        found.extend(first.into_iter().take_while(|domain| domain.as_str() <= turn));
    }
    found.retain(|domain| !not_to.contains(domain));
    Ok(found)
}

/// At most `limit` domains with messages that are due, now or later, in their order, beginning after `after`. Each step
/// of the recursion is one look into the index.
async fn domains_after(connection: &mut AsyncPgConnection, after: &str, limit: usize) -> Result<Vec<String>, Error> {
    #[derive(QueryableByName)]
    struct Domain {
        #[diesel(sql_type = Text)]
        receiver_domain: String,
    }
    const NEXT: &str = "select m.receiver_domain from messages m where m.state = 'DUE' and m.receiver_domain";
    const FIRST: &str = "order by m.receiver_domain limit 1";
    let found: Vec<Domain> = diesel::sql_query(format!(
        "with recursive found as ((select m.receiver_domain, 1::bigint as step from lateral ({NEXT} > $1 {FIRST}) m) \
         union all select m.receiver_domain, step + 1 from found, \
         lateral ({NEXT} > found.receiver_domain {FIRST}) m where step < $2) select receiver_domain from found"
    ))
    .bind::<Text, _>(after)
    .bind::<BigInt, _>(i64::try_from(limit).unwrap_or(i64::MAX))
    .load(connection)
    .await?;
    Ok(found.into_iter().map(|domain| domain.receiver_domain).collect())
}

/// Locks at most `limit` messages of some kinds that are due: those that are due for longest, or one at each of these
/// domains in their order, if any are named.
async fn choose_in_txn(
    connection: &mut AsyncPgConnection,
    kinds: Kinds,
    limit: i64,
    domains: Option<&[String]>,
) -> Result<Vec<Chosen>, Error> {
    const DUE: &str = "select m.event_id, m.id, m.receiver_domain, m.due_at from messages m where m.state = 'DUE'";
    let (of_kind, is_announcement) = match kinds {
        Kinds::Urgent => ("m.kind <> 'ANNOUNCEMENT'", false),
        Kinds::Announcements => ("m.kind = 'ANNOUNCEMENT'", true),
    };
    let chosen = match domains {
        None => {
            let all =
                format!("{DUE} and m.due_at <= now() and {of_kind} order by m.due_at limit $1 for update skip locked");
            diesel::sql_query(all).bind::<BigInt, _>(limit).load(connection).await?
        }
        Some(domains) => {
            // Compared and ordered as rows, so that no other index than that of domains has the order. PostgreSQL would
            // read along the index of times otherwise, and with it all that is due to the others.
            let bounds = format!(
                "(m.receiver_domain, m.kind = 'ANNOUNCEMENT', m.due_at) >= \
                (domains.domain, {is_announcement}, '-infinity') \
                and (m.receiver_domain, m.kind = 'ANNOUNCEMENT', m.due_at) <= (domains.domain, {is_announcement}, now())"
            );
            let some = format!(
                "select due.event_id, due.id, due.receiver_domain \
                 from unnest($2) with ordinality as domains (domain, place), lateral ({DUE} and {bounds} \
                 order by m.receiver_domain, (m.kind = 'ANNOUNCEMENT'), m.due_at limit 1 for update skip locked) due \
                 order by domains.place limit $1"
            );
            diesel::sql_query(some).bind::<BigInt, _>(limit).bind::<Array<Text>, _>(domains).load(connection).await?
        }
    };
    Ok(chosen)
}

/// Takes messages that are locked.
async fn lease_in_txn(
    connection: &mut AsyncPgConnection,
    chosen: Vec<Chosen>,
    lease_seconds: i32,
) -> Result<Vec<DueMessage>, Error> {
    if chosen.is_empty() {
        return Ok(Vec::new());
    }
    let (events, ids): (Vec<Uuid>, Vec<Uuid>) = chosen.into_iter().map(|one| (one.event_id, one.id)).unzip();
    let rows: Vec<DueRow> = diesel::sql_query(
        "update messages m set due_at = now() + make_interval(secs => $1), tries = least(m.tries + 1, 32000) \
         from unnest($2, $3) as due (event_id, id) where m.event_id = due.event_id and m.id = due.id \
         returning m.event_id, m.id, m.registration_id, m.user_id, m.kind, m.number, m.tries, \
         m.sent_at is not null as was_sent",
    )
    .bind::<Integer, _>(lease_seconds)
    .bind::<Array<PgUuid>, _>(events)
    .bind::<Array<PgUuid>, _>(ids)
    .load(connection)
    .await?;
    let due = |row: DueRow| {
        Ok(DueMessage {
            event: row.event_id.into(),
            id: row.id.into(),
            registration: row.registration_id.into(),
            user: row.user_id.into(),
            kind: rows::named(&MessageKind::ALL, MessageKind::as_str, &row.kind)?,
            number: row.number,
            tries: row.tries,
            was_sent: row.was_sent,
        })
    };
    rows.into_iter().map(due).collect()
}

/// Gives messages back that were taken and not tried. They are due again after so many seconds.
pub async fn give_back(
    connection: &mut AsyncPgConnection,
    messages: &[(EventId, MessageId)],
    seconds: i32,
) -> Result<(), Error> {
    let (events, ids): (Vec<Uuid>, Vec<Uuid>) =
        messages.iter().map(|(event, id)| (Uuid::from(*event), Uuid::from(*id))).unzip();
    diesel::sql_query(
        "update messages m set due_at = statement_timestamp() + make_interval(secs => $3), \
         tries = greatest(m.tries - 1, 0) from unnest($1, $2) as back (event_id, id) \
         where m.event_id = back.event_id and m.id = back.id and m.state = 'DUE'",
    )
    .bind::<Array<PgUuid>, _>(events)
    .bind::<Array<PgUuid>, _>(ids)
    .bind::<Integer, _>(seconds)
    .execute(connection)
    .await?;
    Ok(())
}

/// How a try to tell a message ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// It stands in the program.
    Shown,
    /// The mail server took it.
    Sent,
    /// It was not true any more.
    Obsolete,
    /// It cannot be delivered, for this reason.
    Failed(String),
    /// It is to be tried again after so many seconds, for this reason.
    Again(i32, String),
}

/// How a try to tell a message ended, to be stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Ended {
    /// Its event.
    pub event: EventId,
    /// Its id.
    pub id: MessageId,
    /// How it ended.
    pub end: End,
    /// The facts that it told, or tried to tell.
    pub told: Option<Value>,
}

/// The most characters of a reason.
const REASON_CHARACTERS_MAX: usize = 300;

/// Another server's words without what cannot be stored or shown.
pub(crate) fn reason_to_store(error: String) -> String {
    error.chars().filter(|c| !c.is_control()).take(REASON_CHARACTERS_MAX).collect()
}

/// Stores how tries ended. A message that somebody else has ended meanwhile stays as it is. One that was sent before,
/// and has become untrue since, stays sent.
pub async fn end(connection: &mut AsyncPgConnection, ended: Vec<Ended>) -> Result<(), Error> {
    let (mut events, mut ids, mut states, mut told, mut errors, mut pauses) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for Ended { event, id, end, told: facts } in ended {
        let (state, error, pause) = match end {
            End::Shown => (MessageState::Shown, None, None),
            End::Sent => (MessageState::Sent, None, None),
            End::Obsolete => (MessageState::Obsolete, None, None),
            End::Failed(reason) => (MessageState::Failed, Some(reason), None),
            End::Again(seconds, reason) => (MessageState::Due, Some(reason), Some(seconds)),
        };
        events.push(Uuid::from(event));
        ids.push(Uuid::from(id));
        states.push(state.as_str());
        told.push(facts);
        errors.push(error.map(reason_to_store));
        pauses.push(pause);
    }
    diesel::sql_query(
        "update messages m set state = case when ends.state = 'OBSOLETE' and m.sent_at is not null then 'SENT' \
         else ends.state end, \
         sent_at = coalesce(m.sent_at, case ends.state when 'SENT' then statement_timestamp() end), \
         told = coalesce(ends.told, m.told), last_error = ends.error, \
         ended_at = case when ends.state <> 'DUE' then statement_timestamp() end, \
         due_at = case when ends.pause is null then m.due_at \
         else statement_timestamp() + make_interval(secs => ends.pause) end \
         from unnest($1, $2, $3, $4, $5, $6) as ends (event_id, id, state, told, error, pause) \
         where m.event_id = ends.event_id and m.id = ends.id and m.state = 'DUE'",
    )
    .bind::<Array<PgUuid>, _>(events)
    .bind::<Array<PgUuid>, _>(ids)
    .bind::<Array<Text>, _>(states)
    .bind::<Array<Nullable<Jsonb>>, _>(told)
    .bind::<Array<Nullable<Text>>, _>(errors)
    .bind::<Array<Nullable<Integer>>, _>(pauses)
    .execute(connection)
    .await?;
    Ok(())
}

/// A message as its list shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedMessage {
    /// Its id.
    pub id: MessageId,
    /// Its event, and that event's title.
    pub event: (EventId, String),
    /// Its person: the account's id, name and address.
    pub person: (UserId, String, String),
    /// Its kind.
    pub kind: MessageKind,
    /// Its state.
    pub state: MessageState,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When its telling ended: sent, shown, failed or obsolete.
    pub ended_at: Option<DateTime<Utc>>,
    /// When it is tried next, if it is due.
    pub due_at: DateTime<Utc>,
    /// How often it was tried.
    pub tries: i16,
    /// Why the last try failed.
    pub last_error: Option<String>,
    /// The facts that it told.
    pub told: Option<Value>,
}

#[derive(QueryableByName)]
struct ListedRow {
    #[diesel(sql_type = PgUuid)]
    id: Uuid,
    #[diesel(sql_type = PgUuid)]
    event_id: Uuid,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = PgUuid)]
    user_id: Uuid,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    email: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = Timestamptz)]
    created_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    ended_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Timestamptz)]
    due_at: DateTime<Utc>,
    #[diesel(sql_type = SmallInt)]
    tries: i16,
    #[diesel(sql_type = Nullable<Text>)]
    last_error: Option<String>,
    #[diesel(sql_type = Nullable<Jsonb>)]
    told: Option<Value>,
}

impl TryFrom<ListedRow> for ListedMessage {
    type Error = Error;

    fn try_from(row: ListedRow) -> Result<Self, Error> {
        Ok(Self {
            id: row.id.into(),
            event: (row.event_id.into(), row.title),
            person: (row.user_id.into(), row.name, row.email),
            kind: rows::named(&MessageKind::ALL, MessageKind::as_str, &row.kind)?,
            state: rows::named(&MessageState::ALL, MessageState::as_str, &row.state)?,
            created_at: row.created_at,
            ended_at: row.ended_at,
            due_at: row.due_at,
            tries: row.tries,
            last_error: row.last_error,
            told: row.told,
        })
    }
}

const LISTED: &str = "select m.id, m.event_id, e.title, m.user_id, u.name, u.email, m.kind, m.state, m.created_at, \
    m.ended_at, m.due_at, m.tries, m.last_error, m.told from messages m join events e on e.id = m.event_id \
    join users u on u.id = m.user_id";

/// Which messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Those that were told to a person.
    Person(UserId),
    /// All of an event.
    Event(EventId),
    /// All.
    Everybody,
}

/// Messages, the newest first, beginning after `before`.
pub async fn list(
    connection: &mut AsyncPgConnection,
    whose: Whose,
    state: Option<MessageState>,
    before: Option<MessageId>,
    limit: i64,
) -> Result<Vec<ListedMessage>, Error> {
    let (of, id) = match whose {
        Whose::Person(user) => ("m.user_id = $4 and m.told is not null and m.state <> 'OBSOLETE'", Uuid::from(user)),
        Whose::Event(event) => ("m.event_id = $4", Uuid::from(event)),
        Whose::Everybody => ("$4 is not null", Uuid::nil()),
    };
    let rows: Vec<ListedRow> = diesel::sql_query(format!(
        "{LISTED} where {of} and ($1 is null or m.state = $1) and ($2 is null or m.id < $2) order by m.id desc limit $3"
    ))
    .bind::<Nullable<Text>, _>(state.map(MessageState::as_str))
    .bind::<Nullable<PgUuid>, _>(before.map(Uuid::from))
    .bind::<BigInt, _>(limit)
    .bind::<PgUuid, _>(id)
    .load(connection)
    .await?;
    rows::all(rows)
}

/// Has a message told once more that was sent or has failed, at the event if one is named. What it told stays. One that
/// is due stays due. [`Error::NotFound`] if there is no such message.
pub async fn resend(
    connection: &mut AsyncPgConnection,
    event: Option<EventId>,
    message: MessageId,
) -> Result<(), Error> {
    let touched = diesel::sql_query(
        "update messages set state = 'DUE', tries = case state when 'DUE' then tries else 0 end, ended_at = null, \
         due_at = case state when 'DUE' then due_at else statement_timestamp() end \
         where id = $1 and ($2 is null or event_id = $2) and state in ('SENT', 'FAILED', 'DUE')",
    )
    .bind::<PgUuid, _>(Uuid::from(message))
    .bind::<Nullable<PgUuid>, _>(event.map(Uuid::from))
    .execute(connection)
    .await?;
    if touched > 0 { Ok(()) } else { Err(Error::NotFound) }
}

/// How the telling stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct Telling {
    /// Messages that are due, now or later.
    #[diesel(sql_type = BigInt)]
    pub due: i64,
    /// Messages that failed.
    #[diesel(sql_type = BigInt)]
    pub failed: i64,
    /// Since when the oldest one that should have been told is due.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub oldest_due_at: Option<DateTime<Utc>>,
}

/// Counts what is to be told, and what could not be.
pub async fn telling(connection: &mut AsyncPgConnection) -> Result<Telling, Error> {
    let telling = diesel::sql_query(
        "select (select count(*) from messages where state = 'DUE') as due, \
         (select count(*) from messages where state = 'FAILED') as failed, \
         (select min(due_at) from messages where state = 'DUE' and due_at <= now()) as oldest_due_at",
    );
    Ok(telling.get_result(connection).await?)
}

/// Deletes at most `limit` messages whose telling, and whose event, ended more than `days` ago. Returns how many. While
/// the event goes on, a message that is gone would be made again.
pub async fn delete_old(connection: &mut AsyncPgConnection, days: i32, limit: i64) -> Result<usize, Error> {
    let deleted = diesel::sql_query(
        "with old as (select m.event_id, m.id from messages m join events e on e.id = m.event_id \
         where m.ended_at < now() - make_interval(days => $1) and e.ends_at < now() - make_interval(days => $1) limit $2 \
         for update of m skip locked) \
         delete from messages m using old where m.event_id = old.event_id and m.id = old.id",
    )
    .bind::<Integer, _>(days)
    .bind::<BigInt, _>(limit)
    .execute(connection)
    .await?;
    Ok(deleted)
}

/// Deletes the messages to these people, and their names and contacts from the messages of events that they ran.
pub(crate) async fn erase_in_txn(connection: &mut AsyncPgConnection, people: &[Uuid]) -> Result<(), Error> {
    for of_person in ["messages", "announcement_refusals"] {
        diesel::sql_query(format!("delete from {of_person} where user_id = any($1)"))
            .bind::<Array<PgUuid>, _>(people)
            .execute(connection)
            .await?;
    }
    diesel::sql_query(
        "update messages m set told = jsonb_set(told, '{organizer}', '{\"name\": \"(erased)\", \"contact\": null}') \
         from events e where e.organizer_id = any($1) and m.event_id = e.id and m.told is not null \
         and m.told -> 'organizer' ->> 'name' <> '(erased)'",
    )
    .bind::<Array<PgUuid>, _>(people)
    .execute(connection)
    .await?;
    diesel::sql_query(
        "update announcements set idempotency_key = null where author_id = any($1) and idempotency_key is not null",
    )
    .bind::<Array<PgUuid>, _>(people)
    .execute(connection)
    .await?;
    Ok(())
}
