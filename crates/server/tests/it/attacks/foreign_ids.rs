//! Ids of what belongs to somebody else, on every route that takes an id.

use auth::access::{Permission, anyone_may, may};
use domain::accounts::Role;
use server::http::endpoints::Endpoint;
use server::routes;

use super::stored::stored;
use crate::client::Answer;
use crate::mail_server::MailServer;
use crate::messages::stage_with_mail;
use crate::roles::{outcome, prepare_for};

/// The places in a path that hold ids.
fn ids(path: &str) -> Vec<usize> {
    let is_id = |part: &str| part.starts_with('{') && part.ends_with("id}");
    path.split('/').enumerate().filter(|(_, part)| is_id(part)).map(|(place, _)| place).collect()
}

/// Whether the ids in the path are of something that belongs to somebody. Whoever is signed in may book at any event
/// that is published, and administrators' routes are for all events and accounts.
fn is_owned(endpoint: &Endpoint) -> bool {
    let is_of_a_public_event = endpoint.permission == Permission::Book && ids(endpoint.path).len() == 1;
    !ids(endpoint.path).is_empty()
        && !anyone_may(endpoint.permission)
        && may(Role::Organizer, endpoint.permission)
        && !is_of_a_public_event
}

/// Whether it belongs to one account alone. Administrators run all events.
fn is_personal(endpoint: &Endpoint) -> bool {
    matches!(endpoint.permission, Permission::Book | Permission::ManageOwnAccount)
        || endpoint.path.starts_with("/organizer/webhooks")
}

#[track_caller]
fn assert_refused(answer: &Answer, what: &str) {
    assert!([403, 404].contains(&answer.status), "{what}: {}", outcome(answer));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_belongs_to_others_is_neither_shown_nor_changed() {
    let mails = MailServer::start().await;
    let stage = stage_with_mail(&mails).await;
    let mut tried = 0;
    for endpoint in routes::table().iter().filter(|endpoint| is_owned(endpoint)) {
        let owner = stage.person(Role::Organizer).await;
        let prepared = prepare_for(&stage, endpoint, &owner).await;
        let strangers = Role::ALL.into_iter().filter(|role| *role != Role::Admin || is_personal(endpoint));
        for role in strangers {
            let session = stage.session(&stage.person(role).await);
            let before = stored(&stage).await;
            let answer = prepared.send(&session).await;
            let what = format!("{role} {} {}", endpoint.method, endpoint.path);
            assert_refused(&answer, &what);
            assert_eq!(stored(&stage).await, before, "{what}");
            tried += 1;
        }
        let own = prepared.send(&stage.session(&owner)).await;
        assert!(own.status < 300, "{} {}: the owner got {}", endpoint.method, endpoint.path, outcome(&own));
    }
    assert!(tried > 80, "{tried}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_of_somebody_elses_among_own_ones_leads_nowhere() {
    let mails = MailServer::start().await;
    let stage = stage_with_mail(&mails).await;
    let mut tried = 0;
    for endpoint in routes::table().iter().filter(|endpoint| is_owned(endpoint) && ids(endpoint.path).len() > 1) {
        let (other, own) = (stage.person(Role::Organizer).await, stage.person(Role::Organizer).await);
        let of_other = prepare_for(&stage, endpoint, &other).await;
        let of_own = prepare_for(&stage, endpoint, &own).await;
        for place in ids(endpoint.path) {
            let mut parts: Vec<&str> = of_own.path().split('/').collect();
            parts[place] = of_other.path().split('/').nth(place).unwrap();
            let before = stored(&stage).await;
            let answer = of_own.at(parts.join("/")).send(&stage.session(&own)).await;
            let what = format!("{} {} with another one's id at {place}", endpoint.method, endpoint.path);
            // To take away what is not there is no error.
            if answer.status != 204 {
                assert_refused(&answer, &what);
            }
            assert_eq!(stored(&stage).await, before, "{what}");
            tried += 1;
        }
    }
    assert!(tried > 30, "{tried}");
}
