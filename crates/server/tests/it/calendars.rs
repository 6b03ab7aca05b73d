//! Calendar files, read by another program than the one that wrote them.

use chrono::{DateTime, Utc};
use domain::accounts::Role;
use domain::events::EventDetails;
use ical::IcalParser;
use ical::parser::ical::component::{IcalCalendar, IcalEvent};
use reqwest::Method;
use serde_json::{Value, json};
use testdb::patience::eventually;
use uuid::Uuid;

use crate::client::{Answer, Audience, Client, event_body, send};
use crate::stage::{PASSWORD, Stage};

const LINE_OCTETS_MAX: usize = 75;

/// What a program reads of a file, whose lines are as the standard has them.
fn read(answer: &Answer) -> IcalCalendar {
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.header("content-type"), Some("text/calendar; charset=utf-8"));
    for line in answer.text.strip_suffix("\r\n").unwrap().split("\r\n") {
        assert!(line.len() <= LINE_OCTETS_MAX && !line.contains(char::is_control), "{line:?}");
    }
    let mut calendars = IcalParser::new(answer.text.as_bytes());
    let calendar = calendars.next().unwrap().unwrap();
    assert!(calendars.next().is_none());
    calendar
}

fn only(answer: &Answer) -> IcalEvent {
    let mut calendar = read(answer);
    assert_eq!(calendar.events.len(), 1, "{}", answer.text);
    calendar.events.remove(0)
}

fn value<'a>(event: &'a IcalEvent, name: &str) -> &'a str {
    let found: Vec<_> = event.properties.iter().filter(|property| property.name == name).collect();
    assert_eq!(found.len(), 1, "{name}");
    found[0].value.as_deref().unwrap_or_default()
}

async fn file(client: &Client, event: &str) -> Answer {
    client.get(&format!("/events/{event}.ics")).await
}

fn in_utc(time: &Value) -> String {
    let time: DateTime<Utc> = time.as_str().unwrap().parse().unwrap();
    time.format("%Y%m%dT%H%M%SZ").to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_is_a_file_with_one_entry_that_follows_it() {
    let stage = Stage::set_with(&[("ONSALE__SITE__ADDRESS", "https://Tickets.Example:443")]).await;
    let organizer = stage.organizer().await;
    organizer
        .patch_json("/auth/me", &json!({ "name": "Ada; \"A\"", "public_contact": "ada@example.org" }))
        .await
        .expect(200);
    let title = "ערב ג׳אז; live, \"at\" \\night ".to_owned() + &"🎷é".repeat(60);
    let body = json!({
        "title": title, "location": "Hall 1, Main Street; left", "description": "# Doors\n\nat *seven*\r\nATTACH:x",
        "starts_at": "2090-03-01T19:00:00Z", "ends_at": "2090-03-01T22:00:00Z", "time_zone": "Europe/Berlin", "capacity": 3,
    });
    let event = organizer.create(&body).await.expect(201)["id"].as_str().unwrap().to_owned();
    let published = organizer.publish(&event).await.expect(200);

    let anonymous = stage.anonymous();
    let answer = file(&anonymous, &event).await;
    assert_eq!(answer.header("cache-control"), Some("no-cache"));
    assert!(
        answer.header("content-disposition").unwrap().starts_with("inline; filename=\"event.ics\"; filename*=UTF-8''%")
    );
    let tag = answer.header("etag").unwrap().to_owned();
    let entry = only(&answer);
    for (name, expected) in [
        ("UID", event.clone()),
        ("SEQUENCE", published["edit_version"].to_string()),
        ("DTSTAMP", in_utc(&published["updated_at"])),
        ("DTSTART", "20900301T190000Z".to_owned()),
        ("DTEND", "20900301T220000Z".to_owned()),
        ("LOCATION", "Hall 1\\, Main Street\\; left".to_owned()),
        ("STATUS", "CONFIRMED".to_owned()),
        ("ORGANIZER", "mailto:ada@example.org".to_owned()),
    ] {
        assert_eq!(value(&entry, name), expected, "{name}");
    }
    assert_eq!(value(&entry, "SUMMARY").replace("\\;", ";").replace("\\,", ",").replace("\\\\", "\\"), title);
    let page = value(&entry, "URL");
    assert!(page.starts_with("https://tickets.example/e/%D7%A2"), "{page}");
    let about = value(&entry, "DESCRIPTION");
    assert!(about.starts_with("Wed\\, 1 Mar 2090\\, 20:00 – 23:00 (Europe/Berlin)\\n\\nDoors"), "{about}");
    assert!(about.contains("ATTACH:x") && about.ends_with(page), "{about}");
    assert_eq!(read(&answer).properties.iter().filter(|one| one.value.as_deref() == Some("PUBLISH")).count(), 1);

    let known = anonymous.request(Method::GET, &format!("/events/{event}.ics")).header("If-None-Match", &tag);
    let known = send(known).await;
    assert_eq!((known.status, known.text.as_str(), known.header("etag")), (304, "", Some(tag.as_str())));
    let head = send(anonymous.request(Method::HEAD, &format!("/events/{event}.ics"))).await;
    assert_eq!((head.status, head.text.as_str(), head.header("etag")), (200, "", Some(tag.as_str())));

    // Bookings do not change it, and edits do.
    stage.audience().await.book(&event).await.expect(201);
    eventually("the event is read again", async || {
        (anonymous.event(&event).await.expect(200)["confirmed"] == 1).then_some(())
    })
    .await;
    assert_eq!(file(&anonymous, &event).await.header("etag"), Some(tag.as_str()));
    let edited =
        organizer.edit(&event, &json!({ "title": "Later", "starts_at": "2090-03-01T20:00:00Z" })).await.expect(200);
    let answer = file(&anonymous, &event).await;
    assert_ne!(answer.header("etag"), Some(tag.as_str()));
    assert!(answer.header("content-disposition").unwrap().contains("\"later.ics\""));
    let entry = only(&answer);
    for (name, expected) in [
        ("UID", event.clone()),
        ("SEQUENCE", edited["edit_version"].to_string()),
        ("SUMMARY", "Later".to_owned()),
        ("DTSTART", "20900301T200000Z".to_owned()),
    ] {
        assert_eq!(value(&entry, name), expected, "{name}");
    }
    let cancelled = organizer.cancel(&event).await.expect(200);
    let entry = only(&file(&anonymous, &event).await);
    assert_eq!((value(&entry, "STATUS"), value(&entry, "UID")), ("CANCELLED", event.as_str()));
    assert_eq!(value(&entry, "SEQUENCE"), cancelled["edit_version"].to_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_see_an_event_gets_its_file_and_nobody_else() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let (draft, published) = (organizer.draft(2).await, organizer.published(2).await);
    let anonymous = stage.anonymous();
    let others = stage.organizer().await;
    file(&anonymous, &draft).await.expect_problem(404, "not-found");
    file(&others, &draft).await.expect_problem(404, "not-found");
    file(&anonymous.with_token("garbage"), &draft).await.expect_problem(401, "unauthenticated");
    let own = file(&organizer, &draft).await;
    assert_eq!(own.header("cache-control"), Some("private, no-cache"));
    assert_eq!(value(&only(&own), "STATUS"), "TENTATIVE");
    let admin = stage.admin().await;
    only(&file(&admin, &draft).await);
    only(&file(&anonymous.with_token("garbage"), &published).await);

    let mut connection = stage.connection().await;
    let event = repository::events::find(&mut connection, published.parse().unwrap()).await.unwrap().unwrap();
    let copied = domain::events::Event {
        details: EventDetails { title: "A hidden copy".into(), ..event.details.clone() },
        ..event
    };
    let copy = repository::rehearsals::create(&mut connection, &copied, Uuid::now_v7().into()).await.unwrap();
    let copy = copy.id.to_string();
    file(&anonymous, &copy).await.expect_problem(404, "not-found");
    file(&organizer, &copy).await.expect_problem(404, "not-found");
    file(&admin, &copy).await.expect_problem(404, "not-found");

    // A browser that follows a link gets the file, too, and the event's page at the event's own address.
    let asks = |path: String| anonymous.request(Method::GET, &path).header("Accept", "text/html,*/*;q=0.8");
    only(&send(asks(format!("/events/{published}.ics"))).await);
    let page = send(asks(format!("/events/{published}"))).await;
    assert!(page.header("content-type").unwrap().starts_with("text/html"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_at_other_addresses() {
    let stage = Stage::set().await;
    let anonymous = stage.anonymous();
    let event = stage.organizer().await.published(2).await;
    let (unknown, secret) = (Uuid::now_v7(), "a".repeat(32));
    for path in [
        format!("/events/{unknown}.ics"),
        "/events/x.ics".to_owned(),
        format!("/events/{event}.ics.ics"),
        format!("/events/{event}.ICS"),
        format!("/events/{event}%0d%0a.ics"),
        format!("/calendar/{secret}.ics"),
        format!("/calendar/{secret}"),
        format!("/calendar/{secret}a.ics"),
        "/calendar/x.ics".to_owned(),
        format!("/calendar/{}-.ics", "a".repeat(31)),
        "/calendar/.ics".to_owned(),
    ] {
        anonymous.get(&path).await.expect_problem(404, "not-found");
    }
    anonymous.post(&format!("/events/{event}.ics")).await.expect_problem(405, "method-not-allowed");
    anonymous.get("/auth/me/calendar").await.expect_problem(401, "unauthenticated");
}

async fn made(person: &Audience) -> String {
    let answer = person.post("/auth/me/calendar").await;
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    answer.expect(201)["path"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_persons_calendar_has_the_bookings_that_stand() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let alice = stage.audience().await;
    assert_eq!(alice.get("/auth/me/calendar").await.status, 204);
    let path = made(&alice).await;
    assert_eq!(
        alice.get("/auth/me/calendar").await.expect(200).as_object().unwrap().len(),
        1,
        "the address is told once"
    );
    let anonymous = stage.anonymous();
    let empty = anonymous.get(&path).await;
    assert_eq!(read(&empty).events.len(), 0);
    assert_eq!(empty.header("cache-control"), Some("private, no-cache"));

    let [sure, full, off] = [organizer.published(2).await, organizer.published(1).await, organizer.published(2).await];
    let confirmed = alice.book(&sure).await.expect(201);
    stage.audience().await.book(&full).await.expect(201);
    let waiting = alice.book(&full).await.expect(202);
    let called_off = alice.book(&off).await.expect(201);
    let paid = organizer.published(2).await;
    organizer
        .change_tickets(&paid, |document| {
            document["currency"] = json!("EUR");
            document["ticket_types"][0]["prices"][0]["amount"] = json!(1_000);
        })
        .await;
    let held = alice.choose(&paid, &json!({ "amount": 1_000 })).await.expect(201);
    assert_eq!(held["status"], "HELD");
    organizer.cancel(&off).await.expect(200);
    // Somebody else's booking is not Alice's.
    stage.audience().await.book(&sure).await.expect(201);

    let answer = anonymous.get(&path).await;
    let calendar = read(&answer);
    let mut found: Vec<_> =
        calendar.events.iter().map(|one| (value(one, "UID").to_owned(), value(one, "STATUS").to_owned())).collect();
    found.sort();
    let mut expected: Vec<_> =
        [(&confirmed, "CONFIRMED"), (&waiting, "TENTATIVE"), (&called_off, "CANCELLED"), (&held, "CONFIRMED")]
            .map(|(registration, status)| (registration["id"].as_str().unwrap().to_owned(), status.to_owned()))
            .into();
    expected.sort();
    assert_eq!(found, expected);
    let of = |calendar: &IcalCalendar, registration: &Value| {
        calendar.events.iter().find(|one| value(one, "UID") == registration["id"]).cloned()
    };
    let entry = of(&calendar, &waiting).unwrap();
    assert!(value(&entry, "DESCRIPTION").starts_with("You’re on the waitlist for 1 seat."));
    let host = stage.server.base.clone();
    assert!(value(&entry, "URL").starts_with(&format!("{host}/e/")), "{host}");
    let waited: i64 = value(&entry, "SEQUENCE").parse().unwrap();
    let tag = answer.header("etag").unwrap().to_owned();
    let known = send(anonymous.request(Method::GET, &path).header("If-None-Match", &tag)).await;
    assert_eq!((known.status, known.text.as_str()), (304, ""));

    organizer.edit(&full, &json!({ "capacity": 2 })).await.expect(200);
    alice.give_up(&confirmed).await.expect(200);
    let answer = anonymous.get(&path).await;
    assert_ne!(answer.header("etag"), Some(tag.as_str()));
    let calendar = read(&answer);
    assert!(of(&calendar, &confirmed).is_none());
    let entry = of(&calendar, &waiting).unwrap();
    assert_eq!(value(&entry, "STATUS"), "CONFIRMED");
    assert!(value(&entry, "SEQUENCE").parse::<i64>().unwrap() > waited);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_ends_when_it_is_replaced_or_revoked_or_its_account_ends() {
    let stage = Stage::set().await;
    let anonymous = stage.anonymous();
    let person = stage.person(Role::Audience).await;
    let alice = Audience(stage.session(&person));
    let first = made(&alice).await;
    let second = made(&alice).await;
    assert_ne!(first, second);
    anonymous.get(&first).await.expect_problem(404, "not-found");
    read(&anonymous.get(&second).await);
    for _ in 0..2 {
        assert_eq!(alice.delete("/auth/me/calendar").await.status, 204);
    }
    anonymous.get(&second).await.expect_problem(404, "not-found");
    assert_eq!(alice.get("/auth/me/calendar").await.status, 204);

    let third = made(&alice).await;
    let secret = third.strip_prefix("/calendar/").unwrap().strip_suffix(".ics").unwrap();
    let (client, connection) = tokio_postgres::connect(&stage.database.url(), tokio_postgres::NoTls).await.unwrap();
    let driving = tokio::spawn(connection);
    let stored = client
        .query_one("select users::text, calendar_digest from users where calendar_digest is not null", &[])
        .await
        .unwrap();
    assert!(!stored.get::<_, String>(0).contains(secret));
    assert_eq!(stored.get::<_, Vec<u8>>(1).len(), 32);
    // Tokens have nothing to do with it: an address outlives a sign-out, and opens nothing else.
    alice.sign_out().await;
    read(&anonymous.get(&third).await);
    anonymous.with_token(secret).get("/auth/me").await.expect_problem(401, "unauthenticated");

    let admin = stage.admin().await;
    admin.deactivate(person.id).await.expect(200);
    anonymous.get(&third).await.expect_problem(404, "not-found");
    admin.change_user(person.id, &json!({ "is_active": true })).await.expect(200);
    read(&anonymous.get(&third).await);
    let again = stage.anonymous().login(&person.email, PASSWORD).await.expect(200);
    let alice = Audience(anonymous.with_token(again["token"].as_str().unwrap()));
    alice.erase(PASSWORD).await.expect(204);
    anonymous.get(&third).await.expect_problem(404, "not-found");
    let left = client.query_one("select count(*) from users where calendar_digest is not null", &[]).await.unwrap();
    assert_eq!(left.get::<_, i64>(0), 0);
    driving.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_is_bounded_and_has_the_newest_bookings() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let person = stage.person(Role::Audience).await;
    let alice = Audience(stage.session(&person));
    let path = made(&alice).await;
    let event = organizer.create(&event_body(1)).await.expect(201)["id"].as_str().unwrap().to_owned();
    organizer.publish(&event).await.expect(200);
    let booked = alice.book(&event).await.expect(201);
    // As many events and bookings as copies of these rows, with older ids.
    let (id, user) = (booked["id"].as_str().unwrap(), person.id);
    stage
        .execute(&format!(
            "create temp table ids as select n, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid as id \
             from generate_series(1, 600) n; \
             insert into events select (jsonb_populate_record(e, jsonb_build_object('id', ids.id))).* \
             from events e, ids where e.id = '{event}'; \
             insert into ticket_types select (jsonb_populate_record(t, jsonb_build_object('event_id', ids.id))).* \
             from ticket_types t, ids where t.event_id = '{event}'; \
             insert into prices select (jsonb_populate_record(p, jsonb_build_object('event_id', ids.id))).* \
             from prices p, ids where p.event_id = '{event}'; \
             insert into registrations select (jsonb_populate_record(r, jsonb_build_object('event_id', ids.id, 'id', ids.id))).* \
             from registrations r, ids where r.id = '{id}' and r.user_id = '{user}'"
        ))
        .await;
    let calendar = read(&stage.anonymous().get(&path).await);
    assert_eq!(calendar.events.len(), 500);
    let ids: Vec<&str> = calendar.events.iter().map(|one| value(one, "UID")).collect();
    assert_eq!((ids[0], ids[1]), (id, "00000000-0000-7000-8000-000000000600"));
}
