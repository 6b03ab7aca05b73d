//! How a sale goes, as its organizer sees it.

use chrono::{DateTime, Timelike, Utc};
use futures_util::future::join_all;
use serde_json::{Value, json};
use server::services::sales_figures::AGE_MAX;
use testdb::patience::outlast;

use crate::stage::Stage;

/// Waits until the figures that were shown before are too old to be shown again.
async fn pass_a_moment() {
    outlast(AGE_MAX).await;
}

/// The sums of confirmed, waitlisted, promoted and cancelled over all intervals.
fn sums(analytics: &Value) -> [i64; 4] {
    let bookings = analytics["bookings"].as_array().unwrap();
    ["confirmed", "waitlisted", "promoted", "cancelled"]
        .map(|member| bookings.iter().map(|interval| interval[member].as_i64().unwrap()).sum())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_step_of_a_sale_is_in_its_figures() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(2).await;
    let nothing = organizer.analytics(&event).await.expect(200);
    assert_eq!((&nothing["bookings"], &nothing["fill_rate"]), (&json!([]), &json!(0.0)));
    assert_eq!(nothing["interval_seconds"], 60);

    let people = stage.crowd(5).await;
    let mut places = Vec::new();
    for person in &people[..4] {
        places.push(person.book(&event).await.body);
    }
    // A seat, which promotes; a place in line; and the same seat again, which changes nothing.
    people[0].give_up(&places[0]).await.expect(200);
    people[3].give_up(&places[3]).await.expect(200);
    people[0].give_up(&places[0]).await.expect(200);
    organizer.edit(&event, &json!({ "capacity": 4 })).await.expect(200);
    people[4].book(&event).await.expect(201);

    let analytics = organizer.analytics(&event).await;
    assert_eq!(analytics.header("cache-control"), Some("no-store"));
    let analytics = loop {
        // The edit was told to this server's memory, the booking was not.
        pass_a_moment().await;
        let analytics = organizer.analytics(&event).await.expect(200);
        if analytics["confirmed"] == 3 {
            break analytics;
        }
    };
    for (member, expected) in [
        ("event_id", json!(event)),
        ("capacity", json!(4)),
        ("seats_remaining", json!(1)),
        ("confirmed", json!(3)),
        ("waiting", json!(0)),
        ("cancelled", json!(2)),
        ("fill_rate", json!(0.75)),
    ] {
        assert_eq!(analytics[member], expected, "{member}");
    }
    assert_eq!(sums(&analytics), [3, 2, 1, 2]);
    let as_of: DateTime<Utc> = analytics["as_of"].as_str().unwrap().parse().unwrap();
    for interval in analytics["bookings"].as_array().unwrap() {
        let at: DateTime<Utc> = interval["at"].as_str().unwrap().parse().unwrap();
        assert!(at.second() == 0 && at <= as_of, "{interval}");
    }
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_that_comes_goes_and_comes_again_is_counted_to_the_last_of_them() {
    let stage = Stage::set().await;
    let other = stage.another_server().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(20).await;
    let people = stage.crowd(60).await;
    join_all(people.iter().enumerate().map(async |(n, person)| {
        let place = person.book(&event).await.body;
        if n % 3 == 0 {
            person.give_up(&place).await.expect(200);
        }
        if n % 6 == 0 {
            person.book(&event).await;
        }
    }))
    .await;
    let rows = stage.registrations(&event).await;
    let count = |wanted: &dyn Fn(&domain::registrations::Registration) -> bool| {
        i64::try_from(rows.iter().filter(|row| wanted(row)).count()).unwrap()
    };
    let analytics = organizer.analytics(&event).await.expect(200);
    let [confirmed, waitlisted, promoted, cancelled] = sums(&analytics);
    assert_eq!(confirmed + waitlisted, 70);
    assert_eq!(confirmed, count(&|row| row.seated_decision == Some(row.decision)));
    assert_eq!(promoted, count(&|row| row.seated_decision.is_some_and(|number| number != row.decision)));
    assert_eq!((cancelled, &analytics["cancelled"]), (20, &json!(20)));
    stage.assert_promises().await;
    other.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stress_test_counts_in_no_figure() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let event = admin.published(10).await;
    let person = stage.audience().await;
    let place = person.book(&event).await.expect(201);
    person.give_up(&place).await.expect(200);
    admin.simulate(&event, 50).await.expect(200);
    let under_test = admin.analytics(&event).await.expect(200);
    for (member, expected) in [
        ("capacity", json!(10)),
        ("seats_remaining", json!(10)),
        ("confirmed", json!(0)),
        ("waiting", json!(0)),
        ("cancelled", json!(1)),
        ("fill_rate", json!(0.0)),
    ] {
        assert_eq!(under_test[member], expected, "{member}");
    }
    assert_eq!(sums(&under_test), [1, 0, 0, 1], "what people did before it");
    stage.assert_promises().await;
    admin.undo(&event).await.expect(200);
    stage.audience().await.book(&event).await.expect(201);
    pass_a_moment().await;
    let afterwards = admin.analytics(&event).await.expect(200);
    assert_eq!((&afterwards["confirmed"], &afterwards["cancelled"]), (&json!(1), &json!(1)));
    assert_eq!(sums(&afterwards), [2, 0, 0, 1]);
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_sale_is_shown_in_at_most_two_hundred_intervals_with_nothing_lost() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    for (minutes, apart, seconds) in
        [(150, 1, 60), (3_000, 1, 900), (2_000, 60, 86_400), (1_000, 1_440, 604_800), (1, 1, 60)]
    {
        let event = organizer.published(5).await;
        stage
            .execute(&format!(
                "insert into event_figures select '{event}', timestamptz '2026-11-23 00:00:00+00' \
                 + n * {apart} * interval '1 minute', 1, 2, 0, 1 from generate_series(0, {minutes} - 1) n"
            ))
            .await;
        let analytics = organizer.analytics(&event).await.expect(200);
        assert_eq!(analytics["interval_seconds"], seconds);
        let bookings = analytics["bookings"].as_array().unwrap();
        assert!((1..=200).contains(&bookings.len()), "{}", bookings.len());
        assert_eq!(sums(&analytics), [minutes, 2 * minutes, 0, minutes]);
        let at = bookings.iter().map(|interval| interval["at"].as_str().unwrap().parse::<DateTime<Utc>>().unwrap());
        let at: Vec<i64> = at.map(|at| at.timestamp()).collect();
        assert!(at.is_sorted() && at[0] == 1_795_392_000, "it begins on that Monday: {at:?}");
        assert!(at.iter().all(|begin| (begin - at[0]) % seconds == 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn days_are_those_of_the_events_zone() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let mut body = crate::client::event_body(5);
    body["time_zone"] = json!("Europe/Berlin");
    let event = organizer.create(&body).await.expect(201)["id"].as_str().unwrap().to_owned();
    // Every hour of a month in which clocks go forward.
    stage
        .execute(&format!(
            "insert into event_figures select '{event}', timestamptz '2026-03-15 00:00:00+00' + n * interval '1 hour', \
             1, 0, 0, 0 from generate_series(0, 24 * 60 - 1) n"
        ))
        .await;
    let analytics = organizer.analytics(&event).await.expect(200);
    assert_eq!(analytics["interval_seconds"], 86_400);
    let bookings = analytics["bookings"].as_array().unwrap();
    let day = |begin: &str| bookings.iter().find(|day| day["at"] == begin).unwrap()["confirmed"].clone();
    assert_eq!((&bookings[0]["at"], &bookings[0]["confirmed"]), (&json!("2026-03-14T23:00:00Z"), &json!(23)));
    assert_eq!(
        [day("2026-03-27T23:00:00Z"), day("2026-03-28T23:00:00Z"), day("2026-03-29T22:00:00Z")],
        [json!(24), json!(23), json!(24)]
    );
    assert_eq!(sums(&analytics)[0], 24 * 60, "nothing is lost");
}

#[tokio::test(flavor = "multi_thread")]
async fn dashboards_that_ask_at_once_share_what_was_read_and_only_with_those_who_may_see_it() {
    let stage = Stage::set().await;
    let (organizer, stranger, admin) = (stage.organizer().await, stage.organizer().await, stage.admin().await);
    let event = organizer.published(0).await;
    let answers = join_all((0..20).map(|_| organizer.analytics(&event))).await;
    let first = answers[0].body.clone();
    assert_eq!(first["fill_rate"], Value::Null, "of no seats, none is taken");
    assert!(answers.iter().all(|answer| answer.body == first && answer.status == 200));
    stranger.analytics(&event).await.expect_problem(404, "not-found");
    assert_eq!(admin.analytics(&event).await.expect(200), first);
    pass_a_moment().await;
    assert_ne!(organizer.analytics(&event).await.expect(200)["as_of"], first["as_of"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_cannot_be_is_our_fault_and_nothing_to_wait_for() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(1).await;
    stage.execute("alter table events drop constraint events_status; update events set status = 'ODD'").await;
    stage.anonymous().event(&event).await.expect_problem(500, "internal");
    organizer.analytics(&event).await.expect_problem(500, "internal");
}
