//! Every route with every kind of caller.

use std::fmt::Write;

use auth::access::{Permission, anyone_may, may};
use auth::secrets::{AddressSecret, LinkKey};
use auth::tokens::{Subject, Tokens};
use chrono::Utc;
use domain::accounts::Role;
use domain::api_keys::KeyPermission;
use image::ImageFormat;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use reqwest::Method;
use serde_json::{Value, json};
use server::http::endpoints::Endpoint;
use server::routes;
use testdb::patience::eventually;
use uuid::Uuid;

use crate::api_keys::Key;
use crate::check_ins::{add_staff, checked_in, scan_of, settings_with};
use crate::client::{Answer, Audience, Client, Organizer, event_body, send};
use crate::mail_server::MailServer;
use crate::messages::stage_with_mail;
use crate::pictures::{picture, upload};
use crate::proofs::link;
use crate::stage::{PASSWORD, Person, SECRET, Stage, TOKEN_LIFETIME, issue, tokens};
use crate::transfers::offer;
use crate::webhooks::wanted;

/// Who asks: with a role that is found to be genuine, or as nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    NoToken,
    Garbage,
    Forged,
    Altered,
    AlgorithmNone,
    OtherAlgorithm,
    Expired,
    Deactivated,
    Audience,
    OtherOrganizer,
    Organizer,
    Admin,
}

impl Who {
    const ALL: [Self; 12] = [
        Self::NoToken,
        Self::Garbage,
        Self::Forged,
        Self::Altered,
        Self::AlgorithmNone,
        Self::OtherAlgorithm,
        Self::Expired,
        Self::Deactivated,
        Self::Audience,
        Self::OtherOrganizer,
        Self::Organizer,
        Self::Admin,
    ];

    fn role(self) -> Option<Role> {
        match self {
            Self::Audience => Some(Role::Audience),
            Self::OtherOrganizer | Self::Organizer => Some(Role::Organizer),
            Self::Admin => Some(Role::Admin),
            _ => None,
        }
    }
}

/// A code that unlocks a price.
const CODE: &str = "MEMBERS";

/// A host that there never is.
const ENDPOINT: &str = "https://hooks.invalid/";

/// A token of `genuine` with its payload replaced by one that says ADMIN.
fn altered(genuine: &str, forged: &str) -> String {
    let (signed, signature) = genuine.rsplit_once('.').unwrap();
    let header = signed.split('.').next().unwrap();
    let payload = forged.split('.').nth(1).unwrap();
    format!("{header}.{payload}.{signature}")
}

fn token(stage: &Stage, who: Who, person: &Person) -> Option<String> {
    let as_admin = Subject { user: person.id, role: Role::Admin, access_version: 1, is_verified: false };
    let forged = || {
        let tokens = Tokens::new(b"another secret, of somebody else's making", TOKEN_LIFETIME).unwrap();
        issue(&tokens, as_admin, Utc::now())
    };
    match who {
        Who::NoToken => None,
        Who::Garbage => Some("garbage".to_owned()),
        Who::Forged => Some(forged()),
        Who::Altered => Some(altered(&stage.token(person), &forged())),
        Who::AlgorithmNone => {
            let payload = forged().split('.').nth(1).unwrap().to_owned();
            // {"alg":"none","typ":"JWT"}
            Some(format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{payload}."))
        }
        Who::OtherAlgorithm => {
            let now = Utc::now().timestamp();
            let claims = json!({
                "iss": "onsale", "aud": "onsale", "sub": person.id, "role": "ADMIN", "access_version": 1,
                "iat": now, "nbf": now, "exp": now + 600,
            });
            let key = EncodingKey::from_secret(SECRET.as_bytes());
            Some(jsonwebtoken::encode(&Header::new(Algorithm::HS512), &claims, &key).unwrap())
        }
        Who::Expired => {
            let long_ago = Utc::now() - TOKEN_LIFETIME;
            Some(issue(&tokens(), as_admin, long_ago))
        }
        Who::Deactivated | Who::Audience | Who::OtherOrganizer | Who::Organizer | Who::Admin => {
            Some(stage.token(person))
        }
    }
}

fn body(endpoint: &Endpoint, person: &Person) -> Option<Value> {
    match (&endpoint.method, endpoint.path) {
        (_, "/auth/register") => {
            let email = format!("{}@example.org", Uuid::now_v7().simple());
            Some(json!({ "name": "New", "email": email, "password": PASSWORD }))
        }
        (_, "/auth/login") => Some(json!({ "email": person.email, "password": PASSWORD })),
        (method, "/auth/me") if method == Method::PATCH.as_str() => Some(json!({ "name": "Somebody else" })),
        (_, "/auth/password-resets") => Some(json!({ "email": person.email })),
        (_, "/auth/address") => {
            let email = format!("{}@example.org", Uuid::now_v7().simple());
            Some(json!({ "email": email, "current_password": PASSWORD }))
        }
        (method, "/admin/invitations") if method == Method::POST.as_str() => {
            Some(json!({ "email": format!("{}@example.org", Uuid::now_v7().simple()) }))
        }
        (method, "/auth/me/api-keys") if method == Method::POST.as_str() => {
            Some(json!({ "name": "A program", "permissions": ["BOOK"], "current_password": PASSWORD }))
        }
        (_, "/auth/erase") => Some(json!({ "current_password": PASSWORD })),
        (_, "/auth/password") => Some(json!({ "current_password": PASSWORD, "new_password": "another one, longer" })),
        (method, "/organizer/events") if method == Method::POST.as_str() => Some(event_body(5)),
        // To the caller, who runs it already or may take it.
        (_, path) if path.ends_with("/hand-over") => Some(json!({ "email": person.email })),
        (_, "/events/{id}/code") => Some(json!({ "code": CODE })),
        (_, path) if path.ends_with("/payments") => Some(json!({ "amount": 0 })),
        (method, "/events/{id}/registrations/{registration_id}") if method == Method::PATCH.as_str() => {
            Some(json!({ "seats": [{ "price": 1, "count": 1 }], "status": "CONFIRMED" }))
        }
        (method, path) if path.ends_with("/announcements") && method == Method::POST.as_str() => {
            Some(json!({ "audience": "BOTH", "subject": "Doors", "text": "They open at six.", "people": 0 }))
        }
        (method, path) if path.ends_with("/reminder") && method == Method::PUT.as_str() => Some(json!({ "hours": 24 })),
        (method, "/organizer/webhooks") if method == Method::POST.as_str() => {
            Some(wanted(ENDPOINT, &json!(["event.published"])))
        }
        (method, "/organizer/webhooks/{webhook_id}") if method == Method::PATCH.as_str() => {
            Some(json!({ "kinds": ["event.cancelled"] }))
        }
        (_, "/organizer/webhooks/{webhook_id}/secret") => Some(json!({ "current_password": PASSWORD })),
        (_, "/events/{id}/check-ins") => Some(scan_of("no code")),
        (_, "/events/{id}/check-ins/batch") => Some(json!({ "scans": [scan_of("no code")] })),
        (method, path) if path.ends_with("/transfers") && method == Method::POST.as_str() => Some(json!({})),
        (_, path) if path.ends_with("/undo") => Some(json!({ "reason": "Scanned by mistake" })),
        (method, path) if path.ends_with("/door") && method == Method::PUT.as_str() => {
            Some(settings_with(&json!({ "opens_minutes_before": 60 })))
        }
        (_, path) if path.ends_with("/tickets/names") => Some(json!({ "names": [null] })),
        (method, path) if path.ends_with("/door/staff") && method == Method::POST.as_str() => {
            Some(json!({ "email": person.email }))
        }
        (_, path) if path.ends_with("/remove") => Some(json!({ "reason": "Not a member" })),
        (_, "/admin/users/{id}") => Some(json!({ "role": "ORGANIZER" })),
        (_, "/admin/users/{id}/password") => Some(json!({ "new_password": "another one, longer" })),
        (method, _) if method == Method::PATCH.as_str() => Some(json!({ "capacity": 6 })),
        _ => None,
    }
}

/// A message about a booking at the event that could not be delivered.
async fn failed_message(stage: &Stage, event: &str) -> String {
    stage.audience().await.book(event).await.expect(201);
    let path = format!("/organizer/events/{event}/messages?state=SENT");
    let admin = stage.admin().await;
    let shown = eventually("the booking's message is told", async || {
        admin.get(&path).await.expect(200)["items"][0]["id"].as_str().map(str::to_owned)
    });
    let id = shown.await;
    let sql = format!("update messages set state = 'FAILED', last_error = 'no such mailbox' where id = '{id}'");
    stage.execute(&sql).await;
    id
}

/// The body of a route that takes the token of a link, with one that works.
/// The secret of the address at which the registration in the path refuses announcements.
fn refusal_secret(path: &str) -> AddressSecret {
    let registration = path.rsplit('/').nth(1).unwrap().parse().unwrap();
    LinkKey::new(SECRET.as_bytes()).unwrap().refusal_of(registration)
}

async fn body_with_link(stage: &Stage, path: &str, caller: &Person) -> Option<Value> {
    let person = stage.person(Role::Audience).await;
    Some(match path {
        "/auth/verify" => json!({ "token": link(stage, "VERIFY_ADDRESS", caller).await }),
        "/auth/password-resets/use" => {
            json!({ "token": link(stage, "RESET_PASSWORD", &person).await, "new_password": "another one, longer" })
        }
        "/auth/invitations/accept" => {
            json!({ "token": link(stage, "INVITATION", &person).await, "name": "New", "password": PASSWORD })
        }
        _ => return None,
    })
}

/// A request that is about to be sent.
#[derive(Clone)]
pub(crate) struct Prepared {
    method: Method,
    path: String,
    /// The event that it is about, or that it could have been about.
    pub(crate) event: String,
    body: Option<Value>,
    /// A picture in place of a JSON body.
    file: Option<Vec<u8>>,
    tag: Option<String>,
}

impl Prepared {
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    pub(crate) fn body(&self) -> Option<&Value> {
        self.body.as_ref()
    }

    /// The same request about what is at another path.
    pub(crate) fn at(&self, path: String) -> Self {
        Self { path, ..self.clone() }
    }

    /// The same request with another body.
    pub(crate) fn with(&self, body: Value) -> Self {
        Self { body: Some(body), ..self.clone() }
    }

    pub(crate) async fn send(&self, client: &Client) -> Answer {
        let mut request = client.request(self.method.clone(), &self.path);
        if let Some(tag) = &self.tag {
            request = request.header("If-Match", tag);
        }
        if let Some(body) = &self.body {
            request = request.json(body);
        }
        if let Some(file) = &self.file {
            request = request.header("Content-Type", "image/png").body(file.clone());
        }
        send(request).await
    }
}

/// The status of an answer, and the code of its problem.
pub(crate) fn outcome(answer: &Answer) -> String {
    match answer.problem() {
        "" => answer.status.to_string(),
        code => format!("{} {code}", answer.status),
    }
}

/// Asks a route, with everything in place that lets it succeed for those who may.
async fn ask(stage: &Stage, endpoint: &Endpoint, who: Who, deactivated: &Person) -> String {
    let person = match who {
        Who::Deactivated => deactivated.clone(),
        who => stage.person(who.role().unwrap_or(Role::Audience)).await,
    };
    let client = Client::new(&stage.server.base, token(stage, who, &person));
    let prepared = prepare(stage, endpoint, who, &person, &client).await;
    let answer = prepared.send(&client).await;
    let outcome = outcome(&answer);
    check(endpoint, who, answer.status, &format!("{who:?} {} {}: {outcome}", endpoint.method, prepared.path));
    outcome
}

/// A request to a route about what this person has. If they are an organizer, it is about an event of theirs.
pub(crate) async fn prepare_for(stage: &Stage, endpoint: &Endpoint, person: &Person) -> Prepared {
    let who = match person.role {
        Role::Audience => Who::Audience,
        Role::Organizer => Who::Organizer,
        Role::Admin => Who::Admin,
    };
    prepare(stage, endpoint, who, person, &stage.session(person)).await
}

async fn prepare(stage: &Stage, endpoint: &Endpoint, who: Who, person: &Person, client: &Client) -> Prepared {
    // An organizer with a coming event is not erased.
    let runs_it = if who == Who::Organizer && endpoint.path != "/auth/erase" {
        Organizer(Audience(client.clone()))
    } else {
        stage.organizer().await
    };
    let deletes = endpoint.method == Method::DELETE.as_str() && endpoint.path == "/organizer/events/{id}";
    let event = if deletes { runs_it.draft(5).await } else { runs_it.published(5).await };
    let id = if endpoint.path.starts_with("/admin/users/") {
        stage.person(Role::Audience).await.id.to_string()
    } else {
        event.clone()
    };
    if endpoint.path.ends_with("/code") {
        runs_it.change_tickets(&event, |document| document["ticket_types"][0]["prices"][0]["code"] = json!(CODE)).await;
    }
    let mut path = endpoint.path.replace("{id}", &id).replace("{code}", "busy");
    if path.contains("{payment_id}") {
        let payment = runs_it.paid(&event, &Audience(client.clone()), who.role().is_some()).await;
        path = path.replace("{registration_id}", &payment.0).replace("{payment_id}", &payment.1);
    }
    if path.contains("{registration_id}") {
        let registration = match who.role() {
            Some(_) => Audience(client.clone()).book(&event).await.expect(201)["id"].as_str().unwrap().to_owned(),
            None => Uuid::now_v7().to_string(),
        };
        path = path.replace("{registration_id}", &registration);
    }
    if endpoint.permission == Permission::CheckIn && who == Who::Audience {
        add_staff(&runs_it, &event, person).await;
    }
    if path.contains("{check_in_id}") {
        path = path.replace("{check_in_id}", &checked_in(stage, &runs_it, &event).await);
    }
    if path.contains("{user_id}") {
        let member = stage.person(Role::Audience).await;
        add_staff(&runs_it, &event, &member).await;
        path = path.replace("{user_id}", &member.id.to_string());
    }
    if path.contains("{picture_id}") {
        path = upload(&runs_it, &event, [220, 30, 30]).await["small"].as_str().unwrap().to_owned();
    }
    if path.contains("{transfer_id}") {
        let transfer = match who.role() {
            Some(_) => {
                let own = client.get("/me/registrations").await.expect(200)["items"][0].clone();
                offer(client, &own).await.0["id"].as_str().unwrap().to_owned()
            }
            None => Uuid::now_v7().to_string(),
        };
        path = path.replace("{transfer_id}", &transfer);
    }
    if path.contains("{message_id}") {
        path = path.replace("{message_id}", &failed_message(stage, &event).await);
    }
    if path.contains("{webhook_id}") {
        // Administrators have webhooks of their own as well, and no others.
        let owner: &Client = if who == Who::Admin { client } else { &runs_it };
        let body = wanted(ENDPOINT, &json!(["event.published"]));
        let made = owner.post_json("/organizer/webhooks", &body).await.expect(201);
        let webhook = made["webhook"]["id"].as_str().unwrap();
        let test = owner.post(&format!("/organizer/webhooks/{webhook}/test")).await.expect(202);
        let delivery = test["id"].as_str().unwrap();
        path = path.replace("{webhook_id}", webhook).replace("{delivery_id}", delivery);
    }
    if path.contains("{key_id}") {
        let key = stage.api_key(person, &Key::of(&[KeyPermission::Book])).await;
        path = path.replace("{key_id}", &key.id.to_string());
    }
    if path.starts_with("/unsubscribe/") {
        path = path.replace("{secret}", refusal_secret(&path).expose());
    } else if path.contains("{secret}") {
        path = stage.audience().await.post("/auth/me/calendar").await.expect(201)["path"].as_str().unwrap().to_owned();
    }
    if path == "/live" {
        path = format!("/live?events={event}");
    }
    if path.ends_with("/simulate") {
        path.push_str("?users=3");
    }
    if path.ends_with("/simulation") {
        stage.admin().await.simulate(&event, 3).await.expect(200);
    }
    if path.contains("{simulation_id}") {
        stage.admin().await.simulate(&event, 3).await.expect(200);
        let simulation = stage.admin().await.simulation(&event).await.expect(200);
        path = path.replace("{simulation_id}", simulation["id"].as_str().unwrap());
    }
    if path.contains("{invitation_id}") {
        let invited = stage.person(Role::Admin).await;
        link(stage, "INVITATION", &invited).await;
        let all = stage.admin().await.get("/admin/invitations").await.expect(200);
        path = path.replace("{invitation_id}", all["items"][0]["id"].as_str().unwrap());
    }
    let used = body_with_link(stage, endpoint.path, person).await;
    let method: Method = endpoint.method.as_str().parse().unwrap();
    let (mut body, mut tag) = (used.or_else(|| body(endpoint, person)), None);
    if endpoint.path.starts_with("/events/{id}/transfers/") {
        let giver = stage.audience().await;
        let booked = giver.book(&event).await.expect(201);
        body = Some(offer(&giver, &booked).await.1);
    }
    if method == Method::PUT && path.ends_with("/tickets") {
        let seen = runs_it.tickets(&event).await;
        tag = seen.header("etag").map(str::to_owned);
        body = Some(seen.expect(200)["document"].clone());
    }
    let file = endpoint.path.ends_with("/picture") && method == Method::PUT;
    let file = file.then(|| picture([220, 30, 30], ImageFormat::Png));
    Prepared { method, path, event, body, file, tag }
}

/// What must hold of every route there will ever be.
fn check(endpoint: &Endpoint, who: Who, status: u16, what: &str) {
    let permission = endpoint.permission;
    let is_nobodys_business = matches!(permission, Permission::SignIn | Permission::Subscribe | Permission::Observe);
    let is_of_own_events =
        matches!(permission, Permission::ManageOwnEvents | Permission::EntrustOwnEvents | Permission::CheckIn);
    match who.role() {
        None if who == Who::Deactivated && endpoint.path == "/auth/login" => assert_eq!(status, 401, "{what}"),
        _ if is_nobodys_business => assert!(status < 300, "{what}"),
        None if anyone_may(permission) => assert!(status < 300, "{what}"),
        None => assert_eq!(status, 401, "{what}"),
        Some(role) if !may(role, permission) => assert_eq!(status, 403, "{what}"),
        Some(_) if who == Who::OtherOrganizer && is_of_own_events => {
            assert!(status < 300 || status == 404, "{what}");
        }
        Some(_) => assert!(status < 300, "{what}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_lets_in_whom_it_should_and_nobody_else() {
    let mails = MailServer::start().await;
    let stage = stage_with_mail(&mails).await;
    let deactivated = stage.person(Role::Admin).await;
    stage.set_access(&deactivated, Role::Admin, false).await;
    let session = stage.session(&deactivated);
    eventually("the server hears of the deactivation", async || {
        (session.get("/me/registrations").await.status == 401).then_some(())
    })
    .await;

    let mut matrix = String::new();
    for endpoint in routes::table() {
        writeln!(matrix, "{} {}", endpoint.method, endpoint.path).unwrap();
        for who in Who::ALL {
            let outcome = ask(&stage, &endpoint, who, &deactivated).await;
            writeln!(matrix, "    {:<15} {outcome}", format!("{who:?}")).unwrap();
        }
    }
    insta::assert_snapshot!(matrix);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_not_valid_takes_nothing_from_what_everybody_may_read() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let (published, draft) = (organizer.published(5).await, organizer.draft(5).await);
    let person = stage.person(Role::Organizer).await;
    for (who, code) in
        [(Who::Garbage, "unauthenticated"), (Who::Forged, "unauthenticated"), (Who::Expired, "token-expired")]
    {
        let client = Client::new(&stage.server.base, token(&stage, who, &person));
        assert_eq!(client.event(&published).await.expect(200)["id"], published);
        assert_eq!(client.events("").await.expect(200)["items"][0]["id"], published);
        client.get(&format!("/live?events={published}")).await.expect(200);
        // It may be the caller's own, who has to sign in again to see it. It may be nothing, and nobody is told which.
        for hidden in [&draft, &Uuid::now_v7().to_string()] {
            client.event(hidden).await.expect_problem(401, code);
            stage.anonymous().event(hidden).await.expect_problem(404, "not-found");
        }
        client.get("/me/registrations").await.expect_problem(401, code);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_header_that_is_no_bearer_token_is_refused() {
    let stage = Stage::set().await;
    let token = stage.token(&stage.person(Role::Audience).await);
    for value in ["", "Bearer", "Bearer ", "Basic YTpi", &token, &format!("Bearer {token} {token}")] {
        let request = stage.anonymous().request(Method::GET, "/auth/me").header("Authorization", value);
        send(request).await.expect_problem(401, "unauthenticated");
    }
    let twice = stage.session(&stage.person(Role::Audience).await).request(Method::GET, "/auth/me");
    let twice = send(twice.header("Authorization", format!("Bearer {token}"))).await;
    twice.expect_problem(401, "unauthenticated");
    let lower_case =
        stage.anonymous().request(Method::GET, "/auth/me").header("Authorization", format!("bearer {token}"));
    send(lower_case).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_token_says_so_and_a_bad_one_says_what_to_do() {
    let stage = Stage::set().await;
    let person = stage.person(Role::Audience).await;
    for (who, code) in [
        (Who::NoToken, "unauthenticated"),
        (Who::Forged, "unauthenticated"),
        (Who::AlgorithmNone, "unauthenticated"),
        (Who::Expired, "token-expired"),
    ] {
        let answer = Client::new(&stage.server.base, token(&stage, who, &person)).get("/auth/me").await;
        assert!(answer.header("www-authenticate").unwrap().starts_with("Bearer"));
        let problem = answer.expect_problem(401, code);
        assert!(problem["detail"].as_str().unwrap().contains("ign in"), "{problem}");
    }
}
