//! The facts of a message: all that its words may name.

use domain::events::Event;
use domain::registrations::{Registration, RegistrationStatus};
use domain::zones::Zone;
use serde::{Deserialize, Serialize};

/// The facts of a message, as they were when it was told. They are stored with it. Texts that people have typed are as
/// they typed them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The person who is told.
    pub person: PersonFacts,
    /// The organizer of the event.
    pub organizer: OrganizerFacts,
    /// The event.
    pub event: EventFacts,
    /// The booking.
    pub booking: BookingFacts,
    /// Its place on the waitlist.
    pub line: LineFacts,
    /// How it was taken away.
    pub removal: RemovalFacts,
    /// An organizer's own words.
    pub announcement: AnnouncementFacts,
}

/// The person who is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonFacts {
    /// The person's name.
    pub name: String,
}

/// The organizer of the event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizerFacts {
    /// The organizer's name.
    pub name: String,
    /// An e-mail address, or an address of the web.
    pub contact: Option<String>,
}

/// An event, by the clocks of its zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventFacts {
    /// Its title.
    pub title: String,
    /// Its start: `Saturday, 10 May 2027, 19:00`.
    pub starts: String,
    /// Its end in the same form, or only the time if it is on the same day.
    pub ends: String,
    /// Its zone: `Europe/Berlin`.
    pub zone: String,
    /// Its location.
    pub location: String,
}

/// A booking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingFacts {
    /// Its seats.
    pub seats: i32,
    /// Their price together: `EUR 30.00`; `None` if nothing.
    pub amount: Option<String>,
    /// Until when they are held, by the clocks of the event's zone.
    pub pay_until: Option<String>,
    /// How to pay, in the organizer's words.
    pub payment_instructions: String,
    /// Its status.
    pub status: String,
}

/// A place on the waitlist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LineFacts {
    /// 1 is next.
    pub position: Option<usize>,
    /// The seats that those ahead want.
    pub seats_ahead: Option<i64>,
}

/// How a booking was taken away.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RemovalFacts {
    /// Why.
    pub reason: Option<String>,
    /// Whether its person may book again.
    pub may_book_again: bool,
}

/// An organizer's own words.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AnnouncementFacts {
    /// One line.
    pub subject: Option<String>,
    /// Several lines.
    pub text: Option<String>,
}

impl EventFacts {
    fn of(event: &Event) -> Self {
        const IN_FULL: &str = "%A, %-d %B %Y, %H:%M";
        let details = &event.details;
        let zone = Zone::of(details);
        let (start, end) = (zone.clock(details.starts_at), zone.clock(details.ends_at));
        let end = if start.date() == end.date() { end.format("%H:%M") } else { end.format(IN_FULL) };
        Self {
            title: details.title.clone(),
            starts: start.format(IN_FULL).to_string(),
            ends: end.to_string(),
            zone: zone.name().to_owned(),
            location: details.location.clone(),
        }
    }
}

impl BookingFacts {
    fn of(event: &Event, registration: &Registration) -> Self {
        let zone = Zone::of(&event.details);
        let until = registration.hold.map(|hold| zone.clock(hold.until).format("%A, %-d %B %Y, %H:%M").to_string());
        let currency = event.terms.currency.filter(|_| registration.amount > 0);
        Self {
            seats: registration.seats(),
            amount: currency.map(|currency| currency.in_words(registration.amount)),
            pay_until: until.filter(|_| registration.status == RegistrationStatus::Held),
            payment_instructions: event.terms.instructions.clone(),
            status: registration.status.as_str().to_owned(),
        }
    }
}

impl Facts {
    /// The facts of a registration as it stands. Place on the waitlist and announcement are given, where there are any.
    pub fn of(
        event: &Event,
        registration: &Registration,
        person: PersonFacts,
        organizer: OrganizerFacts,
        line: LineFacts,
        announcement: AnnouncementFacts,
    ) -> Self {
        let removal = registration.cancellation.as_ref().and_then(|cancellation| cancellation.removal());
        Self {
            person,
            organizer,
            event: EventFacts::of(event),
            booking: BookingFacts::of(event, registration),
            line,
            removal: removal.map_or_else(RemovalFacts::default, |removal| RemovalFacts {
                reason: Some(removal.reason.as_str().to_owned()),
                may_book_again: removal.may_book_again,
            }),
            announcement,
        }
    }

    /// Facts with everything that there may be, and with as little as there may be.
    pub(crate) fn samples() -> [Self; 2] {
        let text = || "x".to_owned();
        let event = EventFacts { title: text(), starts: text(), ends: text(), zone: text(), location: text() };
        let booking = BookingFacts {
            seats: 2,
            amount: Some(text()),
            pay_until: Some(text()),
            payment_instructions: text(),
            status: RegistrationStatus::Held.as_str().to_owned(),
        };
        let full = Self {
            person: PersonFacts { name: text() },
            organizer: OrganizerFacts { name: text(), contact: Some(text()) },
            event,
            booking,
            line: LineFacts { position: Some(2), seats_ahead: Some(3) },
            removal: RemovalFacts { reason: Some(text()), may_book_again: true },
            announcement: AnnouncementFacts { subject: Some(text()), text: Some(text()) },
        };
        let booking = BookingFacts {
            seats: 1,
            amount: None,
            pay_until: None,
            payment_instructions: String::new(),
            status: RegistrationStatus::Confirmed.as_str().to_owned(),
        };
        let empty = Self {
            organizer: OrganizerFacts { name: text(), contact: None },
            booking,
            line: LineFacts::default(),
            removal: RemovalFacts::default(),
            announcement: AnnouncementFacts::default(),
            ..full.clone()
        };
        [full, empty]
    }

    /// The same with texts that have letters from right to left set apart, so that they do not turn the sentence around
    /// them.
    pub fn isolated(mut self) -> Self {
        let isolate = |text: &mut String| {
            if has_right_to_left(text) {
                *text = format!("\u{2068}{text}\u{2069}");
            }
        };
        isolate(&mut self.person.name);
        isolate(&mut self.organizer.name);
        isolate(&mut self.event.title);
        isolate(&mut self.event.location);
        self.announcement.subject.iter_mut().for_each(isolate);
        self
    }
}

/// Whether a text has Hebrew, Arabic or other letters that are written from right to left.
fn has_right_to_left(text: &str) -> bool {
    text.chars().any(|c| {
        matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}')
    })
}
