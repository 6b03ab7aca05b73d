use domain::messages::{MessageKind, MessageState};

use super::{DetailBody, MailState, MessageBody, MessageEvent, Outbox, ReceiverBody};
use crate::http::problems::Problem;
use crate::http::query::Page;
use crate::http::samples::{ALICE, CONCERT, ENTRY, sale};
use crate::openapi::{Answer, Description, Tag};

pub(crate) fn list_own() -> Description {
    Description::of(Tag::Bookings, "List one's own messages, the newest first")
        .details("What the caller was told about bookings, by mail or here.")
        .answer(Answer::json(200, "A page of messages.", &page(None)))
}

pub(crate) fn list_of_event() -> Description {
    Description::of(Tag::Organizers, "List the messages of an event, the newest first").answer(Answer::json(
        200,
        "A page of messages.",
        &page(Some(alice())),
    ))
}

pub(crate) fn list_all() -> Description {
    Description::of(Tag::Administration, "List all messages, the newest first").answer(Answer::json(
        200,
        "A page of messages.",
        &page(Some(alice())),
    ))
}

pub(crate) fn resend_of_event() -> Description {
    again(Tag::Organizers, "Have a message of an event sent again")
}

pub(crate) fn resend() -> Description {
    again(Tag::Administration, "Have a message sent again")
}

fn again(tag: Tag, summary: &'static str) -> Description {
    Description::of(tag, summary)
        .details("A message that was sent, or has failed. It is not sent if it has become untrue.")
        .answer(Answer::empty(204, "It is due."))
        .problems([Problem::NotFound("message")])
}

pub(crate) fn show_outbox() -> Description {
    let outbox = Outbox {
        due: 3,
        failed: 1,
        oldest_due_at: Some(sale()),
        journal_lag_seconds: Some(2),
        mail: MailState::Failing,
        mail_error: Some("the mail server took too long".to_owned()),
    };
    Description::of(Tag::Administration, "Show how the telling of messages goes")
        .details(
            "What is left to tell is counted for all servers. The state of mail is that of the server that answers.",
        )
        .answer(Answer::json(200, "The outbox.", &outbox))
}

fn alice() -> ReceiverBody {
    ReceiverBody { id: ALICE.into(), name: "Alice".to_owned(), email: "alice@example.org".to_owned() }
}

fn page(person: Option<ReceiverBody>) -> Page<MessageBody> {
    let message = MessageBody {
        id: ENTRY.into(),
        kind: MessageKind::Promoted,
        event: MessageEvent { id: CONCERT.into(), title: "A concert".to_owned() },
        subject: "You’ve got a seat: A concert".to_owned(),
        heading: "Good news: you’ve got a seat".to_owned(),
        paragraphs: vec!["Your seat is confirmed. See you there!".to_owned()],
        details: vec![DetailBody { label: "Seats", value: "1".to_owned() }],
        state: MessageState::Sent,
        created_at: sale(),
        ended_at: Some(sale()),
        tries: 1,
        last_error: None,
        person,
    };
    Page::of(vec![message], 20, |_| String::new(), MessageBody::clone)
}
