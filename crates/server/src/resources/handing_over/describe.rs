use serde_json::json;

use super::HandingOver;
use crate::http::problems::Problem;
use crate::openapi::{Answer, Description, Tag};

pub(crate) fn hand_over() -> Description {
    Description::of(Tag::Organizers, "Hand an event over to another organizer")
        .details(
            "The account with this address runs the event from then on, whatever the event's status, and the organizer so far \
             can no longer see or change it. Bookings stay as they are. The request is safe to repeat. The answer \
             `invalid-field` does not tell whether the address has no account, or one that cannot run events.",
        )
        .request::<HandingOver>(json!({ "email": "carol@example.org" }))
        .answer(Answer::empty(204, "The account runs the event."))
        .problems([Problem::TooManyEvents, Problem::TooManyEdits])
        .decided()
}
