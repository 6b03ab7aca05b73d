//! The values of fields in JSON bodies.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, SubsecRound, Utc};
use serde::de::{Error as _, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::ToSchema;

/// A time as callers write it (RFC 3339), in whole microseconds, which is what the database keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[schema(value_type = DateTime<Utc>)]
pub(crate) struct Timestamp(pub(crate) DateTime<Utc>);

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(|_| D::Error::custom(Self::EXPECTED))
    }
}

impl Timestamp {
    /// What a text must be to be read as one.
    pub(crate) const EXPECTED: &str = "must be a date and time like 2030-03-01T19:30:00Z (RFC 3339)";
}

impl FromStr for Timestamp {
    type Err = chrono::ParseError;

    fn from_str(text: &str) -> Result<Self, chrono::ParseError> {
        let time = DateTime::parse_from_rfc3339(text)?;
        Ok(Self(time.with_timezone(&Utc).trunc_subsecs(6)))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// Reads a field that may be left out but must not be null. It needs `serde(default)` as well.
pub(crate) fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// Reads a field that may be null but must not be left out.
pub(crate) fn nullable<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(deserializer)
}

/// The words with which serde asks for a [`WholeNumber`].
pub(super) const WHOLE_NUMBER: &str = "a whole number";

/// The largest number up to which every whole number is one of `f64`, which JSON's readers commonly use (RFC 8259,
/// section 6).
const EXACT_MAX: f64 = 9_007_199_254_740_991.0;

/// A whole number. JSON has one kind of numbers, so 5.0 is one, as in JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WholeNumber(pub(crate) i64);

impl<'de> Deserialize<'de> for WholeNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WholeNumberVisitor)
    }
}

impl Serialize for WholeNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

struct WholeNumberVisitor;

impl Visitor<'_> for WholeNumberVisitor {
    type Value = WholeNumber;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(WHOLE_NUMBER)
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<WholeNumber, E> {
        Ok(WholeNumber(number))
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<WholeNumber, E> {
        i64::try_from(number).map(WholeNumber).map_err(|_| E::custom(TOO_LARGE))
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<WholeNumber, E> {
        if number.fract() != 0.0 {
            return Err(E::custom(format_args!("must be {WHOLE_NUMBER}")));
        }
        if number.abs() > EXACT_MAX {
            return Err(E::custom(TOO_LARGE));
        }
        // Its digits are exact.
        format!("{number:.0}").parse().map(WholeNumber).map_err(E::custom)
    }
}

const TOO_LARGE: &str = "must be a smaller number";
