//! Registrations that are taken away.

use domain::accounts::Role;
use serde_json::{Value, json};

use crate::client::{Audience, Organizer};
use crate::stage::Stage;

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_seat_goes_to_the_first_in_line_and_its_person_reads_why() {
    let stage = Stage::set().await;
    let runner = stage.person(Role::Organizer).await;
    let organizer = Organizer(Audience(stage.session(&runner)));
    let event = organizer.published(1).await;
    let (person, next) = (stage.person(Role::Audience).await, stage.audience().await);
    let audience = Audience(stage.session(&person));
    let seat = audience.book_with_key(&event, "k").await.expect(201);
    next.book(&event).await.expect(202);

    let removed = organizer.remove(&seat, &json!({ "reason": " This one is for members. " })).await.expect(200);
    for (member, expected) in [
        ("id", seat["id"].clone()),
        ("status", json!("CANCELLED")),
        ("cancellation", json!("REMOVED")),
        ("removal_reason", json!("This one is for members.")),
        ("may_book_again", json!(false)),
    ] {
        assert_eq!(removed[member], expected, "{member}");
    }
    let own = audience.own_registrations().await.expect(200);
    for member in ["status", "cancellation", "removal_reason", "may_book_again", "cancelled_at"] {
        assert_eq!(own["items"][0][member], removed[member], "{member}");
    }
    assert_eq!(next.own_registrations().await.expect(200)["items"][0]["status"], "CONFIRMED");
    let gone = organizer.attendees(&event, "?status=CANCELLED").await.expect(200);
    assert_eq!(gone["items"][0]["cancellation"], "REMOVED");
    assert_eq!(gone["items"][0]["removal_reason"], "This one is for members.");

    audience.book(&event).await.expect_problem(409, "registration-removed");
    let replayed = audience.book_with_key(&event, "k").await.expect(200);
    assert_eq!(replayed, removed, "its own request still gets what it made");
    let again = organizer.remove(&seat, &json!({ "reason": "Another", "may_book_again": true })).await;
    assert_eq!(again.expect(200), removed, "a repeat changes nothing");

    let log = stage.admin().await.audit(&format!("?subject_id={event}&action=REGISTRATION_REMOVED")).await.expect(200);
    let entries = log["items"].as_array().unwrap();
    assert_eq!(entries.len(), 1, "{log}");
    assert_eq!(entries[0]["actor"]["id"], json!(runner.id));
    let expected = json!({ "registration_id": seat["id"], "user_id": person.id, "may_book_again": false });
    assert_eq!(entries[0]["after"], expected);
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_may_come_back_starts_at_the_end_of_the_line() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let event = stage.organizer().await.published(1).await;
    let (removed, next) = (stage.audience().await, stage.audience().await);
    let seat = removed.book(&event).await.expect(201);
    next.book(&event).await.expect(202);
    let body = json!({ "reason": "Booked twice by the hall", "may_book_again": true });
    assert_eq!(admin.remove(&seat, &body).await.expect(200)["may_book_again"], true);
    let waiting = removed.book(&event).await.expect(202);
    assert_eq!((&waiting["position"], &waiting["cancellation"]), (&json!(1), &Value::Null));
    // A place in line can be taken away, too.
    admin.remove(&waiting, &body).await.expect(200);
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_those_who_run_the_event_take_away_and_only_what_stands_at_it() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let (event, other) = (organizer.published(5).await, organizer.published(5).await);
    let audience = stage.audience().await;
    let seat = audience.book(&event).await.expect(201);
    let body = json!({ "reason": "x" });
    stage.organizer().await.remove(&seat, &body).await.expect_problem(404, "not-found");
    Organizer(audience.clone()).remove(&seat, &body).await.expect_problem(403, "forbidden");
    let elsewhere = json!({ "id": seat["id"], "event_id": other });
    organizer.remove(&elsewhere, &body).await.expect_problem(404, "not-found");
    for (body, status, code, field) in [
        (json!({}), 422, "invalid-body", "reason"),
        (json!({ "reason": null }), 422, "invalid-body", "reason"),
        (json!({ "reason": " " }), 422, "invalid-field", "reason"),
        (json!({ "reason": "a\nb" }), 422, "invalid-field", "reason"),
        (json!({ "reason": "x".repeat(501) }), 422, "invalid-field", "reason"),
        (json!({ "reason": "x", "may_book_again": "no" }), 422, "invalid-body", "may_book_again"),
        (json!({ "reason": "x", "until": "tomorrow" }), 422, "invalid-body", "until"),
    ] {
        let problem = organizer.remove(&seat, &body).await.expect_problem(status, code);
        assert_eq!(problem["field"], field, "{body}");
    }
    assert_eq!(audience.own_registrations().await.expect(200)["items"][0]["status"], "CONFIRMED");

    // A person who has cancelled before is not removed, and may come back.
    audience.give_up(&seat).await.expect(200);
    let kept = organizer.remove(&seat, &body).await.expect(200);
    assert_eq!((&kept["cancellation"], &kept["removal_reason"]), (&json!("GIVEN_UP"), &Value::Null));
    let seat = audience.book(&event).await.expect(201);
    organizer.cancel(&event).await.expect(200);
    organizer.remove(&seat, &body).await.expect_problem(409, "event-cancelled");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_start_a_removal_still_makes_the_line_move() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = organizer.published(1).await;
    let (seated, waiting) = (stage.audience().await, stage.audience().await);
    let seat = seated.book(&event).await.expect(201);
    waiting.book(&event).await.expect(202);
    stage.execute("update events set starts_at = now() - interval '1 s', ends_at = now() + interval '1 day'").await;
    seated.give_up(&seat).await.expect_problem(409, "cancelling-ended");
    organizer.remove(&seat, &json!({ "reason": "Has gone home" })).await.expect(200);
    assert_eq!(waiting.own_registrations().await.expect(200)["items"][0]["status"], "CONFIRMED");
    stage.assert_promises().await;
}
