//! Accounts: roles, names and e-mail addresses.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;
use utoipa::ToSchema;

use crate::limits::{
    EMAIL_CHARACTERS_MAX, EMAIL_LOCAL_CHARACTERS_MAX, HOST_LABEL_CHARACTERS_MAX, NAME_CHARACTERS_MAX,
    PUBLIC_CONTACT_CHARACTERS_MAX,
};
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

    /// Whether its accounts may run events.
    pub fn may_run_events(self) -> bool {
        self >= Self::Organizer
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

/// An account that an event is to be handed over to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receiver {
    /// Its role.
    pub role: Role,
    /// Whether its person may act.
    pub is_active: bool,
    /// How many other events it runs.
    pub events: i64,
}

/// An e-mail address: a name, one `@`, and a host of labels, in ASCII. It is stored as typed, and compared without
/// regard to case.
///
/// Other letters are refused, because PostgreSQL and this program may disagree about their case and so about equal
/// addresses. A host outside ASCII has an ASCII form (RFC 5891).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Checks an address. Its name consists of the characters of RFC 5322, section 3.2.3, without those that end or
    /// divide a link to it (`?`, `#`, braces). Its host consists of labels of letters, digits and hyphens (RFC 1123,
    /// section 2.1).
    pub fn parse(text: &str) -> Result<Self, InvalidField> {
        // As typed: composing the sign for kelvin makes an ASCII letter of it.
        let typed = text::trimmed(text);
        let text = text::line(FIELD, typed, EMAIL_CHARACTERS_MAX)?;
        if let Some((at, c)) = typed.char_indices().find(|(_, c)| !c.is_ascii_graphic() && text::is_invisible(*c)) {
            return Err(InvalidField::new(FIELD, format!("has {}", text::stray(typed, at, c))));
        }
        if let Some(c) = typed.chars().find(|c| !c.is_ascii_graphic()) {
            return Err(InvalidField::new(FIELD, format!("must consist of ASCII characters, and has {c}")));
        }
        let (local, host) = text
            .rsplit_once('@')
            .filter(|(local, host)| !local.is_empty() && !host.is_empty() && !local.contains('@'))
            .ok_or_else(|| InvalidField::new(FIELD, "must be an address like name@example.com"))?;
        check_local(local)?;
        check_host(host)?;
        Ok(Self(text))
    }

    /// An address to look an account up with, if one could have it. Accounts from before a rule of [`Email::parse`] may
    /// have addresses that new ones cannot have.
    pub fn of_account(text: &str) -> Option<Self> {
        let text = text::trimmed(text);
        let may_be = !text.is_empty()
            && text.len() <= EMAIL_CHARACTERS_MAX
            && text.bytes().all(|byte| byte.is_ascii_graphic())
            && text.contains('@');
        may_be.then(|| Self(text.to_owned()))
    }

    /// The address, as typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

const FIELD: &str = "email";

/// Checks the part before the `@`.
fn check_local(local: &str) -> Result<(), InvalidField> {
    let invalid = |reason: String| Err(InvalidField::new(FIELD, reason));
    if local.len() > EMAIL_LOCAL_CHARACTERS_MAX {
        return invalid(format!("must have at most {EMAIL_LOCAL_CHARACTERS_MAX} characters before the @"));
    }
    if local.split('.').any(str::is_empty) {
        return invalid("must not have a dot at the beginning, right before the @ or beside another dot".to_owned());
    }
    match local.chars().find(|c| !c.is_ascii_alphanumeric() && !"!$%&'*+-./=^_`|~".contains(*c)) {
        Some(c) => invalid(format!("must not have {c} before the @")),
        None => Ok(()),
    }
}

/// Checks the part behind the `@`.
fn check_host(host: &str) -> Result<(), InvalidField> {
    let invalid = |reason: String| Err(InvalidField::new(FIELD, reason));
    if let Some(c) = host.chars().find(|c| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '.')) {
        return invalid(format!("must not have {c} behind the @"));
    }
    for label in host.split('.') {
        if label.is_empty() {
            return invalid("must not have a dot right behind the @, at the end or beside another dot".to_owned());
        }
        if label.len() > HOST_LABEL_CHARACTERS_MAX {
            return invalid(format!(
                "must have at most {HOST_LABEL_CHARACTERS_MAX} characters between two dots behind the @"
            ));
        }
        if label.starts_with('-') || label.ends_with('-') {
            return invalid("must not have a hyphen beside a dot or at an end behind the @".to_owned());
        }
    }
    Ok(())
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

/// How the public reaches an organizer: an e-mail address, or an address that starts with `https://`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicContact(String);

impl PublicContact {
    /// Checks a contact. An e-mail address must be one that a new account could have.
    pub fn parse(text: &str) -> Result<Self, InvalidField> {
        const FIELD: &str = "public_contact";
        const HTTPS: &str = "https://";
        let line = text::line(FIELD, text, PUBLIC_CONTACT_CHARACTERS_MAX)?;
        if let Some((start, rest)) = line.split_at_checked(HTTPS.len())
            && start.eq_ignore_ascii_case(HTTPS)
        {
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            // A name before an @ could pass for the host.
            let is_host = host.starts_with(char::is_alphanumeric) && !host.contains('@');
            let is_stray = |c: char| text::is_invisible(c) || "\\\"<>".contains(c);
            return if is_host && !rest.contains(is_stray) {
                Ok(Self(format!("{HTTPS}{rest}")))
            } else {
                Err(InvalidField::new(FIELD, "must be an address like https://example.com/contact"))
            };
        }
        if !line.contains('@') {
            return Err(InvalidField::new(FIELD, "must be an address like name@example.com or https://example.com"));
        }
        let email = Email::parse(text).map_err(|InvalidField { reason, .. }| InvalidField::new(FIELD, reason))?;
        Ok(Self(email.0))
    }

    /// The contact.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_addresses_are_accepted() {
        let longest = format!("{}@{}.{}.{}.org", "l".repeat(64), "a".repeat(63), "b".repeat(63), "c".repeat(57));
        assert_eq!(longest.len(), EMAIL_CHARACTERS_MAX);
        for text in [
            "alice@student.com",
            "a.b+c@x-y.example.org",
            "admin@eventbrite.local",
            "a@xn--exmple-cua.org",
            "a@localhost",
            "o'neil_!$%&*-/=^`|~@1-2.org",
            &longest,
        ] {
            assert_eq!(Email::parse(text).unwrap().as_str(), text);
            assert_eq!(Email::of_account(text).unwrap().as_str(), text);
        }
        assert_eq!(Email::parse(" \u{feff}a@x.org\u{200e}\n").unwrap().as_str(), "a@x.org");
    }

    #[test]
    fn other_addresses_are_refused_with_the_reason() {
        let (long_name, long_label) = (format!("{}@x.org", "l".repeat(65)), format!("a@{}.org", "x".repeat(64)));
        for (text, reason) in [
            ("", "must not be empty"),
            ("alice", "must be an address like"),
            ("@x.org", "must be an address like"),
            ("alice@", "must be an address like"),
            ("a@b@x.org", "must be an address like"),
            ("a b@x.org", "has a space after a"),
            ("a\r\nBcc: x@y.z", "has a line break after a"),
            ("a\u{200b}@x.org", "has an invisible character U+200B after a"),
            ("dana\u{200e}@x.org", "has an invisible character U+200E after dana"),
            ("ü@x.org", "must consist of ASCII characters, and has ü"),
            ("b@engİneer.com", "must consist of ASCII characters, and has İ"),
            ("\u{212a}@x.org", "must consist of ASCII characters, and has \u{212a}"),
            ("a@x\u{37e}.org", "must consist of ASCII characters, and has \u{37e}"),
            (&long_name, "at most 64 characters before the @"),
            (".a@x.org", "must not have a dot"),
            ("a.@x.org", "must not have a dot"),
            ("a..b@x.org", "must not have a dot"),
            ("a?subject=b@x.org", "must not have ? before the @"),
            ("a#b@x.org", "must not have # before the @"),
            ("a[b]@x.org", "must not have [ before the @"),
            ("a(b)@x.org", "must not have ( before the @"),
            ("a{b}@x.org", "must not have { before the @"),
            ("<a@x.org", "must not have < before the @"),
            ("a,b@x.org", "must not have , before the @"),
            ("\"a\"@x.org", "must not have \" before the @"),
            ("a@x_y.org", "must not have _ behind the @"),
            ("a@[127.0.0.1]", "must not have [ behind the @"),
            ("a@x.org?cc=b", "must not have ? behind the @"),
            ("a@x.org#b", "must not have # behind the @"),
            ("a@x..org", "must not have a dot"),
            ("a@.x.org", "must not have a dot"),
            ("a@x.org.", "must not have a dot"),
            ("a@-x.org", "must not have a hyphen"),
            ("a@x-.org", "must not have a hyphen"),
            (&long_label, "at most 63 characters between two dots"),
        ] {
            let refused = Email::parse(text).unwrap_err();
            assert!(refused.field == "email" && refused.reason.contains(reason), "{text:?}: {}", refused.reason);
        }
        assert!(Email::parse(&format!("{}@x.org", "a".repeat(300))).is_err());
    }

    #[test]
    fn the_public_reaches_an_organizer_by_mail_or_on_the_web() {
        for (typed, contact) in [
            ("tickets@example.com", "tickets@example.com"),
            (" https://example.com/a?b#c\n", "https://example.com/a?b#c"),
            ("HTTPS://example.com", "https://example.com"),
            ("https://b\u{fc}cher.example", "https://b\u{fc}cher.example"),
        ] {
            assert_eq!(PublicContact::parse(typed).unwrap().as_str(), contact);
        }
        let long = format!("https://example.com/{}", "a".repeat(PUBLIC_CONTACT_CHARACTERS_MAX));
        for (typed, reason) in [
            ("", "must not be empty"),
            ("+49 123", "must be an address like name@example.com or https"),
            ("http://example.com", "must be an address like name@example.com or https"),
            ("javascript:alert(1)", "must be an address like name@example.com or https"),
            ("mailto:a@example.com", "must not have : before the @"),
            ("https://", "must be an address like https"),
            ("https:///a", "must be an address like https"),
            ("https://example.com@evil.example", "must be an address like https"),
            ("https://example.com/a b", "must be an address like https"),
            ("https://example.com\\@evil.example", "must be an address like https"),
            ("a@b\nc@d", "has a line break"),
            (&long, "at most 254 characters"),
        ] {
            let refused = PublicContact::parse(typed).unwrap_err();
            assert!(refused.field == "public_contact" && refused.reason.contains(reason), "{typed:?}: {refused}");
        }
    }

    #[test]
    fn an_account_from_before_a_rule_is_looked_up_by_its_address() {
        for text in ["a?b@x.org", ".a.@x_y.org", " a@[::1]\u{200e}"] {
            assert!(Email::parse(text).is_err());
            assert_eq!(Email::of_account(text).unwrap().as_str(), text.trim_matches([' ', '\u{200e}']));
        }
        for text in ["", "a", "a\0@x.org", "ü@x.org", &format!("{}@x.org", "a".repeat(300))] {
            assert_eq!(Email::of_account(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_role_reads_back_from_its_name() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
        }
        assert!("admin".parse::<Role>().is_err());
    }
}
