use chrono::TimeDelta;
use domain::accounts::Role;
use domain::ids::UserId;
use serde_json::json;

use super::{Changes, PasswordReset, PersonBody};
use crate::http::problems::Problem;
use crate::http::query::Page;
use crate::http::samples::{ALICE, sale};
use crate::openapi::{Answer, Description, Tag};

pub(crate) fn list() -> Description {
    let page = Page::of(vec![(), ()], 1, |()| UserId::from(ALICE).to_string(), |()| person());
    Description::of(Tag::Administration, "List people, the newest first")
        .details("Without simulated buyers.")
        .answer(Answer::json(200, "A page of people.", &page))
        .problems([Problem::Busy { retry_after_seconds: 1 }])
}

pub(crate) fn change() -> Description {
    Description::of(Tag::Administration, "Change a person's role, or deactivate the account")
        .details(
            "Fields that are left out do not change. All tokens of the person become invalid. Deactivating an account \
             cancels all its bookings, which may take a moment longer than the answer.",
        )
        .request::<Changes>(json!({ "role": "ORGANIZER" }))
        .answer(Answer::json(200, "The changed person.", &person()))
        .problems([Problem::LastAdmin])
}

pub(crate) fn reset_password() -> Description {
    Description::of(Tag::Administration, "Reset another person's password")
        .details("All tokens of the person become invalid, and failed attempts to sign in are forgotten.")
        .request::<PasswordReset>(json!({ "new_password": "another one, longer" }))
        .answer(Answer::empty(204, "Done."))
        .problems([Problem::OwnPassword, Problem::Busy { retry_after_seconds: 5 }])
}

fn person() -> PersonBody {
    PersonBody {
        id: UserId::from(ALICE),
        name: "Alice".to_owned(),
        email: "alice@example.org".to_owned(),
        role: Role::Organizer,
        is_active: true,
        created_at: sale(),
        updated_at: sale() + TimeDelta::hours(1),
    }
}
