//! People, administered.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use domain::accounts::{Email, PersonName, Role};
use domain::ids::{RegistrationId, UserId};
use domain::registrations::RegistrationStatus;
use futures_util::future::join_all;
use repository::administration;
use repository::users::{self, NewUser};
use serde_json::{Value, json};
use testdb::patience::{LIMIT, eventually, scaled};
use tokio_postgres::NoTls;
use uuid::Uuid;

use crate::client::{Admin, Audience, Organizer};
use crate::stage::{PASSWORD, Person, Stage};

const NEW_PASSWORD: &str = "quite another one";

fn admin_of(stage: &Stage, person: &Person) -> Admin {
    Admin(Organizer(Audience(stage.session(person))))
}

fn items(page: &Value) -> &Vec<Value> {
    page["items"].as_array().unwrap()
}

fn names(page: &Value) -> Vec<&str> {
    items(page).iter().map(|user| user["name"].as_str().unwrap()).collect()
}

async fn person_called(stage: &Stage, name: &str, email: &str, role: Role) -> UserId {
    let new = NewUser {
        id: Uuid::now_v7().into(),
        name: PersonName::parse(name).unwrap(),
        email: Email::parse(email).unwrap(),
        password_hash: "!".to_owned(),
        role,
    };
    users::insert(&mut stage.connection().await, &new).await.unwrap().id
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_listed_newest_first_and_found_by_what_is_known_of_them() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    for (name, email, role) in [
        ("Ann 100%", "ann@one.example", Role::Audience),
        ("Bob_Smith", "bob@two.example", Role::Organizer),
        ("Zoë\\Backslash", "zoe@one.example", Role::Audience),
        ("Bobby", "x@TWO.example", Role::Admin),
    ] {
        person_called(&stage, name, email, role).await;
    }
    users::simulated(&mut stage.connection().await, 1..=30, || Uuid::now_v7().into()).await.unwrap();
    let off = person_called(&stage, "Off", "off@one.example", Role::Audience).await;
    admin.deactivate(off).await.expect(200);

    let all = ["Off", "Bobby", "Zoë\\Backslash", "Bob_Smith", "Ann 100%", "Somebody"];
    assert_eq!(names(&admin.users("").await.expect(200)), all, "and no simulated ones");
    let mut paged = Vec::new();
    let mut query = "?limit=2".to_owned();
    loop {
        let page = admin.users(&query).await.expect(200);
        paged.extend(names(&page).into_iter().map(str::to_owned));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        query = format!("?limit=2&cursor={cursor}");
    }
    assert_eq!(paged, all);
    for (query, found) in [
        ("q=bOb", &["Bobby", "Bob_Smith"][..]),
        ("q=two.EXAMPLE", &["Bobby", "Bob_Smith"]),
        ("q=%25", &["Ann 100%"]),
        ("q=_", &["Bob_Smith"]),
        ("q=%5C", &["Zoë\\Backslash"]),
        ("q=%20zo%C3%AB%20", &["Zoë\\Backslash"]),
        ("q=simulat", &[]),
        ("role=ADMIN", &["Bobby", "Somebody"]),
        ("role=AUDIENCE&is_active=true", &["Zoë\\Backslash", "Ann 100%"]),
        ("is_active=false", &["Off"]),
        ("q=one.example&role=AUDIENCE&limit=1", &["Off"]),
    ] {
        assert_eq!(names(&admin.users(&format!("?{query}")).await.expect(200)), found, "{query}");
    }
    let page = admin.users("?q=off").await.expect(200);
    let members: BTreeSet<&str> = items(&page)[0].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, BTreeSet::from(["id", "name", "email", "role", "is_active", "created_at", "updated_at"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_a_search_have_all_who_match_however_far_apart_they_are() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    // Newer than the admin, number 1 the newest; about where one request stops looking, and where the next one does.
    stage
        .execute(
            "insert into users (id, name, email, password_hash, role, kind, is_active) \
             select ('ffff0000-0000-7000-8000-' || lpad(to_hex(99999 - n), 12, '0'))::uuid, \
             case when n in (1, 19999, 20000, 20001, 20002, 40000, 40001, 44999) then 'Sought ' else 'Person ' end || n, \
             'person-' || n || '@example.com', '!', 'AUDIENCE', 'PERSON', n <> 45000 from generate_series(1, 45000) n",
        )
        .await;
    let all = [1, 19_999, 20_000, 20_001, 20_002, 40_000, 40_001, 44_999].map(|n| format!("Sought {n}")).to_vec();
    let (last, admins) = (vec!["Person 45000".to_owned()], vec!["Somebody".to_owned()]);
    for (search, limit, expected) in [
        ("q=sought", 1, &all),
        ("q=sought", 2, &all),
        ("q=sought", 100, &all),
        ("q=person-45000@", 100, &last),
        ("is_active=false", 100, &last),
        ("q=nobody", 100, &vec![]),
        ("role=ADMIN", 100, &admins),
    ] {
        let (mut seen, mut pages, mut cursor) = (Vec::new(), Vec::new(), String::new());
        loop {
            let page = admin.users(&format!("?{search}&limit={limit}{cursor}")).await.expect(200);
            seen.extend(names(&page).into_iter().map(str::to_owned));
            pages.push(items(&page).len());
            let Some(next) = page["next_cursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(&seen, expected, "{search}, {limit} a page");
        assert!(pages.iter().all(|items| *items <= limit), "{pages:?}");
        match search {
            "role=ADMIN" => assert_eq!(pages, [1], "those of a role have an index"),
            "q=sought" => {}
            _ => assert!(pages.len() > 2 && pages[0] == 0, "one request looks through so many only: {pages:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_simulated_buyer_is_nobody_who_could_be_administered() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let simulated = users::simulated(&mut stage.connection().await, 1..=1, || Uuid::now_v7().into()).await.unwrap()[0];
    admin.change_user(simulated, &json!({ "role": "ADMIN" })).await.expect_problem(404, "not-found");
    admin.deactivate(simulated).await.expect_problem(404, "not-found");
    admin.reset_password(simulated, NEW_PASSWORD).await.expect_problem(404, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_role_is_told_ends_older_tokens_and_holds_at_the_next_sign_in() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let person = stage.person(Role::Audience).await;
    let before = Audience(stage.session(&person));
    let changed = admin.change_user(person.id, &json!({ "role": "ORGANIZER" })).await.expect(200);
    assert_eq!((&changed["role"], &changed["is_active"]), (&json!("ORGANIZER"), &json!(true)));
    assert_ne!(changed["updated_at"], changed["created_at"]);
    before.me().await.expect_problem(401, "unauthenticated");
    let session = stage.anonymous().login(&person.email, PASSWORD).await.expect(200);
    let organizer = stage.anonymous().with_token(session["token"].as_str().unwrap());
    organizer.get("/organizer/events").await.expect(200);

    for nothing in [json!({}), json!({ "role": "ORGANIZER" }), json!({ "is_active": true })] {
        assert_eq!(admin.change_user(person.id, &nothing).await.expect(200), changed);
    }
    organizer.get("/organizer/events").await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_active_admin_stays_one_whoever_asks_and_however_many_at_once() {
    let stage = Stage::set().await;
    let person = stage.person(Role::Admin).await;
    let admin = admin_of(&stage, &person);
    for change in [json!({ "role": "AUDIENCE" }), json!({ "is_active": false })] {
        admin.change_user(person.id, &change).await.expect_problem(409, "last-admin");
    }
    let inactive = stage.person(Role::Admin).await;
    admin.deactivate(inactive.id).await.expect(200);
    admin.deactivate(person.id).await.expect_problem(409, "last-admin");

    for round in 0..20 {
        let pair = stage.people(Role::Admin, 2).await;
        let (one, other) = (admin_of(&stage, &pair[0]), admin_of(&stage, &pair[1]));
        if round == 0 {
            admin.change_user(person.id, &json!({ "role": "AUDIENCE" })).await.expect(200);
        }
        let (first, second) = match round % 2 {
            0 => tokio::join!(one.deactivate(pair[1].id), other.deactivate(pair[0].id)),
            _ => {
                let demoted = json!({ "role": "AUDIENCE" });
                tokio::join!(one.change_user(pair[1].id, &demoted), other.change_user(pair[0].id, &demoted))
            }
        };
        // Beside these two there is the one who was left in the round before.
        let statuses = [first.status, second.status];
        assert!(statuses.contains(&200), "{statuses:?}");
        let mut connection = stage.connection().await;
        let filter = users::Filter { role: Some(Role::Admin), is_active: Some(true), ..users::Filter::default() };
        let left = users::list(&mut connection, &filter, None, 100).await.unwrap().found;
        assert!(!left.is_empty(), "round {round}: {statuses:?}");
        for others in left.iter().skip(1) {
            administration::set_access(&mut connection, others.id, Role::Audience, true).await.unwrap();
        }
        let last = Person { id: left[0].id, email: left[0].email.clone(), role: Role::Admin };
        let alone = admin_of(&stage, &last).deactivate(last.id).await;
        assert!(alone.status == 409 || alone.status == 401, "{}", alone.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_password_signs_in_and_the_old_one_and_its_tokens_do_not() {
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let person = stage.person(Role::Audience).await;
    let old = Audience(stage.session(&person));
    for _ in 0..10 {
        stage.anonymous().login(&person.email, "a guess").await.expect(401);
    }
    stage.anonymous().login(&person.email, PASSWORD).await.expect_problem(429, "too-many-attempts");
    let reset = admin.reset_password(person.id, NEW_PASSWORD).await;
    assert_eq!((reset.status, reset.text.as_str()), (204, ""));
    old.me().await.expect_problem(401, "unauthenticated");
    stage.anonymous().login(&person.email, NEW_PASSWORD).await.expect(200);
    stage.anonymous().login(&person.email, PASSWORD).await.expect_problem(401, "wrong-credentials");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_change_the_same_password_at_once_one_is_told_to_sign_in_again() {
    let stage = Stage::set().await;
    for _ in 0..5 {
        let person = stage.person(Role::Audience).await;
        let sessions = [0, 1].map(|_| Audience(stage.session(&person)));
        let passwords = ["the first new one", "the second new one"];
        let tries = sessions.iter().zip(passwords).map(|(session, new)| session.change_password(PASSWORD, new));
        let answers = join_all(tries).await;
        let won: Vec<bool> = answers.iter().map(|answer| answer.status == 200).collect();
        assert_eq!(won.iter().filter(|won| **won).count(), 1, "{answers:?}");
        for ((answer, won), password) in answers.into_iter().zip(won).zip(passwords) {
            if won {
                stage.anonymous().login(&person.email, password).await.expect(200);
            } else if answer.status == 422 {
                // It came so late that the password was another one already.
                answer.expect_problem(422, "invalid-field");
            } else {
                answer.expect_problem(401, "unauthenticated");
            }
        }
    }
}

async fn statuses(stage: &Stage, event: &str) -> Vec<RegistrationStatus> {
    stage.registrations(event).await.iter().map(|registration| registration.status).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deactivation_cancels_all_bookings_and_promotes_the_first_in_line() {
    use RegistrationStatus::{Cancelled, Confirmed, Waitlisted};
    let stage = Stage::set().await;
    let admin = stage.admin().await;
    let person = stage.person(Role::Organizer).await;
    let leaver = Audience(stage.session(&person));
    let (last_seat, line, free) = (admin.published(1).await, admin.published(1).await, admin.published(5).await);
    let own = Organizer(leaver.clone()).published(1).await;
    let called_off = admin.published(1).await;
    let others = stage.crowd(2).await;
    leaver.book(&last_seat).await.expect(201);
    leaver.book(&free).await.expect(201);
    leaver.book(&own).await.expect(201);
    leaver.book(&called_off).await.expect(201);
    admin.cancel(&called_off).await.expect(200);
    others[0].book(&line).await.expect(201);
    leaver.book(&line).await.expect(202);
    for other in &others {
        other.book(&last_seat).await.expect(202);
    }

    let changed = admin.deactivate(person.id).await.expect(200);

    assert_eq!(changed["is_active"], false);
    assert_eq!(statuses(&stage, &last_seat).await, [Cancelled, Confirmed, Waitlisted]);
    assert_eq!(statuses(&stage, &line).await, [Confirmed, Cancelled]);
    assert_eq!(statuses(&stage, &free).await, [Cancelled]);
    assert_eq!(statuses(&stage, &own).await, [Cancelled]);
    assert_eq!(statuses(&stage, &called_off).await, [Confirmed], "nothing changes there any more");
    stage.assert_promises().await;

    admin.change_user(person.id, &json!({ "is_active": true })).await.expect(200);
    let session = stage.anonymous().login(&person.email, PASSWORD).await.expect(200);
    let back = Audience(stage.anonymous().with_token(session["token"].as_str().unwrap()));
    let own = back.own_registrations().await.expect(200);
    let cancelled = items(&own).iter().filter(|registration| registration["status"] == "CANCELLED");
    assert!({ cancelled }.all(|registration| registration["cancellation"] == "DEACTIVATED"), "{own}");
    let standing = items(&own).iter().filter(|registration| registration["status"] != "CANCELLED").count();
    assert_eq!(standing, 1, "what was given up does not come back: {own}");
    back.book(&last_seat).await.expect(202);
    assert_eq!(statuses(&stage, &last_seat).await, [Cancelled, Confirmed, Waitlisted, Waitlisted]);
}

/// Waits until somebody's places at these events are all given up.
async fn given_up(stage: &Stage, whose: UserId, events: &[String]) {
    eventually("all their places are given up", async || {
        for event in events {
            let registrations = stage.registrations(event).await;
            if registrations.iter().any(|held| held.user == whose && held.is_active()) {
                return None;
            }
        }
        Some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bookings_left_by_a_crash_after_a_deactivation_are_found_and_cancelled() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let person = stage.person(Role::Audience).await;
    let leaver = Audience(stage.session(&person));
    let mut events = Vec::new();
    for _ in 0..3 {
        let event = organizer.published(1).await;
        leaver.book(&event).await.expect(201);
        events.push(event);
    }
    let waiting = stage.audience().await;
    let place = waiting.book(&events[0]).await.expect(202);

    // The deactivation was committed, and whoever did it is no more.
    stage.set_access(&person, Role::Audience, false).await;

    given_up(&stage, person.id, &events).await;
    let promoted: RegistrationId = place["id"].as_str().unwrap().parse().unwrap();
    let places = stage.registrations(&events[0]).await;
    let promoted = places.iter().find(|registration| registration.id == promoted).unwrap();
    assert_eq!(promoted.status, RegistrationStatus::Confirmed);
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_starting_server_finds_accounts_deactivated_long_ago() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let person = stage.person(Role::Audience).await;
    let event = organizer.published(1).await;
    Audience(stage.session(&person)).book(&event).await.expect(201);
    let (client, connection) = tokio_postgres::connect(&stage.database.url(), NoTls).await.unwrap();
    let driving = tokio::spawn(connection);
    // Longer ago than the frequent sweeps look, which is all that the running server does by now.
    let long_ago = format!(
        "update users set is_active = false, access_version = 2, access_changed_at = now() - interval '1 day' \
         where id = '{}'",
        person.id
    );
    client.execute(&long_ago, &[]).await.unwrap();
    let later = stage.another_server().await;
    given_up(&stage, person.id, &[event]).await;
    later.stop().await;
    driving.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_is_busy_keeps_no_place_of_somebody_who_was_deactivated_for_ever() {
    let stage = Stage::set_with(&[
        ("ONSALE__DATABASE__LOCK_TIMEOUT_MILLISECONDS", "300"),
        ("ONSALE__DATABASE__IDLE_IN_TRANSACTION_MILLISECONDS", "200"),
    ])
    .await;
    let admin = stage.admin().await;
    let person = stage.person(Role::Audience).await;
    let leaver = Audience(stage.session(&person));
    let (busy, free) = (admin.published(1).await, admin.published(1).await);
    leaver.book(&busy).await.expect(201);
    leaver.book(&free).await.expect(201);
    let (client, connection) = tokio_postgres::connect(&stage.database.url(), NoTls).await.unwrap();
    let driving = tokio::spawn(connection);
    client.batch_execute(&format!("begin; select from events where id = '{busy}' for update")).await.unwrap();

    admin.deactivate(person.id).await.expect(200);

    assert_eq!(statuses(&stage, &free).await, [RegistrationStatus::Cancelled]);
    assert_eq!(statuses(&stage, &busy).await, [RegistrationStatus::Confirmed]);
    client.batch_execute("rollback").await.unwrap();
    given_up(&stage, person.id, &[busy]).await;
    driving.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deactivation_is_answered_though_an_event_is_held_and_its_place_is_given_up_later() {
    let stage = Stage::set_with(&[
        ("ONSALE__DATABASE__LOCK_TIMEOUT_MILLISECONDS", "50000"),
        ("ONSALE__DATABASE__STATEMENT_TIMEOUT_MILLISECONDS", "60000"),
        ("ONSALE__BOX_OFFICE__QUEUED_SECONDS", "60"),
    ])
    .await;
    let admin = stage.admin().await;
    let person = stage.person(Role::Audience).await;
    let event = admin.published(1).await;
    Audience(stage.session(&person)).book(&event).await.expect(201);
    let (client, connection) = tokio_postgres::connect(&stage.database.url(), NoTls).await.unwrap();
    let driving = tokio::spawn(connection);
    client.batch_execute(&format!("begin; select from events where id = '{event}' for update")).await.unwrap();

    let answered = tokio::time::timeout(LIMIT, admin.deactivate(person.id)).await;
    answered.expect("it waits for the event").expect(200);

    assert_eq!(statuses(&stage, &event).await, [RegistrationStatus::Confirmed]);
    client.batch_execute("rollback").await.unwrap();
    given_up(&stage, person.id, &[event]).await;
    driving.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_that_another_server_let_in_before_it_heard_is_given_up_there_too() {
    let stage = Stage::set().await;
    let other = stage.another_server().await;
    let admin = stage.admin().await;
    let person = stage.person(Role::Audience).await;
    let mut events = Vec::new();
    for _ in 0..40 {
        events.push(admin.published(1).await);
    }
    let elsewhere = Audience(other.session(stage.token(&person)));
    let let_in = AtomicUsize::new(0);
    let booking = async {
        for event in &events {
            let answer = elsewhere.book(event).await;
            if answer.status == 401 {
                return;
            }
            answer.expect(201);
            let_in.fetch_add(1, Ordering::Relaxed);
            // So that the bookings cover the time in which the other server has not heard of the deactivation.
            tokio::time::sleep(scaled(Duration::from_millis(12))).await;
        }
    };
    let deactivating = async {
        eventually("some bookings", async || (let_in.load(Ordering::Relaxed) > 4).then_some(())).await;
        admin.deactivate(person.id).await.expect(200);
    };
    tokio::join!(booking, deactivating);
    eventually("the other server hears of it", async || {
        (elsewhere.own_registrations().await.status == 401).then_some(())
    })
    .await;
    elsewhere.book(&events[0]).await.expect_problem(401, "unauthenticated");
    given_up(&stage, person.id, &events).await;
    stage.assert_promises().await;
    other.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admins_own_password_is_not_reset_without_the_old_one() {
    let stage = Stage::set().await;
    let person = stage.person(Role::Admin).await;
    let admin = admin_of(&stage, &person);
    admin.reset_password(person.id, NEW_PASSWORD).await.expect_problem(409, "own-password");
    stage.anonymous().login(&person.email, PASSWORD).await.expect(200);
    admin.change_password(PASSWORD, NEW_PASSWORD).await.expect(200);
    stage.anonymous().login(&person.email, NEW_PASSWORD).await.expect(200);
}
