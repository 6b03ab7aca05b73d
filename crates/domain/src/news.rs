//! What a batch changes that people and other systems must hear of (P10).

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
    /// Anything else of it was edited.
    Edited,
    /// It was cancelled.
    Cancelled,
}

impl EventNews {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Published, Self::Moved, Self::Edited, Self::Cancelled];

    /// The name that the database uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Published => "PUBLISHED",
            Self::Moved => "MOVED",
            Self::Edited => "EDITED",
            Self::Cancelled => "CANCELLED",
        }
    }

    /// What is new about an event after a batch. Nobody hears of drafts and of hidden copies.
    pub fn between(before: &Event, after: &Event) -> Vec<Self> {
        if after.rehearsal_of.is_some() || after.status == EventStatus::Draft {
            return Vec::new();
        }
        let turn = match after.status {
            status if status == before.status => None,
            EventStatus::Cancelled => Some(Self::Cancelled),
            EventStatus::Published | EventStatus::Draft => Some(Self::Published),
        };
        let moved = (!after.details.takes_place_as(&before.details)).then_some(Self::Moved);
        let edited =
            (before.edit_version != after.edit_version && turn.is_none() && moved.is_none()).then_some(Self::Edited);
        [turn, moved, edited].into_iter().flatten().collect()
    }
}
