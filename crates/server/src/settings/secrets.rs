//! Secrets, which are kept out of logs. The first start creates the token secret.

use std::collections::BTreeSet;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use auth::tokens::SECRET_BYTES_MIN;
use secrecy::{ExposeSecret as _, SecretString};

use super::error::SettingsError;

const TOKEN_SECRET_FILE: &str = "token-secret";
const TOKEN_SECRET_BYTES: usize = 48;

/// A secret text. `Debug` hides it, and there is no `Display`.
#[derive(Debug, Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// Wraps a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(SecretString::from(text.into()))
    }

    /// The text itself. Call this only where the text is used.
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

/// Words in secrets that were meant to be replaced.
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

/// A random secret of 32 bytes, in hex, practically always has more different characters than that.
const DIFFERENT_BYTES_MIN: usize = 8;

/// A text of up to this length is as easy to guess when it is repeated.
const REPEATED_BYTES_MAX: usize = 8;

impl Secret {
    /// The reason why the secret is easy to guess despite its length, if it plainly is.
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

/// The secret in the data folder, the same at every start. The first start creates it from 48 random bytes. Only its
/// owner can read it. If several servers start first at once, one creates it and all read it.
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

/// Writes the whole file under another name and links it into place. A crash then leaves no partial file. A link,
/// unlike a rename, does not replace the file of another server.
fn create(data_folder: &Path, path: &Path) -> io::Result<()> {
    let text = random_hex::<TOKEN_SECRET_BYTES>()?;
    // Others may pass through the folder, and see nothing: PostgreSQL's cluster is in it, and may run as another user.
    DirBuilder::new().recursive(true).mode(0o711).create(data_folder)?;
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
        // Some file systems have no links. The last of several first starts at once wins there.
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
