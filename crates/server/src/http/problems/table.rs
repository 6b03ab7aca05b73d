//! All problems, one row each.

use std::borrow::Cow;
use std::error::Error as StdError;

use actix_web::http::{Method, StatusCode};
use chrono::{DateTime, SecondsFormat, Utc};
use domain::api_keys::KeyPermission;
use domain::limits::{
    ANNOUNCEMENTS_PER_EVENT_MAX, API_KEYS_PER_PERSON_MAX, DOOR_STAFF_MAX, EDITS_PER_EVENT_MAX,
    EVENTS_PER_ORGANIZER_MAX, GIVEN_UP_PER_PERSON_MAX, LAPSES_PER_PERSON_MAX, SEATS_PER_REGISTRATION_MAX,
    TRANSFERS_PER_REGISTRATION_MAX, WEBHOOKS_PER_OWNER_MAX,
};
use domain::registrations::{RegistrationStatus, Unpayable};
use domain::text::InvalidField;
use serde::Serialize;
use serde_json::{Map, Value};
use thiserror::Error;

use super::rows::Advice::{self, Allow, Challenge, RetryAfter, RetryAfterAbout};
use super::rows::{Kind, Member, always, always_as, if_any, problems, tell};
use super::spread::spread;
use crate::http::registrations::{PlacedRegistration, RegistrationBody};
use crate::http::samples::{registration, sale, start};
use crate::http::schemas::{integer, one_of, string, time};

/// `Retry-After` while the database is away: a little longer than it takes to restart.
const UNAVAILABLE_RETRY_SECONDS: u64 = 2;

/// The cause of a problem that callers learn nothing about. It is for the log.
pub(crate) type Cause = Box<dyn StdError + Send + Sync>;

/// Why there is no session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(crate) enum NoSession {
    /// The request has no token.
    #[error("Sign in first, and send the token as Authorization: Bearer.")]
    NoToken,
    /// The token cannot be read, or its signature is wrong.
    #[error("The token is not valid. Sign in again.")]
    InvalidToken,
    /// The person signed out, or password or role changed, or the account was deactivated or erased, since the token
    /// was issued.
    #[error("This session has ended, or your account has changed since the token was issued. Sign in again.")]
    AccessChanged,
    /// The password is right, but the account has been deactivated.
    #[error("This account has been deactivated.")]
    Deactivated,
    /// The text is no API key, or there is none like it any more.
    #[error("There is no such API key. It is mistyped, or it was revoked.")]
    NoSuchKey,
    /// The API key's time is over.
    #[error("This API key has expired. Its owner can make another one.")]
    KeyExpired,
    /// The owner's password or role has changed since the key was made, or all sessions were ended, or the account was
    /// deactivated.
    #[error("This API key has ended, because its owner's account has changed. Its owner can make another one.")]
    KeyEnded,
}

/// Why an API key that works may not be used for this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(crate) enum KeyRefusal {
    /// No key may do this.
    #[error("API keys cannot do this. Sign in, and send the session's token.")]
    NeedsSession,
    /// The key does not have the permission.
    #[error("This API key does not have the permission {}.", .0.as_str())]
    Lacks(KeyPermission),
    /// The key is for chosen events, and this is about another one, or about none.
    #[error("This API key is for chosen events only, and this is not one of them.")]
    OtherEvents,
}

const CHALLENGE: &str = "Bearer";
const CHALLENGE_AFTER_TOKEN: &str = "Bearer error=\"invalid_token\"";

impl NoSession {
    fn challenge(self) -> &'static str {
        match self {
            Self::NoToken | Self::Deactivated => CHALLENGE,
            Self::InvalidToken | Self::AccessChanged | Self::NoSuchKey | Self::KeyExpired | Self::KeyEnded => {
                CHALLENGE_AFTER_TOKEN
            }
        }
    }
}

/// A check of the server's readiness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Check {
    /// The database answers.
    Database,
    /// The database's migrations are those of this program.
    Migrations,
    /// Changes of accounts' access are heard of in time.
    Access,
    /// The server is not about to stop.
    Stopping,
}

impl Check {
    const ALL: [Self; 4] = [Self::Database, Self::Migrations, Self::Access, Self::Stopping];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Database => "database",
            Self::Migrations => "migrations",
            Self::Access => "access",
            Self::Stopping => "stopping",
        }
    }
}

problems! {
    MalformedJson {
        status: BAD_REQUEST,
        code: "malformed-json",
        title: "The body is not JSON",
        detail: ("The body cannot be read as JSON: {reason}."),
        meaning: "The body cannot be read as JSON.",
        fields: {
            /// Where it is wrong.
            reason: String = "it is wrong at line 1, column 10".to_owned();
        },
    }

    MalformedRequest {
        status: BAD_REQUEST,
        code: "malformed-request",
        title: "Malformed request",
        detail: ("This is not an HTTP request that the server can read."),
        meaning: "The server cannot read the request. It closes the connection.",
    }

    MalformedHeader {
        status: BAD_REQUEST,
        code: "malformed-header",
        title: "Malformed header",
        detail: ("The header {header} {reason}."),
        meaning: "The server does not understand the header that `header` names.",
        fields: {
            /// The name of the header.
            header: &'static str = "If-Match" => always(string());
            /// What is wrong with it.
            reason: &'static str = "must be * or ETags, in quotes and separated by commas";
        },
    }

    Unauthenticated(why: NoSession = NoSession::NoToken) {
        status: UNAUTHORIZED,
        code: "unauthenticated",
        title: "Not signed in",
        detail: ("{0}"),
        meaning: "The request has no token, or an invalid one, or its session has ended, or the account has changed or \
                  was deactivated since the token was issued. Sign in. Or its API key does not work, or no more.",
        advice: Challenge(why.challenge()),
    }

    TokenExpired {
        status: UNAUTHORIZED,
        code: "token-expired",
        title: "Session expired",
        detail: ("Your session has expired. Sign in again."),
        meaning: "The token has expired. Sign in again.",
        advice: Challenge(CHALLENGE_AFTER_TOKEN),
    }

    WrongCredentials {
        status: UNAUTHORIZED,
        code: "wrong-credentials",
        title: "Wrong e-mail address or password",
        detail: ("The e-mail address or the password is wrong."),
        meaning: "No account has this e-mail address and password.",
        advice: Challenge(CHALLENGE),
    }

    Forbidden {
        status: FORBIDDEN,
        code: "forbidden",
        title: "Not allowed",
        detail: ("Your account's role does not allow this."),
        meaning: "The caller's role does not allow the request.",
    }

    KeyForbidden(why: KeyRefusal = KeyRefusal::NeedsSession) {
        status: FORBIDDEN,
        code: "key-forbidden",
        title: "Not with this API key",
        detail: ("{0}"),
        meaning: "The API key does not have the permission, or is not for this event, or no API key may do this.",
    }

    NotFound(what: &'static str = "event") {
        status: NOT_FOUND,
        code: "not-found",
        title: "Not found",
        detail: ("There is no such {0}."),
        meaning: "It does not exist, or the caller may not see it.",
    }

    MethodNotAllowed {
        status: METHOD_NOT_ALLOWED,
        code: "method-not-allowed",
        title: "Method not allowed",
        detail: ("This path takes {allow} only."),
        meaning: "The path does not take this method. `Allow` lists the methods that it takes.",
        fields: {
            /// The methods, separated by commas.
            allow: String = "GET, HEAD, POST".to_owned();
        },
        advice: Allow(allow),
    }

    NotAcceptable {
        status: NOT_ACCEPTABLE,
        code: "not-acceptable",
        title: "Not acceptable",
        detail: ("The answer is available as {offered}, but the header Accept excludes that."),
        meaning: "`Accept` excludes every media type that the answer is available in.",
        fields: {
            /// The media types.
            offered: String = "application/json or text/csv".to_owned();
        },
    }

    RequestTimeout {
        status: REQUEST_TIMEOUT,
        code: "request-timeout",
        title: "Request timeout",
        detail: ("The request did not arrive in time."),
        meaning: "The request did not arrive in time. Send it again.",
    }

    AlreadyRegistered {
        status: CONFLICT,
        code: "already-registered",
        title: "Already registered",
        detail: ("You have already booked this event, or are on its waitlist."),
        meaning: "The caller already has a seat at the event, or is on its waitlist: the `registration`.",
        fields: {
            /// The registration that the person has.
            registration: Box<PlacedRegistration> = Box::new(registration(RegistrationStatus::Confirmed))
                => always_as::<RegistrationBody>();
        },
    }

    TooManyRegistrations {
        status: CONFLICT,
        code: "too-many-registrations",
        title: "Too many registrations",
        detail: ("{GIVEN_UP_PER_PERSON_MAX} bookings of yours at this event have been cancelled. You cannot book it again."),
        meaning: "Too many bookings of the caller at this event have been cancelled to book it again. Nothing was changed.",
    }

    RegistrationRemoved {
        status: CONFLICT,
        code: "registration-removed",
        title: "Booking removed",
        detail: ("The organizer has removed your booking of this event. You cannot book it again."),
        meaning: "The organizer has removed the caller's booking of the event, and does not allow another one. The \
                  caller's registrations have the reason.",
    }

    TooManyEvents {
        status: CONFLICT,
        code: "too-many-events",
        title: "Too many events",
        detail: ("The account has reached the limit of {EVENTS_PER_ORGANIZER_MAX} events."),
        meaning: "The account has created as many events as one account may, whatever has become of them. Or it runs as many, \
                  so that it cannot be handed another one.",
    }

    TooManyKeys {
        status: CONFLICT,
        code: "too-many-keys",
        title: "Too many API keys",
        detail: ("The account has {API_KEYS_PER_PERSON_MAX} API keys, which is the limit. Revoke one of them first."),
        meaning: "The account has as many API keys as one account may, with those that work no more.",
    }

    TooManyDoorStaff {
        status: CONFLICT,
        code: "too-many-door-staff",
        title: "Too many door staff",
        detail: ("The event has {DOOR_STAFF_MAX} door staff, which is the limit. Remove one of them first."),
        meaning: "The event has as many accounts of door staff as one event may have.",
    }

    CheckedIn {
        status: CONFLICT,
        code: "checked-in",
        title: "Somebody is in with the ticket",
        detail: ("Somebody is in with a ticket that would end. The door's staff can undo a check-in."),
        meaning: "Somebody is in with a ticket of the booking that would end. Nothing was changed.",
    }

    TransfersOff {
        status: CONFLICT,
        code: "transfers-off",
        title: "Seats cannot be passed on",
        detail: ("The organizer of this event does not allow seats to be passed on."),
        meaning: "The event's organizer does not allow seats to be passed on. Nothing was changed.",
    }

    TransferOver {
        status: CONFLICT,
        code: "transfer-over",
        title: "The offer is over",
        detail: ("The seat is no longer offered: it was taken, or the offer was withdrawn or has expired."),
        meaning: "The seat was taken, the offer was withdrawn or has expired, or its giver has no such seat any more.",
    }

    TooManyTransfers {
        status: CONFLICT,
        code: "too-many-transfers",
        title: "Too many offers",
        detail: ("The booking has reached the limit of {TRANSFERS_PER_REGISTRATION_MAX} offers of seats. Withdraw one first."),
        meaning: "As many seats of the booking are offered, or were taken, as of one booking may be. Withdraw one first.",
    }

    TooManyAnnouncements {
        status: CONFLICT,
        code: "too-many-announcements",
        title: "Too many announcements",
        detail: ("The event has reached the limit of {ANNOUNCEMENTS_PER_EVENT_MAX} announcements."),
        meaning: "The event has as many announcements as one event may have. Nothing was sent.",
    }

    TooManyWebhooks {
        status: CONFLICT,
        code: "too-many-webhooks",
        title: "Too many webhooks",
        detail: ("The account has reached the limit of {WEBHOOKS_PER_OWNER_MAX} webhooks. Delete one first."),
        meaning: "The account has as many webhooks as one account may have.",
    }

    WebhookOff {
        status: CONFLICT,
        code: "webhook-off",
        title: "The webhook is off",
        detail: ("The webhook is off. Switch it on first."),
        meaning: "The webhook is off, so nothing is sent to it. Switch it on first.",
    }

    AudienceGrew {
        status: CONFLICT,
        code: "audience-grew",
        title: "More people than shown",
        detail: ("The message would go to {people} people, more than its author was shown. Nothing was sent."),
        meaning: "More people would get the message than its author was shown. Nothing was sent.",
        fields: {
            /// How many people would get it now.
            people: i64 = 300 => always(integer(0, None));
        },
    }

    NotADraft {
        status: CONFLICT,
        code: "not-a-draft",
        title: "The event is not a draft",
        detail: ("Only drafts can be deleted. This event has been published or cancelled."),
        meaning: "Only drafts can be deleted. The event has been published or cancelled.",
    }

    EventNotPublished {
        status: CONFLICT,
        code: "event-not-published",
        title: "The event is not published",
        detail: ("The event is a draft. Publish it first."),
        meaning: "The event is a draft, and the caller runs it. Publish it first.",
    }

    EventCancelled {
        status: CONFLICT,
        code: "event-cancelled",
        title: "The event has been cancelled",
        detail: ("The event has been cancelled. Its bookings, capacity and times no longer change."),
        meaning: "The event has been cancelled. Its bookings, capacity and times no longer change.",
    }

    EventEnded {
        status: CONFLICT,
        code: "event-ended",
        title: "The event has ended",
        detail: ("The event has ended. Its bookings, capacity and times no longer change."),
        meaning: "The event has ended. Its bookings, capacity and times no longer change.",
    }

    SalesNotOpen {
        status: CONFLICT,
        code: "sales-not-open",
        title: "Sales have not opened yet",
        detail: ("Sales open at {}.", rfc3339(*.opens_at)),
        meaning: "Sales have not opened yet. Ask again at `opens_at`.",
        fields: {
            /// When sales open.
            opens_at: DateTime<Utc> = sale() => always(time());
        },
    }

    SalesClosed {
        status: CONFLICT,
        code: "sales-closed",
        title: "Sales have closed",
        detail: ("Sales closed at {}.", rfc3339(*.closed_at)),
        meaning: "Sales closed at `closed_at`.",
        fields: {
            /// When sales closed.
            closed_at: DateTime<Utc> = start() => always(time());
        },
    }

    CancellingEnded {
        status: CONFLICT,
        code: "cancelling-ended",
        title: "Bookings can no longer be cancelled",
        detail: ("Bookings could be cancelled until {}.", rfc3339(*.ended_at)),
        meaning: "Bookings of the event can no longer be cancelled, since `ended_at`: its start, or an earlier time that \
                  the organizer has set.",
        fields: {
            /// Since when bookings can no longer be cancelled.
            ended_at: DateTime<Utc> = start() => always(time());
        },
    }

    BookingNotConfirmed {
        status: CONFLICT,
        code: "booking-not-confirmed",
        title: "The booking is not confirmed",
        detail: ("Only a confirmed booking has tickets, and this one is not confirmed."),
        meaning: "The booking is not confirmed, so it has no tickets.",
    }

    NamesClosed {
        status: CONFLICT,
        code: "names-closed",
        title: "Names can no longer be filled in",
        detail: ("Names of tickets could be filled in until {}.", rfc3339(*.closed_at)),
        meaning: "The names of the event's tickets can no longer be filled in, since `closed_at`.",
        fields: {
            /// Since when names can no longer be filled in.
            closed_at: DateTime<Utc> = start() => always(time());
        },
    }

    NamesOff {
        status: CONFLICT,
        code: "names-off",
        title: "Tickets have no names of their own",
        detail: ("The organizer of this event has nobody fill in names of tickets."),
        meaning: "The organizer of the event has chosen that nobody fills in names of tickets.",
    }

    TicketCheckedIn {
        status: CONFLICT,
        code: "ticket-checked-in",
        title: "Somebody is in with the ticket",
        detail: ("Somebody is in with ticket {ticket}, so its name stays as it is. Nothing was changed."),
        meaning: "Somebody is in with the ticket of this number, so its name stays as it is. Nothing was changed.",
        fields: {
            /// The ticket's number.
            ticket: i16 = 1 => always(integer(1, Some(SEATS_PER_REGISTRATION_MAX.into())));
        },
    }

    EventUnderTest {
        status: CONFLICT,
        code: "event-under-test",
        title: "The event is under test",
        detail: ("A stress test is using this event. It takes bookings again when an admin has undone the test."),
        meaning: "A stress test is using the event. It takes bookings again when an admin has undone the test.",
    }

    ChooseTicketType {
        status: CONFLICT,
        code: "choose-ticket-type",
        title: "Choose a ticket type",
        detail: ("The event has several ticket types. Choose one."),
        meaning: "The event has several ticket types, and the request names none.",
    }

    UnknownTicketType {
        status: CONFLICT,
        code: "unknown-ticket-type",
        title: "No such ticket type",
        detail: ("The event has no such ticket type."),
        meaning: "The event has no ticket type with that number. The organizer may have removed it.",
    }

    ChoosePrice {
        status: CONFLICT,
        code: "choose-price",
        title: "Choose a price",
        detail: ("The ticket type has several prices. Choose one."),
        meaning: "The ticket type has several prices, and the request names none.",
    }

    UnknownPrice {
        status: CONFLICT,
        code: "unknown-price",
        title: "No such price",
        detail: ("The event has no price with the number {price}."),
        meaning: "The event has no price with that number that everybody may see. The organizer may have removed it.",
        fields: {
            /// The price.
            price: i16 = 2 => always(integer(0, None));
        },
    }

    PriceOfOtherType {
        status: CONFLICT,
        code: "price-of-other-type",
        title: "Price of another ticket type",
        detail: ("The price with the number {price} is one of another ticket type."),
        meaning: "A price is one of another ticket type than the request names.",
        fields: {
            /// The price.
            price: i16 = 2 => always(integer(1, Some(60)));
        },
    }

    WrongCode {
        status: CONFLICT,
        code: "wrong-code",
        title: "Wrong code",
        detail: ("This code unlocks nothing here."),
        meaning: "The code unlocks none of the prices that the request names, or no price of the event.",
    }

    PriceNotOpen {
        status: CONFLICT,
        code: "price-not-open",
        title: "The price is not open yet",
        detail: ("This price can be booked from {opens_at} on."),
        meaning: "A price can be booked from `opens_at` on.",
        fields: {
            /// The price.
            price: i16 = 2 => always(integer(1, Some(60)));
            /// When it opens.
            opens_at: DateTime<Utc> = sale() => always(time());
        },
    }

    PriceClosed {
        status: CONFLICT,
        code: "price-closed",
        title: "The price is closed",
        detail: ("This price can no longer be booked."),
        meaning: "A price can no longer be booked.",
        fields: {
            /// The price.
            price: i16 = 2 => always(integer(1, Some(60)));
        },
    }

    PriceSoldOut {
        status: CONFLICT,
        code: "price-sold-out",
        title: "The price is sold out",
        detail: ("Seats left at this price: {seats_left}."),
        meaning: "Fewer seats are left at a price than the request wants. Nobody waits for a price: choose another one, or fewer seats.",
        fields: {
            /// The price.
            price: i16 = 2 => always(integer(1, Some(60)));
            /// How many seats are left at it.
            seats_left: i32 = 0 => always(integer(0, None));
        },
    }

    CodeUsedUp {
        status: CONFLICT,
        code: "code-used-up",
        title: "The code is used up",
        detail: ("Seats left with this code: {seats_left}."),
        meaning: "Fewer seats are left with the code than the request wants.",
        fields: {
            /// How many seats are left with it.
            seats_left: i32 = 0 => always(integer(0, None));
        },
    }

    TooManySeats {
        status: CONFLICT,
        code: "too-many-seats",
        title: "Too many seats",
        detail: ("One booking can have {seats_at_most} seats of this ticket type at most."),
        meaning: "The request wants more seats than one booking of the ticket type can have.",
        fields: {
            /// The most seats of one booking.
            seats_at_most: i32 = 4 => always(integer(1, Some(10)));
        },
    }

    PartyTooLarge {
        status: CONFLICT,
        code: "party-too-large",
        title: "More seats than there are",
        detail: ("This ticket type has {capacity} seats in all."),
        meaning: "The request wants more seats than the ticket type has.",
        fields: {
            /// All seats of the ticket type.
            capacity: i32 = 3 => always(integer(0, None));
        },
    }

    AmountDiffers {
        status: CONFLICT,
        code: "amount-differs",
        title: "Another amount",
        detail: ("The seats cost another amount now. Look at it, and book again if you agree."),
        meaning: "The seats cost `amount` in minor units now. The request must name the amount that its person saw.",
        fields: {
            /// What the seats cost now.
            amount: i64 = 5_000 => always(integer(0, None));
            /// The currency of the amount, or XXX for none (ISO 4217).
            currency: &'static str = "EUR" => always(string());
        },
    }

    KeyReused {
        status: CONFLICT,
        code: "key-reused",
        title: "Key of another request",
        detail: ("This Idempotency-Key has been used for something else."),
        meaning: "The `Idempotency-Key` has made something else: another ticket type, or another number of seats, or another payment. Use a new key.",
    }

    TooManyLapses {
        status: CONFLICT,
        code: "too-many-lapses",
        title: "Too many unpaid bookings",
        detail: ("{LAPSES_PER_PERSON_MAX} of your bookings of this event were not paid in time. You cannot book it again."),
        meaning: "Too many of the person's bookings of the event were not paid in time.",
    }

    MoreSeats {
        status: CONFLICT,
        code: "more-seats",
        title: "More seats than booked",
        detail: ("The booking has fewer seats than should remain. To book more, cancel it and book again."),
        meaning: "More seats should remain than the booking has. Only fewer seats are possible.",
    }

    WrongAmount {
        status: CONFLICT,
        code: "wrong-amount",
        title: "Another amount",
        detail: ("The booking asks for another amount."),
        meaning: "The booking asks for `amount` in minor units. Only the whole amount can be marked as paid.",
        fields: {
            /// What the booking asks for.
            amount: i64 = 5_000 => always(integer(0, None));
            /// The currency of the amount, or XXX for none (ISO 4217).
            currency: &'static str = "EUR" => always(string());
        },
    }

    CannotBePaid {
        status: CONFLICT,
        code: "cannot-be-paid",
        title: "The booking cannot be paid",
        detail: ("As the booking stands, its payment cannot be changed."),
        meaning: "The booking waits (WAITLISTED), was cancelled (CANCELLED), or its event was (EVENT_CANCELLED); or it \
                  has lapsed and cannot be booked anew: the event is over (EVENT_OVER), its person may not book any more \
                  (PERSON_REFUSED) or has booked again (BOOKED_AGAIN), others have its seats or wait for them \
                  (SEATS_GONE), or its price has none left (PRICE_SOLD_OUT). Money that came for it must be given back. A \
                  mark is not taken back once some of the seats were given up (SEATS_GIVEN_UP).",
        fields: {
            /// Why.
            cause: &'static str = Unpayable::SeatsGone.as_str() => always(one_of(Unpayable::ALL.map(Unpayable::as_str)));
            /// The booking as it stands.
            registration: Box<PlacedRegistration> = Box::new(registration(RegistrationStatus::Cancelled)) => always_as::<RegistrationBody>();
        },
    }

    SeveralTicketTypes {
        status: CONFLICT,
        code: "several-ticket-types",
        title: "Several ticket types",
        detail: ("The event has several ticket types. Change the capacity of each."),
        meaning: "The event has several ticket types, so its capacity is the sum of theirs. Change theirs.",
    }

    TicketTypeInUse {
        status: CONFLICT,
        code: "ticket-type-in-use",
        title: "Ticket type in use",
        detail: ("People have registered for this ticket type. It cannot be removed."),
        meaning: "People have registered for a ticket type that the document leaves out.",
        fields: {
            /// The ticket type.
            ticket_type: i16 = 2 => always(integer(1, Some(60)));
        },
    }

    PriceInUse {
        status: CONFLICT,
        code: "price-in-use",
        title: "Price in use",
        detail: ("People have registered at this price. It can be closed, but its amount stays."),
        meaning: "People have registered at a price that the document leaves out, or whose amount it changes. Close it, and add another one.",
        fields: {
            /// The price.
            price: i16 = 2 => always(integer(1, Some(60)));
        },
    }

    CurrencyInUse {
        status: CONFLICT,
        code: "currency-in-use",
        title: "Currency in use",
        detail: ("People have registered at a price above 0. The currency stays."),
        meaning: "People have registered at a price above 0, so the currency stays.",
    }

    TicketTwice {
        status: CONFLICT,
        code: "ticket-twice",
        title: "Two entries for one thing",
        detail: ("Two entries of the document are about {name}."),
        meaning: "Two entries of the document are about the same ticket type or price.",
        fields: {
            /// The name of the second one.
            name: String = "Adult".to_owned() => always(string());
        },
    }

    CapacityBelowParty {
        status: CONFLICT,
        code: "capacity-below-party",
        title: "Capacity below one booking",
        detail: ("One booking can have {seats} seats. The capacity cannot be lower."),
        meaning: "The capacity cannot be lower than the seats that one booking can have.",
        fields: {
            /// The seats that one booking can have.
            seats: i32 = 4 => always(integer(2, Some(10)));
        },
    }

    LimitBelowStanding {
        status: CONFLICT,
        code: "limit-below-standing",
        title: "Limit below the bookings",
        detail: ("{standing} seats stand at this price. The limit cannot be lower."),
        meaning: "The limit of a price cannot be lower than the seats that stand at it, waiting ones counted.",
        fields: {
            /// The price.
            price: i16 = 2 => always(integer(1, Some(60)));
            /// How many seats stand at it.
            standing: i32 = 12 => always(integer(1, None));
        },
    }

    SeatsPerRegistrationInUse {
        status: CONFLICT,
        code: "seats-per-registration-in-use",
        title: "People wait for as many seats",
        detail: ("People wait for this ticket type, perhaps for as many seats. The most seats of a booking cannot be lowered now."),
        meaning: "The most seats of a booking cannot be lowered while people wait for the ticket type.",
        fields: {
            /// The ticket type.
            ticket_type: i16 = 1 => always(integer(1, Some(60)));
        },
    }

    CapacityBelowConfirmed {
        status: CONFLICT,
        code: "capacity-below-confirmed",
        title: "Capacity below the seats that are taken",
        detail: ("{confirmed} seats are taken. The capacity cannot be lower."),
        meaning: "The capacity of a ticket type cannot be lower than the number of its seats that are taken.",
        fields: {
            /// How many are taken.
            confirmed: i32 = 100 => always(integer(1, None));
            /// The ticket type.
            ticket_type: i16 = 1 => always(integer(1, Some(60)));
        },
    }

    CapacityRaiseTooLarge {
        status: CONFLICT,
        code: "capacity-raise-too-large",
        title: "Too many seats at once",
        detail: ("One edit cannot give out so many seats. Raise the capacity to {capacity_at_most} first."),
        meaning: "One edit cannot give seats to so many people on the waitlist. Raise the capacity to \
                  `capacity_at_most` first, then further.",
        fields: {
            /// The highest capacity that one edit can set.
            capacity_at_most: i32 = 20_100 => always(integer(1, None));
        },
    }

    EmailTaken {
        status: CONFLICT,
        code: "email-taken",
        title: "E-mail address taken",
        detail: ("An account with this e-mail address already exists."),
        meaning: "Another account has this e-mail address.",
    }

    AddressUnverified {
        status: CONFLICT,
        code: "address-unverified",
        title: "E-mail address not confirmed",
        detail: ("Only people with a confirmed e-mail address can book this event. Ask for a link, and confirm yours."),
        meaning: "Only people who have proven their e-mail address can book the event. `POST /auth/verification` sends a link.",
    }

    LinkNotValid {
        status: GONE,
        code: "link-not-valid",
        title: "Link not valid",
        detail: ("This link has been used or has expired, or it is not complete. Ask for another one."),
        meaning: "The token of a link has been used or has expired, or is none. Ask for another link.",
    }

    LinkOfAnother {
        status: FORBIDDEN,
        code: "link-of-another",
        title: "Another account's link",
        detail: ("This link was sent for another account. Sign in to that one, and open the link again."),
        meaning: "The token is of a link for another account than the caller's.",
    }

    MailOff {
        status: CONFLICT,
        code: "mail-off",
        title: "No mail",
        detail: ("This server sends no mail."),
        meaning: "No mail is set up on this server, so it cannot send links. An admin can set passwords.",
    }

    LastAdmin {
        status: CONFLICT,
        code: "last-admin",
        title: "Last active admin",
        detail: ("This is the last active admin. Make somebody else an admin first."),
        meaning: "The change would leave no active admin. Make somebody else an admin first.",
    }

    TooManyEdits {
        status: CONFLICT,
        code: "too-many-edits",
        title: "Too many edits",
        detail: ("This event has been edited {EDITS_PER_EVENT_MAX} times, which is the limit."),
        meaning: "The event has reached the limit of edits. It can still be published or cancelled.",
    }

    ComingEvents {
        status: CONFLICT,
        code: "coming-events",
        title: "Coming events",
        detail: (
            "This account has events that are still to come. Hand them over to another organizer, or cancel them, or delete \
             the drafts."
        ),
        meaning: "An account with events that are neither over nor cancelled is not erased. Hand the events over to another \
                  organizer, or cancel them, or delete the drafts.",
    }

    OwnPassword {
        status: CONFLICT,
        code: "own-password",
        title: "Own password",
        detail: ("This is your own account. Change its password with the old one, by POST /auth/password."),
        meaning: "An admin's own password is changed with the old one, by `POST /auth/password`. A token alone does not \
                  replace it.",
    }

    SimulationRunning {
        status: CONFLICT,
        code: "simulation-running",
        title: "A stress test is running",
        detail: ("A stress test is running. Try again when it has ended."),
        meaning: "A stress test is running. Try again when it has ended.",
    }

    PreconditionRequired {
        status: PRECONDITION_REQUIRED,
        code: "precondition-required",
        title: "Version needed",
        detail: ("Send the version that you have seen as If-Match."),
        meaning: "The request replaces a whole document, so it must say in `If-Match` which version its sender has seen.",
    }

    EditConflict {
        status: PRECONDITION_FAILED,
        code: "edit-conflict",
        title: "Edit conflict",
        detail: ("Somebody else has edited the event. Read it again: its edit version is now {current_version}."),
        meaning: "Somebody else has edited the event since the versions in `If-Match`. Read it again, then edit it.",
        fields: {
            /// The event's current `edit_version`.
            current_version: i64 = 4 => always(integer(1, None));
        },
    }

    BodyTooLarge {
        status: PAYLOAD_TOO_LARGE,
        code: "body-too-large",
        title: "Body too large",
        detail: ("The body is larger than {limit_bytes} bytes."),
        meaning: "The body is larger than `limit_bytes`.",
        fields: {
            /// The largest size of a body, in bytes.
            limit_bytes: usize = 131_072 => always(integer(1, None));
        },
    }

    UnsupportedMediaType {
        status: UNSUPPORTED_MEDIA_TYPE,
        code: "unsupported-media-type",
        title: "Unsupported media type",
        detail: ("The header Content-Type must be {expected}."),
        meaning: "The body's `Content-Type` is none that the route takes.",
        fields: {
            /// The media types that the route takes.
            expected: &'static str = "application/json" => always(string());
        },
    }

    UnsupportedEncoding {
        status: UNSUPPORTED_MEDIA_TYPE,
        code: "unsupported-encoding",
        title: "The body is compressed",
        detail: ("The body must not be compressed. Leave the header Content-Encoding out."),
        meaning: "The body is compressed. Send it as it is, without `Content-Encoding`.",
    }

    MisdirectedRequest {
        status: MISDIRECTED_REQUEST,
        code: "misdirected-request",
        title: "Unknown host",
        detail: ("The Host header does not name this server (server.allowed_hosts)."),
        meaning: "The `Host` header does not name this server.",
    }

    InvalidField {
        status: UNPROCESSABLE_ENTITY,
        code: "invalid-field",
        title: "Invalid field",
        detail: ("{field}: {reason}."),
        meaning: "The value of `field` (in the body, the query or a header) is not valid. `detail` says why.",
        fields: {
            /// The name of the field.
            field: Cow<'static, str> = "title".into() => always(string());
            /// What is wrong with it.
            reason: String = "must not be empty".to_owned();
        },
    }

    UnusablePicture {
        status: UNPROCESSABLE_ENTITY,
        code: "unusable-picture",
        title: "Unusable picture",
        detail: ("The picture cannot be used: {reason}."),
        meaning: "No picture can be made of the file: it is of another format, too large, or damaged.",
        fields: {
            /// What is wrong.
            reason: String = "it is not a JPEG or PNG file".to_owned();
        },
    }

    InvalidBody {
        status: UNPROCESSABLE_ENTITY,
        code: "invalid-body",
        title: "Invalid body",
        detail: ("{reason}."),
        meaning: "A field of the body is missing, unknown, given twice, or of the wrong type. `field` names it, unless \
                  the body as a whole is wrong.",
        fields: {
            /// The name of the field.
            field: Option<String> = Some("capacity".to_owned()) => if_any(string());
            /// What is wrong.
            reason: String = "capacity: is missing".to_owned();
        },
    }

    TooManyAttempts {
        status: TOO_MANY_REQUESTS,
        code: "too-many-attempts",
        title: "Too many attempts",
        detail: ("Too many attempts have failed. Try again in {retry_after_seconds} seconds."),
        meaning: "Too many attempts from this address or at this account. Try again after `Retry-After`.",
        fields: {
            /// Seconds until the next attempt is allowed.
            retry_after_seconds: u64 = 30;
        },
        advice: RetryAfter(*retry_after_seconds),
    }

    TooManyAccounts {
        status: TOO_MANY_REQUESTS,
        code: "too-many-accounts",
        title: "Too many new accounts",
        detail: (
            "This address has created {limit} accounts in {window_minutes} minutes, which is the limit. Try again in \
             {retry_after_seconds} seconds."
        ),
        meaning: "The address has created as many accounts as one address may, which `limit` says. Try again after \
                  `Retry-After`.",
        fields: {
            /// The most accounts that one address may create within `window_minutes`.
            limit: usize = 200 => always(integer(1, None));
            /// The minutes in which new accounts are counted.
            window_minutes: u64 = 15 => always(integer(1, None));
            /// Seconds until the next account may be created.
            retry_after_seconds: u64 = 30;
        },
        advice: RetryAfter(*retry_after_seconds),
    }

    TooManyMails {
        status: TOO_MANY_REQUESTS,
        code: "too-many-mails",
        title: "Too many mails",
        detail: ("Too many mails to this address, or asked for from this network. Try again in {retry_after_seconds} seconds."),
        meaning: "Too many mails were asked for, to one address or from one. Try again after `Retry-After`.",
        fields: {
            /// Seconds until the next mail may be asked for.
            retry_after_seconds: u64 = 30;
        },
        advice: RetryAfter(*retry_after_seconds),
    }

    WebhookTooOften {
        status: TOO_MANY_REQUESTS,
        code: "webhook-too-often",
        title: "Too many orders for a webhook",
        detail: (
            "The webhook was changed, or its deliveries sent again, too often. Try again in {retry_after_seconds} \
             seconds."
        ),
        meaning: "The webhook was changed, or its deliveries were sent again, very often. Try again after \
                  `Retry-After`.",
        fields: {
            /// Seconds until the next order may be given.
            retry_after_seconds: u64 = 30;
        },
        advice: RetryAfter(*retry_after_seconds),
    }

    HeadersTooLarge {
        status: REQUEST_HEADER_FIELDS_TOO_LARGE,
        code: "headers-too-large",
        title: "Headers too large",
        detail: ("The request's headers are too large, or too many."),
        meaning: "The request's headers are too large, or too many. The server closes the connection.",
    }

    Internal(#[source] cause: Cause = "a bug".into()) {
        status: INTERNAL_SERVER_ERROR,
        code: "internal",
        title: "Something went wrong",
        detail: ("Something went wrong on our side. Please report the request id."),
        meaning: "An error in the server. Its log has the cause under the `request_id`.",
    }

    Busy {
        status: SERVICE_UNAVAILABLE,
        code: "busy",
        title: "Busy",
        detail: ("The server is busy. Nothing was changed. Try again in {retry_after_seconds} seconds."),
        meaning: "The server is busy. Nothing was changed. Try again after `Retry-After`.",
        fields: {
            /// Seconds until the next try.
            retry_after_seconds: u64 = 1;
        },
        advice: RetryAfter(*retry_after_seconds),
    }

    OutcomeUnknown {
        status: SERVICE_UNAVAILABLE,
        code: "outcome-unknown",
        title: "Outcome unknown",
        detail: ("We do not know whether this was done. Try again, with the same Idempotency-Key if there was one."),
        meaning: "The database's answer was lost, so the change may have been made or not. Try again, with the same \
                  `Idempotency-Key` if there was one.",
        advice: RetryAfterAbout(1),
    }

    NotReady {
        status: SERVICE_UNAVAILABLE,
        code: "not-ready",
        title: "Not ready",
        detail: ("This server is not ready. The check that failed: {}.", .failed.as_str()),
        meaning: "This server is not ready. `failed` names the check that failed. Other servers may be ready.",
        fields: {
            /// The check that failed.
            failed: Check = Check::Database => always(one_of(Check::ALL.map(Check::as_str)));
        },
        advice: RetryAfter(UNAVAILABLE_RETRY_SECONDS),
    }

    Unavailable(#[source] cause: Cause = "the database is away".into()) {
        status: SERVICE_UNAVAILABLE,
        code: "unavailable",
        title: "Unavailable",
        detail: ("The service is not available at the moment. Try again in a few seconds."),
        meaning: "The database cannot be reached, or is too slow. Try again after `Retry-After`.",
        advice: RetryAfterAbout(UNAVAILABLE_RETRY_SECONDS),
    }
}

impl Problem {
    /// A bug for which there is no error but these words. They are for the log.
    pub(crate) fn internal(words: impl Into<String>) -> Self {
        Self::Internal(words.into().into())
    }

    /// Nothing was changed. The client should stay away for at least `seconds`; the problem tells some clients more, so
    /// that a crowd does not come back at once.
    pub(crate) fn busy(seconds: u64) -> Self {
        Self::Busy { retry_after_seconds: spread(seconds) }
    }

    /// A change of a part of an event failed. Between the look at the event and its lock, a draft may be deleted, and
    /// any event handed over.
    pub(crate) fn of_part(error: repository::Error) -> Self {
        match error {
            repository::Error::NotFound => Self::NotFound("event"),
            error => error.into(),
        }
    }

    /// The field `field` is refused because of `reason`.
    pub(crate) fn field(field: &'static str, reason: impl Into<String>) -> Self {
        InvalidField::new(field, reason).into()
    }

    /// No event can be handed over to this address. It may have no account, or one that cannot run events: one answer
    /// for all, so that nobody finds out which addresses have accounts.
    pub(crate) fn cannot_run_events() -> Self {
        Self::field("email", "must be the address of an active organizer or administrator")
    }

    /// The path takes these methods only.
    pub(crate) fn method_not_allowed<'a>(allowed: impl IntoIterator<Item = &'a Method>) -> Self {
        let names: Vec<&str> = allowed.into_iter().map(Method::as_str).collect();
        Self::MethodNotAllowed { allow: names.join(", ") }
    }
}

impl From<InvalidField> for Problem {
    fn from(InvalidField { field, reason }: InvalidField) -> Self {
        Self::InvalidField { field: field.into(), reason }
    }
}

fn rfc3339(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
