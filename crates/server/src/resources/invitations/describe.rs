use chrono::TimeDelta;
use domain::ids::AccountMailId;
use serde_json::json;

use super::{Acceptance, InvitationBody, NewInvitation};
use crate::http::problems::Problem;
use crate::http::query::Page;
use crate::http::samples::{ENTRY, sale};
use crate::openapi::{Answer, Description, Tag};
use crate::resources::sign_ins::samples;

pub(crate) fn list() -> Description {
    let page = Page::of(vec![(), ()], 1, |()| AccountMailId::from(ENTRY).to_string(), |()| invitation());
    Description::of(Tag::Administration, "List open invitations, the newest first").answer(Answer::json(
        200,
        "A page of invitations.",
        &page,
    ))
}

pub(crate) fn invite() -> Description {
    Description::of(Tag::Administration, "Invite an organizer by mail")
        .details("The link works once, and for seven days.")
        .request::<NewInvitation>(json!({ "email": "organizer@example.org" }))
        .answer(Answer::empty(202, "A mail will be sent."))
        .problems([Problem::MailOff, Problem::EmailTaken, Problem::TooManyMails { retry_after_seconds: 3_600 }])
}

pub(crate) fn revoke() -> Description {
    Description::of(Tag::Administration, "Take an invitation back")
        .answer(Answer::empty(204, "Its link works no more."))
}

pub(crate) fn accept() -> Description {
    Description::of(Tag::Accounts, "Accept an invitation")
        .details(
            "Makes an organizer's account with the address that the invitation was sent to, and signs its person in.",
        )
        .request::<Acceptance>(json!({
            "token": "0123456789ABCDEFGHIJKLMNOPQRSTUV", "name": "Alice", "password": "correct horse battery",
        }))
        .answer(Answer::json(201, "A token, and the account that it belongs to.", &samples::session()))
        .problems([Problem::LinkNotValid, Problem::EmailTaken, Problem::Busy { retry_after_seconds: 5 }])
}

fn invitation() -> InvitationBody {
    InvitationBody {
        id: AccountMailId::from(ENTRY),
        email: "organizer@example.org".to_owned(),
        created_at: sale(),
        expires_at: sale() + TimeDelta::days(7),
        is_sent: true,
        last_error: None,
    }
}
