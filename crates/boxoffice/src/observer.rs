//! Notices about the work of a box office, for metrics and live updates.

use std::sync::Arc;

use domain::accounts::AccountKind;
use domain::commands::{Command, Done, Origin, Outcome, Refusal};
use domain::events::TicketedEvent;
use domain::ids::EventId;
use domain::registrations::RegistrationStatus;
use domain::tickets::{ChoiceError, DocumentError};

use crate::answers::{BatchReport, Unanswered};
use crate::places::Joined;

/// Receives every notice. It is called between a commit and the answers, or right after them, so it must neither wait
/// nor panic.
pub type Observer = Arc<dyn Fn(Notice<'_>) + Send + Sync>;

/// One notice.
#[derive(Debug)]
pub enum Notice<'a> {
    /// These people have joined a line of the event. Their answers come after this notice, so that whoever asks again
    /// has been noted.
    Joined(EventId, &'a [Joined]),
    /// A batch was committed and all of its commands are answered. Notices of one event may arrive out of order;
    /// compare the event's last decision. A commit whose answer was lost is reported once the box office has found its
    /// outcome.
    Settled {
        /// The event as the batch left it. It may be the hidden copy of a stress test.
        after: &'a TicketedEvent,
        /// The measures of the transaction.
        report: &'a BatchReport,
        /// The commands and their outcomes, counted.
        outcomes: &'a [OutcomeCount],
    },
    /// A batch was not settled. Its commands are decided again, or refused.
    Unsettled(BatchFailure),
    /// A command gets no decision. The caller is answered after this notice.
    Refused(Unanswered),
}

/// Why a batch was not settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchFailure {
    /// The event's row could not be locked in time, or the database was away.
    NoLock,
    /// The database cannot do what is asked: its disk is full, it has become read-only, a column is missing.
    Environment,
    /// The connection was lost before the commit was sent.
    Interrupted,
    /// The transaction was rolled back.
    RolledBack,
    /// The commit was sent, and its answer was lost.
    Unknown,
    /// There is no such event.
    NoSuchEvent,
    /// The stored rows contradict each other.
    Inconsistent,
}

/// How many commands of one kind had the same outcome in a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutcomeCount {
    /// The kind of command, as a stable name.
    pub kind: &'static str,
    /// The outcome, as a stable name.
    pub outcome: &'static str,
    /// How many.
    pub count: u32,
}

/// A command's kind and its outcome, as stable names.
pub(crate) type Named = (&'static str, &'static str);

pub(crate) fn name(command: &Command, outcome: &Outcome) -> Named {
    (kind_of(command), name_of(outcome))
}

/// Counts the outcomes. A batch has few kinds, so a linear search is cheapest.
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

/// Simulated buyers are a kind of their own, so that figures of real buyers exclude them.
fn kind_of(command: &Command) -> &'static str {
    match command {
        Command::Register { buyer: AccountKind::Person, .. } => "register",
        Command::Register { buyer: AccountKind::Simulated, .. } => "register_simulated",
        Command::Reduce { .. } => "reduce",
        Command::GiveUp { .. } => "give_up",
        Command::Release { .. } => "release",
        Command::Remove { .. } => "remove",
        Command::MarkPaid { .. } => "mark_paid",
        Command::NotPaid { .. } => "not_paid",
        Command::Lapse { .. } => "lapse",
        Command::Extend { .. } => "extend",
        Command::Pass { .. } => "pass",
        Command::TakeOver { .. } => "take_over",
        Command::Edit { .. } => "edit",
        Command::EditTickets { .. } => "edit_tickets",
        Command::HandOver { .. } => "hand_over",
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
            RegistrationStatus::Held => "held",
            RegistrationStatus::Waitlisted => "waitlisted",
            RegistrationStatus::Cancelled => "cancelled",
        },
        Ok(
            Done::GivenUp(_)
            | Done::Stands { .. }
            | Done::Lapsed(_)
            | Done::Extended(_)
            | Done::PassedOver(_)
            | Done::Changed(_)
            | Done::SimulationBegun
            | Done::SimulationUndone { .. },
        ) => "done",
        Err(Refusal::Choice(error)) => name_of_choice(error),
        Err(Refusal::KeyReused) => "key_reused",
        Err(Refusal::AddressUnverified) => "address_unverified",
        Err(Refusal::TooManyLapses) => "too_many_lapses",
        Err(Refusal::MoreSeats(_)) => "more_seats",
        Err(Refusal::WrongAmount { .. }) => "wrong_amount",
        Err(Refusal::CannotBePaid { .. }) => "cannot_be_paid",
        Err(Refusal::NoSuchPayment) => "no_such_payment",
        Err(Refusal::AlreadyRegistered(_)) => "already_registered",
        Err(Refusal::TooManyRegistrations) => "too_many_registrations",
        Err(Refusal::Barred) => "registration_removed",
        Err(Refusal::NoSuchUser) => "no_such_user",
        Err(Refusal::HandedOver) => "handed_over",
        Err(Refusal::CannotRunEvents) => "cannot_run_events",
        Err(Refusal::ReceiverInUse) => "receiver_in_use",
        Err(Refusal::RunsTooManyEvents) => "runs_too_many_events",
        Err(Refusal::CheckedIn) => "checked_in",
        Err(Refusal::NoSuchTransfer) => "no_such_transfer",
        Err(Refusal::TransferOver) => "transfer_over",
        Err(Refusal::TransfersOff) => "transfers_off",
        Err(Refusal::NoSuchRegistration) => "no_such_registration",
        Err(Refusal::EventNotPublished { .. }) => "event_not_published",
        Err(Refusal::EventCancelled) => "event_cancelled",
        Err(Refusal::EventEnded) => "event_ended",
        Err(Refusal::SalesNotOpen { .. }) => "sales_not_open",
        Err(Refusal::SalesClosed { .. }) => "sales_closed",
        Err(Refusal::CancellingEnded { .. }) => "cancelling_ended",
        Err(Refusal::EventUnderTest) => "event_under_test",
        Err(Refusal::EventNotUnderTest) => "event_not_under_test",
        Err(Refusal::EventNotEmpty) => "event_not_empty",
        Err(Refusal::CapacityBelowTaken { .. }) => "capacity_below_confirmed",
        Err(Refusal::CapacityBelowParty { .. }) => "capacity_below_party",
        Err(Refusal::SeveralTypes) => "several_ticket_types",
        Err(Refusal::Document(error)) => name_of_document(error),
        Err(Refusal::LimitBelowStanding { .. }) => "limit_below_standing",
        Err(Refusal::SeatsPerRegistrationInUse(_)) => "seats_per_registration_in_use",
        Err(Refusal::TooManyPromotions { .. }) => "capacity_raise_too_large",
        Err(Refusal::TooManyEdits) => "too_many_edits",
        Err(Refusal::StaleEdit { .. }) => "edit_conflict",
        Err(Refusal::InvalidEdit(_)) => "invalid_field",
    }
}

fn name_of_choice(error: &ChoiceError) -> &'static str {
    match error {
        ChoiceError::NoType => "choose_ticket_type",
        ChoiceError::UnknownType => "unknown_ticket_type",
        ChoiceError::NoPrice => "choose_price",
        ChoiceError::UnknownPrice(_) => "unknown_price",
        ChoiceError::PriceOfOtherType(_) => "price_of_other_type",
        ChoiceError::WrongCode => "wrong_code",
        ChoiceError::PriceNotOpen { .. } => "price_not_open",
        ChoiceError::PriceClosed(_) => "price_closed",
        ChoiceError::PriceSoldOut { .. } => "price_sold_out",
        ChoiceError::CodeUsedUp { .. } => "code_used_up",
        ChoiceError::TooManySeats { .. } => "too_many_seats",
        ChoiceError::PartyTooLarge { .. } => "party_too_large",
        ChoiceError::AmountDiffers { .. } => "amount_differs",
    }
}

fn name_of_document(error: &DocumentError) -> &'static str {
    match error {
        DocumentError::UnknownType(_) => "unknown_ticket_type",
        DocumentError::UnknownPrice(_) => "unknown_price",
        DocumentError::Twice { .. } => "twice",
        DocumentError::TypeInUse(_) => "ticket_type_in_use",
        DocumentError::PriceInUse(_) => "price_in_use",
        DocumentError::CurrencyInUse => "currency_in_use",
    }
}
