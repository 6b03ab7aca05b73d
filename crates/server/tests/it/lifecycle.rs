//! The server's life: it stops in good order, and comes back after a bad end.

use reqwest::Method;
use serde_json::Value;
use testdb::patience::eventually;
use tokio_postgres::{Client, NoTls};

use crate::client::try_send;
use crate::servers::{Ground, LONG_SHUTDOWN, Server, at_last, booking, is_alive, signal, until};

/// Alice's registrations: their ids, and how they stand.
async fn registrations(server: &Server) -> Vec<(Value, Value)> {
    let own = server.alice().await.own_registrations().await.expect(200);
    own["items"].as_array().unwrap().iter().map(|found| (found["id"].clone(), found["status"].clone())).collect()
}

/// Alice books: her registration's id, and how it stands.
async fn book(server: &Server) -> (Value, Value) {
    let registration = server.alice().await.book(&server.summit().await).await.expect(201);
    (registration["id"].clone(), "CONFIRMED".into())
}

#[tokio::test]
async fn a_second_start_keeps_what_the_first_one_made() {
    let ground = Ground::new();
    // Also the token secret is made and kept.
    let first = ground.private().unset("ONSALE__AUTH__SECRET").start().await;
    let registration = book(&first).await;
    let session = first.anonymous().login("alice@student.com", "user123").await.expect(200);
    let postmaster = ground.postmaster().unwrap();
    first.stop("TERM").await;
    assert!(!is_alive(postmaster), "PostgreSQL stops with its server");

    let second = ground.private().unset("ONSALE__AUTH__SECRET").start().await;
    assert_eq!(registrations(&second).await, [registration]);
    assert_eq!(second.events().await.len(), 2);
    // Signed with the secret that is kept.
    second.anonymous().with_token(session["token"].as_str().unwrap()).get("/auth/me").await.expect(200);
    let ended = second.stop("INT").await;
    assert!(ended.out.ends_with("Stopped\n"), "{ended:?}");
    assert!(ground.postmaster().is_none());
}

#[tokio::test]
async fn a_killed_server_leaves_a_postgresql_that_the_next_one_takes_over_or_recovers() {
    let ground = Ground::new();
    let first = ground.private().start().await;
    let registration = book(&first).await;
    let postmaster = ground.postmaster().unwrap();
    first.kill().await;
    assert!(is_alive(postmaster), "it was not the server's signal");

    let second = ground.private().start().await;
    assert_eq!(ground.postmaster(), Some(postmaster), "taken over as it was");
    assert_eq!(registrations(&second).await, std::slice::from_ref(&registration));

    // Both at once, PostgreSQL first so that the server does not get to start it again.
    second.signal("STOP");
    signal("KILL", postmaster);
    second.kill().await;
    let third = ground.private().start().await;
    assert_ne!(ground.postmaster(), Some(postmaster));
    assert_eq!(registrations(&third).await, [registration]);
    third.stop("TERM").await;
}

#[tokio::test]
async fn a_postgresql_that_dies_under_the_server_is_started_again() {
    let ground = Ground::new();
    let server = ground.private().start().await;
    let registration = book(&server).await;
    let (bob, summit) = (server.bob().await, server.summit().await);
    for _ in 0..2 {
        let postmaster = ground.postmaster().unwrap();
        signal("KILL", postmaster);
        until("another postmaster", || ground.postmaster().is_some_and(|pid| pid != postmaster)).await;
        let (status, seat) = at_last(booking(&bob, &summit, "again")).await;
        assert_eq!(status, 201, "{seat}");
    }
    assert_eq!(registrations(&server).await, [registration]);
    server.stop("TERM").await;
    assert!(ground.postmaster().is_none(), "the one that was started again stops, too");
}

#[tokio::test]
async fn a_second_server_on_the_same_data_is_refused_and_the_first_lives_on() {
    let ground = Ground::new();
    let first = ground.private().start().await;
    let refused = ground.private().fail().await;
    assert_eq!(refused.err.lines().count(), 1, "{refused:?}");
    for part in [ground.data().to_str().unwrap(), "in use", &first.pid().to_string()] {
        assert!(refused.err.contains(part), "{part:?} is missing: {refused:?}");
    }
    book(&first).await;
    first.stop("TERM").await;
}

#[tokio::test]
async fn a_stop_during_the_start_leaves_nothing_running() {
    let ground = Ground::new();
    let server = ground.private().spawn();
    until("its first line", || server.out().contains("Starting")).await;
    let ended = server.stop("TERM").await;
    assert!(!ended.out.contains("is ready"), "{ended:?}");
    assert!(ground.postmaster().is_none());
    // And what was begun is finished.
    ground.private().start().await.stop("TERM").await;
}

/// Somebody else's transaction that holds an event.
async fn lock(database_url: &str, event: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(database_url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client.batch_execute(&format!("begin; select from events where id = '{event}' for update")).await.unwrap();
    client
}

/// Waits until the event's latest stress test is at nobody's hands, and gives its state.
async fn told_of(server: &Server, event: &str) -> String {
    let admin = server.admin().await;
    eventually("the stress test ends", async || {
        let latest = admin.simulation(event).await.expect(200);
        (latest["state"] != "RUNNING").then(|| latest["state"].as_str().unwrap().to_owned())
    })
    .await
}

/// The stress test is undone, and people may book.
async fn is_itself_again(server: &Server, event: &str) {
    server.admin().await.undo(event).await.expect(200);
    let free = server.anonymous().event(event).await.expect(200);
    assert_eq!((&free["under_test"], &free["seats_remaining"]), (&false.into(), &10.into()));
    server.alice().await.book(event).await.expect(201);
}

#[tokio::test]
async fn a_stress_test_that_hangs_is_lost_with_its_server_which_says_so_and_stops_in_time() {
    let database = testdb::Database::new().await;
    let ground = Ground::new();
    let launch = ground.on(&database.url()).set("ONSALE__DATABASE__LOCK_TIMEOUT_MILLISECONDS", "50000");
    let server = launch.set("ONSALE__DATABASE__STATEMENT_TIMEOUT_MILLISECONDS", "60000").start().await;
    let admin = server.admin().await;
    let event = server.summit().await;
    let (stranger, connection) = tokio_postgres::connect(&database.url(), NoTls).await.unwrap();
    tokio::spawn(connection);
    // Nobody new comes, simulated buyers neither.
    stranger.batch_execute("begin; lock table users in share row exclusive mode").await.unwrap();
    let (waiting, waited_for) = (admin.clone(), event.clone());
    let answering = tokio::spawn(async move {
        let path = format!("/admin/events/{waited_for}/simulate?users=300");
        try_send(waiting.request(Method::POST, &path)).await
    });
    lock_is_wanted(&database.url()).await;
    assert_eq!(admin.simulation(&event).await.expect(200)["state"], "RUNNING");

    let ended = server.stop("TERM").await;
    assert!(ended.err.contains("a stress test was still running at the shutdown and is lost"), "{ended:?}");
    assert!(!ended.err.contains("panicked"), "{ended:?}");
    assert!(answering.await.unwrap().is_err(), "no answer was made up");
    stranger.batch_execute("rollback").await.unwrap();

    let next = ground.on(&database.url()).start().await;
    assert_eq!(told_of(&next, &event).await, "LOST");
    is_itself_again(&next, &event).await;
    next.stop("TERM").await;
}

#[tokio::test]
async fn a_stop_in_the_middle_of_a_stress_test_is_in_time_and_it_is_known_to_have_ended() {
    let database = testdb::Database::new().await;
    let ground = Ground::new();
    let server = ground.on(&database.url()).set("ONSALE__SIMULATION__WINDOW", "2").start().await;
    let (admin, event) = (server.admin().await, server.summit().await);
    admin.simulate_async(&event, 100_000).await.expect(202);
    eventually("somebody buys", async || (admin.simulation(&event).await.expect(200)["answered"] != 0).then_some(()))
        .await;
    let ended = server.stop("TERM").await;
    assert!(!ended.err.contains("panicked"), "{ended:?}");

    let next = ground.on(&database.url()).start().await;
    let state = told_of(&next, &event).await;
    assert!(["DONE", "FAILED", "LOST"].contains(&state.as_str()), "{state}");
    is_itself_again(&next, &event).await;
    next.stop("TERM").await;
}

/// Waits until a session waits for a lock.
pub(crate) async fn lock_is_wanted(database_url: &str) {
    let (client, connection) = tokio_postgres::connect(database_url, NoTls).await.unwrap();
    tokio::spawn(connection);
    let waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    let is_waiting = async || (!client.query(waiting, &[]).await.unwrap().is_empty()).then_some(());
    eventually("a session waits for the lock", is_waiting).await;
}

#[tokio::test]
async fn a_request_in_flight_is_answered_before_the_server_stops() {
    let database = testdb::Database::new().await;
    let ground = Ground::new();
    let server = ground.on(&database.url()).set(LONG_SHUTDOWN.0, LONG_SHUTDOWN.1).start().await;
    let (alice, summit) = (server.alice().await, server.summit().await);
    let stranger = lock(&database.url(), &summit).await;

    let answering = tokio::spawn(try_send(booking(&alice, &summit, "in-flight")));
    lock_is_wanted(&database.url()).await;
    server.signal("TERM");
    until("it says so", || server.out().contains("Stopping")).await;
    eventually("new connections are refused", async || {
        server.anonymous().request(Method::GET, "/health/live").send().await.err()
    })
    .await;
    stranger.batch_execute("rollback").await.unwrap();

    answering.await.unwrap().unwrap().expect(201);
    let ended = server.ended().await;
    assert!(ended.status.success() && !ended.was_forced(), "{ended:?}");
}

#[tokio::test]
async fn connections_that_wait_for_nothing_do_not_hold_the_stop_up() {
    let database = testdb::Database::new().await;
    let ground = Ground::new();
    // They do not end by themselves while the test waits.
    let launch = ground.on(&database.url()).set("ONSALE__SERVER__CLIENT_REQUEST_TIMEOUT_SECONDS", "300");
    let server = launch.set(LONG_SHUTDOWN.0, LONG_SHUTDOWN.1).start().await;
    // Kept open by the client.
    server.events().await;
    let _half = {
        use tokio::io::AsyncWriteExt as _;
        let mut socket = tokio::net::TcpStream::connect(format!("127.0.0.1:{}", server.port())).await.unwrap();
        socket.write_all(b"GET /events HTT").await.unwrap();
        socket
    };
    server.stop("TERM").await;
}

#[tokio::test]
async fn a_thousand_live_streams_do_not_hold_the_stop_up() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpStream;

    let database = testdb::Database::new().await;
    let ground = Ground::new();
    let server = ground.on(&database.url()).set(LONG_SHUTDOWN.0, LONG_SHUTDOWN.1).start().await;
    let request = format!("GET /live?events={} HTTP/1.1\r\nhost: localhost\r\n\r\n", server.summit().await);
    let mut streams = Vec::new();
    for _ in 0..1_000 {
        let mut stream = TcpStream::connect(format!("127.0.0.1:{}", server.port())).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        streams.push(stream);
    }
    let mut received = Vec::new();
    for stream in &mut streams {
        let mut text = Vec::new();
        while !String::from_utf8_lossy(&text).contains("last_decision") {
            assert_ne!(stream.read_buf(&mut text).await.unwrap(), 0, "{}", String::from_utf8_lossy(&text));
        }
        received.push(text);
    }
    server.stop("TERM").await;
    for (stream, text) in streams.iter_mut().zip(&mut received) {
        stream.read_to_end(text).await.unwrap();
        assert!(text.ends_with(b"\r\n0\r\n\r\n"), "a whole answer: {}", String::from_utf8_lossy(text));
    }
}

#[tokio::test]
async fn a_second_interrupt_ends_it_at_once() {
    let database = testdb::Database::new().await;
    let ground = Ground::new();
    let server = ground.on(&database.url()).set(LONG_SHUTDOWN.0, LONG_SHUTDOWN.1).start().await;
    let (alice, summit) = (server.alice().await, server.summit().await);
    let _stranger = lock(&database.url(), &summit).await;
    let answering = tokio::spawn(try_send(booking(&alice, &summit, "in-flight")));
    lock_is_wanted(&database.url()).await;
    server.signal("INT");
    until("it says so", || server.out().contains("Stopping")).await;
    server.signal("INT");
    let ended = server.ended().await;
    assert_eq!(ended.status.code(), Some(130), "{ended:?}");
    assert!(answering.await.unwrap().is_err(), "no answer was made up");
}

#[tokio::test]
async fn a_stop_waits_no_longer_than_it_may_whatever_is_open() {
    use tokio::io::AsyncWriteExt as _;
    let database = testdb::Database::new().await;
    let ground = Ground::new();
    // Nothing of what is open ends by itself while the test waits.
    let patient = [
        ("ONSALE__DATABASE__LOCK_TIMEOUT_MILLISECONDS", "60000"),
        ("ONSALE__DATABASE__STATEMENT_TIMEOUT_MILLISECONDS", "70000"),
        ("ONSALE__SERVER__CLIENT_REQUEST_TIMEOUT_SECONDS", "300"),
        ("ONSALE__SERVER__CLIENT_STALL_SECONDS", "300"),
    ];
    let launch = patient.iter().fold(ground.on(&database.url()), |launch, (name, value)| launch.set(name, value));
    let server = launch.start().await;
    let (alice, summit) = (server.alice().await, server.summit().await);
    // Idle, half a head, half a body, answers that nobody takes, and a booking that waits for somebody else's lock.
    let head =
        "POST /auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n";
    let mut open = Vec::new();
    for begun in ["", "GET /events HTT", head, &"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(500)] {
        let mut socket = tokio::net::TcpStream::connect(format!("127.0.0.1:{}", server.port())).await.unwrap();
        socket.write_all(begun.as_bytes()).await.unwrap();
        open.push(socket);
    }
    let _stranger = lock(&database.url(), &summit).await;
    let answering = tokio::spawn(try_send(booking(&alice, &summit, "in-flight")));
    lock_is_wanted(&database.url()).await;
    server.signal("TERM");
    let ended = server.ended().await;
    assert!(ended.status.success() && ended.was_forced(), "{ended:?}");
    assert!(answering.await.unwrap().is_err(), "no answer was made up");
}

#[tokio::test]
async fn a_server_that_stops_says_so_before_it_takes_no_more() {
    let database = testdb::Database::new().await;
    let ground = Ground::new();
    let draining = [("ONSALE__SERVER__DRAIN_SECONDS", "4"), LONG_SHUTDOWN];
    let launch = draining.iter().fold(ground.on(&database.url()), |launch, (name, value)| launch.set(name, value));
    let server = launch.start().await;
    server.anonymous().get("/health/ready").await.expect(200);
    server.signal("TERM");
    until("it says so", || server.out().contains("Stopping")).await;
    let not_ready = server.anonymous().get("/health/ready").await;
    assert_eq!(not_ready.expect_problem(503, "not-ready")["failed"], "stopping");
    server.anonymous().get("/health/live").await.expect(200);
    server.anonymous().events("").await.expect(200);
    let ended = server.ended().await;
    assert!(ended.status.success() && !ended.was_forced(), "{ended:?}");
}

#[tokio::test]
async fn a_log_that_nobody_reads_holds_nobody_up() {
    let database = testdb::Database::new().await;
    let ground = Ground::new();
    let (nobody, log) = std::io::pipe().unwrap();
    let launch = ground.on(&database.url()).set(LONG_SHUTDOWN.0, LONG_SHUTDOWN.1);
    let server = launch.set("ONSALE__LOG__FILTER", "trace").log_to(log).start().await;
    eventually("more lines than the log's pipe holds", async || {
        let client = server.anonymous();
        let asked = (0..200).map(|_| client.events(""));
        for answer in futures_util::future::join_all(asked).await {
            answer.expect(200);
        }
        let metrics = client.get("/metrics").await.text;
        (!metrics.contains("onsale_log_lines_lost_total 0\n")).then_some(())
    })
    .await;
    server.stop("TERM").await;
    drop(nobody);
}

#[tokio::test]
async fn log_lines_are_written_before_the_end_and_libraries_are_heard() {
    let database = testdb::Database::new().await;
    let ground = Ground::new();
    let launch = ground.on(&database.url()).set("ONSALE__LOG__FORMAT", "json");
    let server = launch.set("ONSALE__LOG__FILTER", "info,tokio_postgres=debug").start().await;
    for n in 0..50 {
        server.anonymous().get(&format!("/nothing-{n}")).await.expect_problem(404, "not-found");
    }
    let ended = server.stop("TERM").await;
    let lines: Vec<Value> = ended.err.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for n in 0..50 {
        let of_it = lines.iter().filter(|line| line["path"] == format!("/nothing-{n}")).collect::<Vec<_>>();
        assert!(of_it.len() == 1 && of_it[0]["request_id"].is_string(), "{of_it:?}");
    }
    let target = |line: &Value| line["target"].as_str().unwrap_or_default().to_owned();
    assert!(lines.iter().any(|line| target(line).starts_with("tokio_postgres")), "{}", ended.err);
}

#[tokio::test]
async fn with_few_open_files_those_who_are_in_are_served_and_the_others_later() {
    let database = testdb::Database::new().await;
    let ground = Ground::new();
    let server = ground.on(&database.url()).open_files(256).start().await;
    assert!(server.err().contains("ulimit -n"), "{}", server.err());
    let inside = server.anonymous();
    inside.events("").await.expect(200);
    let mut crowd = Vec::new();
    for _ in 0..600 {
        crowd.push(tokio::net::TcpStream::connect(format!("127.0.0.1:{}", server.port())).await.unwrap());
    }
    for _ in 0..20 {
        // Files and the database are still opened.
        inside.get("/").await.expect(200);
        inside.events("").await.expect(200);
        inside.get("/health/ready").await.expect(200);
    }
    drop(crowd);
    // Each leaves with its answer: more of them than places would wait for connections that are idle.
    let asked = (0..100).map(async |_| server.anonymous().get("/health/live").await);
    let answers = futures_util::future::join_all(asked).await;
    assert!(answers.iter().all(|answer| answer.status == 200));
    server.stop("TERM").await;
}
