//! The schema can be distributed by event: every row of an event can be on the node of that event, and nothing looks at
//! others.

use std::fs;
use std::path::Path;

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};

use crate::stage::connect;

/// Whatever keeps a table from being distributed by its event. Users, their mails, keys and webhooks are on every node,
/// and the audit log is on one.
const OBSTACLES: &str = "\
    with tables as (select oid as id, relname as name, \
    (select attnum from pg_attribute where attrelid = pg_class.oid \
    and attname = case relname when 'events' then 'id' else 'event_id' end) as event \
    from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace \
    and relname not in ('users', 'account_mails', 'api_keys', 'webhook_endpoints', 'audit_log', \
    '__diesel_schema_migrations')) \
    select format('table %s has no event', name) as what from tables where event is null \
    union all select format('index %s', indexrelid::regclass) from pg_index join tables on id = indrelid \
    where (indisunique or indisexclusion) and event <> all (indkey::int2[]) \
    union all select format('foreign key %s', conname) from pg_constraint join tables on id = conrelid \
    left join tables as there on there.id = confrelid \
    where contype = 'f' and confrelid <> all (array['users', 'webhook_endpoints']::regclass[]) and not exists (\
    select 1 from unnest(conkey, confkey) as pair (here, there) \
    where pair.here = tables.event and pair.there = there.event) \
    union all select format('trigger %s', tgname) from pg_trigger join tables on id = tgrelid where not tgisinternal \
    union all select format('foreign key %s', conname) from pg_constraint join tables on id = confrelid \
    where contype = 'f' and (conrelid in ('users'::regclass, 'audit_log'::regclass) \
    or conrelid = any (array['account_mails', 'api_keys', 'webhook_endpoints']::regclass[]) \
    and confrelid <> 'users'::regclass) \
    order by 1";

async fn facts(connection: &mut AsyncPgConnection, query: &str) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Fact {
        #[diesel(sql_type = Text)]
        what: String,
    }
    let found: Vec<Fact> = diesel::sql_query(query).load(connection).await.unwrap();
    found.into_iter().map(|fact| fact.what).collect()
}

async fn obstacles(connection: &mut AsyncPgConnection) -> Vec<String> {
    facts(connection, OBSTACLES).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_but_those_of_accounts_and_the_audit_log_can_be_distributed_by_event() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    assert_eq!(obstacles(&mut connection).await, [""; 0]);

    // The query finds what it is for.
    connection
        .batch_execute(
            "create table apart (id bigint primary key); \
             create table planted (event_id uuid not null references events (id), id uuid primary key, number bigint \
             references apart (id), code text); \
             create unique index planted_code on planted (code); \
             create function planted_nothing() returns trigger language plpgsql as 'begin return new; end'; \
             create trigger planted_trigger before insert on planted for each row execute function planted_nothing(); \
             alter table audit_log add constraint audit_log_planted_fkey foreign key (subject_id) references events (id)",
        )
        .await
        .unwrap();
    assert_eq!(
        obstacles(&mut connection).await,
        [
            "foreign key audit_log_planted_fkey",
            "foreign key planted_number_fkey",
            "index planted_code",
            "index planted_pkey",
            "table apart has no event",
            "trigger planted_trigger",
        ]
    );
}

/// The steps are run here with functions of those names that only write down what they are asked.
#[tokio::test(flavor = "multi_thread")]
async fn the_steps_that_distribute_the_schema_name_every_table_and_leave_every_constraint() {
    const CONSTRAINTS: &str = "select format('%s on %s: %s', conname, conrelid::regclass, pg_get_constraintdef(oid)) \
        as what from pg_constraint where connamespace = 'public'::regnamespace and conrelid <> 0 order by 1";
    const TABLES: &str = "select relname::text as what from pg_class where relkind = 'r' \
        and relnamespace = 'public'::regnamespace \
        and relname not in ('audit_log', '__diesel_schema_migrations') order by 1";
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/operating.md")).unwrap();
    let (_, section) = page.split_once("## A distributed database").unwrap();
    let steps = section.split_once("```sql").unwrap().1.split_once("```").unwrap().0;

    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    let constraints = facts(&mut connection, CONSTRAINTS).await;
    let tables = facts(&mut connection, TABLES).await;
    connection
        .batch_execute(
            "create temporary table distributed (what text, foreign_keys bigint); \
             create function pg_temp.note(name text) returns void language sql as \
             $$ insert into distributed select name, (select count(*) from pg_constraint \
             where contype = 'f' and confrelid = 'events'::regclass) $$; \
             create function pg_temp.create_reference_table(name text) returns void language sql as \
             $$ select pg_temp.note(name) $$; \
             create function pg_temp.create_distributed_table(name text, key text, colocate_with text default '') \
             returns void language sql as $$ select pg_temp.note(name) $$",
        )
        .await
        .unwrap();
    // A temporary function is found by its schema only.
    let steps = steps.replace("select create_", "select pg_temp.create_");
    connection.batch_execute(&steps).await.unwrap();
    assert_eq!(facts(&mut connection, "select what from distributed order by 1").await, tables);
    let left = "select distinct foreign_keys::text as what from distributed";
    assert_eq!(facts(&mut connection, left).await, ["0"], "no foreign key to events is in the way");
    assert_eq!(facts(&mut connection, CONSTRAINTS).await, constraints);
}

/// A planner that sends an update to several nodes refuses functions that would give each another value.
#[test]
fn no_update_asks_for_the_time_row_by_row() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![sources];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            files += 1;
            for (number, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
                let is_assigned =
                    line.contains("clock_timestamp()") && (line.contains(".eq(") || line.contains("set "));
                assert!(!is_assigned, "{}:{}: use statement_timestamp()", path.display(), number + 1);
            }
        }
    }
    assert!(files > 20, "{files}");
}
