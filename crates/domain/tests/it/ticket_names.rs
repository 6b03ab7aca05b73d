//! When the tickets of a booking may get names.

use domain::check_ins::{DoorChoice, DoorSettings};
use domain::events::{Event, EventStatus};
use domain::limits::{NAME_CHARACTERS_MAX, NAMES_CLOSE_MINUTES_MAX};
use domain::registrations::RegistrationStatus;
use domain::ticket_names::{NamedBooking, NamesRefused, TicketNames, WantedNames, check};

use crate::stage::{at, event};

fn wanted(names: &[Option<&str>]) -> WantedNames {
    let names: Vec<Option<String>> = names.iter().map(|name| name.map(str::to_owned)).collect();
    WantedNames::parse(&names).unwrap()
}

/// A confirmed booking of three seats, whose first ticket has a name.
fn booking<'a>(event: &'a Event, names: &'a TicketNames) -> NamedBooking<'a> {
    let settings = DoorSettings::default();
    NamedBooking { event, settings, status: RegistrationStatus::Confirmed, seats: 3, names, admitted: &[] }
}

#[test]
fn names_are_one_line_each_and_tickets_without_one_have_none() {
    let names = wanted(&[Some(" Ada Lovelace "), None, Some("Zoe\u{308}")]);
    assert_eq!(names.tickets, 3);
    let expected = [(1, "Ada Lovelace".to_owned()), (3, "Zo\u{eb}".to_owned())];
    assert_eq!(names.names, TicketNames::from(expected));
    for wrong in ["", "  ", "Ada\nLovelace", "A\u{202e}da", &"a".repeat(NAME_CHARACTERS_MAX + 1)] {
        assert_eq!(WantedNames::parse(&[Some(wrong.to_owned())]).unwrap_err().field, "names", "{wrong:?}");
    }
    assert!(WantedNames::parse(&[Some("a".repeat(NAME_CHARACTERS_MAX))]).is_ok());
}

#[test]
fn names_are_filled_in_until_the_chosen_time_before_the_start() {
    let (event, _) = event(10);
    let names = TicketNames::new();
    let ada = wanted(&[Some("Ada")]);
    // The event starts at step 900, and a step is half a minute.
    let until = |minutes: Option<i32>| DoorSettings { names_minutes_before: minutes, ..DoorSettings::default() };
    for (minutes, closes) in [(0, 900), (10, 880), (60, 780)] {
        let booking = NamedBooking { settings: until(Some(minutes)), ..booking(&event, &names) };
        assert_eq!(check(booking, &ada, at(closes - 1)), Ok(()));
        assert_eq!(check(booking, &ada, at(closes)), Err(NamesRefused::Closed(at(closes))));
    }
    let nobody = NamedBooking { settings: until(None), ..booking(&event, &names) };
    assert_eq!(check(nobody, &ada, at(0)), Err(NamesRefused::Off));
}

#[test]
fn only_a_confirmed_booking_of_an_event_that_takes_place_has_names() {
    let (event, _) = event(10);
    let (names, ada) = (TicketNames::new(), wanted(&[Some("Ada")]));
    for status in [RegistrationStatus::Held, RegistrationStatus::Waitlisted, RegistrationStatus::Cancelled] {
        let other = NamedBooking { status, ..booking(&event, &names) };
        assert_eq!(check(other, &ada, at(0)), Err(NamesRefused::NotConfirmed), "{status:?}");
    }
    assert_eq!(check(booking(&event, &names), &ada, at(1_000)), Err(NamesRefused::EventEnded));
    let cancelled = Event { status: EventStatus::Cancelled, ..event };
    assert_eq!(check(booking(&cancelled, &names), &ada, at(0)), Err(NamesRefused::EventCancelled));
}

#[test]
fn a_ticket_that_is_in_keeps_its_name_and_no_ticket_is_made_by_naming_it() {
    let (event, _) = event(10);
    let names = TicketNames::from([(1, "Ada".to_owned()), (4, "Of a seat that was given up".to_owned())]);
    let is_in = NamedBooking { admitted: &[1, 2, 4], ..booking(&event, &names) };
    assert_eq!(check(is_in, &wanted(&[Some("Ada"), None, Some("Bob")]), at(0)), Ok(()));
    for (other, ticket) in [(vec![Some("Eve"), None], 1), (vec![], 1), (vec![Some("Ada"), Some("Bob")], 2)] {
        assert_eq!(check(is_in, &wanted(&other), at(0)), Err(NamesRefused::CheckedIn { ticket }), "{other:?}");
    }
    let four = wanted(&[None, None, None, None]);
    assert_eq!(check(booking(&event, &names), &four, at(0)), Err(NamesRefused::TooMany { tickets: 3 }));
}

#[test]
fn a_choice_of_settings_is_bounded() {
    let choice = |minutes| DoorChoice {
        opens_minutes_before: None,
        names_minutes_before: minutes,
        transfers: false,
        attach_tickets: true,
    };
    let most = i64::from(NAMES_CLOSE_MINUTES_MAX);
    for minutes in [None, Some(0), Some(most)] {
        let settings = DoorSettings::parse(choice(minutes)).unwrap();
        assert_eq!(settings.names_minutes_before.map(i64::from), minutes);
        assert_eq!((settings.transfers, settings.attach_tickets), (false, true));
    }
    for minutes in [-1, most + 1, i64::MAX] {
        assert_eq!(DoorSettings::parse(choice(Some(minutes))).unwrap_err().field, "names_minutes_before");
    }
}
