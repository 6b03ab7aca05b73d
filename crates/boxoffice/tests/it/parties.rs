//! Parties in line: never split, never passed, and never passing.

use std::collections::BTreeSet;

use boxoffice::Limits;
use diesel_async::SimpleAsyncConnection;
use domain::commands::{Command, Done, Refusal};
use domain::events::EventChanges;
use domain::limits::PROMOTIONS_PER_BATCH_MAX;
use domain::registrations::RegistrationStatus::{Cancelled, Confirmed, Held, Waitlisted};
use domain::registrations::{Cancellation, Registration};
use futures_util::future::join_all;
use repository::line_heads;
use testdb::patience::eventually;

use crate::clock::{self, at};
use crate::stage::{Stage, done, give_up, outcome, patient, patient_limits, register, registered};
use crate::tickets::{
    book, event_with, in_one_batch, keep, now, one_by_one, price, registration_of, seats, ticket_type, tickets_of,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_party_is_seated_as_one_and_in_its_turn_and_the_line_moves_without_a_freed_seat() {
    let stage = Stage::set().await;
    clock::take(&stage).await.set(at(200)).await;
    let office = stage.office();
    let types = vec![
        ticket_type("hall", 5, 4, vec![price("hall", 0)]),
        ticket_type("balcony", 2, 1, vec![price("balcony", 0)]),
    ];
    let event = event_with(&stage, &office, types).await;
    let people = stage.people(9).await;
    let of =
        async |nth: usize, count| registered(office.submit(event, book(people[nth], seats(2, &[(2, count)], 0))).await);
    let free = async || {
        let hall = tickets_of(&stage, event).await;
        let hall = hall.ticket_type(2.into()).unwrap().clone();
        (hall.seats.remaining(), hall.seats.available(), hall.head_wants, hall.seats_wanted)
    };

    let seated = of(0, 3).await;
    let family = of(1, 4).await;
    let single = of(2, 1).await;
    let pair = of(3, 2).await;
    assert_eq!(
        [&seated, &family, &single, &pair].map(|one| one.status),
        [Confirmed, Waitlisted, Waitlisted, Waitlisted]
    );
    assert_eq!(free().await, (2, 0, 4, 7), "two seats are idle, and nobody who comes gets one");
    // The line of another type moves meanwhile, also for the same person.
    let balcony = registered(office.submit(event, book(people[1], seats(3, &[(3, 1)], 0))).await);
    assert_eq!(balcony.status, Confirmed);

    // A seat more is not enough for all of them.
    registration_of(&outcome(office.submit(event, keep(&seated, 2, 2, false)).await));
    assert_eq!(free().await, (3, 0, 4, 7));
    // The head takes fewer: it is seated, and nothing is left for whoever is behind it.
    let fewer = registration_of(&outcome(office.submit(event, keep(&family, 2, 3, true)).await));
    assert_eq!((fewer.status, fewer.seats()), (Confirmed, 3));
    assert_eq!(free().await, (0, 0, 1, 3));
    // One gives a seat up: the next one gets it. Then the head leaves, and the line moves though no seat was freed.
    registration_of(&outcome(office.submit(event, keep(&fewer, 2, 2, false)).await));
    assert_eq!(now(&stage, event, &single).await.status, Confirmed);
    let last = of(4, 1).await;
    registration_of(&outcome(office.submit(event, keep(&fewer, 2, 1, false)).await));
    assert_eq!(free().await, (1, 0, 2, 3));
    done(office.submit(event, give_up(&pair)).await);
    assert_eq!((now(&stage, event, &last).await.status, free().await), (Confirmed, (0, 0, 0, 0)));
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn parties_that_come_go_and_shrink_at_once_are_seated_in_the_order_in_which_they_came() {
    let stage = Stage::set().await;
    clock::take(&stage).await.set(at(200)).await;
    let limits = Limits { batch: 13, ..patient_limits() };
    let offices = [stage.office_with(limits, &patient()), stage.office_with(limits, &patient())];
    let hall = |name| ticket_type(name, 30, 6, vec![price(name, 0)]);
    let event = event_with(&stage, &offices[0], vec![hall("a"), hall("b")]).await;
    let people = stage.people(120).await;
    let choice = |nth: usize| {
        let (of, count) = (i16::try_from(2 + nth % 2).unwrap(), i16::try_from(1 + nth / 2 % 6).unwrap());
        seats(of, &[(of, count)], 0)
    };
    let asked = people[..60].iter().enumerate();
    let asked = asked.map(|(nth, user)| offices[nth / 2 % 2].submit(event, book(*user, choice(nth))));
    let first: Vec<_> = join_all(asked).await.into_iter().map(registered).collect();
    stage.assert_promises().await;

    // Everybody of the first ones leaves or takes fewer, while as many come.
    let mut commands = Vec::new();
    for (nth, place) in first.iter().enumerate() {
        let of = place.ticket_type.into();
        commands.push(match nth % 3 {
            0 => give_up(place),
            _ => keep(place, of, 1, nth % 2 == 0),
        });
        commands.push(book(people[60 + nth], choice(nth)));
    }
    let asked = commands.into_iter().enumerate().map(|(nth, command)| offices[nth % 2].submit(event, command));
    for answer in join_all(asked).await {
        done(answer);
    }
    stage.assert_promises().await;
    for one in tickets_of(&stage, event).await.types {
        let mine = stage.registrations(event).await.into_iter().filter(|place| place.ticket_type == one.number);
        let line: Vec<_> = mine.filter(|place| place.status == Waitlisted).collect();
        assert!(line.first().is_none_or(|head| head.seats() > one.seats.remaining()), "{line:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_takes_the_two_that_are_free_while_all_are_given_gets_all_or_two_and_is_told() {
    let stage = Stage::set().await;
    clock::take(&stage).await.set(at(200)).await;
    let offices = [stage.office(), stage.office()];
    let people = stage.people(2).await;
    for round in 0..14 {
        let event = event_with(&stage, &offices[0], vec![ticket_type("hall", 4, 4, vec![price("all", 0)])]).await;
        let places = one_by_one(
            &offices[0],
            event,
            vec![book(people[0], seats(2, &[(2, 2)], 0)), book(people[1], seats(2, &[(2, 4)], 0))],
        );
        let places = places.await;
        let (pair, family) = (registration_of(&places[0]), registration_of(&places[1]));
        assert_eq!(family.status, Waitlisted);
        let (take_two, leave) = (keep(&family, 2, 2, true), give_up(&pair));
        let told = match round {
            0 => in_one_batch(&stage, &offices[0], event, vec![leave, take_two]).await.remove(1),
            1 => one_by_one(&offices[0], event, vec![leave, take_two]).await.remove(1),
            2 => in_one_batch(&stage, &offices[0], event, vec![take_two, leave]).await.remove(0),
            3 => one_by_one(&offices[0], event, vec![take_two, leave]).await.remove(0),
            _ => {
                let (taking, leaving) = (offices[0].submit(event, take_two), offices[1].submit(event, leave));
                let (taking, leaving) = tokio::join!(taking, leaving);
                done(leaving);
                outcome(taking)
            }
        };
        let told = registration_of(&told);
        match round {
            0 | 1 => assert_eq!(told.seats(), 4, "all four were free before"),
            2 | 3 => assert_eq!(told.seats(), 2, "two were free"),
            _ => assert!([2, 4].contains(&told.seats())),
        }
        assert_eq!(told.status, Confirmed);
        assert_eq!(now(&stage, event, &family).await, told, "what was told stands");
    }
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn more_promotions_than_a_batch_may_make_are_made_over_several_in_the_order_of_the_commands() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 0).await;
    let newcomer = stage.people(1).await[0];
    let waiting = PROMOTIONS_PER_BATCH_MAX + 4_000;
    let fill = format!(
        "insert into users (id, name, email, password_hash, role, kind) \
         select gen_random_uuid(), n::text, 'line-' || n || '@example.com', '!', 'AUDIENCE', 'PERSON' \
         from generate_series(1, {waiting}) n; \
         insert into registrations (event_id, id, user_id, status, decision, registered_at) \
         select '{event}', id, id, 'WAITLISTED', 2 + name::bigint, now() from users where email like 'line-%'; \
         update ticket_types set waiting = {waiting}, seats_wanted = {waiting}, head_wants = 1, is_used = true \
         where event_id = '{event}'; \
         update prices set standing = {waiting}, is_used = true where event_id = '{event}'; \
         update events set waiting = {waiting}, last_decision = 2 + {waiting} where id = '{event}'; \
         insert into event_figures (event_id, minute, confirmed, waitlisted, promoted, cancelled) \
         select '{event}', date_bin('1 minute', registered_at, timestamptz '2001-01-01 00:00:00+00'), 0, count(*), 0, 0 \
         from registrations where event_id = '{event}' group by 2"
    );
    stage.connection().await.batch_execute(&fill).await.unwrap();
    let edit =
        |capacity| Command::Edit { changes: Box::new(EventChanges::of_capacity(capacity)), expected_version: None };
    let commands = [
        edit(waiting / 2),
        edit(PROMOTIONS_PER_BATCH_MAX + 1_000),
        register(newcomer),
        edit(waiting),
        edit(waiting + PROMOTIONS_PER_BATCH_MAX),
    ];

    let count = commands.len();
    let mut stranger = stage.hold(event).await;
    let first = office.submit(event, Command::UndoSimulation { at_most: 0 });
    let (_, answers) = tokio::join!(first, async {
        stage.wait_for_a_waiter().await;
        let asked = join_all(commands.into_iter().map(|command| office.submit(event, command)));
        let (answers, ()) = tokio::join!(asked, async {
            eventually("all are queued", async || (office.occupancy().queued == count).then_some(())).await;
            stranger.batch_execute("rollback").await.unwrap();
        });
        answers
    });
    let answers: Vec<_> = answers.into_iter().map(Result::unwrap).collect();
    let sizes: BTreeSet<_> = answers.iter().map(|answer| (answer.decided.as_of, answer.batch.size)).collect();
    let numbers: Vec<_> = answers.iter().map(|answer| answer.decided.as_of).collect();
    assert!(numbers.is_sorted() && numbers.windows(2).all(|pair| pair[0] < pair[1]), "in their order: {numbers:?}");
    // The second edit would promote more than the batch has left; all others fit into the batch that it begins.
    assert_eq!(answers.iter().map(|answer| answer.batch.size).collect::<Vec<_>>(), [1, 4, 4, 4, 4], "{sizes:?}");
    let Ok(Done::Registered { registration, .. }) = &answers[2].decided.outcome else { panic!("{answers:?}") };
    assert_eq!(registration.status, Waitlisted);
    assert_eq!(now(&stage, event, registration).await.status, Confirmed, "the last edit has a seat for everybody");
    let row = stage.row(event).await;
    assert_eq!((row.seats.waiting(), row.seats.remaining()), (0, PROMOTIONS_PER_BATCH_MAX - 1));
    let too_many = outcome(office.submit(event, edit(row.seats.taken() - 1)).await);
    assert!(matches!(too_many, Err(Refusal::CapacityBelowTaken { .. })), "{too_many:?}");
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_keeps_others_from_free_seats_for_too_long_goes_to_the_end_of_its_line() {
    let stage = Stage::set().await;
    let mut clock = clock::take(&stage).await;
    clock.set(at(200)).await;
    let offices = [stage.office(), stage.office()];
    let event = event_with(&stage, &offices[0], vec![ticket_type("hall", 4, 4, vec![price("all", 500)])]).await;
    let people = stage.people(4).await;
    let of = async |nth: usize, count: i16| {
        let choice = seats(2, &[(2, count)], 500 * i64::from(count));
        registered(offices[0].submit(event, book(people[nth], choice)).await)
    };
    let pass = |head: &Registration| Command::Pass { registration: head.id, user: head.user };
    let overdue = async || line_heads::overdue(&mut stage.connection().await, None, 10).await.unwrap();
    let idle_since = async || tickets_of(&stage, event).await.ticket_type(2.into()).unwrap().idle_since;
    // The sweeper goes by the database's own clock, which is far behind the test's.
    let is_long_ago = "update ticket_types set idle_since = now() - interval '1 hour' where idle_since is not null";
    let wait = async || stage.connection().await.batch_execute(is_long_ago).await.unwrap();

    of(0, 3).await;
    let family = of(1, 4).await;
    assert_eq!((family.status, idle_since().await), (Waitlisted, Some(at(200))));
    clock.set(at(300)).await;
    assert_eq!(done(offices[0].submit(event, pass(&family)).await), Done::PassedOver(false), "nobody is behind it");
    let pair = of(2, 2).await;
    assert_eq!(idle_since().await, Some(at(200)), "whoever joins changes nothing for the head");
    wait().await;
    assert_eq!(overdue().await, [], "it would help nobody");
    let single = of(3, 1).await;
    assert_eq!(done(offices[0].submit(event, pass(&pair)).await), Done::PassedOver(false), "it is not the head");
    let found = overdue().await;
    assert_eq!(found.iter().map(|head| (head.event, head.registration)).collect::<Vec<_>>(), [(event, family.id)]);

    // Two servers find it, and one of them is first.
    let (one, other) = tokio::join!(offices[0].submit(event, pass(&family)), offices[1].submit(event, pass(&family)));
    let mut passed = [done(one), done(other)];
    passed.sort_by_key(|done| *done == Done::PassedOver(true));
    assert_eq!(passed, [Done::PassedOver(false), Done::PassedOver(true)]);
    let before = now(&stage, event, &family).await;
    assert_eq!((before.status, before.cancellation), (Cancelled, Some(Cancellation::Passed)));
    let all = stage.registrations(event).await;
    let after = all.last().unwrap();
    assert_eq!((after.id, after.user, after.status), (family.id.successor(), family.user, Waitlisted));
    assert_eq!((&after.split, after.amount, after.decision), (&family.split, 2_000, single.decision + 2));
    assert_eq!(idle_since().await, Some(at(300)), "the next head has its own time");
    assert_eq!(overdue().await, []);
    stage.assert_promises().await;

    wait().await;
    assert_eq!(done(offices[1].submit(event, pass(&pair)).await), Done::PassedOver(true));
    assert_eq!(now(&stage, event, &single).await.status, Held, "the line moves in the same transaction");
    assert_eq!(idle_since().await, None, "no seat is free");
    wait().await;
    assert_eq!(overdue().await, []);
    stage.assert_promises().await;
}
