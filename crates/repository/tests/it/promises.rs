//! Each check finds its fault: the tests drop the constraints and break the tables by hand.

use diesel_async::{AsyncPgConnection, SimpleAsyncConnection};
use domain::figures::Figures;
use domain::history;
use repository::{Error, figures, histories, promises};
use uuid::Uuid;

use crate::stage::{connect, event};

/// An event with two seats, both taken, and a line. The first person in line was promoted into a cancelled seat.
async fn sound(connection: &mut AsyncPgConnection) -> Uuid {
    let event = Uuid::from(event(connection, 2).await.id);
    let filled = format!(
        "update events set status = 'PUBLISHED', seats_remaining = 0, waiting = 2, last_decision = 9; \
         update ticket_types set seats_remaining = 0, waiting = 2, seats_wanted = 2, head_wants = 1, is_used = true; \
         update prices set standing = 4, is_used = true; \
         insert into event_decisions (event_id, decision, kind, decided_at) values ('{event}', 2, 'PUBLISHED', now()); \
         insert into registrations (event_id, id, user_id, status, decision, seated_decision, cancelled_decision, \
         registered_at, seated_at, cancelled_at) \
         select '{event}', gen_random_uuid(), id, status, decision, seated, cancelled, now(), \
         case when seated is not null then now() end, case when cancelled is not null then now() end \
         from users join (values ('1', 'CANCELLED', 3, 3, 7), ('2', 'CONFIRMED', 4, 4, null), \
         ('3', 'CONFIRMED', 5, 8, null), ('4', 'WAITLISTED', 6, null, null), ('5', 'WAITLISTED', 9, null, null)) \
         as place (name, status, decision, seated, cancelled) using (name)"
    );
    for statement in [UNGUARDED, FIVE_PEOPLE, &filled] {
        connection.batch_execute(statement).await.unwrap();
    }
    event
}

/// Lets the tests break what the database itself refuses.
const UNGUARDED: &str = "\
    alter table registrations drop constraint registrations_status_is_its_history, \
    drop constraint registrations_order, drop constraint registrations_amount, drop constraint registrations_seats; \
    drop index registrations_one_place; \
    alter table events drop constraint events_seats_range; \
    alter table ticket_types drop constraint ticket_types_line, drop constraint ticket_types_seats_range, \
    drop constraint ticket_types_idle; \
    alter table prices drop constraint prices_standing_limit; \
    alter table payments drop constraint payments_registration_fkey";

const FIVE_PEOPLE: &str = "\
    insert into users (id, name, email, password_hash, role, kind) \
    select gen_random_uuid(), n::text, n || '@example.com', '!', 'AUDIENCE', 'PERSON' from generate_series(1, 5) n";

/// An event with two types. Of the second, which has four seats, a party of three has paid and then given one up, so
/// that the party of two behind it was promoted. That one's payment was marked and taken back. One person waits, and
/// one has given up. The first person has a seat of the first type, too.
const FAMILIES: &str = "\
    update events set status = 'PUBLISHED', currency = 'EUR', capacity = 6, seats_remaining = 1, waiting = 1, \
    last_decision = 15; \
    update ticket_types set seats_remaining = 1, is_used = true; \
    update prices set standing = 1, is_used = true; \
    insert into ticket_types (event_id, number, name, capacity, seats_remaining, waiting, seats_wanted, head_wants, \
    seats_per_registration, is_used, money_taken, money_held, money_owed) \
    select id, 2, 'Family', 4, 0, 1, 1, 1, 3, true, 1300, 1000, 500 from events; \
    insert into prices (event_id, number, ticket_type, name, amount, seat_limit, standing, is_used) \
    select id, 2, 2, 'Adult', 500, 5, 3, true from events union all \
    select id, 3, 2, 'Child', 300, null, 2, true from events; \
    insert into registrations (event_id, id, user_id, ticket_type, status, decision, seated_decision, paid_decision, \
    cancelled_decision, seats_booked, seats, price, split, amount, paid_amount, owed, registered_at, seated_at, paid_at, \
    cancelled_at) \
    select event_id, lpad(decision::text, 32, '0')::uuid, users.id, type, place.status, decision, seated, paid, cancelled, \
    booked, seats, price, split::smallint[], amount, paid_amount, owed, now(), case when seated is not null then now() end, \
    case when paid is not null then now() end, case when cancelled is not null then now() end \
    from (select id as event_id from events) e cross join users join (values \
    ('1', 2, 'CONFIRMED', 5, 5, 6, null, 3, 2, null, '{2, 1, 3, 1}', 800, 1300, 500), \
    ('2', 2, 'HELD', 7, 10, null, null, 2, 2, 2, null, 1000, null, 0), \
    ('3', 2, 'WAITLISTED', 8, null, null, null, 1, 1, 3, null, 300, null, 0), \
    ('4', 2, 'CANCELLED', 11, null, null, 12, 1, 1, 2, null, 500, null, 0), \
    ('1', 1, 'CONFIRMED', 15, 15, null, null, 1, 1, 1, null, 0, null, 0)) as place (name, type, status, decision, seated, \
    paid, cancelled, booked, seats, price, split, amount, paid_amount, owed) using (name); \
    insert into event_decisions (event_id, decision, kind, value, ticket_type, price, registration_id, decided_at) \
    select event_id, decision, kind, value, type, price, lpad(registration, 32, '0')::uuid, now() \
    from (select id as event_id from events) e cross join (values (2, 'PUBLISHED', null, null, null, null), \
    (3, 'LIMIT', 5, null, 2, null), (4, 'CAPACITY', 4, 2, null, null), (9, 'REDUCED', 1, 2, 2, '5')) \
    as entry (decision, kind, value, type, price, registration); \
    insert into payments (event_id, id, registration_id, amount, decision, taken_back_decision, marked_at, taken_back_at) \
    select event_id, gen_random_uuid(), id, case decision when 5 then 1300 else 1000 end, \
    case decision when 5 then 6 else 13 end, case decision when 7 then 14 end, now(), case decision when 7 then now() end \
    from registrations where decision in (5, 7)";

/// The figures, as the migration that made their table fills it.
async fn fill_figures(connection: &mut AsyncPgConnection) {
    const UP: &str = include_str!("../../../../migrations/2026-11-22-000004_figures/up.sql");
    let fill = UP.find("insert into event_figures").unwrap();
    let fill = UP[fill..].replace("confirmed_decision", "seated_decision").replace("confirmed_at", "seated_at");
    connection.batch_execute(&fill).await.unwrap();
}

async fn broken(connection: &mut AsyncPgConnection, event: Option<Uuid>) -> Vec<(&'static str, &'static str)> {
    let checks = promises::verify(connection, event.map(Into::into)).await.unwrap();
    assert_eq!(checks.len(), 16);
    let broken = checks.into_iter().filter(|check| check.violations > 0);
    broken.inspect(|check| assert!(check.example.is_some())).map(|check| (check.promise.code(), check.what)).collect()
}

/// Does this harm to a sound event, and sees these rules broken, and no other.
async fn assert_breaks(sound: impl AsyncFn(&mut AsyncPgConnection) -> Uuid, harm: &str, expected: &[&str]) {
    let database = testdb::Database::new().await;
    let mut connection = connect(&database.url()).await;
    let event = sound(&mut connection).await;
    connection.batch_execute(harm).await.unwrap();
    fill_figures(&mut connection).await;
    for scope in [Some(event), None] {
        let found: Vec<_> = broken(&mut connection, scope).await;
        let found: Vec<_> = found.iter().map(|(promise, what)| format!("{promise} {what}")).collect();
        let is_expected = found.len() == expected.len()
            && found.iter().zip(expected).all(|(found, expected)| found.starts_with(expected));
        assert!(is_expected, "{harm}: {found:#?} instead of {expected:#?}");
    }
    let other = broken(&mut connection, Some(Uuid::now_v7())).await;
    assert_eq!(other, [], "another event is not touched");
    // The replay finds what SQL finds of places, and knows neither sums over types, nor figures, nor money.
    let is_about_places = expected.iter().any(|rule| rule.starts_with('P') && *rule != SUMS);
    match histories::read(&mut connection, event.into()).await {
        Ok(history) => {
            let verdict = history::verdict(&history.unwrap(), &[]);
            // SQL takes the giver's word that a seat was passed on. The replay asks that the giver has just left it.
            let is_stricter = harm.contains("insert into transfers");
            assert_eq!(verdict.count > 0, is_about_places || is_stricter, "{harm}: {verdict:?}");
        }
        Err(error) => {
            let is_unreadable = harm.contains("split = ") && matches!(error, Error::Corrupt(_));
            assert!(is_unreadable, "{harm}: {error:?}");
        }
    }
}

const TYPE: &str = "P1 seats taken + seats remaining = capacity for each";
const SUMS: &str = "P1 the counts of each event are the sums";
const LIMIT: &str = "P1 no more seats stand at a price";
const CAPACITY_THEN: &str = "P1 at no point were more seats";
const LIMIT_THEN: &str = "P1 at no point did more seats";
const HEAD: &str = "P2 whoever is first";
const AHEAD: &str = "P2 nobody got a seat ahead";
const TWICE: &str = "P3 nobody holds two";
const ORDER: &str = "P4 the waitlist got its seats in the order";
const NUMBER_TWICE: &str = "P4 no decision number is used twice";
const NUMBER_MISSING: &str = "P4 no decision number is missing";
const MONEY: &str = "F2 the money of every ticket type";
const PAYMENT: &str = "F2 every paid booking";
const CAME_PAID: &str = "F2 every booking that came paid";
const COST: &str = "F2 every booking has as many seats";

#[tokio::test(flavor = "multi_thread")]
async fn each_way_to_break_a_promise_is_found_and_a_sound_event_has_none() {
    let cases: [(&str, &[&str]); 14] = [
        ("select 1", &[]),
        ("update ticket_types set seats_remaining = 1", &[TYPE, SUMS, HEAD]),
        ("update ticket_types set waiting = 3; update events set waiting = 3", &[TYPE]),
        ("update ticket_types set head_wants = 2", &[HEAD]),
        ("update events set seats_remaining = 1", &[SUMS]),
        (
            "update ticket_types set capacity = 1, seats_remaining = -1; update events set capacity = 1, seats_remaining = -1",
            &[TYPE],
        ),
        // One seat at the time when two people got one. Only the history shows it, since the counters are right again.
        ("update event_decisions set value = 1 where decision = 1", &[CAPACITY_THEN]),
        (
            "update registrations set status = 'WAITLISTED', seated_decision = null, seated_at = null where decision = 4; \
             update ticket_types set seats_remaining = 1, waiting = 3, seats_wanted = 3; \
             update events set seats_remaining = 1, waiting = 3",
            &[HEAD, ORDER],
        ),
        // A newcomer got the seat while another person waited.
        (
            "update registrations set seated_decision = 9, status = 'CONFIRMED' where decision = 9; \
             update registrations set seated_decision = null, status = 'WAITLISTED' where decision = 5; \
             update registrations set cancelled_decision = 8 where decision = 3; \
             insert into event_decisions values ((select id from events), 7, 'CAPACITY', 2, now(), 1)",
            &[AHEAD],
        ),
        (
            "update registrations set user_id = (select user_id from registrations where decision = 4) where decision = 6",
            &[TWICE],
        ),
        // The second in line was promoted before the first.
        (
            "update registrations set seated_decision = 8, status = 'CONFIRMED' where decision = 6; \
             update registrations set seated_decision = null, status = 'WAITLISTED' where decision = 5",
            &[ORDER],
        ),
        ("update events set last_decision = 10", &[NUMBER_MISSING]),
        (
            "insert into event_decisions (event_id, decision, kind, decided_at) select id, 6, 'PUBLISHED', now() from events",
            &[NUMBER_TWICE],
        ),
        (
            "delete from registrations where decision = 6; update events set waiting = 1; \
             update ticket_types set waiting = 1, seats_wanted = 1; update prices set standing = 3",
            &[NUMBER_MISSING],
        ),
    ];
    for (harm, expected) in cases {
        assert_breaks(sound, harm, expected).await;
    }
}

/// [`FAMILIES`].
async fn families(connection: &mut AsyncPgConnection) -> Uuid {
    let event = Uuid::from(event(connection, 2).await.id);
    for statement in [UNGUARDED, FIVE_PEOPLE, FAMILIES] {
        connection.batch_execute(statement).await.unwrap();
    }
    event
}

/// One person got a seat that the party of two before it could not use.
const JUMPER: &str = "\
    update registrations set status = 'HELD', seated_decision = 8, seated_at = now() where decision = 8; \
    update event_decisions set value = 5 where decision = 4; \
    update ticket_types set capacity = 5, waiting = 0, seats_wanted = 0, head_wants = 0, money_held = 1300 \
    where number = 2; update events set capacity = 7, waiting = 0";

#[tokio::test(flavor = "multi_thread")]
async fn each_way_to_break_a_promise_about_types_prices_parties_and_money_is_found() {
    let passed_on = |by: &str| {
        format!(
            "{JUMPER}; insert into transfers (event_id, id, registration_id, price, digest, expires_at) \
             select id, lpad('8', 32, '0')::uuid, lpad('{by}', 32, '0')::uuid, 3, sha256('x'), now() from events"
        )
    };
    let (by_nobody, by_family) = (passed_on("15"), passed_on("5"));
    let cases: [(&str, &[&str]); 31] = [
        ("select 1", &[]),
        ("update registrations set ticket_type = 9 where decision = 11", &[COST]),
        ("update registrations set ticket_type = 9 where decision = 15", &[TYPE, CAPACITY_THEN, COST]),
        (
            "update ticket_types set seats_remaining = 1 where number = 2; update events set seats_remaining = 2",
            &[TYPE, HEAD],
        ),
        ("update ticket_types set seats_wanted = 2 where number = 2", &[TYPE]),
        // The seats of one type for those of the other: the sums do not show it.
        (
            "update ticket_types set seats_remaining = 0 where number = 1; \
             update ticket_types set seats_remaining = 1, capacity = 5 where number = 2; update events set capacity = 7",
            &[TYPE, HEAD],
        ),
        ("update ticket_types set capacity = 5 where number = 2", &[TYPE, SUMS]),
        ("update events set waiting = 0", &[SUMS]),
        ("update prices set standing = standing + 1 where number = 2", &[LIMIT]),
        ("update prices set seat_limit = 2 where number = 2", &[LIMIT]),
        ("update registrations set split = '{2, 2, 3, 1}' where decision = 5", &[LIMIT, COST]),
        ("update registrations set price = 2 where decision = 8", &[LIMIT, COST]),
        ("update registrations set amount = 301 where decision = 8", &[COST]),
        ("update prices set amount = 0 where number = 3", &[COST]),
        ("update prices set ticket_type = 1 where number = 3", &[COST]),
        // As many seats stood at the price as its limit was later: only the history shows that it was lower then.
        ("update event_decisions set value = 3 where decision = 3", &[LIMIT_THEN]),
        ("update event_decisions set value = 3 where decision = 4", &[CAPACITY_THEN]),
        // More was given up than had been booked.
        ("update event_decisions set value = 3 where decision = 9", &[CAPACITY_THEN, LIMIT_THEN]),
        ("delete from event_decisions where decision = 9", &[NUMBER_MISSING]),
        ("update ticket_types set head_wants = 2 where number = 2", &[HEAD]),
        (JUMPER, &[AHEAD]),
        // One who passes a seat on has a seat less.
        (&by_nobody, &[AHEAD]),
        (&by_family, &[]),
        (
            "update registrations set paid_amount = 1200 where decision = 5; \
             update registrations set paid_decision = 6, paid_at = now(), paid_amount = 100 where decision = 15; \
             update ticket_types set money_taken = case number when 2 then 1200 else 100 end",
            &[CAME_PAID],
        ),
        (
            "update registrations set user_id = (select user_id from registrations where decision = 5) where decision = 8",
            &[TWICE],
        ),
        ("update payments set decision = 12 where decision = 13", &[NUMBER_TWICE, NUMBER_MISSING]),
        ("update ticket_types set money_taken = money_taken + 1 where number = 2", &[MONEY]),
        ("update ticket_types set money_held = 0 where number = 2", &[MONEY]),
        ("update registrations set owed = 400 where decision = 5", &[MONEY]),
        ("update payments set amount = 1 where decision = 6", &[PAYMENT]),
        (
            "update payments set taken_back_decision = null, taken_back_at = null where decision = 13; \
             update registrations set decision = 14, seated_decision = 14 where decision = 15; \
             update events set last_decision = 14",
            &[PAYMENT],
        ),
    ];
    for (harm, expected) in cases {
        assert_breaks(families, harm, expected).await;
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
