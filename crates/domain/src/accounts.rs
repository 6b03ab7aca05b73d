//! Accounts: roles, names and e-mail addresses.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;
use utoipa::ToSchema;

use crate::limits::{EMAIL_CHARACTERS_MAX, NAME_CHARACTERS_MAX};
use crate::names::read_by_name;
use crate::text::{self, InvalidField};

/// The role of an account. Each role may do everything that the one before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Role {
    /// Books seats, cancels bookings, sees its own bookings.
    Audience,
    /// Also creates and runs events of its own.
    Organizer,
    /// Does everything, including people and stress tests.
    Admin,
}

impl Role {
    /// All roles, weakest first.
    pub const ALL: [Self; 3] = [Self::Audience, Self::Organizer, Self::Admin];

    /// The role's name, as the API and the database spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Audience => "AUDIENCE",
            Self::Organizer => "ORGANIZER",
            Self::Admin => "ADMIN",
        }
    }
}

read_by_name!(Role);

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A name that is not one of the known values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown value {0:?}")]
pub struct UnknownName(pub String);

impl FromStr for Role {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or_else(|| UnknownName(text.to_owned()))
    }
}

/// Whether an account belongs to a person or to a stress test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AccountKind {
    /// A person, or a program that acts for one.
    Person,
    /// A simulated buyer of a stress test. It cannot sign in, and figures of people exclude it.
    Simulated,
}

/// An e-mail address: visible ASCII characters with one `@`, a name before it and a domain after it. It is stored as typed, and
/// compared without regard to case.
///
/// Other letters are refused, because PostgreSQL and this program may disagree about their case and so about equal addresses. A
/// host outside ASCII has an ASCII form (RFC 5891).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Checks an address.
    pub fn parse(text: &str) -> Result<Self, InvalidField> {
        let text = text::line("email", text, EMAIL_CHARACTERS_MAX)?;
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(InvalidField::new("email", "must consist of ASCII characters without spaces"));
        }
        let malformed = || InvalidField::new("email", "must be an address like name@example.com");
        let (local, host) = text.rsplit_once('@').ok_or_else(malformed)?;
        let host_is_sound = !host.is_empty()
            && host.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'));
        let stray = |c: char| matches!(c, '@' | '<' | '>' | '(' | ')' | ',' | ';' | ':' | '"' | '\\');
        if local.is_empty() || !host_is_sound || local.contains(stray) || host.contains(stray) {
            return Err(malformed());
        }
        Ok(Self(text))
    }

    /// The address, as typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A person's name: one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonName(String);

impl PersonName {
    /// Checks a name.
    pub fn parse(text: &str) -> Result<Self, InvalidField> {
        text::line("name", text, NAME_CHARACTERS_MAX).map(Self)
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_addresses_are_accepted() {
        for text in ["alice@student.com", "a.b+c@x-y.example.org", "admin@eventbrite.local", "a@xn--exmple-cua.org"] {
            assert_eq!(Email::parse(text).unwrap().as_str(), text);
        }
    }

    #[test]
    fn other_addresses_are_refused() {
        for text in [
            "",
            "alice",
            "@x.org",
            "alice@",
            "a b@x.org",
            "a@x..org",
            "a@-x.org",
            "a@b@x.org",
            "a\r\nBcc: x@y.z",
            "b@engİneer.com",
            "ü@x.org",
            "a\u{200b}@x.org",
        ] {
            assert!(Email::parse(text).is_err(), "{text:?}");
        }
        assert!(Email::parse(&format!("{}@x.org", "a".repeat(300))).is_err());
    }

    #[test]
    fn a_role_reads_back_from_its_name() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
        }
        assert!("admin".parse::<Role>().is_err());
    }
}
