use serde_json::json;

use super::{AddressChange, ForgottenPassword, Proof, Reset};
use crate::http::problems::Problem;
use crate::openapi::{Answer, Description, Tag};
use crate::resources::sign_ins::samples::hashing;

const TOKEN: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUV";

pub(crate) fn send_again() -> Description {
    Description::of(Tag::Accounts, "Send the caller a link that proves the e-mail address")
        .details("The link works once, and for an hour. Nothing is sent if the address is proven.")
        .answer(Answer::empty(202, "A mail will be sent, unless the address is proven."))
        .problems(asking())
}

pub(crate) fn verify() -> Description {
    Description::of(Tag::Accounts, "Prove an e-mail address by a link")
        .details(
            "The token stands behind the `#` in the link that was sent: to prove the account's address, or to give the \
             account another one. It works once, and only for the person whose account it is. An account's former address \
             is told.",
        )
        .request::<Proof>(json!({ "token": TOKEN }))
        .answer(Answer::empty(204, "The address is proven, and is the account's."))
        .problems([
            Problem::LinkNotValid,
            Problem::LinkOfAnother,
            Problem::EmailTaken,
        ])
}

pub(crate) fn forget_password() -> Description {
    Description::of(Tag::Accounts, "Send a link that resets a forgotten password")
        .details("The answer does not tell whether there is such an account. The link works once, and for an hour.")
        .request::<ForgottenPassword>(json!({ "email": "alice@example.org" }))
        .answer(Answer::empty(202, "A mail will be sent, if there is such an account."))
        .problems(asking())
}

pub(crate) fn reset_password() -> Description {
    Description::of(Tag::Accounts, "Reset a forgotten password by a link")
        .details(
            "The token stands behind the `#` in the link that was sent. It works once. All tokens of the person become \
             invalid, the e-mail address counts as proven, and its owner is told by mail.",
        )
        .request::<Reset>(json!({ "token": TOKEN, "new_password": "another one, longer" }))
        .answer(Answer::empty(204, "Done. Sign in with the new password."))
        .problems([Problem::LinkNotValid, Problem::Busy { retry_after_seconds: 5 }])
}

pub(crate) fn change_address() -> Description {
    Description::of(Tag::Accounts, "Send a link to a new e-mail address of the caller")
        .details("The account keeps its address until the link has been used. It works once, and for an hour.")
        .request::<AddressChange>(json!({ "email": "alice@example.com", "current_password": "correct horse battery" }))
        .answer(Answer::empty(202, "A mail will be sent to the new address."))
        .problems([Problem::EmailTaken])
        .problems(asking())
        .problems(hashing())
}

fn asking() -> [Problem; 2] {
    [Problem::MailOff, Problem::TooManyMails { retry_after_seconds: 3_600 }]
}
