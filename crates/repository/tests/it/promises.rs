//! Each check finds its fault: the tests drop the constraints and break the tables by hand.

use diesel_async::{AsyncPgConnection, SimpleAsyncConnection};
use domain::figures::Figures;
use repository::figures;
use repository::promises;
use uuid::Uuid;

use crate::stage::{connect, event};

/// An event with two seats, both taken, and a line. The first person in line was promoted into a cancelled seat.
async fn sound(connection: &mut AsyncPgConnection) -> Uuid {
    let event = Uuid::from(event(connection, 2).await.id);
    connection
        .batch_execute(&format!(
            "alter table registrations drop constraint registrations_status_is_its_history, \
             drop constraint registrations_order; \
             drop index registrations_one_place; \
             alter table events drop constraint events_no_seat_beside_the_line, drop constraint events_seats_range; \
             update events set status = 'PUBLISHED', seats_remaining = 0, waiting = 2, last_decision = 8; \
             insert into event_decisions (event_id, decision, kind, decided_at) values ('{event}', 2, 'PUBLISHED', now()); \
             insert into users (id, name, email, password_hash, role, kind) \
             select gen_random_uuid(), n::text, n || '@example.com', '!', 'AUDIENCE', 'PERSON' from generate_series(1, 5) n; \
             insert into registrations (event_id, id, user_id, status, decision, confirmed_decision, cancelled_decision, \
             registered_at, confirmed_at, cancelled_at) \
             select '{event}', gen_random_uuid(), id, status, decision, confirmed, cancelled, now(), \
             case when confirmed is not null then now() end, case when cancelled is not null then now() end \
             from users join (values ('1', 'CANCELLED', 3, 3, 7), ('2', 'CONFIRMED', 4, 4, null), \
             ('3', 'CONFIRMED', 5, 8, null), ('4', 'WAITLISTED', 6, null, null), ('5', 'WAITLISTED', 9, null, null)) \
             as place (name, status, decision, confirmed, cancelled) using (name); \
             update events set last_decision = 9"
        ))
        .await
        .unwrap();
    event
}

/// The figures, as the migration that made their table fills it.
async fn fill_figures(connection: &mut AsyncPgConnection) {
    const UP: &str = include_str!("../../../../migrations/2026-11-22-000004_figures/up.sql");
    let fill = UP.find("insert into event_figures").unwrap();
    connection.batch_execute(&UP[fill..]).await.unwrap();
}

async fn broken(connection: &mut AsyncPgConnection, event: Option<Uuid>) -> Vec<(&'static str, &'static str)> {
    let checks = promises::verify(connection, event.map(Into::into)).await.unwrap();
    assert_eq!(checks.len(), 9);
    let broken = checks.into_iter().filter(|check| check.violations > 0);
    broken.inspect(|check| assert!(check.example.is_some())).map(|check| (check.promise.code(), check.what)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_way_to_break_a_promise_is_found_and_a_sound_event_has_none() {
    let cases: [(&str, &[&str]); 12] = [
        ("select 1", &[]),
        ("update events set seats_remaining = 1", &["P1", "P2"]),
        ("update events set waiting = 3", &["P1"]),
        ("update events set capacity = 1, seats_remaining = -1", &["P1"]),
        // One seat at the time when two people got one. Only the history shows it, since the counters are right again.
        ("update event_decisions set value = 1 where decision = 1", &["P1"]),
        (
            "update registrations set status = 'WAITLISTED', confirmed_decision = null, confirmed_at = null \
             where decision = 4; update events set seats_remaining = 1, waiting = 3",
            &["P2", "P4"],
        ),
        // A newcomer got the seat while another person waited.
        (
            "update registrations set confirmed_decision = 9, status = 'CONFIRMED' where decision = 9; \
             update registrations set confirmed_decision = null, status = 'WAITLISTED' where decision = 5; \
             update registrations set cancelled_decision = 8 where decision = 3; \
             insert into event_decisions values ((select id from events), 7, 'CAPACITY', 2, now())",
            &["P2"],
        ),
        (
            "update registrations set user_id = (select user_id from registrations where decision = 4) where decision = 6",
            &["P3"],
        ),
        // The second in line was promoted before the first.
        (
            "update registrations set confirmed_decision = 8, status = 'CONFIRMED' where decision = 6; \
             update registrations set confirmed_decision = null, status = 'WAITLISTED' where decision = 5",
            &["P4"],
        ),
        ("update events set last_decision = 10", &["P4"]),
        ("update registrations set decision = 4 where decision = 9", &["P4"]),
        ("delete from registrations where decision = 6; update events set waiting = 1", &["P4"]),
    ];
    for (harm, expected) in cases {
        let database = testdb::Database::new().await;
        let mut connection = connect(&database.url()).await;
        let event = sound(&mut connection).await;
        connection.batch_execute(harm).await.unwrap();
        fill_figures(&mut connection).await;
        for scope in [Some(event), None] {
            let found = broken(&mut connection, scope).await;
            let mut promises: Vec<_> = found.iter().map(|(promise, _)| *promise).collect();
            promises.dedup();
            assert_eq!(promises, expected, "{harm}: {found:?}");
        }
        let other = broken(&mut connection, Some(Uuid::now_v7())).await;
        assert_eq!(other, [], "another event is not touched");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_that_are_not_those_of_the_registrations_are_found() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    let event = sound(&mut connection).await;
    fill_figures(&mut connection).await;
    assert_eq!(broken(&mut connection, None).await, []);
    let sale = figures::sale_of(&mut connection, event.into()).await.unwrap().unwrap();
    let counted: Vec<_> = sale.intervals.into_iter().map(|(_, figures)| figures).collect();
    assert_eq!(counted, [Figures { confirmed: 2, waitlisted: 3, promoted: 1, cancelled: 1 }]);
    for harm in [
        "update event_figures set confirmed = confirmed + 1",
        "update event_figures set waitlisted = waitlisted - 1",
        "update event_figures set promoted = promoted + 1",
        "update event_figures set cancelled = 0",
        "update event_figures set minute = minute - interval '1 minute'",
        "delete from event_figures",
        "insert into event_figures select event_id, minute + interval '1 minute', 0, 0, 0, 0 from event_figures",
        "update registrations set cancelled_at = cancelled_at + interval '1 hour'",
    ] {
        connection.batch_execute(harm).await.unwrap();
        for scope in [Some(event), None] {
            let found = broken(&mut connection, scope).await;
            assert_eq!(found.len(), 1, "{harm}: {found:?}");
            assert_eq!(found[0].0, "F1", "{harm}: {found:?}");
            assert!(!promises::of_seats().any(|promise| promise.code() == found[0].0), "no stress test fails for it");
        }
        connection.batch_execute("delete from event_figures").await.unwrap();
        fill_figures(&mut connection).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_of_an_undone_stress_test_may_be_missing_and_no_others() {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    sound(&mut connection).await;
    fill_figures(&mut connection).await;
    let undone = "insert into event_decisions values \
         ((select id from events), 10, 'SIMULATION_BEGUN', null, now()), \
         ((select id from events), 20, 'SIMULATION_UNDONE', 10, now()), \
         ((select id from events), 25, 'SIMULATION_UNDONE', 10, now()); \
         update events set last_decision = 25";
    connection.batch_execute(undone).await.unwrap();
    assert_eq!(broken(&mut connection, None).await, []);

    connection
        .batch_execute(
            "update events set last_decision = 27; \
         insert into event_decisions values ((select id from events), 27, 'PUBLISHED', null, now())",
        )
        .await
        .unwrap();
    assert_eq!(broken(&mut connection, None).await.len(), 1);
}
