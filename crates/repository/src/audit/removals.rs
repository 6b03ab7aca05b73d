//! Entries about registrations that were taken away.

use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::admission::Removed;
use domain::ids::EventId;
use domain::registrations::Cancellation;
use serde_json::json;
use uuid::Uuid;

use super::{Action, NewEntry};
use crate::errors::Error;
use crate::schema::audit_log;

/// Writes an entry for each registration that was taken away, under its order's id. The reason is in the registration's
/// row alone: it may tell of its person, and entries of the log can never be changed.
pub(crate) async fn record_in_txn(
    mut connection: &AsyncPgConnection,
    event: EventId,
    removals: &[Removed],
) -> Result<(), Error> {
    if removals.is_empty() {
        return Ok(());
    }
    let entries: Vec<NewEntry> = removals.iter().map(|removed| entry_of(event, removed)).collect();
    diesel::insert_into(audit_log::table).values(entries).execute(&mut connection).await?;
    Ok(())
}

fn entry_of(event: EventId, Removed { order, by, registration }: &Removed) -> NewEntry {
    let removal = registration.cancellation.as_ref().and_then(Cancellation::removal);
    NewEntry {
        id: (*order).into(),
        actor_id: by.map(Uuid::from),
        action: Action::RegistrationRemoved.as_str(),
        subject_kind: "EVENT",
        subject_id: event.into(),
        // Nothing was made: an entry without values before is about a new thing.
        before: Some(json!({})),
        after: Some(json!({
            "registration_id": registration.id,
            "user_id": registration.user,
            "may_book_again": removal.map(|removal| removal.may_book_again),
        })),
    }
}
