//! Reads of what everybody may see, for the API and for the page's documents.

use std::sync::Arc;

use chrono::Utc;
use domain::events::TicketedEvent;
use domain::ids::EventId;
use page::Filling;
use repository::listings::{self, After, PublishedFilter};
use repository::searches::SearchPage;
use repository::{presentations, tickets};

use crate::resources::event_bodies::{EventBody, etag_with};
use crate::resources::formatted_text::plain;
use crate::resources::previews;
use crate::services::cache::ReadFailed;
use crate::services::public_events::{PageKey, PublicEvent};
use crate::state::State;

/// The events in the list's preview.
const PREVIEWED: i64 = 50;

/// An event that everybody may see.
pub(crate) async fn public_event(state: &State, id: EventId) -> Result<Option<Arc<PublicEvent>>, ReadFailed> {
    state.public_events.event(id, async || read_event(state, id).await).await
}

/// The words of the list's document.
pub(crate) async fn read_list_preview(state: &State) -> Result<Arc<Filling>, ReadFailed> {
    let SearchPage { found, .. } =
        read(state, &PageKey { filter: PublishedFilter::default(), after: None, limit: PREVIEWED }).await?;
    Ok(Arc::new(previews::of_list(&found, state.site.address.as_deref())))
}

async fn read_event(state: &State, id: EventId) -> Result<Option<Arc<PublicEvent>>, ReadFailed> {
    let event = state
        .pool
        .run(async |connection| match repository::events::find_public(connection, id).await? {
            Some(event) => {
                let presentation = presentations::find(connection, &event).await?;
                let event = tickets::with_tickets(connection, vec![event]).await?.pop();
                Ok(event.map(|event| (event, presentation)))
            }
            None => Ok(None),
        })
        .await;
    match event.map_err(ReadFailed::of)? {
        Some((event, presentation)) => {
            let etag = etag_with(&event.event, &presentation);
            let preview = previews::of_event(&event, &presentation, state.site.address.as_deref(), Utc::now());
            let about = plain(&event.event.details.description);
            let body = ReadFailed::json(&EventBody::of(&event, presentation.clone()))?;
            Ok(Some(Arc::new(PublicEvent { body, etag, preview, event: event.event, about, presentation })))
        }
        None => Ok(None),
    }
}

/// A page of the list, past the cache.
pub(crate) async fn read(
    state: &State,
    PageKey { filter, after, limit }: &PageKey,
) -> Result<SearchPage<TicketedEvent, After>, ReadFailed> {
    let found = state
        .pool
        .run(async |connection| {
            let SearchPage { found, next } = listings::published(connection, filter, *after, *limit).await?;
            Ok(SearchPage { found: tickets::with_tickets(connection, found).await?, next })
        })
        .await;
    found.map_err(ReadFailed::of)
}
