use domain::ids::{RegistrationId, UserId};
use domain::registrations::RegistrationStatus;

use super::files;
use super::rows::AttendeeBody;
use crate::http::problems::Problem;
use crate::http::query::Page;
use crate::http::registrations::{PlacedRegistration, SeatsBody};
use crate::http::samples::{ALICE, REGISTRATION, registration, sale};
use crate::openapi::{Answer, AnswerHeader, Description, Tag};

pub(crate) fn list() -> Description {
    let next = || RegistrationId::from(REGISTRATION).to_string();
    let page = Page::of(vec![(), ()], 1, |()| next(), |()| attendee());
    Description::of(Tag::Organizers, "List the attendees of an event, in the order of arrival")
        .details(
            "`Accept: text/csv` gets all matching attendees in one file, without `limit` and `cursor`. Its columns have the \
             names of the list's fields. Its times are those of clocks in the event's zone, which `time_zone` names. It \
             begins with a byte order mark, as spreadsheets want it. Texts that a \
             spreadsheet would take for a formula begin with an apostrophe. If \
             the transfer breaks off, the file is not complete.",
        )
        .answer(Answer::json(200, "A page of attendees, or all of them.", &page))
        .answer(
            Answer::text(200, "All of them.", "text/csv", &files::sample(attendee())).with(AnswerHeader::ContentDisposition),
        )
        .problems([Problem::Busy { retry_after_seconds: 1 }])
}

fn attendee() -> AttendeeBody {
    let PlacedRegistration { registration, event, .. } = registration(RegistrationStatus::Waitlisted);
    AttendeeBody {
        registration_id: RegistrationId::from(REGISTRATION),
        user_id: UserId::from(ALICE),
        name: "Alice".to_owned(),
        email: "alice@example.org".to_owned(),
        status: RegistrationStatus::Waitlisted,
        position: Some(7),
        ticket_type: registration.ticket_type,
        ticket_type_name: "Standing".to_owned(),
        seats: SeatsBody::all(&registration.split, &event.tickets),
        seat_count: registration.seats(),
        amount: registration.amount,
        currency: Some("EUR"),
        held_until: None,
        paid_at: None,
        payment_id: None,
        owed_back: 0,
        registered_at: sale(),
        confirmed_at: None,
        cancelled_at: None,
        cancellation: None,
        removal_reason: None,
        admitted: 0,
        ticket_names: Vec::new(),
        event_cancelled: false,
    }
}
