//! Secrets: kept out of logs, and the one that signs tokens made on first start.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use auth::tokens::SECRET_BYTES_MIN;
use secrecy::{ExposeSecret as _, SecretString};

use super::error::SettingsError;

const TOKEN_SECRET_FILE: &str = "token-secret";
const TOKEN_SECRET_BYTES: usize = 48;

/// A text that must not be seen: its `Debug` does not show it, and it has no `Display`.
#[derive(Debug, Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// Hides a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(SecretString::from(text.into()))
    }

    /// The text, for the one place that needs it.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    pub(super) fn check_length(&self) -> Result<(), String> {
        match self.expose().len() {
            SECRET_BYTES_MIN.. => Ok(()),
            length => Err(format!("must have at least {SECRET_BYTES_MIN} bytes, not {length}")),
        }
    }
}

/// Words of secrets that somebody meant to replace.
const PLACEHOLDERS: [&str; 9] = [
    "changeme",
    "changethis",
    "yoursecret",
    "mysecret",
    "supersecret",
    "secretkey",
    "jwtsecret",
    "password",
    "placeholder",
];

/// A random secret of 32 bytes, in hex, has more different characters than that for all practical purposes.
const DIFFERENT_BYTES_MIN: usize = 8;

/// A text this short, again and again, is no longer than itself to whoever guesses.
const REPEATED_BYTES_MAX: usize = 8;

impl Secret {
    /// Why it can be guessed, however long it is, if it can at a glance.
    pub(super) fn weakness(&self) -> Option<&'static str> {
        let bytes = self.expose().as_bytes();
        let letters: String = self.expose().chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
        let different = bytes.iter().collect::<BTreeSet<_>>().len();
        let repeats = |length| bytes.iter().zip(bytes.iter().skip(length)).all(|(one, next)| one == next);
        if PLACEHOLDERS.iter().any(|word| letters.contains(word)) {
            Some("looks like a placeholder")
        } else if different < DIFFERENT_BYTES_MIN {
            Some("has too few different characters")
        } else if (1..=REPEATED_BYTES_MAX).any(repeats) {
            Some("repeats a short text")
        } else {
            None
        }
    }
}

/// The secret kept in the data folder, the same at every start. The first start makes it from 48 random bytes, readable
/// for its owner only; of several first starts at once, one makes it and all read it.
pub fn token_secret(data_folder: &Path) -> Result<Secret, SettingsError> {
    let path = data_folder.join(TOKEN_SECRET_FILE);
    let failed = |doing: &str, error: io::Error| SettingsError::File {
        path: path.clone(),
        problem: format!("the token secret cannot be {doing}: {error}"),
    };
    if !path.try_exists().map_err(|error| failed("read", error))? {
        create(data_folder, &path).map_err(|error| failed("made", error))?;
    }
    let text = fs::read_to_string(&path).map_err(|error| failed("read", error))?;
    let secret = Secret::new(text.trim());
    secret.check_length().map_err(|problem| SettingsError::File {
        path: path.clone(),
        problem: format!(
            "the token secret {problem}; delete the file to have a new one made (everybody signs in again)"
        ),
    })?;
    Ok(secret)
}

/// Writes the whole file under another name and links it into place: a crash leaves no half of one, and a link, unlike
/// a rename, does not replace what another server made meanwhile.
fn create(data_folder: &Path, path: &Path) -> io::Result<()> {
    let text = random_hex::<TOKEN_SECRET_BYTES>()?;
    // Not private itself: PostgreSQL may run as another user, and its cluster lives in there.
    fs::create_dir_all(data_folder)?;
    let temporary = data_folder.join(format!("{TOKEN_SECRET_FILE}.{}", random_hex::<8>()?));
    let made = write_private(&temporary, &text).and_then(|()| publish(&temporary, path));
    match fs::remove_file(&temporary) {
        Err(error) if error.kind() != ErrorKind::NotFound => made.and(Err(error)),
        _ => made,
    }
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    writeln!(file, "{text}")?;
    file.sync_all()
}

fn publish(temporary: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(temporary, path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        // Some file systems have no links; there the last of several first starts at once wins.
        Err(error) if matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::PermissionDenied) => {
            fs::rename(temporary, path)
        }
        linked => linked,
    }
}

fn random_hex<const BYTES: usize>() -> io::Result<String> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
