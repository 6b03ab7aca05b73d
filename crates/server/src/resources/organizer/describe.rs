use repository::listings::Totals;
use serde_json::json;

use super::{Changes, Draft, RunEventPage};
use crate::http::problems::Problem;
use crate::http::samples::{concert, presentation};
use crate::openapi::{Answer, AnswerHeader, Description, Tag};
use crate::resources::event_bodies::EventBody;
use crate::resources::events::describe::page;

pub(crate) fn list() -> Description {
    let totals = Totals { events: 3, drafts: 1, published: 2, cancelled: 0, seats: 200, sold: 120, waiting: 5 };
    let page = RunEventPage { page: page(), totals: Some(totals.into()) };
    Description::of(Tag::Organizers, "List the events that the caller runs")
        .details(
            "Admins run all events. With `q` or `status`, a page may have few events, or none, and a `next_cursor`: one \
             request looks at 20,000 events.",
        )
        .answer(Answer::json(200, "A page of events.", &page))
        .problems([Problem::Busy { retry_after_seconds: 1 }])
}

pub(crate) fn create() -> Description {
    Description::of(Tag::Organizers, "Create an event")
        .details(
            "The event is a draft until the caller publishes it. With an `Idempotency-Key` the request is safe to repeat: \
             the answer is the event that the first request made, as it is now, even if this one has another body. Of an event \
             that has been handed over since, the answer is `not-found`.",
        )
        .request::<Draft>(json!({
            "title": "A concert",
            "description": "Doors open at seven.",
            "location": "A hall",
            "starts_at": "2030-03-17T18:00:00Z",
            "ends_at": "2030-03-17T21:00:00Z",
            "time_zone": "Europe/Berlin",
            "sales_open_at": "2029-11-22T00:00:00Z",
            "sales_close_at": null,
            "cancel_until": "2030-03-16T18:00:00Z",
            "capacity": 100,
        }))
        .answer(changed(201, "The event.").with(AnswerHeader::Location).with(AnswerHeader::IdempotencyReplayed))
        .problems([Problem::TooManyEvents, Problem::NotFound("event")])
}

pub(crate) fn show() -> Description {
    Description::of(Tag::Organizers, "Show an event that the caller runs").answer(changed(200, "The event."))
}

pub(crate) fn delete() -> Description {
    Description::of(Tag::Organizers, "Delete a draft")
        .details("Published and cancelled events stay. The audit log keeps what the draft said.")
        .answer(Answer::empty(204, "The draft is gone."))
        .problems([Problem::NotADraft])
}

pub(crate) fn edit() -> Description {
    Description::of(Tag::Organizers, "Edit an event")
        .details(
            "Fields that are left out do not change. A higher capacity gives the new seats to the waitlist, in the same \
             transaction. An edit that changes nothing succeeds, whatever `If-Match` says.",
        )
        .request::<Changes>(json!({ "location": "A larger hall", "capacity": 200 }))
        .answer(changed(200, "The edited event."))
        .problems([
            Problem::EventCancelled,
            Problem::EventEnded,
            Problem::EventUnderTest,
            Problem::TooManyEdits,
            Problem::CapacityBelowConfirmed { confirmed: 100, ticket_type: 1 },
            Problem::CapacityBelowParty { seats: 4 },
            Problem::SeveralTicketTypes,
            Problem::CapacityRaiseTooLarge { capacity_at_most: 20_100 },
        ])
        .decided()
}

pub(crate) fn publish() -> Description {
    Description::of(Tag::Organizers, "Publish a draft")
        .answer(changed(200, "The published event."))
        .problems([Problem::EventCancelled, Problem::EventEnded])
        .decided()
}

pub(crate) fn cancel() -> Description {
    Description::of(Tag::Organizers, "Cancel an event for good")
        .details("Its registrations stay as they are.")
        .answer(changed(200, "The cancelled event."))
        .problems([Problem::EventEnded])
        .decided()
}

fn changed(status: u16, says: &'static str) -> Answer {
    Answer::json(status, says, &EventBody::of(&concert(), presentation())).with(AnswerHeader::ETag)
}
