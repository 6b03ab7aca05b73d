//! The profile: which rules and defaults hold.

use super::error::SettingsError;
use super::variables::{self, Variables};

/// A set of rules and of values to begin with, chosen by `ONSALE_PROFILE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Runs with nothing set up, for the own machine.
    Default,
    /// Refuses whatever would be careless in public.
    Production,
}

impl Profile {
    /// The profile that `ONSALE_PROFILE` names.
    pub(super) fn chosen(variables: &Variables) -> Result<Self, SettingsError> {
        match variables.get(variables::PROFILE).map(String::as_str) {
            None | Some("" | "default") => Ok(Self::Default),
            Some("production") => Ok(Self::Production),
            Some(other) => Err(SettingsError::Variable {
                name: variables::PROFILE.to_owned(),
                problem: format!("must be default or production, not {other:?}"),
            }),
        }
    }

    /// The profiles whose files are read, weakest first.
    pub(super) fn layers(self) -> Vec<Self> {
        match self {
            Self::Default => vec![Self::Default],
            Self::Production => vec![Self::Default, Self::Production],
        }
    }

    /// Its name, as `ONSALE_PROFILE` and the file in `config/` spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Production => "production",
        }
    }
}
