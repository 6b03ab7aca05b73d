//! The baselines of a sale: the classic transaction by pgbench, and the server's own rows inserted by SQL alone.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::crowd::numbers::per_second;
use crate::error::Error;
use crate::machine::commands::run;
use crate::machine::test_bed::TestBed;

/// The tables of the classic transaction, with no more keys than it needs.
const CLASSIC_TABLES: &str = "
create table classic_events (id bigint primary key, capacity integer not null, seats_remaining integer not null,
    status text not null);
create table classic_registrations (id bigint generated always as identity primary key,
    event_id bigint not null references classic_events (id), user_id bigint not null,
    registered_at timestamptz not null default now(), unique (event_id, user_id));
create table classic_waitlist (id bigint generated always as identity primary key,
    event_id bigint not null references classic_events (id), user_id bigint not null, position integer not null,
    unique (event_id, user_id));
insert into classic_events values (1, 1000000000, 1000000000, 'PUBLISHED');
";

/// One booking the classic way: a transaction with a round trip for each statement.
const CLASSIC_TRANSACTION: &str = "\\set person random(1, 9000000000000000)
begin;
select capacity, seats_remaining, status from classic_events where id = 1 for update;
select id from classic_registrations where event_id = 1 and user_id = :person;
select id from classic_waitlist where event_id = 1 and user_id = :person;
insert into classic_registrations (event_id, user_id) values (1, :person);
update classic_events set seats_remaining = seats_remaining - 1 where id = 1;
commit;
";

/// Commits, one after the other, and then the mean of their times.
const COMMITS: &str = "
do $$
declare
    began timestamptz := clock_timestamp();
begin
    for n in 1..500 loop
        insert into commits values (null);
        commit;
    end loop;
    insert into commits values ((clock_timestamp() - began) / 500);
end $$";

/// An event with its ticket type, and its people; [`ROWS`] gives each of them a seat. Ids ascend, as the server's do.
/// `{tag}` makes the ids of one call unique; `{rows}` is the number of people.
const EVENT_FOR_ROWS: &str = "
insert into users (id, name, email, password_hash, role, kind)
select ('01900000-0000-7000-8' || lpad(to_hex({tag}), 3, '0') || '-' || lpad(to_hex(n), 12, '0'))::uuid,
    'Bulk', n || '.{tag}@bulk.invalid', '!', 'AUDIENCE', 'PERSON' from generate_series(1, {rows}) n;
insert into events (id, organizer_id, title, description, location, starts_at, ends_at, time_zone, capacity,
    seats_remaining, last_decision, status)
select ('01900000-0000-7000-9' || lpad(to_hex({tag}), 3, '0') || '-000000000000')::uuid,
    ('01900000-0000-7000-8' || lpad(to_hex({tag}), 3, '0') || '-000000000001')::uuid, 'Bulk', '', 'Nowhere',
    '2090-03-01T19:00:00Z', '2090-03-01T22:00:00Z', 'UTC', {rows}, 0, {rows} + 2, 'PUBLISHED';
insert into ticket_types (event_id, number, name, capacity, seats_remaining, is_used)
select ('01900000-0000-7000-9' || lpad(to_hex({tag}), 3, '0') || '-000000000000')::uuid, 1, 'Admission', {rows}, 0, true;
insert into prices (event_id, number, ticket_type, name, amount, standing, is_used)
select event_id, 1, 1, 'Admission', 0, capacity, true from ticket_types
where event_id = ('01900000-0000-7000-9' || lpad(to_hex({tag}), 3, '0') || '-000000000000')::uuid;
insert into event_decisions (event_id, decision, kind, value, ticket_type, decided_at)
select ('01900000-0000-7000-9' || lpad(to_hex({tag}), 3, '0') || '-000000000000')::uuid, d, k, v, t, clock_timestamp()
from (values (1, 'CREATED', {rows}, 1), (2, 'PUBLISHED', null, null)) as made (d, k, v, t);
create unlogged table arrivals_{tag} as select row_number() over (order by md5(n::text)) as n,
    ('01900000-0000-7000-8' || lpad(to_hex({tag}), 3, '0') || '-' || lpad(to_hex(n), 12, '0'))::uuid as person
from generate_series(1, {rows}) n;
";

/// The registrations. As in a sale, people book in another order than that in which they signed up.
const ROWS: &str = "
insert into registrations (event_id, id, user_id, status, decision, seated_decision, idempotency_key,
    registered_at, seated_at)
select ('01900000-0000-7000-9' || lpad(to_hex({tag}), 3, '0') || '-000000000000')::uuid,
    ('01900001-0000-7000-a' || lpad(to_hex({tag}), 3, '0') || '-' || lpad(to_hex(n), 12, '0'))::uuid,
    person, 'CONFIRMED', n + 2, n + 2, 'load-' || n, now(), now()
from arrivals_{tag};
";

/// The result of pgbench.
#[derive(Debug, Clone, Copy)]
pub(super) struct Classic {
    /// Transactions per second.
    pub(super) per_second: f64,
    /// The mean latency of a transaction.
    pub(super) mean_milliseconds: f64,
}

/// Creates the tables of the classic transaction.
///
/// # Errors
/// As [`TestBed::sql`].
pub(super) fn prepare_classic(test_bed: &TestBed, database: &str) -> Result<(), Error> {
    test_bed.sql(database, CLASSIC_TABLES).map(drop)
}

/// How long a commit of one row takes while nothing else happens, in milliseconds: the mean of many.
///
/// # Errors
/// As [`TestBed::sql`], and [`Error::Failed`] if PostgreSQL gives no number.
pub(super) fn commit_milliseconds(test_bed: &TestBed, database: &str) -> Result<f64, Error> {
    test_bed.sql(database, "drop table if exists commits; create table commits (took interval)")?;
    test_bed.sql(database, COMMITS)?;
    let took = test_bed.sql(database, "select extract(epoch from took) * 1000 from commits where took is not null")?;
    took.parse().map_err(|_| Error::Failed(format!("PostgreSQL measured commits of {took:?}")))
}

/// Runs the classic transaction with a number of clients for `time`, in whole seconds.
///
/// # Errors
/// [`Error::Failed`] with the output of `pgbench`.
pub(super) fn classic(test_bed: &TestBed, database: &str, clients: usize, time: Duration) -> Result<Classic, Error> {
    let script = test_bed.file("classic.sql", CLASSIC_TRANSACTION)?;
    let mut command = Command::new(test_bed.postgres_program("pgbench")?);
    command.args(["-n", "-M", "prepared", "-c", &clients.to_string(), "-j", &clients.min(2).to_string()]);
    command.args(["-T", &time.as_secs().to_string(), "-f"]).arg(script).arg("-d").arg(test_bed.url(database)?);
    let output = run(command)?;
    let number = |before: &str| {
        let (_, rest) = output.split_once(before)?;
        rest.split_whitespace().next()?.parse::<f64>().ok()
    };
    match (number("tps = "), number("latency average = ")) {
        (Some(per_second), Some(mean_milliseconds)) => Ok(Classic { per_second, mean_milliseconds }),
        _ => Err(Error::Failed(format!("pgbench printed no result: {output}"))),
    }
}

/// Inserts registrations by one statement, with all indexes in place, and returns rows per second. `tag` must be new in
/// each call, at most 4,095.
///
/// # Errors
/// As [`TestBed::sql`].
pub(super) fn bulk(test_bed: &TestBed, database: &str, tag: usize, rows: usize) -> Result<f64, Error> {
    let fill = |text: &str| text.replace("{tag}", &tag.to_string()).replace("{rows}", &rows.to_string());
    test_bed.sql(database, &fill(EVENT_FOR_ROWS))?;
    let text = fill(ROWS);
    let began = Instant::now();
    test_bed.sql(database, &text)?;
    Ok(per_second(rows, began.elapsed()))
}
