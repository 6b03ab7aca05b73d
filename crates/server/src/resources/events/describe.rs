use crate::http::problems::{KeyRefusal, NoSession, Problem};
use crate::http::query::Page;
use crate::http::samples::{concert, presentation};
use crate::openapi::{Answer, AnswerHeader, Description, Tag};
use crate::resources::event_bodies::{EventBody, EventSummary};

pub(crate) fn list() -> Description {
    Description::of(Tag::Events, "List published events that have not ended, the next one first")
        .details(
            "An event is listed until it ends, and for at most 366 days from its start. Without `q`, `place` and `free`, the \
             answer is up to a quarter of a second old. With one of them, a page may have few events, or none, and a \
             `next_cursor`: one request looks at 20,000 events.",
        )
        .answer(Answer::json(200, "A page of events.", &page()))
        .problems([Problem::Busy { retry_after_seconds: 1 }])
}

pub(crate) fn show() -> Description {
    Description::of(Tag::Events, "Show an event")
        .details(
            "Everybody sees published and cancelled events, up to a quarter of a second old. Drafts are only for the \
             people who run them: an event that is not public is answered with 401 if the token is not valid.",
        )
        .header("If-None-Match", "The ETag of the version that the caller has.")
        .answer(Answer::json(200, "The event.", &EventBody::of(&concert(), presentation())).with(AnswerHeader::ETag))
        .answer(Answer::empty(304, "The caller has the current version.").with(AnswerHeader::ETag))
        .problems([Problem::Unauthenticated(NoSession::InvalidToken), Problem::TokenExpired])
        .problems([Problem::KeyForbidden(KeyRefusal::OtherEvents)])
}

/// A page with one event. More pages follow.
pub(crate) fn page() -> Page<EventSummary> {
    Page::of(
        vec![(), ()],
        1,
        |()| "1900000800000000_01923a4b5c6d7e8f8a1b2c3d4e5f6073".to_owned(),
        |()| EventSummary::from(&concert()),
    )
}
