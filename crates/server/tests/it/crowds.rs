//! The load test's own crowds, small ones: what they come to is held against the tables as at full size.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::ids::EventId;
use domain::registrations::Registration;
use loadtest::crowd::findings::Findings;
use loadtest::crowd::people::{Account, People};
use loadtest::crowd::play::{self, Played, Script as _};
use loadtest::crowd::request_loop::{Request, RequestLoop};
use loadtest::crowd::target::Target;
use loadtest::crowd::tickets::Tickets;
use loadtest::sale::cancellations::{self, Cancellations};
use loadtest::sale::checks;
use loadtest::sale::lapses;
use loadtest::sale::results::SaleResult;
use loadtest::sale::script::{Plan, Sale};
use testdb::patience::{eventually, scaled};
use tokio_postgres::{Client, NoTls};

use crate::live::{Live, counters};
use crate::stage::{SECRET, Server, Stage};

const BUYERS: usize = 300;
const SEATS: usize = 100;

/// One in five sends the request twice.
const REPEATS_PERCENT: usize = 20;
const REPEATS: u64 = 60;

fn target(stage: &Stage, server: &Server) -> Target {
    let address = server.base.strip_prefix("http://").unwrap().parse().unwrap();
    Target::new(address, stage.database.url(), SECRET).unwrap()
}

async fn play(target: &Target, in_flight: usize, plan: Plan) -> Played<Sale> {
    play::play(target.address, in_flight, Sale::new(plan)).await.unwrap()
}

async fn check(target: &Target, sales: Vec<Played<Sale>>) -> (Vec<SaleResult>, Findings) {
    checks::check(&mut target.database().await.unwrap(), sales).await.unwrap()
}

fn assert_true(findings: &Findings) {
    assert_eq!((findings.count, findings.examples.as_slice()), (0, [].as_slice()));
}

async fn stranger(stage: &Stage) -> Client {
    let (client, connection) = tokio_postgres::connect(&stage.database.url(), NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

/// A session that has the event's row locked.
async fn holding(stage: &Stage, event: EventId) -> Client {
    let client = stranger(stage).await;
    client.batch_execute(&format!("begin; select from events where id = '{event}' for update")).await.unwrap();
    client
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_across_the_edge_is_told_the_truth_and_seats_given_up_go_to_the_first_in_line() {
    let stage = Stage::set().await;
    let target = target(&stage, &stage.server);
    let people = Arc::new(People::create(&target, BUYERS).await.unwrap());
    let event = target.publish_event(SEATS).await.unwrap();
    let plan = Plan::new([event], &people, 0..BUYERS).repeating(REPEATS_PERCENT);
    let (sold, findings) = check(&target, vec![play(&target, 60, plan).await]).await;
    assert_true(&findings);
    let SaleResult { confirmed, waitlisted, replays, lost, .. } = sold[0];
    assert_eq!((confirmed, waitlisted, replays, lost), (SEATS, BUYERS - SEATS, REPEATS, 0));

    let script = Cancellations::of(&mut stage.connection().await, event, Arc::clone(&people)).await.unwrap();
    let played = play::play(target.address, SEATS, script).await.unwrap();
    let (_, findings) = cancellations::check(&mut stage.connection().await, played).await.unwrap();
    assert_true(&findings);
    let rows = stage.registrations(&event.to_string()).await;
    assert_eq!(rows.iter().filter(|row| row.cancelled_decision.is_some()).count(), SEATS);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_of_parties_is_told_the_truth_about_seats_of_several_types_and_prices() {
    let stage = Stage::set().await;
    let target = target(&stage, &stage.server);
    let people = Arc::new(People::create(&target, BUYERS).await.unwrap());
    for amount in [0, 2_500] {
        let tickets = Tickets { types: 3, party: 4, amount };
        let event = target.publish_with(tickets, 1, SEATS).await.unwrap()[0];
        let plan = Plan::new([event], &people, 0..BUYERS).asking(tickets.wishes().unwrap());
        let (sold, findings) = check(&target, vec![play(&target, 60, plan.repeating(REPEATS_PERCENT)).await]).await;
        assert_true(&findings);
        let SaleResult { confirmed, waitlisted, replays, lost, .. } = sold[0];
        assert_eq!((confirmed + waitlisted, replays, lost), (BUYERS, REPEATS, 0));
        // In each type 25 of each size want 250 of its 100 seats, and the head of the line wants more than is left.
        let rows = stage.registrations(&event.to_string()).await;
        let taken: i32 = rows.iter().filter(|row| !row.status.waits()).map(Registration::seats).sum();
        assert!((3 * (SEATS - 3)..=3 * SEATS).contains(&usize::try_from(taken).unwrap()), "{taken} seats are taken");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn holds_that_are_due_at_once_lapse_and_the_line_gets_their_seats_in_its_order() {
    const HOLDS: usize = 30;
    const WAITING: usize = 100;

    let stage = Stage::set().await;
    let target = target(&stage, &stage.server);
    let people = Arc::new(People::create(&target, HOLDS + WAITING).await.unwrap());
    let tickets = Tickets { party: 3, amount: 2_500, ..Tickets::SIMPLE };
    let event = target.publish_with(tickets, 1, 3 * HOLDS).await.unwrap()[0];
    let book = async |buyers, size| {
        let plan = Plan::new([event], &people, buyers).asking(vec![tickets.wish(1, size).unwrap()]);
        play(&target, 20, plan).await
    };
    let sales = vec![book(0..HOLDS, 3).await, book(HOLDS..HOLDS + WAITING, 1).await];
    assert_true(&check(&target, sales).await.1);

    let connection = &mut stage.connection().await;
    let wave = lapses::Wave::of(connection, event).await.unwrap();
    assert_eq!(wave.size(), (HOLDS, 3 * HOLDS));
    // The sweeper looks at the last minutes at least every two seconds.
    let due_at = DateTime::from_timestamp_millis(Utc::now().timestamp_millis() + 500).unwrap();
    let at = due_at.to_rfc3339();
    stage
        .execute(&format!("update registrations set held_until = '{at}', lapses_at = '{at}' where status = 'HELD'"))
        .await;
    let ended_at = wave.watch(connection, due_at).await.unwrap();
    let (_, findings) = wave.check(connection, due_at, ended_at).await.unwrap();
    assert_true(&findings);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_finds_every_promise_that_the_tables_break_and_every_answer_that_does_not_stand() {
    let given_up = "update registrations set status = 'CANCELLED', cancelled_decision = 99, cancelled_at = now() \
         where decision = 3";
    let harms = [
        (given_up, "P1", "Cancelled"),
        ("update registrations set decision = 99 where decision = 6", "P4", "99"),
        ("delete from registrations where decision = 6", "P4", "has no registration"),
    ];
    for (harm, promise, words) in harms {
        let stage = Stage::set().await;
        let target = target(&stage, &stage.server);
        let people = Arc::new(People::create(&target, 5).await.unwrap());
        let event = target.publish_event(2).await.unwrap();
        let played = play(&target, 2, Plan::new([event], &people, 0..5)).await;
        stage.execute(harm).await;
        let (_, findings) = check(&target, vec![played]).await;
        let told = findings.examples.join("\n");
        assert!(told.contains(&format!("{promise} is broken: ")) && told.contains(words), "{harm}: {told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_larger_than_the_queue_is_told_so_waits_on_one_connection_and_is_served_in_the_end() {
    const QUEUE: usize = 50;

    let stage = Stage::set_with(&[
        ("ONSALE__BOX_OFFICE__QUEUE_PER_EVENT", "50"),
        ("ONSALE__SIMULATION__WINDOW", "50"),
        // Longer than the crowd takes to come.
        ("ONSALE__DATABASE__LOCK_TIMEOUT_MILLISECONDS", "50000"),
        ("ONSALE__DATABASE__STATEMENT_TIMEOUT_MILLISECONDS", "60000"),
    ])
    .await;
    let target = target(&stage, &stage.server);
    let people = Arc::new(People::create(&target, BUYERS).await.unwrap());
    let event = target.publish_event(SEATS).await.unwrap();
    let holding = holding(&stage, event).await;
    let playing = tokio::spawn({
        let (target, plan) = (target.clone(), Plan::new([event], &people, 0..BUYERS));
        async move { play(&target, BUYERS, plan).await }
    });
    let stranger = stranger(&stage).await;
    let (mut most, mut refused) = (0, 0);
    eventually("a full queue, and a refusal for all others", async || {
        most = most.max(target.gauge("onsale_box_office_queued_commands").await.unwrap());
        // The counter appears with the first refusal.
        refused = target.gauge(r#"onsale_box_office_refusals_total{reason="busy"}"#).await.unwrap_or(0);
        (most >= QUEUE && refused >= BUYERS - QUEUE - 1).then_some(())
    })
    .await;
    let of_box_office = "select count(*) from pg_stat_activity where datname = current_database() \
         and application_name = 'onsale box office' and state <> 'idle'";
    let in_use: i64 = stranger.query_one(of_box_office, &[]).await.unwrap().get(0);
    assert_eq!((most, in_use), (QUEUE, 1));
    holding.batch_execute("rollback").await.unwrap();

    let (sold, findings) = check(&target, vec![playing.await.unwrap()]).await;
    assert_true(&findings);
    assert_eq!((sold[0].confirmed, sold[0].waitlisted, sold[0].lost), (SEATS, BUYERS - SEATS, 0));
    assert!(sold[0].busy >= u64::try_from(BUYERS - QUEUE - 1).unwrap(), "{}", sold[0].busy);
}

#[tokio::test(flavor = "multi_thread")]
async fn crowds_at_two_servers_are_told_the_truth_and_so_is_who_watches_either() {
    let stage = Stage::set().await;
    let other = stage.another_server().await;
    let targets = [target(&stage, &stage.server), target(&stage, &other)];
    let people = Arc::new(People::create(&targets[0], BUYERS).await.unwrap());
    let event = targets[0].publish_event(SEATS).await.unwrap();
    let mut streams = Vec::new();
    for server in [&stage.server, &other] {
        streams.push(Live::open(&server.anonymous(), &[&event.to_string()]).await);
    }
    let half = |buyers| Plan::new([event], &people, buyers).repeating(REPEATS_PERCENT);
    let (one, two) =
        tokio::join!(play(&targets[0], 40, half(0..BUYERS / 2)), play(&targets[1], 40, half(BUYERS / 2..BUYERS)),);
    let (sold, findings) = check(&targets[0], vec![one, two]).await;
    assert_true(&findings);
    assert_eq!(sold.iter().map(|sold| sold.confirmed).sum::<usize>(), SEATS);
    assert_eq!(sold.iter().map(|sold| sold.waitlisted).sum::<usize>(), BUYERS - SEATS);
    for live in &mut streams {
        let state = live.until(|state| counters(state) == [100, 0, 100, 200]).await;
        assert_eq!(state["last_decision"], 2 + BUYERS, "the two that made and published it, and one a buyer");
    }
    other.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_that_vanishes_is_decided_about_and_gets_its_decisions_back_by_its_keys() {
    let stage = Stage::set().await;
    let target = target(&stage, &stage.server);
    let people = Arc::new(People::create(&target, BUYERS).await.unwrap());
    let event = target.publish_event(SEATS).await.unwrap();
    let plan = Plan::new([event], &people, 0..BUYERS).asked_before();
    let (mut script, mut request) = (Sale::new(plan.clone()), Vec::new());
    while script.next(&mut request).is_some() {
        target.connect().await.unwrap().send(&request).await.unwrap();
        request.clear();
    }
    let stranger = stranger(&stage).await;
    eventually("every request is decided", async || {
        let decided: i64 = stranger.query_one("select count(*) from registrations", &[]).await.unwrap().get(0);
        (decided >= i64::try_from(BUYERS).unwrap()).then_some(())
    })
    .await;
    let (sold, findings) = check(&target, vec![play(&target, 60, plan).await]).await;
    assert_true(&findings);
    assert_eq!(sold[0].replays, u64::try_from(BUYERS).unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_that_signs_in_is_let_in_or_told_when_to_come_back() {
    let stage = Stage::set().await;
    let target = target(&stage, &stage.server);
    let accounts = Account::create(&target, 80).await.unwrap();
    // More at once than one address may try.
    let script = RequestLoop::new(Request::SignIn(accounts), scaled(Duration::from_millis(75)));
    let played = play::play(target.address, 80, script).await.unwrap();
    assert_true(&played.script.findings);
    assert!(played.script.answers > 0 && played.script.refusals > 0, "{}", played.script.answers);
}
