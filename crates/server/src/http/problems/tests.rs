use std::collections::HashSet;

use actix_web::ResponseError;
use actix_web::body::to_bytes;
use actix_web::http::header::HeaderMap;
use chrono::{DateTime, Utc};
use domain::registrations::RegistrationStatus;
use serde_json::Value;

use super::table::{Check, KeyRefusal, NoSession, Problem};
use crate::http::registrations::PlacedRegistration;
use crate::http::samples;
use crate::http::schemas::Presence;

fn time() -> DateTime<Utc> {
    DateTime::from_timestamp(1_900_000_000, 0).unwrap()
}

fn registration() -> Box<PlacedRegistration> {
    Box::new(samples::registration(RegistrationStatus::Waitlisted))
}

/// One of each, with what callers rely on: status, code, and the members that come with it.
fn table() -> Vec<(Problem, u16, &'static str, &'static [&'static str])> {
    let text = || "x".to_owned();
    vec![
        (Problem::MalformedJson { reason: text() }, 400, "malformed-json", &[]),
        (Problem::MalformedRequest, 400, "malformed-request", &[]),
        (Problem::MalformedHeader { header: "If-Match", reason: "x" }, 400, "malformed-header", &["header"]),
        (Problem::Unauthenticated(NoSession::NoToken), 401, "unauthenticated", &[]),
        (Problem::Unauthenticated(NoSession::InvalidToken), 401, "unauthenticated", &[]),
        (Problem::Unauthenticated(NoSession::AccessChanged), 401, "unauthenticated", &[]),
        (Problem::Unauthenticated(NoSession::Deactivated), 401, "unauthenticated", &[]),
        (Problem::Unauthenticated(NoSession::NoSuchKey), 401, "unauthenticated", &[]),
        (Problem::Unauthenticated(NoSession::KeyExpired), 401, "unauthenticated", &[]),
        (Problem::Unauthenticated(NoSession::KeyEnded), 401, "unauthenticated", &[]),
        (Problem::TokenExpired, 401, "token-expired", &[]),
        (Problem::WrongCredentials, 401, "wrong-credentials", &[]),
        (Problem::Forbidden, 403, "forbidden", &[]),
        (Problem::KeyForbidden(KeyRefusal::OtherEvents), 403, "key-forbidden", &[]),
        (Problem::NotFound("event"), 404, "not-found", &[]),
        (Problem::MethodNotAllowed { allow: text() }, 405, "method-not-allowed", &[]),
        (Problem::NotAcceptable { offered: text() }, 406, "not-acceptable", &[]),
        (Problem::RequestTimeout, 408, "request-timeout", &[]),
        (Problem::AlreadyRegistered { registration: registration() }, 409, "already-registered", &["registration"]),
        (Problem::TooManyRegistrations, 409, "too-many-registrations", &[]),
        (Problem::RegistrationRemoved, 409, "registration-removed", &[]),
        (Problem::TooManyEvents, 409, "too-many-events", &[]),
        (Problem::TooManyKeys, 409, "too-many-keys", &[]),
        (Problem::TooManyDoorStaff, 409, "too-many-door-staff", &[]),
        (Problem::CheckedIn, 409, "checked-in", &[]),
        (Problem::TransfersOff, 409, "transfers-off", &[]),
        (Problem::TransferOver, 409, "transfer-over", &[]),
        (Problem::TooManyTransfers, 409, "too-many-transfers", &[]),
        (Problem::TooManyWebhooks, 409, "too-many-webhooks", &[]),
        (Problem::WebhookOff, 409, "webhook-off", &[]),
        (Problem::TooManyAnnouncements, 409, "too-many-announcements", &[]),
        (Problem::AudienceGrew { people: 12 }, 409, "audience-grew", &["people"]),
        (Problem::NotADraft, 409, "not-a-draft", &[]),
        (Problem::EventNotPublished, 409, "event-not-published", &[]),
        (Problem::EventCancelled, 409, "event-cancelled", &[]),
        (Problem::EventEnded, 409, "event-ended", &[]),
        (Problem::SalesNotOpen { opens_at: time() }, 409, "sales-not-open", &["opens_at"]),
        (Problem::SalesClosed { closed_at: time() }, 409, "sales-closed", &["closed_at"]),
        (Problem::CancellingEnded { ended_at: time() }, 409, "cancelling-ended", &["ended_at"]),
        (Problem::BookingNotConfirmed, 409, "booking-not-confirmed", &[]),
        (Problem::NamesClosed { closed_at: time() }, 409, "names-closed", &["closed_at"]),
        (Problem::NamesOff, 409, "names-off", &[]),
        (Problem::TicketCheckedIn { ticket: 1 }, 409, "ticket-checked-in", &["ticket"]),
        (Problem::EventUnderTest, 409, "event-under-test", &[]),
        (
            Problem::CapacityBelowConfirmed { confirmed: 1, ticket_type: 1 },
            409,
            "capacity-below-confirmed",
            &["confirmed", "ticket_type"],
        ),
        (Problem::ChooseTicketType, 409, "choose-ticket-type", &[]),
        (Problem::UnknownTicketType, 409, "unknown-ticket-type", &[]),
        (Problem::ChoosePrice, 409, "choose-price", &[]),
        (Problem::UnknownPrice { price: 1 }, 409, "unknown-price", &["price"]),
        (Problem::PriceOfOtherType { price: 1 }, 409, "price-of-other-type", &["price"]),
        (Problem::WrongCode, 409, "wrong-code", &[]),
        (Problem::PriceNotOpen { price: 1, opens_at: time() }, 409, "price-not-open", &["price", "opens_at"]),
        (Problem::PriceClosed { price: 1 }, 409, "price-closed", &["price"]),
        (Problem::PriceSoldOut { price: 1, seats_left: 0 }, 409, "price-sold-out", &["price", "seats_left"]),
        (Problem::CodeUsedUp { seats_left: 0 }, 409, "code-used-up", &["seats_left"]),
        (Problem::TooManySeats { seats_at_most: 1 }, 409, "too-many-seats", &["seats_at_most"]),
        (Problem::PartyTooLarge { capacity: 1 }, 409, "party-too-large", &["capacity"]),
        (Problem::AmountDiffers { amount: 1, currency: "EUR" }, 409, "amount-differs", &["amount", "currency"]),
        (Problem::KeyReused, 409, "key-reused", &[]),
        (Problem::TooManyLapses, 409, "too-many-lapses", &[]),
        (Problem::MoreSeats, 409, "more-seats", &[]),
        (Problem::WrongAmount { amount: 1, currency: "EUR" }, 409, "wrong-amount", &["amount", "currency"]),
        (
            Problem::CannotBePaid { cause: "WAITLISTED", registration: registration() },
            409,
            "cannot-be-paid",
            &["cause", "registration"],
        ),
        (Problem::SeveralTicketTypes, 409, "several-ticket-types", &[]),
        (Problem::TicketTypeInUse { ticket_type: 1 }, 409, "ticket-type-in-use", &["ticket_type"]),
        (Problem::PriceInUse { price: 1 }, 409, "price-in-use", &["price"]),
        (Problem::CurrencyInUse, 409, "currency-in-use", &[]),
        (Problem::TicketTwice { name: text() }, 409, "ticket-twice", &["name"]),
        (Problem::CapacityBelowParty { seats: 2 }, 409, "capacity-below-party", &["seats"]),
        (Problem::LimitBelowStanding { price: 1, standing: 1 }, 409, "limit-below-standing", &["price", "standing"]),
        (Problem::SeatsPerRegistrationInUse { ticket_type: 1 }, 409, "seats-per-registration-in-use", &["ticket_type"]),
        (Problem::PreconditionRequired, 428, "precondition-required", &[]),
        (
            Problem::CapacityRaiseTooLarge { capacity_at_most: 1 },
            409,
            "capacity-raise-too-large",
            &["capacity_at_most"],
        ),
        (Problem::EmailTaken, 409, "email-taken", &[]),
        (Problem::AddressUnverified, 409, "address-unverified", &[]),
        (Problem::LinkNotValid, 410, "link-not-valid", &[]),
        (Problem::LinkOfAnother, 403, "link-of-another", &[]),
        (Problem::MailOff, 409, "mail-off", &[]),
        (Problem::LastAdmin, 409, "last-admin", &[]),
        (Problem::TooManyEdits, 409, "too-many-edits", &[]),
        (Problem::ComingEvents, 409, "coming-events", &[]),
        (Problem::OwnPassword, 409, "own-password", &[]),
        (Problem::SimulationRunning, 409, "simulation-running", &[]),
        (Problem::EditConflict { current_version: 1 }, 412, "edit-conflict", &["current_version"]),
        (Problem::BodyTooLarge { limit_bytes: 1 }, 413, "body-too-large", &["limit_bytes"]),
        (Problem::UnsupportedMediaType { expected: "text" }, 415, "unsupported-media-type", &["expected"]),
        (Problem::UnsupportedEncoding, 415, "unsupported-encoding", &[]),
        (Problem::MisdirectedRequest, 421, "misdirected-request", &[]),
        (Problem::InvalidField { field: "title".into(), reason: text() }, 422, "invalid-field", &["field"]),
        (Problem::InvalidBody { field: Some(text()), reason: text() }, 422, "invalid-body", &["field"]),
        (Problem::UnusablePicture { reason: text() }, 422, "unusable-picture", &[]),
        (Problem::InvalidBody { field: None, reason: text() }, 422, "invalid-body", &[]),
        (Problem::TooManyAttempts { retry_after_seconds: 1 }, 429, "too-many-attempts", &[]),
        (
            Problem::TooManyAccounts { limit: 1, window_minutes: 15, retry_after_seconds: 1 },
            429,
            "too-many-accounts",
            &["limit", "window_minutes"],
        ),
        (Problem::TooManyMails { retry_after_seconds: 1 }, 429, "too-many-mails", &[]),
        (Problem::WebhookTooOften { retry_after_seconds: 1 }, 429, "webhook-too-often", &[]),
        (Problem::HeadersTooLarge, 431, "headers-too-large", &[]),
        (Problem::internal("a secret"), 500, "internal", &[]),
        (Problem::Busy { retry_after_seconds: 1 }, 503, "busy", &[]),
        (Problem::OutcomeUnknown, 503, "outcome-unknown", &[]),
        (Problem::NotReady { failed: Check::Database }, 503, "not-ready", &["failed"]),
        (Problem::Unavailable("a secret".into()), 503, "unavailable", &[]),
    ]
}

async fn answered(problem: &Problem) -> (HeaderMap, Value) {
    let response = problem.response("the-request");
    let headers = response.headers().clone();
    let body = to_bytes(response.into_body()).await.unwrap_or_default();
    (headers, serde_json::from_slice(&body).unwrap())
}

#[test]
fn every_problem_keeps_its_status_and_type() {
    for (problem, status, code, _) in table() {
        assert_eq!((problem.status_code().as_u16(), problem.kind().code), (status, code), "{problem:?}");
    }
}

#[test]
fn the_table_has_every_problem() {
    let kinds: HashSet<_> = table().iter().map(|(problem, ..)| std::mem::discriminant(problem)).collect();
    assert_eq!(kinds.len(), Problem::samples().len(), "a new problem belongs into this table, too");
}

#[tokio::test]
async fn every_answer_has_the_standard_members_and_its_own() {
    for (problem, status, code, members) in table() {
        let (headers, body) = answered(&problem).await;
        assert_eq!(headers.get("content-type").unwrap(), "application/problem+json");
        assert_eq!(body["type"], format!("/problems/{code}"));
        assert_eq!(body["status"], status);
        assert_eq!(body["request_id"], "the-request");
        assert!(body["title"].is_string() && body["detail"].is_string(), "{body}");
        let own: HashSet<_> = body.as_object().unwrap().keys().map(String::as_str).collect();
        let expected: HashSet<_> =
            ["type", "title", "status", "detail", "request_id"].iter().chain(members).copied().collect();
        assert_eq!(own, expected, "{code}");
    }
}

#[tokio::test]
async fn headers_say_what_to_do_next() {
    for (problem, status, code, _) in table() {
        let (headers, _) = answered(&problem).await;
        assert_eq!(headers.contains_key("retry-after"), matches!(status, 429 | 503), "{code}");
        assert_eq!(headers.contains_key("www-authenticate"), status == 401, "{code}");
        assert_eq!(headers.contains_key("allow"), status == 405, "{code}");
    }
}

#[tokio::test]
async fn an_internal_cause_is_for_the_log_only() {
    for problem in [Problem::internal("a secret"), Problem::Unavailable("a secret".into())] {
        assert!(!answered(&problem).await.1.to_string().contains("secret"));
        assert_eq!(problem.cause().as_deref(), Some("a secret"));
    }
}

#[test]
fn every_code_is_described_once() {
    let mut described: Vec<_> = Problem::samples().iter().map(|problem| problem.kind().code).collect();
    described.sort_unstable();
    let mut codes: Vec<_> = table().iter().map(|(_, _, code, _)| *code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(described, codes);
}

#[test]
fn the_members_that_are_described_are_those_that_come() {
    for (problem, _, code, members) in table() {
        let described = problem.described_members();
        for member in members {
            assert!(described.iter().any(|known| known.name == *member), "{code}: {member}");
        }
        for member in described.iter().filter(|member| member.presence == Presence::Required) {
            assert!(members.contains(&member.name), "{code}: {}", member.name);
        }
    }
}
