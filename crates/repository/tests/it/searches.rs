//! Events, attendees and people are found by one rule, whichever way a row came into its table.

use diesel_async::SimpleAsyncConnection;
use domain::ids::EventId;
use repository::listings::{self, PublishedFilter};
use repository::{AsyncPgConnection, attendees, users};
use uuid::Uuid;

use crate::stage::connect;

const SHOW: Uuid = Uuid::from_u128(1);

/// Texts as earlier versions stored them: in any composition. Each is an event's title, another one's location, and the
/// name of a person who comes to the show.
const TEXTS: [&str; 9] = [
    "İzmir",
    "ΜΟΥΣΙΚΗΣ ΟΔΟΣ",
    "Hauptstraße",
    "Grand Cafe\u{301}",
    "Petit Caf\u{e9}",
    "Żółć",
    "Ｊａｚｚ　Ｎｉｇｈｔ",
    r"100%_\",
    "It\u{2019}s on",
];

async fn fill(connection: &mut AsyncPgConnection) {
    let texts = TEXTS.map(|text| format!("'{text}'")).join(", ");
    connection
        .batch_execute(&format!(
            "create temporary table texts as select n, text from unnest(array[{texts}]) with ordinality as t (text, n); \
             insert into users (id, name, email, password_hash, role, kind) \
             select lpad(n::text, 32, '0')::uuid, text, 'person-' || n || '@Example.com', '!', 'AUDIENCE', 'PERSON' from texts; \
             alter table events disable trigger all; \
             insert into events (id, organizer_id, title, description, location, starts_at, ends_at, time_zone, capacity, \
             seats_remaining, status) \
             select case n when 1 then '{SHOW}' else gen_random_uuid() end, gen_random_uuid(), \
             case kind when 'title' then text else 'at ' || n end, text, case kind when 'title' then 'Hall' else text end, \
             now() + n * interval '1 day', now() + (n + 1) * interval '1 day', 'UTC', 100, 100, 'PUBLISHED' \
             from texts cross join (values ('title'), ('location')) as kinds (kind) where n > 1 or kind = 'title'; \
             insert into registrations (event_id, id, user_id, status, decision, seated_decision, registered_at, \
             seated_at) select '{SHOW}', lpad(n::text, 32, '0')::uuid, lpad(n::text, 32, '0')::uuid, 'CONFIRMED', \
             1 + n, 1 + n, now(), now() from texts"
        ))
        .await
        .unwrap();
}

fn of_text(text: &str) -> PublishedFilter {
    PublishedFilter { text: Some(text.to_owned()), ..PublishedFilter::default() }
}

/// The indexes in [`TEXTS`] of the people, attendees and titles that a search finds. All three must be the same.
async fn found(connection: &mut AsyncPgConnection, text: &str) -> Vec<usize> {
    let index = |text: &str| TEXTS.iter().position(|known| *known == text);
    let mut named = Vec::new();
    let filter = users::Filter { text: Some(text.to_owned()), ..users::Filter::default() };
    let people = users::list(connection, &filter, None, 100).await.unwrap();
    assert_eq!(people.next, None);
    named.extend(people.found.iter().rev().map(|user| index(&user.name).unwrap()));

    let filter = attendees::Filter { text: Some(text.to_owned()), ..attendees::Filter::default() };
    let coming = attendees::list(connection, EventId::from(SHOW), &filter, None, 100).await.unwrap();
    let coming: Vec<_> = coming.found.iter().map(|attendee| index(&attendee.name).unwrap()).collect();
    assert_eq!(coming, named, "attendees of {text:?}");

    let listed = listings::published(connection, &of_text(text), None, 100).await.unwrap();
    let titles: Vec<_> = listed.found.iter().filter_map(|event| index(&event.details.title)).collect();
    let places: Vec<_> = listed.found.iter().filter_map(|event| index(&event.details.location)).collect();
    assert_eq!(titles, named, "events of {text:?}");
    let but_the_show: Vec<_> = named.iter().copied().filter(|index| *index > 0).collect();
    assert_eq!(places, but_the_show, "places of {text:?}");
    named
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_listed_is_found_by_its_exact_text_and_without_case_accents_and_composition() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    fill(&mut connection).await;
    for (index, text) in TEXTS.into_iter().enumerate() {
        assert_eq!(found(&mut connection, text).await, [index], "{text:?}");
    }
    for (sought, expected) in [
        ("izmir", &[0][..]),
        ("IZMİR", &[0]),
        ("ızmır", &[0]),
        ("Μουσικής οδός", &[1]),
        ("οδος", &[1]),
        ("οδος μουσικης", &[1]),
        ("HAUPTSTRASSE", &[2]),
        ("strasse", &[2]),
        ("cafe", &[3, 4]),
        ("CAFÉ", &[3, 4]),
        ("cafe\u{301}", &[3, 4]),
        ("zolc", &[5]),
        ("ŻÓŁĆ", &[5]),
        ("jazz night", &[6]),
        ("night jazz", &[6]),
        ("%", &[7]),
        ("_", &[7]),
        ("\\", &[7]),
        ("%_\\", &[7]),
        ("it's", &[8]),
        ("nothing like it", &[]),
        ("'", &[8]),
    ] {
        assert_eq!(found(&mut connection, sought).await, expected, "{sought:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_found_by_their_addresses_and_events_not_by_their_descriptions() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    fill(&mut connection).await;
    let filter = users::Filter { text: Some("PERSON-3@example".to_owned()), ..users::Filter::default() };
    let people = users::list(&mut connection, &filter, None, 100).await.unwrap().found;
    assert_eq!(people.iter().map(|user| user.name.as_str()).collect::<Vec<_>>(), [TEXTS[2]]);
    connection.batch_execute("update events set title = 'x', location = 'y', description = 'sought'").await.unwrap();
    assert_eq!(listings::published(&mut connection, &of_text("sought"), None, 100).await.unwrap().found, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_for_nothing_but_accents_is_none() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    fill(&mut connection).await;
    for nothing in ["", " ", "\u{301}", "\u{200b}\u{5b8}"] {
        assert_eq!(found(&mut connection, nothing).await, [0, 1, 2, 3, 4, 5, 6, 7, 8], "{nothing:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn events_are_found_with_typing_errors_and_by_words_of_title_and_location_and_people_are_not() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    fill(&mut connection).await;
    for (sought, expected) in [
        ("jaz nihgt", vec![TEXTS[6], "at 7"]),
        ("hall jazz", vec![TEXTS[6]]),
        ("hauptstrase", vec![TEXTS[2], "at 3"]),
        ("cafee petit", vec![TEXTS[4], "at 5"]),
        ("night hamburg", vec![]),
    ] {
        let found = listings::published(&mut connection, &of_text(sought), None, 100).await.unwrap().found;
        let mut titles: Vec<&str> = found.iter().map(|event| event.details.title.as_str()).collect();
        titles.sort_unstable_by_key(|title| title.starts_with("at "));
        assert_eq!(titles, expected, "{sought:?}");
    }
    for (place, expected) in [("hall", 9), ("hal", 9), ("halle", 9), ("night jzaz", 1), ("hall jazz", 0)] {
        let at_place = PublishedFilter { place: Some(place.to_owned()), ..PublishedFilter::default() };
        let found = listings::published(&mut connection, &at_place, None, 100).await.unwrap().found;
        assert_eq!(found.len(), expected, "{place:?}");
    }
    let filter = users::Filter { text: Some("jaz nihgt".to_owned()), ..users::Filter::default() };
    assert!(users::list(&mut connection, &filter, None, 100).await.unwrap().found.is_empty());
}
