//! Figures of several rounds: medians, their spread, and ratios within a round.

use std::collections::BTreeMap;

use serde::Serialize;

/// Figures by name, with a value for each round.
#[derive(Debug, Default, Clone, Serialize)]
pub struct Figures(BTreeMap<&'static str, Vec<f64>>);

/// The median of several values, with the lowest and the highest.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spread {
    /// The lowest.
    pub lowest: f64,
    /// The median.
    pub median: f64,
    /// The highest.
    pub highest: f64,
}

impl Figures {
    /// Adds a value of the current round.
    pub fn add(&mut self, name: &'static str, value: f64) {
        self.0.entry(name).or_default().push(value);
    }

    /// The values of all rounds; empty if there is no such figure.
    pub fn values(&self, name: &str) -> &[f64] {
        self.0.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// The spread of a figure.
    pub fn spread(&self, name: &str) -> Option<Spread> {
        spread(self.values(name).to_vec())
    }

    /// The spread of every figure, by name.
    pub fn spreads(&self) -> impl Iterator<Item = (&'static str, Spread)> {
        self.0.iter().filter_map(|(name, values)| Some((*name, spread(values.clone())?)))
    }

    /// The spread of the ratios of one figure to another, each within a round.
    pub fn ratio(&self, name: &str, base: &str) -> Option<Spread> {
        spread(self.values(name).iter().zip(self.values(base)).map(|(value, base)| value / base).collect())
    }
}

/// The spread of these values; `None` if there are none.
fn spread(mut values: Vec<f64>) -> Option<Spread> {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    let upper = values.get(half)?;
    let lower = if values.len().is_multiple_of(2) { values.get(half.checked_sub(1)?)? } else { upper };
    Some(Spread { lowest: *values.first()?, median: f64::midpoint(*lower, *upper), highest: *values.last()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spread_of_some_rounds() {
        assert_eq!(spread(vec![]), None);
        assert_eq!(spread(vec![3.0]), Some(Spread { lowest: 3.0, median: 3.0, highest: 3.0 }));
        assert_eq!(spread(vec![9.0, 1.0, 2.0]), Some(Spread { lowest: 1.0, median: 2.0, highest: 9.0 }));
        assert_eq!(spread(vec![4.0, 1.0, 2.0, 9.0]), Some(Spread { lowest: 1.0, median: 3.0, highest: 9.0 }));
    }

    #[test]
    fn ratios_are_taken_within_a_round() {
        let mut figures = Figures::default();
        for (sale, base) in [(10.0, 1.0), (40.0, 2.0), (90.0, 3.0)] {
            figures.add("sale", sale);
            figures.add("base", base);
        }
        assert_eq!(figures.ratio("sale", "base"), Some(Spread { lowest: 10.0, median: 20.0, highest: 30.0 }));
        assert_eq!(figures.ratio("sale", "nothing"), None);
    }
}
