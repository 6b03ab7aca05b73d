//! The reasons to refuse settings.

use std::path::PathBuf;

use thiserror::Error;

/// The settings cannot be used. Each message is one line. It tells the operator what to change, and holds no secret.
#[derive(Debug, Error)]
pub enum SettingsError {
    /// A key is missing, or its value is not allowed.
    #[error("setting {key} ({origin}): {problem}")]
    Invalid {
        /// The key, as `section.key`.
        key: String,
        /// The file or variable that set it.
        origin: String,
        /// The problem, with the allowed values.
        problem: String,
    },
    /// Nothing reads this key.
    #[error("setting {key} ({origin}) is not known; config/default.toml lists all")]
    UnknownKey {
        /// The key, as `section.key`.
        key: String,
        /// The file or variable that set it.
        origin: String,
    },
    /// The variable looks like one of Onsale's, but is unknown.
    #[error("variable {name} is not known; {hint}")]
    UnknownVariable {
        /// The variable's name.
        name: String,
        /// A hint at the right name.
        hint: String,
    },
    /// A variable's value is not allowed, or another variable is needed with it.
    #[error("variable {name}: {problem}")]
    Variable {
        /// The variable's name.
        name: String,
        /// The problem, with the allowed values.
        problem: String,
    },
    /// A file cannot be read or parsed.
    #[error("{}: {problem}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The problem.
        problem: String,
    },
}
