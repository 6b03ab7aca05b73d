//! Offers to pass seats on. Of a link's secret only the digest is stored.
//!
//! Nothing is written here when a seat is taken: the registration that comes of an offer has its id.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Bytea, Nullable, SmallInt, Text, Timestamptz, Uuid as PgUuid};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::check_ins::DoorSettings;
use domain::ids::{EventId, RegistrationId, TransferId};
use domain::limits::TRANSFERS_PER_REGISTRATION_MAX;
use domain::tickets::PriceNumber;
use domain::transfers::{Offer, TransferState};
use uuid::Uuid;

use crate::clocks::{clock_timestamp, statement_timestamp};
use crate::errors::{Conflict, Error};
use crate::schema::{registrations, transfers};

/// The digest of a link's secret.
pub type Digest = [u8; 32];

/// An offer that is to be stored.
#[derive(Debug, Clone, Copy)]
pub struct NewTransfer {
    /// Its id.
    pub id: TransferId,
    /// The event.
    pub event: EventId,
    /// The registration that has the seat.
    pub registration: RegistrationId,
    /// The price of the seat.
    pub price: PriceNumber,
    /// The digest of its link's secret.
    pub digest: Digest,
    /// The event's end, after which no offer can be taken.
    pub event_ends_at: DateTime<Utc>,
}

/// An offer, for its giver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: TransferId,
    /// The price of the seat.
    pub price: PriceNumber,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// The end of the offer.
    pub expires_at: DateTime<Utc>,
    /// Its state.
    pub state: TransferState,
    /// The name of the person who has taken the seat.
    pub taken_by: Option<String>,
}

/// An offer, for the person who has its link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// Its id.
    pub id: TransferId,
    /// The giver's registration.
    pub registration: RegistrationId,
    /// The giver's name.
    pub giver: String,
    /// The price of the seat.
    pub price: PriceNumber,
    /// The end of the offer.
    pub expires_at: DateTime<Utc>,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = PgUuid)]
    id: Uuid,
    #[diesel(sql_type = SmallInt)]
    price: i16,
    #[diesel(sql_type = Timestamptz)]
    created_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    expires_at: DateTime<Utc>,
    #[diesel(sql_type = Bool)]
    is_taken: bool,
    #[diesel(sql_type = Bool)]
    is_withdrawn: bool,
    #[diesel(sql_type = Bool)]
    is_expired: bool,
    #[diesel(sql_type = Nullable<Text>)]
    taken_by: Option<String>,
}

impl From<Row> for Listed {
    fn from(row: Row) -> Self {
        let state = match row {
            Row { is_taken: true, .. } => TransferState::Taken,
            Row { is_withdrawn: true, .. } => TransferState::Withdrawn,
            Row { is_expired: true, .. } => TransferState::Expired,
            _ => TransferState::Open,
        };
        Self {
            id: row.id.into(),
            price: row.price.into(),
            created_at: row.created_at,
            expires_at: row.expires_at,
            state,
            taken_by: row.taken_by,
        }
    }
}

/// Stores an offer. [`Conflict::TooManyTransfers`] if [`TRANSFERS_PER_REGISTRATION_MAX`] of the registration are stored;
/// [`Conflict::EventOver`] if the event is over by the database's clock.
pub async fn insert(connection: &mut AsyncPgConnection, new: &NewTransfer) -> Result<(), Error> {
    let NewTransfer { id, event, registration, price, digest, event_ends_at } = *new;
    let (event, registration) = (Uuid::from(event), Uuid::from(registration));
    connection
        .transaction(async |connection| {
            // They are counted under its lock.
            let row = registrations::table.find((event, registration)).select(registrations::id);
            row.for_no_key_update().first::<Uuid>(connection).await.optional()?.ok_or(Error::NotFound)?;
            let now: DateTime<Utc> = diesel::select(clock_timestamp()).get_result(connection).await?;
            let expires_at = Offer::end(event_ends_at, now).ok_or(Error::Conflict(Conflict::EventOver))?;
            // Those that nobody can take any more make room. One that has just expired may still be taken by a decision
            // that began before.
            diesel::sql_query(
                "delete from transfers t where event_id = $1 and registration_id = $2 \
                 and (withdrawn_at is not null or expires_at < statement_timestamp() - interval '1 hour') \
                 and not exists (select from registrations r where r.event_id = t.event_id and r.id = t.id)",
            )
            .bind::<PgUuid, _>(event)
            .bind::<PgUuid, _>(registration)
            .execute(connection)
            .await?;
            let known = transfers::table
                .filter(transfers::event_id.eq(event).and(transfers::registration_id.eq(registration)))
                .count();
            if known.get_result::<i64>(connection).await? >= TRANSFERS_PER_REGISTRATION_MAX {
                return Err(Error::Conflict(Conflict::TooManyTransfers));
            }
            let values = (
                transfers::event_id.eq(event),
                transfers::id.eq(Uuid::from(id)),
                transfers::registration_id.eq(registration),
                transfers::price.eq(i16::from(price)),
                transfers::digest.eq(digest.as_slice()),
                transfers::expires_at.eq(expires_at),
            );
            diesel::insert_into(transfers::table).values(values).execute(connection).await?;
            Ok(())
        })
        .await
}

/// The offers of a registration, the newest first.
pub async fn of_registration(
    connection: &mut AsyncPgConnection,
    event: EventId,
    registration: RegistrationId,
) -> Result<Vec<Listed>, Error> {
    let rows: Vec<Row> = diesel::sql_query(
        "select t.id, t.price, t.created_at, t.expires_at, taken.id is not null as is_taken, \
         t.withdrawn_at is not null as is_withdrawn, t.expires_at <= statement_timestamp() as is_expired, \
         person.name as taken_by from transfers t \
         left join registrations taken on taken.event_id = t.event_id and taken.id = t.id \
         left join users person on person.id = taken.user_id \
         where t.event_id = $1 and t.registration_id = $2 order by t.id desc",
    )
    .bind::<PgUuid, _>(Uuid::from(event))
    .bind::<PgUuid, _>(Uuid::from(registration))
    .load(connection)
    .await?;
    Ok(rows.into_iter().map(Listed::from).collect())
}

/// The offer whose link has the secret with this digest.
pub async fn by_digest(
    connection: &mut AsyncPgConnection,
    event: EventId,
    digest: Digest,
) -> Result<Option<Offered>, Error> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = PgUuid)]
        id: Uuid,
        #[diesel(sql_type = PgUuid)]
        registration_id: Uuid,
        #[diesel(sql_type = Text)]
        giver: String,
        #[diesel(sql_type = SmallInt)]
        price: i16,
        #[diesel(sql_type = Timestamptz)]
        expires_at: DateTime<Utc>,
    }
    let found: Option<Found> = diesel::sql_query(
        "select t.id, t.registration_id, person.name as giver, t.price, t.expires_at from transfers t \
         join registrations r on r.event_id = t.event_id and r.id = t.registration_id \
         join users person on person.id = r.user_id where t.event_id = $1 and t.digest = $2",
    )
    .bind::<PgUuid, _>(Uuid::from(event))
    .bind::<Bytea, _>(digest.as_slice())
    .get_result(connection)
    .await
    .optional()?;
    Ok(found.map(|found| Offered {
        id: found.id.into(),
        registration: found.registration_id.into(),
        giver: found.giver,
        price: found.price.into(),
        expires_at: found.expires_at,
    }))
}

/// Takes an offer back. [`Error::NotFound`] if the registration has no such offer; [`Conflict::TransferTaken`] if
/// somebody has taken the seat.
pub async fn withdraw(
    connection: &mut AsyncPgConnection,
    event: EventId,
    registration: RegistrationId,
    transfer: TransferId,
) -> Result<(), Error> {
    let key = (Uuid::from(event), Uuid::from(transfer));
    connection
        .transaction(async |connection| {
            // A taker of this moment has locked it. The next statement sees what has come of that.
            let offer = transfers::table.find(key).filter(transfers::registration_id.eq(Uuid::from(registration)));
            let offer = offer.select(transfers::withdrawn_at).for_update();
            let withdrawn_at: Option<Option<DateTime<Utc>>> = offer.first(connection).await.optional()?;
            let withdrawn_at = withdrawn_at.ok_or(Error::NotFound)?;
            let taken = registrations::table.find(key).select(registrations::id);
            if taken.first::<Uuid>(connection).await.optional()?.is_some() {
                return Err(Error::Conflict(Conflict::TransferTaken));
            }
            if withdrawn_at.is_none() {
                let now = transfers::withdrawn_at.eq(statement_timestamp().nullable());
                diesel::update(transfers::table.find(key)).set(now).execute(connection).await?;
            }
            Ok(())
        })
        .await
}

/// Those of these offers that there are, locked until the transaction ends: none of them is withdrawn meanwhile. What a
/// deactivated account has offered counts as withdrawn.
pub(crate) async fn lock_in_txn(
    mut connection: &AsyncPgConnection,
    event: EventId,
    transfers: Vec<TransferId>,
) -> Result<HashMap<TransferId, Offer>, Error> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = PgUuid)]
        id: Uuid,
        #[diesel(sql_type = PgUuid)]
        registration_id: Uuid,
        #[diesel(sql_type = SmallInt)]
        price: i16,
        #[diesel(sql_type = Timestamptz)]
        expires_at: DateTime<Utc>,
        #[diesel(sql_type = Bool)]
        is_withdrawn: bool,
        #[diesel(sql_type = Bool)]
        is_allowed: bool,
    }
    if transfers.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<Uuid> = transfers.into_iter().map(Uuid::from).collect();
    let found: Vec<Found> = diesel::sql_query(
        "select t.id, t.registration_id, t.price, t.expires_at, t.withdrawn_at is not null or not exists (\
         select from registrations r join users giver on giver.id = r.user_id \
         where r.event_id = t.event_id and r.id = t.registration_id and giver.is_active) as is_withdrawn, \
         coalesce((select transfers from event_doors where event_id = $1), $3) as is_allowed \
         from transfers t where t.event_id = $1 and t.id = any($2) order by t.id for update of t",
    )
    .bind::<PgUuid, _>(Uuid::from(event))
    .bind::<Array<PgUuid>, _>(ids)
    .bind::<Bool, _>(DoorSettings::default().transfers)
    .load(&mut connection)
    .await?;
    let offer = |found: Found| {
        let Found { id, registration_id, price, expires_at, is_withdrawn, is_allowed } = found;
        let (registration, price) = (registration_id.into(), price.into());
        (id.into(), Offer { registration, price, expires_at, is_withdrawn, is_allowed })
    };
    Ok(found.into_iter().map(offer).collect())
}
