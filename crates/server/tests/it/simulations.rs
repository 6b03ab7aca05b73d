//! The stress test over HTTP.

use std::collections::BTreeSet;

use domain::accounts::{Email, PersonName, Role};
use repository::users::{self, NewUser};
use serde_json::{Value, json};
use testdb::patience::eventually;
use tokio_postgres::NoTls;
use uuid::Uuid;

use crate::client::{Admin, Audience, Organizer};
use crate::servers::LONG_SHUTDOWN;
use crate::stage::{Server, Stage};

fn assert_kept(results: &Value) {
    assert_eq!(results["history"]["passed"], true, "{}", results["history"]);
    let promises = results["promises"].as_array().unwrap();
    let codes: Vec<_> = promises.iter().map(|promise| promise["promise"].as_str().unwrap()).collect();
    assert_eq!(codes, ["P1", "P2", "P3", "P4"]);
    for promise in promises {
        assert_eq!(promise["passed"], true, "{promise}");
        for check in promise["checks"].as_array().unwrap() {
            let sql = check["sql"].as_str().unwrap();
            assert!(sql.contains("select") && sql.contains("event_id = $1") && !sql.contains("{scope}"), "{sql}");
        }
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
async fn a_dry_run_leaves_an_event_alone_that_nobody_has_booked() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let event = admin.published(10).await;
    let path = format!("/admin/events/{event}/simulate?users=50&dry_run=true");
    let results = admin.post(&path).await.expect(200);
    let results = &results["simulation_results"];
    assert_eq!((&results["rehearsal"], &results["success_count"]), (&json!(true), &json!(10)));
    assert_kept(results);
    let untouched = stage.anonymous().event(&event).await.expect(200);
    assert_eq!((&untouched["under_test"], &untouched["seats_remaining"]), (&json!(false), &json!(10)));
    stage.audience().await.book(&event).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_classic_way_is_compared_on_request_and_kept_with_the_report() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let event = admin.published(10).await;
    let results = admin.post(&format!("/admin/events/{event}/simulate?users=200&classic=true")).await.expect(200);
    let classic = &results["simulation_results"]["classic"];
    assert_eq!((&classic["success_count"], &classic["waitlisted_count"]), (&json!(10), &json!(190)), "{classic}");
    assert_eq!((&classic["not_served_count"], &classic["passed"]), (&json!(0), &json!(true)), "{classic}");
    let latest = admin.simulation(&event).await.expect(200);
    assert_eq!(latest["classic_curve"]["answered"].as_array().unwrap().last(), Some(&json!(200)));
    let listed = admin.get(&format!("/admin/events/{event}/simulations")).await.expect(200);
    assert_eq!(listed["items"][0]["classic_curve"], latest["classic_curve"]);
    let path = format!("/admin/events/{event}/simulate?users=200&classic=maybe");
    admin.post(&path).await.expect_problem(422, "invalid-field");
    let plain = admin.simulate(&event, 20).await.expect(200);
    let plain = &plain["simulation_results"];
    assert_eq!((&plain["classic"], &plain["classic_missing"]), (&Value::Null, &Value::Null), "nobody asked for it");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sql_of_a_report_counts_its_violations_when_it_is_run_by_hand() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let event = admin.published(2).await;
    let report = admin.simulate(&event, 5).await.expect(200);
    let (client, connection) = tokio_postgres::connect(&stage.database.url(), NoTls).await.unwrap();
    let driving = tokio::spawn(connection);
    let counted = async |sql: &str| -> i64 {
        let id: Uuid = event.parse().unwrap();
        client.query_one(&sql.replace("$1", &format!("'{id}'")), &[]).await.unwrap().get("violations")
    };
    let checks: Vec<&Value> = report["simulation_results"]["promises"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|promise| promise["checks"].as_array().unwrap())
        .collect();
    assert!(checks.len() > 8, "{}", checks.len());
    for check in &checks {
        assert_eq!(counted(check["sql"].as_str().unwrap()).await, 0, "{check}");
    }
    // The line says that it wants a seat more than those who stand in it.
    stage.execute(&format!("update ticket_types set seats_wanted = seats_wanted + 1 where event_id = '{event}'")).await;
    assert_eq!(counted(checks[0]["sql"].as_str().unwrap()).await, 1);
    driving.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_ten_are_listed_with_their_results_and_no_event_without_any_is_told_apart() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let event = admin.published(3).await;
    let path = format!("/admin/events/{event}/simulations");
    assert_eq!(admin.get(&path).await.expect(200), json!({ "items": [], "next_cursor": null }));
    admin.get(&format!("/admin/events/{}/simulations", Uuid::now_v7())).await.expect_problem(404, "not-found");
    for users in 1..=9 {
        let id = Uuid::from_u128(users);
        let failed = "insert into simulations (event_id, id, users, state, started_at, finished_at, failure)";
        let ago = format!("now() - make_interval(hours => {users})");
        stage
            .execute(&format!("{failed} values ('{event}', '{id}', {users}, 'FAILED', {ago}, now(), 'INTERNAL')"))
            .await;
    }
    admin.simulate(&event, 20).await.expect(200);
    admin.simulate(&event, 30).await.expect(200);
    let listed = admin.get(&path).await.expect(200);
    let items = listed["items"].as_array().unwrap();
    let users: Vec<i64> = items.iter().map(|item| item["users"].as_i64().unwrap()).collect();
    assert_eq!(users, [30, 20, 1, 2, 3, 4, 5, 6, 7, 8]);
    for (item, rehearsal, waitlisted) in [(&items[0], true, 27), (&items[1], false, 17)] {
        let results = &item["results"];
        for (member, expected) in [
            ("rehearsal", json!(rehearsal)),
            ("capacity", json!(3)),
            ("seats_given", json!(3)),
            ("waitlisted_count", json!(waitlisted)),
            ("failed_count", json!(0)),
            ("passed", json!(true)),
        ] {
            assert_eq!(results[member], expected, "{member}");
        }
    }
    assert_eq!((&items[2]["state"], &items[2]["results"]), (&json!("FAILED"), &Value::Null));
    let left = |item: &Value| item["curve"]["seats_left"].as_array().and_then(|column| column.last().cloned());
    assert_eq!([&items[0], &items[1], &items[2]].map(left), [Some(json!(0)), Some(json!(0)), None]);
    admin.undo(&event).await.expect(200);
    assert_eq!(admin.get(&path).await.expect(200), listed, "results stay after the undo");
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
async fn one_that_is_asked_for_again_with_its_key_does_not_run_again() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let event = admin.published(3).await;
    let (wait, now) = ("wait=60", "respond-async");
    let first = admin.simulate_with_key(&event, 20, "k", wait).await;
    assert_eq!(first.header("idempotency-replayed"), None);
    let first = first.expect(200);
    let again = admin.simulate_with_key(&event, 99, "k", wait).await;
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(again.expect(200), first);
    let again = admin.simulate_with_key(&event, 20, "k", now).await.expect(202);
    assert_eq!((&again["state"], &again["simulation_results"]), (&json!("DONE"), &first["simulation_results"]));
    assert_eq!(again, admin.simulation(&event).await.expect(200), "no other one has run");

    let begun = admin.simulate_with_key(&event, 2_000, "k2", now).await.expect(202);
    let again = admin.simulate_with_key(&event, 2_000, "k2", now).await.expect(202);
    assert_eq!(again["id"], begun["id"], "running or done");
    let done = ended(&admin, &event).await;
    assert_eq!((&done["id"], &done["users"]), (&begun["id"], &json!(2_000)));
    assert_eq!(admin.audit("?action=SIMULATION_BEGUN").await.expect(200)["items"].as_array().unwrap().len(), 2);
    admin.undo(&event).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_event_is_not_tested() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let event = admin.published(10).await;
    admin.cancel(&event).await.expect(200);
    admin.simulate(&event, 10).await.expect_problem(409, "event-cancelled");
    admin.simulate_async(&event, 10).await.expect_problem(409, "event-cancelled");
    assert_eq!(admin.simulation(&event).await.status, 204);
}

/// Waits for the end of the event's latest stress test.
async fn ended(admin: &Admin, event: &str) -> Value {
    eventually("the stress test ends", async || {
        let latest = admin.simulation(event).await.expect(200);
        (latest["state"] != "RUNNING").then_some(latest)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_nobody_waits_for_is_watched_from_any_server_and_its_report_stays() {
    let stage = Stage::set_with(&[
        ("ONSALE__DATABASE__LOCK_TIMEOUT_MILLISECONDS", "50000"),
        ("ONSALE__DATABASE__STATEMENT_TIMEOUT_MILLISECONDS", "60000"),
        ("ONSALE__BOX_OFFICE__QUEUED_SECONDS", "60"),
    ])
    .await;
    let person = stage.person(Role::Admin).await;
    let on = |server: &Server| Admin(Organizer(Audience(server.session(stage.token(&person)))));
    let (other, admin) = (stage.another_server().await, on(&stage.server));
    let (event, another) = (admin.published(10).await, admin.published(10).await);
    let none = admin.simulation(&event).await;
    assert_eq!((none.status, none.text.as_str()), (204, ""));
    admin.simulation(&Uuid::now_v7().to_string()).await.expect_problem(404, "not-found");
    let (client, connection) = tokio_postgres::connect(&stage.database.url(), NoTls).await.unwrap();
    let driving = tokio::spawn(connection);
    // Everybody may look, and nobody gets a place.
    client.batch_execute("begin; lock table registrations in exclusive mode").await.unwrap();

    let started = admin.simulate_async(&event, 300).await;
    assert_eq!(started.header("location"), Some(format!("/admin/events/{event}/simulation").as_str()));
    assert_eq!(started.header("preference-applied"), Some("respond-async"));
    let mut started = started.expect(202);
    for (member, expected) in [
        ("event_id", json!(event)),
        ("state", json!("RUNNING")),
        ("users", json!(300)),
        ("answered", json!(0)),
        ("finished_at", Value::Null),
        ("problem", Value::Null),
        ("simulation_results", Value::Null),
    ] {
        assert_eq!(started[member], expected, "{member}");
    }
    let mut watched = on(&other).simulation(&event).await.expect(200);
    // The crowd may have begun between the two.
    for seen in [&mut started, &mut watched] {
        let curve = seen["curve"].take();
        assert!(curve.is_null() || curve["answered"].as_array().unwrap().iter().all(|one| one == 0), "{curve}");
    }
    assert_eq!(watched, started);
    admin.simulate_async(&another, 1).await.expect_problem(409, "simulation-running");
    admin.simulate(&another, 1).await.expect_problem(409, "simulation-running");
    client.batch_execute("rollback").await.unwrap();

    let done = ended(&on(&other), &event).await;
    assert_eq!((&done["id"], &done["state"], &done["answered"]), (&started["id"], &json!("DONE"), &json!(300)));
    assert!(done["finished_at"].is_string());
    let answered = done["curve"]["answered"].as_array().unwrap();
    assert_eq!((answered.first(), answered.last()), (Some(&json!(0)), Some(&json!(300))));
    let results = &done["simulation_results"];
    assert_eq!((&results["success_count"], &results["waitlisted_count"]), (&json!(10), &json!(290)));
    assert_kept(results);
    let later = stage.another_server().await;
    assert_eq!(on(&later).simulation(&event).await.expect(200), done);
    assert_eq!(admin.undo(&event).await.expect(200)["removed"], 300);
    assert_eq!(admin.simulation(&event).await.expect(200), done, "the report stays after the undo");
    driving.abort();
    other.stop().await;
    later.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn any_server_takes_the_wish_to_stop_one_and_the_log_says_who_had_it() {
    let stage = Stage::set_with(&[("ONSALE__SIMULATION__WINDOW", "1")]).await;
    let other = stage.another_server().await;
    let person = stage.person(Role::Admin).await;
    let admin = Admin(Organizer(Audience(stage.session(&person))));
    let elsewhere = Admin(Organizer(Audience(other.session(stage.token(&person)))));
    let event = admin.published(10).await;
    let started = admin.simulate_async(&event, 20_000).await.expect(202);
    assert_eq!(started["stop_requested_at"], Value::Null);
    eventually("somebody buys", async || (admin.simulation(&event).await.expect(200)["answered"] != 0).then_some(()))
        .await;

    let path = |id: &Value| format!("/admin/events/{event}/simulations/{}/stop", id.as_str().unwrap());
    let stopping = elsewhere.post(&path(&started["id"])).await.expect(200);
    assert!(stopping["stop_requested_at"].is_string(), "{stopping}");
    let done = ended(&admin, &event).await;
    let results = &done["simulation_results"];
    assert_eq!((&results["stopped"], &results["total_attempted"]), (&json!(true), &done["answered"]));
    assert!(done["answered"].as_u64().unwrap() < 20_000, "{done}");
    assert_kept(results);
    assert_eq!(elsewhere.post(&path(&started["id"])).await.expect(200), done, "it is over and stays as it is");
    let listed = admin.get(&format!("/admin/events/{event}/simulations")).await.expect(200);
    assert_eq!(listed["items"][0]["results"]["stopped"], json!(true));

    let log = admin.audit("?action=SIMULATION_STOPPED").await.expect(200);
    let entries = log["items"].as_array().unwrap();
    assert_eq!(entries.len(), 1, "{log}");
    assert_eq!((&entries[0]["actor"]["id"], &entries[0]["subject_id"]), (&json!(person.id), &json!(event)));
    admin.post(&path(&json!(Uuid::now_v7()))).await.expect_problem(404, "not-found");
    let elsewhere_event = admin.published(10).await;
    let of_another = format!("/admin/events/{elsewhere_event}/simulations/{}/stop", started["id"].as_str().unwrap());
    admin.post(&of_another).await.expect_problem(404, "not-found");
    assert_eq!(admin.undo(&event).await.expect(200)["removed"], done["answered"]);
    other.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_one_that_was_begun_is_told_of_whatever_clocks_other_servers_have() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let event = admin.published(10).await;
    for n in 0..10 {
        let ahead = Uuid::from_u128(u128::MAX - n);
        stage.execute(&format!("insert into simulations (event_id, id, users) values ('{event}', '{ahead}', 1)")).await;
    }
    let started = admin.simulate_async(&event, 20).await.expect(202);
    assert_eq!(started["users"], 20);
    let done = ended(&admin, &event).await;
    assert_eq!((&done["id"], &done["state"]), (&started["id"], &json!("DONE")));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_waited_for_is_written_down_too() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let event = admin.draft(10).await;
    let report = admin.simulate(&event, 20).await.expect(200);
    let latest = admin.simulation(&event).await.expect(200);
    assert_eq!((&latest["state"], &latest["users"], &latest["answered"]), (&json!("DONE"), &json!(20), &json!(20)));
    assert_eq!(latest["simulation_results"], report["simulation_results"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_fails_tells_as_what_and_no_more() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let event = admin.published(10).await;
    let thief = NewUser {
        id: Uuid::now_v7().into(),
        name: PersonName::parse("Thief").unwrap(),
        email: Email::parse("simulated-000001@simulation.invalid").unwrap(),
        password_hash: "!".to_owned(),
        role: Role::Audience,
    };
    users::insert(&mut stage.connection().await, &thief).await.unwrap();
    admin.simulate_async(&event, 20).await.expect(202);
    let failed = ended(&admin, &event).await;
    assert_eq!((&failed["state"], &failed["simulation_results"]), (&json!("FAILED"), &Value::Null));
    let problem = failed["problem"].as_object().unwrap();
    let members: BTreeSet<&str> = problem.keys().map(String::as_str).collect();
    assert_eq!(members, BTreeSet::from(["detail", "title", "type"]));
    assert_eq!(problem["type"], "/problems/internal");
    assert!(!failed.to_string().contains("address"), "{failed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stops_ends_its_stress_test_with_a_report() {
    let stage = Stage::set_with(&[("ONSALE__SIMULATION__WINDOW", "2"), LONG_SHUTDOWN]).await;
    let other = stage.another_server().await;
    let person = stage.person(Role::Admin).await;
    let admin = Admin(Organizer(Audience(stage.session(&person))));
    let elsewhere = Admin(Organizer(Audience(other.session(stage.token(&person)))));
    let event = admin.published(10).await;
    admin.simulate_async(&event, 50_000).await.expect(202);
    eventually("somebody buys", async || (admin.simulation(&event).await.expect(200)["answered"] != 0).then_some(()))
        .await;
    stage.server.stop().await;
    let done = elsewhere.simulation(&event).await.expect(200);
    assert_eq!((&done["state"], &done["answered"]), (&json!("DONE"), &json!(50_000)));
    let results = &done["simulation_results"];
    assert!(results["failed_count"].as_u64().unwrap() > 0, "{results}");
    assert_kept(results);
    other.stop().await;
}
