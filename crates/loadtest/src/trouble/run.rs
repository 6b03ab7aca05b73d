//! Load that the server must bear. In each trouble people try to buy; in the end everybody has an answer, every answer is
//! held against the tables, and a small sale shows that all is as it was, without a restart.

use std::path::PathBuf;
use std::sync::Arc;

use crate::crowd::people::People;
use crate::crowd::untrue::Untrue;
use crate::error::Error;
use crate::machine::arena::Arena;
use crate::trouble::stage::{BUYERS, DATABASE, Seen, Stage};

/// What the server must bear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    Standstill,
    Restart,
    Held,
    Waiting,
    FullQueue,
    Vanishing,
    TwoServers,
    UnreadStreams,
}

impl Trouble {
    const ALL: [Self; 8] = [
        Self::Standstill,
        Self::Restart,
        Self::Held,
        Self::Waiting,
        Self::FullQueue,
        Self::Vanishing,
        Self::TwoServers,
        Self::UnreadStreams,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Standstill => "PostgreSQL stands still for 15 s",
            Self::Restart => "PostgreSQL is restarted",
            Self::Held => "somebody else holds the event for 30 s",
            Self::Waiting => "10,000 requests wait for one event",
            Self::FullQueue => "the queue is full",
            Self::Vanishing => "clients vanish after sending",
            Self::TwoServers => "two servers sell one event, watched live on both",
            Self::UnreadStreams => "500 live streams are not read",
        }
    }
}

/// Goes through all troubles whose name has `only` in it, on one private cluster.
///
/// # Errors
/// Whatever keeps a trouble from being made. What the server did wrong is told with what was seen.
pub async fn bear(program: PathBuf, only: &str, tell: impl Fn(&Seen)) -> Result<Untrue, Error> {
    if !Trouble::ALL.into_iter().any(|trouble| trouble.name().contains(only)) {
        return Err(Error::Failed(format!("no trouble has {only:?} in its name")));
    }
    let arena = Arc::new(Arena::open(program)?);
    let server = arena.serve(DATABASE).await?;
    let people = Arc::new(People::gather(&server.target, BUYERS).await?);
    let stage = Stage { arena, server, people };
    let mut all = Untrue::default();
    for trouble in Trouble::ALL.into_iter().filter(|trouble| trouble.name().contains(only)) {
        let mut seen = Seen { trouble: trouble.name(), facts: Vec::new(), untrue: Untrue::default() };
        match trouble {
            Trouble::Standstill => stage.standstill(&mut seen).await?,
            Trouble::Restart => stage.restart(&mut seen).await?,
            Trouble::Held => stage.held(&mut seen).await?,
            Trouble::Waiting => stage.waiting(&mut seen).await?,
            Trouble::FullQueue => stage.full_queue(&mut seen).await?,
            Trouble::Vanishing => stage.vanishing(&mut seen).await?,
            Trouble::TwoServers => stage.two_servers(&mut seen).await?,
            Trouble::UnreadStreams => stage.unread_streams(&mut seen).await?,
        }
        stage.is_itself_again(&mut seen).await?;
        tell(&seen);
        all.absorb(seen.untrue);
    }
    Ok(all)
}
