//! What each error of the other crates is to a caller.

use auth::throttle::Throttled;
use auth::tokens::TokenError;
use boxoffice::Unanswered;
use boxoffice::simulation::SimulationError;
use domain::text::InvalidField;
use repository::errors::Conflict;

use super::{NoSession, Problem};

impl From<repository::Error> for Problem {
    fn from(error: repository::Error) -> Self {
        use repository::Error;
        match error {
            Error::Unavailable(_) | Error::TimedOut(_) => Self::Unavailable(error.into()),
            Error::Conflict(Conflict::EmailTaken) => Self::EmailTaken,
            Error::Conflict(Conflict::LastAdmin) => Self::LastAdmin,
            Error::Conflict(Conflict::TooManyEvents) => Self::TooManyEvents,
            Error::NotFound => Self::NotFound("thing"),
            Error::Conflict(Conflict::NoSuchUser) => Self::Unauthenticated(NoSession::AccessChanged),
            Error::Corrupt(_) | Error::Query(_) => Self::Internal(error.into()),
        }
    }
}

impl From<Unanswered> for Problem {
    fn from(unanswered: Unanswered) -> Self {
        match unanswered {
            Unanswered::Busy { retry_after_seconds } => {
                Self::Busy { retry_after_seconds: retry_after_seconds.max(1).into() }
            }
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
            SimulationError::Unanswered(unanswered) => unanswered.into(),
            SimulationError::Database(error) => error.into(),
        }
    }
}

impl From<InvalidField> for Problem {
    fn from(invalid: InvalidField) -> Self {
        Self::InvalidField(invalid)
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
