//! What people do, as requests. Each role does what the one before it does, and more.

use std::ops::Deref;

use domain::ids::UserId;
use reqwest::header::{AUTHORIZATION, HeaderMap};
use reqwest::{Body, Method, RequestBuilder, Response};
use serde_json::{Value, json};

use crate::contract::{self, Asked};

/// Requests to one server, with or without a token.
#[derive(Clone)]
pub(crate) struct Client {
    http: reqwest::Client,
    base: String,
    token: Option<String>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    /// The body as JSON; null if it is none.
    pub(crate) body: Value,
}

/// Anybody.
pub(crate) struct Anonymous(pub(crate) Client);
/// Somebody who books.
#[derive(Clone)]
pub(crate) struct Audience(pub(crate) Client);
/// Somebody who runs events.
#[derive(Clone)]
pub(crate) struct Organizer(pub(crate) Audience);
/// Somebody who may do everything.
#[derive(Clone)]
pub(crate) struct Admin(pub(crate) Organizer);

impl Client {
    pub(crate) fn new(base: &str, token: Option<String>) -> Self {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { http, base: base.to_owned(), token }
    }

    /// The same server and connections, with another token.
    pub(crate) fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        match &self.token {
            Some(token) => request.header(AUTHORIZATION, format!("Bearer {token}")),
            None => request,
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }

    pub(crate) async fn post(&self, path: &str) -> Answer {
        send(self.request(Method::POST, path)).await
    }

    pub(crate) async fn post_json(&self, path: &str, body: &Value) -> Answer {
        send(self.request(Method::POST, path).json(body)).await
    }

    pub(crate) async fn patch_json(&self, path: &str, body: &Value) -> Answer {
        send(self.request(Method::PATCH, path).json(body)).await
    }

    pub(crate) async fn put_json(&self, path: &str, body: &Value) -> Answer {
        send(self.request(Method::PUT, path).json(body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        send(self.request(Method::DELETE, path)).await
    }

    pub(crate) async fn events(&self, query: &str) -> Answer {
        self.get(&format!("/events{query}")).await
    }

    pub(crate) async fn event(&self, event: &str) -> Answer {
        self.get(&format!("/events/{event}")).await
    }
}

/// Sends it, reads what comes back, and holds it against the API's description. Of a stream, which does not end, only
/// the head is read.
pub(crate) async fn send(request: RequestBuilder) -> Answer {
    try_send(request).await.unwrap()
}

/// The same, to a server that may go away meanwhile.
pub(crate) async fn try_send(request: RequestBuilder) -> reqwest::Result<Answer> {
    let (asked, response) = ask(request).await?;
    let head = Answer::head(&response);
    let is_stream = head.header("content-type") == Some("text/event-stream");
    let text = if is_stream { String::new() } else { response.text().await? };
    let answer = Answer { body: serde_json::from_str(&text).unwrap_or_default(), text, ..head };
    contract::hold(&asked, &answer);
    Ok(answer)
}

/// Sends what is answered with something to be read bit by bit. Its head is held against the API's description.
pub(crate) async fn open(request: RequestBuilder) -> Response {
    let (asked, response) = ask(request).await.unwrap();
    contract::hold(&asked, &Answer::head(&response));
    response
}

async fn ask(request: RequestBuilder) -> reqwest::Result<(Asked, Response)> {
    let (http, request) = request.build_split();
    let request = request.unwrap();
    let body = request.body().and_then(Body::as_bytes).and_then(|body| serde_json::from_slice(body).ok());
    let (method, url, headers) = (request.method().to_string(), request.url().clone(), request.headers().clone());
    let asked = Asked { method, url, headers, body };
    Ok((asked, http.execute(request).await?))
}

impl Answer {
    /// What has come before the body.
    fn head(response: &Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Self { status, headers, text: String::new(), body: Value::Null }
    }

    /// What came over the wire.
    pub(crate) fn parse(head: &str, text: &str) -> Self {
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines.filter_map(|line| line.split_once(": "));
        let headers = headers.map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        Self { status, headers, text: text.to_owned(), body: serde_json::from_str(text).unwrap_or_default() }
    }

    /// The problem's code, or nothing.
    pub(crate) fn problem(&self) -> &str {
        self.body["type"].as_str().and_then(|kind| kind.strip_prefix("/problems/")).unwrap_or_default()
    }

    /// The body of an answer that must have this status.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        self.body
    }

    /// Must be this problem.
    #[track_caller]
    pub(crate) fn expect_problem(self, status: u16, code: &str) -> Value {
        assert_eq!((self.status, self.problem()), (status, code), "{}", self.text);
        assert_eq!(self.headers["content-type"], "application/problem+json");
        self.body
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

impl Deref for Anonymous {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.0
    }
}

impl Deref for Audience {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.0
    }
}

impl Deref for Organizer {
    type Target = Audience;

    fn deref(&self) -> &Audience {
        &self.0
    }
}

impl Deref for Admin {
    type Target = Organizer;

    fn deref(&self) -> &Organizer {
        &self.0
    }
}

impl Anonymous {
    pub(crate) async fn register(&self, body: &Value) -> Answer {
        self.post_json("/auth/register", body).await
    }

    pub(crate) async fn login(&self, email: &str, password: &str) -> Answer {
        self.post_json("/auth/login", &json!({ "email": email, "password": password })).await
    }
}

impl Audience {
    pub(crate) async fn me(&self) -> Answer {
        self.get("/auth/me").await
    }

    pub(crate) async fn change_password(&self, current: &str, new: &str) -> Answer {
        self.post_json("/auth/password", &json!({ "current_password": current, "new_password": new })).await
    }

    pub(crate) async fn erase(&self, password: &str) -> Answer {
        self.post_json("/auth/erase", &json!({ "current_password": password })).await
    }

    pub(crate) async fn sign_out(&self) -> Answer {
        self.post("/auth/logout").await
    }

    pub(crate) async fn sign_out_everywhere(&self) -> Answer {
        self.post("/auth/logout?everywhere=true").await
    }

    pub(crate) async fn book(&self, event: &str) -> Answer {
        self.post(&format!("/events/{event}/register")).await
    }

    pub(crate) async fn book_with_key(&self, event: &str, key: &str) -> Answer {
        let path = format!("/events/{event}/register");
        send(self.request(Method::POST, &path).header("Idempotency-Key", key)).await
    }

    pub(crate) async fn give_up(&self, registration: &Value) -> Answer {
        let event = registration["event_id"].as_str().unwrap();
        let id = registration["id"].as_str().unwrap();
        self.delete(&format!("/events/{event}/registrations/{id}")).await
    }

    pub(crate) async fn own_registrations(&self) -> Answer {
        self.get("/me/registrations").await
    }
}

impl Audience {
    /// Books what `body` chooses.
    pub(crate) async fn choose(&self, event: &str, body: &Value) -> Answer {
        self.post_json(&format!("/events/{event}/register"), body).await
    }

    /// Leaves these seats of a registration, as somebody who was shown it with that status.
    pub(crate) async fn reduce(&self, registration: &Value, seats: &Value, status: &str) -> Answer {
        let (event, id) = (registration["event_id"].as_str().unwrap(), registration["id"].as_str().unwrap());
        let path = format!("/events/{event}/registrations/{id}");
        self.patch_json(&path, &json!({ "seats": seats, "status": status })).await
    }

    pub(crate) async fn unlock(&self, event: &str, code: &str) -> Answer {
        self.post_json(&format!("/events/{event}/code"), &json!({ "code": code })).await
    }
}

impl Organizer {
    pub(crate) async fn create(&self, body: &Value) -> Answer {
        self.post_json("/organizer/events", body).await
    }

    pub(crate) async fn create_with_key(&self, body: &Value, key: &str) -> Answer {
        send(self.request(Method::POST, "/organizer/events").header("Idempotency-Key", key).json(body)).await
    }

    pub(crate) async fn delete_draft(&self, event: &str) -> Answer {
        self.delete(&format!("/organizer/events/{event}")).await
    }

    /// A draft with this many seats; its id.
    pub(crate) async fn draft(&self, capacity: i32) -> String {
        let created = self.create(&event_body(capacity)).await.expect(201);
        created["id"].as_str().unwrap().to_owned()
    }

    /// A published event with this many seats; its id.
    pub(crate) async fn published(&self, capacity: i32) -> String {
        let event = self.draft(capacity).await;
        self.publish(&event).await.expect(200);
        event
    }

    pub(crate) async fn tickets(&self, event: &str) -> Answer {
        self.get(&format!("/organizer/events/{event}/tickets")).await
    }

    /// Replaces the tickets by the document as it is now with a change.
    pub(crate) async fn put_tickets(&self, event: &str, change: impl FnOnce(&mut Value)) -> Answer {
        let seen = self.tickets(event).await;
        let tag = seen.header("etag").unwrap().to_owned();
        let mut document = seen.expect(200)["document"].clone();
        change(&mut document);
        let path = format!("/organizer/events/{event}/tickets");
        send(self.request(Method::PUT, &path).header("If-Match", tag).json(&document)).await
    }

    /// [`Organizer::put_tickets`], which must succeed.
    pub(crate) async fn change_tickets(&self, event: &str, change: impl FnOnce(&mut Value)) -> Value {
        self.put_tickets(event, change).await.expect(200)
    }

    pub(crate) async fn mark_paid(&self, event: &str, registration: &str, amount: i64, key: &str) -> Answer {
        let path = format!("/organizer/events/{event}/registrations/{registration}/payments");
        send(self.request(Method::POST, &path).header("Idempotency-Key", key).json(&json!({ "amount": amount }))).await
    }

    pub(crate) async fn not_paid(&self, event: &str, registration: &str, payment: &str) -> Answer {
        self.delete(&format!("/organizer/events/{event}/registrations/{registration}/payments/{payment}")).await
    }

    /// Makes the only price cost something, and a paid booking of this buyer, if somebody may book. The ids of the
    /// registration and of its payment.
    pub(crate) async fn paid(&self, event: &str, buyer: &Audience, books: bool) -> (String, String) {
        let nobody = || uuid::Uuid::now_v7().to_string();
        if !books {
            return (nobody(), nobody());
        }
        self.change_tickets(event, |document| {
            document["currency"] = json!("EUR");
            document["ticket_types"][0]["prices"][0]["amount"] = json!(500);
        })
        .await;
        let booked = buyer.choose(event, &json!({ "amount": 500 })).await.expect(201);
        let registration = booked["id"].as_str().unwrap().to_owned();
        self.mark_paid(event, &registration, 500, "transfer").await.expect(200);
        let attendees = self.attendees(event, "").await.expect(200);
        (registration, attendees["items"][0]["payment_id"].as_str().unwrap().to_owned())
    }

    pub(crate) async fn own_event(&self, event: &str) -> Answer {
        self.get(&format!("/organizer/events/{event}")).await
    }

    pub(crate) async fn edit(&self, event: &str, changes: &Value) -> Answer {
        self.patch_json(&format!("/organizer/events/{event}"), changes).await
    }

    pub(crate) async fn edit_if_match(&self, event: &str, tag: &str, changes: &Value) -> Answer {
        let path = format!("/organizer/events/{event}");
        send(self.request(Method::PATCH, &path).header("If-Match", tag).json(changes)).await
    }

    pub(crate) async fn analytics(&self, event: &str) -> Answer {
        self.get(&format!("/organizer/events/{event}/analytics")).await
    }

    pub(crate) async fn attendees(&self, event: &str, query: &str) -> Answer {
        self.get(&format!("/organizer/events/{event}/attendees{query}")).await
    }

    pub(crate) fn attendees_accepting(&self, event: &str, query: &str, accept: &str) -> RequestBuilder {
        let path = format!("/organizer/events/{event}/attendees{query}");
        self.request(Method::GET, &path).header("Accept", accept)
    }

    pub(crate) async fn remove(&self, registration: &Value, body: &Value) -> Answer {
        let event = registration["event_id"].as_str().unwrap();
        let id = registration["id"].as_str().unwrap();
        self.post_json(&format!("/organizer/events/{event}/registrations/{id}/remove"), body).await
    }

    pub(crate) async fn hand_over(&self, event: &str, email: &str) -> Answer {
        self.post_json(&format!("/organizer/events/{event}/hand-over"), &json!({ "email": email })).await
    }

    pub(crate) async fn publish(&self, event: &str) -> Answer {
        self.post(&format!("/organizer/events/{event}/publish")).await
    }

    pub(crate) async fn cancel(&self, event: &str) -> Answer {
        self.post(&format!("/organizer/events/{event}/cancel")).await
    }
}

impl Admin {
    pub(crate) async fn simulate(&self, event: &str, users: u32) -> Answer {
        self.post(&format!("/admin/events/{event}/simulate?users={users}")).await
    }

    pub(crate) async fn undo(&self, event: &str) -> Answer {
        self.delete(&format!("/admin/events/{event}/simulation")).await
    }

    /// Asks for a stress test and does not wait for it.
    pub(crate) async fn simulate_async(&self, event: &str, users: u32) -> Answer {
        let path = format!("/admin/events/{event}/simulate?users={users}");
        send(self.request(Method::POST, &path).header("Prefer", "respond-async")).await
    }

    /// A request that may be sent again, which waits for the report unless it prefers not to.
    pub(crate) async fn simulate_with_key(&self, event: &str, users: u32, key: &str, prefer: &str) -> Answer {
        let path = format!("/admin/events/{event}/simulate?users={users}");
        let request = self.request(Method::POST, &path).header("Idempotency-Key", key);
        send(request.header("Prefer", prefer)).await
    }

    pub(crate) async fn simulation(&self, event: &str) -> Answer {
        self.get(&format!("/admin/events/{event}/simulation")).await
    }

    pub(crate) async fn users(&self, query: &str) -> Answer {
        self.get(&format!("/admin/users{query}")).await
    }

    pub(crate) async fn change_user(&self, id: UserId, changes: &Value) -> Answer {
        self.patch_json(&format!("/admin/users/{id}"), changes).await
    }

    pub(crate) async fn deactivate(&self, id: UserId) -> Answer {
        self.change_user(id, &json!({ "is_active": false })).await
    }

    pub(crate) async fn reset_password(&self, id: UserId, new: &str) -> Answer {
        self.post_json(&format!("/admin/users/{id}/password"), &json!({ "new_password": new })).await
    }

    pub(crate) async fn audit(&self, query: &str) -> Answer {
        self.get(&format!("/admin/audit{query}")).await
    }
}

/// An event that can be, in some years.
pub(crate) fn event_body(capacity: i32) -> Value {
    json!({
        "title": "A concert",
        "location": "A hall",
        "starts_at": "2090-03-01T19:00:00Z",
        "ends_at": "2090-03-01T22:00:00Z",
        "capacity": capacity,
        // Where mail is set up, new events are for others.
        "verified_buyers_only": false,
    })
}
