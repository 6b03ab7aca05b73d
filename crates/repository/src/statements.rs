//! The hot statements, written by hand: diesel prepares an UPDATE or an insert of many rows anew each time, at the cost
//! of a round trip under the lock; these are cached by each connection.
//!
//! Three rules keep their plans good on an event that the statistics have not seen, beside what the sessions are told
//! ([`crate::pools`]). A status is a literal, because a bound one cannot prove a partial index's condition in a generic
//! plan. People and registrations are looked up one by one through a lateral join, because `= any($2)` beside
//! `event_id = $1` makes the planner walk all of the event; and behind a `limit` or an `offset`, because it would otherwise
//! join the two in the order that it likes. What is changed is found in the same way, and then by where it is (`ctid`):
//! nobody else writes it while the event is locked.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::{Array, BigInt, Integer, Nullable, Text, Timestamptz, Uuid as PgUuid};
use uuid::Uuid;

use crate::rows::{RegistrationColumns, TallyColumns};

/// Makes a statement type out of its fields and its text; `[field as Type]` binds a field.
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
    (@part $self:ident $out:ident [$field:ident as $type:ty]) => {
        $out.push_bind_param::<$type, _>(&$self.$field)?;
    };
    (@part $self:ident $out:ident $text:literal) => {
        $out.push_sql($text);
    };
}

statement! {
    /// The database's clock. Not the transaction's start: that was before the lock.
    Clock {} -> Timestamptz, ["select clock_timestamp()"]
}

statement! {
    /// What stands for each of these people, and the places that they gave up, which are few
    /// ([`GIVEN_UP_PER_PERSON_MAX`](domain::limits::GIVEN_UP_PER_PERSON_MAX)). What an offset is written behind stays a
    /// look-up for each.
    Standing { event: Uuid, event_again: Uuid, users: Vec<Uuid> } -> RegistrationColumns, [
        "select r.* from unnest(" [users as Array<PgUuid>] ") as buyer (user_id) \
         cross join lateral (\
         (select id, user_id, status, decision, confirmed_decision, cancelled_decision, idempotency_key, \
         registered_at, confirmed_at, cancelled_at \
         from registrations where event_id = " [event as PgUuid] " and user_id = buyer.user_id \
         and status <> 'CANCELLED' limit 1) \
         union all \
         (select id, user_id, status, decision, confirmed_decision, cancelled_decision, idempotency_key, \
         registered_at, confirmed_at, cancelled_at \
         from registrations where event_id = " [event_again as PgUuid] " and user_id = buyer.user_id \
         and status = 'CANCELLED' offset 0)\
         ) r"
    ]
}

statement! {
    /// These registrations of the event, as far as there are any.
    ById { event: Uuid, ids: Vec<Uuid> } -> RegistrationColumns, [
        "select r.* from unnest(" [ids as Array<PgUuid>] ") as wanted (id) \
         cross join lateral (\
         select id, user_id, status, decision, confirmed_decision, cancelled_decision, idempotency_key, \
         registered_at, confirmed_at, cancelled_at \
         from registrations where event_id = " [event as PgUuid] " and id = wanted.id limit 1) r"
    ]
}

statement! {
    /// The head of the line: so many, and so many more as `capacity_at_most` exceeds the event's capacity, up to a bound.
    Line { event: Uuid, at_least: i64, growth_at_most: i32, capacity_at_most: Option<i32>, event_again: Uuid } -> RegistrationColumns, [
        "select id, user_id, status, decision, confirmed_decision, cancelled_decision, idempotency_key, \
         registered_at, confirmed_at, cancelled_at \
         from registrations where event_id = " [event as PgUuid] " and status = 'WAITLISTED' order by decision \
         limit " [at_least as BigInt] " + (select least(" [growth_at_most as Integer] ", greatest(0, coalesce(" [capacity_at_most as Nullable<Integer>] ", 0) \
         - capacity)) from events where id = " [event_again as PgUuid] ")"
    ]
}

statement! {
    /// Some of the registrations that stand, in the order of the index that holds them.
    Places { event: Uuid, at_most: i64 } -> RegistrationColumns, [
        "select id, user_id, status, decision, confirmed_decision, cancelled_decision, idempotency_key, \
         registered_at, confirmed_at, cancelled_at \
         from registrations where event_id = " [event as PgUuid] " and status <> 'CANCELLED' order by user_id \
         limit " [at_most as BigInt]
    ]
}

statement! {
    /// New registrations, all at once, of which everything has happened at the same time.
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
    /// Promotions and cancellations, all at once: of all of them, or it fails.
    Update {
        ids: Vec<Uuid>, statuses: Vec<&'static str>, confirmed: Vec<Option<i64>>, cancelled: Vec<Option<i64>>,
        confirmed_at: Vec<Option<DateTime<Utc>>>, cancelled_at: Vec<Option<DateTime<Utc>>>, event: Uuid,
        event_again: Uuid, meant: i64,
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
         select case when count(*) = " [meant as BigInt]
        " then 1 else (count(*) || ' rows were touched')::integer end from touched"
    ]
}

statement! {
    /// Simulated registrations that go: all of them, or it fails.
    Delete { ids: Vec<Uuid>, event: Uuid, event_again: Uuid, meant: i64 } -> Integer, [
        "with touched as (delete from registrations r using (select found.ctid as place from unnest("
        [ids as Array<PgUuid>] ") as wanted (id) cross join lateral (\
         select ctid from registrations where event_id = " [event as PgUuid] " and id = wanted.id limit 1) found\
         ) gone where r.event_id = " [event_again as PgUuid] " and r.ctid = gone.place returning 1) \
         select case when count(*) = " [meant as BigInt]
        " then 1 else (count(*) || ' rows were touched')::integer end from touched"
    ]
}

statement! {
    /// The event's own history goes on.
    Record {
        event: Uuid, decided_at: DateTime<Utc>, numbers: Vec<i64>, kinds: Vec<&'static str>, values: Vec<Option<i64>>,
    } -> (), [
        "insert into event_decisions (event_id, decided_at, decision, kind, value) select " [event as PgUuid] ", "
        [decided_at as Timestamptz] ", new.* from unnest(" [numbers as Array<BigInt>] ", " [kinds as Array<Text>] ", "
        [values as Array<Nullable<BigInt>>] ") as new"
    ]
}

statement! {
    /// The event's counters, status and test flag: what a batch of bookings changes. And what happened in a minute, added
    /// to what is known of it; where nothing happened no row is made.
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

statement! {
    /// The counters of these events, as far as everybody may know of them. Read some times a second by each server for all
    /// that somebody watches. The history is looked at for cancelled events only: a published one has been published; and
    /// one by one, because for an `exists` the planner would read all of it into a hash.
    Tallies { ids: Vec<Uuid> } -> TallyColumns, [
        "select id, status, capacity, seats_remaining, waiting, under_test_since, edit_version, last_decision \
         from events where id = any(" [ids as Array<PgUuid>] ") and rehearsal_of is null and (status = 'PUBLISHED' \
         or (status = 'CANCELLED' and (select true from event_decisions \
         where event_id = events.id and kind = 'PUBLISHED' limit 1)))"
    ]
}
