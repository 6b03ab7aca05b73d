//! The seats of a registration, split over prices.

use std::sync::Arc;

use super::numbers::PriceNumber;
use crate::limits::SEATS_PER_REGISTRATION_MAX;

/// So many seats at one price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Part {
    /// The price.
    pub price: PriceNumber,
    /// How many seats, 1 at least.
    pub seats: i16,
}

/// The seats of a registration, split over prices: 1 to [`SEATS_PER_REGISTRATION_MAX`] seats, each price once, in the
/// order of their numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split(Parts);

/// Most registrations have one price, which needs no allocation.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Parts {
    One(Part),
    Several(Arc<[Part]>),
}

impl Split {
    /// So many seats at one price. `None` if it is no number of seats that a registration can have.
    pub fn one(price: PriceNumber, seats: i16) -> Option<Self> {
        (1..=SEATS_PER_REGISTRATION_MAX).contains(&seats.into()).then_some(Self(Parts::One(Part { price, seats })))
    }

    /// One seat at this price.
    pub fn single(price: PriceNumber) -> Self {
        Self(Parts::One(Part { price, seats: 1 }))
    }

    /// These parts, in any order. `None` if there is none, if a price comes twice, or if the numbers of seats are none
    /// that a registration can have.
    pub fn of(mut parts: Vec<Part>) -> Option<Self> {
        parts.sort_unstable();
        let is_bounded = parts.iter().all(|part| (1..=SEATS_PER_REGISTRATION_MAX).contains(&part.seats.into()))
            && parts.iter().map(|part| i64::from(part.seats)).sum::<i64>() <= SEATS_PER_REGISTRATION_MAX.into();
        let is_distinct = parts.windows(2).all(|pair| matches!(pair, [a, b] if a.price != b.price));
        match parts.as_slice() {
            _ if !is_bounded || !is_distinct => None,
            [] => None,
            [one] => Some(Self(Parts::One(*one))),
            _ => Some(Self(Parts::Several(parts.into()))),
        }
    }

    /// Its parts, in the order of their prices' numbers.
    pub fn parts(&self) -> &[Part] {
        match &self.0 {
            Parts::One(one) => std::slice::from_ref(one),
            Parts::Several(several) => several,
        }
    }

    /// How many seats.
    pub fn seats(&self) -> i32 {
        self.parts().iter().map(|part| i32::from(part.seats)).sum()
    }

    /// How many seats at this price.
    pub fn seats_at(&self, price: PriceNumber) -> i16 {
        self.parts().iter().find(|part| part.price == price).map_or(0, |part| part.seats)
    }

    /// Whether it has at no price more seats than the other.
    pub fn is_within(&self, other: &Self) -> bool {
        self.parts().iter().all(|part| part.seats <= other.seats_at(part.price))
    }

    /// Both together. `None` if those are more seats than a registration can have.
    pub fn with(&self, other: &Self) -> Option<Self> {
        let mut parts = self.parts().to_vec();
        for part in other.parts() {
            match parts.iter_mut().find(|mine| mine.price == part.price) {
                Some(mine) => mine.seats = mine.seats.checked_add(part.seats)?,
                None => parts.push(*part),
            }
        }
        Self::of(parts)
    }

    /// What is taken away if `left` remains, which must be within it. `None` if nothing is.
    pub fn without(&self, left: &Self) -> Option<Self> {
        let taken = self.parts().iter().map(|part| Part { seats: part.seats - left.seats_at(part.price), ..*part });
        Self::of(taken.filter(|part| part.seats > 0).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(price: i16, seats: i16) -> Part {
        Part { price: price.into(), seats }
    }

    #[test]
    fn a_split_has_each_price_once_and_a_bounded_number_of_seats() {
        let split = Split::of(vec![part(2, 1), part(1, 3)]).unwrap();
        assert_eq!((split.parts(), split.seats()), ([part(1, 3), part(2, 1)].as_slice(), 4));
        assert_eq!(Split::of(vec![part(3, 1)]), Some(Split::single(3.into())));
        for parts in [
            vec![],
            vec![part(1, 0)],
            vec![part(1, -1), part(2, 2)],
            vec![part(1, 1), part(1, 1)],
            vec![part(1, 6), part(2, 5)],
            vec![part(1, i16::MAX), part(2, i16::MAX)],
        ] {
            assert_eq!(Split::of(parts.clone()), None, "{parts:?}");
        }
        assert_eq!((Split::one(1.into(), 11), Split::one(1.into(), 0)), (None, None));
    }

    #[test]
    fn what_is_taken_away_is_the_difference_of_two_splits() {
        let family = Split::of(vec![part(1, 2), part(2, 3)]).unwrap();
        let fewer = Split::of(vec![part(1, 1), part(2, 3)]).unwrap();
        assert!(fewer.is_within(&family) && !family.is_within(&fewer));
        assert_eq!(family.without(&fewer), Some(Split::single(1.into())));
        assert_eq!(family.without(&Split::one(1.into(), 2).unwrap()), Split::one(2.into(), 3));
        assert_eq!(family.without(&family), None);
        assert_eq!(fewer.with(&Split::single(1.into())), Some(family.clone()));
        assert_eq!(Split::single(3.into()).with(&Split::single(1.into())), Split::of(vec![part(1, 1), part(3, 1)]));
        assert_eq!(family.with(&Split::one(3.into(), 6).unwrap()), None);
    }
}
