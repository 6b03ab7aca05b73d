use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::accounts::{AccountKind, Receiver, Role};
use domain::admission::{Attempt, Decision, Findings, Inconsistent, Questions, decide};
use domain::commands::{Authority, Command, Done, Order, Origin, Refusal};
use domain::events::{Event, EventChanges, EventDetails, EventStatus, NewEvent};
use domain::figures::{Figures, minute_of};
use domain::ids::{OrderId, RegistrationId, UserId};
use domain::limits::{CAPACITY_MAX, EVENTS_PER_ORGANIZER_MAX, GIVEN_UP_PER_PERSON_MAX, PROMOTIONS_PER_BATCH_MAX};
use domain::model::Model;
use domain::registrations::{Cancellation, IdempotencyKey, Registration, RegistrationStatus, Removal, RemovalReason};
use proptest::collection::vec;
use proptest::prelude::*;
use uuid::Uuid;

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(2_000_000_000 + seconds, 0).unwrap()
}

/// The sale lasts from second 100 to second 800. The event starts at second 900 and ends at second 1,000.
fn event(capacity: i32) -> Event {
    let details = EventDetails {
        title: "Summit".into(),
        description: String::new(),
        location: "Hall".into(),
        starts_at: at(900),
        ends_at: at(1_000),
        time_zone: "UTC".into(),
        sales_open_at: Some(at(100)),
        sales_close_at: Some(at(800)),
        cancel_until: None,
    };
    let (id, organizer) = (Uuid::from_u128(1).into(), user(2));
    let draft = NewEvent::draft(id, organizer, details, capacity.into(), at(0)).unwrap();
    Event { status: EventStatus::Published, ..Event::new(draft, at(0)).0 }
}

fn orders(commands: &[Command]) -> Vec<Order> {
    commands.iter().map(|command| order(command, None)).collect()
}

/// An order by the right of this organizer, or by an administrator's.
fn order(command: &Command, organizer: Option<UserId>) -> Order {
    let authority = if organizer.is_some() { Authority::Organizer } else { Authority::Any };
    Order { id: Uuid::now_v7().into(), by: organizer, authority, command: command.clone() }
}

/// Accounts: 2 runs the event at first, 3 and 4 may get it, the others may not.
fn accounts() -> HashMap<UserId, Receiver> {
    let account = |role, is_active, events| Receiver { role, is_active, events };
    HashMap::from([
        (user(2), account(Role::Organizer, true, EVENTS_PER_ORGANIZER_MAX - 1)),
        (user(3), account(Role::Organizer, true, 0)),
        (user(4), account(Role::Admin, true, EVENTS_PER_ORGANIZER_MAX - 1)),
        (user(5), account(Role::Audience, true, 0)),
        (user(6), account(Role::Admin, false, 0)),
        (user(7), account(Role::Organizer, true, EVENTS_PER_ORGANIZER_MAX)),
    ])
}

/// What a database would keep.
struct Tables {
    event: Event,
    rows: BTreeMap<RegistrationId, Registration>,
    carried_out: HashSet<OrderId>,
}

impl Tables {
    fn of(event: Event) -> Self {
        Self { event, rows: BTreeMap::new(), carried_out: HashSet::new() }
    }

    /// Finds what the questions name, and nothing more.
    fn look(&self, questions: &Questions) -> Findings {
        let asked =
            |row: &&Registration| questions.registrations.contains(&row.id) || questions.buyers.contains(&row.user);
        let of_status = |status| self.rows.values().filter(move |row| row.status == status).cloned();
        let mut line: Vec<_> = of_status(RegistrationStatus::Waitlisted).collect();
        line.sort_by_key(|row| row.decision);
        line.truncate(usize::try_from(questions.line_limit(self.event.seats.capacity())).unwrap());
        let mut places: Vec<_> = self.rows.values().filter(|row| row.is_active()).cloned().collect();
        places.sort_by_key(|row| row.user);
        places.truncate(usize::try_from(questions.places_at_most).unwrap());
        Findings {
            registrations: self.rows.values().filter(asked).cloned().collect(),
            line,
            places,
            receivers: accounts().into_iter().filter(|(id, _)| questions.receivers.contains(id)).collect(),
            carried_out: questions.orders.iter().copied().filter(|order| self.carried_out.contains(order)).collect(),
            ..Findings::default()
        }
    }

    fn settle(&mut self, now: DateTime<Utc>, commands: &[Command]) -> Decision {
        self.attempt(now, &orders(commands), Attempt::First)
    }

    fn attempt(&mut self, now: DateTime<Utc>, orders: &[Order], attempt: Attempt) -> Decision {
        let findings = self.look(&Questions::of(orders, attempt));
        let decision = decide(&self.event, now, findings, orders).unwrap();
        for row in &decision.inserted {
            let times = [Some(row.registered_at), row.confirmed_at, row.cancelled_at];
            assert!(times.into_iter().flatten().all(|at| at == now), "what is new has happened now: {row:?}");
        }
        for row in &decision.updated {
            assert!(self.rows.insert(row.id, row.clone()).is_some(), "updated what was not there");
        }
        for id in &decision.deleted {
            assert!(self.rows.remove(id).is_some(), "deleted what was not there");
        }
        for row in &decision.inserted {
            assert!(self.rows.insert(row.id, row.clone()).is_none(), "inserted what was there");
        }
        self.event = decision.event.clone();
        self.carried_out.extend(decision.changes.iter().map(|change| change.order));
        decision
    }
}

const PEOPLE: u128 = 8;

fn remove(registration: RegistrationId, may_book_again: bool) -> Command {
    let reason = RemovalReason::parse("Not a student").unwrap();
    Command::Remove { registration, removal: Arc::new(Removal { reason, may_book_again }) }
}

fn commands() -> impl Strategy<Value = Command> {
    let user = (0..PEOPLE).prop_map(|n| UserId::from(Uuid::from_u128(100 + n)));
    // The n-th registration of the run. A new one gets its own id when it is played.
    let registration = (0..40_u128).prop_map(|n| RegistrationId::from(Uuid::from_u128(n)));
    let key = prop::option::of((0..3_u8).prop_map(|n| IdempotencyKey::parse(&format!("key-{n}")).unwrap()));
    let buyer = prop_oneof![4 => Just(AccountKind::Person), 1 => Just(AccountKind::Simulated)];
    let version = prop::option::weighted(0.2, 1..6_i64);
    prop_oneof![
        12 => (registration.clone(), user.clone(), buyer, key)
            .prop_map(|(registration, user, buyer, key)| Command::Register { registration, user, buyer, key }),
        8 => (registration.clone(), user.clone()).prop_map(|(registration, user)| Command::GiveUp { registration, user }),
        1 => (registration.clone(), user).prop_map(|(registration, user)| Command::Release { registration, user }),
        2 => (registration, prop::bool::weighted(0.7))
            .prop_map(|(registration, may_book_again)| remove(registration, may_book_again)),
        5 => (changes(), version)
            .prop_map(|(changes, expected_version)| Command::Edit { changes: Box::new(changes), expected_version }),
        2 => (2..9_u128, prop::option::weighted(0.2, 1..6_i64))
            .prop_map(|(to, expected_version)| Command::HandOver { to: Uuid::from_u128(to).into(), expected_version }),
        1 => Just(Command::Publish),
        1 => Just(Command::BeginSimulation),
        2 => (0..5_usize).prop_map(|at_most| Command::UndoSimulation { at_most }),
    ]
}

/// Edits of the capacity, mostly a small one so that people meet its edge, or of the details, or of both.
fn changes() -> impl Strategy<Value = EventChanges> {
    let capacity = prop_oneof![6 => 0..7_i32, 1 => 7..=CAPACITY_MAX];
    let time = || (8..110_i64).prop_map(|tens| at(tens * 10));
    let title = prop_oneof![Just("Summit"), Just("Gala"), Just(" ")].prop_map(str::to_owned);
    let details = (
        prop::option::of(title),
        prop::option::weighted(0.2, time()),
        prop::option::weighted(0.2, time()),
        prop::option::weighted(0.2, prop::option::of(time())),
        prop::option::weighted(0.2, prop::option::of(time())),
        prop::option::weighted(0.2, prop::option::of(time())),
    )
        .prop_map(|(title, starts_at, ends_at, sales_open_at, sales_close_at, cancel_until)| EventChanges {
            title,
            starts_at,
            ends_at,
            sales_open_at,
            sales_close_at,
            cancel_until,
            ..EventChanges::default()
        });
    let both = (details, prop::option::weighted(0.2, 0..7_i32));
    prop_oneof![
        3 => capacity.prop_map(EventChanges::of_capacity),
        2 => both.prop_map(|(details, capacity)| EventChanges { capacity, ..details }),
    ]
}

/// What happens to the answer of a batch's first attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FirstAnswer {
    Told,
    /// The batch was committed, its answer was lost, and it is decided again.
    Lost,
    /// The batch was rolled back and is decided again.
    RolledBack,
}

#[derive(Debug, Clone)]
struct Batch {
    /// The time since the batch before.
    pause_seconds: i64,
    commands: Vec<Command>,
    /// The organizers by whose right the first commands are sent, if it is not an administrator's.
    organizers: Vec<Option<UserId>>,
    first_answer: FirstAnswer,
}

/// Batches. A few of them cancel the event.
fn batches() -> impl Strategy<Value = Vec<Batch>> {
    use FirstAnswer::{Lost, RolledBack, Told};
    let cancel = prop_oneof![40 => commands(), 1 => Just(Command::Cancel)];
    let pause = prop_oneof![20 => 0..9_i64, 1 => 0..300_i64];
    let first_answer = prop_oneof![8 => Just(Told), 2 => Just(Lost), 1 => Just(RolledBack)];
    let organizers = vec(prop::option::weighted(0.3, (2..5_u128).prop_map(user)), 0..12);
    let batch = (pause, vec(cancel, 1..12), organizers, first_answer);
    let batch = batch.prop_map(|(pause_seconds, commands, organizers, first_answer)| Batch {
        pause_seconds,
        commands,
        organizers,
        first_answer,
    });
    vec(batch, 1..12)
}

/// Plays a batch; returns its orders and the decision of each attempt that was committed.
fn play(tables: &mut Tables, now: DateTime<Utc>, batch: &Batch) -> (Vec<Order>, Vec<Decision>) {
    let organizers = batch.organizers.iter().copied().chain(std::iter::repeat(None));
    let orders: Vec<_> = batch.commands.iter().zip(organizers).map(|(command, by)| order(command, by)).collect();
    let decisions = match batch.first_answer {
        FirstAnswer::Told => vec![tables.attempt(now, &orders, Attempt::First)],
        FirstAnswer::Lost => {
            vec![tables.attempt(now, &orders, Attempt::First), tables.attempt(now, &orders, Attempt::Again)]
        }
        FirstAnswer::RolledBack => vec![tables.attempt(now, &orders, Attempt::Again)],
    };
    (orders, decisions)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn batches_come_to_what_one_command_at_a_time_comes_to(capacity in 0..5_i32, batches in batches()) {
        let mut tables = Tables::of(event(capacity));
        let mut model = Model::new(event(capacity)).with_receivers(accounts());
        let mut second = 90;
        let mut made: Vec<(RegistrationId, UserId)> = Vec::new();
        for mut batch in batches {
            second += batch.pause_seconds;
            batch.commands.iter_mut().for_each(|command| name_registration(command, &mut made));
            let (orders, decisions) = play(&mut tables, at(second), &batch);
            for decision in decisions {
                for (order, answer) in orders.iter().zip(&decision.answers) {
                    prop_assert_eq!(answer, &model.carry_out(order, at(second)), "{:?} at {}", order, second);
                }
            }
            prop_assert_eq!(&tables.event, &model.event());
            let mut rows: Vec<_> = tables.rows.values().cloned().collect();
            rows.sort_by_key(|row| row.decision);
            prop_assert_eq!(&rows, model.registrations());
            prop_assert!(tables.event.seats.remaining() == 0 || tables.event.seats.waiting() == 0);
            prop_assert!((0..=tables.event.seats.capacity()).contains(&tables.event.seats.remaining()));
        }
    }

    #[test]
    fn figures_are_what_counting_the_registrations_of_people_by_minute_says(
        capacity in 0..5_i32, batches in batches()
    ) {
        let mut tables = Tables::of(event(capacity));
        let mut written: BTreeMap<DateTime<Utc>, Figures> = BTreeMap::new();
        let mut second = 90;
        let mut made: Vec<(RegistrationId, UserId)> = Vec::new();
        let mut of_people = HashSet::new();
        for mut batch in batches {
            second += batch.pause_seconds;
            for command in &mut batch.commands {
                name_registration(command, &mut made);
                if let Command::Register { registration, buyer: AccountKind::Person, .. } = command {
                    of_people.insert(*registration);
                }
            }
            for Decision { figures, .. } in play(&mut tables, at(second), &batch).1 {
                if figures.are_zero() {
                    continue;
                }
                let minute = written.entry(minute_of(at(second))).or_default();
                minute.confirmed += figures.confirmed;
                minute.waitlisted += figures.waitlisted;
                minute.promoted += figures.promoted;
                minute.cancelled += figures.cancelled;
            }
            let registrations = tables.rows.values().filter(|row| of_people.contains(&row.id));
            prop_assert_eq!(&written, &counted(registrations));
        }
    }
}

fn counted<'a>(registrations: impl Iterator<Item = &'a Registration>) -> BTreeMap<DateTime<Utc>, Figures> {
    let mut figures: BTreeMap<DateTime<Utc>, Figures> = BTreeMap::new();
    for row in registrations {
        let came = figures.entry(minute_of(row.registered_at)).or_default();
        if row.confirmed_decision == Some(row.decision) {
            came.confirmed += 1;
        } else {
            came.waitlisted += 1;
            if let Some(promoted_at) = row.confirmed_at {
                figures.entry(minute_of(promoted_at)).or_default().promoted += 1;
            }
        }
        if let Some(cancelled_at) = row.cancelled_at {
            figures.entry(minute_of(cancelled_at)).or_default().cancelled += 1;
        }
    }
    figures
}

/// Gives a new registration its own id, and lets the right person cancel in most cases.
fn name_registration(command: &mut Command, made: &mut Vec<(RegistrationId, UserId)>) {
    match command {
        Command::Register { registration, user, .. } => {
            *registration = Uuid::from_u128(1_000 + u128::try_from(made.len()).unwrap()).into();
            made.push((*registration, *user));
        }
        Command::Remove { registration, .. } if !made.is_empty() => {
            let nth = usize::try_from(Uuid::from(*registration).as_u128()).unwrap();
            *registration = made[nth % made.len()].0;
        }
        Command::GiveUp { registration, user } | Command::Release { registration, user } if !made.is_empty() => {
            let nth = usize::try_from(Uuid::from(*registration).as_u128()).unwrap();
            let (id, owner) = made[nth % made.len()];
            *registration = id;
            if nth % 5 != 0 {
                *user = owner;
            }
        }
        _ => {}
    }
}

fn user(n: u128) -> UserId {
    Uuid::from_u128(n).into()
}

fn register(n: u128) -> Command {
    let registration = Uuid::from_u128(10_000 + n).into();
    Command::Register { registration, user: user(n), buyer: AccountKind::Person, key: None }
}

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
fn the_edits_of_a_batch_promote_a_bounded_number_of_people() {
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
    assert!(decision.answers[1].outcome.is_err(), "however many edits there are in a batch");
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
        key: Some(IdempotencyKey::parse(&format!("key-{times}")).unwrap()),
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
        key: None,
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
    findings.line.clear();
    let decision = decide(&tables.event, at(201), findings, &batch);
    assert_eq!(decision.map(drop), Err(Inconsistent::LineTooShort));
}

#[test]
fn a_command_that_is_decided_again_finds_its_own_registration() {
    let mut tables = Tables::of(event(1));
    tables.settle(at(200), &[register(1)]);
    let again = orders(&[register(1)]);
    let findings = tables.look(&Questions::of(&again, Attempt::Again));
    let decision = decide(&tables.event, at(201), findings, &again).unwrap();
    assert!(matches!(decision.answers[0].outcome, Ok(Done::Registered { origin: Origin::Replayed, .. })));
    assert!(decision.inserted.is_empty());
}

#[test]
fn an_order_that_was_carried_out_is_not_carried_out_again_whatever_came_after_it() {
    let mut tables = Tables::of(event(5));
    let edit =
        |capacity| Command::Edit { changes: Box::new(EventChanges::of_capacity(capacity)), expected_version: None };
    let lost = orders(&[edit(7)]);
    let decision = decide(&tables.event, at(1), Findings::default(), &lost).unwrap();
    assert_eq!(decision.changes.iter().map(|change| change.order).collect::<Vec<_>>(), [lost[0].id]);
    tables.event = decision.event;
    tables.settle(at(2), &[edit(9)]);

    let questions = Questions::of(&lost, Attempt::Again);
    assert_eq!(questions.orders, [lost[0].id]);
    let found = Findings { carried_out: HashSet::from([lost[0].id]), ..Findings::default() };
    let decision = decide(&tables.event, at(3), found, &lost).unwrap();
    assert!(decision.answers[0].outcome.is_ok());
    assert_eq!((decision.event.seats.capacity(), decision.changes.len()), (9, 0), "the later edit stands");
}

#[test]
fn a_buyer_without_an_account_is_refused_and_nobody_else_notices() {
    let tables = Tables::of(event(1));
    let batch = orders(&[register(1), register(2), register(3)]);
    let mut findings = tables.look(&Questions::of(&batch, Attempt::First));
    findings.unknown_users.insert(user(1));
    let decision = decide(&tables.event, at(200), findings, &batch).unwrap();
    assert_eq!(decision.answers[0].outcome, Err(Refusal::NoSuchUser));
    let made: Vec<_> = decision.inserted.iter().map(|place| (place.user, place.status)).collect();
    assert_eq!(made, [(user(2), RegistrationStatus::Confirmed), (user(3), RegistrationStatus::Waitlisted)]);
}
