//! Holds, payments and lapses, whatever meets at the same moment.

use boxoffice::BoxOffice;
use domain::commands::{Command, Done, Outcome, Refusal};
use domain::events::EventStatus;
use domain::ids::{EventId, PaymentId};
use domain::registrations::RegistrationStatus::{Cancelled, Confirmed, Held, Waitlisted};
use domain::registrations::{Cancellation, Registration, Unpayable};
use domain::tickets::PriceEntry;
use futures_util::future::join_all;
use testdb::{Fault, Wire};

use crate::clock::{self, Clock, at};
use crate::stage::{Stage, done, give_up, id, office_at, outcome, patient, patient_limits, registered, remove};
use crate::tickets::{
    book, event_with, in_one_batch, keep, now, one_by_one, price, registration_of, seats, ticket_type, tickets_of,
};

fn pay(of: &Registration, payment: PaymentId) -> Command {
    Command::MarkPaid { registration: of.id, user: of.user, payment, amount: of.amount }
}

fn unpayable(outcome: &Outcome) -> Option<Unpayable> {
    match outcome {
        Err(Refusal::CannotBePaid { cause, .. }) => Some(*cause),
        _ => None,
    }
}

fn lapse(of: &[Registration]) -> Command {
    Command::Lapse { registrations: of.iter().map(|one| one.id).collect() }
}

/// An hour before the sale ends, on two servers.
pub(crate) async fn stage() -> (Stage, Clock, [BoxOffice; 2]) {
    let stage = Stage::set().await;
    let mut clock = clock::take(&stage).await;
    clock.set(at(200)).await;
    let offices = [stage.office(), stage.office()];
    (stage, clock, offices)
}

/// An event with one type of so many seats for 5 each, up to 4 at once.
async fn paid_event(stage: &Stage, office: &BoxOffice, capacity: i64) -> EventId {
    event_with(stage, office, vec![ticket_type("hall", capacity, capacity.min(4), vec![price("all", 500)])]).await
}

fn of_hall(count: i16) -> domain::tickets::Choice {
    seats(2, &[(2, count)], 500 * i64::from(count))
}

/// Has both done: in either order, in one batch and in two, then from two servers at once.
async fn both(
    stage: &Stage,
    offices: &[BoxOffice; 2],
    event: EventId,
    round: usize,
    (one, other): (Command, Command),
) -> (Outcome, Outcome) {
    let both = match round {
        0 => in_one_batch(stage, &offices[0], event, vec![one, other]).await,
        1 => one_by_one(&offices[0], event, vec![one, other]).await,
        2 | 3 => {
            let turned = vec![other, one];
            let mut turned = match round {
                2 => in_one_batch(stage, &offices[0], event, turned).await,
                _ => one_by_one(&offices[0], event, turned).await,
            };
            turned.reverse();
            turned
        }
        _ => {
            let (one, other) = tokio::join!(offices[0].submit(event, one), offices[1].submit(event, other));
            vec![outcome(one), outcome(other)]
        }
    };
    let [one, other] = <[Outcome; 2]>::try_from(both).unwrap();
    (one, other)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_and_a_lapse_at_the_same_moment_end_by_the_table_in_either_order() {
    let (stage, mut clock, offices) = stage().await;
    let people = stage.people(2).await;
    for (round, is_waiting) in (0..14).flat_map(|round| [(round, false), (round, true)]) {
        clock.set(at(200)).await;
        let event = paid_event(&stage, &offices[0], 2).await;
        let held = registered(offices[0].submit(event, book(people[0], of_hall(2))).await);
        assert_eq!((held.status, held.hold.unwrap().lapses_at), (Held, at(230)));
        if is_waiting {
            registered(offices[0].submit(event, book(people[1], of_hall(1))).await);
        }
        // A moment before the deadline nothing lapses.
        clock.set(at(229)).await;
        assert_eq!(done(offices[0].submit(event, lapse(std::slice::from_ref(&held))).await), Done::Lapsed(0));
        clock.set(at(230)).await;

        let payment = id();
        let commands = (pay(&held, payment), lapse(std::slice::from_ref(&held)));
        let (paid, lapsed) = both(&stage, &offices, event, round, commands).await;

        let now = now(&stage, event, &held).await;
        match round {
            0 | 1 => assert_eq!(lapsed, Ok(Done::Lapsed(0)), "it was paid before"),
            2 | 3 => assert_eq!(lapsed, Ok(Done::Lapsed(1))),
            _ => {}
        }
        if lapsed == Ok(Done::Lapsed(0)) {
            assert_eq!((now.status, now.hold), (Confirmed, None));
            assert_eq!(registration_of(&paid), now);
        } else if is_waiting {
            // The seats are somebody else's.
            assert_eq!(now.cancellation, Some(Cancellation::Lapsed));
            let cause = Unpayable::SeatsGone;
            assert_eq!(paid, Err(Refusal::CannotBePaid { registration: Box::new(now), cause }));
        } else {
            assert_eq!(now.cancellation, Some(Cancellation::Lapsed));
            let again = registration_of(&paid);
            assert_eq!((again.id, again.status, again.amount), (held.id.successor(), Confirmed, 1_000));
            assert_eq!(again.split, held.split);
        }
        let taken = tickets_of(&stage, event).await.money().taken;
        assert_eq!(taken, if paid.is_ok() { 1_000 } else { 0 });
    }
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_that_find_the_same_holds_let_each_lapse_once_and_the_line_gets_the_seats_in_its_order() {
    let (stage, mut clock, offices) = stage().await;
    let event = paid_event(&stage, &offices[0], 40).await;
    let people = stage.people(90).await;
    let asked = people[..40].iter().map(|user| offices[0].submit(event, book(*user, of_hall(1))));
    let held: Vec<_> = join_all(asked).await.into_iter().map(registered).collect();
    let asked = people[40..].iter().map(|user| offices[0].submit(event, book(*user, of_hall(1))));
    let mut line: Vec<_> = join_all(asked).await.into_iter().map(registered).collect();
    line.sort_by_key(|place| place.decision);
    clock.set(at(230)).await;

    let orders = held.chunks(8).flat_map(|some| offices.iter().map(move |office| (office, lapse(some))));
    let answers = join_all(orders.map(|(office, command)| office.submit(event, command))).await;
    let lapsed = answers.into_iter().map(|answer| match done(answer) {
        Done::Lapsed(lapsed) => lapsed,
        other => panic!("{other:?}"),
    });
    assert_eq!(lapsed.sum::<usize>(), 40);
    let after = stage.registrations(event).await;
    let promoted = after.iter().filter(|place| place.status == Held).map(|place| place.id);
    assert_eq!(promoted.collect::<Vec<_>>(), line[..40].iter().map(|place| place.id).collect::<Vec<_>>());
    let seated: Vec<_> = after.iter().filter(|place| place.status == Held).map(|place| place.seated_decision).collect();
    assert!(seated.is_sorted(), "{seated:?}");
    // Seats from the line have a quarter of an hour as well.
    assert!(after.iter().filter(|place| place.status == Held).all(|place| place.hold.unwrap().lapses_at == at(260)));
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_organizers_who_mark_the_same_transfer_take_it_once() {
    let (stage, _clock, offices) = stage().await;
    let people = stage.people(1).await;
    for (round, is_same) in (0..10).flat_map(|round| [(round, false), (round, true)]) {
        let event = paid_event(&stage, &offices[0], 4).await;
        let held = registered(offices[0].submit(event, book(people[0], of_hall(3))).await);
        let first: PaymentId = id();
        let second = if is_same { first } else { id() };
        let commands = (pay(&held, first), pay(&held, second));
        let (one, other) = both(&stage, &offices, event, round, commands).await;
        assert_eq!(one, other, "both hear of the same registration");
        assert_eq!(registration_of(&one).status, Confirmed);
        assert_eq!(tickets_of(&stage, event).await.money().taken, 1_500, "once");
        assert_eq!(stage.row(event).await.last_decision, registration_of(&one).paid.unwrap().decision);

        // One of the marks is the payment. It is taken back by both at once, and by nobody else.
        let not_paid = |payment| Command::NotPaid { registration: held.id, payment };
        let commands = (not_paid(first), not_paid(second));
        let (one, other) = both(&stage, &offices, event, round, commands).await;
        let taken_back = [&one, &other].into_iter().filter(|answer| answer.is_ok()).count();
        assert_eq!(taken_back, if is_same { 2 } else { 1 });
        assert!([&one, &other].into_iter().all(|answer| answer.is_ok() || *answer == Err(Refusal::NoSuchPayment)));
        let money = tickets_of(&stage, event).await.money();
        assert_eq!((money.taken, money.held), (0, 1_500));
        assert_eq!(now(&stage, event, &held).await.hold.unwrap().until, at(230), "a new deadline");
        // What was taken back is not marked by a repeat.
        registration_of(&outcome(offices[1].submit(event, pay(&held, first)).await));
        if is_same {
            assert_eq!(now(&stage, event, &held).await.status, Held);
        }
    }
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_let_three_holds_lapse_is_refused_and_may_still_pay_late() {
    let (stage, mut clock, [office, _]) = stage().await;
    let event = paid_event(&stage, &office, 2).await;
    let people = stage.people(2).await;
    let mut last = None;
    for nth in 0..3 {
        let held = registered(office.submit(event, book(people[0], of_hall(2))).await);
        clock.set(at(230 + 30 * nth)).await;
        assert_eq!(done(office.submit(event, lapse(std::slice::from_ref(&held))).await), Done::Lapsed(1));
        last = Some(held);
    }
    let refused = outcome(office.submit(event, book(people[0], of_hall(1))).await);
    assert_eq!(refused, Err(Refusal::TooManyLapses));
    let late = registration_of(&outcome(office.submit(event, pay(&last.unwrap(), id())).await));
    assert_eq!(late.status, Confirmed);
    assert_eq!(registered(office.submit(event, book(people[1], of_hall(1))).await).status, Waitlisted);
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn late_money_for_one_booking_makes_one_registration_whatever_became_of_it() {
    let (stage, mut clock, [office, _]) = stage().await;
    let event = paid_event(&stage, &office, 2).await;
    let user = stage.people(1).await[0];
    let held = registered(office.submit(event, book(user, of_hall(2))).await);
    clock.set(at(230)).await;
    assert_eq!(done(office.submit(event, lapse(std::slice::from_ref(&held))).await), Done::Lapsed(1));
    let mark = async |payment| outcome(office.submit(event, pay(&held, payment)).await);

    // The same transfer, marked twice.
    let first = id();
    let made = registration_of(&mark(first).await);
    assert_eq!((made.id, made.status), (held.id.successor(), Confirmed));
    assert_eq!(registration_of(&mark(id()).await), made);

    // The mark was a mistake. The right transfer is for the registration that the first one made.
    let not_paid = Command::NotPaid { registration: made.id, payment: first };
    assert_eq!(registration_of(&outcome(office.submit(event, not_paid).await)).status, Held);
    assert_eq!(registration_of(&mark(first).await).status, Held, "a mark that was taken back is not made again");
    let second = id();
    assert_eq!(registration_of(&mark(second).await).status, Confirmed);
    let other_amount = Command::MarkPaid { registration: held.id, user, payment: second, amount: held.amount + 1 };
    assert_eq!(outcome(office.submit(event, other_amount).await), Err(Refusal::KeyReused));

    // Its seats are free again, and the money is owed back. No mark gives them out a second time.
    done(office.submit(event, give_up(&made)).await);
    for payment in [id(), id()] {
        assert_eq!(unpayable(&mark(payment).await), Some(Unpayable::Cancelled));
    }
    assert_eq!(registration_of(&mark(first).await).status, Cancelled, "a repeat hears how it stands now");
    assert_eq!(stage.registrations(event).await.len(), 2);
    assert_eq!(tickets_of(&stage, event).await.money().taken, held.amount);

    // What late money made can itself lapse, and late money makes another one from that.
    let user = stage.people(1).await[0];
    let held = registered(office.submit(event, book(user, of_hall(2))).await);
    let mark = async |payment| registration_of(&outcome(office.submit(event, pay(&held, payment)).await));
    clock.set(at(260)).await;
    assert_eq!(done(office.submit(event, lapse(std::slice::from_ref(&held))).await), Done::Lapsed(1));
    let first = id();
    let made = mark(first).await;
    done(office.submit(event, Command::NotPaid { registration: made.id, payment: first }).await);
    clock.set(at(290)).await;
    assert_eq!(done(office.submit(event, lapse(std::slice::from_ref(&made))).await), Done::Lapsed(1));
    let last = mark(id()).await;
    assert_eq!((last.id, last.status), (made.id.successor(), Confirmed));
    assert_eq!(mark(id()).await, last);
    assert_eq!(mark(first).await.cancellation, Some(Cancellation::Lapsed), "the first payment was for the second one");
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn late_money_is_refused_with_the_reason() {
    let (stage, mut clock, [office, _]) = stage().await;
    let people = stage.people(2).await;
    let lapsed = async |clock: &mut Clock| {
        clock.set(at(200)).await;
        let event = paid_event(&stage, &office, 4).await;
        let held = registered(office.submit(event, book(people[0], of_hall(2))).await);
        clock.set(at(230)).await;
        assert_eq!(done(office.submit(event, lapse(std::slice::from_ref(&held))).await), Done::Lapsed(1));
        (event, held)
    };
    let mark = async |event, held: &Registration| unpayable(&outcome(office.submit(event, pay(held, id())).await));

    let (event, held) = lapsed(&mut clock).await;
    registered(office.submit(event, book(people[0], of_hall(1))).await);
    assert_eq!(mark(event, &held).await, Some(Unpayable::BookedAgain));

    let (event, held) = lapsed(&mut clock).await;
    registered(office.submit(event, book(people[1], of_hall(3))).await);
    assert_eq!(mark(event, &held).await, Some(Unpayable::SeatsGone));

    let (event, held) = lapsed(&mut clock).await;
    let again = registered(office.submit(event, book(people[0], of_hall(1))).await);
    done(office.submit(event, remove(again.id, false)).await);
    assert_eq!(mark(event, &held).await, Some(Unpayable::PersonRefused));

    let (event, held) = lapsed(&mut clock).await;
    done(office.submit(event, Command::Cancel).await);
    assert_eq!(mark(event, &held).await, Some(Unpayable::EventCancelled));

    let (event, held) = lapsed(&mut clock).await;
    clock.set(at(1_000)).await;
    assert_eq!(mark(event, &held).await, Some(Unpayable::EventOver));

    clock.set(at(200)).await;
    let limited = PriceEntry { limit: Some(2), ..price("all", 500) };
    let event = event_with(&stage, &office, vec![ticket_type("hall", 4, 2, vec![limited])]).await;
    let held = registered(office.submit(event, book(people[0], of_hall(2))).await);
    clock.set(at(230)).await;
    assert_eq!(done(office.submit(event, lapse(std::slice::from_ref(&held))).await), Done::Lapsed(1));
    registered(office.submit(event, book(people[1], of_hall(1))).await);
    assert_eq!(mark(event, &held).await, Some(Unpayable::PriceSoldOut));
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_was_cancelled_or_has_ended_comes_to_rest() {
    let (stage, mut clock, offices) = stage().await;
    let people = stage.people(4).await;
    for is_cancelled in [true, false] {
        clock.set(at(200)).await;
        let event = paid_event(&stage, &offices[0], 4).await;
        let asked = [(0, 2), (1, 2), (2, 1)];
        let asked = asked.map(|(nth, count): (usize, i16)| book(people[nth], of_hall(count)));
        let places = one_by_one(&offices[0], event, asked.to_vec()).await;
        let places: Vec<_> = places.iter().map(registration_of).collect();
        assert_eq!([0, 1, 2].map(|nth: usize| places[nth].status), [Held, Held, Waitlisted]);
        if is_cancelled {
            done(offices[0].submit(event, Command::Cancel).await);
            clock.set(at(230)).await;
        } else {
            clock.set(at(1_000)).await;
        }
        let number = stage.row(event).await.last_decision;

        // Both are due, and one is just being paid. Two servers go on finding them until nothing is due.
        let due = async || {
            let all = stage.registrations(event).await;
            all.into_iter().filter(|place| place.hold.is_some()).collect::<Vec<_>>()
        };
        let mut sweeps = 0;
        let mut paid = Vec::new();
        loop {
            let found = due().await;
            if found.is_empty() {
                break;
            }
            sweeps += 1;
            assert!(sweeps < 3, "it is retried for ever: {found:?}");
            let commands = (pay(&places[0], id()), lapse(&found));
            let (answer, swept) = both(&stage, &offices, event, 4, commands).await;
            assert_eq!(swept, Ok(Done::Lapsed(0)), "no seat moves");
            paid.push(answer);
        }
        let standing: Vec<_> = stage.registrations(event).await;
        let statuses: Vec<_> = standing.iter().map(|place| place.status).collect();
        if is_cancelled {
            assert_eq!(statuses, [Held, Held, Waitlisted]);
            assert!(paid.iter().all(|answer| unpayable(answer) == Some(Unpayable::EventCancelled)), "{paid:?}");
            assert_eq!(stage.row(event).await.last_decision, number, "a deadline that goes takes no number");
        } else {
            assert_eq!(statuses, [Confirmed, Held, Waitlisted], "money for a seat is taken also after the end");
            assert!(paid.iter().all(|answer| registration_of(answer).status == Confirmed));
        }
        // Everything else is refused, and changes nothing.
        let refusal = if is_cancelled { Refusal::EventCancelled } else { Refusal::EventEnded };
        let waits = &places[2];
        for command in [
            give_up(&places[1]),
            keep(&places[1], 2, 1, false),
            remove(waits.id, true),
            book(people[3], of_hall(1)),
            Command::Release { registration: waits.id, user: waits.user },
        ] {
            assert_eq!(outcome(offices[1].submit(event, command.clone()).await), Err(refusal.clone()), "{command:?}");
        }
        let waiting = outcome(offices[1].submit(event, pay(waits, id())).await);
        assert_eq!(unpayable(&waiting), Some(Unpayable::Waits));
        assert_eq!(stage.registrations(event).await, standing);
        let status = stage.row(event).await.status;
        assert_eq!(status, if is_cancelled { EventStatus::Cancelled } else { EventStatus::Published });
    }
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_command_about_tickets_survives_a_lost_commit() {
    let (stage, mut clock, [sound, _]) = stage().await;
    let (wire, through) = Wire::to(&stage.url).await.unwrap();
    let office = office_at(&through, patient_limits(), &patient());
    let event = paid_event(&stage, &sound, 6).await;
    let people = stage.people(4).await;
    let family = registered(sound.submit(event, book(people[0], of_hall(4))).await);
    let pair = registered(sound.submit(event, book(people[1], of_hall(2))).await);
    let waiting = registered(sound.submit(event, book(people[2], of_hall(2))).await);
    let mut number = stage.row(event).await.last_decision;
    // Loses the answer of the commit, and says by how much the event's numbers have gone on.
    let mut lost = async |command: Command| {
        wire.arm(Fault::CutAfter, "commit");
        let answer = outcome(office.submit(event, command).await);
        wire.struck().await;
        stage.assert_promises().await;
        let before = std::mem::replace(&mut number, stage.row(event).await.last_decision);
        (answer, number - before)
    };

    let (answer, numbers) = lost(book(people[3], of_hall(3))).await;
    assert_eq!((registration_of(&answer).status, numbers), (Waitlisted, 1));
    let (answer, numbers) = lost(keep(&family, 2, 3, false)).await;
    assert_eq!((registration_of(&answer).seats(), numbers), (3, 1));
    let (answer, numbers) = lost(keep(&waiting, 2, 1, true)).await;
    assert_eq!((registration_of(&answer).status, numbers), (Held, 2), "fewer seats, and a promotion");
    let payment = id();
    let (answer, numbers) = lost(pay(&pair, payment)).await;
    assert_eq!((registration_of(&answer).status, numbers), (Confirmed, 1));
    let (answer, numbers) = lost(Command::NotPaid { registration: pair.id, payment }).await;
    assert_eq!((registration_of(&answer).status, numbers), (Held, 1));
    let (answer, numbers) = lost(remove(waiting.id, false)).await;
    assert_eq!((registration_of(&answer).status, numbers), (Cancelled, 1));
    let tickets = tickets_of(&stage, event).await;
    let mut types = domain::tickets::Document::entries(&tickets);
    types[0].prices[0].limit = Some(20);
    types[0].prices.push(price("other", 700));
    let row = stage.row(event).await;
    let document = Box::new(domain::tickets::Document::checked(row.terms.clone(), types).unwrap());
    let (answer, numbers) = lost(Command::EditTickets { document, expected_version: row.edit_version }).await;
    assert!(answer.is_ok() && numbers == 1, "{answer:?}");
    assert_eq!(stage.row(event).await.edit_version, row.edit_version + 1);
    clock.set(at(230)).await;
    let (answer, numbers) = lost(lapse(&[family.clone(), pair.clone()])).await;
    assert_eq!(
        (answer, numbers),
        (Ok(Done::Lapsed(0)), 3),
        "both have lapsed by then, and the party of three is seated"
    );
    let late = id();
    let (answer, numbers) = lost(pay(&pair, late)).await;
    assert_eq!((registration_of(&answer).id, numbers), (pair.id.successor(), 2));
    assert_eq!(tickets_of(&stage, event).await.money().taken, 1_000);
}
