//! Live updates: what a stream says, when, and what it costs others.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;

use futures_util::{Stream, StreamExt};
use localpg::{Cluster, Durability};
use repository::{databases, pools};
use reqwest::header::HeaderMap;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use testdb::patience::{LIMIT, QUIET, eventually};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio_postgres::NoTls;
use uuid::Uuid;

use crate::client::{Client, open, send};
use crate::contract;
use crate::servers::{Ground, at_last, booking};
use crate::stage::Stage;

/// A stream that somebody reads.
pub(crate) struct Live {
    headers: HeaderMap,
    body: Pin<Box<dyn Stream<Item = reqwest::Result<Vec<u8>>> + Send>>,
    text: String,
    retry: Option<u64>,
}

impl Live {
    pub(crate) async fn open(client: &Client, events: &[&str]) -> Self {
        let response = open(request(client, events)).await;
        assert_eq!(response.status(), 200);
        let headers = response.headers().clone();
        let body = Box::pin(response.bytes_stream().map(|part| part.map(|bytes| bytes.to_vec())));
        Self { headers, body, text: String::new(), retry: None }
    }

    /// The next message's name and data; nothing when the stream has come to its end.
    async fn next(&mut self) -> Option<(String, Value)> {
        tokio::time::timeout(LIMIT, self.read()).await.expect("nothing comes")
    }

    async fn read(&mut self) -> Option<(String, Value)> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.text = rest;
                if let Some(retry) = block.strip_prefix("retry: ") {
                    self.retry = Some(retry.parse().unwrap());
                } else if !block.starts_with(':') {
                    let (name, data) = block.strip_prefix("event: ").unwrap().split_once("\ndata: ").unwrap();
                    let data = serde_json::from_str(data).unwrap();
                    contract::hold_message(name, &data);
                    return Some((name.to_owned(), data));
                }
                continue;
            }
            let part = self.body.next().await?;
            self.text.push_str(std::str::from_utf8(&part.expect("the stream broke off")).unwrap());
        }
    }

    async fn event(&mut self) -> Value {
        let (name, data) = self.next().await.unwrap();
        assert_eq!(name, "event", "{data}");
        data
    }

    /// Reads on until an event's state is as wanted: that state. The numbers never go back on the way.
    pub(crate) async fn until(&mut self, mut is_wanted: impl FnMut(&Value) -> bool) -> Value {
        let mut last = BTreeMap::new();
        loop {
            let state = self.event().await;
            let number = state["last_decision"].as_i64().unwrap();
            let before = last.insert(state["id"].to_string(), number).unwrap_or_default();
            assert!(before <= number, "{before} before {state}");
            if is_wanted(&state) {
                return state;
            }
        }
    }

    async fn is_silent(&mut self) -> bool {
        tokio::time::timeout(QUIET, self.next()).await.is_err()
    }
}

fn request(client: &Client, events: &[&str]) -> RequestBuilder {
    client.request(Method::GET, &format!("/live?events={}", events.join(",")))
}

pub(crate) fn counters(state: &Value) -> [i64; 4] {
    ["capacity", "seats_remaining", "confirmed", "waiting"].map(|name| state[name].as_i64().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_begins_with_how_things_stand() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(3).await;
    let draft = organizer.draft(3).await;
    let unknown = Uuid::now_v7().to_string();
    stage.audience().await.book(&event).await.expect(201);

    let anonymous = stage.anonymous();
    let mut live = Live::open(&anonymous, &[&event, &draft, &unknown, &event]).await;
    for (name, value) in
        [("content-type", "text/event-stream"), ("cache-control", "no-store"), ("x-accel-buffering", "no")]
    {
        assert_eq!(live.headers[name], value);
    }
    assert!(!live.headers.contains_key("content-length"));
    let mut said = BTreeMap::new();
    for _ in 0..3 {
        let (name, data) = live.next().await.unwrap();
        said.insert(data["id"].as_str().unwrap().to_owned(), (name, data));
    }
    let (name, state) = &said[&event];
    assert_eq!(name, "event");
    let shown = anonymous.event(&event).await.expect(200);
    for member in [
        "id",
        "status",
        "capacity",
        "seats_remaining",
        "seats_available",
        "confirmed",
        "waiting",
        "under_test",
        "edit_version",
    ] {
        assert_eq!(state[member], shown[member], "{member}");
    }
    for member in ["number", "capacity", "seats_remaining", "seats_available", "waiting"] {
        assert_eq!(state["ticket_types"][0][member], shown["ticket_types"][0][member], "{member}");
    }
    assert_eq!((state["last_decision"].as_i64(), state.as_object().unwrap().len()), (Some(3), 11));
    for id in [&draft, &unknown] {
        assert_eq!(said[id], ("gone".to_owned(), json!({ "id": id })));
    }
    assert!((100..1_000).contains(&live.retry.unwrap()), "back within a second: {:?}", live.retry);
    assert!(live.is_silent().await, "nothing has changed");

    let head = send(anonymous.request(Method::HEAD, &format!("/live?events={event}"))).await;
    assert_eq!((head.status, head.header("content-type")), (200, Some("text/event-stream")));
    assert_eq!(head.header("content-length"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn streams_of_made_up_ids_shut_nobody_out() {
    let stage = Stage::set().await;
    let (event, draft) = (stage.organizer().await.published(3).await, stage.organizer().await.draft(3).await);
    let anonymous = stage.anonymous();
    let mut made_up = Vec::new();
    for _ in 0..5 {
        let ids: Vec<_> = (0..100).map(|_| Uuid::now_v7().to_string()).collect();
        let mut live = Live::open(&anonymous, &ids.iter().map(String::as_str).collect::<Vec<_>>()).await;
        for _ in &ids {
            assert_eq!(live.next().await.unwrap().0, "gone");
        }
        made_up.push(live);
    }
    let mut live = Live::open(&anonymous, &[&event, &draft]).await;
    let mut said = [live.next().await.unwrap().0, live.next().await.unwrap().0];
    said.sort_unstable();
    assert_eq!(said, ["event", "gone"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_somebody_watches_is_told_once_it_is_published() {
    let stage = Stage::set().await;
    let other = stage.another_server().await;
    let organizer = stage.organizer().await;
    let draft = organizer.draft(3).await;
    let mut live = Live::open(&other.anonymous(), &[&draft]).await;
    assert_eq!(live.next().await.unwrap().0, "gone");
    organizer.publish(&draft).await.expect(200);
    assert_eq!(live.event().await["status"], "PUBLISHED");
    other.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_by_any_server_are_pushed() {
    let stage = Stage::set().await;
    let other = stage.another_server().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(2).await;
    let mut here = Live::open(&stage.anonymous(), &[&event]).await;
    let mut there = Live::open(&other.anonymous(), &[&event]).await;
    for live in [&mut here, &mut there] {
        assert_eq!(counters(&live.event().await), [2, 2, 0, 0]);
    }
    let people = stage.crowd(3).await;
    let seat = people[0].book(&event).await.expect(201);
    for live in [&mut here, &mut there] {
        assert_eq!(counters(&live.event().await), [2, 1, 1, 0]);
    }
    let waits = stage.people(domain::accounts::Role::Audience, 2).await;
    for (person, status) in waits.iter().zip([201, 202]) {
        other.session(stage.token(person)).post(&format!("/events/{event}/register")).await.expect(status);
    }
    for live in [&mut here, &mut there] {
        live.until(|state| counters(state) == [2, 0, 2, 1]).await;
    }
    // A seat that goes to the next in line moves no counter but that of the line.
    people[0].give_up(&seat).await.expect(200);
    organizer.edit(&event, &json!({ "title": "Another title" })).await.expect(200);
    organizer.edit(&event, &json!({ "capacity": 5 })).await.expect(200);
    for live in [&mut here, &mut there] {
        let state = live.until(|state| state["capacity"] == 5).await;
        assert_eq!((counters(&state), &state["edit_version"]), ([5, 3, 2, 0], &json!(4)));
    }
    other.stop().await;
    assert_eq!(there.next().await, None, "in good order");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_servers_own_commits_do_not_wait_to_be_read() {
    let stage = Stage::set().await;
    let other = stage.another_server().await;
    let event = stage.organizer().await.published(2).await;
    let mut here = Live::open(&stage.anonymous(), &[&event]).await;
    let mut there = Live::open(&other.anonymous(), &[&event]).await;
    for live in [&mut here, &mut there] {
        assert_eq!(live.event().await["confirmed"], 0);
    }
    let buyer = stage.audience().await;
    // The history is read with what is watched, and not with a booking.
    let (stranger, connection) = tokio_postgres::connect(&stage.database.url(), NoTls).await.unwrap();
    tokio::spawn(connection);
    stranger.batch_execute("begin; lock table event_decisions in access exclusive mode").await.unwrap();
    buyer.book(&event).await.expect(201);
    assert_eq!(here.event().await["confirmed"], 1);
    assert!(there.is_silent().await, "nothing can be read");
    stranger.batch_execute("rollback").await.unwrap();
    assert_eq!(there.event().await["confirmed"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_of_words_alone_is_pushed() {
    let stage = Stage::set().await;
    let other = stage.another_server().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(2).await;
    let mut streams =
        [Live::open(&stage.anonymous(), &[&event]).await, Live::open(&other.anonymous(), &[&event]).await];
    for live in &mut streams {
        assert_eq!(live.event().await["edit_version"], 2);
    }
    organizer.edit(&event, &json!({ "title": "Another title" })).await.expect(200);
    for live in &mut streams {
        assert_eq!(live.event().await["edit_version"], 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn thousands_of_bookings_are_a_few_messages_and_the_last_one_is_exact() {
    const BUYERS: u32 = 2_000;

    let stage = Stage::set().await;
    let other = stage.another_server().await;
    let admin = stage.admin().await;
    let event = admin.published(700).await;
    let mut streams =
        [Live::open(&stage.anonymous(), &[&event]).await, Live::open(&other.anonymous(), &[&event]).await];
    let simulating = tokio::spawn({
        let (admin, event) = (admin.clone(), event.clone());
        async move { admin.simulate(&event, BUYERS).await.expect(200) }
    });
    for live in &mut streams {
        let mut messages = 0;
        let state = live
            .until(|state| {
                messages += 1;
                counters(state) == [700, 0, 700, 1_300]
            })
            .await;
        assert_eq!((&state["under_test"], &state["last_decision"]), (&json!(true), &json!(2 + 1 + BUYERS)));
        assert!(messages < 200, "{messages}");
    }
    simulating.await.unwrap();
    for live in &mut streams {
        assert!(live.is_silent().await);
    }
    admin.undo(&event).await.expect(200);
    for live in &mut streams {
        let state = live.until(|state| state["under_test"] == false).await;
        assert_eq!(counters(&state), [700, 700, 0, 0]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sees_a_rehearsal() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let event = admin.published(10).await;
    stage.audience().await.book(&event).await.expect(201);
    let mut live = Live::open(&stage.anonymous(), &[&event]).await;
    assert_eq!(counters(&live.event().await), [10, 9, 1, 0]);
    let results = admin.simulate(&event, 200).await.expect(200);
    assert_eq!(results["simulation_results"]["rehearsal"], true);
    assert!(live.is_silent().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_appears_when_it_is_published_and_stays_when_it_is_cancelled() {
    let stage = Stage::set().await;
    let other = stage.another_server().await;
    let organizer = stage.organizer().await;
    let (event, never) = (organizer.draft(4).await, organizer.draft(4).await);
    let mut streams = [
        Live::open(&stage.anonymous(), &[&event, &never]).await,
        Live::open(&other.anonymous(), &[&event, &never]).await,
    ];
    for live in &mut streams {
        for _ in 0..2 {
            assert_eq!(live.next().await.unwrap().0, "gone");
        }
    }
    organizer.edit(&event, &json!({ "capacity": 5 })).await.expect(200);
    organizer.cancel(&never).await.expect(200);
    for live in &mut streams {
        assert!(live.is_silent().await, "neither is anybody's business");
    }
    organizer.publish(&event).await.expect(200);
    for live in &mut streams {
        let state = live.event().await;
        assert_eq!(
            (&state["id"], &state["status"], counters(&state)),
            (&json!(event), &json!("PUBLISHED"), [5, 5, 0, 0])
        );
    }
    organizer.cancel(&event).await.expect(200);
    for live in &mut streams {
        assert_eq!(live.event().await["status"], "CANCELLED");
    }
    // And for whoever comes later.
    let mut late = Live::open(&stage.anonymous(), &[&never, &event]).await;
    let mut said = [late.next().await.unwrap().0, late.next().await.unwrap().0];
    said.sort_unstable();
    assert_eq!(said, ["event", "gone"]);
}

/// A stream whose client takes as good as nothing in, and never reads.
async fn unread(base: &str, events: &[&str]) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(1_024).unwrap();
    let mut stream = socket.connect(base.strip_prefix("http://").unwrap().parse().unwrap()).await.unwrap();
    let head = format!("GET /live?events={} HTTP/1.1\r\nhost: localhost\r\n\r\n", events.join(","));
    stream.write_all(head.as_bytes()).await.unwrap();
    stream
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_is_not_read_holds_nobody_up_and_is_dropped() {
    let bounds = [
        ("ONSALE__LIVE__STREAMS", "2"),
        ("ONSALE__LIVE__STREAMS_PER_ADDRESS", "2"),
        ("ONSALE__SERVER__CLIENT_STALL_SECONDS", "1"),
    ];
    let stage = Stage::set_with(&bounds).await;
    let (anonymous, organizer) = (stage.anonymous(), stage.organizer().await);
    let mut events = Vec::new();
    for _ in 0..60 {
        events.push(organizer.published(40).await);
    }
    let events: Vec<&str> = events.iter().map(String::as_str).collect();
    let _unread = unread(&stage.server.base, &events).await;
    let mut live = Live::open(&anonymous, &events[..1]).await;
    live.event().await;
    let refused = send(request(&anonymous, &events[..1])).await;
    refused.expect_problem(503, "busy");
    for booked in 1..=20 {
        stage.audience().await.book(events[0]).await.expect(201);
        live.until(|state| state["confirmed"] == booked).await;
    }
    eventually("the unread stream's place becomes free", async || {
        let answer = send(request(&anonymous, &events[..1])).await;
        if answer.status == 200 {
            return Some(());
        }
        answer.expect_problem(503, "busy");
        None
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_leaves_a_stream_on_which_nothing_happens_makes_room_at_once() {
    let stage = Stage::set_with(&[("ONSALE__LIVE__STREAMS", "1"), ("ONSALE__LIVE__STREAMS_PER_ADDRESS", "1")]).await;
    let event = stage.organizer().await.published(1).await;
    for _ in 0..2 {
        let mut stream = unread(&stage.server.base, &[&event]).await;
        let mut text = Vec::new();
        while !String::from_utf8_lossy(&text).contains("last_decision") {
            assert_ne!(stream.read_buf(&mut text).await.unwrap(), 0, "{}", String::from_utf8_lossy(&text));
        }
        stream.shutdown().await.unwrap();
        tokio::time::timeout(LIMIT, stream.read_to_end(&mut text)).await.expect("the stream goes on").unwrap();
        let text = String::from_utf8_lossy(&text);
        assert!(text.ends_with("\r\n0\r\n\r\n") && !text.contains("\n:\n"), "not at its next heartbeat: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_watches_so_many_different_events() {
    let stage = Stage::set().await;
    let event = stage.organizer().await.published(1).await;
    let anonymous = stage.anonymous();
    stage
        .execute(
            "insert into events (id, organizer_id, title, description, location, starts_at, ends_at, time_zone, capacity, \
             seats_remaining, status) select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, organizer_id, \
             title, '', location, starts_at, ends_at, time_zone, 1, 1, 'PUBLISHED' \
             from events cross join generate_series(0, 499) n",
        )
        .await;
    let mut streams = Vec::new();
    for first in [0, 100, 200, 300, 400] {
        let hundred: Vec<_> = (first..first + 100).map(|n| format!("00000000-0000-7000-8000-{n:012}")).collect();
        streams.push(open(request(&anonymous, &hundred.iter().map(String::as_str).collect::<Vec<_>>())).await);
    }
    assert!(streams.iter().all(|stream| stream.status() == 200));
    send(request(&anonymous, &[&event])).await.expect_problem(503, "busy");
    streams.pop();
    eventually("the events of a closed stream are no longer watched", async || {
        (send(request(&anonymous, &[&event])).await.status == 200).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn streams_are_bounded_in_all_and_by_address() {
    let stage = Stage::set_with(&[
        ("ONSALE__LIVE__STREAMS", "3"),
        ("ONSALE__LIVE__STREAMS_PER_ADDRESS", "2"),
        ("ONSALE__SERVER__TRUSTED_PROXIES", "127.0.0.1"),
    ])
    .await;
    let event = stage.organizer().await.published(1).await;
    let anonymous = stage.anonymous();
    let from = |address: &str| request(&anonymous, &[&event]).header("X-Forwarded-For", address);
    let first = open(from("192.0.2.1")).await;
    let _second = open(from("192.0.2.1")).await;
    let refused = send(from("192.0.2.1")).await;
    assert!(refused.header("retry-after").is_some());
    refused.expect_problem(503, "busy");
    let third = open(from("192.0.2.2")).await;
    assert_eq!((first.status().as_u16(), third.status().as_u16()), (200, 200));
    send(from("192.0.2.3")).await.expect_problem(503, "busy");

    drop(first);
    eventually("a client that has left makes room", async || {
        (send(from("192.0.2.3")).await.status == 200).then_some(())
    })
    .await;
}

async fn blocking<T: Send + 'static, E: std::fmt::Debug + Send + 'static>(
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> T {
    tokio::task::spawn_blocking(work).await.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn streams_stay_open_while_the_database_is_away_and_are_right_when_it_is_back() {
    let cluster = blocking(|| Cluster::temporary(Durability::None)).await;
    let mut maintenance = pools::connect_once(&cluster.url("postgres"), LIMIT).await.unwrap();
    databases::create(&mut maintenance, "onsale").await.unwrap();
    let (url, cluster) = (cluster.url("onsale"), Arc::new(cluster));
    let ground = Ground::new();
    let server = ground.on(&url).start().await;
    let other = ground.on(&url).start().await;
    let event = server.organizer().await.published(5).await;
    let bob = other.bob().await;
    let mut live = Live::open(&server.anonymous(), &[&event]).await;
    assert_eq!(live.event().await["confirmed"], 0);

    cluster.kill();
    assert!(live.is_silent().await);
    let mut begun_meanwhile = Live::open(&server.anonymous(), &[&event]).await;
    assert_eq!(begun_meanwhile.event().await["confirmed"], 0, "as far as is known");
    eventually("the server notices", async || {
        (server.anonymous().get("/health/ready").await.status == 503).then_some(())
    })
    .await;
    let again = Arc::clone(&cluster);
    blocking(move || again.start_again()).await;
    at_last(booking(&bob, &event, "after")).await;
    for live in [&mut live, &mut begun_meanwhile] {
        assert_eq!(live.event().await["confirmed"], 1);
    }
    server.stop("TERM").await;
    assert_eq!(live.next().await, None);
    other.stop("TERM").await;
}
