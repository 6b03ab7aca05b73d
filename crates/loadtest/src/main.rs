//! The `onsale-loadtest` program.

use std::env;
use std::fs;
use std::io::IsTerminal;
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chrono::Utc;
use clap::{Args, Parser, Subcommand};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use loadtest::compare::picture::{self, grouped};
use loadtest::compare::run::{Comparison, compare};
use loadtest::crowd::people::People;
use loadtest::crowd::play;
use loadtest::crowd::target::Target;
use loadtest::crowd::untrue::Untrue;
use loadtest::error::Error;
use loadtest::machine::arena::Arena;
use loadtest::sale::checks;
use loadtest::sale::results::Sold;
use loadtest::sale::script::{Plan, Sale};
use loadtest::trouble::run::bear;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use serde::Serialize;

#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// A crowd over HTTP against an Onsale server.
///
/// Every booking is an authenticated request on a connection that stays open, each buyer is somebody else, and every
/// answer is held against the tables afterwards. Exits with 1 when a promise is broken, an answer was not true or a request
/// was lost.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// One sale.
    Sale(SaleArgs),
    /// Everything beside the classic lock, in several rounds on one private cluster, with ratios.
    Compare(CompareArgs),
    /// What it must bear: a database that stops, restarts or is locked, crowds that wait, clients that vanish or do not read.
    Bear(BearArgs),
}

#[derive(Args)]
struct SaleArgs {
    /// People who want a place, a request each.
    #[arg(long, default_value_t = 10_000, value_parser = at_least_one)]
    buyers: usize,
    /// Seats, of each event.
    #[arg(long, default_value_t = 100)]
    seats: usize,
    /// Events that are sold at once, at least 1; buyers are dealt to them in turn.
    #[arg(long, default_value_t = 1, value_parser = at_least_one)]
    events: usize,
    /// Requests in flight at once.
    #[arg(long, default_value_t = 1_000, value_parser = at_least_one)]
    in_flight: usize,
    /// How many of a hundred send their request twice.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u8).range(0..=100))]
    repeats: u8,
    /// A server that runs already; it needs --database-url and --secret. Else one is started, on a private cluster.
    #[arg(long, requires_all = ["database_url", "secret"])]
    server: Option<SocketAddr>,
    /// The database of that server.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,
    /// What that server signs its tokens with.
    #[arg(long, env = "ONSALE__AUTH__SECRET", hide_env_values = true)]
    secret: Option<String>,
    /// Where the result goes as JSON.
    #[arg(long)]
    json: Option<PathBuf>,
}

#[derive(Args)]
struct CompareArgs {
    /// How often everything is measured.
    #[arg(long, default_value_t = 3, value_parser = at_least_one)]
    rounds: usize,
    /// Only the rows whose name has this in it.
    #[arg(long, default_value = "")]
    only: String,
    /// Where the result goes as JSON.
    #[arg(long)]
    json: Option<PathBuf>,
    /// Where the picture goes.
    #[arg(long)]
    svg: Option<PathBuf>,
}

#[derive(Args)]
struct BearArgs {
    /// Only the troubles whose name has this in it.
    #[arg(long, default_value = "")]
    only: String,
}

fn at_least_one(text: &str) -> Result<usize, String> {
    text.parse::<NonZeroUsize>().map(NonZeroUsize::get).map_err(|error| error.to_string())
}

/// Connections of the largest crowd of `compare` and `bear`, and some.
const IN_FLIGHT_MAX: usize = 12_000;

#[tokio::main]
async fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Task::Sale(args) => run_sale(args).await,
        Task::Compare(args) => run_compare(args).await,
        Task::Bear(args) => run_bear(args).await,
    };
    match done {
        Ok(untrue) if untrue.count == 0 => ExitCode::SUCCESS,
        Ok(untrue) => {
            eprintln!("{} answers were not true, or promises broken:", untrue.count);
            for told in untrue.told {
                eprintln!("  {told}");
            }
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("onsale-loadtest: {error}");
            ExitCode::from(2)
        }
    }
}

async fn run_sale(args: SaleArgs) -> Result<Untrue, Error> {
    raise_file_limit(args.in_flight)?;
    let (_private, target) = match (args.server, args.database_url, args.secret) {
        (Some(address), Some(url), Some(secret)) => (None, Target::new(address, url, &secret)?),
        _ => {
            let arena = Arena::open(program()?)?;
            let server = arena.serve("sale").await?;
            let target = server.target.clone();
            (Some((server, arena)), target)
        }
    };
    let people = Arc::new(People::gather(&target, args.buyers).await?);
    let progress = Arc::new(AtomicU64::new(0));
    let events = target.publish_events(args.events, args.seats).await?;
    let plan =
        Plan::new(events, &people, 0..args.buyers).repeating(args.repeats.into()).counting(Arc::clone(&progress));
    let bar = tokio::spawn(show(progress, u64::try_from(args.buyers).unwrap_or(u64::MAX)));
    let played = play::play(target.address, args.in_flight, Sale::new(plan)).await;
    bar.abort();
    let (results, untrue) = checks::check(&mut target.database().await?, vec![played?]).await?;
    for result in &results {
        print_sale(result);
        write_json(args.json.as_deref(), result)?;
    }
    Ok(untrue)
}

fn print_sale(result: &Sold) {
    let latency = result.latency_milliseconds;
    let count = |value: usize| grouped(u32::try_from(value).map_or(f64::from(u32::MAX), f64::from));
    println!("bookings per second   {}", grouped(result.bookings_per_second));
    println!("confirmed             {}", count(result.confirmed));
    println!("waitlisted            {}", count(result.waitlisted));
    println!("sent twice            {} answered as a repeat", result.replays);
    println!("asked again           {} busy, {} outcome unknown", result.busy, result.outcome_unknown);
    println!("lost                  {}", result.lost);
    println!(
        "latency in ms         p50 {:.1}, p95 {:.1}, p99 {:.1}, longest {:.1}",
        latency.p50, latency.p95, latency.p99, latency.max
    );
    println!("seconds               {:.2}", result.seconds);
}

async fn run_compare(args: CompareArgs) -> Result<Untrue, Error> {
    raise_file_limit(IN_FLIGHT_MAX)?;
    let comparison = compare(program()?, args.rounds, &args.only, |line| eprintln!("{line}")).await?;
    print_comparison(&comparison);
    write_json(args.json.as_deref(), &comparison)?;
    if let Some(path) = args.svg {
        let caption = format!(
            "Medians of {} rounds, {} cores shared by all, PostgreSQL {}, durable, {}",
            comparison.rounds,
            comparison.cores,
            comparison.postgres,
            Utc::now().format("%Y-%m-%d")
        );
        let picture = picture::draw(&comparison.figures, &caption);
        fs::write(&path, picture).map_err(|error| Error::Io { what: path.display().to_string(), error })?;
    }
    Ok(comparison.untrue)
}

async fn run_bear(args: BearArgs) -> Result<Untrue, Error> {
    raise_file_limit(IN_FLIGHT_MAX)?;
    bear(program()?, &args.only, |seen| {
        println!("{}: {}", seen.trouble, if seen.untrue.count == 0 { "borne" } else { "NOT BORNE" });
        for line in seen.facts.iter().chain(&seen.untrue.told) {
            println!("    {line}");
        }
    })
    .await
}

fn print_comparison(comparison: &Comparison) {
    let settings: Vec<String> = comparison.settings.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    println!(
        "{} rounds on {} cores, PostgreSQL {}, {}, {}\n",
        comparison.rounds,
        comparison.cores,
        comparison.postgres,
        settings.join(", "),
        Utc::now().format("%Y-%m-%d")
    );
    println!("| measured | median | lowest | highest |\n|---|---|---|---|");
    for (name, middle) in comparison.figures.middles() {
        let text = |value: f64| if value < 1_000.0 { format!("{value:.1}") } else { grouped(value) };
        println!("| {name} | {} | {} | {} |", text(middle.median), text(middle.lowest), text(middle.highest));
    }
    println!("\n| compared | ratio | lowest | highest | at least | aim | |\n|---|---|---|---|---|---|---|");
    for row in &comparison.rows {
        let (ratio, mark) = (row.ratio, if row.is_reached { "reached" } else { "not reached" });
        println!(
            "| {} | {:.2} | {:.2} | {:.2} | {} | {} | {mark} |",
            row.what, ratio.median, ratio.lowest, ratio.highest, row.at_least, row.aim
        );
    }
}

fn write_json(path: Option<&Path>, value: &impl Serialize) -> Result<(), Error> {
    let Some(path) = path else { return Ok(()) };
    let text = serde_json::to_string_pretty(value).map_err(|error| Error::Failed(error.to_string()))?;
    fs::write(path, text).map_err(|error| Error::Io { what: path.display().to_string(), error })
}

/// The `onsale` beside this program. Where cargo runs this, it is built first.
fn program() -> Result<PathBuf, Error> {
    if let Some(cargo) = env::var_os("CARGO") {
        let profile: &[&str] = if cfg!(debug_assertions) { &[] } else { &["--release"] };
        let built = Command::new(cargo).args(["build", "-q", "-p", "onsale-server"]).args(profile).status();
        if !built.is_ok_and(|status| status.success()) {
            return Err(Error::Failed("the server could not be built".to_owned()));
        }
    }
    let here = env::current_exe().map_err(|error| Error::Io { what: "this program's place".to_owned(), error })?;
    Ok(here.with_file_name("onsale"))
}

/// A connection is an open file, here and in the server that is started from here.
fn raise_file_limit(connections: usize) -> Result<(), Error> {
    const OTHERS: u64 = 200;
    let needed = u64::try_from(connections).unwrap_or(u64::MAX).saturating_add(OTHERS);
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current != maximum {
        setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum })
            .map_err(|error| Error::Io { what: "the limit of open files".to_owned(), error: error.into() })?;
    }
    match maximum {
        Some(maximum) if maximum < needed => {
            Err(Error::Failed(format!("{connections} connections need {needed} open files, and {maximum} are allowed")))
        }
        _ => Ok(()),
    }
}

/// A bar, on a terminal.
async fn show(progress: Arc<AtomicU64>, all: u64) {
    if !std::io::stderr().is_terminal() {
        return;
    }
    let bar = ProgressBar::with_draw_target(Some(all), ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {human_pos} of {human_len} answers, {per_sec}") {
        bar.set_style(style);
    }
    loop {
        bar.set_position(progress.load(Ordering::Relaxed));
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
