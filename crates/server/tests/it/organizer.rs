//! Running events.

use domain::accounts::Role;
use domain::limits::{EDITS_PER_EVENT_MAX, EVENTS_PER_ORGANIZER_MAX};
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Audience, Organizer, event_body, send};
use crate::handing_over::events_of;
use crate::stage::Stage;

#[tokio::test(flavor = "multi_thread")]
async fn a_new_event_is_a_draft_with_all_that_was_said() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let body = json!({
        "title": " A concert ", "description": "Two\r\nlines", "location": "A hall",
        "starts_at": "2090-03-01T20:00:00.123456789+01:00", "ends_at": "2090-03-01T22:00:00Z",
        "time_zone": "Europe/Berlin", "sales_open_at": "2090-01-01T09:00:00Z", "sales_close_at": null, "capacity": 0,
    });
    let created = organizer.create(&body).await;
    let location = created.header("location").unwrap().to_owned();
    assert!(created.header("etag").unwrap().starts_with("\"1.1-"));
    let event = created.expect(201);
    for (member, expected) in [
        ("title", json!("A concert")),
        ("description", json!("Two\nlines")),
        ("starts_at", json!("2090-03-01T19:00:00.123456Z")),
        ("time_zone", json!("Europe/Berlin")),
        ("sales_open_at", json!("2090-01-01T09:00:00Z")),
        ("sales_close_at", Value::Null),
        ("cancel_until", Value::Null),
        ("capacity", json!(0)),
        ("seats_remaining", json!(0)),
        ("confirmed", json!(0)),
        ("waiting", json!(0)),
        ("status", json!("DRAFT")),
        ("under_test", json!(false)),
        ("edit_version", json!(1)),
    ] {
        assert_eq!(event[member], expected, "{member}");
    }
    assert_eq!(organizer.get(&location).await.expect(200), event);
}

#[tokio::test(flavor = "multi_thread")]
async fn publishing_and_cancelling_again_change_nothing_more() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.draft(5).await;
    let published = organizer.publish(&event).await.expect(200);
    assert_eq!((&published["status"], &published["edit_version"]), (&json!("PUBLISHED"), &json!(2)));
    assert_eq!(organizer.publish(&event).await.expect(200), published);
    let cancelled = organizer.cancel(&event).await.expect(200);
    assert_eq!(cancelled["status"], "CANCELLED");
    assert_eq!(organizer.cancel(&event).await.expect(200), cancelled);
    organizer.publish(&event).await.expect_problem(409, "event-cancelled");
    for change in [json!({ "capacity": 9 }), json!({ "ends_at": "2091-01-01T00:00:00Z" })] {
        organizer.edit(&event, &change).await.expect_problem(409, "event-cancelled");
    }
    let draft = organizer.draft(5).await;
    assert_eq!(organizer.cancel(&draft).await.expect(200)["status"], "CANCELLED");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_changes_what_it_names() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let mut body = event_body(5);
    body["sales_open_at"] = json!("2090-01-01T09:00:00Z");
    let before = organizer.create(&body).await.expect(201);
    let event = before["id"].as_str().unwrap();
    let unchanged = organizer.edit(event, &json!({})).await.expect(200);
    assert_eq!(unchanged, before);
    let edited = organizer.edit(event, &json!({ "title": "Another", "sales_open_at": null })).await.expect(200);
    assert_eq!((&edited["title"], &edited["sales_open_at"]), (&json!("Another"), &Value::Null));
    assert_eq!(edited["location"], before["location"]);
    assert_eq!(edited["edit_version"], 2);
    for member in ["title", "description", "location", "starts_at", "ends_at", "time_zone", "capacity"] {
        let problem = organizer.edit(event, &json!({ member: null })).await.expect_problem(422, "invalid-body");
        assert_eq!(problem["field"], member);
    }
    let problem = organizer.edit(event, &json!({ "ends_at": before["starts_at"] })).await;
    assert_eq!(problem.expect_problem(422, "invalid-field")["field"], "ends_at");
    assert_eq!(organizer.own_event(event).await.expect(200), edited);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_is_made_once_however_often_the_request_is_sent() {
    let stage = Stage::set().await;
    let other_server = stage.another_server().await;
    let person = stage.person(Role::Organizer).await;
    let organizer = Organizer(Audience(stage.session(&person)));
    let elsewhere = Organizer(Audience(other_server.session(stage.token(&person))));
    let body = event_body(5);
    // At once, on two servers.
    let senders = [&organizer, &elsewhere, &organizer, &elsewhere];
    let answers = join_all(senders.map(|sender| sender.create_with_key(&body, "k"))).await;
    let made: Vec<_> = answers.iter().map(|answer| answer.header("idempotency-replayed").is_none()).collect();
    assert_eq!(made.iter().filter(|made| **made).count(), 1, "{made:?}");
    let events: Vec<Value> = answers.into_iter().map(|answer| answer.expect(201)).collect();
    assert!(events.iter().all(|event| event == &events[0]), "{events:?}");
    let id = events[0]["id"].as_str().unwrap();
    assert_eq!(organizer.get("/organizer/events").await.expect(200)["items"].as_array().unwrap().len(), 1);

    // As it stands now, even if it could not be made any more.
    organizer.edit(id, &json!({ "title": "Another title" })).await.expect(200);
    organizer.publish(id).await.expect(200);
    let mut past = body.clone();
    past["starts_at"] = json!("2020-03-01T19:00:00Z");
    past["ends_at"] = json!("2020-03-01T20:00:00Z");
    let again = organizer.create_with_key(&past, "k").await;
    assert_eq!(again.header("location"), Some(format!("/organizer/events/{id}").as_str()));
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    let again = again.expect(201);
    assert_eq!((&again["title"], &again["status"]), (&json!("Another title"), &json!("PUBLISHED")));

    // Keys are a person's own, and a refused request leaves none behind.
    assert_ne!(stage.organizer().await.create_with_key(&body, "k").await.expect(201)["id"], events[0]["id"]);
    organizer.create_with_key(&past, "k2").await.expect_problem(422, "invalid-field");
    assert_ne!(organizer.create_with_key(&body, "k2").await.expect(201)["id"], events[0]["id"]);
    organizer.create_with_key(&body, " ").await.expect_problem(422, "invalid-field");
    other_server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_can_be_deleted_and_nothing_else_can() {
    let stage = Stage::set().await;
    let (organizer, admin) = (stage.organizer().await, stage.admin().await);
    let draft = organizer.draft(5).await;
    // Its copy was tested, which is remembered.
    admin.simulate(&draft, 3).await.expect(200);
    stage.organizer().await.delete_draft(&draft).await.expect_problem(404, "not-found");
    let gone = organizer.delete_draft(&draft).await;
    assert_eq!((gone.status, gone.text.as_str()), (204, ""));
    organizer.own_event(&draft).await.expect_problem(404, "not-found");
    organizer.publish(&draft).await.expect_problem(404, "not-found");
    organizer.delete_draft(&draft).await.expect_problem(404, "not-found");
    assert_eq!(organizer.get("/organizer/events").await.expect(200)["items"], json!([]));
    let log = admin.audit(&format!("?subject_id={draft}&action=EVENT_DELETED")).await.expect(200);
    assert_eq!(log["items"].as_array().unwrap().len(), 1, "{log}");
    let entry = &log["items"][0];
    assert_eq!((&entry["before"]["title"], &entry["after"]), (&json!("A concert"), &Value::Null));
    assert_eq!(entry["actor"]["id"], organizer.me().await.expect(200)["id"]);

    let published = organizer.published(5).await;
    let called_off = organizer.draft(5).await;
    organizer.cancel(&called_off).await.expect(200);
    for event in [&published, &called_off] {
        organizer.delete_draft(event).await.expect_problem(409, "not-a-draft");
        admin.delete_draft(event).await.expect_problem(409, "not-a-draft");
        organizer.own_event(event).await.expect(200);
    }
    admin.delete_draft(&organizer.draft(5).await).await.expect(204);

    // Whichever comes first: it is published, or gone.
    for _ in 0..10 {
        let draft = organizer.draft(5).await;
        let (published, deleted) = tokio::join!(organizer.publish(&draft), admin.delete_draft(&draft));
        match (published.status, deleted.status) {
            (200, 409) => drop(organizer.own_event(&draft).await.expect(200)),
            (404, 204) => drop(organizer.own_event(&draft).await.expect_problem(404, "not-found")),
            other => panic!("{other:?}"),
        }
    }
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_edit_at_once_one_is_told() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(5).await;
    let tag = organizer.own_event(&event).await.header("etag").unwrap().to_owned();
    // Bookings in between are no reason.
    stage.audience().await.book(&event).await.expect(201);
    let edits = ["one", "two"].map(|title| json!({ "title": title }));
    let answers = join_all(edits.iter().map(|edit| organizer.edit_if_match(&event, &tag, edit))).await;
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
    let stale = organizer.edit_if_match(&event, &tag, &json!({ "title": "three" })).await;
    assert_eq!(stale.expect_problem(412, "edit-conflict")["current_version"], 3);
    organizer.edit_if_match(&event, "*", &json!({ "title": "four" })).await.expect(200);
    organizer.edit(&event, &json!({ "title": "five" })).await.expect(200);
    for malformed in ["", ",", "5", "\"5.1", "W/5.1", "*, \"5.1\"", "\"5.1\" \"6.1\""] {
        let problem = organizer.edit_if_match(&event, malformed, &json!({ "title": "six" })).await;
        assert_eq!(problem.expect_problem(400, "malformed-header")["header"], "If-Match", "{malformed}");
    }
    assert_eq!(organizer.own_event(&event).await.expect(200)["title"], "five");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_needs_one_tag_that_matches_weak_or_not_and_among_any_others() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(5).await;
    assert!(organizer.own_event(&event).await.header("etag").unwrap().starts_with("\"2.2-"));
    for (n, unknown) in
        ["\"x\"", "W/\"x\"", "\"2\"", "\"2.x\"", "\"1.1\", \"3.1\"", "\"99999999999999999999.1\"", "\"2.2,\""]
            .into_iter()
            .enumerate()
    {
        let stale = organizer.edit_if_match(&event, unknown, &json!({ "title": format!("not {n}") })).await;
        assert_eq!(stale.expect_problem(412, "edit-conflict")["current_version"], 2, "{unknown}");
    }
    for (version, known) in
        (2..).zip(["W/\"2.2\"", "\"a,b\", W/\"3.2\" , \"1.1\"", "\"9.9\",\"4.7\",\"8.1\"", ",\"5.5\",", "\"6.2\""])
    {
        let changes = json!({ "title": format!("edition {version}") });
        let edited = organizer.edit_if_match(&event, known, &changes).await.expect(200);
        assert_eq!((&edited["edit_version"], &edited["title"]), (&json!(version + 1), &changes["title"]), "{known}");
    }
    // Several headers are one list.
    let path = format!("/organizer/events/{event}");
    let request = organizer.request(Method::PATCH, &path).json(&json!({ "title": "the last" }));
    let request = request.header("If-Match", "\"x\"").header("If-Match", "W/\"7.1\"");
    assert_eq!(send(request).await.expect(200)["edit_version"], 8);
}

#[tokio::test(flavor = "multi_thread")]
async fn seats_that_are_added_go_to_those_who_wait_and_those_that_are_taken_are_not_taken_away() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(1).await;
    let people = stage.crowd(4).await;
    for person in &people {
        person.book(&event).await;
    }
    let raised = organizer.edit(&event, &json!({ "capacity": 3 })).await.expect(200);
    for (member, expected) in [("capacity", 3), ("confirmed", 3), ("seats_remaining", 0), ("waiting", 1)] {
        assert_eq!(raised[member], expected, "{member}");
    }
    let problem = organizer.edit(&event, &json!({ "capacity": 2 })).await;
    assert_eq!(problem.expect_problem(409, "capacity-below-confirmed")["confirmed"], 3);
    let statuses = join_all(people.iter().map(|person| person.own_registrations())).await;
    let statuses: Vec<Value> = statuses.into_iter().map(|own| own.body["items"][0]["status"].clone()).collect();
    assert_eq!(statuses, ["CONFIRMED", "CONFIRMED", "CONFIRMED", "WAITLISTED"]);
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organizer_lists_and_runs_own_events_and_an_admin_all() {
    let stage = Stage::set().await;
    let (one, two, admin) = (stage.organizer().await, stage.organizer().await, stage.admin().await);
    let of_one = [one.draft(5).await, one.published(5).await];
    let of_two = two.draft(5).await;

    let ids = |page: &Value| -> Vec<String> {
        page["items"].as_array().unwrap().iter().map(|event| event["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids(&one.get("/organizer/events").await.expect(200)), [of_one[1].clone(), of_one[0].clone()]);
    assert_eq!(ids(&two.get("/organizer/events").await.expect(200)), std::slice::from_ref(&of_two));
    let first = admin.get("/organizer/events?limit=2").await.expect(200);
    assert_eq!(ids(&first), [of_two.clone(), of_one[1].clone()]);
    let cursor = first["next_cursor"].as_str().unwrap();
    let last = admin.get(&format!("/organizer/events?limit=2&cursor={cursor}")).await.expect(200);
    assert_eq!((ids(&last), &last["next_cursor"]), (vec![of_one[0].clone()], &Value::Null));

    let change = json!({ "title": "Mine" });
    for event in &of_one {
        two.own_event(event).await.expect_problem(404, "not-found");
        two.edit(event, &change).await.expect_problem(404, "not-found");
        two.publish(event).await.expect_problem(404, "not-found");
        two.cancel(event).await.expect_problem(404, "not-found");
        assert_eq!(one.own_event(event).await.expect(200)["title"], "A concert");
    }
    assert_eq!(admin.edit(&of_two, &change).await.expect(200)["title"], "Mine");
    admin.publish(&of_two).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn creating_events_in_a_loop_is_refused_in_the_end_even_at_once() {
    let stage = Stage::set().await;
    let body = event_body(5);
    for role in [Role::Organizer, Role::Admin] {
        let person = stage.person(role).await;
        let organizer = Organizer(Audience(stage.session(&person)));
        let called_off = organizer.draft(5).await;
        organizer.cancel(&called_off).await.expect(200);
        // A deleted draft counts: its entries in the audit log stay. So does an event that was handed over.
        let deleted = organizer.draft(5).await;
        organizer.delete_draft(&deleted).await.expect(204);
        let handed_over = organizer.draft(5).await;
        let other = stage.person(Role::Organizer).await;
        organizer.hand_over(&handed_over, &other.email).await.expect(204);
        let made = EVENTS_PER_ORGANIZER_MAX - 6;
        stage
            .execute(&format!(
                "insert into audit_log (id, actor_id, action, subject_kind, subject_id) select gen_random_uuid(), '{}', \
                 'EVENT_CREATED', 'EVENT', gen_random_uuid() from generate_series(1, {made})",
                person.id
            ))
            .await;
        // Neither a copy that a stress test made, nor an event of somebody else, is of the organizer's making.
        stage.execute(&events_of(&person, 9, "gen_random_uuid()")).await;
        stage.execute(&events_of(&person, EVENTS_PER_ORGANIZER_MAX, "null")).await;
        let answers = join_all((0..10).map(|_| organizer.create(&body))).await;
        let (made, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 201);
        assert_eq!(made.len(), 3);
        for answer in refused {
            answer.expect_problem(409, "too-many-events");
        }
    }
    stage.organizer().await.create(&body).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organizer_finds_and_sorts_own_events_and_sees_their_totals() {
    let stage = Stage::set().await;
    let (organizer, other, admin) = (stage.organizer().await, stage.organizer().await, stage.admin().await);
    let mut made = Vec::new();
    for (title, day) in [("Jazz", 3), ("Rock", 1), ("More jazz", 2), ("Opera", 4)] {
        let mut body = event_body(2);
        body["title"] = json!(title);
        body["starts_at"] = json!(format!("2090-03-0{day}T19:00:00Z"));
        body["ends_at"] = json!(format!("2090-03-0{day}T22:00:00Z"));
        made.push(organizer.create(&body).await.expect(201)["id"].as_str().unwrap().to_owned());
    }
    for event in &made[..3] {
        organizer.publish(event).await.expect(200);
    }
    organizer.cancel(&made[1]).await.expect(200);
    other.published(7).await;
    for person in stage.crowd(3).await {
        person.book(&made[0]).await;
    }

    let listed = async |query: &str| {
        let (mut seen, mut page_query) = (Vec::new(), format!("?limit=2&{query}"));
        loop {
            let page = organizer.get(&format!("/organizer/events{page_query}")).await.expect(200);
            assert_eq!(page["totals"].is_null(), page_query.contains("cursor"), "{page_query}");
            let items = page["items"].as_array().unwrap().iter();
            seen.extend(items.map(|event| event["title"].as_str().unwrap().to_owned()));
            match page["next_cursor"].as_str() {
                Some(cursor) => page_query = format!("?limit=2&{query}&cursor={cursor}"),
                None => break seen,
            }
        }
    };
    for (query, expected) in [
        ("", vec!["Opera", "More jazz", "Rock", "Jazz"]),
        ("sort=-created_at", vec!["Opera", "More jazz", "Rock", "Jazz"]),
        ("sort=starts_at", vec!["Rock", "More jazz", "Jazz", "Opera"]),
        ("sort=-starts_at", vec!["Opera", "Jazz", "More jazz", "Rock"]),
        ("status=DRAFT", vec!["Opera"]),
        ("status=PUBLISHED&sort=starts_at", vec!["More jazz", "Jazz"]),
        ("status=CANCELLED&sort=-starts_at", vec!["Rock"]),
        ("q=JAZZ", vec!["More jazz", "Jazz"]),
        ("q=jazz%20more&sort=starts_at", vec!["More jazz"]),
        ("q=jaazz&status=PUBLISHED&sort=-starts_at", vec!["Jazz", "More jazz"]),
        ("q=jazz&status=DRAFT", vec![]),
        ("q=concert", vec![]),
    ] {
        assert_eq!(listed(query).await, expected, "{query}");
    }

    let totals = |events: i64, published: i64, seats: i64| {
        json!({
            "events": events, "drafts": 1, "published": published, "cancelled": 1, "seats": seats, "sold": 2, "waiting": 1,
        })
    };
    let own = organizer.get("/organizer/events?limit=1&q=opera&status=DRAFT").await.expect(200);
    assert_eq!(own["totals"], totals(4, 2, 4), "whatever the filters are");
    let all = admin.get("/organizer/events").await.expect(200);
    assert_eq!(all["totals"], totals(5, 3, 11));
    for (field, value) in [("sort", "title"), ("sort", ""), ("status", "draft"), ("q", "a%00b"), ("cursor", &made[0])] {
        let refused = organizer.get(&format!("/organizer/events?{field}={value}")).await;
        assert_eq!(refused.expect_problem(422, "invalid-field")["field"], field, "{value:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_has_all_of_an_event_but_its_description_organizer_and_picture() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let mut body = event_body(5);
    body["description"] = json!("As long as a novel");
    let created = organizer.create(&body).await.expect(201);
    let event = organizer.publish(created["id"].as_str().unwrap()).await.expect(200);
    assert_eq!(event["description"], body["description"]);
    let mut listed = event.clone();
    for member in ["description", "description_blocks", "organizer", "picture"] {
        assert!(listed.as_object_mut().unwrap().remove(member).is_some(), "{member}");
    }

    assert_eq!(organizer.get("/organizer/events").await.expect(200)["items"], json!([listed]));
    assert_eq!(stage.anonymous().events("").await.expect(200)["items"], json!([listed]));
    let id = event["id"].as_str().unwrap();
    organizer.book(id).await.expect(201);
    let own = organizer.own_registrations().await.expect(200);
    assert!(own["items"][0]["event"].get("description").is_none());
    assert_eq!(own["items"][0]["event"]["title"], event["title"]);
    assert_eq!(stage.anonymous().event(id).await.expect(200)["description"], body["description"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_has_so_many_edits_and_can_still_be_published_and_cancelled() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.draft(5).await;
    // As after so many edits.
    stage.execute(&format!("update events set edit_version = {EDITS_PER_EVENT_MAX} where id = '{event}'")).await;
    let last = organizer.edit(&event, &json!({ "title": "The last one" })).await.expect(200);
    assert_eq!(last["edit_version"], EDITS_PER_EVENT_MAX + 1);

    for changes in [json!({ "title": "One more" }), json!({ "capacity": 6 })] {
        organizer.edit(&event, &changes).await.expect_problem(409, "too-many-edits");
    }
    organizer.edit(&event, &json!({ "title": "The last one" })).await.expect(200);
    organizer.publish(&event).await.expect(200);
    organizer.cancel(&event).await.expect(200);
}
