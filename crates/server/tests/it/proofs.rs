//! Links in mails: they prove addresses, reset passwords, change addresses and invite, each once.

use domain::accounts::Role;
use reqwest::Method;
use serde_json::{Value, json};
use testdb::patience::eventually;

use crate::client::{Answer, Audience, Client, Organizer, event_body, send};
use crate::mail_server::{Mail, MailServer};
use crate::messages::stage_with_mail;
use crate::stage::{PASSWORD, Person, Stage};

const ANOTHER: &str = "another one, longer";

/// The token of the link to a page in a mail's text, if there is one.
fn token_in(mail: &Mail, page: &str) -> Option<String> {
    let text = mail.text.replace("=\r\n", "");
    let start = format!("https://onsale.example{page}#");
    let (_, rest) = text.split_once(&start)?;
    Some(rest.chars().take_while(char::is_ascii_alphanumeric).collect())
}

/// The token of the newest link to a page among a person's mails, once there are so many mails.
async fn token(server: &MailServer, email: &str, count: usize, page: &str) -> String {
    let mails = server.mails_to(email, count).await;
    mails.iter().rev().find_map(|mail| token_in(mail, page)).unwrap_or_else(|| panic!("no link to {page} in {mails:?}"))
}

/// Proves an address by the link, as this person.
async fn verify(person: &Client, token: &str) -> Answer {
    person.post_json("/auth/verify", &json!({ "token": token })).await
}

async fn forget(stage: &Stage, email: &str) -> Answer {
    stage.anonymous().post_json("/auth/password-resets", &json!({ "email": email })).await
}

async fn reset(stage: &Stage, token: &str, password: &str) -> Answer {
    let body = json!({ "token": token, "new_password": password });
    stage.anonymous().post_json("/auth/password-resets/use", &body).await
}

/// An account that somebody makes by the API, and a session of theirs.
async fn sign_up(stage: &Stage, email: &str) -> Audience {
    let body = json!({ "name": "Somebody", "email": email, "password": PASSWORD });
    let session = stage.anonymous().register(&body).await.expect(201);
    Audience(Client::new(&stage.server.base, Some(session["token"].as_str().unwrap().to_owned())))
}

async fn is_verified(person: &Client) -> bool {
    person.get("/auth/me").await.expect(200)["is_verified"].as_bool().unwrap()
}

/// A published event for people with a proven address.
async fn event_for_verified(organizer: &Organizer) -> String {
    let mut body = event_body(5);
    body.as_object_mut().unwrap().remove("verified_buyers_only");
    let event = organizer.create(&body).await.expect(201);
    assert_eq!(event["verified_buyers_only"], true, "the default where mail is set up");
    let id = event["id"].as_str().unwrap().to_owned();
    organizer.publish(&id).await.expect(200);
    id
}

/// Every account's newest row of mails, as it is stored.
async fn rows(stage: &Stage, what: &str) -> Vec<String> {
    let (client, connection) = tokio_postgres::connect(&stage.database.url(), tokio_postgres::NoTls).await.unwrap();
    let driving = tokio::spawn(connection);
    let sql = format!("select ({what})::text from account_mails order by id");
    let rows = client.query(&sql, &[]).await.unwrap();
    let rows = rows.iter().map(|row| row.get::<_, Option<String>>(0).unwrap_or_default()).collect();
    driving.abort();
    rows
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_proven_by_its_link_once_and_then_its_owner_may_book() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    let organizer = stage.organizer().await;
    let event = event_for_verified(&organizer).await;
    let open = organizer.published(5).await;
    let buyer = sign_up(&stage, "dana@example.com").await;
    assert!(!is_verified(&buyer).await);
    buyer.book(&event).await.expect_problem(409, "address-unverified");
    buyer.book(&open).await.expect(201);

    let mail = server.mails_to("dana@example.com", 1).await.remove(0);
    let token = token_in(&mail, "/verify").unwrap();
    assert_eq!(mail.header("subject").unwrap(), "Confirm your e-mail address");
    assert_eq!(mail.header("auto-submitted").unwrap(), "auto-generated");
    assert!(!rows(&stage, "account_mails").await.concat().contains(&token), "the token itself is not stored");
    // Somebody else may have made the account with the reader's address.
    verify(&stage.anonymous(), &token).await.expect_problem(401, "unauthenticated");
    let reader = stage.person(Role::Audience).await;
    verify(&stage.session(&reader), &token).await.expect_problem(403, "link-of-another");
    assert!(!is_verified(&buyer).await);
    verify(&buyer, &token).await.expect(204);
    assert!(is_verified(&buyer).await);
    // With the token of before.
    eventually("the buyer may book", async || (buyer.book(&event).await.status == 201).then_some(())).await;
    let again = stage.anonymous().login("dana@example.com", PASSWORD).await.expect(200);
    assert_eq!(again["user"]["is_verified"], true);

    verify(&buyer, &token).await.expect_problem(410, "link-not-valid");
    for wrong in ["", "x", "0123456789ABCDEFGHIJKLMNOPQRSTUV", &token.to_lowercase()] {
        verify(&buyer, wrong).await.expect_problem(410, "link-not-valid");
    }
    buyer.post("/auth/verification").await.expect(202);
    assert_eq!(rows(&stage, "kind").await, ["VERIFY_ADDRESS"], "nothing is left to prove");
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_server_lets_a_person_book_within_the_bound_of_access_changes() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    let variables = crate::messages::with_mail(&server);
    let variables: Vec<(&str, &str)> = variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let other = crate::stage::Server::start(&stage.database.url(), &variables).await;
    let event = event_for_verified(&stage.organizer().await).await;
    let person = stage.person(Role::Audience).await;
    let elsewhere = Audience(other.session(stage.token(&person)));
    elsewhere.book(&event).await.expect_problem(409, "address-unverified");
    stage.session(&person).post("/auth/verification").await.expect(202);
    verify(&stage.session(&person), &token(&server, &person.email, 1, "/verify").await).await.expect(204);
    eventually("the other server knows", async || (elsewhere.book(&event).await.status == 201).then_some(())).await;
    other.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_has_expired_or_is_for_something_else_does_nothing() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    let buyer = sign_up(&stage, "dana@example.com").await;
    let proof = token(&server, "dana@example.com", 1, "/verify").await;
    forget(&stage, "dana@example.com").await.expect(202);
    let forgotten = token(&server, "dana@example.com", 2, "/reset-password").await;
    verify(&buyer, &forgotten).await.expect_problem(410, "link-not-valid");
    reset(&stage, &proof, ANOTHER).await.expect_problem(410, "link-not-valid");
    let body = json!({ "token": proof, "name": "Dana", "password": ANOTHER });
    stage.anonymous().post_json("/auth/invitations/accept", &body).await.expect_problem(410, "link-not-valid");

    let past = "update account_mails set created_at = created_at - interval '61 minutes', \
                expires_at = expires_at - interval '61 minutes'";
    stage.execute(past).await;
    verify(&buyer, &proof).await.expect_problem(410, "link-not-valid");
    reset(&stage, &forgotten, ANOTHER).await.expect_problem(410, "link-not-valid");
    assert!(!is_verified(&buyer).await);
    stage.anonymous().login("dana@example.com", PASSWORD).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_uses_of_one_link_at_once_one_wins() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    let buyer = sign_up(&stage, "dana@example.com").await;
    forget(&stage, "dana@example.com").await.expect(202);
    let proof = token(&server, "dana@example.com", 2, "/verify").await;
    let forgotten = token(&server, "dana@example.com", 2, "/reset-password").await;
    let uses = (0..8).map(|_| verify(&buyer, &proof));
    let mut statuses: Vec<u16> =
        futures_util::future::join_all(uses).await.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 410, 410, 410, 410, 410, 410, 410]);
    let passwords: Vec<String> = (0..8).map(|n| format!("another one, longer {n}")).collect();
    let uses = passwords.iter().map(|password| reset(&stage, &forgotten, password));
    let answers = futures_util::future::join_all(uses).await;
    let mut valid = 0;
    for (answer, password) in answers.iter().zip(&passwords) {
        let signed_in = stage.anonymous().login("dana@example.com", password).await.status == 200;
        assert_eq!(answer.status == 204, signed_in, "{}", answer.text);
        valid += usize::from(signed_in);
    }
    assert_eq!(valid, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_is_reset_by_a_link_that_ends_all_sessions_and_proves_the_address() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    let other = stage.another_server().await;
    let person = stage.person(Role::Audience).await;
    let (here, elsewhere) = (stage.session(&person), other.session(stage.token(&person)));
    elsewhere.get("/auth/me").await.expect(200);
    forget(&stage, &person.email.to_uppercase()).await.expect(202);
    let first = token(&server, &person.email, 1, "/reset-password").await;
    forget(&stage, &person.email).await.expect(202);
    let second = token(&server, &person.email, 2, "/reset-password").await;

    // A password that is refused does not use the link up.
    let weak = reset(&stage, &second, "short").await.expect_problem(422, "invalid-field");
    assert_eq!(weak["field"], "new_password");
    let own = reset(&stage, &second, &person.email).await.expect_problem(422, "invalid-field");
    assert_eq!(own["field"], "new_password");
    reset(&stage, &second, ANOTHER).await.expect(204);
    here.get("/auth/me").await.expect_problem(401, "unauthenticated");
    eventually("the other server hears of it", async || (elsewhere.get("/auth/me").await.status == 401).then_some(()))
        .await;
    stage.anonymous().login(&person.email, PASSWORD).await.expect_problem(401, "wrong-credentials");
    let session = stage.anonymous().login(&person.email, ANOTHER).await.expect(200);
    assert_eq!(session["user"]["is_verified"], true);

    for used in [&first, &second] {
        reset(&stage, used, "yet another one").await.expect_problem(410, "link-not-valid");
    }
    let told = server.mails_to(&person.email, 3).await;
    assert_eq!(told[2].header("subject").unwrap(), "Your password was changed");
    let log = stage.admin().await.audit("?action=USER_PASSWORD_RESET").await.expect(200);
    assert_eq!(log["items"][0]["actor"]["id"], json!(person.id));
    other.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_tells_nobody_which_addresses_have_accounts_and_writes_to_active_people_alone() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    let (active, inactive) = (stage.person(Role::Audience).await, stage.person(Role::Audience).await);
    stage.set_access(&inactive, Role::Audience, false).await;
    let erased = stage.person(Role::Audience).await;
    Audience(stage.session(&erased)).erase(PASSWORD).await.expect(204);
    let mut answers = Vec::new();
    for email in [&active.email, &inactive.email, &erased.email, "nobody@example.com", "no address", ""] {
        let answer = forget(&stage, email).await;
        answers.push((answer.status, answer.text, answer.headers.len()));
    }
    assert!(answers.iter().all(|answer| *answer == (202, String::new(), answers[0].2)), "{answers:?}");
    assert_eq!(rows(&stage, "email").await, [active.email.as_str()]);

    // Somebody who is deactivated before the mail goes gets none, and the link does not work.
    server.refuse_senders(Some("450 later"));
    let late = stage.person(Role::Audience).await;
    forget(&stage, &late.email).await.expect(202);
    eventually("a try has failed", async || rows(&stage, "last_error").await.concat().contains("later").then_some(()))
        .await;
    stage.set_access(&late, Role::Audience, false).await;
    server.refuse_senders(None);
    stage.execute("update account_mails set due_at = now() where state = 'DUE'").await;
    eventually("it is of no use any more", async || {
        rows(&stage, "state").await.contains(&"OBSOLETE".to_owned()).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn mails_are_bounded_by_receiver_and_a_refused_one_is_tried_again_with_the_same_link() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    let person = stage.person(Role::Audience).await;
    let client = stage.session(&person);
    server.refuse("example.com", Some("450 come back later"));
    client.post("/auth/verification").await.expect(202);
    eventually("a try has failed", async || {
        rows(&stage, "last_error").await.iter().any(|error| !error.is_empty()).then_some(())
    })
    .await;
    server.refuse("example.com", None);
    stage.execute("update account_mails set due_at = now()").await;
    let mail = server.mails_to(&person.email, 1).await.remove(0);
    let id = rows(&stage, "id").await.remove(0);
    assert!(mail.header("message-id").unwrap().contains(&id), "every try has one id");
    for _ in 0..4 {
        client.post("/auth/verification").await.expect(202);
    }
    let refused = client.post("/auth/verification").await;
    assert!(refused.header("retry-after").is_some());
    refused.expect_problem(429, "too-many-mails");
    // Without an account it is the same, as far as anybody can see.
    for _ in 0..10 {
        forget(&stage, "nobody@example.com").await.expect(202);
    }
    forget(&stage, "nobody@example.com").await.expect_problem(429, "too-many-mails");
    verify(&client, &token_in(&mail, "/verify").unwrap()).await.expect(204);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_signs_up_with_a_taken_address_is_refused_and_its_owner_is_told_once_an_hour() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    let owner = stage.person(Role::Audience).await;
    let body = json!({ "name": "Somebody else", "email": owner.email.to_uppercase(), "password": PASSWORD });
    let tries = (0..3).map(|_| async { stage.anonymous().register(&body).await.expect_problem(409, "email-taken") });
    futures_util::future::join_all(tries).await;
    let told = server.mails_to(&owner.email, 1).await;
    assert_eq!(told[0].header("subject").unwrap(), "You already have an account");
    assert!(told[0].text.contains("https://onsale.example/sign-in") && !told[0].text.contains("Somebody else"));
    assert_eq!(rows(&stage, "kind").await, ["ADDRESS_TAKEN"]);
}

async fn change_address(person: &Client, email: &str, password: &str) -> Answer {
    person.post_json("/auth/address", &json!({ "email": email, "current_password": password })).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_changes_when_the_new_one_is_proven_and_the_old_one_is_told() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    let person = stage.person(Role::Audience).await;
    let client = stage.session(&person);
    let wrong = change_address(&client, "new@example.org", "not the password").await;
    assert_eq!(wrong.expect_problem(422, "invalid-field")["field"], "current_password");
    for email in [person.email.as_str(), "a@b.invalid", "no address"] {
        let refused = change_address(&client, email, PASSWORD).await.expect_problem(422, "invalid-field");
        assert_eq!(refused["field"], "email");
    }
    let taken = stage.person(Role::Audience).await;
    change_address(&client, &taken.email, PASSWORD).await.expect_problem(409, "email-taken");

    change_address(&client, "new@example.org", PASSWORD).await.expect(202);
    let link = token(&server, "new@example.org", 1, "/verify").await;
    assert_eq!(client.get("/auth/me").await.expect(200)["email"], person.email.as_str(), "not before it is proven");
    forget(&stage, &person.email).await.expect(202);
    let forgotten = token(&server, &person.email, 1, "/reset-password").await;
    // Somebody else may read the mail, if the address was mistyped.
    verify(&stage.anonymous(), &link).await.expect_problem(401, "unauthenticated");
    let stranger = stage.person(Role::Audience).await;
    verify(&stage.session(&stranger), &link).await.expect_problem(403, "link-of-another");
    verify(&client, &link).await.expect(204);
    let me = client.get("/auth/me").await.expect(200);
    assert_eq!((&me["email"], &me["is_verified"]), (&json!("new@example.org"), &json!(true)));
    let told = server.mails_to(&person.email, 2).await;
    assert_eq!(told[1].header("subject").unwrap(), "Your e-mail address was changed");
    assert!(!told[1].text.contains("new@example.org"));
    verify(&client, &link).await.expect_problem(410, "link-not-valid");
    reset(&stage, &forgotten, ANOTHER).await.expect_problem(410, "link-not-valid");
    stage.anonymous().login("new@example.org", PASSWORD).await.expect(200);
    stage.anonymous().login(&person.email, PASSWORD).await.expect_problem(401, "wrong-credentials");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_address_that_is_taken_meanwhile_is_refused_and_a_new_password_ends_the_link() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    let person = stage.person(Role::Audience).await;
    let client = stage.session(&person);
    change_address(&client, "new@example.org", PASSWORD).await.expect(202);
    let link = token(&server, "new@example.org", 1, "/verify").await;
    let taker = sign_up(&stage, "New@example.org").await;
    verify(&client, &link).await.expect_problem(409, "email-taken");
    assert_eq!(client.get("/auth/me").await.expect(200)["email"], person.email.as_str());
    taker.erase(PASSWORD).await.expect(204);
    // Whoever knew the old password, and asked for the change, is locked out by the new one.
    let answer = Audience(client).change_password(PASSWORD, ANOTHER).await;
    let session = answer.expect(200);
    let client = stage.anonymous().with_token(session["token"].as_str().unwrap());
    verify(&client, &link).await.expect_problem(410, "link-not-valid");
    assert!(stage.user("new@example.org").await.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_makes_one_organizer_with_a_proven_address_unless_it_is_taken_back() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    let admin = stage.admin().await;
    let invite = async |email: &str| admin.post_json("/admin/invitations", &json!({ "email": email })).await;
    invite("dana@example.com").await.expect(202);
    let link = token(&server, "dana@example.com", 1, "/invitation").await;
    let open = eventually("the mail is known to be sent", async || {
        let open = admin.get("/admin/invitations").await.expect(200);
        (open["items"][0]["is_sent"] == true).then_some(open)
    })
    .await;
    assert_eq!((&open["items"][0]["email"], open["items"].as_array().unwrap().len()), (&json!("dana@example.com"), 1));
    let accept = async |token: &str, name: &str| {
        let body = json!({ "token": token, "name": name, "password": PASSWORD });
        stage.anonymous().post_json("/auth/invitations/accept", &body).await
    };
    let answers = futures_util::future::join_all((0..4).map(|_| accept(&link, "Dana"))).await;
    let (made, refused): (Vec<Answer>, Vec<Answer>) = answers.into_iter().partition(|answer| answer.status == 201);
    assert_eq!(made.len(), 1);
    assert!(refused.iter().all(|answer| answer.problem() == "link-not-valid"), "{refused:?}");
    let user = &made[0].body["user"];
    assert_eq!(
        (&user["role"], &user["email"], &user["is_verified"]),
        (&json!("ORGANIZER"), &json!("dana@example.com"), &json!(true))
    );
    accept(&link, "Dana").await.expect_problem(410, "link-not-valid");
    assert_eq!(admin.get("/admin/invitations").await.expect(200)["items"], json!([]));
    invite("Dana@example.com").await.expect_problem(409, "email-taken");

    invite("fox@example.com").await.expect(202);
    let link = token(&server, "fox@example.com", 1, "/invitation").await;
    // Another one to the same address goes with it.
    invite("Fox@example.com").await.expect(202);
    let id = admin.get("/admin/invitations").await.expect(200)["items"][0]["id"].as_str().unwrap().to_owned();
    admin.delete(&format!("/admin/invitations/{id}")).await.expect(204);
    admin.delete(&format!("/admin/invitations/{id}")).await.expect_problem(404, "not-found");
    accept(&link, "Fox").await.expect_problem(410, "link-not-valid");
    let log = admin.audit("?action=USER_INVITED").await.expect(200);
    assert_eq!(log["items"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_account_leaves_no_mails() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    let leaver = sign_up(&stage, "dana@example.com").await;
    forget(&stage, "dana@example.com").await.expect(202);
    let forgotten = token(&server, "dana@example.com", 2, "/reset-password").await;
    leaver.erase(PASSWORD).await.expect(204);
    assert_eq!(rows(&stage, "email").await, [""; 0]);
    reset(&stage, &forgotten, ANOTHER).await.expect_problem(410, "link-not-valid");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_mail_is_set_up_nothing_is_proven_or_asked_for() {
    let stage = Stage::set().await;
    assert_eq!(stage.anonymous().get("/site").await.expect(200)["sends_mail"], false);
    let organizer = stage.organizer().await;
    let mut body = event_body(5);
    body.as_object_mut().unwrap().remove("verified_buyers_only");
    let event = organizer.create(&body).await.expect(201);
    assert_eq!(event["verified_buyers_only"], false);
    // Of a time with mail, or for one.
    body["verified_buyers_only"] = json!(true);
    let strict = organizer.create(&body).await.expect(201)["id"].as_str().unwrap().to_owned();
    organizer.publish(&strict).await.expect(200);
    let buyer = sign_up(&stage, "dana@example.com").await;
    buyer.book(&strict).await.expect(201);
    buyer.post("/auth/verification").await.expect_problem(409, "mail-off");
    forget(&stage, "dana@example.com").await.expect_problem(409, "mail-off");
    change_address(&buyer, "new@example.org", PASSWORD).await.expect_problem(409, "mail-off");
    let invited = stage.admin().await.post_json("/admin/invitations", &json!({ "email": "new@example.org" })).await;
    invited.expect_problem(409, "mail-off");
    stage
        .anonymous()
        .register(&json!({ "name": "x", "email": "dana@example.com", "password": PASSWORD }))
        .await
        .expect_problem(409, "email-taken");
    assert_eq!(rows(&stage, "kind").await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organizer_says_who_may_book_and_the_edit_is_in_the_log() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    let organizer = stage.organizer().await;
    let event = event_for_verified(&organizer).await;
    let buyer = stage.audience().await;
    assert_eq!(buyer.event(&event).await.expect(200)["verified_buyers_only"], true);
    buyer.book(&event).await.expect_problem(409, "address-unverified");
    let edit = json!({ "verified_buyers_only": false });
    assert_eq!(organizer.edit(&event, &edit).await.expect(200)["verified_buyers_only"], false);
    eventually("the server knows", async || (buyer.book(&event).await.status == 201).then_some(())).await;
    let log = stage.admin().await.audit(&format!("?subject_id={event}&action=EVENT_EDITED")).await.expect(200);
    let entry = &log["items"][0];
    assert_eq!(
        (&entry["before"]["verified_buyers_only"], &entry["after"]["verified_buyers_only"]),
        (&Value::Bool(true), &Value::Bool(false))
    );
    for wrong in [json!({ "verified_buyers_only": null }), json!({ "verified_buyers_only": "yes" })] {
        organizer.edit(&event, &wrong).await.expect_problem(422, "invalid-body");
    }
}

/// Puts a link's mail into the table, for a test without a mail server to read it from.
pub(crate) async fn link(stage: &Stage, kind: &str, person: &Person) -> String {
    let secret = auth::secrets::AddressSecret::random().unwrap();
    let digest: String = secret.digest().iter().map(|byte| format!("{byte:02x}")).collect();
    let (user, inviter, email) = match kind {
        "INVITATION" => {
            let email = format!("{}@example.org", uuid::Uuid::now_v7().simple());
            ("null".to_owned(), format!("'{}'", person.id), email)
        }
        _ => (format!("'{}'", person.id), "null".to_owned(), person.email.clone()),
    };
    let sql = format!(
        "insert into account_mails (id, kind, user_id, inviter_id, email, digest, access_version, expires_at) \
         values (gen_random_uuid(), '{kind}', {user}, {inviter}, '{email}', '\\x{digest}', 1, now() + interval '1 hour')"
    );
    stage.execute(&sql).await;
    secret.expose().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_in_a_mail_opens_a_page_and_changes_nothing_by_being_opened() {
    let server = MailServer::start().await;
    let stage = stage_with_mail(&server).await;
    let buyer = sign_up(&stage, "dana@example.com").await;
    let link = token(&server, "dana@example.com", 1, "/verify").await;
    for method in [Method::GET, Method::HEAD] {
        let opened = send(stage.anonymous().request(method, "/auth/verify")).await;
        assert_eq!(opened.status, 405);
    }
    assert!(!is_verified(&buyer).await);
    verify(&buyer, &link).await.expect(204);
}
