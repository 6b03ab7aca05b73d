use std::time::Duration;

use domain::ids::EventId;
use repository::tallies::Tally;

use super::{BUSY_SECONDS, RETRY_MILLISECONDS};
use crate::http::problems::Problem;
use crate::http::samples::{REGISTRATION, concert};
use crate::openapi::{Answer, Description, Tag};
use crate::services::live::messages::{self, EventMessage, GoneMessage};
use crate::services::live::seen::Seen;

pub(crate) fn watch() -> Description {
    Description::of(Tag::Events, "Watch events as they change")
        .details(
            "Server-sent events, until the client leaves or the server stops. A message `event` has a `LiveEvent` as its \
             data: one for each event at once, then another whenever its event has changed, at most ten a second for each, \
             and fewer, down to two, where thousands watch it. A message `gone` has a `LiveGone`: for drafts, and for what does not exist. \
             Comments in between say that the stream is alive.",
        )
        .answer(
            Answer::text(200, "The stream.", "text/event-stream", &stream())
                .telling::<EventMessage>()
                .telling::<GoneMessage>(),
        )
        .problems([Problem::Busy { retry_after_seconds: BUSY_SECONDS }])
        .without_database()
}

fn stream() -> String {
    let event = concert();
    let (retry, _) = RETRY_MILLISECONDS;
    let parts = [
        messages::retry(Duration::from_millis(retry)),
        messages::of(event.event.id, Seen::Shown(Tally::from(&event))),
        messages::of(EventId::from(REGISTRATION), Seen::Gone),
        messages::HEARTBEAT,
    ];
    String::from_utf8_lossy(&parts.concat()).into_owned()
}
