//! API keys: what a person's own program may do with one, for which events, and for how long.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::accounts::UnknownName;
use crate::ids::EventId;
use crate::limits::{API_KEY_DAYS_MAX, API_KEY_EVENTS_MAX, API_KEY_NAME_CHARACTERS_MAX};
use crate::names::read_by_name;
use crate::text::{self, InvalidField};

/// A permission that a key may have, if its owner has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = ApiKeyPermission)]
pub enum KeyPermission {
    /// Book, cancel and read the owner's bookings.
    Book,
    /// Check people in, at the events at which the owner may.
    CheckIn,
    /// Create events, and run those of the owner.
    ManageOwnEvents,
    /// Run the events of all organizers. It includes [`KeyPermission::ManageOwnEvents`].
    RunAnyEvent,
    /// Run stress tests and undo them.
    Simulate,
    /// Read the audit log.
    ReadAudit,
}

impl KeyPermission {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Book, Self::CheckIn, Self::ManageOwnEvents, Self::RunAnyEvent, Self::Simulate, Self::ReadAudit];

    /// The name that the API and the database use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Book => "BOOK",
            Self::CheckIn => "CHECK_IN",
            Self::ManageOwnEvents => "MANAGE_OWN_EVENTS",
            Self::RunAnyEvent => "RUN_ANY_EVENT",
            Self::Simulate => "SIMULATE",
            Self::ReadAudit => "READ_AUDIT",
        }
    }

    fn bit(self) -> u8 {
        match self {
            Self::Book => 1,
            Self::ManageOwnEvents => 1 << 1,
            Self::RunAnyEvent => 1 << 2,
            Self::Simulate => 1 << 3,
            Self::ReadAudit => 1 << 4,
            Self::CheckIn => 1 << 5,
        }
    }
}

read_by_name!(KeyPermission);

impl FromStr for KeyPermission {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|one| one.as_str() == text).ok_or_else(|| UnknownName(text.to_owned()))
    }
}

/// The permissions of a key: at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyPermissions(u8);

impl KeyPermissions {
    /// The set of these, with those that they include. `None` if there are none.
    pub fn of(permissions: impl IntoIterator<Item = KeyPermission>) -> Option<Self> {
        let mut bits = permissions.into_iter().fold(0, |bits, permission| bits | permission.bit());
        if bits & KeyPermission::RunAnyEvent.bit() != 0 {
            bits |= KeyPermission::ManageOwnEvents.bit();
        }
        (bits != 0).then_some(Self(bits))
    }

    /// Whether the permission is among them.
    pub fn has(self, permission: KeyPermission) -> bool {
        self.0 & permission.bit() != 0
    }

    /// All of them, in the order of [`KeyPermission::ALL`].
    pub fn iter(self) -> impl Iterator<Item = KeyPermission> {
        KeyPermission::ALL.into_iter().filter(move |permission| self.has(*permission))
    }
}

/// The events that a key is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyEvents {
    /// All that its owner may use it for, and what belongs to no event.
    All,
    /// One to [`API_KEY_EVENTS_MAX`] of them, each once, and nothing else.
    Chosen(Vec<EventId>),
}

impl KeyEvents {
    /// Checks a choice; `None` chooses all.
    pub fn parse(chosen: Option<Vec<EventId>>) -> Result<Self, InvalidField> {
        let Some(mut chosen) = chosen else { return Ok(Self::All) };
        chosen.sort_unstable();
        chosen.dedup();
        if chosen.is_empty() || chosen.len() > API_KEY_EVENTS_MAX {
            return Err(InvalidField::new("events", format!("must be null, or 1 to {API_KEY_EVENTS_MAX} events")));
        }
        Ok(Self::Chosen(chosen))
    }

    /// Whether the key is for this event; `None` is what belongs to no event.
    pub fn reach(&self, event: Option<EventId>) -> bool {
        match self {
            Self::All => true,
            Self::Chosen(chosen) => event.is_some_and(|event| chosen.contains(&event)),
        }
    }
}

/// The name of a key, in its owner's words: one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyName(String);

impl KeyName {
    /// Checks a name.
    pub fn parse(text: &str) -> Result<Self, InvalidField> {
        text::line("name", text, API_KEY_NAME_CHARACTERS_MAX).map(Self)
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The days for which a new key works, of 24 hours each: 1 to [`API_KEY_DAYS_MAX`].
pub fn key_days(days: i64) -> Result<i32, InvalidField> {
    let valid = i32::try_from(days).ok().filter(|days| (1..=API_KEY_DAYS_MAX).contains(days));
    valid.ok_or_else(|| InvalidField::new("expires_in_days", format!("must be null, or 1 to {API_KEY_DAYS_MAX}")))
}

/// Whether a key works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = ApiKeyState)]
pub enum KeyState {
    /// It works.
    Active,
    /// Its time is over.
    Expired,
    /// The owner's password or role has changed since it was made, or all sessions were ended. It never works again.
    Ended,
}

impl KeyState {
    /// The state of a key that expires at that time, if ever. `is_current` says whether the owner's access is what it
    /// was when the key was made.
    pub fn of(expires_at: Option<DateTime<Utc>>, is_current: bool, now: DateTime<Utc>) -> Self {
        match expires_at {
            _ if !is_current => Self::Ended,
            Some(expires_at) if expires_at <= now => Self::Expired,
            _ => Self::Active,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test should stop loudly")]

    use super::*;
    use chrono::TimeDelta;
    use uuid::Uuid;

    #[test]
    fn a_set_has_what_was_put_in_and_what_that_includes() {
        for permission in KeyPermission::ALL {
            let set = KeyPermissions::of([permission, permission]).unwrap();
            let included = permission == KeyPermission::RunAnyEvent;
            let expected = KeyPermission::ALL
                .into_iter()
                .filter(|other| *other == permission || included && *other == KeyPermission::ManageOwnEvents);
            assert_eq!(set.iter().collect::<Vec<_>>(), expected.collect::<Vec<_>>());
            assert_eq!(permission.as_str().parse(), Ok(permission));
        }
        assert_eq!(KeyPermissions::of([]), None);
        let all = KeyPermissions::of(KeyPermission::ALL).unwrap();
        assert_eq!(all.iter().collect::<Vec<_>>(), KeyPermission::ALL);
    }

    #[test]
    fn a_key_for_chosen_events_reaches_these_and_nothing_else() {
        let [one, other]: [EventId; 2] = [1, 2].map(|n| Uuid::from_u128(n).into());
        let chosen = KeyEvents::parse(Some(vec![one, one])).unwrap();
        assert_eq!(chosen, KeyEvents::Chosen(vec![one]));
        assert_eq!([Some(one), Some(other), None].map(|event| chosen.reach(event)), [true, false, false]);
        assert!(KeyEvents::parse(None).unwrap().reach(None));
        let many = |n: u128| (1..=n).map(|n| Uuid::from_u128(n).into()).collect();
        assert!(KeyEvents::parse(Some(many(50))).is_ok());
        for refused in [many(0), many(51)] {
            assert_eq!(KeyEvents::parse(Some(refused)).unwrap_err().field, "events");
        }
    }

    #[test]
    fn a_key_works_until_its_time_is_over_or_its_owners_access_changes() {
        let now = DateTime::UNIX_EPOCH;
        let (before, after) = (now - TimeDelta::seconds(1), now + TimeDelta::seconds(1));
        assert_eq!(KeyState::of(None, true, now), KeyState::Active);
        assert_eq!(KeyState::of(Some(after), true, now), KeyState::Active);
        assert_eq!(KeyState::of(Some(now), true, now), KeyState::Expired);
        assert_eq!(KeyState::of(Some(before), false, now), KeyState::Ended);
        assert_eq!([1, 366].map(key_days), [Ok(1), Ok(366)]);
        for days in [i64::MIN, 0, 367, i64::MAX] {
            assert_eq!(key_days(days).unwrap_err().field, "expires_in_days");
        }
    }
}
