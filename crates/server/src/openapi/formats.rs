//! What texts and numbers may be, by the names that the document gives them: for `#[schema(value_type = ...)]`, because
//! a derive knows no constants.

use auth::passwords::{PASSWORD_BYTES_MAX, PASSWORD_BYTES_MIN};
use domain::limits::{
    CAPACITY_MAX, DESCRIPTION_CHARACTERS_MAX, EMAIL_CHARACTERS_MAX, IDEMPOTENCY_KEY_CHARACTERS_MAX,
    LOCATION_CHARACTERS_MAX, NAME_CHARACTERS_MAX, TITLE_CHARACTERS_MAX,
};
use utoipa::openapi::schema::{ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// Bytes in a character of UTF-8, at most: passwords are bounded in bytes, and schemas count characters.
const UTF8_BYTES_MAX: usize = 4;

macro_rules! formats {
    ($($(#[doc = $says:literal])* $name:ident = $schema:expr;)*) => {$(
        $(#[doc = $says])*
        pub(crate) enum $name {}

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                $schema.description(Some(concat!($($says),*).trim())).into()
            }
        }

        impl ToSchema for $name {}
    )*};
}

formats! {
    /// One line of text: a person's name.
    PersonName = text(1, NAME_CHARACTERS_MAX);
    /// An e-mail address in ASCII. Compared without regard to case.
    EmailAddress = text(1, EMAIL_CHARACTERS_MAX).format(Some(custom("email")));
    /// A password that somebody chooses: 12 to 71 bytes of UTF-8, without NUL.
    NewPassword = text(PASSWORD_BYTES_MIN.div_ceil(UTF8_BYTES_MAX), PASSWORD_BYTES_MAX).format(Some(custom("password")));
    /// A password as it was chosen.
    Password = string().format(Some(custom("password")));
    /// One line of text: what an event is called.
    Title = text(1, TITLE_CHARACTERS_MAX);
    /// Lines of text about an event; may be empty.
    EventDescription = text(0, DESCRIPTION_CHARACTERS_MAX);
    /// One line of text: where an event is.
    Location = text(1, LOCATION_CHARACTERS_MAX);
    /// The IANA name of a time zone, such as `Europe/Berlin`.
    TimeZone = string();
    /// A number of seats, or of people who have one.
    Seats = integer(0, Some(CAPACITY_MAX.into())).format(Some(custom("int32")));
    /// A caller's name for a request: visible ASCII characters.
    Key = text(1, IDEMPOTENCY_KEY_CHARACTERS_MAX);
    /// An event's ETag, in quotes, or `*`.
    EventTag = string();
    /// Preferences, separated by commas.
    Preferences = string();
    /// What somebody did something to.
    SubjectKind = one_of(["USER", "EVENT"]);
    /// Which part of something: 0 to 1.
    Share = ObjectBuilder::new().schema_type(Type::Number).minimum(Some(0)).maximum(Some(1));
}

/// Text.
pub(crate) fn string() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

/// Text of so many characters.
pub(crate) fn text(characters_min: usize, characters_max: usize) -> ObjectBuilder {
    let text = string().max_length(Some(characters_max));
    if characters_min == 0 { text } else { text.min_length(Some(characters_min)) }
}

/// One of these texts.
pub(crate) fn one_of<const N: usize>(texts: [&'static str; N]) -> ObjectBuilder {
    string().enum_values(Some(texts))
}

/// An id.
pub(crate) fn id() -> ObjectBuilder {
    string().format(Some(custom("uuid")))
}

/// Whether something is so.
pub(crate) fn boolean() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Boolean)
}

/// A whole number.
pub(crate) fn integer(minimum: i64, maximum: Option<i64>) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(minimum)).maximum(maximum)
}

/// A format that has no name in utoipa, or whose name there needs a feature.
pub(crate) fn custom(format: &str) -> SchemaFormat {
    SchemaFormat::Custom(format.to_owned())
}
