//! The hot statements, written by hand. Diesel prepares an update, or an insert of many rows, on each use, which costs
//! a round trip under the lock. Connections cache these statements.
//!
//! Three rules keep their plans good on an event that the statistics have not seen. Session settings help
//! ([`crate::pools`]).
//! - A status is a literal. A bound one cannot prove the condition of a partial index in a generic plan.
//! - People and registrations are looked up one by one, by a lateral join. With `= any($2)` beside `event_id = $1` the planner
//!   walks the whole event. A `limit` or an `offset` keeps it from reordering the join.
//! - Rows to change are found by key in the same way, and then updated by `ctid`. Nobody else writes them while the event is
//!   locked.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, SmallInt, Text, Timestamptz, Uuid as PgUuid};
use domain::limits::NEWS_PER_ROW_MAX;
use uuid::Uuid;

use crate::rows::{EventRow, REGISTRATION_COLUMNS, RegistrationColumns};
use crate::schema::events;

/// Makes a statement type of its fields and its text. `[field as Type]` binds a field, and
/// `[registration columns]` stands for the names of the columns that a registration is read from.
macro_rules! statement {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty),* $(,)? } -> $columns:ty, [$($part:tt)*]) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, diesel::query_builder::QueryId)]
        pub(crate) struct $name { $(pub(crate) $field: $type),* }

        impl diesel::query_builder::QueryFragment<diesel::pg::Pg> for $name {
            fn walk_ast<'b>(
                &'b self,
                mut out: diesel::query_builder::AstPass<'_, 'b, diesel::pg::Pg>,
            ) -> diesel::QueryResult<()> {
                $(statement!(@part self out $part);)*
                Ok(())
            }
        }

        impl diesel::query_builder::Query for $name {
            type SqlType = $columns;
        }

        impl<C> diesel::query_dsl::RunQueryDsl<C> for $name {}
    };
    (@part $self:ident $out:ident [registration columns]) => {
        $out.push_sql(REGISTRATION_COLUMNS);
    };
    (@part $self:ident $out:ident [$field:ident as $type:ty]) => {
        $out.push_bind_param::<$type, _>(&$self.$field)?;
    };
    (@part $self:ident $out:ident $text:literal) => {
        $out.push_sql($text);
    };
}
pub(crate) use statement;

/// Locks the event's row.
#[diesel::dsl::auto_type(no_type_alias)]
pub(crate) fn lock(event: Uuid) -> _ {
    let row: diesel::dsl::AsSelect<EventRow, Pg> = EventRow::as_select();
    events::table.find(event).select(row).for_update()
}

/// The types of the columns that [`Types`] finds.
pub(crate) type TypeColumns = (
    Timestamptz,
    (
        PgUuid,
        SmallInt,
        Text,
        Integer,
        Integer,
        Integer,
        Integer,
        Integer,
        Nullable<Timestamptz>,
        Integer,
        Bool,
        BigInt,
        BigInt,
        BigInt,
    ),
);

statement! {
    /// The event's ticket types, each with the database's clock. The transaction's start would be too early: it was
    /// before the lock.
    Types { event: Uuid } -> TypeColumns, [
        "select clock_timestamp(), event_id, number, name, capacity, seats_remaining, waiting, seats_wanted, head_wants, \
         idle_since, seats_per_registration, is_used, money_taken, money_held, money_owed \
         from ticket_types where event_id = " [event as PgUuid] " order by number"
    ]
}

/// The types of the columns that [`Prices`] finds.
pub(crate) type PriceColumns = (
    PgUuid,
    SmallInt,
    SmallInt,
    Text,
    BigInt,
    Nullable<Timestamptz>,
    Nullable<Timestamptz>,
    Nullable<Integer>,
    Nullable<Text>,
    Bool,
    Integer,
    Bool,
);

statement! {
    /// The event's prices.
    Prices { event: Uuid } -> PriceColumns, [
        "select event_id, number, ticket_type, name, amount, opens_at, closes_at, seat_limit, code, is_closed, standing, \
         is_used from prices where event_id = " [event as PgUuid] " order by number"
    ]
}

statement! {
    /// All registrations of these people at the event. Cancelled ones are few
    /// ([`GIVEN_UP_PER_PERSON_MAX`](domain::limits::GIVEN_UP_PER_PERSON_MAX)). The `offset` keeps their part a lookup
    /// per person.
    OfBuyers { event: Uuid, event_again: Uuid, users: Vec<Uuid> } -> RegistrationColumns, [
        "select r.* from unnest(" [users as Array<PgUuid>] ") as buyer (user_id) \
         cross join lateral (\
         (select " [registration columns] " from registrations where event_id = " [event as PgUuid] " \
         and user_id = buyer.user_id and status <> 'CANCELLED' offset 0) \
         union all \
         (select " [registration columns] " from registrations where event_id = " [event_again as PgUuid] " \
         and user_id = buyer.user_id and status = 'CANCELLED' offset 0)\
         ) r"
    ]
}

statement! {
    /// Those of these registrations that the event has.
    ById { event: Uuid, ids: Vec<Uuid> } -> RegistrationColumns, [
        "select r.* from unnest(" [ids as Array<PgUuid>] ") as wanted (id) \
         cross join lateral (\
         select " [registration columns] " from registrations where event_id = " [event as PgUuid] " \
         and id = wanted.id limit 1) r"
    ]
}

statement! {
    /// The heads of the lines: of each type so many as [`Questions::line_limit`](domain::admission::Questions::line_limit)
    /// says. The statement computes that limit itself, because the counts are known only under the lock. `moving` are
    /// the registrations that may free seats or leave a line.
    Lines {
        moving: Vec<Uuid>, event: Uuid, event_of_line: Uuid, promotions_at_most: i32, capacity_at_most: Option<i32>,
        event_of_types: Uuid, capacity_again: Option<i32>,
    } -> RegistrationColumns, [
        "with moved as materialized (select found.ticket_type, \
         coalesce(sum(found.seats) filter (where found.status <> 'WAITLISTED'), 0) as freed, \
         count(*) filter (where found.status = 'WAITLISTED') as leaving \
         from (select distinct unnest(" [moving as Array<PgUuid>] ")) as wanted (id) cross join lateral (\
         select ticket_type, seats, status from registrations where event_id = " [event as PgUuid] " \
         and id = wanted.id limit 1) found where found.status <> 'CANCELLED' group by found.ticket_type) \
         select line.* from ticket_types t left join moved on moved.ticket_type = t.number cross join lateral (\
         select " [registration columns] " from registrations where event_id = " [event_of_line as PgUuid] " \
         and ticket_type = t.number and status = 'WAITLISTED' order by decision limit least("
        [promotions_at_most as Integer] ", coalesce(moved.freed, 0) + t.seats_remaining + greatest(0, coalesce("
        [capacity_at_most as Nullable<Integer>] ", 0) - t.capacity)) + coalesce(moved.leaving, 0) + 1) line \
         where t.event_id = " [event_of_types as PgUuid] " and t.waiting > 0 and (moved.ticket_type is not null or "
        [capacity_again as Nullable<Integer>] " is not null)"
    ]
}

statement! {
    /// Registrations at the ends of the lines: those of the last type first, and each line from its end.
    Tails { event: Uuid, at_most: i64 } -> RegistrationColumns, [
        "select " [registration columns] " from registrations where event_id = " [event as PgUuid] " \
         and status = 'WAITLISTED' order by ticket_type desc, decision desc limit " [at_most as BigInt]
    ]
}

statement! {
    /// The first active registrations, in the order of their ids.
    Places { event: Uuid, at_most: i64 } -> RegistrationColumns, [
        "select " [registration columns] " from registrations where event_id = " [event as PgUuid] " \
         and status <> 'CANCELLED' order by id limit " [at_most as BigInt]
    ]
}

statement! {
    /// Locks registrations of which tickets may end, in the order of their ids. A check-in with such a ticket holds the
    /// row until it is committed, and waits for this lock in the same way. It finds nothing.
    LockEnding { event: Uuid, ids: Vec<Uuid> } -> (), [
        "select from unnest(" [ids as Array<PgUuid>] ") as wanted (id) cross join lateral (\
         select from registrations where event_id = " [event as PgUuid] " and id = wanted.id limit 1 for update) r"
    ]
}

/// The types of the columns that [`Admitted`] finds.
pub(crate) type AdmittedColumns = (PgUuid, Nullable<SmallInt>);

statement! {
    /// Of each of these registrations, the highest number of a ticket that somebody is in with.
    Admitted { event: Uuid, ids: Vec<Uuid> } -> AdmittedColumns, [
        "select wanted.id, entered.ticket from unnest(" [ids as Array<PgUuid>] ") as wanted (id) cross join lateral (\
         select max(ticket) as ticket from check_ins where event_id = " [event as PgUuid] " \
         and registration_id = wanted.id and obstacle is null and undone_at is null) entered"
    ]
}

/// The types of the columns that [`Payments`] finds.
pub(crate) type PaymentColumns = (PgUuid, PgUuid, BigInt, BigInt, Nullable<PgUuid>, Nullable<BigInt>, Nullable<PgUuid>);

statement! {
    /// Those of these payments that the event has.
    Payments { event: Uuid, ids: Vec<Uuid> } -> PaymentColumns, [
        "select p.* from unnest(" [ids as Array<PgUuid>] ") as wanted (id) cross join lateral (\
         select id, registration_id, amount, decision, marked_by, taken_back_decision, taken_back_by from payments \
         where event_id = " [event as PgUuid] " and id = wanted.id limit 1) p"
    ]
}

statement! {
    /// Inserts registrations. All of their times are the same.
    ///
    /// `unnest` fills up arrays that are too short with nulls, and a null stands for what nearly all registrations have:
    /// one seat of type 1 at price 1, for nothing. An array of a column in which all have that is empty, so that a sale
    /// of single seats pays nothing for it.
    Insert {
        event: Uuid, registered_at: DateTime<Utc>, seated_at: DateTime<Utc>, cancelled_at: DateTime<Utc>,
        paid_at: DateTime<Utc>, ids: Vec<Uuid>, users: Vec<Uuid>, statuses: Vec<&'static str>, decisions: Vec<i64>,
        seated: Vec<Option<i64>>, cancelled: Vec<Option<i64>>, keys: Vec<Option<String>>, types: Vec<Option<i16>>,
        booked: Vec<Option<i16>>, seats: Vec<Option<i16>>, prices: Vec<Option<i16>>, splits: Vec<Option<String>>,
        amounts: Vec<Option<i64>>, held_until: Vec<Option<DateTime<Utc>>>, lapses_at: Vec<Option<DateTime<Utc>>>,
        paid: Vec<Option<i64>>, paid_amounts: Vec<Option<i64>>, owed: Vec<Option<i64>>,
        causes: Vec<Option<&'static str>>, reasons: Vec<Option<String>>, may_book_again: Vec<Option<bool>>,
    } -> (), [
        "insert into registrations (event_id, registered_at, seated_at, cancelled_at, paid_at, id, user_id, status, \
         decision, seated_decision, cancelled_decision, idempotency_key, ticket_type, seats_booked, seats, price, split, \
         amount, held_until, lapses_at, paid_decision, paid_amount, owed, cancellation, removal_reason, may_book_again) \
         select " [event as PgUuid] ", " [registered_at as Timestamptz] ", case when new.seated is not null then "
        [seated_at as Timestamptz] " end, case when new.cancelled is not null then " [cancelled_at as Timestamptz]
        " end, case when new.paid is not null then " [paid_at as Timestamptz] " end, new.id, new.user_id, new.status, \
         new.decision, new.seated, new.cancelled, new.key, coalesce(new.ticket_type, 1), coalesce(new.booked, 1), \
         coalesce(new.seats, 1), case when new.split is null then coalesce(new.price, 1) end, new.split::smallint[], \
         coalesce(new.amount, 0), new.held_until, new.lapses_at, new.paid, new.paid_amount, coalesce(new.owed, 0), \
         new.cause, new.reason, new.may_book_again from unnest("
        [ids as Array<PgUuid>] ", " [users as Array<PgUuid>] ", " [statuses as Array<Text>] ", "
        [decisions as Array<BigInt>] ", " [seated as Array<Nullable<BigInt>>] ", "
        [cancelled as Array<Nullable<BigInt>>] ", " [keys as Array<Nullable<Text>>] ", "
        [types as Array<Nullable<SmallInt>>] ", " [booked as Array<Nullable<SmallInt>>] ", "
        [seats as Array<Nullable<SmallInt>>] ", " [prices as Array<Nullable<SmallInt>>] ", "
        [splits as Array<Nullable<Text>>] ", " [amounts as Array<Nullable<BigInt>>] ", "
        [held_until as Array<Nullable<Timestamptz>>] ", " [lapses_at as Array<Nullable<Timestamptz>>] ", "
        [paid as Array<Nullable<BigInt>>] ", " [paid_amounts as Array<Nullable<BigInt>>] ", "
        [owed as Array<Nullable<BigInt>>] ", " [causes as Array<Nullable<Text>>] ", "
        [reasons as Array<Nullable<Text>>] ", " [may_book_again as Array<Nullable<Bool>>]
        ") as new (id, user_id, status, decision, seated, cancelled, key, ticket_type, booked, seats, price, split, \
         amount, held_until, lapses_at, paid, paid_amount, owed, cause, reason, may_book_again)"
    ]
}

statement! {
    /// Gives registrations their present state, whatever of it has changed; nulls stand for the same as in [`Insert`].
    /// Fails unless it touches as many rows as expected.
    Update {
        ids: Vec<Uuid>, statuses: Vec<&'static str>, seated: Vec<Option<i64>>, cancelled: Vec<Option<i64>>,
        seated_at: Vec<Option<DateTime<Utc>>>, cancelled_at: Vec<Option<DateTime<Utc>>>, seats: Vec<Option<i16>>,
        prices: Vec<Option<i16>>, splits: Vec<Option<String>>, amounts: Vec<Option<i64>>,
        held_until: Vec<Option<DateTime<Utc>>>, lapses_at: Vec<Option<DateTime<Utc>>>, paid: Vec<Option<i64>>,
        paid_at: Vec<Option<DateTime<Utc>>>, paid_amounts: Vec<Option<i64>>, owed: Vec<Option<i64>>,
        causes: Vec<Option<&'static str>>, reasons: Vec<Option<String>>, may_book_again: Vec<Option<bool>>,
        event: Uuid, event_again: Uuid, expected_rows: i64,
    } -> Integer, [
        "with touched as (update registrations r set status = changed.status, \
         seated_decision = changed.seated, cancelled_decision = changed.cancelled, seated_at = changed.seated_at, \
         cancelled_at = changed.cancelled_at, seats = coalesce(changed.seats, 1), \
         price = case when changed.split is null then coalesce(changed.price, 1) end, \
         split = changed.split::smallint[], amount = coalesce(changed.amount, 0), held_until = changed.held_until, \
         lapses_at = changed.lapses_at, paid_decision = changed.paid, paid_at = changed.paid_at, \
         paid_amount = changed.paid_amount, owed = coalesce(changed.owed, 0), cancellation = changed.cause, \
         removal_reason = changed.reason, may_book_again = changed.may_book_again from (\
         select wanted.*, found.ctid as place from unnest("
        [ids as Array<PgUuid>] ", " [statuses as Array<Text>] ", " [seated as Array<Nullable<BigInt>>] ", "
        [cancelled as Array<Nullable<BigInt>>] ", " [seated_at as Array<Nullable<Timestamptz>>] ", "
        [cancelled_at as Array<Nullable<Timestamptz>>] ", " [seats as Array<Nullable<SmallInt>>] ", "
        [prices as Array<Nullable<SmallInt>>] ", " [splits as Array<Nullable<Text>>] ", "
        [amounts as Array<Nullable<BigInt>>] ", " [held_until as Array<Nullable<Timestamptz>>] ", "
        [lapses_at as Array<Nullable<Timestamptz>>] ", " [paid as Array<Nullable<BigInt>>] ", "
        [paid_at as Array<Nullable<Timestamptz>>] ", " [paid_amounts as Array<Nullable<BigInt>>] ", "
        [owed as Array<Nullable<BigInt>>] ", " [causes as Array<Nullable<Text>>] ", "
        [reasons as Array<Nullable<Text>>] ", " [may_book_again as Array<Nullable<Bool>>]
        ") as wanted (id, status, seated, cancelled, seated_at, cancelled_at, seats, price, split, amount, held_until, \
         lapses_at, paid, paid_at, paid_amount, owed, cause, reason, may_book_again) cross join lateral (\
         select ctid from registrations where event_id = " [event as PgUuid] " and id = wanted.id limit 1) found\
         ) changed where r.event_id = " [event_again as PgUuid] " and r.ctid = changed.place returning 1) \
         select case when count(*) = " [expected_rows as BigInt]
        " then 1 else (count(*) || ' rows were touched')::integer end from touched"
    ]
}

statement! {
    /// Stores payments that were marked, and what has been taken back.
    Pay {
        event: Uuid, now: DateTime<Utc>, ids: Vec<Uuid>, registrations: Vec<Uuid>, amounts: Vec<i64>,
        decisions: Vec<i64>, marked_by: Vec<Option<Uuid>>, taken_back: Vec<Option<i64>>,
        taken_back_by: Vec<Option<Uuid>>,
    } -> (), [
        "insert into payments (event_id, marked_at, id, registration_id, amount, decision, marked_by, \
         taken_back_decision, taken_back_by, taken_back_at) select " [event as PgUuid] ", moment.now, new.*, \
         case when new.taken_back is not null then moment.now end from (select " [now as Timestamptz] ") as moment (now), \
         unnest(" [ids as Array<PgUuid>] ", " [registrations as Array<PgUuid>] ", " [amounts as Array<BigInt>] ", "
        [decisions as Array<BigInt>] ", " [marked_by as Array<Nullable<PgUuid>>] ", "
        [taken_back as Array<Nullable<BigInt>>] ", " [taken_back_by as Array<Nullable<PgUuid>>]
        ") as new (id, registration_id, amount, decision, marked_by, taken_back, taken_back_by) \
         on conflict (event_id, id) do update set taken_back_decision = excluded.taken_back_decision, \
         taken_back_at = excluded.taken_back_at, taken_back_by = excluded.taken_back_by"
    ]
}

statement! {
    /// Deletes simulated registrations. Fails unless it touches as many rows as expected.
    Delete { ids: Vec<Uuid>, event: Uuid, event_again: Uuid, expected_rows: i64 } -> Integer, [
        "with touched as (delete from registrations r using (select found.ctid as place from unnest("
        [ids as Array<PgUuid>] ") as wanted (id) cross join lateral (\
         select ctid from registrations where event_id = " [event as PgUuid] " and id = wanted.id limit 1) found\
         ) gone where r.event_id = " [event_again as PgUuid] " and r.ctid = gone.place returning 1) \
         select case when count(*) = " [expected_rows as BigInt]
        " then 1 else (count(*) || ' rows were touched')::integer end from touched"
    ]
}

statement! {
    /// Adds entries to the event's history.
    Record {
        event: Uuid, decided_at: DateTime<Utc>, numbers: Vec<i64>, kinds: Vec<&'static str>, values: Vec<Option<i64>>,
        types: Vec<Option<i16>>, prices: Vec<Option<i16>>, registrations: Vec<Option<Uuid>>,
        splits: Vec<Option<String>>,
    } -> (), [
        "insert into event_decisions (event_id, decided_at, decision, kind, value, ticket_type, price, registration_id, \
         split) select " [event as PgUuid] ", " [decided_at as Timestamptz] ", new.number, new.kind, new.value, \
         new.ticket_type, new.price, new.registration_id, new.split::smallint[] from unnest("
        [numbers as Array<BigInt>] ", " [kinds as Array<Text>] ", " [values as Array<Nullable<BigInt>>] ", "
        [types as Array<Nullable<SmallInt>>] ", " [prices as Array<Nullable<SmallInt>>] ", "
        [registrations as Array<Nullable<PgUuid>>] ", " [splits as Array<Nullable<Text>>]
        ") as new (number, kind, value, ticket_type, price, registration_id, split)"
    ]
}

statement! {
    /// Updates the counts of the event, of its types and of its prices, the event's status and test flag, and adds to
    /// the figures of the minute. A minute without figures gets no row.
    Count {
        event: Uuid, event_of_figures: Uuid, event_of_types: Uuid, event_of_prices: Uuid, capacity: i32,
        seats_remaining: i32, waiting: i32, last_decision: i64, status: &'static str, under_test_since: Option<i64>,
        types: Vec<i16>, type_capacities: Vec<i32>, type_remaining: Vec<i32>, type_waiting: Vec<i32>,
        seats_wanted: Vec<i32>, head_wants: Vec<i32>, idle_since: Vec<Option<DateTime<Utc>>>, types_used: Vec<bool>,
        taken: Vec<i64>, held: Vec<i64>, owed: Vec<i64>, prices: Vec<i16>, standing: Vec<i32>, prices_used: Vec<bool>,
        minute: DateTime<Utc>, confirmed: i64, waitlisted: i64, promoted: i64, cancelled: i64,
    } -> (), [
        "with counted as (update events set capacity = " [capacity as Integer] ", seats_remaining = "
        [seats_remaining as Integer] ", waiting = " [waiting as Integer] ", last_decision = " [last_decision as BigInt]
        ", status = " [status as Text] ", under_test_since = " [under_test_since as Nullable<BigInt>]
        " where id = " [event as PgUuid] "), of_types as (update ticket_types t set capacity = new.capacity, \
         seats_remaining = new.remaining, waiting = new.waiting, seats_wanted = new.wanted, head_wants = new.head_wants, \
         idle_since = new.idle_since, is_used = new.is_used, money_taken = new.taken, money_held = new.held, \
         money_owed = new.owed from unnest("
        [types as Array<SmallInt>] ", " [type_capacities as Array<Integer>] ", " [type_remaining as Array<Integer>] ", "
        [type_waiting as Array<Integer>] ", " [seats_wanted as Array<Integer>] ", " [head_wants as Array<Integer>] ", "
        [idle_since as Array<Nullable<Timestamptz>>] ", " [types_used as Array<Bool>] ", " [taken as Array<BigInt>] ", "
        [held as Array<BigInt>] ", " [owed as Array<BigInt>] ") as new (number, capacity, remaining, waiting, wanted, \
         head_wants, idle_since, is_used, taken, held, owed) where t.event_id = " [event_of_types as PgUuid] " \
         and t.number = new.number), \
         of_prices as (update prices p set standing = new.standing, is_used = new.is_used from unnest("
        [prices as Array<SmallInt>] ", " [standing as Array<Integer>] ", " [prices_used as Array<Bool>]
        ") as new (number, standing, is_used) where p.event_id = " [event_of_prices as PgUuid]
        " and p.number = new.number) \
         insert into event_figures as known (event_id, minute, confirmed, waitlisted, promoted, cancelled) select "
        [event_of_figures as PgUuid] ", " [minute as Timestamptz] ", new.* from (values (" [confirmed as BigInt] ", "
        [waitlisted as BigInt] ", " [promoted as BigInt] ", " [cancelled as BigInt]
        ")) as new (confirmed, waitlisted, promoted, cancelled) \
         where new.confirmed + new.waitlisted + new.promoted + new.cancelled > 0 \
         on conflict (event_id, minute) do update set confirmed = known.confirmed + excluded.confirmed, \
         waitlisted = known.waitlisted + excluded.waitlisted, promoted = known.promoted + excluded.promoted, \
         cancelled = known.cancelled + excluded.cancelled"
    ]
}

statement! {
    /// Writes down what must be heard of, 1,000 registrations in a row ([`NEWS_PER_ROW_MAX`]). Nothing leaves no row.
    Journal {
        ids: Vec<Uuid>, news: Vec<&'static str>, event: Uuid, decision: i64, written_at: DateTime<Utc>,
    } -> (), [
        "with heard as (select " [ids as Array<PgUuid>] " as ids, " [news as Array<Text>] " as news) \
         insert into journal (event_id, decision, written_at, news, registrations) select " [event as PgUuid] ", "
        [decision as BigInt] ", " [written_at as Timestamptz] ", case part when 0 then news else '{}' end, \
         ids[part * 1000 + 1 : (part + 1) * 1000] from heard cross join lateral \
         generate_series(0, greatest(cardinality(ids) - 1, 0) / 1000) as part \
         where cardinality(ids) + cardinality(news) > 0"
    ]
}

const _: () = assert!(NEWS_PER_ROW_MAX == 1000, "the statement has the number");

/// The types of the columns that [`Tallies`] finds.
pub(crate) type TallyColumns = (
    PgUuid,
    Text,
    Integer,
    Integer,
    Integer,
    Nullable<BigInt>,
    BigInt,
    BigInt,
    Array<SmallInt>,
    Array<Integer>,
    Array<Integer>,
    Array<Integer>,
);

statement! {
    /// The counters of those of these events that are public. Each server reads them some times a second for all
    /// watched events. Only a cancelled event needs its history, to tell whether it was ever published. A lateral
    /// subquery looks that up event by event: for an `exists` the planner would hash the whole table.
    Tallies { ids: Vec<Uuid> } -> TallyColumns, [
        "select id, status, capacity, seats_remaining, waiting, under_test_since, edit_version, last_decision, \
         of_types.* from events cross join lateral (select array_agg(number order by number), \
         array_agg(t.capacity order by number), array_agg(t.seats_remaining order by number), \
         array_agg(t.waiting order by number) from ticket_types t where t.event_id = events.id) of_types \
         where id = any(" [ids as Array<PgUuid>] ") and rehearsal_of is null and (status = 'PUBLISHED' \
         or (status = 'CANCELLED' and (select true from event_decisions \
         where event_id = events.id and kind = 'PUBLISHED' limit 1)))"
    ]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop loudly")]

    use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
    use domain::admission::{MovingLine, Questions};
    use domain::limits::{CAPACITY_MAX, PROMOTIONS_PER_BATCH_MAX};

    use super::*;
    use crate::pools;
    use crate::rows::RegistrationRow;

    #[tokio::test(flavor = "multi_thread")]
    async fn lines_are_looked_up_as_far_as_their_limit_says() {
        const CAPACITY: i32 = 9;
        let database = testdb::Database::new().await;
        let mut connection = pools::connect_once(&database.url(), testdb::patience::LIMIT).await.unwrap();
        let event = Uuid::now_v7();
        let waiting = PROMOTIONS_PER_BATCH_MAX + 10;
        // Of type 1 and of type 2 each two registrations of 3 seats have some, and 2 seats remain.
        connection
            .batch_execute(&format!(
                "alter table events disable trigger all; alter table registrations disable trigger all; \
                 alter table ticket_types disable trigger all; \
                 insert into ticket_types (event_id, number, name, capacity, seats_remaining, waiting, seats_wanted, \
                 head_wants, seats_per_registration, idle_since) \
                 select '{event}', n, 'x', {CAPACITY}, 2, {waiting}, 3 * {waiting}, 3, 3, now() from generate_series(1, 2) n; \
                 insert into registrations (event_id, id, user_id, status, decision, seated_decision, registered_at, \
                 seated_at, ticket_type, seats, seats_booked) \
                 select '{event}', lpad((n * 10 + t)::text, 32, '0')::uuid, gen_random_uuid(), 'CONFIRMED', n, n, now(), \
                 now(), t, 3, 3 from generate_series(1, 2) n, generate_series(1, 2) t; \
                 insert into registrations (event_id, id, user_id, status, decision, registered_at, ticket_type, seats, \
                 seats_booked) \
                 select '{event}', lpad((n * 10 + t)::text, 32, '0')::uuid, gen_random_uuid(), 'WAITLISTED', n, now(), \
                 t, 3, 3 from generate_series(3, {waiting} + 2) n, generate_series(1, 2) t;"
            ))
            .await
            .unwrap();
        let id = |n: u128, of: u128| Uuid::parse_str(&format!("{:032}", n * 10 + of)).unwrap();
        for (moving, capacity_at_most) in [
            (vec![], None),
            (vec![id(1, 1)], None),
            (vec![id(1, 1), id(2, 2), id(2, 1), id(1, 1)], None),
            (vec![id(5, 2), id(7, 2)], None),
            (vec![], Some(2)),
            (vec![id(4, 1)], Some(CAPACITY + 5)),
            (vec![], Some(CAPACITY_MAX)),
            (vec![id(1, 1), id(9, 1)], Some(CAPACITY_MAX)),
        ] {
            let lines = Lines {
                moving: moving.clone(),
                event,
                event_of_line: event,
                promotions_at_most: PROMOTIONS_PER_BATCH_MAX,
                capacity_at_most,
                event_of_types: event,
                capacity_again: capacity_at_most,
            };
            let found: Vec<RegistrationRow> = lines.load(&mut connection).await.unwrap();
            let questions = Questions { capacity_at_most, ..Questions::default() };
            let distinct: std::collections::BTreeSet<_> = moving.iter().collect();
            for of in 1..=2_u128 {
                let is_of = |id: &&&Uuid| id.as_u128() % 16 == of;
                let has_seats = |id: &&&Uuid| **id < &Uuid::parse_str(&format!("{:032}", 30)).unwrap();
                let mine = || distinct.iter().filter(is_of);
                let limit = questions.line_limit(MovingLine {
                    capacity: CAPACITY,
                    remaining: 2,
                    waiting,
                    freed: mine().filter(has_seats).map(|_| 3).sum(),
                    leaving: mine().filter(|id| !has_seats(id)).map(|_| 1).sum(),
                });
                let line: Vec<i64> = found
                    .iter()
                    .filter(|row| row.ticket_type == i16::try_from(of).unwrap())
                    .map(|row| row.decision)
                    .collect();
                assert_eq!(line.len(), usize::try_from(limit).unwrap(), "{of} {moving:?} {capacity_at_most:?}");
                assert!(line.iter().copied().eq((3..).take(line.len())), "in order from its head");
            }
        }
    }
}
