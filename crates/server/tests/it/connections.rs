//! Connections that take their time, or break off, or are too many: over plain sockets, as no client library would.

use std::time::Duration;

use futures_util::future::join_all;
use reqwest::Method;
use rustix::process::{Resource, getrlimit};
use serde_json::Value;
use testdb::patience::{LIMIT, eventually, scaled};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::client::Answer;
use crate::contract;
use crate::stage::Stage;

const QUICK: [(&str, &str); 3] = [
    ("ONSALE__SERVER__CLIENT_REQUEST_TIMEOUT_SECONDS", "1"),
    ("ONSALE__SERVER__CLIENT_STALL_SECONDS", "1"),
    ("ONSALE__SERVER__CLIENT_DISCONNECT_TIMEOUT_SECONDS", "1"),
];

async fn connect(stage: &Stage) -> TcpStream {
    TcpStream::connect(stage.server.base.strip_prefix("http://").unwrap()).await.unwrap()
}

/// Reads an answer with a body of known length: its head, and the body.
async fn answer(stream: &mut TcpStream) -> (String, String) {
    let mut text = Vec::new();
    let read = async {
        loop {
            text.push(stream.read_u8().await.unwrap());
            if text.ends_with(b"\r\n\r\n") {
                break;
            }
        }
        let head = String::from_utf8(text).unwrap();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap_or("0");
        let mut body = vec![0; length.parse().unwrap()];
        stream.read_exact(&mut body).await.unwrap();
        (head, String::from_utf8(body).unwrap())
    };
    tokio::time::timeout(LIMIT, read).await.expect("an answer")
}

/// Sends `again` every now and then until the server has closed the connection.
async fn is_cut(stream: TcpStream, again: &[u8]) {
    let (mut reading, mut writing) = stream.into_split();
    let reading = tokio::spawn(async move {
        let mut rest = Vec::new();
        let _ = reading.read_to_end(&mut rest).await;
    });
    eventually("the connection is closed", async || {
        let _ = writing.write_all(again).await;
        reading.is_finished().then_some(())
    })
    .await;
}

/// What is no request is answered as everything else is: with a problem, all headers, and an id.
fn assert_problem((head, text): (String, String), status: &str, code: &str) {
    assert!(head.starts_with(&format!("HTTP/1.1 {status}")), "{head}");
    for header in ["content-type: application/problem+json", "x-content-type-options: nosniff", "connection: close"] {
        assert!(head.contains(header), "{header} is missing: {head}");
    }
    let body: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(body["type"], format!("/problems/{code}"));
    assert!(head.contains(&format!("x-request-id: {}", body["request_id"].as_str().unwrap())), "{head}");
    contract::hold_unread(&Answer::parse(&head, &text));
}

/// All that the server sends for a request of HTTP/1.0, until it closes the connection.
async fn old_answer(stage: &Stage, path: &str, headers: &str) -> (String, std::io::Result<usize>) {
    let mut stream = connect(stage).await;
    let request = format!("GET {path} HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut text = Vec::new();
    let read = tokio::time::timeout(LIMIT, stream.read_to_end(&mut text)).await.expect("the connection is closed");
    (String::from_utf8(text).unwrap(), read)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_of_http_1_0_gets_no_chunks_and_the_connection_ends_with_the_body() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(5).await;
    stage.audience().await.book(&event).await.expect(201);
    let request = organizer.attendees_accepting(&event, "", "text/csv").build().unwrap();
    let token = request.headers()["authorization"].to_str().unwrap();
    let headers = format!("Accept: text/csv\r\nAuthorization: {token}\r\n");
    let path = request.url().path();
    let (text, read) = old_answer(&stage, path, &headers).await;
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    assert!(read.is_ok() && head.starts_with("HTTP/1.0 200"), "{head}");
    assert!(!head.contains("transfer-encoding") && !head.contains("keep-alive"), "{head}");
    let same = organizer.attendees_accepting(&event, "", "text/csv").send().await.unwrap().text().await.unwrap();
    assert_eq!(body, same);

    // Nothing tells a part from the whole but a connection that is reset.
    stage
        .execute(&format!(
            "create temporary table crowd as select gen_random_uuid() as id, n from generate_series(1, 3000) n; \
             insert into users (id, name, email, password_hash, role, kind) \
             select id, 'Person', n || '@example.org', '!', 'AUDIENCE', 'PERSON' from crowd; \
             insert into registrations (event_id, id, user_id, status, decision, seated_decision, registered_at, seated_at) \
             select '{event}', id, id, 'CONFIRMED', 10 + n, 10 + n, now(), now() from crowd; \
             update registrations set registered_at = 'infinity' where id = (select max(id::text)::uuid from crowd)"
        ))
        .await;
    let (_, read) = old_answer(&stage, path, &headers).await;
    assert_eq!(read.unwrap_err().kind(), std::io::ErrorKind::ConnectionReset);

    // A stream of live updates has no end. The part that has come is not in chunks.
    let mut stream = connect(&stage).await;
    let request = format!("GET /live?events={event} HTTP/1.0\r\nHost: localhost\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut text = Vec::new();
    while !String::from_utf8_lossy(&text).contains("\ndata: ") {
        assert!(tokio::time::timeout(LIMIT, stream.read_buf(&mut text)).await.unwrap().unwrap() > 0);
    }
    let text = String::from_utf8(text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    assert!(!head.contains("transfer-encoding") && body.starts_with("retry: "), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_goes_on_after_its_answer_is_cut_off() {
    let stage = Stage::set_with(&QUICK).await;
    for pause in [&b""[..], b"1\r\nx\r\n"] {
        let mut stream = connect(&stage).await;
        let head = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n";
        stream.write_all(head.as_bytes()).await.unwrap();
        assert!(answer(&mut stream).await.0.starts_with("HTTP/1.1 200"));
        if !pause.is_empty() {
            is_cut(stream, pause).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_later_head_that_comes_byte_by_byte_is_cut_off() {
    let stage = Stage::set_with(&QUICK).await;
    let mut stream = connect(&stage).await;
    for _ in 0..3 {
        stream.write_all(b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
        assert!(answer(&mut stream).await.0.starts_with("HTTP/1.1 200"));
    }
    stream.write_all(b"GET /health/live HTTP/1.1\r\nX: ").await.unwrap();
    is_cut(stream, b"x").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_is_used_is_not_cut_off() {
    /// Of each request, and far below the limit.
    const PAUSE: Duration = scaled(Duration::from_millis(75));
    const TIMEOUT: Duration = scaled(Duration::from_secs(1));
    /// Together they take longer than one of them may.
    const REQUESTS: u32 = 17;
    const { assert!(PAUSE.saturating_mul(REQUESTS).as_millis() > TIMEOUT.as_millis()) };

    let limit = [("ONSALE__SERVER__CLIENT_REQUEST_TIMEOUT_SECONDS", &*TIMEOUT.as_secs().to_string())];
    let stage = Stage::set_with(&limit).await;
    let mut stream = connect(&stage).await;
    for _ in 0..REQUESTS {
        stream.write_all(b"GET /health/live HTTP/1.1\r\n").await.unwrap();
        tokio::time::sleep(PAUSE).await;
        stream.write_all(b"Host: localhost\r\n\r\n").await.unwrap();
        assert!(answer(&mut stream).await.0.starts_with("HTTP/1.1 200"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_takes_nothing_of_its_answers_is_cut_off() {
    let stage = Stage::set_with(&QUICK).await;
    let patient = Stage::set_with(&[("ONSALE__SERVER__CLIENT_STALL_SECONDS", "300")]).await;
    // The answers fill every buffer on their way, then the requests do; a write fails when the connection is gone.
    let flood = async |stage: &Stage| {
        let (_reading, mut writing) = connect(stage).await.into_split();
        let requests = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(1_000);
        while writing.write_all(&requests).await.is_ok() {}
    };
    tokio::select! {
        () = flood(&patient) => panic!("cut off before its time"),
        () = flood(&stage) => {}
        () = tokio::time::sleep(LIMIT) => panic!("the connection is still open"),
    }
    stage.anonymous().get("/health/live").await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_that_are_not_a_request_get_a_problem_with_all_headers() {
    let stage = Stage::set_with(&QUICK).await;
    let many = format!("GET / HTTP/1.1\r\n{}\r\n", "A: b\r\n".repeat(200));
    let long = format!("GET / HTTP/1.1\r\nA: {}", "x".repeat(200_000));
    for (text, status, code) in [
        ("nonsense\r\n\r\n", "400", "malformed-request"),
        ("GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "400", "malformed-request"),
        ("GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nhello", "400", "malformed-request"),
        (&many, "431", "headers-too-large"),
        (&long, "431", "headers-too-large"),
        // Begun, and never finished.
        ("GET / HTTP/1.1\r\n", "408", "request-timeout"),
    ] {
        let mut stream = connect(&stage).await;
        let _ = stream.write_all(text.as_bytes()).await;
        assert_problem(answer(&mut stream).await, status, code);
    }
    // Also after a request that was one.
    let mut stream = connect(&stage).await;
    stream.write_all(b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    assert!(answer(&mut stream).await.0.starts_with("HTTP/1.1 200"));
    stream.write_all(b"nonsense\r\n\r\n").await.unwrap();
    assert_problem(answer(&mut stream).await, "400", "malformed-request");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_has_so_many_connections_and_others_wait_for_theirs_to_end() {
    let stage = Stage::set_with(&[("ONSALE__SERVER__MAX_CONNECTIONS_PER_ADDRESS", "3")]).await;
    let ask = b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let mut inside = Vec::new();
    for _ in 0..3 {
        let mut stream = connect(&stage).await;
        stream.write_all(ask).await.unwrap();
        assert!(answer(&mut stream).await.0.starts_with("HTTP/1.1 200"));
        inside.push(stream);
    }
    let mut fourth = connect(&stage).await;
    assert_problem(answer(&mut fourth).await, "503", "busy");
    // Whoever is in is served.
    let first = inside.first_mut().unwrap();
    first.write_all(ask).await.unwrap();
    assert!(answer(first).await.0.starts_with("HTTP/1.1 200"));
    drop(inside);
    eventually("a place is free again", async || {
        // A refusal may come as a reset, where more had been sent than was read.
        let answer = stage.anonymous().request(Method::GET, "/health/live").send().await;
        answer.is_ok_and(|answer| answer.status() == 200).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_is_not_the_servers_is_not_answered_to() {
    let stage = Stage::set().await;
    for (host, status, code) in
        [("evil.example", "421", "misdirected-request"), ("localhost.evil.example:80", "421", "misdirected-request")]
    {
        let mut stream = connect(&stage).await;
        stream.write_all(format!("GET /events HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes()).await.unwrap();
        let (head, body) = answer(&mut stream).await;
        assert!(head.starts_with(&format!("HTTP/1.1 {status}")) && body.contains(code), "{head}{body}");
        assert!(head.contains("x-request-id: "), "{head}");
        contract::hold_unread(&Answer::parse(&head, &body));
    }
    for host in ["localhost:1234", "127.0.0.1", "[::1]:80"] {
        let mut stream = connect(&stage).await;
        stream.write_all(format!("GET /events HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes()).await.unwrap();
        assert!(answer(&mut stream).await.0.starts_with("HTTP/1.1 200"));
    }
    let stage = Stage::set_with(&[("ONSALE__SERVER__ALLOWED_HOSTS", "none")]).await;
    let mut stream = connect(&stage).await;
    stream.write_all(b"GET /events HTTP/1.1\r\nHost: whatever.example\r\n\r\n").await.unwrap();
    assert!(answer(&mut stream).await.0.starts_with("HTTP/1.1 200"));
}

/// As many as the test and its server can open together, thousands if the system allows that.
fn crowd_of_connections() -> usize {
    let files = getrlimit(Resource::Nofile).current.and_then(|limit| usize::try_from(limit).ok());
    files.map_or(3_000, |files| (files / 4).min(3_000))
}

#[tokio::test(flavor = "multi_thread")]
async fn thousands_that_say_nothing_or_a_byte_at_a_time_keep_nobody_waiting_and_are_cut_off() {
    let keep_alive = ("ONSALE__SERVER__KEEP_ALIVE_SECONDS", "1");
    let stage = Stage::set_with(&[QUICK.as_slice(), &[keep_alive]].concat()).await;
    let event = stage.organizer().await.published(20).await;
    let buyers = stage.crowd(20).await;

    let stage = &stage;
    let idling = (0..crowd_of_connections()).map(|n| async move {
        let mut stream = connect(stage).await;
        match n % 3 {
            // Says nothing at all.
            0 => is_cut(stream, b"").await,
            // Never comes to the end of its head.
            1 => {
                let _ = stream.write_all(b"GET /health/live HTTP/1.1\r\nX: ").await;
                is_cut(stream, b"x").await;
            }
            // Asks, and stays. On a busy machine it may ask too late.
            _ => {
                let _ = stream.write_all(b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
                is_cut(stream, b"").await;
            }
        }
    });
    let idling = join_all(idling);
    // As long as they are there, and on connections of their own.
    let selling = async {
        for buyer in &buyers {
            buyer.book(&event).await.expect(201);
        }
    };
    let (_, ()) = tokio::join!(idling, selling);
}
