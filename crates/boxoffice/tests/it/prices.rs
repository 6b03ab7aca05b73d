//! Limits, codes and edits of prices while people ask for them.

use boxoffice::Limits;
use domain::accounts::AccountKind;
use domain::commands::{Command, Refusal};
use domain::registrations::RegistrationStatus::{Held, Waitlisted};
use domain::tickets::{Choice, ChoiceError, Code, Document, PriceEntry};
use futures_util::future::join_all;

use crate::clock::{self, at};
use crate::stage::{Stage, done, give_up, id, outcome, patient, patient_limits, registered};
use crate::tickets::{
    book, coded, event_with, in_one_batch, one_by_one, price, registration_of, seats, ticket_type, tickets_of,
};

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_racers_take_the_last_seats_of_a_limited_price_and_no_more() {
    let stage = Stage::set().await;
    clock::take(&stage).await.set(at(200)).await;
    let limits = Limits { batch: 17, ..patient_limits() };
    let offices = [stage.office_with(limits, &patient()), stage.office_with(limits, &patient())];
    let early = PriceEntry { limit: Some(20), ..price("early", 500) };
    // Waiting ones count too.
    let event = event_with(&stage, &offices[0], vec![ticket_type("hall", 5, 1, vec![early, price("late", 900)])]).await;
    let people = stage.people(200).await;

    let asked = people.iter().enumerate().map(|(nth, user)| {
        let office = &offices[nth % 2];
        office.submit(event, book(*user, seats(2, &[(2, 1)], 500)))
    });
    let (mut held, mut waiting, mut refused) = (0, 0, 0);
    for answer in join_all(asked).await {
        match outcome(answer) {
            Err(why) => {
                assert_eq!(why, ChoiceError::PriceSoldOut { price: 2.into(), left: 0 }.into());
                refused += 1;
            }
            made => match registration_of(&made).status {
                Held => held += 1,
                Waitlisted => waiting += 1,
                other => panic!("{other:?}"),
            },
        }
    }
    assert_eq!((held, waiting, refused), (5, 15, 180));
    assert_eq!(tickets_of(&stage, event).await.price(2.into()).unwrap().standing, 20);
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_twenty_at_once_one_gets_the_last_seat_of_a_code() {
    let stage = Stage::set().await;
    clock::take(&stage).await.set(at(200)).await;
    let offices = [stage.office(), stage.office()];
    let types = vec![ticket_type("hall", 50, 2, vec![coded(100, 3, "FRIENDS"), price("all", 900)])];
    let event = event_with(&stage, &offices[0], types).await;
    let people = stage.people(30).await;
    let with_code = |code: &str, count| Choice {
        code: Some(Code::parse(code).unwrap()),
        ..seats(2, &[(2, count)], 100 * i64::from(count))
    };
    registration_of(&outcome(offices[0].submit(event, book(people[0], with_code("friends", 2))).await));

    let asked = people[1..21].iter().enumerate();
    let asked = asked.map(|(nth, user)| offices[nth % 2].submit(event, book(*user, with_code("Friends", 1))));
    let answers: Vec<_> = join_all(asked).await.into_iter().map(outcome).collect();
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    for answer in answers.into_iter().filter(Result::is_err) {
        assert_eq!(answer, Err(ChoiceError::CodeUsedUp { left: 0 }.into()));
    }
    // Whoever does not know the code learns nothing of the price.
    let others = one_by_one(
        &offices[1],
        event,
        vec![
            book(people[25], with_code("ENEMIES", 1)),
            book(people[25], seats(2, &[(2, 1)], 100)),
            book(people[25], seats(2, &[(9, 1)], 100)),
        ],
    );
    let unknown = |number: i16| Err(ChoiceError::UnknownPrice(number.into()).into());
    assert_eq!(others.await, [Err(ChoiceError::WrongCode.into()), unknown(2), unknown(9)]);
    assert_eq!(tickets_of(&stage, event).await.price(2.into()).unwrap().standing, 3);
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_buyer_of_a_price_that_is_closed_at_that_moment_has_it_or_is_told() {
    let stage = Stage::set().await;
    clock::take(&stage).await.set(at(200)).await;
    let offices = [stage.office(), stage.office()];
    let people = stage.people(1).await;
    for round in 0..14 {
        let hall = ticket_type("hall", 5, 1, vec![price("early", 500), price("late", 900)]);
        let event = event_with(&stage, &offices[0], vec![hall]).await;
        let before = tickets_of(&stage, event).await;
        let row = stage.row(event).await;
        let mut types = Document::entries(&before);
        types[0].prices[0].is_closed = true;
        let document = Box::new(Document::checked(row.terms.clone(), types).unwrap());
        let close = Command::EditTickets { document, expected_version: row.edit_version };
        let buy = book(people[0], seats(2, &[(2, 1)], 500));
        let closed = Err(Refusal::Choice(ChoiceError::PriceClosed(2.into())));
        // In either order, in one batch and in two; then from two servers at once.
        let bought = match round {
            0 => in_one_batch(&stage, &offices[0], event, vec![close, buy]).await.remove(1),
            1 => one_by_one(&offices[0], event, vec![close, buy]).await.remove(1),
            2 => in_one_batch(&stage, &offices[0], event, vec![buy, close]).await.remove(0),
            3 => one_by_one(&offices[0], event, vec![buy, close]).await.remove(0),
            _ => {
                let (closing, buying) = (offices[0].submit(event, close), offices[1].submit(event, buy));
                let (closing, buying) = tokio::join!(closing, buying);
                outcome(closing).unwrap();
                outcome(buying)
            }
        };
        let is_refused = bought.is_err();
        match round {
            0 | 1 => assert!(is_refused),
            2 | 3 => assert!(!is_refused),
            _ => {}
        }
        if is_refused {
            assert_eq!(bought, closed);
        } else {
            assert_eq!((registration_of(&bought).status, registration_of(&bought).amount), (Held, 500));
        }
        let after = tickets_of(&stage, event).await;
        assert!(after.price(2.into()).unwrap().is_closed, "the edit is made in any case");
        assert_eq!(after.price(2.into()).unwrap().standing, i32::from(!is_refused), "whoever stands goes on");
        assert_eq!(stage.registrations(event).await.len(), usize::from(!is_refused));
    }
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_that_only_a_stress_test_has_used_may_cost_something_else_or_go() {
    let stage = Stage::set().await;
    let office = stage.office();
    clock::take(&stage).await.set(at(200)).await;
    let prices = vec![price("early", 500), price("late", 900)];
    let event = event_with(&stage, &office, vec![ticket_type("hall", 5, 2, prices)]).await;
    let user = stage.people(1).await[0];
    let buy = |choice| Command::Register {
        registration: id(),
        user,
        buyer: AccountKind::Simulated,
        is_verified: true,
        key: None,
        choice,
    };
    done(office.submit(event, Command::BeginSimulation).await);
    for choice in [seats(2, &[(2, 1), (3, 1)], 1_400), seats(2, &[(3, 1)], 900)] {
        let booked = registered(office.submit(event, buy(choice)).await);
        done(office.submit(event, give_up(&booked)).await);
    }
    done(office.submit(event, Command::UndoSimulation { at_most: 10 }).await);
    assert_eq!(stage.registrations(event).await.len(), 2, "what was given up stays");

    let row = stage.row(event).await;
    let mut types = Document::entries(&tickets_of(&stage, event).await);
    types[0].prices.truncate(1);
    types[0].prices[0].amount = 700;
    let document = Box::new(Document::checked(row.terms.clone(), types).unwrap());
    done(office.submit(event, Command::EditTickets { document, expected_version: row.edit_version }).await);
    stage.assert_promises().await;
}
