//! Positions in line.

use boxoffice::lines::{Lines, SNAPSHOT_AGE_MAX};
use futures_util::future::join_all;
use testdb::patience::outlast;

use crate::stage::{Stage, done, give_up, register, registered};

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
        let position = lines.position(event, place.decision).await.unwrap();
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
    let told = join_all(waiting.iter().map(|place| lines.position(event, place.decision))).await;
    let told: Vec<_> = told.into_iter().map(|position| position.unwrap().unwrap()).collect();
    assert_eq!(told, (1..=58).collect::<Vec<i64>>());

    done(office.submit(event, give_up(&waiting[0])).await);
    // A snapshot from before the cancellation may be in use until it is too old.
    outlast(SNAPSHOT_AGE_MAX).await;
    assert_eq!(lines.position(event, waiting[0].decision).await.unwrap(), None);
    assert_eq!(lines.position(event, waiting[1].decision).await.unwrap(), Some(1));
}
