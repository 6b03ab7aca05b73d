//! PostgreSQL, or the link to it, stands still: every read says so within its bound.

use std::time::Duration;

use futures_util::future::join_all;
use repository::pools;
use reqwest::Method;
use serde_json::json;
use server::routes;
use testdb::patience::{LIMIT, eventually};

use crate::client::{Admin, Answer};
use crate::documents::read;
use crate::pictures::upload;
use crate::stage::Stage;
use crate::webhooks::wanted;

/// Reads that need no database.
const WITHOUT: [&str; 6] = ["/live", "/health/live", "/metrics", "/openapi.json", "/site", "/problems/{code}"];

const LONGER_THAN_THE_TEST_WAITS: &str = "60";

const _: () = assert!(LIMIT.as_secs() < 60);

/// Every read of the route table that needs the database, for this event with its picture, this feed, this webhook and
/// this booking.
fn reads(event: &str, picture: &str, feed: &str, webhook: &str, registration: &str) -> Vec<String> {
    let table = routes::table();
    let gets = table.iter().filter(|endpoint| endpoint.method == Method::GET.as_str());
    let paths = gets.map(|endpoint| endpoint.path).filter(|path| !WITHOUT.contains(path));
    let named = |path: &str| match path {
        _ if path.contains("{secret}") => feed.to_owned(),
        _ if path.contains("{picture_id}") => picture.to_owned(),
        _ => path.replace("{id}", event).replace("{webhook_id}", webhook).replace("{registration_id}", registration),
    };
    paths.map(named).chain(["/events?q=a".to_owned()]).collect()
}

async fn answers(admin: &Admin, paths: &[String]) -> Vec<Answer> {
    join_all(paths.iter().map(|path| admin.get(path))).await
}

#[tokio::test(flavor = "multi_thread")]
async fn with_postgresql_frozen_every_read_says_so_within_its_bound_and_is_served_after_it() {
    let (stage, wire) = Stage::set_behind_a_wire(&[
        // Fewer than the reads, so that most of them wait for a connection.
        ("ONSALE__DATABASE__READ_CONNECTIONS", "2"),
        ("ONSALE__DATABASE__IDLE_IN_TRANSACTION_MILLISECONDS", "400"),
        ("ONSALE__DATABASE__LOCK_TIMEOUT_MILLISECONDS", "450"),
        ("ONSALE__DATABASE__STATEMENT_TIMEOUT_MILLISECONDS", "500"),
        // The wait for a connection must be a part of the bound.
        ("ONSALE__DATABASE__CONNECT_TIMEOUT_SECONDS", LONGER_THAN_THE_TEST_WAITS),
    ])
    .await;
    let admin = stage.admin().await;
    let event = admin.published(5).await;
    let feed = admin.post("/auth/me/calendar").await.expect(201)["path"].as_str().unwrap().to_owned();
    let endpoint = wanted("https://hooks.example.org/onsale", &json!(["event.published"]));
    let made = admin.post_json("/organizer/webhooks", &endpoint).await.expect(201);
    let picture = upload(&admin, &event, [220, 30, 30]).await;
    let picture = picture["small"].as_str().unwrap();
    let webhook = made["webhook"]["id"].as_str().unwrap();
    let seat = admin.book(&event).await.expect(201);
    let paths = reads(&event, picture, &feed, webhook, seat["id"].as_str().unwrap());
    assert!(paths.len() > 10, "{paths:?}");

    wire.freeze();
    let frozen = tokio::time::timeout(LIMIT, answers(&admin, &paths)).await.expect("a read that hangs");
    for (path, answer) in paths.iter().zip(&frozen) {
        let problem = if path == "/health/ready" { "not-ready" } else { "unavailable" };
        assert_eq!((answer.status, answer.problem()), (503, problem), "{path}: {}", answer.text);
        assert!(answer.header("retry-after").is_some() || problem == "not-ready", "{path}");
    }
    wire.thaw();
    eventually("all reads are served again", async || {
        answers(&admin, &paths).await.iter().all(|answer| answer.status < 300).then_some(())
    })
    .await;
}

#[test]
fn the_bound_of_reads_is_the_one_that_is_documented() {
    let statement = Duration::from_secs(10);
    assert_eq!(pools::deadline(statement), statement + Duration::from_millis(500));
    let settings = read("config/default.toml").replace("\n# ", " ");
    assert!(settings.contains("A read is answered half a second later at the latest, also if PostgreSQL hangs."));
}
