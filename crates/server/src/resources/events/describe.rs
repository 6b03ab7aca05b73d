use crate::http::query::Page;
use crate::http::samples::concert;
use crate::openapi::{Answer, AnswerHeader, Description, Tag};
use crate::resources::event_bodies::{EventBody, EventSummary};

pub(crate) fn list() -> Description {
    Description::of(Tag::Events, "Published events that are not over, the next one first")
        .details("Up to a quarter of a second old.")
        .answer(Answer::json(200, "A page of them.", &page()))
}

pub(crate) fn show() -> Description {
    Description::of(Tag::Events, "One event")
        .details(
            "Published or cancelled ones for everybody, up to a quarter of a second old; drafts for those who run them.",
        )
        .header("If-None-Match", "The ETag of the version that the caller has.")
        .answer(Answer::json(200, "The event.", &EventBody::from(&concert())).with(AnswerHeader::ETag))
        .answer(Answer::empty(304, "The caller has it as it is.").with(AnswerHeader::ETag))
}

/// A page with one event, and more after it.
pub(crate) fn page() -> Page<EventSummary> {
    Page::of(
        vec![(), ()],
        1,
        |()| "1900000800000000_01923a4b5c6d7e8f8a1b2c3d4e5f6073".to_owned(),
        |()| EventSummary::from(&concert()),
    )
}
