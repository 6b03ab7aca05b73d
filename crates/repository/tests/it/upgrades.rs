//! Databases of released programs, as their dumps have them, are upgraded with nothing lost.
//!
//! `crates/server/tests/it/dumps.rs` makes the dumps.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use repository::{databases, migrations};

use crate::migrations::{Fact, schema};
use crate::stage::connect;

/// The dump of what is not released yet. At a release it is made again, under the release's name.
const UNRELEASED: &str = "unreleased.sql";

/// Columns that migrations have renamed: table, name before, name after.
const RENAMED: [(&str, &str, &str); 2] =
    [("registrations", "confirmed_decision", "seated_decision"), ("registrations", "confirmed_at", "seated_at")];

/// The rows of each table as text, with the columns that it had when its dump was made.
type Rows = BTreeMap<String, Vec<Fact>>;

/// The tables and their columns.
type Columns = BTreeMap<String, Vec<String>>;

/// All dumps, by their names.
fn dumps() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dumps");
    let mut dumps: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    dumps.sort();
    dumps
}

async fn facts(connection: &mut AsyncPgConnection, sql: &str) -> Vec<Fact> {
    diesel::sql_query(sql).load(connection).await.unwrap()
}

async fn columns(connection: &mut AsyncPgConnection) -> Columns {
    let all = "select format('%s %s', table_name, column_name) as fact from information_schema.columns \
               where table_schema = 'public' and table_name not like '\\_\\_diesel%' \
               order by table_name, ordinal_position";
    let mut columns = Columns::new();
    for Fact { fact } in facts(connection, all).await {
        let (table, column) = fact.split_once(' ').unwrap();
        columns.entry(table.to_owned()).or_default().push(column.to_owned());
    }
    columns
}

async fn rows(connection: &mut AsyncPgConnection, columns: &Columns) -> Rows {
    let mut rows = Rows::new();
    for (table, columns) in columns {
        let columns = columns.join(", ");
        let all = format!("select format('%s', row({columns})) as fact from {table} order by 1");
        rows.insert(table.clone(), facts(connection, &all).await);
    }
    rows
}

/// These columns by their names after all migrations.
fn renamed(mut columns: Columns) -> Columns {
    for (table, before, after) in RENAMED {
        let columns = columns.get_mut(table).into_iter().flatten();
        columns.filter(|column| *column == before).for_each(|column| after.clone_into(column));
    }
    columns
}

/// Upgrades a database with these tables and rows, and compares it with one that is new.
async fn upgrade(url: &str, dump: &Path, schema_now: &[Fact]) {
    let name = dump.file_name().unwrap().to_str().unwrap();
    // The dump sets the session up for itself.
    connect(url).await.batch_execute(&fs::read_to_string(dump).unwrap()).await.unwrap();
    let mut connection = connect(url).await;
    let columns = columns(&mut connection).await;
    let before = rows(&mut connection, &columns).await;
    let held: usize = before.values().map(Vec::len).sum();
    assert!(held > 50, "{name} has {held} rows");

    let ran = migrations::run(connect(url).await).await.unwrap();

    let same = without_parentheses(schema(&mut connection).await);
    assert_same(&same, schema_now, &format!("the schema of {name}"));
    let after = rows(&mut connection, &renamed(columns)).await;
    for (table, before) in &before {
        assert_same(&after[table], before, &format!("{table} of {name}"));
    }
    if ran.is_empty() {
        for (table, rows) in &before {
            assert!(!rows.is_empty(), "{name} has nothing in {table}: make it again");
        }
    }
    testdb::assert_promises(&mut connection).await;
}

/// PostgreSQL writes fewer of them around a condition that it has read once more.
fn without_parentheses(facts: Vec<Fact>) -> Vec<Fact> {
    facts.into_iter().map(|Fact { fact }| Fact { fact: fact.replace(['(', ')'], "") }).collect()
}

/// Names what is in one list and not in the other.
#[track_caller]
fn assert_same(found: &[Fact], expected: &[Fact], what: &str) {
    let only = |some: &[Fact], others: &[Fact]| -> Vec<String> {
        some.iter().filter(|fact| !others.contains(fact)).map(|fact| fact.fact.clone()).collect()
    };
    let (lost, new) = (only(expected, found), only(found, expected));
    assert!(found == expected, "{what} lost {lost:#?} and got {new:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_each_release_is_upgraded_with_nothing_lost() {
    let database = testdb::Database::new().await;
    let mut admin = connect(&database.url()).await;
    let schema_now = without_parentheses(schema(&mut admin).await);
    let dumps = dumps();
    assert!(dumps.iter().any(|dump| dump.ends_with(UNRELEASED)), "{dumps:?}");
    for (n, dump) in dumps.iter().enumerate() {
        let name = format!("{}_dump_{n}", database.name());
        databases::create(&mut admin, &name).await.unwrap();
        upgrade(&database.url_of(&name), dump, &schema_now).await;
        databases::drop(&mut admin, &name).await.unwrap();
    }
}
