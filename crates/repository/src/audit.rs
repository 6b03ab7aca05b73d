//! Who did what to what, and when: written in the transaction that does it, and never changed.

use std::collections::HashSet;

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::admission::Change;
use domain::events::{Event, EventStatus};
use domain::ids::{EventId, OrderId, UserId};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::errors::Error;
use crate::schema::audit_log;

#[derive(Insertable)]
#[diesel(table_name = audit_log)]
struct NewEntry {
    id: Uuid,
    actor_id: Option<Uuid>,
    action: &'static str,
    subject_kind: &'static str,
    subject_id: Uuid,
    before: Option<Value>,
    after: Option<Value>,
}

/// Writes down changes of an event as a whole, each under its order's id.
pub(crate) async fn record_changes_in_txn(mut connection: &AsyncPgConnection, changes: &[Change]) -> Result<(), Error> {
    if changes.is_empty() {
        return Ok(());
    }
    let entries: Vec<NewEntry> = changes.iter().map(entry_of).collect();
    diesel::insert_into(audit_log::table).values(entries).execute(&mut connection).await?;
    Ok(())
}

/// Writes down that an event was made.
pub(crate) async fn record_creation_in_txn(
    connection: &mut AsyncPgConnection,
    event: &Event,
    by: UserId,
) -> Result<(), Error> {
    let entry = NewEntry {
        id: Uuid::now_v7(),
        actor_id: Some(by.into()),
        action: "EVENT_CREATED",
        subject_kind: "EVENT",
        subject_id: event.id.into(),
        before: None,
        after: Some(facts(event).into()),
    };
    diesel::insert_into(audit_log::table).values(entry).execute(connection).await?;
    Ok(())
}

/// Writes down what the server by itself did to an account.
pub(crate) async fn record_account_in_txn(
    connection: &mut AsyncPgConnection,
    action: &'static str,
    account: UserId,
    before: Option<Map<String, Value>>,
    after: Map<String, Value>,
) -> Result<(), Error> {
    let entry = NewEntry {
        id: Uuid::now_v7(),
        actor_id: None,
        action,
        subject_kind: "USER",
        subject_id: account.into(),
        before: before.map(Value::from),
        after: Some(after.into()),
    };
    diesel::insert_into(audit_log::table).values(entry).execute(connection).await?;
    Ok(())
}

/// Which of these orders about an event have been carried out.
pub(crate) async fn carried_out(
    mut connection: &AsyncPgConnection,
    event: EventId,
    orders: Vec<OrderId>,
) -> Result<HashSet<OrderId>, Error> {
    if orders.is_empty() {
        return Ok(HashSet::new());
    }
    let ids: Vec<Uuid> = orders.into_iter().map(Uuid::from).collect();
    let found: Vec<Uuid> = audit_log::table
        .filter(audit_log::subject_id.eq(Uuid::from(event)).and(audit_log::id.eq_any(ids)))
        .select(audit_log::id)
        .load(&mut connection)
        .await?;
    Ok(found.into_iter().map(OrderId::from).collect())
}

fn entry_of(change: &Change) -> NewEntry {
    let (mut before, mut after) = (facts(&change.before), facts(&change.after));
    let same: Vec<String> =
        before.iter().filter(|(name, value)| after.get(*name) == Some(value)).map(name_of).collect();
    for name in same {
        before.remove(&name);
        after.remove(&name);
    }
    NewEntry {
        id: change.order.into(),
        actor_id: change.by.map(Uuid::from),
        action: action(change),
        subject_kind: "EVENT",
        subject_id: change.after.id.into(),
        before: Some(before.into()),
        after: Some(after.into()),
    }
}

fn name_of((name, _): (&String, &Value)) -> String {
    name.clone()
}

fn action(change: &Change) -> &'static str {
    let (before, after) = (&change.before, &change.after);
    match (before.status == after.status, after.status) {
        (false, EventStatus::Published) => "EVENT_PUBLISHED",
        (false, EventStatus::Cancelled) => "EVENT_CANCELLED",
        _ => match (before.is_under_test(), after.is_under_test()) {
            (false, true) => "SIMULATION_BEGUN",
            (true, false) => "SIMULATION_UNDONE",
            _ => "EVENT_EDITED",
        },
    }
}

/// What people decide about an event.
fn facts(event: &Event) -> Map<String, Value> {
    let details = &event.details;
    let facts = json!({
        "title": details.title,
        "description": details.description,
        "location": details.location,
        "starts_at": details.starts_at,
        "ends_at": details.ends_at,
        "time_zone": details.time_zone,
        "sales_open_at": details.sales_open_at,
        "sales_close_at": details.sales_close_at,
        "capacity": event.capacity,
        "status": event.status,
        "under_test": event.is_under_test(),
    });
    match facts {
        Value::Object(facts) => facts,
        _ => Map::new(),
    }
}
