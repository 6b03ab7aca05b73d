//! The generic plans of the hot statements, for an event that the statistics have not seen, beside many rows of other
//! events. A plan that reads a whole event, or a whole table, would make each sale slower the more it has sold.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should stop loudly")]

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::QueryFragment;
use diesel::sql_types::Text;
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use uuid::Uuid;

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
            "of buyers",
            text_of(&statements::OfBuyers::default()),
            "uuid[], uuid, uuid",
            format!("'{{}}', {EVENT}, {EVENT}"),
            &[
                "Index Scan using registrations_one_place",
                "Index Cond: ((event_id = $2) AND (user_id = buyer.user_id))",
                "Index Scan using registrations_given_up",
                "Index Cond: ((event_id = $3) AND (user_id = buyer.user_id))",
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
            "line",
            text_of(&statements::Line::default()),
            "uuid, bigint, integer, integer, uuid",
            format!("{EVENT}, 10, 1, null, {EVENT}"),
            &["Index Scan using registrations_line", "Index Cond: (event_id = $1)"],
        ),
        hot(
            "places",
            text_of(&statements::Places::default()),
            "uuid, bigint",
            format!("{EVENT}, 10"),
            &["Index Scan using registrations_one_place"],
        ),
        hot(
            "insert",
            text_of(&statements::Insert::default()),
            "uuid, timestamptz, timestamptz, timestamptz, uuid[], uuid[], text[], bigint[], bigint[], bigint[], text[]",
            format!("{EVENT}, now(), now(), now(), '{{}}', '{{}}', '{{}}', '{{}}', '{{}}', '{{}}', '{{}}'"),
            &["Insert on registrations"],
        ),
        hot(
            "update",
            text_of(&statements::Update::default()),
            "uuid[], text[], bigint[], bigint[], timestamptz[], timestamptz[], uuid, uuid, bigint",
            format!("'{{}}', '{{}}', '{{}}', '{{}}', '{{}}', '{{}}', {EVENT}, {EVENT}, 0"),
            &[
                "Index Scan using registrations_pkey",
                "Index Cond: ((event_id = $7) AND (id = wanted.id))",
                "Tid Scan on",
            ],
        ),
        hot(
            "explain",
            text_of(&statements::Explain::default()),
            "uuid[], text[], text[], boolean[], uuid, uuid, bigint",
            format!("'{{}}', '{{}}', '{{}}', '{{}}', {EVENT}, {EVENT}, 0"),
            &[
                "Index Scan using registrations_pkey",
                "Index Cond: ((event_id = $5) AND (id = wanted.id))",
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
            "record",
            text_of(&statements::Record::default()),
            "uuid, timestamptz, bigint[], text[], bigint[]",
            format!("{EVENT}, now(), '{{}}', '{{}}', '{{}}'"),
            &["Insert on event_decisions"],
        ),
        hot(
            "count",
            text_of(&statements::Count::default()),
            "integer, integer, integer, bigint, text, bigint, uuid, uuid, timestamptz, bigint, bigint, bigint, bigint",
            format!("10, 0, 0, 1, 'PUBLISHED', null, {EVENT}, {EVENT}, now(), 1, 0, 0, 0"),
            &[
                "Index Scan using events_pkey",
                "Insert on event_figures",
                "Conflict Arbiter Indexes: event_figures_pkey",
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
/// `people` people. One more event, which the statistics do not know, gets a registration of everybody.
async fn fill(connection: &mut AsyncPgConnection, events: usize, people: usize) {
    connection
        .batch_execute(&format!(
            "insert into users (id, name, email, password_hash, role, kind) \
             select gen_random_uuid(), 'x', n || '@example.com', '!', 'AUDIENCE', 'PERSON' \
             from generate_series(1, 3000) n; \
             create temporary table event_ids as select gen_random_uuid() as id from generate_series(1, 2000); \
             alter table registrations disable trigger all; \
             insert into events (id, organizer_id, title, description, location, starts_at, ends_at, time_zone, \
             capacity, seats_remaining, status) \
             select id, (select id from users limit 1), 'x', '', 'x', now(), now() + '1 h', 'UTC', 1000000, 1000000, \
             'PUBLISHED' from event_ids; \
             insert into registrations (event_id, id, user_id, status, decision, registered_at, idempotency_key) \
             select e.id, gen_random_uuid(), u.id, 'WAITLISTED', row_number() over (partition by e.id), now(), 'key' \
             from (select id from event_ids limit {events}) e cross join (select id from users limit {people}) u; \
             insert into event_decisions (event_id, decision, kind, decided_at) \
             select id, 2, 'PUBLISHED', now() from event_ids; \
             analyze; \
             insert into events (id, organizer_id, title, description, location, starts_at, ends_at, time_zone, \
             capacity, seats_remaining, status) \
             select {EVENT}, (select id from users limit 1), 'x', '', 'x', now(), now() + '1 h', 'UTC', 10, 0, \
             'PUBLISHED'; \
             insert into registrations (event_id, id, user_id, status, decision, registered_at, idempotency_key) \
             select {EVENT}, gen_random_uuid(), u.id, 'WAITLISTED', row_number() over (), now(), 'key' from users u;"
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

/// A stress test and its undo leave such tables behind. Plans that are made then stay until the tables are analyzed.
#[tokio::test(flavor = "multi_thread")]
async fn every_hot_statement_has_a_sound_generic_plan_on_tables_that_were_vacuumed_while_they_were_empty() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database).await;
    let mut hot = hot();
    // The box office does not run this one, and no lock is held during it.
    hot.retain(|hot| hot.name != "tallies");
    assert_sound(&mut connection, &hot).await;
    for table in ["users", "events", "registrations", "event_decisions", "event_figures"] {
        connection.batch_execute(&format!("vacuum analyze {table}")).await.unwrap();
    }
    assert_sound(&mut connection, &hot).await;
}

async fn assert_sound(connection: &mut AsyncPgConnection, hot: &[Hot]) {
    for hot in hot {
        let plan = plan_of(connection, hot).await;
        for wanted in hot.uses {
            assert!(plan.contains(wanted), "{}: no {wanted:?} in\n{plan}", hot.name);
        }
        for unwanted in ["Seq Scan", "Hash Join", "Merge Join", "->  Sort"] {
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
