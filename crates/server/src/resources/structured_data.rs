//! An event by the vocabulary of schema.org, which search engines read (<https://schema.org/Event>).

use chrono::{DateTime, Utc};
use domain::events::{Event, EventStatus, TicketedEvent};
use domain::pictures::PictureSize;
use domain::tickets::{Price, TicketType};
use domain::zones::Zone;
use notices::places;
use repository::organizers::Organizer;
use repository::presentations::Presentation;
use serde_json::{Map, Value, json};

/// The most offers. Each costs a crowd some bytes of the document.
const OFFERS_MAX: usize = 10;

/// The event. `about` is its description without markup, and `site` the address of the server, if that is known.
pub(super) fn of_event(
    ticketed: &TicketedEvent,
    presentation: &Presentation,
    about: &str,
    site: Option<&str>,
    now: DateTime<Utc>,
) -> Value {
    let event = &ticketed.event;
    let page = site.map(|site| format!("{site}{}", places::event(event)));
    let picture = presentation.picture.as_ref().zip(site);
    let picture = picture.map(|(one, site)| format!("{site}{}", places::picture(event.id, one, PictureSize::Large)));
    let details = &event.details;
    let zone = Zone::of(details);
    let (location, attendance) = location(&details.location);
    let known = [
        ("@context", json!("https://schema.org")),
        ("@type", json!("Event")),
        ("name", json!(details.title)),
        ("startDate", json!(zone.rfc3339(details.starts_at))),
        ("endDate", json!(zone.rfc3339(details.ends_at))),
        ("eventStatus", json!(status(event))),
        ("eventAttendanceMode", json!(attendance)),
        ("location", location),
        ("organizer", organization(&presentation.organizer)),
    ];
    let offers = offers(ticketed, page.as_deref(), now);
    let optional = [
        ("description", (!about.is_empty()).then(|| json!(about))),
        ("image", picture.map(|address| json!([address]))),
        ("url", page.map(|page| json!(page))),
        ("offers", (!offers.is_empty()).then(|| json!(offers))),
    ];
    object(known, optional)
}

fn object<const N: usize, const M: usize>(known: [(&str, Value); N], optional: [(&str, Option<Value>); M]) -> Value {
    let optional = optional.into_iter().filter_map(|(name, value)| Some((name, value?)));
    Value::Object(
        known.into_iter().chain(optional).map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>(),
    )
}

fn status(event: &Event) -> &'static str {
    match event.status {
        EventStatus::Cancelled => "https://schema.org/EventCancelled",
        EventStatus::Draft | EventStatus::Published => "https://schema.org/EventScheduled",
    }
}

/// The location, and how the event is attended. An address on the web is a place where people meet online.
fn location(text: &str) -> (Value, &'static str) {
    if is_web_address(text) {
        (json!({ "@type": "VirtualLocation", "url": text }), "https://schema.org/OnlineEventAttendanceMode")
    } else {
        let place = json!({ "@type": "Place", "name": text, "address": text });
        (place, "https://schema.org/OfflineEventAttendanceMode")
    }
}

fn organization(organizer: &Organizer) -> Value {
    let contact = organizer.public_contact.as_deref().filter(|contact| is_web_address(contact));
    object(
        [("@type", json!("Organization")), ("name", json!(organizer.name))],
        [("url", contact.map(|contact| json!(contact)))],
    )
}

fn is_web_address(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(char::is_whitespace)
}

/// The prices that everybody may see, while the event can be booked or will be. Stress tests offer nothing.
fn offers(TicketedEvent { event, tickets }: &TicketedEvent, page: Option<&str>, now: DateTime<Utc>) -> Vec<Value> {
    let closes_at = event.details.sales_close_at;
    let is_over =
        event.status == EventStatus::Cancelled || event.has_ended(now) || closes_at.is_some_and(|at| at <= now);
    if is_over || event.is_under_test() {
        return Vec::new();
    }
    let is_offered = |price: &Price| {
        price.is_public() && !price.is_closed && price.closes_at.is_none_or(|closes_at| now < closes_at)
    };
    let offered = tickets.prices.iter().filter(|price| is_offered(price)).take(OFFERS_MAX);
    offered.filter_map(|price| Some(offer(event, tickets.ticket_type(price.ticket_type)?, price, page, now))).collect()
}

fn offer(event: &Event, of: &TicketType, price: &Price, page: Option<&str>, now: DateTime<Utc>) -> Value {
    let zone = Zone::of(&event.details);
    let opens_at = price.opens_at.max(event.details.sales_open_at);
    let closes_at = price.closes_at.into_iter().chain(event.details.sales_close_at).min();
    let availability = if opens_at.is_some_and(|opens_at| now < opens_at) {
        "https://schema.org/PreOrder"
    } else if of.seats.available() == 0 || price.left() == Some(0) {
        "https://schema.org/SoldOut"
    } else {
        "https://schema.org/InStock"
    };
    let name = if of.name == price.name { of.name.clone() } else { format!("{}: {}", of.name, price.name) };
    let currency = event.terms.currency;
    let amount = currency.map_or_else(|| price.amount.to_string(), |currency| currency.decimal(price.amount));
    object(
        [
            ("@type", json!("Offer")),
            ("name", json!(name)),
            ("price", json!(amount)),
            ("availability", json!(availability)),
        ],
        [
            ("priceCurrency", currency.map(|currency| json!(currency.code()))),
            ("url", page.map(|page| json!(page))),
            ("validFrom", opens_at.map(|at| json!(zone.rfc3339(at)))),
            ("validThrough", closes_at.map(|at| json!(zone.rfc3339(at)))),
        ],
    )
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use domain::money::Terms;
    use domain::seats::Seats;
    use domain::tickets::{Code, Tickets};

    use super::*;
    use crate::http::samples::{self, sale};

    fn concert() -> TicketedEvent {
        let TicketedEvent { mut event, .. } = samples::concert();
        let mut tickets = Tickets::simple(100);
        let (first, hidden) = (tickets.prices[0].clone(), Code::parse("SECRET").unwrap());
        tickets.prices[0].amount = 2_550;
        tickets.prices.push(Price { number: 2.into(), name: "Members".into(), code: Some(hidden), ..first.clone() });
        tickets.prices.push(Price { number: 3.into(), name: "Late".into(), is_closed: true, ..first });
        event.terms = Terms { currency: "EUR".parse().ok(), ..Terms::default() };
        event.seats = tickets.seats();
        TicketedEvent { event, tickets }
    }

    fn told(event: &TicketedEvent, now: DateTime<Utc>) -> Value {
        of_event(event, &samples::presentation(), "Doors open at seven.", Some("https://onsale.example"), now)
    }

    #[test]
    fn an_event_has_its_own_times_its_organizer_and_the_prices_that_everybody_sees() {
        let event = concert();
        let told = told(&event, sale());
        let start = event.event.details.starts_at;
        let said = told["startDate"].as_str().unwrap();
        assert_eq!(said.parse::<DateTime<Utc>>().unwrap(), start);
        assert!(!said.ends_with('Z') && !said.ends_with("+00:00"), "the clocks of the event's zone: {said}");
        assert_eq!(told["organizer"]["name"], samples::organizer().name);
        assert_eq!(told["location"]["@type"], "Place");
        let offers = told["offers"].as_array().unwrap();
        assert_eq!(offers.len(), 1, "no price with a code, and no closed one: {offers:?}");
        assert_eq!((&offers[0]["price"], &offers[0]["priceCurrency"]), (&json!("25.50"), &json!("EUR")));
        assert_eq!(offers[0]["availability"], "https://schema.org/InStock");
        assert!(!told.to_string().contains("SECRET") && !told.to_string().contains("Members"));
    }

    #[test]
    fn what_is_offered_follows_the_sale() {
        let availability = |event: &TicketedEvent, now| told(event, now)["offers"][0]["availability"].clone();
        let mut event = concert();
        assert_eq!(availability(&event, sale() - TimeDelta::hours(1)), "https://schema.org/PreOrder");
        event.tickets.types[0].seats = Seats::stored(100, 0, 0).unwrap();
        assert_eq!(availability(&event, sale()), "https://schema.org/SoldOut");
        event.event.details.sales_close_at = Some(sale());
        assert!(told(&event, sale()).get("offers").is_none(), "the sale is closed");
        let mut tested = concert();
        tested.event.under_test_since = Some(1);
        assert!(told(&tested, sale()).get("offers").is_none());
        let mut online = concert();
        online.event.details.location = "https://meet.example/room".into();
        let told = told(&online, sale());
        assert_eq!(told["location"], json!({ "@type": "VirtualLocation", "url": "https://meet.example/room" }));
        assert_eq!(told["eventAttendanceMode"], "https://schema.org/OnlineEventAttendanceMode");
    }
}
