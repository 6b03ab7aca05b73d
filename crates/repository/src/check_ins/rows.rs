//! Rows of check-ins, with the names of those who work at the door.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Nullable, SmallInt, Text, Timestamptz, Uuid as PgUuid};
use domain::check_ins::{CheckIn, Obstacle, ScanPlace, Staff, Ticket, Undone};
use uuid::Uuid;

use crate::errors::Error;
use crate::rows;

/// The columns of a check-in `c`, as [`CheckInRow`] reads them.
pub(super) const COLUMNS: &str = "\
    c.id as check_in_id, c.registration_id as of_registration, c.ticket as of_ticket, c.gate, c.device, c.scanned_at, \
    c.received_at, c.scanned_by, staff.name as scanned_by_name, c.obstacle, c.undone_at, c.undone_by, \
    undoer.name as undone_by_name, c.undone_reason";

/// The names that [`COLUMNS`] have: each person is looked up by key.
pub(super) const NAMES: &str = "\
    left join lateral (select name from users where id = c.scanned_by limit 1) staff on true \
    left join lateral (select name from users where id = c.undone_by limit 1) undoer on true";

#[derive(QueryableByName)]
pub(super) struct CheckInRow {
    #[diesel(sql_type = PgUuid)]
    pub(super) check_in_id: Uuid,
    #[diesel(sql_type = PgUuid)]
    of_registration: Uuid,
    #[diesel(sql_type = SmallInt)]
    of_ticket: i16,
    #[diesel(sql_type = Text)]
    gate: String,
    #[diesel(sql_type = Text)]
    device: String,
    #[diesel(sql_type = Timestamptz)]
    scanned_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    received_at: DateTime<Utc>,
    #[diesel(sql_type = PgUuid)]
    scanned_by: Uuid,
    #[diesel(sql_type = Nullable<Text>)]
    scanned_by_name: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    obstacle: Option<String>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    undone_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<PgUuid>)]
    undone_by: Option<Uuid>,
    #[diesel(sql_type = Nullable<Text>)]
    undone_by_name: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    undone_reason: Option<String>,
}

impl TryFrom<CheckInRow> for CheckIn {
    type Error = Error;

    fn try_from(row: CheckInRow) -> Result<Self, Error> {
        let staff = |id: Uuid, name: Option<String>| Staff { id: id.into(), name: name.unwrap_or_default() };
        let undone = match (row.undone_at, row.undone_by, row.undone_reason) {
            (Some(at), Some(by), Some(reason)) => Some(Undone { at, by: staff(by, row.undone_by_name), reason }),
            _ => None,
        };
        Ok(Self {
            id: row.check_in_id.into(),
            ticket: Ticket { registration: row.of_registration.into(), number: row.of_ticket },
            place: ScanPlace { gate: row.gate, device: row.device, scanned_at: row.scanned_at },
            received_at: row.received_at,
            by: staff(row.scanned_by, row.scanned_by_name),
            obstacle: row.obstacle.as_deref().map(obstacle_named).transpose()?,
            undone,
        })
    }
}

/// The obstacle that the database calls `name`.
pub(super) fn obstacle_named(name: &str) -> Result<Obstacle, Error> {
    rows::named(&Obstacle::ALL, Obstacle::as_str, name)
}
