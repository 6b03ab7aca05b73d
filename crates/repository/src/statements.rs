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
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, Text, Timestamptz, Uuid as PgUuid};
use uuid::Uuid;

use crate::rows::{EventRow, REGISTRATION_COLUMNS, RegistrationColumns};
use crate::schema::events;

/// Makes a statement type of its fields and its text. `[field as Type]` binds a field, and
/// `[registration columns]` stands for the names of the columns that a registration is read from.
macro_rules! statement {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty),* $(,)? } -> $columns:ty, [$($part:tt)*]) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, QueryId)]
        pub(crate) struct $name { $(pub(crate) $field: $type),* }

        impl QueryFragment<Pg> for $name {
            fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
                $(statement!(@part self out $part);)*
                Ok(())
            }
        }

        impl Query for $name {
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

/// Locks the event's row.
#[diesel::dsl::auto_type(no_type_alias)]
pub(crate) fn lock(event: Uuid) -> _ {
    let row: diesel::dsl::AsSelect<EventRow, Pg> = EventRow::as_select();
    events::table.find(event).select(row).for_update()
}

statement! {
    /// The database's clock. The transaction's start would be too early: it was before the lock.
    Clock {} -> Timestamptz, ["select clock_timestamp()"]
}

statement! {
    /// All registrations of these people at the event. Cancelled ones are few
    /// ([`GIVEN_UP_PER_PERSON_MAX`](domain::limits::GIVEN_UP_PER_PERSON_MAX)). The `offset` keeps their part a lookup
    /// per person.
    OfBuyers { event: Uuid, event_again: Uuid, users: Vec<Uuid> } -> RegistrationColumns, [
        "select r.* from unnest(" [users as Array<PgUuid>] ") as buyer (user_id) \
         cross join lateral (\
         (select " [registration columns] " from registrations where event_id = " [event as PgUuid] " \
         and user_id = buyer.user_id and status <> 'CANCELLED' limit 1) \
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
    /// The head of the line: [`Questions::line_limit`](domain::admission::Questions::line_limit) people. The statement
    /// computes that limit itself, because the event's capacity is known only under the lock.
    Line {
        event: Uuid, at_least: i64, growth_at_most: i32, capacity_at_most: Option<i32>, event_again: Uuid,
    } -> RegistrationColumns, [
        "select " [registration columns] " from registrations where event_id = " [event as PgUuid] " \
         and status = 'WAITLISTED' order by decision limit " [at_least as BigInt] " + (select least("
        [growth_at_most as Integer] ", greatest(0, coalesce(" [capacity_at_most as Nullable<Integer>] ", 0) - capacity)) from events where id = " [event_again as PgUuid] ")"
    ]
}

statement! {
    /// The first active registrations, in the order of their index.
    Places { event: Uuid, at_most: i64 } -> RegistrationColumns, [
        "select " [registration columns] " from registrations where event_id = " [event as PgUuid] " \
         and status <> 'CANCELLED' order by user_id limit " [at_most as BigInt]
    ]
}

statement! {
    /// Inserts registrations. All of their times are the same.
    Insert {
        event: Uuid, registered_at: DateTime<Utc>, confirmed_at: DateTime<Utc>, cancelled_at: DateTime<Utc>,
        ids: Vec<Uuid>, users: Vec<Uuid>, statuses: Vec<&'static str>, decisions: Vec<i64>, confirmed: Vec<Option<i64>>,
        cancelled: Vec<Option<i64>>, keys: Vec<Option<String>>,
    } -> (), [
        "insert into registrations (event_id, registered_at, confirmed_at, cancelled_at, id, user_id, status, decision, \
         confirmed_decision, cancelled_decision, idempotency_key) select " [event as PgUuid] ", "
        [registered_at as Timestamptz] ", case when new.confirmed is not null then " [confirmed_at as Timestamptz]
        " end, case when new.cancelled is not null then " [cancelled_at as Timestamptz] " end, new.* from unnest("
        [ids as Array<PgUuid>] ", " [users as Array<PgUuid>] ", " [statuses as Array<Text>] ", "
        [decisions as Array<BigInt>] ", " [confirmed as Array<Nullable<BigInt>>] ", "
        [cancelled as Array<Nullable<BigInt>>] ", " [keys as Array<Nullable<Text>>]
        ") as new (id, user_id, status, decision, confirmed, cancelled, key)"
    ]
}

statement! {
    /// Promotes and cancels registrations. Fails unless it touches as many rows as expected.
    Update {
        ids: Vec<Uuid>, statuses: Vec<&'static str>, confirmed: Vec<Option<i64>>, cancelled: Vec<Option<i64>>,
        confirmed_at: Vec<Option<DateTime<Utc>>>, cancelled_at: Vec<Option<DateTime<Utc>>>, event: Uuid,
        event_again: Uuid, expected_rows: i64,
    } -> Integer, [
        "with touched as (update registrations r set status = changed.status, \
         confirmed_decision = changed.confirmed_decision, cancelled_decision = changed.cancelled_decision, \
         confirmed_at = changed.confirmed_at, cancelled_at = changed.cancelled_at from (\
         select wanted.*, found.ctid as place from unnest("
        [ids as Array<PgUuid>] ", " [statuses as Array<Text>] ", " [confirmed as Array<Nullable<BigInt>>] ", "
        [cancelled as Array<Nullable<BigInt>>] ", " [confirmed_at as Array<Nullable<Timestamptz>>] ", "
        [cancelled_at as Array<Nullable<Timestamptz>>] ") as wanted (id, status, confirmed_decision, \
         cancelled_decision, confirmed_at, cancelled_at) cross join lateral (\
         select ctid from registrations where event_id = " [event as PgUuid] " and id = wanted.id limit 1) found\
         ) changed where r.event_id = " [event_again as PgUuid] " and r.ctid = changed.place returning 1) \
         select case when count(*) = " [expected_rows as BigInt]
        " then 1 else (count(*) || ' rows were touched')::integer end from touched"
    ]
}

statement! {
    /// Stores why registrations were cancelled, unless their own people cancelled them. Batches rarely have any, so the
    /// other statements do without these columns. Fails unless it touches as many rows as expected.
    Explain {
        ids: Vec<Uuid>, causes: Vec<&'static str>, reasons: Vec<Option<String>>, may_book_again: Vec<Option<bool>>,
        event: Uuid, event_again: Uuid, expected_rows: i64,
    } -> Integer, [
        "with touched as (update registrations r set cancellation = changed.cancellation, \
         removal_reason = changed.removal_reason, may_book_again = changed.may_book_again from (\
         select wanted.*, found.ctid as place from unnest("
        [ids as Array<PgUuid>] ", " [causes as Array<Text>] ", " [reasons as Array<Nullable<Text>>] ", "
        [may_book_again as Array<Nullable<Bool>>] ") as wanted (id, cancellation, removal_reason, may_book_again) \
         cross join lateral (\
         select ctid from registrations where event_id = " [event as PgUuid] " and id = wanted.id limit 1) found\
         ) changed where r.event_id = " [event_again as PgUuid] " and r.ctid = changed.place returning 1) \
         select case when count(*) = " [expected_rows as BigInt]
        " then 1 else (count(*) || ' rows were touched')::integer end from touched"
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
    } -> (), [
        "insert into event_decisions (event_id, decided_at, decision, kind, value) select " [event as PgUuid] ", "
        [decided_at as Timestamptz] ", new.* from unnest(" [numbers as Array<BigInt>] ", " [kinds as Array<Text>] ", "
        [values as Array<Nullable<BigInt>>] ") as new"
    ]
}

statement! {
    /// Updates the event's counters, status and test flag, and adds to the figures of the minute. A minute without
    /// figures gets no row.
    Count {
        event: Uuid, event_again: Uuid, capacity: i32, seats_remaining: i32, waiting: i32, last_decision: i64,
        status: &'static str, under_test_since: Option<i64>, minute: DateTime<Utc>, confirmed: i64, waitlisted: i64,
        promoted: i64, cancelled: i64,
    } -> (), [
        "with counted as (update events set capacity = " [capacity as Integer] ", seats_remaining = "
        [seats_remaining as Integer] ", waiting = " [waiting as Integer] ", last_decision = " [last_decision as BigInt]
        ", status = " [status as Text] ", under_test_since = " [under_test_since as Nullable<BigInt>]
        " where id = " [event as PgUuid] ") \
         insert into event_figures as known (event_id, minute, confirmed, waitlisted, promoted, cancelled) select "
        [event_again as PgUuid] ", " [minute as Timestamptz] ", new.* from (values (" [confirmed as BigInt] ", "
        [waitlisted as BigInt] ", " [promoted as BigInt] ", " [cancelled as BigInt]
        ")) as new (confirmed, waitlisted, promoted, cancelled) \
         where new.confirmed + new.waitlisted + new.promoted + new.cancelled > 0 \
         on conflict (event_id, minute) do update set confirmed = known.confirmed + excluded.confirmed, \
         waitlisted = known.waitlisted + excluded.waitlisted, promoted = known.promoted + excluded.promoted, \
         cancelled = known.cancelled + excluded.cancelled"
    ]
}

/// The types of the columns that [`Tallies`] finds.
pub(crate) type TallyColumns = (PgUuid, Text, Integer, Integer, Integer, Nullable<BigInt>, BigInt, BigInt);

statement! {
    /// The counters of those of these events that are public. Each server reads them some times a second for all
    /// watched events. Only a cancelled event needs its history, to tell whether it was ever published. A lateral
    /// subquery looks that up event by event: for an `exists` the planner would hash the whole table.
    Tallies { ids: Vec<Uuid> } -> TallyColumns, [
        "select id, status, capacity, seats_remaining, waiting, under_test_since, edit_version, last_decision \
         from events where id = any(" [ids as Array<PgUuid>] ") and rehearsal_of is null and (status = 'PUBLISHED' \
         or (status = 'CANCELLED' and (select true from event_decisions \
         where event_id = events.id and kind = 'PUBLISHED' limit 1)))"
    ]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop loudly")]

    use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
    use domain::admission::Questions;
    use domain::limits::{CAPACITY_MAX, PROMOTIONS_PER_BATCH_MAX};

    use super::*;
    use crate::pools;
    use crate::rows::RegistrationRow;

    #[tokio::test(flavor = "multi_thread")]
    async fn the_line_is_looked_up_as_far_as_its_limit_says() {
        const CAPACITY: i32 = 3;
        let database = testdb::Database::new().await;
        let mut connection = pools::connect_once(&database.url(), testdb::patience::LIMIT).await.unwrap();
        let event = Uuid::now_v7();
        let waiting = PROMOTIONS_PER_BATCH_MAX + 10;
        connection
            .batch_execute(&format!(
                "alter table events disable trigger all; alter table registrations disable trigger all; \
                 insert into events (id, organizer_id, title, description, location, starts_at, ends_at, time_zone, \
                 capacity, seats_remaining, waiting, status) \
                 select '{event}', gen_random_uuid(), 'x', '', 'x', now(), now() + '1 h', 'UTC', \
                 {CAPACITY}, 0, {waiting}, 'PUBLISHED'; \
                 insert into registrations (event_id, id, user_id, status, decision, registered_at) \
                 select '{event}', gen_random_uuid(), gen_random_uuid(), 'WAITLISTED', n, now() \
                 from generate_series(1, {waiting}) n;"
            ))
            .await
            .unwrap();
        for (at_least, capacity_at_most) in [
            (0, None),
            (5, None),
            (0, Some(2)),
            (0, Some(3)),
            (2, Some(10)),
            (0, Some(CAPACITY_MAX)),
            (7, Some(CAPACITY_MAX)),
        ] {
            let questions = Questions { line_at_least: at_least, capacity_at_most, ..Questions::default() };
            let growth_at_most = PROMOTIONS_PER_BATCH_MAX;
            let line = Line { event, at_least, growth_at_most, capacity_at_most, event_again: event };
            let found: Vec<RegistrationRow> = line.load(&mut connection).await.unwrap();
            let limit = usize::try_from(questions.line_limit(CAPACITY)).unwrap();
            assert_eq!(found.len(), limit, "{at_least} {capacity_at_most:?}");
        }
    }
}
