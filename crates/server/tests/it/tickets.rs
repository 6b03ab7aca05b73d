//! Ticket types, prices, parties, holds and payments, as people and organizers use them.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use testdb::patience::eventually;

use crate::client::{Audience, Organizer};
use crate::stage::Stage;

/// Standing at two prices, of which the early one has 2 seats, for parties of up to 4, and one free seat for press with
/// a code.
async fn festival(organizer: &Organizer, standing: i64) -> String {
    let event = organizer.published(10).await;
    organizer
        .change_tickets(&event, |document| {
            document["currency"] = json!("EUR");
            document["hold_minutes"] = json!(60);
            document["payment_instructions"] = json!("By transfer.");
            document["refund_until"] = json!("2100-01-01T00:00:00Z");
            let price = |name: &str, amount: i64, limit: Value, code: Value| {
                json!({
                    "number": null, "name": name, "amount": amount, "opens_at": null, "closes_at": null,
                    "limit": limit, "code": code, "is_closed": false,
                })
            };
            let kind = |number: Value, name: &str, capacity: i64, party: i64, prices: Value| {
                json!({
                    "number": number, "name": name, "capacity": capacity, "seats_per_registration": party,
                    "prices": prices,
                })
            };
            let early = price("Early", 1_500, json!(2), Value::Null);
            let adult = price("Adult", 2_500, Value::Null, Value::Null);
            let press = price("Press", 0, Value::Null, json!("press"));
            document["ticket_types"] = json!([
                kind(json!(1), "Standing", standing, 4, json!([early, adult])),
                kind(Value::Null, "Press box", 2, 1, json!([press])),
            ]);
        })
        .await;
    event
}

/// The numbers of prices by their names.
async fn price(organizer: &Organizer, event: &str, name: &str) -> i64 {
    let tickets = organizer.tickets(event).await.expect(200);
    let types = tickets["document"]["ticket_types"].as_array().unwrap().clone();
    let prices = types.iter().flat_map(|one| one["prices"].as_array().unwrap());
    prices.into_iter().find(|price| price["name"] == name).unwrap()["number"].as_i64().unwrap()
}

async fn buyers(stage: &Stage, count: usize) -> Vec<Audience> {
    stage.crowd(count).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_family_books_at_two_prices_pays_and_gives_a_seat_up() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = festival(&organizer, 10).await;
    let (early, adult) = (price(&organizer, &event, "Early").await, price(&organizer, &event, "Adult").await);
    let people = buyers(&stage, 2).await;

    let seats = json!([{ "price": early, "count": 1 }, { "price": adult, "count": 2 }]);
    let family = json!({ "ticket_type": 1, "seats": seats, "amount": 6_500 });
    let held = people[0].choose(&event, &family).await.expect(201);
    assert_eq!((&held["status"], &held["amount"], &held["currency"]), (&json!("HELD"), &json!(6_500), &json!("EUR")));
    assert_eq!((&held["seat_count"], &held["ticket_type_name"]), (&json!(3), &json!("Standing")));
    assert_eq!(held["payment_instructions"], "By transfer.");
    assert!(held["held_until"].is_string() && held["paid_at"].is_null(), "{held}");
    let shown = people[1].event(&event).await.expect(200);
    let standing = &shown["ticket_types"][0];
    assert_eq!((&standing["seats_available"], &standing["prices"][0]["seats_left"]), (&json!(7), &json!(1)));
    assert_eq!(shown["ticket_types"][1]["prices"], json!([]), "a price with a code is shown to nobody");

    let id = held["id"].as_str().unwrap();
    let other = organizer.mark_paid(&event, id, 6_400, "t-1").await.expect_problem(409, "wrong-amount");
    assert_eq!((&other["amount"], &other["currency"]), (&json!(6_500), &json!("EUR")));
    let paid = organizer.mark_paid(&event, id, 6_500, "t-1").await.expect(200);
    assert_eq!((&paid["status"], &paid["held_until"]), (&json!("CONFIRMED"), &Value::Null));
    organizer.mark_paid(&event, id, 6_500, "t-1").await.expect(200);

    let fewer = json!([{ "price": early, "count": 1 }, { "price": adult, "count": 1 }]);
    let reduced = people[0].reduce(&held, &fewer, "CONFIRMED").await.expect(200);
    assert_eq!(
        (&reduced["amount"], &reduced["owed_back"], &reduced["seats_booked"]),
        (&json!(4_000), &json!(2_500), &json!(3))
    );
    let four = json!([{ "price": adult, "count": 4 }]);
    for more in [four, json!([{ "price": early, "count": 2 }])] {
        people[0].reduce(&held, &more, "CONFIRMED").await.expect_problem(409, "more-seats");
    }
    people[0].reduce(&held, &fewer, "CONFIRMED").await.expect(200);

    let figures = organizer.analytics(&event).await.expect(200);
    assert_eq!(figures["money"], json!({ "taken": 6_500, "held": 0, "owed": 2_500 }));
    assert_eq!(figures["ticket_types"][0]["confirmed"], 2);
    let own = people[0].own_registrations().await.expect(200);
    assert_eq!(own["items"][0]["seats"][1], json!({ "price": adult, "name": "Adult", "amount": 2_500, "count": 1 }));
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_that_was_taken_back_is_not_made_again_by_a_repeat() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = festival(&organizer, 10).await;
    let adult = price(&organizer, &event, "Adult").await;
    let buyer = &buyers(&stage, 1).await[0];
    let seats = json!([{ "price": adult, "count": 1 }]);
    let held = buyer.choose(&event, &json!({ "ticket_type": 1, "seats": seats, "amount": 2_500 })).await.expect(201);
    let id = held["id"].as_str().unwrap();
    organizer.mark_paid(&event, id, 2_500, "t").await.expect(200);
    let listed = organizer.attendees(&event, "?ticket_type=1").await.expect(200);
    let payment = listed["items"][0]["payment_id"].as_str().unwrap().to_owned();
    let back = organizer.not_paid(&event, id, &payment).await.expect(200);
    assert_eq!((&back["status"], back["held_until"].is_string()), (&json!("HELD"), true));
    assert_eq!(organizer.mark_paid(&event, id, 2_500, "t").await.expect(200)["status"], "HELD", "a late repeat");
    assert_eq!(organizer.mark_paid(&event, id, 2_500, "u").await.expect(200)["status"], "CONFIRMED");
    organizer.not_paid(&event, id, &payment).await.expect(200);
    organizer.not_paid(&event, id, id).await.expect_problem(404, "not-found");
    assert_eq!(organizer.attendees(&event, "?status=HELD").await.expect(200)["items"], json!([]));
    assert_eq!(organizer.attendees(&event, "?ticket_type=2").await.expect(200)["items"], json!([]));
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_party_waits_whole_and_takes_what_is_free_if_it_likes() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = festival(&organizer, 5).await;
    let adult = price(&organizer, &event, "Adult").await;
    let people = buyers(&stage, 3).await;
    let book = |count: i64| {
        let seats = json!([{ "price": adult, "count": count }]);
        json!({ "ticket_type": 1, "seats": seats, "amount": 2_500 * count })
    };
    people[0].choose(&event, &book(3)).await.expect(201);
    let party = people[1].choose(&event, &book(4)).await.expect(202);
    assert_eq!((&party["position"], &party["seats_ahead"]), (&json!(1), &json!(0)));
    let single = people[2].choose(&event, &book(1)).await.expect(202);
    assert_eq!((&single["position"], &single["seats_ahead"]), (&json!(2), &json!(4)), "nobody passes the party");
    let shown = people[0].event(&event).await.expect(200);
    assert_eq!(
        (&shown["ticket_types"][0]["seats_remaining"], &shown["ticket_types"][0]["seats_available"]),
        (&json!(2), &json!(0))
    );
    let counts = organizer.tickets(&event).await.expect(200)["counts"]["ticket_types"][0].clone();
    assert_eq!((&counts["head_wants"], &counts["seats_wanted"]), (&json!(4), &json!(5)));
    assert!(counts["waiting_since"].is_string());

    let two = json!([{ "price": adult, "count": 2 }]);
    let taken = people[1].reduce(&party, &two, "WAITLISTED").await.expect(200);
    assert_eq!((&taken["status"], &taken["seat_count"]), (&json!("HELD"), &json!(2)));
    eventually("the single is next", async || {
        let own = people[2].own_registrations().await.expect(200)["items"][0].clone();
        (own["position"] == 1).then(|| assert_eq!(own["seats_ahead"], 0))
    })
    .await;
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_that_is_not_paid_in_time_goes_to_the_line_and_late_money_finds_its_way() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = festival(&organizer, 4).await;
    let adult = price(&organizer, &event, "Adult").await;
    let people = buyers(&stage, 2).await;
    let all = json!({ "ticket_type": 1, "seats": [{ "price": adult, "count": 4 }], "amount": 10_000 });
    let late = people[0].choose(&event, &all).await.expect(201);
    people[1].choose(&event, &all).await.expect(202);
    stage
        .execute(
            "update registrations set held_until = now() - interval '1 s', lapses_at = now() - interval '1 s' \
                  where status = 'HELD'",
        )
        .await;
    let seated = eventually("the line moves", async || {
        let own = people[1].own_registrations().await.expect(200)["items"][0].clone();
        (own["status"] == "HELD").then_some(own)
    })
    .await;
    let time = |field: &str| seated[field].as_str().unwrap().parse::<DateTime<Utc>>().unwrap();
    assert_eq!(time("held_until") - time("confirmed_at"), TimeDelta::days(1), "seats from the line have a day");
    let lapsed = people[0].own_registrations().await.expect(200)["items"][0].clone();
    assert_eq!((&lapsed["status"], &lapsed["cancellation"]), (&json!("CANCELLED"), &json!("LAPSED")));

    let id = late["id"].as_str().unwrap();
    let refused = organizer.mark_paid(&event, id, 10_000, "late").await.expect_problem(409, "cannot-be-paid");
    let refused = &refused["registration"];
    assert_eq!((&refused["status"], &refused["cancellation"]), (&json!("CANCELLED"), &json!("LAPSED")));
    people[1].give_up(&seated).await.expect(200);
    let again = organizer.mark_paid(&event, id, 10_000, "late").await.expect(200);
    assert_eq!((&again["status"], again["id"] == late["id"]), (&json!("CONFIRMED"), false), "a new registration");
    assert_eq!(organizer.mark_paid(&event, id, 10_000, "late").await.expect(200)["id"], again["id"], "a repeat");
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_starts_finds_what_was_due_while_none_ran() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = festival(&organizer, 4).await;
    let adult = price(&organizer, &event, "Adult").await;
    let buyer = &buyers(&stage, 1).await[0];
    let one = json!({ "ticket_type": 1, "seats": [{ "price": adult, "count": 1 }], "amount": 2_500 });
    buyer.choose(&event, &one).await.expect(201);
    // Longer ago than the sweeps between full ones look. The server that runs has made its first full one.
    stage
        .execute(
            "update registrations set held_until = now() - interval '1 h', lapses_at = now() - interval '1 h' \
             where status = 'HELD'",
        )
        .await;
    let _later = stage.another_server().await;
    eventually("the hold lapses", async || {
        let own = buyer.own_registrations().await.expect(200)["items"][0].clone();
        (own["cancellation"] == "LAPSED").then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_booked_is_told_and_changes_nothing() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = festival(&organizer, 3 + 1).await;
    let (early, adult) = (price(&organizer, &event, "Early").await, price(&organizer, &event, "Adult").await);
    let press = price(&organizer, &event, "Press").await;
    let buyer = &buyers(&stage, 1).await[0];
    let seats = |price: i64, count: i64| json!([{ "price": price, "count": count }]);
    for (body, status, code) in [
        (json!({}), 409, "choose-ticket-type"),
        (json!({ "ticket_type": 3 }), 409, "unknown-ticket-type"),
        (json!({ "ticket_type": 1 }), 409, "choose-price"),
        (json!({ "ticket_type": 1, "seats": seats(59, 1) }), 409, "unknown-price"),
        (json!({ "ticket_type": 1, "seats": seats(99, 1) }), 422, "invalid-field"),
        (json!({ "ticket_type": 1, "seats": seats(press, 1), "code": "PRESS" }), 409, "price-of-other-type"),
        (json!({ "ticket_type": 2, "seats": seats(press, 1) }), 409, "unknown-price"),
        (json!({ "ticket_type": 2, "seats": seats(press, 1), "code": "nope" }), 409, "wrong-code"),
        (json!({ "ticket_type": 1, "seats": seats(adult, 1), "amount": 2_500, "code": "nope" }), 409, "wrong-code"),
        (json!({ "ticket_type": 1, "seats": seats(early, 3), "amount": 4_500 }), 409, "price-sold-out"),
        (json!({ "ticket_type": 1, "seats": seats(adult, 5), "amount": 12_500 }), 409, "too-many-seats"),
        (json!({ "ticket_type": 1, "seats": seats(adult, 1) }), 409, "amount-differs"),
        (json!({ "ticket_type": 1, "seats": seats(adult, 1), "amount": 2_400 }), 409, "amount-differs"),
        (json!({ "ticket_type": 1, "seats": seats(adult, i64::MAX), "amount": i64::MAX }), 422, "invalid-field"),
        (json!({ "ticket_type": 1, "seats": seats(adult, 0) }), 422, "invalid-field"),
        (json!({ "ticket_type": 1, "seats": seats(adult, -1) }), 422, "invalid-field"),
        (json!({ "ticket_type": 1, "seats": [] }), 422, "invalid-field"),
        (
            json!({ "ticket_type": 1, "seats": [{ "price": adult, "count": 1 }, { "price": adult, "count": 1 }] }),
            422,
            "invalid-field",
        ),
        (json!({ "ticket_type": "1" }), 422, "invalid-body"),
        (json!({ "kind": 1 }), 422, "invalid-body"),
    ] {
        let answer = buyer.choose(&event, &body).await;
        assert_eq!((answer.status, answer.problem()), (status, code), "{body}");
    }
    assert_eq!(buyer.own_registrations().await.expect(200)["items"], json!([]));
    let unlocked = buyer.unlock(&event, " press ").await.expect(200);
    assert_eq!((&unlocked["prices"][0]["number"], &unlocked["prices"][0]["ticket_type"]), (&json!(press), &json!(2)));
    buyer.choose(&event, &json!({ "ticket_type": 2, "seats": seats(press, 1), "code": "press" })).await.expect(201);
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_codes_are_counted() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = festival(&organizer, 4).await;
    let people = buyers(&stage, 2).await;
    let mut refused = 0;
    for n in 0..20 {
        match people[0].unlock(&event, &format!("guess-{n}")).await.problem() {
            "wrong-code" => assert_eq!(refused, 0, "once it is refused it stays so for a while"),
            "too-many-attempts" => refused += 1,
            other => panic!("{other}"),
        }
    }
    assert!(refused > 0);
    let guess = json!({ "ticket_type": 2, "seats": [{ "price": 4, "count": 1 }], "code": "guess" });
    people[0].choose(&event, &guess).await.expect_problem(429, "too-many-attempts");
    people[1].unlock(&event, "PRESS").await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_of_another_choice_is_refused() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = festival(&organizer, 8).await;
    let adult = price(&organizer, &event, "Adult").await;
    let buyer = &buyers(&stage, 1).await[0];
    let book = |ticket_type: i64, count: i64| {
        let seats = json!([{ "price": adult, "count": count }]);
        json!({ "ticket_type": ticket_type, "seats": seats, "amount": 2_500 * count })
    };
    let send = async |body: Value| {
        let path = format!("/events/{event}/register");
        crate::client::send(buyer.request(reqwest::Method::POST, &path).header("Idempotency-Key", "k").json(&body))
            .await
    };
    let made = send(book(1, 2)).await.expect(201);
    let replayed = send(book(1, 2)).await;
    assert_eq!(replayed.header("idempotency-replayed"), Some("true"));
    assert_eq!(replayed.expect(201)["id"], made["id"]);
    send(book(1, 3)).await.expect_problem(409, "key-reused");
    send(book(2, 2)).await.expect_problem(409, "key-reused");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_breaks_a_rule_is_refused_whole() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = festival(&organizer, 4).await;
    let adult = price(&organizer, &event, "Adult").await;
    let people = buyers(&stage, 2).await;
    let three = json!({ "ticket_type": 1, "seats": [{ "price": adult, "count": 3 }], "amount": 7_500 });
    people[0].choose(&event, &three).await.expect(201);
    people[1].choose(&event, &three).await.expect(202);
    let before = organizer.tickets(&event).await.expect(200);
    type Change = fn(&mut Value);
    let cases: [(Change, u16, &str); 15] = [
        (
            |document| {
                document["ticket_types"][0]["capacity"] = json!(2);
                document["ticket_types"][0]["seats_per_registration"] = json!(2);
            },
            409,
            "capacity-below-confirmed",
        ),
        (|document| document["ticket_types"][0]["capacity"] = json!(3), 422, "invalid-field"),
        (
            |document| document["ticket_types"][0]["seats_per_registration"] = json!(3),
            409,
            "seats-per-registration-in-use",
        ),
        (|document| document["ticket_types"][0]["prices"][1]["amount"] = json!(2_600), 409, "price-in-use"),
        (|document| drop(document["ticket_types"][0]["prices"].as_array_mut().unwrap().pop()), 409, "price-in-use"),
        (|document| drop(document["ticket_types"].as_array_mut().unwrap().remove(0)), 409, "ticket-type-in-use"),
        (|document| document["ticket_types"][0]["prices"][1]["limit"] = json!(5), 409, "limit-below-standing"),
        (|document| document["currency"] = json!("USD"), 409, "currency-in-use"),
        (|document| document["currency"] = json!("EURO"), 422, "invalid-field"),
        (|document| document["ticket_types"][1]["name"] = json!("Standing"), 422, "invalid-field"),
        (|document| document["ticket_types"][1]["number"] = json!(1), 409, "ticket-twice"),
        (|document| document["ticket_types"][1]["number"] = json!(9), 409, "unknown-ticket-type"),
        (|document| document["ticket_types"][1]["prices"][0]["number"] = json!(1), 409, "unknown-price"),
        (|document| document["hold_minutes"] = json!(14), 422, "invalid-field"),
        (|document| drop(document.as_object_mut().unwrap().remove("currency")), 422, "invalid-body"),
    ];
    for (nth, (change, status, code)) in cases.into_iter().enumerate() {
        let answer = organizer.put_tickets(&event, change).await;
        assert_eq!((answer.status, answer.problem()), (status, code), "case {nth}");
    }
    let path = format!("/organizer/events/{event}/tickets");
    let put = || organizer.request(reqwest::Method::PUT, &path).json(&before["document"]);
    crate::client::send(put()).await.expect_problem(428, "precondition-required");
    crate::client::send(put().header("If-Match", "*")).await.expect_problem(428, "precondition-required");
    organizer.edit(&event, &json!({ "capacity": 9 })).await.expect_problem(409, "several-ticket-types");
    assert_eq!(organizer.tickets(&event).await.expect(200), before);

    // Stale, but it holds already.
    crate::client::send(put().header("If-Match", "\"1.1\"")).await.expect(200);
    organizer.change_tickets(&event, |document| document["ticket_types"][0]["capacity"] = json!(6)).await;
    let stale = organizer.request(reqwest::Method::PUT, &path).header("If-Match", "\"1.1\"").json(&before["document"]);
    crate::client::send(stale).await.expect_problem(412, "edit-conflict");
    let promoted = people[1].own_registrations().await.expect(200);
    assert_eq!(promoted["items"][0]["status"], "HELD", "the added seats went to the line");
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_event_with_holds_comes_to_rest() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = festival(&organizer, 4).await;
    let adult = price(&organizer, &event, "Adult").await;
    let people = buyers(&stage, 3).await;
    let two = json!({ "ticket_type": 1, "seats": [{ "price": adult, "count": 2 }], "amount": 5_000 });
    let paid = people[0].choose(&event, &two).await.expect(201);
    organizer.mark_paid(&event, paid["id"].as_str().unwrap(), 5_000, "t").await.expect(200);
    let held = people[1].choose(&event, &two).await.expect(201);
    people[2].choose(&event, &two).await.expect(202);
    organizer.cancel(&event).await.expect(200);
    stage
        .execute(
            "update registrations set held_until = now() - interval '1 s', lapses_at = now() - interval '1 s' \
                  where status = 'HELD'",
        )
        .await;
    eventually("the hold loses its deadline", async || {
        let own = people[1].own_registrations().await.expect(200)["items"][0].clone();
        (own["held_until"].is_null()).then(|| assert_eq!(own["status"], "HELD"))
    })
    .await;
    organizer.mark_paid(&event, held["id"].as_str().unwrap(), 5_000, "u").await.expect_problem(409, "cannot-be-paid");
    let figures = organizer.analytics(&event).await.expect(200);
    assert_eq!(figures["money"], json!({ "taken": 5_000, "held": 0, "owed": 5_000 }), "all that was paid is owed back");
    stage.assert_promises().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stress_test_takes_all_types_and_prices_and_leaves_nothing() {
    let stage = Stage::set().await;
    let organizer = stage.organizer().await;
    let event = festival(&organizer, 8).await;
    organizer.change_tickets(&event, |document| document["ticket_types"][1]["prices"][0]["code"] = Value::Null).await;
    let before = organizer.tickets(&event).await.expect(200);
    let admin = stage.admin().await;
    let path = |mix: bool| format!("/admin/events/{event}/simulate?users=200&mix={mix}");
    for mix in [false, true] {
        let report = admin.post(&path(mix)).await.expect(200)["simulation_results"].clone();
        let types = report["ticket_types"].as_array().unwrap().clone();
        let attempted: Vec<_> = types.iter().map(|one| one["attempted"].as_i64().unwrap()).collect();
        assert_eq!(attempted, if mix { [100, 100] } else { [200, 0] });
        if !mix {
            let of_first = &types[0];
            assert_eq!((&of_first["success_count"], &of_first["waitlisted_count"]), (&json!(8), &json!(192)));
            assert_eq!((&of_first["seats_given"], &of_first["final_seats_remaining"]), (&json!(8), &json!(0)));
        }
        let passed = report["promises"].as_array().unwrap().iter().all(|promise| promise["passed"] == true);
        assert!(passed, "{report}");
        admin.delete(&format!("/admin/events/{event}/simulation")).await.expect(200);
    }
    let after = organizer.tickets(&event).await.expect(200);
    assert_eq!(after, before, "nothing of a test counts");
    stage.assert_promises().await;
}
