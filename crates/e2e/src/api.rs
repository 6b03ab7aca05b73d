//! What happens beside the browsers: other people's requests, sent to the server directly.

use std::fs;
use std::path::Path;

use reqwest::header::{CONTENT_TYPE, ETAG, IF_MATCH};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};

use crate::wait::until;

/// An account of the demo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account {
    /// The person's name.
    pub name: &'static str,
    /// The address to sign in with.
    pub email: &'static str,
    /// The password.
    pub password: &'static str,
}

/// An administrator.
pub const ADMIN: Account = Account { name: "Ada Admin", email: "admin@eventbrite.local", password: "admin123" };
/// An organizer.
pub const ORGANIZER: Account = Account { name: "TechCorp Events", email: "events@techcorp.com", password: "org123" };
/// Somebody who books.
pub const ALICE: Account = Account { name: "Alice Student", email: "alice@student.com", password: "user123" };
/// Somebody else who books.
pub const BOB: Account = Account { name: "Bob Engineer", email: "bob@engineer.com", password: "user123" };

/// A person without a browser.
#[derive(Debug, Clone)]
pub struct Api {
    http: Client,
    base: String,
    token: String,
}

impl Api {
    /// Signs in at the server of this address.
    pub(crate) async fn sign_in(address: &str, account: Account) -> Self {
        let http = Client::builder().no_proxy().build().unwrap();
        let mut person = Self { http, base: format!("http://{address}"), token: String::new() };
        let login = json!({ "email": account.email, "password": account.password });
        // The demo's accounts are made while the server already answers.
        person.token = until("signing in", async || {
            let login = person.try_send(Method::POST, "/auth/login", &login).await?;
            Ok(login["token"].as_str().unwrap().to_owned())
        })
        .await;
        person
    }

    /// Publishes an event with so many seats, as its organizer, and gives its id.
    pub async fn publish(&self, title: &str, capacity: u32) -> String {
        let id = self.draft(title, capacity).await;
        self.send(Method::POST, &format!("/organizer/events/{id}/publish"), &Value::Null).await;
        id
    }

    /// Gives an own event a picture: a PNG file, by its path from the project's folder.
    pub async fn give_picture(&self, event: &str, file: &str) {
        let file = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(file)).unwrap();
        let path = format!("/organizer/events/{event}/picture");
        let request = self.request(Method::PUT, &path).header(CONTENT_TYPE, "image/png").body(file);
        answer(request, &path).await.unwrap_or_else(|error| panic!("{error}"));
    }

    /// Publishes an event with these ticket types, prices and terms of payment, as its organizer, and gives its id.
    pub async fn sell(&self, title: &str, tickets: &Value) -> String {
        let id = self.draft(title, 1).await;
        let path = format!("/organizer/events/{id}/tickets");
        let seen = self.request(Method::GET, &path).send().await.unwrap();
        let version = seen.headers().get(ETAG).unwrap_or_else(|| panic!("{path} has no version")).clone();
        let request = self.request(Method::PUT, &path).header(IF_MATCH, version).json(&whole(tickets));
        answer(request, &path).await.unwrap_or_else(|error| panic!("{error}"));
        self.send(Method::POST, &format!("/organizer/events/{id}/publish"), &Value::Null).await;
        id
    }

    async fn draft(&self, title: &str, capacity: u32) -> String {
        let event = self
            .send(
                Method::POST,
                "/organizer/events",
                &json!({
                    "title": title,
                    "location": "A hall",
                    "description": "An evening.",
                    "time_zone": "Europe/Berlin",
                    "starts_at": "2090-03-01T19:00:00Z",
                    "ends_at": "2090-03-01T22:00:00Z",
                    "capacity": capacity,
                }),
            )
            .await;
        event["id"].as_str().unwrap().to_owned()
    }

    /// Books the seats that the body names.
    pub async fn book_seats(&self, event: &str, wanted: &Value) -> Value {
        self.send(Method::POST, &format!("/events/{event}/register"), wanted).await
    }

    /// Marks that the money for a place came, as the event's organizer.
    pub async fn mark_paid(&self, place: &Value) {
        let (event, id) = (place["event_id"].as_str().unwrap(), place["id"].as_str().unwrap());
        let path = format!("/organizer/events/{event}/registrations/{id}/payments");
        self.send(Method::POST, &path, &json!({ "amount": place["amount"] })).await;
    }

    /// Books a place.
    pub async fn book(&self, event: &str) -> Value {
        self.send(Method::POST, &format!("/events/{event}/register"), &Value::Null).await
    }

    /// Gives a place up that [`Self::book`] gave.
    pub async fn give_up(&self, place: &Value) {
        let (event, id) = (place["event_id"].as_str().unwrap(), place["id"].as_str().unwrap());
        self.send(Method::DELETE, &format!("/events/{event}/registrations/{id}"), &Value::Null).await;
    }

    /// The codes of a place's tickets, in the order of their numbers.
    pub async fn codes(&self, place: &Value) -> Vec<String> {
        let (event, id) = (place["event_id"].as_str().unwrap(), place["id"].as_str().unwrap());
        let path = format!("/events/{event}/registrations/{id}/tickets");
        let answer = self.send(Method::GET, &path, &Value::Null).await;
        answer["tickets"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect()
    }

    /// Offers a seat of a place, and gives the path of the link by which somebody takes it.
    pub async fn offer_seat(&self, place: &Value) -> String {
        let (event, id) = (place["event_id"].as_str().unwrap(), place["id"].as_str().unwrap());
        let path = format!("/events/{event}/registrations/{id}/transfers");
        let made = self.send(Method::POST, &path, &json!({})).await;
        format!("/take/{event}#{}", made["token"].as_str().unwrap())
    }

    /// Opens the door of an own event at once, and lets somebody scan there.
    pub async fn open_door(&self, event: &str, staff: Account) {
        let path = format!("/organizer/events/{event}/door");
        let open = json!({
            "opens_minutes_before": null,
            "names_minutes_before": 0,
            "transfers": true,
            "attach_tickets": false,
        });
        self.send(Method::PUT, &path, &open).await;
        self.send(Method::POST, &format!("{path}/staff"), &json!({ "email": staff.email })).await;
    }

    /// All scans at an own event that the server keeps, the latest first.
    pub async fn check_ins(&self, event: &str) -> Vec<Value> {
        let all = self.send(Method::GET, &format!("/organizer/events/{event}/check-ins"), &Value::Null).await;
        all["items"].as_array().unwrap().clone()
    }

    /// Edits an own event.
    pub async fn edit(&self, event: &str, changes: &Value) {
        self.send(Method::PATCH, &format!("/organizer/events/{event}"), changes).await;
    }

    /// Calls an own event off.
    pub async fn cancel(&self, event: &str) {
        self.send(Method::POST, &format!("/organizer/events/{event}/cancel"), &Value::Null).await;
    }

    /// One's own registrations at an event that are not cancelled.
    pub async fn places(&self, event: &str) -> Vec<Value> {
        let all = self.send(Method::GET, "/me/registrations", &Value::Null).await;
        let stands = |one: &&Value| one["event_id"] == event && one["status"] != "CANCELLED";
        all["items"].as_array().unwrap().iter().filter(stands).cloned().collect()
    }

    /// An event as everybody sees it.
    pub async fn event(&self, event: &str) -> Value {
        self.send(Method::GET, &format!("/events/{event}"), &Value::Null).await
    }

    /// An event as the people who run it see it.
    pub async fn own_event(&self, event: &str) -> Value {
        self.send(Method::GET, &format!("/organizer/events/{event}"), &Value::Null).await
    }

    /// The id of the published event with this title.
    pub async fn event_titled(&self, title: &str) -> String {
        self.find("/events", title).await
    }

    /// The id of one's own event with this title.
    pub async fn own_event_titled(&self, title: &str) -> String {
        self.find("/organizer/events", title).await
    }

    async fn find(&self, path: &str, title: &str) -> String {
        let events = self.send(Method::GET, path, &Value::Null).await;
        let event = events["items"].as_array().unwrap().iter().find(|event| event["title"] == title);
        event.unwrap_or_else(|| panic!("there is no event “{title}”"))["id"].as_str().unwrap().to_owned()
    }

    /// Sends a request that must succeed, and gives the answer's body. A body that is null is none.
    pub async fn send(&self, method: Method, path: &str, body: &Value) -> Value {
        self.try_send(method, path, body).await.unwrap_or_else(|error| panic!("{error}"))
    }

    async fn try_send(&self, method: Method, path: &str, body: &Value) -> Result<Value, String> {
        let request = self.request(method.clone(), path);
        let request = if body.is_null() { request } else { request.json(body) };
        answer(request, &format!("{method} {path}")).await
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        if self.token.is_empty() { request } else { request.bearer_auth(&self.token) }
    }
}

/// The body of the answer to a request, which must succeed.
async fn answer(request: RequestBuilder, name: &str) -> Result<Value, String> {
    let answer = request.send().await.map_err(|error| error.to_string())?;
    let (status, text) = (answer.status(), answer.text().await.map_err(|error| error.to_string())?);
    if !status.is_success() {
        return Err(format!("{name}: {status}: {text}"));
    }
    Ok(serde_json::from_str(&text).unwrap_or_default())
}

/// The document of tickets with nothing left out: the API wants all of it.
fn whole(tickets: &Value) -> Value {
    let terms = json!({
        "currency": null, "hold_minutes": null, "line_hold_minutes": null,
        "line_patience_minutes": null, "grace_minutes": 0, "refund_until": null,
        "payment_instructions": "",
    });
    let price = json!({
        "number": null, "opens_at": null, "closes_at": null, "limit": null, "code": null, "is_closed": false,
    });
    let mut whole = over(&terms, tickets);
    for kind in whole["ticket_types"].as_array_mut().unwrap() {
        *kind = over(&json!({ "number": null, "seats_per_registration": 1 }), kind);
        for one in kind["prices"].as_array_mut().unwrap() {
            *one = over(&price, one);
        }
    }
    whole
}

/// The members of `value`, and those of `usual` that it does not have.
fn over(usual: &Value, value: &Value) -> Value {
    let mut both = usual.clone();
    for (name, member) in value.as_object().unwrap() {
        both[name] = member.clone();
    }
    both
}
