use std::collections::HashSet;

use domain::accounts::AccountKind;
use domain::admission::{Attempt, Findings, Inconsistent, Questions, decide};
use domain::commands::{Command, Done, Origin, Refusal};
use domain::events::EventChanges;
use domain::ids::RegistrationId;
use domain::limits::{GIVEN_UP_PER_PERSON_MAX, PROMOTIONS_PER_BATCH_MAX};
use domain::registrations::{Cancellation, IdempotencyKey, RegistrationStatus};
use domain::tickets::Choice;
use uuid::Uuid;

use crate::stage::{Tables, at, event, order, orders, register, remove, user};

#[test]
fn the_window_opens_at_its_first_moment_and_is_closed_from_its_last() {
    let answer = |second| {
        let decision = Tables::of(event(5)).settle(at(second), &[register(1)]);
        decision.answers.into_iter().next().unwrap().outcome.map(drop)
    };
    assert_eq!(answer(99), Err(Refusal::SalesNotOpen { opens_at: at(100) }));
    assert_eq!(answer(100), Ok(()));
    assert_eq!(answer(799), Ok(()));
    assert_eq!(answer(800), Err(Refusal::SalesClosed { closed_at: at(800) }));
    assert_eq!(answer(1_000), Err(Refusal::EventEnded));
}

#[test]
fn the_window_does_not_bound_giving_up_and_promotion() {
    let mut tables = Tables::of(event(1));
    tables.settle(at(200), &[register(1), register(2)]);
    let give_up = Command::GiveUp { registration: Uuid::from_u128(10_001).into(), user: user(1) };
    let decision = tables.settle(at(850), &[give_up]);
    assert!(matches!(decision.answers[0].outcome, Ok(Done::GivenUp(_))));
    assert_eq!(decision.updated.iter().filter(|row| row.status == RegistrationStatus::Confirmed).count(), 1);
}

#[test]
fn cancelling_ends_with_the_start_and_then_the_line_moves_only_by_what_the_organizer_does() {
    let give_up = |n: u128| Command::GiveUp { registration: Uuid::from_u128(10_000 + n).into(), user: user(n) };
    let edit = |changes| Command::Edit { changes: Box::new(changes), expected_version: None };
    let one = |tables: &mut Tables, second, command| tables.settle(at(second), &[command]).answers.remove(0).outcome;
    let mut tables = Tables::of(event(2));
    tables.settle(at(200), &[1, 2, 3, 4, 5, 6].map(register));
    assert!(one(&mut tables, 899, give_up(1)).is_ok(), "the last moment");
    let refused = Err(Refusal::CancellingEnded { ended_at: at(900) });
    assert_eq!(one(&mut tables, 900, give_up(2)), refused, "a seat");
    assert_eq!(one(&mut tables, 900, give_up(6)), refused, "a place in line");
    assert!(one(&mut tables, 900, give_up(1)).is_ok(), "a repeat of the one that was in time");
    assert_eq!((tables.event.seats.taken(), tables.event.seats.waiting()), (2, 3));
    assert!(one(&mut tables, 901, edit(EventChanges::of_capacity(3))).is_ok());
    assert_eq!((tables.event.seats.taken(), tables.event.seats.waiting()), (3, 2), "the line moved");

    let until = |second| EventChanges { cancel_until: Some(Some(at(second))), ..EventChanges::default() };
    let mut tables = Tables::of(event(2));
    tables.settle(at(200), &[register(1), register(2)]);
    assert!(one(&mut tables, 201, edit(until(300))).is_ok());
    assert!(one(&mut tables, 299, give_up(1)).is_ok());
    assert_eq!(one(&mut tables, 300, give_up(2)), Err(Refusal::CancellingEnded { ended_at: at(300) }));
    assert!(matches!(one(&mut tables, 301, edit(until(901))), Err(Refusal::InvalidEdit(_))), "after the start");
    assert!(one(&mut tables, 301, edit(until(900))).is_ok());
    assert!(one(&mut tables, 302, give_up(2)).is_ok());
}

#[test]
fn a_stale_edit_is_refused_unless_it_holds_already() {
    let mut tables = Tables::of(event(5));
    let rename = |title: &str, expected_version| Command::Edit {
        changes: Box::new(EventChanges { title: Some(title.into()), ..EventChanges::default() }),
        expected_version,
    };
    let decision = tables.settle(at(1), &[rename("A", Some(1)), rename("B", Some(1)), rename("A", Some(1))]);
    assert!(decision.answers[0].outcome.is_ok());
    assert_eq!(decision.answers[1].outcome, Err(Refusal::StaleEdit { current_version: 2 }));
    assert!(decision.answers[2].outcome.is_ok(), "the same edit again");
    assert_eq!(tables.event.edit_version, 2);
}

#[test]
fn an_edit_may_not_end_an_event_or_touch_one_that_is_over() {
    let mut tables = Tables::of(event(5));
    let edit = |changes| Command::Edit { changes: Box::new(changes), expected_version: None };
    let (starts_at, ends_at) = (Some(at(10)), Some(at(50)));
    let (sales_open_at, sales_close_at) = (Some(None), Some(None));
    let ends = EventChanges { starts_at, ends_at, sales_open_at, sales_close_at, ..EventChanges::default() };
    let decision = tables.settle(at(60), &[edit(ends)]);
    assert!(matches!(&decision.answers[0].outcome, Err(Refusal::InvalidEdit(invalid)) if invalid.field == "ends_at"));

    let later = EventChanges { ends_at: Some(at(2_000)), ..EventChanges::default() };
    let title = EventChanges { title: Some("It was good".into()), ..EventChanges::default() };
    let decision = tables.settle(at(1_001), &[edit(later), edit(EventChanges::of_capacity(6)), edit(title)]);
    assert_eq!(decision.answers[0].outcome, Err(Refusal::EventEnded));
    assert_eq!(decision.answers[1].outcome, Err(Refusal::EventEnded));
    assert!(decision.answers[2].outcome.is_ok(), "what is said of it may still be mended");
}

#[test]
fn a_batch_promotes_a_bounded_number_of_people() {
    let mut tables = Tables::of(event(0));
    let people = PROMOTIONS_PER_BATCH_MAX + 1;
    let crowd: Vec<_> = (1..=u128::try_from(people).unwrap()).map(register).collect();
    tables.settle(at(200), &crowd);
    let edit =
        |capacity| Command::Edit { changes: Box::new(EventChanges::of_capacity(capacity)), expected_version: None };
    let decision = tables.settle(at(201), &[edit(people)]);
    let refusal = Refusal::TooManyPromotions { capacity_at_most: PROMOTIONS_PER_BATCH_MAX };
    assert_eq!(decision.answers[0].outcome, Err(refusal));
    let decision = tables.settle(at(202), &[edit(PROMOTIONS_PER_BATCH_MAX), edit(people)]);
    assert!(decision.answers[0].outcome.is_ok());
    assert_eq!(decision.answers.len(), 1, "the second edit is for the next batch");
    tables.settle(at(203), &[edit(people + 5)]);
    assert_eq!((tables.event.seats.waiting(), tables.event.seats.remaining()), (0, 5));
}

#[test]
fn booking_and_cancelling_in_a_loop_is_refused_in_the_end_and_replays_are_not() {
    let n = |times: usize| u128::try_from(times).unwrap();
    let book = |times: usize| Command::Register {
        registration: Uuid::from_u128(n(times)).into(),
        user: user(1),
        buyer: AccountKind::Person,
        is_verified: true,
        key: Some(IdempotencyKey::parse(&format!("key-{times}")).unwrap()),
        choice: Choice::default(),
    };
    let give_up = |times: usize| Command::GiveUp { registration: Uuid::from_u128(n(times)).into(), user: user(1) };
    let again = |tables: &mut Tables, times: usize| tables.settle(at(200), &[book(times)]).answers.remove(0).outcome;
    let all: Vec<_> = (0..GIVEN_UP_PER_PERSON_MAX).flat_map(|times| [book(times), give_up(times)]).collect();
    let last = GIVEN_UP_PER_PERSON_MAX;

    // In one batch, and in a batch each.
    for chunk in [all.len(), 1] {
        let mut tables = Tables::of(event(1));
        for batch in all.chunks(chunk) {
            assert!(tables.settle(at(200), batch).answers.iter().all(|answer| answer.outcome.is_ok()));
        }
        assert_eq!(again(&mut tables, last), Err(Refusal::TooManyRegistrations));
        assert!(matches!(again(&mut tables, 3), Ok(Done::Registered { origin: Origin::Replayed, .. })));
        assert!(tables.settle(at(200), &[register(2)]).answers[0].outcome.is_ok(), "others may");
    }
    let mut tables = Tables::of(event(1));
    let batch = [&all[..], &[book(last)]].concat();
    assert_eq!(tables.settle(at(200), &batch).answers.pop().unwrap().outcome, Err(Refusal::TooManyRegistrations));
}

#[test]
fn a_removed_registration_makes_room_for_the_line_and_its_person_comes_back_only_if_that_is_allowed() {
    let id = |n: u128| RegistrationId::from(Uuid::from_u128(10_000 + n));
    let again = |n: u128| Command::Register {
        registration: Uuid::from_u128(20_000 + n).into(),
        user: user(n),
        buyer: AccountKind::Person,
        is_verified: true,
        key: None,
        choice: Choice::default(),
    };
    let one = |tables: &mut Tables, command| {
        let mut decision = tables.settle(at(200), &[command]);
        (decision.answers.remove(0).outcome, decision.removals.len())
    };
    let mut tables = Tables::of(event(2));
    tables.settle(at(200), &[1, 2, 3, 4].map(register));
    let (outcome, told) = one(&mut tables, remove(id(1), false));
    let Ok(Done::GivenUp(removed)) = outcome else { panic!("{outcome:?}") };
    assert_eq!((removed.status, told), (RegistrationStatus::Cancelled, 1));
    assert!(matches!(&removed.cancellation, Some(Cancellation::Removed(removal)) if !removal.may_book_again));
    assert_eq!(tables.rows[&id(3)].status, RegistrationStatus::Confirmed, "the head of the line");
    assert_eq!(one(&mut tables, again(1)), (Err(Refusal::Barred), 0));
    assert_eq!(one(&mut tables, remove(id(1), true)), (Ok(Done::GivenUp(removed)), 0), "a repeat changes nothing");

    assert!(one(&mut tables, remove(id(2), true)).0.is_ok());
    assert!(one(&mut tables, again(2)).0.is_ok());
    let give_up = Command::GiveUp { registration: id(3), user: user(3) };
    let release = Command::Release { registration: id(4), user: user(4) };
    let batch = [give_up, release, remove(id(3), false), again(3)];
    let answers = tables.settle(at(201), &batch).answers;
    assert!(answers.iter().all(|answer| answer.outcome.is_ok()), "who had cancelled is not barred: {answers:?}");
    assert_eq!(tables.rows[&id(3)].cancellation, Some(Cancellation::GivenUp));
    assert_eq!(tables.rows[&id(4)].cancellation, Some(Cancellation::Deactivated));
    assert_eq!(one(&mut tables, remove(id(9), false)), (Err(Refusal::NoSuchRegistration), 0));
    // After the start, and in one batch with the booking that it takes away.
    let batch = [register(5), remove(id(5), false), again(5)];
    let answers = tables.settle(at(250), &batch).answers;
    assert_eq!(answers[2].outcome, Err(Refusal::Barred));
    let late = tables.settle(at(950), &[remove(Uuid::from_u128(20_002).into(), false)]);
    assert!(late.answers[0].outcome.is_ok());
    let over = tables.settle(at(1_000), &[remove(Uuid::from_u128(20_003).into(), false)]);
    assert_eq!(over.answers[0].outcome, Err(Refusal::EventEnded));
}

#[test]
fn an_event_is_handed_over_to_an_active_organizer_or_admin_and_to_nobody_else() {
    let hand_over = |to, expected_version| Command::HandOver { to: user(to), expected_version };
    let one = |tables: &mut Tables, second, command: &Command| {
        let decision = tables.settle(at(second), std::slice::from_ref(command));
        (decision.answers[0].outcome.clone().map(drop), decision.changes.len())
    };
    let mut tables = Tables::of(event(5));
    for (to, refusal) in [
        (5, Refusal::CannotRunEvents),
        (6, Refusal::CannotRunEvents),
        (7, Refusal::RunsTooManyEvents),
        (8, Refusal::CannotRunEvents),
    ] {
        assert_eq!(one(&mut tables, 200, &hand_over(to, None)), (Err(refusal), 0), "{to}");
    }
    assert_eq!(one(&mut tables, 200, &hand_over(3, Some(7))), (Err(Refusal::StaleEdit { current_version: 1 }), 0));
    assert_eq!(one(&mut tables, 200, &hand_over(2, Some(7))), (Ok(()), 0), "it is its organizer's already");
    assert_eq!(one(&mut tables, 201, &hand_over(3, Some(1))), (Ok(()), 1));
    assert_eq!((tables.event.organizer, tables.event.edit_version), (user(3), 2));
    assert_eq!((tables.event.updated_at, tables.event.last_decision), (at(201), 1));
    // Whatever has become of it.
    tables.settle(at(202), &[Command::Cancel]);
    assert_eq!(one(&mut tables, 203, &hand_over(4, None)), (Ok(()), 1));
    assert_eq!(one(&mut tables, 2_000, &hand_over(3, None)), (Ok(()), 1));

    tables.event.rehearsal_of = Some(Uuid::from_u128(9).into());
    let refusal = Refusal::EventNotPublished { organizer: user(3) };
    assert_eq!(one(&mut tables, 2_000, &hand_over(4, None)), (Err(refusal), 0), "a hidden copy");
}

#[test]
fn whoever_has_handed_an_event_over_changes_nothing_of_it_any_more() {
    let mut tables = Tables::of(event(2));
    tables.settle(at(200), &[register(21), register(22)]);
    let edit = Command::Edit { changes: Box::new(EventChanges::of_capacity(3)), expected_version: None };
    let id = |n: u128| RegistrationId::from(Uuid::from_u128(10_000 + n));
    let own = |command: Command| order(&command, Some(user(2)));
    // In one batch: the orders were sent while the event was still their sender's.
    let batch = [
        own(remove(id(21), false)),
        own(Command::HandOver { to: user(3), expected_version: None }),
        own(edit.clone()),
        own(Command::Cancel),
        own(remove(id(22), false)),
        own(remove(id(21), false)),
        own(Command::HandOver { to: user(4), expected_version: None }),
        order(&edit, Some(user(3))),
        order(&Command::Cancel, None),
    ];
    let decision = tables.attempt(at(201), &batch, Attempt::First);
    let outcomes: Vec<_> = decision.answers.into_iter().map(|answer| answer.outcome.map(drop)).collect();
    let late = || Err(Refusal::HandedOver);
    assert_eq!(outcomes, [Ok(()), Ok(()), late(), late(), late(), Ok(()), late(), Ok(()), Ok(())]);
    assert_eq!(tables.rows[&id(22)].status, RegistrationStatus::Confirmed);

    // A batch that was committed, and whose answer was lost, is answered as it was carried out.
    let again = tables.attempt(at(202), &batch, Attempt::Again);
    let outcomes: Vec<_> = again.answers.into_iter().map(|answer| answer.outcome.map(drop)).collect();
    assert_eq!(outcomes, [Ok(()), Ok(()), late(), late(), late(), Ok(()), late(), Ok(()), Ok(())]);
    assert_eq!((tables.event.organizer, again.changes.len()), (user(3), 0));
}

#[test]
fn a_line_that_was_not_looked_up_far_enough_is_an_error_and_no_jump() {
    let mut tables = Tables::of(event(1));
    tables.settle(at(200), &[register(1), register(2), register(3)]);
    let batch = [register(4), Command::GiveUp { registration: Uuid::from_u128(10_001).into(), user: user(1) }];
    let batch = orders(&batch);
    let mut findings = tables.look(&Questions::of(&batch, Attempt::First));
    findings.lines.clear();
    let decision = decide(&tables.event, &tables.tickets, at(201), findings, &batch);
    assert_eq!(decision.map(drop), Err(Inconsistent::LineTooShort));
}

#[test]
fn a_command_that_is_decided_again_finds_its_own_registration() {
    let mut tables = Tables::of(event(1));
    tables.settle(at(200), &[register(1)]);
    let again = orders(&[register(1)]);
    let findings = tables.look(&Questions::of(&again, Attempt::Again));
    let decision = decide(&tables.event, &tables.tickets, at(201), findings, &again).unwrap();
    assert!(matches!(decision.answers[0].outcome, Ok(Done::Registered { origin: Origin::Replayed, .. })));
    assert!(decision.inserted.is_empty());
}

#[test]
fn an_order_that_was_carried_out_is_not_carried_out_again_whatever_came_after_it() {
    let mut tables = Tables::of(event(5));
    let edit =
        |capacity| Command::Edit { changes: Box::new(EventChanges::of_capacity(capacity)), expected_version: None };
    let lost = orders(&[edit(7)]);
    let decision = tables.attempt(at(1), &lost, Attempt::First);
    assert_eq!(decision.changes.iter().map(|change| change.order).collect::<Vec<_>>(), [lost[0].id]);
    tables.settle(at(2), &[edit(9)]);

    let questions = Questions::of(&lost, Attempt::Again);
    assert_eq!(questions.orders, [lost[0].id]);
    let found = Findings { carried_out: HashSet::from([lost[0].id]), ..Findings::default() };
    let decision = decide(&tables.event, &tables.tickets, at(3), found, &lost).unwrap();
    assert!(decision.answers[0].outcome.is_ok());
    assert_eq!((decision.event.seats.capacity(), decision.changes.len()), (9, 0), "the later edit stands");
}

#[test]
fn a_buyer_without_an_account_is_refused_and_nobody_else_notices() {
    let tables = Tables::of(event(1));
    let batch = orders(&[register(1), register(2), register(3)]);
    let mut findings = tables.look(&Questions::of(&batch, Attempt::First));
    findings.unknown_users.insert(user(1));
    let decision = decide(&tables.event, &tables.tickets, at(200), findings, &batch).unwrap();
    assert_eq!(decision.answers[0].outcome, Err(Refusal::NoSuchUser));
    let made: Vec<_> = decision.inserted.iter().map(|place| (place.user, place.status)).collect();
    assert_eq!(made, [(user(2), RegistrationStatus::Confirmed), (user(3), RegistrationStatus::Waitlisted)]);
}
