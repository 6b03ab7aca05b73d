//! The presentation of an event, beside its own row: its organizer, and its picture.

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::events::Event;
use domain::pictures::Picture;
use uuid::Uuid;

use crate::errors::Error;
use crate::organizers::Organizer;
use crate::schema::{event_pictures, users};

/// An event's organizer and picture, as everybody sees them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Presentation {
    /// Who runs it.
    pub organizer: Organizer,
    /// Its picture, if it has one.
    pub picture: Option<Picture>,
}

/// A picture's id, width and height.
type PictureRow = (Uuid, i16, i16);

/// The presentation of an event, by one statement.
pub async fn find(connection: &mut AsyncPgConnection, event: &Event) -> Result<Presentation, Error> {
    let of_event = event_pictures::event_id.eq(Uuid::from(event.id));
    let picture = (event_pictures::id, event_pictures::width, event_pictures::height);
    let found: Option<(Organizer, Option<PictureRow>)> = users::table
        .find(Uuid::from(event.organizer))
        .left_join(event_pictures::table.on(of_event))
        .select(((users::name, users::public_contact), picture.nullable()))
        .first(connection)
        .await
        .optional()?;
    let (organizer, picture) = found.ok_or_else(|| Error::Corrupt("an event's organizer has no account".to_owned()))?;
    let picture = picture.map(|(id, width, height)| Picture { id: id.into(), width, height });
    Ok(Presentation { organizer, picture })
}
