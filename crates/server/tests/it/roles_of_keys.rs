//! Every route with every kind of API key, of every role.

use std::fmt::Write;

use auth::access::{Permission, anyone_may, may, of_keys};
use domain::accounts::Role;
use domain::api_keys::KeyPermission;
use server::http::endpoints::Endpoint;
use server::routes;

use crate::api_keys::Key;
use crate::mail_server::MailServer;
use crate::messages::stage_with_mail;
use crate::roles::{outcome, prepare_for};
use crate::stage::{Person, Stage};

/// The key that a request has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Without the permission, and with all others.
    Without,
    /// With the permission, for another event.
    OtherEvent,
    Expired,
    Revoked,
    /// Made before its owner signed out everywhere.
    Ended,
    /// With the permission, for this event.
    ThisEvent,
    /// With the permission and nothing else.
    Exact,
}

impl Kind {
    const REFUSED: [Self; 5] = [Self::Without, Self::OtherEvent, Self::Expired, Self::Revoked, Self::Ended];
    const ALL: [Self; 7] =
        [Self::Without, Self::OtherEvent, Self::Expired, Self::Revoked, Self::Ended, Self::ThisEvent, Self::Exact];

    /// A key of this kind, for a route that requires this permission and a request about this event. Where no key has
    /// the permission, the key has all that there are.
    fn key(self, permission: Permission, event: &str, other: &str) -> Key {
        let needed = of_keys(permission);
        let with: Vec<KeyPermission> = needed.map_or(KeyPermission::ALL.to_vec(), |needed| vec![needed]);
        let key = Key::of(&with);
        match self {
            Self::Without => Key::of(&without(needed)),
            Self::OtherEvent => Key { events: Some(vec![other.to_owned()]), ..key },
            Self::ThisEvent => Key { events: Some(vec![event.to_owned()]), ..key },
            Self::Expired => Key { is_expired: true, ..key },
            Self::Ended => Key { access_version: 0, ..key },
            Self::Revoked | Self::Exact => key,
        }
    }

    /// What must hold of every route there will ever be.
    fn expected(self, endpoint: &Endpoint, role: Role) -> Option<(u16, &'static str)> {
        let permission = endpoint.permission;
        if anyone_may(permission) {
            return None;
        }
        let names_the_event = endpoint.path.contains("/events/{id}");
        match self {
            Self::Expired | Self::Revoked | Self::Ended => Some((401, "unauthenticated")),
            _ if of_keys(permission).is_none() => Some((403, "key-forbidden")),
            Self::Without => Some((403, "key-forbidden")),
            _ if !may(role, permission) => Some((403, "forbidden")),
            Self::OtherEvent => Some((403, "key-forbidden")),
            Self::ThisEvent if !names_the_event => Some((403, "key-forbidden")),
            Self::ThisEvent | Self::Exact => None,
        }
    }
}

/// All permissions but this one and those that include it.
fn without(needed: Option<KeyPermission>) -> Vec<KeyPermission> {
    let includes = |permission: KeyPermission| {
        Some(permission) == needed
            || needed == Some(KeyPermission::ManageOwnEvents) && permission == KeyPermission::RunAnyEvent
    };
    KeyPermission::ALL.into_iter().filter(|permission| !includes(*permission)).collect()
}

async fn ask(stage: &Stage, endpoint: &Endpoint, role: Role, kinds: &[Kind], other: &str) -> Vec<String> {
    let person = stage.person(role).await;
    // An admin's own event: a key for own events is for no others.
    let owner = if role == Role::Admin { Person { role: Role::Organizer, ..person.clone() } } else { person.clone() };
    let prepared = prepare_for(stage, endpoint, &owner).await;
    let mut outcomes = Vec::new();
    for kind in kinds {
        let key = stage.api_key(&person, &kind.key(endpoint.permission, &prepared.event, other)).await;
        if *kind == Kind::Revoked {
            let revoked = stage.session(&person).delete(&format!("/auth/me/api-keys/{}", key.id)).await;
            revoked.expect(204);
        }
        let answer = prepared.send(&stage.server.session(key.text)).await;
        let outcome = outcome(&answer);
        let what = format!("{role} {kind:?} {} {}: {outcome}", endpoint.method, endpoint.path);
        match kind.expected(endpoint, role) {
            Some((status, code)) => assert_eq!((answer.status, answer.problem()), (status, code), "{what}"),
            None => assert!(answer.status < 300, "{what}"),
        }
        outcomes.push(format!("{kind:?}: {outcome}"));
    }
    outcomes
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_lets_in_the_keys_that_it_should_and_no_others() {
    let mails = MailServer::start().await;
    let stage = stage_with_mail(&mails).await;
    let other = stage.organizer().await.published(5).await;
    let mut matrix = String::new();
    for endpoint in routes::table() {
        writeln!(matrix, "{} {}", endpoint.method, endpoint.path).unwrap();
        // These kinds ask about one thing, one after the other. Those that succeed may leave nothing for the next.
        let together: &[&[Kind]] = match endpoint.permission {
            Permission::Browse => &[&Kind::ALL],
            permission if anyone_may(permission) => &[&[Kind::Exact]],
            _ => &[&Kind::REFUSED, &[Kind::ThisEvent], &[Kind::Exact]],
        };
        for role in Role::ALL {
            let mut outcomes = Vec::new();
            for kinds in together {
                outcomes.extend(ask(&stage, &endpoint, role, kinds, &other).await);
            }
            writeln!(matrix, "    {:<10} {}", role.as_str(), outcomes.join(", ")).unwrap();
        }
    }
    insta::assert_snapshot!(matrix);
}

#[test]
fn an_id_in_the_path_of_a_route_for_keys_is_that_of_an_event() {
    for endpoint in routes::table() {
        let is_for_keys = of_keys(endpoint.permission).is_some() || endpoint.permission == Permission::Browse;
        if is_for_keys && endpoint.path.contains("{id}") {
            assert!(endpoint.path.contains("/events/{id}"), "{}", endpoint.path);
        }
    }
}
