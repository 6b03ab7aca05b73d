//! All troubles, one after the other. In each, people buy while something goes wrong. At the end everybody must have an
//! answer that agrees with the tables, and a small sale must go well without a restart of the server.

use std::path::PathBuf;
use std::sync::Arc;

use crate::crowd::findings::Findings;
use crate::crowd::people::People;
use crate::error::Error;
use crate::machine::test_bed::TestBed;
use crate::trouble::stage::{BUYERS, DATABASE, Report, Stage};

/// Something that goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    Suspension,
    Restart,
    LockedEvent,
    Waiting,
    FullQueue,
    VanishingClients,
    TwoServers,
    UnreadStreams,
}

impl Trouble {
    const ALL: [Self; 8] = [
        Self::Suspension,
        Self::Restart,
        Self::LockedEvent,
        Self::Waiting,
        Self::FullQueue,
        Self::VanishingClients,
        Self::TwoServers,
        Self::UnreadStreams,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Suspension => "PostgreSQL is suspended for 15 s",
            Self::Restart => "PostgreSQL is restarted",
            Self::LockedEvent => "another session locks the event for 30 s",
            Self::Waiting => "10,000 requests wait for one event",
            Self::FullQueue => "the queue is full",
            Self::VanishingClients => "clients disconnect after sending",
            Self::TwoServers => "two servers sell one event, watched live on both",
            Self::UnreadStreams => "500 live streams are not read",
        }
    }
}

/// Runs all troubles whose name contains `only`, on one private cluster. `tell` gets the report of each.
///
/// # Errors
/// Any error that prevents a trouble. Faults of the server are no error: they are in the reports.
pub async fn run(program: PathBuf, only: &str, tell: impl Fn(&Report)) -> Result<Findings, Error> {
    if !Trouble::ALL.into_iter().any(|trouble| trouble.name().contains(only)) {
        return Err(Error::Failed(format!("no trouble's name contains {only:?}")));
    }
    let test_bed = Arc::new(TestBed::open(program)?);
    let server = test_bed.serve(DATABASE).await?;
    let people = Arc::new(People::create(&server.target, BUYERS).await?);
    let stage = Stage { test_bed, server, people };
    let mut all = Findings::default();
    for trouble in Trouble::ALL.into_iter().filter(|trouble| trouble.name().contains(only)) {
        let mut report = Report { trouble: trouble.name(), facts: Vec::new(), findings: Findings::default() };
        match trouble {
            Trouble::Suspension => stage.suspension(&mut report).await?,
            Trouble::Restart => stage.restart(&mut report).await?,
            Trouble::LockedEvent => stage.locked_event(&mut report).await?,
            Trouble::Waiting => stage.waiting(&mut report).await?,
            Trouble::FullQueue => stage.full_queue(&mut report).await?,
            Trouble::VanishingClients => stage.vanishing_clients(&mut report).await?,
            Trouble::TwoServers => stage.two_servers(&mut report).await?,
            Trouble::UnreadStreams => stage.unread_streams(&mut report).await?,
        }
        stage.check_recovery(&mut report).await?;
        tell(&report);
        all.absorb(report.findings);
    }
    Ok(all)
}
