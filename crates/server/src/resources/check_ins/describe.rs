use domain::check_ins::{CheckIn, Scan, ScanPlace, Staff, Ticket, Undone};
use repository::check_ins::{Found, Listed};
use serde_json::{Value, json};

use super::bodies::{Answer as ScanAnswer, Answers, KeptBody, ListedBody, Outcome, ScanBody, Scans, UndoBody};
use crate::http::problems::Problem;
use crate::http::query::Page;
use crate::http::samples::{ENTRY, ORGANIZER, REGISTRATION, concert, start};
use crate::openapi::{Answer, Description, Tag};

pub(crate) fn scan() -> Description {
    Description::of(Tag::Door, "Check a ticket in")
        .details(
            "Of all scans of a ticket, exactly one lets in, whatever scans it at the same moment. Every other answer \
             says why not. With an `id`, the request may be sent again if its answer was lost. Simulated buyers have \
             no tickets.",
        )
        .request::<ScanBody>(scanned())
        .answer(Answer::json(200, "The answer to the scan.", &admitted()))
        .problems([Problem::field("code", "must be given, or registration_id and number in its place")])
}

pub(crate) fn scan_all() -> Description {
    Description::of(Tag::Door, "Check many tickets in")
        .details(
            "For a whole party, and for a gate that was without a network. Each scan is decided by itself, as if it \
             had been sent alone. The request may be sent again if its answer was lost.",
        )
        .request::<Scans>(json!({ "scans": [scanned()] }))
        .answer(Answer::json(200, "The answers.", &Answers { answers: vec![admitted()] }))
}

pub(crate) fn undo() -> Description {
    Description::of(Tag::Door, "Undo a check-in")
        .details(
            "Its ticket lets in again, unless a second person was let in with it: that check-in counts then. A scan that did \
             not count is settled by it. One that was undone already stays as it is.",
        )
        .request::<UndoBody>(json!({ "reason": "Scanned by mistake" }))
        .answer(Answer::json(200, "The check-in.", &KeptBody::from(&undone())))
        .problems([Problem::NotFound("check-in")])
}

pub(crate) fn list() -> Description {
    let listed = Listed {
        check_in: undone(),
        name: "Alice".to_owned(),
        ticket_name: Some("Bob".to_owned()),
        ticket_type: 1.into(),
        other: None,
    };
    let page = Page::of(vec![(), ()], 1, |()| ENTRY.to_string(), |()| ListedBody::of(&listed, &concert().tickets));
    Description::of(Tag::Organizers, "List the check-ins of an event, the newest first")
        .details(
            "`DOUBLE` are those that do not count and that somebody has to settle: gates without a network have let \
             people in whom the server would not have. `other` is the check-in that counts. Undoing either of them \
             settles it.",
        )
        .answer(Answer::json(200, "A page of check-ins.", &page))
}

fn scanned() -> Value {
    json!({
        "id": ENTRY,
        "code": "7K2MQX0A94TDHB5C.V3K",
        "gate": "North",
        "device": "Phone 3",
        "scanned_at": start(),
    })
}

fn check_in() -> CheckIn {
    CheckIn {
        id: ENTRY.into(),
        ticket: Ticket { registration: REGISTRATION.into(), number: 1 },
        place: ScanPlace { gate: "North".to_owned(), device: "Phone 3".to_owned(), scanned_at: start() },
        received_at: start(),
        by: Staff { id: ORGANIZER.into(), name: "The Concert Hall".to_owned() },
        obstacle: None,
        undone: None,
    }
}

fn undone() -> CheckIn {
    let by = Staff { id: ORGANIZER.into(), name: "The Concert Hall".to_owned() };
    CheckIn { undone: Some(Undone { at: start(), by, reason: "Scanned by mistake".to_owned() }), ..check_in() }
}

fn admitted() -> ScanAnswer {
    let check_in = check_in();
    let CheckIn { id, ticket, place, .. } = check_in.clone();
    let scan = Scan { id, ticket, place, by: ORGANIZER.into(), let_in: false };
    let found = Found {
        name: "Alice".to_owned(),
        ticket_name: Some("Bob".to_owned()),
        ticket_type: 1.into(),
        seats: 2,
        admitted: vec![1],
    };
    ScanAnswer::of(&scan, Outcome::Admitted, Some(&check_in), Some(found), &concert().tickets, None)
}
