//! Counting seats and the people who wait for them.

use std::ops::{Add, AddAssign};

use thiserror::Error;

use crate::limits::CAPACITY_MAX;
use crate::text::InvalidField;

/// How many seats there are, how many remain, and how many registrations wait for some.
///
/// `0 <= remaining <= capacity` always. Whether seats may remain while somebody waits depends on what the head of the
/// line wants: see [`TicketType`](crate::tickets::TicketType).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seats {
    capacity: i32,
    remaining: i32,
    waiting: i32,
}

/// The counts contradict each other, or a change contradicts the counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the counts of seats contradict each other: {capacity} in all, {remaining} remaining, {waiting} waiting")]
pub struct Miscounted {
    capacity: i32,
    remaining: i32,
    waiting: i32,
}

impl Seats {
    /// So many seats, all of which remain.
    pub fn new(capacity: i32) -> Self {
        Self { capacity, remaining: capacity, waiting: 0 }
    }

    /// The counts as they were stored at a commit.
    pub fn stored(capacity: i32, remaining: i32, waiting: i32) -> Result<Self, Miscounted> {
        let seats = Self { capacity, remaining, waiting };
        if (0..=capacity).contains(&remaining) && waiting >= 0 { Ok(seats) } else { Err(seats.miscounted()) }
    }

    /// Seats in all.
    pub fn capacity(self) -> i32 {
        self.capacity
    }

    /// Seats that nobody has.
    pub fn remaining(self) -> i32 {
        self.remaining
    }

    /// Seats that somebody has.
    pub fn taken(self) -> i32 {
        self.capacity - self.remaining
    }

    /// Registrations in line.
    pub fn waiting(self) -> i32 {
        self.waiting
    }

    /// Whether nobody has a seat or waits.
    pub fn are_unused(self) -> bool {
        self.taken() == 0 && self.waiting == 0
    }

    /// Seats for whoever comes now: none while anybody waits, because those who wait come first.
    pub fn available(self) -> i32 {
        if self.waiting == 0 { self.remaining } else { 0 }
    }

    /// The most registrations that a capacity of `capacity` would promote: each takes a seat at least.
    pub fn promotions_at(self, capacity: i32) -> i32 {
        self.waiting.min((capacity - self.taken()).max(0))
    }

    /// Gives out `taken` more seats and puts `waiting` more registrations in line; fewer, if a number is negative.
    pub fn change(&mut self, taken: i32, waiting: i32) -> Result<(), Miscounted> {
        let Self { capacity, remaining, waiting: already } = *self;
        *self = Self::stored(capacity, remaining - taken, already + waiting)?;
        Ok(())
    }

    /// Changes the number of seats, to no fewer than are taken.
    pub fn set_capacity(&mut self, capacity: i32) -> Result<(), Miscounted> {
        *self = Self::stored(capacity, capacity - self.taken(), self.waiting)?;
        Ok(())
    }

    pub(crate) fn miscounted(self) -> Miscounted {
        let Self { capacity, remaining, waiting } = self;
        Miscounted { capacity, remaining, waiting }
    }
}

/// Checks a capacity: 0 to [`CAPACITY_MAX`].
pub fn checked_capacity(capacity: i64) -> Result<i32, InvalidField> {
    i32::try_from(capacity)
        .ok()
        .filter(|seats| (0..=CAPACITY_MAX).contains(seats))
        .ok_or_else(|| InvalidField::new("capacity", format!("must be between 0 and {CAPACITY_MAX}")))
}

impl Add for Seats {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            capacity: self.capacity + other.capacity,
            remaining: self.remaining + other.remaining,
            waiting: self.waiting + other.waiting,
        }
    }
}

impl AddAssign for Seats {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seats_are_taken_and_freed_and_the_line_grows_and_shrinks() {
        let mut seats = Seats::new(5);
        seats.change(3, 0).unwrap();
        seats.change(0, 2).unwrap();
        assert_eq!((seats.taken(), seats.remaining(), seats.waiting(), seats.available()), (3, 2, 2, 0));
        seats.change(2, -1).unwrap();
        seats.change(-1, -1).unwrap();
        assert_eq!((seats.taken(), seats.remaining(), seats.waiting(), seats.available()), (4, 1, 0, 1));
    }

    #[test]
    fn no_seat_that_is_taken_goes_away() {
        let mut seats = Seats::stored(2, 0, 3).unwrap();
        assert_eq!([1, 2, 4, 9].map(|capacity| seats.promotions_at(capacity)), [0, 0, 2, 3]);
        assert!(seats.set_capacity(1).is_err());
        seats.set_capacity(4).unwrap();
        assert_eq!((seats.taken(), seats.remaining()), (2, 2));
        seats.set_capacity(2).unwrap();
        assert_eq!(seats, Seats::stored(2, 0, 3).unwrap());
    }

    #[test]
    fn counts_that_contradict_each_other_are_refused_and_change_nothing() {
        for (capacity, remaining, waiting) in [(1, 2, 0), (1, -1, 0), (1, 0, -1), (-1, 0, 0)] {
            assert!(Seats::stored(capacity, remaining, waiting).is_err(), "{capacity} {remaining} {waiting}");
        }
        let mut unused = Seats::new(1);
        assert!(unused.change(-1, 0).is_err());
        assert!(unused.change(2, 0).is_err());
        assert!(unused.change(0, -1).is_err());
        assert_eq!(unused, Seats::new(1), "what is refused changes nothing");
    }

    #[test]
    fn the_seats_of_an_event_are_the_sum_of_its_types() {
        let sum = Seats::stored(10, 3, 2).unwrap() + Seats::stored(5, 5, 0).unwrap();
        assert_eq!(sum, Seats::stored(15, 8, 2).unwrap());
    }

    #[test]
    fn capacity_is_bounded() {
        assert_eq!(checked_capacity(0), Ok(0));
        assert_eq!(checked_capacity(CAPACITY_MAX.into()), Ok(CAPACITY_MAX));
        for capacity in [-1, i64::from(CAPACITY_MAX) + 1, i64::MAX] {
            assert!(checked_capacity(capacity).is_err());
        }
    }
}
