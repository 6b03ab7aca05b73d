//! A database with something in every table. Dumps of it are what the tests of upgrades begin with.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use auth::access::may;
use domain::accounts::Role;
use localpg::Programs;
use reqwest::Method;
use serde_json::json;
use server::routes;
use tokio::task::spawn_blocking;

use crate::client::Organizer;
use crate::journal::READ_LATER;
use crate::mail_server::MailServer;
use crate::messages::stage_with_mail;
use crate::roles::prepare_for;
use crate::stage::Stage;

/// Names the file, by its path from the checkout, that gets a dump of this database.
const VARIABLE: &str = "ONSALE_DUMP";

/// The oldest version of PostgreSQL that is tested.
const DUMPED_WITH: u32 = 15;

/// All tables that the migrations make.
const TABLES: &str = "select table_name::text from information_schema.tables where table_schema = 'public' order by 1";

/// An event that sells out: one gave up, one was promoted, one waits, and one has put a name on the ticket.
async fn sell_out(stage: &Stage, organizer: &Organizer) -> String {
    let event = organizer.published(2).await;
    let crowd = stage.crowd(4).await;
    let mut bookings = Vec::new();
    for (buyer, status) in crowd.iter().zip([201, 201, 202, 202]) {
        bookings.push(buyer.book(&event).await.expect(status));
    }
    crowd[0].give_up(&bookings[0]).await.expect(200);
    let tickets = format!("/events/{event}/registrations/{}/tickets", bookings[1]["id"].as_str().unwrap());
    crowd[1].put_json(&format!("{tickets}/names"), &json!({ "names": ["Zoë O'Hara"] })).await.expect(200);
    event
}

/// Every request of the route table that changes something, as whoever runs events or, where they may not, as an
/// administrator.
async fn change_everything(stage: &Stage) {
    let table = routes::table();
    for endpoint in table.iter().filter(|endpoint| endpoint.method != Method::GET.as_str()) {
        let role = if may(Role::Organizer, endpoint.permission) { Role::Organizer } else { Role::Admin };
        let person = stage.person(role).await;
        prepare_for(stage, endpoint, &person).await.send(&stage.session(&person)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_routes_together_fill_every_table() {
    let mails = MailServer::start().await;
    let stage = stage_with_mail(&mails).await;
    change_everything(&stage).await;
    let organizer = stage.organizer().await;
    let event = sell_out(&stage, &organizer).await;
    // News that people are yet to be told of stay in the journal.
    stage.execute(READ_LATER).await;
    stage.audience().await.book(&event).await.expect(202);
    stage.execute("alter table journal alter column retry_at drop default").await;

    stage.assert_promises().await;
    let (client, connection) = tokio_postgres::connect(&stage.database.url(), tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    for table in client.query(TABLES, &[]).await.unwrap() {
        let table: String = table.get(0);
        assert!(stage.count(&table).await > 0, "{table} is empty: a dump would not show what becomes of its rows");
    }
    if let Some(file) = env::var_os(VARIABLE) {
        let (url, file) = (stage.database.url(), PathBuf::from(file));
        spawn_blocking(move || write_dump(&url, &file)).await.unwrap();
    }
}

/// Writes all tables and rows of a database as SQL that every version of PostgreSQL from [`DUMPED_WITH`] on can run,
/// whoever runs it.
fn write_dump(url: &str, file: &Path) {
    let programs = Programs::find().unwrap();
    assert_eq!(programs.major_version(), DUMPED_WITH, "older versions may not know what a newer one writes");
    let mut command = Command::new(programs.path("pg_dump"));
    command.args(["--no-owner", "--no-privileges", "--inserts", "--rows-per-insert=100", "--dbname", url]);
    let dumped = command.output().unwrap();
    assert!(dumped.status.success(), "{}", String::from_utf8_lossy(&dumped.stderr));
    let text = String::from_utf8(dumped.stdout).unwrap();
    // These are for psql.
    let lines = text.lines().filter(|line| !line.starts_with('\\')).map(|line| format!("{line}\n"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    fs::write(root.join(file), lines.collect::<String>()).unwrap();
}
