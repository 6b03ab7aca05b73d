//! What a box office tells about its work while it works, to whoever counts. Nothing here knows what for.

use std::sync::Arc;
use std::time::Duration;

use domain::accounts::AccountKind;
use domain::commands::{Command, Done, Origin, Outcome, Refusal};
use domain::events::Event;
use domain::registrations::RegistrationStatus;

use crate::office::Unanswered;

/// Is told what happens. Called on the way to answers and to the next batch: must neither wait nor panic.
pub type Watch = Arc<dyn Fn(Happening<'_>) + Send + Sync>;

/// Something that happened.
#[derive(Debug)]
pub enum Happening<'a> {
    /// A batch was committed, and everybody in it has an answer. Those of one event may come out of their order, which the
    /// event's last decision tells. A commit whose answer was lost is not told of before it is found again.
    Settled {
        /// The event as the batch left it, be it a hidden copy of a stress test.
        event: &'a Event,
        /// How it went.
        report: &'a BatchReport,
        /// What was asked and what it came to.
        outcomes: &'a [OutcomeCount],
    },
    /// A batch came to another end. Its commands are decided again, or refused.
    Unsettled(Setback),
    /// A command gets no decision. Whoever asked is answered after this.
    Refused(Unanswered),
}

/// Why a batch was not settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setback {
    /// The lock, or the database, was not had in time.
    NoLock,
    /// The connection was lost before the commit was on its way.
    Interrupted,
    /// It was rolled back.
    RolledBack,
    /// The commit was on its way, and no answer says what became of it.
    Unknown,
    /// There is no such event.
    NoSuchEvent,
    /// What was found contradicts itself.
    Inconsistent,
}

/// One transaction, as it went.
#[derive(Debug)]
pub struct BatchReport {
    /// Commands in it.
    pub size: usize,
    /// For how long the first of them had waited when the transaction began.
    pub queue_wait: Duration,
    /// From asking for the lock to having it.
    pub lock_wait: Duration,
    /// From having the lock to the end of the commit.
    pub lock_held: Duration,
    /// From the last write's answer to the commit's: a part of `lock_held`.
    pub commit: Duration,
}

/// How many commands of a batch of one kind came to the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutcomeCount {
    /// The kind of command, as a stable name.
    pub kind: &'static str,
    /// What it came to, as a stable name.
    pub outcome: &'static str,
    /// How many.
    pub count: u32,
}

/// A command's kind, and what it came to, as stable names.
pub(crate) type Named = (&'static str, &'static str);

pub(crate) fn name(command: &Command, outcome: &Outcome) -> Named {
    (kind_of(command), name_of(outcome))
}

/// Counts what commands came to. A batch has few kinds: they are looked for one after the other.
pub(crate) fn count(decided: impl IntoIterator<Item = Named>) -> Vec<OutcomeCount> {
    let mut counts: Vec<OutcomeCount> = Vec::new();
    for (kind, outcome) in decided {
        match counts.iter_mut().find(|known| known.kind == kind && known.outcome == outcome) {
            Some(known) => known.count += 1,
            None => counts.push(OutcomeCount { kind, outcome, count: 1 }),
        }
    }
    counts
}

/// Simulated buyers are a kind of their own: they count in no figure that claims to be real.
fn kind_of(command: &Command) -> &'static str {
    match command {
        Command::Register { buyer: AccountKind::Person, .. } => "register",
        Command::Register { buyer: AccountKind::Simulated, .. } => "register_simulated",
        Command::GiveUp { .. } => "give_up",
        Command::Edit { .. } => "edit",
        Command::Publish => "publish",
        Command::Cancel => "cancel",
        Command::BeginSimulation => "begin_simulation",
        Command::UndoSimulation { .. } => "undo_simulation",
    }
}

fn name_of(outcome: &Outcome) -> &'static str {
    match outcome {
        Ok(Done::Registered { origin: Origin::Replayed, .. }) => "replayed",
        Ok(Done::Registered { registration, .. }) => match registration.status {
            RegistrationStatus::Confirmed => "confirmed",
            RegistrationStatus::Waitlisted => "waitlisted",
            RegistrationStatus::Cancelled => "cancelled",
        },
        Ok(Done::GivenUp(_) | Done::Changed(_) | Done::SimulationBegun | Done::SimulationUndone { .. }) => "done",
        Err(Refusal::AlreadyRegistered(_)) => "already_registered",
        Err(Refusal::TooManyRegistrations) => "too_many_registrations",
        Err(Refusal::NoSuchUser) => "no_such_user",
        Err(Refusal::NoSuchRegistration) => "no_such_registration",
        Err(Refusal::EventNotPublished { .. }) => "event_not_published",
        Err(Refusal::EventCancelled) => "event_cancelled",
        Err(Refusal::EventEnded) => "event_ended",
        Err(Refusal::SalesNotOpen { .. }) => "sales_not_open",
        Err(Refusal::SalesClosed { .. }) => "sales_closed",
        Err(Refusal::EventUnderTest) => "event_under_test",
        Err(Refusal::EventNotUnderTest) => "event_not_under_test",
        Err(Refusal::EventNotEmpty) => "event_not_empty",
        Err(Refusal::CapacityBelowConfirmed { .. }) => "capacity_below_confirmed",
        Err(Refusal::TooManyPromotions { .. }) => "capacity_raise_too_large",
        Err(Refusal::StaleEdit { .. }) => "edit_conflict",
        Err(Refusal::InvalidEdit(_)) => "invalid_field",
    }
}
