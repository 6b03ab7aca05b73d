//! Texts and numbers with their bounds, by the names that the document gives them: for `#[schema(value_type = ...)]`,
//! because a derive cannot use constants.

use auth::access::may_choose_at_registration;
use auth::api_keys::KEY_CHARACTERS;
use auth::passwords::{PASSWORD_BYTES_MAX, PASSWORD_CHARACTERS_MIN};
use auth::secrets::SECRET_CHARACTERS;
use domain::accounts::Role;
use domain::limits::{
    AMOUNT_MAX, ANNOUNCEMENT_CHARACTERS_MAX, API_KEY_DAYS_MAX, API_KEY_NAME_CHARACTERS_MAX, CAPACITY_MAX,
    CODE_CHARACTERS_MAX, DESCRIPTION_CHARACTERS_MAX, DEVICE_CHARACTERS_MAX, DOOR_OPENS_MINUTES_MAX,
    EMAIL_CHARACTERS_MAX, GATE_CHARACTERS_MAX, GRACE_MINUTES_MAX, HOLD_MINUTES_MAX, HOLD_MINUTES_MIN,
    LOCATION_CHARACTERS_MAX, NAME_CHARACTERS_MAX, NAMES_CLOSE_MINUTES_MAX, PAYMENT_INSTRUCTIONS_CHARACTERS_MAX,
    PUBLIC_CONTACT_CHARACTERS_MAX, REGISTRATION_AMOUNT_MAX, REMINDER_HOURS_MAX, REMINDER_HOURS_MIN,
    REMOVAL_REASON_CHARACTERS_MAX, SEATS_PER_REGISTRATION_MAX, SUBJECT_CHARACTERS_MAX, TICKET_NAME_CHARACTERS_MAX,
    TICKET_NUMBER_MAX, TITLE_CHARACTERS_MAX, UNDO_REASON_CHARACTERS_MAX, WEBHOOK_URL_CHARACTERS_MAX,
};
use domain::webhooks::WebhookKind;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::http::schemas::{custom, integer, names, one_of, string, text};

/// More people than any audience has.
pub(crate) const PEOPLE_MAX: i64 = 1_000_000_000;

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
    /// How the public reaches an organizer: an e-mail address, or an address that starts with `https://`.
    PublicContact = text(1, PUBLIC_CONTACT_CHARACTERS_MAX);
    /// A new password: at least 12 characters and at most 71 bytes of UTF-8, counted in Unicode's form NFC, without
    /// NUL. It must not be the e-mail address, the old password, or one that many people use.
    NewPassword = text(PASSWORD_CHARACTERS_MIN, PASSWORD_BYTES_MAX).format(Some(custom("password")));
    /// The current password.
    Password = string().format(Some(custom("password")));
    /// The secret of a link, which stands behind its `#`: letters from A to Z and digits.
    LinkSecret = text(SECRET_CHARACTERS, SECRET_CHARACTERS).pattern(Some("^[0-9A-Za-z]{32}$"));
    /// One line of text: the name of an API key, in its owner's words.
    ApiKeyName = text(1, API_KEY_NAME_CHARACTERS_MAX);
    /// An API key: `onsale_live_`, 32 random letters and digits, and a checksum.
    ApiKeySecret = text(KEY_CHARACTERS, KEY_CHARACTERS).pattern(Some("^onsale_live_[0-9A-Za-z]{38}$"));
    /// For how many days an API key works.
    ApiKeyDays = integer(1, Some(API_KEY_DAYS_MAX.into())).format(Some(custom("int32")));
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
    /// One line of text: the subject of a message.
    MessageSubject = text(1, SUBJECT_CHARACTERS_MAX);
    /// An organizer's message. Lines may be empty, but not all.
    AnnouncementText = text(1, ANNOUNCEMENT_CHARACTERS_MAX);
    /// A number of people.
    People = integer(0, Some(PEOPLE_MAX));
    /// The IANA name of a time zone, such as `Europe/Berlin`.
    TimeZone = string();
    /// A number of seats.
    Seats = integer(0, Some(CAPACITY_MAX.into())).format(Some(custom("int32")));
    /// The number of a ticket type or of a price within its event.
    TicketNumber = integer(1, Some(TICKET_NUMBER_MAX.into())).format(Some(custom("int32")));
    /// One line of text: the name of a ticket type or of a price.
    TicketName = text(1, TICKET_NAME_CHARACTERS_MAX);
    /// How many seats: one registration has 10 at most.
    SeatCount = integer(1, Some(SEATS_PER_REGISTRATION_MAX.into())).format(Some(custom("int32")));
    /// What a seat costs, in the minor unit of the event's currency, such as cents; 0 is free.
    PriceAmount = integer(0, Some(AMOUNT_MAX)).format(Some(custom("int64")));
    /// An amount in the minor unit of the event's currency, such as cents.
    Amount = integer(0, None).format(Some(custom("int64")));
    /// What the seats of one registration cost together, in the minor unit of the event's currency.
    AmountAsked = integer(0, Some(REGISTRATION_AMOUNT_MAX)).format(Some(custom("int64")));
    /// The code of a currency in ISO 4217, such as `EUR`.
    CurrencyCode = string().pattern(Some("^[A-Z]{3}$"));
    /// A code that unlocks prices: letters from A to Z, digits, hyphens and underscores. Capital and small letters are
    /// the same.
    PriceCode = text(1, CODE_CHARACTERS_MAX);
    /// How to pay, in the organizer's words. May be empty.
    PaymentInstructions = text(0, PAYMENT_INSTRUCTIONS_CHARACTERS_MAX);
    /// For how many minutes seats are held that are not paid yet.
    HoldMinutes = integer(HOLD_MINUTES_MIN.into(), Some(HOLD_MINUTES_MAX.into())).format(Some(custom("int32")));
    /// For how many minutes longer than buyers are told seats are held.
    GraceMinutes = integer(0, Some(GRACE_MINUTES_MAX.into())).format(Some(custom("int32")));
    /// How many hours before its start an event's people are reminded of it.
    ReminderHours = integer(REMINDER_HOURS_MIN.into(), Some(REMINDER_HOURS_MAX.into())).format(Some(custom("int32")));
    /// The address of an endpoint: `https`, a host on the public internet, and port 443 or one above 1024.
    WebhookUrl = text(1, WEBHOOK_URL_CHARACTERS_MAX);
    /// A kind of change that webhooks tell of.
    ChosenWebhookKind = names(WebhookKind::ALL.into_iter().filter(|kind| kind.can_be_chosen()).map(WebhookKind::as_str));
    /// The secret that signs webhooks: `whsec_` and 32 random bytes in Base64.
    WebhookSecret = text(50, 50).pattern(Some("^whsec_[0-9A-Za-z+/]{43}=$"));
    /// The kind of the thing that was changed.
    SubjectKind = one_of(["USER", "EVENT"]);
    /// One line of text: the name of a gate.
    GateName = text(1, GATE_CHARACTERS_MAX);
    /// One line of text: the name of a device that scans tickets.
    DeviceName = text(1, DEVICE_CHARACTERS_MAX);
    /// One line of text: why a check-in is undone.
    UndoReason = text(1, UNDO_REASON_CHARACTERS_MAX);
    /// A ticket's number in its booking.
    SeatNumber = integer(1, Some(SEATS_PER_REGISTRATION_MAX.into())).format(Some(custom("int32")));
    /// For how many minutes before the start people are let in.
    OpensMinutesBefore = integer(0, Some(DOOR_OPENS_MINUTES_MAX.into())).format(Some(custom("int32")));
    /// For how many minutes before the start the names of tickets can no longer be filled in.
    NamesMinutesBefore = integer(0, Some(NAMES_CLOSE_MINUTES_MAX.into())).format(Some(custom("int32")));
    /// The code of a ticket: letters and digits in groups of four, without letters that look like another.
    TicketCodeText = string().pattern(Some("^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$"));
    /// The first 16 bytes of the SHA-256 of a code without its hyphens, in Base64 for addresses without padding.
    CodeDigest = text(22, 22).pattern(Some("^[0-9A-Za-z_-]{22}$"));
    /// The dark modules of a QR code, as a path of SVG.
    QrPath = string();
    /// A share from 0 to 1.
    Share = ObjectBuilder::new().schema_type(Type::Number).minimum(Some(0)).maximum(Some(1));
}
