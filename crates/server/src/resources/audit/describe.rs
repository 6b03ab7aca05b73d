use domain::ids::UserId;
use repository::audit::{Action, Actor, Entry};
use serde_json::json;

use super::EntryBody;
use crate::http::query::Page;
use crate::http::samples::{ALICE, CONCERT, ENTRY, ORGANIZER, sale};
use crate::openapi::{Answer, Description, Tag};

pub(crate) fn list() -> Description {
    let page =
        Page::of(vec![published(), made_admin()], 2, |entry| entry.id.to_string(), |entry| EntryBody::from(entry));
    Description::of(Tag::Administration, "List the audit log, the newest entry first").answer(Answer::json(
        200,
        "A page of entries.",
        &page,
    ))
}

fn published() -> Entry {
    let actor = Actor { id: UserId::from(ORGANIZER), name: "Olga".to_owned(), email: "olga@example.org".to_owned() };
    Entry {
        id: ENTRY,
        at: sale(),
        actor: Some(actor),
        action: Action::EventPublished.as_str().to_owned(),
        subject_kind: "EVENT".to_owned(),
        subject_id: CONCERT,
        subject_name: Some("A concert".to_owned()),
        before: Some(json!({ "status": "DRAFT" })),
        after: Some(json!({ "status": "PUBLISHED" })),
    }
}

fn made_admin() -> Entry {
    Entry {
        actor: None,
        action: Action::UserCreated.as_str().to_owned(),
        subject_kind: "USER".to_owned(),
        subject_id: ALICE,
        subject_name: Some("Alice <alice@example.org>".to_owned()),
        before: None,
        ..published()
    }
}
