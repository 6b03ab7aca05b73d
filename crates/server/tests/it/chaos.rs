//! What holds when things are killed, stopped or told the wrong time, with the real program and over HTTP.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use auth::tokens::Subject;
use chrono::{DateTime, TimeDelta, Utc};
use domain::accounts::Role;
use domain::ids::{RegistrationId, UserId};
use domain::registrations::{Registration, RegistrationStatus};
use futures_util::future::join_all;
use loadtest::machine::clocks::ShiftedClock;
use loadtest::machine::processes::signal_with_children;
use localpg::{Cluster, Durability};
use repository::{AsyncPgConnection, databases, pools, registrations, users};
use reqwest::Method;
use rustix::process::Signal;
use serde_json::json;
use testdb::patience::{LIMIT, eventually, scaled};
use testdb::{Fault, Wire};
use tokio_postgres::NoTls;
use uuid::Uuid;

use crate::client::{Audience, event_body, try_send};
use crate::lifecycle::lock_is_wanted;
use crate::servers::{Ground, Server, at_last, booking};
use crate::stage;

async fn connect(url: &str) -> AsyncPgConnection {
    pools::connect_once(url, LIMIT).await.unwrap()
}

async fn assert_promises(url: &str) {
    testdb::assert_promises(&mut connect(url).await).await;
}

async fn rows(url: &str, event: &str) -> Vec<Registration> {
    registrations::list_of_event(&mut connect(url).await, event.parse().unwrap()).await.unwrap()
}

/// Sessions of this user on that server, valid on servers whose clocks are hours behind, too.
fn session(server: &Server, user: UserId) -> Audience {
    let subject = Subject { user, role: Role::Audience, access_version: 1, is_verified: false };
    let token = stage::issue(&stage::tokens(), subject, Utc::now() - TimeDelta::hours(3));
    Audience(server.anonymous().with_token(&token))
}

async fn people(url: &str, count: u32) -> Vec<UserId> {
    users::simulated(&mut connect(url).await, 1..=count, || Uuid::now_v7().into()).await.unwrap()
}

/// A throwaway cluster that keeps its promises, with an empty database.
struct Durable {
    cluster: Arc<Cluster>,
    url: String,
}

impl Durable {
    async fn new() -> Self {
        let cluster = tokio::task::spawn_blocking(|| Cluster::temporary(Durability::Durable)).await.unwrap().unwrap();
        let url = cluster.url("onsale");
        databases::create(&mut connect(&cluster.url("postgres")).await, "onsale").await.unwrap();
        Self { cluster: Arc::new(cluster), url }
    }

    async fn setting(&self, name: &str) -> String {
        let (client, connection) = tokio_postgres::connect(&self.url, NoTls).await.unwrap();
        tokio::spawn(connection);
        client.query_one(&format!("show {name}"), &[]).await.unwrap().get(0)
    }

    /// As a power cut of PostgreSQL, and its return.
    async fn crash(&self) {
        let cluster = Arc::clone(&self.cluster);
        let crash = move || {
            let postmaster = cluster.postmaster_pid();
            cluster.kill();
            cluster.start_again().inspect(|()| assert_ne!(cluster.postmaster_pid(), postmaster))
        };
        tokio::task::spawn_blocking(crash).await.unwrap().unwrap();
    }
}

/// One person's bookings: the key of each, what it made, and whether it was given up, as the server's answers said.
type Answers = Vec<(String, RegistrationId, bool)>;

/// Books, asks again with the same key, gives up, and begins again, until it is told to stop.
async fn book_and_give_up(
    buyer: Audience,
    event: String,
    stop: Arc<AtomicBool>,
    answered: Arc<AtomicUsize>,
) -> Answers {
    let mut answers = Answers::new();
    loop {
        let key = format!("key-{}", answers.len());
        let (status, made) = at_last(booking(&buyer, &event, &key)).await;
        assert!(matches!(status, 201 | 202), "{status} {made}");
        let (status, again) = at_last(booking(&buyer, &event, &key)).await;
        assert!(matches!(status, 201 | 202), "{status} {again}");
        assert_eq!(again["id"], made["id"]);
        let id = made["id"].as_str().unwrap().parse().unwrap();
        answered.fetch_add(1, Ordering::Relaxed);
        if stop.load(Ordering::Relaxed) {
            answers.push((key, id, false));
            return answers;
        }
        let give_up = buyer.request(Method::DELETE, &format!("/events/{event}/registrations/{id}"));
        let (status, given_up) = at_last(give_up).await;
        assert_eq!((status, &given_up["status"]), (200, &"CANCELLED".into()), "{given_up}");
        answers.push((key, id, true));
    }
}

/// P5.
#[tokio::test(flavor = "multi_thread")]
async fn every_answer_survives_a_kill_of_postgresql() {
    const BUYERS: u32 = 24;
    const SEATS: i32 = 10;
    const CRASHES: usize = 3;

    let durable = Durable::new().await;
    let ground = Ground::new();
    let server = ground.on(&durable.url).start().await;
    for setting in ["fsync", "full_page_writes", "synchronous_commit"] {
        assert_eq!(durable.setting(setting).await, "on", "{setting}");
    }
    let event = server.organizer().await.published(SEATS).await;
    let buyers = people(&durable.url, BUYERS).await;
    let (stop, answered) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let crowd: Vec<_> = buyers
        .iter()
        .map(|buyer| {
            let (stop, answered) = (Arc::clone(&stop), Arc::clone(&answered));
            tokio::spawn(book_and_give_up(session(&server, *buyer), event.clone(), stop, answered))
        })
        .collect();

    for crash in 0..CRASHES {
        let before = answered.load(Ordering::Relaxed);
        eventually(format!("answers before crash {crash}"), async || {
            (answered.load(Ordering::Relaxed) >= before + 100).then_some(())
        })
        .await;
        durable.crash().await;
    }
    stop.store(true, Ordering::Relaxed);
    let mut expected = BTreeMap::new();
    for (buyer, answers) in buyers.iter().zip(crowd) {
        for (key, id, given_up) in answers.await.unwrap() {
            expected.insert(id, (*buyer, key, given_up));
        }
    }

    // Every answer stands, and there is nothing that nobody was told of.
    let found: BTreeMap<_, _> = rows(&durable.url, &event)
        .await
        .into_iter()
        .map(|row| {
            let key = row.idempotency_key.as_ref().unwrap().as_str().to_owned();
            (row.id, (row.user, key, row.status == RegistrationStatus::Cancelled))
        })
        .collect();
    assert_eq!(found.len(), expected.len());
    assert_eq!(found, expected);
    assert_promises(&durable.url).await;

    // And after one more crash, the same requests still get the same registrations.
    durable.crash().await;
    for (id, (buyer, key, given_up)) in &expected {
        let (status, again) = at_last(booking(&session(&server, *buyer), &event, key)).await;
        assert_eq!(again["id"], id.to_string(), "{status} {again}");
        assert_eq!(status == 200, *given_up, "{status} {again}");
    }
    server.stop("TERM").await;
}

/// P7.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn while_postgresql_stands_still_buyers_are_refused_honestly_and_then_served_without_a_restart() {
    let durable = Durable::new().await;
    let ground = Ground::new();
    let launch = [
        ("ONSALE__DATABASE__IDLE_IN_TRANSACTION_MILLISECONDS", "100"),
        ("ONSALE__DATABASE__LOCK_TIMEOUT_MILLISECONDS", "200"),
        ("ONSALE__DATABASE__STATEMENT_TIMEOUT_MILLISECONDS", "300"),
        ("ONSALE__DATABASE__CONNECT_TIMEOUT_SECONDS", "1"),
        ("ONSALE__BOX_OFFICE__QUEUED_SECONDS", "1"),
    ];
    let launch = launch.iter().fold(ground.on(&durable.url), |launch, (name, value)| launch.set(name, value));
    let server = launch.start().await;
    let event = server.organizer().await.published(5).await;
    let buyers = people(&durable.url, 20).await;
    let sessions: Vec<_> = buyers.iter().map(|buyer| session(&server, *buyer)).collect();
    sessions[0].book(&event).await.expect(201);

    let postmaster = durable.cluster.postmaster_pid().unwrap();
    signal_with_children(postmaster, Signal::STOP).unwrap();
    let anonymous = server.anonymous();
    let (asked, alive, ready, read) = tokio::join!(
        join_all(sessions.iter().map(|buyer| try_send(booking(buyer, &event, "key")))),
        anonymous.get("/health/live"),
        anonymous.get("/health/ready"),
        anonymous.event(&event),
    );
    signal_with_children(postmaster, Signal::CONT).unwrap();

    for answer in asked {
        let answer = answer.unwrap();
        assert_eq!(answer.status, 503, "{}", answer.text);
        assert!(["busy", "outcome-unknown"].contains(&answer.problem()), "{}", answer.text);
        assert!(answer.header("retry-after").is_some());
    }
    assert_eq!((alive.status, ready.status), (200, 503));
    assert!([200, 503].contains(&read.status), "{}", read.text);
    let mut places = Vec::new();
    for buyer in &sessions[1..] {
        let (status, place) = at_last(booking(buyer, &event, "key")).await;
        assert!(matches!(status, 201 | 202), "{place}");
        places.push(place["id"].as_str().unwrap().to_owned());
    }
    let found: Vec<_> = rows(&durable.url, &event).await.iter().map(|row| row.id.to_string()).collect();
    assert_eq!(found.len(), buyers.len());
    assert!(places.iter().all(|place| found.contains(place)));
    assert_promises(&durable.url).await;
    server.stop("TERM").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_stopped_inside_its_transaction_does_not_hold_the_event() {
    let database = testdb::Database::new().await;
    let url = database.url();
    let (wire, url_of_wire) = Wire::to(&url).await.unwrap();
    let idle = scaled(Duration::from_secs(1)).as_millis();
    let ground = Ground::new();
    // The event is held for long enough to sell at another meanwhile, and its lock is waited for until the end.
    let launch = |url: &str| {
        let launch = ground.on(url).set("ONSALE__DATABASE__IDLE_IN_TRANSACTION_MILLISECONDS", idle.to_string());
        let launch = launch.set("ONSALE__DATABASE__LOCK_TIMEOUT_MILLISECONDS", "50000");
        let launch = launch.set("ONSALE__DATABASE__STATEMENT_TIMEOUT_MILLISECONDS", "60000");
        launch.set("ONSALE__BOX_OFFICE__QUEUED_SECONDS", "60")
    };
    let stopped = launch(&url_of_wire).start().await;
    let sound = launch(&url).start().await;
    let summit = stopped.summit().await;
    let other = sound.organizer().await.published(5).await;
    let (alice, bob) = (stopped.alice().await, sound.bob().await);

    wire.arm(Fault::Hold, "insert into registrations");
    let answering = tokio::spawn(at_last(booking(&alice, &summit, "before-the-stop")));
    wire.struck().await;
    stopped.signal("STOP");

    // Other events are not held up, and this one is for no longer than the transaction may be idle.
    let waiting = tokio::spawn({
        let (bob, summit) = (bob.clone(), summit.clone());
        async move { bob.book(&summit).await }
    });
    lock_is_wanted(&url).await;
    bob.book(&other).await.expect(201);
    assert!(!waiting.is_finished(), "the event was not held");
    waiting.await.unwrap().expect(201);
    let rows_meanwhile = rows(&url, &summit).await;
    assert_eq!(rows_meanwhile.len(), 1, "what was not committed is not there: {rows_meanwhile:?}");

    wire.release();
    stopped.signal("CONT");
    let (status, registration) = answering.await.unwrap();
    assert_eq!((status, &registration["status"]), (201, &"CONFIRMED".into()), "{registration}");
    let rows = rows(&url, &summit).await;
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[1].id.to_string(), registration["id"], "whoever came through first is first");
    assert_promises(&url).await;
    stopped.stop("TERM").await;
    sound.stop("TERM").await;
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_sale_opens_by_the_databases_clock_whatever_the_servers_clocks_say() {
    const HOURS: i64 = 2;

    let database = testdb::Database::new().await;
    let url = database.url();
    let ground = Ground::new();
    let clocks = ShiftedClock::build(ground.folder()).unwrap();
    let mut servers = Vec::new();
    for hours in [-HOURS, HOURS] {
        let wrong = clocks.wrong_by(hours * 3600);
        let launch = wrong.iter().fold(ground.on(&url), |launch, (name, value)| launch.set(name, value));
        let server = launch.start().await;
        let answer = server.anonymous().events("").await;
        let clock = DateTime::parse_from_rfc2822(answer.header("date").unwrap()).unwrap().to_utc();
        let off = clock - Utc::now() - TimeDelta::hours(hours);
        assert!(off.abs() < TimeDelta::minutes(1), "the clock is off by {off} from what it should be");
        servers.push(server);
    }

    let mut body = event_body(1_000);
    body["sales_open_at"] = json!(Utc::now() + TimeDelta::hours(1));
    let organizer = servers[1].organizer().await;
    let event = organizer.create(&body).await.expect(201)["id"].as_str().unwrap().to_owned();
    organizer.publish(&event).await.expect(200);
    let mut buyers = people(&url, 1_000).await.into_iter();
    for server in &servers {
        session(server, buyers.next().unwrap()).book(&event).await.expect_problem(409, "sales-not-open");
    }
    // The database's clock is this machine's. Every answer is right at some moment between question and answer.
    let opens_at = Utc::now() + TimeDelta::seconds(1);
    organizer.edit(&event, &json!({ "sales_open_at": opens_at })).await.expect(200);
    for server in &servers {
        eventually("the sale opens", async || {
            let asked_at = Utc::now();
            let answer = session(server, buyers.next().unwrap()).book(&event).await;
            if answer.status == 201 {
                assert!(Utc::now() >= opens_at, "sold before {opens_at}");
                return Some(());
            }
            answer.expect_problem(409, "sales-not-open");
            assert!(asked_at < opens_at, "refused after {opens_at}");
            None
        })
        .await;
    }

    // The same at the end of the sale.
    let closes_at = Utc::now() + TimeDelta::seconds(1);
    organizer.edit(&event, &json!({ "sales_close_at": closes_at })).await.expect(200);
    for server in &servers {
        eventually("the sale closes", async || {
            let asked_at = Utc::now();
            let answer = session(server, buyers.next().unwrap()).book(&event).await;
            if answer.status == 201 {
                assert!(asked_at < closes_at, "sold after {closes_at}");
                return None;
            }
            answer.expect_problem(409, "sales-closed");
            assert!(Utc::now() >= closes_at, "refused before {closes_at}");
            Some(())
        })
        .await;
    }
    assert_promises(&url).await;
}
