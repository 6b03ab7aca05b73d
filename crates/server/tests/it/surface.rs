//! What holds of every request: headers, ids, files, the end.

use std::pin::pin;

use reqwest::Method;
use serde_json::json;
use testdb::patience::{LIMIT, QUIET, eventually};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use uuid::Uuid;

use crate::client::{Answer, Client, send};
use crate::servers::LONG_SHUTDOWN;
use crate::stage::Stage;

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_has_the_security_headers_and_an_id() {
    let stage = Stage::set().await;
    let anonymous = stage.anonymous();
    for path in ["/", "/scripts/a.js", "/nothing", "/events", "/events/x", "/auth/me", "/auth/login", "/health/live"] {
        for method in [Method::GET, Method::POST, Method::OPTIONS] {
            let answer = send(anonymous.request(method.clone(), path)).await;
            let policy = answer.header("content-security-policy").unwrap_or_default();
            for part in ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"] {
                assert!(policy.contains(part), "{method} {path}: {policy}");
            }
            assert!(!policy.contains("unsafe"));
            for (name, value) in [
                ("x-content-type-options", "nosniff"),
                ("referrer-policy", "no-referrer"),
                ("cross-origin-opener-policy", "same-origin"),
                ("cross-origin-resource-policy", "same-origin"),
            ] {
                assert_eq!(answer.header(name), Some(value), "{method} {path}");
            }
            assert!(answer.header("permissions-policy").unwrap().contains("camera=()"));
            assert!(answer.header("cache-control").is_some());
            let id = answer.header("x-request-id").unwrap();
            if answer.status >= 400 {
                assert_eq!(answer.body["request_id"], id, "{method} {path}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sound_request_id_is_kept_and_any_other_replaced() {
    let stage = Stage::set().await;
    let id_of = async |given: &str| {
        let request = stage.anonymous().request(Method::GET, "/auth/me").header("X-Request-Id", given);
        let answer = send(request).await;
        let id = answer.header("x-request-id").unwrap().to_owned();
        assert_eq!(answer.body["request_id"], id);
        id
    };
    for sound in ["a", "01-ab_c.d", &Uuid::now_v7().to_string(), &"x".repeat(64)] {
        assert_eq!(id_of(sound).await, sound);
    }
    let mut made = Vec::new();
    for unsound in ["", " ", "a b", "a\"b", "a=b", "a,b", &"x".repeat(65)] {
        let id = id_of(unsound).await;
        assert_ne!(id, unsound);
        made.push(id);
    }
    made.sort_unstable();
    made.dedup();
    assert_eq!(made.len(), 7);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_is_served_and_nothing_beside_it() {
    let stage = Stage::set().await;
    let anonymous = stage.anonymous();
    let page = anonymous.get("/").await;
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert_eq!(page.header("cache-control"), Some("no-cache"));
    let tag = page.header("etag").unwrap();
    let same = send(anonymous.request(Method::GET, "/").header("If-None-Match", tag)).await;
    assert_eq!((same.status, same.text.as_str()), (304, ""));
    let script = anonymous.get("/scripts/a.js").await;
    assert!(script.header("content-type").unwrap().starts_with("text/javascript"));
    assert!(script.text.contains("export"));

    for path in ["/nothing", "/scripts", "/scripts/", "/.hidden", "/events/", "/auth", "/admin/x", "/live/x", "/me"] {
        anonymous.get(path).await.expect_problem(404, "not-found");
    }
    for path in ["/nothing", "/admin/x"] {
        anonymous.post(path).await.expect_problem(404, "not-found");
    }
    let address = stage.server.base.strip_prefix("http://").unwrap();
    for path in ["/../Cargo.toml", "/%2e%2e/main.rs", "/scripts/..%2f..%2f..%2fmain.rs", "//etc/passwd"] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_description_is_readable_without_a_network_under_a_policy_of_its_own() {
    let stage = Stage::set().await;
    let anonymous = stage.anonymous();
    // The client follows the redirection.
    let page = anonymous.get("/docs").await;
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html")));
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'"), "{policy}");
    assert!(!policy.contains("trusted-types") && !policy.contains("http"), "{policy}");
    let start = anonymous.get("/docs/swagger-initializer.js").await;
    assert!(start.text.contains("\"/openapi.json\""), "{}", start.text);
    for (file, media_type) in [
        ("swagger-ui.css", "text/css"),
        ("index.css", "text/css"),
        ("swagger-ui-bundle.js", "text/javascript"),
        ("swagger-ui-standalone-preset.js", "text/javascript"),
    ] {
        let path = format!("/docs/{file}");
        let answer = anonymous.get(&path).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(media_type)), "{file}");
        assert_eq!(
            (answer.header("content-encoding"), answer.header("cache-control")),
            (Some("gzip"), Some("no-cache"))
        );
        let tag = answer.header("etag").unwrap();
        let same = send(anonymous.request(Method::GET, &path).header("If-None-Match", tag)).await;
        assert_eq!((same.status, same.text.as_str()), (304, ""), "{file}");
    }
    anonymous.get("/docs/nothing.js").await.expect_problem(404, "not-found");
    anonymous.post("/docs/").await.expect_problem(405, "method-not-allowed");
    assert!(anonymous.get("/").await.header("content-security-policy").unwrap().contains("trusted-types 'none'"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_site_is_what_its_operator_says() {
    let stage = Stage::set().await;
    let nothing = json!({
        "name": "Onsale", "imprint_url": null, "privacy_url": null, "terms_url": null, "contact": null,
        "sends_mail": false,
    });
    assert_eq!(stage.anonymous().get("/site").await.expect(200), nothing);
    let stage = Stage::set_with(&[
        ("ONSALE__SITE__NAME", "Concerts"),
        ("ONSALE__SITE__IMPRINT_URL", "https://example.org/imprint"),
        ("ONSALE__SITE__PRIVACY_URL", "/privacy.html"),
        ("ONSALE__SITE__CONTACT", "tickets@example.org"),
    ])
    .await;
    let answer = stage.anonymous().get("/site").await;
    assert_eq!(answer.header("cache-control"), Some("no-cache"));
    let tag = answer.header("etag").unwrap().to_owned();
    let set = json!({
        "name": "Concerts", "imprint_url": "https://example.org/imprint", "privacy_url": "/privacy.html",
        "terms_url": null, "contact": "tickets@example.org", "sends_mail": false,
    });
    assert_eq!(answer.expect(200), set);
    let same = send(stage.anonymous().request(Method::GET, "/site").header("If-None-Match", tag)).await;
    assert_eq!((same.status, same.text.as_str()), (304, ""));
}

const SHOP: &str = "https://shop.example";

/// What an answer to a page of this origin says about who may read it.
async fn shared_with(stage: &Stage, method: Method, path: &str, origin: &str) -> (u16, Option<String>, Option<String>) {
    let request = stage.anonymous().request(method, path).header("Origin", origin);
    let answer = request.header("Access-Control-Request-Method", "PATCH").send().await.unwrap();
    let text = |name: &str| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    (answer.status().as_u16(), text("access-control-allow-origin"), text("access-control-expose-headers"))
}

/// Whether caches keep the answers to different origins apart.
fn varies_by_origin(answer: &Answer) -> bool {
    answer.headers.get_all("vary").iter().any(|value| value == "origin")
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_other_origins_read_nothing_unless_the_settings_say_so() {
    let stage = Stage::set().await;
    assert_eq!(shared_with(&stage, Method::GET, "/events", SHOP).await, (200, None, None));
    assert_eq!(shared_with(&stage, Method::OPTIONS, "/events", SHOP).await, (405, None, None));
    assert!(!varies_by_origin(&stage.anonymous().get("/events").await));
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_allowed_origins_read_every_answer_and_why_they_were_refused() {
    let stage = Stage::set_with(&[("ONSALE__SERVER__CORS_ALLOWED_ORIGINS", "https://SHOP.example:443")]).await;
    for (method, path, status) in [
        (Method::GET, "/events", 200),
        (Method::GET, "/live?events=x", 422),
        (Method::GET, "/auth/me", 401),
        (Method::GET, "/nothing", 404),
        (Method::PUT, "/events", 405),
        (Method::POST, "/auth/login", 415),
        (Method::OPTIONS, "/events", 204),
        (Method::OPTIONS, "/auth/me", 204),
    ] {
        let (found, origin, exposed) = shared_with(&stage, method.clone(), path, SHOP).await;
        assert_eq!((found, origin.as_deref()), (status, Some(SHOP)), "{method} {path}");
        assert!(exposed.unwrap().contains("retry-after"), "{method} {path}");
        let (_, origin, exposed) = shared_with(&stage, method.clone(), path, "https://other.example").await;
        assert_eq!((origin, exposed), (None, None), "{method} {path}");
    }
    let preflight = stage.anonymous().request(Method::OPTIONS, "/auth/me").header("Origin", SHOP);
    let preflight = preflight.header("Access-Control-Request-Method", "PATCH").send().await.unwrap();
    let headers = preflight.headers();
    assert!(headers["access-control-allow-methods"].to_str().unwrap().contains("PATCH"));
    assert!(headers["access-control-allow-headers"].to_str().unwrap().contains("authorization"));
    assert!(headers.contains_key("x-request-id") && !headers.contains_key("access-control-allow-credentials"));
    assert!(varies_by_origin(&stage.anonymous().get("/events").await));
    // A request for another host is refused first.
    let elsewhere = stage.anonymous().request(Method::OPTIONS, "/events").header("Origin", SHOP);
    let elsewhere = elsewhere.header("Access-Control-Request-Method", "GET").header("Host", "evil.example");
    assert_eq!(elsewhere.send().await.unwrap().status(), 421);

    let everybody = Stage::set_with(&[("ONSALE__SERVER__CORS_ALLOWED_ORIGINS", "*")]).await;
    let (status, origin, _) = shared_with(&everybody, Method::GET, "/events", "null").await;
    assert_eq!((status, origin.as_deref()), (200, Some("*")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_known_path_says_which_methods_it_takes() {
    let stage = Stage::set().await;
    let event = stage.organizer().await.published(1).await;
    for (method, path, allow) in [
        (Method::DELETE, "/events".to_owned(), "GET, HEAD"),
        (Method::PUT, format!("/organizer/events/{event}"), "GET, HEAD, PATCH, DELETE"),
        (Method::PUT, "/organizer/events".to_owned(), "GET, HEAD, POST"),
        (Method::GET, format!("/events/{event}/register"), "POST"),
        (Method::OPTIONS, "/auth/login".to_owned(), "POST"),
    ] {
        let answer = send(stage.anonymous().request(method, &path)).await;
        assert_eq!(answer.header("allow"), Some(allow), "{path}");
        answer.expect_problem(405, "method-not-allowed");
    }
    let head = send(stage.anonymous().request(Method::HEAD, &format!("/events/{event}"))).await;
    assert_eq!((head.status, head.text.as_str()), (200, ""));
    assert!(head.header("etag").is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let limit = |seconds| [("ONSALE__SERVER__CLIENT_REQUEST_TIMEOUT_SECONDS", seconds)];
    let (patient, stage) = (Stage::set_with(&limit("300")).await, Stage::set_with(&limit("1")).await);
    let answer = async |stage: &Stage| {
        let mut stream = TcpStream::connect(stage.server.base.strip_prefix("http://").unwrap()).await.unwrap();
        let head = "POST /auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
                    Content-Length: 50\r\n\r\n";
        stream.write_all(format!("{head}{{\"email\":").as_bytes()).await.unwrap();
        let mut answer = vec![0; 4_096];
        let length = stream.read(&mut answer).await.unwrap();
        String::from_utf8_lossy(&answer[..length]).into_owned()
    };
    let answer = tokio::select! {
        early = answer(&patient) => panic!("not at its limit, but before: {early}"),
        answer = answer(&stage) => answer,
        () = tokio::time::sleep(LIMIT) => panic!("the body is still waited for"),
    };
    assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("/problems/request-timeout"), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_database_a_server_lives_is_not_ready_and_says_when_to_come_back() {
    let mut stage = Stage::set_with(&[
        ("ONSALE__DATABASE__CONNECT_TIMEOUT_SECONDS", "1"),
        ("ONSALE__BOX_OFFICE__QUEUED_SECONDS", "1"),
    ])
    .await;
    let audience = stage.audience().await;
    let event = stage.organizer().await.published(1).await;
    audience.get("/health/ready").await.expect(200);
    let server = std::mem::take(&mut stage.server.base);
    drop(stage.database);
    let anonymous = Client::new(&server, None);
    assert_eq!(anonymous.get("/health/live").await.expect(200), json!({ "status": "ok" }));
    // The server may trust its last look at the database for a moment.
    let not_ready = eventually("the server is not ready", async || {
        Some(anonymous.get("/health/ready").await).filter(|answer| answer.status != 200)
    })
    .await;
    assert!(not_ready.header("retry-after").is_some());
    assert_eq!(not_ready.expect_problem(503, "not-ready")["failed"], "database");
    for answer in [
        anonymous.get("/events").await,
        anonymous.event(&event).await,
        audience.own_registrations().await,
        anonymous.post_json("/auth/login", &json!({ "email": "a@example.com", "password": "x" })).await,
    ] {
        assert!(answer.header("retry-after").is_some());
        answer.expect_problem(503, "unavailable");
    }
    let booking = audience.book(&event).await;
    assert_eq!(booking.status, 503, "{booking:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stops_finishes_what_is_in_flight_and_waits_for_nobody_else() {
    let stage = Stage::set_with(&[LONG_SHUTDOWN]).await;
    let admin = stage.admin().await;
    let event = admin.published(10).await;
    let address = stage.server.base.strip_prefix("http://").unwrap().to_owned();
    // Connected, and silent.
    let _idle = TcpStream::connect(&address).await.unwrap();
    stage.anonymous().get("/health/live").await.expect(200);

    let simulating = tokio::spawn({
        let (admin, event) = (admin.clone(), event.clone());
        async move { admin.simulate(&event, 5_000).await }
    });
    eventually("the stress test runs", async || (admin.simulation(&event).await.status == 200).then_some(())).await;
    stage.server.stop().await;
    simulating.await.unwrap().expect(200);
    assert!(TcpStream::connect(&address).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_merely_busy_is_ready() {
    let stage = Stage::set_with(&[
        ("ONSALE__DATABASE__READ_CONNECTIONS", "1"),
        // Longer than the test. A background read may have the only connection.
        ("ONSALE__DATABASE__CONNECT_TIMEOUT_SECONDS", "60"),
        ("ONSALE__DATABASE__LOCK_TIMEOUT_MILLISECONDS", "50000"),
        ("ONSALE__DATABASE__STATEMENT_TIMEOUT_MILLISECONDS", "60000"),
    ])
    .await;
    let (stranger, connection) = tokio_postgres::connect(&stage.database.url(), tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    stranger.batch_execute("begin; lock table events in access exclusive mode").await.unwrap();
    let looks = async {
        for _ in 0..3 {
            stage.anonymous().get("/health/ready").await.expect(200);
            // Until the server looks at its database again.
            tokio::time::sleep(QUIET).await;
        }
    };
    let anonymous = stage.anonymous();
    // Of any event: the list's reads have a time limit of their own.
    let none = Uuid::now_v7().to_string();
    let mut waiting = pin!(anonymous.event(&none));
    tokio::select! {
        early = &mut waiting => panic!("nothing was busy: {early:?}"),
        () = looks => (),
    }
    stranger.batch_execute("rollback").await.unwrap();
    waiting.await.expect_problem(404, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_whose_migrations_are_not_the_databases_is_not_ready() {
    let stage = Stage::set().await;
    let (other, connection) = tokio_postgres::connect(&stage.database.url(), tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    // The server may trust its last look at the database for a moment.
    let ready = async |status| {
        eventually(format!("ready is answered with {status}"), async || {
            Some(stage.anonymous().get("/health/ready").await).filter(|answer| answer.status == status)
        })
        .await
    };
    stage.anonymous().get("/health/ready").await.expect(200);
    let newer = "insert into __diesel_schema_migrations (version) values ('29991231235959')";
    other.batch_execute(newer).await.unwrap();
    assert_eq!(ready(503).await.expect_problem(503, "not-ready")["failed"], "migrations");
    other.batch_execute("delete from __diesel_schema_migrations where version = '29991231235959'").await.unwrap();
    ready(200).await;
    other.batch_execute("alter table __diesel_schema_migrations rename to gone").await.unwrap();
    assert_eq!(ready(503).await.expect_problem(503, "not-ready")["failed"], "migrations");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_does_not_hear_of_changes_of_access_is_not_ready_until_it_does() {
    let stage = Stage::set_with(&[
        // Longer than the test.
        ("ONSALE__DATABASE__LOCK_TIMEOUT_MILLISECONDS", "50000"),
        ("ONSALE__DATABASE__STATEMENT_TIMEOUT_MILLISECONDS", "60000"),
    ])
    .await;
    let ready = async |status| {
        eventually(format!("ready is answered with {status}"), async || {
            Some(stage.anonymous().get("/health/ready").await).filter(|answer| answer.status == status)
        })
        .await
    };
    ready(200).await;
    let (stranger, connection) = tokio_postgres::connect(&stage.database.url(), tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    stranger.batch_execute("begin; lock table users in access exclusive mode").await.unwrap();
    assert_eq!(ready(503).await.expect_problem(503, "not-ready")["failed"], "access");
    stranger.batch_execute("rollback").await.unwrap();
    ready(200).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_that_is_refused_is_not_told_to_come_back_in_the_same_second() {
    let stage = Stage::set_with(&[
        ("ONSALE__BOX_OFFICE__QUEUE_PER_EVENT", "1"),
        ("ONSALE__SIMULATION__WINDOW", "1"),
        // Longer than the test.
        ("ONSALE__DATABASE__LOCK_TIMEOUT_MILLISECONDS", "50000"),
        ("ONSALE__DATABASE__STATEMENT_TIMEOUT_MILLISECONDS", "60000"),
        ("ONSALE__BOX_OFFICE__QUEUED_SECONDS", "60"),
    ])
    .await;
    let event = stage.organizer().await.published(1).await;
    let crowd = stage.crowd(20).await;
    let (stranger, connection) = tokio_postgres::connect(&stage.database.url(), tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    stranger.batch_execute(&format!("begin; select from events where id = '{event}' for update")).await.unwrap();
    let refusals = std::sync::Mutex::new(Vec::new());
    let asking = futures_util::future::join_all(crowd.iter().map(async |buyer| {
        let answer = buyer.book(&event).await;
        if answer.status == 503 {
            let seconds: u64 = answer.header("retry-after").unwrap().parse().unwrap();
            let busy = answer.expect_problem(503, "busy");
            assert!(busy["detail"].as_str().unwrap().contains(&format!(" in {seconds} second")), "{busy}");
            refusals.lock().unwrap().push(seconds);
        }
    }));
    // One is in flight and one waits.
    let (_, ()) = tokio::join!(asking, async {
        eventually("the others are refused", async || (refusals.lock().unwrap().len() == 18).then_some(())).await;
        stranger.batch_execute("rollback").await.unwrap();
    });
    let told = refusals.into_inner().unwrap();
    let seconds: std::collections::BTreeSet<_> = told.iter().collect();
    assert!(seconds.len() > 2 && told.iter().all(|seconds| (1..=4).contains(seconds)), "{told:?}");
}
