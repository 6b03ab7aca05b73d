//! The public part of an event's state.

use repository::tallies::Tally;

/// An event as everybody may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Seen {
    /// Not public: a draft, a hidden copy, or no event at all.
    Gone,
    /// Public, with these counters. A public event stays public.
    Shown(Tally),
}

impl Seen {
    /// Whether this is newer than the known state.
    pub(super) fn replaces(&self, known: Option<&Self>) -> bool {
        match (self, known) {
            (_, None) | (Self::Shown(_), Some(Self::Gone)) => true,
            (Self::Gone, Some(_)) => false,
            (Self::Shown(new), Some(Self::Shown(old))) => {
                (new.last_decision, new.edit_version) > (old.last_decision, old.edit_version)
            }
        }
    }
}
