//! The faults, and the order in which they come.

use crate::chaos::chance::Chance;

/// Something that goes wrong, once a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fault {
    ServerKilled,
    ServerTerminated,
    ServerStopped,
    ClocksApart,
    PostgresKilled,
    PostgresStopped,
    SessionStopped,
    CutInTransaction,
    FrozenInTransaction,
    CutBeforeCommit,
    CutAfterCommit,
    FrozenBeforeCommit,
    FrozenAfterCommit,
    ConnectionsTaken,
    RowsLocked,
    DiskFull,
}

impl Fault {
    pub(super) const ALL: [Self; 16] = [
        Self::ServerKilled,
        Self::ServerTerminated,
        Self::ServerStopped,
        Self::ClocksApart,
        Self::PostgresKilled,
        Self::PostgresStopped,
        Self::SessionStopped,
        Self::CutInTransaction,
        Self::FrozenInTransaction,
        Self::CutBeforeCommit,
        Self::CutAfterCommit,
        Self::FrozenBeforeCommit,
        Self::FrozenAfterCommit,
        Self::ConnectionsTaken,
        Self::RowsLocked,
        Self::DiskFull,
    ];

    /// Its name, in reports and for `--only`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::ServerKilled => "a server is killed",
            Self::ServerTerminated => "a server is terminated",
            Self::ServerStopped => "a server is stopped",
            Self::ClocksApart => "the servers' clocks are hours apart",
            Self::PostgresKilled => "PostgreSQL is killed",
            Self::PostgresStopped => "PostgreSQL is stopped",
            Self::SessionStopped => "a session is stopped in a transaction",
            Self::CutInTransaction => "connections are cut in a transaction",
            Self::FrozenInTransaction => "connections are frozen in a transaction",
            Self::CutBeforeCommit => "connections are cut before COMMIT",
            Self::CutAfterCommit => "connections are cut after COMMIT",
            Self::FrozenBeforeCommit => "connections are frozen before COMMIT",
            Self::FrozenAfterCommit => "connections are frozen after COMMIT",
            Self::ConnectionsTaken => "all of PostgreSQL's connections are taken",
            Self::RowsLocked => "locked rows hold the whole pool",
            Self::DiskFull => "the disk is full",
        }
    }
}

/// The faults of all rounds. Each comes once before any comes again.
#[derive(Debug)]
pub(super) struct Deck {
    chance: Chance,
    faults: Vec<Fault>,
    /// What is left of this turn; the last one comes next.
    left: Vec<Fault>,
}

impl Deck {
    /// The faults whose name contains `only`, in the order of this chance. `None` if there is no such fault.
    pub(super) fn new(chance: Chance, only: &str) -> Option<Self> {
        let faults: Vec<_> = Fault::ALL.into_iter().filter(|fault| fault.name().contains(only)).collect();
        (!faults.is_empty()).then_some(Self { chance, faults, left: Vec::new() })
    }

    /// The next fault.
    pub(super) fn draw(&mut self) -> Option<Fault> {
        if self.left.is_empty() {
            self.left.clone_from(&self.faults);
            self.chance.shuffle(&mut self.left);
        }
        self.left.pop()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(seed: u64, only: &str, count: usize) -> Vec<Fault> {
        let mut deck = Deck::new(Chance::new(seed), only).unwrap();
        (0..count).map(|_| deck.draw().unwrap()).collect()
    }

    #[test]
    fn each_fault_comes_once_before_any_comes_again() {
        let rounds = drawn(3, "", 5 * Fault::ALL.len());
        for turn in rounds.chunks(Fault::ALL.len()) {
            let mut turn = turn.to_vec();
            turn.sort_unstable();
            assert_eq!(turn, Fault::ALL);
        }
        let turns: Vec<_> = rounds.chunks(Fault::ALL.len()).collect();
        assert_ne!(turns[0], turns[1], "another order each time");
    }

    #[test]
    fn a_seed_repeats_its_faults() {
        assert_eq!(drawn(3, "", 40), drawn(3, "", 40));
        assert_ne!(drawn(3, "", 40), drawn(4, "", 40));
    }

    #[test]
    fn faults_are_chosen_by_their_names() {
        let commits = drawn(1, "COMMIT", 8);
        assert!(commits.iter().all(|fault| fault.name().contains("COMMIT")));
        assert!(commits[..4].iter().all(|fault| commits[4..].contains(fault)));
        assert!(Deck::new(Chance::new(1), "a flood").is_none());
        for fault in Fault::ALL {
            assert_eq!(drawn(1, fault.name(), 2), [fault; 2], "no name is part of another one");
        }
    }
}
