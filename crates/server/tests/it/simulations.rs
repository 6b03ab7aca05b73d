//! The stress test over HTTP.

use serde_json::{Value, json};

use crate::stage::Stage;

fn assert_kept(results: &Value) {
    let promises = results["promises"].as_array().unwrap();
    let codes: Vec<_> = promises.iter().map(|promise| promise["promise"].as_str().unwrap()).collect();
    assert_eq!(codes, ["P1", "P2", "P3", "P4"]);
    for promise in promises {
        assert_eq!(promise["passed"], true, "{promise}");
    }
}

fn assert_sold_out(results: &Value, rehearsal: bool) {
    for (member, expected) in [
        ("total_attempted", json!(1000)),
        ("success_count", json!(10)),
        ("waitlisted_count", json!(990)),
        ("failed_count", json!(0)),
        ("final_seats_remaining", json!(0)),
        ("rehearsal", json!(rehearsal)),
    ] {
        assert_eq!(results[member], expected, "{member}");
    }
    assert_kept(results);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_simulated_buyers_get_ten_seats_then_rehearse_then_are_undone() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let event = admin.published(10).await;

    let path = format!("/admin/events/{event}/simulate");
    assert_sold_out(&admin.post(&path).await.expect(200)["simulation_results"], false);
    let sold_out = stage.anonymous().event(&event).await.expect(200);
    for (member, expected) in
        [("under_test", json!(true)), ("seats_remaining", json!(0)), ("confirmed", json!(10)), ("waiting", json!(990))]
    {
        assert_eq!(sold_out[member], expected, "{member}");
    }
    stage.audience().await.book(&event).await.expect_problem(409, "event-under-test");
    admin.edit(&event, &json!({ "capacity": 11 })).await.expect_problem(409, "event-under-test");

    assert_sold_out(&admin.simulate(&event, 1000).await.expect(200)["simulation_results"], true);
    assert_eq!(stage.registrations(&event).await.len(), 1000, "the rehearsal was elsewhere");

    assert_eq!(admin.undo(&event).await.expect(200), json!({ "removed": 1000, "rehearsals_removed": 0 }));
    let free = stage.anonymous().event(&event).await.expect(200);
    assert_eq!((&free["under_test"], &free["seats_remaining"]), (&json!(false), &json!(10)));
    assert_eq!(admin.undo(&event).await.expect(200)["removed"], 0);
    stage.audience().await.book(&event).await.expect(201);
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_people_have_places_at_is_rehearsed() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let event = admin.published(10).await;
    let seat = stage.audience().await.book(&event).await.expect(201);
    let results = admin.simulate(&event, 50).await.expect(200);
    let results = &results["simulation_results"];
    assert_eq!((&results["rehearsal"], &results["success_count"]), (&json!(true), &json!(10)));
    assert_kept(results);
    let registrations = stage.registrations(&event).await;
    assert_eq!(registrations.len(), 1);
    assert_eq!(json!(registrations[0].id), seat["id"]);
    stage.audience().await.book(&event).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_stress_test_runs_at_a_time() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let (one, other) = (admin.published(10).await, admin.published(10).await);
    let (first, second) = tokio::join!(admin.simulate(&one, 3000), admin.simulate(&other, 3000));
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    let refused = if first.status == 409 { first } else { second };
    refused.expect_problem(409, "simulation-running");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_event_is_not_tested() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let event = admin.published(10).await;
    admin.cancel(&event).await.expect(200);
    admin.simulate(&event, 10).await.expect_problem(409, "event-cancelled");
}
