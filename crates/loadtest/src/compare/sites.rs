//! The servers of a comparison, and what they begin with.

use std::path::PathBuf;
use std::sync::Arc;

use domain::ids::EventId;

use crate::compare::rows::USUAL;
use crate::crowd::numbers::as_number;
use crate::crowd::people::People;
use crate::error::Error;
use crate::machine::server::Server;
use crate::machine::test_bed::TestBed;

/// This many in a hundred buyers send their request twice.
pub(super) const REPEATS_PERCENT: usize = 10;

/// A sale that is not measured, since a server that has just started is slower: requests in flight, and buyers.
pub(super) const WARM_UP: (usize, usize) = (200, 2_000);

/// The database of the program before.
pub(super) const BEFORE_DATABASE: &str = "before";

/// A server and people who book there.
#[derive(Clone)]
pub(super) struct Site {
    pub(super) server: Arc<Server>,
    pub(super) people: Arc<People>,
}

impl Site {
    pub(super) async fn open(test_bed: &TestBed, database: &str, people: usize) -> Result<Self, Error> {
        Self::of(test_bed.serve(database).await?, people).await
    }

    pub(super) async fn of(server: Server, people: usize) -> Result<Self, Error> {
        let server = Arc::new(server);
        let people = Arc::new(People::create(&server.target, people).await?);
        Ok(Self { server, people })
    }
}

/// An earlier program, and its server.
pub(super) struct Before {
    pub(super) program: PathBuf,
    pub(super) site: Site,
}

impl Before {
    /// Starts a server of this program. `report` is told which rows are left out for it.
    ///
    /// # Errors
    /// As [`TestBed::serve_program`].
    pub(super) async fn open(test_bed: &TestBed, program: PathBuf, report: &impl Fn(&str)) -> Result<Self, Error> {
        let site = Site::of(test_bed.serve_program(&program, BEFORE_DATABASE).await?, USUAL.1).await?;
        let name = program.display();
        report(&format!("{name} sells single seats of one type for nothing; all other rows are left out for it"));
        if !has_ticket_types(test_bed, BEFORE_DATABASE)? {
            report(&format!("{name} is older than ticket types, parties and holds: it could not be measured in them"));
        }
        Ok(Self { program, site })
    }
}

/// Whether the program that made this database knows ticket types.
///
/// # Errors
/// As [`TestBed::sql`].
pub(super) fn has_ticket_types(test_bed: &TestBed, database: &str) -> Result<bool, Error> {
    Ok(test_bed.sql(database, "select to_regclass('ticket_types') is not null")? == "t")
}

/// An event with types that are full, and its site. Some of its other types have been sold by now.
pub(super) struct Crowded {
    pub(super) site: Site,
    pub(super) event: EventId,
    pub(super) sold: usize,
}

pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / as_number(values.len())
}
