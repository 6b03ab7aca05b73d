//! Random commands on the real box office and real PostgreSQL, beside the sequential model of `domain`.
//!
//! Two servers that share a database run the commands. The test then sorts them by the numbers that were stored with
//! them and plays them to the model in that order. Every answer and the final tables must be the model's, to the
//! microsecond: the database's clock is the test's ([`crate::clock`]), so that holds fall due, prices open and the
//! event ends while commands are on their way.
//!
//! `ONSALE_OPERATIONS=n` runs n operations in each of the two tests (default 10,000). `ONSALE_SEED=n` repeats a run
//! whose failure printed that seed.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::env;
use std::sync::{Mutex, PoisonError};

use boxoffice::{BoxOffice, Limits};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Nullable, SmallInt, Timestamptz};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use domain::accounts::{Receiver, Role};
use domain::commands::{Authority, Command, Decided, Done, Order, Origin, Refusal};
use domain::events::{Event, TicketedEvent};
use domain::ids::{EventId, RegistrationId, TransferId, UserId};
use domain::model::Model;
use domain::registrations::{Payment, RegistrationStatus};
use domain::tickets::{Document, Tickets};
use domain::transfers::Offer;
use futures_util::future::join_all;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use repository::tickets;
use testdb::{Fault, Wire};
use tokio::runtime::Runtime;
use uuid::Uuid;

use crate::clock::{self, Clock, at};
use crate::explanations::{Played, explained};
use crate::known::Known;
use crate::moves::{Move, ORGANIZERS, PEOPLE, document, moves};
use crate::stage::{Stage, id, office_at, patient, patient_limits, person};

/// The person, by number, whose account is not active.
const INACTIVE: usize = 7;

/// A move, and the organizer, by number, by whose right it is sent; otherwise by an administrator's.
type Sent = (Move, Option<usize>);

/// A move, the fault that its commit meets (a lost commit is decided again), and the steps of time before it.
type Timed = (Sent, Option<Fault>, i64);

fn timed(at_once: usize) -> impl Strategy<Value = Timed> {
    let sent = (moves(), prop::option::weighted(0.15, 0..ORGANIZERS));
    let fault = prop::option::weighted(0.1, prop_oneof![Just(Fault::CutBefore), Just(Fault::CutAfter)]);
    // A hold is due after 30 steps at the earliest, and the event is over after 1,000. Only the first of those that go
    // together tells how much time has passed.
    let pause = if at_once == 1 {
        prop_oneof![60 => 0..4_i64, 8 => 20..60_i64, 1 => 0..300_i64].boxed()
    } else {
        prop_oneof![3 => 0..20_i64, 4 => 30..120_i64, 1 => 0..400_i64].boxed()
    };
    (sent, fault, pause)
}

fn environment(name: &str, default: u64) -> u64 {
    env::var(name).map(|text| text.parse().unwrap()).unwrap_or(default)
}

/// Where runs are played.
struct Place {
    stage: Stage,
    servers: [BoxOffice; 2],
    people: Vec<UserId>,
    organizers: Vec<UserId>,
    clock: tokio::sync::Mutex<Clock>,
    /// What has happened, and how often: moves that never meet anything would show nothing.
    seen: Mutex<BTreeMap<String, usize>>,
}

/// One event's run.
struct Run<'a> {
    place: &'a Place,
    event: EventId,
    known: Known,
    /// The offers that were wanted, whether or not they could be stored.
    offered: HashSet<TransferId>,
    played: Vec<Played>,
    before: (Event, Tickets),
    step: i64,
}

impl<'a> Run<'a> {
    async fn start(place: &'a Place, tickets: Document) -> Self {
        let (step, stage) = (90, &place.stage);
        place.clock.lock().await.set(at(step)).await;
        let event = stage.draft_of(3, clock::details_of_an_event()).await;
        let before = (stage.row(event).await, tickets::of_event(&mut stage.connection().await, event).await.unwrap());
        let known = Known::new(TicketedEvent { event: before.0.clone(), tickets: before.1.clone() });
        let offered = HashSet::new();
        let mut run = Self { place, event, known, offered, played: Vec::new(), before, step };
        let first = Command::EditTickets { document: Box::new(tickets), expected_version: run.before.0.edit_version };
        for command in [first, Command::Publish] {
            run.play(vec![Order { id: id(), by: None, authority: Authority::Any, command }]).await;
        }
        run
    }

    async fn order(&mut self, (step, organizer): &Sent) -> Order {
        let Place { people, organizers, .. } = self.place;
        let by = organizer.map(|nth| organizers[nth]);
        let authority = if by.is_some() { Authority::Organizer } else { Authority::Any };
        let command = self.known.command(step, people, organizers);
        if let (Command::TakeOver { transfer, from, .. }, Move::TakeOver { offer, price, .. }) = (&command, step) {
            self.offer(*transfer, *from, *offer, *price).await;
        }
        Order { id: id(), by, authority, command }
    }

    /// Stores an offer of a seat when it is wanted for the first time, unless the registration is a simulated one, which
    /// goes with its test. Later it is not stored any more: the model has all offers from the beginning.
    async fn offer(&mut self, transfer: TransferId, registration: RegistrationId, number: u8, price: usize) {
        if !self.offered.insert(transfer) {
            return;
        }
        let steps = 40 * (1 + i64::from(number) % 10);
        let is_taken_back = number % 11 == 10;
        let is_of_inactive = self.known.person_of(registration) == Some(self.place.people[INACTIVE]);
        let offer = Offer {
            registration,
            price: self.known.price_in(registration, price),
            expires_at: at(self.step + steps),
            is_withdrawn: is_taken_back || is_of_inactive,
            is_allowed: true,
        };
        let text = format!(
            "insert into transfers (event_id, id, registration_id, price, digest, expires_at, withdrawn_at) \
             select e.id, $1, r.id, $2, sha256(uuid_send($1)), $3, case when $4 then $3 end from registrations r \
             join events e on e.id = r.event_id where e.id = '{}' and r.id = '{registration}' \
             and (e.under_test_since is null or r.decision < e.under_test_since)",
            self.event
        );
        let mut connection = self.place.stage.connection().await;
        let stored = diesel::sql_query(text)
            .bind::<diesel::sql_types::Uuid, _>(Uuid::from(transfer))
            .bind::<SmallInt, _>(i16::from(offer.price))
            .bind::<Timestamptz, _>(offer.expires_at)
            .bind::<Bool, _>(is_taken_back)
            .execute(&mut connection);
        if stored.await.unwrap() == 1 {
            self.known.offers.insert(transfer, offer);
        }
    }

    async fn pass(&mut self, steps: i64) {
        if steps > 0 {
            self.step += steps;
            self.place.clock.lock().await.set(at(self.step)).await;
        }
    }

    /// Plays an order whose commit meets a fault on the wire to the first server.
    async fn play_with_fault(&mut self, wire: &Wire, order: Order, fault: Fault) {
        wire.arm(fault, "commit");
        self.play_from(0, vec![order], if fault == Fault::CutAfter { 2 } else { 1 }).await;
        wire.struck().await;
    }

    /// Plays these at once. The servers take turns, and the number played so far says whose turn it is.
    async fn play(&mut self, orders: Vec<Order>) {
        self.play_from(self.played.len(), orders, 1).await;
    }

    /// Plays these at once, the first of them on server `first`, the next on the next, and so on.
    async fn play_from(&mut self, first: usize, orders: Vec<Order>, attempts_committed: usize) {
        let event = self.event;
        let asked = orders.iter().enumerate().map(|(n, order)| {
            let server = &self.place.servers[(first + n) % 2];
            let Order { by, authority, ref command, .. } = *order;
            async move {
                match by {
                    Some(by) => server.submit_with(event, command.clone(), by, authority).await,
                    None => server.submit(event, command.clone()).await,
                }
            }
        });
        let answers = join_all(asked).await;
        let mut played = Vec::new();
        for (order, answer) in orders.into_iter().zip(answers) {
            let answer = answer.unwrap();
            self.known.learn(&order.command, &answer);
            let mut seen = self.place.seen.lock().unwrap_or_else(PoisonError::into_inner);
            *seen.entry(name_of(&order.command, &answer.decided)).or_default() += 1;
            played.push(Played { order, now: at(self.step), decided: answer.decided, attempts_committed });
        }
        // Whatever came before has a lower number, or the same one.
        played.sort_by_key(|played| played.decided.as_of);
        self.played.extend(played);
    }

    /// Compares everything with the model.
    async fn check(self) -> Result<(), TestCaseError> {
        let organizer = Receiver { role: Role::Organizer, is_active: true, events: 0 };
        let receivers: HashMap<_, _> = self.place.organizers.iter().map(|account| (*account, organizer)).collect();
        let mut model = Model::new(self.before.0.clone(), self.before.1.clone())
            .with_receivers(receivers)
            .with_inactive(HashSet::from([self.place.people[INACTIVE]]));
        for (&transfer, &offer) in &self.known.offers {
            model.offer(transfer, offer);
        }
        let payments = self.payments().await;
        let taken_back = payments.iter().filter_map(|row| Some((row.taken_back_decision?, row.id, row.taken_back_by)));
        let marked = payments.iter().map(|row| (row.decision, row.id, row.marked_by));
        let marks = marked.chain(taken_back).collect();
        let is_together = |a: &Played, b: &Played| a.decided.as_of == b.decided.as_of && a.now == b.now;
        for same_number in self.played.chunk_by(is_together) {
            let same_number: Vec<_> = same_number.iter().collect();
            let Some(after) = explained(model.clone(), &same_number, &marks) else {
                let told = same_number.iter().map(|played| {
                    let expected = played.answer_of(&mut model.clone());
                    format!("{:?}\nwas answered {:?}\ninstead of   {expected:?}", played.order.command, played.decided)
                });
                return Err(TestCaseError::fail(told.collect::<Vec<_>>().join("\n")));
            };
            model = after;
        }
        let stage = &self.place.stage;
        prop_assert_eq!(stage.registrations(self.event).await, model.registrations());
        prop_assert_eq!(stage.row(self.event).await, model.event());
        let tickets = tickets::of_event(&mut stage.connection().await, self.event).await.unwrap();
        prop_assert_eq!(tickets, model.tickets());
        let expected = model.payments().iter().map(PaymentRow::from);
        prop_assert_eq!(payments, expected.collect::<Vec<_>>());
        let expected: Vec<Uuid> = model.take_news().into_iter().map(Uuid::from).collect();
        prop_assert_eq!(self.heard_of().await, expected, "the journal has what people must hear of");
        Ok(())
    }

    /// The registrations that the journal names.
    async fn heard_of(&self) -> Vec<Uuid> {
        let rows = "select distinct unnest(registrations) as id from journal where event_id = $1 order by id";
        let query = diesel::sql_query(rows).bind::<diesel::sql_types::Uuid, _>(Uuid::from(self.event));
        let rows: Vec<IdRow> = query.load(&mut self.place.stage.connection().await).await.unwrap();
        rows.into_iter().map(|row| row.id).collect()
    }

    async fn payments(&self) -> Vec<PaymentRow> {
        let rows = "select id, registration_id, amount, decision, marked_by, taken_back_decision, taken_back_by \
                    from payments where event_id = $1 order by decision";
        let query = diesel::sql_query(rows).bind::<diesel::sql_types::Uuid, _>(Uuid::from(self.event));
        query.load(&mut self.place.stage.connection().await).await.unwrap()
    }
}

#[derive(QueryableByName)]
struct IdRow {
    #[diesel(sql_type = diesel::sql_types::Uuid)]
    id: Uuid,
}

/// A payment as it is stored.
#[derive(Debug, PartialEq, Eq, QueryableByName)]
struct PaymentRow {
    #[diesel(sql_type = diesel::sql_types::Uuid)]
    id: Uuid,
    #[diesel(sql_type = diesel::sql_types::Uuid)]
    registration_id: Uuid,
    #[diesel(sql_type = BigInt)]
    amount: i64,
    #[diesel(sql_type = BigInt)]
    decision: i64,
    #[diesel(sql_type = Nullable<diesel::sql_types::Uuid>)]
    marked_by: Option<Uuid>,
    #[diesel(sql_type = Nullable<BigInt>)]
    taken_back_decision: Option<i64>,
    #[diesel(sql_type = Nullable<diesel::sql_types::Uuid>)]
    taken_back_by: Option<Uuid>,
}

impl From<&Payment> for PaymentRow {
    fn from(payment: &Payment) -> Self {
        Self {
            id: payment.id.into(),
            registration_id: payment.registration.into(),
            amount: payment.amount,
            decision: payment.decision,
            marked_by: payment.by.map(Uuid::from),
            taken_back_decision: payment.taken_back.map(|(number, _)| number),
            taken_back_by: payment.taken_back.and_then(|(_, by)| by).map(Uuid::from),
        }
    }
}

/// What an answer shows to have happened.
fn name_of(command: &Command, decided: &Decided) -> String {
    let refusal = |refusal: &Refusal| {
        let text = format!("{refusal:?}");
        text.split(|c: char| c != '(' && !c.is_alphanumeric()).next().unwrap_or_default().to_owned()
    };
    let done = match (&decided.outcome, command) {
        (Err(why), _) => return refusal(why),
        (Ok(Done::Lapsed(0)), _) => "nothing lapsed",
        (Ok(Done::Lapsed(_)), _) => "a hold lapsed",
        (Ok(Done::Extended(0)), _) => "no hold extended",
        (Ok(Done::Extended(_)), _) => "a hold extended",
        (Ok(Done::PassedOver(false)), _) => "nobody passed over",
        (Ok(Done::PassedOver(true)), _) => "a head passed over",
        (Ok(Done::Stands { registration }), Command::MarkPaid { registration: lapsed, .. })
            if registration.id != *lapsed =>
        {
            "a late payment made a registration"
        }
        (Ok(Done::Stands { registration }), Command::MarkPaid { .. }) if registration.paid.is_some() => "paid",
        (Ok(Done::Stands { registration }), Command::NotPaid { .. }) if registration.paid.is_none() => "taken back",
        (Ok(Done::Stands { registration }), Command::Reduce { .. }) if registration.seats() < registration.booked => {
            "fewer seats"
        }
        (Ok(Done::Registered { origin: Origin::Made, .. }), Command::TakeOver { .. }) => "a seat passed on",
        (Ok(Done::Registered { registration, .. }), _) if registration.booked > 1 => match registration.status {
            RegistrationStatus::Held => "a party holds its seats",
            RegistrationStatus::Waitlisted => "a party waits",
            RegistrationStatus::Confirmed => "a party has its seats",
            RegistrationStatus::Cancelled => "a party's request came again",
        },
        (Ok(Done::Changed(_)), Command::EditTickets { .. }) => "other tickets",
        (Ok(_), _) => "done",
    };
    done.to_owned()
}

/// What 10,000 moves meet.
const MET: [&str; 24] = [
    "a hold extended",
    "a head passed over",
    "AddressUnverified",
    "a hold lapsed",
    "a late payment made a registration",
    "a party has its seats",
    "a party holds its seats",
    "a party waits",
    "a seat passed on",
    "fewer seats",
    "other tickets",
    "paid",
    "taken back",
    "AlreadyRegistered(",
    "CannotBePaid",
    "CancellingEnded",
    "Choice(CodeUsedUp",
    "Choice(PriceSoldOut",
    "Choice(TooManySeats",
    "Choice(WrongCode",
    "EventUnderTest",
    "KeyReused",
    "TransferOver",
    "WrongAmount",
];

/// Runs random moves, `ONSALE_OPERATIONS` in all and `at_once` of them at a time, and shrinks what fails; as many
/// again, at most twice, if an outcome of [`MET`] has not occurred. Commits meet faults only if one move runs at a
/// time: else nobody could tell which commands were decided twice.
fn agrees_with_the_model(at_once: usize, limits: Limits) {
    const MOVES: usize = 100;
    let operations = environment("ONSALE_OPERATIONS", 10_000);
    let seed = environment("ONSALE_SEED", u64::from(std::process::id()));
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let mut rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let cases = u32::try_from(operations.div_ceil(MOVES as u64)).unwrap();
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 300, ..Config::default() };

    let runtime = Runtime::new().unwrap();
    let (wire, place) = runtime.block_on(async {
        let stage = Stage::set().await;
        let people = stage.people(PEOPLE).await;
        let mut organizers = vec![stage.organizer];
        for _ in 1..ORGANIZERS {
            organizers.push(person(&mut stage.connection().await, "organizer").await);
        }
        let deactivate = format!("update users set is_active = false where id = '{}'", people[INACTIVE]);
        stage.connection().await.batch_execute(&deactivate).await.unwrap();
        let clock = clock::take(&stage).await.into();
        let (wire, through) = Wire::to(&stage.url).await.unwrap();
        let servers = [office_at(&through, limits, &patient()), stage.office_with(limits, &patient())];
        (wire, Place { stage, servers, people, organizers, clock, seen: Mutex::default() })
    });
    let mut missed = MET.to_vec();
    for _ in 0..3 {
        let mut runner = TestRunner::new_with_rng(config.clone(), rng);
        rng = runner.new_rng();
        let result = runner.run(&(document(), vec(timed(at_once), MOVES)), |(tickets, moves)| {
            runtime.block_on(async {
                let mut run = Run::start(&place, tickets).await;
                for together in moves.chunks(at_once) {
                    run.pass(together[0].2).await;
                    match together {
                        [(sent, Some(fault), _)] => {
                            let order = run.order(sent).await;
                            run.play_with_fault(&wire, order, *fault).await;
                        }
                        _ => {
                            let mut orders = Vec::new();
                            for (sent, _, _) in together {
                                orders.push(run.order(sent).await);
                            }
                            run.play(orders).await;
                        }
                    }
                }
                run.check().await
            })
        });
        match result {
            Ok(()) => runtime.block_on(place.stage.assert_promises()),
            Err(TestError::Fail(reason, moves)) => panic!("ONSALE_SEED={seed}: {reason}\nwith {moves:#?}"),
            Err(error) => panic!("ONSALE_SEED={seed}: {error}"),
        }
        let seen = place.seen.lock().unwrap_or_else(PoisonError::into_inner);
        println!("{seen:#?}");
        missed.retain(|met| !seen.keys().any(|seen| seen.starts_with(met)));
        if missed.is_empty() || operations < 10_000 {
            return;
        }
    }
    assert_eq!(missed, [""; 0], "ONSALE_SEED={seed}: no move has met these");
}

#[test]
fn one_command_at_a_time_agrees_with_the_model() {
    agrees_with_the_model(1, patient_limits());
}

#[test]
fn commands_at_once_agree_with_the_model_in_the_order_of_their_numbers() {
    agrees_with_the_model(20, Limits { batch: 7, ..patient_limits() });
}
