//! Events and bookings as calendar files (iCalendar, RFC 5545 and 5546), to open, to attach to mail and to subscribe to.
//!
//! Times are in UTC, which every program shows by the clock of its person; files with time zones of their own are read
//! differently by different programs. The time by the event's own clock is in the text.
//!
//! Texts that people typed are cleaned before they are written: none becomes a line or a property of its own.

use chrono::{DateTime, TimeDelta, Utc};
use domain::events::{Event, EventStatus};
use domain::registrations::{Registration, RegistrationStatus};
use domain::text::is_refused_within;
use icalendar::{Calendar, Component, EventLike, Parameter, Property};
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use uuid::Uuid;

use crate::times::when;

/// The media type of the files, which are UTF-8.
pub const MEDIA_TYPE: &str = "text/calendar";

/// The program that makes the files.
const PROGRAM: &str = "-//Onsale//Onsale//EN";

/// How often programs should read a feed again.
const REFRESH_HOURS: i64 = 1;

/// What a file asks of the program that reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// To add its entries, or to take over their newer versions. No answer is asked for.
    Publish,
    /// To cancel its entries.
    Cancel,
}

impl Method {
    /// Its name, which the `Content-Type` of a mail's part repeats.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Publish => "PUBLISH",
            Self::Cancel => "CANCEL",
        }
    }
}

/// A calendar file, and what it asks of the program that reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarFile {
    /// Whether the entry is to be kept or taken away.
    pub method: Method,
    /// The file.
    pub text: String,
}

impl CalendarFile {
    /// A person's booking, to be sent by mail at `now`, in the organizer's name from the address `sender`. Its UID is
    /// that of the booking in the person's feed. A booking that is over, or whose event is cancelled, is taken away.
    ///
    /// The file publishes the entry (RFC 5546, section 3.2.1), and asks for no answer: bookings are kept here, and a
    /// "No" that somebody presses in a calendar would be believed to give up the seats. Programs take changes from the
    /// address alone that sent the entry, so its ORGANIZER is the sender (RFC 6047, section 3).
    pub fn by_mail(
        registration: &Registration,
        event: &Event,
        now: DateTime<Utc>,
        page: Option<&str>,
        organizer: (&str, &str),
    ) -> Self {
        let (name, sender) = organizer;
        let beside = Beside { page, organizer: Some((name, sender)), ..Beside::default() };
        // Where the SEQUENCE is the same, programs keep the entry that was written last.
        let entry = Entry { changed_at: now, ..Entry::of_booking(registration, event, beside) };
        let is_off = entry.status == icalendar::EventStatus::Cancelled;
        let method = if is_off { Method::Cancel } else { Method::Publish };
        Self { method, text: file(method, &entry) }
    }
}

/// One entry of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    uid: Uuid,
    sequence: u32,
    changed_at: DateTime<Utc>,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    title: String,
    location: String,
    text: String,
    page: Option<String>,
    organizer: Option<(String, String)>,
    status: icalendar::EventStatus,
}

/// What an entry says beside its event.
#[derive(Debug, Clone, Copy, Default)]
pub struct Beside<'a> {
    /// The event's description, without formatting. Empty leaves it out.
    pub about: &'a str,
    /// The address of the event's page, with its scheme.
    pub page: Option<&'a str>,
    /// The organizer's name and public contact: an e-mail address, or an address of the web.
    pub organizer: Option<(&'a str, &'a str)>,
}

impl Entry {
    /// An event, as everybody may see it. Its UID is the event's id for good, and its SEQUENCE the edit version.
    pub fn of_event(event: &Event, beside: Beside<'_>) -> Self {
        let status = match event.status {
            EventStatus::Draft => icalendar::EventStatus::Tentative,
            EventStatus::Published => icalendar::EventStatus::Confirmed,
            EventStatus::Cancelled => icalendar::EventStatus::Cancelled,
        };
        Self {
            uid: event.id.into(),
            sequence: bounded(event.edit_version),
            changed_at: event.updated_at,
            status,
            ..Self::at(event, cancellation(event), beside)
        }
    }

    /// A person's booking of an event. Its UID is the registration's id for good. Its SEQUENCE rises with each edit of
    /// the event, and when the booking gets its seats or is cancelled.
    pub fn of_booking(registration: &Registration, event: &Event, beside: Beside<'_>) -> Self {
        let Registration { decision, seated_decision, cancelled_decision, .. } = *registration;
        let last = [seated_decision, cancelled_decision].into_iter().flatten().fold(decision, i64::max);
        let Registration { registered_at, seated_at, cancelled_at, .. } = *registration;
        let moments = [Some(registered_at), seated_at, cancelled_at];
        let is_off = event.status == EventStatus::Cancelled || registration.status == RegistrationStatus::Cancelled;
        let status = match registration.status {
            _ if is_off => icalendar::EventStatus::Cancelled,
            RegistrationStatus::Waitlisted => icalendar::EventStatus::Tentative,
            _ => icalendar::EventStatus::Confirmed,
        };
        let booking = cancellation(event).or_else(|| Some(booked(registration)));
        Self {
            uid: registration.id.into(),
            sequence: bounded(event.edit_version.saturating_add(last)),
            changed_at: moments.into_iter().flatten().fold(event.updated_at, DateTime::max),
            status,
            ..Self::at(event, booking, beside)
        }
    }

    fn at(event: &Event, first: Option<String>, Beside { about, page, organizer }: Beside<'_>) -> Self {
        let details = &event.details;
        let about = (!about.is_empty()).then(|| about.to_owned());
        let parts = [first, Some(when(details)), about, page.map(str::to_owned)];
        Self {
            uid: Uuid::nil(),
            sequence: 0,
            changed_at: event.updated_at,
            starts_at: details.starts_at,
            ends_at: details.ends_at,
            title: details.title.clone(),
            location: details.location.clone(),
            text: parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n"),
            page: page.map(str::to_owned),
            organizer: organizer.map(|(name, contact)| (name.to_owned(), contact.to_owned())),
            status: icalendar::EventStatus::Confirmed,
        }
    }

    fn written(&self) -> icalendar::Event {
        let mut event = icalendar::Event::new();
        event
            .uid(&self.uid.hyphenated().to_string())
            .sequence(self.sequence)
            .timestamp(self.changed_at)
            .starts(self.starts_at)
            .ends(self.ends_at)
            .summary(&line(&self.title))
            .status(self.status);
        if !self.location.is_empty() {
            event.location(&line(&self.location));
        }
        event.description(&lines(&self.text));
        if let Some(page) = &self.page {
            event.append_property(Property::new("URL", address(page)));
        }
        if let Some((name, contact)) = &self.organizer {
            let mut organizer = Property::new("ORGANIZER", contact_address(contact));
            organizer.append_parameter(Parameter::new("CN", &parameter(name)));
            event.append_property(organizer);
        }
        event.done()
    }
}

/// A file with one entry.
pub fn file(method: Method, entry: &Entry) -> String {
    let mut calendar = begun(method);
    calendar.push(entry.written());
    folded(&calendar)
}

/// A calendar to subscribe to, with this name. Programs read it again and again, and show what it has then.
pub fn feed(name: &str, entries: &[Entry]) -> String {
    let mut calendar = begun(Method::Publish);
    calendar.append_property(Property::new("X-WR-CALNAME", line(name)));
    calendar.ttl(&TimeDelta::hours(REFRESH_HOURS));
    calendar.extend(entries.iter().map(Entry::written));
    folded(&calendar)
}

fn begun(method: Method) -> Calendar {
    let mut calendar = Calendar::empty();
    for (name, value) in
        [("VERSION", "2.0"), ("PRODID", PROGRAM), ("CALSCALE", "GREGORIAN"), ("METHOD", method.as_str())]
    {
        calendar.append_property(Property::new(name, value));
    }
    calendar
}

/// The longest line, in octets without its end (RFC 5545, section 3.1).
const LINE_OCTETS_MAX: usize = 75;

/// The file's text, with its long lines folded anew: the library leaves lines of 76 octets. No line ends or begins with
/// white space of its text, which some programs lose there.
fn folded(calendar: &Calendar) -> String {
    let written = calendar.to_string().replace("\r\n ", "");
    let mut file = String::with_capacity(written.len() + written.len() / 20);
    for line in written.split_terminator("\r\n") {
        let (mut rest, mut room) = (line, LINE_OCTETS_MAX);
        while let Some((first, after)) =
            rest.split_at_checked(end_of_line(rest, room)).filter(|(_, after)| !after.is_empty())
        {
            file.push_str(first);
            file.push_str("\r\n ");
            // The space that says that the line goes on counts as well.
            (rest, room) = (after, LINE_OCTETS_MAX - 1);
        }
        file.push_str(rest);
        file.push_str("\r\n");
    }
    file
}

/// Where a line of so many octets ends: between two characters that are seen, if there are any in its second half.
fn end_of_line(text: &str, octets_max: usize) -> usize {
    let last = text.floor_char_boundary(octets_max);
    if last == text.len() {
        return last;
    }
    let is_seen = |at: usize| {
        let (before, after) = text.split_at_checked(at).unwrap_or_default();
        !before.ends_with(char::is_whitespace) && !after.starts_with(char::is_whitespace)
    };
    (octets_max / 2..=last).rev().find(|at| text.is_char_boundary(*at) && is_seen(*at)).unwrap_or(last)
}

fn cancellation(event: &Event) -> Option<String> {
    (event.status == EventStatus::Cancelled).then(|| "This event is cancelled.".to_owned())
}

fn booked(registration: &Registration) -> String {
    let seats = match registration.seats() {
        1 => "1 seat".to_owned(),
        seats => format!("{seats} seats"),
    };
    match registration.status {
        RegistrationStatus::Confirmed => format!("You have {seats}."),
        RegistrationStatus::Held => format!("Held for you until paid: {seats}."),
        RegistrationStatus::Waitlisted => format!("You’re on the waitlist for {seats}."),
        RegistrationStatus::Cancelled => "Your booking is cancelled.".to_owned(),
    }
}

/// SEQUENCE is a number of 32 bits with a sign.
fn bounded(sequence: i64) -> u32 {
    u32::try_from(sequence.clamp(0, i64::from(i32::MAX))).unwrap_or(0)
}

/// One line of text: white space stands for line breaks, and nothing for other characters that nobody sees.
fn line(text: &str) -> String {
    text.chars()
        .filter_map(|c| if is_break(c) { Some(' ') } else { Some(c).filter(|c| !is_refused_within(*c)) })
        .collect()
}

/// Several lines of text, with `\n` at their ends.
fn lines(text: &str) -> String {
    let breaks = text.replace("\r\n", "\n");
    let kept = |c: char| match c {
        '\t' => Some(' '),
        c if is_break(c) => Some('\n'),
        c => Some(c).filter(|c| !is_refused_within(*c)),
    };
    breaks.chars().filter_map(kept).collect()
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The value of a parameter. Nothing escapes a quotation mark in it (RFC 5545, section 3.2).
fn parameter(text: &str) -> String {
    line(text).replace('"', "'")
}

/// Characters that no address has (RFC 3986), and that would end it. What is encoded already stays.
const STRAY: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

fn address(text: &str) -> String {
    utf8_percent_encode(text, STRAY).to_string()
}

/// In an address of mail, everything else is encoded (RFC 6068).
const MAIL: &AsciiSet = &NON_ALPHANUMERIC.remove(b'@').remove(b'.').remove(b'-').remove(b'_').remove(b'+');

fn contact_address(contact: &str) -> String {
    if contact.starts_with("https://") {
        address(contact)
    } else {
        format!("mailto:{}", utf8_percent_encode(contact, MAIL))
    }
}
