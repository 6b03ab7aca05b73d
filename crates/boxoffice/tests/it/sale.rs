//! Decisions of the box office under real concurrency, across the sell-out edge.

use std::collections::BTreeSet;

use boxoffice::Limits;
use chrono::TimeDelta;
use diesel_async::SimpleAsyncConnection;
use domain::accounts::AccountKind;
use domain::commands::{Authority, Command, Done, Order, Origin, Refusal};
use domain::events::{EventChanges, EventDetails};
use domain::ids::UserId;
use domain::registrations::RegistrationStatus::{Cancelled, Confirmed, Waitlisted};
use domain::tickets::Choice;
use futures_util::future::join_all;
use testdb::patience::eventually;

use crate::stage::{
    Stage, details, done, give_up, id, key, outcome, patient, patient_limits, register, register_with, registered,
};

#[tokio::test(flavor = "multi_thread")]
async fn ten_times_the_batch_limit_at_once_fills_the_seats_and_forms_one_line() {
    let stage = Stage::set().await;
    let limits = Limits { batch: 60, ..patient_limits() };
    let office = stage.office_with(limits, &patient());
    let event = stage.event(&office, 250).await;
    let people = stage.people(600).await;

    let answers = join_all(people.iter().map(|user| office.submit(event, register(*user)))).await;

    let mut positions = BTreeSet::new();
    let mut confirmed = 0;
    for answer in answers {
        match done(answer) {
            Done::Registered { position: Some(position), registration, origin: Origin::Made } => {
                assert_eq!(registration.status, Waitlisted);
                positions.insert(position);
            }
            Done::Registered { position: None, registration, origin: Origin::Made } => {
                assert_eq!(registration.status, Confirmed);
                confirmed += 1;
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(confirmed, 250);
    assert_eq!(positions, (1..=350).collect());
    let row = stage.row(event).await;
    assert_eq!((row.seats.remaining(), row.seats.waiting(), row.last_decision), (0, 350, 2 + 600));
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tenth_of_all_requests_repeated_across_the_edge_leaves_no_gap_and_no_free_seat() {
    let stage = Stage::set().await;
    let (one, other) = (stage.office(), stage.office());
    let event = stage.event(&one, 100).await;
    let people = stage.people(300).await;

    let asked = people.iter().enumerate().flat_map(|(n, user)| {
        let key = key(&format!("request-{n}"));
        let times = if n % 10 == 0 { 3 } else { 1 };
        std::iter::repeat_n((*user, key), times).enumerate()
    });
    let answers = join_all(asked.map(|(nth, (user, key))| {
        let office = if nth == 1 { &other } else { &one };
        office.submit(event, register_with(user, key))
    }))
    .await;

    let mut made = 0;
    for answer in answers {
        let Done::Registered { origin, .. } = done(answer) else { panic!() };
        made += usize::from(origin == Origin::Made);
    }
    assert_eq!(made, 300);
    let row = stage.row(event).await;
    assert_eq!((row.seats.remaining(), row.seats.waiting(), row.last_decision), (0, 200, 302));
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_give_ups_from_two_servers_promote_two_different_people() {
    let stage = Stage::set().await;
    let (one, other) = (stage.office(), stage.office());
    let event = stage.event(&one, 2).await;
    for _ in 0..10 {
        let people = stage.people(6).await;
        let mut places = Vec::new();
        for user in &people {
            let answer = one.submit(event, register(*user)).await;
            places.push(match outcome(answer) {
                Ok(Done::Registered { registration, .. }) => registration,
                Err(Refusal::AlreadyRegistered(registration)) => *registration,
                other => panic!("{other:?}"),
            });
        }
        let before = stage.registrations(event).await;
        let seated: Vec<_> = before.iter().filter(|place| place.status == Confirmed).collect();
        let line: Vec<_> = before.iter().filter(|place| place.status == Waitlisted).collect();
        assert_eq!(seated.len(), 2);

        let (a, b) = tokio::join!(one.submit(event, give_up(seated[0])), other.submit(event, give_up(seated[1])),);
        done(a);
        done(b);

        let after = stage.registrations(event).await;
        for promoted in &line[..2] {
            let now = after.iter().find(|place| place.id == promoted.id).unwrap();
            assert_eq!(now.status, Confirmed, "the two who waited longest have the seats");
        }
        assert_eq!(after.iter().filter(|place| place.status == Confirmed).count(), 2);
        stage.assert_promises().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn give_ups_capacity_and_bookings_mixed_in_one_batch_keep_every_promise() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 5).await;
    let people = stage.people(60).await;
    let first = join_all(people[..20].iter().map(|user| office.submit(event, register(*user)))).await;
    let places: Vec<_> = first.into_iter().map(registered).collect();

    let mut commands = Vec::new();
    for (n, user) in people[20..].iter().enumerate() {
        commands.push(register(*user));
        if let Some(place) = places.get(n) {
            commands.push(give_up(place));
            commands.push(register(place.user));
        }
        if n % 10 == 0 {
            let changes = Box::new(EventChanges::of_capacity(5 + i32::try_from(n).unwrap()));
            commands.push(Command::Edit { changes, expected_version: None });
        }
    }
    // All but the first come together, because the first waits for the lock meanwhile.
    let mut stranger = stage.hold(event).await;
    let together = commands.split_off(1);
    let count = together.len();
    let first = join_all(commands.into_iter().map(|command| office.submit(event, command)));
    let (first, together) = tokio::join!(first, async {
        stage.wait_for_a_waiter().await;
        let asked = join_all(together.into_iter().map(|command| office.submit(event, command)));
        let (answers, ()) = tokio::join!(asked, async {
            let all = async || (office.occupancy().queued == count).then_some(());
            eventually("all others are queued", all).await;
            stranger.batch_execute("rollback").await.unwrap();
        });
        answers
    });

    let sizes = first.iter().chain(&together).map(|answer| answer.as_ref().unwrap().batch.size);
    assert_eq!(sizes.max(), Some(count), "they went together");
    let row = stage.row(event).await;
    assert_eq!((row.seats.capacity(), row.seats.remaining()), (35, 0));
    assert_eq!(row.seats.waiting(), 60 - 35);
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_gets_what_the_first_request_made_as_it_stands_now() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 1).await;
    let people = stage.people(2).await;
    let (alice, bob) = (people[0], people[1]);
    let first = registered(office.submit(event, register_with(alice, key("a"))).await);
    let waiting = registered(office.submit(event, register_with(bob, key("b"))).await);
    assert_eq!(waiting.status, Waitlisted);
    let replay = async |user, name| match done(office.submit(event, register_with(user, key(name))).await) {
        Done::Registered { registration, origin: Origin::Replayed, .. } => registration,
        other => panic!("{other:?}"),
    };

    done(office.submit(event, give_up(&first)).await);
    let promoted = replay(bob, "b").await;
    assert_eq!((promoted.id, promoted.status), (waiting.id, Confirmed), "after a promotion");
    assert_eq!(replay(alice, "a").await.status, Cancelled, "after giving up");

    let again = registered(office.submit(event, register_with(alice, key("a2"))).await);
    assert_eq!(again.status, Waitlisted);
    assert_eq!(replay(alice, "a").await.id, first.id, "the old key still means the old place");

    done(office.submit(event, Command::Cancel).await);
    assert_eq!(replay(bob, "b").await.status, Confirmed, "after the event was cancelled");
    let fresh = outcome(office.submit(event, register_with(stage.people(3).await[2], key("c"))).await);
    assert_eq!(fresh, Err(Refusal::EventCancelled));
    assert_eq!(stage.registrations(event).await.len(), 3);
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_key_asking_again_is_already_registered_with_the_place_inside() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 1).await;
    let user = stage.people(1).await[0];
    let place = registered(office.submit(event, register(user)).await);

    let again = join_all((0..20).map(|_| office.submit(event, register(user)))).await;

    for answer in again {
        assert_eq!(outcome(answer), Err(Refusal::AlreadyRegistered(Box::new(place.clone()))));
    }
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_give_up_does_not_touch_a_later_booking() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 1).await;
    let user = stage.people(1).await[0];
    let first = registered(office.submit(event, register(user)).await);
    done(office.submit(event, give_up(&first)).await);
    let second = registered(office.submit(event, register(user)).await);

    let Done::GivenUp(answer) = done(office.submit(event, give_up(&first)).await) else { panic!() };

    assert_eq!((answer.id, answer.status), (first.id, Cancelled));
    let standing: Vec<_> = stage.registrations(event).await.into_iter().filter(|place| place.is_active()).collect();
    assert_eq!(standing.iter().map(|place| place.id).collect::<Vec<_>>(), [second.id]);
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gives_up_the_place_of_somebody_else() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 1).await;
    let people = stage.people(2).await;
    let place = registered(office.submit(event, register(people[0])).await);

    let theft = Command::GiveUp { registration: place.id, user: people[1] };
    assert_eq!(outcome(office.submit(event, theft).await), Err(Refusal::NoSuchRegistration));
    let unknown = Command::GiveUp { registration: id(), user: people[0] };
    assert_eq!(outcome(office.submit(event, unknown).await), Err(Refusal::NoSuchRegistration));
    assert!(stage.registrations(event).await[0].is_active());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_was_committed_is_found_when_it_is_decided_again() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 1).await;
    let user = stage.people(1).await[0];
    let command = Command::Register {
        registration: id(),
        user,
        buyer: AccountKind::Person,
        is_verified: true,
        key: None,
        choice: Choice::default(),
    };
    let first = registered(office.submit(event, command.clone()).await);

    // As the box office does after it lost the answer of a commit.
    let mut settings = patient();
    settings.size = 1;
    let pool = repository::pools::Pool::new(
        &stage.url,
        repository::pools::Purpose::BoxOffice,
        &settings,
        tokio::runtime::Handle::current(),
    )
    .unwrap();
    let mut connection = pool.connection().await.unwrap();
    let order = Order { id: id(), by: None, authority: Authority::Any, command };
    for status in [Confirmed, Cancelled] {
        let settled = repository::settlement::settle(
            &mut connection,
            event,
            &[&order],
            domain::admission::Attempt::Again,
            patient_limits().deadlines,
        )
        .await
        .unwrap();
        let Ok(Done::Registered { registration, origin, .. }) = &settled.answers[0].outcome else { panic!() };
        assert_eq!((registration.id, registration.status, *origin), (first.id, status, Origin::Replayed));
        // Its person may cancel it before the server that lost the answer decides again.
        done(office.submit(event, give_up(&first)).await);
    }
    assert_eq!(stage.registrations(event).await.len(), 1);
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn queues_of_idle_and_unknown_events_are_gone() {
    let stage = Stage::set().await;
    let office = stage.office();
    let user = stage.people(1).await[0];
    for _ in 0..5 {
        let answer = office.submit(id(), register(user)).await;
        assert_eq!(answer.unwrap_err(), boxoffice::Unanswered::NoSuchEvent);
    }
    let event = stage.event(&office, 1).await;
    registered(office.submit(event, register(user)).await);
    assert_eq!(office.occupancy(), boxoffice::office::Occupancy { queued: 0, in_flight: 0, queues: 0 });
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_without_an_account_is_refused_and_the_crowd_around_notices_nothing() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 20).await;
    let people = stage.people(100).await;
    let ghosts: Vec<UserId> = (0..5).map(|_| id()).collect();
    let asked = people.iter().chain(&ghosts).enumerate().map(|(nth, user)| {
        // The ghosts come in the middle.
        let nth = if nth < 100 { nth * 2 } else { (nth - 80) * 2 + 1 };
        (nth, *user)
    });
    let mut asked: Vec<_> = asked.collect();
    asked.sort_unstable();
    let answers = join_all(asked.iter().map(|(_, user)| office.submit(event, register(*user)))).await;

    for ((_, user), answer) in asked.iter().zip(answers) {
        match outcome(answer) {
            Err(Refusal::NoSuchUser) => assert!(ghosts.contains(user)),
            Ok(Done::Registered { .. }) => assert!(people.contains(user)),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(stage.registrations(event).await.len(), 100);
    let edit = Command::Edit { changes: Box::new(EventChanges::of_capacity(30)), expected_version: None };
    let by_nobody = outcome(office.submit_by(event, edit, id()).await);
    assert_eq!(by_nobody, Err(Refusal::NoSuchUser));
    assert_eq!(stage.row(event).await.seats.capacity(), 20);
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sale_opens_and_closes_on_the_databases_clock() {
    let stage = Stage::set().await;
    let (one, other) = (stage.office(), stage.office());
    let people = stage.people(4_000).await;
    let later = stage.row(stage.draft(1).await).await.created_at + TimeDelta::hours(1);
    let window =
        EventDetails { sales_open_at: Some(later), sales_close_at: Some(later + TimeDelta::hours(1)), ..details() };
    let event = stage.draft_of(100_000, window).await;
    done(one.submit(event, Command::Publish).await);
    // Moves an end of the window to a moment that comes while the test asks.
    let soon = async |column: &str| {
        let statement =
            format!("update events set {column} = clock_timestamp() + interval '200 ms' where id = '{event}'");
        stage.connection().await.batch_execute(&statement).await.unwrap();
        let window = stage.row(event).await.details;
        (window.sales_open_at.unwrap(), window.sales_close_at.unwrap())
    };
    let (mut opens_at, mut closed_at) = (later, later + TimeDelta::hours(1));

    let (mut early, mut sold, mut late) = (0, 0, 0);
    for user in people {
        let (a, b) = tokio::join!(one.submit(event, register(user)), other.submit(event, register(user)));
        // The two commands of a round are decided in either order.
        let sold_in_earlier_rounds = sold;
        for answer in [outcome(a), outcome(b)] {
            match answer {
                Err(Refusal::SalesNotOpen { opens_at: told }) => {
                    assert_eq!((told, sold_in_earlier_rounds, late), (opens_at, 0, 0));
                    early += 1;
                }
                Ok(Done::Registered { registration, .. }) => {
                    assert!(registration.registered_at >= opens_at && registration.registered_at < closed_at);
                    assert!(late <= 1, "sold in a round after the close");
                    sold += 1;
                }
                Err(Refusal::AlreadyRegistered(_)) => {}
                Err(Refusal::SalesClosed { closed_at: told }) => {
                    assert_eq!(told, closed_at);
                    late += 1;
                }
                other => panic!("{other:?}"),
            }
        }
        if early > 0 && opens_at == later {
            (opens_at, closed_at) = soon("sales_open_at").await;
        }
        if sold > 0 && closed_at > later {
            (opens_at, closed_at) = soon("sales_close_at").await;
        }
        if late > 3 {
            break;
        }
    }
    assert!(early > 0 && sold > 0 && late > 3, "{early} early, {sold} sold, {late} late");
    stage.assert_promises().await;
}
