//! The picture of an event: uploaded by the people who run it, and sent to everybody.

pub(crate) mod describe;

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, LOCATION};
use actix_web::web::{Bytes, Data};
use domain::ids::{EventId, PictureId};
use domain::pictures::Picture;
use notices::places;
use pictures::{MEDIA_TYPE, Renditions};
use repository::AsyncPgConnection;
use repository::pictures::{self as stored, NewPicture};
use uuid::Uuid;

use crate::http::access::Caller;
use crate::http::extractors::{EventPath, NoBody, PictureFile, PicturePath, PictureSizePath};
use crate::http::headers::RESOURCE_POLICY;
use crate::http::page_files::FOR_EVER;
use crate::http::problems::Problem;
use crate::resources::event_bodies::PictureBody;
use crate::resources::own_events::{authority_of, presentation_of};
use crate::resources::public_reads::public_event;
use crate::services::cache::ReadFailed;
use crate::state::State;

/// A file is no document, wherever somebody opens it.
const POLICY: &str = "default-src 'none'; sandbox";

/// Gives an event the picture that is uploaded, in place of the one before.
pub(crate) async fn replace(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    file: PictureFile,
) -> Result<HttpResponse, Problem> {
    let before = presentation_of(&state, caller, event).await?.picture;
    // Nothing of a file is read for strangers, nor for more people at once than there is memory for.
    let _permit = state.pictures.uploads.acquire(caller.user).await?;
    let Renditions { large, small } = state.pictures.make(file.read().await?).await?;
    let side = |pixels: u32| i16::try_from(pixels).map_err(|error| Problem::Internal(error.into()));
    let id = PictureId::from(Uuid::now_v7());
    let picture = Picture { id, width: side(large.width)?, height: side(large.height)? };
    // The pool may have to ask twice.
    let new = Arc::new(NewPicture { picture, large: large.jpeg, small: small.jpeg });
    let authority = authority_of(caller);
    let replace = async |connection: &mut AsyncPgConnection| {
        stored::replace(connection, event, &new, caller.user, authority).await
    };
    state.pool.run(replace).await.map_err(Problem::of_part)?;
    forget(&state, event, before);
    Ok(HttpResponse::Ok().json(PictureBody::of(event, &picture)))
}

/// Takes an event's picture away.
pub(crate) async fn remove(
    state: Data<State>,
    caller: Caller,
    EventPath(event): EventPath,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let before = presentation_of(&state, caller, event).await?.picture;
    let authority = authority_of(caller);
    let remove =
        async |connection: &mut AsyncPgConnection| stored::remove(connection, event, caller.user, authority).await;
    state.pool.run(remove).await.map_err(Problem::of_part)?;
    forget(&state, event, before);
    Ok(HttpResponse::NoContent().finish())
}

fn forget(state: &State, event: EventId, before: Option<Picture>) {
    state.public_events.forget(event);
    if let Some(before) = before {
        state.pictures.forget(event, before.id);
    }
}

/// A file of an event's picture. Its address, which nobody can guess, is the proof that the caller has seen the event.
/// Any other id of a public event leads to its present picture: that of an earlier one may stand in a mail.
pub(crate) async fn show(
    state: Data<State>,
    EventPath(event): EventPath,
    PicturePath(id): PicturePath,
    PictureSizePath(size): PictureSizePath,
) -> Result<HttpResponse, Problem> {
    let read = async || {
        let file = state.pool.run(async |connection| stored::file(connection, event, id, size).await).await;
        file.map(|file| file.map(Bytes::from)).map_err(ReadFailed::of)
    };
    if let Some(file) = state.pictures.file(&(event, id, size), read).await? {
        return Ok(HttpResponse::Ok()
            .content_type(MEDIA_TYPE)
            .insert_header((CACHE_CONTROL, FOR_EVER))
            .insert_header((CONTENT_SECURITY_POLICY, POLICY))
            // Mails and other sites show it.
            .insert_header((RESOURCE_POLICY, "cross-origin"))
            .body(file));
    }
    let present = public_event(&state, event).await?.and_then(|shown| shown.presentation.picture);
    let present = present.filter(|present| present.id != id).ok_or(Problem::NotFound("picture"))?;
    Ok(HttpResponse::Found()
        .insert_header((LOCATION, places::picture(event, &present, size)))
        .insert_header((RESOURCE_POLICY, "cross-origin"))
        .finish())
}
