//! The server under test: its address, its database, which prepares people and is checked for promises, and its token
//! secret, which spares people the sign-in.

use std::net::SocketAddr;
use std::time::Duration;

use auth::tokens::{Subject, Tokens};
use chrono::{TimeDelta, Utc};
use domain::accounts::Role;
use domain::ids::{EventId, UserId};
use repository::{AsyncPgConnection, events, pools};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::crowd::accounts;
use crate::crowd::connection::Connection;
use crate::crowd::tickets::Tickets;
use crate::error::Error;

/// Longer than any run.
const TOKEN_LIFETIME: Duration = Duration::from_secs(24 * 3_600);

/// Tokens are so old when they are made, so that servers whose clocks are behind take them.
const TOKEN_AGE: TimeDelta = TimeDelta::hours(3);

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A running server.
#[derive(Clone)]
pub struct Target {
    /// The address that it listens on.
    pub address: SocketAddr,
    /// The address of its database.
    pub database_url: String,
    tokens: Tokens,
}

impl Target {
    /// A server by its address, its database and the secret that signs its tokens.
    ///
    /// # Errors
    /// [`Error::Failed`] if the secret is too short.
    pub fn new(address: SocketAddr, database_url: String, secret: &str) -> Result<Self, Error> {
        let tokens =
            Tokens::new(secret.as_bytes(), TOKEN_LIFETIME).map_err(|error| Error::Failed(error.to_string()))?;
        Ok(Self { address, database_url, tokens })
    }

    /// Opens a database session.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn database(&self) -> Result<AsyncPgConnection, Error> {
        Ok(pools::connect_once(&self.database_url, CONNECT_TIMEOUT).await?)
    }

    /// A token of an account that has not changed since its creation.
    ///
    /// # Errors
    /// [`Error::Failed`] if it cannot be signed.
    pub fn token(&self, user: UserId, role: Role) -> Result<String, Error> {
        let subject = Subject { user, role, access_version: 1, is_verified: false };
        let issued = self.tokens.issue(subject, Utc::now() - TOKEN_AGE);
        Ok(issued.map_err(|error| Error::Failed(error.to_string()))?.token.expose_secret().to_owned())
    }

    /// Creates and publishes an event over HTTP, under a new organizer.
    ///
    /// # Errors
    /// [`Error::Failed`] if the server refuses.
    pub async fn publish_event(&self, capacity: usize) -> Result<EventId, Error> {
        let mut created = self.publish_events(1, capacity).await?;
        created.pop().ok_or_else(|| Error::Failed("no event was created".to_owned()))
    }

    /// As [`Target::publish_event`], several events of one organizer.
    ///
    /// # Errors
    /// As there.
    pub async fn publish_events(&self, count: usize, capacity: usize) -> Result<Vec<EventId>, Error> {
        self.publish_with(Tickets::SIMPLE, count, capacity).await
    }

    /// As [`Target::publish_events`], with these tickets and so many seats of each of their types.
    ///
    /// # Errors
    /// As there.
    pub async fn publish_with(&self, tickets: Tickets, count: usize, seats: usize) -> Result<Vec<EventId>, Error> {
        let organizer = accounts::create_organizer(&mut self.database().await?).await?;
        let token = self.token(organizer, Role::Organizer)?;
        let mut connection = self.connect().await?;
        let mut created = Vec::with_capacity(count);
        for _ in 0..count {
            created.push(publish(&mut connection, &token, tickets, seats).await?);
        }
        Ok(created)
    }

    /// A token of an event's organizer.
    ///
    /// # Errors
    /// [`Error::Failed`] if there is no such event; [`Error::Database`].
    pub async fn organizer_token(&self, event: EventId) -> Result<String, Error> {
        let found = events::find(&mut self.database().await?, event).await?;
        let organizer = found.ok_or_else(|| Error::Failed(format!("there is no event {event}")))?.organizer;
        self.token(organizer, Role::Organizer)
    }

    /// Lets people in at an event at once, over HTTP, and returns a token of its organizer.
    ///
    /// # Errors
    /// As [`Target::publish_event`].
    pub async fn open_door(&self, event: EventId) -> Result<String, Error> {
        let token = self.organizer_token(event).await?;
        let path = format!("/organizer/events/{event}/door");
        let body = json!({
            "opens_minutes_before": null,
            "names_minutes_before": 0,
            "transfers": true,
            "attach_tickets": false,
        });
        let put = Request { method: "PUT", path: &path, token: Some(&token), body: Some(&body), version: None };
        send(&mut self.connect().await?, put).await?;
        Ok(token)
    }

    /// Signs up over HTTP with this password, and returns the e-mail address of the new account.
    ///
    /// # Errors
    /// As [`Target::publish_event`].
    pub async fn sign_up(&self, password: &str) -> Result<String, Error> {
        let email = format!("{}@example.com", Uuid::now_v7().simple());
        let body = json!({ "name": "Load Test", "email": email, "password": password });
        let request = Request { method: "POST", path: "/auth/register", token: None, body: Some(&body), version: None };
        send(&mut self.connect().await?, request).await?;
        Ok(email)
    }

    /// The status and the body of a GET without a token.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub async fn get(&self, path: &str) -> Result<(u16, String), Error> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        let mut connection = self.connect().await?;
        let reply = connection.exchange(request.as_bytes()).await.map_err(Error::io(format!("send GET {path}")))?;
        Ok((reply.status, String::from_utf8_lossy(reply.body).into_owned()))
    }

    /// The value of a metric that is a whole number.
    ///
    /// # Errors
    /// [`Error::Failed`] if there is no such metric.
    pub async fn gauge(&self, name: &str) -> Result<usize, Error> {
        let (_, metrics) = self.get("/metrics").await?;
        let value = metrics.lines().find_map(|line| line.strip_prefix(name)?.trim().parse().ok());
        value.ok_or_else(|| Error::Failed(format!("/metrics has no {name}")))
    }

    /// Opens a connection.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub async fn connect(&self) -> Result<Connection, Error> {
        Connection::open(self.address).await.map_err(Error::io("connect to the server"))
    }
}

/// Creates and publishes an event. Servers from before ticket types can do so with simple tickets.
async fn publish(connection: &mut Connection, token: &str, tickets: Tickets, seats: usize) -> Result<EventId, Error> {
    let body = json!({
        "title": "A load test",
        "location": "Nowhere",
        "starts_at": "2090-03-01T19:00:00Z",
        "ends_at": "2090-03-01T22:00:00Z",
        "capacity": seats,
    });
    let event =
        Request { method: "POST", path: "/organizer/events", token: Some(token), body: Some(&body), version: None };
    let event = send(connection, event).await?;
    let id = event.get("id").and_then(Value::as_str).and_then(|id| id.parse::<Uuid>().ok());
    let id = EventId::from(id.ok_or_else(|| Error::Failed(format!("an event without an id: {event}")))?);
    if tickets != Tickets::SIMPLE {
        let version = event.get("edit_version").and_then(Value::as_i64);
        let (path, document) = (format!("/organizer/events/{id}/tickets"), tickets.document(seats));
        let put = Request { method: "PUT", path: &path, token: Some(token), body: Some(&document), version };
        if !tickets.are_numbered_in(send(connection, put).await?) {
            return Err(Error::Failed(format!("the tickets of event {id} are not numbered in their order")));
        }
    }
    let path = format!("/organizer/events/{id}/publish");
    send(connection, Request { method: "POST", path: &path, token: Some(token), body: None, version: None }).await?;
    Ok(id)
}

/// A request that must succeed.
struct Request<'a> {
    method: &'a str,
    path: &'a str,
    token: Option<&'a str>,
    body: Option<&'a Value>,
    /// The edit version of the event that it changes.
    version: Option<i64>,
}

/// Sends a request, and returns its answer.
async fn send(connection: &mut Connection, request: Request<'_>) -> Result<Value, Error> {
    let Request { method, path, token, body, version } = request;
    let body = body.map(Value::to_string).unwrap_or_default();
    let kind = if body.is_empty() { "" } else { "Content-Type: application/json\r\n" };
    let session = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
    // The number behind the version counts bookings, which do not matter here.
    let version = version.map(|version| format!("If-Match: \"{version}.0\"\r\n")).unwrap_or_default();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\n{session}{version}{kind}Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let reply = connection.exchange(request.as_bytes()).await.map_err(Error::io(format!("send {method} {path}")))?;
    if !(200..300).contains(&reply.status) {
        let text = String::from_utf8_lossy(reply.body);
        return Err(Error::Failed(format!("{method} {path} was answered with {}: {text}", reply.status)));
    }
    serde_json::from_slice(reply.body).map_err(|error| Error::Failed(format!("{method} {path}: {error}")))
}
