//! The generic plans of the hot statements, for an event that the statistics have not seen, beside many rows of other
//! events. A plan that reads a whole event, or a whole table, would make each sale slower the more it has sold.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should stop loudly")]

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::QueryFragment;
use diesel::sql_types::{BigInt, Text};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use uuid::Uuid;

use crate::check_ins::statements as check_ins;
use crate::rows::RegistrationRow;
use crate::sessions::{self, PlanCacheMode};
use crate::{pools, statements};

/// A statement, the types and values of its binds, and the parts that its plan must contain.
struct Hot {
    name: &'static str,
    sql: String,
    types: &'static str,
    values: String,
    uses: &'static [&'static str],
}

const EVENT: &str = "'00000000-0000-7000-8000-000000000001'";

fn text_of(statement: &impl QueryFragment<Pg>) -> String {
    let text = diesel::debug_query::<Pg, _>(statement).to_string();
    text.split(" -- binds").next().unwrap().to_owned()
}

/// So many more empty arrays.
fn nothing(arrays: usize) -> String {
    ", '{}'".repeat(arrays)
}

fn hot() -> Vec<Hot> {
    let event = Uuid::nil();
    let hot = |name, sql, types, values, uses| Hot { name, sql, types, values, uses };
    vec![
        hot(
            "lock",
            text_of(&statements::lock(event)),
            "uuid",
            EVENT.to_owned(),
            &["LockRows", "Index Scan using events_pkey"],
        ),
        hot(
            "types",
            text_of(&statements::Types::default()),
            "uuid",
            EVENT.to_owned(),
            &["Index Scan using ticket_types_pkey", "Index Cond: (event_id = $1)"],
        ),
        hot(
            "prices",
            text_of(&statements::Prices::default()),
            "uuid",
            EVENT.to_owned(),
            &["Index Scan using prices_pkey", "Index Cond: (event_id = $1)"],
        ),
        hot(
            "of buyers",
            text_of(&statements::OfBuyers::default()),
            "uuid[], uuid, uuid",
            format!("'{{}}', {EVENT}, {EVENT}"),
            &[
                "Index Scan using registrations_one_place",
                "Index Cond: ((user_id = buyer.user_id) AND (event_id = $2))",
                "Index Scan using registrations_given_up",
                "Index Cond: ((user_id = buyer.user_id) AND (event_id = $3))",
            ],
        ),
        hot(
            "by id",
            text_of(&statements::ById::default()),
            "uuid[], uuid",
            format!("'{{}}', {EVENT}"),
            &["Index Scan using registrations_pkey", "Index Cond: ((event_id = $2) AND (id = "],
        ),
        hot(
            "lines",
            text_of(&statements::Lines::default()),
            "uuid[], uuid, uuid, integer, integer, uuid, integer",
            format!("'{{}}', {EVENT}, {EVENT}, 20000, null, {EVENT}, null"),
            &[
                "Index Scan using registrations_pkey",
                "Index Cond: ((event_id = $2) AND (id = ",
                "Index Scan using ticket_types_pkey",
                "Index Cond: (event_id = $6)",
                "Index Scan using registrations_line",
                "Index Cond: ((event_id = $3) AND (ticket_type = t.number))",
            ],
        ),
        hot(
            "tails",
            text_of(&statements::Tails::default()),
            "uuid, bigint",
            format!("{EVENT}, 10"),
            &["Index Scan Backward using registrations_line", "Index Cond: (event_id = $1)"],
        ),
        hot(
            "places",
            text_of(&statements::Places::default()),
            "uuid, bigint",
            format!("{EVENT}, 10"),
            &["Index Scan using registrations_pkey", "Index Cond: (event_id = $1)"],
        ),
        hot(
            "lock ending",
            text_of(&statements::LockEnding::default()),
            "uuid[], uuid",
            format!("'{{}}', {EVENT}"),
            &["LockRows", "Index Scan using registrations_pkey", "Index Cond: ((event_id = $2) AND (id = wanted.id))"],
        ),
        hot(
            "admitted",
            text_of(&statements::Admitted::default()),
            "uuid[], uuid",
            format!("'{{}}', {EVENT}"),
            &["using check_ins_ticket_once", "Index Cond: ((event_id = $2) AND (registration_id = "],
        ),
        hot(
            "payments",
            text_of(&statements::Payments::default()),
            "uuid[], uuid",
            format!("'{{}}', {EVENT}"),
            &["Index Scan using payments_pkey", "Index Cond: ((event_id = $2) AND (id = wanted.id))"],
        ),
        hot(
            "insert",
            text_of(&statements::Insert::default()),
            "uuid, timestamptz, timestamptz, timestamptz, timestamptz, uuid[], uuid[], text[], bigint[], bigint[], \
             bigint[], text[], smallint[], smallint[], smallint[], smallint[], text[], bigint[], timestamptz[], \
             timestamptz[], bigint[], bigint[], bigint[], text[], text[], boolean[]",
            format!("{EVENT}, now(), now(), now(), now(){}", nothing(21)),
            &["Insert on registrations"],
        ),
        hot(
            "update",
            text_of(&statements::Update::default()),
            "uuid[], text[], bigint[], bigint[], timestamptz[], timestamptz[], smallint[], smallint[], text[], bigint[], \
             timestamptz[], timestamptz[], bigint[], timestamptz[], bigint[], bigint[], text[], text[], boolean[], uuid, \
             uuid, bigint",
            format!("'{{}}'{}, {EVENT}, {EVENT}, 0", nothing(18)),
            &[
                "Index Scan using registrations_pkey",
                "Index Cond: ((event_id = $20) AND (id = wanted.id))",
                "Tid Scan on",
            ],
        ),
        hot(
            "delete",
            text_of(&statements::Delete::default()),
            "uuid[], uuid, uuid, bigint",
            format!("'{{}}', {EVENT}, {EVENT}, 0"),
            &[
                "Index Scan using registrations_pkey",
                "Index Cond: ((event_id = $2) AND (id = wanted.id))",
                "Tid Scan on",
            ],
        ),
        hot(
            "pay",
            text_of(&statements::Pay::default()),
            "uuid, timestamptz, uuid[], uuid[], bigint[], bigint[], uuid[], bigint[], uuid[]",
            format!("{EVENT}, now(){}", nothing(7)),
            &["Insert on payments", "Conflict Arbiter Indexes: payments_pkey"],
        ),
        hot(
            "record",
            text_of(&statements::Record::default()),
            "uuid, timestamptz, bigint[], text[], bigint[], smallint[], smallint[], uuid[], text[]",
            format!("{EVENT}, now(){}", nothing(7)),
            &["Insert on event_decisions"],
        ),
        hot(
            "count",
            text_of(&statements::Count::default()),
            "integer, integer, integer, bigint, text, bigint, uuid, smallint[], integer[], integer[], integer[], \
             integer[], integer[], timestamptz[], boolean[], bigint[], bigint[], bigint[], uuid, smallint[], integer[], \
             boolean[], uuid, uuid, timestamptz, bigint, bigint, bigint, bigint",
            format!(
                "10, 0, 0, 1, 'PUBLISHED', null, {EVENT}{}, {EVENT}{}, {EVENT}, {EVENT}, now(), 1, 0, 0, 0",
                nothing(11),
                nothing(3)
            ),
            &[
                "Index Scan using events_pkey",
                "Index Scan using ticket_types_pkey",
                "Index Scan using prices_pkey",
                "Insert on event_figures",
                "Conflict Arbiter Indexes: event_figures_pkey",
            ],
        ),
        hot(
            "journal",
            text_of(&statements::Journal::default()),
            "uuid[], text[], uuid, bigint, timestamptz",
            format!("'{{}}', '{{}}', {EVENT}, 1, now()"),
            &["Insert on journal"],
        ),
        hot(
            "let in",
            text_of(&check_ins::LetIn::default()),
            "uuid[], uuid[], smallint[], text[], text[], timestamptz[], uuid[], boolean[], uuid, timestamptz, uuid, uuid, \
             uuid",
            format!("'{{}}'{}, {EVENT}, now(), {EVENT}, {EVENT}, {EVENT}", nothing(7)),
            &[
                "Insert on check_ins",
                "Index Cond: ((event_id = $9) AND (id = s.registration_id))",
                "Index Cond: ((event_id = $12) AND (registration_id = a.registration_id) AND (ticket = a.ticket))",
                "Index Cond: ((event_id = $13) AND (registration_id = a.registration_id))",
            ],
        ),
        hot(
            "tallies",
            text_of(&statements::Tallies::default()),
            "uuid[]",
            format!("array[{EVENT}]::uuid[]"),
            &["Index Scan using events_pkey", "Index Scan using event_decisions_pkey"],
        ),
    ]
}

#[test]
fn the_text_of_the_hot_statements_is_known() {
    let texts: Vec<_> = hot().into_iter().map(|hot| format!("-- {}\n{}\n", hot.name, hot.sql)).collect();
    insta::assert_snapshot!(texts.join("\n"));
}

async fn connect(database: &testdb::Database) -> AsyncPgConnection {
    let mut connection = pools::connect_once(&database.url(), testdb::patience::LIMIT).await.unwrap();
    let planner = sessions::planner(PlanCacheMode::ForceGenericPlan);
    let session: Vec<_> = planner.iter().map(|(name, value)| format!("set {name} = {value};")).collect();
    connection.batch_execute(&session.concat()).await.unwrap();
    connection
}

/// Makes 3,000 people and 2,000 events that the statistics know. `events` of these get a registration of each of
/// `people` people, and each has one ticket type and one price. One more event, which the statistics do not know, gets
/// 20 types, 60 prices and a registration of everybody.
async fn fill(connection: &mut AsyncPgConnection, events: usize, people: usize) {
    connection
        .batch_execute(&format!(
            "insert into users (id, name, email, password_hash, role, kind) \
             select gen_random_uuid(), 'x', n || '@example.com', '!', 'AUDIENCE', 'PERSON' \
             from generate_series(1, 3000) n; \
             create temporary table event_ids as select gen_random_uuid() as id from generate_series(1, 2000); \
             alter table registrations disable trigger all; alter table ticket_types disable trigger all; \
             alter table prices disable trigger all; alter table payments disable trigger all; \
             insert into events (id, organizer_id, title, description, location, starts_at, ends_at, time_zone, \
             capacity, seats_remaining, status) \
             select id, (select id from users limit 1), 'x', '', 'x', now(), now() + '1 h', 'UTC', 1000000, 1000000, \
             'PUBLISHED' from event_ids; \
             insert into registrations (event_id, id, user_id, status, decision, registered_at, idempotency_key) \
             select e.id, gen_random_uuid(), u.id, 'WAITLISTED', row_number() over (partition by e.id), now(), 'key' \
             from (select id from event_ids limit {events}) e cross join (select id from users limit {people}) u; \
             insert into event_decisions (event_id, decision, kind, decided_at) \
             select id, 2, 'PUBLISHED', now() from event_ids; \
             insert into ticket_types (event_id, number, name, capacity, seats_remaining) \
             select id, 1, 'Admission', 1000000, 1000000 from event_ids; \
             insert into prices (event_id, number, ticket_type, name, amount) \
             select id, 1, 1, 'Admission', 0 from event_ids; \
             insert into payments (event_id, id, registration_id, amount, decision, marked_at) \
             select event_id, id, id, 500, 3, now() from registrations; \
             analyze; \
             insert into events (id, organizer_id, title, description, location, starts_at, ends_at, time_zone, \
             capacity, seats_remaining, status) \
             select {EVENT}, (select id from users limit 1), 'x', '', 'x', now(), now() + '1 h', 'UTC', 10, 0, \
             'PUBLISHED'; \
             insert into ticket_types (event_id, number, name, capacity, seats_remaining, waiting, seats_wanted, head_wants) \
             select {EVENT}, n, n, 10, 0, 150, 150, 1 from generate_series(1, 20) n; \
             insert into prices (event_id, number, ticket_type, name, amount, standing) \
             select {EVENT}, n, 1 + n % 20, n, 500, 50 from generate_series(1, 60) n; \
             insert into registrations (event_id, id, user_id, status, decision, registered_at, idempotency_key, \
             ticket_type, price, amount) \
             select {EVENT}, gen_random_uuid(), u.id, 'WAITLISTED', n, now(), 'key', 1 + n % 20, 1 + n % 60, 500 \
             from (select id, row_number() over () as n from users) u;"
        ))
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_hot_statement_has_a_sound_generic_plan_on_an_event_that_nobody_analyzed() {
    // Large events, small events, and nearly empty ones.
    for (events, people) in [(20, 3000), (2000, 30), (2000, 1)] {
        let database = testdb::Database::new().await;
        let mut connection = connect(&database).await;
        fill(&mut connection, events, people).await;
        assert_sound(&mut connection, &hot()).await;
    }
}

/// The tables that hot statements read or write.
const EMPTIED: [&str; 10] = [
    "users",
    "events",
    "ticket_types",
    "prices",
    "registrations",
    "payments",
    "event_decisions",
    "event_figures",
    "check_ins",
    "ticket_names",
];

/// A stress test and its undo leave such tables behind. Plans that are made then stay until the tables are analyzed.
#[tokio::test(flavor = "multi_thread")]
async fn every_hot_statement_has_a_sound_generic_plan_on_tables_that_were_vacuumed_while_they_were_empty() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database).await;
    let mut hot = hot();
    // The box office does not run this one, and no lock is held during it.
    hot.retain(|hot| hot.name != "tallies");
    assert_sound(&mut connection, &hot).await;
    for table in EMPTIED {
        connection.batch_execute(&format!("vacuum analyze {table}")).await.unwrap();
    }
    assert_sound(&mut connection, &hot).await;
}

async fn assert_sound(connection: &mut AsyncPgConnection, hot: &[Hot]) {
    for hot in hot {
        let plan = plan_of(connection, hot).await;
        // Those who may leave a line are sorted by their types: a batch has few of them.
        let plan = plan.replace("Sort Key: found.ticket_type", "");
        // Scans have an order.
        let plan = plan.replace("Sort Key: place_1.place", "");
        for wanted in hot.uses {
            assert!(plan.contains(wanted), "{}: no {wanted:?} in\n{plan}", hot.name);
        }
        for unwanted in ["Seq Scan", "Hash Join", "Merge Join", "Sort Key:"] {
            // An event has few types and prices, which their indexes find.
            if (hot.name, unwanted) == ("count", "Hash Join") {
                continue;
            }
            assert!(!plan.contains(unwanted), "{}:\n{plan}", hot.name);
        }
    }
}

async fn plan_of(connection: &mut AsyncPgConnection, hot: &Hot) -> String {
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
        text: String,
    }
    connection.batch_execute(&format!("prepare hot ({}) as {}", hot.types, hot.sql)).await.unwrap();
    let explain = format!("explain execute hot({})", hot.values);
    let lines = diesel::sql_query(explain).load::<Line>(connection).await.unwrap();
    connection.batch_execute("deallocate hot").await.unwrap();
    lines.into_iter().map(|line| line.text).collect::<Vec<_>>().join("\n")
}

/// The rows of tables that this session has read in its transaction.
async fn rows_read(connection: &mut AsyncPgConnection) -> i64 {
    #[derive(QueryableByName)]
    struct Read {
        #[diesel(sql_type = BigInt)]
        rows: i64,
    }
    let read = "select sum(pg_stat_get_xact_tuples_returned(oid) + pg_stat_get_xact_tuples_fetched(oid))::bigint as rows \
                from pg_class where relnamespace = 'public'::regnamespace";
    diesel::sql_query(read).get_result::<Read>(connection).await.unwrap().rows
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lines_are_read_as_far_as_they_may_move_however_many_wait() {
    const WAITING: i64 = 300_000;
    let database = testdb::Database::new().await;
    let mut connection = connect(&database).await;
    let event = Uuid::parse_str(EVENT.trim_matches('\'')).unwrap();
    // Twenty lines, the first of them long. One person has a seat of the first type, and one of the second.
    connection
        .batch_execute(&format!(
            "alter table registrations disable trigger all; alter table ticket_types disable trigger all; \
             insert into ticket_types (event_id, number, name, capacity, seats_remaining, waiting, seats_wanted, head_wants) \
             select {EVENT}, n, n, 1, 0, w, w, 1 from generate_series(1, 20) n, \
             lateral (select case n when 1 then {WAITING} else 30 end as w) waiting; \
             insert into registrations (event_id, id, user_id, status, decision, registered_at, ticket_type) \
             select {EVENT}, gen_random_uuid(), gen_random_uuid(), 'WAITLISTED', 100 + n, now(), t.number \
             from ticket_types t cross join lateral generate_series(1, t.waiting) n; \
             insert into registrations (event_id, id, user_id, status, decision, seated_decision, registered_at, seated_at, \
             ticket_type) select {EVENT}, lpad(n::text, 32, '0')::uuid, gen_random_uuid(), 'CONFIRMED', n, n, now(), now(), \
             n from generate_series(1, 2) n"
        ))
        .await
        .unwrap();
    let seats = [1, 2].map(Uuid::from_u128);
    // Whoever goes, the capacity that is asked for, and how many are looked up: one for each seat, and the head after
    // them, of each line that moves.
    for (moving, capacity_at_most, expected) in [
        (vec![seats[0]], None, 2),
        (seats.to_vec(), None, 4),
        (vec![], Some(1), 20),
        (vec![], Some(11), 20 * 11),
        (vec![Uuid::from_u128(9)], None, 0),
    ] {
        let lines = statements::Lines {
            moving,
            event,
            event_of_line: event,
            promotions_at_most: 20_000,
            capacity_at_most,
            event_of_types: event,
            capacity_again: capacity_at_most,
        };
        let read = connection.transaction(async |connection| {
            let before = rows_read(connection).await;
            let found: Vec<RegistrationRow> = lines.load(connection).await?;
            Ok::<_, diesel::result::Error>((found.len(), rows_read(connection).await - before))
        });
        let (found, read) = read.await.unwrap();
        assert_eq!(found, expected, "{capacity_at_most:?}");
        // A row of an index and one of a table for each, and the types.
        let most = i64::try_from(4 * expected + 200).unwrap();
        assert!(read <= most, "{read} rows were read for {expected}, {capacity_at_most:?}");
    }
}
