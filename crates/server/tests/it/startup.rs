//! How the server starts, and what it says when it cannot.

use std::fs;
use std::path::Path;
use std::time::Instant;

use auth::passwords::Hasher;
use boxoffice::{BoxOffice, Limits};
use chrono::{DateTime, TimeDelta, Utc};
use domain::accounts::AccountKind;
use domain::commands::Command;
use domain::events::EventStatus;
use repository::listings::{self, Order, PublishedFilter, RunFilter};
use repository::pools::{self, Pool, PoolSettings, Purpose};
use repository::{AsyncPgConnection, databases, users};
use server::process::demo;
use testdb::patience::LIMIT;
use tokio::io::{AsyncRead, AsyncWrite, copy_bidirectional, join};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::runtime::Handle;
use uuid::Uuid;

use crate::servers::{Ended, Ground, until};

/// One line on standard error, for people: no dump, no trace, and no secret.
fn assert_one_line(ended: &Ended, parts: &[&str]) {
    assert_eq!(ended.err.lines().count(), 1, "{ended:?}");
    assert!(ended.err.starts_with("onsale: "), "{ended:?}");
    for part in parts {
        assert!(ended.err.contains(part), "{part:?} is missing: {ended:?}");
    }
    for dump in ["Error {", "Error(", "panicked", "RUST_BACKTRACE", "stack backtrace"] {
        assert!(!ended.err.contains(dump), "{ended:?}");
    }
}

/// Nothing was made in the data folder, nor anything in it.
fn assert_untouched(ground: &Ground) {
    assert!(!ground.data().exists(), "{:?}", fs::read_dir(ground.data()).map(Iterator::count));
}

async fn connect(url: &str) -> AsyncPgConnection {
    pools::connect_once(url, LIMIT).await.unwrap()
}

#[tokio::test]
async fn the_demo_can_sign_in_and_its_events_are_for_sale() {
    let database = testdb::Database::new().await;
    let ground = Ground::new();
    let server = ground.on(&database.url()).start().await;
    assert!(ground.postmaster().is_none(), "a database was given: none is started");
    let out = server.out();
    for demo::Account { role, email, password, .. } in &demo::ACCOUNTS {
        let me = server.audience(email, password).await.me().await.expect(200);
        assert_eq!(me["role"], role.as_str());
        assert!(
            out.lines().any(|line| [role.as_str(), email, password].iter().all(|word| line.contains(word))),
            "{out}"
        );
    }
    let titles: Vec<_> = server.events().await.into_iter().map(|(title, _)| title).collect();
    assert_eq!(titles, ["Golang Microservices Summit", "Introduction to PostgreSQL Locking"]);
    let registration = server.alice().await.book(&server.summit().await).await.expect(201);
    assert_eq!(registration["status"], "CONFIRMED");
    let own = server.organizer().await.get("/organizer/events").await.expect(200);
    let statuses: Vec<_> = own["items"].as_array().unwrap().iter().map(|event| &event["status"]).collect();
    assert_eq!(statuses, ["DRAFT", "PUBLISHED", "PUBLISHED"]);
    server.stop("TERM").await;
}

#[tokio::test]
async fn a_changed_password_is_kept_and_no_longer_printed() {
    let database = testdb::Database::new().await;
    let ground = Ground::new();
    let server = ground.on(&database.url()).start().await;
    server.bob().await.change_password("user123", "a longer password").await.expect(200);
    server.stop("TERM").await;
    let server = ground.on(&database.url()).start().await;
    assert!(
        server.out().contains("alice@student.com") && !server.out().contains("bob@engineer.com"),
        "{}",
        server.out()
    );
    server.audience("bob@engineer.com", "a longer password").await.me().await.expect(200);
}

#[tokio::test]
async fn without_demo_data_there_are_no_accounts() {
    let database = testdb::Database::new().await;
    let ground = Ground::new();
    let server = ground.on(&database.url()).set("ONSALE__DEMO__ENABLED", "false").start().await;
    assert!(!server.out().contains("admin123"));
    assert!(!users::any(&mut connect(&database.url()).await).await.unwrap());
}

/// A database with a box office, to put the demo in at any time.
struct Stage {
    database: testdb::Database,
    office: BoxOffice,
    hasher: Hasher,
}

impl Stage {
    async fn set() -> Self {
        let database = testdb::Database::new().await;
        let pool = Pool::new(&database.url(), Purpose::BoxOffice, &PoolSettings::default(), Handle::current()).unwrap();
        let office = BoxOffice::open(pool, Limits::default(), Handle::current());
        Self { database, office, hasher: Hasher::new(4).unwrap() }
    }

    async fn connection(&self) -> AsyncPgConnection {
        connect(&self.database.url()).await
    }

    async fn put(&self, now: DateTime<Utc>) -> usize {
        demo::put(&mut self.connection().await, &self.office, &self.hasher, now).await.unwrap().len()
    }

    /// Titles and starts of what everybody sees.
    async fn published(&self) -> Vec<(String, DateTime<Utc>)> {
        let events = listings::published(&mut self.connection().await, &PublishedFilter::default(), None, 100)
            .await
            .unwrap()
            .found;
        events.into_iter().map(|event| (event.details.title, event.details.starts_at)).collect()
    }

    async fn all(&self) -> Vec<domain::events::Event> {
        let (everything, order) = (RunFilter::default(), Order::NewestFirst);
        listings::run_by(&mut self.connection().await, &everything, order, None, 100).await.unwrap().found
    }
}

#[tokio::test]
async fn putting_the_demo_in_again_changes_nothing() {
    let stage = Stage::set().await;
    let now = Utc::now();
    assert_eq!(stage.put(now).await, demo::ACCOUNTS.len());
    let before = stage.all().await;
    assert_eq!(stage.put(now + TimeDelta::days(20)).await, demo::ACCOUNTS.len());
    assert_eq!(stage.all().await, before);
}

#[tokio::test]
async fn two_servers_that_start_together_put_the_demo_in_once() {
    let stage = Stage::set().await;
    let now = Utc::now();
    tokio::join!(stage.put(now), stage.put(now), stage.put(now));
    assert_eq!(stage.all().await.len(), 3);
}

#[tokio::test]
async fn dates_of_the_demo_are_in_the_future_at_every_start() {
    let stage = Stage::set().await;
    let now = Utc::now();
    stage.put(now).await;
    for days in [40, 50, 400] {
        let later = now + TimeDelta::days(days);
        stage.put(later).await;
        let mut ahead = stage.published().await;
        ahead.retain(|(_, starts_at)| *starts_at > later);
        ahead.sort();
        let titles: Vec<_> = ahead.iter().map(|(title, _)| title.as_str()).collect();
        assert_eq!(titles, ["Golang Microservices Summit", "Introduction to PostgreSQL Locking"], "after {days} days");
    }
    // What has been stays as it was: three, then the summit again, the introduction again, and all of them again.
    assert_eq!(stage.all().await.len(), 8);
}

#[tokio::test]
async fn the_next_start_makes_what_a_crash_prevented() {
    let whole = Stage::set().await;
    let now = Utc::now();
    let began = Instant::now();
    whole.put(now).await;
    let took = began.elapsed();
    let steps = |published: Vec<domain::events::Event>| -> Vec<_> {
        published.into_iter().map(|event| (event.details.title, event.status)).collect()
    };
    let expected = steps(whole.all().await);

    // Cut off at any of its steps: the session ends under it.
    const STEPS: u32 = 12;
    for step in 0..STEPS {
        let stage = Stage::set().await;
        let mut connection = stage.connection().await;
        let cut = demo::put(&mut connection, &stage.office, &stage.hasher, now);
        let _ = tokio::time::timeout(took * step / STEPS, cut).await;
        drop(connection);
        stage.put(now).await;
        assert_eq!(steps(stage.all().await), expected, "after a cut at step {step}");
    }
}

#[tokio::test]
async fn an_event_that_was_made_and_not_published_is_published_at_the_next_start() {
    let stage = Stage::set().await;
    // Nobody answers there, so that publishing fails after the event was made.
    let dead = Pool::new("postgres://x@127.0.0.1:1/x", Purpose::BoxOffice, &PoolSettings::default(), Handle::current());
    let office = BoxOffice::open(dead.unwrap(), Limits::default(), Handle::current());
    let failed = demo::put(&mut stage.connection().await, &office, &stage.hasher, Utc::now()).await;
    assert!(matches!(failed, Err(demo::DemoError::Unanswered(_))), "{failed:?}");
    assert_eq!(stage.all().await[0].status, EventStatus::Draft);
    stage.put(Utc::now()).await;
    assert_eq!(stage.published().await.len(), 2);
}

#[tokio::test]
async fn somebodys_own_database_gets_no_demo() {
    let stage = Stage::set().await;
    users::simulated(&mut stage.connection().await, 1..=1, || uuid::Uuid::now_v7().into()).await.unwrap();
    assert_eq!(stage.put(Utc::now()).await, 0);
    assert!(stage.all().await.is_empty());
    assert!(users::find_by_email(&mut stage.connection().await, "admin@eventbrite.local").await.unwrap().is_none());
}

#[tokio::test]
async fn a_taken_port_ends_the_start_before_anything_is_touched() {
    let ground = Ground::new();
    let other = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = other.local_addr().unwrap().port().to_string();
    let ended = ground.private().set("ONSALE__SERVER__PORT", &port).fail().await;
    assert_one_line(&ended, &["127.0.0.1", &port, "in use", "ONSALE__SERVER__PORT"]);
    assert_untouched(&ground);
}

#[tokio::test]
async fn a_setting_that_is_unknown_or_wrong_ends_the_start_before_anything_is_touched() {
    for (name, value, parts) in [
        ("ONSALE__SERVER__PROT", "1", ["server.prot", "config/default.toml"]),
        ("ONSALE_PORT", "1", ["ONSALE_PORT", "ONSALE__SERVER__PORT"]),
        ("ONSALE__SERVER__WORKERS", "many", ["server.workers", "0 to 512"]),
        ("ONSALE__LOG__FILTER", "loud", ["log.filter", "loud"]),
        ("ONSALE_PROFILE", "produktion", ["ONSALE_PROFILE", "production"]),
        ("ONSALE_HOME", "/nowhere", ["/nowhere", "config/default.toml"]),
        ("DATABASE_URL", "mysql://x/y", ["database.url", "postgres://"]),
    ] {
        let ground = Ground::new();
        let ended = ground.private().set(name, value).fail().await;
        assert_one_line(&ended, &parts);
        assert_untouched(&ground);
    }
}

#[tokio::test]
async fn postgresqls_programs_may_be_named_in_the_env_file() {
    let ground = Ground::new();
    let empty = ground.folder().join("empty");
    fs::create_dir(&empty).unwrap();
    fs::write(ground.folder().join(".env"), "ONSALE_PG_BIN=empty\n").unwrap();
    let ended = ground.private().unset("ONSALE_PG_BIN").fail().await;
    for part in ["ONSALE_PG_BIN", empty.to_str().unwrap(), "has no initdb"] {
        assert!(ended.err.contains(part), "{part:?} is missing: {ended:?}");
    }
    assert_untouched(&ground);
}

#[tokio::test]
async fn without_postgresqls_programs_it_says_where_it_looked_and_what_to_install() {
    let ground = Ground::new();
    let empty = ground.folder().join("empty");
    fs::create_dir(&empty).unwrap();
    let ended = ground.private().set("ONSALE_PG_BIN", &empty).fail().await;
    for part in ["initdb", "ONSALE_PG_BIN", empty.to_str().unwrap(), "apt-get install", "dnf install", "brew install"] {
        assert!(ended.err.contains(part), "{part:?} is missing: {ended:?}");
    }
    assert_untouched(&ground);
}

#[tokio::test]
async fn a_database_that_nobody_answers_for_is_named_without_its_password() {
    let ground = Ground::new();
    let ended = ground.on("postgres://me:secret@127.0.0.1:1/onsale").fail().await;
    assert_one_line(&ended, &["127.0.0.1:1/onsale", "refused"]);
    assert!(!ended.err.contains("secret") && !ended.out.contains("secret"), "{ended:?}");
    assert!(ended.out.contains("Waiting"), "{ended:?}");
    assert_untouched(&ground);
}

#[tokio::test]
async fn a_database_that_is_not_there_is_not_waited_for() {
    let database = testdb::Database::new().await;
    let ground = Ground::new();
    let ended = ground.on(&database.url_of("no_such_database")).fail().await;
    assert_one_line(&ended, &["no_such_database", "does not exist"]);
    assert!(!ended.out.contains("Waiting"), "{ended:?}");
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_left_alone() {
    let database = testdb::Database::new().await;
    let (client, connection) = tokio_postgres::connect(&database.url(), tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client.execute("insert into __diesel_schema_migrations (version) values ('29991231235959')", &[]).await.unwrap();
    let ground = Ground::new();
    let ended = ground.on(&database.url()).fail().await;
    assert_one_line(&ended, &["29991231235959", "newer program"]);
}

#[tokio::test]
async fn a_database_that_starts_later_is_waited_for() {
    let database = testdb::Database::new().await;
    let reserved = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = reserved.local_addr().unwrap();
    drop(reserved);
    let (url, upstream) = through(&database.url(), &address.to_string());
    let ground = Ground::new();
    let server = ground.on(&url).spawn();
    until("the server waits", || (server.out() + &server.err()).contains("for the database")).await;
    tokio::spawn(async move {
        let listener = TcpListener::bind(address).await.unwrap();
        loop {
            let (mut socket, _) = listener.accept().await.unwrap();
            let (reading, writing) = upstream.connect().await;
            tokio::spawn(async move { copy_bidirectional(&mut socket, &mut join(reading, writing)).await });
        }
    });
    let server = server.ready().await;
    assert_eq!(server.events().await.len(), 2);
}

/// Where a database really is.
#[derive(Debug, Clone)]
enum Upstream {
    Socket(String),
    Tcp(String),
}

/// One side of a connection to it.
pub(crate) type Reading = Box<dyn AsyncRead + Send + Unpin>;
/// The other side.
pub(crate) type Writing = Box<dyn AsyncWrite + Send + Unpin>;

impl Upstream {
    pub(crate) async fn connect(&self) -> (Reading, Writing) {
        match self {
            Self::Socket(path) => {
                let (reading, writing) = UnixStream::connect(path).await.unwrap().into_split();
                (Box::new(reading), Box::new(writing))
            }
            Self::Tcp(address) => {
                let (reading, writing) = TcpStream::connect(address).await.unwrap().into_split();
                (Box::new(reading), Box::new(writing))
            }
        }
    }
}

/// The same database's address by way of `proxy`, and where it is.
fn through(url: &str, proxy: &str) -> (String, Upstream) {
    let (credentials, rest) = url.split_once("://").unwrap().1.rsplit_once('@').unwrap();
    let (host, name) = rest.split_once('/').unwrap();
    let decoded = host.replace("%2F", "/").replace("%2f", "/");
    let upstream = if decoded.starts_with('/') {
        assert!(!decoded.contains('%'), "a folder with letters that these tests do not decode: {decoded}");
        Upstream::Socket(format!("{decoded}/.s.PGSQL.5432"))
    } else {
        Upstream::Tcp(if host.contains(':') { host.to_owned() } else { format!("{host}:5432") })
    };
    (format!("postgres://{credentials}@{proxy}/{name}"), upstream)
}

#[tokio::test]
async fn its_files_are_found_from_any_working_folder() {
    let database = testdb::Database::new().await;
    let ground = Ground::new();
    // By the program's own place, or by the checkout that cargo names where the target folder is elsewhere.
    let server = ground.on(&database.url()).within(Path::new("/")).start().await;
    let page = server.anonymous().get("/").await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("<html"), "{page:?}");
    server.stop("TERM").await;

    // By ONSALE_HOME, which goes before everything else.
    let home = ground.folder().join("home");
    let templates = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates")).unwrap();
    let templates: Vec<String> =
        templates.map(|entry| format!("templates/{}", entry.unwrap().file_name().to_str().unwrap())).collect();
    let names = ["config/default.toml", "static/index.html", "static/door.html", "static/scripts/door/worker.js"];
    for name in names.into_iter().chain(templates.iter().map(String::as_str)) {
        let file = home.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name), &file).unwrap();
    }
    fs::write(home.join("static/index.html"), "<html>another home</html>").unwrap();
    let unpacked = || ground.on(&database.url()).set("ONSALE_HOME", &home);
    let ended = unpacked().fail().await;
    assert!(ended.err.contains("scripts/app/main.js") && ended.err.contains("page.packed"), "{}", ended.err);
    let server = unpacked().set("ONSALE__PAGE__PACKED", "false").start().await;
    assert_eq!(server.anonymous().get("/").await.text, "<html>another home</html>");

    // A file that is there and cannot be read is not taken for one that is missing.
    std::os::unix::fs::symlink("loop.txt", home.join("static/loop.txt")).unwrap();
    server.anonymous().get("/loop.txt").await.expect_problem(503, "unavailable");
    for path in ["/missing.txt", "/index.html/x", &format!("/{}", "x".repeat(300)), "/a%00b"] {
        server.anonymous().get(path).await.expect_problem(404, "not-found");
    }
}

#[tokio::test]
async fn a_database_is_made_where_its_tables_are_missing() {
    let database = testdb::Database::new().await;
    let name = format!("{}_empty", database.name());
    let url = database.url_of(&name);
    databases::create(&mut connect(&database.url()).await, &name).await.unwrap();
    let ground = Ground::new();
    let server = ground.on(&url).start().await;
    assert_eq!(server.events().await.len(), 2);
    server.stop("TERM").await;
    databases::drop(&mut connect(&database.url()).await, &name).await.unwrap();
}

#[tokio::test]
async fn more_connections_than_postgresql_lets_in_are_refused_at_the_start() {
    let database = testdb::Database::new().await;
    let ground = Ground::new();
    let ended = ground.on(&database.url()).set("ONSALE__DATABASE__READ_CONNECTIONS", "1000").fail().await;
    assert_one_line(&ended, &["1024", "max_connections", "database.read_connections"]);
    let room = databases::connections_max(&mut connect(&database.url()).await).await.unwrap();
    let half = (room / 2).to_string();
    let server = ground.on(&database.url()).set("ONSALE__DATABASE__READ_CONNECTIONS", &half).start().await;
    assert!(server.err().contains("a second server"), "{}", server.err());
    server.stop("TERM").await;
}

#[tokio::test]
async fn a_pooler_that_drops_the_time_limits_of_sessions_ends_the_start_and_the_limits_are_named() {
    let database = testdb::Database::new().await;
    let (wire, url) = testdb::Wire::to(&database.url()).await.unwrap();
    wire.drop_options();
    let ground = Ground::new();
    let ended = ground.on(&url).fail().await;
    for part in ["statement_timeout is 0 instead of 10000", "lock_timeout is 0", "pooler", "alter role"] {
        assert!(ended.err.contains(part), "{part:?} is missing: {ended:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_starting_server_says_which_events_stress_tests_have_left_under_test() {
    let stage = Stage::set().await;
    stage.put(Utc::now()).await;
    let mut connection = stage.connection().await;
    let published = listings::published(&mut connection, &PublishedFilter::default(), None, 100).await.unwrap();
    let (tested, lost) = (published.found[0].id, published.found[1].id);
    let buyer = users::simulated(&mut connection, 1..=1, || Uuid::now_v7().into()).await.unwrap()[0];
    let registration = Uuid::now_v7().into();
    let register = Command::Register {
        registration,
        user: buyer,
        buyer: AccountKind::Simulated,
        is_verified: true,
        key: None,
        choice: Default::default(),
    };
    for (event, command) in [(tested, Command::BeginSimulation), (tested, register), (lost, Command::BeginSimulation)] {
        stage.office.submit(event, command).await.unwrap().decided.outcome.unwrap();
    }
    let ground = Ground::new();
    let server = ground.on(&stage.database.url()).start().await;
    for (event, words) in [(tested, "closed to bookings"), (lost, "takes bookings again")] {
        let says = |line: &str| line.contains(&event.to_string()) && line.contains(words);
        until(words, || server.err().lines().any(says)).await;
    }
    server.stop("TERM").await;
}
