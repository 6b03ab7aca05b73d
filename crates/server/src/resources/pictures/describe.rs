use pictures::MEDIA_TYPE;

use crate::http::problems::Problem;
use crate::http::samples::{CONCERT, picture};
use crate::openapi::{Answer, AnswerHeader, Description, Tag};
use crate::resources::event_bodies::PictureBody;

pub(crate) fn replace() -> Description {
    Description::of(Tag::Organizers, "Give an event a picture")
        .details(
            "The file is made anew: turned upright, in the colours of the web, as JPEG in two sizes. Nothing else of it \
             is kept, such as the place where a photo was taken. It may have 10 MB and 25 million pixels. It replaces \
             the picture before, whose addresses then lead to it. The request may be sent again if its answer was lost.",
        )
        .answer(Answer::json(200, "The picture.", &PictureBody::of(CONCERT.into(), &picture())))
        .problems([Problem::Busy { retry_after_seconds: 10 }])
}

pub(crate) fn remove() -> Description {
    Description::of(Tag::Organizers, "Take an event's picture away")
        .details(
            "Without a picture nothing changes. Other servers send it for ten seconds more. Browsers and mail programs \
             that have loaded it may keep it.",
        )
        .answer(Answer::empty(204, "Done."))
}

pub(crate) fn show() -> Description {
    Description::of(Tag::Events, "Get an event's picture")
        .details(
            "The paths stand in the event. A file never changes, and may be kept for a year. Once the picture of a \
             public event was replaced, its paths lead to the present one.",
        )
        .answer(Answer::file(200, "The file.", MEDIA_TYPE))
        .answer(Answer::empty(302, "The event has another picture.").with(AnswerHeader::Location))
}
