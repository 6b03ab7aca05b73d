//! Mail by a mail server that others wrote: it takes mail, refuses it, puts it off, stalls, and is away; and the
//! program is killed between sending and storing. Nothing is lost, and whatever comes twice has one `Message-ID`.

use chrono::TimeDelta;
use domain::accounts::Role;
use mail_parser::MessageParser;
use testdb::Database;
use testdb::patience::eventually;
use tokio_postgres::{Client as Connection, NoTls};

use crate::client::{Audience, Client};
use crate::lifecycle::lock_is_wanted;
use crate::real_mail_server::RealMailServer;
use crate::servers::Ground;
use crate::stage::Stage;

const SENDER: &str = "Onsale <tickets@onsale.example>";

async fn stage(server: &RealMailServer, tls: &str) -> Stage {
    let url = server.url();
    Stage::set_with(&[
        ("ONSALE__MAIL__SMTP_URL", &url),
        ("ONSALE__MAIL__TLS", tls),
        ("ONSALE__MAIL__SENDER", SENDER),
        ("ONSALE__SITE__ADDRESS", "https://onsale.example"),
    ])
    .await
}

async fn sql(database: &Database) -> Connection {
    let (client, connection) = tokio_postgres::connect(&database.url(), NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

/// Somebody at this domain books: the address.
async fn booked(stage: &Stage, event: &str, domain: &str) -> String {
    let person = stage.person(Role::Audience).await;
    let email = format!("{}@{domain}", person.id);
    stage.execute(&format!("update users set email = '{email}' where id = '{}'", person.id)).await;
    Audience(Client::new(&stage.server.base, Some(stage.token(&person)))).book(event).await.expect(201);
    email
}

/// How somebody's only message stands.
#[derive(Debug, PartialEq)]
struct Standing {
    id: String,
    state: String,
    tries: i16,
    error: Option<String>,
    /// Until the next try, by the database's clock.
    pause: TimeDelta,
}

async fn standing(sql: &Connection, email: &str) -> Option<Standing> {
    let row = sql
        .query_opt(
            "select m.id::text, m.state, m.tries, m.last_error, (extract(epoch from m.due_at - now()) * 1000)::bigint \
             from messages m \
             join users u on u.id = m.user_id where u.email = $1",
            &[&email],
        )
        .await
        .unwrap()?;
    let pause = TimeDelta::milliseconds(row.get(4));
    Some(Standing { id: row.get(0), state: row.get(1), tries: row.get(2), error: row.get(3), pause })
}

/// How it stands once its telling has ended in this state.
async fn ended(sql: &Connection, email: &str, state: &str) -> Standing {
    eventually(format!("{email} is {state}"), async || {
        standing(sql, email).await.filter(|standing| standing.state == state)
    })
    .await
}

/// How it stands once a try for now has failed, and so many in all.
async fn put_off(sql: &Connection, email: &str, tries: i16) -> Standing {
    eventually(format!("{tries} tries to {email}"), async || {
        let failed = |one: &Standing| one.state == "DUE" && one.tries == tries && one.error.is_some();
        standing(sql, email).await.filter(|one| failed(one) && one.pause > TimeDelta::zero())
    })
    .await
}

/// Lets the time until the next try pass.
async fn pass(sql: &Connection, email: &str) {
    let due = "update messages m set due_at = now(), last_error = null from users u \
               where u.id = m.user_id and u.email = $1 and m.state = 'DUE'";
    sql.execute(due, &[&email]).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs aiosmtpd; .ci/run runs it"]
async fn a_mail_server_takes_refuses_or_puts_off_mail_and_whatever_it_takes_comes_once() {
    let mut server = RealMailServer::start().await;
    server.rule("refused.test", "refuse 550 5.1.1 no such mailbox").await;
    server.rule("grey.test", "greylist").await;
    let stage = stage(&server, "none").await;
    let sql = sql(&stage.database).await;
    let event = stage.organizer().await.published(5).await;
    let [taken, refused, grey] = [
        booked(&stage, &event, "taken.test").await,
        booked(&stage, &event, "refused.test").await,
        booked(&stage, &event, "grey.test").await,
    ];

    let told = ended(&sql, &taken, "SENT").await;
    let mail = server.mails_to(&taken, 1).await.remove(0);
    let message = MessageParser::default().parse(mail.text.as_bytes()).unwrap();
    assert_eq!(message.message_id().unwrap(), format!("{}@onsale.example", told.id));
    assert!(message.subject().unwrap().contains("A concert"));
    assert_eq!((message.text_bodies().count(), message.html_bodies().count(), message.attachment_count()), (1, 1, 1));
    assert!(message.body_text(0).unwrap().contains("You have a seat"), "{}", mail.text);

    let failed = ended(&sql, &refused, "FAILED").await;
    assert!(failed.error.unwrap().contains("no such mailbox"));
    assert_eq!((failed.tries, server.mails(&refused).len()), (1, 0));

    let waits = put_off(&sql, &grey, 1).await;
    assert!(waits.error.unwrap().contains("greylisted"));
    pass(&sql, &grey).await;
    assert_eq!(ended(&sql, &grey, "SENT").await.tries, 2);
    assert_eq!((server.mails(&grey).len(), server.mails(&taken).len()), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs aiosmtpd; .ci/run runs it"]
async fn nothing_is_sent_in_the_clear_where_that_is_not_allowed() {
    let server = RealMailServer::start().await;
    let stage = stage(&server, "required").await;
    let sql = sql(&stage.database).await;
    let event = stage.organizer().await.published(5).await;
    let email = booked(&stage, &event, "taken.test").await;
    put_off(&sql, &email, 1).await;
    assert!(server.mails(&email).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs aiosmtpd; .ci/run runs it"]
async fn a_connection_that_stalls_delays_no_other_and_its_mail_comes_once_it_is_broken() {
    let mut server = RealMailServer::start().await;
    server.rule("slow.test", "stall").await;
    let stage = stage(&server, "none").await;
    let sql = sql(&stage.database).await;
    let event = stage.organizer().await.published(5).await;
    let slow = booked(&stage, &event, "slow.test").await;
    server.stalls(&slow).await;
    let quick = booked(&stage, &event, "quick.test").await;
    server.mails_to(&quick, 1).await;
    assert_eq!(standing(&sql, &slow).await.unwrap().state, "DUE");
    let port = server.port;
    drop(server);
    put_off(&sql, &slow, 1).await;
    let server = RealMailServer::start_at(port).await;
    pass(&sql, &slow).await;
    assert_eq!(ended(&sql, &slow, "SENT").await.tries, 2);
    assert_eq!((server.mails(&slow).len(), server.mails(&quick).len()), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs aiosmtpd; .ci/run runs it"]
async fn a_mail_server_that_is_away_for_an_hour_is_tried_a_few_times_and_then_gets_the_mail() {
    let hour = TimeDelta::hours(1);
    let server = RealMailServer::start().await;
    let stage = stage(&server, "none").await;
    let sql = sql(&stage.database).await;
    let event = stage.organizer().await.published(5).await;
    let port = server.port;
    drop(server);
    let email = booked(&stage, &event, "taken.test").await;
    let (mut tries, mut away) = (0, TimeDelta::zero());
    while away < hour {
        tries += 1;
        // The time that has passed meanwhile is nothing beside a pause.
        away += put_off(&sql, &email, tries).await.pause;
        if away < hour {
            pass(&sql, &email).await;
        }
    }
    assert!((3..=6).contains(&tries), "{tries} tries in an hour");
    assert!(away < hour * 3, "{away} until the try after it");
    let server = RealMailServer::start_at(port).await;
    pass(&sql, &email).await;
    assert_eq!(ended(&sql, &email, "SENT").await.tries, tries + 1);
    assert_eq!(server.mails(&email).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs aiosmtpd; .ci/run runs it"]
async fn a_program_that_is_killed_between_sending_and_storing_sends_it_once_more_with_the_same_id() {
    const ALICE: &str = "alice@student.com";
    let mut server = RealMailServer::start().await;
    server.rule("student.com", "hold").await;
    let database = Database::new().await;
    let (ground, url) = (Ground::new(), server.url());
    let launch = || {
        let launch = ground.on(&database.url()).set("ONSALE__MAIL__SMTP_URL", &url);
        let launch = launch.set("ONSALE__MAIL__TLS", "none").set("ONSALE__MAIL__SENDER", SENDER);
        launch.set("ONSALE__SITE__ADDRESS", "https://onsale.example")
    };
    let program = launch().start().await;
    let summit = program.summit().await;
    program.alice().await.book(&summit).await.expect(201);
    let first = server.mails_to(ALICE, 1).await.remove(0);

    // The mail server has the mail. Its answer comes, and cannot be stored.
    let stranger = sql(&database).await;
    stranger.batch_execute("begin; select from messages for update").await.unwrap();
    server.rule("student.com", "take").await;
    lock_is_wanted(&database.url()).await;
    program.kill().await;
    // Whatever the program has asked for ends with it.
    let sessions = "select pg_terminate_backend(pid) from pg_stat_activity \
                    where datname = current_database() and pid <> pg_backend_pid()";
    stranger.batch_execute(sessions).await.unwrap();
    stranger.batch_execute("rollback").await.unwrap();
    assert_eq!(standing(&stranger, ALICE).await.unwrap().state, "DUE");

    let program = launch().start().await;
    // Another program may be at it, until the lease ends.
    assert!(standing(&stranger, ALICE).await.unwrap().pause > TimeDelta::zero());
    assert_eq!(server.mails(ALICE).len(), 1);
    pass(&stranger, ALICE).await;
    assert_eq!(ended(&stranger, ALICE, "SENT").await.tries, 2);
    let mails = server.mails(ALICE);
    assert_eq!(mails.len(), 2, "one repetition");
    assert_eq!(mails[1].header("message-id"), first.header("message-id"));
    program.stop("TERM").await;
    assert_eq!(server.mails(ALICE).len(), 2);
}
