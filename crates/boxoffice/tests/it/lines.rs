//! Positions in line.

use std::sync::{Arc, Mutex};

use boxoffice::lines::Lines;
use boxoffice::observer::{Notice, Observer};
use domain::commands::Done;
use domain::ids::EventId;
use domain::tickets::TypeNumber;
use futures_util::future::join_all;
use testdb::patience::eventually;

use crate::stage::{Stage, done, give_up, observed_office_at, patient, patient_limits, register, registered};

async fn position(lines: &Lines, event: EventId, decision: i64) -> Option<i64> {
    lines.place(event, TypeNumber::FIRST, decision).await.unwrap().map(|place| place.position)
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_is_told_their_own_place_also_who_joined_after_the_snapshot() {
    let stage = Stage::set().await;
    let office = stage.office();
    let event = stage.event(&office, 2).await;
    let people = stage.people(60).await;
    let lines = Lines::new(stage.pool.clone());
    let mut waiting = Vec::new();
    for (nth, user) in people.iter().enumerate() {
        let place = registered(office.submit(event, register(*user)).await);
        let position = position(&lines, event, place.decision).await;
        if nth < 2 {
            assert_eq!(position, None, "a seat is no place in line");
        } else {
            assert_eq!(position, Some(i64::try_from(nth).unwrap() - 1));
            waiting.push(place);
        }
        if nth == 9 {
            break;
        }
    }
    let more = join_all(people[10..].iter().map(|user| office.submit(event, register(*user)))).await;
    waiting.extend(more.into_iter().map(registered));
    waiting.sort_by_key(|place| place.decision);
    let told = join_all(waiting.iter().map(|place| position(&lines, event, place.decision))).await;
    let told: Vec<_> = told.into_iter().map(Option::unwrap).collect();
    assert_eq!(told, (1..=58).collect::<Vec<i64>>());

    done(office.submit(event, give_up(&waiting[0])).await);
    // A snapshot from before the cancellation may be in use until it is too old.
    eventually("the first in line has left", async || {
        position(&lines, event, waiting[0].decision).await.is_none().then_some(())
    })
    .await;
    assert_eq!(position(&lines, event, waiting[1].decision).await, Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_joins_a_line_is_noted_before_the_answer() {
    let stage = Stage::set().await;
    let event = stage.event(&stage.office(), 2).await;
    let noted = Arc::new(Mutex::new(Vec::new()));
    let noting = Arc::clone(&noted);
    let observer: Observer = Arc::new(move |notice| {
        if let Notice::Joined(event, joined) = notice {
            noting.lock().unwrap().extend(joined.iter().map(|one| (event, one.decision, one.place.position)));
        }
    });
    let office = observed_office_at(&stage.url, patient_limits(), &patient(), observer);
    let people = stage.people(40).await;
    let waiting = join_all(people.iter().map(async |user| {
        let answer = office.submit(event, register(*user)).await.unwrap();
        let Ok(Done::Registered { registration, position, .. }) = answer.decided.outcome else { panic!("{answer:?}") };
        let position = position.map(i64::from);
        let is_noted = |position| noted.lock().unwrap().contains(&(event, registration.decision, position));
        assert!(position.is_none_or(is_noted), "{position:?}");
        usize::from(position.is_some())
    }));
    assert_eq!(waiting.await.iter().sum::<usize>(), 38);
    assert_eq!(noted.lock().unwrap().len(), 38, "those with seats are in no line");
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_that_nobody_asks_about_leave_memory() {
    let stage = Stage::set().await;
    let office = stage.office();
    let lines = Lines::new(stage.pool.clone());
    let user = stage.people(1).await[0];
    let mut asked = Vec::new();
    for _ in 0..3 {
        let event = stage.event(&office, 0).await;
        let place = registered(office.submit(event, register(user)).await);
        assert_eq!(position(&lines, event, place.decision).await, Some(1));
        asked.push((event, place.decision));
    }
    assert_eq!(lines.kept(), 3);
    // Somebody goes on asking about one of them.
    let (event, decision) = asked[0];
    eventually("the other lines are kept no longer", async || {
        assert_eq!(position(&lines, event, decision).await, Some(1));
        (lines.kept() == 1).then_some(())
    })
    .await;
    eventually("no line is kept", async || (lines.kept() == 0).then_some(())).await;
    assert_eq!(position(&lines, event, decision).await, Some(1));
    assert_eq!(lines.kept(), 1, "the next question reads it again");
}
