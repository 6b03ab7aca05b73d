//! A server that a crowd plays against, and what is needed beside HTTP: its database, to prepare people and to check
//! promises, and its token secret, so that nobody has to sign in.

use std::net::SocketAddr;
use std::time::Duration;

use auth::tokens::{Subject, Tokens};
use chrono::Utc;
use domain::accounts::Role;
use domain::ids::{EventId, UserId};
use repository::{AsyncPgConnection, pools};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::crowd::connection::Connection;
use crate::crowd::people;
use crate::error::Error;

/// Longer than any run.
const TOKEN_LIFETIME: Duration = Duration::from_secs(24 * 3_600);

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A running server.
#[derive(Clone)]
pub struct Target {
    /// Where it listens.
    pub address: SocketAddr,
    /// Its database.
    pub database_url: String,
    tokens: Tokens,
}

impl Target {
    /// A server that listens there, on that database, which signs its tokens with `secret`.
    ///
    /// # Errors
    /// [`Error::Failed`] if the secret cannot be one.
    pub fn new(address: SocketAddr, database_url: String, secret: &str) -> Result<Self, Error> {
        let tokens =
            Tokens::new(secret.as_bytes(), TOKEN_LIFETIME).map_err(|error| Error::Failed(error.to_string()))?;
        Ok(Self { address, database_url, tokens })
    }

    /// A session of its own.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn database(&self) -> Result<AsyncPgConnection, Error> {
        Ok(pools::connect_once(&self.database_url, CONNECT_TIMEOUT).await?)
    }

    /// A token of somebody who has never changed.
    ///
    /// # Errors
    /// [`Error::Failed`] if it cannot be signed.
    pub fn token(&self, user: UserId, role: Role) -> Result<String, Error> {
        let issued = self.tokens.issue(Subject { user, role, access_version: 1 }, Utc::now());
        Ok(issued.map_err(|error| Error::Failed(error.to_string()))?.token)
    }

    /// A published event of a new organizer, made over HTTP as an organizer would.
    ///
    /// # Errors
    /// [`Error::Failed`] if the server refuses.
    pub async fn publish_event(&self, capacity: usize) -> Result<EventId, Error> {
        let mut made = self.publish_events(1, capacity).await?;
        made.pop().ok_or_else(|| Error::Failed("no event was made".to_owned()))
    }

    /// As [`Target::publish_event`], several of one organizer.
    ///
    /// # Errors
    /// As there.
    pub async fn publish_events(&self, count: usize, capacity: usize) -> Result<Vec<EventId>, Error> {
        let organizer = people::organizer(&mut self.database().await?).await?;
        let token = self.token(organizer, Role::Organizer)?;
        let body = json!({
            "title": "A load test",
            "location": "Nowhere",
            "starts_at": "2090-03-01T19:00:00Z",
            "ends_at": "2090-03-01T22:00:00Z",
            "capacity": capacity,
        });
        let mut connection = self.connect().await?;
        let mut made = Vec::with_capacity(count);
        for _ in 0..count {
            let event = ask(&mut connection, "POST", "/organizer/events", Some(&token), Some(&body)).await?;
            let id = event.get("id").and_then(Value::as_str).and_then(|id| id.parse::<Uuid>().ok());
            let id = EventId::from(id.ok_or_else(|| Error::Failed(format!("an event without an id: {event}")))?);
            ask(&mut connection, "POST", &format!("/organizer/events/{id}/publish"), Some(&token), None).await?;
            made.push(id);
        }
        Ok(made)
    }

    /// Opens an account with this password over HTTP, and gives its address.
    ///
    /// # Errors
    /// As [`Target::publish_event`].
    pub async fn sign_up(&self, password: &str) -> Result<String, Error> {
        let email = format!("{}@example.com", Uuid::now_v7().simple());
        let body = json!({ "name": "Load Test", "email": email, "password": password });
        ask(&mut self.connect().await?, "POST", "/auth/register", None, Some(&body)).await?;
        Ok(email)
    }

    /// What anybody is answered to a GET: the status and the body.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub async fn get(&self, path: &str) -> Result<(u16, String), Error> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        let mut connection = self.connect().await?;
        let reply = connection.exchange(request.as_bytes()).await.map_err(Error::io(format!("GET {path}")))?;
        Ok((reply.status, String::from_utf8_lossy(reply.body).into_owned()))
    }

    /// One of its metrics that is a whole number.
    ///
    /// # Errors
    /// [`Error::Failed`] if there is no such metric.
    pub async fn gauge(&self, name: &str) -> Result<usize, Error> {
        let (_, metrics) = self.get("/metrics").await?;
        let value = metrics.lines().find_map(|line| line.strip_prefix(name)?.trim().parse().ok());
        value.ok_or_else(|| Error::Failed(format!("there is no metric {name}")))
    }

    /// A connection.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub async fn connect(&self) -> Result<Connection, Error> {
        Connection::open(self.address).await.map_err(Error::io("connecting to the server"))
    }
}

/// One request of those that prepare, which must succeed.
async fn ask(
    connection: &mut Connection,
    method: &str,
    path: &str,
    token: Option<&str>,
    body: Option<&Value>,
) -> Result<Value, Error> {
    let body = body.map(Value::to_string).unwrap_or_default();
    let kind = if body.is_empty() { "" } else { "Content-Type: application/json\r\n" };
    let session = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\n{session}{kind}Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let reply = connection.exchange(request.as_bytes()).await.map_err(Error::io(format!("{method} {path}")))?;
    if !(200..300).contains(&reply.status) {
        let text = String::from_utf8_lossy(reply.body);
        return Err(Error::Failed(format!("{method} {path} was answered with {}: {text}", reply.status)));
    }
    serde_json::from_slice(reply.body).map_err(|error| Error::Failed(format!("{method} {path}: {error}")))
}
