//! The answer to a booking, and the same as the tables have it.

use std::collections::HashMap;
use std::fmt;

use chrono::{DateTime, Utc};
use domain::ids::UserId;
use domain::registrations::{Registration, RegistrationStatus};
use domain::tickets::{Part, Split, TypeNumber};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, SeqAccess, Visitor};
use uuid::Uuid;

use crate::crowd::tickets::Wish;

/// The answer to a booking. Servers from before ticket types leave the optional fields out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Answer {
    pub(crate) id: Uuid,
    pub(crate) status: RegistrationStatus,
    pub(crate) position: Option<i64>,
    pub(crate) decision: i64,
    pub(crate) ticket_type: Option<TypeNumber>,
    pub(crate) seats: Option<SeatsByPrice>,
    pub(crate) seat_count: Option<i32>,
    pub(crate) amount: Option<i64>,
    pub(crate) held_until: Option<DateTime<Utc>>,
    pub(crate) seats_ahead: Option<i64>,
}

impl Answer {
    /// The answer of a server from before ticket types.
    pub fn simple(id: Uuid, status: RegistrationStatus, position: Option<i64>, decision: i64) -> Self {
        Self {
            id,
            status,
            position,
            decision,
            ticket_type: None,
            seats: None,
            seat_count: None,
            amount: None,
            held_until: None,
            seats_ahead: None,
        }
    }

    /// As a server from before ticket types would have answered.
    pub(crate) fn without_tickets(self) -> Self {
        Self::simple(self.id, self.status, self.position, self.decision)
    }

    /// Whether it is what was asked for; without a wish, one seat for nothing.
    pub(crate) fn is_as_asked(&self, wish: Option<&Wish>) -> bool {
        match wish {
            Some(Wish { ticket_type, split, amount, .. }) => {
                (self.ticket_type, self.seats, self.amount)
                    == (Some(*ticket_type), Some(SeatsByPrice::from(split)), Some(*amount))
            }
            None => self.seat_count.is_none_or(|seats| seats == 1) && self.amount.is_none_or(|amount| amount == 0),
        }
    }
}

/// The true answers to all of these people. The rows are in the order of their decisions, and nobody has left a line,
/// so that positions are consecutive in each.
pub(crate) fn of_rows(rows: &[Registration]) -> Vec<(UserId, Answer)> {
    #[derive(Default)]
    struct Line {
        waiting: i64,
        seats: i64,
    }
    let mut lines: HashMap<TypeNumber, Line> = HashMap::new();
    let of_row = |row: &Registration| {
        let line = lines.entry(row.ticket_type).or_default();
        let waits = row.status.waits();
        let seats_ahead = waits.then_some(line.seats);
        if waits {
            line.waiting += 1;
            line.seats += i64::from(row.seats());
        }
        let answer = Answer {
            id: row.id.into(),
            status: row.status,
            position: waits.then_some(line.waiting),
            decision: row.decision,
            ticket_type: Some(row.ticket_type),
            seats: Some(SeatsByPrice::from(&row.split)),
            seat_count: Some(row.seats()),
            amount: Some(row.amount),
            held_until: row.hold.map(|hold| hold.until),
            seats_ahead,
        };
        (row.user, answer)
    };
    rows.iter().map(of_row).collect()
}

/// The seats of a registration by price, as one number: the crowd shares its cores with the server, and a list in an
/// answer would be allocated.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct SeatsByPrice(u128);

impl SeatsByPrice {
    const NONE: Self = Self(0);

    /// The bits of a number of seats, and of a price with its number of seats.
    const SEATS_BITS: u32 = 4;
    const PART_BITS: u32 = 10;

    /// With one more price, behind the others. `None` if the numbers are none that a registration can have.
    fn with(self, price: i16, seats: i16) -> Option<Self> {
        let of_price = u128::try_from(price)
            .ok()
            .filter(|price| (1..1 << (Self::PART_BITS - Self::SEATS_BITS)).contains(price))?;
        let of_seats = u128::try_from(seats).ok().filter(|seats| (1..1 << Self::SEATS_BITS).contains(seats))?;
        let has_room = self.0.leading_zeros() >= Self::PART_BITS;
        has_room.then_some(Self((self.0 << Self::PART_BITS) | (of_price << Self::SEATS_BITS) | of_seats))
    }
}

impl From<&Split> for SeatsByPrice {
    fn from(split: &Split) -> Self {
        let parts = split.parts().iter();
        parts.fold(Self::NONE, |seats, &Part { price, seats: count }| {
            seats.with(price.into(), count).unwrap_or(Self::NONE)
        })
    }
}

impl fmt::Debug for SeatsByPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        let mut parts = Vec::new();
        while rest > 0 {
            let part = rest & ((1 << Self::PART_BITS) - 1);
            let (price, seats) = (part >> Self::SEATS_BITS, part & ((1 << Self::SEATS_BITS) - 1));
            parts.push(format!("{seats} at price {price}"));
            rest >>= Self::PART_BITS;
        }
        parts.reverse();
        write!(f, "{}", parts.join(" and "))
    }
}

impl<'de> Deserialize<'de> for SeatsByPrice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Parts;

        #[derive(Deserialize)]
        struct OfPrice {
            price: i16,
            count: i16,
        }

        impl<'de> Visitor<'de> for Parts {
            type Value = SeatsByPrice;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("prices with numbers of seats")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<SeatsByPrice, A::Error> {
                let mut seats = SeatsByPrice::NONE;
                while let Some(OfPrice { price, count }) = parts.next_element()? {
                    let with = seats.with(price, count);
                    seats = with.ok_or_else(|| A::Error::custom(format!("{count} seats at price {price}")))?;
                }
                Ok(seats)
            }
        }
        deserializer.deserialize_seq(Parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sale::samples;

    fn split(parts: &[(i16, i16)]) -> Split {
        Split::of(parts.iter().map(|&(price, seats)| Part { price: price.into(), seats }).collect()).unwrap()
    }

    #[test]
    fn seats_are_read_by_price_and_shown() {
        let ten: Vec<(i16, i16)> = (51..=60).map(|price| (price, 1)).collect();
        for parts in [&[(1, 10)][..], &[(1, 2), (60, 4)], &ten] {
            let list: Vec<_> = parts
                .iter()
                .map(|(price, count)| format!("{{\"price\":{price},\"name\":\"x\",\"amount\":5,\"count\":{count}}}"))
                .collect();
            let read: SeatsByPrice = serde_json::from_str(&format!("[{}]", list.join(","))).unwrap();
            assert_eq!(read, SeatsByPrice::from(&split(parts)));
        }
        assert_eq!(format!("{:?}", SeatsByPrice::from(&split(&[(1, 2), (60, 4)]))), "2 at price 1 and 4 at price 60");
        assert_ne!(SeatsByPrice::from(&split(&[(1, 2)])), SeatsByPrice::from(&split(&[(2, 2)])));
    }

    #[test]
    fn seats_that_no_registration_can_have_are_no_answer() {
        for list in [
            "[{\"price\":0,\"count\":1}]",
            "[{\"price\":64,\"count\":1}]",
            "[{\"price\":1,\"count\":0}]",
            "[{\"price\":1,\"count\":16}]",
            "[{\"price\":1}]",
            "{}",
        ] {
            assert!(serde_json::from_str::<SeatsByPrice>(list).is_err(), "{list}");
        }
    }

    #[test]
    fn an_answer_is_read_with_and_without_its_tickets() {
        let id = Uuid::now_v7();
        let before = format!("{{\"id\":\"{id}\",\"status\":\"CONFIRMED\",\"position\":null,\"decision\":3}}");
        let read: Answer = serde_json::from_str(&before).unwrap();
        assert_eq!(read, Answer::simple(id, RegistrationStatus::Confirmed, None, 3));
        let now = format!(
            "{{\"id\":\"{id}\",\"status\":\"HELD\",\"ticket_type\":2,\"seats\":[{{\"price\":4,\"count\":2}}],\
             \"seat_count\":2,\"amount\":5000,\"held_until\":\"2026-11-27T10:00:00.123456Z\",\"position\":null,\
             \"seats_ahead\":null,\"decision\":3}}"
        );
        let read: Answer = serde_json::from_str(&now).unwrap();
        assert_eq!(read.seats, Some(SeatsByPrice::from(&split(&[(4, 2)]))));
        assert_eq!((read.seat_count, read.amount, read.ticket_type), (Some(2), Some(5_000), Some(2.into())));
        assert_eq!(read.held_until.map(|at| at.timestamp_subsec_micros()), Some(123_456));
        assert_eq!(read.without_tickets(), Answer::simple(id, RegistrationStatus::Held, None, 3));
    }

    #[test]
    fn each_type_has_a_line_of_its_own_and_counts_the_seats_ahead() {
        let party = |decision: i64, of: i16, seats: i16| Registration {
            ticket_type: of.into(),
            split: split(&[(of, seats)]),
            ..samples::registration(decision, RegistrationStatus::Waitlisted)
        };
        let places = of_rows(&[party(1, 1, 3), party(2, 2, 1), party(3, 1, 2), party(4, 1, 1), party(5, 2, 4)]);
        let places: Vec<_> = places.iter().map(|(_, one)| (one.position.unwrap(), one.seats_ahead.unwrap())).collect();
        assert_eq!(places, [(1, 0), (1, 0), (2, 3), (3, 5), (2, 1)]);
    }
}
