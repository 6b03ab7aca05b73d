//! What people asked for at a sale, and what they were told.

use std::time::Instant;

use domain::ids::{EventId, UserId};
use domain::tickets::Split;
use serde::Deserialize;

use crate::chaos::requests::Reply;
use crate::crowd::tickets::{Tickets, Wish};
use crate::sale::answers::Answer;

/// An event that is sold during a round.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sale {
    pub(super) event: EventId,
    pub(super) tickets: Tickets,
}

/// What somebody asked for.
#[derive(Debug, Clone)]
pub(super) enum Asked {
    Booking(Wish),
    GivingUp,
    /// These seats remain.
    Fewer(Split),
}

/// A request and its final answer.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) user: UserId,
    pub(super) event: EventId,
    /// The key of the booking that it is about, if it has one.
    pub(super) key: Option<String>,
    pub(super) asked_for: Asked,
    pub(super) answer: Answered,
    /// When the request was first sent.
    pub(super) asked: Instant,
    /// When the answer was there.
    pub(super) answered: Instant,
}

/// What an answer said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answered {
    /// A registration as it stands.
    Stands {
        status: u16,
        /// Whether it repeats an earlier answer.
        is_replay: bool,
        answer: Answer,
    },
    /// A problem's type, such as `too-many-lapses`.
    Refused(String),
    /// Anything else, with its status.
    Other(u16, String),
    /// There was none, and the request was not sent again, since it has no key.
    Unknown,
}

impl Answered {
    /// What this reply says.
    pub(super) fn of(reply: &Reply) -> Self {
        #[derive(Deserialize)]
        struct Problem {
            #[serde(rename = "type")]
            kind: String,
        }
        let Reply { status, is_replay, .. } = *reply;
        match (status, reply.json::<Answer>(), reply.json::<Problem>()) {
            (200..300, Some(answer), _) => Self::Stands { status, is_replay, answer },
            (409, _, Some(Problem { kind })) => Self::Refused(kind.trim_start_matches("/problems/").to_owned()),
            _ => Self::Other(status, reply.body.clone()),
        }
    }
}
