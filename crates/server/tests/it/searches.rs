//! One rule for all searches: case, accents and composition do not matter.

use domain::accounts::Role;
use serde_json::{Value, json};

use crate::client::{Audience, event_body, send};
use crate::stage::{PASSWORD, Stage};

fn query(text: &str) -> String {
    let bytes: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("?q={bytes}")
}

fn all<'a>(page: &'a Value, member: &str) -> Vec<&'a str> {
    page["items"].as_array().unwrap().iter().map(|item| item[member].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_is_found_by_what_is_left_of_its_title_without_case_and_accents() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let mut events = Vec::new();
    for title in ["İzmir", "ΜΟΥΣΙΚΗΣ ΟΔΟΣ", "Cafe\u{301} Straße", "100% _\\"] {
        let mut body = event_body(5);
        body["title"] = json!(title);
        let event = organizer.create(&body).await.expect(201)["id"].as_str().unwrap().to_owned();
        organizer.publish(&event).await.expect(200);
        events.push(event);
    }
    let anonymous = stage.anonymous();
    let found = async |text: &str| {
        let page = anonymous.events(&query(text)).await.expect(200);
        all(&page, "title").into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    for (text, title) in [
        ("İzmir", "İzmir"),
        ("izmir", "İzmir"),
        ("ΜΟΥΣΙΚΗΣ ΟΔΟΣ", "ΜΟΥΣΙΚΗΣ ΟΔΟΣ"),
        ("μουσικής οδός", "ΜΟΥΣΙΚΗΣ ΟΔΟΣ"),
        ("cafe", "Café Straße"),
        ("CAFE\u{301} STRASSE", "Café Straße"),
        ("%", "100% _\\"),
        ("_\\", "100% _\\"),
    ] {
        assert_eq!(found(text).await, [title], "{text:?}");
    }
    assert_eq!(found("%izmir").await, [""; 0]);

    organizer.edit(&events[0], &json!({ "title": "Ankara" })).await.expect(200);
    assert_eq!(found("izmir").await, [""; 0]);
    assert_eq!(found("ANKARA").await, ["Ankara"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn attendees_their_file_and_people_are_found_by_the_same_rule_and_erased_ones_by_none() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let event = admin.published(5).await;
    let mut people = Vec::new();
    for name in ["Zoe\u{308} Yılmaz", "Γιώργος Παππάς", "Bo\\b 100%_"] {
        let person = Audience(stage.session(&stage.person(Role::Audience).await));
        let renamed = person.patch_json("/auth/me", &json!({ "name": name })).await.expect(200);
        person.book(&event).await.expect(201);
        people.push((person, renamed["name"].as_str().unwrap().to_owned()));
    }
    assert_eq!(people[0].1, "Zo\u{eb} Yılmaz", "composed as it came in");
    for (text, index) in
        [("ZOE yilmaz", 0), ("zo\u{eb}", 0), ("ΓΙΩΡΓΟΣ", 1), ("παππασ", 1), ("%", 2), ("_", 2), ("\\", 2)]
    {
        let name = people[index].1.as_str();
        let query = query(text);
        assert_eq!(all(&admin.attendees(&event, &query).await.expect(200), "name"), [name], "{text:?}");
        assert_eq!(all(&admin.users(&query).await.expect(200), "name"), [name], "{text:?}");
        let file = send(admin.attendees_accepting(&event, &query, "text/csv")).await;
        assert_eq!((file.status, file.text.lines().count()), (200, 2), "{}", file.text);
        assert!(file.text.contains(name), "{}", file.text);
    }
    people[0].0.erase(PASSWORD).await.expect(204);
    for text in ["zoe", "yilmaz"] {
        assert_eq!(all(&admin.attendees(&event, &query(text)).await.expect(200), "name"), [""; 0]);
        assert_eq!(all(&admin.users(&query(text)).await.expect(200), "name"), [""; 0]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_for_spaces_accents_and_invisible_characters_is_none() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let event = admin.published(5).await;
    stage.audience().await.book(&event).await.expect(201);
    for nothing in ["", "  ", "\u{301}", "\u{200b}", "\u{5b8}", "\u{feff}\u{308} \u{200d}"] {
        let query = query(nothing);
        assert_eq!(all(&stage.anonymous().events(&query).await.expect(200), "title").len(), 1, "{nothing:?}");
        assert_eq!(all(&admin.attendees(&event, &query).await.expect(200), "name").len(), 1, "{nothing:?}");
        assert_eq!(all(&admin.users(&query).await.expect(200), "name").len(), 2, "{nothing:?}");
    }
    stage.anonymous().events(&query("a\u{202e}b")).await.expect_problem(422, "invalid-field");
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_are_composed_as_they_come_in_and_another_composition_is_no_edit() {
    let (apart, together) = ("Cafe\u{301} \u{1112}\u{1161}\u{11ab}", "Caf\u{e9} \u{d55c}");
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let mut body = event_body(5);
    for field in ["title", "location", "description"] {
        body[field] = json!(apart);
    }
    let made = organizer.create(&body).await.expect(201);
    let event = made["id"].as_str().unwrap().to_owned();
    for field in ["title", "location", "description"] {
        assert_eq!(made[field], together, "{field}");
    }
    // As a version from before stored it.
    stage.execute(&format!("update events set title = '{apart}' where id = '{event}'")).await;
    let before = organizer.own_event(&event).await;
    for text in [apart, together] {
        let changes = json!({ "title": text, "location": text, "description": text });
        assert_eq!(organizer.edit(&event, &changes).await.expect(200)["title"], apart);
    }
    let after = organizer.own_event(&event).await;
    assert_eq!(after.header("etag"), before.header("etag"));
    assert_eq!(stage.admin().await.audit("?action=EVENT_EDITED").await.expect(200)["items"], json!([]));

    organizer.publish(&event).await.expect(200);
    let audience = stage.audience().await;
    let booked = audience.book(&event).await.expect(201);
    let removal = json!({ "reason": apart, "may_book_again": true });
    assert_eq!(organizer.remove(&booked, &removal).await.expect(200)["removal_reason"], together);
    let kelvin = json!({ "name": "K", "email": "\u{212a}@example.com", "password": PASSWORD });
    let refused = stage.anonymous().register(&kelvin).await;
    assert_eq!(refused.expect_problem(422, "invalid-field")["field"], "email");
}
