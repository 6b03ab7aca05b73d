//! Events with types and prices of their own, and what is asked for there.

use std::sync::Arc;

use boxoffice::BoxOffice;
use chrono::{DateTime, Utc};
use domain::commands::{Command, Done, Outcome};
use domain::ids::{EventId, UserId};
use domain::money::Terms;
use domain::registrations::Registration;
use domain::tickets::{Choice, Code, Document, Part, PriceEntry, Split, Tickets, TypeEntry};
use futures_util::future::join_all;
use repository::tickets;
use testdb::patience::eventually;

use crate::clock::details_of_an_event;
use crate::stage::{Stage, choose, done};

/// A price of so many cents.
pub(crate) fn price(name: &str, amount: i64) -> PriceEntry {
    PriceEntry {
        number: None,
        name: name.to_owned(),
        amount,
        opens_at: None,
        closes_at: None,
        limit: None,
        code: None,
        is_closed: false,
    }
}

/// A price with a limit and a code.
pub(crate) fn coded(amount: i64, limit: i64, code: &str) -> PriceEntry {
    PriceEntry { limit: Some(limit), code: Some(Code::parse(code).unwrap()), ..price(code, amount) }
}

/// A type with these prices.
pub(crate) fn ticket_type(name: &str, capacity: i64, most: i64, prices: Vec<PriceEntry>) -> TypeEntry {
    TypeEntry { number: None, name: name.to_owned(), capacity, seats_per_registration: most, prices }
}

/// A quarter of an hour to pay, refunds until then.
pub(crate) fn terms(refund_until: Option<DateTime<Utc>>) -> Terms {
    Terms {
        currency: Some("EUR".parse().unwrap()),
        hold_minutes: Some(15),
        line_hold_minutes: Some(15),
        line_patience_minutes: Some(15),
        refund_until,
        ..Terms::default()
    }
}

pub(crate) async fn tickets_of(stage: &Stage, event: EventId) -> Tickets {
    tickets::of_event(&mut stage.connection().await, event).await.unwrap()
}

/// A published event with these types. Their numbers, and those of their prices, begin at 2: the type that it is made
/// with goes.
pub(crate) async fn event_with(stage: &Stage, office: &BoxOffice, types: Vec<TypeEntry>) -> EventId {
    let event = stage.draft_of(0, details_of_an_event()).await;
    let document = Box::new(Document::checked(terms(None), types).unwrap());
    let expected_version = stage.row(event).await.edit_version;
    done(office.submit(event, Command::EditTickets { document, expected_version }).await);
    done(office.submit(event, Command::Publish).await);
    event
}

/// So many seats at each of these prices, which are of this type, for so much.
pub(crate) fn seats(ticket_type: i16, parts: &[(i16, i16)], amount: i64) -> Choice {
    let parts = parts.iter().map(|(price, seats)| Part { price: (*price).into(), seats: *seats });
    Choice {
        ticket_type: Some(ticket_type.into()),
        seats: Some(Split::of(parts.collect()).unwrap()),
        code: None,
        amount: Some(amount),
    }
}

/// Books what was chosen without a key.
pub(crate) fn book(user: UserId, choice: Choice) -> Command {
    choose(user, None, choice)
}

/// Keeps so many seats at a price.
pub(crate) fn keep(of: &Registration, price: i16, seats: i16, shown_waiting: bool) -> Command {
    let remaining = Split::one(price.into(), seats).unwrap();
    Command::Reduce { registration: of.id, user: of.user, remaining, shown_waiting }
}

/// The registration that an answer is about.
pub(crate) fn registration_of(outcome: &Outcome) -> Registration {
    match outcome {
        Ok(Done::Registered { registration, .. } | Done::GivenUp(registration) | Done::Stands { registration }) => {
            registration.clone()
        }
        other => panic!("{other:?}"),
    }
}

/// The registration as it stands.
pub(crate) async fn now(stage: &Stage, event: EventId, old: &Registration) -> Registration {
    stage.registrations(event).await.into_iter().find(|known| known.id == old.id).unwrap()
}

/// Has all of these decided in one batch, in this order.
pub(crate) async fn in_one_batch(
    stage: &Stage,
    office: &BoxOffice,
    event: EventId,
    commands: Vec<Command>,
) -> Vec<Outcome> {
    let count = commands.len();
    let mut stranger = stage.hold(event).await;
    // This one waits for the lock, and the others behind it.
    let first = office.submit(event, Command::UndoSimulation { at_most: 0 });
    let (_, answers) = tokio::join!(first, async {
        stage.wait_for_a_waiter().await;
        let asked = join_all(commands.into_iter().map(|command| office.submit(event, command)));
        let (answers, ()) = tokio::join!(asked, async {
            eventually("all are queued", async || (office.occupancy().queued == count).then_some(())).await;
            diesel_async::SimpleAsyncConnection::batch_execute(&mut stranger, "rollback").await.unwrap();
        });
        answers
    });
    let answers: Vec<_> = answers.into_iter().map(Result::unwrap).collect();
    assert!(answers.windows(2).all(|pair| Arc::ptr_eq(&pair[0].batch, &pair[1].batch)), "they went together");
    answers.into_iter().map(|answer| answer.decided.outcome).collect()
}

/// Has these decided in batches of their own, in this order.
pub(crate) async fn one_by_one(office: &BoxOffice, event: EventId, commands: Vec<Command>) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for command in commands {
        outcomes.push(office.submit(event, command).await.unwrap().decided.outcome);
    }
    outcomes
}
