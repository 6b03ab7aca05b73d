use serde_json::json;

use super::{ChoiceBody, SettingsBody};
use crate::http::samples::sale;
use crate::openapi::{Answer, Description, Tag};

pub(crate) fn show() -> Description {
    Description::of(Tag::Organizers, "Show how the door of an event works").answer(settings())
}

pub(crate) fn choose() -> Description {
    Description::of(Tag::Organizers, "Choose how the door of an event works")
        .details(
            "Gates hear of it within a second. Unless somebody chooses, people are let in a day before the start, \
             names of tickets are filled in until the start, seats may be passed on, and mails have no tickets attached.",
        )
        .request::<ChoiceBody>(json!({
            "opens_minutes_before": 120,
            "names_minutes_before": 60,
            "transfers": true,
            "attach_tickets": true,
        }))
        .answer(settings())
}

pub(crate) fn renew() -> Description {
    Description::of(Tag::Organizers, "Renew the codes of an event's tickets")
        .details(
            "All tickets get other codes. Those that were shown, printed or copied before let nobody in any more; \
             buyers see the new ones on the page of their tickets. Whoever is in stays in.",
        )
        .answer(settings())
}

fn settings() -> Answer {
    let settings = SettingsBody {
        opens_minutes_before: Some(120),
        names_minutes_before: Some(60),
        transfers: true,
        attach_tickets: true,
        key_since: Some(sale()),
    };
    Answer::json(200, "The settings.", &settings)
}
