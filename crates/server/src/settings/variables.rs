//! The environment: Onsale's variables, the keys that they set, and the `.env` file.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::ErrorKind;
use std::net::Ipv6Addr;
use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

use super::error::SettingsError;

/// Variables by name.
pub type Variables = BTreeMap<String, String>;

pub(super) const PROFILE: &str = "ONSALE_PROFILE";

/// The variable that names the folder with `config/` and `static/`.
pub(super) const HOME_VARIABLE: &str = "ONSALE_HOME";

/// The variable that names the folder of PostgreSQL's programs.
const PROGRAMS: &str = "ONSALE_PG_BIN";

/// The variable with the password for `onsale create-admin`.
pub const ADMIN_PASSWORD: &str = "ONSALE_ADMIN_PASSWORD";

/// Onsale's variables that set no key.
const NOT_SETTINGS: [&str; 4] = [PROFILE, HOME_VARIABLE, PROGRAMS, ADMIN_PASSWORD];

const PREFIX: &str = "ONSALE__";
const DATABASE_URL: &str = "DATABASE_URL";

/// Variables of the original system that set one key each.
const LEGACY: [(&str, &str); 2] = [("PORT", "server.port"), ("JWT_SECRET", "auth.secret")];

/// Variables of the original system that form the database's URL.
const LEGACY_DATABASE: [&str; 5] = ["DB_HOST", "DB_PORT", "DB_USER", "DB_PASSWORD", "DB_NAME"];

/// The value that a variable gives to a key.
pub(super) struct Override {
    pub(super) variable: String,
    pub(super) value: String,
}

/// The variables of this process. The `.env` file in `folder` adds those that this process does not have.
pub fn process_variables(folder: &Path) -> Result<Variables, SettingsError> {
    let mut variables = Variables::new();
    for (name, value) in env::vars_os() {
        let Ok(name) = name.into_string() else { continue };
        match value.into_string() {
            Ok(value) => {
                variables.insert(name, value);
            }
            Err(_) if is_ours(&name) => {
                return Err(SettingsError::Variable { name, problem: "is not UTF-8".to_owned() });
            }
            // The variable is not one of Onsale's.
            Err(_) => {}
        }
    }
    with_dotenv(folder, variables)
}

/// Adds the variables of the `.env` file in `folder`, if there is one. Existing variables are kept.
pub fn with_dotenv(folder: &Path, mut variables: Variables) -> Result<Variables, SettingsError> {
    let path = folder.join(".env");
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(variables),
        Err(error) => return Err(SettingsError::File { path, problem: error.to_string() }),
    };
    let text = text.trim_start_matches('\u{feff}');
    for (index, item) in dotenvy::from_read_iter(text.as_bytes()).enumerate() {
        // The error's own text shows the line, which may hold a secret.
        let (name, value) = item.map_err(|_| SettingsError::File {
            path: path.clone(),
            problem: format!("variable {} cannot be read; write NAME=value, with quotes around spaces", index + 1),
        })?;
        variables.entry(name).or_insert(value);
    }
    Ok(variables)
}

/// The values that the variables set, by key. Later sources replace earlier ones: the original system's,
/// `DATABASE_URL`, `ONSALE__SECTION__KEY`. Empty variables of the first two sources are ignored, because docker-compose
/// passes unset variables on as empty texts.
pub(super) fn overrides(variables: &Variables) -> Result<BTreeMap<String, Override>, SettingsError> {
    let mut overrides = BTreeMap::new();
    let mut set = |key: &str, variable: &str, value: &str| {
        overrides.insert(key.to_owned(), Override { variable: variable.to_owned(), value: value.to_owned() });
    };
    for (variable, key) in LEGACY {
        if let Some(value) = given(variables, variable) {
            set(key, variable, value);
        }
    }
    if let Some(url) = given(variables, DATABASE_URL) {
        set("database.url", DATABASE_URL, url);
    } else if let Some(url) = legacy_database_url(variables)? {
        set("database.url", "DB_HOST", &url);
    }
    for (name, value) in variables.iter().filter(|(name, _)| name.to_ascii_uppercase().starts_with("ONSALE")) {
        if !NOT_SETTINGS.contains(&name.as_str()) {
            set(&key_of(name).ok_or_else(|| unknown(name))?, name, value);
        }
    }
    Ok(overrides)
}

/// The folder of PostgreSQL's programs, if it is configured.
pub(super) fn programs(variables: &Variables) -> Option<PathBuf> {
    given(variables, PROGRAMS).map(PathBuf::from)
}

fn given<'a>(variables: &'a Variables, name: &str) -> Option<&'a str> {
    variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
}

fn is_ours(name: &str) -> bool {
    name.starts_with("ONSALE")
        || name == DATABASE_URL
        || LEGACY_DATABASE.contains(&name)
        || LEGACY.iter().any(|(variable, _)| *variable == name)
}

/// `ONSALE__SECTION__KEY` is `section.key`.
fn key_of(name: &str) -> Option<String> {
    let (section, key) = name.strip_prefix(PREFIX)?.split_once("__")?;
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    (is_word(section) && is_word(key)).then(|| format!("{section}.{key}").to_ascii_lowercase())
}

pub(super) fn unknown(name: &str) -> SettingsError {
    let hint =
        format!("settings are {PREFIX}SECTION__KEY, in capitals and with two underscores, like ONSALE__SERVER__PORT");
    SettingsError::UnknownVariable {
        name: name.to_owned(),
        hint: format!("{hint}; others: {}", NOT_SETTINGS.join(", ")),
    }
}

fn legacy_database_url(variables: &Variables) -> Result<Option<String>, SettingsError> {
    let Some(first_given) = LEGACY_DATABASE.into_iter().find(|name| given(variables, name).is_some()) else {
        return Ok(None);
    };
    let needed = |name: &str| {
        given(variables, name).ok_or_else(|| SettingsError::Variable {
            name: name.to_owned(),
            problem: format!("must be set too, because {first_given} is (or set DATABASE_URL)"),
        })
    };
    let (host, user, database) = (needed("DB_HOST")?, needed("DB_USER")?, needed("DB_NAME")?);
    let port = given(variables, "DB_PORT").unwrap_or("5432");
    if !port.parse::<u16>().is_ok_and(|port| port > 0) {
        let problem = format!("must be a whole number from 1 to 65535, not {port:?}");
        return Err(SettingsError::Variable { name: "DB_PORT".to_owned(), problem });
    }
    let host = if host.parse::<Ipv6Addr>().is_ok() { format!("[{host}]") } else { percent_encoded(host).to_string() };
    let password = given(variables, "DB_PASSWORD").map(|password| format!(":{}", percent_encoded(password)));
    Ok(Some(format!(
        "postgres://{user}{password}@{host}:{port}/{database}",
        user = percent_encoded(user),
        password = password.unwrap_or_default(),
        database = percent_encoded(database),
    )))
}

/// Everything but the unreserved characters of RFC 3986, section 2.3. A host that is a socket's folder works as well.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

fn percent_encoded(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, RESERVED)
}
