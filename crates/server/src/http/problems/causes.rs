//! The problem that each error of another crate is to callers.

use std::sync::Arc;

use auth::throttle::Throttled;
use auth::tokens::TokenError;
use boxoffice::Unanswered;
use boxoffice::simulation::SimulationError;
use domain::commands::Refusal;
use domain::events::TicketedEvent;
use domain::ids::UserId;
use domain::money::Currency;
use domain::ticket_names::NamesRefused;
use domain::tickets::{ChoiceError, DocumentError};
use repository::errors::{Blame, Conflict};
use repository::simulations::Failure;

use super::table::{NoSession, Problem};
use crate::http::registrations::PlacedRegistration;

impl Problem {
    /// The problem of a command that the box office refused for this event. Only people who run events of the draft's
    /// organizer, as `may_run` says, learn that the draft exists.
    pub(crate) fn refused(refusal: Refusal, event: &Arc<TicketedEvent>, may_run: impl FnOnce(UserId) -> bool) -> Self {
        // ISO 4217 has a code for no currency.
        let currency = event.event.terms.currency.map_or("XXX", Currency::code);
        match refusal {
            Refusal::AlreadyRegistered(registration) => Self::AlreadyRegistered {
                registration: Box::new(PlacedRegistration {
                    event: Arc::clone(event),
                    registration: *registration,
                    place: None,
                }),
            },
            Refusal::Choice(error) => Self::of_choice(error, currency),
            Refusal::Document(error) => error.into(),
            Refusal::KeyReused => Self::KeyReused,
            Refusal::AddressUnverified => Self::AddressUnverified,
            Refusal::TooManyLapses => Self::TooManyLapses,
            Refusal::MoreSeats(_) => Self::MoreSeats,
            Refusal::WrongAmount { amount } => Self::WrongAmount { amount, currency },
            Refusal::CannotBePaid { registration, cause } => Self::CannotBePaid {
                cause: cause.as_str(),
                registration: Box::new(PlacedRegistration {
                    event: Arc::clone(event),
                    registration: *registration,
                    place: None,
                }),
            },
            Refusal::NoSuchPayment => Self::NotFound("payment"),
            Refusal::SeveralTypes => Self::SeveralTicketTypes,
            Refusal::CapacityBelowParty { seats } => Self::CapacityBelowParty { seats },
            Refusal::LimitBelowStanding { price, standing } => {
                Self::LimitBelowStanding { price: price.into(), standing }
            }
            Refusal::SeatsPerRegistrationInUse(ticket_type) => {
                Self::SeatsPerRegistrationInUse { ticket_type: ticket_type.into() }
            }
            Refusal::TooManyRegistrations => Self::TooManyRegistrations,
            Refusal::Barred => Self::RegistrationRemoved,
            Refusal::HandedOver => Self::NotFound("event"),
            Refusal::CannotRunEvents => Self::cannot_run_events(),
            Refusal::ReceiverInUse => Self::busy(1),
            Refusal::RunsTooManyEvents => Self::TooManyEvents,
            Refusal::CheckedIn => Self::CheckedIn,
            Refusal::NoSuchTransfer => Self::NotFound("transfer"),
            Refusal::TransferOver => Self::TransferOver,
            Refusal::TransfersOff => Self::TransfersOff,
            Refusal::NoSuchRegistration => Self::NotFound("registration"),
            Refusal::NoSuchUser => Self::Unauthenticated(NoSession::AccessChanged),
            Refusal::EventNotPublished { organizer } if may_run(organizer) => Self::EventNotPublished,
            Refusal::EventNotPublished { .. } => Self::NotFound("event"),
            Refusal::EventCancelled => Self::EventCancelled,
            Refusal::EventEnded => Self::EventEnded,
            Refusal::SalesNotOpen { opens_at } => Self::SalesNotOpen { opens_at },
            Refusal::SalesClosed { closed_at } => Self::SalesClosed { closed_at },
            Refusal::CancellingEnded { ended_at } => Self::CancellingEnded { ended_at },
            Refusal::EventUnderTest => Self::EventUnderTest,
            Refusal::CapacityBelowTaken { ticket_type, taken } => {
                Self::CapacityBelowConfirmed { confirmed: taken, ticket_type: ticket_type.into() }
            }
            Refusal::TooManyPromotions { capacity_at_most } => Self::CapacityRaiseTooLarge { capacity_at_most },
            Refusal::TooManyEdits => Self::TooManyEdits,
            Refusal::StaleEdit { current_version } => Self::EditConflict { current_version },
            Refusal::InvalidEdit(invalid) => invalid.into(),
            Refusal::EventNotUnderTest | Refusal::EventNotEmpty => Self::Internal(refusal.into()),
        }
    }
}

impl Problem {
    /// The problem of seats that cannot be booked as they were chosen.
    pub(crate) fn of_choice(error: ChoiceError, currency: &'static str) -> Self {
        match error {
            ChoiceError::NoType => Self::ChooseTicketType,
            ChoiceError::UnknownType => Self::UnknownTicketType,
            ChoiceError::NoPrice => Self::ChoosePrice,
            ChoiceError::UnknownPrice(price) => Self::UnknownPrice { price: price.into() },
            ChoiceError::PriceOfOtherType(price) => Self::PriceOfOtherType { price: price.into() },
            ChoiceError::WrongCode => Self::WrongCode,
            ChoiceError::PriceNotOpen { price, opens_at } => Self::PriceNotOpen { price: price.into(), opens_at },
            ChoiceError::PriceClosed(price) => Self::PriceClosed { price: price.into() },
            ChoiceError::PriceSoldOut { price, left } => Self::PriceSoldOut { price: price.into(), seats_left: left },
            ChoiceError::CodeUsedUp { left } => Self::CodeUsedUp { seats_left: left },
            ChoiceError::TooManySeats { at_most } => Self::TooManySeats { seats_at_most: at_most },
            ChoiceError::PartyTooLarge { capacity } => Self::PartyTooLarge { capacity },
            ChoiceError::AmountDiffers { amount } => Self::AmountDiffers { amount, currency },
        }
    }
}

impl From<NamesRefused> for Problem {
    fn from(refused: NamesRefused) -> Self {
        match refused {
            NamesRefused::EventCancelled => Self::EventCancelled,
            NamesRefused::EventEnded => Self::EventEnded,
            NamesRefused::NotConfirmed => Self::BookingNotConfirmed,
            NamesRefused::Off => Self::NamesOff,
            NamesRefused::Closed(closed_at) => Self::NamesClosed { closed_at },
            NamesRefused::TooMany { tickets } => {
                Self::field("names", format!("must be at most {tickets}, one for each ticket"))
            }
            NamesRefused::CheckedIn { ticket } => Self::TicketCheckedIn { ticket },
        }
    }
}

impl From<DocumentError> for Problem {
    fn from(error: DocumentError) -> Self {
        match error {
            DocumentError::UnknownType(_) => Self::UnknownTicketType,
            DocumentError::UnknownPrice(price) => Self::UnknownPrice { price: price.into() },
            DocumentError::Twice { name } => Self::TicketTwice { name },
            DocumentError::TypeInUse(ticket_type) => Self::TicketTypeInUse { ticket_type: ticket_type.into() },
            DocumentError::PriceInUse(price) => Self::PriceInUse { price: price.into() },
            DocumentError::CurrencyInUse => Self::CurrencyInUse,
        }
    }
}

impl From<repository::Error> for Problem {
    fn from(error: repository::Error) -> Self {
        use repository::Error;
        match error {
            Error::Unavailable(_) | Error::TimedOut(_) => Self::Unavailable(error.into()),
            Error::Conflict(Conflict::EmailTaken) => Self::EmailTaken,
            Error::Conflict(Conflict::LastAdmin) => Self::LastAdmin,
            Error::Conflict(Conflict::ComingEvents) => Self::ComingEvents,
            Error::Conflict(Conflict::TooManyEvents) => Self::TooManyEvents,
            Error::Conflict(Conflict::TooManyKeys) => Self::TooManyKeys,
            Error::Conflict(Conflict::TooManyDoorStaff) => Self::TooManyDoorStaff,
            Error::Conflict(Conflict::TooManyTransfers) => Self::TooManyTransfers,
            Error::Conflict(Conflict::EventOver) => Self::EventEnded,
            Error::Conflict(Conflict::TransferTaken) => Self::TransferOver,
            Error::Conflict(Conflict::TooManyWebhooks) => Self::TooManyWebhooks,
            Error::Conflict(Conflict::WebhookAddressTaken) => {
                Self::field("url", "must not be the address of another webhook of yours")
            }
            Error::Conflict(Conflict::WebhookTooOften { retry_after_seconds }) => {
                Self::WebhookTooOften { retry_after_seconds }
            }
            Error::Conflict(Conflict::NotADraft) => Self::NotADraft,
            Error::Conflict(Conflict::KeyTaken) => Self::SimulationRunning,
            Error::NotFound => Self::NotFound("thing"),
            Error::Conflict(Conflict::NoSuchUser) => Self::Unauthenticated(NoSession::AccessChanged),
            // An operator must act, and then it works again.
            Error::Query(_) if error.blame() == Blame::Environment => Self::Unavailable(error.into()),
            Error::Corrupt(_) | Error::Query(_) => Self::Internal(error.into()),
        }
    }
}

impl From<Unanswered> for Problem {
    fn from(unanswered: Unanswered) -> Self {
        match unanswered {
            Unanswered::Busy { retry_after_seconds } => Self::busy(retry_after_seconds.max(1).into()),
            Unanswered::OutcomeUnknown => Self::OutcomeUnknown,
            Unanswered::NoSuchEvent => Self::NotFound("event"),
            Unanswered::Failed => Self::Internal(unanswered.into()),
        }
    }
}

impl From<SimulationError> for Problem {
    fn from(error: SimulationError) -> Self {
        match error {
            SimulationError::NoSuchEvent => Self::NotFound("event"),
            SimulationError::Running => Self::SimulationRunning,
            SimulationError::EventCancelled => Self::EventCancelled,
            SimulationError::EventEnded => Self::EventEnded,
            SimulationError::Refused(Refusal::NoSuchUser) => Self::Unauthenticated(NoSession::AccessChanged),
            SimulationError::Refused(refusal) => Self::Internal(refusal.into()),
            SimulationError::Unanswered(unanswered) => unanswered.into(),
            SimulationError::Database(error) => error.into(),
        }
    }
}

/// The log of the server that ran the stress test has the cause.
impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Unavailable => Self::Unavailable("a stress test failed".into()),
            Failure::Internal => Self::internal("a stress test failed"),
        }
    }
}

impl From<TokenError> for Problem {
    fn from(error: TokenError) -> Self {
        match error {
            TokenError::Expired => Self::TokenExpired,
            TokenError::Invalid => Self::Unauthenticated(NoSession::InvalidToken),
        }
    }
}

impl From<Throttled> for Problem {
    fn from(throttled: Throttled) -> Self {
        Self::TooManyAttempts { retry_after_seconds: throttled.retry_after_seconds }
    }
}
