use serde_json::json;

use super::{MemberBody, NewMember};
use crate::http::problems::Problem;
use crate::http::query::Page;
use crate::http::samples::{ALICE, sale};
use crate::openapi::{Answer, Description, Tag};

pub(crate) fn list() -> Description {
    Description::of(Tag::Organizers, "List the door staff of an event").answer(Answer::json(
        200,
        "The accounts, by name.",
        &Page::whole(vec![member()]),
    ))
}

pub(crate) fn add() -> Description {
    Description::of(Tag::Organizers, "Let an account check people in at an event")
        .details(
            "It may do nothing else there. An event may have 100 such accounts. Adding one again changes nothing. \
             After many addresses without an account, further ones are refused for a while.",
        )
        .request::<NewMember>(json!({ "email": "alice@example.org" }))
        .answer(Answer::json(200, "The account.", &member()))
        .problems([
            Problem::field("email", "must be the address of an active account"),
            Problem::TooManyDoorStaff,
            Problem::NotFound("member"),
            Problem::TooManyAttempts { retry_after_seconds: 60 },
        ])
}

pub(crate) fn remove() -> Description {
    Description::of(Tag::Organizers, "Take an account out of the door staff of an event")
        .details("It checks nobody in after a second. An account that is not of the staff changes nothing.")
        .answer(Answer::empty(204, "Done."))
}

fn member() -> MemberBody {
    MemberBody { user_id: ALICE.into(), name: "Alice".to_owned(), email: "alice@example.org".to_owned(), since: sale() }
}
