//! The stage: two servers on one durable database, each with a proxy of its own between them.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use rustix::process::Signal;
use testdb::Wire;
use uuid::Uuid;

use crate::chaos::report::RoundReport;
use crate::crowd::target::Target;
use crate::crowd::tickets::Tickets;
use crate::error::Error;
use crate::machine::clocks::ShiftedClock;
use crate::machine::disks::SmallDisk;
use crate::machine::processes::signal_one;
use crate::machine::server::Server;
use crate::machine::test_bed::TestBed;

/// The database of both servers.
pub(super) const DATABASE: &str = "chaos";

/// The events of a round: single seats, parties, and parties who have to pay.
pub(super) const EVENTS: [Tickets; 3] = [
    Tickets { types: 2, party: 1, amount: 0 },
    Tickets { types: 2, party: 3, amount: 0 },
    Tickets { types: 2, party: 3, amount: 2_500 },
];

/// The disk of that database. A hundred rounds take less than half of it.
const DISK_MEGABYTES: u32 = 384;

/// PostgreSQL's `max_connections`: enough for both servers, and few enough to be taken by others at once.
const CONNECTIONS: u32 = 60;

/// The settings of both servers. Their times are short, so that each fault outlasts them within seconds.
const SETTINGS: [(&str, &str); 9] = [
    ("ONSALE__DATABASE__IDLE_IN_TRANSACTION_MILLISECONDS", "300"),
    ("ONSALE__DATABASE__LOCK_TIMEOUT_MILLISECONDS", "600"),
    ("ONSALE__DATABASE__STATEMENT_TIMEOUT_MILLISECONDS", "1000"),
    ("ONSALE__DATABASE__CONNECT_TIMEOUT_SECONDS", "1"),
    ("ONSALE__DATABASE__READ_CONNECTIONS", "4"),
    // As many as the events of a round.
    ("ONSALE__DATABASE__BOX_OFFICE_CONNECTIONS", "3"),
    ("ONSALE__BOX_OFFICE__QUEUED_SECONDS", "2"),
    ("ONSALE__BOX_OFFICE__BACKOFF_MILLISECONDS", "100"),
    ("ONSALE__SERVER__SHUTDOWN_SECONDS", "2"),
];

/// Longer than every time limit of a session, and of a server's wait for it, which is two seconds more than that of
/// PostgreSQL.
pub(super) const STANDSTILL: Duration = Duration::from_secs(4);

/// Longer than the server's search for the outcome of a lost commit, too, which takes ten seconds.
pub(super) const LONG_STANDSTILL: Duration = Duration::from_secs(14);

/// How long a server may take to end by itself: its time for requests in flight and the last commits, and some more for
/// a busy machine.
const END_LIMIT: Duration = Duration::from_secs(15);

/// Ports that no system gives to connections: a client that connects to a stopped server could otherwise meet itself.
const PORTS: std::ops::Range<u16> = 20_000..32_000;

/// A server, the proxy before its database, and what keeps it up.
pub(super) struct Post {
    pub(super) wire: Wire,
    url: String,
    pub(super) address: SocketAddr,
    server: Option<Server>,
}

/// Two servers on one database.
pub(super) struct Stage {
    pub(super) posts: [Post; 2],
    /// The database, and the tokens. Its address is that of the second server.
    pub(super) target: Target,
    pub(super) clocks: Result<ShiftedClock, String>,
    pub(super) test_bed: Arc<TestBed>,
    /// Goes last: PostgreSQL uses it.
    pub(super) disk: Result<SmallDisk, String>,
}

impl Stage {
    /// Starts PostgreSQL and both servers.
    ///
    /// # Errors
    /// As [`TestBed::open`] and [`TestBed::serve_existing`].
    pub(super) async fn open(program: PathBuf) -> Result<Self, Error> {
        let test_bed = Arc::new(TestBed::open(program)?);
        test_bed.sql("postgres", &format!("alter system set max_connections = {CONNECTIONS}"))?;
        test_bed.restart()?;
        let folder = std::env::temp_dir().join(format!("onsale-disk-{}", Uuid::now_v7().simple()));
        let disk = SmallDisk::mount(&folder, DISK_MEGABYTES, test_bed.owner()?).map_err(|error| error.to_string());
        match &disk {
            Ok(disk) => {
                let location = disk.table_space();
                test_bed.sql("postgres", &format!("create tablespace small location '{}'", location.display()))?;
                test_bed.sql("postgres", &format!("create database {DATABASE} tablespace small"))?;
            }
            Err(_) => {
                test_bed.sql("postgres", &format!("create database {DATABASE}"))?;
            }
        }
        let clocks = ShiftedClock::build(test_bed.folder()).map_err(|error| error.to_string());
        let [one, two] = free_addresses()?;
        let mut posts = [Post::new(&test_bed, one).await?, Post::new(&test_bed, two).await?];
        let mut target = None;
        for post in &mut posts {
            post.start(&test_bed, &[]).await?;
            target = post.server.as_ref().map(|server| server.target.clone());
        }
        let target = target.ok_or_else(|| Error::Failed("no server was started".to_owned()))?;
        Ok(Self { posts, target, clocks, test_bed, disk })
    }

    /// The time limits that the faults outlast, in words.
    pub(super) fn words() -> String {
        let settings = SETTINGS.map(|(name, value)| format!("{}={value}", name.trim_start_matches("ONSALE__")));
        format!("servers with {}; a standstill takes {STANDSTILL:?} or {LONG_STANDSTILL:?}", settings.join(" "))
    }

    /// The addresses of both servers.
    pub(super) fn addresses(&self) -> [SocketAddr; 2] {
        self.posts.each_ref().map(|post| post.address)
    }

    /// Adds a finding for each server that has ended although nothing has ended it, and starts it again.
    ///
    /// # Errors
    /// As [`TestBed::serve_existing`].
    pub(super) async fn keep_up(&mut self, report: &mut RoundReport) -> Result<(), Error> {
        for post in &mut self.posts {
            if post.server.as_mut().is_none_or(Server::has_ended) {
                let address = post.address;
                report.findings.add(|| format!("the server at {address} has ended by itself"));
                post.start(&self.test_bed, &[]).await?;
            }
        }
        Ok(())
    }
}

impl Post {
    async fn new(test_bed: &TestBed, address: SocketAddr) -> Result<Self, Error> {
        let (wire, url) = Wire::to(&test_bed.url(DATABASE)?).await.map_err(Error::io("start a proxy"))?;
        Ok(Self { wire, url, address, server: None })
    }

    /// Starts the server, with these environment variables beside the usual ones.
    ///
    /// # Errors
    /// As [`TestBed::serve_existing`].
    pub(super) async fn start(&mut self, test_bed: &TestBed, more: &[(&str, String)]) -> Result<(), Error> {
        let mut settings: Vec<(&str, String)> =
            SETTINGS.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        settings.push(("DATABASE_URL", self.url.clone()));
        settings.push(("ONSALE__SERVER__PORT", self.address.port().to_string()));
        settings.extend(more.iter().cloned());
        self.server = Some(test_bed.serve_existing(DATABASE, &settings).await?);
        Ok(())
    }

    /// Sends the server a signal.
    pub(super) fn signal(&self, signal: Signal) {
        if let Some(server) = &self.server {
            signal_one(server.pid(), signal);
        }
    }

    /// Ends the server by a signal and waits for its end, with a finding if that does not come, or is not clean where
    /// it should be.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub(super) async fn end(&mut self, signal: Signal, report: &mut RoundReport) -> Result<(), Error> {
        self.signal(signal);
        let Some(mut server) = self.server.take() else { return Ok(()) };
        match server.ended_within(END_LIMIT).await? {
            None => report.findings.add(|| format!("hang: a server has not ended within {END_LIMIT:?} of {signal:?}")),
            Some(status) if signal == Signal::TERM && !status.success() => {
                report.findings.add(|| format!("a server that was terminated ended with {status}"));
            }
            Some(_) => {}
        }
        Ok(())
    }
}

/// Two addresses that nobody listens on.
fn free_addresses() -> Result<[SocketAddr; 2], Error> {
    // Others who run the same begin elsewhere, so that they do not take the port of a server that is being restarted.
    let begin = usize::try_from(std::process::id()).unwrap_or(0) % PORTS.len();
    // Both are taken at once, so that they are not the same.
    let ports = PORTS.cycle().skip(begin).take(PORTS.len());
    let mut free = ports.filter_map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok());
    let (Some(one), Some(two)) = (free.next(), free.next()) else {
        return Err(Error::Failed(format!("too few ports of {PORTS:?} are free")));
    };
    let address = |of: &TcpListener| of.local_addr().map_err(Error::io("find a free port"));
    Ok([address(&one)?, address(&two)?])
}
