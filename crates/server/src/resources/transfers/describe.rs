use domain::registrations::RegistrationStatus;
use domain::transfers::TransferState;
use serde_json::json;
use uuid::Uuid;

use super::{LinkBody, MadeBody, OfferBody, OfferedBody, TransferBody, TransfersBody};
use crate::http::problems::Problem;
use crate::http::samples::{concert, registration, sale, start};
use crate::openapi::{Answer, Description, Tag};
use crate::resources::bookings::describe::{booked, over};
use crate::resources::door_access::{DoorEvent, TypeName};

const TOKEN: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUV";

pub(crate) fn offer() -> Description {
    Description::of(Tag::Bookings, "Offer to pass a seat on")
        .details(
            "Makes a link by which somebody else can take a seat of a confirmed booking, within a week and before the \
             event ends. The token of the link is told only here. An offer changes nothing by itself: if this answer \
             is lost, withdraw the offer and make another one.",
        )
        .request::<OfferBody>(json!({ "price": 1 }))
        .answer(Answer::json(201, "The offer, and the token of its link.", &made()))
        .problems([
            Problem::NotFound("registration"),
            Problem::BookingNotConfirmed,
            Problem::TransfersOff,
            Problem::TooManyTransfers,
        ])
        .problems(over())
}

pub(crate) fn list() -> Description {
    Description::of(Tag::Bookings, "List the offers of an own booking's seats, the newest first")
        .answer(Answer::json(200, "The offers.", &TransfersBody { items: vec![transfer(TransferState::Taken)] }))
        .problems([Problem::NotFound("registration")])
}

pub(crate) fn withdraw() -> Description {
    Description::of(Tag::Bookings, "Withdraw an offer of a seat")
        .details("Its link ends. A seat that somebody has taken stays theirs.")
        .answer(Answer::empty(204, "Nobody can take the seat any more."))
        .problems([Problem::NotFound("transfer"), Problem::TransferOver])
}

pub(crate) fn look() -> Description {
    Description::of(Tag::Bookings, "Show the seat that a link offers")
        .request::<LinkBody>(json!({ "token": TOKEN }))
        .answer(Answer::json(200, "The seat. It may be taken by somebody else before this person takes it.", &seat()))
        .problems([Problem::NotFound("transfer")])
}

pub(crate) fn accept() -> Description {
    Description::of(Tag::Bookings, "Take the seat that a link offers")
        .details(
            "The caller gets a confirmed booking of one seat, also when the event is full: the waitlist does not move. \
             The giver has a seat less, and the ticket with the highest number ends at once. Money that was paid for \
             the seat goes with it. The request is safe to repeat.",
        )
        .request::<LinkBody>(json!({ "token": TOKEN }))
        .answer(booked(201, "The caller has the seat.", RegistrationStatus::Confirmed))
        .answer(booked(200, "The booking that came of it. It has been cancelled since.", RegistrationStatus::Cancelled))
        .problems([
            Problem::NotFound("transfer"),
            Problem::TransferOver,
            Problem::TransfersOff,
            Problem::CheckedIn,
            Problem::AlreadyRegistered { registration: Box::new(registration(RegistrationStatus::Confirmed)) },
            Problem::AddressUnverified,
            Problem::TooManyRegistrations,
            Problem::RegistrationRemoved,
            Problem::EventUnderTest,
        ])
        .problems(over())
        .decided()
}

fn made() -> MadeBody {
    MadeBody { transfer: transfer(TransferState::Open), token: TOKEN.to_owned() }
}

fn transfer(state: TransferState) -> TransferBody {
    TransferBody {
        id: Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0007).into(),
        price: 1.into(),
        price_name: "Adult".to_owned(),
        amount: 2_500,
        created_at: sale(),
        expires_at: start(),
        state,
        taken_by: (state == TransferState::Taken).then(|| "Bob".to_owned()),
    }
}

fn seat() -> OfferedBody {
    let concert = concert();
    OfferedBody {
        event: DoorEvent::from(&concert.event),
        event_status: concert.event.status,
        from: "Alice".to_owned(),
        ticket_type: TypeName::of(1.into(), &concert.tickets),
        price_name: "Adult".to_owned(),
        amount: 2_500,
        currency: Some("EUR"),
        expires_at: start(),
    }
}
