//! Messages: people are told of each change of their bookings, and of each once (P10).

use std::time::Duration;

use domain::accounts::Role;
use reqwest::Method;
use serde_json::{Value, json};
use testdb::patience::{eventually, scaled};

use crate::client::{Audience, Client, send};
use crate::mail_server::MailServer;
use crate::stage::{Person, Server, Stage};

/// The kinds of somebody's messages in the order in which they were made, once there are so many.
async fn kinds(person: &Client, count: usize) -> Vec<String> {
    let messages = messages(person, count).await;
    messages.iter().rev().map(|message| message["kind"].as_str().unwrap().to_owned()).collect()
}

async fn messages(person: &Client, count: usize) -> Vec<Value> {
    eventually(format!("{count} messages"), async || {
        let page = person.get("/me/messages").await.expect(200);
        let items = page["items"].as_array().unwrap().clone();
        (items.len() >= count).then_some(items)
    })
    .await
}

async fn client(stage: &Stage) -> (Person, Audience) {
    let person = stage.person(Role::Audience).await;
    let client = Audience(Client::new(&stage.server.base, Some(stage.token(&person))));
    (person, client)
}

pub(crate) fn with_mail(server: &MailServer) -> [(&'static str, String); 4] {
    [
        ("ONSALE__MAIL__SMTP_URL", server.url.clone()),
        ("ONSALE__MAIL__TLS", "none".to_owned()),
        ("ONSALE__MAIL__SENDER", "Onsale <tickets@onsale.example>".to_owned()),
        ("ONSALE__SITE__ADDRESS", "https://onsale.example".to_owned()),
    ]
}

pub(crate) async fn stage_with_mail(server: &MailServer) -> Stage {
    let variables = with_mail(server);
    let variables: Vec<(&str, &str)> = variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Stage::set_with(&variables).await
}

/// Has all that is left tried at once.
async fn make_due(stage: &Stage) {
    stage.execute("update messages set due_at = now() where state = 'DUE'").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_step_of_a_booking_is_told_and_giving_up_is_not() {
    let stage = Stage::set().await;
    let event = stage.organizer().await.published(1).await;
    let (first, second, third) = (stage.audience().await, stage.audience().await, stage.audience().await);
    let seat = first.book(&event).await.expect(201);
    assert_eq!(kinds(&first, 1).await, ["CONFIRMED"]);
    for waiting in [&second, &third] {
        waiting.book(&event).await.expect(202);
    }
    let told = messages(&third, 1).await;
    assert_eq!(told[0]["kind"], "IN_LINE");
    assert!(told[0]["paragraphs"].as_array().unwrap().iter().any(|text| text.as_str().unwrap().contains("number 2")));
    assert_eq!((told[0]["state"].as_str(), &told[0]["person"]), (Some("SHOWN"), &Value::Null));
    first.give_up(&seat).await.expect(200);
    assert_eq!(kinds(&second, 2).await, ["IN_LINE", "PROMOTED"]);
    // All of it has been told by now, and the others have heard nothing more.
    assert_eq!((kinds(&first, 1).await.len(), kinds(&third, 1).await.len()), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_its_payment_and_a_removal_are_told_in_the_organizers_words() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(5).await;
    organizer
        .change_tickets(&event, |document| {
            document["currency"] = json!("EUR");
            document["hold_minutes"] = json!(60);
            document["payment_instructions"] = json!("Transfer it to <b>us</b>.");
            document["ticket_types"][0]["prices"][0]["amount"] = json!(1_250);
        })
        .await;
    let buyer = stage.audience().await;
    let choice = json!({ "seats": [{ "price": 1, "count": 1 }], "amount": 1_250 });
    let held = buyer.choose(&event, &choice).await.expect(201);
    let told = messages(&buyer, 1).await;
    let text = told[0]["paragraphs"].to_string();
    assert_eq!(told[0]["kind"], "HELD");
    assert!(text.contains("EUR 12.50") && text.contains("<b>us</b>"), "{text}");
    let registration = held["id"].as_str().unwrap();
    organizer.mark_paid(&event, registration, 1_250, "a-key").await.expect(200);
    assert_eq!(kinds(&buyer, 2).await, ["HELD", "PAID"]);
    let path = format!("/organizer/events/{event}/registrations/{registration}/remove");
    organizer.post_json(&path, &json!({ "reason": "Not a member" })).await.expect(200);
    let told = messages(&buyer, 3).await;
    assert_eq!(told[0]["kind"], "REMOVED");
    assert!(told[0]["paragraphs"].to_string().contains("Not a member"));
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_with_a_booking_hears_that_the_event_moves_and_is_cancelled() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(2).await;
    let (stays, waits) = (stage.audience().await, stage.audience().await);
    let (leaver, leaves) = client(&stage).await;
    let left = leaves.book(&event).await.expect(201);
    stays.book(&event).await.expect(201);
    waits.book(&event).await.expect(202);
    kinds(&leaves, 1).await;
    leaves.give_up(&left).await.expect(200);
    let seen = organizer.get(&format!("/organizer/events/{event}")).await;
    let tag = seen.header("etag").unwrap().to_owned();
    let edit = json!({ "location": "Another hall" });
    let path = format!("/organizer/events/{event}");
    send(organizer.request(Method::PATCH, &path).header("If-Match", tag).json(&edit)).await.expect(200);
    assert_eq!(kinds(&stays, 2).await, ["CONFIRMED", "MOVED"]);
    organizer.post(&format!("/organizer/events/{event}/cancel")).await.expect(200);
    assert_eq!(kinds(&stays, 3).await, ["CONFIRMED", "MOVED", "EVENT_CANCELLED"]);
    assert_eq!(kinds(&waits, 3).await.last().unwrap(), "EVENT_CANCELLED");
    assert_eq!(kinds(&leaves, 1).await, ["CONFIRMED"], "whoever has given up is not told");
    // There is no message that is only held back, either.
    let all = organizer.get(&format!("/organizer/events/{event}/messages?limit=100")).await.expect(200);
    let is_of_leaver = |message: &&Value| message["person"]["id"] == leaver.id.to_string();
    assert_eq!(all["items"].as_array().unwrap().iter().filter(is_of_leaver).count(), 1, "{all}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_tell_a_crowd_each_thing_once_and_nothing_of_a_stress_test() {
    const PEOPLE: usize = 60;
    let stage = Stage::set().await;
    let other = stage.another_server().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(20).await;
    let crowd = stage.people(Role::Audience, PEOPLE).await;
    let bookings = crowd.iter().enumerate().map(|(nth, person)| {
        let base = if nth % 2 == 0 { &stage.server.base } else { &other.base };
        let client = Audience(Client::new(base, Some(stage.token(person))));
        let event = &event;
        async move { assert!(client.book(event).await.status < 300) }
    });
    futures_util::future::join_all(bookings).await;
    let rehearsed = organizer.published(5).await;
    stage.admin().await.simulate(&rehearsed, 50).await.expect(200);
    let admin = stage.admin().await;
    eventually("nothing is left to tell", async || {
        let outbox = admin.get("/admin/outbox").await.expect(200);
        (outbox["due"] == 0 && outbox["journal_lag_seconds"].is_null()).then_some(())
    })
    .await;
    let (client, connection) = tokio_postgres::connect(&stage.database.url(), tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let sql = "select count(*), count(distinct registration_id), count(*) filter (where event_id::text = $1), max(tries)::int \
               from messages where state = 'SHOWN'";
    let row = client.query_one(sql, &[&event]).await.unwrap();
    let people = i64::try_from(PEOPLE).unwrap();
    assert_eq!((row.get::<_, i64>(0), row.get::<_, i64>(1), row.get::<_, i64>(2)), (people, people, people));
    assert_eq!(row.get::<_, i32>(3), 1, "no message was told twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organizer_writes_to_attendees_once_and_to_no_more_than_were_shown() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(1).await;
    let (seated, waiting) = (stage.audience().await, stage.audience().await);
    seated.book(&event).await.expect(201);
    waiting.book(&event).await.expect(202);
    let counts = organizer.get(&format!("/organizer/events/{event}/audience")).await.expect(200);
    assert_eq!(counts, json!({ "confirmed": 1, "waiting": 1, "both": 2 }));
    let path = format!("/organizer/events/{event}/announcements");
    let write = async |body: Value, key: &str| {
        send(organizer.request(Method::POST, &path).header("Idempotency-Key", key).json(&body)).await
    };
    let body =
        json!({ "audience": "CONFIRMED", "subject": "Doors {{ 7 * 7 }}", "text": "They open\n\nat six.", "people": 1 });
    let written = write(body.clone(), "first").await.expect(201);
    let again = write(body.clone(), "first").await;
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(again.expect(201)["number"], written["number"]);
    let told = messages(&seated, 2).await;
    assert_eq!(
        (told[0]["kind"].as_str(), told[0]["subject"].as_str().unwrap().contains("{{ 7 * 7 }}")),
        (Some("ANNOUNCEMENT"), true)
    );
    eventually("the announcement is complete", async || {
        let all = organizer.get(&path).await.expect(200);
        (all["items"][0]["is_complete"] == true && all["items"][0]["told"] == 1).then_some(())
    })
    .await;
    assert_eq!(kinds(&waiting, 1).await, ["IN_LINE"], "it is for those with a seat");
    let crowd = stage.people(Role::Audience, 12).await;
    for person in &crowd {
        Audience(Client::new(&stage.server.base, Some(stage.token(person)))).book(&event).await.expect(202);
    }
    let grown = write(json!({ "audience": "WAITING", "subject": "x", "text": "x", "people": 1 }), "second").await;
    assert_eq!(grown.expect_problem(409, "audience-grew")["people"], 13);
    for (field, body) in [
        ("subject", json!({ "audience": "BOTH", "subject": " ", "text": "x", "people": 99 })),
        ("subject", json!({ "audience": "BOTH", "subject": "a\r\nBcc: b@example.org", "text": "x", "people": 99 })),
        ("text", json!({ "audience": "BOTH", "subject": "x", "text": "\n", "people": 99 })),
        ("text", json!({ "audience": "BOTH", "subject": "x", "text": "x".repeat(5_001), "people": 99 })),
    ] {
        let refused = write(body, "third").await.expect_problem(422, "invalid-field");
        assert_eq!(refused["field"], field);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_has_the_words_in_text_and_html_and_nothing_typed_becomes_a_header_or_markup() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    let organizer = stage.organizer().await;
    let event = organizer.published(1).await;
    stage
        .execute(&format!(
            "update events set title = '<script>alert(1)</script> ünd {{{{ 7*7 }}}}' where id = '{event}'"
        ))
        .await;
    let (person, buyer) = client(&stage).await;
    buyer.book(&event).await.expect(201);
    let mail = server.mails_to(&person.email, 1).await.remove(0);
    let id = mail.header("message-id").unwrap();
    assert!(id.ends_with("@onsale.example>"), "{id}");
    assert_eq!(mail.header("auto-submitted").unwrap(), "auto-generated");
    assert_eq!(mail.header("from").unwrap(), "Onsale <tickets@onsale.example>");
    assert!(mail.header("content-type").unwrap().starts_with("multipart/alternative"));
    let html = mail.text.split("Content-Type: text/html").nth(1).unwrap().replace("=\r\n", "");
    assert!(html.contains("&lt;script&gt;") && !html.contains("<script>"), "{html}");
    assert!(mail.header("bcc").is_none());
    assert_eq!(mail.header("to").unwrap(), person.email, "nobody writes to others under a name of their own choice");
    let shown = messages(&buyer, 1).await;
    assert_eq!((shown[0]["state"].as_str(), shown[0]["tries"].as_i64()), (Some("SENT"), Some(1)));
    assert!(shown[0]["subject"].as_str().unwrap().contains("<script>alert(1)</script> ünd {{ 7*7 }}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_is_refused_is_tried_again_or_given_up_and_every_try_has_one_id() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    let organizer = stage.organizer().await;
    let event = organizer.published(5).await;
    // Greylisting: not now.
    server.refuse("example.com", Some("450 come back later"));
    let (person, buyer) = client(&stage).await;
    buyer.book(&event).await.expect(201);
    let path = format!("/organizer/events/{event}/messages");
    let tried = async |tries: i64| {
        eventually(format!("{tries} tries"), async || {
            let page = organizer.get(&path).await.expect(200);
            (page["items"][0]["tries"] == tries && !page["items"][0]["last_error"].is_null())
                .then(|| page["items"][0].clone())
        })
        .await
    };
    let message = tried(1).await;
    assert_eq!(message["state"], "DUE");
    assert!(message["last_error"].as_str().unwrap().contains("come back later"), "{message}");
    let outbox = stage.admin().await.get("/admin/outbox").await.expect(200);
    assert_eq!((outbox["mail"].as_str(), outbox["due"].as_i64()), (Some("FAILING"), Some(1)));
    // No such mailbox: for good.
    server.refuse("example.com", Some("550 no such mailbox"));
    make_due(&stage).await;
    let failed = eventually("the message has failed", async || {
        let page = organizer.get(&format!("{path}?state=FAILED")).await.expect(200);
        page["items"].get(0).cloned()
    })
    .await;
    assert!(failed["last_error"].as_str().unwrap().contains("no such mailbox"));
    server.refuse("example.com", None);
    let id = failed["id"].as_str().unwrap().to_owned();
    let resend = format!("{path}/{id}/resend");
    organizer.post(&resend).await.expect(204);
    let first = server.mails_to(&person.email, 1).await.remove(0);
    eventually("it is sent", async || {
        (organizer.get(&path).await.expect(200)["items"][0]["state"] == "SENT").then_some(())
    })
    .await;
    organizer.post(&resend).await.expect(204);
    let both = server.mails_to(&person.email, 2).await;
    assert_eq!(both[1].header("message-id"), first.header("message-id"));
    assert!(first.header("message-id").unwrap().contains(&id));
    stage.organizer().await.post(&resend).await.expect_problem(404, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_has_become_untrue_is_not_sent() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    let event = stage.organizer().await.published(1).await;
    server.refuse("example.com", Some("450 come back later"));
    let (_, buyer) = client(&stage).await;
    let seat = buyer.book(&event).await.expect(201);
    let admin = stage.admin().await;
    let with = async |state: &str| {
        eventually(format!("a message is {state}"), async || {
            let page = admin.get(&format!("/admin/outbox/messages?state={state}")).await.expect(200);
            // A try that has not ended would make it due later.
            page["items"].get(0).cloned().filter(|message| state != "DUE" || !message["last_error"].is_null())
        })
        .await
    };
    with("DUE").await;
    buyer.give_up(&seat).await.expect(200);
    server.refuse("example.com", None);
    make_due(&stage).await;
    with("OBSOLETE").await;
    assert_eq!(server.count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_waits_while_the_server_refuses_its_sender_and_the_admin_sees_why() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    server.refuse_senders(Some("530 authentication required"));
    let event = stage.organizer().await.published(1).await;
    let (person, buyer) = client(&stage).await;
    buyer.book(&event).await.expect(201);
    let admin = stage.admin().await;
    let outbox = eventually("mail fails", async || {
        let outbox = admin.get("/admin/outbox").await.expect(200);
        (outbox["mail"] == "FAILING").then_some(outbox)
    })
    .await;
    assert!(outbox["mail_error"].as_str().unwrap().contains("authentication required"), "{outbox}");
    assert_eq!((outbox["due"].as_i64(), outbox["failed"].as_i64()), (Some(1), Some(0)));
    eventually("the try has ended", async || {
        let page = admin.get("/admin/outbox/messages").await.expect(200);
        (!page["items"][0]["last_error"].is_null()).then_some(())
    })
    .await;
    // What could not be sent stands in the program.
    assert_eq!(messages(&buyer, 1).await[0]["kind"], "CONFIRMED");
    server.refuse_senders(None);
    make_due(&stage).await;
    server.mails_to(&person.email, 1).await;
    eventually("mail goes out", async || {
        (admin.get("/admin/outbox").await.expect(200)["mail"] == "READY").then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_moves_while_it_is_under_test_tells_nobody_simulated_and_is_undone() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let event = admin.published(5).await;
    admin.post(&format!("/admin/events/{event}/simulate?users=20&dry_run=false")).await.expect(200);
    let path = format!("/organizer/events/{event}");
    let tag = admin.get(&path).await.header("etag").unwrap().to_owned();
    let edit = json!({ "location": "Another hall" });
    send(admin.request(Method::PATCH, &path).header("If-Match", tag).json(&edit)).await.expect(200);
    let announcement = json!({ "audience": "BOTH", "subject": "x", "text": "x", "people": 99 });
    admin.post_json(&format!("{path}/announcements"), &announcement).await.expect_problem(409, "event-under-test");
    eventually("the move is announced", async || {
        let connection = tokio_postgres::connect(&stage.database.url(), tokio_postgres::NoTls).await.unwrap();
        let (client, connection) = connection;
        tokio::spawn(connection);
        let sql = "select count(*) from announcements where kind = 'MOVED' and walked_at is not null";
        (client.query_one(sql, &[]).await.unwrap().get::<_, i64>(0) == 1).then_some(())
    })
    .await;
    assert_eq!(admin.get(&format!("{path}/messages")).await.expect(200)["items"], json!([]));
    admin.delete(&format!("/admin/events/{event}/simulation")).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_takes_no_announcement_and_can_still_be_deleted() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let draft = organizer.draft(5).await;
    let announcement = json!({ "audience": "BOTH", "subject": "x", "text": "x", "people": 0 });
    let path = format!("/organizer/events/{draft}/announcements");
    organizer.post_json(&path, &announcement).await.expect_problem(409, "event-not-published");
    organizer.delete_draft(&draft).await.expect(204);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_whose_server_stalls_delays_no_other_and_no_second_server_sends_it_meanwhile() {
    /// Longer than a server waits between two looks at what is due.
    const SOME_LOOKS: Duration = scaled(Duration::from_secs(1));
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    let variables = with_mail(&server);
    let variables: Vec<(&str, &str)> = variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let _other = Server::start(&stage.database.url(), &variables).await;
    let event = stage.organizer().await.published(5).await;
    let ((slow, slow_buyer), (quick, quick_buyer)) = (client(&stage).await, client(&stage).await);
    stage.execute(&format!("update users set email = 'quick@other.test' where id = '{}'", quick.id)).await;
    server.hold("example.com");
    slow_buyer.book(&event).await.expect(201);
    eventually("the mail is held", async || (server.held() == 1).then_some(())).await;
    quick_buyer.book(&event).await.expect(201);
    server.mails_to("quick@other.test", 1).await;
    tokio::time::sleep(SOME_LOOKS).await;
    server.let_go();
    assert_eq!(message_in(&slow_buyer, "SENT").await["tries"], 1);
    assert_eq!(server.mails_to(&slow.email, 1).await.len(), 1);
}

/// Somebody's only message, once it is in this state.
async fn message_in(person: &Client, state: &str) -> Value {
    eventually(format!("the message is {state}"), async || {
        let page = person.get("/me/messages").await.expect(200);
        page["items"].get(0).cloned().filter(|message| message["state"] == state)
    })
    .await
}
