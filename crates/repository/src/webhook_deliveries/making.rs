//! The deliveries that follow from rows of the journal.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, SmallInt, Text, Timestamptz, Uuid as PgUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::news::EventNews;
use domain::registrations::Registration;
use domain::webhooks::{self as changes, Change, WebhookKind};
use uuid::Uuid;

use crate::errors::Error;
use crate::rows::{self, RegistrationRow};
use crate::schema::{events, registrations};
use crate::webhooks;

/// The deliveries of one statement. The number of binds does not depend on it.
const PER_STATEMENT: usize = 1_000;

/// A row of the journal, as far as endpoints hear of it.
pub(crate) struct Journaled {
    pub(crate) id: i64,
    pub(crate) written_at: DateTime<Utc>,
    pub(crate) news: Vec<EventNews>,
    pub(crate) registrations: Vec<Uuid>,
}

/// A change that deliveries tell of.
#[derive(Clone)]
struct What {
    kind: WebhookKind,
    subject: Uuid,
    number: i64,
    event_number: i64,
    event_version: Option<i64>,
    status: &'static str,
    of: Option<OfRegistration>,
    occurred_at: DateTime<Utc>,
}

#[derive(Clone, Copy)]
struct OfRegistration {
    user: Uuid,
    seats: i16,
    ticket_type: i16,
    arrival: i64,
    cancellation: Option<&'static str>,
}

/// A delivery that is to be made: its id, its endpoint, and what it tells.
type New = (Uuid, Uuid, What);

/// Makes the deliveries that follow from rows of an event's journal. Those that were made before stay as they are. If
/// nobody listens to the event, it is looked up, and nothing else.
pub(crate) async fn make_in_txn(
    connection: &mut AsyncPgConnection,
    event: Uuid,
    journaled: &[Journaled],
    make_id: impl Fn() -> Uuid,
) -> Result<(), Error> {
    let Some(earliest) = journaled.iter().map(|row| row.written_at).min() else { return Ok(()) };
    let listeners = webhooks::listeners_in_txn(connection, event, earliest).await?;
    if listeners.is_empty() {
        return Ok(());
    }
    let mut new = Vec::new();
    let mut tell = |what: &What| {
        let hears = listeners.iter().filter(|listener| listener.hears(what.kind, what.occurred_at));
        new.extend(hears.map(|listener| (make_id(), listener.id, what.clone())));
    };
    if journaled.iter().any(|row| !row.news.is_empty()) {
        let (event_number, version, status): (i64, i64, String) = events::table
            .find(event)
            .select((events::last_decision, events::edit_version, events::status))
            .first(connection)
            .await?;
        let status = rows::event_status(&status)?.as_str();
        for (row, news) in journaled.iter().flat_map(|row| row.news.iter().map(move |news| (row, *news))) {
            tell(&What {
                kind: WebhookKind::of_news(news),
                subject: event,
                number: row.id,
                event_number,
                event_version: Some(version),
                status,
                of: None,
                occurred_at: row.written_at,
            });
        }
    }
    let mut since: HashMap<Uuid, DateTime<Utc>> = HashMap::new();
    for row in journaled {
        for registration in &row.registrations {
            let first = since.entry(*registration).or_insert(row.written_at);
            *first = row.written_at.min(*first);
        }
    }
    for (registration, event_number) in registrations_of(connection, event, since.keys().copied().collect()).await? {
        let since = since.get(&Uuid::from(registration.id)).copied().unwrap_or(earliest);
        // Earlier changes were told of by the rows of their own batches.
        for change in changes::changes(&registration).into_iter().filter(|one| one.at.is_none_or(|at| at >= since)) {
            let Change { kind, number, at } = change;
            tell(&What {
                kind,
                subject: registration.id.into(),
                number,
                event_number,
                event_version: None,
                status: registration.status.as_str(),
                of: Some(of_registration(&registration)?),
                occurred_at: at.unwrap_or(since),
            });
        }
    }
    for some in new.chunks(PER_STATEMENT) {
        insert_in_txn(connection, event, some).await?;
    }
    Ok(())
}

fn of_registration(registration: &Registration) -> Result<OfRegistration, Error> {
    let seats = i16::try_from(registration.seats());
    Ok(OfRegistration {
        user: registration.user.into(),
        seats: seats.map_err(|error| Error::Corrupt(format!("a registration has too many seats: {error}")))?,
        ticket_type: registration.ticket_type.into(),
        arrival: registration.decision,
        cancellation: registration.cancellation.as_ref().map(|cancellation| cancellation.cause().as_str()),
    })
}

/// Registrations with the event's last decision as of the same moment: of two deliveries with different numbers, the
/// one with the higher number has the newer state, and with equal numbers they have the same.
async fn registrations_of(
    connection: &mut AsyncPgConnection,
    event: Uuid,
    ids: Vec<Uuid>,
) -> Result<Vec<(Registration, i64)>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(RegistrationRow, i64)> = registrations::table
        .inner_join(events::table)
        .filter(registrations::event_id.eq(event).and(registrations::id.eq_any(ids)))
        .order(registrations::decision)
        .select((RegistrationRow::as_select(), events::last_decision))
        .load(connection)
        .await?;
    rows.into_iter().map(|(row, number)| Ok((Registration::try_from(row)?, number))).collect()
}

async fn insert_in_txn(connection: &mut AsyncPgConnection, event: Uuid, new: &[New]) -> Result<(), Error> {
    let of = |read: fn(&OfRegistration) -> i16| -> Vec<Option<i16>> {
        new.iter().map(|(.., one)| one.of.as_ref().map(read)).collect()
    };
    diesel::sql_query(
        "insert into webhook_deliveries (event_id, id, endpoint_id, kind, subject_id, number, event_number, \
         event_version, status, user_id, seats, ticket_type, arrival, cancellation, occurred_at) \
         select $1, * from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) \
         on conflict (event_id, endpoint_id, subject_id, kind, number) do nothing",
    )
    .bind::<PgUuid, _>(event)
    .bind::<Array<PgUuid>, _>(new.iter().map(|(id, ..)| *id).collect::<Vec<_>>())
    .bind::<Array<PgUuid>, _>(new.iter().map(|(_, endpoint, _)| *endpoint).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(new.iter().map(|(.., one)| one.kind.as_str()).collect::<Vec<_>>())
    .bind::<Array<PgUuid>, _>(new.iter().map(|(.., one)| one.subject).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(new.iter().map(|(.., one)| one.number).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(new.iter().map(|(.., one)| one.event_number).collect::<Vec<_>>())
    .bind::<Array<Nullable<BigInt>>, _>(new.iter().map(|(.., one)| one.event_version).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(new.iter().map(|(.., one)| one.status).collect::<Vec<_>>())
    .bind::<Array<Nullable<PgUuid>>, _>(new.iter().map(|(.., one)| one.of.map(|of| of.user)).collect::<Vec<_>>())
    .bind::<Array<Nullable<SmallInt>>, _>(of(|of| of.seats))
    .bind::<Array<Nullable<SmallInt>>, _>(of(|of| of.ticket_type))
    .bind::<Array<Nullable<BigInt>>, _>(new.iter().map(|(.., one)| one.of.map(|of| of.arrival)).collect::<Vec<_>>())
    .bind::<Array<Nullable<Text>>, _>(
        new.iter().map(|(.., one)| one.of.and_then(|of| of.cancellation)).collect::<Vec<_>>(),
    )
    .bind::<Array<Timestamptz>, _>(new.iter().map(|(.., one)| one.occurred_at).collect::<Vec<_>>())
    .execute(connection)
    .await?;
    Ok(())
}
