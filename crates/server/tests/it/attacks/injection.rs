//! Line breaks, control characters and quotes in whatever the server reads, beside its log and its answers.

use serde_json::Value;
use testdb::patience::LIMIT;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::servers::Ground;

/// Parts of a request that would end a line, hide one or make one, as bytes. Each has the mark, by which it is found.
const PAYLOADS: [&[u8]; 8] = [
    b"MARK\x1b[2Kforged",
    b"MARK\r\nX-Injected: yes",
    b"MARK\nX-Injected: yes",
    b"MARK\0forged",
    b"MARK\" level=\"ERROR\" forged=\"",
    b"MARK\"}\n{\"level\":\"ERROR\",\"forged\":\"",
    b"MARK\xff\xfe\xc2\x85forged",
    b"MARK%0d%0aX-Injected:%20yes%1b%5b2K%00",
];

/// Headers that are read, logged, echoed or refused with their value.
const HEADERS: [&str; 14] = [
    "Accept",
    "Accept-Encoding",
    "Authorization",
    "Content-Type",
    "Forwarded",
    "Idempotency-Key",
    "If-Match",
    "If-None-Match",
    "Last-Event-ID",
    "Origin",
    "Prefer",
    "User-Agent",
    "X-Forwarded-For",
    "X-Request-Id",
];

/// Sends a request as it is, and reads the answer to its end. The server may cut off what is none.
async fn exchange(address: &str, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let _ = stream.write_all(request).await;
    let mut answer = Vec::new();
    let _ = tokio::time::timeout(LIMIT, stream.read_to_end(&mut answer)).await.expect("the connection is closed");
    String::from_utf8_lossy(&answer).into_owned()
}

/// A request with a payload in its path, its query, a header or its body.
fn requests(payload: &[u8]) -> Vec<Vec<u8>> {
    let end = b"\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let mut requests = vec![
        [b"GET /events/", payload, b" HTTP/1.1", end].concat(),
        [b"GET /events?q=", payload, b" HTTP/1.1", end].concat(),
        [b"GET /events?", payload, b"=1 HTTP/1.1", end].concat(),
        [payload, b" /events HTTP/1.1", &end[..]].concat(),
    ];
    for header in HEADERS {
        let head = format!("POST /auth/login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{header}: ");
        requests.push([head.as_bytes(), payload, b"\r\nContent-Length: 2\r\n\r\n{}"].concat());
    }
    let text = serde_json::to_string(&String::from_utf8_lossy(payload)).unwrap();
    for body in [format!("{{\"email\":{text},\"password\":{text}}}"), format!("{{{text}:1}}"), text] {
        let head =
            "POST /auth/login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json";
        requests.push(format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()).into_bytes());
    }
    requests
}

fn assert_answer(answer: &str, request: &[u8]) {
    let Some((head, _)) = answer.split_once("\r\n\r\n") else { return };
    let request = String::from_utf8_lossy(request);
    for line in head.lines() {
        let is_sound = line.chars().all(|c| !c.is_control() && c.is_ascii());
        assert!(is_sound && !line.to_ascii_lowercase().starts_with("x-injected"), "{line:?} answers {request:?}");
    }
}

/// A line of each format begins as no payload does, and has nothing that a terminal obeys.
fn assert_log(log: &str, format: &str) {
    for line in log.lines() {
        assert!(line.chars().all(|c| !c.is_control()), "{format}: {line:?}");
        match format {
            "json" => {
                let line: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
                assert!(line["timestamp"].is_string() && line.get("forged").is_none(), "{line}");
            }
            _ => {
                let (time, rest) = line.split_once(' ').unwrap();
                assert!(time.parse::<chrono::DateTime<chrono::Utc>>().is_ok(), "{line}");
                assert!(["ERROR", "WARN", "INFO"].iter().any(|level| rest.trim_start().starts_with(level)), "{line}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_request_makes_a_line_of_the_log_or_a_header() {
    let database = testdb::Database::new().await;
    for format in ["text", "json"] {
        let ground = Ground::new();
        let server = ground.on(&database.url()).set("ONSALE__LOG__FORMAT", format).start().await;
        let address = format!("127.0.0.1:{}", server.port());
        for payload in PAYLOADS {
            for request in requests(payload) {
                let answer = exchange(&address, &request).await;
                assert!(!answer.starts_with("HTTP/1.1 5"), "{answer} answers {:?}", String::from_utf8_lossy(&request));
                assert_answer(&answer, &request);
            }
        }
        let ended = server.stop("TERM").await;
        assert_log(&ended.err, format);
        assert!(ended.err.contains("MARK"), "{format}: the paths of requests are in the log");
    }
}
