//! Published events, as everybody sees them.

use domain::accounts::Role;
use domain::events::{EventDetails, EventStatus};
use domain::ids::EventId;
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use server::services::public_events::AGE_MAX;
use testdb::patience::outlast;
use tokio_postgres::NoTls;
use uuid::Uuid;

use crate::client::{Audience, Organizer, event_body, send};
use crate::lifecycle::lock_is_wanted;
use crate::stage::Stage;

/// Waits until everything that was shown before is too old to be shown again.
async fn pass_a_moment() {
    outlast(AGE_MAX).await;
}

fn titles(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|event| event["title"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_seen_by_those_only_who_run_it() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let draft = organizer.draft(5).await;
    stage.anonymous().event(&draft).await.expect_problem(404, "not-found");
    stage.audience().await.event(&draft).await.expect_problem(404, "not-found");
    stage.organizer().await.event(&draft).await.expect_problem(404, "not-found");
    let seen = organizer.event(&draft).await;
    assert_eq!(seen.header("cache-control"), Some("no-store"));
    assert_eq!(seen.expect(200)["status"], "DRAFT");
    assert_eq!(stage.admin().await.event(&draft).await.expect(200)["status"], "DRAFT");
    assert_eq!(stage.anonymous().events("").await.expect(200)["items"], json!([]));

    organizer.publish(&draft).await.expect(200);
    assert_eq!(stage.anonymous().event(&draft).await.expect(200)["status"], "PUBLISHED");
    assert_eq!(titles(&stage.anonymous().events("").await.expect(200)), ["A concert"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_has_what_is_published_the_next_one_first_page_by_page() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    for (title, year) in [("third", 2093), ("first", 2091), ("second", 2092), ("second too", 2092)] {
        let mut body = event_body(5);
        body["title"] = json!(title);
        body["starts_at"] = json!(format!("{year}-03-01T19:00:00.000001Z"));
        body["ends_at"] = json!(format!("{year}-03-01T22:00:00Z"));
        let event = organizer.create(&body).await.expect(201);
        organizer.publish(event["id"].as_str().unwrap()).await.expect(200);
    }
    organizer.draft(5).await;
    let cancelled = organizer.published(5).await;
    organizer.cancel(&cancelled).await.expect(200);

    let anonymous = stage.anonymous();
    let whole = anonymous.events("").await.expect(200);
    assert_eq!(titles(&whole), ["first", "second", "second too", "third"]);
    assert_eq!(whole["next_cursor"], Value::Null);

    let (mut seen, mut query) = (Vec::new(), "?limit=1".to_owned());
    loop {
        let page = anonymous.events(&query).await.expect(200);
        seen.extend(titles(&page).into_iter().map(str::to_owned));
        match page["next_cursor"].as_str() {
            Some(cursor) => query = format!("?limit=1&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(seen, ["first", "second", "second too", "third"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_looks_for_the_text_as_it_stands() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    for (title, location) in [("100% Jazz", "Berlin"), ("Rock_n_Roll", "Hamburg"), ("Jazz night", "Köln")] {
        let mut body = event_body(5);
        body["title"] = json!(title);
        body["location"] = json!(location);
        let event = organizer.create(&body).await.expect(201);
        organizer.publish(event["id"].as_str().unwrap()).await.expect(200);
    }
    for (query, expected) in [
        ("jazz", vec!["100% Jazz", "Jazz night"]),
        ("%25", vec!["100% Jazz"]),
        ("_", vec!["Rock_n_Roll"]),
        ("k%C3%B6LN", vec!["Jazz night"]),
        ("%5C", vec![]),
        ("'", vec![]),
        ("+", vec!["100% Jazz", "Rock_n_Roll", "Jazz night"]),
    ] {
        let page = stage.anonymous().events(&format!("?q={query}")).await.expect(200);
        let mut found = titles(&page);
        found.sort_unstable();
        let mut expected = expected;
        expected.sort_unstable();
        assert_eq!(found, expected, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_narrowed_by_time_place_and_price() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    for (title, location, day, amount) in
        [("one", "Berlin", 1, 0), ("two", "Köln", 2, 500), ("three", "Berlin Mitte", 3, 500), ("four", "Bern", 4, 0)]
    {
        let mut body = event_body(5);
        body["title"] = json!(title);
        body["location"] = json!(location);
        body["starts_at"] = json!(format!("2090-03-0{day}T19:00:00Z"));
        body["ends_at"] = json!(format!("2090-03-0{day}T22:00:00Z"));
        let event = organizer.create(&body).await.expect(201)["id"].as_str().unwrap().to_owned();
        if amount > 0 {
            let paid = |document: &mut Value| {
                document["currency"] = json!("EUR");
                document["ticket_types"][0]["prices"][0]["amount"] = json!(amount);
            };
            organizer.change_tickets(&event, paid).await;
        }
        organizer.publish(&event).await.expect(200);
    }
    // A price of 0 that only a code unlocks makes no event free.
    let hidden = "insert into prices (event_id, number, ticket_type, name, amount, code) \
                  select id, 2, 1, 'Friends', 0, 'FRIENDS' from events where title = 'two'";
    stage.execute(hidden).await;

    for (query, expected) in [
        ("from=2090-03-02T21:59:59.999999Z", vec!["two", "three", "four"]),
        ("from=2090-03-02T22:00:00Z", vec!["three", "four"]),
        ("to=2090-03-02T19:00:00Z", vec!["one"]),
        ("to=2090-03-02T20:00:00.000001%2B01:00", vec!["one", "two"]),
        ("from=2090-03-02T00:00:00Z&to=2090-03-04T00:00:00Z", vec!["two", "three"]),
        ("from=2090-03-04T00:00:00Z&to=2090-03-02T00:00:00Z", vec![]),
        ("from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z", vec!["one", "two", "three", "four"]),
        ("place=berlin", vec!["one", "three"]),
        ("place=mitte%20berlin", vec!["three"]),
        ("place=koeln", vec!["two"]),
        ("place=keeln", vec![]),
        ("place=one", vec![]),
        ("free=true", vec!["one", "four"]),
        ("free=false", vec!["two", "three"]),
        ("free=false&place=berlin&q=three&from=2090-03-02T00:00:00Z", vec!["three"]),
        ("free=true&q=thre", vec![]),
        ("q=brelin%20treeh", vec![]),
        ("q=brelin%20tree", vec!["three"]),
    ] {
        let (mut seen, mut page_query) = (Vec::new(), format!("?limit=2&{query}"));
        loop {
            let page = stage.anonymous().events(&page_query).await.expect(200);
            seen.extend(titles(&page).into_iter().map(str::to_owned));
            match page["next_cursor"].as_str() {
                Some(cursor) => page_query = format!("?limit=2&{query}&cursor={cursor}"),
                None => break,
            }
        }
        assert_eq!(seen, expected, "{query}");
    }
    for query in ["from=", "from=2090-03-02", "to=tomorrow", "from=2090-03-02T00:00:00+01:00", "free=yes", "free="] {
        let field = query.split_once('=').unwrap().0;
        let problem = stage.anonymous().events(&format!("?{query}")).await;
        assert_eq!(problem.expect_problem(422, "invalid-field")["field"], field, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn searches_that_hang_keep_neither_another_address_nor_an_account_from_its_own() {
    let stage = Stage::set_with(&[("ONSALE__SERVER__TRUSTED_PROXIES", "127.0.0.1")]).await;
    let (admin, anonymous) = (stage.admin().await, stage.anonymous());
    admin.published(5).await;
    let (other, connection) = tokio_postgres::connect(&stage.database.url(), NoTls).await.unwrap();
    tokio::spawn(connection);
    other.batch_execute("begin; lock table events").await.unwrap();
    // A search that hangs is ended by its own time limit, which is longer than others wait for its place.
    let search = async |address: &str| {
        let request = anonymous.request(Method::GET, "/events?q=made-up").header("X-Forwarded-For", address);
        let answer = send(request).await;
        (answer.status, answer.problem().to_owned())
    };
    let is_busy = |(status, kind): &(u16, String)| *status == 503 && kind == "busy";
    let of_one = async {
        let answers = join_all(["2001:db8::1", "2001:db8::2", "2001:db8::3"].map(search)).await;
        assert_eq!(answers.iter().filter(|answer| is_busy(answer)).count(), 2, "{answers:?}");
    };
    let others = async {
        lock_is_wanted(&stage.database.url()).await;
        let of_other = async {
            let answer = search("192.0.2.1").await;
            assert!(!is_busy(&answer), "{answer:?}");
        };
        let of_admin = async {
            for _ in 0..5 {
                admin.users("?q=a").await.expect(200);
            }
        };
        tokio::join!(of_other, of_admin)
    };
    tokio::join!(of_one, others);
    other.batch_execute("rollback").await.unwrap();
    assert_eq!(titles(&anonymous.events("?q=concert").await.expect(200)).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_is_never_answered_from_an_earlier_one() {
    let stage = Stage::set().await;
    let other = stage.another_server().await;
    let organizer = stage.organizer().await;
    for found in 0..3 {
        let page = other.anonymous().events("?q=concert").await.expect(200);
        assert_eq!(titles(&page).len(), found);
        // The other server does not hear of it.
        organizer.published(5).await;
    }
    other.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_has_not_changed_is_not_sent_again() {
    let stage = Stage::set().await;
    let event = stage.organizer().await.published(5).await;
    let first = stage.anonymous().event(&event).await;
    assert_eq!(first.header("cache-control"), Some("no-cache"));
    let tag = first.header("etag").unwrap().to_owned();
    assert!(tag.starts_with("\"2.2-"), "the edit version and the last decision, then the organizer: {tag}");
    let ask = async |tag: &str| {
        let request = stage.anonymous().request(Method::GET, &format!("/events/{event}"));
        send(request.header("If-None-Match", tag)).await
    };
    for unknown in ["\"x\"", "W/\"2.1\"", "2.2", "\"2.2,\"", "*, \"x\""] {
        assert_eq!(ask(unknown).await.status, 200, "{unknown}");
    }
    for tag in [&tag, &format!("W/{tag}"), &format!("\"x\", {tag}"), &format!("\"a,b\" ,W/{tag},"), "*"] {
        let same = ask(tag).await;
        assert_eq!((same.status, same.text.as_str()), (304, ""), "{tag}");
        assert_eq!(same.header("etag"), first.header("etag"));
    }
    stage.audience().await.book(&event).await.expect(201);
    pass_a_moment().await;
    let changed = ask(&tag).await;
    assert_eq!(changed.header("etag").unwrap(), tag.replace("2.2", "2.3"), "a booking is no edit");
    assert_eq!(changed.expect(200)["seats_remaining"], 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_says_who_runs_it_and_publishes_nobodys_address_without_being_asked() {
    let stage = Stage::set().await;
    let person = stage.person(Role::Organizer).await;
    let organizer = Organizer(Audience(stage.session(&person)));
    let event = organizer.published(5).await;
    let (shown, anonymous) = (stage.anonymous().event(&event).await, stage.anonymous());
    let tag = shown.header("etag").unwrap().to_owned();
    let shown = shown.expect(200);
    assert_eq!(shown["organizer"], json!({ "name": "Somebody", "contact": null }));
    assert!(!shown.to_string().contains(&person.email));
    assert!(!anonymous.events("").await.expect(200).to_string().contains("description_blocks"), "lists are short");

    let wanted = json!({ "name": "The Hall", "public_contact": " HTTPS://hall.example.org/contact " });
    let changed = organizer.patch_json("/auth/me", &wanted).await.expect(200);
    assert_eq!(changed["public_contact"], "https://hall.example.org/contact");
    pass_a_moment().await;
    let ask = anonymous.request(Method::GET, &format!("/events/{event}")).header("If-None-Match", &tag);
    let shown = send(ask).await.expect(200);
    assert_eq!(shown["organizer"], json!({ "name": "The Hall", "contact": "https://hall.example.org/contact" }));
    let own = organizer.own_event(&event).await;
    // An edit expects the version of the event, whatever its organizer is called by now.
    let edited = organizer.edit_if_match(&event, &tag, &json!({ "title": "Another" })).await.expect(200);
    assert_eq!((&edited["organizer"], &own.expect(200)["organizer"]), (&shown["organizer"], &shown["organizer"]));
    organizer.edit_if_match(&event, &tag, &json!({ "title": "A third" })).await.expect_problem(412, "edit-conflict");

    for contact in [json!("+49 30 123"), json!("http://hall.example.org"), json!("javascript:alert(1)"), json!("")] {
        let refused = organizer.patch_json("/auth/me", &json!({ "public_contact": contact })).await;
        assert_eq!(refused.expect_problem(422, "invalid-field")["field"], "public_contact");
    }
    let removed = organizer.patch_json("/auth/me", &json!({ "public_contact": null })).await.expect(200);
    assert_eq!((&removed["public_contact"], &removed["name"]), (&Value::Null, &json!("The Hall")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_description_comes_as_text_and_as_a_tree() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let mut body = event_body(5);
    let description = "**Doors** at 7.\nSee https://example.org <script>";
    body["description"] = description.into();
    let event = organizer.create(&body).await.expect(201);
    organizer.publish(event["id"].as_str().unwrap()).await.expect(200);
    let shown = stage.anonymous().event(event["id"].as_str().unwrap()).await.expect(200);
    assert_eq!(
        (&shown["description"], &shown["description_blocks"]),
        (&json!(description), &event["description_blocks"])
    );
    let text = |text: &str| json!({ "kind": "text", "text": text });
    assert_eq!(
        shown["description_blocks"],
        json!([{ "kind": "paragraph", "inlines": [
            { "kind": "strong", "inlines": [text("Doors")] },
            text(" at 7."),
            { "kind": "break" },
            text("See "),
            { "kind": "link", "href": "https://example.org", "inlines": [text("https://example.org")] },
            text(" <script>"),
        ] }])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_are_at_most_a_moment_old_on_every_server() {
    let stage = Stage::set().await;
    let other = stage.another_server().await;
    let event = stage.organizer().await.published(5).await;
    for server in [&stage.server, &other] {
        assert_eq!(server.anonymous().event(&event).await.expect(200)["seats_remaining"], 5);
    }
    stage.audience().await.book(&event).await.expect(201);
    pass_a_moment().await;
    for server in [&stage.server, &other] {
        let shown = server.anonymous().event(&event).await.expect(200);
        assert_eq!((&shown["seats_remaining"], &shown["confirmed"]), (&json!(4), &json!(1)));
        assert_eq!(server.anonymous().events("").await.expect(200)["items"][0]["seats_remaining"], 4);
    }
    other.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_editor_reads_the_edit_at_once() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(5).await;
    for n in 0..5 {
        organizer.event(&event).await.expect(200);
        let lists = ["", "?from=2020-01-01T00:00:00Z"];
        for list in lists {
            organizer.events(list).await.expect(200);
        }
        let title = json!(format!("Edition {n}"));
        organizer.edit(&event, &json!({ "title": title })).await.expect(200);
        assert_eq!(organizer.event(&event).await.expect(200)["title"], title);
        for list in lists {
            assert_eq!(organizer.events(list).await.expect(200)["items"][0]["title"], title);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_copy_is_nowhere_for_nobody() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let id: EventId = admin.published(5).await.parse().unwrap();
    let mut connection = stage.connection().await;
    let event = repository::events::find(&mut connection, id).await.unwrap().unwrap();
    let details = EventDetails { title: "A hidden copy".into(), ..event.details.clone() };
    let copy = domain::events::Event { details, ..event };
    let copy = repository::rehearsals::create(&mut connection, &copy, Uuid::now_v7().into()).await.unwrap();
    assert_eq!(copy.status, EventStatus::Published);
    let copy = copy.id.to_string();

    stage.anonymous().event(&copy).await.expect_problem(404, "not-found");
    admin.event(&copy).await.expect_problem(404, "not-found");
    admin.own_event(&copy).await.expect_problem(404, "not-found");
    admin.edit(&copy, &json!({ "capacity": 9 })).await.expect_problem(404, "not-found");
    admin.publish(&copy).await.expect_problem(404, "not-found");
    admin.cancel(&copy).await.expect_problem(404, "not-found");
    admin.simulate(&copy, 3).await.expect_problem(404, "not-found");
    admin.undo(&copy).await.expect_problem(404, "not-found");
    stage.audience().await.book(&copy).await.expect_problem(404, "not-found");
    for list in ["/events", "/organizer/events"] {
        assert_eq!(titles(&admin.get(list).await.expect(200)), ["A concert"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_event_is_shown_only_if_it_was_published() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let (draft, published) = (organizer.draft(5).await, organizer.published(5).await);
    for event in [&draft, &published] {
        organizer.cancel(event).await.expect(200);
    }
    assert_eq!(stage.anonymous().event(&published).await.expect(200)["status"], "CANCELLED");
    stage.anonymous().event(&draft).await.expect_problem(404, "not-found");
    assert_eq!(organizer.own_event(&draft).await.expect(200)["status"], "CANCELLED");
}
