use auth::api_keys::{KEY_CHARACTERS, PREFIX, SHOWN_CHARACTERS};
use chrono::TimeDelta;
use domain::api_keys::{KeyPermission, KeyState};
use domain::ids::{ApiKeyId, EventId};
use domain::limits::API_KEY_DAYS;
use serde_json::json;

use super::{CreatedBody, KeyBody, Wanted};
use crate::http::problems::Problem;
use crate::http::query::Page;
use crate::http::samples::{CONCERT, ENTRY, sale};
use crate::openapi::{Answer, Description, Tag};
use crate::resources::sign_ins::samples::hashing;

pub(crate) fn list() -> Description {
    Description::of(Tag::Accounts, "List the caller's API keys, the newest first")
        .details("Also those that work no more: they count towards the limit of 20 until they are revoked.")
        .answer(Answer::json(200, "All of them.", &Page::whole(vec![api_key()])))
}

pub(crate) fn create() -> Description {
    let key = format!("{PREFIX}{}", "0".repeat(KEY_CHARACTERS - PREFIX.len()));
    Description::of(Tag::Accounts, "Make an API key for a program of the caller")
        .details(
            "The key is told once: only its digest is stored. A program sends it as `Authorization: Bearer`. It can do \
             at most what its owner can, and never change the account, or those of others. RUN_ANY_EVENT includes \
             MANAGE_OWN_EVENTS. A key with `events` reaches only the routes whose path names one of these events. It \
             ends when it expires or is revoked, and when the owner's password or role changes, all sessions are \
             ended, or the account is deactivated or erased. If the answer is lost, revoke the key that \
             nobody has read, and make another.",
        )
        .request::<Wanted>(json!({
            "name": "Door list", "permissions": ["MANAGE_OWN_EVENTS"], "events": [EventId::from(CONCERT)],
            "expires_in_days": API_KEY_DAYS, "current_password": "correct horse battery",
        }))
        .answer(Answer::json(201, "The key.", &CreatedBody { key, api_key: api_key() }))
        .problems([Problem::TooManyKeys])
        .problems(hashing())
}

pub(crate) fn revoke() -> Description {
    Description::of(Tag::Accounts, "Revoke an API key of the caller")
        .details("It ends at once on this server, and on every other one within two seconds.")
        .answer(Answer::empty(204, "Done."))
}

fn api_key() -> KeyBody {
    KeyBody {
        id: ApiKeyId::from(ENTRY),
        name: "Door list".to_owned(),
        shown: format!("{PREFIX}{}", "0".repeat(SHOWN_CHARACTERS - PREFIX.len())),
        permissions: vec![KeyPermission::ManageOwnEvents],
        events: Some(vec![EventId::from(CONCERT)]),
        created_at: sale(),
        expires_at: Some(sale() + TimeDelta::days(API_KEY_DAYS.into())),
        last_used_at: None,
        state: KeyState::Active,
    }
}
