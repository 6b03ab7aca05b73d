//! Tickets at the door: shown to their buyers, scanned at the gates, settled by people.

use chrono::{TimeDelta, Utc};
use domain::accounts::Role;
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use testdb::patience::eventually;
use uuid::Uuid;

use crate::client::{Answer, Audience, Client, Organizer};
use crate::stage::{Person, Stage};

/// The tickets of a booking, as its buyer sees them.
pub(crate) async fn tickets_of(buyer: &Client, registration: &Value) -> Vec<Value> {
    let (event, id) = (registration["event_id"].as_str().unwrap(), registration["id"].as_str().unwrap());
    let shown = buyer.get(&format!("/events/{event}/registrations/{id}/tickets")).await.expect(200);
    shown["tickets"].as_array().unwrap().clone()
}

/// The codes of a booking's tickets.
pub(crate) async fn codes_of(buyer: &Client, registration: &Value) -> Vec<String> {
    let code = |ticket: &Value| ticket["code"].as_str().unwrap().to_owned();
    tickets_of(buyer, registration).await.iter().map(code).collect()
}

pub(crate) fn scan_of(code: &str) -> Value {
    json!({ "code": code, "gate": "North", "device": "Phone 1", "scanned_at": Utc::now() })
}

pub(crate) async fn scan(gate: &Client, event: &str, code: &str) -> Value {
    gate.post_json(&format!("/events/{event}/check-ins"), &scan_of(code)).await.expect(200)
}

async fn scan_all(gate: &Client, event: &str, scans: &[Value]) -> Answer {
    gate.post_json(&format!("/events/{event}/check-ins/batch"), &json!({ "scans": scans })).await
}

async fn undo(gate: &Client, event: &str, id: &Value) -> Answer {
    let path = format!("/events/{event}/check-ins/{}/undo", id.as_str().unwrap());
    gate.post_json(&path, &json!({ "reason": "Scanned by mistake" })).await
}

/// An event whose door is open, although it is many years off.
pub(crate) async fn open_event(organizer: &Organizer, capacity: i32) -> String {
    let event = organizer.published(capacity).await;
    open(organizer, &event).await;
    event
}

async fn open(organizer: &Organizer, event: &str) {
    let chosen = choose(organizer, event, &json!({ "opens_minutes_before": null })).await.expect(200);
    assert_eq!(chosen["opens_minutes_before"], Value::Null);
}

/// The settings of a door that nobody has changed, with these changes.
pub(crate) fn settings_with(changes: &Value) -> Value {
    let mut settings = json!({
        "opens_minutes_before": 1_440,
        "names_minutes_before": 0,
        "transfers": true,
        "attach_tickets": false,
    });
    for (name, value) in changes.as_object().unwrap() {
        settings[name] = value.clone();
    }
    settings
}

/// Changes these settings of a door that nobody has changed before.
pub(crate) async fn choose(organizer: &Organizer, event: &str, changes: &Value) -> Answer {
    organizer.put_json(&door(event), &settings_with(changes)).await
}

fn door(event: &str) -> String {
    format!("/organizer/events/{event}/door")
}

/// Makes somebody one of the door staff of an event.
pub(crate) async fn add_staff(organizer: &Organizer, event: &str, person: &Person) {
    let staff = format!("{}/staff", door(event));
    organizer.post_json(&staff, &json!({ "email": person.email })).await.expect(200);
}

/// A check-in of somebody at an event; its id.
pub(crate) async fn checked_in(stage: &Stage, organizer: &Organizer, event: &str) -> String {
    open(organizer, event).await;
    let buyer = stage.audience().await;
    let seat = buyer.book(event).await.expect(201);
    let admitted = scan(organizer, event, &codes_of(&buyer, &seat).await[0]).await;
    assert_eq!(admitted["outcome"], "ADMITTED");
    admitted["id"].as_str().unwrap().to_owned()
}

/// Lets a booking have so many seats.
pub(crate) async fn allow_parties(organizer: &Organizer, event: &str, seats: i32) {
    let allow = |document: &mut Value| document["ticket_types"][0]["seats_per_registration"] = json!(seats);
    organizer.change_tickets(event, allow).await;
}

pub(crate) async fn book_party(buyer: &Audience, event: &str, seats: i32) -> Value {
    buyer.choose(event, &json!({ "seats": [{ "price": 1, "count": seats }] })).await.expect(201)
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_scans_at_many_gates_in_the_same_moment_one_lets_in() {
    let stage = Stage::set().await;
    let runner = stage.person(Role::Organizer).await;
    let organizer = Organizer(Audience(stage.session(&runner)));
    let event = open_event(&organizer, 5).await;
    let buyer = stage.audience().await;
    let seat = buyer.book(&event).await.expect(201);
    let code = codes_of(&buyer, &seat).await.remove(0);
    let other = stage.another_server().await;
    let elsewhere = Client::new(&other.base, Some(stage.token(&runner)));

    for round in 0..10 {
        let scans = (0..20).map(|gate| {
            let client: &Client = if gate % 2 == 0 { &organizer } else { &elsewhere };
            scan(client, &event, &code)
        });
        let answers = join_all(scans).await;
        let (admitted, others): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer["outcome"] == "ADMITTED");
        assert_eq!(admitted.len(), 1, "round {round}: {answers:?}");
        for answer in others {
            assert_eq!(answer["outcome"], "ALREADY_IN", "round {round}");
            assert_eq!(answer["check_in"], admitted[0]["check_in"], "it says when and where");
            assert_eq!(answer["ticket"]["admitted"], json!([1]));
        }
        let kept = organizer.get(&format!("/organizer/events/{event}/check-ins?state=ADMITTED")).await.expect(200);
        assert_eq!(kept["items"].as_array().unwrap().len(), 1);
        undo(&elsewhere, &event, &admitted[0]["id"]).await.expect(200);
    }
    other.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_other_ticket_is_told_why_it_does_not_let_in() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = open_event(&organizer, 20).await;
    allow_parties(&organizer, &event, 4).await;

    let gives_up = stage.audience().await;
    let given_up = gives_up.book(&event).await.expect(201);
    let code_given_up = codes_of(&gives_up, &given_up).await.remove(0);
    gives_up.give_up(&given_up).await.expect(200);
    assert_eq!(tickets_of(&gives_up, &given_up).await, [json!(null); 0]);
    assert_eq!(scan(&organizer, &event, &code_given_up).await["outcome"], "GIVEN_UP");

    let party = stage.audience().await;
    let three = book_party(&party, &event, 3).await;
    let codes = codes_of(&party, &three).await;
    assert_eq!(codes.len(), 3);
    party.reduce(&three, &json!([{ "price": 1, "count": 2 }]), "CONFIRMED").await.expect(200);
    assert_eq!(codes_of(&party, &three).await, codes[..2], "the ticket with the highest number ends");
    assert_eq!(scan(&organizer, &event, &codes[2]).await["outcome"], "GIVEN_UP");
    let admitted = scan(&organizer, &event, &codes[1]).await;
    assert_eq!(admitted["outcome"], "ADMITTED");
    assert_eq!((&admitted["ticket"]["number"], &admitted["ticket"]["seats"]), (&json!(2), &json!(2)));

    let mistyped =
        if codes[0].starts_with('A') { codes[0].replacen('A', "B", 1) } else { format!("A{}", &codes[0][1..]) };
    assert_eq!(scan(&organizer, &event, &mistyped).await["outcome"], "MISTYPED");
    for no_code in ["https://example.org/menu", "", "0000-0000-0000-0000", &"7".repeat(5_000)] {
        assert_eq!(scan(&organizer, &event, no_code).await["outcome"], "UNKNOWN", "{no_code}");
    }
    let typed = codes[0].to_lowercase().replace('-', " ").replace('0', "o");
    assert_eq!(scan(&organizer, &event, &typed).await["outcome"], "ADMITTED", "typed by hand");

    let elsewhere = open_event(&organizer, 5).await;
    let seat_elsewhere = party.book(&elsewhere).await.expect(201);
    assert_ne!(codes_of(&party, &seat_elsewhere).await[0], codes[0]);
    let qr_elsewhere = format!("{}.ZZZ", codes[0].replace('-', ""));
    assert_eq!(scan(&organizer, &event, &qr_elsewhere).await["outcome"], "OTHER_EVENT");
    assert_eq!(scan(&organizer, &elsewhere, &codes[0]).await["outcome"], "UNKNOWN", "typed, it names no event");

    let pays_later = organizer.published(5).await;
    open(&organizer, &pays_later).await;
    let (registration, payment) = organizer.paid(&pays_later, &party, true).await;
    let paid = json!({ "event_id": pays_later, "id": registration });
    let code_paid = codes_of(&party, &paid).await.remove(0);
    organizer.not_paid(&pays_later, &registration, &payment).await.expect(200);
    assert_eq!(tickets_of(&party, &paid).await, [json!(null); 0]);
    assert_eq!(scan(&organizer, &pays_later, &code_paid).await["outcome"], "UNPAID");

    choose(&organizer, &event, &json!({ "opens_minutes_before": 90 })).await.expect(200);
    let early = stage.audience().await;
    let code_early = codes_of(&early, &early.book(&event).await.expect(201)).await.remove(0);
    let answer = scan(&organizer, &event, &code_early).await;
    assert_eq!((&answer["outcome"], &answer["opens_at"]), (&json!("TOO_EARLY"), &json!("2090-03-01T17:30:00Z")));
    assert_eq!(scan(&organizer, &event, &codes[1]).await["outcome"], "ALREADY_IN");
    open(&organizer, &event).await;
    organizer.cancel(&event).await.expect(200);
    eventually("the gates know that the event is off", async || {
        (scan(&organizer, &event, &code_early).await["outcome"] == "EVENT_OFF").then_some(())
    })
    .await;
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scan_that_is_sent_many_times_is_one() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = open_event(&organizer, 5).await;
    let buyer = stage.audience().await;
    let seat = buyer.book(&event).await.expect(201);
    let code = codes_of(&buyer, &seat).await.remove(0);
    let mut sent = scan_of(&code);
    sent["id"] = json!(Uuid::now_v7());
    // The device's clock is three days ahead.
    sent["scanned_at"] = json!((Utc::now() + TimeDelta::days(3)).format("%Y-%m-%dT%H:%M:%SZ").to_string());
    let path = format!("/events/{event}/check-ins");
    let answers = join_all((0..50).map(|_| organizer.post_json(&path, &sent))).await;
    let answers: Vec<Value> = answers.into_iter().map(|answer| answer.expect(200)).collect();
    for answer in &answers {
        assert_eq!((&answer["outcome"], &answer["id"]), (&json!("ADMITTED"), &sent["id"]));
        assert_eq!(answer["check_in"], answers[0]["check_in"]);
    }
    let check_in = &answers[0]["check_in"];
    assert_eq!(check_in["at"], sent["scanned_at"]);
    let received = check_in["received_at"].as_str().unwrap().parse::<chrono::DateTime<Utc>>().unwrap();
    assert!((Utc::now() - received).abs() < TimeDelta::minutes(5), "the server's own time stands beside it");

    // Undone, it lets nobody in, however often it is sent.
    undo(&organizer, &event, &sent["id"]).await.expect(200);
    assert_eq!(organizer.post_json(&path, &sent).await.expect(200)["outcome"], "UNDONE");
    assert_eq!(scan(&organizer, &event, &code).await["outcome"], "ADMITTED");
    assert_eq!(organizer.post_json(&path, &sent).await.expect(200)["outcome"], "ALREADY_IN");

    // The id of a scan of another ticket is no scan of this one.
    let other = stage.audience().await;
    sent["code"] = json!(codes_of(&other, &other.book(&event).await.expect(201)).await[0]);
    let mixed_up = organizer.post_json(&path, &sent).await.expect(200);
    assert_eq!(mixed_up["outcome"], "UNKNOWN");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_party_comes_in_with_one_tap() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = open_event(&organizer, 10).await;
    allow_parties(&organizer, &event, 4).await;
    let buyer = stage.audience().await;
    let party = book_party(&buyer, &event, 4).await;
    let picked = |number: i64| {
        json!({
            "id": Uuid::now_v7(), "registration_id": party["id"], "number": number, "gate": "South",
            "device": "Phone 2", "scanned_at": Utc::now(),
        })
    };
    assert_eq!(scan(&organizer, &event, &codes_of(&buyer, &party).await[1]).await["outcome"], "ADMITTED");
    let scans: Vec<Value> = (1..=5).map(picked).collect();
    let answers = scan_all(&organizer, &event, &scans).await.expect(200);
    let outcomes: Vec<&Value> =
        answers["answers"].as_array().unwrap().iter().map(|answer| &answer["outcome"]).collect();
    assert_eq!(outcomes, ["ADMITTED", "ALREADY_IN", "ADMITTED", "ADMITTED", "GIVEN_UP"]);
    let shown = tickets_of(&buyer, &party).await;
    let gates: Vec<&Value> = shown.iter().map(|ticket| &ticket["checked_in"]["gate"]).collect();
    assert_eq!(gates, ["South", "North", "South", "South"]);

    let body = organizer.get(&format!("/events/{event}/door")).await.expect(200);
    eventually("the counts follow", async || {
        let body = organizer.get(&format!("/events/{event}/door")).await.expect(200);
        (body["ticket_types"][0]["admitted"] == 4).then_some(())
    })
    .await;
    assert_eq!(body["ticket_types"][0]["tickets"], 4);

    // Requests that are wrong as a whole change nothing.
    let twice = [picked(1), picked(1)].map(|mut scan| {
        scan["id"] = json!("0192f0c1-2d3e-7f40-8a5b-6c7d8e9f0a1b");
        scan
    });
    for (scans, field) in [
        (vec![], "scans"),
        ((0..101).map(|_| picked(1)).collect(), "scans"),
        (twice.to_vec(), "id"),
        (vec![json!({ "gate": "N", "device": "D", "scanned_at": Utc::now() })], "code"),
        (vec![json!({ "code": "x", "number": 1, "gate": "N", "device": "D", "scanned_at": Utc::now() })], "code"),
        (vec![picked(0)], "number"),
        (vec![picked(-1)], "number"),
        (vec![picked(11)], "number"),
        (vec![picked(1 << 40)], "number"),
        (vec![json!({ "code": "x", "gate": " ", "device": "D", "scanned_at": Utc::now() })], "gate"),
        (vec![json!({ "code": "x", "gate": "N", "device": "D".repeat(61), "scanned_at": Utc::now() })], "device"),
    ] {
        let refused = scan_all(&organizer, &event, &scans).await.expect_problem(422, "invalid-field");
        assert_eq!(refused["field"], field, "{refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn gates_that_were_alone_lose_nothing_and_their_doubles_are_settled_by_people() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = open_event(&organizer, 10).await;
    let (buyer, gone) = (stage.audience().await, stage.audience().await);
    let (seat, given_up) = (buyer.book(&event).await.expect(201), gone.book(&event).await.expect(201));
    let (code, code_gone) = (codes_of(&buyer, &seat).await.remove(0), codes_of(&gone, &given_up).await.remove(0));
    gone.give_up(&given_up).await.expect(200);

    let alone = |gate: &str, code: &str| {
        json!({
            "id": Uuid::now_v7(), "code": code, "gate": gate, "device": gate, "scanned_at": Utc::now(), "let_in": true,
        })
    };
    let (north, south, late) = (alone("North", &code), alone("South", &code), alone("South", &code_gone));
    let first = scan_all(&organizer, &event, std::slice::from_ref(&north)).await.expect(200);
    assert_eq!(first["answers"][0]["outcome"], "ADMITTED");
    let sent = [south.clone(), late.clone()];
    for _ in 0..2 {
        let answers = scan_all(&organizer, &event, &sent).await.expect(200);
        let double = &answers["answers"][0];
        assert_eq!((&double["outcome"], &double["check_in"]["id"]), (&json!("DOUBLE"), &north["id"]));
        assert_eq!(answers["answers"][1]["outcome"], "GIVEN_UP");
    }

    let list = format!("/organizer/events/{event}/check-ins?state=DOUBLE");
    let open = organizer.get(&list).await.expect(200);
    let items = open["items"].as_array().unwrap();
    let because: Vec<&Value> = items.iter().map(|item| &item["because"]).collect();
    assert!(because.len() == 2 && because.contains(&&json!("ALREADY_IN")) && because.contains(&&json!("GIVEN_UP")));
    let double = items.iter().find(|item| item["id"] == south["id"]).unwrap();
    assert_eq!(
        (&double["gate"], &double["other"]["gate"]),
        (&json!("South"), &json!("North")),
        "both stand side by side"
    );
    assert_eq!(double["name"], "Somebody");

    // The first one was the mistake: somebody is in nevertheless.
    undo(&organizer, &event, &north["id"]).await.expect(200);
    let again = scan(&organizer, &event, &code).await;
    assert_eq!((&again["outcome"], &again["check_in"]["id"]), (&json!("ALREADY_IN"), &south["id"]));
    for id in [&late["id"], &late["id"]] {
        let settled = undo(&organizer, &event, id).await.expect(200);
        assert_eq!((&settled["state"], &settled["undone"]["reason"]), (&json!("UNDONE"), &json!("Scanned by mistake")));
    }
    assert_eq!(organizer.get(&list).await.expect(200)["items"], json!([]));
    undo(&organizer, &event, &south["id"]).await.expect(200);
    assert_eq!(
        scan(&organizer, &event, &code).await["outcome"],
        "ADMITTED",
        "and once it is undone, the ticket lets in"
    );
    undo(&organizer, &event, &json!(Uuid::now_v7())).await.expect_problem(404, "not-found");

    // All of them, page by page, the newest first.
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = organizer.get(&format!("/organizer/events/{event}/check-ins?limit=1{cursor}")).await.expect(200);
        seen.extend(page["items"].as_array().unwrap().iter().map(|item| item["state"].clone()));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen, ["ADMITTED", "UNDONE", "UNDONE", "UNDONE"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn renewed_codes_end_those_of_before() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = open_event(&organizer, 10).await;
    assert_eq!(organizer.get(&door(&event)).await.expect(200)["key_since"], Value::Null, "no ticket was shown");
    let (early, buyer) = (stage.audience().await, stage.audience().await);
    let (first, seat) = (early.book(&event).await.expect(201), buyer.book(&event).await.expect(201));
    let code_in = codes_of(&early, &first).await.remove(0);
    assert_eq!(scan(&organizer, &event, &code_in).await["outcome"], "ADMITTED");
    let before = tickets_of(&buyer, &seat).await.remove(0);
    assert_eq!(tickets_of(&buyer, &seat).await.remove(0), before, "the code of a ticket stays");

    let renewed = organizer.post(&format!("{}/key", door(&event))).await.expect(200);
    assert_ne!(renewed["key_since"], Value::Null);
    let after = tickets_of(&buyer, &seat).await.remove(0);
    assert!(after["code"] != before["code"] && after["qr"] != before["qr"]);
    assert_eq!(scan(&organizer, &event, before["code"].as_str().unwrap()).await["outcome"], "UNKNOWN");
    assert_eq!(scan(&organizer, &event, after["code"].as_str().unwrap()).await["outcome"], "ADMITTED");
    let code_in = codes_of(&early, &first).await.remove(0);
    assert_eq!(scan(&organizer, &event, &code_in).await["outcome"], "ALREADY_IN", "whoever is in stays in");

    // A gate that was alone has many codes of before. They are answered together.
    let many: Vec<Value> = (0..100)
        .map(|_| {
            let mut scan = scan_of(before["code"].as_str().unwrap());
            scan["id"] = json!(Uuid::now_v7());
            scan
        })
        .collect();
    let answers = scan_all(&organizer, &event, &many).await.expect(200);
    assert!(answers["answers"].as_array().unwrap().iter().all(|answer| answer["outcome"] == "UNKNOWN"));
}

#[tokio::test(flavor = "multi_thread")]
async fn door_staff_checks_people_in_and_does_nothing_else() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let (event, other) = (open_event(&organizer, 10).await, open_event(&organizer, 10).await);
    let buyer = stage.audience().await;
    let code = codes_of(&buyer, &buyer.book(&event).await.expect(201)).await.remove(0);
    let person = stage.person(Role::Audience).await;
    let staff = Audience(stage.session(&person));
    let check_in = format!("/events/{event}/check-ins");
    staff.post_json(&check_in, &scan_of(&code)).await.expect_problem(404, "not-found");
    assert_eq!(staff.get("/me/doors").await.expect(200)["items"], json!([]));

    let list = format!("{}/staff", door(&event));
    for _ in 0..2 {
        let added = organizer.post_json(&list, &json!({ "email": person.email })).await.expect(200);
        assert_eq!((&added["user_id"], &added["email"]), (&json!(person.id), &json!(person.email)));
    }
    assert_eq!(organizer.get(&list).await.expect(200)["items"].as_array().unwrap().len(), 1);
    let doors = staff.get("/me/doors").await.expect(200);
    assert_eq!((&doors["items"][0]["id"], doors["items"].as_array().unwrap().len()), (&json!(event), 1));
    let admitted = staff.post_json(&check_in, &scan_of(&code)).await.expect(200);
    assert_eq!((&admitted["outcome"], &admitted["check_in"]["by"]), (&json!("ADMITTED"), &json!("Somebody")));
    staff.get(&format!("/events/{event}/door")).await.expect(200);
    staff.get(&format!("/events/{event}/door/tickets")).await.expect(200);
    undo(&staff, &event, &admitted["id"]).await.expect(200);

    staff.post_json(&format!("/events/{other}/check-ins"), &scan_of(&code)).await.expect_problem(404, "not-found");
    for path in [door(&event), list.clone(), format!("/organizer/events/{event}/check-ins")] {
        staff.get(&path).await.expect_problem(403, "forbidden");
    }
    let stranger = stage.organizer().await;
    stranger.post_json(&check_in, &scan_of(&code)).await.expect_problem(404, "not-found");
    stranger.post_json(&list, &json!({ "email": person.email })).await.expect_problem(404, "not-found");
    organizer.post_json(&list, &json!({ "email": "nobody@example.org" })).await.expect_problem(422, "invalid-field");

    let member = format!("{list}/{}", person.id);
    organizer.delete(&member).await.expect(204);
    organizer.delete(&member).await.expect(204);
    staff.post_json(&check_in, &scan_of(&code)).await.expect_problem(404, "not-found");
    assert_eq!(staff.get("/me/doors").await.expect(200)["items"], json!([]));
    let log = stage.admin().await.audit(&format!("?subject_id={event}")).await.expect(200);
    let actions: Vec<&Value> = log["items"].as_array().unwrap().iter().map(|entry| &entry["action"]).collect();
    assert_eq!(actions[..3], ["DOOR_STAFF_REMOVED", "DOOR_STAFF_ADDED", "DOOR_CHANGED"], "{actions:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_gates_list_has_every_ticket_by_the_digest_of_its_code() {
    use base64::Engine as _;
    use sha2::{Digest, Sha256};

    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = open_event(&organizer, 30).await;
    allow_parties(&organizer, &event, 3).await;
    let mut expected = Vec::new();
    for seats in [1, 3, 2] {
        let buyer = stage.audience().await;
        let party = book_party(&buyer, &event, seats).await;
        for (number, code) in (1..).zip(codes_of(&buyer, &party).await) {
            let digest = Sha256::digest(code.replace('-', ""));
            let digest = base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(&digest[..16]);
            expected.push((party["id"].clone(), json!(number), json!(digest)));
        }
    }
    let gone = stage.audience().await;
    let given_up = gone.book(&event).await.expect(201);
    gone.give_up(&given_up).await.expect(200);
    let last = expected.last().unwrap().clone();
    let scan = json!({
        "registration_id": last.0, "number": last.1, "gate": "East", "device": "Phone", "scanned_at": Utc::now(),
    });
    organizer.post_json(&format!("/events/{event}/check-ins"), &scan).await.expect(200);

    let mut found = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = organizer.get(&format!("/events/{event}/door/tickets?limit=2{cursor}")).await.expect(200);
        for ticket in page["items"].as_array().unwrap() {
            let is_last = ticket["digest"] == last.2;
            assert_eq!(ticket["checked_in"]["gate"], if is_last { json!("East") } else { Value::Null });
            assert_eq!((&ticket["status"], &ticket["name"]), (&json!("CONFIRMED"), &json!("Somebody")));
            found.push((ticket["registration_id"].clone(), ticket["number"].clone(), ticket["digest"].clone()));
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(found, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn organizers_see_who_has_come_and_who_is_missing() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = open_event(&organizer, 30).await;
    allow_parties(&organizer, &event, 3).await;
    assert_eq!(organizer.analytics(&event).await.expect(200)["arrivals"], Value::Null);
    let (all_in, some_in, missing) = (stage.audience().await, stage.audience().await, stage.audience().await);
    let (one, three) = (book_party(&all_in, &event, 1).await, book_party(&some_in, &event, 3).await);
    let nobody = book_party(&missing, &event, 1).await;
    scan(&organizer, &event, &codes_of(&all_in, &one).await[0]).await;
    scan(&organizer, &event, &codes_of(&some_in, &three).await[2]).await;

    let listed = async |query: &str| {
        let found = organizer.attendees(&event, query).await.expect(200);
        let row = |row: &Value| (row["registration_id"].clone(), row["admitted"].clone());
        found["items"].as_array().unwrap().iter().map(row).collect::<Vec<_>>()
    };
    let (one, three, nobody) =
        ((one["id"].clone(), json!(1)), (three["id"].clone(), json!(1)), (nobody["id"].clone(), json!(0)));
    assert_eq!(listed("").await, [one.clone(), three.clone(), nobody.clone()]);
    assert_eq!(listed("?arrived=true").await, [one]);
    assert_eq!(listed("?arrived=false").await, [three.clone(), nobody.clone()]);
    organizer.attendees(&event, "?arrived=maybe").await.expect_problem(422, "invalid-field");
    let file = organizer.attendees_accepting(&event, "?arrived=false", "text/csv").send().await.unwrap();
    let file = file.text().await.unwrap();
    let ids: Vec<&str> = file.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(ids, [three.0.as_str().unwrap(), nobody.0.as_str().unwrap()]);
    eventually("the figures count them", async || {
        let figures = organizer.analytics(&event).await.expect(200);
        (figures["arrivals"] == json!({ "tickets": 5, "admitted": 2 })).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tickets_are_shown_to_their_buyer_alone_and_only_once_they_are_confirmed() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(1).await;
    let (buyer, waits) = (stage.audience().await, stage.audience().await);
    let (seat, waiting) = (buyer.book(&event).await.expect(201), waits.book(&event).await.expect(202));
    let path = |registration: &Value| {
        format!("/events/{event}/registrations/{}/tickets", registration["id"].as_str().unwrap())
    };
    let shown = buyer.get(&path(&seat)).await;
    assert_eq!(shown.header("cache-control"), Some("no-store"));
    let shown = shown.expect(200);
    assert_eq!((&shown["status"], &shown["event"]["title"]), (&json!("CONFIRMED"), &json!("A concert")));
    let ticket = &shown["tickets"][0];
    assert_eq!((&ticket["qr"]["size"], &ticket["checked_in"]), (&json!(29), &Value::Null));
    let none = waits.get(&path(&waiting)).await.expect(200);
    assert_eq!((&none["status"], &none["tickets"]), (&json!("WAITLISTED"), &json!([])));
    for other in [&waits, &stage.audience().await] {
        other.get(&path(&seat)).await.expect_problem(404, "not-found");
    }
    organizer.get(&path(&seat)).await.expect_problem(404, "not-found");
    stage.anonymous().get(&path(&seat)).await.expect_problem(401, "unauthenticated");

    let paper = buyer.request(Method::GET, &format!("{}.pdf", path(&seat))).send().await.unwrap();
    assert_eq!(paper.headers()["content-type"], "application/pdf");
    assert_eq!(paper.headers()["cache-control"], "no-store");
    let paper = paper.bytes().await.unwrap();
    assert!(paper.starts_with(b"%PDF-") && paper.len() > 10_000, "{} bytes", paper.len());
    waits.get(&format!("{}.pdf", path(&waiting))).await.expect_problem(404, "not-found");
    waits.get(&format!("{}.pdf", path(&seat))).await.expect_problem(404, "not-found");
}
