//! The promises, as SQL finds them: the one place where they are checked after the fact. The stress test, the load test,
//! the chaos runs and an operator's command all ask here.
//!
//! Every check looks at the tables alone, without the constraints' help, and counts what breaks it. The history checks
//! replay the events by the numbers that are stored with every change.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Uuid as PgUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::ids::EventId;
use uuid::Uuid;

use crate::errors::Error;

/// What is promised of an event's places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Promise {
    /// P1: never oversold.
    NeverOversold,
    /// P2: nobody jumps the line.
    NobodyJumpsTheLine,
    /// P3: one place per person.
    OnePlacePerPerson,
    /// P4: everything in one order, without a gap.
    Ordered,
    /// F1, of no place and to no buyer: what organizers see of a sale is what happened.
    TrueFigures,
}

impl Promise {
    /// The four of an event's places, in order: what a stress test reports.
    pub const ALL: [Self; 4] = [Self::NeverOversold, Self::NobodyJumpsTheLine, Self::OnePlacePerPerson, Self::Ordered];

    /// The four, and what is looked at beside them.
    pub const WITH_FIGURES: [Self; 5] = {
        let [first, second, third, fourth] = Self::ALL;
        [first, second, third, fourth, Self::TrueFigures]
    };

    /// Its short name: P1 to P4, or F1.
    pub fn code(self) -> &'static str {
        match self {
            Self::NeverOversold => "P1",
            Self::NobodyJumpsTheLine => "P2",
            Self::OnePlacePerPerson => "P3",
            Self::Ordered => "P4",
            Self::TrueFigures => "F1",
        }
    }
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Which promise it is a part of.
    pub promise: Promise,
    /// What must hold.
    pub what: &'static str,
    /// How often it does not.
    pub violations: i64,
    /// An event where it does not.
    pub example: Option<String>,
}

/// A check: `{scope}` stands for the condition on `event_id`.
struct Rule {
    promise: Promise,
    what: &'static str,
    sql: &'static str,
}

/// Where somebody's waiting ended, if it did; used by the checks on the line.
macro_rules! line_check {
    ($which:literal) => {
        concat!(
            "select count(*) as violations, min(event_id::text) as example from (\
             select event_id, decision, confirmed_decision, \
             max(case when confirmed_decision is distinct from decision \
             then coalesce(least(confirmed_decision, cancelled_decision), 9223372036854775807) end) \
             over (partition by event_id order by decision rows between unbounded preceding and 1 preceding) \
             as line_empty_from \
             from registrations where {scope}) places \
             where confirmed_decision < line_empty_from and ",
            $which
        )
    };
}

const RULES: [Rule; 9] = [
    Rule {
        promise: Promise::NeverOversold,
        what: "confirmed places + seats remaining = capacity, and the line is as long as the event says",
        sql: "select count(*) as violations, min(e.event_id::text) as example \
              from (select *, id as event_id from events) e \
              left join (select event_id, count(*) filter (where status = 'CONFIRMED') as confirmed, \
              count(*) filter (where status = 'WAITLISTED') as waiting \
              from registrations where {scope} group by event_id) r using (event_id) \
              where e.{scope} and (coalesce(r.confirmed, 0) + e.seats_remaining <> e.capacity \
              or e.seats_remaining not between 0 and e.capacity or coalesce(r.waiting, 0) <> e.waiting)",
    },
    Rule {
        promise: Promise::NeverOversold,
        what: "at no number of its history had an event more confirmed places than seats",
        sql: "with steps as (\
              select event_id, confirmed_decision as number, 1 as taken, null::bigint as capacity \
              from registrations where {scope} and confirmed_decision is not null \
              union all select event_id, cancelled_decision, -1, null \
              from registrations where {scope} and confirmed_decision is not null and cancelled_decision is not null \
              union all select event_id, decision, 0, value \
              from event_decisions where {scope} and kind in ('CREATED', 'CAPACITY')), \
              sums as (select event_id, number, capacity, sum(taken) over history as taken, \
              count(capacity) over history as era from steps \
              window history as (partition by event_id order by number)), \
              states as (select event_id, taken, \
              first_value(capacity) over (partition by event_id, era order by number) as capacity from sums) \
              select count(*) as violations, min(event_id::text) as example from states \
              where capacity is null or taken not between 0 and capacity",
    },
    Rule {
        promise: Promise::NobodyJumpsTheLine,
        what: "no event has a free seat while somebody waits",
        sql: "select count(*) as violations, min(e.event_id::text) as example \
              from (select *, id as event_id from events) e where e.{scope} and e.seats_remaining > 0 \
              and exists (select from registrations r where r.event_id = e.event_id and r.status = 'WAITLISTED')",
    },
    Rule {
        promise: Promise::NobodyJumpsTheLine,
        what: "nobody who came was given a seat while somebody else waited",
        sql: line_check!("confirmed_decision = decision"),
    },
    Rule {
        promise: Promise::OnePlacePerPerson,
        what: "nobody has two places that are not cancelled at one event",
        sql: "select count(*) as violations, min(event_id::text) as example from (\
              select event_id from registrations where {scope} and status <> 'CANCELLED' \
              group by event_id, user_id having count(*) > 1) twice",
    },
    Rule {
        promise: Promise::Ordered,
        what: "people who waited got their seats in the order in which they came",
        sql: line_check!("confirmed_decision <> decision"),
    },
    Rule {
        promise: Promise::Ordered,
        what: "no number of an event's history was used twice, and none lies beyond its last",
        sql: "select count(*) as violations, min(event_id::text) as example from (\
              select n.event_id from numbers n join events e on e.id = n.event_id \
              group by n.event_id, n.number having count(*) > 1 or n.number < 1 or n.number > max(e.last_decision)) wrong",
    },
    Rule {
        promise: Promise::Ordered,
        what: "no number of an event's history is missing, but those of undone stress tests",
        sql: "select count(*) as violations, min(event_id::text) as example from (\
              select event_id, number, \
              coalesce(lead(number) over (partition by event_id order by number), last_decision + 1) as next \
              from (select event_id, number, last_decision from numbers join events on id = event_id \
              union all select id, 0, last_decision from (select id as event_id, * from events) e where {scope}) all_of_them) gaps \
              where next > number + 1 and not exists (select from event_decisions undone \
              where undone.event_id = gaps.event_id and undone.kind = 'SIMULATION_UNDONE' \
              and undone.value <= gaps.number and undone.decision >= gaps.next)",
    },
    Rule {
        promise: Promise::TrueFigures,
        what: "the figures of every minute are what counting the registrations of people says",
        // What was made while a stress test had the event is none of theirs.
        sql: "with tests as (select event_id, value as since, max(decision) as until from event_decisions \
              where {scope} and kind = 'SIMULATION_UNDONE' group by event_id, value), \
              counted as (select r.event_id, date_bin('1 minute', step.at, timestamptz '2001-01-01 00:00:00+00') as minute, \
              count(*) filter (where step.kind = 'confirmed') as confirmed, \
              count(*) filter (where step.kind = 'waitlisted') as waitlisted, \
              count(*) filter (where step.kind = 'promoted') as promoted, \
              count(*) filter (where step.kind = 'cancelled') as cancelled \
              from (select * from registrations where {scope}) r join events e on e.id = r.event_id \
              cross join lateral (values \
              (r.registered_at, case when r.confirmed_decision = r.decision then 'confirmed' else 'waitlisted' end), \
              (case when r.confirmed_decision <> r.decision then r.confirmed_at end, 'promoted'), \
              (r.cancelled_at, 'cancelled')) as step (at, kind) \
              where step.at is not null and (e.under_test_since is null or r.decision < e.under_test_since) \
              and not exists (select from tests where tests.event_id = r.event_id \
              and r.decision > tests.since and r.decision < tests.until) \
              group by 1, 2) \
              select count(*) as violations, min(event_id::text) as example from counted \
              full join (select * from event_figures where {scope}) written using (event_id, minute) \
              where (counted.confirmed, counted.waitlisted, counted.promoted, counted.cancelled) \
              is distinct from (written.confirmed, written.waitlisted, written.promoted, written.cancelled)",
    },
];

/// Every number that a stored change took.
const NUMBERS: &str = "with numbers as (\
    select event_id, decision as number from registrations where {scope} \
    union all select event_id, confirmed_decision from registrations where {scope} and confirmed_decision <> decision \
    union all select event_id, cancelled_decision from registrations where {scope} and cancelled_decision is not null \
    union all select event_id, decision from event_decisions where {scope}) ";

/// Looks at every promise, for one event or for all of them, in one snapshot. A check without violations holds.
pub async fn verify(connection: &mut AsyncPgConnection, event: Option<EventId>) -> Result<Vec<Check>, Error> {
    connection
        .build_transaction()
        .read_only()
        .repeatable_read()
        .run(async |connection| {
            // A check reads all of an event, or of the database: longer than a page may take.
            diesel::sql_query("set local statement_timeout = '30min'").execute(connection).await?;
            let mut checks = Vec::with_capacity(RULES.len());
            for rule in &RULES {
                checks.push(check(connection, rule, event).await?);
            }
            Ok(checks)
        })
        .await
}

async fn check(connection: &mut AsyncPgConnection, rule: &Rule, event: Option<EventId>) -> Result<Check, Error> {
    #[derive(QueryableByName)]
    struct Counted {
        #[diesel(sql_type = BigInt)]
        violations: i64,
        #[diesel(sql_type = Nullable<Text>)]
        example: Option<String>,
    }
    let uses_numbers = rule.promise == Promise::Ordered && rule.sql.contains("numbers");
    let text = if uses_numbers { format!("{NUMBERS}{}", rule.sql) } else { rule.sql.to_owned() };
    let counted: Counted = match event {
        Some(event) => {
            let text = text.replace("{scope}", "event_id = $1");
            diesel::sql_query(text).bind::<PgUuid, _>(Uuid::from(event)).get_result(connection).await?
        }
        None => {
            let text = text.replace("e.{scope}", "true").replace("{scope}", "true");
            diesel::sql_query(text).get_result(connection).await?
        }
    };
    Ok(Check { promise: rule.promise, what: rule.what, violations: counted.violations, example: counted.example })
}
