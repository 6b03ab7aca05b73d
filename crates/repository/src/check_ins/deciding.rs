//! Scans are decided: a unique row lets one scan of a ticket in, whatever is scanned at the same moment.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, SmallInt, Text, Timestamptz, Uuid as PgUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::check_ins::{CheckIn, DoorState, Obstacle, Scan, ScanPlace, Staff, obstacle};
use domain::ids::EventId;
use domain::tickets::TypeNumber;
use uuid::Uuid;

use super::rows::{COLUMNS, CheckInRow, NAMES, obstacle_named};
use super::statements::LetIn;
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
    /// The person who comes with the ticket, as the buyer has filled in. Tickets of seats that were given up have none.
    pub ticket_name: Option<String>,
    /// The type of the seats.
    pub ticket_type: TypeNumber,
    /// The seats that the registration has.
    pub seats: i16,
    /// The numbers of its tickets that are in, sorted. Those that other transactions let in at the same moment may be
    /// missing.
    pub admitted: Vec<i16>,
}

/// Scans as arrays.
struct Columns {
    ids: Vec<Uuid>,
    registrations: Vec<Uuid>,
    numbers: Vec<i16>,
    gates: Vec<String>,
    devices: Vec<String>,
    scanned: Vec<DateTime<Utc>>,
    by: Vec<Uuid>,
    let_in: Vec<bool>,
}

impl Columns {
    fn of<T>(scans: &[(T, &Scan)]) -> Self {
        let scans = || scans.iter().map(|(_, scan)| *scan);
        let column = |value: fn(&Scan) -> Uuid| scans().map(value).collect();
        Self {
            ids: column(|scan| scan.id.into()),
            registrations: column(|scan| scan.ticket.registration.into()),
            numbers: scans().map(|scan| scan.ticket.number).collect(),
            gates: scans().map(|scan| scan.place.gate.clone()).collect(),
            devices: scans().map(|scan| scan.place.device.clone()).collect(),
            scanned: scans().map(|scan| scan.place.scanned_at).collect(),
            by: column(|scan| scan.by.into()),
            let_in: scans().map(|scan| scan.let_in).collect(),
        }
    }
}

/// The tickets of scans. `own` is what was stored of the scan itself; `c` is the check-in that somebody is in with, or
/// else what was stored.
fn look() -> String {
    format!(
        "select s.place, r.status, r.seats, r.ticket_type, person.name, named.name as ticket_name, \
         coalesce(admitted.numbers, '{{}}') as admitted, $5 is null or $5 <= statement_timestamp() as is_open, \
         own.registration_id as own_registration, own.ticket as own_ticket, own.obstacle as own_obstacle, {COLUMNS} \
         from unnest($2, $3, $4) with ordinality as s (id, registration_id, ticket, place) \
         left join lateral (select status, seats, ticket_type, user_id from registrations \
         where event_id = $1 and id = s.registration_id limit 1) r on true \
         left join lateral (select name, kind from users where id = r.user_id limit 1) person on true \
         left join lateral (select name from ticket_names where event_id = $1 \
         and registration_id = s.registration_id and ticket = s.ticket and ticket <= r.seats \
         and r.status = 'CONFIRMED' limit 1) named on true \
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
    select $1, id, registration_id, ticket, gate, device, scanned_at, scanned_by, obstacle \
    from unnest($2, $3, $4, $5, $6, $7, $8, $9) \
    as s (id, registration_id, ticket, gate, device, scanned_at, scanned_by, obstacle) on conflict do nothing";

#[derive(QueryableByName)]
struct Look {
    /// Which of the scans it is of, from 1.
    #[diesel(sql_type = BigInt)]
    place: i64,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = SmallInt)]
    seats: i16,
    #[diesel(sql_type = SmallInt)]
    ticket_type: i16,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Nullable<Text>)]
    ticket_name: Option<String>,
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
/// decisions in the order of the scans. The same scan, or the same ticket, may be among them several times.
///
/// Admissions are committed once the call returns. A scan that is sent again gets the same decision, as far as nobody
/// has undone it. Scans of gates that were alone are kept whatever their tickets are.
pub async fn check_in(
    connection: &mut AsyncPgConnection,
    event: EventId,
    opening: Opening,
    scans: &[Scan],
) -> Result<Vec<Decided>, Error> {
    let mut decided: Vec<Option<Decided>> = vec![None; scans.len()];
    let mut open: Vec<(usize, &Scan)> = scans.iter().enumerate().collect();
    // Of two calls at the same moment, none waits for the other while the other waits for it.
    open.sort_by_key(|(_, scan)| scan.ticket);
    for _ in 0..LOOKS_MAX {
        if open.is_empty() {
            break;
        }
        if let Opening::From(opens_at) = opening {
            let admitted = let_in(connection, event, opens_at, &open).await?;
            // The same scan may be among them several times.
            open.retain(|(index, scan)| match (admitted.get(&key_of(scan)), decided.get_mut(*index)) {
                (Some(decision), Some(slot)) => {
                    *slot = Some(decision.clone());
                    false
                }
                _ => true,
            });
        }
        let mut looks = look_at(connection, event, opening, &Columns::of(&open)).await?;
        let mut again = Vec::new();
        for (place, (index, scan)) in (1..).zip(open) {
            let decision = match looks.remove(&place) {
                Some(look) => decide(look, scan, opening)?,
                None => Some(Decided { found: None, obstacle: None, check_in: None }),
            };
            match decided.get_mut(index) {
                Some(slot) if decision.is_some() => *slot = decision,
                // Another scan was let in, and undone since.
                _ => again.push((index, scan)),
            }
        }
        open = again;
    }
    let decided: Vec<Decided> = decided.into_iter().collect::<Option<_>>().ok_or_else(undecided)?;
    keep(connection, event, scans, &decided).await?;
    Ok(decided)
}

fn undecided() -> Error {
    Error::Corrupt("a scan is in nobody's way and was not let in".to_owned())
}

/// A scan as the table has it: its id and its ticket.
type ScanKey = (Uuid, Uuid, i16);

fn key_of(scan: &Scan) -> ScanKey {
    (scan.id.into(), scan.ticket.registration.into(), scan.ticket.number)
}

/// Somebody who was let in, with the booking and its tickets that were in before.
#[derive(Queryable)]
struct LetInRow {
    id: Uuid,
    registration: Uuid,
    ticket: i16,
    gate: String,
    device: String,
    scanned_at: DateTime<Utc>,
    received_at: DateTime<Utc>,
    scanned_by: Uuid,
    seats: i16,
    ticket_type: i16,
    name: String,
    ticket_name: Option<String>,
    staff_name: Option<String>,
    before: Vec<i16>,
}

/// Lets in those of these scans that may, and returns their decisions.
async fn let_in(
    connection: &mut AsyncPgConnection,
    event: EventId,
    opens_at: Option<DateTime<Utc>>,
    scans: &[(usize, &Scan)],
) -> Result<HashMap<ScanKey, Decided>, Error> {
    let Columns { ids, registrations, numbers, gates, devices, scanned, by, let_in } = Columns::of(scans);
    let event = event.into();
    let statement = LetIn { event, ids, registrations, numbers, gates, devices, scanned, by, let_in, opens_at };
    let rows: Vec<LetInRow> = statement.load(connection).await?;
    let mut now: HashMap<Uuid, Vec<i16>> = HashMap::new();
    for row in &rows {
        now.entry(row.registration).or_default().push(row.ticket);
    }
    let mut admitted: HashMap<ScanKey, LetInRow> =
        rows.into_iter().map(|row| ((row.id, row.registration, row.ticket), row)).collect();
    let decisions = scans.iter().filter_map(|(_, scan)| {
        let row = admitted.remove(&key_of(scan))?;
        let mut admitted: Vec<i16> =
            row.before.into_iter().chain(now.get(&row.registration)?.iter().copied()).collect();
        admitted.sort_unstable();
        // One that was in before may have been undone, and let in again by this statement.
        admitted.dedup();
        let found = Found {
            name: row.name,
            ticket_name: row.ticket_name,
            ticket_type: row.ticket_type.into(),
            seats: row.seats,
            admitted,
        };
        let check_in = CheckIn {
            id: scan.id,
            ticket: scan.ticket,
            place: ScanPlace { gate: row.gate, device: row.device, scanned_at: row.scanned_at },
            received_at: row.received_at,
            by: Staff { id: row.scanned_by.into(), name: row.staff_name.unwrap_or_default() },
            obstacle: None,
            undone: None,
        };
        Some((key_of(scan), Decided { found: Some(found), obstacle: None, check_in: Some(check_in) }))
    });
    Ok(decisions.collect())
}

/// The looks by the places of their scans, from 1. Those whose tickets do not exist are not among them.
async fn look_at(
    connection: &mut AsyncPgConnection,
    event: EventId,
    opening: Opening,
    scans: &Columns,
) -> Result<HashMap<i64, Look>, Error> {
    if scans.ids.is_empty() {
        return Ok(HashMap::new());
    }
    let opens_at = if let Opening::From(opens_at) = opening { opens_at } else { None };
    let looks: Vec<Look> = diesel::sql_query(look())
        .bind::<PgUuid, _>(Uuid::from(event))
        .bind::<Array<PgUuid>, _>(&scans.ids)
        .bind::<Array<PgUuid>, _>(&scans.registrations)
        .bind::<Array<SmallInt>, _>(&scans.numbers)
        .bind::<Nullable<Timestamptz>, _>(opens_at)
        .load(connection)
        .await?;
    Ok(looks.into_iter().map(|look| (look.place, look)).collect())
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
    let found = Found {
        name: look.name,
        ticket_name: look.ticket_name,
        ticket_type: look.ticket_type.into(),
        seats: look.seats,
        admitted: look.admitted,
    };
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
    scans: &[Scan],
    decided: &[Decided],
) -> Result<(), Error> {
    let with_obstacle = |(scan, decided): (_, &Decided)| Some((scan, decided.obstacle?.as_str()));
    let mut kept: Vec<(&Scan, &str)> = scans.iter().zip(decided).filter_map(with_obstacle).collect();
    kept.retain(|(scan, _)| scan.let_in);
    if kept.is_empty() {
        return Ok(());
    }
    // In the order of tickets, for the reason that check_in has.
    kept.sort_by_key(|(scan, _)| scan.ticket);
    let kept: Vec<(&str, &Scan)> = kept.into_iter().map(|(scan, obstacle)| (obstacle, scan)).collect();
    let obstacles: Vec<&str> = kept.iter().map(|(obstacle, _)| *obstacle).collect();
    let columns = Columns::of(&kept);
    diesel::sql_query(KEEP)
        .bind::<PgUuid, _>(Uuid::from(event))
        .bind::<Array<PgUuid>, _>(&columns.ids)
        .bind::<Array<PgUuid>, _>(&columns.registrations)
        .bind::<Array<SmallInt>, _>(&columns.numbers)
        .bind::<Array<Text>, _>(&columns.gates)
        .bind::<Array<Text>, _>(&columns.devices)
        .bind::<Array<Timestamptz>, _>(&columns.scanned)
        .bind::<Array<PgUuid>, _>(&columns.by)
        .bind::<Array<Text>, _>(obstacles)
        .execute(connection)
        .await?;
    Ok(())
}
