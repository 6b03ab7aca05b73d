//! The statement that lets people in. Connections cache it: planning it takes longer than running it.

use chrono::{DateTime, Utc};
use diesel::sql_types::{Array, Bool, Nullable, SmallInt, Text, Timestamptz, Uuid as PgUuid};
use uuid::Uuid;

use crate::statements::statement;

/// The types of the columns that [`LetIn`] finds.
pub(crate) type LetInColumns = (
    PgUuid,
    PgUuid,
    SmallInt,
    Text,
    Text,
    Timestamptz,
    Timestamptz,
    PgUuid,
    SmallInt,
    SmallInt,
    Text,
    Nullable<Text>,
    Nullable<Text>,
    Array<SmallInt>,
);

statement! {
    /// Lets in whoever may, and tells of those: their check-ins, their bookings as they were locked, and the tickets of
    /// each that were in when the statement began. It looks the bookings up among its scans, and so it takes few of them:
    /// 500 at most. It repeats the rule of [`domain::check_ins::obstacle`], on the registrations as they are. A ticket that
    /// another scan lets in at the same moment is waited for, and then left. So is a registration of which tickets are
    /// ending ([`crate::statements::LockEnding`]), and it is then looked at again as it is by now.
    LetIn {
        event: Uuid,
        ids: Vec<Uuid>,
        registrations: Vec<Uuid>,
        numbers: Vec<i16>,
        gates: Vec<String>,
        devices: Vec<String>,
        scanned: Vec<DateTime<Utc>>,
        by: Vec<Uuid>,
        let_in: Vec<bool>,
        opens_at: Option<DateTime<Utc>>,
    } -> LetInColumns, [
        "with place as materialized (\
         select s.*, r.seats, r.ticket_type, person.name from unnest(" [ids as Array<PgUuid>] ", "
        [registrations as Array<PgUuid>] ", " [numbers as Array<SmallInt>] ", " [gates as Array<Text>] ", "
        [devices as Array<Text>] ", " [scanned as Array<Timestamptz>] ", " [by as Array<PgUuid>] ", "
        [let_in as Array<Bool>] ") with ordinality \
         as s (id, registration_id, ticket, gate, device, scanned_at, scanned_by, let_in, place) cross join lateral (\
         select status, seats, ticket_type, user_id from registrations where event_id = " [event as PgUuid] " \
         and id = s.registration_id limit 1 for key share) r cross join lateral (\
         select name, kind from users where id = r.user_id limit 1) person \
         where r.status = 'CONFIRMED' and s.ticket between 1 and r.seats and person.kind = 'PERSON' \
         and (s.let_in or coalesce(" [opens_at as Nullable<Timestamptz>] " <= statement_timestamp(), true))), \
         admitted as (\
         insert into check_ins (event_id, id, registration_id, ticket, gate, device, scanned_at, scanned_by) \
         select " [event as PgUuid] ", id, registration_id, ticket, gate, device, scanned_at, scanned_by from place \
         order by place on conflict do nothing \
         returning id, registration_id, ticket, gate, device, scanned_at, received_at, scanned_by) \
         select a.id, a.registration_id, a.ticket, a.gate, a.device, a.scanned_at, a.received_at, a.scanned_by, \
         found.seats, found.ticket_type, found.name, named.name, staff.name, before.numbers from admitted a cross join lateral (\
         select seats, ticket_type, name from place where registration_id = a.registration_id limit 1) found \
         left join lateral (select name from users where id = a.scanned_by limit 1) staff on true left join lateral (\
         select name from ticket_names where event_id = " [event as PgUuid] " and registration_id = a.registration_id \
         and ticket = a.ticket limit 1) named on true cross join lateral (\
         select array(select ticket from check_ins where event_id = " [event as PgUuid] " \
         and registration_id = a.registration_id and obstacle is null and undone_at is null order by ticket) as numbers\
         ) before"
    ]
}
