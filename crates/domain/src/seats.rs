//! Counting seats and the line for them.

use thiserror::Error;

/// How many seats there are, how many remain, and how many people wait for one.
///
/// At every commit `0 <= remaining <= capacity`, and nobody waits while a seat remains. Only the second may be broken
/// in between: from [`Seats::release`] or [`Seats::set_capacity`] until [`Seats::promote`] has given out what became
/// free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// The answer to a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    /// A seat.
    Seated,
    /// The end of the line.
    Waiting {
        /// The place in line, 1 being next.
        position: i32,
    },
}

impl Seats {
    /// So many seats, all of which remain.
    pub fn new(capacity: i32) -> Self {
        Self { capacity, remaining: capacity, waiting: 0 }
    }

    /// The counts as they were stored at a commit.
    pub fn stored(capacity: i32, remaining: i32, waiting: i32) -> Result<Self, Miscounted> {
        let seats = Self { capacity, remaining, waiting };
        if (0..=capacity).contains(&remaining) && waiting >= 0 && !seats.has_promotion() {
            Ok(seats)
        } else {
            Err(seats.miscounted())
        }
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

    /// People in line.
    pub fn waiting(self) -> i32 {
        self.waiting
    }

    /// Whether nobody has a seat or waits.
    pub fn are_unused(self) -> bool {
        self.taken() == 0 && self.waiting == 0
    }

    /// Whether a seat is free that the head of the line must get.
    pub fn has_promotion(self) -> bool {
        self.remaining > 0 && self.waiting > 0
    }

    /// How many people a capacity of `capacity` would promote.
    pub fn promotions_at(self, capacity: i32) -> i32 {
        self.waiting.min((capacity - self.taken()).max(0))
    }

    /// Takes a seat, or joins the line if none remains.
    pub fn book(&mut self) -> Placement {
        if self.remaining > 0 {
            self.remaining -= 1;
            Placement::Seated
        } else {
            self.waiting += 1;
            Placement::Waiting { position: self.waiting }
        }
    }

    /// Frees a seat. The caller promotes until [`Seats::has_promotion`] says no.
    pub fn release(&mut self) -> Result<(), Miscounted> {
        self.ensure(self.taken() > 0)?;
        self.remaining += 1;
        Ok(())
    }

    /// Takes somebody out of the line.
    pub fn leave_line(&mut self) -> Result<(), Miscounted> {
        self.ensure(self.waiting > 0)?;
        self.waiting -= 1;
        Ok(())
    }

    /// Gives a seat that remains to the head of the line.
    pub fn promote(&mut self) -> Result<(), Miscounted> {
        self.ensure(self.has_promotion())?;
        self.remaining -= 1;
        self.waiting -= 1;
        Ok(())
    }

    /// Changes the number of seats, to no fewer than are taken. The caller promotes until [`Seats::has_promotion`] says
    /// no.
    pub fn set_capacity(&mut self, capacity: i32) -> Result<(), Miscounted> {
        self.ensure(capacity >= self.taken())?;
        self.remaining = capacity - self.taken();
        self.capacity = capacity;
        Ok(())
    }

    fn ensure(self, holds: bool) -> Result<(), Miscounted> {
        if holds { Ok(()) } else { Err(self.miscounted()) }
    }

    fn miscounted(self) -> Miscounted {
        let Self { capacity, remaining, waiting } = self;
        Miscounted { capacity, remaining, waiting }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_booking_gets_a_seat_while_one_remains_and_then_the_end_of_the_line() {
        let mut seats = Seats::new(1);
        let booked = [seats.book(), seats.book(), seats.book()];
        assert_eq!(booked, [Placement::Seated, Placement::Waiting { position: 1 }, Placement::Waiting { position: 2 }]);
        assert_eq!((seats.taken(), seats.remaining(), seats.waiting()), (1, 0, 2));
    }

    #[test]
    fn a_freed_seat_goes_to_the_line() {
        let mut seats = Seats::stored(2, 0, 1).unwrap();
        seats.release().unwrap();
        assert!(seats.has_promotion());
        seats.promote().unwrap();
        assert_eq!(seats, Seats::stored(2, 0, 0).unwrap());
    }

    #[test]
    fn more_seats_go_to_the_line_and_no_seat_that_is_taken_goes_away() {
        let mut seats = Seats::stored(2, 0, 3).unwrap();
        assert_eq!([1, 2, 4, 9].map(|capacity| seats.promotions_at(capacity)), [0, 0, 2, 3]);
        assert!(seats.set_capacity(1).is_err());
        seats.set_capacity(4).unwrap();
        assert_eq!((seats.taken(), seats.remaining()), (2, 2));
        seats.set_capacity(2).unwrap();
        assert_eq!(seats, Seats::stored(2, 0, 3).unwrap());
    }

    #[test]
    fn counts_that_contradict_each_other_are_refused() {
        for (capacity, remaining, waiting) in [(1, 2, 0), (1, -1, 0), (1, 0, -1), (1, 1, 1), (-1, 0, 0)] {
            assert!(Seats::stored(capacity, remaining, waiting).is_err(), "{capacity} {remaining} {waiting}");
        }
        let mut unused = Seats::new(1);
        assert!(unused.release().is_err());
        assert!(unused.leave_line().is_err());
        assert!(unused.promote().is_err());
        assert_eq!(unused, Seats::new(1), "what is refused changes nothing");
    }
}
