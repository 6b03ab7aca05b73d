use super::HealthBody;
use crate::http::problems::Problem;
use crate::openapi::{Answer, Description, Tag};
use crate::services::readiness::DATABASE;

pub(crate) fn live() -> Description {
    Description::of(Tag::Operations, "Whether the process answers")
        .details("Touches nothing else: a database that is away is no reason to restart a server.")
        .answer(Answer::json(200, "It does.", &HealthBody::ok()))
}

pub(crate) fn ready() -> Description {
    Description::of(Tag::Operations, "Whether the server can do its work")
        .details("Half a second old at most. That it has much to do is no reason why it could not.")
        .answer(Answer::json(200, "It can.", &HealthBody::ok()))
        .problems([Problem::NotReady { failed: DATABASE }])
        .without_database()
}
