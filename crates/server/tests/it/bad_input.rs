//! Whatever is wrong with a request: a problem with a type of its own, never a 500, and nothing changed.

use domain::accounts::Role;
use domain::ids::UserId;
use reqwest::{Body, Method, RequestBuilder};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::{Admin, Audience, Client, Organizer, event_body, send};
use crate::stage::{PASSWORD, Stage};

/// A request, and the problem that it must get: status, code, and the field that is named.
struct Case {
    what: String,
    request: RequestBuilder,
    expected: (u16, &'static str, Option<&'static str>),
}

struct Cases {
    anonymous: Client,
    audience: Audience,
    organizer: Organizer,
    admin: Admin,
    person: UserId,
    draft: String,
    published: String,
    of_others: String,
    list: Vec<Case>,
}

const INVALID_BODY: &str = "invalid-body";
const INVALID_FIELD: &str = "invalid-field";
const MALFORMED: &str = "malformed-json";

impl Cases {
    fn add(&mut self, what: impl Into<String>, request: RequestBuilder, status: u16, code: &'static str) {
        self.list.push(Case { what: what.into(), request, expected: (status, code, None) });
    }

    fn add_field(&mut self, what: impl Into<String>, request: RequestBuilder, code: &'static str, field: &'static str) {
        self.list.push(Case { what: what.into(), request, expected: (422, code, Some(field)) });
    }

    fn create_with(&self, member: &str, value: Value) -> RequestBuilder {
        let mut body = event_body(5);
        body[member] = value;
        self.organizer.request(Method::POST, "/organizer/events").json(&body)
    }

    fn register_with(&self, member: &str, value: Value) -> RequestBuilder {
        let mut body = json!({ "name": "Bad", "email": "bad@example.com", "password": PASSWORD });
        body[member] = value;
        self.anonymous.request(Method::POST, "/auth/register").json(&body)
    }

    fn raw(&self, body: impl Into<Body>) -> RequestBuilder {
        let request = self.anonymous.request(Method::POST, "/auth/login");
        request.header("Content-Type", "application/json").body(body)
    }

    fn bodies(&mut self) {
        for text in [
            "",
            " ",
            "{",
            "{\"email\":",
            "{'a':1}",
            "{\"email\":\"a\",\"password\":\"b\"}}",
            "nonsense",
            "{\"email\": \u{1}}",
        ] {
            self.add(format!("malformed {text:?}"), self.raw(text), 400, MALFORMED);
        }
        for coding in ["gzip", "br", "identity, gzip"] {
            let sound = self.raw("{\"email\":\"a\",\"password\":\"b\"}").header("Content-Encoding", coding);
            self.add(format!("a body in {coding}"), sound, 415, "unsupported-encoding");
        }
        let path = format!("/events/{}/register", self.published);
        let packed = self.audience.request(Method::POST, &path).header("Content-Encoding", "gzip").body("{}");
        self.add("a body in gzip where there should be none", packed, 415, "unsupported-encoding");
        self.add("not UTF-8", self.raw(&b"{\"email\": \"\xff\"}"[..]), 400, MALFORMED);
        self.add("nested too deep", self.raw("[".repeat(10_000)), 400, MALFORMED);
        for text in ["[]", "null", "5", "\"text\"", "[\"a@example.com\", \"password\"]"] {
            self.add(format!("no object {text}"), self.raw(text), 422, INVALID_BODY);
        }
        self.add_field("a field twice", self.raw("{\"email\":\"a\",\"email\":\"b\"}"), INVALID_BODY, "email");
        self.add_field("a missing field", self.raw("{\"email\":\"a\"}"), INVALID_BODY, "password");
        let unknown = self.raw("{\"email\":\"a\",\"password\":\"b\",\"admin\":true}");
        self.add_field("an unknown field", unknown, INVALID_BODY, "admin");

        let large = format!("{{\"email\":\"{}\"}}", "x".repeat(140_000));
        self.add("too large", self.raw(large.clone()), 413, "body-too-large");
        let parts = futures_util::stream::iter(vec![Ok::<_, std::io::Error>(large.clone()), Ok(large)]);
        self.add("too large, in chunks", self.raw(Body::wrap_stream(parts)), 413, "body-too-large");
        let login = || self.anonymous.request(Method::POST, "/auth/login").body("{}");
        let (none, text, form) = (
            login(),
            login().header("Content-Type", "text/plain"),
            login().header("Content-Type", "application/x-www-form-urlencoded"),
        );
        for (what, request) in [("no type", none), ("text", text), ("a form", form)] {
            self.add(format!("body: {what}"), request, 415, "unsupported-media-type");
        }
        let path = format!("/events/{}/register", self.published);
        let book = || self.audience.request(Method::POST, &path);
        let (filled, text, array) =
            (book().json(&json!({ "seats": 2 })), book().body("seats=2"), book().json(&json!([])));
        self.add_field("a booking with a field", filled, INVALID_BODY, "seats");
        self.add("a booking with a form", text, 415, "unsupported-media-type");
        self.add("a booking with an array", array, 422, INVALID_BODY);
    }

    fn accounts(&mut self) {
        let long = |n: usize| json!("x".repeat(n));
        let cases = [
            ("name", json!(""), "name"),
            ("name", json!("   "), "name"),
            ("name", long(121), "name"),
            ("name", json!("a\u{0}b"), "name"),
            ("name", json!("a\nb"), "name"),
            ("name", json!("a\u{202e}b"), "name"),
            ("name", json!("\u{200b}\u{feff}"), "name"),
            ("email", json!("nobody"), "email"),
            ("email", json!("a@b@example.com"), "email"),
            ("email", json!("a\r\nBcc: b@example.com"), "email"),
            ("email", json!("a?subject=b@example.com"), "email"),
            ("email", json!("a#b@example.com"), "email"),
            ("email", json!("a..b@example.com"), "email"),
            ("email", json!("a@exam_ple.com"), "email"),
            ("email", json!("a@[127.0.0.1]"), "email"),
            ("email", json!("a\u{200e}@example.com"), "email"),
            ("email", json!(format!("a@{}.com", "x".repeat(64))), "email"),
            ("email", json!(format!("{}@example.com", "x".repeat(65))), "email"),
            ("email", json!(format!("{}@example.com", "x".repeat(250))), "email"),
            ("password", json!("too short"), "password"),
            ("password", long(72), "password"),
            ("password", json!("with a NUL \u{0} inside"), "password"),
            ("password", json!("éééééé"), "password"),
            ("password", json!("Password1234"), "password"),
            ("password", json!("BAD@example.com"), "password"),
            ("role", json!("ADMIN"), "role"),
        ];
        for (member, value, field) in cases {
            let request = self.register_with(member, value.clone());
            self.add_field(format!("register {member} {value}"), request, INVALID_FIELD, field);
        }
        for (member, value) in [
            ("name", json!(5)),
            ("email", json!(null)),
            ("password", json!([])),
            ("role", json!("KING")),
            ("role", json!(5)),
        ] {
            let request = self.register_with(member, value.clone());
            self.add_field(format!("register {member} {value}"), request, INVALID_BODY, member);
        }
        self.add_field("register is_active", self.register_with("is_active", json!(true)), INVALID_BODY, "is_active");
    }

    fn events(&mut self) {
        let fields = [
            ("title", json!(""), "title"),
            ("title", json!("x".repeat(201)), "title"),
            ("title", json!("a\u{0}b"), "title"),
            ("title", json!("a\u{1b}[31m"), "title"),
            ("description", json!("x".repeat(10_001)), "description"),
            ("description", json!("a\u{7}b"), "description"),
            ("location", json!("x".repeat(301)), "location"),
            ("time_zone", json!("Mars/Base"), "time_zone"),
            ("ends_at", json!("2090-03-01T19:00:00Z"), "ends_at"),
            ("ends_at", json!("2090-03-01T18:59:59+00:00"), "ends_at"),
            ("starts_at", json!("1969-12-31T23:59:59Z"), "starts_at"),
            ("sales_open_at", json!("2090-03-01T22:00:00Z"), "sales_open_at"),
            ("cancel_until", json!("2090-03-01T19:00:01Z"), "cancel_until"),
            ("cancel_until", json!("1969-12-31T23:59:59Z"), "cancel_until"),
            ("capacity", json!(-1), "capacity"),
            ("capacity", json!(1_000_001), "capacity"),
            ("capacity", json!(i64::MAX), "capacity"),
        ];
        for (member, value, field) in fields {
            let request = self.create_with(member, value.clone());
            let what = format!("create {member} {value}");
            self.add_field(what.chars().take(60).collect::<String>(), request, INVALID_FIELD, field);
        }
        let mut past = event_body(5);
        past["starts_at"] = json!("2020-03-01T19:00:00Z");
        past["ends_at"] = json!("2020-03-01T20:00:00Z");
        let past = self.organizer.request(Method::POST, "/organizer/events").json(&past);
        self.add_field("create in the past", past, INVALID_FIELD, "ends_at");
        let mut window = event_body(5);
        window["sales_open_at"] = json!("2090-01-02T00:00:00Z");
        window["sales_close_at"] = json!("2090-01-01T00:00:00Z");
        let window = self.organizer.request(Method::POST, "/organizer/events").json(&window);
        self.add_field("create with a sale that ends first", window, INVALID_FIELD, "sales_close_at");

        let shapes = [
            ("title", json!(5)),
            ("capacity", json!("10")),
            ("capacity", json!(1.5)),
            ("capacity", json!(1e30)),
            ("capacity", json!(null)),
            ("starts_at", json!("2090-02-30T19:00:00Z")),
            ("starts_at", json!("2090-03-01T25:00:00Z")),
            ("starts_at", json!("2090-03-01")),
            ("starts_at", json!("2090-03-01T19:00:00")),
            ("starts_at", json!("10000-03-01T19:00:00Z")),
            ("starts_at", json!("tomorrow")),
            ("starts_at", json!(1_900_000_000)),
            ("sales_open_at", json!("")),
            ("cancel_until", json!("never")),
            ("status", json!("PUBLISHED")),
            ("organizer_id", json!(Uuid::nil())),
        ];
        for (member, value) in shapes {
            let request = self.create_with(member, value.clone());
            self.add_field(format!("create {member} {value}"), request, INVALID_BODY, member);
        }
        let path = format!("/organizer/events/{}", self.published);
        for (member, value, field) in [
            ("capacity", json!(-1), "capacity"),
            ("capacity", json!(1_000_001), "capacity"),
            ("title", json!("a\u{0}b"), "title"),
            ("ends_at", json!("2090-03-01T18:00:00Z"), "ends_at"),
            ("time_zone", json!(""), "time_zone"),
            ("cancel_until", json!("2090-03-01T19:00:00.000001Z"), "cancel_until"),
        ] {
            let request = self.organizer.request(Method::PATCH, &path).json(&json!({ member: value }));
            self.add_field(format!("edit {member} {value}"), request, INVALID_FIELD, field);
        }
        let status = self.organizer.request(Method::PATCH, &path).json(&json!({ "status": "CANCELLED" }));
        self.add_field("edit the status", status, INVALID_BODY, "status");
        let tag = self.organizer.request(Method::PATCH, &path).json(&json!({})).header("If-Match", "nonsense");
        self.add("edit with a tag that is none", tag, 400, "malformed-header");
    }

    fn administration(&mut self) {
        let person = format!("/admin/users/{}", self.person);
        for (member, value) in [
            ("role", json!("KING")),
            ("role", json!("admin")),
            ("role", json!(null)),
            ("role", json!(1)),
            ("is_active", json!(null)),
            ("is_active", json!("false")),
            ("is_active", json!(0)),
            ("email", json!("new@example.com")),
            ("password_hash", json!("!")),
            ("kind", json!("SIMULATED")),
        ] {
            let request = self.admin.request(Method::PATCH, &person).json(&json!({ member: value }));
            self.add_field(format!("change a user's {member} to {value}"), request, INVALID_BODY, member);
        }
        let password = format!("{person}/password");
        for weak in ["", "too short", &"x".repeat(72), "with a NUL \u{0} inside"] {
            let request = self.admin.request(Method::POST, &password).json(&json!({ "new_password": weak }));
            self.add_field(format!("reset to {weak:?}"), request, INVALID_FIELD, "new_password");
        }
        let shapes = [
            (json!({}), "new_password"),
            (json!({ "new_password": null }), "new_password"),
            (json!({ "new_password": "long enough, really", "current_password": "x" }), "current_password"),
        ];
        for (body, field) in shapes {
            let request = self.admin.request(Method::POST, &password).json(&body);
            self.add_field(format!("reset with {body}"), request, INVALID_BODY, field);
        }
        for (list, parameter, values) in [
            ("/admin/users", "role", &["admin", "", "KING", "%00"][..]),
            ("/admin/users", "is_active", &["1", "", "yes", "True"]),
            ("/admin/users", "q", &["%00", "a%0Ab"]),
            ("/admin/audit", "actor_id", &["x", "", "1", "019b7766-0000-7000-8000-00000001000g"]),
            ("/admin/audit", "subject_id", &["x", "", "%00"]),
            ("/admin/audit", "action", &["", "event_edited", "DROP", "%00"]),
        ] {
            for value in values {
                let request = self.admin.request(Method::GET, &format!("{list}?{parameter}={value}"));
                self.add_field(format!("{list} {parameter} {value:?}"), request, INVALID_FIELD, parameter);
            }
        }
    }

    fn ids(&mut self) {
        let unknown = Uuid::now_v7().to_string();
        let ids =
            ["x", "1", "%00", "%F0%9F%92%A9", "..%2f", "019b7766-0000-7000-8000-00000001000g", "' or 1=1", &unknown];
        for id in ids {
            let change = json!({ "title": "New" });
            let registration = format!("/events/{}/registrations/{id}", self.published);
            let requests = [
                self.anonymous.request(Method::GET, &format!("/events/{id}")),
                self.admin.request(Method::GET, &format!("/events/{id}")),
                self.audience.request(Method::POST, &format!("/events/{id}/register")),
                self.audience.request(Method::DELETE, &format!("/events/{id}/registrations/{unknown}")),
                self.audience.request(Method::DELETE, &registration),
                self.admin.request(Method::GET, &format!("/organizer/events/{id}")),
                self.admin.request(Method::PATCH, &format!("/organizer/events/{id}")).json(&change),
                self.admin.request(Method::POST, &format!("/organizer/events/{id}/publish")),
                self.admin.request(Method::POST, &format!("/organizer/events/{id}/cancel")),
                self.admin.request(Method::GET, &format!("/organizer/events/{id}/analytics")),
                self.admin.request(Method::GET, &format!("/organizer/events/{id}/attendees")),
                self.admin.attendees_accepting(id, "", "text/csv"),
                self.admin.request(Method::POST, &format!("/admin/events/{id}/simulate?users=1")),
                self.admin.request(Method::GET, &format!("/admin/events/{id}/simulation")),
                self.admin.request(Method::DELETE, &format!("/admin/events/{id}/simulation")),
                self.admin.request(Method::POST, &format!("/admin/events/{id}/simulations/{unknown}/stop")),
                self.admin.request(Method::POST, &format!("/admin/events/{}/simulations/{id}/stop", self.published)),
                self.admin.request(Method::PATCH, &format!("/admin/users/{id}")).json(&json!({ "is_active": false })),
                self.admin
                    .request(Method::POST, &format!("/admin/users/{id}/password"))
                    .json(&json!({ "new_password": PASSWORD })),
            ];
            for (n, request) in requests.into_iter().enumerate() {
                self.add(format!("id {id:?}, request {n}"), request, 404, "not-found");
            }
        }
        let theirs = self.of_others.clone();
        let requests = [
            self.organizer.request(Method::GET, &format!("/organizer/events/{theirs}")),
            self.organizer.request(Method::PATCH, &format!("/organizer/events/{theirs}")).json(&json!({"capacity": 9})),
            self.organizer.request(Method::GET, &format!("/organizer/events/{theirs}/analytics")),
            self.organizer.request(Method::GET, &format!("/organizer/events/{theirs}/attendees")),
            self.organizer.attendees_accepting(&theirs, "", "text/csv"),
            self.organizer.request(Method::POST, &format!("/organizer/events/{theirs}/publish")),
            self.organizer.request(Method::POST, &format!("/organizer/events/{theirs}/cancel")),
            self.audience.request(Method::POST, &format!("/events/{}/register", self.draft)),
        ];
        for (n, request) in requests.into_iter().enumerate() {
            self.add(format!("somebody else's, request {n}"), request, 404, "not-found");
        }
        let own = self.organizer.request(Method::POST, &format!("/events/{}/register", self.draft));
        self.add("booking one's own draft", own, 409, "event-not-published");
    }

    fn queries(&mut self) {
        for users in ["0", "100001", "-1", "", "many", "1.5", "99999999999999999999", "+"] {
            let path = format!("/admin/events/{}/simulate?users={users}", self.published);
            let request = self.admin.request(Method::POST, &path);
            self.add_field(format!("simulate {users:?}"), request, INVALID_FIELD, "users");
            let request = self.admin.request(Method::POST, &path).header("Prefer", "respond-async");
            self.add_field(format!("simulate {users:?}, watched"), request, INVALID_FIELD, "users");
        }
        let attendees = format!("/organizer/events/{}/attendees", self.published);
        let lists = ["/events", "/me/registrations", "/organizer/events", &attendees, "/admin/users", "/admin/audit"];
        for list in lists {
            for limit in ["0", "101", "-1", "x", ""] {
                let request = self.admin.request(Method::GET, &format!("{list}?limit={limit}"));
                self.add_field(format!("{list} limit {limit:?}"), request, INVALID_FIELD, "limit");
            }
            for cursor in [
                "x",
                "",
                "%00",
                "1_2",
                "9223372036854775807_019b7766000070008000000000010000",
                "-212000000000000000_00000000000000000000000000000000",
            ] {
                let request = self.admin.request(Method::GET, &format!("{list}?cursor={cursor}"));
                self.add_field(format!("{list} cursor {cursor:?}"), request, INVALID_FIELD, "cursor");
            }
            let unknown = self.admin.request(Method::GET, &format!("{list}?sort=title"));
            self.add_field(format!("{list} sort"), unknown, INVALID_FIELD, "sort");
            let twice = self.admin.request(Method::GET, &format!("{list}?limit=1&limit=2"));
            self.add_field(format!("{list} limit twice"), twice, INVALID_FIELD, "limit");
        }
        let many = vec![self.published.clone(); 100].join(",");
        let too_many: Vec<_> = (0..101).map(|_| Uuid::now_v7().to_string()).collect();
        for (what, query) in [
            ("none", String::new()),
            ("empty", "?events=".to_owned()),
            ("no id", "?events=x".to_owned()),
            ("a NUL", "?events=%00".to_owned()),
            ("a comma too many", format!("?events={many},")),
            ("too many", format!("?events={}", too_many.join(","))),
        ] {
            let request = self.anonymous.request(Method::GET, &format!("/live{query}"));
            self.add_field(format!("live: {what}"), request, INVALID_FIELD, "events");
        }
        for (what, q) in [("too long", "x".repeat(101)), ("a NUL", "%00".to_owned()), ("a newline", "a%0Ab".to_owned())]
        {
            let request = self.anonymous.request(Method::GET, &format!("/events?q={q}"));
            self.add_field(format!("a search: {what}"), request, INVALID_FIELD, "q");
            let request = self.organizer.request(Method::GET, &format!("{attendees}?q={q}"));
            self.add_field(format!("a search for people: {what}"), request, INVALID_FIELD, "q");
        }
        for status in ["", "confirmed", "STANDING", "CONFIRMED,CANCELLED"] {
            let request = self.organizer.request(Method::GET, &format!("{attendees}?status={status}"));
            self.add_field(format!("attendees of status {status:?}"), request, INVALID_FIELD, "status");
        }
        let cursor = format!("?cursor={}", Uuid::now_v7());
        for (query, field) in [("?limit=5", "limit"), (cursor.as_str(), "cursor"), ("?status=x", "status")] {
            let request = self.organizer.attendees_accepting(&self.published, query, "text/csv");
            self.add_field(format!("a file with {query}"), request, INVALID_FIELD, field);
        }
        for accept in ["text/html", "application/xml, image/*", "*/*;q=0", "nonsense, text/html"] {
            let request = self.organizer.attendees_accepting(&self.published, "", accept);
            self.add(format!("attendees as {accept}"), request, 406, "not-acceptable");
        }
        let path = format!("/organizer/events/{}/analytics?interval=60", self.published);
        let interval = self.organizer.request(Method::GET, &path);
        self.add_field("analytics with a parameter", interval, INVALID_FIELD, "interval");
        let path = format!("/events/{}/register?seats=2", self.published);
        let seats = self.audience.request(Method::POST, &path);
        self.add_field("a booking with a parameter", seats, INVALID_FIELD, "seats");
        let path = format!("/events/{}/register", self.published);
        for key in ["", "a b", "k\u{e9}", &"k".repeat(129)] {
            let request = self.audience.request(Method::POST, &path).header("Idempotency-Key", key);
            self.add_field(format!("key {key:?}"), request, INVALID_FIELD, "Idempotency-Key");
        }
        let twice = self.audience.request(Method::POST, &path);
        let twice = twice.header("Idempotency-Key", "a").header("Idempotency-Key", "b");
        self.add_field("two keys", twice, INVALID_FIELD, "Idempotency-Key");
    }
}

/// Everything that a request could have changed.
async fn all_there_is(stage: &Stage, cases: &Cases) -> Vec<String> {
    let mut all = Vec::new();
    let events = cases.admin.get("/organizer/events?limit=100").await.expect(200);
    for event in events["items"].as_array().unwrap() {
        all.push(event.to_string());
        let registrations = stage.registrations(event["id"].as_str().unwrap()).await;
        all.push(format!("{registrations:?}"));
    }
    all.push(format!("{:?}", stage.user("bad@example.com").await));
    all.push(cases.admin.users("?limit=100").await.text);
    all.push(cases.admin.audit("?limit=100").await.text);
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_is_told_what_is_wrong_with_it_and_changes_nothing() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let mut cases = Cases {
        anonymous: stage.anonymous().0,
        audience: stage.audience().await,
        admin: stage.admin().await,
        person: stage.person(Role::Audience).await.id,
        draft: organizer.draft(5).await,
        published: organizer.published(5).await,
        of_others: stage.organizer().await.published(5).await,
        organizer,
        list: Vec::new(),
    };
    stage.audience().await.book(&cases.published).await.expect(201);
    cases.bodies();
    cases.accounts();
    cases.events();
    cases.administration();
    cases.ids();
    cases.queries();
    let before = all_there_is(&stage, &cases).await;
    let mut wrong = Vec::new();
    for Case { what, request, expected } in std::mem::take(&mut cases.list) {
        let answer = send(request).await;
        let (status, code, field) = expected;
        let named = field.is_none_or(|field| answer.body["field"] == field);
        let helps = answer.body["detail"].as_str().is_some_and(|detail| detail.len() > 10);
        if (answer.status, answer.problem()) != (status, code) || !named || !helps {
            wrong.push(format!("{what}: expected {expected:?}, got {} {}", answer.status, answer.text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(all_there_is(&stage, &cases).await, before);
    assert_eq!(stage.people(Role::Audience, 1).await.len(), 1, "the database still works");
}

#[tokio::test(flavor = "multi_thread")]
async fn quotes_from_a_request_are_short_and_stay_json() {
    let stage = Stage::set().await;
    let name = format!("{}\u{0}\"<script>", "x".repeat(5_000));
    let problem = stage.anonymous().register(&json!({ name: 1 })).await.expect_problem(422, INVALID_BODY);
    assert!(problem["detail"].as_str().unwrap().len() < 1_500);
    let path = format!("/events?{}=1", "x".repeat(5_000));
    let problem = stage.anonymous().get(&path).await.expect_problem(422, INVALID_FIELD);
    assert!(problem["field"].as_str().unwrap().len() < 100);
}
