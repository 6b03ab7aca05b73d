use std::sync::Arc;

use domain::registrations::{Cancellation, RegistrationStatus, Removal, RemovalReason};
use serde_json::json;

use super::RemovalBody;
use crate::http::problems::Problem;
use crate::http::registrations::{PlacedRegistration, RegistrationBody};
use crate::http::samples::registration;
use crate::openapi::{Answer, Description, Tag};

const REASON: &str = "This event is for members.";

pub(crate) fn remove() -> Description {
    Description::of(Tag::Organizers, "Remove a booking")
        .details(
            "Its person sees the reason, and may book the event again only if `may_book_again` says so. A seat goes to the \
             head of the waitlist at once. A registration that is cancelled already stays as it is, so the request is safe \
             to repeat; `cancellation` says who cancelled it.",
        )
        .request::<RemovalBody>(json!({ "reason": REASON, "may_book_again": false }))
        .answer(Answer::json(200, "The registration.", &RegistrationBody::from(&removed())))
        .problems([
            Problem::EventNotPublished,
            Problem::EventCancelled,
            Problem::EventEnded,
            Problem::EventUnderTest,
        ])
        .decided()
}

fn removed() -> PlacedRegistration {
    let mut removed = registration(RegistrationStatus::Cancelled);
    let removal = Removal { reason: RemovalReason::stored(REASON), may_book_again: false };
    removed.registration.cancellation = Some(Cancellation::Removed(Arc::new(removal)));
    removed
}
