use serde_json::json;

use super::ReminderBody;
use crate::openapi::{Answer, Description, Tag};

pub(crate) fn show() -> Description {
    Description::of(Tag::Organizers, "Show when an event's people are reminded of it").answer(Answer::json(
        200,
        "The reminder.",
        &ReminderBody::from(Some(24)),
    ))
}

pub(crate) fn choose() -> Description {
    Description::of(Tag::Organizers, "Choose when an event's people are reminded of it")
        .details(
            "Everybody whose seats are paid, or are to be paid at the door, gets a message so many hours before the start. \
             Whoever gets seats later than that is not reminded. An event that moves after its reminder is told anew. \
             Nobody is reminded unless its organizer chooses so.",
        )
        .request::<ReminderBody>(json!({ "hours": 24 }))
        .answer(Answer::json(200, "The reminder.", &ReminderBody::from(Some(24))))
}
