//! Accounts: opened, signed in to, changed, ended.

use auth::passwords::Hasher;
use domain::accounts::{Email, PersonName, Role};
use repository::users::{self, NewUser};
use serde_json::json;
use testdb::patience::eventually;
use uuid::Uuid;

use crate::client::{Audience, Client, send};
use crate::stage::{PASSWORD, Stage};

const NEW_PASSWORD: &str = "quite another one";

/// What needs a session and does not look at the account itself.
const PLACES: &str = "/me/registrations";

/// Asks until the token is refused.
async fn is_refused_soon(client: &Client) {
    eventually("the token is refused", async || {
        let answer = client.get(PLACES).await;
        if answer.status == 401 {
            answer.expect_problem(401, "unauthenticated");
            return Some(());
        }
        answer.expect(200);
        None
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_account_has_a_session_and_the_given_name_and_can_sign_in() {
    let stage = Stage::set().await;
    let wanted = json!({ "name": " Zoë ", "email": "Zoe@Example.com", "password": PASSWORD, "role": "ORGANIZER" });
    let signed_up = stage.anonymous().register(&wanted).await;
    assert_eq!(signed_up.header("cache-control"), Some("no-store"));
    let signed_up = signed_up.expect(201);
    assert_eq!((&signed_up["token_type"], &signed_up["expires_in"]), (&json!("Bearer"), &json!(720 * 60)));
    let registered = &signed_up["user"];
    assert_eq!(registered["name"], "Zoë");
    assert_eq!(registered["role"], "ORGANIZER");
    assert!(registered.get("password").is_none() && registered.get("password_hash").is_none());
    let own = stage.anonymous().with_token(signed_up["token"].as_str().unwrap());
    assert_eq!(own.get("/auth/me").await.expect(200), *registered);
    own.get("/organizer/events").await.expect(200);

    let session = stage.anonymous().login("zoe@example.COM", PASSWORD).await;
    assert_eq!(session.header("cache-control"), Some("no-store"));
    let session = session.expect(200);
    assert_eq!(session["token_type"], "Bearer");
    assert_eq!(session["expires_in"], 720 * 60);
    assert_eq!(session["user"], *registered);
    let me = stage.anonymous().with_token(session["token"].as_str().unwrap()).get("/auth/me").await;
    assert_eq!(me.header("cache-control"), Some("no-store"));
    assert_eq!(me.expect(200), *registered);
    // Signing out ends this session alone.
    Audience(own).sign_out().await.expect(204);
    stage.anonymous().with_token(session["token"].as_str().unwrap()).get("/auth/me").await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_pasted_around_a_name_or_an_address_is_dropped_and_what_is_within_is_named() {
    let stage = Stage::set().await;
    let wanted = |name: &str, email: &str| json!({ "name": name, "email": email, "password": PASSWORD });
    let pasted = wanted("\u{feff}Dana Scully\u{200e}", " \u{200b}dana@example.com\u{2060}\n");
    let registered = &stage.anonymous().register(&pasted).await.expect(201)["user"];
    assert_eq!((&registered["name"], &registered["email"]), (&json!("Dana Scully"), &json!("dana@example.com")));
    stage.anonymous().login("\u{200e}dana@example.com\u{feff}", PASSWORD).await.expect(200);

    let within = stage.anonymous().register(&wanted("Dana\u{200e} Scully", "d@example.com")).await;
    let within = within.expect_problem(422, "invalid-field");
    assert_eq!(within["detail"], "name: has an invisible character U+200E after Dana.");
    let within = stage.anonymous().register(&wanted("Dana", "dana\u{200b}@example.com")).await;
    let within = within.expect_problem(422, "invalid-field");
    assert_eq!(within["detail"], "email: has an invisible character U+200B after dana.");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guess_counts_however_its_address_is_pasted() {
    let stage = Stage::set().await;
    let person = stage.person(Role::Audience).await;
    for n in 0..10 {
        let email = format!("{}{}{}", "\u{200b}".repeat(n), person.email, "\u{feff}".repeat(n % 3));
        stage.anonymous().login(&email, "a guess").await.expect_problem(401, "wrong-credentials");
    }
    stage.anonymous().login(&person.email, PASSWORD).await.expect_problem(429, "too-many-attempts");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_from_before_the_rules_of_addresses_and_passwords_still_signs_in() {
    let stage = Stage::set().await;
    let typed = "cafe\u{301}!";
    // The hash of those bytes, as it was made before passwords were normalized.
    let old = "$2b$04$abcdefghijklmnopqrstuutS4BuiOY1Pdo0AfFCl0KESfenF4.7HC";
    let id = Uuid::now_v7();
    stage
        .execute(&format!(
            "insert into users (id, name, email, password_hash, role, kind) \
             values ('{id}', 'Old', '.a?b@ex_ample.com', '{old}', 'AUDIENCE', 'PERSON')"
        ))
        .await;
    stage.anonymous().login(".A?b@ex_ample.com", typed).await.expect(200);
    let wanted = json!({ "name": "New", "email": ".c?d@ex_ample.com", "password": PASSWORD });
    assert_eq!(stage.anonymous().register(&wanted).await.expect_problem(422, "invalid-field")["field"], "email");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_the_same_in_both_forms_of_its_letters() {
    let stage = Stage::set().await;
    let (composed, decomposed) = ("un caf\u{e9} au lait", "un cafe\u{301} au lait");
    let wanted = json!({ "name": "A", "email": "a@example.com", "password": decomposed });
    stage.anonymous().register(&wanted).await.expect(201);
    for typed in [composed, decomposed] {
        stage.anonymous().login("a@example.com", typed).await.expect(200);
    }
    stage.anonymous().login("a@example.com", "un cafe au lait").await.expect(401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_is_neither_the_address_nor_the_old_one() {
    let stage = Stage::set().await;
    let person = stage.person(Role::Audience).await;
    let audience = Audience(stage.session(&person));
    for (new, reason) in
        [(person.email.as_str(), "e-mail address"), (PASSWORD, "old one"), ("qwerty123456", "many people")]
    {
        let refused = audience.change_password(PASSWORD, new).await.expect_problem(422, "invalid-field");
        assert_eq!(refused["field"], "new_password");
        assert!(refused["detail"].as_str().unwrap().contains(reason), "{refused}");
    }
    let admin = stage.admin().await;
    let refused = admin.reset_password(person.id, &person.email).await.expect_problem(422, "invalid-field");
    assert_eq!(refused["field"], "new_password");
    stage.anonymous().login(&person.email, PASSWORD).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_role_one_is_audience() {
    let stage = Stage::set().await;
    let wanted = json!({ "name": "A", "email": "a@example.com", "password": PASSWORD });
    assert_eq!(stage.anonymous().register(&wanted).await.expect(201)["user"]["role"], "AUDIENCE");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_has_one_account_however_it_is_capitalised_and_however_many_try_at_once() {
    let stage = Stage::set().await;
    let anonymous = stage.anonymous();
    let tries = ["a@example.com", "A@example.com", "a@EXAMPLE.com", "a@example.com"].map(|email| {
        let wanted = json!({ "name": "A", "email": email, "password": PASSWORD });
        let anonymous = &anonymous;
        async move { anonymous.register(&wanted).await }
    });
    let mut made = 0;
    for answer in futures_util::future::join_all(tries).await {
        match answer.status {
            201 => made += 1,
            _ => drop(answer.expect_problem(409, "email-taken")),
        }
    }
    assert_eq!(made, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_short_password_that_is_stored_still_signs_in() {
    let stage = Stage::set().await;
    let new = NewUser {
        id: Uuid::now_v7().into(),
        name: PersonName::parse("Demo").unwrap(),
        email: Email::parse("demo@example.com").unwrap(),
        password_hash: Hasher::new(4).unwrap().hash("user123").unwrap(),
        role: Role::Audience,
    };
    users::insert(&mut stage.connection().await, &new).await.unwrap();
    stage.anonymous().login("demo@example.com", "user123").await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_and_an_unknown_address_are_not_told_apart() {
    let stage = Stage::set().await;
    let person = stage.person(Role::Audience).await;
    let strip = |mut problem: serde_json::Value| {
        problem.as_object_mut().unwrap().remove("request_id");
        problem
    };
    let wrong = stage.anonymous().login(&person.email, NEW_PASSWORD).await.expect_problem(401, "wrong-credentials");
    for email in ["nobody@example.com", "no address", "", "a\u{0}b@example.com"] {
        let unknown = stage.anonymous().login(email, PASSWORD).await.expect_problem(401, "wrong-credentials");
        assert_eq!(strip(unknown), strip(wrong.clone()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn simulated_buyers_cannot_sign_in_and_nobody_can_register_in_their_place() {
    let stage = Stage::set().await;
    users::simulated(&mut stage.connection().await, 1..=1, || Uuid::now_v7().into()).await.unwrap();
    let email = "simulated-000001@simulation.invalid";
    assert!(stage.user(email).await.is_some());
    for password in ["!", "", PASSWORD] {
        stage.anonymous().login(email, password).await.expect_problem(401, "wrong-credentials");
    }
    let next = json!({ "name": "A", "email": "simulated-000002@Simulation.INVALID", "password": PASSWORD });
    assert_eq!(stage.anonymous().register(&next).await.expect_problem(422, "invalid-field")["field"], "email");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_ends_older_tokens_at_once_here_and_soon_on_other_servers() {
    let stage = Stage::set().await;
    let other = stage.another_server().await;
    let person = stage.person(Role::Audience).await;
    let old = Audience(stage.session(&person));
    let old_elsewhere = other.session(stage.token(&person));
    old_elsewhere.get("/auth/me").await.expect(200);

    let session = old.change_password(PASSWORD, NEW_PASSWORD).await.expect(200);
    old.me().await.expect_problem(401, "unauthenticated");
    let token = session["token"].as_str().unwrap().to_owned();
    stage.anonymous().with_token(&token).get("/auth/me").await.expect(200);
    other.session(token.clone()).get("/auth/me").await.expect(200);
    is_refused_soon(&old_elsewhere).await;
    other.session(token).get("/auth/me").await.expect(200);

    stage.anonymous().login(&person.email, PASSWORD).await.expect_problem(401, "wrong-credentials");
    stage.anonymous().login(&person.email, NEW_PASSWORD).await.expect(200);
    other.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_that_token_at_once_here_and_soon_on_other_servers() {
    let stage = Stage::set().await;
    let other = stage.another_server().await;
    let person = stage.person(Role::Audience).await;
    let (leaving, staying) = (stage.token(&person), stage.token(&person));
    let [here, elsewhere] = [&stage.server, &other].map(|server| Audience(server.session(leaving.clone())));
    elsewhere.me().await.expect(200);

    here.sign_out().await.expect(204);
    here.me().await.expect_problem(401, "unauthenticated");
    here.sign_out().await.expect_problem(401, "unauthenticated");
    is_refused_soon(&elsewhere).await;
    for server in [&stage.server, &other] {
        server.session(staying.clone()).get("/auth/me").await.expect(200);
    }
    let later = stage.another_server().await;
    later.session(leaving).get("/auth/me").await.expect_problem(401, "unauthenticated");
    later.session(staying).get("/auth/me").await.expect(200);
    stage.anonymous().login(&person.email, PASSWORD).await.expect(200);
    for server in [other, later] {
        server.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_everywhere_ends_all_tokens_of_the_account_and_no_others() {
    let stage = Stage::set().await;
    let other = stage.another_server().await;
    let (person, somebody) = (stage.person(Role::Audience).await, stage.person(Role::Audience).await);
    let (one, elsewhere) = (Audience(stage.session(&person)), other.session(stage.token(&person)));
    elsewhere.get("/auth/me").await.expect(200);

    one.sign_out_everywhere().await.expect(204);
    one.me().await.expect_problem(401, "unauthenticated");
    is_refused_soon(&elsewhere).await;
    stage.session(&somebody).get("/auth/me").await.expect(200);
    let session = stage.anonymous().login(&person.email, PASSWORD).await.expect(200);
    let again = other.session(session["token"].as_str().unwrap().to_owned());
    again.get("/auth/me").await.expect(200);

    let unclear = again.post("/auth/logout?everywhere=yes").await.expect_problem(422, "invalid-field");
    assert_eq!(unclear["field"], "everywhere");
    again.post("/auth/logout?everywhere=false").await.expect(204);
    again.get("/auth/me").await.expect_problem(401, "unauthenticated");
    other.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_changed_by_those_only_who_know_it() {
    let stage = Stage::set().await;
    let person = stage.person(Role::Audience).await;
    let audience = Audience(stage.session(&person));
    let problem = audience.change_password("a wrong one, really", NEW_PASSWORD).await;
    assert_eq!(problem.expect_problem(422, "invalid-field")["field"], "current_password");
    for weak in ["short", &"x".repeat(72), "a NUL in it\u{0}, see?"] {
        let problem = audience.change_password(PASSWORD, weak).await.expect_problem(422, "invalid-field");
        assert_eq!(problem["field"], "new_password");
    }
    stage.anonymous().login(&person.email, PASSWORD).await.expect(200);
    // Guessing it with a stolen token is throttled like guessing it at the door.
    for _ in 0..9 {
        audience.change_password("a wrong one, really", NEW_PASSWORD).await.expect_problem(422, "invalid-field");
    }
    audience.change_password(PASSWORD, NEW_PASSWORD).await.expect_problem(429, "too-many-attempts");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deactivation_soon_holds_on_every_server() {
    let stage = Stage::set().await;
    let other = stage.another_server().await;
    let person = stage.person(Role::Organizer).await;
    let clients = [stage.session(&person), other.session(stage.token(&person))];
    for client in &clients {
        client.get(PLACES).await.expect(200);
    }
    let access = stage.set_access(&person, Role::Organizer, false).await;
    for client in &clients {
        is_refused_soon(client).await;
    }

    let right = stage.anonymous().login(&person.email, PASSWORD).await.expect_problem(401, "unauthenticated");
    assert!(right["detail"].as_str().unwrap().contains("deactivated"));
    let newest = stage.token_of_version(&person, access.access_version);
    stage.anonymous().with_token(&newest).get(PLACES).await.expect_problem(401, "unauthenticated");

    stage.set_access(&person, Role::Organizer, true).await;
    let session = stage.anonymous().login(&person.email, PASSWORD).await.expect(200);
    // At once, also where the news has not come yet: the token is newer than what is known.
    other.session(session["token"].as_str().unwrap().to_owned()).get(PLACES).await.expect(200);
    clients[0].get(PLACES).await.expect_problem(401, "unauthenticated");
    other.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_starts_later_knows_who_was_deactivated_before() {
    let stage = Stage::set().await;
    let person = stage.person(Role::Audience).await;
    stage.set_access(&person, Role::Audience, false).await;
    let later = stage.another_server().await;
    later.session(stage.token(&person)).get(PLACES).await.expect_problem(401, "unauthenticated");
    later.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_role_ends_older_tokens_and_holds_after_signing_in_again() {
    let stage = Stage::set().await;
    let person = stage.person(Role::Admin).await;
    let admin = stage.session(&person);
    admin.get("/organizer/events").await.expect(200);
    stage.set_access(&person, Role::Audience, true).await;
    is_refused_soon(&admin).await;
    admin.get("/organizer/events").await.expect_problem(401, "unauthenticated");
    let session = stage.anonymous().login(&person.email, PASSWORD).await.expect(200);
    let demoted = stage.anonymous().with_token(session["token"].as_str().unwrap());
    demoted.get("/organizer/events").await.expect_problem(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_one_account_is_stopped_and_others_still_sign_in() {
    let stage = Stage::set().await;
    let (person, other) = (stage.person(Role::Audience).await, stage.person(Role::Audience).await);
    let guesses = (0..30).map(|_| stage.anonymous()).collect::<Vec<_>>();
    let email = person.email.to_uppercase();
    let answers = futures_util::future::join_all(guesses.iter().map(|guess| guess.login(&email, "a guess"))).await;
    let let_through = answers.iter().filter(|answer| answer.status == 401).count();
    assert_eq!(let_through, 10);
    for answer in answers.into_iter().filter(|answer| answer.status != 401) {
        let seconds: u64 = answer.header("retry-after").unwrap().parse().unwrap();
        assert!((1..=900).contains(&seconds));
        answer.expect_problem(429, "too-many-attempts");
    }
    let right = stage.anonymous().login(&person.email, PASSWORD).await;
    assert!(right.header("retry-after").unwrap().parse::<u64>().unwrap() > 800);
    right.expect_problem(429, "too-many-attempts");
    stage.anonymous().login(&other.email, PASSWORD).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_many_accounts_is_stopped_by_the_address_that_a_trusted_proxy_names() {
    let stage = Stage::set_with(&[("ONSALE__SERVER__TRUSTED_PROXIES", "127.0.0.1")]).await;
    let person = stage.person(Role::Audience).await;
    let login = async |address: &str, email: &str, password: &str| {
        let body = json!({ "email": email, "password": password });
        let request = stage.anonymous().request(reqwest::Method::POST, "/auth/login").json(&body);
        // What the client claims stands before what the proxy saw.
        send(request.header("X-Forwarded-For", format!("1.1.1.1, {address}"))).await
    };
    for n in 0..50 {
        login("203.0.113.7", &format!("nobody-{n}@example.com"), "a guess").await.expect(401);
    }
    login("203.0.113.7", &person.email, PASSWORD).await.expect_problem(429, "too-many-attempts");
    login("203.0.113.8", &person.email, PASSWORD).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_access_whose_transaction_took_as_long_as_it_may_ends_tokens_too() {
    let stage = Stage::set_with(&[("ONSALE__DATABASE__STATEMENT_TIMEOUT_MILLISECONDS", "600000")]).await;
    let person = stage.person(Role::Audience).await;
    let client = stage.session(&person);
    client.get(PLACES).await.expect(200);
    // As a transaction leaves it that commits nine minutes after its change.
    stage
        .execute(&format!(
            "update users set is_active = false, access_version = access_version + 1, \
             access_changed_at = clock_timestamp() - interval '9 min' where id = '{}'",
            person.id
        ))
        .await;
    is_refused_soon(&client).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_makes_as_many_accounts_as_the_setting_says_and_the_problem_says_how_many() {
    let stage = Stage::set_with(&[
        ("ONSALE__AUTH__NEW_ACCOUNTS_PER_ADDRESS", "12"),
        ("ONSALE__SERVER__TRUSTED_PROXIES", "127.0.0.1"),
    ])
    .await;
    let register = async |address: &str, email: String| {
        let body = json!({ "name": "A", "email": email, "password": PASSWORD });
        let request = stage.anonymous().request(reqwest::Method::POST, "/auth/register").json(&body);
        send(request.header("X-Forwarded-For", address)).await
    };
    // One e-mail address again and again counts like others.
    for n in 0..12 {
        let answer = register("203.0.113.7", "a@example.com".to_owned()).await;
        assert_eq!(answer.status, if n == 0 { 201 } else { 409 }, "{}", answer.text);
    }
    let refused = register("203.0.113.7", "b@example.com".to_owned()).await;
    let seconds: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=900).contains(&seconds));
    let refused = refused.expect_problem(429, "too-many-accounts");
    assert_eq!((&refused["limit"], &refused["window_minutes"]), (&json!(12), &json!(15)));
    assert!(refused["detail"].as_str().unwrap().contains("12 accounts in 15 minutes"), "{refused}");
    register("203.0.113.8", "b@example.com".to_owned()).await.expect(201);
    stage.anonymous().login("a@example.com", PASSWORD).await.expect(200);
}
