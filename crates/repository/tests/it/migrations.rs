use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Integer, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use domain::limits::EVENT_DAYS_MAX;
use domain::registrations::Cancellation;
use repository::databases::{self, LockError};
use repository::{events, migrations, promises, registrations, rehearsals};
use testdb::patience::{LIMIT, scaled};

use crate::stage::{connect, event};

#[derive(QueryableByName, Debug, PartialEq, Eq)]
pub(crate) struct Fact {
    #[diesel(sql_type = Text)]
    pub(crate) fact: String,
}

/// Everything that the migrations make, read from the catalog.
pub(crate) async fn schema(connection: &mut AsyncPgConnection) -> Vec<Fact> {
    diesel::sql_query(
        "select format('column %s.%s %s %s %s %s', table_name, column_name, data_type, domain_name, is_nullable, \
         column_default) as fact \
         from information_schema.columns where table_schema = 'public' \
         union all select format('storage of %s.%s: %s', attrelid::regclass, attname, attstorage) from pg_attribute \
         join pg_class on pg_class.oid = attrelid where relkind = 'r' and relnamespace = 'public'::regnamespace \
         and attnum > 0 and not attisdropped \
         union all select format('index %s', indexdef) from pg_indexes where schemaname = 'public' \
         union all select format('constraint %s on %s: %s', conname, conrelid::regclass, pg_get_constraintdef(oid)) \
         from pg_constraint where connamespace = 'public'::regnamespace \
         union all select format('trigger %s on %s', tgname, tgrelid::regclass) from pg_trigger where not tgisinternal \
         union all select format('function %s', oid::regprocedure) from pg_proc where pronamespace = 'public'::regnamespace \
         and proname not like 'diesel%' \
         union all select format('options of %s: %s', oid::regclass, reloptions::text) from pg_class \
         where relnamespace = 'public'::regnamespace order by 1",
    )
    .load(connection)
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn migrations_go_up_down_and_up_and_leave_the_same_schema() {
    let database = testdb::Database::new().await;
    let url = database.url();
    let before = schema(&mut connect(&url).await).await;
    assert!(before.len() > 80, "{before:#?}");
    // Ids hardly compress, and the batch that writes them holds a lock. A change of a column's type forgets this.
    assert!(before.iter().any(|fact| fact.fact == "storage of journal.registrations: e"));

    migrations::revert_all(connect(&url).await).await.unwrap();
    let empty = schema(&mut connect(&url).await).await;
    assert!(empty.iter().all(|fact| fact.fact.contains("__diesel_schema_migrations")), "{empty:#?}");

    let ran = migrations::run(connect(&url).await).await.unwrap();
    assert!(!ran.is_empty());
    assert_eq!(schema(&mut connect(&url).await).await, before);
    assert_eq!(migrations::run(connect(&url).await).await.unwrap(), Vec::<String>::new(), "nothing is left to do");
}

/// Three events of the first two migrations: one with a sale; one under test, booked and cancelled before; and one
/// whose test was undone, booked afterwards.
const FILLED: &str = "\
    insert into users (id, name, email, password_hash, role, kind) \
    select gen_random_uuid(), n::text, n || '@example.com', '!', 'AUDIENCE', \
    case when n > 5 then 'SIMULATED' else 'PERSON' end from generate_series(1, 8) n; \
    create temporary table shows as select id, row_number() over (order by id) as show from events; \
    update events set status = 'PUBLISHED', seats_remaining = seats, waiting = line, last_decision = last, \
    under_test_since = test from shows join (values (1, 0, 2, 9, null), (2, 0, 1, 8, 5), (3, 1, 0, 11, null)) \
    as now (show, seats, line, last, test) using (show) where events.id = shows.id; \
    insert into event_decisions (event_id, decision, kind, value, decided_at) \
    select id, decision, kind, value, now() from shows join (values (1, 2, 'PUBLISHED', null), \
    (2, 2, 'PUBLISHED', null), (2, 5, 'SIMULATION_BEGUN', null), (3, 2, 'PUBLISHED', null), \
    (3, 5, 'SIMULATION_BEGUN', null), (3, 10, 'SIMULATION_UNDONE', 5)) as entry (show, decision, kind, value) using (show); \
    insert into registrations (event_id, id, user_id, status, decision, confirmed_decision, cancelled_decision, \
    registered_at, confirmed_at, cancelled_at) \
    select shows.id, gen_random_uuid(), users.id, status, decision, confirmed, cancelled, now(), \
    case when confirmed is not null then now() end, case when cancelled is not null then now() end \
    from shows join (values (1, '1', 'CANCELLED', 3, 3, 7), (1, '2', 'CONFIRMED', 4, 4, null), \
    (1, '3', 'CONFIRMED', 5, 8, null), (1, '4', 'WAITLISTED', 6, null, null), (1, '5', 'WAITLISTED', 9, null, null), \
    (2, '1', 'CANCELLED', 3, 3, 4), (2, '6', 'CONFIRMED', 6, 6, null), (2, '7', 'CONFIRMED', 7, 7, null), \
    (2, '8', 'WAITLISTED', 8, null, null), (3, '1', 'CANCELLED', 3, 3, 4), (3, '2', 'CONFIRMED', 11, 11, null)) \
    as place (show, name, status, decision, confirmed, cancelled) using (show) join users using (name)";

/// One more event, which only a stress test has used.
const UNDER_TEST: &str = "\
    update events set status = 'PUBLISHED', seats_remaining = 1, last_decision = 4, under_test_since = 3 \
    from shows where show = 4 and events.id = shows.id; \
    insert into event_decisions (event_id, decision, kind, decided_at) \
    select id, 2, 'PUBLISHED', now() from shows where show = 4 \
    union all select id, 3, 'SIMULATION_BEGUN', now() from shows where show = 4; \
    insert into registrations (event_id, id, user_id, status, decision, confirmed_decision, registered_at, confirmed_at) \
    select shows.id, gen_random_uuid(), users.id, 'CONFIRMED', 4, 4, now(), now() from shows join users on name = '6' \
    where show = 4";

/// The down.sql of every migration after the first two, in their order.
fn later_migrations() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations");
    let mut folders: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders[2..].iter().map(|folder| fs::read_to_string(folder.join("down.sql")).unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_with_people_in_it_is_upgraded_and_keeps_every_promise() {
    let database = testdb::Database::new().await;
    let url = database.url();
    let mut connection = connect(&url).await;
    let before = schema(&mut connection).await;
    for _ in 0..4 {
        event(&mut connection, 2).await;
    }
    // Back to the schema of the first two migrations.
    let later = later_migrations();
    for down in later.iter().rev() {
        connection.batch_execute(down).await.unwrap();
    }
    let forget = "delete from __diesel_schema_migrations where version > '20261122000002'";
    for statement in [forget, FILLED, UNDER_TEST] {
        connection.batch_execute(statement).await.unwrap();
    }

    let ran = migrations::run(connect(&url).await).await.unwrap();
    assert_eq!(ran.len(), later.len(), "{ran:?}");
    assert_eq!(schema(&mut connection).await, before);
    for check in promises::verify(&mut connection, None).await.unwrap() {
        assert_eq!(check.violations, 0, "{check:?}");
    }
    let counted = diesel::sql_query(
        "select format('%s: %s %s %s %s', show, sum(confirmed), sum(waitlisted), sum(promoted), sum(cancelled)) as fact \
         from event_figures join shows on id = event_id group by show order by show",
    );
    let counted: Vec<Fact> = counted.load(&mut connection).await.unwrap();
    let counted: Vec<_> = counted.iter().map(|line| line.fact.as_str()).collect();
    assert_eq!(counted, ["1: 2 3 1 1", "2: 1 0 0 1", "3: 2 0 0 1"]);
    assert_tickets(&mut connection).await;
    // Nobody knew of another cause then.
    let shows: Vec<Fact> = diesel::sql_query("select id::text as fact from shows").load(&mut connection).await.unwrap();
    for show in shows {
        let event = show.fact.parse().unwrap();
        for old in registrations::list_of_event(&mut connection, event).await.unwrap() {
            let expected = old.status.is_over().then_some(Cancellation::GivenUp);
            assert_eq!(old.cancellation, expected, "{:?}", old.id);
        }
    }
}

/// All that [`FILLED`] has is of the first type and price, for nothing. Whatever only a stress test has used is unused.
async fn assert_tickets(connection: &mut AsyncPgConnection) {
    let types: Vec<Fact> = diesel::sql_query(
        "select format('%s: %s of %s free, %s wait for %s, the first for %s, at most %s each, used %s; price %s %s: %s at %s, \
         limit %s, used %s', show, t.seats_remaining, t.capacity, t.waiting, t.seats_wanted, t.head_wants, \
         t.seats_per_registration, t.is_used, p.number, p.name, p.standing, p.amount, p.seat_limit, p.is_used) as fact \
         from shows join ticket_types t on t.event_id = shows.id \
         join prices p on p.event_id = shows.id and p.ticket_type = t.number order by show",
    )
    .load(connection)
    .await
    .unwrap();
    let types: Vec<_> = types.iter().map(|line| line.fact.as_str()).collect();
    assert_eq!(
        types,
        [
            "1: 0 of 2 free, 2 wait for 2, the first for 1, at most 1 each, used t; price 1 Admission: 4 at 0, limit , used t",
            "2: 0 of 2 free, 1 wait for 1, the first for 1, at most 1 each, used t; price 1 Admission: 3 at 0, limit , used t",
            "3: 1 of 2 free, 0 wait for 0, the first for 0, at most 1 each, used t; price 1 Admission: 1 at 0, limit , used t",
            "4: 1 of 2 free, 0 wait for 0, the first for 0, at most 1 each, used f; price 1 Admission: 1 at 0, limit , used f",
        ]
    );
    let odd = diesel::sql_query(
        "select format('%s %s', event_id, decision) as fact from registrations where (ticket_type, seats_booked, seats, \
         price, amount, owed) <> (1, 1, 1, 1, 0, 0) or split is not null or held_until is not null \
         or paid_decision is not null \
         union all select format('%s %s %s', event_id, decision, kind) from event_decisions \
         where ticket_type is distinct from case when kind in ('CREATED', 'CAPACITY') then 1 end \
         or price is not null or registration_id is not null or split is not null",
    );
    assert_eq!(odd.load::<Fact>(connection).await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_sold_before_there_were_types_goes_back_and_comes_again() {
    const TYPES: &str = include_str!("../../../../migrations/2026-12-06-000001_checked_types/down.sql");
    const TRANSFERS: &str = include_str!("../../../../migrations/2026-12-02-000002_transfers/down.sql");
    const PATIENCE: &str = include_str!("../../../../migrations/2026-11-28-000010_patience/down.sql");
    const TICKETS: &str = include_str!("../../../../migrations/2026-11-27-000001_tickets/down.sql");
    const ROWS: &str = "select format('%s', r) as fact from registrations r \
        union all select format('%s', d) from event_decisions d union all select format('%s', e) from events e \
        union all select format('%s', t) from ticket_types t union all select format('%s', p) from prices p order by 1";
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    for _ in 0..4 {
        event(&mut connection, 2).await;
    }
    let before = schema(&mut connection).await;
    let forget = "delete from __diesel_schema_migrations \
                  where version in ('20261127000001', '20261128000010', '20261202000002', '20261206000001')";
    for statement in [TYPES, TRANSFERS, PATIENCE, TICKETS, forget, FILLED, UNDER_TEST] {
        connection.batch_execute(statement).await.unwrap();
    }
    migrations::run(connect(&database.url()).await).await.unwrap();
    let rows: Vec<Fact> = diesel::sql_query(ROWS).load(&mut connection).await.unwrap();
    assert!(rows.len() > 20, "{rows:#?}");
    for statement in [TYPES, TRANSFERS, PATIENCE, TICKETS, forget] {
        connection.batch_execute(statement).await.unwrap();
    }
    migrations::run(connect(&database.url()).await).await.unwrap();
    assert_eq!(diesel::sql_query(ROWS).load::<Fact>(&mut connection).await.unwrap(), rows);
    assert_eq!(schema(&mut connection).await, before);
}

/// Values beyond the limits that types have, and the constraint that each breaks.
const BEYOND: [(&str, &str, &str, &str); 32] = [
    ("events", "title", "''", "event_title_length"),
    ("events", "location", "repeat('x', 301)", "event_location_length"),
    ("events", "description", "repeat('x', 10001)", "event_description_length"),
    ("events", "payment_instructions", "repeat('x', 1001)", "payment_instructions_length"),
    ("events", "currency", "'eur'", "currency_code_form"),
    ("events", "hold_minutes", "14", "hold_minutes_range"),
    ("events", "line_hold_minutes", "20161", "hold_minutes_range"),
    ("events", "line_patience_minutes", "14", "hold_minutes_range"),
    ("events", "grace_minutes", "10081", "grace_minutes_range"),
    ("events", "capacity", "1000001", "seat_count_range"),
    ("events", "waiting", "-1", "tally_range"),
    ("ticket_types", "name", "repeat('x', 81)", "ticket_name_length"),
    ("ticket_types", "capacity", "-1", "seat_count_range"),
    ("ticket_types", "seats_per_registration", "11", "party_size_range"),
    ("ticket_types", "money_taken", "-1", "sum_of_money_range"),
    ("ticket_types", "money_held", "-1", "sum_of_money_range"),
    ("ticket_types", "money_owed", "-1", "sum_of_money_range"),
    ("prices", "name", "''", "ticket_name_length"),
    ("prices", "amount", "1000000001", "price_amount_range"),
    ("prices", "seat_limit", "-1", "seat_count_range"),
    ("prices", "code", "'small'", "price_code_form"),
    ("prices", "standing", "-1", "tally_range"),
    ("event_figures", "confirmed", "-1", "tally_range"),
    ("event_figures", "waitlisted", "-1", "tally_range"),
    ("event_figures", "promoted", "-1", "tally_range"),
    ("event_figures", "cancelled", "-1", "tally_range"),
    ("journal", "news", "array['ODD']", "event_news_known"),
    ("journal", "registrations", "array_fill(gen_random_uuid(), array[1001])", "told_registrations_length"),
    ("registrations", "cancellation", "'ODD'", "cancellation_cause_known"),
    ("registrations", "removal_reason", "''", "removal_reason_length"),
    ("registrations", "split", "array[1, 1, 2]::smallint[]", "price_split_length"),
    ("registrations", "split", "array_fill(1::smallint, array[21])", "price_split_length"),
];

#[tokio::test(flavor = "multi_thread")]
async fn each_column_has_the_limit_of_its_type() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    for (table, column, value, constraint) in BEYOND {
        let found: Fact = diesel::sql_query(format!(
            "select coalesce(domain_name, 'none') as fact from information_schema.columns \
             where table_schema = 'public' and table_name = '{table}' and column_name = '{column}'"
        ))
        .get_result(&mut connection)
        .await
        .unwrap();
        let refused = connection.batch_execute(&format!("select ({value})::{}", found.fact)).await.unwrap_err();
        assert!(refused.to_string().contains(&format!("\"{constraint}\"")), "{table}.{column}: {refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_migration_takes_its_time_also_where_the_role_has_the_limits_of_a_pool() {
    const TYPES: &str = include_str!("../../../../migrations/2026-12-06-000001_checked_types/down.sql");
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    let slow = "delete from __diesel_schema_migrations where version = '20261206000001'; \
        create function slowly() returns event_trigger language plpgsql as \
        'begin if to_regtype(''event_title'') is null then perform pg_sleep(0.4); end if; end'; \
        create event trigger slowly on ddl_command_start when tag in ('CREATE DOMAIN') execute function slowly(); \
        do $$ begin execute format('alter database %I set statement_timeout = 200', current_database()); end $$";
    for statement in [TYPES, slow] {
        connection.batch_execute(statement).await.unwrap();
    }
    assert_eq!(migrations::run(connect(&database.url()).await).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_from_before_the_limit_of_its_length_goes_on_and_no_new_one_is_longer() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    let (old, new) = (event(&mut connection, 2).await.id, event(&mut connection, 2).await.id);
    connection
        .batch_execute(&format!(
            "{} delete from __diesel_schema_migrations where version = '20261126000001'; \
             update events set ends_at = starts_at + interval '8000 years', status = 'PUBLISHED' where id = '{old}'",
            include_str!("../../../../migrations/2026-11-26-000001_event_length/down.sql")
        ))
        .await
        .unwrap();
    assert_eq!(migrations::run(connect(&database.url()).await).await.unwrap().len(), 1);

    let sold = format!("update events set seats_remaining = 1 where id = '{old}'");
    connection.batch_execute(&sold).await.unwrap();
    let old = events::find(&mut connection, old).await.unwrap().unwrap();
    let copy = rehearsals::create(&mut connection, &old, uuid::Uuid::now_v7().into()).await.unwrap();
    assert_eq!(copy.details.ends_at, old.details.ends_at);

    let lasts = |hours| format!("update events set ends_at = starts_at + interval '{hours} hours' where id = '{new}'");
    connection.batch_execute(&lasts(24 * EVENT_DAYS_MAX)).await.unwrap();
    let refused = connection.batch_execute(&lasts(24 * EVENT_DAYS_MAX + 1)).await.unwrap_err().to_string();
    assert!(refused.contains("events_length"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_that_start_together_migrate_once() {
    let database = testdb::Database::new().await;
    let name = format!("{}_empty", database.name());
    let mut admin = connect(&database.url()).await;
    databases::create(&mut admin, &name).await.unwrap();
    let url = database.url_of(&name);
    // Tasks of their own, because each blocks its thread.
    let run = |url: String| tokio::spawn(async move { migrations::run(connect(&url).await).await.unwrap().len() });
    let (a, b, c) = tokio::join!(run(url.clone()), run(url.clone()), run(url));
    let (a, b, c) = (a.unwrap(), b.unwrap(), c.unwrap());
    assert_eq!(a + b + c, a.max(b).max(c), "one of them ran all: {a} {b} {c}");
    databases::drop(&mut admin, &name).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_hangs_with_the_lock_is_not_waited_for_without_end() {
    let database = testdb::Database::new().await;
    let url = database.url();
    let mut hanging = connect(&url).await;
    databases::advisory_lock(&mut hanging, "onsale migrations", LIMIT).await.unwrap();
    let short = scaled(Duration::from_millis(50));
    let error = migrations::run_within(short, connect(&url).await).await.unwrap_err().to_string();
    let pid = diesel::select(sql::<Integer>("pg_backend_pid()")).get_result::<i32>(&mut hanging).await.unwrap();
    for part in ["onsale migrations", "\"onsale\"", &format!("pg_terminate_backend({pid})")] {
        assert!(error.contains(part), "{part} is not in: {error}");
    }
    diesel::sql_query("select pg_advisory_unlock_all()").execute(&mut hanging).await.unwrap();
    migrations::run_within(short, connect(&url).await).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_limit_of_the_wait_for_a_lock_ends_with_the_wait() {
    let database = testdb::Database::new().await;
    let (mut one, mut other) = (connect(&database.url()).await, connect(&database.url()).await);
    databases::advisory_lock(&mut one, "x", LIMIT).await.unwrap();
    let refused = databases::advisory_lock(&mut other, "x", scaled(Duration::from_millis(15))).await;
    assert!(matches!(&refused, Err(LockError::Held { name, .. }) if name == "x"), "{refused:?}");
    let limit = diesel::select(sql::<Text>("current_setting('lock_timeout')"));
    assert_eq!(limit.get_result::<String>(&mut other).await.unwrap(), "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn whether_a_database_is_up_to_date_can_be_asked_without_changing_it() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    assert!(migrations::are_current(&mut connection).await.unwrap());
    for statement in [
        "insert into __diesel_schema_migrations (version) values ('29990101000000')",
        "delete from __diesel_schema_migrations where version in \
         (select version from __diesel_schema_migrations order by version desc limit 2)",
        "drop table __diesel_schema_migrations",
    ] {
        connection.batch_execute(statement).await.unwrap();
        assert!(!migrations::are_current(&mut connection).await.unwrap(), "{statement}");
    }
    let tables = diesel::select(sql::<Bool>("to_regclass('__diesel_schema_migrations') is null"));
    assert!(tables.get_result::<bool>(&mut connection).await.unwrap(), "it was not made by asking");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_a_newer_program_is_left_alone() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    connection
        .batch_execute("insert into __diesel_schema_migrations (version) values ('29990101000000')")
        .await
        .unwrap();
    let error = migrations::run(connect(&database.url()).await).await.unwrap_err().to_string();
    assert!(error.contains("29990101000000") && error.contains("newer program"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tables_in_schema_rs_are_those_of_the_migrations() {
    let database = testdb::Database::new().await;
    let columns = diesel::sql_query(
        "select format('%s %s %s%s', table_name, column_name, udt_name, case is_nullable when 'YES' then ' null' end) \
         as fact from information_schema.columns where table_schema = 'public' \
         and table_name not like '\\_\\_diesel%' order by table_name, ordinal_position",
    )
    .load::<Fact>(&mut connect(&database.url()).await)
    .await
    .unwrap();
    let mut migrated: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for column in columns {
        let (table, rest) = column.fact.split_once(' ').unwrap();
        migrated.entry(table.to_owned()).or_default().push(rest.to_owned());
    }
    assert_eq!(declared(include_str!("../../src/schema.rs")), migrated);
}

/// Tables and columns of a schema.rs, in the catalog's terms.
fn declared(schema: &str) -> BTreeMap<String, Vec<String>> {
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut table = None;
    for line in schema.lines().map(str::trim) {
        if let Some(name) = line.strip_suffix(") {").and_then(|line| line.split_once(" (")).map(|(name, _)| name) {
            table = Some(name.to_owned());
        }
        let column = line.strip_suffix(',').and_then(|line| line.split_once(" -> "));
        if let (Some(table), Some((name, kind))) = (&table, column) {
            let (kind, null) = match kind.strip_prefix("Nullable<") {
                Some(inner) => (inner.trim_end_matches('>'), " null"),
                None => (kind, ""),
            };
            // PostgreSQL names the type of an array after that of its elements.
            let kind = match kind.strip_prefix("Array<") {
                Some(inner) => format!("_{}", inner.trim_end_matches('>')),
                None => kind.to_owned(),
            };
            tables.entry(table.clone()).or_default().push(format!("{name} {}{null}", kind.to_lowercase()));
        }
    }
    tables
}
