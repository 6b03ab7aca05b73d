//! Events as they are sent, in lists and by themselves.

use std::hash::{DefaultHasher, Hash, Hasher};

use actix_web::http::header::ETAG;
use actix_web::{HttpResponse, HttpResponseBuilder};
use chrono::{DateTime, Utc};
use domain::events::{Event, EventStatus, TicketedEvent};
use domain::ids::{EventId, UserId};
use domain::money::Currency;
use domain::pictures::{Picture, PictureSize};
use domain::slugs;
use notices::places;
use repository::organizers::Organizer;
use repository::presentations::Presentation;
use serde::Serialize;
use utoipa::ToSchema;

use crate::openapi::formats::{CurrencyCode, EventDescription, Location, PersonName, PublicContact, TimeZone, Title};
use crate::openapi::seats::SeatCounts;
use crate::resources::formatted_text::{self, Block};
use crate::resources::ticket_bodies::TicketTypeBody;

/// An event, as lists have it: without its description.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EventSummary {
    id: EventId,
    /// The organizer who runs it.
    organizer_id: UserId,
    #[schema(value_type = Title)]
    title: String,
    /// Names the event in the address of its page, `/e/{slug}`. It changes with the title; earlier ones still lead to the
    /// event.
    #[schema(examples("golang-microservices-summit-01jw0012dbfkf8y0938nkrkayd"))]
    slug: String,
    #[schema(value_type = Location)]
    location: String,
    starts_at: DateTime<Utc>,
    /// From then on, its bookings, capacity and times no longer change.
    ends_at: DateTime<Utc>,
    #[schema(value_type = TimeZone)]
    time_zone: String,
    /// Before then, bookings are refused.
    #[schema(required)]
    sales_open_at: Option<DateTime<Utc>>,
    /// From then on, bookings are refused.
    #[schema(required)]
    sales_close_at: Option<DateTime<Utc>>,
    /// Until then, people may cancel their bookings. Null: until `starts_at`.
    #[schema(required)]
    cancel_until: Option<DateTime<Utc>>,
    /// Whether only people may book who have proven their e-mail address. It does not matter where no mail is set up.
    verified_buyers_only: bool,
    #[serde(flatten)]
    seats: SeatCounts,
    /// The currency of all amounts. Null if everything is free.
    #[schema(required, value_type = Option<CurrencyCode>)]
    currency: Option<&'static str>,
    /// The kinds of seats, by their numbers. There is one at least.
    ticket_types: Vec<TicketTypeBody>,
    status: EventStatus,
    /// Whether a stress test is using it. Bookings are then refused until an admin has undone the test.
    under_test: bool,
    /// Rises with every edit, but not with bookings.
    #[schema(minimum = 1)]
    edit_version: i64,
    created_at: DateTime<Utc>,
    /// The time of its last edit.
    updated_at: DateTime<Utc>,
}

/// An event by itself.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Event)]
pub(crate) struct EventBody {
    #[serde(flatten)]
    summary: EventSummary,
    organizer: OrganizerBody,
    /// Its picture. Null: it has none.
    #[schema(required)]
    picture: Option<PictureBody>,
    #[schema(value_type = EventDescription)]
    description: String,
    /// The description with its formatting (a part of Markdown), to make a page of.
    description_blocks: Vec<Block>,
}

/// Who runs an event.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Organizer)]
struct OrganizerBody {
    #[schema(value_type = PersonName)]
    name: String,
    /// How the public reaches them. Null: they have not said.
    #[schema(required, value_type = Option<PublicContact>)]
    contact: Option<String>,
}

/// An event's picture, as JPEG files. The files at these paths never change; browsers may keep them for a year.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Picture)]
pub(crate) struct PictureBody {
    /// The width of the large size, in pixels.
    #[schema(minimum = 1, maximum = 1280)]
    width: i16,
    /// The height of the large size, in pixels.
    #[schema(minimum = 1, maximum = 1280)]
    height: i16,
    /// The path of the large size: at most 1,280 pixels on each side.
    large: String,
    /// The path of the small size: at most 800 pixels on each side.
    small: String,
}

impl PictureBody {
    /// The picture of this event.
    pub(crate) fn of(event: EventId, picture: &Picture) -> Self {
        let path = |size| places::picture(event, picture, size);
        let (large, small) = (path(PictureSize::Large), path(PictureSize::Small));
        Self { width: picture.width, height: picture.height, large, small }
    }
}

impl EventBody {
    /// The event, shown with this.
    pub(crate) fn of(event: &TicketedEvent, presentation: Presentation) -> Self {
        let description = &event.event.details.description;
        let Presentation { organizer: Organizer { name, public_contact: contact }, picture } = presentation;
        Self {
            summary: event.into(),
            organizer: OrganizerBody { name, contact },
            picture: picture.map(|picture| PictureBody::of(event.event.id, &picture)),
            description: description.clone(),
            description_blocks: formatted_text::blocks(description),
        }
    }
}

impl From<&TicketedEvent> for EventSummary {
    fn from(TicketedEvent { event, tickets }: &TicketedEvent) -> Self {
        let details = &event.details;
        Self {
            id: event.id,
            organizer_id: event.organizer,
            title: details.title.clone(),
            slug: slugs::slug(&details.title, event.id),
            location: details.location.clone(),
            starts_at: details.starts_at,
            ends_at: details.ends_at,
            time_zone: details.time_zone.clone(),
            sales_open_at: details.sales_open_at,
            sales_close_at: details.sales_close_at,
            cancel_until: details.cancel_until,
            verified_buyers_only: details.verified_buyers_only,
            seats: SeatCounts::of(tickets.types.iter().map(|one| one.seats), event.status),
            currency: event.terms.currency.map(Currency::code),
            ticket_types: TicketTypeBody::all(tickets, event.status),
            status: event.status,
            under_test: event.is_under_test(),
            edit_version: event.edit_version,
            created_at: event.created_at,
            updated_at: event.updated_at,
        }
    }
}

/// An event's ETag: its edit version, which `If-Match` compares, and its last decision.
pub(crate) fn etag(event: &Event) -> String {
    format!("\"{}.{}\"", event.edit_version, event.last_decision)
}

/// The ETag of an event with what it is shown with, which changes without an edit of the event.
pub(crate) fn etag_with(event: &Event, presentation: &Presentation) -> String {
    let mut hasher = DefaultHasher::new();
    presentation.hash(&mut hasher);
    // A few bits are enough to tell a change from the version before.
    format!("\"{}.{}-{:08x}\"", event.edit_version, event.last_decision, hasher.finish() >> 32)
}

/// An answer with the event as it is now, shown with this.
pub(crate) fn answer(
    mut response: HttpResponseBuilder,
    event: &TicketedEvent,
    presentation: Presentation,
) -> HttpResponse {
    let etag = etag_with(&event.event, &presentation);
    response.insert_header((ETAG, etag)).json(EventBody::of(event, presentation))
}
