//! The profile: a choice of rules and defaults.

use super::error::SettingsError;
use super::variables::{self, Variables};

/// A set of rules and default values, chosen by `ONSALE_PROFILE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Needs no setup. For your own machine.
    Default,
    /// Refuses settings that are unsafe in public.
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

    /// The name, as in `ONSALE_PROFILE` and in the file's name in `config/`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Production => "production",
        }
    }
}
