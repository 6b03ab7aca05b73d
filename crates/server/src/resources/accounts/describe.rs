use serde_json::json;

use super::{Changes, Credentials, Erasure, PasswordChange, Registration};
use crate::http::problems::{NoSession, Problem};
use crate::openapi::{Answer, Description, Tag};
use crate::resources::sign_ins::samples::{hashing, session, user};

pub(crate) fn register() -> Description {
    Description::of(Tag::Accounts, "Create an account")
        .details("The answer signs its person in, as the answer to signing in does.")
        .request::<Registration>(json!({
            "name": "Alice", "email": "alice@example.org", "password": "correct horse battery", "role": "AUDIENCE",
        }))
        .answer(Answer::json(201, "A token, and the account that it belongs to.", &session()))
        .problems([
            Problem::EmailTaken,
            Problem::TooManyAccounts { limit: 200, window_minutes: 15, retry_after_seconds: 30 },
            Problem::Busy { retry_after_seconds: 5 },
        ])
}

pub(crate) fn login() -> Description {
    Description::of(Tag::Accounts, "Sign in")
        .request::<Credentials>(json!({ "email": "alice@example.org", "password": "correct horse battery" }))
        .answer(Answer::json(200, "A token, and the account that it belongs to.", &session()))
        .problems([Problem::WrongCredentials, Problem::Unauthenticated(NoSession::Deactivated)])
        .problems(hashing())
}

pub(crate) fn logout() -> Description {
    Description::of(Tag::Accounts, "Sign out")
        .details("The token ends on every server within two seconds. Others of the account stay valid, unless all are ended.")
        .answer(Answer::empty(204, "Done."))
}

pub(crate) fn me() -> Description {
    Description::of(Tag::Accounts, "Show the caller's account").answer(Answer::json(200, "The account.", &user()))
}

pub(crate) fn change() -> Description {
    Description::of(Tag::Accounts, "Change the caller's name and public contact")
        .details("Fields that are left out do not change.")
        .request::<Changes>(json!({ "name": "Alice Liddell", "public_contact": "https://example.org/alice" }))
        .answer(Answer::json(200, "The changed account.", &user()))
}

pub(crate) fn erase() -> Description {
    Description::of(Tag::Accounts, "Erase the caller's account")
        .details(
            "Name, address and password are gone for good, and all tokens end. All bookings are cancelled, which may take a \
             moment longer than the answer. The history of events stays, under an account without a name.",
        )
        .request::<Erasure>(json!({ "current_password": "correct horse battery" }))
        .answer(Answer::empty(204, "Done."))
        .problems([Problem::ComingEvents, Problem::LastAdmin])
        .problems(hashing())
}

pub(crate) fn change_password() -> Description {
    Description::of(Tag::Accounts, "Change the caller's password")
        .details("All earlier tokens become invalid.")
        .request::<PasswordChange>(json!({
            "current_password": "correct horse battery", "new_password": "another one, longer",
        }))
        .answer(Answer::json(200, "A new token.", &session()))
        .problems(hashing())
}
