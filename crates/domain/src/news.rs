//! The news of a batch: changes that people and other systems must hear of (P10).

use crate::events::{Event, EventStatus};
use crate::ids::RegistrationId;

/// The part of a batch that somebody must hear of. It is written down in the transaction that does it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct News {
    /// The registrations that the batch made or changed. Simulated ones are left out.
    pub registrations: Vec<RegistrationId>,
    /// The changes of the event as a whole.
    pub event: Vec<EventNews>,
}

impl News {
    /// Whether there is nothing to hear.
    pub fn is_empty(&self) -> bool {
        self.registrations.is_empty() && self.event.is_empty()
    }
}

/// A change of an event as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EventNews {
    /// It was published.
    Published,
    /// It takes place at another time or elsewhere.
    Moved,
    /// It was cancelled.
    Cancelled,
}

impl EventNews {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Published, Self::Moved, Self::Cancelled];

    /// The name that the database uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Published => "PUBLISHED",
            Self::Moved => "MOVED",
            Self::Cancelled => "CANCELLED",
        }
    }

    /// The news about an event after a batch. Nobody hears of drafts and of hidden copies.
    pub fn between(before: &Event, after: &Event) -> Vec<Self> {
        if after.rehearsal_of.is_some() || after.status == EventStatus::Draft {
            return Vec::new();
        }
        let is_published = after.status == EventStatus::Published && before.status == EventStatus::Draft;
        let is_cancelled = after.status == EventStatus::Cancelled && before.status != EventStatus::Cancelled;
        let is_moved = !after.details.takes_place_as(&before.details);
        let news = [
            is_published.then_some(Self::Published),
            is_moved.then_some(Self::Moved),
            is_cancelled.then_some(Self::Cancelled),
        ];
        news.into_iter().flatten().collect()
    }
}
