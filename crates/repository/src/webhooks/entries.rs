//! Entries of the audit log about endpoints. Of an address they have the host alone: its path and its query may be a
//! secret between the endpoint and its owner, and an entry never changes.

use diesel_async::AsyncPgConnection;
use domain::ids::{OrderId, UserId, WebhookId};
use domain::webhooks::WebhookKind;
use serde_json::{Map, Value, json};

use crate::audit::{self, Action, UserChange};
use crate::errors::Error;

/// The most characters of a host in an entry: as many as a name in the DNS has.
const HOST_CHARACTERS_MAX: usize = 253;

/// The facts of an endpoint that entries tell, and its address.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts<'a> {
    pub(super) url: &'a str,
    pub(super) kinds: &'a [WebhookKind],
    pub(super) is_on: bool,
}

/// Writes the entry of an endpoint that was made.
pub(super) async fn record_creation_in_txn(
    connection: &mut AsyncPgConnection,
    (owner, order, endpoint): (UserId, OrderId, WebhookId),
    facts: Facts<'_>,
    hears_all: bool,
) -> Result<(), Error> {
    let after = json!({
        "webhook": endpoint, "host": host_of(facts.url), "kinds": facts.kinds, "all_events": hears_all,
    });
    record_in_txn(connection, owner, order, Action::WebhookCreated, None, Some(after)).await
}

/// Writes the entry of an endpoint that has another secret.
pub(super) async fn record_other_secret_in_txn(
    connection: &mut AsyncPgConnection,
    (owner, order, endpoint): (UserId, OrderId, WebhookId),
    url: &str,
) -> Result<(), Error> {
    // An entry without values before is about a new thing.
    let (before, after) = (json!({}), json!({ "webhook": endpoint, "host": host_of(url) }));
    record_in_txn(connection, owner, order, Action::WebhookSecretChanged, Some(before), Some(after)).await
}

/// Writes the entry of an endpoint that was deleted.
pub(super) async fn record_deletion_in_txn(
    connection: &mut AsyncPgConnection,
    (owner, order, endpoint): (UserId, OrderId, WebhookId),
    url: &str,
) -> Result<(), Error> {
    let before = json!({ "webhook": endpoint, "host": host_of(url) });
    record_in_txn(connection, owner, order, Action::WebhookDeleted, Some(before), None).await
}

/// Writes the entry of a change.
pub(super) async fn record_change_in_txn(
    connection: &mut AsyncPgConnection,
    (owner, order, endpoint): (UserId, OrderId, WebhookId),
    old: Facts<'_>,
    new: Facts<'_>,
) -> Result<(), Error> {
    let (before, mut after) = differences(old, new);
    after.insert("webhook".to_owned(), json!(endpoint));
    after.insert("host".to_owned(), host_of(new.url).into());
    record_in_txn(connection, owner, order, Action::WebhookChanged, Some(before.into()), Some(after.into())).await
}

/// Whether a change is worth an entry.
pub(super) fn differ(old: Facts<'_>, new: Facts<'_>) -> bool {
    old.url != new.url || old.kinds != new.kinds || old.is_on != new.is_on
}

/// The values that differ, before and after.
fn differences(old: Facts<'_>, new: Facts<'_>) -> (Map<String, Value>, Map<String, Value>) {
    let (mut before, mut after) = (Map::new(), Map::new());
    let mut tell = |name: &str, old: Value, new: Value| {
        if old != new {
            before.insert(name.to_owned(), old);
            after.insert(name.to_owned(), new);
        }
    };
    let state = |is_on: bool| if is_on { "ON" } else { "OFF" };
    tell("host", host_of(old.url).into(), host_of(new.url).into());
    tell("kinds", json!(old.kinds), json!(new.kinds));
    tell("state", state(old.is_on).into(), state(new.is_on).into());
    if old.url != new.url {
        after.insert("has_other_address".to_owned(), true.into());
    }
    (before, after)
}

async fn record_in_txn(
    connection: &mut AsyncPgConnection,
    owner: UserId,
    order: OrderId,
    action: Action,
    before: Option<Value>,
    after: Option<Value>,
) -> Result<(), Error> {
    let change = UserChange { id: order, action, before, after };
    audit::record_user_changes_in_txn(connection, owner, Some(owner), &[change]).await
}

/// The host of an address in its own spelling, without the port.
fn host_of(url: &str) -> String {
    let after_scheme = url.split_once("://").map_or("", |(_, rest)| rest);
    let authority = after_scheme.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    host.chars().take(HOST_CHARACTERS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_has_the_host_of_an_address_and_nothing_else_of_it() {
        for (url, host) in [
            ("https://hooks.example.org/secret?token=secret", "hooks.example.org"),
            ("https://hooks.example.org:8443/secret", "hooks.example.org"),
            ("https://hooks.example.org?secret:1", "hooks.example.org"),
            ("https://[2606:4700::1111]:8443/secret", "[2606:4700::1111]"),
            ("https://[2606:4700::1111]/", "[2606:4700::1111]"),
            ("not an address", ""),
        ] {
            assert_eq!(host_of(url), host, "{url}");
        }
        let long = format!("https://{}/", "x".repeat(1_000));
        assert_eq!(host_of(&long).chars().count(), HOST_CHARACTERS_MAX);
    }
}
