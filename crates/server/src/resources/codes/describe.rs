use domain::tickets::{Price, TypeNumber};
use serde_json::json;

use super::{CodeBody, Unlocked};
use crate::http::problems::Problem;
use crate::openapi::{Answer, Description, Tag};
use crate::resources::ticket_bodies::UnlockedPriceBody;

pub(crate) fn unlock() -> Description {
    let price = Price { limit: Some(20), ..Price::new(3.into(), TypeNumber::FIRST, "Members", 1_500) };
    let prices = vec![UnlockedPriceBody::of(&price)];
    Description::of(Tag::Bookings, "Look up the prices that a code unlocks")
        .details("A booking at one of them sends the code again. Wrong codes are counted, and refused after some.")
        .request::<CodeBody>(json!({ "code": "MEMBERS" }))
        .answer(Answer::json(200, "The prices.", &Unlocked { prices }))
        .problems([Problem::WrongCode, Problem::TooManyAttempts { retry_after_seconds: 60 }])
}
