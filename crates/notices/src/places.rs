//! The paths of the pages that messages, calendar files and previews lead to.

use auth::secrets::AddressSecret;
use domain::events::Event;
use domain::ids::{EventId, RegistrationId};
use domain::pictures::{Picture, PictureSize};
use domain::slugs;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The page with a person's bookings.
pub const TICKETS: &str = "/tickets";

/// The page with an organizer's webhooks.
pub const WEBHOOKS: &str = "/studio/webhooks";

/// In a path, everything else is encoded.
const SLUG: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-');

/// The page where the person of a registration refuses the organizer's announcements, and where mail programs do it.
pub fn refusal(event: EventId, registration: RegistrationId, secret: &AddressSecret) -> String {
    format!("/unsubscribe/{event}/{registration}/{}", secret.expose())
}

/// The file of an event's picture.
pub fn picture(event: EventId, picture: &Picture, size: PictureSize) -> String {
    format!("/events/{event}/pictures/{}/{}", picture.id, size.as_str())
}

/// The page of an event.
pub fn event(event: &Event) -> String {
    let slug = slugs::slug(&event.details.title, event.id);
    format!("/e/{}", utf8_percent_encode(&slug, SLUG))
}
