//! Seats that are passed on, whatever meets at the same moment: others who take them, gates, and the giver.

use std::time::Duration;

use boxoffice::BoxOffice;
use chrono::Utc;
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection};
use domain::check_ins::{Scan, ScanPlace, Ticket};
use domain::commands::{Command, Done, Origin, Outcome, Refusal};
use domain::ids::{EventId, PaymentId, TransferId, UserId};
use domain::limits::TRANSFERS_PER_REGISTRATION_MAX;
use domain::registrations::{Cancellation, Registration, RegistrationStatus, Unpayable};
use domain::tickets::PriceNumber;
use futures_util::future::join_all;
use repository::Error;
use repository::check_ins::{self, Opening};
use repository::errors::Conflict;
use repository::transfers::{self, NewTransfer};
use uuid::Uuid;

use crate::clock::at;
use crate::payments::stage;
use crate::stage::{Stage, give_up, id, outcome, register, registered, remove};
use crate::tickets::{book, event_with, keep, price, seats, ticket_type};

fn new(event: EventId, of: &Registration, price: PriceNumber, id: TransferId) -> NewTransfer {
    let mut digest = [0; 32];
    digest[..16].copy_from_slice(Uuid::from(id).as_bytes());
    NewTransfer { id, event, registration: of.id, price, digest, event_ends_at: at(900) }
}

/// Stores an offer of a seat of this registration.
async fn offer(stage: &Stage, event: EventId, of: &Registration, price: PriceNumber) -> TransferId {
    let id = id();
    transfers::insert(&mut stage.connection().await, &new(event, of, price, id)).await.unwrap();
    id
}

fn take_over(transfer: TransferId, of: &Registration, user: UserId) -> Command {
    Command::TakeOver { transfer, from: of.id, user, is_verified: true }
}

async fn standing(stage: &Stage, event: EventId, of: &Registration) -> Registration {
    stage.registrations(event).await.into_iter().find(|one| one.id == of.id).unwrap()
}

/// Three seats, two of them of one party, and somebody who waits.
async fn full(stage: &Stage, office: &BoxOffice, amount: i64) -> (EventId, Registration, Registration, Vec<UserId>) {
    let event = event_with(stage, office, vec![ticket_type("hall", 3, 2, vec![price("all", amount)])]).await;
    let people = stage.people(24).await;
    let two = registered(office.submit(event, book(people[0], seats(2, &[(2, 2)], 2 * amount))).await);
    registered(office.submit(event, book(people[1], seats(2, &[(2, 1)], amount))).await);
    let waiting = registered(office.submit(event, book(people[2], seats(2, &[(2, 1)], amount))).await);
    assert_eq!(waiting.status, RegistrationStatus::Waitlisted);
    (event, two, waiting, people)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seat_of_a_full_event_goes_to_whoever_takes_it_and_the_line_stays() {
    let (stage, _clock, [office, _]) = stage().await;
    let (event, two, waiting, people) = full(&stage, &office, 0).await;
    for (taker, left) in [(people[3], 1), (people[4], 0)] {
        let offered = offer(&stage, event, &two, 2.into()).await;
        let taken = registered(office.submit(event, take_over(offered, &two, taker)).await);
        assert_eq!((taken.user, taken.status, taken.seats()), (taker, RegistrationStatus::Confirmed, 1));
        let giver = standing(&stage, event, &two).await;
        if left == 0 {
            assert_eq!(giver.cancellation, Some(Cancellation::PassedOn));
        } else {
            assert_eq!((giver.status, giver.seats()), (RegistrationStatus::Confirmed, left));
        }
        // The same person again, then somebody else.
        let again = outcome(office.submit(event, take_over(offered, &two, taker)).await);
        assert_eq!(again, Ok(Done::Registered { registration: taken, origin: Origin::Replayed, position: None }));
        let late = outcome(office.submit(event, take_over(offered, &two, people[9])).await);
        assert_eq!(late, Err(Refusal::TransferOver));
        stage.assert_promises().await;
    }
    assert_eq!(standing(&stage, event, &waiting).await.status, RegistrationStatus::Waitlisted, "no seat was free");
    let offered = offer(&stage, event, &two, 2.into()).await;
    let late = outcome(office.submit(event, take_over(offered, &two, people[5])).await);
    assert_eq!(late, Err(Refusal::TransferOver), "the giver has none left");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_take_one_seat_at_once_one_gets_it() {
    let (stage, _clock, offices) = stage().await;
    let (event, two, _, people) = full(&stage, &offices[0], 0).await;
    let offered = offer(&stage, event, &two, 2.into()).await;
    let asked = people[3..].iter().enumerate();
    let asked = asked.map(|(n, user)| offices[n % 2].submit(event, take_over(offered, &two, *user)));
    let answers: Vec<Outcome> = join_all(asked).await.into_iter().map(outcome).collect();
    let taken = answers.iter().filter(|answer| answer.is_ok()).count();
    let late = answers.iter().filter(|answer| **answer == Err(Refusal::TransferOver)).count();
    assert_eq!((taken, late), (1, answers.len() - 1));
    assert_eq!(standing(&stage, event, &two).await.seats(), 1);
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seat_is_offered_to_one_who_has_none_of_its_type_and_as_long_as_it_is_offered() {
    let (stage, _clock, [office, _]) = stage().await;
    let (event, two, waiting, people) = full(&stage, &office, 0).await;
    let offered = offer(&stage, event, &two, 2.into()).await;
    for stands in [&two, &waiting] {
        let refused = outcome(office.submit(event, take_over(offered, &two, stands.user)).await);
        assert!(matches!(refused, Err(Refusal::AlreadyRegistered(known)) if known.id == stands.id));
    }
    let unknown = outcome(office.submit(event, take_over(id(), &two, people[3])).await);
    assert_eq!(unknown, Err(Refusal::NoSuchTransfer));
    transfers::withdraw(&mut stage.connection().await, event, two.id, offered).await.unwrap();
    let withdrawn = outcome(office.submit(event, take_over(offered, &two, people[3])).await);
    assert_eq!(withdrawn, Err(Refusal::TransferOver));

    let offered = offer(&stage, event, &two, 2.into()).await;
    let off = format!("insert into event_doors (event_id, transfers) values ('{event}', false)");
    stage.connection().await.batch_execute(&off).await.unwrap();
    let off = outcome(office.submit(event, take_over(offered, &two, people[3])).await);
    assert_eq!(off, Err(Refusal::TransfersOff));
    stage.connection().await.batch_execute("update event_doors set transfers = true").await.unwrap();
    let expired = format!("update transfers set expires_at = now() where id = '{offered}'");
    stage.connection().await.batch_execute(&expired).await.unwrap();
    let expired = outcome(office.submit(event, take_over(offered, &two, people[3])).await);
    assert_eq!(expired, Err(Refusal::TransferOver));
    let offered = offer(&stage, event, &two, 2.into()).await;
    let deactivate = format!("update users set is_active = false where id = '{}'", two.user);
    stage.connection().await.batch_execute(&deactivate).await.unwrap();
    let of_nobody = outcome(office.submit(event, take_over(offered, &two, people[3])).await);
    assert_eq!(of_nobody, Err(Refusal::TransferOver), "its giver has no account any more");
    assert_eq!(standing(&stage, event, &two).await, two, "nothing was changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seat_that_is_withdrawn_and_taken_at_once_is_one_of_both() {
    const ROUNDS: usize = 18;
    let (stage, _clock, [office, _]) = stage().await;
    let (event, two, _, people) = full(&stage, &office, 0).await;
    let (mut withdrawn, mut giver) = (0, two.clone());
    for (round, taker) in (0..).zip(&people[3..3 + ROUNDS]) {
        let offered = offer(&stage, event, &giver, 2.into()).await;
        let mut connection = stage.connection().await;
        let (first, second) = head_starts(round);
        let take = async {
            tokio::time::sleep(first).await;
            office.submit(event, take_over(offered, &giver, *taker)).await
        };
        let withdraw = async {
            tokio::time::sleep(second).await;
            transfers::withdraw(&mut connection, event, giver.id, offered).await
        };
        let (taken, back) = tokio::join!(take, withdraw);
        let taken = outcome(taken);
        assert_ne!(taken.is_ok(), back.is_ok(), "{taken:?} {back:?}");
        withdrawn += usize::from(back.is_ok());
        if let Ok(Done::Registered { registration, .. }) = taken {
            giver = registration;
        }
    }
    assert!((1..ROUNDS).contains(&withdrawn), "both have been first: {withdrawn} of {ROUNDS} were withdrawn");
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_money_goes_with_the_seat_and_is_owed_to_whoever_has_it() {
    let (stage, _clock, [office, _]) = stage().await;
    let (event, two, _, people) = full(&stage, &office, 500).await;
    let payment: PaymentId = id();
    let paid = Command::MarkPaid { registration: two.id, user: two.user, payment, amount: 1_000 };
    assert!(outcome(office.submit(event, paid).await).is_ok());

    let offered = offer(&stage, event, &two, 2.into()).await;
    let taken = registered(office.submit(event, take_over(offered, &two, people[3])).await);
    let giver = standing(&stage, event, &two).await;
    let amounts = |of: &Registration| (of.amount, of.paid.map(|paid| paid.amount), of.owed);
    assert_eq!((amounts(&giver), amounts(&taken)), ((500, Some(500), 0), (500, Some(500), 0)));
    stage.assert_promises().await;

    let back = outcome(office.submit(event, Command::NotPaid { registration: two.id, payment }).await);
    assert!(matches!(back, Err(Refusal::CannotBePaid { cause: Unpayable::SeatsGivenUp, .. })), "{back:?}");
    let of_taker = outcome(office.submit(event, Command::NotPaid { registration: taken.id, payment }).await);
    assert_eq!(of_taker, Err(Refusal::NoSuchPayment));

    // The last seat, with all of the money that is left. Then both go.
    let offered = offer(&stage, event, &giver, 2.into()).await;
    let last = registered(office.submit(event, take_over(offered, &giver, people[4])).await);
    assert_eq!(amounts(&standing(&stage, event, &two).await), (500, None, 0));
    assert!(outcome(office.submit(event, remove(taken.id, true)).await).is_ok());
    assert_eq!(amounts(&standing(&stage, event, &taken).await), (500, Some(500), 500));
    assert_eq!(amounts(&last), (500, Some(500), 0));
    stage.assert_promises().await;
}

/// How long each of two waits in this round: not at all, for a bit, or, in the first two rounds, so long that the other
/// one is the first.
fn head_starts(round: u64) -> (Duration, Duration) {
    const LONG: Duration = Duration::from_millis(300);
    match round {
        0 => (Duration::ZERO, LONG),
        1 => (LONG, Duration::ZERO),
        _ => (Duration::from_micros(200 * (round % 7)), Duration::from_micros(200 * (round % 5))),
    }
}

/// Scans a ticket of a registration. Tells whether it let in.
async fn is_let_in(connection: &mut AsyncPgConnection, event: EventId, of: &Registration, number: i16) -> bool {
    let place = ScanPlace::parse("North", "phone", Utc::now()).unwrap();
    let ticket = Ticket { registration: of.id, number };
    let scan = Scan { id: id(), ticket, place, by: of.user, let_in: false };
    let decided = check_ins::check_in(connection, event, Opening::From(None), &[scan]).await.unwrap();
    decided[0].obstacle.is_none() && decided[0].found.is_some()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_that_somebody_is_in_with_does_not_end() {
    let (stage, _clock, [office, _]) = stage().await;
    let (event, two, _, people) = full(&stage, &office, 0).await;
    stage.connection().await.batch_execute("update users set kind = 'PERSON'").await.unwrap();
    let mut gate = stage.connection().await;
    let offered = offer(&stage, event, &two, 2.into()).await;

    assert!(is_let_in(&mut gate, event, &two, 2).await);
    for command in [take_over(offered, &two, people[3]), keep(&two, 2, 1, false), give_up(&two)] {
        assert_eq!(outcome(office.submit(event, command).await), Err(Refusal::CheckedIn));
    }
    assert_eq!(standing(&stage, event, &two).await, two, "nothing was changed");
    stage.connection().await.batch_execute("delete from check_ins").await.unwrap();
    assert!(is_let_in(&mut gate, event, &two, 1).await);
    assert_eq!(outcome(office.submit(event, give_up(&two)).await), Err(Refusal::CheckedIn));
    assert!(outcome(office.submit(event, take_over(offered, &two, people[3])).await).is_ok(), "ticket 2 is nobody's");
    assert!(!is_let_in(&mut gate, event, &two, 2).await, "and has ended");
    // The organizer may take the booking away all the same.
    assert!(outcome(office.submit(event, remove(two.id, true)).await).is_ok());
}

/// At each moment of both: either the ticket lets in, and stays, or it ends, and lets nobody in.
#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_that_is_scanned_while_it_ends_lets_in_or_ends() {
    const ROUNDS: usize = 60;
    let stage = Stage::set().await;
    let office = stage.office();
    let people = stage.people(2 * ROUNDS).await;
    stage.connection().await.batch_execute("update users set kind = 'PERSON'").await.unwrap();
    let event = stage.event(&office, i32::try_from(ROUNDS).unwrap()).await;
    let mut gate = stage.connection().await;
    let (mut entered, mut ended) = (0, 0);
    for (round, pause) in (0..ROUNDS).zip(0..) {
        let booked = registered(office.submit(event, register(people[2 * round])).await);
        let ending = match round % 2 {
            0 => give_up(&booked),
            _ => take_over(offer(&stage, event, &booked, 1.into()).await, &booked, people[2 * round + 1]),
        };
        let (first, second) = head_starts(pause);
        let end = async {
            tokio::time::sleep(first).await;
            office.submit(event, ending).await
        };
        let scan = async {
            tokio::time::sleep(second).await;
            is_let_in(&mut gate, event, &booked, 1).await
        };
        let (answer, is_in) = tokio::join!(end, scan);
        let answer = outcome(answer);
        assert_ne!(answer.is_ok(), is_in, "round {round}: {answer:?}");
        entered += usize::from(is_in);
        ended += usize::from(answer.is_ok());
    }
    assert!(entered > 0 && ended > 0, "both have been first: {entered} let in, {ended} ended");
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_offers_that_are_made_at_once_no_more_are_stored_than_may_be() {
    let (stage, _clock, [office, _]) = stage().await;
    let (event, two, ..) = full(&stage, &office, 0).await;
    let most = usize::try_from(TRANSFERS_PER_REGISTRATION_MAX).unwrap();
    let made = (0..most + 5)
        .map(async |_| transfers::insert(&mut stage.connection().await, &new(event, &two, 2.into(), id())).await);
    let made = join_all(made).await;
    assert_eq!(made.iter().filter(|made| made.is_ok()).count(), most);
    let refused = made.iter().filter(|made| matches!(made, Err(Error::Conflict(Conflict::TooManyTransfers)))).count();
    assert_eq!(refused, 5);
    // One that was withdrawn makes room.
    let mut connection = stage.connection().await;
    let open = transfers::of_registration(&mut connection, event, two.id).await.unwrap();
    transfers::withdraw(&mut connection, event, two.id, open[3].id).await.unwrap();
    transfers::insert(&mut connection, &new(event, &two, 2.into(), id())).await.unwrap();
    assert_eq!(transfers::of_registration(&mut connection, event, two.id).await.unwrap().len(), most);
}
