//! Figures of several rounds: medians, how far they are spread, ratios within a round.

use std::collections::BTreeMap;

use serde::Serialize;

/// What was measured, by name, a value a round.
#[derive(Debug, Default, Clone, Serialize)]
pub struct Figures(BTreeMap<&'static str, Vec<f64>>);

/// The middle of several values, and their ends.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Middle {
    /// The lowest.
    pub lowest: f64,
    /// The median.
    pub median: f64,
    /// The highest.
    pub highest: f64,
}

impl Figures {
    /// Adds what was measured in this round.
    pub fn add(&mut self, name: &'static str, value: f64) {
        self.0.entry(name).or_default().push(value);
    }

    /// The values of all rounds.
    pub fn all(&self, name: &str) -> &[f64] {
        self.0.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// Its middle.
    pub fn middle(&self, name: &str) -> Option<Middle> {
        middle(self.all(name).to_vec())
    }

    /// The middle of everything, by name.
    pub fn middles(&self) -> impl Iterator<Item = (&'static str, Middle)> {
        self.0.iter().filter_map(|(name, values)| Some((*name, middle(values.clone())?)))
    }

    /// The middle of what one is to the other, round by round.
    pub fn ratio(&self, name: &str, to: &str) -> Option<Middle> {
        middle(self.all(name).iter().zip(self.all(to)).map(|(value, base)| value / base).collect())
    }
}

/// The middle of these; `None` if there is none.
pub fn middle(mut values: Vec<f64>) -> Option<Middle> {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    let upper = values.get(half)?;
    let lower = if values.len().is_multiple_of(2) { values.get(half.checked_sub(1)?)? } else { upper };
    Some(Middle { lowest: *values.first()?, median: f64::midpoint(*lower, *upper), highest: *values.last()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_some_rounds() {
        assert_eq!(middle(vec![]), None);
        assert_eq!(middle(vec![3.0]), Some(Middle { lowest: 3.0, median: 3.0, highest: 3.0 }));
        assert_eq!(middle(vec![9.0, 1.0, 2.0]), Some(Middle { lowest: 1.0, median: 2.0, highest: 9.0 }));
        assert_eq!(middle(vec![4.0, 1.0, 2.0, 9.0]), Some(Middle { lowest: 1.0, median: 3.0, highest: 9.0 }));
    }

    #[test]
    fn ratios_are_taken_within_a_round() {
        let mut figures = Figures::default();
        for (sale, base) in [(10.0, 1.0), (40.0, 2.0), (90.0, 3.0)] {
            figures.add("sale", sale);
            figures.add("base", base);
        }
        assert_eq!(figures.ratio("sale", "base"), Some(Middle { lowest: 10.0, median: 20.0, highest: 30.0 }));
        assert_eq!(figures.ratio("sale", "nothing"), None);
    }
}
