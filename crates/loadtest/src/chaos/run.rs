//! All rounds, one after the other, and the comparison of everything at the end.

use std::path::PathBuf;
use std::sync::Arc;

use domain::history;
use repository::histories;

use crate::chaos::chance::Chance;
use crate::chaos::deck::Deck;
use crate::chaos::report::ChaosReport;
use crate::chaos::rounds::{BUYERS, Played};
use crate::chaos::stage::Stage;
use crate::crowd::findings::Findings;
use crate::crowd::people::People;
use crate::error::Error;

/// What to run.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    /// How many rounds.
    pub rounds: usize,
    /// The seed of the faults and of all choices.
    pub seed: u64,
    /// Only faults whose name contains this.
    pub only: &'a str,
}

/// Plays the rounds on one private cluster, and compares everything that was ever told with the tables at the end.
/// `tell` gets a line for each round as it ends, and each finding.
///
/// # Errors
/// Any error that prevents a round. What the servers do wrong is no error: it is in the report.
pub async fn run(program: PathBuf, plan: Plan<'_>, tell: impl Fn(&str)) -> Result<ChaosReport, Error> {
    let Plan { rounds, seed, only } = plan;
    let chance = Chance::new(seed);
    let Some(mut deck) = Deck::new(chance.of_part(0), only) else {
        return Err(Error::Failed(format!("no fault's name contains {only:?}")));
    };
    let mut stage = Stage::open(program).await?;
    tell(&format!("seed {seed}, {}", Stage::words()));
    // One more for each server, whom nobody else meets.
    let people = Arc::new(People::create(&stage.target, BUYERS + stage.posts.len()).await?);
    let (mut reports, mut records) = (Vec::new(), Vec::new());
    for round in 1..=rounds {
        let Some(fault) = deck.draw() else { break };
        let Played { report, record } = stage.play(round, fault, &people, chance.of_part(round)).await?;
        tell(&report.to_string());
        for example in &report.findings.examples {
            tell(&format!("     {example}"));
        }
        reports.push(report);
        records.extend(record);
    }
    let mut at_the_end = Findings::default();
    let mut connection = stage.target.database().await?;
    for record in &records {
        record.check(&mut connection, &mut at_the_end).await?;
    }
    at_the_end.add_broken_promises(&mut connection, None).await?;
    for event in histories::ids(&mut connection, None, i64::MAX).await? {
        if let Some(history) = histories::read(&mut connection, event).await? {
            let verdict = history::verdict(&history, &[]);
            if verdict.count > 0 {
                at_the_end.add(|| format!("event {event} at the end: {:?}", verdict.violations));
            }
        }
    }
    Ok(ChaosReport::of(seed, reports, at_the_end))
}
