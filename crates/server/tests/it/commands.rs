//! The commands of the real program: what they do, what they print, how they end.

use std::fs;

use domain::ids::EventId;
use repository::databases;
use serde_json::{Value, json};
use testdb::patience::{LIMIT, eventually};
use tokio_postgres::{Client, NoTls};
use uuid::Uuid;

use crate::servers::{Ended, Ground, is_alive, until};

const ADA: [&str; 5] = ["create-admin", "--email", "Ada@example.com", "--name", "Ada Lovelace"];
const PASSWORD: &str = "a password that is long";
const PASSWORD_VARIABLE: &str = "ONSALE_ADMIN_PASSWORD";

async fn sql(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

/// Accounts, whatever they are: address, role, activity.
async fn accounts(url: &str) -> Vec<(String, String, bool)> {
    let rows = sql(url).await.query("select email, role, is_active from users order by id", &[]).await.unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect()
}

/// Why it did not work: the last line, after what the log said.
fn complaint(ended: &Ended) -> &str {
    let line = ended.err.lines().last().unwrap_or_default();
    line.strip_prefix("onsale: ").unwrap_or_else(|| panic!("no complaint: {ended:?}"))
}

fn assert_parts(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is missing: {text}");
    }
}

#[tokio::test]
async fn every_command_has_a_page_that_says_what_it_does() {
    let ground = Ground::new();
    let mut pages = String::new();
    for command in
        [None, Some("serve"), Some("migrate"), Some("create-admin"), Some("erase"), Some("verify"), Some("ready")]
    {
        let arguments: Vec<_> = command.into_iter().chain(["--help"]).collect();
        let ended = ground.private().arguments(&arguments).end(0).await;
        assert!(ended.err.is_empty(), "{ended:?}");
        pages.push_str(&format!("$ onsale {}\n{}\n", arguments.join(" "), ended.out));
    }
    insta::assert_snapshot!(pages);
    let ended = ground.private().arguments(&["--version"]).end(0).await;
    assert_eq!(ended.out, format!("onsale {}\n", env!("CARGO_PKG_VERSION")));
    ground.private().arguments(&["--help"]).unheard().end(0).await;
}

#[tokio::test]
async fn a_wrong_command_line_is_refused_before_anything_is_touched() {
    for (arguments, parts) in [
        (&["--port=9000"][..], &["--port", "--help"][..]),
        (&["server"], &["server", "serve"]),
        (&["create-admin"], &["--email", "--name"]),
        (&["create-admin", "--email", "ada@example.com"], &["--name"]),
        (&["create-admin", "--email", "ada", "--name", "Ada"], &["--email", "name@example.com"]),
        (&["create-admin", "--email", "a@simulation.invalid", "--name", "Ada"], &["--email", "can receive mail"]),
        (&["create-admin", "--email", "ada@example.com", "--name", " "], &["--name", "must not be empty"]),
        (&["create-admin", "--email", "ada@example.com", "--name", "Ada", "--promote"], &["--name", "--promote"]),
        (&["create-admin", "--email", "ada@example.com", "--name", "Ada", "--reset-password"], &["--promote"]),
        (&["create-admin", "--email", "ada@example.com", "--name", "Ada", "--password", "x"], &["--password"]),
        (&["verify", "--event", "7"], &["--event", "id"]),
    ] {
        let ground = Ground::new();
        let ended = ground.private().arguments(arguments).end(2).await;
        assert_parts(&ended.err, parts);
        assert!(ended.out.is_empty() && !ground.data().exists(), "{ended:?}");
    }
}

#[tokio::test]
async fn migrate_brings_a_database_up_to_date_and_says_what_it_ran() {
    let database = testdb::Database::new().await;
    let name = format!("{}_empty", database.name());
    let mut connection = repository::pools::connect_once(&database.url(), LIMIT).await.unwrap();
    databases::create(&mut connection, &name).await.unwrap();
    let url = database.url_of(&name);
    let ground = Ground::new();

    for arguments in [&["verify"][..], &ADA] {
        let code = if arguments == ADA { 1 } else { 2 };
        let ended = ground.on(&url).set(PASSWORD_VARIABLE, PASSWORD).arguments(arguments).end(code).await;
        assert_parts(complaint(&ended), &[&name, "onsale migrate"]);
    }
    let ended = ground.on(&url).arguments(&["migrate"]).end(0).await;
    assert_parts(&ended.out, &["Ran 2026-11-22-000001_core\n", "Ran 2026-11-22-000002_audit\n"]);
    let ended = ground.on(&url).arguments(&["migrate"]).end(0).await;
    assert_eq!(ended.out, "The tables are up to date: there was nothing to do\n");
    ground.on(&url).arguments(&["verify"]).end(0).await;
    databases::drop(&mut connection, &name).await.unwrap();
}

#[tokio::test]
async fn an_administrator_is_made_who_can_sign_in() {
    let database = testdb::Database::new().await;
    let ground = Ground::new();
    let ended = ground.on(&database.url()).set(PASSWORD_VARIABLE, PASSWORD).arguments(&ADA).end(0).await;
    assert_eq!(ended.out, "Ada Lovelace is an administrator now, and signs in as Ada@example.com\n");
    let input = "another password \u{fc}\r\n";
    let grace = ["create-admin", "--email", "grace@example.com", "--name", "Grace Hopper"];
    ground.on(&database.url()).arguments(&grace).input(input).end(0).await;

    let server = ground.on(&database.url()).set(PASSWORD_VARIABLE, PASSWORD).start().await;
    assert!(!server.out().contains("admin123"), "somebody's own database gets no demo");
    for (email, password) in [("ada@example.com", PASSWORD), ("grace@example.com", input.trim())] {
        let me = server.audience(email, password).await.me().await.expect(200);
        assert_eq!(me["role"], "ADMIN");
    }
    let entries = sql(&database.url()).await;
    let entries =
        entries.query("select 1 from audit_log where actor_id is null and action = 'USER_CREATED'", &[]).await;
    assert_eq!(entries.unwrap().len(), 2);
}

#[tokio::test]
async fn a_password_that_cannot_be_makes_no_administrator() {
    let database = testdb::Database::new().await;
    let ground = Ground::new();
    let launch = || ground.on(&database.url()).arguments(&ADA);
    for (ended, parts) in [
        (launch().set(PASSWORD_VARIABLE, "short").end(1).await, &["the password", "at least 12 characters"][..]),
        (launch().set(PASSWORD_VARIABLE, "x".repeat(72)).end(1).await, &["the password", "at most 71 bytes"]),
        (launch().input("short\n").end(1).await, &["the password", "at least 12 characters"]),
        (launch().input("a long password\nand another\n").end(1).await, &["more than one line"]),
        (launch().end(1).await, &["standard input is empty", PASSWORD_VARIABLE]),
    ] {
        assert_parts(complaint(&ended), parts);
        assert!(ended.out.is_empty(), "{ended:?}");
    }
    assert_eq!(accounts(&database.url()).await, []);
}

#[tokio::test]
async fn an_address_that_is_taken_is_refused_and_can_be_promoted() {
    let database = testdb::Database::new().await;
    let url = database.url();
    let ground = Ground::new();
    let server = ground.on(&url).set("ONSALE__DEMO__ENABLED", "false").start().await;
    let registration = json!({ "name": "Ada", "email": "ada@example.com", "password": "her own password" });
    server.anonymous().register(&registration).await.expect(201);
    let promote = ["create-admin", "--email", "ada@example.com", "--promote"];
    let account = |role: &str, is_active| vec![("ada@example.com".to_owned(), role.to_owned(), is_active)];

    let ended = ground.on(&url).set(PASSWORD_VARIABLE, PASSWORD).arguments(&ADA).end(1).await;
    assert_parts(complaint(&ended), &["Ada@example.com", "--promote"]);
    assert_eq!(accounts(&url).await, account("AUDIENCE", true), "it is as it was");

    sql(&url).await.batch_execute("update users set is_active = false").await.unwrap();
    let ended = ground.on(&url).arguments(&promote).set(PASSWORD_VARIABLE, PASSWORD).end(0).await;
    assert_parts(&ended.out, &["ada@example.com", "AUDIENCE and deactivated", "keeps its password"]);
    assert_eq!(accounts(&url).await, account("ADMIN", true));
    assert_eq!(server.audience("ada@example.com", "her own password").await.me().await.expect(200)["role"], "ADMIN");
    let ended = ground.on(&url).arguments(&promote).end(0).await;
    assert_parts(&ended.out, &["nothing to do"]);

    let reset = [&promote[..], &["--reset-password"]].concat();
    ground.on(&url).arguments(&reset).set(PASSWORD_VARIABLE, "short").end(1).await;
    let ended = ground.on(&url).arguments(&reset).set(PASSWORD_VARIABLE, PASSWORD).end(0).await;
    assert_parts(&ended.out, &["another password"]);
    server.audience("ada@example.com", PASSWORD).await;
    server.anonymous().login("ada@example.com", "her own password").await.expect(401);

    let nobody = ["create-admin", "--email", "nobody@example.com", "--promote"];
    let ended = ground.on(&url).arguments(&nobody).end(1).await;
    assert_parts(complaint(&ended), &["nobody@example.com", "--name"]);
}

#[tokio::test]
async fn an_account_is_erased_and_those_that_must_stay_are_not() {
    let database = testdb::Database::new().await;
    let url = database.url();
    let ground = Ground::new();
    let erase = |email: &'static str| ground.on(&url).arguments(&["erase", "--email", email]);
    ground.on(&url).set(PASSWORD_VARIABLE, PASSWORD).arguments(&ADA).end(0).await;
    assert_parts(complaint(&erase("ADA@example.com").end(1).await), &["last active administrator", "create-admin"]);
    assert_parts(complaint(&erase("nobody@example.com").end(1).await), &["nobody@example.com"]);

    let grace = ["create-admin", "--email", "grace@example.com", "--name", "Grace Hopper"];
    ground.on(&url).set(PASSWORD_VARIABLE, PASSWORD).arguments(&grace).end(0).await;
    let ended = erase("ADA@example.com").end(0).await;
    assert_parts(&ended.out, &["the account of Ada@example.com is erased"]);
    let left = sql(&url).await.query("select 1 from users where name ilike '%ada%' or email ilike '%ada@%'", &[]).await;
    assert_eq!(left.unwrap().len(), 0);
    let entries = "select 1 from audit_log where actor_id is null and action = 'USER_ERASED'";
    assert_eq!(sql(&url).await.query(entries, &[]).await.unwrap().len(), 1);
    erase("ada@example.com").end(1).await;
}

#[tokio::test]
async fn a_command_that_changes_something_waits_no_longer_for_a_lock_than_a_server_does() {
    let database = testdb::Database::new().await;
    let url = database.url();
    let ground = Ground::new();
    for name in ["Ada", "Grace"] {
        let email = format!("{name}@example.com");
        let create = ["create-admin", "--email", &email, "--name", name];
        ground.on(&url).set(PASSWORD_VARIABLE, PASSWORD).arguments(&create).end(0).await;
    }
    let before = accounts(&url).await;
    let holder = sql(&url).await;
    holder.batch_execute("begin; select from users for update").await.unwrap();
    for arguments in [
        &["erase", "--email", "ada@example.com"][..],
        &["create-admin", "--email", "ada@example.com", "--promote", "--reset-password"],
    ] {
        let launch = ground.on(&url).set(PASSWORD_VARIABLE, PASSWORD).arguments(arguments);
        let launch = launch.set("ONSALE__DATABASE__LOCK_TIMEOUT_MILLISECONDS", "200");
        let ended = launch.set("ONSALE__DATABASE__IDLE_IN_TRANSACTION_MILLISECONDS", "100").end(1).await;
        assert_parts(complaint(&ended), &["time limit", "lock timeout"]);
    }
    holder.batch_execute("rollback").await.unwrap();
    assert_eq!(accounts(&url).await, before);
}

#[tokio::test]
async fn verify_finds_the_promise_that_somebody_broke() {
    let database = testdb::Database::new().await;
    let url = database.url();
    let ground = Ground::new();
    let server = ground.on(&url).start().await;
    let summit = server.summit().await;
    server.alice().await.book(&summit).await.expect(201);
    server.stop("TERM").await;
    let verify = |more: &[&str]| ground.on(&url).arguments(&[&["verify"], more].concat());

    let sound = verify(&[]).end(0).await;
    // A report that did not arrive is none.
    verify(&[]).unheard().end(2).await;
    assert_eq!(sound.out.lines().filter(|line| line.contains("  pass  ")).count(), 16, "{sound:?}");
    assert!(sound.out.ends_with("All promises hold.\n"), "{sound:?}");
    verify(&["--event", &summit]).end(0).await;
    let replayed = verify(&["--history"]).end(0).await;
    let line = replayed.out.lines().find(|line| line.starts_with("--  pass")).unwrap();
    assert_parts(line, &["the histories replay (events: ", "decisions: "]);
    let json = verify(&["--history", "--json", "--event", &summit]).end(0).await;
    let report: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(
        report["history"],
        json!({ "passed": true, "events": 1, "decisions": 3, "violations": 0, "examples": [] })
    );

    // A seat that somebody took away by hand.
    let break_it = format!(
        "update events set seats_remaining = seats_remaining - 1 where id = '{summit}'; \
         update ticket_types set seats_remaining = seats_remaining - 1 where event_id = '{summit}'"
    );
    sql(&url).await.batch_execute(&break_it).await.unwrap();
    let broken = verify(&[]).end(1).await;
    let line = broken.out.lines().find(|line| line.contains("FAIL")).unwrap();
    assert_parts(line, &["P1  FAIL", "seats remaining = capacity", "violations: 1", &summit]);
    assert!(broken.out.ends_with("Broken: P1.\n"), "{broken:?}");
    verify(&[]).unheard().end(1).await;
    let replayed = verify(&["--history"]).end(1).await;
    assert_parts(&replayed.out, &["--  FAIL  the histories", &summit, "the counts of ticket type 1 are not those"]);

    let json = verify(&["--json", "--event", &summit]).end(1).await;
    let report: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(report["history"], Value::Null);
    assert_eq!((&report["event_id"], &report["passed"]), (&Value::from(summit.clone()), &Value::from(false)));
    let passed: Vec<_> = report["promises"].as_array().unwrap().iter().map(|kept| &kept["passed"]).collect();
    assert_eq!(passed, [false, true, true, true, true, true]);
    let check = &report["promises"][0]["checks"][0];
    assert_eq!((&check["violations"], &check["example"]), (&Value::from(1), &Value::from(summit.clone())));

    // Figures that are not those of the registrations break no promise about places, and are told all the same.
    let mend_it = format!(
        "update events set seats_remaining = seats_remaining + 1 where id = '{summit}'; \
         update ticket_types set seats_remaining = seats_remaining + 1 where event_id = '{summit}'"
    );
    sql(&url).await.batch_execute(&format!("{mend_it}; delete from event_figures")).await.unwrap();
    let broken = verify(&[]).end(1).await;
    let failed: Vec<_> = broken.out.lines().filter(|line| line.contains("FAIL")).collect();
    assert!(matches!(&failed[..], [line] if line.starts_with("F1  FAIL  the figures")), "{broken:?}");
    assert!(broken.out.ends_with("Broken: F1.\n"), "{broken:?}");

    // A row that cannot be read does not keep the others from being looked at.
    let garble = "alter table registrations drop constraint registrations_seats; update registrations set seats = 0";
    sql(&url).await.batch_execute(garble).await.unwrap();
    let garbled = verify(&["--history"]).end(1).await;
    assert_parts(
        &garbled.out,
        &["P1  FAIL", "pass  nobody", &format!("P4  FAIL  event {summit}: a registration of 0")],
    );

    let other: EventId = Uuid::now_v7().into();
    let ended = verify(&["--event", &other.to_string()]).end(2).await;
    assert_parts(complaint(&ended), &["no event", &other.to_string()]);
}

#[tokio::test]
async fn verify_that_cannot_find_out_does_not_say_that_a_promise_is_broken() {
    let ground = Ground::new();
    let ended = ground.on("postgres://me:secret@127.0.0.1:1/onsale").arguments(&["verify"]).end(2).await;
    assert_parts(complaint(&ended), &["127.0.0.1:1/onsale"]);
    assert!(!ended.err.contains("secret"), "{ended:?}");
    ground.private().set("ONSALE__SERVER__PROT", "1").arguments(&["verify"]).end(2).await;
    let ended = ground.private().arguments(&["verify"]).end(2).await;
    assert_parts(complaint(&ended), &[ground.data().to_str().unwrap(), "DATABASE_URL", "onsale migrate"]);
    assert!(!ground.data().exists());
}

#[tokio::test]
async fn commands_work_beside_a_server_on_its_private_cluster_and_without_it() {
    let ground = Ground::new();
    let server = ground.private().start().await;
    server.alice().await.book(&server.summit().await).await.expect(201);
    let postmaster = ground.postmaster().unwrap();
    let beside = ground.private().arguments(&["verify"]).end(0).await;
    assert!(beside.err.is_empty(), "{beside:?}");
    ground.private().arguments(&ADA).set(PASSWORD_VARIABLE, PASSWORD).end(0).await;
    ground.private().arguments(&["migrate"]).end(0).await;
    assert_eq!(ground.postmaster(), Some(postmaster), "it is the server's");
    server.audience("ada@example.com", PASSWORD).await;
    server.stop("TERM").await;

    let alone = ground.private().arguments(&["verify"]).end(0).await;
    assert_eq!(alone.out, beside.out);
    assert!(ground.postmaster().is_none(), "what the command started it has stopped");
    ground.private().arguments(&["create-admin", "--email", "alice@student.com", "--promote"]).end(0).await;
    assert!(ground.postmaster().is_none());
    let server = ground.private().start().await;
    assert_eq!(server.alice().await.me().await.expect(200)["role"], "ADMIN");
    server.stop("TERM").await;
}

#[tokio::test]
async fn migrate_makes_the_private_cluster_where_there_is_none() {
    let ground = Ground::new();
    let ended = ground.private().arguments(&["migrate"]).end(0).await;
    assert_parts(&ended.out, &["Ran 2026-11-22-000001_core\n"]);
    assert!(ground.postmaster().is_none() && ground.data().join("postgres").is_dir());
    ground.private().arguments(&["verify"]).end(0).await;
}

#[tokio::test]
async fn an_interrupted_command_stops_what_it_started() {
    let ground = Ground::new();
    ground.private().arguments(&["migrate"]).end(0).await;
    let asking = ground.private().arguments(&ADA).waiting_for_input().spawn();
    until("its cluster runs", || ground.postmaster().is_some()).await;
    let postmaster = ground.postmaster().unwrap();
    asking.signal("INT");
    let ended = asking.ended().await;
    assert_eq!(ended.status.code(), Some(130), "{ended:?}");
    assert!(!is_alive(postmaster));
}

#[tokio::test]
async fn production_wants_an_administrator_and_says_how_to_make_one() {
    // Production takes no PostgreSQL without durability, which is what the tests' own has.
    let cluster = tokio::task::spawn_blocking(|| localpg::Cluster::temporary(localpg::Durability::Durable))
        .await
        .unwrap()
        .unwrap();
    let url = cluster.url("postgres");
    let ground = Ground::new();
    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port().to_string()
    };
    let launch = || {
        let launch = ground.on(&url).set("ONSALE_PROFILE", "production").set("ONSALE__SERVER__HOST", "127.0.0.1");
        let launch = launch.set("ONSALE__SERVER__TRUSTED_PROXIES", "none").set("ONSALE__METRICS__LISTEN", "off");
        launch.set("ONSALE__AUTH__BCRYPT_COST", "10").set("ONSALE__SERVER__PORT", &port)
    };
    let ended = launch().arguments(&["serve"]).end(1).await;
    assert_parts(complaint(&ended), &["administrator", "onsale create-admin --email"]);
    let ended = launch().arguments(&["ready"]).end(1).await;
    assert_parts(complaint(&ended), &["not ready", &port]);

    launch().set(PASSWORD_VARIABLE, PASSWORD).arguments(&ADA).end(0).await;
    sql(&url).await.batch_execute("update users set is_active = false").await.unwrap();
    launch().end(1).await;
    launch().arguments(&["create-admin", "--email", "ada@example.com", "--promote"]).end(0).await;

    // A database that the demo was tried out on has accounts that anybody can sign in to.
    let alice = server::process::demo::ACCOUNTS.iter().find(|account| account.email == "alice@student.com").unwrap();
    let hash = auth::passwords::Hasher::new(4).unwrap().hash(alice.password).unwrap();
    let as_in_the_demo = format!("update users set email = '{}', password_hash = '{hash}'", alice.email);
    sql(&url).await.batch_execute(&as_in_the_demo).await.unwrap();
    let ended = launch().end(1).await;
    assert_parts(complaint(&ended), &[alice.email, "password", "create-admin --email", "--reset-password"]);
    let mended = ["create-admin", "--email", alice.email, "--promote", "--reset-password"];
    launch().arguments(&mended).set(PASSWORD_VARIABLE, PASSWORD).end(0).await;

    let server = launch().start().await;
    let ready = launch().arguments(&["ready"]).end(0).await;
    assert_eq!(ready.out, "ready\n");
    tokio::task::spawn_blocking(move || cluster.stop()).await.unwrap().unwrap();
    // The server may trust its last look at the database for a moment.
    let ended = eventually("the server is not ready", async || {
        let ended = launch().arguments(&["ready"]).spawn().ended().await;
        (!ended.status.success()).then_some(ended)
    })
    .await;
    assert_eq!(ended.status.code(), Some(1), "{ended:?}");
    assert_parts(complaint(&ended), &["503"]);
    server.stop("TERM").await;
    assert!(fs::read_dir(ground.folder()).unwrap().all(|entry| entry.unwrap().file_name() != "data"));
}
