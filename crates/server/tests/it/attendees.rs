//! Who comes, as the organizer sees it.

use domain::accounts::Role;
use domain::api_keys::KeyPermission;
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use testdb::patience::{QUIET, eventually};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;

use crate::api_keys::Key;
use crate::client::{Answer, Audience, Organizer, event_body, open, send};
use crate::lifecycle::lock_is_wanted;
use crate::stage::Stage;

fn emails(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().unwrap();
    items.iter().map(|attendee| attendee["email"].as_str().unwrap().to_owned()).collect()
}

/// The records of a file that came whole, the header first.
fn records(file: &Answer) -> Vec<Vec<String>> {
    assert_eq!(file.status, 200, "{}", file.text);
    let text = file.text.strip_prefix('\u{feff}').expect("a byte order mark");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

async fn file(organizer: &Organizer, event: &str, query: &str) -> Answer {
    send(organizer.attendees_accepting(event, query, "text/csv")).await
}

/// People with seats, by the tables: far more than could book one by one.
async fn fill(stage: &Stage, event: &str, people: u32) {
    stage
        .execute(&format!(
            "create temporary table crowd as select ('019b0000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id, n \
             from generate_series(1, {people}) n; \
             insert into users (id, name, email, password_hash, role, kind) \
             select id, 'Person ' || n, 'person-' || n || '@example.com', '!', 'AUDIENCE', 'PERSON' from crowd; \
             insert into registrations (event_id, id, user_id, status, decision, seated_decision, registered_at, seated_at) \
             select '{event}', id, id, 'CONFIRMED', 10 + n, 10 + n, now(), now() from crowd"
        ))
        .await;
}

/// Until it is dropped or asked to roll back, whoever reads a registration waits.
async fn with_registrations_locked(stage: &Stage) -> tokio_postgres::Client {
    let (client, connection) = tokio_postgres::connect(&stage.database.url(), tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    // The journal's reader would hang as well, with a connection that the test counts on.
    eventually("the journal is read", async || {
        let left: i64 = client.query_one("select count(*) from journal", &[]).await.unwrap().get(0);
        (left == 0).then_some(())
    })
    .await;
    client.batch_execute("begin; lock table registrations").await.unwrap();
    client
}

#[tokio::test(flavor = "multi_thread")]
async fn attendees_are_listed_by_arrival_page_by_page_while_people_join_and_leave() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(3).await;
    let people = stage.people(Role::Audience, 8).await;
    let sessions: Vec<_> = people.iter().map(|person| crate::client::Audience(stage.session(person))).collect();
    let mut places = Vec::new();
    for session in &sessions[..6] {
        places.push(session.book(&event).await.body);
    }
    let first = organizer.attendees(&event, "?limit=2").await;
    assert_eq!(first.header("vary"), Some("accept"));
    let first = first.expect(200);
    assert_eq!(emails(&first), [people[0].email.clone(), people[1].email.clone()]);
    let attendee = &first["items"][0];
    for (member, expected) in [
        ("registration_id", &places[0]["id"]),
        ("user_id", &json!(people[0].id)),
        ("name", &json!("Somebody")),
        ("status", &json!("CONFIRMED")),
        ("position", &Value::Null),
        ("registered_at", &places[0]["registered_at"]),
        ("confirmed_at", &places[0]["registered_at"]),
        ("cancelled_at", &Value::Null),
    ] {
        assert_eq!(&attendee[member], expected, "{member}");
    }
    assert_eq!(attendee["event_cancelled"], false);
    for (member, expected) in [
        ("ticket_type", json!(1)),
        ("ticket_type_name", json!("Admission")),
        ("seats", json!([{ "price": 1, "name": "Admission", "amount": 0, "count": 1 }])),
        ("seat_count", json!(1)),
        ("amount", json!(0)),
        ("currency", Value::Null),
        ("held_until", Value::Null),
        ("paid_at", Value::Null),
        ("payment_id", Value::Null),
        ("owed_back", json!(0)),
        ("admitted", json!(0)),
        ("ticket_names", json!([])),
    ] {
        assert_eq!(attendee[member], expected, "{member}");
    }
    assert_eq!(attendee.as_object().unwrap().len(), 24);

    // One who was listed leaves, so that the fourth is promoted; one who was not leaves, too; and one joins.
    sessions[0].give_up(&places[0]).await.expect(200);
    sessions[4].give_up(&places[4]).await.expect(200);
    sessions[6].book(&event).await.expect(202);
    let (mut seen, mut page) = (emails(&first), first);
    while let Some(cursor) = page["next_cursor"].as_str() {
        page = organizer.attendees(&event, &format!("?limit=2&cursor={cursor}")).await.expect(200);
        seen.extend(emails(&page));
    }
    let expected = [0, 1, 2, 3, 5, 6].map(|n: usize| people[n].email.clone());
    assert_eq!(seen, expected);

    let waiting = organizer.attendees(&event, "?status=WAITLISTED").await.expect(200);
    let positions: Vec<_> = waiting["items"].as_array().unwrap().iter().map(|item| item["position"].clone()).collect();
    assert_eq!((emails(&waiting), positions), (expected[4..].to_vec(), vec![json!(1), json!(2)]));
    let gone = organizer.attendees(&event, "?status=CANCELLED").await.expect(200);
    assert_eq!(emails(&gone), [people[0].email.clone(), people[4].email.clone()]);
    assert!(gone["items"][0]["cancelled_at"].is_string());
    let seated = organizer.attendees(&event, "?status=CONFIRMED").await.expect(200);
    assert_eq!(emails(&seated), expected[1..4]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_takes_names_and_addresses_as_they_stand() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(9).await;
    for (name, email) in [("100% Ann", "a_b@example.com"), ("Bo\\b", "bob@example.org"), ("Ämilie", "em@example.com")]
    {
        let body = json!({ "name": name, "email": email, "password": crate::stage::PASSWORD });
        stage.anonymous().register(&body).await.expect(201);
        let login = stage.anonymous().login(email, crate::stage::PASSWORD).await.expect(200);
        let session = stage.anonymous().with_token(login["token"].as_str().unwrap());
        crate::client::Audience(session).book(&event).await.expect(201);
    }
    for (query, expected) in [
        ("ANN", vec!["a_b@example.com"]),
        ("%25", vec!["a_b@example.com"]),
        ("_", vec!["a_b@example.com"]),
        ("%5C", vec!["bob@example.org"]),
        ("EXAMPLE.ORG", vec!["bob@example.org"]),
        ("%C3%A4mi", vec!["em@example.com"]),
        ("'", vec![]),
        ("", vec!["a_b@example.com", "bob@example.org", "em@example.com"]),
    ] {
        let page = organizer.attendees(&event, &format!("?q={query}")).await.expect(200);
        assert_eq!(emails(&page), expected, "{query}");
        let file = file(&organizer, &event, &format!("?q={query}")).await;
        let named: Vec<_> = records(&file).into_iter().skip(1).map(|record| record[3].clone()).collect();
        assert_eq!(named, expected, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_has_all_that_match_in_the_same_columns_and_no_formulas() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let mut body = event_body(2);
    body["time_zone"] = json!("Asia/Tokyo");
    body["title"] = json!("\"Été\"; rm -rf /\\ 100% — Jazz: the Night\r");
    let event = organizer.create(&body).await.expect(201)["id"].as_str().unwrap().to_owned();
    organizer.publish(&event).await.expect(200);
    let empty = file(&organizer, &event, "").await;
    let columns = "registration_id,user_id,name,email,status,position,registered_at,confirmed_at,cancelled_at,\
                   cancellation,removal_reason,time_zone,event_cancelled,ticket_type,ticket_type_name,seats,seat_count,\
                   amount,currency,held_until,paid_at,payment_id,owed_back,admitted,ticket_names";
    assert_eq!(empty.text, format!("\u{feff}{columns}\r\n"));

    let people = stage.crowd(4).await;
    for person in &people {
        person.book(&event).await;
    }
    stage
        .execute(
            "update users set name = '=HYPERLINK(\"http://x\")', email = '+1@x.org' where role = 'AUDIENCE' \
                   and id = (select min(id::text)::uuid from users where role = 'AUDIENCE')",
        )
        .await;
    let file = file(&organizer, &event, "").await;
    assert_eq!(file.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
    // It starts late in the evening in UTC, and on the next day where it takes place.
    let disposition = "attachment; filename=\"attendees-t-rm-rf-100-jazz-the-night-2090-03-02.csv\"; \
                       filename*=UTF-8''attendees-%C3%89t%C3%A9-rm-rf-100-Jazz-the-Night-2090-03-02.csv";
    assert_eq!(file.header("content-disposition"), Some(disposition));
    assert_eq!((file.header("vary"), file.header("cache-control")), (Some("accept"), Some("no-store")));
    let records = records(&file);
    let listed = organizer.attendees(&event, "").await.expect(200);
    let listed = listed["items"].as_array().unwrap();
    assert_eq!(records.len(), 1 + listed.len());
    for (record, attendee) in records[1..].iter().zip(listed) {
        for (column, cell) in records[0].iter().zip(record) {
            let text = match &attendee[column] {
                Value::Null if column == "time_zone" => "Asia/Tokyo".to_owned(),
                Value::Null => String::new(),
                Value::String(time) if column.ends_with("_at") => {
                    let time: chrono::DateTime<chrono::Utc> = time.parse().unwrap();
                    (time + chrono::TimeDelta::hours(9)).format("%Y-%m-%d %H:%M:%S").to_string()
                }
                Value::Array(names) if column == "ticket_names" => {
                    names.iter().map(|name| name.as_str().unwrap()).collect::<Vec<_>>().join("; ")
                }
                Value::Array(seats) => format!("{} x {}", seats[0]["count"], seats[0]["name"].as_str().unwrap()),
                Value::String(text) if text.starts_with(['=', '+']) => format!("'{text}"),
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            assert_eq!(*cell, text, "{column}");
        }
    }
    assert!(records.iter().any(|record| record[2] == "'=HYPERLINK(\"http://x\")" && record[3] == "'+1@x.org"));
    assert_eq!(records.iter().map(|record| record[5].as_str()).collect::<Vec<_>>(), ["position", "", "", "1", "2"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn registrations_of_a_cancelled_event_say_so_and_nobody_counts_as_coming() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(1).await;
    let (seated, waiting, gone) = (stage.audience().await, stage.audience().await, stage.audience().await);
    let seat = seated.book_with_key(&event, "a-key").await.expect(201);
    assert_eq!(seat["event_cancelled"], false);
    waiting.book(&event).await.expect(202);
    let given_up = gone.book(&event).await.expect(202);
    gone.give_up(&given_up).await.expect(200);
    assert_eq!(organizer.analytics(&event).await.expect(200)["confirmed"], 1);
    let cancelled = organizer.cancel(&event).await.expect(200);

    let shown = [
        cancelled,
        organizer.own_event(&event).await.expect(200),
        stage.anonymous().event(&event).await.expect(200),
        organizer.analytics(&event).await.expect(200),
        seated.own_registrations().await.expect(200)["items"][0]["event"].clone(),
    ];
    for counts in shown {
        let [capacity, remaining, confirmed, waiting] =
            ["capacity", "seats_remaining", "confirmed", "waiting"].map(|member| counts[member].as_i64().unwrap());
        assert_eq!((capacity, remaining, confirmed, waiting), (1, 1, 0, 0), "{counts}");
    }
    for (person, expected) in [(&seated, true), (&waiting, true), (&gone, false)] {
        let own = person.own_registrations().await.expect(200);
        assert_eq!(own["items"][0]["event_cancelled"], expected, "{own}");
    }
    let again = seated.book_with_key(&event, "a-key").await.expect(201);
    assert_eq!((&again["id"], &again["event_cancelled"]), (&seat["id"], &json!(true)));
    let refused = waiting.book(&event).await.expect_problem(409, "already-registered");
    assert_eq!(refused["registration"]["event_cancelled"], true);
    let listed = organizer.attendees(&event, "").await.expect(200);
    assert!(listed["items"].as_array().unwrap().iter().all(|one| one["event_cancelled"] == true), "{listed}");
    let listed = organizer.attendees(&event, "?status=CANCELLED").await.expect(200);
    assert_eq!(listed["items"][0]["event_cancelled"], false, "it was given up before");
    let records = records(&file(&organizer, &event, "").await);
    assert_eq!(
        records.iter().map(|record| record[12].as_str()).collect::<Vec<_>>(),
        ["event_cancelled", "true", "true"]
    );
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_simulated_is_an_attendee() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let event = admin.published(10).await;
    admin.simulate(&event, 30).await.expect(200);
    for query in ["", "?status=CONFIRMED", "?status=WAITLISTED", "?q=a"] {
        assert_eq!(admin.attendees(&event, query).await.expect(200)["items"], json!([]), "{query}");
        assert_eq!(records(&file(&admin, &event, query).await).len(), 1, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn attendees_of_an_event_under_test_read_as_none_at_once_and_cancelled_ones_still_show() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let event = admin.published(10).await;
    let person = stage.audience().await;
    let place = person.book(&event).await.expect(201);
    person.give_up(&place).await.expect(200);
    admin.simulate(&event, 30).await.expect(200);
    let gone = admin.attendees(&event, "?status=CANCELLED").await.expect(200);
    assert_eq!(gone["items"][0]["registration_id"], place["id"]);
    // Nothing is looked through: it may be locked.
    let other = with_registrations_locked(&stage).await;
    for query in ["", "?status=CONFIRMED", "?status=WAITLISTED", "?q=a"] {
        let page = admin.attendees(&event, query).await.expect(200);
        assert_eq!((&page["items"], &page["next_cursor"]), (&json!([]), &Value::Null), "{query}");
        assert_eq!(records(&file(&admin, &event, query).await).len(), 1, "{query}");
    }
    drop(other);
}

async fn is_busy(organizer: &Organizer, event: &str, query: &str) -> bool {
    let answer = organizer.attendees(event, query).await;
    (answer.status, answer.problem()) == (503, "busy")
}

#[tokio::test(flavor = "multi_thread")]
async fn searches_that_hang_keep_no_other_account_from_its_own_and_leave_connections_to_all() {
    let stage = Stage::set_with(&[("ONSALE__DATABASE__READ_CONNECTIONS", "3")]).await;
    let (organizer, admin) = (stage.organizer().await, stage.admin().await);
    let event = organizer.published(10).await;
    let other = with_registrations_locked(&stage).await;
    // A search that hangs is ended by its own time limit, which is longer than others wait for its place.
    let of_one = async {
        let searches = ["?q=a", "?status=CONFIRMED", "?q=b"].map(|query| is_busy(&organizer, &event, query));
        let busy = join_all(searches).await;
        assert_eq!(busy.iter().filter(|is_busy| **is_busy).count(), 2);
    };
    let others = async {
        lock_is_wanted(&stage.database.url()).await;
        let reads = async {
            for _ in 0..5 {
                organizer.own_event(&event).await.expect(200);
            }
        };
        let (is_busy, ()) = tokio::join!(is_busy(&admin, &event, "?q=a"), reads);
        assert!(!is_busy);
    };
    tokio::join!(of_one, others);
    other.batch_execute("rollback").await.unwrap();
    admin.attendees(&event, "?q=a").await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_many_reads_has_everybody_once() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    for people in [999, 1_000, 1_001, 4_321] {
        let event = organizer.published(10_000).await;
        stage
            .execute(
                "truncate registrations, messages, payments, check_ins, ticket_names, transfers; \
                 delete from users where role = 'AUDIENCE'",
            )
            .await;
        fill(&stage, &event, people).await;
        let records = records(&file(&organizer, &event, "").await);
        let ids: Vec<_> = records[1..].iter().map(|record| record[0].clone()).collect();
        assert_eq!(ids.len(), usize::try_from(people).unwrap());
        assert!(ids.is_sorted_by(|a, b| a < b));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_and_files_of_a_search_have_all_who_match_however_far_apart_they_are() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(100_000).await;
    fill(&stage, &event, 45_000).await;
    // About where one request stops looking, and where the next one does.
    let sought = [1, 19_999, 20_000, 20_001, 20_002, 39_999, 40_000, 40_001, 40_002, 44_999];
    let numbers = sought.map(|n| format!("'person-{n}@example.com'")).join(", ");
    stage.execute(&format!("update users set name = 'Sought' where email in ({numbers})")).await;
    let all = sought.map(|n| format!("person-{n}@example.com")).to_vec();
    let last = vec!["person-45000@example.com".to_owned()];
    for (search, limit, expected) in [
        ("q=sought", 1, &all),
        ("q=sought", 2, &all),
        ("q=sought", 100, &all),
        ("q=person-45000@", 100, &last),
        ("q=nobody", 100, &vec![]),
        ("status=CANCELLED", 100, &vec![]),
    ] {
        let (mut seen, mut pages, mut cursor) = (Vec::new(), Vec::new(), String::new());
        loop {
            let query = format!("?{search}&limit={limit}{cursor}");
            let page = organizer.attendees(&event, &query).await.expect(200);
            seen.extend(emails(&page));
            pages.push(emails(&page).len());
            let Some(next) = page["next_cursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(&seen, expected, "{search}, {limit} a page");
        assert!(pages.iter().all(|items| *items <= limit), "{pages:?}");
        if expected.len() < 2 {
            assert!(pages.len() > 2 && pages[0] == 0, "one request looks through so many only: {pages:?}");
        }
        let file = file(&organizer, &event, &format!("?{search}")).await;
        let named: Vec<_> = records(&file).into_iter().skip(1).map(|record| record[3].clone()).collect();
        assert_eq!(&named, expected, "{search}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_breaks_off_cannot_be_taken_for_a_whole_one() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(10_000).await;
    fill(&stage, &event, 3_000).await;
    stage.execute("update registrations set registered_at = 'infinity' where decision = 2510").await;
    let mut response = open(organizer.attendees_accepting(&event, "", "text/csv")).await;
    assert_eq!(response.status(), 200);
    let mut came = 0;
    let ended = loop {
        match response.chunk().await {
            Ok(Some(part)) => came += part.len(),
            Ok(None) => break Ok(()),
            Err(error) => break Err(error),
        }
    };
    assert!(ended.is_err() && came > 1_000, "{came} bytes, and then {ended:?}");

    // What cannot even begin is a problem like others; and whoever asks for the head alone reads nothing.
    stage.execute("update registrations set registered_at = 'infinity' where decision = 20").await;
    file(&organizer, &event, "").await.expect_problem(500, "internal");
    let path = format!("/organizer/events/{event}/attendees");
    let head = send(organizer.request(Method::HEAD, &path).header("Accept", "text/csv")).await;
    assert_eq!((head.status, head.text.as_str()), (200, ""));
    assert!(head.header("content-disposition").is_some() && head.header("content-length").is_none());
    let head = send(organizer.request(Method::HEAD, &format!("{path}?limit=1"))).await;
    assert_eq!((head.status, head.header("content-type")), (200, Some("application/json")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_does_not_read_its_file_keeps_no_connection_to_the_database() {
    let stage = Stage::set_with(&[("ONSALE__DATABASE__READ_CONNECTIONS", "1")]).await;
    let organizer = stage.organizer().await;
    let event = organizer.published(100_000).await;
    fill(&stage, &event, 60_000).await;
    let request = organizer.attendees_accepting(&event, "", "text/csv").build().unwrap();
    let token = request.headers()["authorization"].to_str().unwrap();
    let head = format!(
        "GET {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: text/csv\r\nAuthorization: {token}\r\n\r\n",
        request.url().path()
    );
    let mut stalled = Vec::new();
    for _ in 0..3 {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(4_096).unwrap();
        let mut stream =
            socket.connect(stage.server.base.strip_prefix("http://").unwrap().parse().unwrap()).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut begin = [0; 12];
        stream.read_exact(&mut begin).await.unwrap();
        assert_eq!(&begin, b"HTTP/1.1 200");
        stalled.push(stream);
    }
    // Until every buffer between the server and these clients is full.
    tokio::time::sleep(QUIET).await;
    for _ in 0..5 {
        organizer.attendees(&event, "?limit=5").await.expect(200);
    }
    // They get all of it when they come round to it.
    let mut rest = Vec::new();
    stalled.remove(0).read_to_end(&mut rest).await.unwrap();
    let rest = String::from_utf8_lossy(&rest);
    assert_eq!(rest.matches("@example.com").count(), 60_000);
    assert!(rest.ends_with("\r\n0\r\n\r\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_breaks_off_where_the_key_that_asked_for_it_was_revoked() {
    let stage = Stage::set().await;
    let person = stage.person(Role::Organizer).await;
    let organizer = Organizer(Audience(stage.session(&person)));
    let event = organizer.published(100_000).await;
    fill(&stage, &event, 60_000).await;
    let key = stage.api_key(&person, &Key::of(&[KeyPermission::ManageOwnEvents])).await;
    let head = format!(
        "GET /organizer/events/{event}/attendees HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
         Accept: text/csv\r\nAuthorization: Bearer {}\r\n\r\n",
        key.text
    );
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4_096).unwrap();
    let mut stream = socket.connect(stage.server.base.strip_prefix("http://").unwrap().parse().unwrap()).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut begin = [0; 12];
    stream.read_exact(&mut begin).await.unwrap();
    assert_eq!(&begin, b"HTTP/1.1 200");
    // Until every buffer between the server and this client is full.
    tokio::time::sleep(QUIET).await;
    organizer.delete(&format!("/auth/me/api-keys/{}", key.id)).await.expect(204);
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
    let rest = String::from_utf8_lossy(&rest);
    assert!(rest.matches("@example.com").count() < 60_000 && !rest.ends_with("\r\n0\r\n\r\n"), "all of it came");
}
