//! Calendar files.

use chrono::{DateTime, Utc};
use domain::events::{Event, EventDetails, EventStatus, NewEvent};
use domain::ids::{EventId, RegistrationId, UserId};
use domain::registrations::{Registration, RegistrationStatus};
use domain::tickets::{PriceNumber, Split, TypeNumber};
use ical::IcalParser;
use ical::parser::ical::component::IcalCalendar;
use ical::property::Property;
use notices::calendar::{Beside, Entry, Method, feed, file};
use proptest::prelude::*;
use uuid::Uuid;

const LINE_OCTETS_MAX: usize = 75;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn event() -> Event {
    let details = EventDetails {
        title: "Jazz; live, at \\night".to_owned(),
        description: String::new(),
        location: "Hall 1, Main Street".to_owned(),
        starts_at: at("2026-11-21T18:00:00Z"),
        ends_at: at("2026-11-21T21:30:00Z"),
        time_zone: "Europe/Berlin".to_owned(),
        sales_open_at: None,
        sales_close_at: None,
        cancel_until: None,
        verified_buyers_only: false,
    };
    let now = at("2026-01-02T03:04:05.678Z");
    let (id, organizer) = (EventId::from(Uuid::from_u128(1)), UserId::from(Uuid::from_u128(2)));
    let new = NewEvent::draft(id, organizer, details, 10, now).unwrap();
    let (event, ..) = Event::new(new, now);
    Event { edit_version: 3, status: EventStatus::Published, ..event }
}

fn booking(status: RegistrationStatus) -> Registration {
    let seated = (status != RegistrationStatus::Waitlisted).then_some(7);
    let cancelled = (status == RegistrationStatus::Cancelled).then_some(9);
    Registration {
        id: RegistrationId::from(Uuid::from_u128(5)),
        user: UserId::from(Uuid::from_u128(6)),
        ticket_type: TypeNumber::FIRST,
        status,
        booked: 2,
        split: Split::one(PriceNumber::FIRST, 2).unwrap(),
        amount: 0,
        decision: 4,
        seated_decision: seated,
        cancelled_decision: cancelled,
        idempotency_key: None,
        registered_at: at("2026-02-01T10:00:00Z"),
        seated_at: seated.map(|_| at("2026-02-02T10:00:00Z")),
        cancelled_at: cancelled.map(|_| at("2026-02-03T10:00:00Z")),
        hold: None,
        paid: None,
        owed: 0,
        cancellation: None,
    }
}

/// What another program reads. Every line must be as the standard has it, too.
fn read(text: &str) -> IcalCalendar {
    assert!(text.ends_with("\r\n"));
    for line in text.strip_suffix("\r\n").unwrap().split("\r\n") {
        assert!(!line.contains(['\r', '\n']), "{line:?}");
        assert!(line.len() <= LINE_OCTETS_MAX, "{} octets: {line:?}", line.len());
        assert!(!line.chars().any(char::is_control), "{line:?}");
    }
    let mut calendars = IcalParser::new(text.as_bytes());
    let calendar = calendars.next().unwrap().unwrap();
    assert!(calendars.next().is_none());
    for part in [&calendar.todos.len(), &calendar.alarms.len(), &calendar.journals.len(), &calendar.timezones.len()] {
        assert_eq!(*part, 0);
    }
    calendar
}

fn names(properties: &[Property]) -> Vec<&str> {
    properties.iter().map(|property| property.name.as_str()).collect()
}

fn value(properties: &[Property], name: &str) -> String {
    let mut found = properties.iter().filter(|property| property.name == name);
    let value = found.next().unwrap_or_else(|| panic!("no {name}")).value.clone().unwrap_or_default();
    assert!(found.next().is_none(), "two of {name}");
    value
}

/// A text as it was before it was escaped (RFC 5545, section 3.3.11).
fn text(properties: &[Property], name: &str) -> String {
    let escaped = value(properties, name);
    let mut plain = String::new();
    let mut characters = escaped.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => match characters.next().unwrap() {
                'n' | 'N' => plain.push('\n'),
                c @ ('\\' | ';' | ',') => plain.push(c),
                c => panic!("\\{c}"),
            },
            ';' | ',' => panic!("{c} is not escaped in {escaped:?}"),
            c => plain.push(c),
        }
    }
    plain
}

const PAGE: &str = "https://tickets.example/e/jazz-1";

fn beside() -> Beside<'static> {
    Beside { about: "Doors open\nat seven", page: Some(PAGE), organizer: Some(("Ada", "ada@example.org")) }
}

#[test]
fn an_event_is_one_entry_with_its_times_in_utc() {
    let calendar = read(&file(Method::Publish, &Entry::of_event(&event(), beside())));
    let head: Vec<_> =
        calendar.properties.iter().map(|one| (one.name.as_str(), one.value.as_deref().unwrap())).collect();
    assert_eq!(
        head,
        [("VERSION", "2.0"), ("PRODID", "-//Onsale//Onsale//EN"), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH")]
    );
    let [entry] = calendar.events.as_slice() else { panic!("{} entries", calendar.events.len()) };
    let entry = &entry.properties;
    for (name, expected) in [
        ("UID", "00000000-0000-0000-0000-000000000001"),
        ("SEQUENCE", "3"),
        ("DTSTAMP", "20260102T030405Z"),
        ("DTSTART", "20261121T180000Z"),
        ("DTEND", "20261121T213000Z"),
        ("STATUS", "CONFIRMED"),
        ("URL", PAGE),
        ("ORGANIZER", "mailto:ada@example.org"),
    ] {
        assert_eq!(value(entry, name), expected, "{name}");
    }
    assert_eq!(text(entry, "SUMMARY"), "Jazz; live, at \\night");
    assert_eq!(text(entry, "LOCATION"), "Hall 1, Main Street");
    assert_eq!(
        text(entry, "DESCRIPTION"),
        format!("Sat, 21 Nov 2026, 19:00 – 22:30 (Europe/Berlin)\n\nDoors open\nat seven\n\n{PAGE}")
    );
    assert_eq!(entry.len(), 11, "{:?}", names(entry));
}

#[test]
fn the_same_event_makes_the_same_file() {
    let once = || file(Method::Publish, &Entry::of_event(&event(), beside()));
    assert_eq!(once(), once());
}

#[test]
fn the_status_is_the_events() {
    for (status, expected) in [
        (EventStatus::Draft, "TENTATIVE"),
        (EventStatus::Published, "CONFIRMED"),
        (EventStatus::Cancelled, "CANCELLED"),
    ] {
        let entry = Entry::of_event(&Event { status, ..event() }, Beside::default());
        let calendar = read(&file(Method::Publish, &entry));
        let entry = &calendar.events[0].properties;
        assert_eq!(value(entry, "STATUS"), expected);
        assert_eq!(text(entry, "DESCRIPTION").contains("This event is cancelled."), status == EventStatus::Cancelled);
    }
}

#[test]
fn a_booking_has_its_own_id_and_says_what_it_is() {
    use RegistrationStatus::{Cancelled, Confirmed, Held, Waitlisted};
    for (status, sequence, stamp, expected, words) in [
        (Waitlisted, "7", "20260201T100000Z", "TENTATIVE", "You’re on the waitlist for 2 seats."),
        (Held, "10", "20260202T100000Z", "CONFIRMED", "Held for you until paid: 2 seats."),
        (Confirmed, "10", "20260202T100000Z", "CONFIRMED", "You have 2 seats."),
        (Cancelled, "12", "20260203T100000Z", "CANCELLED", "Your booking is cancelled."),
    ] {
        let entry = Entry::of_booking(&booking(status), &event(), Beside::default());
        let calendar = read(&file(Method::Publish, &entry));
        let entry = &calendar.events[0].properties;
        assert_eq!(value(entry, "UID"), "00000000-0000-0000-0000-000000000005");
        assert_eq!(value(entry, "SEQUENCE"), sequence);
        assert_eq!(value(entry, "DTSTAMP"), stamp);
        assert_eq!(value(entry, "STATUS"), expected);
        assert!(text(entry, "DESCRIPTION").starts_with(words), "{}", text(entry, "DESCRIPTION"));
    }
    let off = Event { status: EventStatus::Cancelled, ..event() };
    let cancel = file(Method::Cancel, &Entry::of_booking(&booking(Confirmed), &off, Beside::default()));
    let calendar = read(&cancel);
    assert_eq!(value(&calendar.properties, "METHOD"), "CANCEL");
    assert_eq!(value(&calendar.events[0].properties, "STATUS"), "CANCELLED");
}

#[test]
fn a_feed_has_a_name_and_all_entries_or_none() {
    let entries = [
        Entry::of_booking(&booking(RegistrationStatus::Confirmed), &event(), Beside::default()),
        Entry::of_event(&event(), Beside::default()),
    ];
    let calendar = read(&feed("My tickets; \"Onsale\"\r\nX:1", &entries));
    assert_eq!(text(&calendar.properties, "X-WR-CALNAME"), "My tickets; \"Onsale\"  X:1");
    assert_eq!(value(&calendar.properties, "REFRESH-INTERVAL"), "PT3600S");
    assert_eq!(calendar.events.len(), 2);
    assert_eq!(read(&feed("", &[])).events.len(), 0);
}

#[test]
fn an_organizer_may_be_reached_on_the_web_and_no_name_breaks_the_line() {
    for (name, contact, read_name, read_contact) in [
        ("Ada", "https://example.org/a?b=c,d;e", "Ada", "https://example.org/a?b=c,d;e"),
        ("A \"B\"; C:D, E", "a?b%&#;c@x.org", "A 'B'; C:D, E", "mailto:a%3Fb%25%26%23%3Bc@x.org"),
        ("\"", "ada@example.org", "'", "mailto:ada@example.org"),
        ("A\r\nATTACH:x", "a\r\nATTACH:x@y", "A  ATTACH:x", "mailto:a%0D%0AATTACH%3Ax@y"),
        ("אדה לאבלייס", "https://example.org/א\r\nX:1", "אדה לאבלייס", "https://example.org/%D7%90%0D%0AX:1"),
    ] {
        let beside = Beside { organizer: Some((name, contact)), ..Beside::default() };
        let calendar = read(&file(Method::Publish, &Entry::of_event(&event(), beside)));
        let entry = &calendar.events[0].properties;
        assert_eq!(value(entry, "ORGANIZER"), read_contact);
        let organizer = entry.iter().find(|property| property.name == "ORGANIZER").unwrap();
        assert_eq!(organizer.params, Some(vec![("CN".to_owned(), vec![read_name.to_owned()])]), "{name}");
    }
}

#[test]
fn long_lines_are_folded_between_characters() {
    let mut long = event();
    long.details.title = "אירוע 🎷 e\u{301}véné ".repeat(40);
    long.details.location = "場所".repeat(150);
    let about = "שלום עולם, ".repeat(900);
    let written = file(Method::Publish, &Entry::of_event(&long, Beside { about: &about, ..beside() }));
    let calendar = read(&written);
    let entry = &calendar.events[0].properties;
    // The reader drops white space at the end of a value.
    assert_eq!(text(entry, "SUMMARY"), long.details.title.trim_end());
    assert_eq!(text(entry, "LOCATION"), long.details.location);
    assert!(text(entry, "DESCRIPTION").contains(about.trim_end()));
}

#[test]
fn controls_of_direction_and_other_invisible_characters_are_left_out() {
    let mut odd = event();
    odd.details.title = "a\u{202e}b\u{0}c\u{85}d\u{2028}e\tf\u{7f}g".to_owned();
    let calendar =
        read(&file(Method::Publish, &Entry::of_event(&odd, Beside { about: "x\u{2067}\ry\u{b}z", ..beside() })));
    let entry = &calendar.events[0].properties;
    assert_eq!(text(entry, "SUMMARY"), "abc d e fg");
    assert!(text(entry, "DESCRIPTION").contains("\n\nx\ny\nz\n\n"));
}

/// Texts with what a line of a calendar is made of.
fn hostile() -> impl Strategy<Value = String> {
    let parts = prop_oneof![
        Just("\r\n".to_owned()),
        Just("\n".to_owned()),
        Just("\r".to_owned()),
        Just("\r\n ".to_owned()),
        Just("\"".to_owned()),
        Just("\\".to_owned()),
        Just("\\n".to_owned()),
        Just(";".to_owned()),
        Just(":".to_owned()),
        Just(",".to_owned()),
        Just("=".to_owned()),
        Just("END:VEVENT".to_owned()),
        Just("BEGIN:VALARM".to_owned()),
        Just("ATTACH:http://evil.example".to_owned()),
        Just("שלום".to_owned()),
        Just("🎷".to_owned()),
        any::<String>(),
    ];
    proptest::collection::vec(parts, 0..12).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_anybody_typed_becomes_another_line_or_property(
        title in hostile(), location in hostile(), about in hostile(), name in hostile(), contact in hostile(),
        page in hostile(), called in hostile(),
    ) {
        let mut typed = event();
        typed.details.title = title;
        typed.details.location.clone_from(&location);
        let page = format!("https://tickets.example/{page}");
        let beside = Beside { about: &about, page: Some(&page), organizer: Some((&name, &contact)) };
        let entry = Entry::of_event(&typed, beside);
        for written in [file(Method::Publish, &entry), feed(&called, std::slice::from_ref(&entry))] {
            let calendar = read(&written);
            prop_assert_eq!(calendar.events.len(), 1);
            let entry = &calendar.events[0];
            prop_assert!(entry.alarms.is_empty());
            let mut found = names(&entry.properties);
            found.sort_unstable();
            let mut expected = vec![
                "DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART", "LOCATION", "ORGANIZER", "SEQUENCE", "STATUS", "SUMMARY",
                "UID", "URL",
            ];
            if location.is_empty() {
                expected.retain(|name| *name != "LOCATION");
            }
            prop_assert_eq!(found, expected);
            for name in ["SUMMARY", "DESCRIPTION"] {
                text(&entry.properties, name);
            }
            let organizer = entry.properties.iter().find(|property| property.name == "ORGANIZER").unwrap();
            let parameters = organizer.params.clone().unwrap_or_default();
            prop_assert!(parameters.len() == 1 && parameters[0].0 == "CN" && parameters[0].1.len() <= 1);
        }
    }
}

#[test]
fn a_line_that_just_fits_is_not_folded_and_the_next_one_is() {
    for octets in 60..=240 {
        let mut long = event();
        long.details.title = "x".repeat(octets);
        let written = file(Method::Publish, &Entry::of_event(&long, Beside::default()));
        assert_eq!(text(&read(&written).events[0].properties, "SUMMARY"), long.details.title);
        let lines = written.split("\r\n").filter(|line| line.starts_with("SUMMARY") || line.starts_with(" x")).count();
        // "SUMMARY:" has 8 octets, and each further line has room for 74.
        assert_eq!(lines, 1 + (octets + 8).saturating_sub(LINE_OCTETS_MAX).div_ceil(LINE_OCTETS_MAX - 1), "{octets}");
    }
}
