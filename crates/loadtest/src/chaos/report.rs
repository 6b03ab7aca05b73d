//! The reports of rounds, and of all of them together.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::chaos::tally::Tally;
use crate::crowd::findings::Findings;

/// The report of one round.
#[derive(Debug, Clone, Serialize)]
pub struct RoundReport {
    /// Its number, from 1.
    pub round: usize,
    /// The name of its fault.
    pub fault: &'static str,
    /// Why the fault could not be caused here. Then nothing was sold.
    pub not_possible: Option<String>,
    /// Facts about the fault, in words.
    pub facts: Vec<String>,
    /// What became of the crowd's requests.
    pub tally: Tally,
    /// Registrations, and how many of them the sweepers let lapse.
    pub registrations: usize,
    /// As there.
    pub lapsed: usize,
    /// Those that had to wait in line.
    pub waited: usize,
    /// From the end of the fault until both servers were ready and had sold a seat, in seconds.
    pub back_after_seconds: Option<f64>,
    /// The length of the round, in seconds.
    pub seconds: f64,
    /// Faults of the servers.
    pub findings: Findings,
}

impl RoundReport {
    pub(super) fn new(round: usize, fault: &'static str) -> Self {
        Self {
            round,
            fault,
            not_possible: None,
            facts: Vec::new(),
            tally: Tally::default(),
            registrations: 0,
            lapsed: 0,
            waited: 0,
            back_after_seconds: None,
            seconds: 0.0,
            findings: Findings::default(),
        }
    }
}

impl fmt::Display for RoundReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { round, fault, tally, registrations, lapsed, waited, seconds, findings, .. } = self;
        if let Some(why) = &self.not_possible {
            return write!(f, "{round:>3}  {fault}: NOT POSSIBLE HERE: {why}");
        }
        let Tally { answers, busy, outcome_unknown, unavailable, broken, timed_out, longest_wait, .. } = tally;
        let wait = longest_wait.as_secs_f64();
        write!(
            f,
            "{round:>3}  {fault}: {registrations} bookings ({waited} waited, {lapsed} lapsed), {answers} answers, "
        )?;
        write!(f, "sent again after {busy} busy, {outcome_unknown} outcome-unknown, {unavailable} unavailable, ")?;
        write!(f, "{broken} broken, {timed_out} given up; longest {wait:.1} s; ")?;
        match self.back_after_seconds {
            Some(back) => write!(f, "both sell again after {back:.2} s; ")?,
            None => write!(f, "they do not sell again; ")?,
        }
        for fact in &self.facts {
            write!(f, "{fact}; ")?;
        }
        write!(f, "{seconds:.1} s; {} findings", findings.count)
    }
}

/// The times from the end of a fault until both servers sold again, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Back {
    /// Rounds.
    pub rounds: usize,
    /// The median.
    pub median: f64,
    /// The longest.
    pub worst: f64,
}

/// The report of all rounds.
#[derive(Debug, Clone, Serialize)]
pub struct ChaosReport {
    /// The seed that repeats the faults and the choices.
    pub seed: u64,
    /// All rounds.
    pub rounds: Vec<RoundReport>,
    /// The times to serve again, by fault.
    pub back: BTreeMap<&'static str, Back>,
    /// Faults of the servers.
    pub findings: Findings,
}

impl ChaosReport {
    pub(super) fn of(seed: u64, rounds: Vec<RoundReport>, at_the_end: Findings) -> Self {
        let mut times: BTreeMap<&'static str, Vec<f64>> = BTreeMap::new();
        let mut findings = Findings::default();
        for round in &rounds {
            findings.absorb(round.findings.clone());
            if let Some(seconds) = round.back_after_seconds {
                times.entry(round.fault).or_default().push(seconds);
            }
        }
        findings.absorb(at_the_end);
        let back = times.into_iter().filter_map(|(fault, times)| Some((fault, Back::of(times)?))).collect();
        Self { seed, rounds, back, findings }
    }
}

impl Back {
    fn of(mut seconds: Vec<f64>) -> Option<Self> {
        seconds.sort_by(f64::total_cmp);
        let (median, worst) = (*seconds.get(seconds.len() / 2)?, *seconds.last()?);
        Some(Self { rounds: seconds.len(), median, worst })
    }
}

impl fmt::Display for ChaosReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut all = Tally::default();
        self.rounds.iter().for_each(|round| all.absorb(round.tally));
        let not_possible = self.rounds.iter().filter(|round| round.not_possible.is_some()).count();
        let sum = |count: fn(&RoundReport) -> usize| self.rounds.iter().map(count).sum::<usize>();
        writeln!(
            f,
            "{} rounds with seed {}: {} bookings, {} answers, {} findings",
            self.rounds.len(),
            self.seed,
            sum(|round| round.registrations),
            all.answers,
            self.findings.count
        )?;
        if not_possible > 0 {
            writeln!(f, "{not_possible} rounds were NOT POSSIBLE HERE, and prove nothing")?;
        }
        writeln!(f, "until both servers sell again, in seconds: median and worst")?;
        for (fault, Back { rounds, median, worst }) in &self.back {
            writeln!(f, "{median:>8.2} {worst:>8.2}  {fault} ({rounds})")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(fault: &'static str, seconds: Option<f64>, findings: u64) -> RoundReport {
        let mut round = RoundReport { back_after_seconds: seconds, ..RoundReport::new(1, fault) };
        (0..findings).for_each(|_| round.findings.add(|| "a lie".to_owned()));
        round
    }

    #[test]
    fn the_report_has_every_finding_and_the_times_of_each_fault() {
        let rounds =
            vec![round("a", Some(3.0), 0), round("b", None, 2), round("a", Some(1.0), 0), round("a", Some(9.0), 1)];
        let mut end = Findings::default();
        end.add(|| "a broken promise".to_owned());
        let report = ChaosReport::of(7, rounds, end);
        assert_eq!(report.findings.count, 4);
        assert_eq!(report.back, BTreeMap::from([("a", Back { rounds: 3, median: 3.0, worst: 9.0 })]));
    }

    #[test]
    fn a_round_that_is_not_possible_says_so() {
        let mut round = round("the disk is full", None, 0);
        round.not_possible = Some("mount failed".to_owned());
        assert!(round.to_string().contains("NOT POSSIBLE HERE: mount failed"));
        let report = ChaosReport::of(7, vec![round], Findings::default());
        assert!(report.to_string().contains("1 rounds were NOT POSSIBLE HERE"));
    }
}
