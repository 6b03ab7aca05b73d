//! The promises, verified in SQL. Nothing else checks them after the fact: the stress test, the load test, the chaos
//! tests and `onsale verify` all use this module.
//!
//! Each check reads the tables alone, does not rely on constraints, and counts violations. The checks of the history
//! replay an event by the numbers that are stored with every change.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Uuid as PgUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::ids::EventId;
use uuid::Uuid;

use crate::errors::Error;

/// A promise, and the checks that find where it is broken. To add a promise, add a row to [`PROMISES`].
#[derive(Debug)]
pub struct Promise {
    code: &'static str,
    subject: Subject,
    rules: &'static [Rule],
}

#[derive(Debug, PartialEq, Eq)]
enum Subject {
    /// The seats of an event: a stress test reports whether it holds.
    Seats,
    /// The figures of a sale, which affect no buyer. No stress test reports whether it holds.
    Figures,
}

impl Promise {
    /// Its short name: P1 to P4, or F1.
    pub fn code(&self) -> &'static str {
        self.code
    }
}

/// The promises that are about an event's seats, in their order: the ones that a stress test reports.
pub fn of_seats() -> impl Iterator<Item = &'static Promise> {
    PROMISES.iter().filter(|promise| promise.subject == Subject::Seats)
}

/// The result of one check.
#[derive(Debug, Clone)]
pub struct Check {
    /// The promise that it is a part of.
    pub promise: &'static Promise,
    /// What must hold.
    pub what: &'static str,
    /// The number of violations.
    pub violations: i64,
    /// An event that violates it.
    pub example: Option<String>,
}

/// A check: a query that counts violations, and the common tables (`name as (...)`) that it reads from. In both,
/// `{scope}` stands for the condition on `event_id`.
#[derive(Debug)]
struct Rule {
    what: &'static str,
    needs: &'static [&'static str],
    sql: &'static str,
}

/// Counts registrations that overtook the line. `line_empty_from` is the first number at which everybody who came
/// earlier had left the line.
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

/// All promises, in the order of their checks.
pub static PROMISES: [Promise; 5] = [
    // Never oversold.
    Promise {
        code: "P1",
        subject: Subject::Seats,
        rules: &[
            Rule {
                what: "confirmed bookings + seats remaining = capacity, and the event counts its waitlist correctly",
                needs: &[],
                sql: "select count(*) as violations, min(e.event_id::text) as example \
                      from (select *, id as event_id from events) e \
                      left join (select event_id, count(*) filter (where status = 'CONFIRMED') as confirmed, \
                      count(*) filter (where status = 'WAITLISTED') as waiting \
                      from registrations where {scope} group by event_id) r using (event_id) \
                      where e.{scope} and (coalesce(r.confirmed, 0) + e.seats_remaining <> e.capacity \
                      or e.seats_remaining not between 0 and e.capacity or coalesce(r.waiting, 0) <> e.waiting)",
            },
            Rule {
                what: "at no point did confirmed bookings exceed capacity",
                needs: &[STEPS, SUMS, STATES],
                sql: "select count(*) as violations, min(event_id::text) as example from states \
                      where capacity is null or taken not between 0 and capacity",
            },
        ],
    },
    // Nobody jumps the line.
    Promise {
        code: "P2",
        subject: Subject::Seats,
        rules: &[
            Rule {
                what: "no seat is available while somebody is on the waitlist",
                needs: &[],
                sql: "select count(*) as violations, min(e.event_id::text) as example \
                      from (select *, id as event_id from events) e where e.{scope} and e.seats_remaining > 0 \
                      and exists (select from registrations r where r.event_id = e.event_id and r.status = 'WAITLISTED')",
            },
            Rule {
                what: "nobody got a seat ahead of the waitlist",
                needs: &[],
                sql: line_check!("confirmed_decision = decision"),
            },
        ],
    },
    // One place per person.
    Promise {
        code: "P3",
        subject: Subject::Seats,
        rules: &[Rule {
            what: "nobody holds two active bookings for one event",
            needs: &[],
            sql: "select count(*) as violations, min(event_id::text) as example from (\
                      select event_id from registrations where {scope} and status <> 'CANCELLED' \
                      group by event_id, user_id having count(*) > 1) twice",
        }],
    },
    // Everything in one order, without a gap.
    Promise {
        code: "P4",
        subject: Subject::Seats,
        rules: &[
            Rule {
                what: "the waitlist got its seats in the order of booking",
                needs: &[],
                sql: line_check!("confirmed_decision <> decision"),
            },
            Rule {
                what: "no decision number is used twice, and none exceeds the event's last",
                needs: &[NUMBERS],
                sql: "select count(*) as violations, min(event_id::text) as example from (\
                      select n.event_id from numbers n join events e on e.id = n.event_id \
                      group by n.event_id, n.number \
                      having count(*) > 1 or n.number < 1 or n.number > max(e.last_decision)) wrong",
            },
            Rule {
                what: "no decision number is missing, except those of undone stress tests",
                needs: &[NUMBERS],
                sql: "select count(*) as violations, min(event_id::text) as example from (\
                      select event_id, number, \
                      coalesce(lead(number) over (partition by event_id order by number), last_decision + 1) as next \
                      from (select event_id, number, last_decision from numbers join events on id = event_id \
                      union all select id, 0, last_decision from (select id as event_id, * from events) e where {scope}\
                      ) all_of_them) gaps \
                      where next > number + 1 and not exists (select from event_decisions undone \
                      where undone.event_id = gaps.event_id and undone.kind = 'SIMULATION_UNDONE' \
                      and undone.value <= gaps.number and undone.decision >= gaps.next)",
            },
        ],
    },
    // The figures that organizers see are those of the registrations.
    Promise {
        code: "F1",
        subject: Subject::Figures,
        rules: &[Rule {
            what: "the figures of every minute equal a count of the bookings",
            needs: &[TESTS, COUNTED],
            sql: "select count(*) as violations, min(event_id::text) as example from counted \
                      full join (select * from event_figures where {scope}) written using (event_id, minute) \
                      where (counted.confirmed, counted.waitlisted, counted.promoted, counted.cancelled) \
                      is distinct from (written.confirmed, written.waitlisted, written.promoted, written.cancelled)",
        }],
    },
];

/// Each change of the seats taken or of the capacity, by its number.
const STEPS: &str = "steps as (\
    select event_id, confirmed_decision as number, 1 as taken, null::bigint as capacity \
    from registrations where {scope} and confirmed_decision is not null \
    union all select event_id, cancelled_decision, -1, null \
    from registrations where {scope} and confirmed_decision is not null and cancelled_decision is not null \
    union all select event_id, decision, 0, value \
    from event_decisions where {scope} and kind in ('CREATED', 'CAPACITY'))";

/// The seats taken after each change, and how often the capacity had been set by then.
const SUMS: &str = "sums as (\
    select event_id, number, capacity, sum(taken) over history as taken, \
    count(capacity) over history as era from steps \
    window history as (partition by event_id order by number))";

/// The seats taken after each change, and the capacity that applied.
const STATES: &str = "states as (\
    select event_id, taken, \
    first_value(capacity) over (partition by event_id, era order by number) as capacity from sums)";

/// The numbers that stress tests took, from their begin to the end of their undo.
const TESTS: &str = "tests as (\
    select event_id, value as since, max(decision) as until from event_decisions \
    where {scope} and kind = 'SIMULATION_UNDONE' group by event_id, value)";

/// What happened to the registrations of people in each minute. Registrations that were made while a stress test had
/// the event are not theirs.
const COUNTED: &str = "counted as (\
    select r.event_id, date_bin('1 minute', step.at, timestamptz '2001-01-01 00:00:00+00') as minute, \
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
    and r.decision > tests.since and r.decision < tests.until) group by 1, 2)";

/// The number of every stored change.
const NUMBERS: &str = "numbers as (\
    select event_id, decision as number from registrations where {scope} \
    union all select event_id, confirmed_decision from registrations where {scope} and confirmed_decision <> decision \
    union all select event_id, cancelled_decision from registrations where {scope} and cancelled_decision is not null \
    union all select event_id, decision from event_decisions where {scope})";

/// Checks every promise for one event, or for all events, in one snapshot. A check without violations holds.
pub async fn verify(connection: &mut AsyncPgConnection, event: Option<EventId>) -> Result<Vec<Check>, Error> {
    connection
        .build_transaction()
        .read_only()
        .repeatable_read()
        .run(async |connection| {
            // A check reads a whole event, or the whole database, which may take longer than the pool's limit for a
            // page.
            diesel::sql_query("set local statement_timeout = '30min'").execute(connection).await?;
            let mut checks = Vec::new();
            for promise in &PROMISES {
                for rule in promise.rules {
                    checks.push(check(connection, promise, rule, event).await?);
                }
            }
            Ok(checks)
        })
        .await
}

async fn check(
    connection: &mut AsyncPgConnection,
    promise: &'static Promise,
    rule: &'static Rule,
    event: Option<EventId>,
) -> Result<Check, Error> {
    #[derive(QueryableByName)]
    struct Counted {
        #[diesel(sql_type = BigInt)]
        violations: i64,
        #[diesel(sql_type = Nullable<Text>)]
        example: Option<String>,
    }
    let text = match rule.needs {
        [] => rule.sql.to_owned(),
        needs => format!("with {} {}", needs.join(", "), rule.sql),
    };
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
    Ok(Check { promise, what: rule.what, violations: counted.violations, example: counted.example })
}
