//! A backup that is made while seats are sold, and restored as `docs/operating.md` says.

use std::path::Path;
use std::process::Command as Program;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use std::{env, fs};

use boxoffice::BoxOffice;
use domain::commands::{Done, Origin};
use domain::history::{self, Told, What};
use domain::ids::{EventId, UserId};
use domain::registrations::RegistrationStatus::Confirmed;
use futures_util::future::join_all;
use localpg::Programs;
use repository::{databases, histories};
use testdb::patience::eventually;
use tokio::task::spawn_blocking;

use crate::stage::{Stage, connect, done, give_up, register};

/// More than could book while a dump is made.
const PEOPLE: usize = 20_000;

/// How many book at the same time.
const AT_ONCE: usize = 40;

/// Answers that are there before the dump begins.
const BEFORE_THE_DUMP: usize = 500;

/// Each then books so slowly that the people last for a dump of minutes.
const PAUSE: Duration = Duration::from_millis(100);

const SEATS: i32 = 300;

/// The arguments that the documentation gives one of PostgreSQL's programs, but for those that say where the database
/// is.
fn documented(program: &str) -> Vec<String> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/operating.md");
    let page = fs::read_to_string(page).unwrap();
    let line = page.lines().find_map(|line| line.split_once(&format!(" {program} "))).unwrap().1;
    let arguments = line.split(' ').filter(|word| word.starts_with("--") && !word.starts_with("--dbname"));
    arguments.map(ToOwned::to_owned).collect()
}

/// Runs one of PostgreSQL's programs on a database with its documented arguments and these.
async fn run(program: &'static str, url: String, more: Vec<String>) {
    let ran = spawn_blocking(move || {
        let mut command = Program::new(Programs::find().unwrap().path(program));
        command.args(documented(program)).arg("--dbname").arg(url).args(more).output()
    });
    let ran = ran.await.unwrap().unwrap();
    assert!(ran.status.success(), "{program}: {}", String::from_utf8_lossy(&ran.stderr));
}

/// A sale that goes on until it is told to end.
struct Sale<'a> {
    office: &'a BoxOffice,
    event: EventId,
    people: &'a [UserId],
    began: Instant,
    next: AtomicUsize,
    is_over: AtomicBool,
    told: Mutex<Vec<Told>>,
}

impl Sale<'_> {
    /// Books for one person after the other. Every third one gives up again.
    async fn run(&self) {
        while !self.is_over.load(Ordering::Relaxed) {
            if self.told.lock().unwrap().len() > BEFORE_THE_DUMP {
                // The dump takes as long as it takes, and there must be people left until its end.
                tokio::time::sleep(PAUSE).await;
            }
            let n = self.next.fetch_add(1, Ordering::Relaxed);
            let user = *self.people.get(n).expect("the sale goes on for as long as the backup takes");
            let asked = self.began.elapsed();
            let Done::Registered { registration, origin: Origin::Made, position } =
                done(self.office.submit(self.event, register(user)).await)
            else {
                panic!("a booking of somebody who has none");
            };
            self.tell(Told {
                registration: registration.id,
                what: What::Made {
                    number: registration.decision,
                    is_seated: Some(registration.status == Confirmed),
                    position: position.map(i64::from),
                },
                asked,
                answered: self.began.elapsed(),
            });
            if n.is_multiple_of(3) {
                let asked = self.began.elapsed();
                let Done::GivenUp(registration) = done(self.office.submit(self.event, give_up(&registration)).await)
                else {
                    panic!("a booking that stands is given up");
                };
                let number = registration.cancelled_decision.unwrap();
                let what = What::Cancelled { number };
                self.tell(Told { registration: registration.id, what, asked, answered: self.began.elapsed() });
            }
        }
    }

    fn tell(&self, told: Told) {
        self.told.lock().unwrap().push(told);
    }

    fn told(&self) -> Vec<Told> {
        self.told.lock().unwrap().clone()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_a_sale_that_goes_on_has_every_answer_from_before_it_and_keeps_every_promise() {
    let stage = Stage::set().await;
    let office = stage.office();
    let people = stage.people(PEOPLE).await;
    let event = stage.event(&office, SEATS).await;
    let dump = env::temp_dir().join(format!("{}.dump", stage.database.name()));
    let path = dump.to_str().unwrap().to_owned();

    let sale = Sale {
        office: &office,
        event,
        people: &people,
        began: Instant::now(),
        next: AtomicUsize::new(0),
        is_over: AtomicBool::new(false),
        told: Mutex::default(),
    };
    let selling = join_all((0..AT_ONCE).map(|_| sale.run()));
    let backing_up = async {
        let begun = async || (sale.told().len() >= BEFORE_THE_DUMP).then(|| sale.told());
        let before = eventually("the sale goes on", begun).await;
        run("pg_dump", stage.url.clone(), vec![format!("--file={path}")]).await;
        sale.is_over.store(true, Ordering::Relaxed);
        before
    };
    let (before, _) = tokio::join!(backing_up, selling);
    assert!(sale.told().len() > before.len(), "nothing was sold while the backup was made");

    let restored = format!("{}_restored", stage.database.name());
    let mut admin = stage.connection().await;
    databases::create(&mut admin, &restored).await.unwrap();
    let url = stage.database.url_of(&restored);
    run("pg_restore", url.clone(), vec![path]).await;
    fs::remove_file(dump).unwrap();

    let history = histories::read(&mut connect(&url).await, event).await.unwrap().unwrap();
    let verdict = history::verdict(&history, &before);
    assert_eq!(verdict.count, 0, "{:?}", verdict.violations);
    let sold = histories::read(&mut admin, event).await.unwrap().unwrap().last_number;
    assert!(history.last_number < sold, "the backup is of a moment in the sale");
    testdb::assert_promises(&mut connect(&url).await).await;
    databases::drop(&mut admin, &restored).await.unwrap();
    stage.assert_promises().await;
}
