//! The reasons to refuse settings.

use std::path::PathBuf;

use thiserror::Error;

/// Why the settings cannot be used. Each is one line that says what to change, and holds no secret.
#[derive(Debug, Error)]
pub enum SettingsError {
    /// A key is missing, or its value is not allowed.
    #[error("setting {key} ({origin}): {problem}")]
    Invalid {
        /// The key, as `section.key`.
        key: String,
        /// The file or variable that set it.
        origin: String,
        /// What is wrong, and what is allowed.
        problem: String,
    },
    /// A key that nothing reads.
    #[error("setting {key} ({origin}) is not known; config/default.toml lists all")]
    UnknownKey {
        /// The key, as `section.key`.
        key: String,
        /// The file or variable that set it.
        origin: String,
    },
    /// A variable that looks like one of ours, and is not.
    #[error("variable {name} is not known; {hint}")]
    UnknownVariable {
        /// Its name.
        name: String,
        /// What may have been meant.
        hint: String,
    },
    /// A variable has a value that is not allowed, or lacks its companion.
    #[error("variable {name}: {problem}")]
    Variable {
        /// Its name.
        name: String,
        /// What is wrong, and what is allowed.
        problem: String,
    },
    /// A file cannot be read, or not understood.
    #[error("{}: {problem}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
}
