use super::HealthBody;
use crate::http::problems::{Check, Problem};
use crate::openapi::{Answer, Description, Tag};

pub(crate) fn live() -> Description {
    Description::of(Tag::Operations, "Check that the process answers")
        .details("Checks nothing else: a server need not be restarted because its database is away.")
        .answer(Answer::json(200, "The process answers.", &HealthBody::ok()))
}

pub(crate) fn ready() -> Description {
    Description::of(Tag::Operations, "Check that the server is ready")
        .details("The answer is up to half a second old. A busy server is ready.")
        .answer(Answer::json(200, "The server is ready.", &HealthBody::ok()))
        .problems([Problem::NotReady { failed: Check::Database }])
        .without_database()
}
