use crate::http::problems::Problem;
use crate::openapi::{Answer, Description, Tag};

pub(crate) fn refuse() -> Description {
    Description::of(Tag::Accounts, "Refuse an organizer's announcements")
        .details(
            "The address stands in each announcement that is sent by mail, also as `List-Unsubscribe` for mail programs. \
             Its person gets no more announcements of the event, and hears of the booking all the same. It can be sent \
             again, with any body or none.",
        )
        .answer(Answer::empty(204, "The person gets no more announcements of the event."))
        .problems([Problem::NotFound("address")])
}

pub(crate) fn allow() -> Description {
    Description::of(Tag::Accounts, "Get an organizer's announcements again")
        .details("Takes the refusal back. Announcements that were made meanwhile are not sent.")
        .answer(Answer::empty(204, "The person gets announcements of the event."))
        .problems([Problem::NotFound("address")])
}
