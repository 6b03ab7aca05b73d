//! The scanner at the door: with the server, at two gates in the same moment, without a network, and with a camera.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use e2e::{ALICE, BOB, Browser, ORGANIZER, Stage, story, until};
use serde_json::json;

/// An event whose door is open, with Bob as its staff, and the codes of Alice's tickets there, numbered from 1.
async fn open_door(stage: &Stage, title: &str, seats: u32) -> (String, Vec<String>) {
    let floor = json!({
        "ticket_types": [{
            "number": 1,
            "name": "Floor",
            "capacity": 10,
            "seats_per_registration": 10,
            "prices": [{ "number": 1, "name": "Visitor", "amount": 0 }],
        }],
    });
    let organizer = stage.api(ORGANIZER).await;
    let event = organizer.sell(title, &floor).await;
    organizer.open_door(&event, BOB).await;
    let buyer = stage.api(ALICE).await;
    let place = buyer.book_seats(&event, &json!({ "seats": [{ "price": 1, "count": seats }] })).await;
    (event, buyer.codes(&place).await)
}

/// Goes to work at a gate of the only event at which one works.
async fn work_at(gate: &Browser, name: &str) {
    gate.phone().await;
    gate.open("/door").await;
    gate.fill("Gate", name).await;
    gate.press("Start scanning").await;
    gate.see("10 tickets on this device").await;
    gate.see("Online").await;
}

async fn check(gate: &Browser, code: &str) {
    gate.fill("Code or name", code).await;
    gate.press("Check").await;
}

/// Waits for the answer to a scan of Alice's ticket with this number, as it is read out.
async fn see_answer(gate: &Browser, headline: &str, number: usize) {
    gate.see(&format!("{headline}. Alice Student. Floor · ticket {number} of 10.")).await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn of_two_gates_that_scan_one_ticket_in_the_same_moment_one_lets_in() {
    story(async |stage| {
        let (event, codes) = open_door(stage, "Two gates", 10).await;
        let (north, south) = (stage.browser_of(BOB).await, stage.browser_of(BOB).await);
        tokio::join!(work_at(&north, "North"), work_at(&south, "South"));
        let answer = async |gate: &Browser, number: usize| {
            until("an answer", async || {
                let of = format!("Alice Student. Floor · ticket {number} of 10.");
                match (gate.shows(&format!("Let in. {of}")).await, gate.shows(&format!("Already in. {of}")).await) {
                    (true, false) => Ok(true),
                    (false, true) => Ok(false),
                    _ => Err("there is none".to_owned()),
                }
            })
            .await
        };
        for (number, code) in (1..).zip(&codes[..5]) {
            tokio::join!(north.fill("Code or name", code), south.fill("Code or name", code));
            tokio::join!(north.press("Check"), south.press("Check"));
            let let_in = tokio::join!(answer(&north, number), answer(&south, number));
            assert_ne!(let_in.0, let_in.1, "ticket {number}");
        }
        let organizer = stage.api(ORGANIZER).await;
        assert_eq!(organizer.check_ins(&event).await.len(), 5);

        // Whoever was let in by mistake can come again.
        check(&north, &codes[5]).await;
        see_answer(&north, "Let in", 6).await;
        north.press("Undo").await;
        north.press("Undo check-in").await;
        north.see("Choose or type a reason.").await;
        north.press("Wrong ticket").await;
        north.press("Undo check-in").await;
        north.see("Check-in undone.").await;
        check(&south, &codes[5]).await;
        see_answer(&south, "Let in", 6).await;
        // A letter that was typed wrong is told apart from a ticket that there is not.
        let first = if codes[6].starts_with('A') { 'B' } else { 'A' };
        check(&south, &format!("{first}{}", &codes[6][1..])).await;
        south.see("Mistyped.").await;
        // Somebody without a ticket at hand is found by name, and the rest of a party goes in together.
        south.fill("Code or name", "alice").await;
        south.press("Let in the other 4").await;
        south.see("4 people let in").await;
        assert_eq!(organizer.check_ins(&event).await.len(), 11);
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn gates_without_a_network_go_on_and_what_both_let_in_is_told_with_both_gates() {
    story(async |stage| {
        stage.expect("", "net::ERR_");
        let (event, codes) = open_door(stage, "A cellar", 10).await;
        let (north, south) = (stage.browser_of(BOB).await, stage.browser_of(BOB).await);
        tokio::join!(work_at(&north, "North"), work_at(&south, "South"));

        stage.wire.cut();
        check(&north, &codes[0]).await;
        see_answer(&north, "Let in", 1).await;
        north.see("Decided by this device").await;
        north.see("1 scan is kept here until it is sent.").await;
        check(&north, &codes[0]).await;
        see_answer(&north, "Already in", 1).await;
        check(&south, &codes[0]).await;
        see_answer(&south, "Let in", 1).await;
        // The page is loaded anew from the device, with its list and its scans.
        north.reload().await;
        north.see("10 tickets on this device").await;
        check(&north, &codes[0]).await;
        see_answer(&north, "Already in", 1).await;
        check(&north, &codes[1]).await;
        see_answer(&north, "Let in", 2).await;

        stage.wire.mend();
        for gate in [&north, &south] {
            gate.see("Online").await;
            gate.see_no("kept here until").await;
        }
        let organizer = stage.api(ORGANIZER).await;
        let kept = until("all scans to be sent", async || {
            let kept = organizer.check_ins(&event).await;
            if kept.len() >= 3 { Ok(kept) } else { Err(format!("{kept:?}")) }
        })
        .await;
        let of = |state: &str| kept.iter().filter(|one| one["state"] == state).count();
        assert_eq!((of("ADMITTED"), of("DOUBLE"), kept.len()), (2, 1, 3), "{kept:?}");
        let double = kept.iter().find(|one| one["state"] == "DOUBLE").unwrap();
        let mut gates = [&double["gate"], &double["other"]["gate"]].map(|gate| gate.as_str().unwrap());
        gates.sort_unstable();
        assert_eq!(gates, ["North", "South"]);
        let late = if double["gate"] == "North" { &north } else { &south };
        late.see("let in twice").await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_camera_reads_a_code() {
    story(async |stage| {
        let (_, codes) = open_door(stage, "In pictures", 10).await;
        let gate = stage.camera_of(BOB, &codes[2].replace('-', "")).await;
        work_at(&gate, "North").await;
        gate.press("Scan with the camera").await;
        see_answer(&gate, "Let in", 3).await;
        gate.press("Stop the camera").await;
        gate.see("Scan with the camera").await;
    })
    .await;
}
