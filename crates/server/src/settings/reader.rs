//! Reads typed values from the merged configuration. It records the keys that are read: all others are unknown.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::fs;
use std::net::{IpAddr, Ipv4Addr};
use std::ops::RangeInclusive;
use std::path::Path;
use std::time::Duration;

use config::{Config, ConfigError, File, FileFormat, Value, ValueKind};
use ipnet::IpNet;

use super::error::SettingsError;
use super::profile::Profile;
use super::secrets::Secret;
use super::variables::{self, Override};

/// The file that has every key.
const DEFAULTS: &str = "config/default.toml";

/// The text for a list that is empty on purpose.
const NONE: &str = "none";

pub(super) struct Reader {
    values: BTreeMap<String, Value>,
    /// The file or variable that set each key.
    origins: BTreeMap<String, String>,
    known: BTreeSet<&'static str>,
}

impl Reader {
    /// Merges the files in `home` and the variables' overrides, by key.
    pub(super) fn open(
        home: &Path,
        profile: Profile,
        overrides: BTreeMap<String, Override>,
    ) -> Result<Self, SettingsError> {
        let mut builder = Config::builder();
        let mut origins = BTreeMap::new();
        for profile in profile.layers() {
            let name = format!("config/{}.toml", profile.as_str());
            let path = home.join(&name);
            let parsed = fs::read_to_string(&path)
                .map_err(|error| error.to_string())
                .and_then(|text| parse(&text))
                .map_err(|problem| SettingsError::File { path, problem })?;
            origins.extend(flattened(parsed.cache.clone()).into_keys().map(|key| (key, name.clone())));
            builder = builder.add_source(parsed);
        }
        for (key, Override { variable, value }) in overrides {
            builder = builder.set_override(&key, value).map_err(|_| variables::unknown(&variable))?;
            origins.insert(key, variable);
        }
        let merged = builder
            .build()
            .map_err(|error| SettingsError::File { path: home.join("config"), problem: in_one_line(&error) })?;
        Ok(Self { values: flattened(merged.cache), origins, known: BTreeSet::new() })
    }

    pub(super) fn integer<T: TryFrom<i64>>(
        &mut self,
        key: &'static str,
        range: RangeInclusive<i64>,
    ) -> Result<T, SettingsError> {
        let value = self.value(key)?;
        let number = match &value.kind {
            ValueKind::I64(number) => Some(*number),
            ValueKind::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        number.filter(|number| range.contains(number)).and_then(|number| T::try_from(number).ok()).ok_or_else(|| {
            let (least, most) = range.into_inner();
            self.invalid(key, format!("must be a whole number from {least} to {most}, not {value}"))
        })
    }

    pub(super) fn minutes(&mut self, key: &'static str, range: RangeInclusive<i64>) -> Result<Duration, SettingsError> {
        self.integer(key, range).map(|minutes: u32| Duration::from_secs(60 * u64::from(minutes)))
    }

    pub(super) fn seconds(&mut self, key: &'static str, range: RangeInclusive<i64>) -> Result<Duration, SettingsError> {
        self.integer(key, range).map(Duration::from_secs)
    }

    pub(super) fn milliseconds(
        &mut self,
        key: &'static str,
        range: RangeInclusive<i64>,
    ) -> Result<Duration, SettingsError> {
        self.integer(key, range).map(Duration::from_millis)
    }

    pub(super) fn boolean(&mut self, key: &'static str) -> Result<bool, SettingsError> {
        let value = self.value(key)?;
        match &value.kind {
            ValueKind::Boolean(flag) => Ok(*flag),
            ValueKind::String(text) if text.trim() == "true" => Ok(true),
            ValueKind::String(text) if text.trim() == "false" => Ok(false),
            _ => Err(self.invalid(key, format!("must be true or false, not {value}"))),
        }
    }

    pub(super) fn text(&mut self, key: &'static str) -> Result<String, SettingsError> {
        let value = self.value(key)?;
        match &value.kind {
            ValueKind::String(text) if !text.trim().is_empty() => Ok(text.trim().to_owned()),
            _ => Err(self.invalid(key, "must be text in quotes, and not empty")),
        }
    }

    /// A text that may be empty, which means that there is none.
    pub(super) fn optional_text(&mut self, key: &'static str) -> Result<Option<String>, SettingsError> {
        match &self.value(key)?.kind {
            ValueKind::String(text) => Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
            _ => Err(self.invalid(key, "must be text in quotes")),
        }
    }

    pub(super) fn choice<T: Copy>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Result<T, SettingsError> {
        let text = self.text(key)?;
        choices.iter().find(|(name, _)| *name == text).map(|(_, choice)| *choice).ok_or_else(|| {
            let names: Vec<_> = choices.iter().map(|(name, _)| *name).collect();
            self.invalid(key, format!("must be {}, not {text:?}", names.join(" or ")))
        })
    }

    pub(super) fn address(&mut self, key: &'static str) -> Result<IpAddr, SettingsError> {
        let text = self.text(key)?;
        address(&text).ok_or_else(|| self.invalid(key, format!("must be an IP address or localhost, not {text:?}")))
    }

    /// A list of texts: an array in a file, separated by commas in a variable. `none` is the empty list.
    pub(super) fn texts(&mut self, key: &'static str) -> Result<Vec<String>, SettingsError> {
        let value = self.value(key)?;
        let texts: Vec<String> = match value.kind {
            ValueKind::Array(values) => values.into_iter().map(|value| value.to_string()).collect(),
            ValueKind::String(text) => text.split(',').map(str::to_owned).collect(),
            _ => vec![value.to_string()],
        };
        let texts = texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty());
        let texts: Vec<String> = texts.map(str::to_owned).collect();
        Ok(if texts == [NONE] { Vec::new() } else { texts })
    }

    /// A list of addresses, and of ranges like `10.0.0.0/8`.
    pub(super) fn networks(&mut self, key: &'static str) -> Result<Vec<IpNet>, SettingsError> {
        let texts = self.texts(key)?;
        let parsed = texts.iter().map(|text| {
            network(text).ok_or_else(|| {
                self.invalid(
                    key,
                    format!("must be a list of IP addresses and ranges like 10.0.0.0/8; {text:?} is neither"),
                )
            })
        });
        parsed.collect()
    }

    /// Whether the key has a value that is not empty. docker-compose passes unset variables on as empty texts.
    pub(super) fn is_given(&self, key: &str) -> bool {
        let is_empty =
            self.values.get(key).is_some_and(|value| matches!(&value.kind, ValueKind::String(text) if text.is_empty()));
        self.origin(key) != DEFAULTS && !is_empty
    }

    /// A secret. An empty text means that there is none. Errors never show the value.
    pub(super) fn optional_secret(&mut self, key: &'static str) -> Result<Option<Secret>, SettingsError> {
        match self.value(key)?.kind {
            ValueKind::String(text) if text.is_empty() => Ok(None),
            ValueKind::String(text) => Ok(Some(Secret::new(text))),
            _ => Err(self.invalid(key, "must be text in quotes")),
        }
    }

    /// Refuses keys that were set but never read. Call it last.
    pub(super) fn refuse_unknown(&self) -> Result<(), SettingsError> {
        match self.values.keys().find(|key| !self.known.contains(key.as_str())) {
            None => Ok(()),
            Some(key) => Err(SettingsError::UnknownKey { key: key.clone(), origin: self.origin(key) }),
        }
    }

    pub(super) fn invalid(&self, key: &str, problem: impl Display) -> SettingsError {
        SettingsError::Invalid { key: key.to_owned(), origin: self.origin(key), problem: problem.to_string() }
    }

    fn value(&mut self, key: &'static str) -> Result<Value, SettingsError> {
        self.known.insert(key);
        self.values.get(key).cloned().ok_or_else(|| SettingsError::Invalid {
            key: key.to_owned(),
            origin: DEFAULTS.to_owned(),
            problem: "is missing".to_owned(),
        })
    }

    fn origin(&self, key: &str) -> String {
        self.origins.get(key).map_or(DEFAULTS, String::as_str).to_owned()
    }
}

fn parse(text: &str) -> Result<Config, String> {
    let file = File::from_str(text, FileFormat::Toml);
    Config::builder().add_source(file).build().map_err(|error| in_one_line(&error))
}

fn flattened(root: Value) -> BTreeMap<String, Value> {
    let mut values = BTreeMap::new();
    flatten_into(&mut values, String::new(), root);
    values
}

fn flatten_into(values: &mut BTreeMap<String, Value>, key: String, value: Value) {
    match value.kind {
        ValueKind::Table(table) => {
            for (name, value) in table {
                flatten_into(values, if key.is_empty() { name } else { format!("{key}.{name}") }, value);
            }
        }
        _ => {
            values.insert(key, value);
        }
    }
}

/// A range of addresses. A single address is a range of one.
pub(crate) fn network(text: &str) -> Option<IpNet> {
    match address(text) {
        Some(address) => Some(address.to_canonical().into()),
        None => text.parse::<IpNet>().ok().map(|network| network.trunc()),
    }
}

fn address(text: &str) -> Option<IpAddr> {
    if text == "localhost" { Some(Ipv4Addr::LOCALHOST.into()) } else { text.parse().ok() }
}

/// The parser's message quotes the faulty line. That is left out: errors here are one line, and it may hold a secret.
fn in_one_line(error: &ConfigError) -> String {
    let text = match error {
        ConfigError::FileParse { cause, .. } => cause.to_string(),
        other => other.to_string(),
    };
    let is_drawing = |line: &str| {
        line.trim_start().starts_with('|')
            || line.split_once('|').is_some_and(|(number, _)| number.trim().parse::<u32>().is_ok())
    };
    let lines: Vec<_> = text.lines().map(str::trim).filter(|line| !line.is_empty() && !is_drawing(line)).collect();
    lines.join(": ")
}
