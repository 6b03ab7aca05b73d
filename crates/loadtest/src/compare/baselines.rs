//! What a sale is compared with: the classic transaction by pgbench, and rows of ours inserted by SQL alone. And the SQL
//! that fills tables for a measurement, which `psql` runs: this crate speaks no SQL of its own to the server's tables.

use std::process::{Command, Output};
use std::time::{Duration, Instant};

use crate::error::Error;
use crate::machine::arena::Arena;
use crate::sale::results::rate;

/// The tables of the classic transaction, with the keys that it needs and no more.
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

/// One booking the classic way, a round trip each.
const CLASSIC_TRANSACTION: &str = "\\set person random(1, 9000000000000000)
begin;
select capacity, seats_remaining, status from classic_events where id = 1 for update;
select id from classic_registrations where event_id = 1 and user_id = :person;
select id from classic_waitlist where event_id = 1 and user_id = :person;
insert into classic_registrations (event_id, user_id) values (1, :person);
update classic_events set seats_remaining = seats_remaining - 1 where id = 1;
commit;
";

/// An event, people, and a confirmed place for each, in one statement each; ids are in order, as the server's are.
/// `{tag}` keeps several apart; `{rows}` is how many.
const EVENT_FOR_ROWS: &str = "
insert into users (id, name, email, password_hash, role, kind)
select ('01900000-0000-7000-8' || lpad(to_hex({tag}), 3, '0') || '-' || lpad(to_hex(n), 12, '0'))::uuid,
    'Bulk', n || '.{tag}@bulk.invalid', '!', 'AUDIENCE', 'PERSON' from generate_series(1, {rows}) n;
insert into events (id, organizer_id, title, description, location, starts_at, ends_at, time_zone, capacity,
    seats_remaining, last_decision, status)
select ('01900000-0000-7000-9' || lpad(to_hex({tag}), 3, '0') || '-000000000000')::uuid,
    ('01900000-0000-7000-8' || lpad(to_hex({tag}), 3, '0') || '-000000000001')::uuid, 'Bulk', '', 'Nowhere',
    '2090-03-01T19:00:00Z', '2090-03-01T22:00:00Z', 'UTC', {rows}, 0, {rows} + 2, 'PUBLISHED';
insert into event_decisions (event_id, decision, kind, value, decided_at)
select ('01900000-0000-7000-9' || lpad(to_hex({tag}), 3, '0') || '-000000000000')::uuid, d, k, v, clock_timestamp()
from (values (1, 'CREATED', {rows}), (2, 'PUBLISHED', null)) as made (d, k, v);
create unlogged table arrivals_{tag} as select row_number() over (order by md5(n::text)) as n,
    ('01900000-0000-7000-8' || lpad(to_hex({tag}), 3, '0') || '-' || lpad(to_hex(n), 12, '0'))::uuid as person
from generate_series(1, {rows}) n;
";

/// As in a sale, people come in another order than that in which they signed up.
const ROWS: &str = "
insert into registrations (event_id, id, user_id, status, decision, confirmed_decision, idempotency_key,
    registered_at, confirmed_at)
select ('01900000-0000-7000-9' || lpad(to_hex({tag}), 3, '0') || '-000000000000')::uuid,
    ('01900001-0000-7000-a' || lpad(to_hex({tag}), 3, '0') || '-' || lpad(to_hex(n), 12, '0'))::uuid,
    person, 'CONFIRMED', n + 2, n + 2, 'load-' || n, now(), now()
from arrivals_{tag};
";

/// What pgbench measured.
#[derive(Debug, Clone, Copy)]
pub struct Classic {
    /// Transactions per second.
    pub per_second: f64,
    /// The mean of their latencies.
    pub mean_milliseconds: f64,
}

/// Makes the classic tables in a database.
///
/// # Errors
/// [`Error::Failed`] with what `psql` said.
pub fn prepare_classic(arena: &Arena, database: &str) -> Result<(), Error> {
    sql(arena, database, CLASSIC_TABLES).map(drop)
}

/// The classic transaction by so many clients, for so long.
///
/// # Errors
/// [`Error::Failed`] with what `pgbench` said.
pub fn classic(arena: &Arena, database: &str, clients: usize, time: Duration) -> Result<Classic, Error> {
    let script = arena.file("classic.sql", CLASSIC_TRANSACTION)?;
    let mut command = Command::new(arena.postgres_program("pgbench")?);
    command.args(["-n", "-M", "prepared", "-c", &clients.to_string(), "-j", &clients.min(2).to_string()]);
    command.args(["-T", &time.as_secs().to_string(), "-f"]).arg(script).arg("-d").arg(arena.url(database)?);
    let said = run(command)?;
    let number = |before: &str| {
        let (_, rest) = said.split_once(before)?;
        rest.split_whitespace().next()?.parse::<f64>().ok()
    };
    match (number("tps = "), number("latency average = ")) {
        (Some(per_second), Some(mean_milliseconds)) => Ok(Classic { per_second, mean_milliseconds }),
        _ => Err(Error::Failed(format!("pgbench said: {said}"))),
    }
}

/// Rows of registrations, with all their indexes, inserted by one statement; per second. `tag` is new each time, at most
/// 4,095.
///
/// # Errors
/// [`Error::Failed`] with what `psql` said.
pub fn bulk(arena: &Arena, database: &str, tag: usize, rows: usize) -> Result<f64, Error> {
    let fill = |text: &str| text.replace("{tag}", &tag.to_string()).replace("{rows}", &rows.to_string());
    sql(arena, database, &fill(EVENT_FOR_ROWS))?;
    let text = fill(ROWS);
    let began = Instant::now();
    sql(arena, database, &text)?;
    Ok(rate(rows, began.elapsed()))
}

/// Runs SQL in a database, stopping at the first error, and gives what it selects.
///
/// # Errors
/// [`Error::Failed`] with what `psql` said.
pub fn sql(arena: &Arena, database: &str, text: &str) -> Result<String, Error> {
    let mut command = Command::new(arena.postgres_program("psql")?);
    command.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", text, "-d"]).arg(arena.url(database)?);
    Ok(run(command)?.trim().to_owned())
}

fn run(mut command: Command) -> Result<String, Error> {
    let program = command.get_program().to_string_lossy().into_owned();
    let Output { status, stdout, stderr } = command.output().map_err(Error::io(program.clone()))?;
    if !status.success() {
        return Err(Error::Failed(format!("{program}: {}", String::from_utf8_lossy(&stderr).trim())));
    }
    Ok(String::from_utf8_lossy(&stdout).into_owned())
}
