//! Texts and numbers with their bounds, by the names that the document gives them: for `#[schema(value_type = ...)]`,
//! because a derive cannot use constants.

use auth::access::may_choose_at_registration;
use auth::passwords::{PASSWORD_BYTES_MAX, PASSWORD_CHARACTERS_MIN};
use domain::accounts::Role;
use domain::limits::{
    CAPACITY_MAX, DESCRIPTION_CHARACTERS_MAX, EMAIL_CHARACTERS_MAX, LOCATION_CHARACTERS_MAX, NAME_CHARACTERS_MAX,
    REMOVAL_REASON_CHARACTERS_MAX, TITLE_CHARACTERS_MAX,
};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::http::schemas::{custom, integer, names, one_of, string, text};

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
    /// An e-mail address in ASCII: up to 64 characters before the `@`, and a host of labels of letters, digits and
    /// hyphens. Upper and lower case are the same.
    EmailAddress = text(1, EMAIL_CHARACTERS_MAX).format(Some(custom("email")));
    /// A new password: at least 12 characters and at most 71 bytes of UTF-8, counted in Unicode's form NFC, without
    /// NUL. It must not be the e-mail address, the old password, or one that many people use.
    NewPassword = text(PASSWORD_CHARACTERS_MIN, PASSWORD_BYTES_MAX).format(Some(custom("password")));
    /// The current password.
    Password = string().format(Some(custom("password")));
    /// A role that people may give themselves.
    OwnRole = names(Role::ALL.into_iter().filter(|role| may_choose_at_registration(*role)).map(Role::as_str));
    /// One line of text: an event's title.
    Title = text(1, TITLE_CHARACTERS_MAX);
    /// Text about an event. May be empty.
    EventDescription = text(0, DESCRIPTION_CHARACTERS_MAX);
    /// One line of text: an event's location.
    Location = text(1, LOCATION_CHARACTERS_MAX);
    /// One line of text: the reason for which a booking is removed. Its person sees it.
    RemovalReason = text(1, REMOVAL_REASON_CHARACTERS_MAX);
    /// The IANA name of a time zone, such as `Europe/Berlin`.
    TimeZone = string();
    /// A number of seats.
    Seats = integer(0, Some(CAPACITY_MAX.into())).format(Some(custom("int32")));
    /// The kind of the thing that was changed.
    SubjectKind = one_of(["USER", "EVENT"]);
    /// A share from 0 to 1.
    Share = ObjectBuilder::new().schema_type(Type::Number).minimum(Some(0)).maximum(Some(1));
}
