//! An event in the head of its document, and in words for readers without scripts.

use chrono::{DateTime, Utc};
use domain::events::{EventDetails, EventStatus, TicketedEvent};
use domain::pictures::PictureSize;
use notices::places;
use notices::times::when;
use page::{Filling, escaped};
use repository::presentations::Presentation;
use serde_json::Value;

use crate::resources::formatted_text::plain;
use crate::resources::structured_data;

/// The length of a description for readers without scripts. A crowd loads it, so a long one is cut.
const ABOUT_CHARACTERS_MAX: usize = 1_000;
/// Programs that show previews cut longer texts.
const DESCRIPTION_CHARACTERS_MAX: usize = 200;

/// The document of one event. `site` is the address of the server, if its operator has told it.
pub(crate) fn of_event(
    event: &TicketedEvent,
    presentation: &Presentation,
    site: Option<&str>,
    now: DateTime<Utc>,
) -> Filling {
    let details = &event.event.details;
    let about = plain(&details.description);
    let about_in_short = shortened(&about, DESCRIPTION_CHARACTERS_MAX);
    let description = shortened(&format!("{}. {about}", facts(event, now)), DESCRIPTION_CHARACTERS_MAX);
    let path = places::event(&event.event);
    let page = site.map(|site| format!("{site}{path}"));
    let told = structured_data::of_event(event, presentation, &about_in_short, site, now);
    let canonical = escaped(page.as_deref().unwrap_or(&path));
    let known_by = page.as_deref().map(|page| format!("<meta property=\"og:url\" content=\"{}\">\n", escaped(page)));
    let head = format!(
        "<link rel=\"canonical\" href=\"{canonical}\">\n\
         {}<meta property=\"og:type\" content=\"website\">\n\
         <meta property=\"og:title\" content=\"{}\">\n\
         <meta property=\"og:description\" content=\"{}\">\n\
         {}<script type=\"application/ld+json\">{}</script>\n",
        known_by.unwrap_or_default(),
        escaped(&details.title),
        escaped(&description),
        picture_of(event, presentation, site).unwrap_or_default(),
        in_element(&told),
    );
    let without_scripts = format!(
        "<article class=\"panel\"><h1>{}</h1><p>{}</p><p>{}</p>{NEEDS_SCRIPTS}</article>",
        escaped(&details.title),
        marked(details, seats(event, now)),
        escaped(&shortened(&about, ABOUT_CHARACTERS_MAX)),
    );
    Filling {
        title: Some(format!("{} · Onsale", details.title)),
        description: Some(description),
        head: Some(head),
        without_scripts: Some(without_scripts),
    }
}

/// The picture for programs that show previews. They take absolute addresses only.
fn picture_of(event: &TicketedEvent, presentation: &Presentation, site: Option<&str>) -> Option<String> {
    let (picture, site) = presentation.picture.as_ref().zip(site)?;
    let path = places::picture(event.event.id, picture, PictureSize::Large);
    Some(format!(
        "<meta property=\"og:image\" content=\"{}\">\n\
         <meta property=\"og:image:width\" content=\"{}\">\n\
         <meta property=\"og:image:height\" content=\"{}\">\n\
         <meta name=\"twitter:card\" content=\"summary_large_image\">\n",
        escaped(&format!("{site}{path}")),
        picture.width,
        picture.height,
    ))
}

/// The document of the list.
pub(crate) fn of_list(events: &[TicketedEvent], site: Option<&str>) -> Filling {
    let rows = events.iter().map(|event| {
        let title = escaped(&event.event.details.title);
        format!(
            "<li><a href=\"{}\">{title}</a><br>{}</li>",
            places::event(&event.event),
            marked(&event.event.details, None)
        )
    });
    let rows = rows.collect::<String>();
    Filling {
        title: Some("Events · Onsale".to_owned()),
        head: Some(format!("<link rel=\"canonical\" href=\"{}/events\">\n", escaped(site.unwrap_or_default()))),
        without_scripts: Some(format!(
            "<section class=\"panel\"><h1>Events</h1><ul>{rows}</ul>{NEEDS_SCRIPTS}</section>"
        )),
        ..Filling::default()
    }
}

const NEEDS_SCRIPTS: &str = "<p>Booking needs JavaScript. Switch it on and load this page again.</p>";

/// When, where, and which seats are left.
fn facts(event: &TicketedEvent, now: DateTime<Utc>) -> String {
    let details = &event.event.details;
    let seats = seats(event, now).map(|seats| format!(" · {seats}"));
    // Letters that run from right to left would take the numbers behind them along.
    format!("{} · \u{2068}{}\u{2069}{}", when(details), details.location, seats.unwrap_or_default())
}

/// The same as HTML. A location in letters that run from right to left keeps its place.
fn marked(details: &EventDetails, seats: Option<String>) -> String {
    let seats = seats.map(|seats| format!(" · {}", escaped(&seats)));
    format!("{} · <bdi>{}</bdi>{}", escaped(&when(details)), escaped(&details.location), seats.unwrap_or_default())
}

/// The state of the sale, by the rules of `words/sales.js`; `page/tests/sales.json` holds both to them. Nothing of the
/// seats of a stress test.
fn seats(event: &TicketedEvent, now: DateTime<Utc>) -> Option<String> {
    let TicketedEvent { event, tickets } = event;
    let details = &event.details;
    let available: i32 = tickets.types.iter().map(|one| one.seats.available()).sum();
    let capacity: i32 = tickets.types.iter().map(|one| one.seats.capacity()).sum();
    let state = if event.status == EventStatus::Cancelled {
        "Cancelled".to_owned()
    } else if details.ends_at <= now {
        "Ended".to_owned()
    } else if event.is_under_test() {
        return None;
    } else if details.sales_open_at.is_some_and(|open| open > now) {
        "Sale opens soon".to_owned()
    } else if details.sales_close_at.is_some_and(|close| close <= now) {
        "Sale closed".to_owned()
    } else if capacity == 0 {
        "No seats yet".to_owned()
    } else if available == 0 {
        "Sold out, with a waitlist".to_owned()
    } else {
        let seats = if capacity == 1 { "seat" } else { "seats" };
        format!("{available} of {capacity} {seats} available")
    };
    Some(state)
}

/// JSON that no text in it can end the element of.
fn in_element(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}

/// The beginning of a text, in one line, cut at a word.
fn shortened(text: &str, characters_max: usize) -> String {
    let mut short = String::new();
    for word in text.split_whitespace() {
        if short.chars().count() + word.chars().count() + 1 > characters_max {
            short.push('…');
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    short
}

#[cfg(test)]
mod tests {
    use domain::seats::Seats;
    use domain::tickets::Tickets;

    use super::*;
    use crate::http::samples;

    /// The page's tests read them, too.
    const CASES: &str = include_str!("../../../../page/tests/sales.json");

    #[test]
    fn the_documents_and_the_page_agree_on_the_state_of_a_sale() {
        let cases: Vec<Value> = serde_json::from_str(CASES).unwrap();
        for case in &cases {
            // Drafts have no document.
            let Some(document) = case.get("document") else { continue };
            let now = time(&case["now"]).unwrap();
            assert_eq!(seats(&event(&case["event"]), now).as_deref(), document.as_str(), "{}", case["why"]);
        }
    }

    fn event(facts: &Value) -> TicketedEvent {
        let count = |name: &str| i32::try_from(facts[name].as_i64().unwrap()).unwrap();
        let (capacity, available) = (count("capacity"), count("seats_available"));
        let mut ticketed = samples::concert();
        let event = &mut ticketed.event;
        event.status = EventStatus::ALL.into_iter().find(|status| facts["status"] == status.as_str()).unwrap();
        event.under_test_since = facts["under_test"].as_bool().unwrap().then_some(1);
        event.details.ends_at = time(&facts["ends_at"]).unwrap();
        event.details.sales_open_at = time(&facts["sales_open_at"]);
        event.details.sales_close_at = time(&facts["sales_close_at"]);
        ticketed.tickets = Tickets::simple(capacity);
        ticketed.tickets.types[0].seats = Seats::stored(capacity, available, 0).unwrap();
        ticketed
    }

    fn time(text: &Value) -> Option<DateTime<Utc>> {
        text.as_str().map(|text| text.parse().unwrap())
    }
}
