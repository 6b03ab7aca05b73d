use domain::messages::Audience;
use serde_json::json;

use super::{AnnouncementBody, Announcements, CountsBody, NewAnnouncement};
use crate::http::problems::Problem;
use crate::http::samples::sale;
use crate::openapi::{Answer, AnswerHeader, Description, Tag};

pub(crate) fn list() -> Description {
    Description::of(Tag::Organizers, "List what was written to an event's attendees, the newest first")
        .answer(Answer::json(200, "All announcements.", &Announcements { items: vec![doors()] }))
}

pub(crate) fn count() -> Description {
    Description::of(Tag::Organizers, "Count the people that an announcement would go to").answer(Answer::json(
        200,
        "The counts.",
        &CountsBody { confirmed: 240, waiting: 31, both: 268 },
    ))
}

pub(crate) fn write() -> Description {
    Description::of(Tag::Organizers, "Write to an event's attendees")
        .details(
            "Each person gets one message. `people` is the number that the author was shown: if the audience has grown by \
             more than a tenth since, and by more than ten, nothing is sent. With an `Idempotency-Key` the request is \
             safe to repeat.",
        )
        .request::<NewAnnouncement>(json!({
            "audience": "CONFIRMED", "subject": "Doors open at 18:00", "text": "Please bring your ticket.", "people": 240,
        }))
        .answer(Answer::json(201, "The announcement. Its messages follow.", &doors()).with(AnswerHeader::IdempotencyReplayed))
        .problems([Problem::EventNotPublished, Problem::EventUnderTest, Problem::TooManyAnnouncements, Problem::AudienceGrew { people: 300 }])
}

fn doors() -> AnnouncementBody {
    AnnouncementBody {
        number: 1,
        audience: Audience::Confirmed,
        subject: "Doors open at 18:00".to_owned(),
        text: "Please bring your ticket.".to_owned(),
        told: 240,
        is_complete: true,
        created_at: sale(),
    }
}
