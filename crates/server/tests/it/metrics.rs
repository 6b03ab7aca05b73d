//! What is counted, as Prometheus would read it.

use std::collections::{BTreeMap, BTreeSet};

use auth::api_keys::PREFIX;
use reqwest::Method;
use serde_json::Value;
use testdb::patience::eventually;

use crate::client::{Client, send};
use crate::documents;
use crate::servers::LONG_SHUTDOWN;
use crate::stage::{PASSWORD, Stage};

/// All samples by name and labels.
struct Samples(BTreeMap<String, f64>);

impl Samples {
    async fn of(client: &Client) -> Self {
        let answer = client.get("/metrics").await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        assert_eq!(answer.header("content-type"), Some("application/openmetrics-text; version=1.0.0; charset=utf-8"));
        assert!(answer.text.ends_with("# EOF\n"));
        let lines = answer.text.lines().filter(|line| !line.starts_with('#'));
        Self(
            lines
                .map(|line| line.rsplit_once(' ').unwrap())
                .map(|(name, value)| (name.to_owned(), value.parse().unwrap()))
                .collect(),
        )
    }

    /// Once that many commands have been counted, with their batches, which is a moment after they were answered.
    async fn once_counted(commands: f64, client: &Client) -> Self {
        eventually("every command is counted", async || {
            let samples = Self::of(client).await;
            let of_box_office = |name| samples.value(&format!("onsale_box_office_{name}"), &[]);
            let in_batches = of_box_office("batch_commands_sum");
            // The first that a batch counts, among what is counted by batch, and the last.
            let whole = of_box_office("batch_commands_count") == of_box_office("commit_seconds_count");
            (in_batches >= commands && whole).then_some(())
        })
        .await;
        // A sample that was read before these may be older than they.
        Self::of(client).await
    }

    /// The sample of that name which has all these labels; 0 if there is none.
    fn value(&self, name: &str, labels: &[(&str, &str)]) -> f64 {
        let has = |sample: &str, (label, value): &(&str, &str)| sample.contains(&format!("{label}=\"{value}\""));
        let mut found = self.0.iter().filter(|(sample, _)| sample.split('{').next() == Some(name));
        found.find(|(sample, _)| labels.iter().all(|label| has(sample, label))).map_or(0.0, |(_, value)| *value)
    }

    fn requests(&self, route: &str, method: &str, status: &str) -> f64 {
        self.value("onsale_http_requests_total", &[("route", route), ("method", method), ("status", status)])
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_are_counted_by_route_and_never_by_path() {
    let stage = Stage::set().await;
    let anonymous = stage.anonymous();
    let event = stage.organizer().await.published(1).await;
    for _ in 0..3 {
        anonymous.event(&event).await.expect(200);
    }
    anonymous.event("no-such-event").await.expect_problem(404, "not-found");
    send(anonymous.request(Method::PUT, "/events")).await.expect_problem(405, "method-not-allowed");
    anonymous.get("/").await.expect(200);
    for path in ["/one", "/two", "/three/deep", "/events/1/2/3/4"] {
        anonymous.get(path).await.expect_problem(404, "not-found");
    }
    let samples = Samples::of(&anonymous).await;
    assert_eq!(samples.requests("/events/{id}", "GET", "200"), 3.0);
    assert_eq!(samples.requests("/events/{id}", "GET", "404"), 1.0);
    assert_eq!(samples.requests("/events", "PUT", "405"), 1.0);
    assert_eq!(samples.requests("(file)", "GET", "200"), 1.0);
    assert_eq!(samples.requests("(unknown)", "GET", "404"), 4.0);
    assert!(!samples.0.keys().any(|sample| sample.contains("three") || sample.contains(&event)));
    assert_eq!(samples.value("onsale_http_request_duration_seconds_count", &[("route", "/events/{id}")]), 4.0);
    let all = [("route", "/events/{id}"), ("le", "+Inf")];
    assert_eq!(samples.value("onsale_http_request_duration_seconds_bucket", &all), 4.0);
    assert_eq!(samples.value("onsale_http_requests_in_flight", &[]), 1.0, "this one");
    assert!(samples.value("onsale_http_connections", &[]) >= 1.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn bookings_are_counted_by_what_they_came_to_and_simulated_ones_apart() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let event = admin.published(2).await;
    let crowd = stage.crowd(5).await;
    let book = crowd.iter().map(|buyer| buyer.book_with_key(&event, "k"));
    let booked = futures_util::future::join_all(book).await;
    crowd[0].book_with_key(&event, "k").await;
    crowd[0].book(&event).await.expect_problem(409, "already-registered");
    let seat = booked.into_iter().find(|answer| answer.status == 201).unwrap();
    let owner = crowd.iter().map(|buyer| buyer.give_up(&seat.body));
    futures_util::future::join_all(owner).await;
    crowd[0].book(&uuid::Uuid::now_v7().to_string()).await.expect_problem(404, "not-found");
    let tested = admin.published(3).await;
    admin.simulate(&tested, 10).await.expect(200);

    // Two events are published, five people book, one of them three times, all try to give one place up, and of one
    // event there is a stress test.
    let samples = Samples::once_counted(2.0 + 7.0 + 5.0 + 11.0, &stage.anonymous()).await;
    let came_to =
        |kind, outcome| samples.value("onsale_box_office_commands_total", &[("kind", kind), ("outcome", outcome)]);
    assert_eq!((came_to("register", "confirmed"), came_to("register", "waitlisted")), (2.0, 3.0));
    assert_eq!((came_to("register", "replayed"), came_to("register", "already_registered")), (1.0, 1.0));
    assert_eq!((came_to("give_up", "done"), came_to("give_up", "no_such_registration")), (1.0, 4.0));
    assert_eq!((came_to("register_simulated", "confirmed"), came_to("register_simulated", "waitlisted")), (3.0, 7.0));
    assert_eq!(came_to("publish", "done"), 2.0);
    assert_eq!(samples.value("onsale_box_office_refusals_total", &[("reason", "no_such_event")]), 1.0);
    let committed = samples.value("onsale_box_office_batches_total", &[("end", "committed")]);
    for histogram in
        ["queue_wait_seconds", "lock_wait_seconds", "lock_held_seconds", "commit_seconds", "batch_commands"]
    {
        assert_eq!(samples.value(&format!("onsale_box_office_{histogram}_count"), &[]), committed, "{histogram}");
    }
    let commands: f64 =
        samples.0.iter().filter(|(name, _)| name.starts_with("onsale_box_office_commands_total")).map(|(_, n)| n).sum();
    assert_eq!(samples.value("onsale_box_office_batch_commands_sum", &[]), commands);
    let held = samples.value("onsale_box_office_lock_held_seconds_sum", &[]);
    let commit = samples.value("onsale_box_office_commit_seconds_sum", &[]);
    assert!(0.0 < commit && commit < held, "{commit} of {held}");
    for standing in ["queued_commands", "batches_in_flight"] {
        assert_eq!(samples.value(&format!("onsale_box_office_{standing}"), &[]), 0.0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_on_metrics_lists_all_of_them() {
    let stage = Stage::set().await;
    // A counter with labels shows once it has counted.
    stage.organizer().await.published(1).await;
    stage.audience().await.book(&uuid::Uuid::now_v7().to_string()).await.expect_problem(404, "not-found");
    stage.anonymous().login("nobody@example.com", PASSWORD).await.expect_problem(401, "wrong-credentials");
    stage.server.session(format!("{PREFIX}x")).get("/auth/me").await.expect_problem(401, "unauthenticated");
    Samples::once_counted(1.0, &stage.anonymous()).await;

    let text = stage.anonymous().get("/metrics").await.text;
    let families = text.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split_once(' '));
    let metrics: BTreeSet<String> = families
        .map(|(name, kind)| match kind {
            "counter" => format!("{name}_total"),
            "info" => format!("{name}_info"),
            _ => name.to_owned(),
        })
        .collect();
    let page = documents::read("docs/metrics.md");
    let is_metric = |name: &&str| name.starts_with("onsale_") || name.starts_with("process_");
    let listed: BTreeSet<String> = documents::quoted(&page).into_iter().filter(is_metric).map(str::to_owned).collect();
    assert_eq!(listed, metrics);
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_beyond_the_limit_are_counted() {
    let stage =
        Stage::set_with(&[("ONSALE__BOX_OFFICE__QUEUE_PER_EVENT", "1"), ("ONSALE__SIMULATION__WINDOW", "1")]).await;
    let event = stage.organizer().await.published(1).await;
    let crowd = stage.crowd(40).await;
    let answers = futures_util::future::join_all(crowd.iter().map(|buyer| buyer.book(&event))).await;
    let busy = answers.iter().filter(|answer| answer.problem() == "busy").count();
    assert!(busy > 0, "the crowd was too small");
    let samples = Samples::of(&stage.anonymous()).await;
    let counted = samples.value("onsale_box_office_refusals_total", &[("reason", "busy")]);
    assert_eq!(counted, f64::from(u32::try_from(busy).unwrap()));
}

#[tokio::test(flavor = "multi_thread")]
async fn sign_ins_that_fail_pools_and_the_process_are_there() {
    let stage = Stage::set().await;
    let person = stage.person(domain::accounts::Role::Audience).await;
    let anonymous = stage.anonymous();
    for _ in 0..10 {
        anonymous.login(&person.email, "a guess").await.expect_problem(401, "wrong-credentials");
    }
    anonymous.login(&person.email, PASSWORD).await.expect_problem(429, "too-many-attempts");
    anonymous.events("").await.expect(200);
    let samples = Samples::of(&anonymous).await;
    let failures = |reason| samples.value("onsale_sign_in_failures_total", &[("reason", reason)]);
    assert_eq!((failures("wrong_credentials"), failures("throttled")), (10.0, 1.0));
    for pool in ["general", "box_office"] {
        assert_eq!(samples.value("onsale_pool_connections_max", &[("pool", pool)]), 4.0);
        assert_eq!(samples.value("onsale_pool_waiting", &[("pool", pool)]), 0.0);
    }
    assert!(samples.value("onsale_pool_connections_opened_total", &[("pool", "general")]) >= 1.0);
    assert_eq!(samples.value("onsale_password_hashing_running", &[]), 0.0);
    assert_eq!(samples.value("onsale_password_hashing_waiting", &[]), 0.0);
    assert_eq!(samples.value("onsale_build_info", &[("version", env!("CARGO_PKG_VERSION"))]), 1.0);
    assert!(samples.value("process_resident_memory_bytes", &[]) > 1e6);
    let (open, most) = (samples.value("process_open_fds", &[]), samples.value("process_max_fds", &[]));
    assert!(5.0 < open && open < most, "{open} of {most}");
    let age = f64::from(u32::try_from(chrono::Utc::now().timestamp()).unwrap())
        - samples.value("process_start_time_seconds", &[]);
    // A time in other units, or since another beginning, is far outside of a day.
    assert!((-1.0..86_400.0).contains(&age), "{age}");
}

#[tokio::test(flavor = "multi_thread")]
async fn metrics_of_their_own_listener_are_not_on_the_other_nor_anything_else_there() {
    let stage = Stage::set_with(&[("ONSALE__METRICS__LISTEN", "127.0.0.1:0"), LONG_SHUTDOWN]).await;
    stage.anonymous().get("/metrics").await.expect_problem(404, "not-found");
    let apart = Client::new(&format!("http://127.0.0.1:{}", stage.server.metrics_port.unwrap()), None);
    let samples = Samples::of(&apart).await;
    assert_eq!(samples.requests("/metrics", "GET", "404"), 1.0);
    for path in ["/", "/events", "/health/live"] {
        // The API's description is of the other listener.
        let refused = apart.request(Method::GET, path).send().await.unwrap();
        assert_eq!(refused.status(), 404, "{path}");
        assert_eq!(refused.json::<Value>().await.unwrap()["type"], "/problems/not-found");
    }
    stage.server.stop().await;
    assert!(apart.request(Method::GET, "/metrics").send().await.is_err(), "both stop");
    let off = Stage::set_with(&[("ONSALE__METRICS__LISTEN", "off")]).await;
    off.anonymous().get("/metrics").await.expect_problem(404, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_that_are_not_a_request_are_counted_too() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let stage = Stage::set().await;
    let mut stream = tokio::net::TcpStream::connect(stage.server.base.strip_prefix("http://").unwrap()).await.unwrap();
    stream.write_all(b"nonsense\r\n\r\n").await.unwrap();
    stream.read_to_end(&mut Vec::new()).await.unwrap();
    assert_eq!(Samples::of(&stage.anonymous()).await.requests("(unreadable)", "other", "400"), 1.0);
}
