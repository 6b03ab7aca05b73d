//! A program that is told of changes by webhooks. It answers by the path that it is called at.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::Value;
use sha2::Sha256;
use testdb::patience::eventually;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// A webhook as it came over the wire.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) path: String,
    pub(crate) headers: HashMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Call {
    pub(crate) fn id(&self) -> &str {
        &self.headers["webhook-id"]
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn kind(&self) -> String {
        self.json()["type"].as_str().unwrap().to_owned()
    }

    /// How many signatures it has, and whether one of them is right by this secret. Written after the text of Standard
    /// Webhooks 1.0.0, and not after the program.
    pub(crate) fn signatures_by(&self, secret: &str) -> (usize, bool) {
        let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
        let mut content = format!("{}.{}.", self.id(), self.headers["webhook-timestamp"]).into_bytes();
        content.extend_from_slice(&self.body);
        let passed: Vec<&str> = self.headers["webhook-signature"].split(' ').collect();
        let is_right = |one: &&str| {
            let (version, signature) = one.split_once(',').unwrap();
            let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
            mac.update(&content);
            version == "v1" && mac.verify_slice(&STANDARD.decode(signature).unwrap()).is_ok()
        };
        (passed.len(), passed.iter().any(is_right))
    }
}

#[derive(Default)]
struct Desk {
    calls: Vec<Call>,
    /// Calls at this path get no answer until it is let go.
    held_path: Option<String>,
    /// The most calls at one path that waited for their answer at once.
    most_at_once: HashMap<String, usize>,
    waiting: HashMap<String, usize>,
}

/// The answers are those of the last part of the path: `ok`, `500`, `301`, `410`, `429`, `gigabyte`.
#[derive(Clone)]
pub(crate) struct Receiver {
    pub(crate) url: String,
    desk: Arc<Mutex<Desk>>,
    let_go: Arc<Notify>,
}

impl Receiver {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (desk, let_go) = (Arc::<Mutex<Desk>>::default(), Arc::<Notify>::default());
        let (all, gate) = (Arc::clone(&desk), Arc::clone(&let_go));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // A client that hangs up in the middle ends the conversation.
                tokio::spawn(converse(stream, Arc::clone(&all), Arc::clone(&gate)));
            }
        });
        Self { url, desk, let_go }
    }

    pub(crate) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    pub(crate) fn hold(&self, path: &str) {
        self.desk.lock().unwrap().held_path = Some(path.to_owned());
    }

    pub(crate) fn let_go(&self) {
        self.desk.lock().unwrap().held_path = None;
        self.let_go.notify_waiters();
    }

    pub(crate) fn most_at_once(&self, path: &str) -> usize {
        self.desk.lock().unwrap().most_at_once.get(path).copied().unwrap_or_default()
    }

    pub(crate) fn calls_at(&self, path: &str) -> Vec<Call> {
        self.desk.lock().unwrap().calls.iter().filter(|call| call.path == path).cloned().collect()
    }

    /// The calls at a path, as soon as there are so many.
    pub(crate) async fn calls(&self, path: &str, count: usize) -> Vec<Call> {
        eventually(format!("{count} calls at {path}"), async || {
            let found = self.calls_at(path);
            (found.len() >= count).then_some(found)
        })
        .await
    }
}

async fn converse(stream: TcpStream, desk: Arc<Mutex<Desk>>, let_go: Arc<Notify>) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut read = BufReader::new(read);
    let mut line = String::new();
    read.read_line(&mut line).await?;
    let path = line.split(' ').nth(1).unwrap_or("/").to_owned();
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        read.read_line(&mut line).await?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.insert(name.to_ascii_lowercase(), value.to_owned());
    }
    let length = headers.get("content-length").map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    read.read_exact(&mut body).await?;
    let gate = let_go.notified();
    let is_held = {
        let mut desk = desk.lock().unwrap();
        desk.calls.push(Call { path: path.clone(), headers, body });
        let waiting = desk.waiting.entry(path.clone()).or_default();
        *waiting += 1;
        let waiting = *waiting;
        let most = desk.most_at_once.entry(path.clone()).or_default();
        *most = waiting.max(*most);
        desk.held_path.as_ref() == Some(&path)
    };
    if is_held {
        gate.await;
    }
    *desk.lock().unwrap().waiting.entry(path.clone()).or_default() -= 1;
    match path.rsplit('/').next().unwrap() {
        "gigabyte" => {
            write.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n").await?;
            // The sender hangs up long before that.
            loop {
                write.write_all(&[b'x'; 4_096]).await?;
            }
        }
        "301" => {
            let head = "HTTP/1.1 301 Moved\r\nLocation: /ok\r\nContent-Length: 0\r\n\r\n";
            write.write_all(head.as_bytes()).await
        }
        "429" => {
            let head = "HTTP/1.1 429 Too Many\r\nRetry-After: 7200\r\nContent-Length: 0\r\n\r\n";
            write.write_all(head.as_bytes()).await
        }
        status @ ("410" | "500") => {
            write.write_all(format!("HTTP/1.1 {status} No\r\nContent-Length: 4\r\n\r\nno\r\n").as_bytes()).await
        }
        _ => write.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await,
    }
}
