//! Choices at random that a seed repeats.

use std::ops::Range;
use std::time::Duration;

/// A sequence of choices: splitmix64, whose whole state is one number.
#[derive(Debug, Clone)]
pub(super) struct Chance(u64);

impl Chance {
    /// The sequence of a seed.
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A sequence of its own for part of this one's subject. The same parts of the same seed have the same sequences,
    /// whatever else was chosen.
    pub(super) fn of_part(&self, part: usize) -> Self {
        let mut own = Self(self.0 ^ u64::try_from(part).unwrap_or(u64::MAX).wrapping_mul(0xD1B5_4A32_D192_ED03));
        Self(own.next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`; 0 if there is none.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % bound).unwrap_or(0)
    }

    /// Whether something happens that happens so many times in a hundred.
    pub(super) fn happens(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// A time in a range, in whole milliseconds.
    pub(super) fn time(&mut self, within: Range<Duration>) -> Duration {
        let width = within.end.saturating_sub(within.start).as_millis();
        let more = self.below(usize::try_from(width).unwrap_or(usize::MAX));
        within.start + Duration::from_millis(u64::try_from(more).unwrap_or(0))
    }

    /// Puts things into another order.
    pub(super) fn shuffle<T>(&mut self, things: &mut [T]) {
        for end in (1..things.len()).rev() {
            things.swap(end, self.below(end + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(mut chance: Chance) -> Vec<usize> {
        (0..20).map(|_| chance.below(1_000)).collect()
    }

    #[test]
    fn a_seed_repeats_its_choices_and_each_part_has_its_own() {
        let chance = Chance::new(7);
        assert_eq!(numbers(chance.clone()), numbers(Chance::new(7)));
        assert_ne!(numbers(chance.clone()), numbers(Chance::new(8)));
        assert_eq!(numbers(chance.of_part(3)), numbers(Chance::new(7).of_part(3)));
        assert_ne!(numbers(chance.of_part(3)), numbers(chance.of_part(4)));
        assert_ne!(numbers(chance.of_part(0)), numbers(chance));
    }

    #[test]
    fn every_number_below_the_bound_is_chosen() {
        let mut chance = Chance::new(1);
        let mut seen = [0; 5];
        (0..1_000).for_each(|_| seen[chance.below(5)] += 1);
        assert!(seen.iter().all(|count| *count > 100), "{seen:?}");
        assert_eq!(chance.below(0), 0);
        let (soon, late) = (Duration::from_millis(5), Duration::from_millis(9));
        assert!((0..100).all(|_| (soon..late).contains(&chance.time(soon..late))));
    }
}
