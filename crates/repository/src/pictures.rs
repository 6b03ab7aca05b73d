//! The pictures of events.

use diesel::prelude::*;
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::commands::Authority;
use domain::ids::{EventId, PictureId, UserId};
use domain::pictures::{Picture, PictureSize};
use serde_json::json;
use uuid::Uuid;

use crate::audit::{self, Action};
use crate::clocks::statement_timestamp;
use crate::errors::Error;
use crate::events;
use crate::schema::event_pictures;

/// A picture that was uploaded, made anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPicture {
    /// The picture.
    pub picture: Picture,
    /// Its file in the large size.
    pub large: Vec<u8>,
    /// Its file in the small size.
    pub small: Vec<u8>,
}

/// Gives an event this picture, in place of the one before, and writes an entry of the audit log, atomically. Safe to
/// run again.
///
/// [`Error::NotFound`] if there is no such event, if it is a hidden copy, or if it has been handed over and
/// `authority` is its organizer's. Until the commit, the event's row is locked in a way that its bookings wait for:
/// for some milliseconds.
pub async fn replace(
    connection: &mut AsyncPgConnection,
    event: EventId,
    new: &NewPicture,
    by: UserId,
    authority: Authority,
) -> Result<(), Error> {
    let Picture { id, width, height } = new.picture;
    connection
        .transaction(async |connection| {
            let before = lock_in_txn(connection, event, by, authority).await?;
            if before == Some(id) {
                return Ok(());
            }
            let stored = (
                event_pictures::id.eq(Uuid::from(id)),
                event_pictures::width.eq(width),
                event_pictures::height.eq(height),
                event_pictures::large.eq(&new.large),
                event_pictures::small.eq(&new.small),
                event_pictures::uploaded_at.eq(statement_timestamp()),
            );
            diesel::insert_into(event_pictures::table)
                .values((event_pictures::event_id.eq(Uuid::from(event)), stored))
                .on_conflict(event_pictures::event_id)
                .do_update()
                .set(stored)
                .execute(connection)
                .await?;
            record_in_txn(connection, event, by, before, Some(id)).await
        })
        .await
}

/// Takes an event's picture away, and writes an entry of the audit log, atomically. Nothing changes without a picture.
/// Errors and lock are those of [`replace`].
pub async fn remove(
    connection: &mut AsyncPgConnection,
    event: EventId,
    by: UserId,
    authority: Authority,
) -> Result<(), Error> {
    connection
        .transaction(async |connection| {
            let Some(before) = lock_in_txn(connection, event, by, authority).await? else { return Ok(()) };
            diesel::delete(event_pictures::table.find(Uuid::from(event))).execute(connection).await?;
            record_in_txn(connection, event, by, Some(before), None).await
        })
        .await
}

/// The event's picture. Until the transaction ends, nobody else changes it: the event's row is locked, so that its
/// first picture is as well.
async fn lock_in_txn(
    connection: &mut AsyncPgConnection,
    event: EventId,
    by: UserId,
    authority: Authority,
) -> Result<Option<PictureId>, Error> {
    events::lock_part_in_txn(connection, event, by, authority).await?;
    let picture = event_pictures::table.find(Uuid::from(event)).select(event_pictures::id);
    Ok(picture.first::<Uuid>(connection).await.optional()?.map(PictureId::from))
}

async fn record_in_txn(
    connection: &mut AsyncPgConnection,
    event: EventId,
    by: UserId,
    before: Option<PictureId>,
    after: Option<PictureId>,
) -> Result<(), Error> {
    let picture = |id| Some(json!({ "picture": id }));
    audit::record_part_in_txn(connection, Action::EventPictureChanged, event, by, picture(before), picture(after)).await
}

/// The file of an event's picture. `None` if the event has no picture, or another one.
pub async fn file(
    connection: &mut AsyncPgConnection,
    event: EventId,
    id: PictureId,
    size: PictureSize,
) -> Result<Option<Vec<u8>>, Error> {
    let picture = event_pictures::table.find(Uuid::from(event)).filter(event_pictures::id.eq(Uuid::from(id)));
    let file = match size {
        PictureSize::Large => picture.select(event_pictures::large).first(connection).await,
        PictureSize::Small => picture.select(event_pictures::small).first(connection).await,
    };
    Ok(file.optional()?)
}

/// Takes the picture of a draft away, which is about to be deleted.
pub(crate) async fn delete_in_txn(connection: &mut AsyncPgConnection, draft: Uuid) -> Result<(), Error> {
    diesel::delete(event_pictures::table.find(draft)).execute(connection).await?;
    Ok(())
}
