//! Scans are decided: a unique row lets one scan of a ticket in, whatever is scanned at the same moment.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Nullable, SmallInt, Text, Timestamptz, Uuid as PgUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::check_ins::{CheckIn, DoorState, Obstacle, Scan, obstacle};
use domain::ids::{EventId, ScanId, UserId};
use domain::tickets::TypeNumber;
use uuid::Uuid;

use super::rows::{COLUMNS, CheckInRow, NAMES, obstacle_named};
use crate::errors::Error;
use crate::rows;

/// The most looks at a ticket that another scan has taken and whose check-in is undone at once.
const LOOKS_MAX: usize = 5;

/// A scan that was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Its ticket. `None` if there is no such ticket.
    pub found: Option<Found>,
    /// The obstacle that keeps the ticket from letting in; `None`: this scan has let it in, unless its check-in was undone
    /// since.
    pub obstacle: Option<Obstacle>,
    /// The scan itself if it was kept, and else the one that somebody is in with.
    pub check_in: Option<CheckIn>,
}

/// A ticket that was found, with its booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The person who booked.
    pub name: String,
    /// The type of the seats.
    pub ticket_type: TypeNumber,
    /// The seats that the registration has.
    pub seats: i16,
    /// The numbers of its tickets that are in, sorted.
    pub admitted: Vec<i16>,
}

/// Scans as arrays, in the order of their tickets: of two calls at the same moment none waits for the other while the
/// other waits for it.
struct Columns {
    ids: Vec<Uuid>,
    registrations: Vec<Uuid>,
    numbers: Vec<i16>,
    gates: Vec<String>,
    devices: Vec<String>,
    scanned: Vec<DateTime<Utc>>,
    let_in: Vec<bool>,
}

impl Columns {
    fn of(scans: &[&Scan]) -> Self {
        let mut scans = scans.to_vec();
        scans.sort_by_key(|scan| scan.ticket);
        let column = |value: fn(&Scan) -> Uuid| scans.iter().map(|scan| value(scan)).collect();
        Self {
            ids: column(|scan| scan.id.into()),
            registrations: column(|scan| scan.ticket.registration.into()),
            numbers: scans.iter().map(|scan| scan.ticket.number).collect(),
            gates: scans.iter().map(|scan| scan.place.gate.clone()).collect(),
            devices: scans.iter().map(|scan| scan.place.device.clone()).collect(),
            scanned: scans.iter().map(|scan| scan.place.scanned_at).collect(),
            let_in: scans.iter().map(|scan| scan.let_in).collect(),
        }
    }
}

/// Lets in whoever may. It repeats the rule of [`obstacle`], on the registrations as they are. A ticket that another
/// scan lets in at the same moment is waited for, and then left.
const ADMIT: &str = "\
    insert into check_ins (event_id, id, registration_id, ticket, gate, device, scanned_at, scanned_by) \
    select $1, s.id, s.registration_id, s.ticket, s.gate, s.device, s.scanned_at, $9 \
    from unnest($2, $3, $4, $5, $6, $7, $8) with ordinality \
    as s (id, registration_id, ticket, gate, device, scanned_at, let_in, place) cross join lateral (\
    select user_id from registrations where event_id = $1 and id = s.registration_id \
    and status = 'CONFIRMED' and s.ticket between 1 and seats limit 1) r cross join lateral (\
    select kind from users where id = r.user_id limit 1) person \
    where person.kind = 'PERSON' and (s.let_in or $10 is null or $10 <= statement_timestamp()) \
    order by s.place on conflict do nothing";

/// The tickets of scans. `own` is what was stored of the scan itself; `c` is the check-in that somebody is in with, or
/// else what was stored.
fn look() -> String {
    format!(
        "select s.id, r.status, r.seats, r.ticket_type, person.name, \
         coalesce(admitted.numbers, '{{}}') as admitted, $5 is null or $5 <= statement_timestamp() as is_open, \
         own.registration_id as own_registration, own.ticket as own_ticket, own.obstacle as own_obstacle, {COLUMNS} \
         from unnest($2, $3, $4) as s (id, registration_id, ticket) \
         left join lateral (select status, seats, ticket_type, user_id from registrations \
         where event_id = $1 and id = s.registration_id limit 1) r on true \
         left join lateral (select name, kind from users where id = r.user_id limit 1) person on true \
         left join lateral (select array_agg(ticket order by ticket) as numbers from check_ins where event_id = $1 \
         and registration_id = s.registration_id and obstacle is null and undone_at is null) admitted on true \
         left join lateral (select * from check_ins where event_id = $1 and id = s.id limit 1) own on true \
         left join lateral (select * from (\
         (select 0 as rank, * from check_ins where event_id = $1 and registration_id = s.registration_id \
         and ticket = s.ticket and obstacle is null and undone_at is null limit 1) union all \
         (select 1, * from check_ins where event_id = $1 and id = s.id limit 1)) known order by rank limit 1) c \
         on true {NAMES} where person.kind = 'PERSON'"
    )
}

/// Keeps scans of gates that were alone and that do not count.
const KEEP: &str = "\
    insert into check_ins (event_id, id, registration_id, ticket, gate, device, scanned_at, scanned_by, obstacle) \
    select $1, id, registration_id, ticket, gate, device, scanned_at, $8, obstacle \
    from unnest($2, $3, $4, $5, $6, $7, $9) as s (id, registration_id, ticket, gate, device, scanned_at, obstacle) \
    on conflict do nothing";

#[derive(QueryableByName)]
struct Look {
    #[diesel(sql_type = PgUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = SmallInt)]
    seats: i16,
    #[diesel(sql_type = SmallInt)]
    ticket_type: i16,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Array<SmallInt>)]
    admitted: Vec<i16>,
    #[diesel(sql_type = Bool)]
    is_open: bool,
    #[diesel(sql_type = Nullable<PgUuid>)]
    own_registration: Option<Uuid>,
    #[diesel(sql_type = Nullable<SmallInt>)]
    own_ticket: Option<i16>,
    #[diesel(sql_type = Nullable<Text>)]
    own_obstacle: Option<String>,
    #[diesel(embed)]
    check_in: Option<CheckInRow>,
}

/// The time from which an event lets people in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// It does not take place.
    Never,
    /// From then on, by the database's clock; `None`: at any time.
    From(Option<DateTime<Utc>>),
}

/// Decides scans of an event's tickets, each by itself, in any number of calls at the same moment. Returns the
/// decisions in the order of the scans.
///
/// Admissions are committed once the call returns. A scan that is sent again gets the same decision, as far as nobody
/// has undone it. Scans of gates that were alone are kept whatever their tickets are.
pub async fn check_in(
    connection: &mut AsyncPgConnection,
    event: EventId,
    opening: Opening,
    by: UserId,
    scans: &[Scan],
) -> Result<Vec<Decided>, Error> {
    let mut decided: HashMap<ScanId, Decided> = HashMap::with_capacity(scans.len());
    let mut open: Vec<&Scan> = scans.iter().collect();
    for _ in 0..LOOKS_MAX {
        if let Opening::From(opens_at) = opening {
            admit(connection, event, opens_at, by, &Columns::of(&open)).await?;
        }
        let mut looks = look_at(connection, event, opening, &Columns::of(&open)).await?;
        let mut again = Vec::new();
        for scan in open {
            match looks.remove(&Uuid::from(scan.id)).map(|look| decide(look, scan, opening)).transpose()? {
                Some(Some(decision)) => drop(decided.insert(scan.id, decision)),
                // Another scan was let in, and undone since.
                Some(None) => again.push(scan),
                None => drop(decided.insert(scan.id, Decided { found: None, obstacle: None, check_in: None })),
            }
        }
        open = again;
        if open.is_empty() {
            break;
        }
    }
    keep(connection, event, by, scans, &decided).await?;
    let decision = |scan: &Scan| decided.get(&scan.id).cloned().ok_or_else(undecided);
    scans.iter().map(decision).collect()
}

fn undecided() -> Error {
    Error::Corrupt("a scan is in nobody's way and was not let in".to_owned())
}

async fn admit(
    connection: &mut AsyncPgConnection,
    event: EventId,
    opens_at: Option<DateTime<Utc>>,
    by: UserId,
    scans: &Columns,
) -> Result<(), Error> {
    diesel::sql_query(ADMIT)
        .bind::<PgUuid, _>(Uuid::from(event))
        .bind::<Array<PgUuid>, _>(&scans.ids)
        .bind::<Array<PgUuid>, _>(&scans.registrations)
        .bind::<Array<SmallInt>, _>(&scans.numbers)
        .bind::<Array<Text>, _>(&scans.gates)
        .bind::<Array<Text>, _>(&scans.devices)
        .bind::<Array<Timestamptz>, _>(&scans.scanned)
        .bind::<Array<Bool>, _>(&scans.let_in)
        .bind::<PgUuid, _>(Uuid::from(by))
        .bind::<Nullable<Timestamptz>, _>(opens_at)
        .execute(connection)
        .await?;
    Ok(())
}

/// The looks by scan. Those whose tickets do not exist are not among them.
async fn look_at(
    connection: &mut AsyncPgConnection,
    event: EventId,
    opening: Opening,
    scans: &Columns,
) -> Result<HashMap<Uuid, Look>, Error> {
    let opens_at = if let Opening::From(opens_at) = opening { opens_at } else { None };
    let looks: Vec<Look> = diesel::sql_query(look())
        .bind::<PgUuid, _>(Uuid::from(event))
        .bind::<Array<PgUuid>, _>(&scans.ids)
        .bind::<Array<PgUuid>, _>(&scans.registrations)
        .bind::<Array<SmallInt>, _>(&scans.numbers)
        .bind::<Nullable<Timestamptz>, _>(opens_at)
        .load(connection)
        .await?;
    Ok(looks.into_iter().map(|look| (look.id, look)).collect())
}

/// The decision about a scan; `None` if nothing kept its ticket from letting in, and yet it has not.
fn decide(look: Look, scan: &Scan, opening: Opening) -> Result<Option<Decided>, Error> {
    let own = look.own_registration.zip(look.own_ticket);
    let ticket = (Uuid::from(scan.ticket.registration), scan.ticket.number);
    if own.is_some_and(|own| own != ticket) || scan.ticket.number < 1 {
        // The id is another ticket's.
        return Ok(Some(Decided { found: None, obstacle: None, check_in: None }));
    }
    let check_in = look.check_in.map(CheckIn::try_from).transpose()?;
    let found =
        Found { name: look.name, ticket_type: look.ticket_type.into(), seats: look.seats, admitted: look.admitted };
    let decided = |obstacle, check_in| Ok(Some(Decided { found: Some(found), obstacle, check_in }));
    if let Some(own_obstacle) = look.own_obstacle.as_deref() {
        let other = check_in.filter(|check_in| check_in.id != scan.id);
        return decided(Some(obstacle_named(own_obstacle)?), other);
    }
    if check_in.as_ref().is_some_and(|check_in| check_in.id == scan.id) {
        return decided(None, check_in);
    }
    let door = match opening {
        Opening::Never => DoorState::Off,
        Opening::From(_) if look.is_open || scan.let_in => DoorState::Open,
        Opening::From(_) => DoorState::NotYet,
    };
    match obstacle(rows::status(&look.status)?, look.seats, scan.ticket.number, check_in.is_some(), door) {
        Some(obstacle) => decided(Some(obstacle), check_in),
        None => Ok(None),
    }
}

/// Keeps those of these scans that do not count although their persons are in.
async fn keep(
    connection: &mut AsyncPgConnection,
    event: EventId,
    by: UserId,
    scans: &[Scan],
    decided: &HashMap<ScanId, Decided>,
) -> Result<(), Error> {
    let of = |scan: &Scan| decided.get(&scan.id).and_then(|decided| decided.obstacle);
    let mut kept: Vec<&Scan> = scans.iter().filter(|scan| scan.let_in && of(scan).is_some()).collect();
    if kept.is_empty() {
        return Ok(());
    }
    // In the order that the columns have.
    kept.sort_by_key(|scan| scan.ticket);
    let obstacles: Vec<&str> = kept.iter().filter_map(|scan| of(scan).map(Obstacle::as_str)).collect();
    let columns = Columns::of(&kept);
    diesel::sql_query(KEEP)
        .bind::<PgUuid, _>(Uuid::from(event))
        .bind::<Array<PgUuid>, _>(&columns.ids)
        .bind::<Array<PgUuid>, _>(&columns.registrations)
        .bind::<Array<SmallInt>, _>(&columns.numbers)
        .bind::<Array<Text>, _>(&columns.gates)
        .bind::<Array<Text>, _>(&columns.devices)
        .bind::<Array<Timestamptz>, _>(&columns.scanned)
        .bind::<PgUuid, _>(Uuid::from(by))
        .bind::<Array<Text>, _>(obstacles)
        .execute(connection)
        .await?;
    Ok(())
}
