//! The promises, verified in SQL: by the stress test, the load test, the chaos tests and `onsale verify`.
//! [`domain::history`] verifies them once more without SQL.
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
    /// The figures of a sale and of its money, which affect no buyer. No stress test reports whether it holds.
    Figures,
}

impl Promise {
    /// Its short name: P1 to P4, or F1 and F2.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// What each of its checks says must hold, with the query that counts violations at one event, whose id is `$1`.
    pub fn checks(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.rules.iter().map(|rule| (rule.what, rule.for_one_event()))
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
    /// The query that counted them, as it ran. In the check of one event `$1` is the event's id.
    pub sql: String,
}

/// A check: a query that counts violations, and the common tables (`name as (...)`) that it reads from. In both,
/// `{scope}` stands for the condition on `event_id`.
#[derive(Debug)]
struct Rule {
    what: &'static str,
    needs: &'static [&'static str],
    sql: &'static str,
}

impl Rule {
    /// The query with the common tables that it reads from.
    fn text(&self) -> String {
        match self.needs {
            [] => self.sql.to_owned(),
            needs => format!("with {} {}", needs.join(", "), self.sql),
        }
    }

    fn for_one_event(&self) -> String {
        self.text().replace("{scope}", "event_id = $1")
    }
}

/// Whether the seat of a row of registrations was passed on by the person who had it. Such a seat was never free.
macro_rules! was_passed_on {
    ($row:literal) => {
        concat!(
            "exists (select from transfers t join registrations giver \
             on giver.event_id = t.event_id and giver.id = t.registration_id \
             where t.event_id = ",
            $row,
            ".event_id and t.id = ",
            $row,
            ".id and (giver.cancellation = 'PASSED_ON' or giver.seats < giver.seats_booked))"
        )
    };
}
pub(crate) use was_passed_on;

/// Counts registrations that overtook the line of their type. `line_empty_from` is the first number at which everybody
/// who came earlier had left the line.
macro_rules! line_check {
    ($which:literal) => {
        concat!(
            "select count(*) as violations, min(event_id::text) as example from (\
             select event_id, id, decision, seated_decision, \
             max(case when seated_decision is distinct from decision \
             then coalesce(least(seated_decision, cancelled_decision), 9223372036854775807) end) \
             over (partition by event_id, ticket_type order by decision \
             rows between unbounded preceding and 1 preceding) as line_empty_from \
             from registrations where {scope}) places \
             where seated_decision < line_empty_from and not ",
            was_passed_on!("places"),
            " and ",
            $which
        )
    };
}

/// All promises, in the order of their checks.
pub static PROMISES: [Promise; 6] = [
    // Never oversold.
    Promise {
        code: "P1",
        subject: Subject::Seats,
        rules: &[
            Rule {
                what: "seats taken + seats remaining = capacity for each ticket type, and each counts its line correctly",
                needs: &[],
                sql: "select count(*) as violations, min(coalesce(t.event_id, r.event_id)::text) as example \
                      from (select * from ticket_types where {scope}) t full join (select event_id, ticket_type, \
                      coalesce(sum(seats) filter (where status in ('CONFIRMED', 'HELD')), 0) as taken, \
                      count(*) filter (where status = 'WAITLISTED') as waiting, \
                      coalesce(sum(seats) filter (where status = 'WAITLISTED'), 0) as wanted \
                      from registrations where {scope} group by event_id, ticket_type) r \
                      on r.event_id = t.event_id and r.ticket_type = t.number \
                      where (t.number is null and r.taken + r.waiting > 0) \
                      or coalesce(r.taken, 0) + t.seats_remaining <> t.capacity \
                      or t.seats_remaining not between 0 and t.capacity or coalesce(r.waiting, 0) <> t.waiting \
                      or coalesce(r.wanted, 0) <> t.seats_wanted",
            },
            Rule {
                what: "the counts of each event are the sums over its ticket types",
                needs: &[],
                sql: "select count(*) as violations, min(e.event_id::text) as example \
                      from (select *, id as event_id from events) e \
                      left join (select event_id, sum(capacity) as capacity, sum(seats_remaining) as remaining, \
                      sum(waiting) as waiting from ticket_types where {scope} group by event_id) t using (event_id) \
                      where e.{scope} and (e.capacity, e.seats_remaining, e.waiting) \
                      is distinct from (t.capacity, t.remaining, t.waiting)",
            },
            Rule {
                what: "no more seats stand at a price than its limit, and each price counts them correctly",
                needs: &[PARTS],
                sql: "select count(*) as violations, min(coalesce(p.event_id, s.event_id)::text) as example \
                      from (select * from prices where {scope}) p full join (select event_id, price, \
                      sum(seats) as standing from parts where status <> 'CANCELLED' group by event_id, price) s \
                      on s.event_id = p.event_id and s.price = p.number \
                      where p.number is null or coalesce(s.standing, 0) <> p.standing \
                      or coalesce(s.standing, 0) > p.seat_limit",
            },
            Rule {
                what: "at no point were more seats of a ticket type taken than its capacity",
                needs: &[STEPS, SUMS, STATES],
                sql: "select count(*) as violations, min(event_id::text) as example from states \
                      where taken <> 0 and (capacity is null or taken not between 0 and capacity)",
            },
            Rule {
                what: "at no point did more seats stand at a price than its limit",
                needs: &[PARTS, PRICE_STEPS],
                sql: "select count(*) as violations, min(event_id::text) as example from (\
                      select event_id, standing, \
                      first_value(seat_limit) over (partition by event_id, price, era order by number, is_limit desc) \
                      as seat_limit from (select *, sum(seats) over history as standing, \
                      count(*) filter (where is_limit) over history as era from price_steps \
                      window history as (partition by event_id, price order by number)) sums) states \
                      where standing < 0 or standing > seat_limit",
            },
        ],
    },
    // Nobody jumps the line.
    Promise {
        code: "P2",
        subject: Subject::Seats,
        rules: &[
            Rule {
                what: "whoever is first in a line wants more seats than are available",
                needs: &[],
                sql: "select count(*) as violations, min(t.event_id::text) as example \
                      from (select * from ticket_types where {scope}) t left join (\
                      select distinct on (event_id, ticket_type) event_id, ticket_type, seats from registrations \
                      where {scope} and status = 'WAITLISTED' order by event_id, ticket_type, decision) head \
                      on head.event_id = t.event_id and head.ticket_type = t.number \
                      where t.head_wants <> coalesce(head.seats, 0) or t.seats_remaining >= head.seats",
            },
            Rule {
                what: "nobody got a seat ahead of the waitlist",
                needs: &[],
                sql: line_check!("seated_decision = decision"),
            },
        ],
    },
    // One registration for each person and type.
    Promise {
        code: "P3",
        subject: Subject::Seats,
        rules: &[Rule {
            what: "nobody holds two active bookings of one ticket type",
            needs: &[],
            sql: "select count(*) as violations, min(event_id::text) as example from (\
                      select event_id from registrations where {scope} and status <> 'CANCELLED' \
                      group by event_id, user_id, ticket_type having count(*) > 1) twice",
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
                sql: line_check!("seated_decision <> decision"),
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
    // The money that organizers see is that of the registrations and of the payments.
    Promise {
        code: "F2",
        subject: Subject::Figures,
        rules: &[
            Rule {
                what: "the money of every ticket type equals the sum over its bookings",
                needs: &[],
                sql: "select count(*) as violations, min(t.event_id::text) as example \
                      from (select * from ticket_types where {scope}) t left join (select r.event_id, r.ticket_type, \
                      coalesce(sum(r.paid_amount), 0) as taken, \
                      coalesce(sum(r.amount) filter (where r.status = 'HELD'), 0) as held, sum(r.owed) as owed \
                      from (select * from registrations where {scope}) r join events e on e.id = r.event_id \
                      where e.rehearsal_of is null and (e.under_test_since is null or r.decision < e.under_test_since) \
                      group by r.event_id, r.ticket_type) m on m.event_id = t.event_id and m.ticket_type = t.number \
                      where (t.money_taken, t.money_held, t.money_owed) \
                      is distinct from (coalesce(m.taken, 0), coalesce(m.held, 0), coalesce(m.owed, 0))",
            },
            Rule {
                what: "every paid booking has its payment, and every payment that stands has its booking, and those that \
                       its seats were passed on to",
                needs: &[],
                sql: "select count(*) as violations, min(coalesce(r.event_id, p.event_id)::text) as example \
                      from (select event_id, paid_decision, sum(paid_amount) as amount, \
                      array_agg(id) filter (where paid_decision > decision) as payers from registrations \
                      where {scope} and paid_decision is not null group by event_id, paid_decision) r \
                      full join (select * from payments where {scope} and taken_back_decision is null) p \
                      on p.event_id = r.event_id and p.decision = r.paid_decision \
                      where r.amount is distinct from p.amount or r.payers <> array[p.registration_id]",
            },
            Rule {
                what: "every booking that came paid was passed on by somebody who had paid for it",
                needs: &[],
                sql: "select count(*) as violations, min(r.event_id::text) as example \
                      from (select * from registrations where {scope} and paid_decision < decision) r \
                      where not exists (select from transfers t join registrations giver \
                      on giver.event_id = t.event_id and giver.id = t.registration_id \
                      where t.event_id = r.event_id and t.id = r.id and (giver.paid_decision = r.paid_decision \
                      or (giver.paid_decision is null and giver.cancellation = 'PASSED_ON')))",
            },
            Rule {
                what: "every booking has as many seats as its prices say, at prices of its ticket type, and costs their sum",
                needs: &[TESTS],
                // What only stress tests have used may cost something else by now, or be gone.
                sql: "select count(*) as violations, min(r.event_id::text) as example \
                      from (select * from registrations where {scope}) r cross join lateral (\
                      select sum(part.seats) as seats, sum(part.seats * p.amount) as amount, \
                      min(p.ticket_type) as first_type, max(p.ticket_type) as last_type \
                      from (select r.price, r.seats where r.split is null \
                      union all select r.split[n], r.split[n + 1] from generate_series(1, cardinality(r.split), 2) n) part \
                      left join prices p on p.event_id = r.event_id and p.number = part.price \
                      having count(p.number) = count(*)) cost \
                      where (r.seats, r.amount, r.ticket_type, r.ticket_type) \
                      is distinct from (cost.seats, cost.amount, cost.first_type, cost.last_type) \
                      and not exists (select from tests where tests.event_id = r.event_id \
                      and r.decision > tests.since and r.decision < tests.until)",
            },
        ],
    },
];

/// The seats of each registration by price, as they are now.
const PARTS: &str = "parts as (\
    select event_id, id, status, decision, cancelled_decision, price, seats::integer as seats \
    from registrations where {scope} and split is null \
    union all select event_id, id, status, decision, cancelled_decision, split[n], split[n + 1] from registrations \
    cross join lateral generate_series(1, cardinality(split), 2) n where {scope} and split is not null)";

/// Each change of the seats that stand at a price, or of its limit, by its number. What was given up since stood before.
const PRICE_STEPS: &str = "taken_away as (\
    select d.event_id, d.registration_id, d.decision, d.price, d.value::integer as seats from event_decisions d \
    where {scope} and d.kind = 'REDUCED' and d.split is null \
    union all select d.event_id, d.registration_id, d.decision, d.split[n], d.split[n + 1] from event_decisions d \
    cross join lateral generate_series(1, cardinality(d.split), 2) n \
    where {scope} and d.kind = 'REDUCED' and d.split is not null), \
    price_steps as (\
    select event_id, price, decision as number, seats, null::integer as seat_limit, false as is_limit from parts \
    union all select event_id, price, cancelled_decision, -seats, null, false from parts \
    where cancelled_decision is not null \
    union all select t.event_id, t.price, step.number, step.seats, null, false from taken_away t \
    join registrations r on r.event_id = t.event_id and r.id = t.registration_id \
    cross join lateral (values (r.decision, t.seats), (t.decision, -t.seats)) as step (number, seats) \
    union all select event_id, price, decision, 0, value::integer, true from event_decisions \
    where {scope} and kind = 'LIMIT')";

/// Each change of the seats that are taken of a type, or of its capacity, by its number. What was given up since it was
/// seated was taken before.
const STEPS: &str = "steps as (\
    select event_id, ticket_type, seated_decision as number, seats::integer as taken, null::bigint as capacity \
    from registrations where {scope} and seated_decision is not null \
    union all select event_id, ticket_type, cancelled_decision, -seats, null \
    from registrations where {scope} and seated_decision is not null and cancelled_decision is not null \
    union all select d.event_id, d.ticket_type, step.number, step.taken, null \
    from (select * from event_decisions where {scope} and kind = 'REDUCED') d \
    join registrations r on r.event_id = d.event_id and r.id = d.registration_id and r.seated_decision < d.decision \
    cross join lateral (values (r.seated_decision, d.value::integer), (d.decision, -d.value::integer)) \
    as step (number, taken) \
    union all select event_id, ticket_type, decision, 0, value \
    from event_decisions where {scope} and kind in ('CREATED', 'CAPACITY'))";

/// The seats taken after each change, and how often the capacity had been set by then.
const SUMS: &str = "sums as (\
    select event_id, ticket_type, number, capacity, sum(taken) over history as taken, \
    count(capacity) over history as era from steps \
    window history as (partition by event_id, ticket_type order by number))";

/// The seats taken after each change, and the capacity that applied.
const STATES: &str = "states as (\
    select event_id, taken, \
    first_value(capacity) over (partition by event_id, ticket_type, era order by number, capacity) as capacity \
    from sums)";

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
    (r.registered_at, case when r.seated_decision = r.decision then 'confirmed' else 'waitlisted' end), \
    (case when r.seated_decision <> r.decision then r.seated_at end, 'promoted'), \
    (r.cancelled_at, 'cancelled')) as step (at, kind) \
    where step.at is not null and (e.under_test_since is null or r.decision < e.under_test_since) \
    and not exists (select from tests where tests.event_id = r.event_id \
    and r.decision > tests.since and r.decision < tests.until) group by 1, 2)";

/// The number of every stored change.
const NUMBERS: &str = "numbers as (\
    select event_id, decision as number from registrations where {scope} \
    union all select event_id, seated_decision from registrations where {scope} and seated_decision <> decision \
    union all select event_id, cancelled_decision from registrations where {scope} and cancelled_decision is not null \
    union all select event_id, decision from payments where {scope} \
    union all select event_id, taken_back_decision from payments where {scope} and taken_back_decision is not null \
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
    let (sql, counted): (String, Counted) = match event {
        Some(event) => {
            let sql = rule.for_one_event();
            let counted = diesel::sql_query(&sql).bind::<PgUuid, _>(Uuid::from(event)).get_result(connection).await?;
            (sql, counted)
        }
        None => {
            let sql = rule.text().replace("e.{scope}", "true").replace("{scope}", "true");
            let counted = diesel::sql_query(&sql).get_result(connection).await?;
            (sql, counted)
        }
    };
    Ok(Check { promise, what: rule.what, violations: counted.violations, example: counted.example, sql })
}
