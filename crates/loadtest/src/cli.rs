//! The command line: arguments, progress, output and exit code.

use std::fs;
use std::io::IsTerminal;
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chrono::Utc;
use clap::{Args, Parser, Subcommand};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;

use crate::chaos::run as chaos;
use crate::compare::run::{Comparison, compare};
use crate::compare::{picture, table as comparison_table};
use crate::crowd::findings::Findings;
use crate::crowd::people::People;
use crate::crowd::play;
use crate::crowd::target::Target;
use crate::crowd::tickets::Tickets;
use crate::crowd::visits::Visits;
use crate::error::Error;
use crate::machine::processes::raise_open_files_limit;
use crate::machine::program;
use crate::machine::test_bed::TestBed;
use crate::sale::checks;
use crate::sale::script::{Plan, Sale};
use crate::sale::table as sale_table;
use crate::trouble::run as trouble;

/// A crowd over HTTP against an Onsale server.
///
/// Each buyer is another person and books with an authenticated request on a connection that stays open. Every answer
/// is compared with the tables afterwards. The exit code is 1 when a promise is broken, an answer is not true or a
/// request is lost, and 2 when the test could not be run.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs one sale.
    Sale(SaleArgs),
    /// Compares sales with the classic lock and other baselines, in several rounds on one private cluster.
    Compare(CompareArgs),
    /// Sells through trouble: a database that stops, restarts or is locked, waiting crowds, clients that vanish or do
    /// not read.
    Trouble(TroubleArgs),
    /// Sells on two servers, and breaks something in each round: processes, connections, pools, disks, clocks.
    Chaos(ChaosArgs),
}

#[derive(Args)]
struct SaleArgs {
    /// Buyers; each sends one request.
    #[arg(long, default_value_t = 10_000, value_parser = at_least_one)]
    buyers: usize,
    /// Seats of each event, or of each of its ticket types.
    #[arg(long, default_value_t = 100)]
    seats: usize,
    /// Ticket types of each event, which buyers ask for in turn.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=20))]
    types: u8,
    /// The largest party. Buyers ask for one seat, two and so on, in turn.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=10))]
    party: u8,
    /// The price of a seat, in cents. Above 0, seats are held until they are paid.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=1_000_000_000))]
    price: u32,
    /// Events that are sold at once, at least 1. Buyers are dealt to them in turn.
    #[arg(long, default_value_t = 1, value_parser = at_least_one)]
    events: usize,
    /// Requests in flight at once.
    #[arg(long, default_value_t = 1_000, value_parser = at_least_one)]
    in_flight: usize,
    /// How many of a hundred buyers send their request twice.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u8).range(0..=100))]
    repeats: u8,
    /// Whether as many people as there are buyers open the page before the sale begins.
    #[arg(long)]
    page_first: bool,
    /// A running server; needs --database-url and --secret. Without it, a server is started on a private cluster.
    #[arg(long, requires_all = ["database_url", "secret"])]
    server: Option<SocketAddr>,
    /// The database of that server.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,
    /// The secret with which that server signs its tokens.
    #[arg(long, env = "ONSALE__AUTH__SECRET", hide_env_values = true)]
    secret: Option<String>,
    /// A file for the result as JSON.
    #[arg(long)]
    json: Option<PathBuf>,
}

#[derive(Args)]
struct CompareArgs {
    /// How often everything is measured.
    #[arg(long, default_value_t = 3, value_parser = at_least_one)]
    rounds: usize,
    /// Measures only the rows whose name contains this.
    #[arg(long, default_value = "")]
    only: String,
    /// The `onsale` program of an earlier release, which sells in turn with this one.
    #[arg(long, value_name = "PROGRAM")]
    before: Option<PathBuf>,
    /// A file for the result as JSON.
    #[arg(long)]
    json: Option<PathBuf>,
    /// A file for the picture.
    #[arg(long)]
    svg: Option<PathBuf>,
}

#[derive(Args)]
struct TroubleArgs {
    /// Runs only the troubles whose name contains this.
    #[arg(long, default_value = "")]
    only: String,
}

#[derive(Args)]
struct ChaosArgs {
    /// How many rounds, with one fault each.
    #[arg(long, default_value_t = 100, value_parser = at_least_one)]
    rounds: usize,
    /// Repeats the faults, their order and the choices of all buyers.
    #[arg(long)]
    seed: Option<u64>,
    /// Causes only the faults whose name contains this.
    #[arg(long, default_value = "")]
    only: String,
    /// A file for the report as JSON.
    #[arg(long)]
    json: Option<PathBuf>,
}

fn at_least_one(text: &str) -> Result<usize, String> {
    text.parse::<NonZeroUsize>().map(NonZeroUsize::get).map_err(|error| error.to_string())
}

/// The connections of the largest crowd of `compare` and `trouble`, and some more.
const IN_FLIGHT_MAX: usize = 12_000;

/// Runs the program with its command line.
pub async fn run() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Sale(args) => run_sale(args).await,
        Command::Compare(args) => run_compare(args).await,
        Command::Trouble(args) => run_trouble(args).await,
        Command::Chaos(args) => run_chaos(args).await,
    };
    match result {
        Ok(findings) if findings.count == 0 => ExitCode::SUCCESS,
        Ok(findings) => {
            eprintln!("{} answers were not true, or promises broken:", findings.count);
            for example in findings.examples {
                eprintln!("  {example}");
            }
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("onsale-loadtest: {error}");
            ExitCode::from(2)
        }
    }
}

async fn run_sale(args: SaleArgs) -> Result<Findings, Error> {
    raise_open_files_limit(args.in_flight)?;
    let (_private, target) = match (args.server, args.database_url, args.secret) {
        (Some(address), Some(url), Some(secret)) => (None, Target::new(address, url, &secret)?),
        _ => {
            let test_bed = TestBed::open(program::onsale()?)?;
            let server = test_bed.serve("sale").await?;
            let target = server.target.clone();
            (Some((server, test_bed)), target)
        }
    };
    let people = Arc::new(People::create(&target, args.buyers).await?);
    let progress = Arc::new(AtomicU64::new(0));
    let amount = usize::try_from(args.price).map_err(|error| Error::Failed(error.to_string()))?;
    let tickets = Tickets { types: args.types.into(), party: args.party.into(), amount };
    let events = target.publish_with(tickets, args.events, args.seats).await?;
    let mut visited = Findings::default();
    if let (true, Some(event)) = (args.page_first, events.first()) {
        let visits = Visits::of(&target, *event, args.buyers).await?;
        let requests = visits.requests();
        let visits = play::play(target.address, args.in_flight, visits).await?;
        println!(
            "first visits: {} in {:.1} s, {requests} requests and {} KB each",
            args.buyers,
            visits.took.as_secs_f64(),
            visits.script.bytes / args.buyers / 1000
        );
        visited = visits.script.findings;
    }
    let wishes = if tickets == Tickets::SIMPLE { Vec::new() } else { tickets.wishes()? };
    let plan = Plan::new(events, &people, 0..args.buyers).asking(wishes);
    let plan = plan.repeating(args.repeats.into()).counting(Arc::clone(&progress));
    let bar = tokio::spawn(show(progress, u64::try_from(args.buyers).unwrap_or(u64::MAX)));
    let played = play::play(target.address, args.in_flight, Sale::new(plan)).await;
    bar.abort();
    let (results, mut findings) = checks::check(&mut target.database().await?, vec![played?]).await?;
    findings.absorb(visited);
    for result in &results {
        print!("{}", sale_table::text(result));
        write_json(args.json.as_deref(), result)?;
    }
    Ok(findings)
}

async fn run_compare(args: CompareArgs) -> Result<Findings, Error> {
    raise_open_files_limit(IN_FLIGHT_MAX)?;
    let comparison =
        compare(program::onsale()?, args.before, args.rounds, &args.only, |line| eprintln!("{line}")).await?;
    let date = Utc::now().format("%Y-%m-%d").to_string();
    print!("{}", comparison_table::text(&comparison, &date));
    write_json(args.json.as_deref(), &comparison)?;
    if let Some(path) = args.svg {
        let Comparison { rounds, cores, postgres, commit_milliseconds, figures, .. } = &comparison;
        let caption = format!(
            "Medians of {rounds} rounds, {cores} cores shared by all, PostgreSQL {postgres}, \
             a durable commit takes {commit_milliseconds:.2} ms, {date}"
        );
        write(&path, &picture::draw(figures, &caption))?;
    }
    Ok(comparison.findings)
}

async fn run_trouble(args: TroubleArgs) -> Result<Findings, Error> {
    raise_open_files_limit(IN_FLIGHT_MAX)?;
    trouble::run(program::onsale()?, &args.only, |report| {
        println!("{}: {}", report.trouble, if report.findings.count == 0 { "passed" } else { "FAILED" });
        for line in report.facts.iter().chain(&report.findings.examples) {
            println!("    {line}");
        }
    })
    .await
}

async fn run_chaos(args: ChaosArgs) -> Result<Findings, Error> {
    raise_open_files_limit(IN_FLIGHT_MAX)?;
    let seed = match args.seed {
        Some(seed) => seed,
        None => getrandom::u64().map_err(|error| Error::Failed(format!("the system gave no random bytes: {error}")))?,
    };
    let plan = chaos::Plan { rounds: args.rounds, seed, only: &args.only };
    let report = chaos::run(program::onsale()?, plan, |line| println!("{line}")).await?;
    print!("{report}");
    write_json(args.json.as_deref(), &report)?;
    Ok(report.findings)
}

fn write_json(path: Option<&Path>, value: &impl Serialize) -> Result<(), Error> {
    let Some(path) = path else { return Ok(()) };
    let text = serde_json::to_string_pretty(value).map_err(|error| Error::Failed(error.to_string()))?;
    write(path, &text)
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    fs::write(path, text).map_err(Error::io(format!("write {}", path.display())))
}

/// Shows a progress bar, on a terminal.
async fn show(progress: Arc<AtomicU64>, total: u64) {
    if !std::io::stderr().is_terminal() {
        return;
    }
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {human_pos} of {human_len} answers, {per_sec}") {
        bar.set_style(style);
    }
    loop {
        bar.set_position(progress.load(Ordering::Relaxed));
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
