use chrono::TimeDelta;
use domain::events::TicketedEvent;
use domain::figures::Figures;
use repository::figures::Sale;

use super::Body;
use crate::http::samples::{concert, sale};
use crate::openapi::{Answer, Description, Tag};

pub(crate) fn show() -> Description {
    let figures = Figures { confirmed: 102, waitlisted: 9, promoted: 2, cancelled: 4 };
    let interval_seconds = 60;
    let TicketedEvent { event, tickets } = concert();
    let shown = Sale {
        event,
        tickets,
        as_of: sale() + TimeDelta::seconds(90),
        interval_seconds,
        intervals: vec![(sale(), figures)],
    };
    Description::of(Tag::Organizers, "Show the sales figures of an event")
        .details("The answer is up to a second old.")
        .answer(Answer::json(200, "The figures.", &Body::of(shown, None)))
}
